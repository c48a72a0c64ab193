"""The session strip: who spoke when and what was marked, as in a score, in one line or in several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from transcript_rapport.renderers import kinds
from transcript_rapport.renderers.kinds import SIDES, Family, kind_title, side, within
from transcript_rapport.renderers.naming import addressed
from transcript_rapport.renderers.pictures import SHAPES, svg
from transcript_rapport.renderers.wording import clock, count, shortened
from transcript_rapport.report import Finding, Report
from transcript_rapport.session import ROLES, Role, Session

ROW = 24
LANE = 20
UTTERANCES_A_SYSTEM = 110
MOST_LEVELS, STEP = 3, 14
"""Marks that would cover each other stand above each other, on so many levels at most, so far apart."""
CLOSE, ROOMY = 1 / 45, 1 / 26
"""The share of a lane that a mark takes on paper, and on a phone, where those closer than that are drawn smaller."""
COLUMNS = 60
"""Still more marks are counted in so many columns."""
WIDE = 9999
"""The width of the overview in its own units."""
SAFETY = Family("safety", "To be read first")
"""Words about dying or harm: a shape and a lane of their own, above all others."""
FAMILIES = (SAFETY, *kinds.FAMILIES)


Link = tuple[int, str, Markup]
"""Where it leads (an utterance), what it tells, and how it is drawn."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a strip: its name, the family whose shape it bears (None: none), and its picture."""

    name: str
    family: Family | None
    svg: Markup


@dataclass(frozen=True, slots=True)
class System:
    """One line of the session strip, as in a score: its rows from above, and where it begins and ends."""

    rows: tuple[Row, ...]
    begins: str
    ends: str


def family(kind: str) -> Family:
    """The family that a kind of finding is shown in."""
    return SAFETY if within(kind, SAFETY.key) else kinds.family(kind)


def lane(kind: str) -> str:
    """The lane of the overview on which a kind stands: a side, or that of what is to be read first."""
    return SAFETY.key if within(kind, SAFETY.key) else side(kind)


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
    spoken, _ = strip_rows(report)
    told = addressed(report)
    rows = [Row(told(role), None, _talk(report, places, total, role)) for role in spoken]
    for key, title in ((SAFETY.key, SAFETY.title.lower()), *SIDES.items()):
        marks = [(f, _position(f, places) / total) for f in report.findings if lane(f.kind) == key]
        named = f"{len(marks)} {told(title)}"
        rows += [Row(named, None, _lane(named, marks))] if marks else []
    return System(tuple(rows), *_ends(report.session, places, 0, total))


def _talk(report: Report, places: Sequence[tuple[float, float]], total: float, role: Role) -> Markup:
    """All of one role's talk as a single path, so that even long sessions stay light."""
    spoken = [place for i, place in enumerate(places) if report.session.role_of(i) == role]
    edges = [(round(a / total * WIDE), round(b / total * WIDE)) for a, b in spoken]
    path = svg("path", d="".join(f"M{a} 0H{max(b, a + 8)}V20H{a}Z" for a, b in edges), class_=f"flat {role}")
    return _picture([path], ROW, viewBox=f"0 -2 {WIDE} {ROW}", preserveAspectRatio="none")


def _lane(name: str, marks: Iterable[tuple[Finding, float]]) -> Markup:
    """A row of marks, each a link at its place (0 to 1), none covering another; too many of them are columns."""
    placed = sorted(marks, key=lambda mark: mark[1])
    levels, roomy = (_levels([at for _, at in placed], room) for room in (CLOSE, ROOMY))
    if max(levels, default=0) >= MOST_LEVELS:
        return _reached(name, list(_columns(placed)), LANE)
    height = LANE + STEP * max(levels, default=0)
    drawn = [_mark(f, at, height - LANE / 2 - STEP * level) for (f, at), level in zip(placed, levels, strict=True)]
    return _reached(name, drawn, height, "" if levels == roomy else " close")


def _levels(places: Sequence[float], room: float) -> list[int]:
    """For each place, from the left, the lowest level on which it has room beside those before it."""
    taken: list[float] = []
    levels = []
    for at in places:
        level = next((n for n, last in enumerate(taken) if at - last >= room), len(taken))
        taken[level : level + 1] = [at]
        levels.append(level)
    return levels


