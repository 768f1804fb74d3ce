"""What the reference data knows of a thing, each fact with the basis that it stands on and its source."""

from __future__ import annotations

from itertools import groupby

import pyoxigraph as ox

from kg.explorer import texts
from kg.explorer.frame import language, say
from kg.explorer.graph import TYPE, Graph, Row
from kg.explorer.markup import Markup, element, join
from kg.explorer.parts import basis, cell, event_line, folded, name_of, property_name, source, table, term_name, thing
from kg.namespaces import AC, DCTERMS, OWL, RDF, REFERENCE_GRAPH, SKOS
from kg.query import Term
from kg.query.names import text_of

OPEN_ROWS = 12
"""Lists of at most so many rows are open from the start."""

_APART = {
    *(TYPE, SKOS + "prefLabel", SKOS + "altLabel", SKOS + "inScheme", OWL + "sameAs", DCTERMS + "source"),
    *(AC + name for name in ("basis", "holdsOffice", "demonym", "metonym", "partyTo", "confidence")),
}
"""Properties that have a place of their own on the page."""

_ORDER = tuple(
    AC + name for name in ("treatyKind", "signedOn", "inForceOn", "endedOn", "endedHow", "category", "originState")
)
"""Properties that come first, in this order."""


def curated(graph: Graph, iri: str) -> Markup:
    """The section of reference facts; empty where the reference data does not know the thing."""
    parts = [_own_facts(graph, iri), _status(graph, iri), _memberships(graph, iri), _acts(graph, iri)]
    parts.append(_offices(graph, iri))
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
            _words(predicate, term) if isinstance(term, ox.Literal) else thing(graph, text_of(term))
            for _, term in pairs
        ]
        rows.append((cell(property_name(graph, predicate)), cell(join(values, ", "))))
    grounds = element("p", basis(code), " ", source(origin), cls="kg-meta") if code else Markup("")
    return join([grounds, table((say("property"), say("value")), rows) if rows else None])


def _words(predicate: str, term: ox.Literal) -> Markup:
    """A value in words: the kind of a treaty in the page's language, others as they are written, which is English where they do not say."""
    if predicate == AC + "treatyKind" and (kind := texts.term("kinds", term.value, language())):
        return element("span", kind)
    spoken = term.language or "en"
    plain = spoken == language() or not any(each.isalpha() for each in term.value)
    return source(term.value) if plain else element("span", source(term.value), lang=spoken)


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


def _status(graph: Graph, iri: str) -> Markup:
    """How a treaty stood over time, or a state towards each treaty, as the graph computed it of dated acts."""
    found = graph.rows("status-intervals", entity=iri)
    if not found:
        return Markup("")
    rows = [
        (
            cell(thing(graph, text_of(row["treaty"]))),
            cell(term_name(graph, text_of(row["status"]).removeprefix(AC))),
            cell(_days(row, "from", "sure"), "d"),
            cell(_days(row, "until", "last"), "d"),
        )
        for row in found
    ]
    body = table((say("treaty"), say("status"), say("since"), say("until")), rows)
    return folded(say("status computed"), len(rows), body, len(rows) <= OPEN_ROWS)


def _days(row: Row, first: str, last: str) -> str:
    """A day, or the first and the last that it can be."""
    days = [text_of(row[name]) for name in (first, last) if name in row]
    return "/".join(dict.fromkeys(days))


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
                cell(_office(row["office"])),
                cell(text_of(row.get("from", "")), "d"),
                cell(text_of(row.get("until", "")), "d"),
                cell(basis(text_of(row.get("basis", "")))),
                cell(source(text_of(row.get("source", "")))),
            )
        )
    who = say("of") if text_of(found[0]["person"]) == iri else say("person")
    heads = (who, say("office"), say("since"), say("until"), say("basis"), say("source"))
    return folded(say("offices"), len(rows), table(heads, rows), len(rows) <= OPEN_ROWS)


def _office(term: Term) -> Markup:
    """What an office is called, with its language, which may not be the page's."""
    return element("span", text_of(term), lang=term.language if isinstance(term, ox.Literal) else None)


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
                title.capitalize(),
                len(items),
                element("ul", items, cls="kg-hits kg-columns"),
                len(items) <= OPEN_ROWS,
            )
        )
    return parts
