"""What was decided of what documents gave, and how it is undone.

A document *gives* quads (its shard). What stands in its graph is *decided*: events that are one bear one IRI, judgements are applied.
Where the two differ, one record tells the difference, in DECISIONS_GRAPH, about the document:

    <document> ac:tookAway "N-Triples that the document gave and its graph does not hold" ;
               ac:putIn    "N-Triples that its graph holds and the document did not give" .

    given = (decided − put in) ∪ taken away

So the graph alone is enough to undo every decision exactly, also when the cache of what documents gave is gone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from kg.namespaces import AC, DECISIONS_GRAPH

GRAPH = ox.NamedNode(DECISIONS_GRAPH)
TOOK_AWAY, PUT_IN = ox.NamedNode(AC + "tookAway"), ox.NamedNode(AC + "putIn")


class Readable(Protocol):
    """A store as far as it is read here."""

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | None,
        predicate: ox.NamedNode | None,
        object: None,
        graph_name: ox.NamedNode | None = None,
        /,
    ) -> Iterator[ox.Quad]:
        """The quads with these parts; None is any."""
        ...


@dataclass(frozen=True, slots=True)
class Difference:
    """What decisions changed in a document's graph."""

    took_away: frozenset[ox.Quad]
    """Given, and not decided."""
    put_in: frozenset[ox.Quad]
    """Decided, and not given."""

    def undo(self, decided: Iterable[ox.Quad]) -> set[ox.Quad]:
        """What the document gave, from what stands in its graph."""
        return (set(decided) - self.put_in) | self.took_away


NOTHING = Difference(frozenset(), frozenset())


def difference(given: Collection[ox.Quad], decided: Collection[ox.Quad]) -> Difference:
    """What was changed between the two, which are quads of one document's graph."""
    before, after = frozenset(given), frozenset(decided)
    return Difference(before - after, after - before)


def record(document: str, change: Difference) -> list[ox.Quad]:
    """The quads of DECISIONS_GRAPH that let the change of this document's graph be undone; none where nothing changed.

    The lines stand in the order of their bytes, so that equal changes have equal records.
    """
    return record_lines(document, _written(change.took_away), _written(change.put_in))


def record_lines(document: str, took_away: Sequence[bytes], put_in: Sequence[bytes]) -> list[ox.Quad]:
    """The same for lines of canonical N-Triples, each list in the order of their bytes."""
    parts = ((TOOK_AWAY, took_away), (PUT_IN, put_in))
    node = ox.NamedNode(document)
    return [
        ox.Quad(node, predicate, ox.Literal(b"".join(lines).decode()), GRAPH) for predicate, lines in parts if lines
    ]


def recorded(store: Readable, document: str) -> Difference:
    """What decisions changed in this document's graph, as the store's records tell."""
    node, graph = ox.NamedNode(document), ox.NamedNode(document)
    took, put = (
        frozenset(
            ox.Quad(triple.subject, triple.predicate, triple.object, graph)
            for quad in store.quads_for_pattern(node, predicate, None, GRAPH)
            for triple in _read(quad.object)
        )
        for predicate in (TOOK_AWAY, PUT_IN)
    )
    return Difference(took, put)


def given(store: Readable, document: str) -> set[ox.Quad]:
    """What a document gave, from its graph and its record."""
    return recorded(store, document).undo(store.quads_for_pattern(None, None, None, ox.NamedNode(document)))


def changed(store: Readable) -> set[str]:
    """The IRIs of the documents whose graphs decisions changed."""
    quads = (quad for each in (TOOK_AWAY, PUT_IN) for quad in store.quads_for_pattern(None, each, None, GRAPH))
    return {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def _written(quads: Iterable[ox.Quad]) -> list[bytes]:
    """The triples of the quads as N-Triples, a line each, sorted."""
    return sorted(ox.serialize([quad.triple], format=ox.RdfFormat.N_TRIPLES) or b"" for quad in quads)


def _read(literal: object) -> Iterator[ox.Quad]:
    """The triples of a record's literal, in the default graph."""
    if isinstance(literal, ox.Literal):
        yield from ox.parse(literal.value, format=ox.RdfFormat.N_TRIPLES)
