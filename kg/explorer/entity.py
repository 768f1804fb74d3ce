"""The page of one thing: what the reference data knows, apart from what documents claim."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from urllib.parse import urlsplit

import streamlit as st

from kg.explorer.answers import with_answers
from kg.explorer.behind import behind
from kg.explorer.curated import OPEN_ROWS, curated
from kg.explorer.event import draw_event, known_as
from kg.explorer.frame import entitle, language, link, page, say
from kg.explorer.graph import Graph
from kg.explorer.markup import Markup, element, join, show
from kg.explorer.neighbours import neighbours
from kg.explorer.parts import (
    chip,
    event_line,
    folded,
    name_of,
    outward,
    quotation,
    term_name,
)
from kg.explorer.records import Claim, by_event, newest_first
from kg.explorer.taking import taking
from kg.explorer.years import years
from kg.namespaces import AC, DCTERMS, OWL, SKOS
from kg.query.names import text_of

MAX_CLAIMS = 200
SHOWN_NAMES = 8


@page
def show_entity(graph: Graph) -> None:
    """Draws the page of the thing that `iri` of the address names; `near` and `start` leaf through its neighbours."""
    iri = st.query_params.get("iri", "").strip()
    if iri and (graph.is_event(iri) or known_as(graph, iri)):
        draw_event(graph, iri)
        return
    if not iri or not graph.holds(iri):
        _unknown(iri)
        return
    entitle(name_of(graph, iri))
    today = date.today().isoformat()
    near, start = st.query_params.get("near", ""), st.query_params.get("start", "")
    show(graph.kept(_page, iri, language(), today, near, start))
    asked = ("claims-of-entity", "claims-by-speaker", "status-intervals", "curated-events", "offices", "neighbours")
    behind(graph, "entity", *(graph.ask(question, entity=iri) for question in asked))
    taking(graph, iri)


def _page(graph: Graph, iri: str, _language: str, today: str, near: str, start: str) -> Markup:
    strip = years(graph.rows("years-of-entity", entity=iri), iri)
    time = element("section", element("h2", say("over time")), strip) if strip else None
    claims, around = _claims(graph, iri), neighbours(graph, iri, near, start)
    inside = [("claims", "claims"), *([("near", "neighbours")] if around else [])]
    ways = [element("a", say(key), href=f"#{place}") for place, key in inside]
    nav = element("nav", say("on this page"), " ", join(ways, " · "), cls="kg-small", aria_label=say("on this page"))
    return join([_head(graph, iri, today), nav, time, curated(graph, iri), claims, around])


def _unknown(iri: str) -> None:
    show(
        element("h1", say("unknown iri") if iri else say("no iri")),
        element("p", element("code", iri)) if iri else None,
        element("p", say("unknown iri hint"), " ", link(say("home"), "home")),
    )


def _head(graph: Graph, iri: str, today: str) -> Markup:
    label = name_of(graph, iri)
    kinds = graph.kinds(iri) or ["Entity"]
    names = {text_of(term) for p, term in graph.facts(iri) if p in (SKOS + "prefLabel", SKOS + "altLabel")}
    others = sorted(names - {label})
    unknown = graph.value(iri, AC + "reconciled") == "false"
    same = [outward(address, _elsewhere(address)) for address in graph.values(iri, OWL + "sameAs")]
    return element(
        "header",
        element("div", ", ".join(term_name(graph, kind) for kind in kinds), cls="kg-kind"),
        element("h1", label),
        chip(say("only in texts"), "kg-recalled", say("only in texts help")) if unknown else None,
        _status(graph, iri, today) if "Treaty" in graph.all_kinds(iri) else None,
        _other_names(others),
        element("p", say("elsewhere"), say("colon"), join(same, ", "), cls="kg-meta") if same else None,
        (element("p", link(name_of(graph, iri), "document", iri=iri), cls="kg-meta") if "Document" in kinds else None),
    )


def _elsewhere(address: str) -> str:
    """What another register calls a thing, after the register's name: Wikidata Q794."""
    register = urlsplit(address).netloc.removeprefix("www.").partition(".")[0]
    return f"{register.capitalize()} {address.rsplit('/', 1)[-1]}"


