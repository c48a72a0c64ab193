"""The report's pictures as inline SVG: sized in per cent, so that text stays readable on a phone.

Colours and hatches come from the page's style sheet through class names; every picture can also be
told apart by position, hatch, shape or number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from transcript_rapport.renderers.wording import FAMILIES, SHARE_UNITS, Family, clock, family, kind_title, shortened
from transcript_rapport.report import Finding, Measure, Report
from transcript_rapport.session import ROLES, Role, Session

ROW = 24
LANE = 20
UTTERANCES_A_SYSTEM = 110
SHAPES = {
    "reflection": "M0-6A6 6 0 1 1 0 6A6 6 0 1 1 0-6Z",
    "validation": "M0 6L-6-1A3.2 3.2 0 0 1 0-4A3.2 3.2 0 0 1 6-1Z",
    "partnership": "M-5-5H5V5H-5Z",
    "question": "M0-6L5.7-1.9L3.5 4.9H-3.5L-5.7-1.9Z",
    "advice": "M-5-6L6 0L-5 6Z",
    "judgment": "M0-6L6 5H-6Z",
    "jargon": "M0-6.5L5 0L0 6.5L-5 0Z",
    "other": "M-6-2H-2V-6H2V-2H6V2H2V6H-2V2H-6Z",
}


@dataclass(frozen=True, slots=True)
class System:
    """One line of the session strip, as in a score: the picture, and where it begins and ends."""

    svg: Markup
    begins: str
    ends: str


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


def timed(session: Session) -> bool:
    """Whether the strip is drawn by time; else it is drawn by words."""
    return session.has_ends and bool(session.duration_ms)


def _places(session: Session) -> list[tuple[float, float]]:
    """Where each utterance begins and ends: in milliseconds where all are known, else in words."""
    if timed(session):
        first = min(u.start_ms or 0 for u in session)
        return [((u.start_ms or 0) - first, (u.end_ms or 0) - first) for u in session]
    places, at = [], 0.0
    for spoken in session:
        size = max(1, len(spoken.text.split()))
        places.append((at, at + size))
        at += size
    return places


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


def strip_rows(report: Report) -> tuple[list[Role], list[Family]]:
    """The rows of the strip from above: the roles that speak, then the families that were marked."""
    spoken = [role for role in ROLES if report.session.labels(role)]
    marked = {family(finding.kind).key for finding in report.findings}
    return spoken, [f for f in FAMILIES if f.key in marked]


def strip(report: Report) -> list[System]:
    """The whole session, a cell an utterance, in as many lines as it needs; each cell and mark is a link."""
    places = _places(report.session)
    total = max((end for _, end in places), default=0.0)
    n = max(1, min(8, round(len(report.session) / UTTERANCES_A_SYSTEM)))
    size = total / n if total else 1.0
    return [_system(report, places, i * size, size) for i in range(n)]


def _system(report: Report, places: Sequence[tuple[float, float]], begin: float, size: float) -> System:
    roles, families = strip_rows(report)
    cells: list[Markup] = []
    for index, (start, end) in enumerate(places):
        left, right = max(start, begin), min(end, begin + size)
        if left < right:
            row = roles.index(report.session.role_of(index))
            cells.append(_cell(report, index, (left - begin) / size, (right - left) / size, row))
    marks = [
        _mark(f, at, len(roles) * ROW + families.index(family(f.kind)) * LANE)
        for f in report.findings
        if 0 <= (at := (_position(f, places) - begin) / size) < 1
    ]
    height = len(roles) * ROW + len(families) * LANE
    lanes = [
        svg("line", x1="0", x2="100%", y1=y, y2=y, class_="lane")
        for y in (len(roles) * ROW + i * LANE + LANE / 2 for i in range(len(families)))
    ]
    picture = svg("svg", *lanes, *cells, *marks, width="100%", height=height, class_="strip", aria_hidden="true")
    return System(picture, _where(report.session, begin), _where(report.session, begin + size))


def _where(session: Session, at: float) -> str:
    if not timed(session):
        return f"word {at:.0f}"
    return clock(int(at) + min(u.start_ms or 0 for u in session))


def _cell(report: Report, index: int, x: float, width: float, row: int) -> Markup:
    spoken = report.session[index]
    role = report.session.role_of(index)
    rect = svg(
        "rect",
        svg("title", f"{index} · {spoken.speaker}: {shortened(spoken.text, 70)}"),
        x=f"{x * 100:.2f}%",
        y=row * ROW + 2,
        width=f"{max(0.12, width * 100):.2f}%",
        height=ROW - 4,
        class_=role,
    )
    return svg("a", rect, href=f"#u{index}", tabindex=-1)


def _position(finding: Finding, places: Sequence[tuple[float, float]]) -> float:
    start, end = places[finding.utterance]
    return start + (end - start) * finding.start / max(1, len(finding.of.text))


def _mark(finding: Finding, x: float, y: float) -> Markup:
    of = family(finding.kind)
    title = svg("title", f"{kind_title(finding.kind)}, {finding.utterance}: {shortened(finding.quote, 60)}")
    light = " light" if finding.kind.endswith((".simple", ".explained")) else ""
    path = svg("path", title, d=SHAPES[of.key], class_=f"mark {of.key}{light}")
    placed = svg("svg", path, x=f"{x * 100:.2f}%", y=y + LANE / 2, overflow="visible")
    return svg("a", placed, href=f"#u{finding.utterance}", tabindex=-1)


PROFILE = (
    ("Complex reflection", "reflection.complex", "listening"),
    ("Simple reflection", "reflection.simple", "listening"),
    ("Open question", "question.open", "asking"),
    ("Closed question", "question.closed", "asking"),
    ("Facilitation (mm-hmm)", "facilitation", "listening"),
    ("Validation", "validation", "listening"),
    ("Partnership", "partnership", "listening"),
    ("Information", "information", "telling"),
    ("Advice with room", "advice.permitted", "telling"),
    ("Advice without asking", "advice.directive", "telling"),
    ("May sound judging", "judgment", "judging"),
)


def profile(report: Report) -> list[Bar]:
    """How many of the practitioner's statements do each thing; the longest bar sets the scale."""
    said = report.coded.by_role("practitioner")
    counts = [sum(s.has(prefix) for s in said) for _, prefix, _ in PROFILE]
    most = max(counts, default=0) or 1
    return [Bar(title, n, group, _bar(n / most, group)) for (title, _, group), n in zip(PROFILE, counts, strict=True)]


def _bar(length: float, group: str) -> Markup:
    rect = svg("rect", x=0, y=3, width=f"{length * 100:.1f}%", height=12, class_=f"bar {group}")
    return svg("svg", rect, width="100%", height=18, aria_hidden="true")


def whisker(measure: Measure) -> Markup:
    """A share on a line from 0 to 100 %: dot for the value, bar for the interval, ticks for the threshold."""
    if measure.value is None or measure.unit not in SHARE_UNITS:
        return Markup("")
    parts = [svg("line", x1="0", x2="100%", y1=8, y2=8, class_="axis")]
    if measure.threshold:
        marks = [t for t in (measure.threshold.basic, measure.threshold.good) if t is not None]
        parts += [svg("line", x1=f"{t:.1%}", x2=f"{t:.1%}", y1=1, y2=15, class_="threshold") for t in marks]
    if measure.low is not None and measure.high is not None:
        parts.append(svg("line", x1=f"{measure.low:.1%}", x2=f"{measure.high:.1%}", y1=8, y2=8, class_="interval"))
    parts.append(svg("circle", cx=f"{measure.value:.1%}", cy=8, r=4, class_="value"))
    return svg("svg", *parts, width="100%", height=16, aria_hidden="true", class_="whisker", overflow="visible")
