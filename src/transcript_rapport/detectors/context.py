"""What stands around a statement: the client's words it answers, who held the floor, and what is quoted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from transcript_rapport.codebook import codes
from transcript_rapport.lexicons import content_words
from transcript_rapport.placeholders import as_words
from transcript_rapport.report import SURE, Coded, Finding, Span, Statement
from transcript_rapport.session import Utterance
from transcript_rapport.timestamps import CLOCK

WORDED = 3
"""Words below which what somebody says is too short to go by."""
REACH = 8
"""Utterances: how far back a practitioner's statement may answer."""
ANSWERABLE = 3
"""Client utterances with words that a statement may answer."""
BROKEN = 9
"""Words from which a turn that breaks off still counts as one."""
TAKES_UP = ("reflection", "question.open", "validation", "partnership")
"""Codes that make room for what was said: reflecting, exploring, validating, supporting, sharing the lead."""
NEUTRAL = ("other", "information", "structure", "self_disclosure")
"""Codes of which one takes the place of a code that does not count."""
LONGEST = 40
"""Words of the quote at most: where a statement is longer, those around what was found."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_QUOTED = re.compile(
    r"“[^”]{0,400}”|\"[^\"]{0,400}\"|(?<!\w)‘[^‘’]*(?:\w’\w[^‘’]*)*’(?!\w)"
    r"|(?<!\w)'(?!cause|cos|cuz|em\b|til|bout|round)\w[^']*(?:\w'\w[^']*)*'(?!\w)"
)

# What a transcriber wrote about the sound, not what was said: "(crying softly)", "(long pause, 5 sec)", "[00:12:04]".
_SOUNDS = (
    r"laugh\w*|chuckl\w*|giggl\w*|sigh\w*|cough\w*|cr(?:y|ies)\w*|sob\w*|weep\w*|tear(?:s|y|ful)\w*|sniff\w*|paus(?:e|es|ing)"
    r"|silence|silent|inaudible|unintelligible|indistinct|unclear|cross-?talk|overlap\w*|nod(?:s|ding)?|smil(?:es|ing)"
    r"|whisper(?:s|ing)|mumbl(?:es|ing)|clears (?:\w+ )?throat|shakes (?:\w+ )?head"
)
_HOW = r"(?:(?:long|short|brief|both|starts|starting|begins|client|therapist|\w{2,12}ly)\s+){0,2}"
_AFTER = r"(?:\s+(?:\w{2,12}ly|together|again))?[\s,.:–-]{0,3}(?:\d[^()]{0,20})?"
_REMARK = re.compile(
    rf"\[[^\]]*\]|<[^>]*>|\(\s*{_HOW}(?:{_SOUNDS}){_AFTER}\s*\)|\*\s*{_HOW}(?:{_SOUNDS}){_AFTER}\s*\*"
    rf"|\(\s*{CLOCK}\s*\)|\b\d{{1,2}}:\d\d:\d\d(?:[.,]\d{{1,3}})?\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SOUND = re.compile(r"(?:[hm]*m+|u+h+|u+m+|e+r+m*|a+h+|e+h+|huh)(?:-(?:h?m+|hu+h|u+h+))*", re.IGNORECASE)
_CUT = re.compile(r"^[^\[\]]*\]\s*|\s*\[[^\]]*$")
"""What is left of a remark where a statement begins or ends in the middle of it."""
_ACKNOWLEDGING = frozenset(["yeah", "yep", "yup", "yes", "ok", "okay", "right", "alright", "sure", "oh"])


def finding(coded: Coded, statement: Statement, kind: str, answers: Span | None = None) -> Finding:
    """A finding over a whole statement, told as its code tells it; its score is the coder's probability."""
    code, spoken = coded.own.get(kind) or codes()[kind], coded.session[statement.utterance]
    told = (code.why, code.source, code.suggestion, statement.counted[kind])
    return Finding(kind, spoken, statement.start, statement.end, *told, answers)


def words(text: str) -> list[str]:
    """The words of ``text`` in lower case, contractions whole."""
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def word_list(text: str) -> list[str]:
    """The words of ``text`` in lower case, without sounds (mm-hmm, uh) and remarks ([laughs], <UNIN/>).

    A placeholder such as [Name 1] is one word.
    """
    found: list[str] = _SPOKEN.findall(_REMARK.sub(" ", as_words(text)))
    return [word.lower() for word in found if not _SOUND.fullmatch(word)]


def quoted(text: str) -> list[tuple[int, int]]:
    """Character offsets (start, end) of what stands inside quotation marks, the marks included."""
    return [match.span() for match in _QUOTED.finditer(text)]


