"""The page of one thing: what the reference data knows, apart from what documents claim."""

from __future__ import annotations

from itertools import groupby

import pyoxigraph as ox
import streamlit as st

from kg.explorer.frame import link, page, say
from kg.explorer.graph import TYPE, Graph, text_of
from kg.explorer.markup import Markup, element, join, show
from kg.explorer.parts import (
    basis,
    cell,
    chip,
    event_card,
    event_line,
    folded,
    name_of,
    outward,
    property_name,
    quotation,
    source,
    table,
    term_name,
    thing,
)
from kg.explorer.records import Claim, by_event, newest_first
from kg.namespaces import AC, DCTERMS, OWL, RDF, REFERENCE_GRAPH, SKOS

MAX_CLAIMS = 200
SHOWN_NAMES = 8
OPEN_ROWS = 12
"""Lists of at most so many rows are open from the start."""

_APART = {
    *(TYPE, SKOS + "prefLabel", SKOS + "altLabel", SKOS + "inScheme", OWL + "sameAs", DCTERMS + "source"),
    *(AC + name for name in ("basis", "holdsOffice", "demonym", "metonym", "partyTo", "confidence")),
}
"""Properties that have a place of their own on the page."""

_ORDER = tuple(
    AC + name
    for name in ("treatyKind", "signedOn", "inForceOn", "endedOn", "endedHow", "category", "originState")
)
"""Properties that come first, in this order."""


@page
def show_entity(graph: Graph) -> None:
    """Draws the page of the thing that `iri` of the address names."""
    iri = st.query_params.get("iri", "").strip()
    if not iri or not graph.holds(iri):
        _unknown(iri)
        return
    show(_head(graph, iri))
    show(_curated(graph, iri))
    show(_claims(graph, iri))
    slug = iri.rstrip("/").rsplit("/", 1)[-1]
    st.download_button(say("turtle"), graph.turtle(iri), f"{slug}.ttl", "text/turtle", on_click="ignore")


def _unknown(iri: str) -> None:
    show(
        element("h1", say("unknown iri") if iri else say("no iri")),
        element("p", element("code", iri)) if iri else None,
        element("p", say("unknown iri hint"), " ", link(say("home"), "home")),
    )


def _head(graph: Graph, iri: str) -> Markup:
    label = name_of(graph, iri)
    kinds = graph.kinds(iri) or ["Entity"]
    names = {text_of(term) for p, term in graph.facts(iri) if p in (SKOS + "prefLabel", SKOS + "altLabel")}
    others = sorted(names - {label})
    unknown = graph.value(iri, AC + "reconciled") == "false"
    same = [outward(address, address.rsplit("/", 1)[-1]) for address in graph.values(iri, OWL + "sameAs")]
    return element(
        "header",
        element("div", ", ".join(term_name(graph, kind) for kind in kinds), cls="kg-kind"),
        element("h1", label),
        chip(say("only in texts"), "kg-recalled", say("only in texts help")) if unknown else None,
        _other_names(others),
        element("p", say("elsewhere"), ": ", join(same, ", "), cls="kg-meta") if same else None,
        (
            element("p", link(name_of(graph, iri), "document", iri=iri), cls="kg-meta")
            if "Document" in kinds
            else None
        ),
    )


# Reference facts
# ----------------------------------------------------------------------------------------------


def _curated(graph: Graph, iri: str) -> Markup:
    parts = [_own_facts(graph, iri), _memberships(graph, iri), _acts(graph, iri), _offices(graph, iri)]
    parts += _linked(graph, iri)
    shown = [part for part in parts if part]
    if not shown:
        return Markup("")
    note = element("p", say("curated help"), cls="kg-small")
    return element("section", element("h2", say("curated")), note, shown)


def _own_facts(graph: Graph, iri: str) -> Markup:
    facts = [fact for fact in graph.facts(iri, REFERENCE_GRAPH) if fact[0] not in _APART]
    facts.sort(key=lambda fact: _ORDER.index(fact[0]) if fact[0] in _ORDER else len(_ORDER))
    code, origin = graph.value(iri, AC + "basis"), graph.value(iri, DCTERMS + "source")
    rows = []
    for predicate, pairs in groupby(facts, key=lambda fact: fact[0]):
        values = [
            source(term.value) if isinstance(term, ox.Literal) else thing(graph, text_of(term))
            for _, term in pairs
        ]
        rows.append((cell(property_name(graph, predicate)), cell(join(values, ", "))))
    grounds = element("p", basis(code), " ", source(origin), cls="kg-meta") if code else Markup("")
    return join([grounds, table((say("property"), say("value")), rows) if rows else None])


