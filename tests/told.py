"""Small graphs made by hand, in which documents share events: claims, documents, copies, offices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg import ledger, links
from kg.model import Modality, Polarity
from kg.namespaces import AC, ACR, DCTERMS, INFERRED_GRAPH, PREFIXES, PROV, RDF, SCHEMA, XSD


class Told:
    """A graph while it is written; things are named by the end of their IRIs."""

    def __init__(self) -> None:
        self.quads: set[ox.Quad] = set()
        self.copies: set[ox.Quad] = set()

    def document(
        self, name: str, day: str = "", by: str = "", *, credits: Iterable[str] = (), copy_of: str = ""
    ) -> str:
        """A document of a day, by a publisher, with the agencies that it credits."""
        iri = f"document/{name}"
        self.add(iri, iri, RDF + "type", AC + "Document")
        if day:
            self.add(iri, iri, DCTERMS + "issued", ox.Literal(day))
        if by:
            self.add(iri, iri, DCTERMS + "publisher", by)
        for agency in credits:
            self.add(iri, iri, SCHEMA + "sourceOrganization", agency)
        if copy_of:
            origin = _node(f"document/{copy_of}")
            self.copies.add(ox.Quad(_node(iri), _node(PROV + "wasDerivedFrom"), origin, _node(INFERRED_GRAPH)))
        return name

    def claim(
        self,
        document: str,
        event: str,
        by: str = "",
        *,
        relays: Iterable[str] = (),
        modality: Modality = Modality.ACTUAL,
        polarity: Polarity = Polarity.AFFIRMED,
    ) -> str:
        """A claim of a document on an event, by a claimant and through relays; gives the end of its IRI."""
        graph = f"document/{document}"
        said = {each.subject for each in self.quads if each.graph_name == _node(graph)}
        name = f"claim/{document}-{sum('/claim/' in str(each) for each in said)}"
        self.add(graph, name, RDF + "type", AC + "Claim")
        self.add(graph, name, AC + "about", f"event/{event}")
        self.add(graph, name, AC + "inDocument", graph)
        self.add(graph, name, AC + "modality", AC + modality.value)
        self.add(graph, name, AC + "polarity", AC + polarity.value)
        if by:
            self.add(graph, name, AC + "claimant", by)
        for relay in relays:
            self.add(graph, name, AC + "relayedBy", relay)
        return name

    def office(self, person: str, body: str, begin: str = "", end: str = "") -> None:
        """An office that a person held."""
        tenure = f"tenure/{person}-{body}".replace("/", "-").replace("tenure-", "tenure/")
        self.add("graph/reference", person, AC + "holdsOffice", tenure)
        self.add("graph/reference", tenure, AC + "officeOf", body)
        for name, day in (("earliest", begin), ("latest", end)):
            if day:
                self.add("graph/reference", tenure, AC + name, ox.Literal(day, datatype=_node(XSD + "date")))

    def event(self, document: str, event: str, kind: str, date: str = "", **roles: str | tuple[str, ...]) -> None:
        """What a document says of an event itself: its class, its days (one, or two with a slash), its roles."""
        graph, iri = f"document/{document}", f"event/{event}"
        self.add(graph, iri, RDF + "type", AC + kind)
        first, _, last = date.partition("/")
        for name, day in (("earliest", first), ("latest", last or first)):
            if day:
                self.add(graph, iri, AC + name, ox.Literal(day, datatype=_node(XSD + "date")))
        for role, entities in roles.items():
            for entity in (entities,) if isinstance(entities, str) else entities:
                self.add(graph, iri, AC + role, entity)

    def add(self, graph: str, subject: str, predicate: str, value: str | ox.Literal) -> None:
        """A triple of a named graph."""
        node = value if isinstance(value, ox.Literal) else _node(value)
        self.quads.add(ox.Quad(_node(subject), ox.NamedNode(predicate), node, _node(graph)))

    def store(self) -> ox.Store:
        """The graph, with the links between its events and what follows from its claims."""
        store = ox.Store()
        for quad in {*self.quads, *self.copies}:
            store.add(quad)
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
        linked = list(links.quads(store))
        for quad in [*linked, *ledger.quads(store, self.copies, linked)]:
            store.add(quad)
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
        return store


def rows(store: ox.Store, text: str) -> list[tuple[str, ...]]:
    """The rows of a query, things by the end of their IRIs, sorted."""
    solutions = store.query(text, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    return sorted(tuple("" if term is None else short(term.value) for term in row) for row in solutions)


def short(iri: str) -> str:
    """The end of an IRI."""
    return re.sub(rf"^(?:{re.escape(AC)}|{re.escape(ACR)}\w+/)", "", iri)


def chains(store: ox.Store, event: str, polarity: str = "Affirmed") -> Iterator[str]:
    """The origins of an event as a reader would write them: "TASS through RT (2)"."""
    found: dict[str, tuple[set[str], set[str], set[str]]] = {}
    text = f"""SELECT ?origin ?source ?through ?claim {{
        ?origin ac:originOf <{ACR}event/{event}> ; ac:originPolarity ac:{polarity} ; ac:tracedTo ?source ; ac:fromClaim ?claim
        OPTIONAL {{ ?origin ac:cameThrough ?through }} }}"""
    for origin, *parts in rows(store, text):
        for kept, part in zip(found.setdefault(origin, (set(), set(), set())), parts, strict=True):
            kept.add(part)
    for sources, through, claims in sorted(found.values(), key=lambda each: sorted(each[0])):
        by = f" through {', '.join(sorted(through))}" if through - {""} else ""
        yield f"{', '.join(sorted(sources))}{by} ({len(claims)})"


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri if ":" in iri else ACR + iri)
