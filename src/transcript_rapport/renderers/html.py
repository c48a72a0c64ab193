"""The report as one self-contained page: no network, no script needed, for paper, phone, light and dark."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from transcript_rapport import english, medical
from transcript_rapport.constructs import not_measurable, weakly_shown
from transcript_rapport.measures.windows import Window, windows
from transcript_rapport.renderers import (
    counts,
    dimensions,
    introduction,
    kinds,
    making,
    naming,
    pictures,
    priority,
    review,
    strip,
    tables,
    transcript,
    wording,
)
from transcript_rapport.renderers.audience import audience
from transcript_rapport.renderers.foremost import SHOWN, foremost, spoken, weighing
from transcript_rapport.renderers.measured import too_little_to_try, went_well
from transcript_rapport.renderers.next_steps import suggestions
from transcript_rapport.renderers.wording import clock
from transcript_rapport.report import Finding, Measure, Report, Span
from transcript_rapport.settings import DEFAULTS

if TYPE_CHECKING:
    from jinja2 import Environment

SUFFIX = ".html"
TEMPLATES = Path(__file__).parent / "templates"
QUOTED_EVIDENCE = 25
NAMED_ON_PAPER = 24
"""Places of a number that paper names; the screen leads to all of them."""


class Marked(NamedTuple):
    """The findings of one kind, for the list below the session strip."""

    title: str
    family: kinds.Family
    findings: tuple[Finding, ...]


def render(report: Report) -> str:
    """The page; text from the transcript is escaped, and the page's own policy forbids everything else."""
    reader, stretches = audience(report), _windows(report)
    style, script = (_file(name) for name in ("report.css", "report.js"))
    found, first = suggestions(report), tuple(spoken(report))
    lines = list(transcript.lines(report))
    _, families = strip.strip_rows(report)
    made = (
        _environment(report)
        .get_template("report.html")
        .render(
            report=report,
            session=report.session,
            reader=reader,
            style=style,
            script=script,
            policy=policy(style, script),
            spoken=first,
            foremost=foremost(report)[len(first) :],
            weighing=weighing(report),
            opening=introduction.opening(report),
            ranges=counts.RANGES,
            strengths=went_well(report, SHOWN),
            suggestions=found[: reader.goals],
            later=found[reader.goals :],
            talk=_talk(stretches),
            timed=bool(stretches) and stretches[0].unit == "ms",
            strip=strip,
            families=families,
            bars=pictures.profile(report),
            dimensions=dimensions,
            marked=marked(report),
            review=review,
            priority=priority,
            tables=tables,
            lines=lines,
            sides=[key for key in kinds.SIDES if any(key in line.sides for line in lines)],
            not_measurable=not_measurable(),
            weakly_shown=weakly_shown(),
            making=making,
            none_found_means=wording.NONE_FOUND,
            too_little_to_try=too_little_to_try,
            read_as=medical.signs(report),
            quoted=QUOTED_EVIDENCE,
            named_on_paper=NAMED_ON_PAPER,
            american=english.is_american(report),
        )
    )
    return english.page(made, report)


def _environment(report: Report) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(TEMPLATES)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters.update(_filters(report))
    made.tests["none_found"] = wording.none_found
    made.tests["safety"] = lambda kind: kinds.within(kind, "safety")
    made.tests["by_client"] = lambda place: report.session.role_of(place.utterance) == "client"
    return made


def _filters(report: Report) -> dict[str, Callable[..., object]]:
    return {
        "anchor": transcript.anchor,
        "words": lambda place, width=80: wording.shortened(report.coded.text(place), width),
        "shortened": wording.shortened,
        "coding": lambda index: transcript.coding(report, index),
        "certainty": transcript.certainty(report),
        "unsure": transcript.unsure(report),
        "told": counts.told,
        "title_of": counts.titled,
        "in_full": counts.in_full,
        "another_session": lambda measure: counts.IN_FULL.format(wording.interval(measure)),
        "addressed": naming.addressed(report),
        "fewer_marked": dimensions.fewer_marked(report),
        "reaches_beyond": lambda measure: pictures.reaches_beyond(counts.in_sight(measure)),
        "interval": wording.interval,
        "behind": wording.behind,
        "whisker": lambda measure: pictures.whisker(counts.in_sight(measure)),
        "shape": pictures.shape,
        "family": strip.family,
        "kind_title": kinds.kind_title,
        "side_title": kinds.SIDES.__getitem__,
        "same_places": _same_places(report),
        "capital": lambda text: text[:1].upper() + text[1:],
        "places": lambda found: tuple(dict.fromkeys(Span(f.utterance, 0, 0) for f in found)),
    }


def _same_places(report: Report) -> Callable[[Measure], Measure | None]:
    """For a measure with many places: an earlier one with the very same places, so that they are listed once."""
    first: dict[tuple[Span, ...], Measure] = {}
    for measure in report.measures:
        if len(measure.evidence) > QUOTED_EVIDENCE:
            first.setdefault(measure.evidence, measure)
    return lambda measure: earlier if (earlier := first.get(measure.evidence)) is not measure else None


def _file(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def policy(style: str, script: str) -> str:
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


def marked(report: Report) -> list[Marked]:
    """Findings grouped by kind, families in their fixed order."""
    order = {family.key: i for i, family in enumerate(strip.FAMILIES)}
    found = sorted({f.kind for f in report.findings}, key=lambda kind: (order[strip.family(kind).key], kind))
    return [
        Marked(kinds.kind_title(kind), strip.family(kind), tuple(f for f in report.findings if f.kind == kind))
        for kind in found
    ]
