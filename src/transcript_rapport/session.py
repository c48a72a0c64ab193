"""What goes in: a session and its utterances, as they stood in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal, overload

Role = Literal["practitioner", "client", "other"]
ROLES: tuple[Role, ...] = ("practitioner", "client", "other")
DOUBTED = "seem exchanged"
"""What every note says that doubts who is who."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One line of talk as it stood in the file.

    ``index`` counts from 0 in the order of the file; ``start_ms`` and ``end_ms`` are whole
    milliseconds from the start of the recording, or None where the file does not say.
    """

    index: int
    speaker: str
    text: str
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Consecutive utterances of one speaker: a view, never stored."""

    speaker: str
    utterances: tuple[Utterance, ...]

    @property
    def text(self) -> str:
        """The turn's words."""
        return " ".join(utterance.text for utterance in self.utterances)


@dataclass(frozen=True)
class Session(Sequence[Utterance]):
    """A helping session: a sequence of utterances and who is who.

    ``roles`` maps each speaker label to a role; it is empty until the roles were decided.
    ``role_certainty`` is the probability (0 to 1) that the practitioner was named rightly: 1 where
    the labels or the user said so. ``notes`` says what a reader repaired or left out.
    """

    name: str
    utterances: tuple[Utterance, ...]
    source: str = ""
    format: str = ""
    roles: Mapping[str, Role] = field(default_factory=dict)
    role_certainty: float | None = None
    role_reason: str = ""
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.utterances)

    @overload
    def __getitem__(self, index: int) -> Utterance: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Utterance]: ...
    def __getitem__(self, index: int | slice) -> Utterance | Sequence[Utterance]:
        return self.utterances[index]

    def __iter__(self) -> Iterator[Utterance]:
        return iter(self.utterances)

    def __repr__(self) -> str:
        who = ", ".join(f"{label} ({self.roles.get(label, 'role open')})" for label in self.speakers)
        return f"<Session {self.name!r}: {len(self)} utterances, {who}>"

    @property
    def speakers(self) -> tuple[str, ...]:
        """Speaker labels in order of their first utterance."""
        return tuple(dict.fromkeys(utterance.speaker for utterance in self.utterances))

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Runs of consecutive utterances by one speaker."""
        grouped = groupby(self.utterances, key=lambda utterance: utterance.speaker)
        return tuple(Turn(speaker, tuple(members)) for speaker, members in grouped)

    @property
    def has_starts(self) -> bool:
        """Whether every utterance says when it starts."""
        return bool(self.utterances) and all(u.start_ms is not None for u in self.utterances)

    @property
    def has_ends(self) -> bool:
        """Whether every utterance says when it starts and when it ends."""
        return self.has_starts and all(u.end_ms is not None for u in self.utterances)

    @property
    def duration_ms(self) -> int | None:
        """From the first known time to the last, or None without times."""
        times = [t for u in self.utterances for t in (u.start_ms, u.end_ms) if t is not None]
        return max(times) - min(times) if times else None

    def role_of(self, utterance: Utterance | int) -> Role:
        """The role of whoever spoke ``utterance`` (an utterance or its index)."""
        spoken = self.utterances[utterance] if isinstance(utterance, int) else utterance
        return self.roles.get(spoken.speaker, "other")

    def labels(self, role: Role) -> tuple[str, ...]:
        """The speaker labels that have ``role``."""
        return tuple(label for label in self.speakers if self.roles.get(label) == role)

    @property
    def doubts(self) -> tuple[str, ...]:
        """The notes that doubt who is who: while they stand, little that is told by role is worth anything."""
        return tuple(note for note in self.notes if DOUBTED in note)

    def with_roles(self, roles: Mapping[str, Role], certainty: float, reason: str) -> Session:
        """The same session with its roles decided."""
        return replace(self, roles=dict(roles), role_certainty=certainty, role_reason=reason)
