"""What the graph tells of its events: each claim with its document.

Reads the default graph, which holds all that the others do; what differs from document to document (dates, fillers) is
read from the documents' own graphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import pyoxigraph as ox

from kg.model import Modality, Polarity
from kg.namespaces import AC, DCTERMS, RDF, SCHEMA
from kg.periods import first_day, last_day

T = TypeVar("T")
DEFAULT = ox.DefaultGraph()
ABOUT, TYPE = ox.NamedNode(AC + "about"), ox.NamedNode(RDF + "type")
CREDITS = SCHEMA + "sourceOrganization"
PART_OF = DCTERMS + "isPartOf"
MODALITIES = {AC + each.value: each for each in Modality}
POLARITIES = {AC + each.value: each for each in Polarity}
ROLES = ("agent", "participant", "supplier", "recipient", "target", "item", "treaty", "place", "topic")
DAYS = ("earliest", "latest")
OF_CLAIMS = ("about", "inDocument", "modality", "polarity", "claimant", "relayedBy", "method")
READ = {AC + name: name for name in (*ROLES, *DAYS, *OF_CLAIMS, "respondsTo")} | {RDF + "type": "type"}
"""The properties of claims and events that count here, with their local names."""
UNKNOWN = "9999"
"""The day of a document whose day is unknown: after all others."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document as the ground of claims."""

    iri: str
    day: str
    """The first day on which it may have appeared, as an ISO date; `UNKNOWN` where that is not known."""
    last: str
    """The last such day."""
    root: str
    """The earliest document that carries the same text; the document itself where it is no copy."""
    publisher: str | None
    agencies: tuple[str, ...]
    """The news agencies that it, or another document with the same text, credits with it."""
    first: str | None
    """The publisher of the root."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim about an event, as far as these computations read it."""

    claim: str
    source: Source
    modality: Modality
    polarity: Polarity
    claimant: str | None = None
    relays: tuple[str, ...] = ()


def roots(copies: Iterable[ox.Quad]) -> dict[str, str]:
    """For each document that is a copy the earliest of its cluster, from what says so as kg.copies.copy_quads does."""
    return {
        quad.subject.value: quad.object.value
        for quad in copies
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
    }


