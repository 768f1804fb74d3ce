"""Suggestions to reconcile: entities that only texts name, with the entities of the reference data that they may be."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.identity.categories import broader_of
from kg.identity.comparing import Comparison
from kg.identity.deciding import NOBODY, Decider, IriPairs
from kg.identity.entities import Entity
from kg.identity.knowledge import load
from kg.identity.profiles import Profile, Profiles
from kg.identity.telling import reason
from kg.namespaces import AC, REFERENCE_GRAPH, SKOS

if TYPE_CHECKING:
    from kg.store.quads import Quads

MOST = 3
"""Candidates that are told of one entity."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity of the reference data that another may be."""

    iri: str
    name: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entity that only texts name, and what it may be, the likeliest first."""

    iri: str
    name: str
    kind: str
    documents: int
    """How many documents name it."""
    candidates: tuple[Candidate, ...]


class Reconciler:
    """Compares what only texts name with what the reference data knows."""

    def __init__(
        self,
        store: Quads,
        ontology: Path,
        *,
        same: IriPairs = NOBODY,
        different: IriPairs = NOBODY,
        language: str = "en",
    ) -> None:
        """`same` and `different` are pairs that a reviewer judged: they are not suggested again."""
        knowledge = load(ontology)
        self._store, self._ontology, self._language = store, ontology, language
        self._reader = Profiles(knowledge)
        self._least = knowledge.suggest
        self._judged = same | different
        self._decider = Decider(knowledge, self._reader.of_reference(store), broader(store), same, different)

    def suggestions(self, kinds: Collection[str] = (), least: float | None = None) -> list[Suggestion]:
        """What is suggested for entities of these kinds (all, where none is named), the surest first.

        `least` is the least score that is told, if it is above the one that ontology/identity/names.yaml names.
        """
        profiles = [each for each in self._profiles() if not kinds or each.kind in kinds]
        whole, alone = self._decider.divided(profiles)
        found: dict[str, dict[str, tuple[Comparison, Entity]]] = {}
        told: dict[str, Entity] = dict(whole)
        for entity, known, comparison in self._decider.suggestions(whole):
            found.setdefault(entity.iri, {})[known.iri] = (comparison, known)
        for entity in alone:
            for comparison, known in self._decider.surnames(entity):
                _keep(found.setdefault(entity.iri, {}), comparison, known)
                told.setdefault(entity.iri, entity)
        floor = max(self._least, least or 0.0)
        counts = {iri: len({each.document for each in profiles if each.iri == iri}) for iri in found}
        suggested = (self._suggestion(told[iri], found[iri], counts[iri], floor) for iri in sorted(found))
        return sorted(filter(None, suggested), key=lambda each: (-each.candidates[0].score, each.iri))

    def _profiles(self) -> Iterator[Profile]:
        graphs = {
            quad.graph_name for quad in self._store.quads_for_pattern(None, ox.NamedNode(AC + "reconciled"), None)
        }
        for graph in sorted((each for each in graphs if isinstance(each, ox.NamedNode)), key=lambda each: each.value):
            if graph.value != REFERENCE_GRAPH:
                yield from self._reader.of_graph(graph, self._store)

    def _suggestion(
        self, entity: Entity, found: dict[str, tuple[Comparison, Entity]], documents: int, floor: float
    ) -> Suggestion | None:
        """The suggestion for an entity; None where nothing reaches the floor, or all was judged."""
        open_ = [pair for iri, pair in found.items() if frozenset((entity.iri, iri)) not in self._judged]
        ranked = sorted(
            (pair for pair in open_ if pair[0].score >= floor), key=lambda pair: (-pair[0].score, pair[1].iri)
        )
        candidates = tuple(
            Candidate(
                known.iri, self._name(known), comparison.score, reason(comparison, self._language, self._ontology)
            )
            for comparison, known in ranked[:MOST]
        )
        if not candidates:
            return None
        return Suggestion(entity.iri, entity.names[0], entity.kind, documents, candidates)

    def _name(self, entity: Entity) -> str:
        """The name of an entity of the reference data in the language asked for."""
        labels = self._store.quads_for_pattern(ox.NamedNode(entity.iri), ox.NamedNode(SKOS + "prefLabel"), None)
        told = {quad.object.language or "": quad.object.value for quad in labels if isinstance(quad.object, ox.Literal)}
        return told.get(self._language) or min(told.values(), default=entity.names[0])


def broader(store: Quads) -> dict[str, frozenset[str]]:
    """All categories above each weapon category that the store knows."""
    return broader_of(
        store.quads_for_pattern(None, ox.NamedNode(SKOS + "broader"), None, ox.NamedNode(REFERENCE_GRAPH))
    )


def _keep(found: dict[str, tuple[Comparison, Entity]], comparison: Comparison, known: Entity) -> None:
    """Keep the better of two comparisons with one entity."""
    if known.iri not in found or found[known.iri][0].score < comparison.score:
        found[known.iri] = (comparison, known)
