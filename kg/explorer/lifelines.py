"""Lives of treaties as bars over time: from which day until which day each status held."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import altair as alt
import pyoxigraph as ox

from kg.explorer.charts import Chart, show_chart
from kg.explorer.frame import language, say
from kg.explorer.graph import Graph
from kg.explorer.grounds import days
from kg.explorer.markup import element, show
from kg.explorer.parts import cell, name_of, table, term_name, thing
from kg.explorer.standing import SIGNS
from kg.ids import fold
from kg.namespaces import SKOS
from kg.treaties import Interval, Status

LOOKS = {
    Status.BOUND: ("#2e7d5b", 0.85, [1, 0]),
    Status.IN_FORCE: ("#2e7d5b", 0.85, [1, 0]),
    Status.WITHDRAWAL_NOTIFIED: ("#b26a00", 0.55, [6, 2]),
    Status.SUSPENDED: ("#b26a00", 0.3, [3, 3]),
    Status.CONSENTED: ("#2f6f9f", 0.35, [4, 2]),
    Status.SIGNED_ONLY: ("#7a8290", 0.05, [4, 2]),
    Status.NOT_YET_IN_FORCE: ("#7a8290", 0.05, [4, 2]),
    Status.ENDED: ("#b3261e", 0.0, [1, 4]),
    Status.EXPIRED: ("#b3261e", 0.0, [1, 4]),
    Status.TERMINATED: ("#b3261e", 0.0, [1, 4]),
}
"""Colour, fill and kind of line of each status; a sign says it as well."""
OVER = frozenset({Status.ENDED, Status.EXPIRED, Status.TERMINATED})
INK, QUIET = "currentColor", "#8a8f98"
"""The colours of signs and lines, readable in light and dark."""
AXIS = alt.Axis(labelLimit=130, minExtent=135, grid=False)
"""The names of rows; as wide in every chart, so that the times of charts above one another agree."""
LONG = 20
"""Characters of a name above which a shorter one is sought."""
ROW = 24
"""Pixels of a row."""


def short_name(graph: Graph, iri: str) -> str:
    """A thing's name in the page's language; where that is long, the shortest of its others: NPT rather than its title."""
    name = name_of(graph, iri)
    if len(name) <= LONG:
        return name
    quads = graph.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(SKOS + "altLabel"), None, ox.DefaultGraph())
    terms = [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]
    others = [term.value for term in terms if term.language == language()]
    return min((name, *others), key=lambda text: (len(text), text))


Span: TypeAlias = tuple[datetime.date, datetime.date]
"""The first and the last day."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One status of one row of the chart."""

    name: str
    status: Status
    word: str
    start: datetime.date
    end: datetime.date
    told: str
    """The days in words."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a chart is drawn for."""

    today: datetime.date
    """What lasts is drawn until then."""
    day: datetime.date | None = None
    """A day that a line marks."""
    span: Span | None = None
    """The days to show; all where None."""


def show_lifelines(
    graph: Graph,
    name: str,
    found: Iterable[Interval],
    drawn: Drawn,
    row_of: Callable[[Interval], str],
) -> None:
    """The chart of these intervals, one row for each thing that `row_of` names, and the same as a table, folded."""
    rows = sorted(found, key=lambda each: (fold(short_name(graph, row_of(each))), each.start.first))
    if not rows:
        show(element("p", say("no rows")))
        return
    bars = [_bar(graph, each, row_of(each), drawn.today) for each in rows]
    show_chart(chart, tuple(bars), drawn.day, drawn.span, key=f"chart-{name}", alt_text=say("lifelines alt"))
    heads = (say("what"), say("status"), say("since"), say("until"))
    body = [
        [
            cell(thing(graph, row_of(each)), label=heads[0]),
            cell(f"{SIGNS[each.status]} {bar.word}", label=heads[1]),
            cell(days(each.start), "d", heads[2]),
            cell(days(each.end) if each.end else say("grounds open"), "d", heads[3]),
        ]
        for each, bar in zip(rows, bars, strict=True)
    ]
    show(
        element("details", element("summary", say("lifelines table", count=len(body))), table(heads, body, "kg-cards"))
    )


def _bar(graph: Graph, each: Interval, iri: str, today: datetime.date) -> Bar:
    start = each.start.first if each.start.first != datetime.date.min else each.start.last
    last = each.end.last if each.end else max(today, start)
    until = days(each.end) if each.end else say("grounds open")
    word = term_name(graph, each.status.value)
    return Bar(short_name(graph, iri), each.status, word, start, last, f"{days(each.start)} – {until}")


def time_axis(field: str, span: Span | None) -> alt.X:
    """A scale of time over these days; over all that is drawn where None."""
    domain = [{"year": day.year, "month": day.month, "date": day.day} for day in span] if span else None
    scale = alt.Scale(domain=domain, clamp=True) if domain else alt.Undefined
    return alt.X(f"{field}:T", title=None, scale=scale, axis=alt.Axis(format="%Y", tickCount=8, labelOverlap=True))


def chart(bars: Sequence[Bar], day: datetime.date | None, span: Span | None = None) -> Chart:
    """The bars, a sign at the beginning of each, and a line at the chosen day."""
    words = {bar.word: bar.status for bar in bars}
    look = [LOOKS[status] for status in words.values()]
    values = [_datum(bar) for bar in bars]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y("name:N", title=None, sort=None, axis=AXIS),
        tooltip=[
            alt.Tooltip(f"{field}:N", title=say(key))
            for field, key in (("name", "what"), ("word", "status"), ("told", "date"))
        ],
    )
    dash = alt.StrokeDash("word:N", scale=alt.Scale(domain=list(words), range=[each[2] for each in look]), legend=None)
    opacity = alt.FillOpacity(
        "word:N", scale=alt.Scale(domain=list(words), range=[each[1] for each in look]), legend=None
    )
    colours = alt.Scale(domain=list(words), range=[each[0] for each in look])
    solid = base.mark_bar(height=13, strokeWidth=1.3).encode(
        x=time_axis("start", span),
        x2="end:T",
        color=alt.Color("word:N", scale=colours, legend=None),
        stroke=alt.Stroke("word:N", scale=colours, legend=None),
        strokeDash=dash,
        fillOpacity=opacity,
    )
    signs = base.mark_text(align="left", dx=3, fontSize=11, color=INK).encode(x="start:T", text="sign:N")
    marked = [{"day": day.isoformat()}] if day else []
    rule = (
        alt.Chart(alt.InlineData(values=marked)).mark_rule(aria=False, strokeDash=[5, 3], color=QUIET).encode(x="day:T")
    )
    height = ROW * len({bar.name for bar in bars}) + 50
    return alt.layer(solid, rule, signs).properties(height=height, width="container")


def _datum(bar: Bar) -> dict[str, str]:
    """What Vega draws of a bar; of what is over only a sign is seen."""
    end = bar.start if bar.status in OVER else bar.end
    return {
        "name": bar.name,
        "word": bar.word,
        "sign": SIGNS[bar.status],
        "start": bar.start.isoformat(),
        "end": end.isoformat(),
        "told": bar.told,
    }
