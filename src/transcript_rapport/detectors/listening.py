"""Listening: reflections, with the client's words they answer, and open questions."""

from __future__ import annotations

from collections.abc import Iterator

from transcript_rapport import lexicons
from transcript_rapport.detectors import readings, validation
from transcript_rapport.detectors.context import answered, finding, heard, likeliest, without_doubted
from transcript_rapport.lexicons import content_words, plain
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import SURE, Coded, Finding, Statement

REFLECTIONS = ("reflection.simple", "reflection.complex")
KINDS: tuple[str, ...] = (*REFLECTIONS, "question.open")
FAINT = 0.15
"""Probability below which nothing counts as a reflection, though the coder finds nothing likelier."""
LIKELIER = ("partnership.autonomy", "advice")
"""Codes that a reflection gives way to where the coder finds them likelier."""

_SAYS = beside(__file__)


def detect(coded: Coded) -> Iterator[Finding]:
    """One finding for each reflection (the likelier of simple and complex) and each open question."""
    for statement in coded.by_role("practitioner"):
        reflection = likeliest(statement, REFLECTIONS)
        if reflection:
            yield finding(coded, statement, reflection, answered(coded, statement))
        if "question.open" in statement.counted:
            yield finding(coded, statement, "question.open")


def settled(coded: Coded) -> Coded:
    """The session without reflections that are none, so that every part of a report says the same.

    A reflection gives way to judgment that is shown or likelier, to advice and the client's own choice where these are
    likelier, to urging, arguing or setting aside, and to what a form or somebody else says, not the client; before the
    client's first words there is none. Probabilities stay as they are, and so do codes that people gave.
    """
    read = readings.readings(coded, "reflection")
    gone = {r.statement.span for r in read if r.surely or _is_none(coded, r.statement)}
    return without_doubted(coded, lambda s: REFLECTIONS if s.span in gone else ())


def _is_none(coded: Coded, statement: Statement) -> bool:
    """Whether a reflection is too faint, likelier something else, or hands back what the client never said."""
    likely = max(statement.counted.get(kind, 0.0) for kind in REFLECTIONS)
    other = max((p for code, p in statement.probabilities.items() if code.startswith(LIKELIER)), default=0.0)
    if likely < FAINT or max(other, readings.likelihood(statement.probabilities)) > likely:
        return True
    if _is_first_word(coded, statement):
        return True
    text = coded.text(statement)
    said = plain(text)
    if _SAYS["scores"].search(said) or _SAYS["urges"].search(said) or validation.passes_on(text):
        return True
    if likely >= SURE:
        return False
    return bool(_SAYS["argues"].search(said)) or _is_reported(coded, statement) or _is_technical(coded, statement)


def _is_first_word(coded: Coded, statement: Statement) -> bool:
    """Whether a client who speaks later has said nothing yet that it could hand back."""
    spoke = [u.index for u in coded.session if coded.session.role_of(u) == "client"]
    return bool(spoke) and statement.utterance < spoke[0]


def _is_reported(coded: Coded, statement: Statement) -> bool:
    """Whether it passes on what others said, most of which the client has not said."""
    text = coded.text(statement)
    told = " ".join(spoken.text for spoken in heard(coded, statement.utterance))
    meant = content_words(text)
    return bool(_SAYS["others"].search(plain(text))) and 2 * len(meant & content_words(told)) < len(meant)


def _is_technical(coded: Coded, statement: Statement) -> bool:
    """Whether it puts things in a technical term that the client has not used."""
    text, before = plain(coded.text(statement)), coded.session[: statement.utterance]
    terms = {text[m.start : m.end] for m in lexicons.matches("jargon", text, coded.lexicons) if m.entry.sure}
    told = [plain(u.text) for u in before if coded.session.role_of(u) == "client"] if terms else []
    return any(not any(term in said for said in told) for term in terms)
