"""Which events were merged and why, and why two others were not: rows for kg merges.

told = Merges(snapshot.store, settings().ontology, "en")
told.merged()                       # all merges, cluster by cluster
told.merged("acr:event/…")          # those of one event, by its IRI or a member's
told.compared(one, other)           # two events compared anew
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from kg import decisions
from kg.errors import CallError
from kg.fusion import Fuser, merging
from kg.fusion.telling import Document
from kg.namespaces import AC, ACR, RDF
from kg.store.quads import Quads

DOCUMENTS = ACR + "document/"


@dataclass(frozen=True, slots=True)
class Merged:
    """An event that goes by another's IRI."""

    event: str
    """The IRI by which it is known."""
    member: str
    """The IRI that documents give it."""
    closest: str
    """The member that it is likest to."""
    score: float
    reason: str
    likenesses: tuple[str, ...]
    documents: tuple[str, ...]
    """The identifiers of those that give it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two events compared."""

    one: str
    other: str
    merged: bool
    """Whether both go by one IRI in the graph."""
    excluded: str
    """What makes it impossible that both are one; empty where nothing does."""
    score: float
    reason: str
    likenesses: tuple[str, ...]


class Merges:
    """Questions to a graph on what was merged."""

    def __init__(self, store: Quads, ontology: Path, language: str) -> None:
        """`language` is that of the reasons."""
        self._store = cast("ox.Store", store)  # whatever the store is, it is only asked for patterns
        self._ontology = ontology
        self._language = language

    def merged(self, event: str | None = None) -> list[Merged]:
        """The merges of the graph, or of one event; by the event's IRI, then from the likeliest on.

        Raises CallError where the event is no event of the graph.
        """
        names = merging.names(self._store)
        wanted = None if event is None else self._known_as(_iri(event), names)
        rows = [self._row(member, into) for member, into in names.items() if wanted in (None, into)]
        return sorted(rows, key=lambda row: (row.event, -row.score, row.member))

    def compared(self, one: str, other: str) -> Compared:
        """Two events, by the IRIs that documents give them or by which they are known, compared as a build compares them.

        Raises CallError where one is no event of the graph.
        """
        first, second = _iri(one), _iri(other)
        names = merging.names(self._store)
        known = [self._known_as(each, names) for each in (first, second)]
        fuser = Fuser(self._store, self._ontology)
        decider = fuser.decider(self._documents(fuser, known))
        found = decider.compare(first, second)
        if found is None:
            raise CallError(f"No document gives both {one} and {other} by these IRIs.", "kg merges lists the members.")
        reason = merging.reason(found.likenesses, self._language, self._ontology)
        likenesses = tuple(map(str, found.likenesses))
        return Compared(
            first, second, known[0] == known[1], found.excluded or "", round(found.score, 3), reason, likenesses
        )

    def _documents(self, fuser: Fuser, events: list[str]) -> list[Document]:
        """What the documents gave that tell of these events."""
        graphs = {
            quad.graph_name.value
            for event in events
            for quad in self._store.quads_for_pattern(ox.NamedNode(event), ox.NamedNode(RDF + "type"), None, None)
            if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(DOCUMENTS)
        }
        return [fuser.read(document, decisions.given(self._store, document)) for document in sorted(graphs)]

    def _known_as(self, event: str, names: dict[str, str]) -> str:
        """The IRI by which an event is known."""
        known = names.get(event, event)
        if next(iter(self._store.quads_for_pattern(ox.NamedNode(known), None, None, None)), None) is None:
            raise CallError(f"The graph holds no event {event}.", "kg merges lists those that were merged.")
        return known

    def _row(self, member: str, into: str) -> Merged:
        node = ox.NamedNode(merging.merge_iri(member))
        facts: dict[str, list[ox.NamedNode | ox.Literal]] = {}
        for quad in self._store.quads_for_pattern(node, None, None, decisions.GRAPH):
            if isinstance(quad.object, ox.NamedNode | ox.Literal):
                facts.setdefault(quad.predicate.value.removeprefix(AC), []).append(quad.object)
        reasons = (each for each in facts.get("reason", ()) if isinstance(each, ox.Literal))
        return Merged(
            into,
            member,
            next((each.value for each in facts.get("comparedWith", ())), ""),
            float(next((each.value for each in facts.get("score", ())), "0")),
            next((each.value for each in reasons if each.language == self._language), ""),
            tuple(sorted(each.value for each in facts.get("likeness", ()))),
            tuple(sorted(each.value.removeprefix(DOCUMENTS) for each in facts.get("toldIn", ()))),
        )


def _iri(event: str) -> str:
    """An event's IRI, written in full or with the prefix acr:."""
    return ACR + event.removeprefix("acr:") if event.startswith("acr:") else event
