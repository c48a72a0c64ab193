"""Parts by name: readers, detectors, measures and renderers, ours and a third party's alike.

Every part is an entry point; built-ins are declared in ``pyproject.toml`` exactly as another
package would declare its own.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from transcript_rapport.errors import SettingsError

GROUPS = ("readers", "detectors", "measures", "renderers")


@cache
def available(group: str) -> dict[str, EntryPoint]:
    """The entry points of ``group`` by name; on a clash of names our own part is kept."""
    found = entry_points(group=f"transcript_rapport.{group}")
    ours_last = sorted(found, key=lambda point: point.value.startswith("transcript_rapport."))
    return {point.name: point for point in ours_last}


def load(group: str, name: str) -> Any:
    """The part called ``name``; an unknown name is a SettingsError that lists the known ones."""
    points = available(group)
    if name not in points:
        known = ", ".join(sorted(points)) or "none: is transcript-rapport installed?"
        raise SettingsError(group, f"no part is called {name!r}", f"one of {known}")
    return points[name].load()
