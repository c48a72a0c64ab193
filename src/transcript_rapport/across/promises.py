"""What a practitioner said they would do, and whether later sessions come back to it: never whether it was kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from transcript_rapport.lexicons.style import function_words
from transcript_rapport.report import Finding, Report

KIND = "transparency.promise"
LEAST_WORDS = 2
"""Content words that a later utterance shares with a promise on the same matter (all, if it has fewer)."""
NOT_FOUND = "not found in later sessions: worth asking"
LAST = "made in the last session here: worth asking next time"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAID_OFTEN = frozenset(
    "going gonna get got give let make take put know think want need see say tell talk call write send look find come "
    "yes yeah okay thing things something really well good right time week next today tomorrow session sure".split()
)


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise, the session it was made in, and the first later place that speaks of the same, if there is one."""

    session: str
    made: Finding
    later: str = ""
    quote: str = ""
    last: bool = False

    @property
    def told(self) -> str:
        """Whether it was taken up again, in words that claim no more."""
        if self.later:
            return f"taken up again in {self.later}: “{self.quote}”"
        return LAST if self.last else NOT_FOUND


def promises(reports: Sequence[Report]) -> list[Promise]:
    """The promises in one person's sessions, which stand in order, each with where it comes up again."""
    return [
        _followed(report, finding, reports[number + 1 :])
        for number, report in enumerate(reports)
        for finding in report.of_kind(KIND)
    ]


def _followed(report: Report, made: Finding, later: Sequence[Report]) -> Promise:
    wanted = content(made.quote)
    for other in later:
        for said in _said(other):
            if wanted and len(wanted & content(said)) >= min(LEAST_WORDS, len(wanted)):
                return Promise(report.session.name, made, other.session.name, said)
    return Promise(report.session.name, made, last=not later)


def _said(report: Report) -> Iterator[str]:
    """The practitioner's utterances, except those in which the same kind of promise is made anew."""
    anew = {finding.utterance for finding in report.of_kind(KIND)}
    for utterance in report.session:
        if report.session.role_of(utterance) == "practitioner" and utterance.index not in anew:
            yield utterance.text


@cache
def content(text: str) -> frozenset[str]:
    """The words that say what a text is about, without their most common endings."""
    words = (word.casefold().replace("’", "'") for word in _WORD.findall(text))
    return frozenset(_stem(word) for word in words if len(word) > 2 and "'" not in word and word not in _common())


def _stem(word: str) -> str:
    ending = next((e for e in ("ing", "ed", "es", "s") if word.endswith(e) and len(word) - len(e) >= 4), "")
    return word.removesuffix(ending).removesuffix("e")


@cache
def _common() -> frozenset[str]:
    return frozenset().union(*function_words().values(), _SAID_OFTEN)