class Tellings:
    """The claims of a graph by their events, read thing by thing."""

    def __init__(self, store: ox.Store, copies: Mapping[str, str], *, keeps: bool = False) -> None:
        """`copies` gives, for each document that is a copy, the earliest of its cluster.

        `keeps` says whether to remember what was read of claims and events: where few of them are read, and often.
        """
        self.store = store
        self._keeps = keeps
        self._kept: dict[object, Any] = {}
        self._copies = copies
        self._sources: dict[str, Source] = {}
        self._credited: dict[str, tuple[str, ...]] = {}
        self._bodies: dict[str, tuple[tuple[str, str, str], ...]] = {}
        self._wholes: dict[str, frozenset[str]] = {}

    def events(self) -> Iterator[str]:
        """The events that claims tell: each once in a store that gives claims by what they are about, and as often as it likes else."""
        last = ""
        for quad in self.store.quads_for_pattern(None, ABOUT, None, DEFAULT):
            if isinstance(quad.object, ox.NamedNode) and quad.object.value != last:
                last = quad.object.value
                yield last

    def about(self, event: str) -> list[str]:
        """The IRIs of the claims about an event, sorted."""
        return sorted(self.those("about", event))

    def is_told(self, event: str) -> bool:
        """Whether a claim is about an event."""
        return next(self.store.quads_for_pattern(None, ABOUT, ox.NamedNode(event), DEFAULT), None) is not None

    def those(self, name: str, value: str) -> Iterator[str]:
        """The things that have this value of a property of the ontology."""
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(AC + name), ox.NamedNode(value), DEFAULT):
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value

    def has_any(self, thing: str, name: str) -> bool:
        """Whether a thing has a property of the ontology."""
        quads = self.store.quads_for_pattern(ox.NamedNode(thing), ox.NamedNode(AC + name), None, DEFAULT)
        return next(quads, None) is not None

    def has(self, thing: str, name: str, value: str) -> bool:
        """Whether a thing has this value of a property of the ontology."""
        return ox.Quad(ox.NamedNode(thing), ox.NamedNode(AC + name), ox.NamedNode(value)) in self.store

    def fellows(self, document: str) -> set[str]:
        """The documents that carry the same text as this one, itself among them."""
        root = self._copies.get(document, document)
        return {root, *self._members.get(root, ())}

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        """The copies of each document that has some."""
        found: dict[str, list[str]] = {}
        for copy, root in self._copies.items():
            found.setdefault(root, []).append(copy)
        return found

    def of(self, event: str) -> list[Telling]:
        """The claims about an event, sorted by day, document and IRI; those without document or modality are none."""
        found = [telling for claim in self.about(event) if (telling := self._telling(claim)) is not None]
        return sorted(found, key=lambda each: (each.source.day, each.source.iri, each.claim))

    def _telling(self, claim: str) -> Telling | None:
        facts = self.facts(claim)
        document = min(facts.get("inDocument", ()), default=None)
        modality = min(facts.get("modality", ()), default="")
        polarity = min(facts.get("polarity", ()), default="")
        if document is None or modality not in MODALITIES or polarity not in POLARITIES:
            return None
        return Telling(
            claim,
            self.source(document),
            MODALITIES[modality],
            POLARITIES[polarity],
            min(facts.get("claimant", ()), default=None),
            tuple(sorted(facts.get("relayedBy", ()))),
        )

    def facts(self, thing: str) -> dict[str, list[str]]:
        """What the graph says of a claim or an event with the properties that count here, by their local names."""
        return self.once(thing, lambda: self._facts(thing))

    def once(self, key: object, read: Callable[[], T]) -> T:
        """What is read, or what was read for this key before where that is kept."""
        if not self._keeps:
            return read()
        if key not in self._kept:
            self._kept[key] = read()
        kept: T = self._kept[key]
        return kept

    def _facts(self, thing: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for quad in self.store.quads_for_pattern(ox.NamedNode(thing), None, None, DEFAULT):
            name = READ.get(quad.predicate.value)
            if name is not None and isinstance(value := quad.object, ox.NamedNode | ox.Literal):
                found.setdefault(name, []).append(value.value)
        return found

    def word(self, claim: str) -> str:
        """The word of a claim's trigger, as its method names it."""
        return min(self.facts(claim).get("method", ()), default="").rpartition("/")[2]

    def source(self, document: str) -> Source:
        """A document, with what decides whose word it carries."""
        if document not in self._sources:
            root = self._copies.get(document, document)
            issued = self._values(document, DCTERMS + "issued")
            self._sources[document] = Source(
                document,
                min((first_day(each) or UNKNOWN for each in issued), default=UNKNOWN),
                max((last_day(each) or UNKNOWN for each in issued), default=UNKNOWN),
                root,
                min(self._values(document, DCTERMS + "publisher"), default=None),
                self._agencies(root),
                min(self._values(root, DCTERMS + "publisher"), default=None),
            )
        return self._sources[document]

    def _agencies(self, root: str) -> tuple[str, ...]:
        """The agencies that the texts of a root credit."""
        if root not in self._credited:
            found = {each for one in self.fellows(root) for each in self._values(one, CREDITS)}
            self._credited[root] = tuple(sorted(found))
        return self._credited[root]

    def speaks_for(self, agent: str, source: Source) -> tuple[str, ...]:
        """The states and organisations whose offices a person held when a document appeared; all where its day is unknown."""
        if agent not in self._bodies:
            self._bodies[agent] = tuple(sorted(self._tenures(agent)))
        first, last = ("", UNKNOWN) if source.day == UNKNOWN else (source.day, source.last)
        return tuple(dict.fromkeys(body for body, begin, end in self._bodies[agent] if begin <= last and end >= first))

    def wholes(self, body: str) -> frozenset[str]:
        """The states and organisations that a body is part of."""
        if body not in self._wholes:
            found, waiting = set[str](), [body]
            while waiting:
                above = self._values(waiting.pop(), PART_OF) - found
                found |= above
                waiting += above
            self._wholes[body] = frozenset(found)
        return self._wholes[body]

    def _tenures(self, agent: str) -> set[tuple[str, str, str]]:
        """Body, first and last day of each office of an agent."""
        found = set()
        for tenure in self._values(agent, AC + "holdsOffice"):
            begin = min(self._values(tenure, AC + "earliest"), default="")
            end = max(self._values(tenure, AC + "latest"), default=UNKNOWN)
            found |= {(body, begin, end) for body in self._values(tenure, AC + "officeOf")}
        return found

    def _values(self, subject: str, predicate: str) -> set[str]:
        """The values of a property of a thing, as texts."""
        quads = self.store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, DEFAULT)
        return {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode | ox.Literal)}
