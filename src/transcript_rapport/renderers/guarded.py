"""Where praise would be out of place: beside words that may judge, and near where dying or harm is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from math import prod

from transcript_rapport.lexicons.moves import moves
from transcript_rapport.renderers.kinds import DISCLOSED, FAINT, LIMITS, NEAR, SPOKEN
from transcript_rapport.renderers.praise import understood
from transcript_rapport.renderers.tact import is_opener
from transcript_rapport.report import Finding, Report, Statement

LIKELY = (0.3, 0.5, 0.85)
"""Least probabilities of any judgment at which praise is out of place: in the statement itself, in the rest of its
utterance, and in the other utterances of its turn."""
SEVERAL = 2
"""Judgment findings from which a session asks for surer praise; what a client confirms is sure enough."""
STRICT = (0.1, 0.2, 0.2)
"""In such a session, the same three probabilities as ``LIKELY``."""
STRICT_SCORE = 0.8
"""In such a session, the least score of a finding that is praised."""
_RESTARTS = re.compile(r"\b(i(?:['’]\w+)? \w+)\b(?:[^.?!,;]*\b\1\b){2}", re.IGNORECASE)
"""A beginning that is made three times before it goes on, as recognised speech has it: nothing to hold up."""
CLOSE = 5
"""Utterances on either side of words about dying or harm in which nothing is praised."""


class Guard:
    """What is out of place in one session: read once, asked of every finding that may be praised."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.strict = sum(1 for _ in report.of_kind("judgment")) >= SEVERAL
        self.spoken = any(report.of_kind("safety"))
        self._close = set(chain.from_iterable(_close(report)))

    def __call__(self, finding: Finding) -> bool:
        """Whether praise of this finding would be out of place; naming one's own harsh word is not judging."""
        owns = finding.kind == "rupture.repaired" and moves()["repair.apology"].in_words(finding.quote)
        out = finding.utterance in self._close or bool(_RESTARTS.search(finding.quote))
        return out or (not owns and self._judging(finding))

    def _judging(self, finding: Finding) -> bool:
        """Whether the coder leans towards judgment in its words or its turn, more than a session of this kind bears."""
        turn = self._turn(finding.utterance)
        here = [s for s in turn if s.utterance == finding.utterance]
        own = [s for s in here if s.start < finding.end and finding.start < s.end]
        strict = self.strict and not understood(self._report, finding.utterance)
        unsure = strict and (finding.score < STRICT_SCORE or is_opener(finding.quote))
        most = STRICT if strict else LIKELY
        return unsure or any(_judgment(said) >= bar for said, bar in zip((own, here, turn), most, strict=True))

    def _turn(self, utterance: int) -> list[Statement]:
        """The statements of the practitioner's utterances that stand together around one."""
        role_of, first, last = self._report.session.role_of, utterance, utterance
        while first > 0 and role_of(first - 1) == "practitioner":
            first -= 1
        while last + 1 < len(self._report.session) and role_of(last + 1) == "practitioner":
            last += 1
        return [s for index in range(first, last + 1) for s in self._report.coded.statements_of(index)]


def _close(report: Report) -> Iterator[range]:
    """The utterances near such words: what was done well there is told as a fact, and never held up.

    Faint words stand for what may have been there all the time, so all between the first and the last counts.
    """
    faint = [finding.utterance for finding in report.of_kind(FAINT, DISCLOSED)]
    plainly = {finding.source for finding in report.of_kind(SPOKEN)}
    near = [f.utterance for f in report.of_kind(SPOKEN, NEAR) if f.source in plainly]
    yield from (range(f.utterance, f.utterance + 1) for f in report.of_kind(LIMITS))
    yield from (range(utterance - CLOSE, utterance + CLOSE + 1) for utterance in near)
    if faint:
        yield range(min(faint) - CLOSE, max(faint) + CLOSE + 1)


def _judgment(statements: Iterable[Statement]) -> float:
    """The highest probability that a statement carries some judgment, its kinds taken as independent."""
    return max(
        (1 - prod(1 - p for code, p in s.probabilities.items() if _of_judgment(code)) for s in statements), default=0
    )


def _of_judgment(code: str) -> bool:
    return code.startswith("judgment.")
