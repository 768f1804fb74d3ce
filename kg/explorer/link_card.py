"""What a link of the graph stands on: the sentences of its events, or the source of the reference data."""

from __future__ import annotations

import streamlit as st

from kg.explorer.addressing import change
from kg.explorer.expansion import Bundle, Ground, Link, events_of
from kg.explorer.frame import link, say
from kg.explorer.graph import Graph
from kg.explorer.inputs import onward
from kg.explorer.markup import Markup, element, join, show
from kg.explorer.parts import basis, event_card, event_line, name_of, property_name, source, term_name, thing
from kg.explorer.records import Claim, newest_first
from kg.namespaces import AC, DCTERMS
from kg.query.names import text_of

MOST_EVENTS = 10
MOST_LINKS = 3


def link_name(graph: Graph, seen: Link, ground: Ground) -> str:
    """What a link is called, and of how many events."""
    if not ground.events:
        return property_name(graph, seen.kind)
    name = term_name(graph, seen.kind.removeprefix(AC))
    return f"{name} ({ground.events})" if ground.events > 1 else name


def bundle_name(bundle: Bundle) -> str:
    """Of how many links a bundle is, and of how many events."""
    return say("graph bundle", links=len(bundle.links), events=sum(each.events for each in bundle.links.values()))


def bundle_card(graph: Graph, bundle: Bundle) -> None:
    """Draws the card of a bundle: its links, the first of them with the event that was reported last."""
    show(
        element("h2", bundle_name(bundle)),
        element("p", thing(graph, bundle.source), " – ", thing(graph, bundle.target)),
    )
    for number, (each, ground) in enumerate(bundle.links.items()):
        arrow = "" if each.even else f" ({name_of(graph, each.source)} →)"
        show(element("h3", onward([link_name(graph, each, ground), arrow], "graph", at=each.id)))
        if ground.events and number < MOST_LINKS:
            show(_event(graph, events_of(graph, each)[0]))
    _close()


def link_card(graph: Graph, seen: Link, ground: Ground) -> None:
    """Draws the card of a link: who is linked, by what, and each event with its claims, the newest first."""
    local = seen.kind.removeprefix(AC)
    title = term_name(graph, local) if ground.events else property_name(graph, seen.kind)
    between = " – " if seen.even else " → "
    show(
        element("h2", title),
        element("p", thing(graph, seen.source), between, thing(graph, seen.target)),
    )
    if not ground.events:
        show(_fact(graph, seen))
    else:
        show(_events(graph, seen))
    _close()


def _close() -> None:
    st.button(say("graph close"), on_click=change, kwargs={"at": ""}, key="graph-close")


def _events(graph: Graph, seen: Link) -> Markup:
    events = events_of(graph, seen)
    count = element("p", say("graph events", count=len(events)), cls="kg-small")
    cards = [_event(graph, iri) for iri in events[:MOST_EVENTS]]
    if len(events) <= MOST_EVENTS:
        return join([count, cards])
    cut = say("graph first events", shown=MOST_EVENTS, all=len(events))
    return join([count, cards, element("p", cut, cls="kg-small")])


def _event(graph: Graph, iri: str) -> Markup:
    claims = _claims(graph, iri)
    return event_card(graph, claims) if claims else _act(graph, iri)


def _claims(graph: Graph, iri: str) -> list[Claim]:
    rows = graph.rows("claims-of-entity", entity=iri)
    return newest_first(graph.claims(dict.fromkeys(text_of(row["claim"]) for row in rows)))


def _act(graph: Graph, iri: str) -> Markup:
    """An event of the reference data that no document tells of, with its source."""
    event = graph.event(iri)
    head = element("div", event_line(graph, event), element("span", event.date, cls="kg-meta d"), cls="kg-head")
    return element(
        "article", head, element("p", basis(event.basis), " ", source(event.source), cls="kg-meta"), cls="kg-event"
    )


def _fact(graph: Graph, seen: Link) -> Markup:
    """A property of the reference data: what it stands on, by its own record or by that of its subject."""
    records = [
        row
        for row in graph.rows("memberships", entity=seen.source)
        if text_of(row["predicate"]) == seen.kind and text_of(row["object"]) == seen.target
    ]
    grounds = [(text_of(row.get("basis", "")), text_of(row.get("source", ""))) for row in records]
    if not grounds:
        grounds = [(graph.value(seen.source, AC + "basis"), graph.value(seen.source, DCTERMS + "source"))]
    lines = [element("p", basis(code), " ", source(origin), cls="kg-meta") for code, origin in grounds]
    page = element("p", link(say("curated"), "entity", iri=seen.source), cls="kg-small")
    return join([element("p", say("graph fact"), cls="kg-small"), lines, page])
