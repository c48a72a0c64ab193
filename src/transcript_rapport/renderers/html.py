"""The report as one self-contained page: no network, no script needed, for paper, phone, light and dark."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from transcript_rapport.measures.windows import Window, windows
from transcript_rapport.renderers import making, pictures, transcript, wording
from transcript_rapport.renderers.highlights import strengths, suggestions
from transcript_rapport.renderers.wording import clock
from transcript_rapport.report import Finding, Measure, Report, Span
from transcript_rapport.settings import DEFAULTS

SUFFIX = ".html"
TEMPLATES = Path(__file__).parent / "templates"
QUOTED_EVIDENCE = 25


class Room(NamedTuple):
    """The measures of one room, under one heading."""

    title: str
    measures: tuple[Measure, ...]


class Marked(NamedTuple):
    """The findings of one kind, for the list below the session strip."""

    title: str
    family: wording.Family
    findings: tuple[Finding, ...]


def render(report: Report) -> str:
    """The page; text from the transcript is escaped, and the page's own policy forbids everything else."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(_filters(report))
    style, script = (_file(name) for name in ("report.css", "report.js"))
    roles, families = pictures.strip_rows(report)
    stretches = _windows(report)
    return environment.get_template("report.html").render(
        report=report,
        session=report.session,
        style=style,
        script=script,
        policy=_policy(style, script),
        opening=wording.opening(report),
        strengths=strengths(report),
        suggestions=suggestions(report),
        talk=_talk(stretches),
        timed=bool(stretches) and stretches[0].unit == "ms",
        strip_timed=pictures.timed(report.session),
        systems=pictures.strip(report),
        roles=roles,
        families=families,
        profile=pictures.profile(report),
        rooms=rooms(report),
        marked=marked(report),
        lines=transcript.lines(report),
        making=making,
        quoted=QUOTED_EVIDENCE,
    )


def _filters(report: Report) -> dict[str, Callable[..., object]]:
    return {
        "anchor": transcript.anchor,
        "words": lambda place, width=80: wording.shortened(report.coded.text(place), width),
        "value": wording.value,
        "title_of": wording.title,
        "interval": wording.interval,
        "counted_on": wording.counted_on,
        "whisker": pictures.whisker,
        "shape": pictures.shape,
        "family": wording.family,
        "kind_title": wording.kind_title,
        "percent": lambda share: f"{share * 100:.0f} %",
        "places": lambda found: tuple(dict.fromkeys(Span(f.utterance, 0, 0) for f in found)),
    }


def _file(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """A content security policy that lets this page's own style and script through, by their sums, and nothing else."""
    sums = [b64encode(sha256(text.encode()).digest()).decode() for text in (style, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{sums[0]}'; script-src 'sha256-{sums[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _windows(report: Report) -> tuple[Window, ...]:
    made_with = report.made_with.get("settings")
    n = made_with.get("windows") if isinstance(made_with, dict) else None
    return windows(report.coded, n if isinstance(n, int) and n > 0 else DEFAULTS.windows)


def _talk(stretches: Sequence[Window]) -> Markup:
    """The picture of talk over time; without times the stretches are numbered."""
    long = bool(stretches) and stretches[-1].end >= 3_600_000
    labels = [
        str(i) if w.unit != "ms" else f"{round(w.start / 60_000)} min" if long else clock(w.start)
        for i, w in enumerate(stretches, start=1)
    ]
    return pictures.talk_over_time([(label, w.share) for label, w in zip(labels, stretches, strict=True)])


def rooms(report: Report) -> list[Room]:
    """The measures under their rooms' headings, in the order they came."""
    by_room = groupby(report.measures, key=lambda m: wording.room_title(m.name))
    return [Room(title, tuple(measures)) for title, measures in by_room]


def marked(report: Report) -> list[Marked]:
    """Findings grouped by kind, families in their fixed order."""
    order = {family.key: i for i, family in enumerate(wording.FAMILIES)}
    kinds = sorted({f.kind for f in report.findings}, key=lambda kind: (order[wording.family(kind).key], kind))
    return [
        Marked(wording.kind_title(kind), wording.family(kind), tuple(f for f in report.findings if f.kind == kind))
        for kind in kinds
    ]
