"""What stands behind a view: the SPARQL that it ran, and its rows to download.

ran = graph.ask("status-intervals", entity=iri)
...                                   # draw from ran.rows
behind(graph, "status", ran)          # at the end of the page
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
import streamlit as st

from kg.explorer.frame import language, link, say
from kg.explorer.graph import Graph
from kg.explorer.markup import element, show
from kg.explorer.parts import name_of
from kg.explorer.records import Ran
from kg.query import Result, Triples, answer, serialise
from kg.query.results import as_table
from kg.settings import settings

OPENED = "behind-"
"""With the name of the part, the key under which the session keeps whether it is open."""
MANY = 200
"""The things of more rows are named when they are downloaded, and then those alone that have a name of their own."""


@dataclass(frozen=True, slots=True)
class Due:
    """A query that says what a view shows, for all its pages: run only where its rows are downloaded, as a reader's query is."""

    graph: Graph
    text: str

    def result(self) -> Result:
        """Its rows; raises as kg.query.answer."""
        limits = settings()
        return answer(self.graph.view, self.text, seconds=limits.query_seconds, rows=limits.query_rows)


def behind(graph: Graph, name: str, *ran: Ran | Due) -> None:
    """A folded part of the page with each query that the view ran, a link that opens it, and its rows to download.

    name: what the files are called, and apart from other parts of the page.
    """
    _folded(graph, name, ran)


@st.fragment
def _folded(graph: Graph, name: str, ran: Sequence[Ran | Due]) -> None:
    """Drawn when it is opened, and then alone: few open it, and its many buttons would slow each run of the page."""
    with st.expander(say("behind", count=len(ran)), key=f"{OPENED}{name}", on_change="rerun") as part:
        if not part.open:
            return
        for number, each in enumerate(ran, start=1):
            file = f"{name}-{number}" if len(ran) > 1 else name
            show(
                element("pre", element("code", each.text.strip()), tabindex="0", aria_label=say("query")),
                element("p", link(say("open as sparql"), "sparql", query=each.text), cls="kg-small"),
            )
            downloads(graph, file, each.result if isinstance(each, Due) else _given(each.result))


def _given(result: Result) -> Result | Callable[[], Result]:
    """The rows, or where they are many what gives them when a button is pressed: to name many takes long, and few press it."""
    return (lambda: result) if len(as_table(result).rows) > MANY else result


def downloads(
    graph: Graph, name: str, result: Result | Callable[[], Result], *more: tuple[str, str, str, Callable[[], bytes]]
) -> None:
    """Buttons that give the rows as CSV and JSON, triples as Turtle too. In CSV, formulas of spreadsheets are made harmless.

    result: what is given, or what gives it when a button is pressed.
    more: (key of the label, ending, media type, what writes it) of further files. Each file is written when its button is
    pressed, by then without a page and its language.
    """
    known, tongue = {} if callable(result) else _names(graph, result), language()

    def rows() -> Result:
        return result() if callable(result) else result

    def named() -> bytes:
        given = rows()
        names = known or graph.names.labels(_things(given), tongue)
        return serialise(given, "csv", labels=names, spreadsheet=True)

    files = [
        ("csv", "csv", "text/csv", lambda: serialise(rows(), "csv", spreadsheet=True)),
        ("csv names", "csv", "text/csv", named),
        ("json", "json", "application/sparql-results+json", lambda: serialise(rows(), "json")),
    ]
    if isinstance(result, Triples):
        files.append(("turtle", "ttl", "text/turtle", lambda: serialise(result, "turtle")))
    with st.container(horizontal=True):
        for key, ending, mime, write in (*files, *more):
            file = f"{name}.{ending}"
            st.download_button(say(key), write, file, mime, key=f"download-{name}-{key}", on_click="ignore")


def _names(graph: Graph, result: Result) -> dict[str, str]:
    """The names of all things in the rows."""
    return {iri: name_of(graph, iri) for iri in _things(result)}


def _things(result: Result) -> list[str]:
    """The IRIs in the rows, sorted."""
    return sorted({term.value for row in as_table(result).rows for term in row if isinstance(term, ox.NamedNode)})