def _status(graph: Graph, iri: str, today: str) -> Markup | None:
    """How a treaty stands today, by its dated acts; both where the known dates allow of two."""
    found = []
    for row in graph.rows("status-intervals", entity=iri):
        first, last = text_of(row.get("from", "")), text_of(row.get("last", row.get("until", "")))
        if first <= today and (not last or today <= last):
            words = term_name(graph, text_of(row["status"]).removeprefix(AC))
            found.append(f"{words} {say('status since', since=first)}" if first else words)
    return element("p", chip(say("status on", status=" / ".join(found), day=today), "kg-status")) if found else None


def _other_names(names: list[str]) -> Markup | None:
    """Its other names, the shortest first; a long list is folded."""
    if not names:
        return None
    ranked = sorted(names, key=lambda name: (len(name), name))
    first = element("p", say("also"), " ", ", ".join(ranked[:SHOWN_NAMES]), cls="kg-meta")
    if len(names) <= SHOWN_NAMES:
        return first
    title = element("summary", say("more names", count=len(names)))
    return join([first, element("details", title, element("p", ", ".join(names), cls="kg-meta"), cls="kg-why")])


def _claims(graph: Graph, iri: str) -> Markup:
    claims, every = _newest(graph, "claims-of-entity", iri)
    said, _ = _newest(graph, "claims-by-speaker", iri)
    heading = element("h2", say("claims"))
    note = element("p", say("claims help") if claims else say("no claims"), cls="kg-small")
    groups = _by_class(graph, iri, claims)
    return element("section", heading, note, _cut(every, iri), groups, _said(graph, said, iri), id="claims")


def _newest(graph: Graph, question: str, iri: str) -> tuple[list[Claim], int]:
    """The newest claims that a query gives, and how many it gives; only those shown are read from the graph."""
    rows = graph.rows(question, entity=iri)
    documents = {text_of(row["document"]) for row in rows}
    days = {document: graph.value(document, DCTERMS + "issued") for document in documents}
    order = sorted((text_of(row["document"]), text_of(row["claim"])) for row in rows)
    order.sort(key=lambda pair: days[pair[0]], reverse=True)
    return newest_first(graph.claims(claim for _, claim in order[:MAX_CLAIMS])), len(rows)


def _cut(count: int, iri: str) -> Markup | None:
    if count <= MAX_CLAIMS:
        return None
    every = link(say("ask for all"), "questions", question="claims-about-an-entity", entity=iri)
    return element("p", say("more claims", shown=MAX_CLAIMS, all=count), " ", every, cls="kg-small")


def _by_class(graph: Graph, iri: str, claims: list[Claim]) -> list[Markup]:
    """The events grouped by class, the classes in the order of their names; what answers an event stands beside it."""
    cards = with_answers(graph, iri, list(by_event(claims).values()))
    cards.sort(key=lambda pair: term_name(graph, pair[0]))
    parts = []
    for kind, group in groupby(cards, key=lambda pair: pair[0]):
        shown = [card for _, card in group]
        parts.append(folded(term_name(graph, kind).capitalize(), len(shown), shown, opened=True))
    return parts


def _said(graph: Graph, claims: list[Claim], iri: str) -> Markup | None:
    if not claims:
        return None
    cards = [
        element("article", event_line(graph, claim.event), quotation(graph, claim), cls="kg-event") for claim in claims
    ]
    title = say("said by", name=name_of(graph, iri))
    order = element(
        "p", link(say("contradictions in order"), "contradictions", view="positions", by=iri), cls="kg-small"
    )
    return folded(title, len(claims), [order, *cards], opened=len(claims) <= OPEN_ROWS)