def _memberships(graph: Graph, iri: str) -> Markup:
    rows = []
    predicate = AC + "partyTo"
    for row in graph.rows("memberships", entity=iri):
        predicate, subject, target = (text_of(row[name]) for name in ("predicate", "subject", "object"))
        cells = [cell(thing(graph, subject if target == iri else target))]
        cells += [cell(basis(text_of(row.get("basis", "")))), cell(source(text_of(row.get("source", ""))))]
        rows.append(cells)
    if not rows:
        return Markup("")
    body = table((say("what"), say("basis"), say("source")), rows)
    return folded(property_name(graph, predicate).capitalize(), len(rows), body, len(rows) <= OPEN_ROWS)


def _acts(graph: Graph, iri: str) -> Markup:
    events = [graph.event(text_of(row["event"])) for row in graph.rows("curated-events", entity=iri)]
    if not events:
        return Markup("")
    rows = [
        (
            cell(event.date, "d"),
            cell([event_line(graph, event, "span", without=iri), _action(event.action)]),
            cell(basis(event.basis)),
            cell(source(event.source)),
        )
        for event in events
    ]
    body = table((say("date"), say("what"), say("basis"), say("source")), rows)
    return folded(say("treaty record"), len(rows), body, len(rows) <= OPEN_ROWS)


def _action(action: str) -> str | None:
    """Accession and succession are ratifications in the ontology; the word tells them apart."""
    return f" ({action})" if action in ("accession", "succession") else None


def _offices(graph: Graph, iri: str) -> Markup:
    found = graph.rows("offices", entity=iri)
    if not found:
        return Markup("")
    rows = []
    for row in found:
        person, body = text_of(row["person"]), text_of(row["body"])
        rows.append(
            (
                cell(thing(graph, body if person == iri else person)),
                cell(text_of(row["office"])),
                cell(text_of(row.get("from", "")), "d"),
                cell(text_of(row.get("until", "")), "d"),
                cell(basis(text_of(row.get("basis", "")))),
                cell(source(text_of(row.get("source", "")))),
            )
        )
    who = say("of") if text_of(found[0]["person"]) == iri else say("person")
    heads = (who, say("office"), say("since"), say("until"), say("basis"), say("source"))
    return folded(say("offices"), len(rows), table(heads, rows), len(rows) <= OPEN_ROWS)


def _linked(graph: Graph, iri: str) -> list[Markup]:
    """Entities of the reference data that point here, by property."""
    found = [
        (predicate, subject)
        for predicate, subject in graph.subjects(iri, REFERENCE_GRAPH)
        if predicate not in _APART and not predicate.startswith(RDF) and graph.is_entity(subject)
    ]
    parts = []
    for predicate, pairs in groupby(found, key=lambda pair: pair[0]):
        subjects = sorted((subject for _, subject in pairs), key=lambda each: name_of(graph, each))
        items = [element("li", thing(graph, subject)) for subject in subjects]
        title = property_name(graph, predicate, inverse=True)
        parts.append(
            folded(
                title.capitalize(), len(items), element("ul", items, cls="kg-hits"), len(items) <= OPEN_ROWS
            )
        )
    return parts


# Claims
# -------------------------------------------------------------------------------------------------------


def _claims(graph: Graph, iri: str) -> Markup:
    found = [text_of(row["claim"]) for row in graph.rows("claims-of-entity", entity=iri)]
    claims = newest_first(graph.claims(found))
    said = newest_first(
        graph.claims(text_of(row["claim"]) for row in graph.rows("claims-by-speaker", entity=iri))
    )
    heading = element("h2", say("claims"))
    note = element("p", say("claims help") if claims else say("no claims"), cls="kg-small")
    groups = _by_class(graph, claims[:MAX_CLAIMS])
    return element("section", heading, note, _cut(claims, iri), groups, _said(graph, said, iri))


def _cut(claims: list[Claim], iri: str) -> Markup | None:
    if len(claims) <= MAX_CLAIMS:
        return None
    every = link(say("ask for all"), "sparql", question="claims-about-an-entity", entity=iri)
    return element("p", say("more claims", shown=MAX_CLAIMS, all=len(claims)), " ", every, cls="kg-small")


def _by_class(graph: Graph, claims: list[Claim]) -> list[Markup]:
    """The events grouped by class, the classes in the order of their names."""
    events = sorted(by_event(claims).values(), key=lambda group: term_name(graph, group[0].event.kind))
    parts = []
    for kind, groups in groupby(events, key=lambda group: group[0].event.kind):
        cards = [event_card(graph, group) for group in groups]
        parts.append(folded(term_name(graph, kind).capitalize(), len(cards), cards, opened=True))
    return parts


def _said(graph: Graph, claims: list[Claim], iri: str) -> Markup | None:
    if not claims:
        return None
    cards = [
        element("article", event_line(graph, claim.event), quotation(graph, claim), cls="kg-event")
        for claim in claims[:MAX_CLAIMS]
    ]
    title = say("said by", name=name_of(graph, iri))
    return folded(title, len(claims), cards, opened=len(claims) <= OPEN_ROWS)
