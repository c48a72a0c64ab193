"""From a session to the same session without direct identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from transcript_rapport.deidentification.finding import replaced
from transcript_rapport.deidentification.labels import label_names, with_role
from transcript_rapport.deidentification.numbering import numbers
from transcript_rapport.deidentification.spans import Found
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
