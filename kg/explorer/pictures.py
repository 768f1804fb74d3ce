"""The result of a query as a picture, each kind offered only where the columns can feed it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import altair as alt
import pyoxigraph as ox
import streamlit as st

from kg.explorer import network, texts
from kg.explorer.frame import language, number_of, say
from kg.explorer.graph import Graph
from kg.explorer.markup import element, show
from kg.explorer.parts import name_of
from kg.explorer.results import DATES, NUMBERS, SHOWN_ROWS, result_table
from kg.namespaces import ACR
from kg.query import Result, Table, Term, Triples, serialise
from kg.query.results import as_table, plain

STATE = ACR + "state/"
WORLD = "app/static/world.json"
"""The outlines of static/world.json, as the browser asks for them."""
BARS = 50
RAW_CHARACTERS = 200_000
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(?!\d)")


def offered(result: Result) -> list[str]:
    """The ways in which this result can be shown, a table first."""
    table = as_table(result)
    things, dates, numbers = things_in(table), dates_in(table), numbers_in(table)
    fed = {
        "graph": isinstance(result, Triples) or len(things) > 1,
        "timeline": bool(dates) and len(table.columns) > 1,
        "map": any(_states(table, each) for each in things),
        "chart": bool(numbers) and len(table.columns) > 1,
    }
    return ["table", *(view for view, able in fed.items() if able), "raw"]


def picture(graph: Graph, view: str, result: Result) -> None:
    """Draws the result in one of the ways that `offered` names."""
    table = as_table(result)
    if view == "raw":
        st.code(
            serialise(result, "turtle" if isinstance(result, Triples) else "json").decode()[:RAW_CHARACTERS], "json"
        )
    elif view == "graph":
        _network(graph, table)
    elif view == "timeline":
        _timeline(graph, table)
    elif view == "map":
        _map(graph, table)
    elif view == "chart":
        _chart(graph, table)
    else:
        show(result_table(graph, table))
        _cut(SHOWN_ROWS, len(table.rows))


def things_in(table: Table) -> list[int]:
    """The columns in which things of the graph stand."""
    return _columns(table, lambda term: isinstance(term, ox.NamedNode))


def dates_in(table: Table) -> list[int]:
    """The columns in which days, months or years stand."""
    return _columns(table, lambda term: bool(_day(term)))


def numbers_in(table: Table) -> list[int]:
    """The columns in which numbers stand."""
    return _columns(table, lambda term: isinstance(term, ox.Literal) and term.datatype.value in NUMBERS)


def _columns(table: Table, fits: Any) -> list[int]:
    """The columns that are bound somewhere, and fit wherever they are."""
    found = []
    for at in range(len(table.columns)):
        terms = [row[at] for row in table.rows if row[at] is not None]
        if terms and all(fits(term) for term in terms):
            found.append(at)
    return found


def _states(table: Table, at: int) -> bool:
    return any(isinstance(term := row[at], ox.NamedNode) and term.value.startswith(STATE) for row in table.rows)


def _day(term: Term | None) -> str:
    """The first day of what a term dates, as YYYY-MM-DD; empty where it dates nothing."""
    if not isinstance(term, ox.Literal) or term.datatype.value in NUMBERS:
        return ""
    match = _DAY.match(term.value)
    if not match or (term.datatype.value not in DATES and not re.fullmatch(r"[\d/.~?%X-]+", term.value)):
        return ""
    return (match[0] + "-01-01")[:10] if len(match[0]) == 4 else (match[0] + "-01")[:10]


def _word(graph: Graph, term: Term | None) -> str:
    return name_of(graph, term.value) if isinstance(term, ox.NamedNode) else plain(term)


def _label(graph: Graph, row: Sequence[Term | None], used: Sequence[int]) -> str:
    """What a row is called: its first two cells that are not drawn otherwise."""
    words = [_word(graph, term) for at, term in enumerate(row) if at not in used and term is not None]
    return " · ".join(words[:2])[:80] or "–"


def _data(values: Sequence[Mapping[str, object]]) -> Any:
    return alt.Data(values=values)  # type: ignore[no-untyped-call]


def _cut(shown: int, whole: int) -> None:
    if whole > shown:
        count = number_of(whole)
        show(element("p", say("sparql shown", shown=shown, all=count), cls="kg-small"))


def _network(graph: Graph, table: Table) -> None:
    """Each row links the things in it, from one to the next; of triples, the property is the link's name."""
    triples = table.columns == ("subject", "predicate", "object")
    links: Counter[tuple[str, str, str]] = Counter()
    names: dict[str, str] = {}
    for row in table.rows:
        cells = [row[at] for at in ((0, 2) if triples else things_in(table)) if isinstance(row[at], ox.NamedNode)]
        label = _word(graph, row[1]) if triples else ""
        for source, target in pairwise([cell.value for cell in cells if isinstance(cell, ox.NamedNode)]):
            new = {source, target} - names.keys()
            if len(names) + len(new) <= network.MOST_NODES:
                names.update((iri, "") for iri in new)
                links[source, target, label] += 1
    nodes = [network.node(graph, iri) for iri in names]
    edges = [
        network.Edge(f"{source} {label} {target}", source, target, label or (f"{count}×" if count > 1 else ""))
        for (source, target, label), count in links.items()
    ]
    show(network.legend(nodes))
    network.draw("result", nodes, edges)


