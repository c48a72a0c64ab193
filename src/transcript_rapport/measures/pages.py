"""The documentation: one page a measure, written from its definition.

Run ``python -m transcript_rapport.measures.pages docs/measures`` after changing a definition.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from transcript_rapport.measures.definitions import BLOCKS, CODER, JACKKNIFE, Definition
from transcript_rapport.settings import MEASURES

_STATEMENTS = (
    "The interval treats what was counted as independent. Statements of one session are not, so the true uncertainty "
    "is somewhat larger than it says."
)
_CODED = "How much it is widened was measured on sessions that were new to the coder; where people coded, it is not."
_BY_WORDS = "It covers what was counted, not what was said in words that the program does not know."
_EXCHANGES = (
    "The interval treats exchanges (the practitioner, then the client, until the practitioner again) as independent, "
    "and the session as a sample of how these two talk. Neighbouring exchanges lean on each other little, but a "
    "session that changes its course is not well described by one share: look at it over time."
)
_BLOCKS = (
    "The interval treats ten stretches of the session as independent of one another; the word lists are taken "
    "as they are."
)

_CODER = (
    "The interval says between which shares experts' own count of this very session would lie, nine times in ten, and "
    "so holds the coder's error. It does not say how other sessions of these two would go."
)
WIDENED = "; widened by how far the coder is known to miscount"


def definitions() -> tuple[Definition, ...]:
    """The definitions of all built-in rooms, in the order of a report."""
    rooms = [import_module(f"transcript_rapport.measures.{name}") for name in MEASURES]
    return tuple(definition for room in rooms for definition in room.DEFINITIONS)


def page(definition: Definition) -> str:
    """The page of one measure, in Markdown."""
    rows = [
        ("Name", f"`{definition.name}`"),
        ("Unit", definition.unit),
        ("Formula", definition.formula),
        ("Range", _range(definition)),
        ("Base", definition.base),
        ("Interval", definition.interval + (WIDENED if definition.codes else "") or "none"),
        ("Not measurable, because …", "; ".join(definition.not_measurable)),
        ("Too little to say", f"below {definition.enough} {definition.base}" if definition.enough else "no limit"),
        ("Threshold", _threshold(definition)),
        ("Source", definition.source),
        ("Example", definition.example),
    ]
    table = "\n".join(["| | |", "|---|---|", *(f"| {name} | {text} |" for name, text in rows)])
    caution = f"Shown with it: {definition.caution}." if definition.caution else ""
    independence = {"": "", JACKKNIFE: _EXCHANGES, BLOCKS: _BLOCKS, CODER: _CODER}.get(definition.interval, _STATEMENTS)
    heard = _CODED if definition.codes else _BY_WORDS if independence == _STATEMENTS else ""
    told = [f"# {definition.title}", table, caution, definition.remark, f"{independence} {heard}".strip()]
    return "\n\n".join(part for part in told if part) + "\n"


def index() -> str:
    """The list of all pages, in Markdown."""
    lines = [f"- [{d.title}]({d.name}.md): `{d.name}`, {d.unit}" for d in definitions()]
    made = "Written by `python -m transcript_rapport.measures.pages docs/measures`: change the definitions, not these."
    return "\n".join(["# Measures", "", made, "", *lines]) + "\n"


def write(folder: Path) -> None:
    """Write every page and the list of them into ``folder``, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text(index(), encoding="utf-8")
    for definition in definitions():
        (folder / f"{definition.name}.md").write_text(page(definition), encoding="utf-8")


def _range(definition: Definition) -> str:
    least, most = definition.range
    return f"{least:g} upwards" if most is None else f"{least:g} to {most:g}"


def _threshold(definition: Definition) -> str:
    threshold = definition.threshold
    return f"{threshold.name}. {threshold.source}" if threshold else "none published, none shown"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("pages: no folder was given; expected one, such as docs/measures")
    write(Path(sys.argv[1]))
