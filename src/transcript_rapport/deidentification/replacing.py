"""From a session to the same session without direct identifiers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from transcript_rapport.deidentification import known
from transcript_rapport.deidentification.ages import ages, asked_ages
from transcript_rapport.deidentification.announced import announced
from transcript_rapport.deidentification.asked import answered
from transcript_rapport.deidentification.dates import dates
from transcript_rapport.deidentification.dictated import dictated
from transcript_rapport.deidentification.digits import continued, grown, opened, said_digits
from transcript_rapport.deidentification.formal import formal
from transcript_rapport.deidentification.houses import houses, whole
from transcript_rapport.deidentification.institutions import initials, institutions
from transcript_rapport.deidentification.kinds import by_kind
from transcript_rapport.deidentification.labels import label_names, with_role
from transcript_rapport.deidentification.learned import finished, identifiers
from transcript_rapport.deidentification.names import named
from transcript_rapport.deidentification.people import numbers, plain
from transcript_rapport.deidentification.spans import Found, joined, overlaps
from transcript_rapport.deidentification.spoken import spelled_names, spoken
from transcript_rapport.deidentification.streets import streets, towns
from transcript_rapport.deidentification.tokens import is_cased, tokens
from transcript_rapport.deidentification.vocabulary import is_listed
from transcript_rapport.deidentification.web import web
from transcript_rapport.placeholders import PLACEHOLDER, SHOWN, Kind, placeholder
from transcript_rapport.session import Session

RESIDUAL = (
    "names, places, dates and numbers that were found are replaced; some will be missed, and what is told can point "
    "to somebody without any: read it before it leaves your hands"
)
NAME = "session"
"""What a de-identified session is called: file names often hold somebody's name."""
_PASSES = 6


def deidentified(session: Session) -> Session:
    """The session with placeholders for direct identifiers in texts, labels, notes and reason, and a plain name.

    Times, order and the number of utterances stay; placeholders that are there already stay as they are, and
    doing it twice changes nothing. Roles, where they are decided, stay with their speakers.
    """
    session = replace(session, notes=tuple(_without_path(note, session.source) for note in session.notes))
    for _ in range(_PASSES):
        again = _once(session)
        if again == session:
            break
        session = again
    return replace(session, name=NAME, source="")


def replaced(texts: Sequence[str], labels: Sequence[str] = ()) -> list[list[Found]]:
    """Where identifiers stand in each of the ``texts`` of one session, in order; names among ``labels`` are known."""
    cased = is_cased(texts)
    first = [_found(text, cased) for text in texts]
    for at, text in enumerate(texts):
        first[at] += continued(texts, first, at)
        before = texts[at - 1] if at else ""
        first[at] += answered(before, text, first[at], cased)
        first[at] += [age for age in asked_ages(before, text) if not overlaps(age, first[at])]
    for at, found in list(dictated(texts, first)):
        first[at] = [span for span in first[at] if not overlaps(span, [found])] + [found]
    for at in reversed(range(len(texts))):
        first[at] += opened(texts, first, at)
        first[at].sort(key=lambda span: span.start)
    first = [finished(*of) for of in zip(texts, first, identifiers(texts, cased), strict=True)]
    names = [label[span.start : span.end] for label in labels for span in label_names(label, labels)]
    seen = known.Known.of(texts, first, names)
    return [
        list(joined(text, [*found, *seen.further(text, found, cased)]))
        for text, found in zip(texts, first, strict=True)
    ]


def _built(text: str) -> list[Found]:
    """Addresses and organisations by their build and their words; the longer come first, and count."""
    housed: list[Found] = [*houses(text), *streets(text)]
    called = [*by_kind(text), *announced(text), *institutions(text)]
    called = [span for span in called if not is_listed(plain(text[span.start : span.end]), "famous")]
    return sorted([*housed, *called], key=lambda span: span.start - span.end)


_FINDERS: tuple[Callable[[str], Iterable[Found]], ...] = (
    *(web, spoken, _built, dates, ages, formal, said_digits, towns, spelled_names, initials),
)


def _found(text: str, cased: bool) -> list[Found]:
    taken = [Found(*match.span(), "name") for match in PLACEHOLDER.finditer(text)]
    kept = len(taken)
    for finder in _FINDERS:
        for found in finder(text):
            span = _grown(text, found)
            free = next((one for one in (span, found) if not overlaps(one, taken)), None)
            if free:
                taken.append(free)
    bare = PLACEHOLDER.sub("", text)
    capitals = cased and not (len(bare.split()) > 3 and (bare.isupper() or bare == bare.lower()))
    return sorted([*taken[kept:], *named(tokens(text, taken[kept:]), text, capitals)], key=lambda span: span.start)


def _grown(text: str, found: Found) -> Found:
    """A number or an address with what belongs to it beside it."""
    if found.kind == "address":
        return whole(text, found)
    return grown(text, found) if found.kind in {"number", "phone"} else found


def _once(session: Session) -> Session:
    labels = session.speakers
    bare = {label: label_names(label, labels) for label in labels}
    asides = [*session.notes, session.role_reason]
    texts = [utterance.text for utterance in session]
    spans = replaced([*texts, *asides], labels)
    everything = [(label, bare[label]) for label in labels] + list(zip([*texts, *asides], spans, strict=True))
    mentions = [(span.kind, text[span.start : span.end]) for text, found in everything for span in found]
    number = numbers(mentions, _taken(text for text, _ in everything))
    written = [_written(text, found, number) for text, found in everything]
    new = _labels(session, dict(zip(labels, written, strict=False)))
    said = written[len(labels) : len(labels) + len(texts)]
    utterances = tuple(replace(u, speaker=new[u.speaker], text=text) for u, text in zip(session, said, strict=True))
    *notes, reason = written[len(labels) + len(texts) :]
    roles = {new.get(label, label): role for label, role in session.roles.items()}
    return replace(session, utterances=utterances, roles=roles, notes=tuple(notes), role_reason=reason)


def _labels(session: Session, new: Mapping[str, str]) -> dict[str, str]:
    """Each label as it is to be written: those that lost a name say their role, and no two become one."""
    labels = with_role(session, new)
    taken: set[str] = set()
    for label, written in labels.items():
        free, number = written, 2
        while free in taken:
            free, number = f"{written} {number}", number + 1
        labels[label] = free
        taken.add(free)
    return labels


def _taken(texts: Iterable[str]) -> dict[Kind, int]:
    """The highest number each kind has among placeholders that are there already."""
    kinds = {shown: kind for kind, shown in SHOWN.items()}
    highest: dict[Kind, int] = {}
    for text in texts:
        for match in PLACEHOLDER.finditer(text):
            kind = kinds[match["kind"]]
            highest[kind] = max(highest.get(kind, 0), int(match["number"]))
    return highest


def _written(text: str, spans: Sequence[Found], number: Mapping[tuple[Kind, str], int]) -> str:
    parts, at = [], 0
    for span in spans:
        shown = placeholder(span.kind, number[span.kind, text[span.start : span.end]])
        parts += [text[at : span.start], shown]
        at = span.end
    return "".join([*parts, text[at:]])


def _without_path(note: str, source: str) -> str:
    """A note without the file's path and name."""
    for part in {source, Path(source).name, Path(source).stem} - {""}:
        note = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "the file", note)
    return note
