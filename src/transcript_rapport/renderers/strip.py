"""The session strip: who spoke when and what was marked, as in a score, in one line or cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from transcript_rapport.renderers.kinds import FAMILIES, SIDES, Family, family, kind_title, side
from transcript_rapport.renderers.pictures import SHAPES, svg
from transcript_rapport.renderers.wording import clock, shortened
from transcript_rapport.report import Finding, Report
from transcript_rapport.session import ROLES, Role, Session

ROW = 24
LANE = 20
UTTERANCES_A_SYSTEM = 110
WIDE = 9999
"""The width of the overview in its own units."""


@dataclass(frozen=True, slots=True)
class System:
    """One line of the session strip, as in a score: the picture, and where it begins and ends."""

    svg: Markup
    begins: str
    ends: str


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


def strip_rows(report: Report) -> tuple[list[Role], list[Family]]:
    """The rows of the strip from above: the roles that speak, then the families that were marked."""
    spoken = [role for role in ROLES if report.session.labels(role)]
    marked = {family(finding.kind).key for finding in report.findings}
    return spoken, [f for f in FAMILIES if f.key in marked]


def overview(report: Report) -> System:
    """The whole session in one line: who speaks, and on one lane a side what was marked, each mark a link."""
    places = _places(report.session)
    total = max((end for _, end in places), default=0.0) or 1.0
    roles, sides = overview_rows(report)
    rows = [_row(report, places, total, role, i * ROW) for i, role in enumerate(roles)]
    top = len(roles) * ROW
    marks = [
        _mark(f, _position(f, places) / total, top + sides.index(SIDES[side(f.kind)]) * LANE) for f in report.findings
    ]
    picture = _picture([*_lanes(top, len(sides)), *rows, *marks], top + len(sides) * LANE)
    return System(picture, _where(report.session, 0), _where(report.session, total))


def overview_rows(report: Report) -> tuple[list[Role], list[str]]:
    """The rows of the overview from above: the roles that speak, then the sides on which something was marked."""
    spoken, _ = strip_rows(report)
    marked = {side(finding.kind) for finding in report.findings}
    return spoken, [title for key, title in SIDES.items() if key in marked]


def _row(report: Report, places: Sequence[tuple[float, float]], total: float, role: Role, y: int) -> Markup:
    """All of one role's talk as a single path, so that even long sessions stay light."""
    spoken = [place for i, place in enumerate(places) if report.session.role_of(i) == role]
    edges = [(round(a / total * WIDE), round(b / total * WIDE)) for a, b in spoken]
    path = svg("path", d="".join(f"M{a} 0H{max(b, a + 8)}V20H{a}Z" for a, b in edges), class_=f"flat {role}")
    box = {"x": 0, "y": y + 2, "width": "100%", "height": ROW - 4}
    return svg("svg", path, viewBox=f"0 0 {WIDE} 20", preserveAspectRatio="none", **box)


def _lanes(top: int, n: int) -> list[Markup]:
    heights = [top + i * LANE + LANE / 2 for i in range(n)]
    return [svg("line", x1="0", x2="100%", y1=y, y2=y, class_="lane") for y in heights]


def _picture(parts: Sequence[Markup], height: int) -> Markup:
    return svg("svg", *parts, width="100%", height=height, class_="strip", aria_hidden="true")


def strip(report: Report) -> list[System]:
    """The session cell by cell, in as many lines as it needs; each cell and mark is a link."""
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
    top = len(roles) * ROW
    marks = [
        _mark(f, at, top + families.index(family(f.kind)) * LANE)
        for f in report.findings
        if 0 <= (at := (_position(f, places) - begin) / size) < 1
    ]
    picture = _picture([*_lanes(top, len(families)), *cells, *marks], top + len(families) * LANE)
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
