"""What the graph tells of its events: each claim with its document, read once for all that is computed of them.

Reads the default graph, which holds all that the others do; what differs from document to document (dates, fillers) is
read from the documents' own graphs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.model import Modality, Polarity
from kg.namespaces import AC, DCTERMS, SCHEMA
from kg.periods import first_day, last_day

DEFAULT = ox.DefaultGraph()
MODALITIES = {AC + each.value: each for each in Modality}
POLARITIES = {AC + each.value: each for each in Polarity}
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


class Tellings:
    """The claims of a graph by their events."""

    def __init__(self, store: ox.Store, copies: Mapping[str, str]) -> None:
        """`copies` gives, for each document that is a copy, the earliest of its cluster."""
        self.store = store
        self._copies = copies
        self._columns: dict[str, dict[str, list[str]]] = {}
        self._sources: dict[str, Source] = {}
        self._bodies: dict[str, tuple[tuple[str, str, str], ...]] = {}

    @cached_property
    def claims(self) -> dict[str, list[str]]:
        """The IRIs of the claims about each event."""
        found: dict[str, list[str]] = {}
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(AC + "about"), None, DEFAULT):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                found.setdefault(quad.object.value, []).append(quad.subject.value)
        return found

    @cached_property
    def _agencies(self) -> dict[str, set[str]]:
        """The agencies that the texts of each root credit."""
        found: dict[str, set[str]] = {}
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(SCHEMA + "sourceOrganization"), None, DEFAULT):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                root = self._copies.get(quad.subject.value, quad.subject.value)
                found.setdefault(root, set()).add(quad.object.value)
        return found

    def of(self, event: str) -> list[Telling]:
        """The claims about an event, sorted by day, document and IRI; those without document or modality are none."""
        found = [telling for claim in self.claims.get(event, ()) if (telling := self._telling(claim)) is not None]
        return sorted(found, key=lambda each: (each.source.day, each.source.iri, each.claim))

    def _telling(self, claim: str) -> Telling | None:
        document = min(self.column("inDocument").get(claim, ()), default=None)
        modality = min(self.column("modality").get(claim, ()), default="")
        polarity = min(self.column("polarity").get(claim, ()), default="")
        if document is None or modality not in MODALITIES or polarity not in POLARITIES:
            return None
        return Telling(
            claim,
            self.source(document),
            MODALITIES[modality],
            POLARITIES[polarity],
            min(self.column("claimant").get(claim, ()), default=None),
            tuple(sorted(self.column("relayedBy").get(claim, ()))),
        )

    def column(self, name: str) -> dict[str, list[str]]:
        """All values of a property of the ontology by their things: read at once, for claims and events alone have them."""
        if name not in self._columns:
            found: dict[str, list[str]] = {}
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(AC + name), None, DEFAULT):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                    found.setdefault(quad.subject.value, []).append(quad.object.value)
            self._columns[name] = found
        return self._columns[name]

    def word(self, claim: str) -> str:
        """The word of a claim's trigger, as its method names it."""
        return min(self._values(claim, AC + "method"), default="").rpartition("/")[2]

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
                tuple(sorted(self._agencies.get(root, ()))),
                min(self._values(root, DCTERMS + "publisher"), default=None),
            )
        return self._sources[document]

    def speaks_for(self, agent: str, source: Source) -> tuple[str, ...]:
        """The states and organisations whose offices a person held when a document appeared; all where its day is unknown."""
        if agent not in self._bodies:
            self._bodies[agent] = tuple(sorted(self._tenures(agent)))
        first, last = ("", UNKNOWN) if source.day == UNKNOWN else (source.day, source.last)
        return tuple(dict.fromkeys(body for body, begin, end in self._bodies[agent] if begin <= last and end >= first))

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
