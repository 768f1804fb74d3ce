"""The page Contradictions: where claims differ, what each said of a matter over time, what became of what was planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TypeVar

import streamlit as st

from kg.explorer.addressing import asked, bound
from kg.explorer.behind import behind
from kg.explorer.corroboration import difference
from kg.explorer.course import chains, steps, steps_of
from kg.explorer.frame import number_of, page, say
from kg.explorer.graph import Graph, Row
from kg.explorer.inputs import onward, thing_input
from kg.explorer.markup import Markup, element, join, show
from kg.explorer.parts import cell, event_line, name_of, origin, polarity_chips, table, thing
from kg.query.names import text_of

T = TypeVar("T")
VIEWS = ("differences", "positions", "chains")
STATES = ("every", "open")
ROWS = 25
"""On one page."""
OPTIONS = 300
"""So many things can be chosen from."""
PART = ("part",)


@page
def show_contradictions(graph: Graph) -> None:
    """Draws the page; `view`, and for each view what it is narrowed to, stand in the address."""
    show(element("h1", say("contradictions")), element("p", say("contradictions lead"), cls="kg-lead"))
    view = asked("view", VIEWS[0])
    view = view if view in VIEWS else VIEWS[0]
    st.pills(
        say("contradictions view"),
        VIEWS,
        format_func=lambda each: say(f"contradictions view {each}"),
        required=True,
        **bound("view", view, PART),
    )
    {"differences": _differences, "positions": _positions, "chains": _chains}[view](graph)


def _differences(graph: Graph) -> None:
    every = graph.ask("differences")
    kinds = sorted({text_of(row["difference"]) for row in every.rows}, key=lambda iri: name_of(graph, iri))
    kind = asked("difference", "")
    left, right = st.columns(2)
    with left:
        st.selectbox(
            say("contradictions kind"),
            ["", *kinds, *([kind] if kind and kind not in kinds else [])],
            format_func=lambda iri: name_of(graph, iri) if iri else say("contradictions any"),
            **bound("difference", kind, PART),
        )
    with right:
        involving = _involving(graph, {text_of(row["event"]) for row in every.rows})
    chosen = {name: value for name, value in (("difference", kind), ("involving", involving)) if value}
    ran = graph.ask("differences", **chosen)
    nodes = [list(rows) for _, rows in groupby(ran.rows, key=lambda row: text_of(row["node"]))]
    _counted("contradictions found", len(nodes))
    if not nodes:
        show(element("p", say("contradictions none"), cls="kg-meta"))
    _paged([difference(graph, rows, _about(graph, rows)) for rows in _part(nodes)], len(nodes))
    behind(graph, "contradictions", ran)


def _about(graph: Graph, rows: list[Row]) -> Markup:
    """The events of a difference: two where one answers the other."""
    events = dict.fromkeys(text_of(row["event"]) for row in rows)
    return join([event_line(graph, graph.event(iri), "p") for iri in events])


def _involving(graph: Graph, events: Iterable[str]) -> str:
    """The thing that the rows are narrowed to, chosen from those in these events."""
    found = {iri for event in sorted(events)[:OPTIONS] for _, fillers in graph.event(event).roles for iri in fillers}
    return thing_input(
        graph, say("contradictions involving"), "involving", sorted(found), say("contradictions any thing")
    )


def _positions(graph: Graph) -> None:
    speakers = [text_of(row["speaker"]) for row in graph.ask("speakers").rows[:OPTIONS]]
    left, right = st.columns(2)
    with left:
        by = thing_input(graph, say("contradictions by"), "by", speakers, say("contradictions nobody"))
    if not by:
        show(element("p", say("contradictions nobody"), cls="kg-meta"))
        return
    every = graph.ask("sayings", speaker=by)
    involved = {
        iri
        for event in {text_of(row["event"]) for row in every.rows}
        for _, fillers in graph.event(event).roles
        for iri in fillers
    }
    with right:
        matter = thing_input(
            graph, say("contradictions matter"), "matter", sorted(involved), say("contradictions any thing")
        )
    ran = graph.ask("sayings", speaker=by, matter=matter) if matter else every
    found = dict.fromkeys((text_of(row["claim"]), text_of(row["by"])) for row in ran.rows)
    show(element("p", say("contradictions positions help"), cls="kg-small"))
    _counted("contradictions said", len(found))
    _paged([_ledger(graph, _part(list(found)))] if found else [], len(found))
    behind(graph, "contradictions", ran)


def _ledger(graph: Graph, said: Sequence[tuple[str, str]]) -> Markup:
    """Claims in the order of time, the sentence below each."""
    heads = [say("date"), say("contradictions who"), say("what"), say("contradictions how"), say("source")]
    rows: list[list[Markup]] = []
    for (_, by), claim in zip(said, graph.claims(iri for iri, _ in said), strict=True):
        rows.append(
            [
                cell(claim.document.issued or say("undated"), "d", heads[0]),
                cell(thing(graph, by), label=heads[1]),
                cell(event_line(graph, claim.event, "span"), label=heads[2]),
                cell(element("div", polarity_chips(graph, claim), cls="kg-row"), label=heads[3]),
                cell(origin(graph, claim), label=heads[4]),
            ]
        )
        rows.append([element("td", element("div", claim.sentence, cls="kg-quote", lang="fr"), colspan="5", cls="q")])
    return table(heads, rows, "kg-cards")


def _chains(graph: Graph) -> None:
    left, right = st.columns(2)
    with left:
        involving = _involving(graph, {text_of(row["event"]) for row in graph.ask("matters").rows})
    with right:
        state = asked("state", STATES[0])
        state = state if state in STATES else STATES[0]
        st.pills(
            say("contradictions state"),
            STATES,
            format_func=lambda each: say(f"contradictions state {each}"),
            required=True,
            **bound("state", state, PART),
        )
    found = chains(graph, involving, state == "open")
    show(element("p", say("contradictions chains help"), cls="kg-small"))
    _counted("contradictions chains found", len(found))
    _paged([steps(graph, chain) for chain in _part(found)], len(found))
    behind(graph, "contradictions", steps_of(graph, involving))


def _counted(key: str, count: int) -> None:
    show(element("p", element("span", say(key, count=number_of(count)), role="status")))


def _number() -> int:
    text = asked("part", "")
    return max(1, int(text)) if text.isdecimal() and len(text) <= 4 else 1


def _part(found: Sequence[T]) -> Sequence[T]:
    """The rows of the page of the address; the last one where it has fewer."""
    pages = max(1, -(-len(found) // ROWS))
    number = min(_number(), pages)
    return found[(number - 1) * ROWS : number * ROWS]


def _paged(shown: list[Markup], count: int) -> None:
    """What is shown, with the way to the rest."""
    pages = max(1, -(-count // ROWS))
    number = min(_number(), pages)
    turning = None
    if pages > 1:
        ways = [(number - 1, "browse before"), (number + 1, "browse after")]
        parts = [onward(say(key), "contradictions", part=str(to)) for to, key in ways if 1 <= to <= pages]
        turning = element("nav", join([element("span", each) for each in parts]), cls="kg-turn")
    show(turning, shown, turning)
