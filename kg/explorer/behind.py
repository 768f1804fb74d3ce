"""What stands behind a view: the SPARQL that it ran, and its rows to download.

ran = graph.ask("status-intervals", entity=iri)
...                                   # draw from ran.rows
behind(graph, "status", ran)          # at the end of the page
"""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import streamlit as st

from kg.explorer.frame import link, say
from kg.explorer.graph import Graph
from kg.explorer.markup import element, show
from kg.explorer.parts import name_of
from kg.explorer.records import Ran
from kg.query import Result, Triples, serialise
from kg.query.results import as_table


def behind(graph: Graph, name: str, *ran: Ran) -> None:
    """A folded part of the page with each query that the view ran, a link that opens it, and its rows to download.

    name: what the files are called, and apart from other parts of the page.
    """
    with st.expander(say("behind", count=len(ran))):
        for number, each in enumerate(ran, start=1):
            part = f"{name}-{number}" if len(ran) > 1 else name
            show(
                element("pre", element("code", each.text.strip()), tabindex="0", aria_label=say("query")),
                element("p", link(say("open as sparql"), "sparql", query=each.text), cls="kg-small"),
            )
            downloads(graph, part, each.result)


def downloads(graph: Graph, name: str, result: Result, *more: tuple[str, str, str, Callable[[], bytes]]) -> None:
    """Buttons that give the rows as CSV and JSON, triples as Turtle too. In CSV, formulas of spreadsheets are made harmless.

    more: (key of the label, ending, media type, what writes it) of further files. Each file is written when its button is
    pressed, by then without a page and its language.
    """
    names = _names(graph, result)
    files = [
        ("csv", "csv", "text/csv", lambda: serialise(result, "csv", spreadsheet=True)),
        ("csv names", "csv", "text/csv", lambda: serialise(result, "csv", labels=names, spreadsheet=True)),
        ("json", "json", "application/sparql-results+json", lambda: serialise(result, "json")),
    ]
    if isinstance(result, Triples):
        files.append(("turtle", "ttl", "text/turtle", lambda: serialise(result, "turtle")))
    with st.container(horizontal=True):
        for key, ending, mime, write in (*files, *more):
            file = f"{name}.{ending}"
            st.download_button(say(key), write, file, mime, key=f"download-{name}-{key}", on_click="ignore")


def _names(graph: Graph, result: Result) -> dict[str, str]:
    """The names of all things in the rows."""
    iris = {term.value for row in as_table(result).rows for term in row if isinstance(term, ox.NamedNode)}
    return {iri: name_of(graph, iri) for iri in sorted(iris)}
