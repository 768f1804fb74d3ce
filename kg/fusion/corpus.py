"""The tellings of all documents and of the reference data, and the events that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pyoxigraph as ox

from kg.fusion.features import Event, Features, joined
from kg.fusion.knowledge import Knowledge
from kg.fusion.telling import OUTLINE, Detail, Document, Reader, Telling
from kg.fusion.world import World
from kg.namespaces import AC, RDF, REFERENCE_GRAPH
from kg.triples import facts_of

Quads = Callable[[str], Iterable[ox.Quad]]
"""What a document gave, by its IRI."""


class Corpus:
    """Tellings by the IRI of their event."""

    def __init__(self, reader: Reader, quads: Quads) -> None:
        """`quads` gives what a document gave, for tellings that were added without their detail."""
        self._reader = reader
        self._quads = quads
        self._tellings: dict[str, list[Telling]] = {}
        self._events: dict[str, tuple[str, ...]] = {}
        self._read: dict[str, Document] = {}

    def add(self, document: Document) -> None:
        """Take in what a document tells."""
        self._events[document.source.iri] = tuple(document.tellings)
        for iri, telling in document.tellings.items():
            self._tellings.setdefault(iri, []).append(telling)

    def events_of(self, document: str) -> tuple[str, ...]:
        """The events that a document gives."""
        return self._events.get(document, ())

    def events(self, features: Features) -> Iterator[Event]:
        """The events of documents."""
        for iri, tellings in self._tellings.items():
            yield features.event(tellings, partial(self._details, iri))

    def _details(self, iri: str) -> Detail:
        return joined([each.detail or self._detail(each) for each in self._tellings[iri]])

    def _detail(self, telling: Telling) -> Detail:
        document = telling.source.iri
        if document not in self._read:
            self._read[document] = self._reader.read(document, facts_of(self._quads(document)))
        return self._read[document].tellings[telling.iri].detail or Detail()


def reference_acts(store: ox.Store, reader: Reader, knowledge: Knowledge, world: World) -> list[list[Telling]]:
    """The events of the store's reference graph, each as tellings of one IRI.

    An act that few parties did together stands in the reference data once for each party. The first of them by IRI speaks for all.
    """
    tellings = reader.read(REFERENCE_GRAPH, facts_of(_outlining(store, knowledge)), detailed=False).tellings
    together: dict[tuple[str, ...], list[Telling]] = {}
    for iri, telling in sorted(tellings.items()):
        treaties = telling.roles.get("treaty", set())
        joint = telling.kind in knowledge.joint and treaties and treaties <= world.few
        key = (telling.kind, *sorted(treaties), telling.earliest or "", telling.latest or "") if joint else (iri,)
        together.setdefault(key, []).append(telling)
    return [_one(parts) for parts in together.values()]


def _outlining(store: ox.Store, knowledge: Knowledge) -> Iterator[ox.Quad]:
    """What the reference graph says of events."""
    graph = ox.NamedNode(REFERENCE_GRAPH)
    for name in OUTLINE:
        yield from store.quads_for_pattern(None, ox.NamedNode(name), None, graph)
    for kind in knowledge.natures:
        yield from store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(AC + kind), graph)


def _one(parts: list[Telling]) -> list[Telling]:
    """The tellings of an act under the IRI of the first."""
    first = parts[0]
    return [Telling(first.iri, each.source, each.kind, each.roles, each.earliest, each.latest) for each in parts]
