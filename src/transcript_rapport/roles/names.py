"""Several spellings of one person's label: ``Dr. Lee``, ``Lee, Susan`` and ``Susan Lee (host)``.

They are one person only where nothing contradicts: titles and roles agree, nobody else has the
name, the two do not talk to each other, and at least two people remain.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from transcript_rapport.roles.labels import said_by
from transcript_rapport.session import Session

_TITLES = {
    **dict.fromkeys(("mr", "sir", "mister"), "he"),
    **dict.fromkeys(("mrs", "ms", "miss", "madam"), "she"),
    **dict.fromkeys(("dr", "doctor", "prof", "professor", "mx", "rev"), ""),
}
_MOST_ANSWERS = 0.2
"""The share of one label's turns that may stand right beside the other's: more is two people talking."""

_MOST_LABELS = 40
"""More are no session's speakers, and not compared."""


@dataclass(frozen=True, slots=True)
class _Person:
    """A label taken apart: its names in small letters, first name first, and what its title says."""

    names: tuple[str, ...]
    title: str
    is_titled: bool
    beside: str

    @property
    def is_named(self) -> bool:
        """Whether the label has the shape of a person's name."""
        return bool(self.names) and all(re.fullmatch(r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*", n) for n in self.names)


def merged(session: Session) -> tuple[Session, Mapping[str, str]]:
    """The session with one label a person, and for every label the one that is kept; noted where any was merged.

    Kept is the label that says its role, else the one with most utterances.
    """
    kept = _kept(session)
    groups: dict[str, list[str]] = {}
    for label in session.speakers:
        groups.setdefault(kept[label], []).append(label)
    if len(groups) < 2 or len(groups) == len(kept):
        return session, {label: label for label in session.speakers}
    notes = [
        f"{' and '.join(label for label in group if label != name)} and {name}: read as one person, {name}"
        for name, group in groups.items()
        if len(group) > 1
    ]
    utterances = tuple(replace(u, speaker=kept[u.speaker]) for u in session)
    return replace(session, utterances=utterances, notes=(*session.notes, *notes)), kept


def _kept(session: Session) -> dict[str, str]:
    labels = session.speakers
    if len(labels) > _MOST_LABELS:
        return {label: label for label in labels}
    person = {label: _person(label) for label in labels}
    apart = _apart(session)
    match: dict[str, set[str]] = {label: {label} for label in labels}
    for one, two in combinations(labels, 2):
        if _same(person[one], person[two]) and not _contradict(one, two, person) and (one, two) not in apart:
            match[one].add(two)
            match[two].add(one)
    said, often = said_by(labels), Counter(u.speaker for u in session)
    kept = {}
    for label in labels:
        # All who may be this one must be one another too, else it is open who is meant.
        group = match[label] if all(match[other] == match[label] for other in match[label]) else {label}
        kept[label] = max(sorted(group), key=lambda name: (name in said, often[name]))
    return kept


def _person(label: str) -> _Person:
    beside = " ".join(re.findall(r"[(\[](.*?)[)\]]", label)).casefold().strip()
    plain = re.sub(r"[(\[].*?[)\]]", " ", label).strip()
    last, comma, first = plain.partition(",")
    words = f"{first} {last}" if comma and first.strip() and "," not in first else plain
    parts = [part for part in re.sub(r"[.]", " ", words).casefold().split() if part]
    titles = [part for part in parts if part in _TITLES]
    says = next((_TITLES[title] for title in titles if _TITLES[title]), "")
    return _Person(tuple(part for part in parts if part not in _TITLES), says, bool(titles), beside)


def _same(one: _Person, two: _Person) -> bool:
    """Whether the names may be one person's: equal, one of them beside both, or an initial for a first name."""
    if one.names == two.names:
        return bool(one.names)
    if not (one.is_named and two.is_named):
        return False
    short, long = sorted((one, two), key=lambda person: len(person.names))
    if len(short.names) == 1 and len(long.names) == 2:
        alone = short.names[0]
        if len(alone) < 2:
            return False
        return alone == long.names[1] if short.is_titled else alone in long.names
    initial = len(short.names) == len(long.names) == 2 and short.names[1] == long.names[1]
    return initial and 1 in map(len, (short.names[0], long.names[0])) and short.names[0][0] == long.names[0][0]


def _contradict(one: str, two: str, person: Mapping[str, _Person]) -> bool:
    a, b = person[one], person[two]
    roles = [said_by([label]).get(label) for label in (one, two)]
    titles = a.title and b.title and a.title != b.title
    beside = a.beside and b.beside and a.beside != b.beside
    return bool(titles or beside or (None not in roles and roles[0] != roles[1]) or _is_role(a, b, roles))


def _is_role(a: _Person, b: _Person, roles: Sequence[object]) -> bool:
    """Whether different words name what people are, not who: a mother is not the client's mother."""
    untitled = [role for role, person in zip(roles, (a, b), strict=True) if role and not person.is_titled]
    return a.names != b.names and bool(untitled) and not (a.beside or b.beside)


def _apart(session: Session) -> set[tuple[str, str]]:
    """Labels whose turns follow each other too often, or that talk at the same time: two people."""
    turns = [turn.speaker for turn in session.turns]
    often, beside = Counter(turns), Counter(tuple(sorted(pair)) for pair in pairwise(turns))
    found = {
        (one, two)
        for one, two in combinations(session.speakers, 2)
        if beside[tuple(sorted((one, two)))] > _MOST_ANSWERS * min(often[one], often[two]) + 1
    }
    for a, b in pairwise(session):
        overlap = a.end_ms is not None and b.start_ms is not None and b.start_ms < a.end_ms
        if overlap and a.speaker != b.speaker:
            found |= {(a.speaker, b.speaker), (b.speaker, a.speaker)}
    return found
