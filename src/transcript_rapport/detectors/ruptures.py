"""Ruptures: signs of strain between client and practitioner, and whether the practitioner's next turn repairs them.

Markers and their repair follow the 3RS (Eubanks et al., 2019). Strain that is told to the practitioner in plain words
(``ruptures.toml``) is a sign however faintly the coder hears it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transcript_rapport.detectors import validation
from transcript_rapport.detectors.context import TAKES_UP, exchanges, judged, likeliest, words
from transcript_rapport.detectors.cues import FULL, PERHAPS, SURE, Cue, Opening, answers, doubt, has_any, owns, placed
from transcript_rapport.detectors.moves import BY_WORDS
from transcript_rapport.lexicons import content_words, plain
from transcript_rapport.lexicons.moves import owns_harm
from transcript_rapport.lexicons.patterns import beside
from transcript_rapport.report import Coded, Finding, Statement

PASSED, REPAIRED = "rupture.passed", "rupture.repaired"
KINDS: tuple[str, ...] = (PASSED, REPAIRED)

RUPTURES = ("client.confrontation", "client.withdrawal")
SHOWN_RUPTURES = ("client.confrontation",)
"""Ruptures that the coder is enough to show: a short or distant answer has too many other reasons."""
TOWARDS = ("reflection", "validation.normalise")
"""Codes that take the client's side in a rupture."""
TAKES_IN = (*TOWARDS, "validation.support")
"""Codes that may have taken up strain that was told plainly: praise or an invitation goes past it."""
MENDS = ("validation", "question.open", "partnership.autonomy")
"""Codes that may, where their words turn towards the client too."""

_SAYS = beside(__file__)

_PATTERNS = {
    "client.confrontation": "Take their side of it first: “It sounds as if … did not fit for you. Tell me more.”",
    "client.withdrawal": "Name it gently: “I may have gone too fast. How is it to talk about this just now?”",
}
_TOLD = {
    "client.confrontation": "a doubt about the conversation or the plan",
    "client.withdrawal": "a step back",
}
_3RS = "3RS (Eubanks et al., 2019)"


def ruptures(coded: Coded, kinds: Sequence[str] = RUPTURES) -> Iterator[Opening]:
    """Signs of strain, at most one a turn, and what turns towards them.

    Nothing does where judgment is heard in that turn; and only owning one's part does where the client withdraws
    after it, or where judgment was heard in the practitioner's turn before.
    """
    turns = [([], ()), *exchanges(coded), ([], ())]
    for (_, before), (said, answer), (reply, _) in zip(turns, turns[1:], turns[2:], strict=False):
        cues = [cue for s in said if _between_us(coded, s) and (cue := _strain(coded, s) or _by_code(coded, s, kinds))]
        if cues and answer:
            cue = max(reversed(cues), key=lambda cue: bool(cue.plainly))
            to_them = answers(coded, cue.said, answer)
            owned = [s for s in to_them if owns(coded, s)]
            hurt = judged(s for s in answer if s not in owned)
            withdrew = any(s.counted.get("client.withdrawal", 0.0) >= SURE for s in reply)
            others = [] if withdrew or judged(before) else [s for s in to_them if s not in owned]
            mended = (s for s in others if _mends(coded, s, said, bool(cue.plainly)))
            meant = [s for s in to_them if not _is_aside(coded, s, said)]
            doubted = doubt(meant, TAKES_IN if cue.plainly else TAKES_UP)
            yield Opening(cue, answer, () if hurt else (*owned, *mended), doubted)


def findings(coded: Coded) -> Iterator[Finding]:
    """Every rupture of the kinds shown that was repaired, or passed over beyond much doubt.

    Who owns, in so many words, what they did to the client repairs it, whether or not the client showed strain.
    """
    found = list(ruptures(coded, SHOWN_RUPTURES))
    for rupture in found:
        cue, words_tell = rupture.cue, f"client's words {rupture.cue.heard} {_TOLD[rupture.cue.kind]}"
        if rupture.answered:
            why, then = f"The {words_tell}, and this turns towards it.", "Stay with it until they say it is clear."
            yield placed(coded, rupture, REPAIRED, why, _3RS, then, cue.sure)
        elif rupture.missed:
            why = f"Just before, the {words_tell}; the answer goes on from there."
            yield placed(coded, rupture, PASSED, why, _3RS, _PATTERNS[cue.kind], cue.sure * (1 - rupture.doubt))
    told = {s.span for rupture in found for s in rupture.by}
    for said, answer in exchanges(coded):
        owned = tuple(s for s in answer if owns_harm(coded.text(s)) and s.span not in told)
        if said and owned and not judged(s for s in answer if s not in owned):
            why, then = "It owns, in so many words, what was not right towards the client.", "Ask how it is now."
            owning = Opening(Cue(SHOWN_RUPTURES[0], said[-1], BY_WORDS), answer, owned, 0.0)
            yield placed(coded, owning, REPAIRED, why, _3RS, then, BY_WORDS)


