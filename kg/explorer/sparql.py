"""The page of SPARQL: an editor, and what a query gives as a table, network, timeline, map, chart or raw.

The address holds `query`, or `question` with its parameters as the page of questions has them; `view` says how the result is
shown, and `rows` how much of it is fetched. Whoever opens it gets the same query, run.
"""

from __future__ import annotations

import re
import shlex
from functools import lru_cache
from urllib.parse import quote

import pyoxigraph as ox
import streamlit as st

from kg.errors import KgError
from kg.explorer import results, running, texts
from kg.explorer.addressing import asked, asked_for, bound, change
from kg.explorer.behind import downloads
from kg.explorer.components import mount
from kg.explorer.frame import language, link, page, say, show_error
from kg.explorer.graph import Graph, saved_questions
from kg.explorer.inputs import all_of
from kg.explorer.markup import element, show
from kg.explorer.pictures import offered, picture
from kg.explorer.questions import bound_text
from kg.namespaces import PREFIXES, shorten
from kg.query import Answer, Result, Table, Triples
from kg.query.names import text_of
from kg.settings import settings

FIRST_QUERY = """SELECT ?treaty ?signed ?ended WHERE {
  ?treaty a ac:Treaty ; ac:signedOn ?signed .
  OPTIONAL { ?treaty ac:endedOn ?ended }
}
ORDER BY ?signed
LIMIT 50
"""
ENDPOINT = "http://127.0.0.1:7878/sparql"
"""Where `kg serve` answers."""
ACCEPTED = {Answer: "application/sparql-results+json", Table: "text/csv", Triples: "text/turtle"}
"""What to ask for, by what a query gives."""
LONGEST_ADDRESS = 16_000
"""Characters of a query that still fit into an address."""
ROWS = ("100", "1000", "10000")


@page
def show_sparql(graph: Graph) -> None:
    """Draws the page."""
    show(element("h1", say("sparql")), element("p", say("sparql lead"), cls="kg-small"))
    text = _asked_text(graph)
    failed = st.session_state.get("sparql-failed")
    if failed and failed[0] != text:
        failed = None
    _editor(graph, text, failed[1] if failed else None)
    rows = _limit()
    if len(quote(text)) > LONGEST_ADDRESS:
        show(element("p", say("sparql too long"), cls="kg-small", role="status"))
    due = _due(text, rows)
    outcome = running.outcome(graph, "sparql", text if due else None, rows)
    if isinstance(outcome, KgError):
        if due and _place(outcome):
            st.session_state["sparql-failed"] = text, outcome
            st.rerun()  # so that the editor, which stands above, shows it at its line
        if not _place(outcome):
            show_error(outcome)
    elif outcome is not None:
        _result(graph, text, outcome)


def _asked_text(graph: Graph) -> str:
    """The query of the address: its own, or that of the question which it names, or one to begin with."""
    values = {name: found[-1] for name, found in asked_for().items()}
    question = saved_questions().get(values.get("question", ""))
    if question is None:
        return values.get("query") or st.session_state.get("sparql-long", FIRST_QUERY)
    text = bound_text(graph, question, values)
    return question.text if isinstance(text, KgError) else text


def _due(text: str, rows: int) -> bool:
    """Whether the query is to be run now: it was asked for by the address or a button, and has not been run since."""
    ordered = st.session_state.pop("sparql-run", False)
    was = st.session_state.get("sparql-asked")
    st.session_state["sparql-asked"] = text, rows
    named = {"query", "question"} & asked_for().keys()
    if was != (text, rows):
        running.forget("sparql")
        st.session_state.pop("sparql-failed", None)
    return bool(ordered or (named and was != (text, rows)))


def _editor(graph: Graph, text: str, error: KgError | None) -> None:
    place = _place(error)
    message = say("sparql line", line=place, problem=f"{error.problem} {error.remedy}") if error and place else ""
    data = {
        "text": text,
        "label": say("query"),
        "error": {"line": place, "message": message} if place else None,
        "prefixes": dict(PREFIXES),
        "terms": _terms(graph, language()),
        "words": {"run": say("run"), "keys": say("sparql keys"), "history": say("sparql history")},
    }
    mount("editor")(key="sparql-editor", data=data, on_run_change=_run)


def _place(error: KgError | None) -> int | None:
    """The line that an error names; None where it names none."""
    found = re.search(r"query, (\d+):\d+", error.problem) if error else None
    return int(found[1]) if found else None


def _run() -> None:
    text = st.session_state["sparql-editor"]["run"]
    st.session_state["sparql-run"] = True
    st.session_state.pop("sparql-failed", None)
    short = len(quote(text)) <= LONGEST_ADDRESS
    st.session_state["sparql-long"] = FIRST_QUERY if short else text
    gone = dict.fromkeys(asked_for().keys() - {"rows", "view"}, "")
    change(**{**gone, "query": text if short else ""})


def _limit() -> int:
    """How many rows are fetched, at most as many as the setting says."""
    most = settings().query_rows
    options = [*(each for each in ROWS if int(each) < most), str(most)]
    chosen = asked("rows", str(most))
    value = chosen if chosen in options else str(most)
    st.segmented_control(say("sparql limit"), options, required=True, **bound("rows", value))
    return int(value)


def _result(graph: Graph, text: str, outcome: running.Outcome) -> None:
    table = results.show_head(outcome)
    if table is not None and table.rows:
        views = offered(outcome.result)
        view = asked("view", "table")
        view = view if view in views else "table"
        st.segmented_control(
            say("sparql view"),
            views,
            required=True,
            format_func=lambda each: say(f"sparql view {each}"),
            **bound("view", view),
        )
        picture(graph, view, outcome.result)
        downloads(graph, "result", outcome.result)
    _elsewhere(text, outcome.result)


def _elsewhere(text: str, result: Result) -> None:
    """The link that gives this view again, and the command that asks the same of `kg serve`."""
    if len(quote(text)) <= LONGEST_ADDRESS:
        kept = {name: found[-1] for name, found in asked_for().items() if name in ("rows", "view")}
        show(element("p", link(say("sparql permalink"), "sparql", query=text, **kept), cls="kg-small"))
    with st.expander(say("sparql elsewhere")):
        accept = f"Accept: {ACCEPTED[type(result)]}"
        command = ["curl", "--silent", "--header", accept, "--data-urlencode", f"query={text}", ENDPOINT]
        st.code(shlex.join(command), "bash", wrap_lines=True)


@lru_cache(maxsize=4)
def _terms(graph: Graph, language: str) -> list[dict[str, str]]:
    """What completion knows: the terms of the ontology by their prefixed names, states and treaties by their names."""
    found = {
        name: {"name": name, "label": words[language], "kind": "property"}
        for name, words in texts.terms("properties").items()
    }
    for row in graph.rows("terms"):
        iri, kind = text_of(row["term"]), text_of(row["kind"])
        found[shorten(iri)] = {"name": shorten(iri), "label": graph.names.label(iri, language) or "", "kind": kind}
    for iri in (*all_of(graph, "State"), *all_of(graph, "Treaty")):
        name = str(ox.NamedNode(iri))
        found[name] = {"name": name, "label": graph.names.label(iri, language) or iri, "kind": "thing"}
    return [found[name] for name in sorted(found)]
