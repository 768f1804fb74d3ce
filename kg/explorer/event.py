"""The page of one event: what is claimed of it across documents, what it answers, which obligations it touches."""

from __future__ import annotations

import streamlit as st

from kg.explorer.amounts import amounts
from kg.explorer.behind import behind
from kg.explorer.corroboration import differences, merges, origins
from kg.explorer.course import course
from kg.explorer.event_links import links, told_again
from kg.explorer.frame import entitle, language, link, page, say
from kg.explorer.graph import Graph, node_of
from kg.explorer.markup import Child, Markup, element, join, show
from kg.explorer.parts import (
    basis,
    cell,
    chip,
    event_card,
    name_of,
    source,
    table,
    term_name,
    things,
)
from kg.explorer.records import Event, contested, newest_first
from kg.explorer.taking import taking
from kg.namespaces import AC
from kg.query.names import text_of


@page
def show_event(graph: Graph) -> None:
    """Draws the page of the event that `iri` of the address names."""
    iri = st.query_params.get("iri", "").strip()
    if not graph.is_event(iri) and not known_as(graph, iri):
        show(
            element("h1", say("not an event")),
            element("p", element("code", iri)) if iri else None,
            element("p", say("unknown iri hint"), " ", link(say("home"), "home")),
        )
        return
    draw_event(graph, iri)


def known_as(graph: Graph, iri: str) -> str:
    """The IRI by which an event is known that was merged into another; empty where it was not."""
    if node_of(iri) is None:
        return ""
    return next((text_of(row["into"]) for row in graph.rows("merged-into", event=iri)), "")


def draw_event(graph: Graph, iri: str) -> None:
    """Draws what the page of the event with this IRI shows; of one that was merged, the event that it is, with a note."""
    if not graph.is_event(iri) and (canonical := known_as(graph, iri)):
        note = [say("event moved"), " ", element("code", iri)]
        show(element("div", note, cls="kg-note", role="status"))
        iri = canonical
    entitle(name_of(graph, iri))
    show(graph.kept(_page, iri, language()))
    asked = (
        "event-links",
        "reasons-of-links",
        "repeats-of-event",
        "origins-of-event",
        "differences-of-event",
        "merges-of-event",
    )
    ran = [
        *(graph.ask(name, entity=iri) for name in ("dossier-claims", "dossier-amounts")),
        *(graph.ask(name, event=iri) for name in asked),
    ]
    behind(graph, "event", *ran, graph.ask("course-of-event", of=iri))
    taking(graph, iri)


def _page(graph: Graph, iri: str, _language: str) -> Markup:
    event = graph.event(iri)
    told = [
        _roles(graph, event),
        _told(graph, iri),
        amounts(graph, iri),
        origins(graph, iri),
        differences(graph, iri),
        merges(graph, iri),
    ]
    return join([_head(graph, event), told, course(graph, iri), links(graph, iri), _touched(graph, iri)])


def _head(graph: Graph, event: Event) -> Markup:
    words = [graph.value(event.iri, AC + name) for name in ("whenText", "countedFrom")]
    told: list[Child] = [event.date or say("undated")]
    if words[0]:
        told.append(say("event dated", words=words[0]))
    if words[1]:
        told.append(say("event counted", day=words[1]))
    if graph.value(event.iri, AC + "dateInferred") == "true":
        told.append(say("event inferred"))
    behalf = [say("on behalf of"), " ", things(graph, event.on_behalf_of)] if event.on_behalf_of else None
    return element(
        "header",
        element("div", term_name(graph, event.kind), cls="kg-kind"),
        element("h1", name_of(graph, event.iri)),
        element("p", join(told, " · "), cls="kg-meta"),
        element("p", behalf, cls="kg-meta") if behalf else None,
    )


def _roles(graph: Graph, event: Event) -> Markup:
    rows = [(cell(term_name(graph, role)), cell(things(graph, fillers))) for role, fillers in event.roles]
    grounds = element("p", basis(event.basis), " ", source(event.source), cls="kg-meta") if event.basis else None
    return element("section", element("h2", say("event roles")), grounds, table((say("event role"), say("what")), rows))


def _told(graph: Graph, iri: str) -> Markup:
    found = dict.fromkeys(text_of(row["claim"]) for row in graph.rows("dossier-claims", entity=iri))
    claims = newest_first(graph.claims(found))
    heading = element(
        "h2", say("event told"), " ", chip(say("contested"), "kg-contested") if contested(claims) else None
    )
    if not claims:
        return element("section", heading, element("p", say("event unclaimed"), cls="kg-meta"))
    note = element("p", say("claims help"), cls="kg-small")
    return element("section", heading, note, event_card(graph, claims), told_again(graph, iri, len(claims)))


def _touched(graph: Graph, iri: str) -> Markup | None:
    rows = [
        (
            cell(things(graph, [text_of(row["other"])])),
            cell(things(graph, [text_of(row["treaty"])])),
            cell(things(graph, [text_of(row["state"])])),
            cell(name_of(graph, text_of(row["standing"])) if "standing" in row else "–"),
        )
        for row in graph.rows("event-links", event=iri)
        if text_of(row["link"]) == "touches"
    ]
    if not rows:
        return None
    heads = (say("event obligation"), say("treaty"), say("of"), say("event standing"))
    note = element("p", say("event touches help"), cls="kg-small")
    return element("section", element("h2", say("event touches")), note, table(heads, rows))
