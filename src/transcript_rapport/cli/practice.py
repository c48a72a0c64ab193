"""The invented practice sessions that come with the package."""

from __future__ import annotations

from pathlib import Path

from transcript_rapport.errors import SettingsError

FIRST = "school_counselling"
"""What ``rapport demo`` shows unless told otherwise: a session with times."""


def folder() -> Path:
    """Where the practice sessions lie: inside the installed package, or in the checkout."""
    package = Path(__file__).parents[1]
    for place in (package / "_practice", package.parents[1] / "corpora" / "practice"):
        if place.is_dir():
            return place
    raise SettingsError(
        "practice sessions", "they are not where they should be", str(place), "install the package again"
    )


def sessions() -> dict[str, Path]:
    """The practice sessions by name."""
    return {path.stem: path for path in sorted(folder().iterdir()) if path.is_file() and path.suffix != ".md"}


def find(name: str) -> Path:
    """The practice session called ``name`` (with or without its suffix); an unknown one is a SettingsError."""
    known = sessions()
    wanted = name if name in known else Path(name).stem
    if wanted not in known:
        raise SettingsError("rapport demo", f"no practice session is called {name!r}", f"one of {', '.join(known)}")
    return known[wanted]
