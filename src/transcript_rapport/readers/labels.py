"""Which words before a colon are speakers: learned from the whole file, since speech has colons too."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile

ROLES = frozenset(
    """
therapist counsellor counselor client patient doctor dr physician nurse gp clinician practitioner provider interviewer
interviewee interpreter coach coachee student teacher physio physiotherapist psychologist psychiatrist psychotherapist
helper helpee caller supervisor supervisee mother father mum mom dad parent wife husband partner son daughter child
respondent participant researcher facilitator moderator worker volunteer listener operator texter visitor spouse
brother sister grandmother grandfather observer translator cotherapist court witness
speaker t c d p th cl co pt ct sw cw i
""".split()
)
"""Labels that are speakers even where they stand only once."""

NOT_SPEAKERS = frozenset(
    """
date time session note notes title topic subject location place duration length transcriber transcribed transcript
transcription recording recorded file source participants speakers audio video version summary goal goals homework
plan agenda example http https warning update key legend setting sent cc subject type attachments
""".split()
)
"""Words before a colon that head a page or a list."""
_EITHER = frozenset("question answer ps nb re".split())
"""Words before a colon that head a remark, but where they stand again and again are speakers, or their initials."""

_SPEECH = frozenset(
    """
i you he she it we they me him her us them my your his its our their this that these those the a an and but or so if
then because as like well okay ok yeah yes no oh um uh is was are were be been am do does did have has had said says
say saying told asked goes went think thought know mean means thing things what why how when where who which there here
one first second third also now just anyway basically maybe to for with about at from in on of not feels felt
""".split()
)
_WORD = re.compile(r"[\w'’\-&/#()\[]+\.?,?|\(?(?:[A-Z]\.){1,4}\)?|[\w.+-]+@[\w.-]+\w")
_NUMBERED = re.compile(r"([^\W\d_]+)(?:[\s.-]?(\d{1,4})|\s?[(\[](\d{1,4})[)\]]?)")
_SIGN = re.compile("\\s?[\u2600-\u27bf\U0001f000-\U0001faff][\ufe0f\u200d]?")  # an emoji in somebody's name
_PARTICLES = frozenset("van von der den de del della di da dos la le ten ter bin al".split())
_MOST_WORDS = 4
_LONGEST = 40


@lru_cache(maxsize=1024)
def clean(raw: str) -> str | None:
    """The label in ``raw`` without its markup, or None where it has not the shape of one.

    A label is a few words that begin with a letter; none of them is a word that only speech has.
    """
    label = raw.strip().strip('*_[]<>{}#"“”').strip()
    if not label or len(label) > _LONGEST or not (label[0].isalpha() or (label[0] == "(" and label[1:2].isalpha())):
        return None
    words = _SIGN.sub("", label).removeprefix("THE ").split()  # of a court's record: "THE WITNESS"
    if sum(word not in _PARTICLES for word in words) > _MOST_WORDS or not all(_WORD.fullmatch(word) for word in words):
        return None
    if any(word.endswith(".") and len(word) > 5 for word in words):  # "Dr." and "J." are short, sentences are not
        return None
    small = [word.lower().strip(".,'’()") for word in words]
    spoken = len(label) > 1 and any(
        word in _SPEECH and not _is_initial(written) for word, written in zip(small, words, strict=True)
    )
    return None if spoken or small[0] in NOT_SPEAKERS else label


def _is_initial(word: str) -> bool:
    """Whether ``word`` is a capital letter that tells people apart, as in ``Parent A``."""
    return len(word) == 1 and word.isupper() and word != "I"


def fold(label: str) -> str:
    """What two spellings of one label have in common: ``P`` and ``p``, ``DR. LEE`` and ``Dr Lee``."""
    return " ".join(label.casefold().replace(".", " ").split())


class Labels:
    """The speakers of one file, learned from the words that stand before colons in it.

    ``raw`` are all candidates in order, ``plain_lines`` is the number of other lines with words,
    ``likely`` are candidates whose place speaks for them (beside a time). A candidate is a speaker
    if it recurs or names a role; a name that stands once is one if it is likely, or if nearly every
    line of the file has a label.
    """

    def __init__(self, raw: Sequence[str], plain_lines: int = 0, likely: Iterable[str] = ()) -> None:
        shaped = [label for label in map(clean, raw) if label]
        self.numbered = numbering(shaped)
        counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for label in shaped:
            counted[fold(self._unnumbered(label))][self._unnumbered(label)] += 1
        dense = plain_lines <= 0.02 * len(raw)
        again = max(3, 0.2 * len(raw))
        placed = {fold(label) for label in map(clean, likely) if label}
        self._names = {
            key: spellings.most_common(1)[0][0]
            for key, spellings in counted.items()
            if (spellings.total() >= again if key in _EITHER else spellings.total() > 1)
            or key.removeprefix("the ").rstrip(" 0123456789") in ROLES
            or ((dense or key in placed) and key not in _EITHER and _is_name(next(iter(spellings))))
        }

    def __bool__(self) -> bool:
        return bool(self._names)

    def name(self, raw: str) -> str | None:
        """The speaker that ``raw`` means, in the file's usual spelling, or None."""
        label = clean(raw)
        return self._names.get(fold(self._unnumbered(label))) if label else None

    @property
    def letters(self) -> frozenset[str]:
        """The speakers written as one capital letter that is no word of English."""
        return frozenset(n for n in self._names.values() if len(n) == 1 and n.isupper()) - {"A", "I", "O"}

    def _unnumbered(self, label: str) -> str:
        found = _NUMBERED.fullmatch(label)
        return found[1] if found and found[1] in self.numbered else label


def numbering(labels: Iterable[str]) -> frozenset[str]:
    """The stems whose digits number the turns: T and C in ``T1 C1 T2 C2 …``, but not in a couple's ``C1 C2 C1 C2``.

    Digits that number turns grow and hardly ever recur; digits that tell people apart recur.
    """
    every = list(labels)
    digits: defaultdict[str, list[int]] = defaultdict(list)
    for label in every:
        found = _NUMBERED.fullmatch(label)
        if found:
            digits[found[1]].append(int(found[2] or found[3]))
    all_numbered = sum(map(len, digits.values())) == len(every)
    stems = frozenset(stem for stem, found in digits.items() if _count_turns(found, few=all_numbered))
    left = {m[1] if (m := _NUMBERED.fullmatch(label)) and m[1] in stems else label for label in every}
    return stems if len(left) > 1 else frozenset()  # "Speaker 1, Speaker 2" must not become one speaker


def unnumbered(labels: Sequence[str]) -> list[str]:
    """The labels without digits where those of all of them number turns (``T1``, ``C1``, ``T2``); see ``numbering``."""
    stems = numbering(filter(None, labels))
    found = [_NUMBERED.fullmatch(label) for label in labels] if stems else []
    every = found and all(match[1] in stems if match else not label for match, label in zip(found, labels, strict=True))
    return [match[1] if match else "" for match in found] if every else list(labels)


def in_common(names: Sequence[Sequence[str]]) -> int:
    """How many words all of ``names`` begin with."""
    return sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, zip(*names, strict=False)))


def _count_turns(digits: Sequence[int], *, few: bool) -> bool:
    if len(digits) < 3:
        return few and all(a < b for a, b in pairwise(digits))
    growing = sum(a < b for a, b in pairwise(digits))
    return len(set(digits)) >= 0.8 * len(digits) and growing >= 0.8 * (len(digits) - 1)


def _is_name(label: str) -> bool:
    words = label.split()
    return len(words) <= 3 and all(word[0].isupper() or word[0].isdigit() for word in words)