def shown(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole text where it is short enough, else at most ``LONGEST`` whole words around the place."""
    there = [match.span() for match in re.finditer(r"\S+", text)]
    if len(there) <= LONGEST:
        return 0, len(text)
    first = next(i for i, (_, stop) in enumerate(there) if stop > start)
    last = next(i for i, (_, stop) in enumerate(there) if stop >= end)
    begin = max(0, min(first - (LONGEST - (last - first + 1)) // 2, len(there) - LONGEST))
    return there[begin][0], there[min(begin + LONGEST, len(there)) - 1][1]


def heard(coded: Coded, before: int) -> Iterator[Utterance]:
    """The client's utterances before utterance ``before``, latest first, within reach."""
    for index in range(before - 1, max(before - REACH, 0) - 1, -1):
        if coded.session.role_of(index) == "client":
            yield coded.session[index]


def answered(coded: Coded, statement: Statement) -> Span | None:
    """The client's words that a practitioner's statement answers, or None where there are none in reach.

    That is the one among the statements of the client's last few utterances that shares most of its
    content words; where none shares any, the end of what the client said last, back-channels apart.
    """
    latest_first = (_telling(coded, utterance.index) for utterance in heard(coded, statement.utterance))
    near = chain.from_iterable(islice(filter(None, latest_first), ANSWERABLE))
    meant = content_words(coded.text(statement))
    return max(near, key=lambda span: len(meant & content_words(coded.text(span))), default=None)


def told(coded: Coded, statement: Statement) -> Span:
    """Where a statement's words stand, without a piece of a remark ("[laughs") that it was cut in."""
    text = coded.text(statement)
    kept = _CUT.sub("", text)
    start = statement.start + text.find(kept)
    return Span(statement.utterance, start, start + len(kept))


def _telling(coded: Coded, index: int) -> list[Span]:
    """The statements of an utterance that say more than a back-channel, the last first."""
    spans = [told(coded, statement) for statement in reversed(coded.statements_of(index))]
    worded = [(span, word_list(coded.text(span))) for span in spans]
    return [span for span, said in worded if len(said) >= WORDED and not _ACKNOWLEDGING.issuperset(said)]


def is_backchannel(coded: Coded, index: int) -> bool:
    """Whether an utterance only keeps the other one talking.

    A practitioner's: all its statements are facilitation, or it holds no word. A client's carries
    no such code: at most three words, all of them acknowledgements, and not the answer to a question.
    """
    text = coded.session[index].text
    if coded.session.role_of(index) == "practitioner":
        statements = coded.statements_of(index)
        return not word_list(text) or (bool(statements) and all(set(s.counted) == {"facilitation"} for s in statements))
    said = word_list(text)
    return len(said) <= 3 and _ACKNOWLEDGING.issuperset(said) and not _asked_before(coded, index)


def _asked_before(coded: Coded, index: int) -> bool:
    before = coded.statements_of(index - 1) if index else ()
    return bool(before) and before[-1].has("question")


def floors(coded: Coded) -> list[tuple[Statement, ...]]:
    """The practitioner's statements, grouped into stretches that only back-channels interrupt."""
    found: list[list[Statement]] = [[]]
    for utterance in coded.session:
        if coded.session.role_of(utterance) == "practitioner":
            found[-1].extend(coded.statements_of(utterance.index))
        elif not is_backchannel(coded, utterance.index):
            found.append([])
    return [tuple(stretch) for stretch in found if stretch]


def exchanges(coded: Coded) -> Iterator[tuple[list[Statement], tuple[Statement, ...]]]:
    """The client's statements up to the practitioner's next turn, with the statements of that turn.

    A turn ends where the client says more than a word or two, or answers a question; turns of nothing but
    back-channels, or without a word, are passed over. The last exchange may have no such turn.
    """
    said: list[Statement] = []
    answer: list[Statement] = []
    for utterance in coded.session:
        role, here = coded.session.role_of(utterance), coded.statements_of(utterance.index)
        if role == "practitioner":
            answer.extend(here)
        elif role == "client" and here and not (_lets_go_on(answer) and len(words(utterance.text)) < WORDED):
            if _takes_floor(coded, answer):
                yield said, tuple(answer)
                said = []
            answer = []
            said.extend(here)
    yield said, tuple(answer) if _takes_floor(coded, answer) else ()


def _lets_go_on(answer: Sequence[Statement]) -> bool:
    """Whether a word or two after these statements only lets the practitioner go on: they ask nothing new."""
    return bool(answer) and (answer[-1].has("reflection") or not answer[-1].has("question"))


def _takes_floor(coded: Coded, answer: Sequence[Statement]) -> bool:
    """Whether a turn is more than a back-channel, a bare word, or a start that the client talks over."""
    full = [s for s in answer if words(coded.text(s)) and set(s.counted) != {"facilitation"}]
    if any(s.has(family) for s in full for family in TAKES_UP):
        return True
    said = sum(len(words(coded.text(s))) for s in full)
    broken = bool(full) and coded.text(full[-1]).rstrip().endswith(("-", "–", "—"))
    return said >= (BROKEN if broken else WORDED)


def judged(statements: Iterable[Statement]) -> bool:
    """Whether the coder is sure to hear judgment in any of these statements; a reflection is not taken for it."""
    plainly = (s for s in statements if not s.has("reflection"))
    return any(p >= SURE for s in plainly for code, p in s.counted.items() if code.startswith("judgment."))


def without(statement: Statement, kinds: Sequence[str]) -> Statement:
    """A statement in which these codes do not count; the likeliest neutral code does where nothing is left."""
    left = {code: p for code, p in statement.counted.items() if code not in kinds}
    neutral = max(NEUTRAL, key=lambda code: statement.probabilities.get(code, 0.0))
    return replace(statement, left=left or {neutral: statement.probabilities.get(neutral, 0.0)})


def without_doubted(coded: Coded, doubted: Callable[[Statement], Sequence[str]]) -> Coded:
    """The session in which the codes that are doubted do not count, statement by statement.

    What the coder asserts stays on record beside it, and codes that people gave always count: those do not stray.
    """
    if not coded.strays:
        return coded
    kept = ((s, doubted(s)) for s in coded.statements)
    return replace(coded, statements=tuple(without(s, gone) if gone else s for s, gone in kept))


def likeliest(statement: Statement, kinds: Sequence[str]) -> str | None:
    """The code among ``kinds`` that the coder asserts with most certainty, or None where it asserts none."""
    asserted = [kind for kind in kinds if kind in statement.counted]
    return max(asserted, key=lambda kind: statement.counted[kind]) if asserted else None
