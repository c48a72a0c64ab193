"""Small charts across sessions as inline SVG, drawn by Altair; they take the page's ink, so colour says nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from transcript_rapport.across.caseload import Spread
from transcript_rapport.across.trend import Trend
from transcript_rapport.renderers.wording import SHARE_UNITS

if TYPE_CHECKING:
    import altair as alt

INK = "currentColor"
WIDTH = 320


def spread(of: Spread) -> Markup:
    """Every session a tick on one line; the box is the middle half, the bar in it the median."""
    import altair as alt

    axis = _axis(of.measure.unit)
    ticks = alt.Chart(_data([{"value": value, "session": name} for name, value in of.sessions]))
    box = alt.Chart(_data([{"lower": of.lower, "median": of.median, "upper": of.upper}]))
    x = alt.X("value:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=True))
    layers = alt.layer(
        box.mark_bar(height=16, fillOpacity=0.12, fill=INK).encode(x=alt.X("lower:Q", title=None), x2="upper:Q"),
        box.mark_tick(thickness=3, height=24, color=INK).encode(x=alt.X("median:Q", title=None)),
        ticks.mark_tick(height=12, color=INK, opacity=0.75).encode(x=x),
    )
    return _svg(layers, 36)


def trend(of: Trend) -> Markup:
    """A dot a session with its 90 % interval; hollow where there is too little to count."""
    import altair as alt

    points = [
        {
            "order": p.order + 1,
            "value": p.measure.value,
            "low": p.measure.low,
            "high": p.measure.high,
            "open": bool(p.silence),
        }
        for p in of.points
        if p.measure.value is not None
    ]
    base = alt.Chart(_data(points)).encode(
        x=alt.X("order:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1, grid=False), scale=_orders(of))
    )
    y = alt.Y("value:Q", title=None, axis=_axis(of.points[0].measure.unit), scale=alt.Scale(zero=False))
    layers = alt.layer(
        base.mark_line(strokeDash=[2, 3], strokeWidth=1, color=INK).encode(y=y),
        base.mark_rule(color=INK).encode(y=alt.Y("low:Q", title=None), y2="high:Q"),
        base.transform_filter("!datum.open").mark_point(filled=True, size=50, color=INK, opacity=1).encode(y=y),
        base.transform_filter("datum.open").mark_point(size=50, color=INK).encode(y=y),
    )
    return _svg(layers, 110)


def _orders(of: Trend) -> alt.Scale:
    import altair as alt

    return alt.Scale(domain=[0.5, max(p.order for p in of.points) + 1.5], nice=False)


def _data(values: Sequence[Mapping[str, object]]) -> alt.InlineData:
    import altair as alt

    return alt.InlineData(values=[dict(row) for row in values])


def _axis(unit: str) -> alt.Axis:
    import altair as alt

    return alt.Axis(format=".0%" if unit in SHARE_UNITS else ",.2~f", tickCount=4, grid=False)


def _svg(chart: Any, height: int) -> Markup:
    import vl_convert

    config = {
        "axis": {"labelColor": INK, "domainColor": INK, "tickColor": INK, "labelFontSize": 12},
        "view": {"stroke": None},
    }
    drawn = chart.properties(width=WIDTH, height=height, background="transparent").to_dict()
    svg = vl_convert.vegalite_to_svg(drawn | {"config": config})
    # The picture is told in words beside it; readers of the page need not hear its parts.
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S704