def _timeline(graph: Graph, table: Table) -> None:
    """Each row at its date, or from its first date to its second."""
    dates = dates_in(table)[:2]
    rows = []
    for row in table.rows:
        days = [day for at in dates if (day := _day(row[at]))]
        if days:
            rows.append({"label": _label(graph, row, dates), "from": min(days), "until": max(days)})
    rows.sort(key=lambda each: (each["from"], each["label"]))
    _cut(SHOWN_ROWS, len(rows))
    base = alt.Chart(_data(rows[:SHOWN_ROWS])).encode(
        x=alt.X("from:T", title=None),
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=260)),
        tooltip=[alt.Tooltip("label:N"), alt.Tooltip("from:T"), alt.Tooltip("until:T")],
    )
    bars = base.mark_bar(height=8).encode(x2="until:T")
    st.altair_chart(bars + base.mark_point(size=45, filled=True), width="stretch")


def _map(graph: Graph, table: Table) -> None:
    """Each state by the first number of its rows, or by how many rows it has."""
    at = next(each for each in things_in(table) if _states(table, each))
    numbers = numbers_in(table)
    counts: Counter[str] = Counter()
    for row in table.rows:
        term = row[at]
        if isinstance(term, ox.NamedNode) and term.value.startswith(STATE):
            counts[term.value] += float(plain(row[numbers[0]]) or 0) if numbers else 1  # type: ignore[assignment]
    values = [{"state": iri.removeprefix(STATE), "name": name_of(graph, iri), "value": n} for iri, n in counts.items()]
    title = texts.column(table.columns[numbers[0]], language()) if numbers else say("sparql rows of")
    outlines = alt.topo_feature(WORLD, "countries")
    land = alt.Chart(outlines).mark_geoshape(fill="transparent", stroke="gray", strokeWidth=0.5, aria=False)
    shaded = (
        alt.Chart(outlines)
        .mark_geoshape(stroke="gray", strokeWidth=0.5)
        .transform_lookup("properties.state", alt.LookupData(_data(values), "state", ["name", "value"]))
        .transform_filter("isValid(datum.value)")
        .encode(
            color=alt.Color("value:Q", title=title, scale=alt.Scale(scheme="blues")),
            tooltip=[alt.Tooltip("name:N"), alt.Tooltip("value:Q", title=title)],
        )
    )
    st.altair_chart((land + shaded).project("equalEarth").properties(height=420), width="stretch")
    ranked = sorted(values, key=lambda each: -float(str(each["value"])))
    items = [element("li", f"{each['name']}: {each['value']:g}") for each in ranked]
    show(element("ul", items, cls="kg-hits kg-columns", aria_label=say("sparql view map")))


def _chart(graph: Graph, table: Table) -> None:
    """A bar for each row, as long as its first number."""
    at = numbers_in(table)[0]
    rows = [
        {"label": _label(graph, row, [at]), "value": float(plain(row[at]))} for row in table.rows if row[at] is not None
    ]
    _cut(BARS, len(rows))
    drawn = alt.Chart(_data(rows[:BARS])).encode(
        x=alt.X("value:Q", title=texts.column(table.columns[at], language())),
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=260)),
        tooltip=["label:N", "value:Q"],
    )
    st.altair_chart(drawn.mark_bar() + drawn.mark_text(align="left", dx=3).encode(text="value:Q"), width="stretch")