def _columns(marks: Sequence[tuple[Finding, float]]) -> Iterator[Link]:
    """More marks than can be told apart: columns as high as they are many, each a link to the first of its own."""
    held: dict[int, list[Finding]] = {}
    for finding, at in marks:
        held.setdefault(min(COLUMNS - 1, int(at * COLUMNS)), []).append(finding)
    most = max(map(len, held.values()))
    for i, found in sorted(held.items()):
        high = round(len(found) / most * (LANE - 4), 1)
        place = {"x": f"{i / COLUMNS:.2%}", "width": f"{0.8 / COLUMNS:.2%}", "y": round(LANE - 2 - high, 1)}
        told = f"{count(len(found), 'mark')}, utterances {found[0].utterance} to {found[-1].utterance}"
        yield found[0].utterance, told, svg("rect", height=high, class_="many", **place)


def _mark(finding: Finding, x: float, y: float) -> Link:
    of = family(finding.kind)
    light = " light" if finding.kind.endswith((".simple", ".explained")) else ""
    path = svg("path", d=SHAPES[of.key], class_=f"mark {of.key}{light}")
    told = f"{kind_title(finding.kind)}, {finding.utterance}: {shortened(finding.quote, 60)}"
    return finding.utterance, told, svg("svg", path, x=f"{x * 100:.2f}%", y=y, overflow="visible")


def _reached(name: str, links: Sequence[Link], height: float, close: str = "") -> Markup:
    """A lane that the keyboard reaches: Tab comes to its first mark, and the page's script goes on by the arrows."""
    y = height - LANE / 2
    line = svg("line", x1="0", x2="100%", y1=y, y2=y, class_="lane")
    drawn = [_link(*link, tab=-1 if n else 0) for n, link in enumerate(links)]
    held = {"width": "100%", "height": height, "class_": f"strip lane-of{close}", "role": "group", "aria_label": name}
    return svg("svg", line, *drawn, **held)


def _link(utterance: int, told: str, drawn: Markup, tab: int = -1) -> Markup:
    return svg("a", svg("title", told), drawn, href=f"#u{utterance}", tabindex=tab)


def _picture(parts: Sequence[Markup], height: int, **more: object) -> Markup:
    return svg("svg", *parts, width="100%", height=height, class_="strip", aria_hidden="true", **more)


def strip(report: Report) -> list[System]:
    """The session in as many lines as it needs, a row for each role and family; each block and mark is a link."""
    places = _places(report.session)
    total = max((end for _, end in places), default=0.0)
    n = max(1, min(8, round(len(report.session) / UTTERANCES_A_SYSTEM)))
    size = total / n if total else 1.0
    return [_system(report, places, i * size, size) for i in range(n)]


def _system(report: Report, places: Sequence[tuple[float, float]], begin: float, size: float) -> System:
    roles, families = strip_rows(report)
    told, window = addressed(report), (begin, size)
    rows = [Row(told(role), None, _picture(_cells(report, places, window, role), ROW)) for role in roles]
    here = [(f, at) for f in report.findings if 0 <= (at := (_position(f, places) - begin) / size) < 1]
    rows += [Row(of.title, of, _lane(of.title, [(f, at) for f, at in here if family(f.kind) == of])) for of in families]
    return System(tuple(rows), *_ends(report.session, places, begin, begin + size))


def _ends(session: Session, places: Sequence[tuple[float, float]], begin: float, end: float) -> tuple[str, str]:
    """Where a line begins and ends: by the clock, else by the numbers of its first and last utterance."""
    if timed(session):
        first = min(u.start_ms or 0 for u in session)
        return clock(int(begin) + first), clock(int(end) + first)
    here = [i for i, (start, stop) in enumerate(places) if start < end and stop > begin]
    return (f"utterance {here[0]}", f"utterance {here[-1]}") if here else ("", "")


def _cells(
    report: Report, places: Sequence[tuple[float, float]], window: tuple[float, float], role: Role
) -> list[Markup]:
    """What one role says in a window (where it begins, how long it is), a block an utterance."""
    begin, size = window
    spoken = [(i, place) for i, place in enumerate(places) if report.session.role_of(i) == role]
    cut = [(i, max(start, begin), min(end, begin + size)) for i, (start, end) in spoken]
    return [_cell(report, i, (left - begin) / size, (right - left) / size) for i, left, right in cut if left < right]


def _cell(report: Report, index: int, x: float, width: float) -> Markup:
    spoken = report.session[index]
    rect = svg(
        "rect",
        x=f"{x * 100:.2f}%",
        y=2,
        width=f"{max(0.12, width * 100):.2f}%",
        height=ROW - 4,
        class_=report.session.role_of(index),
    )
    return _link(index, f"{index} · {spoken.speaker}: {shortened(spoken.text, 70)}", rect)


def _position(finding: Finding, places: Sequence[tuple[float, float]]) -> float:
    start, end = places[finding.utterance]
    return start + (end - start) * finding.start / max(1, len(finding.of.text))
