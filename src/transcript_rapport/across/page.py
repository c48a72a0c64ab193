"""Pages across sessions: self-contained, without network; the script only sorts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from transcript_rapport.across import caseload as holding
from transcript_rapport.across import charts, order, told
from transcript_rapport.across import compare as comparing
from transcript_rapport.across import trend as moving
from transcript_rapport.across.caseload import Caseload
from transcript_rapport.across.compare import Comparison
from transcript_rapport.across.order import Case
from transcript_rapport.across.trend import Trends
from transcript_rapport.english import Spelling, spelling
from transcript_rapport.renderers import counts, kinds, making, priority, wording
from transcript_rapport.renderers.html import policy
from transcript_rapport.report import Measure

TEMPLATES = Path(__file__).parent / "templates"
ENOUGH = 5
"""Sessions from which a picture of how a measure spreads says something."""


def caseload(of: Caseload, pages: Mapping[str, str] | None = None) -> str:
    """The page of a caseload: where to spend time first, the sortable table, the spread of each measure, what failed.

    ``pages``: session → the page with its report, beside this one.
    """
    columns = holding.shown(of)

    def cells(case: Case) -> list[Measure | None]:
        named = {} if making.in_doubt(case.report) else {m.name: m for m in case.report.measures}
        return [named.get(column.measure.name) for column in columns]

    groups = [(key, told, [case for case in of.cases if case.group == key]) for key, told in order.GROUPS.items()]
    return _page(
        "caseload.html",
        spelling(*(case.report for case in of.cases)),
        [problem.seen for problem in of.problems],
        caseload=of,
        pages={name: quote(file) for name, file in (pages or {}).items()},
        columns=[holding.HEADS[column.measure.name] for column in columns],
        cells=cells,
        groups=[group for group in groups if group[2]],
        no_watch=order.NO_WATCH,
        spreads=[(holding.heading(s), s, charts.spread(s)) for s in columns if len(s.sessions) >= ENOUGH],
        other_spreads=[
            (holding.heading(s), s, charts.spread(s))
            for s in of.spreads
            if len(s.sessions) >= ENOUGH and s not in columns and s.least < s.most
        ],
        weights=priority.load().made,
        outlier=holding.OUTLIER,
        meaning=priority.MEANING,
        unfit=priority.UNFIT,
    )


def trend(of: Trends) -> str:
    """The page of a trend: what moved, then the rest by room, a small chart a measure with what may be said."""
    charted = [(t, charts.trend(t)) for t in of.measures if sum(p.measure.value is not None for p in t.points) > 1]
    rooms = groupby((c for c in charted if c[0] not in of.clear), key=lambda pair: wording.room_title(pair[0].name))
    return _page(
        "trend.html",
        of.spelling,
        trends=of,
        clear=[c for c in charted if c[0] in of.clear],
        rooms=[(room, list(members)) for room, members in rooms],
        method=moving.METHOD,
        about_promises=told.ABOUT_PROMISES,
    )


def compare(of: Comparison) -> str:
    """The page of a comparison: what differs, then every measure by room."""
    rooms = groupby(of.pairs, key=lambda pair: wording.room_title(pair.a.name))
    held = [(room, list(pairs)) for room, pairs in rooms]
    return _page("compare.html", of.spelling, [of.a, of.b], of=of, rooms=held, method=comparing.METHOD)


def _page(template: str, spelt: Spelling, names: Sequence[str] = (), /, **held: object) -> str:
    """A page from its template, spelt as its sessions ask.

    What comes from a transcript is escaped, and only our style and script may run.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        told=counts.told,
        clock=wording.clock,
        title_of=counts.titled,
        kind_title=kinds.kind_title,
        notices=lambda report: [*making.cautions(report), *making.notices(report)],
        answers=making.answers,
    )
    style, script = ((TEMPLATES / name).read_text(encoding="utf-8") for name in ("across.css", "across.js"))
    made = environment.get_template(template).render(
        style=style,
        script=script,
        policy=policy(style, script),
        wording=wording,
        not_a_verdict=told.ABOUT_SESSIONS,
        american=spelt.american,
        **held,
    )
    return spelt(made, *names)
