"""Partnership: choice, collaboration and openness; and advice that nobody asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from transcript_rapport.detectors.context import WORDED, finding, floors, heard, words
from transcript_rapport.detectors.listening import REFLECTIONS
from transcript_rapport.lexicons import plain
from transcript_rapport.lexicons.moves import moves
from transcript_rapport.report import Coded, Finding, Statement

HELPFUL = ("partnership.autonomy", "partnership.collaborate", "partnership.transparency")
ADVICE = "advice.directive"
KINDS: tuple[str, ...] = (*HELPFUL, ADVICE)

SHOWN = 0.7
"""Least probability at which advice is remarked on: quiet rather than loud, as with judgment."""
LEAVES_ROOM = re.compile(
    r"\b(?:or none|or neither|whichever|whatever suits|if you (?:like|want|wish|prefer|feel like)|up to you|no pressure"
    r"|only if|as far as (?:is|it's|feels) comfortable)\b",
    re.IGNORECASE,
)
"""Words that leave the choice: such advice is an offer."""
GUIDED, BRIEF = 0.2, 9
"""Least probability of structure, and most words, at which an imperative may lead through an exercise."""
REFLECTED = 0.1
"""Least probability of a reflection at which naming what somebody needs from people is no advice."""
JUST_BEFORE = 2
"""Statements: a permission asked this close to the end of one turn holds for the whole next turn."""

_LEAD_IN = r"^\W*(?:(?:and|now|okay|ok|so|then|just|right|good|lovely|slowly|gently|please|again|um|uh)\W+)*"
_GUIDES = re.compile(
    _LEAD_IN + r"(?:(?:don't|do not) (?:arch|bend|drop|hitch|hold|lean|let|lift|move|pull|push|shrug|speak|turn)"
    r"|breathe|bend|bring|close|cough|drop|follow|hold|keep|let (?:go|it)|lean|lie|lift|look(?! after)|lower|open|place"
    r"|point|press|pull|push|raise|reach|relax|release|rest|roll|shake|sit|slide|squat|squeeze|stand|step|stop"
    r"|straighten|stretch|swallow|swing|tap|tilt|touch|tuck|turn|twist|wiggle|walk|up|down|in|out"
    r"|take (?:a|another) (?:\w+ )?breath)\b"
)
"""The beginning of what is told to somebody who moves: "And stop.", "Lift both arms"."""
_BODY = re.compile(
    r"\b(?:ankle|arm|back|belly|breath|chest|chin|elbow|eye|face|finger|foot|feet|hand|head|heel|hip|jaw|knee|leg|mouth"
    r"|muscle|neck|palm|scapula|shoulder|spine|stomach|thigh|thumb|toe|tongue|waist|wrist)s?\b"
)
_LATER = re.compile(
    r"\b(?:after|at home|daily|day|every|evening|for good|hours?|month|morning|night|today|tomorrow|times a|until|week"
    r"|when(?:ever)?)s?\b"
)
"""What is to be done at another time than now is advice."""
_NEEDS = re.compile(
    r"\byou (?:(?:really|just|also|do) )*(?:need|want|long for)(?:ed)? (?:(?:a|an|some|more|that|any) )*"
    r"(?:care|caring|closeness|comfort|company|kindness|love|recognition|respect|response|safety|support|tenderness"
    r"|warmth|some(?:one|body)|to (?:belong|feel|matter|make a difference)"
    r"|to be (?:cared|heard|held|liked|loved|needed|seen|understood|wanted))\b"
)
"""Naming what somebody needs from people: "you need a response"."""

_STATES = re.compile(
    _LEAD_IN + r"(?:(?:and|but|because|yes|yeah|see|i mean|you know|like)\W+)*(?:it|this|that|these|those|there|they)"
    r"(?:'s|'re| is| are| was| were| seems?| sounds?| looks?| feels?| (?:can|will|may|might) be)\b"
)
"""The beginning of what says how something is: "It's really important."."""
_ASKS = re.compile(
    r"(?<!thank )\byou(?!\W+(?:know|see)\b)(?:r|rs|'\w+)?\b|\b(?:let's|we|try|should(?:n't)?|needs?|could|must"
    r"|mustn't|ought|has to|have to|got to|better|best|don't|do not|never|make sure|(?:a |an )?good idea)\b"
    r"|\b(?:important|vital|essential|crucial|time|key|worth|good|helpful|useful|wise|safer|easier)"
    r"\W+(?:\w+\W+)?(?:to|that|\w+ing)\b"
)
"""What asks for something: who is to do it, or that it is to be done."""


def detect(coded: Coded) -> Iterator[Finding]:
    """One finding for each way of sharing the lead, and for each piece of advice without leave.

    Advice is left out where the practitioner asked first (in the same turn or at the end of the one
    before), where the client asked for it, where the coder finds it more likely that it left room, where
    it leads through an exercise or an examination, where it names a need, where it says when to get help
    (safety-netting protects), where it asks for nothing, or where it is not sure enough.
    """
    before: Sequence[Statement] = ()
    for floor in floors(coded):
        for place, statement in enumerate(floor):
            for kind in HELPFUL:
                if kind in statement.codes:
                    yield finding(coded, statement, kind)
            if _directs(statement):
                asked = any("partnership.collaborate" in s.codes for s in (*before, *floor[: place + 1]))
                free = "partnership.autonomy" in statement.codes or LEAVES_ROOM.search(coded.text(statement))
                other = _guides(coded, statement) or _names_a_need(coded, statement) or _asks_nothing(coded, statement)
                if not (asked or free or other or _client_asked(coded, statement)):
                    yield finding(coded, statement, ADVICE)
        before = floor[-JUST_BEFORE:]


def _directs(statement: Statement) -> bool:
    likely = statement.codes.get(ADVICE, 0)
    return likely >= SHOWN and likely > statement.codes.get("advice.permitted", 0)


def _guides(coded: Coded, statement: Statement) -> bool:
    """Whether it tells a moving or examined person what to do right now, which is no advice on how to live."""
    said = plain(coded.text(statement))
    brief = len(words(said)) <= BRIEF and _GUIDES.match(said) and not _LATER.search(said)
    return bool(brief and (statement.probabilities.get("structure", 0.0) >= GUIDED or _BODY.search(said)))


def _names_a_need(coded: Coded, statement: Statement) -> bool:
    """Whether it hands back what somebody needs from people: words and the coder have to lean that way."""
    leaning = max(statement.probabilities.get(kind, 0.0) for kind in REFLECTIONS)
    return leaning >= REFLECTED and bool(_NEEDS.search(plain(coded.text(statement))))


def _asks_nothing(coded: Coded, statement: Statement) -> bool:
    """Whether it says when to get help or to meet again, or only how something is, asking for nothing."""
    said = plain(coded.text(statement))
    return moves()["frame.afterwards"].in_words(said) or bool(_STATES.match(said) and not _ASKS.search(said))


def _client_asked(coded: Coded, statement: Statement) -> bool:
    """Whether the client's last utterance, or the last with more than a back-channel, asks for something."""
    spoken = list(heard(coded, statement.utterance))
    worded = islice((u for u in spoken if len(words(u.text)) >= WORDED), 1)
    return any("client.request" in s.codes for u in (*spoken[:1], *worded) for s in coded.statements_of(u.index))
