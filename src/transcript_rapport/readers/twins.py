"""Files that look like one session, a file a speaker: ``visit_doctor.TextGrid`` beside ``visit_patient.TextGrid``."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from os.path import isfile
from pathlib import Path

from transcript_rapport.readers.labels import ROLES

_JOINTS = re.compile(r"([_\-. ]+)")
_SPEAKERS = ROLES | {"left", "right", "agent", "customer"}
_COUNTED = ("speaker", "spk", "s", "channel", "ch", "mic", "track", "person", "participant")
_NUMBERED = re.compile(r"([a-z]*)(\d)", re.IGNORECASE)


def command(path: str) -> str:
    """The command that reads a file of one speaker with its twins beside it; empty where it has none.

    Twins differ in one part of their names, which says who speaks: a role, a side, or a number after "speaker".
    """
    given = Path(path)
    parts = _JOINTS.split(given.stem)
    for at in reversed(range(0, len(parts), 2)):
        stems = ("".join([*parts[:at], other, *parts[at + 1 :]]) for other in _others(parts, at))
        twins = (str(given.with_name(stem + given.suffix)) for stem in stems)
        beside = [twin for twin in twins if isfile(twin)]  # noqa: PTH113  (Path.is_file raises where names grow too long)
        if beside and (len(parts) > 1 or len(given.stem) > 2):
            files = " ".join(shlex.quote(one) for one in sorted({path, *beside}))
            return f"rapport analyse {files} --together"
    return ""


def _others(parts: list[str], at: int) -> Iterator[str]:
    """What may stand in place of one part of a name where that part says who speaks, in the same capitals."""
    part, before = parts[at], parts[at - 2].lower() if at > 1 else ""
    spelt = str.upper if part.isupper() else str.title if part.istitle() else str.lower
    if part.lower() in _SPEAKERS:
        yield from (spelt(word) for word in sorted(_SPEAKERS) if word != part.lower())
    elif (found := _NUMBERED.fullmatch(part)) and (found[1].lower() or before) in _COUNTED:
        yield from (f"{found[1]}{number}" for number in range(10) if str(number) != found[2])
