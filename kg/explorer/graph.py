"""What the pages read: the current graph, opened once for all sessions, as plain records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import streamlit as st

from kg.evidence import ordered
from kg.explorer.memory import look_again
from kg.explorer.records import Claim, Document, Event, Ran
from kg.markup import Markup
from kg.namespaces import (
    AC,
    ACR,
    DCTERMS,
    INFERRED_GRAPH,
    NIF,
    ONTOLOGY_GRAPH,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
)
from kg.opening import open_view
from kg.query import Names, Question, Table, Term, View, bind, questions
from kg.query.names import text_of
from kg.settings import settings

TYPE = RDF + "type"
PERSON = ACR + "person/"
ENTITY_KINDS = (
    *(
        "State",
        "Person",
        "Organization",
        "InternationalOrganization",
        "GovernmentBody",
        "Company",
        "MediaOutlet",
    ),
    *("ArmedGroup", "Treaty", "WeaponSystem", "WeaponCategory", "Place", "Gathering", "Conflict"),
)
Row = dict[str, Term]
FORMATS = {"turtle": ox.RdfFormat.TURTLE, "json-ld": ox.RdfFormat.JSON_LD}
KEPT_PARTS = 128
"""How many parts of pages a graph keeps, for all sessions."""
KEPT_ANSWERS = 256
"""How many answers a graph keeps, for all sessions."""


def current() -> Graph:
    """The graph as it is now; one published meanwhile is picked up. Raises StoreError where there is none."""
    view = open_view(settings().home)
    return _open(view.name, str(settings().ontology), view)


def saved_questions() -> dict[str, Question]:
    """The questions that users ask, by id."""
    return questions(settings().ontology / "queries" / "competency")


@st.cache_resource(max_entries=2, show_spinner=False)
def _open(name: str, ontology: str, _view: View) -> Graph:
    look_again()
    return Graph(_view, Path(ontology))


class Graph:
    """One graph, for reading."""

    def __init__(self, view: View, ontology: Path) -> None:
        self.view = view
        self.store = view.store
        self.names = Names(self.store)
        self._questions = questions(ontology / "queries" / "explorer")
        self.kept = lru_cache(maxsize=KEPT_PARTS)(self._make)
        """A part of a page, made once: `kept(make, *arguments)` is `make(graph, *arguments)`. One of the arguments must be the language."""
        self.found = lru_cache(maxsize=KEPT_PARTS)(self._find)
        """Like `kept`, of what is no HTML: `found(look, *arguments)` is `look(graph, *arguments)`, which nobody may change."""
        self.words: dict[tuple[str, str], str] = {}
        """What events are called, by IRI and language; kept because it takes many look-ups to put together."""
        self.run = lru_cache(maxsize=KEPT_ANSWERS)(self._run)
        """A SELECT that the program wrote, with what it gives; answers are kept, because the graph does not change."""

    def ask(self, question: str, **values: str | Sequence[str]) -> Ran:
        """A query of ontology/queries/explorer with these values, by parameter: IRIs as they are, others as `bind` takes them.

        Of several values, any fits; of none, all.
        """
        return self.run(self.text(question, **values))

    def text(self, question: str, **values: str | Sequence[str]) -> str:
        """The query that `ask` would run."""
        asked = self._questions[question]
        things = {parameter.name for parameter in asked.parameters if parameter.kind in ("class", "entity")}
        bound = {name: _spelt(value) if name in things else value for name, value in values.items()}
        return bind(asked, bound)

    def rows(self, question: str, **values: str | Sequence[str]) -> list[Row]:
        """The rows that `ask` gives; what is not bound is left out of its row."""
        return self.ask(question, **values).rows

    def _make(self, make: Callable[..., Markup], *arguments: str) -> Markup:
        return make(self, *arguments)

    def _find(self, look: Callable[..., Any], *arguments: str) -> Any:
        return look(self, *arguments)

    def _run(self, text: str) -> Ran:
        solutions = self.store.query(text, prefixes=PREFIXES)
        assert isinstance(solutions, ox.QuerySolutions)
        names = tuple(variable.value for variable in solutions.variables)
        return Ran(text, Table(names, tuple(tuple(row[name] for name in names) for row in solutions)))

    def triples(self, iri: str, format: str) -> bytes:
        """What the graph holds about this thing, as "turtle" or "json-ld"."""
        text = bind(self._questions["all-about"], {"entity": f"<{iri}>"})
        triples = self.store.query(text, prefixes=PREFIXES)
        assert isinstance(triples, ox.QueryTriples)
        return ox.serialize(triples, format=FORMATS[format], prefixes=PREFIXES) or b""

    def holds(self, iri: str) -> bool:
        """Whether the graph says anything of this IRI."""
        return next(self._quads(iri), None) is not None

    def facts(self, iri: str, graph: str | None = None) -> list[tuple[str, Term]]:
        """Its properties and values, sorted; of one named graph where `graph` is given."""
        quads = {(q.predicate.value, q.object) for q in self._quads(iri, graph=graph)}
        return sorted(quads, key=lambda fact: (fact[0], str(fact[1])))

    def value(self, iri: str, predicate: str) -> str:
        """The one value of this property; the first of several, empty where there is none."""
        return next(iter(self.values(iri, predicate)), "")

    def values(self, iri: str, predicate: str) -> list[str]:
        """The values of this property, sorted."""
        return sorted(text_of(q.object) for q in self._quads(iri, predicate))

    def subjects(self, iri: str, graph: str) -> list[tuple[str, str]]:
        """Who points to this thing in a named graph: (property, subject), sorted."""
        node, where = node_of(iri), ox.NamedNode(graph)
        if node is None:
            return []
        quads = self.store.quads_for_pattern(None, None, node, where)
        return sorted({(q.predicate.value, text_of(q.subject)) for q in quads})

    def kinds(self, iri: str) -> list[str]:
        """The local names of the classes of the ontology that it is said to be of; inferred ones left out."""
        node = node_of(iri)
        if node is None:
            return []
        quads = self.store.quads_for_pattern(node, ox.NamedNode(TYPE), None, None)
        said = {text_of(q.object) for q in quads if text_of(q.graph_name) not in ("", INFERRED_GRAPH)}
        return sorted(kind.removeprefix(AC) for kind in said if kind.startswith(AC))

    def all_kinds(self, iri: str) -> list[str]:
        """Like `kinds`, with those that are inferred: a bilateral treaty is a treaty."""
        return [kind.removeprefix(AC) for kind in self.values(iri, TYPE) if kind.startswith(AC)]

    def is_entity(self, iri: str) -> bool:
        """Whether it has a page of its own as an entity."""
        return any(kind in ENTITY_KINDS for kind in self.kinds(iri))

    def is_event(self, iri: str) -> bool:
        """Whether it is an event."""
        return bool(self.event_kinds.intersection(self.kinds(iri)))

    def _quads(self, iri: str, predicate: str | None = None, graph: str | None = None) -> Iterator[ox.Quad]:
        node = node_of(iri)
        if node is None:
            return iter(())
        where = ox.NamedNode(graph) if graph else ox.DefaultGraph()
        return self.store.quads_for_pattern(node, ox.NamedNode(predicate) if predicate else None, None, where)

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The local names of all roles, those of the actors first."""
        above = ox.NamedNode(AC + "involves")
        quads = self.store.quads_for_pattern(None, ox.NamedNode(RDFS + "subPropertyOf"), above, ox.DefaultGraph())
        found = {text_of(q.subject).removeprefix(AC) for q in quads}
        first = [role for role in ("agent", "supplier", "participant", "recipient", "target", "item") if role in found]
        return (*first, *sorted(found.difference(first)))

    @cached_property
    def event_kinds(self) -> frozenset[str]:
        """The local names of the classes of events."""
        ontology = ox.NamedNode(ONTOLOGY_GRAPH)
        above = ox.NamedNode(AC + "Event")
        quads = self.store.quads_for_pattern(None, ox.NamedNode(RDFS + "subClassOf"), above, ontology)
        return frozenset(text_of(q.subject).removeprefix(AC) for q in quads)

    def event(self, iri: str) -> Event:
        """The event with this IRI, as all that tells of it gives it together."""
        return self._event(iri, self.facts(iri), self.kinds(iri))

    def told_event(self, iri: str, documents: Iterable[str]) -> Event:
        """The event with the roles and day that these documents give it; others may give it more, or another kind."""
        told = [fact for document in sorted(documents) for fact in self.facts(iri, document)]
        kinds = [text_of(term).removeprefix(AC) for predicate, term in told if predicate == TYPE]
        whole = self.event(iri)
        if not kinds:
            return whole
        event = self._event(iri, list(dict.fromkeys(told)), kinds)
        acting = any(filler.startswith(PERSON) for _, fillers in event.roles for filler in fillers)
        return replace(event, on_behalf_of=whole.on_behalf_of if acting else ())

    def _event(self, iri: str, told: Iterable[tuple[str, Term]], kinds: Iterable[str]) -> Event:
        """The event of which this is told."""
        facts: dict[str, list[str]] = {}
        for predicate, term in told:
            facts.setdefault(predicate, []).append(text_of(term))
        first = {name: values[0] for name, values in facts.items()}
        kind = next((kind for kind in kinds if kind in self.event_kinds), "Event")
        roles = tuple((role, tuple(facts[AC + role])) for role in self.roles if AC + role in facts)
        return Event(
            iri=iri,
            kind=kind,
            roles=roles,
            date=first.get(AC + "edtf", first.get(AC + "earliest", "")),
            basis=first.get(AC + "basis", ""),
            source=first.get(DCTERMS + "source", ""),
            action=first.get(AC + "action", ""),
            on_behalf_of=tuple(facts.get(AC + "onBehalfOf", ())),
        )

    def document(self, iri: str) -> Document:
        """What is known of a document; its text is read by `value`."""
        return Document(
            iri=iri,
            title=self.value(iri, DCTERMS + "title") or self.value(iri, DCTERMS + "identifier") or iri,
            issued=self.value(iri, DCTERMS + "issued"),
            publisher=self.value(iri, DCTERMS + "publisher"),
            source=self.value(iri, SCHEMA + "url") or self.value(iri, DCTERMS + "source"),
        )

    def claims(self, iris: Iterable[str]) -> list[Claim]:
        """The claims with these IRIs, in their order."""
        events: dict[str, Event] = {}
        documents: dict[str, Document] = {}
        found = []
        for iri in iris:
            event, document = self.value(iri, AC + "about"), self.value(iri, AC + "inDocument")
            events.setdefault(event, self.event(event))
            documents.setdefault(document, self.document(document))
            found.append(self._claim(iri, events[event], documents[document]))
        return found

    def _claim(self, iri: str, event: Event, document: Document) -> Claim:
        sentence = self.value(iri, PROV + "wasQuotedFrom")
        trigger = self.value(iri, AC + "trigger")
        return Claim(
            iri=iri,
            event=event,
            document=document,
            modality=self.value(iri, AC + "modality").removeprefix(AC),
            polarity=self.value(iri, AC + "polarity").removeprefix(AC),
            claimant=self.value(iri, AC + "claimant"),
            relayed_by=tuple(self.values(iri, AC + "relayedBy")),
            confidence=self.value(iri, AC + "confidence"),
            method=self.value(iri, AC + "method"),
            evidence=ordered(self.values(iri, AC + "evidence")),
            sentence=self.value(sentence, NIF + "anchorOf"),
            span=self._span(sentence),
            trigger=self._span(trigger),
            fillers=tuple(self._filler(filler) for filler in self.values(iri, AC + "filler")),
        )

    def _span(self, iri: str) -> tuple[int, int]:
        begin, end = self.value(iri, NIF + "beginIndex"), self.value(iri, NIF + "endIndex")
        return (int(begin), int(end)) if begin and end else (0, 0)

    def _filler(self, iri: str) -> tuple[str, str, str, str]:
        parts = (self.value(iri, AC + name) for name in ("role", "entity", "method", "confidence"))
        role, entity, method, confidence = parts
        return role, entity, method, confidence


def _spelt(value: str | Sequence[str]) -> str | list[str]:
    """IRIs in angle brackets; what holds no colon stays, such as "-" for any."""
    if isinstance(value, str):
        return f"<{value}>" if ":" in value else value
    return [f"<{each}>" for each in value]


def node_of(iri: str) -> ox.NamedNode | None:
    """The node of an IRI that came from outside; None where it is no IRI."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None
