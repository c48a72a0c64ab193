"""Where in a session a step could begin: a question before which something could have been reflected, and others."""

from __future__ import annotations

import re
from collections.abc import Iterable

from transcript_rapport.renderers.tact import is_safety_question
from transcript_rapport.report import Report, Span, Statement

TOLD = 12
"""Words: a client who said so much told something that could be reflected."""
_CLOSED = re.compile(
    r"^\W*(?:(?:and|so|ok|okay|but|um|uh|well)\b\W*)*(?:do|did|does|is|are|was|were|have|has|had|can|could|would|will)\b",
    re.IGNORECASE,
)


def closed_question(report: Report) -> Span | None:
    """The longest closed question that could as well have been open; never one about safety."""
    said = report.coded.by_role("practitioner")
    return _longest(report, (s for s in said if _closed(s) and _could_open(report.coded.text(s))))


def simple_reflection(report: Report) -> Span | None:
    """The longest reflection that adds nothing yet."""
    said = (s for s in report.coded.by_role("practitioner") if s.has("reflection.simple"))
    return _longest(report, (s for s in said if not s.has("reflection.complex")))


def question_after_feeling(report: Report) -> Span | None:
    """A question that came straight after a client's feeling, else the one after the most they said at once."""
    after: list[tuple[bool, int, Span]] = []
    for statement in report.coded.by_role("practitioner"):
        before = statement.utterance - 1
        beside = report.coded.statements_of(statement.utterance)
        reflected = any(s.has("reflection") for s in beside)
        safety = is_safety_question(report.coded.text(statement))
        asks = statement.has("question") and not (statement.has("partnership") or reflected or safety)
        if asks and before >= 0 and report.session.role_of(before) == "client":
            felt = any(s.has("client.emotion") for s in report.coded.statements_of(before))
            after.append((felt, len(report.session[before].text.split()), statement.span))
    best = max(after, key=lambda told: (told[0], told[1], -told[2].utterance), default=None)
    return best[2] if best and (best[0] or best[1] >= TOLD) else None


def said_before(report: Report, place: Span) -> str:
    """The end of what the client had said just before, where the feeling or the story was."""
    if not place.utterance or report.session.role_of(place.utterance - 1) != "client":
        return ""
    before = report.coded.statements_of(place.utterance - 1)
    felt = [s for s in before if s.has("client.emotion")]
    return report.coded.text((felt or before)[-1]) if before else ""


def _closed(statement: Statement) -> bool:
    return statement.has("question.closed") and not any(
        map(statement.has, ("question.open", "reflection", "partnership"))
    )


def _could_open(text: str) -> bool:
    return bool(_CLOSED.match(text)) and not is_safety_question(text)


def _longest(report: Report, among: Iterable[Statement]) -> Span | None:
    best = max(among, key=lambda s: (len(report.coded.text(s).split()), -s.utterance, -s.start), default=None)
    return best.span if best else None
