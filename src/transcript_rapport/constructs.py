"""The constructs of rapport: what in a report shows each, how directly, and what a transcript cannot show.

Run ``python -m transcript_rapport.constructs docs/constructs.md`` after changing ``constructs.toml``.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

GRADES = {"D": "direct", "P": "proxy", "W": "weak proxy", "N": "not measurable"}

_HEAD = """# Constructs

Written by `python -m transcript_rapport.constructs docs/constructs.md`: change `constructs.toml`, not this page.

What the literature on rapport names, and what in a report shows it. **Direct**: the words or times show it.
**Proxy**: they show something that goes with it. **Weak proxy**: shown only with its caveat.
**Not measurable**: no transcript shows it, and a report does not claim to.
"""
_HEADING = ("construct", "grade", "measures", "findings", "instrument or source")


@dataclass(frozen=True, slots=True)
class Construct:
    """One construct of rapport.

    ``grade`` holds one or two of D, P, W and N, the main one first. ``measures`` and ``findings`` name
    what shows it in a report; where it cannot be measured, ``why`` completes "not measurable, because …"
    and ``instead`` says what to use. Where a weak sign is all there is, ``why`` is its caveat.
    """

    name: str
    grade: str
    instrument: str = ""
    measures: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    why: str = ""
    instead: str = ""

    @property
    def measurable(self) -> bool:
        """Whether a transcript shows it at all, other than by a weak sign."""
        return not self.grade.startswith("N")


@cache
def constructs() -> tuple[Construct, ...]:
    """Every construct, in the order of the page."""
    raw = tomllib.loads(Path(__file__).with_name("constructs.toml").read_text(encoding="utf-8"))["construct"]
    return tuple(_construct(table) for table in raw)


def not_measurable() -> tuple[Construct, ...]:
    """The constructs that no transcript shows, each with why, and what to use instead."""
    return tuple(construct for construct in constructs() if not construct.measurable)


def weakly_shown() -> tuple[Construct, ...]:
    """The constructs that a transcript shows by a weak sign alone, each with its caveat."""
    return tuple(construct for construct in constructs() if construct.grade.startswith("W"))


def page() -> str:
    """The table of all constructs, in Markdown."""
    shown = [_row(c) for c in constructs() if c.measurable]
    hidden = [f"- **{c.name}**: {c.why}. Instead: {c.instead}.{_sign(c)}" for c in not_measurable()]
    table = ["| " + " | ".join(_HEADING) + " |", "|" + "---|" * len(_HEADING), *shown]
    return "\n".join([_HEAD, *table, "", "## Not measurable from a transcript", "", *hidden]) + "\n"


def grades(construct: Construct) -> str:
    """The grade in words: ``direct, proxy``."""
    return ", ".join(GRADES[letter] for letter in construct.grade.split(", "))


def _construct(table: dict[str, Any]) -> Construct:
    frozen: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Construct(**frozen)


def _row(construct: Construct) -> str:
    measures = "<br>".join(f"[`{name}`](measures/{name}.md)" for name in construct.measures)
    findings = "<br>".join(f"`{kind}`" for kind in construct.findings) or "–"
    source = "; ".join(part for part in (construct.instrument, construct.why) if part)
    return f"| {construct.name} | {grades(construct)} | {measures} | {findings} | {source} |"


def _sign(construct: Construct) -> str:
    signs = ", ".join(f"[`{name}`](measures/{name}.md)" for name in construct.measures)
    return f" A weak sign at most: {signs}." if signs else ""


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("constructs: no page was given; expected one, such as docs/constructs.md")
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
