"""The report's pictures as inline SVG: sized in per cent, so that text stays readable on a phone.

Colours and hatches come from the page's style sheet through class names; every picture can also be
told apart by position, hatch, shape or number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from transcript_rapport.renderers.kinds import Family
from transcript_rapport.renderers.wording import SHARE_UNITS, number, per
from transcript_rapport.report import Measure, Report

SHAPES = {
    "safety": "M-2.4-8H2.4L1.2 3H-1.2ZM-2 4.4H2V8H-2Z",
    "reflection": "M0-6A6 6 0 1 1 0 6A6 6 0 1 1 0-6Z",
    "validation": "M0 6L-6-1A3.2 3.2 0 0 1 0-4A3.2 3.2 0 0 1 6-1Z",
    "partnership": "M-5-5H5V5H-5Z",
    "rupture": "M1-7L-5 1H-1L-2 7L5-2H1Z",
    "opening": "M-6 6V0A6 6 0 1 1 6 0V6H2V0A2 2 0 1 0-2 0V6Z",
    "question": "M0-6L5.7-1.9L3.5 4.9H-3.5L-5.7-1.9Z",
    "advice": "M-5-6L6 0L-5 6Z",
    "judgment": "M0-6L6 5H-6Z",
    "jargon": "M0-6.5L5 0L0 6.5L-5 0Z",
    "frame": "M-6-5H6V5H-6ZM-3-2V2H3V-2Z",
    "own": "M0-7L1.6-1.6L7 0L1.6 1.6L0 7L-1.6 1.6L-7 0L-1.6-1.6Z",
    "other": "M-6-2H-2V-6H2V-2H6V2H2V6H-2V2H-6Z",
}

ARROW = "M-8-6L2 0L-8 6Z"


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the listening profile."""

    title: str
    count: int
    group: str
    svg: Markup


def svg(tag: str, *children: str, **attributes: object) -> Markup:
    """One SVG element; underscores in attribute names stand for hyphens, ``class_`` for ``class``."""
    named = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    return Markup(f"<{tag}{named}>{''.join(map(escape, children))}</{tag}>")  # noqa: S704


def shape(of: Family) -> Markup:
    """The mark of a family as a small picture of its own, for legends and lists."""
    mark = svg("path", d=SHAPES[of.key], class_=f"mark {of.key}")
    return svg("svg", mark, viewBox="-8 -8 16 16", width=14, height=14, aria_hidden="true", class_="shape")


def talk_over_time(shares: Sequence[tuple[str, float | None]], height: int = 150) -> Markup:
    """Columns of equal height: the practitioner's part solid from below, the client's hatched from above.

    ``shares`` holds for each stretch where it begins and the practitioner's share (None: nobody spoke).
    """
    step = 100 / max(1, len(shares))
    parts = [_column(label, share, i * step, step, height) for i, (label, share) in enumerate(shares)]
    half = svg("line", x1="0", x2="100%", y1=height / 2, y2=height / 2, class_="half")
    told = "; ".join(f"{label}: {'nobody' if share is None else f'{share:.0%}'}" for label, share in shares)
    return svg(
        "svg",
        svg("title", "Practitioner's share of the talk over the session"),
        svg("desc", f"Share in each stretch, from its beginning: {told}."),
        *parts,
        half,
        width="100%",
        height=height + 40,
        role="img",
        class_="columns",
    )


def _column(label: str, share: float | None, x: float, step: float, height: int) -> Markup:
    middle, gap = f"{x + step / 2:.2f}%", step * 0.07
    place = {"x": f"{x + gap:.2f}%", "width": f"{step - 2 * gap:.2f}%"}
    begins = svg("text", label, x=middle, y=height + 34, class_="tick")
    if share is None:
        return svg("text", "–", x=middle, y=height + 17, class_="figure") + begins
    own = round(share * height, 1)
    return (
        svg("rect", y=0, height=round(height - own, 1), class_="client", **place)
        + svg("rect", y=round(height - own, 1), height=own, class_="practitioner", **place)
        + svg("text", f"{share * 100:.0f} %", x=middle, y=height + 17, class_="figure")
        + begins
    )


PROFILE = (
    ("Complex reflection", "reflection.complex", "listening"),
    ("Simple reflection", "reflection.simple", "listening"),
    ("Open question", "question.open", "asking"),
    ("Closed question", "question.closed", "asking"),
    ("Facilitation (mm-hmm)", "facilitation", "listening"),
    ("Validation", "validation", "listening"),
    ("Autonomy, collaboration, transparency", "partnership", "listening"),
    ("Information", "information", "telling"),
    ("Advice with room", "advice.permitted", "telling"),
    ("Advice without asking first", "advice.directive", "telling"),
    ("May sound judging", "judgment", "judging"),
)
BY_MARKS = {"advice.directive": "partnership", "judgment": "judgment"}
"""What is counted by its marks, with the detector that makes them: the coder's weaker readings are shown to nobody."""
BY_MEASURE = {"advice.permitted": "partnership.advice_with_room_per_ten_turns"}
"""What is counted as a measure does: advice leaves room by what stands around it, too."""


