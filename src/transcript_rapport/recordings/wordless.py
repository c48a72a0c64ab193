"""The report on an audio-only session: talk time, turns and pauses; whatever needs words says why it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from transcript_rapport import plugins
from transcript_rapport.errors import RoleError
from transcript_rapport.measures import talk, talk_definitions
from transcript_rapport.measures.times import total, union
from transcript_rapport.report import Coded, Label, Measure, Span
from transcript_rapport.roles import assign
from transcript_rapport.session import Session
from transcript_rapport.settings import Settings

SPEECH = "[speech]"
"""Stands for words that are not known."""
NO_RECOGNISER = "no recogniser was named, so the words are not known"
BY_LENGTH = "without words, talk shorter than 1 s is taken as a back-channel"
BACKCHANNEL_MS = 1000
TIMED = {
    d.name: note
    for d, note in (
        (talk_definitions.TIME_SHARE, ""),
        (talk_definitions.LONGEST_RUN_S, BY_LENGTH),
        (talk_definitions.TURNS_PER_MINUTE, BY_LENGTH),
        (talk_definitions.OVERLAP, ""),
        (talk_definitions.FLOOR_TAKINGS, BY_LENGTH),
        (talk_definitions.SILENCE, ""),
        (talk_definitions.LATENCY, BY_LENGTH),
    )
}
"""The measures that need no words, and what to say of them."""


def is_wordless(session: Session) -> bool:
    """Whether it is known when people spoke, and of nothing what they said."""
    return len(session) > 0 and all(utterance.text == SPEECH for utterance in session)


def decided(session: Session, settings: Settings) -> Session:
    """The session with its roles, which only the user can give; a RoleError says whom there is to choose from."""
    if settings.practitioner is None and not session.roles:
        seen = "without words it cannot be told who the practitioner is"
        remedy = f"name the practitioner with --practitioner, such as --practitioner {session.speakers[0]!r}"
        raise RoleError(session.source or session.name, seen, f"one of {'; '.join(_introduced(session))}", remedy)
    return assign(session, settings)


def _introduced(session: Session) -> Iterator[str]:
    """Each speaker as somebody who was there would recognise them: when first heard, and how long."""
    for speaker in session.speakers:
        own = [(u.start_ms or 0, u.end_ms or 0) for u in session if u.speaker == speaker]
        minutes, seconds = divmod(round(own[0][0] / 1000), 60)
        yield f"{speaker!r} (first heard at {minutes}:{seconds:02}, {round(total(union(own)) / 1000)} s of talk)"


def measured(session: Session, settings: Settings) -> tuple[Coded, tuple[Measure, ...]]:
    """The session without any code, and every measure the settings name."""
    coded = Coded(session, (), tuple(Label() for _ in session))
    rooms = [plugins.load("measures", name) for name in settings.measures]
    known = {m.name: _told(m) for m in talk.measure(_by_length(coded), (), settings) if m.name in TIMED}
    definitions = [d for room in rooms for d in getattr(room, "DEFINITIONS", ())]
    return coded, tuple(known.get(d.name) or d.missing(NO_RECOGNISER) for d in definitions)


def _by_length(coded: Coded) -> Coded:
    """A stand-in for counting turns: talk of a second or more passes as words, shorter talk as none."""
    lasting = [(u.end_ms or 0) - (u.start_ms or 0) >= BACKCHANNEL_MS for u in coded.session]
    texts = ["talk " * 4 if long else "" for long in lasting]
    utterances = tuple(replace(u, text=text) for u, text in zip(coded.session, texts, strict=True))
    return replace(coded, session=replace(coded.session, utterances=utterances))


def _told(measure: Measure) -> Measure:
    """The measure pointing into the real session, with what to say of it."""
    note = "; ".join(part for part in (measure.note, TIMED[measure.name]) if part)
    evidence = tuple(Span(span.utterance, 0, len(SPEECH)) for span in measure.evidence)
    return replace(measure, note=note, evidence=evidence)
