"""The tellings of all documents and of the reference data, and the events that they make."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

import pyoxigraph as ox

from kg import decisions
from kg.fusion.features import Event, Features, joined
from kg.fusion.knowledge import Knowledge
from kg.fusion.telling import OUTLINE, Detail, Document, Reader, Telling, facts_of
from kg.fusion.world import World
from kg.namespaces import AC, ACR, RDF, REFERENCE_GRAPH

DOCUMENTS = ACR + "document/"
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


def outlines(store: ox.Store, reader: Reader, knowledge: Knowledge, without: Collection[str]) -> Iterator[Document]:
    """What the documents in a store gave, but for some, as tellings without detail.

    What decisions changed in their graphs is undone first.
    """
    found: dict[str, set[ox.Quad]] = {}
    for quad in _outlining(store, knowledge):
        graph = quad.graph_name
        if isinstance(graph, ox.NamedNode) and graph.value.startswith(DOCUMENTS) and graph.value not in without:
            found.setdefault(graph.value, set()).add(quad)
    for document in decisions.changed(store) & found.keys():
        change = decisions.recorded(store, document)
        kept = frozenset(quad for quad in change.took_away if _outlines(quad, knowledge))
        found[document] = decisions.Difference(kept, change.put_in).undo(found[document])
    for document, quads in found.items():
        yield reader.read(document, facts_of(quads), detailed=False)


def _outlining(store: ox.Store, knowledge: Knowledge) -> Iterator[ox.Quad]:
    for name in OUTLINE:
        yield from store.quads_for_pattern(None, ox.NamedNode(name), None, None)
    for kind in knowledge.natures:
        yield from store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(AC + kind), None)


def _outlines(quad: ox.Quad, knowledge: Knowledge) -> bool:
    predicate, value = quad.predicate.value, quad.object
    if predicate == RDF + "type":
        return isinstance(value, ox.NamedNode) and value.value.removeprefix(AC) in knowledge.natures
    return predicate in OUTLINE


def reference_events(
    store: ox.Store, reader: Reader, knowledge: Knowledge, world: World, features: Features
) -> tuple[list[Event], Mapping[str, str]]:
    """The events of the store's reference graph; and of those that few parties did together, to which one each belongs.

    Such an act stands in the reference data once for each party. The first of them by IRI speaks for all.
    """
    graph = ox.NamedNode(REFERENCE_GRAPH)
    wanted = (quad for quad in _outlining(store, knowledge) if quad.graph_name == graph)
    tellings = reader.read(REFERENCE_GRAPH, facts_of(wanted), detailed=False).tellings
    together: dict[tuple[str, ...], list[Telling]] = {}
    for iri, telling in sorted(tellings.items()):
        treaties = telling.roles.get("treaty", set())
        joint = telling.kind in knowledge.joint and treaties and treaties <= world.few
        key = (telling.kind, *sorted(treaties), telling.earliest or "", telling.latest or "") if joint else (iri,)
        together.setdefault(key, []).append(telling)
    events = [features.event(_one(parts), Detail, reference=True) for parts in together.values()]
    belongs = {part.iri: parts[0].iri for parts in together.values() for part in parts[1:]}
    return events, belongs


def _one(parts: list[Telling]) -> list[Telling]:
    """The tellings of an act under the IRI of the first."""
    first = parts[0]
    return [Telling(first.iri, each.source, each.kind, each.roles, each.earliest, each.latest) for each in parts]