def profile(report: Report) -> list[Bar]:
    """How many of the practitioner's statements do each thing, as counted elsewhere on the page.

    The longest bar sets the scale. What was not looked for has no bar.
    """
    counts = {prefix: _counted(report, prefix) for _, prefix, _ in PROFILE if _looked_for(report, prefix)}
    most = max(counts.values(), default=0) or 1
    return [
        Bar(title, counts[prefix], group, _bar(counts[prefix] / most, group))
        for title, prefix, group in PROFILE
        if prefix in counts
    ]


def _counted(report: Report, prefix: str) -> int:
    if prefix in BY_MARKS:
        return len({finding.span for finding in report.of_kind(prefix)})
    measured = next((m for m in report.measures if m.name == BY_MEASURE.get(prefix)), None)
    if measured:
        return len(measured.evidence)
    said = [s for s in report.coded.by_role("practitioner") if s.has(prefix)]
    if not prefix.startswith("question."):
        return len(said)
    # As the measures count: a restatement is no question, and a question is open or closed.
    asked = [s for s in said if not s.has("reflection")]
    return len(asked) if prefix == "question.open" else sum(not s.has("question.open") for s in asked)


def _looked_for(report: Report, prefix: str) -> bool:
    settings = report.made_with.get("settings")
    run = settings.get("detectors") if isinstance(settings, Mapping) else None
    detector = BY_MARKS.get(prefix)
    return not detector or run is None or detector in run or any(report.of_kind(prefix))


def _bar(length: float, group: str) -> Markup:
    rect = svg("rect", x=0, y=3, width=f"{length * 100:.1f}%", height=12, class_=f"bar {group}")
    return svg("svg", rect, width="100%", height=18, aria_hidden="true")


def whisker(measure: Measure) -> Markup:
    """A number on a line from 0: dot for the value, bar for the interval, ticks for the threshold; both ends are told.

    An arrow says that the interval goes on beyond the end.
    """
    end = _end(measure)
    if measure.value is None or end is None:
        return Markup("")
    parts = [svg("line", x1="0", x2="100%", y1=8, y2=8, class_="axis")]
    if measure.low is not None and measure.high is not None:
        low, high = (f"{min(1.0, edge / end):.1%}" for edge in (measure.low, measure.high))
        parts.append(svg("line", x1=low, x2=high, y1=8, y2=8, class_="interval"))
        if reaches_beyond(measure):
            parts.append(svg("svg", svg("path", d=ARROW, class_="beyond"), x="100%", y=8, overflow="visible"))
    if measure.threshold:
        marks = [t / end for t in (measure.threshold.basic, measure.threshold.good) if t is not None]
        parts += [svg("line", x1=f"{t:.1%}", x2=f"{t:.1%}", y1=0, y2=16, class_="threshold") for t in marks]
    parts.append(svg("circle", cx=f"{measure.value / end:.1%}", cy=8, r=4.5, class_="value"))
    parts.append(svg("text", "0", x=0, y=28, class_="end first"))
    parts.append(svg("text", _end_in_words(measure, end), x="100%", y=28, class_="end"))
    return svg("svg", *parts, width="100%", height=30, aria_hidden="true", class_="whisker", overflow="visible")


def reaches_beyond(measure: Measure) -> bool:
    """Whether the interval goes on beyond the end of the line that is drawn."""
    end = _end(measure)
    return measure.value is not None and end is not None and measure.high is not None and measure.high > end


def _end_in_words(measure: Measure, end: float) -> str:
    """The end of the line with its unit: ``100 %``, ``5 : 1``, ``20 per 10``."""
    told = "" if measure.unit.startswith("index") else per(measure.unit) or measure.unit
    return number(end, told)


def _end(measure: Measure) -> float | None:
    """Where the line of a measure ends: 1 for shares, else a round number beyond all it has to show; None: no line."""
    if measure.unit in SHARE_UNITS or measure.unit.startswith("index"):
        return 1.0
    if measure.value is None or measure.low is None or measure.high is None or min(measure.value, measure.low) < 0:
        return None
    threshold = measure.threshold
    marks = [t for t in (threshold.basic, threshold.good) if t is not None] if threshold else []
    shown = max([measure.value, *marks])
    # An interval that reaches very far would press everything else against zero, where there is anything else.
    reach = max(shown, min(measure.high, 3 * max(shown, 1.0) if shown else 100.0))
    return next(step * 10.0**power for power in range(-1, 6) for step in (1, 2, 5) if step * 10.0**power >= reach)
