"""A reader's query under way on a page: its clock, its end when any other action is taken, and what it gave."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kg.errors import KgError
from kg.explorer.frame import say
from kg.explorer.graph import Graph
from kg.explorer.markup import element, show
from kg.query import Pending, Result
from kg.settings import settings

POLL_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a query gave, and how long it took."""

    result: Result
    seconds: float


def outcome(graph: Graph, name: str, text: str | None, rows: int | None = None) -> Outcome | KgError | None:
    """What the query gives, or why it failed, in a process of its own; where `text` is None, what the last one with this name gave.

    Shows the clock and a button that stops it; any other action on the page stops it as well. Where it was stopped, says so
    and gives None.
    rows: at most so many; the setting's number where it is not given.
    """
    if st.session_state.pop(f"{name}-running", False):
        show(element("p", say("stopped"), cls="kg-small", role="status"))
    if text is not None:
        forget(name)
        _run(graph, name, text, min(rows or settings().query_rows, settings().query_rows))
    found: Outcome | KgError | None = st.session_state.get(f"{name}-outcome")
    return found


def forget(name: str) -> None:
    """Let go what the last query with this name gave."""
    st.session_state.pop(f"{name}-outcome", None)


def _run(graph: Graph, name: str, text: str, rows: int) -> None:
    limit = settings().query_seconds
    place = st.empty()
    st.session_state[f"{name}-running"] = True  # stays where the run is cut off by another action
    try:
        with graph.view.start(text, seconds=limit, rows=rows) as pending:
            if not pending.poll(POLL_SECONDS):
                _wait(pending, name, place, limit)
            st.session_state[f"{name}-outcome"] = Outcome(pending.result(), pending.elapsed)
    except KgError as error:
        st.session_state[f"{name}-outcome"] = error
    st.session_state[f"{name}-running"] = False
    place.empty()


def _wait(pending: Pending, name: str, place: DeltaGenerator, limit: float) -> None:
    """Shows how long the query has run, and a button to stop it, until it is done."""
    with place.container():
        line = st.empty()
        st.button(say("stop"), key=f"{name}-stop")  # any click reruns the page, which stops the query
    while not pending.poll(POLL_SECONDS):
        with line:
            show(element("p", say("running", seconds=f"{pending.elapsed:.0f}", limit=f"{limit:g}")))