def strained(coded: Coded, statement: Statement) -> bool:
    """Whether a client's statement is a sign of strain: in plain words, or by its code where it is no bare word."""
    coded_so = has_any(statement, RUPTURES) and len(words(plain(coded.text(statement)))) >= FULL
    return bool(coded_so or _strain(coded, statement)) and _between_us(coded, statement)


def _between_us(coded: Coded, statement: Statement) -> bool:
    """Whether strain would be with the practitioner: of several clients, whose words stand between the practitioner's.

    At an end of the session one side is enough; nor does it matter where the words say that they mean more than one.
    """
    here, session = statement.utterance, coded.session
    if len(session.labels("client")) < 2 or _SAYS["means_all"].search(plain(coded.text(statement))):
        return True
    sides = (reversed(session[:here]), session[here + 1 :])
    beside = (next((u for u in side if u.speaker != session[here].speaker), None) for side in sides)
    return {session.role_of(u) for u in beside if u} == {"practitioner"}


def _strain(coded: Coded, statement: Statement) -> Cue | None:
    """A sign of strain in plain words, which need not be many."""
    text, so_far = coded.text(statement), coded.session[statement.utterance].text[: statement.end]
    said = (_SAYS["strain"].search(plain(text)), _SAYS["gives_up"].search(plain(so_far)))
    if _throws_back(coded, statement):
        return Cue(RUPTURES[0], statement, BY_WORDS, text)
    plainly = ((kind, found.group()) for kind, found in zip(RUPTURES, said, strict=True) if found)
    return next((Cue(k, statement, max(BY_WORDS, statement.counted.get(k, 0.0)), by) for k, by in plainly), None)


def _throws_back(coded: Coded, statement: Statement) -> bool:
    """Whether a client begins by holding up to the practitioner what these have just said, and not asked."""
    before = coded.statements_of(statement.utterance - 1) if statement.utterance and not statement.start else ()
    if not before or coded.session.role_of(statement.utterance - 1) != "practitioner" or before[-1].has("question"):
        return False
    said, last = plain(coded.text(statement)), plain(coded.text(before[-1]))
    shared, asks = content_words(said) & content_words(last), _SAYS["asks_what"].search(said)
    goes_on = len(coded.statements_of(statement.utterance)) > 1
    if asks and goes_on and shared:
        return bool(re.search(rf"\b{re.escape(asks[1])} (?:that|this|it|him|her|them)\W*$", last))
    return bool(_SAYS["always"].search(said)) and len(shared) > 1


def _by_code(coded: Coded, statement: Statement, kinds: Sequence[str]) -> Cue | None:
    """The likeliest of ``kinds`` that the coder hears in a statement; a bare word is too little to go by."""
    kind = likeliest(statement, kinds)
    enough = len(words(plain(coded.text(statement)))) >= FULL
    return (
        Cue(kind, statement, statement.counted[kind]) if kind and enough and statement.counted[kind] >= SURE else None
    )


def _mends(coded: Coded, statement: Statement, complaint: Sequence[Statement], plainly: bool) -> bool:
    """Whether a statement takes the client's side in a rupture, without judging or defending its speaker.

    Where the strain was told ``plainly``, words that turn towards it are enough. A question has to ask on from the
    complaint: to share a content word with it, or to ask back.
    """
    said = plain(coded.text(statement))
    heard = content_words(" ".join(map(coded.text, complaint)))
    asks_on = not statement.has("question") or heard & content_words(said) or _SAYS["asks_back"].search(said)
    turns = (plainly or has_any(statement, MENDS)) and asks_on and _SAYS["turns_towards"].search(said)
    sides = has_any(statement, TOWARDS) and doubt([statement], TOWARDS) >= PERHAPS and not statement.has("judgment")
    return bool(sides or turns) and not (_SAYS["denies"].search(said) or _is_aside(coded, statement, complaint))


def _is_aside(coded: Coded, statement: Statement, complaint: Sequence[Statement]) -> bool:
    """Whether a statement sets the feeling aside at once, or says what its speaker wants or feels.

    The rest of it then takes up nothing of a complaint.
    """
    said = plain(coded.text(statement))
    if validation.passes_on(said):
        return True
    rest, times = _SAYS["courtesy"].subn("", said)
    shared = content_words(" ".join(map(coded.text, complaint))) & content_words(rest)
    return bool(times) and not (shared or _SAYS["turns_towards"].search(rest))
