"""Fusion of a few documents that stand in no graph: for measures, and for whoever asks why two events are one or are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.fusion import knowledge, world
from kg.fusion.clustering import NOBODY, Judged
from kg.fusion.corpus import Corpus, reference_acts
from kg.fusion.deciding import Decider
from kg.fusion.features import Features
from kg.fusion.telling import Detail, Document, Reader
from kg.fusion.world import World
from kg.triples import facts_of


class Fuser:
    """Fuses documents by the reference data of a store."""

    def __init__(self, store: ox.Store, ontology: Path, judged: Judged = NOBODY) -> None:
        """Read the knowledge of fusion and the store's reference graph; raises OntologyError where the former is malformed."""
        self._store = store
        self._knowledge = knowledge.load(ontology)
        self._reader = Reader(self._knowledge)
        self._judged = judged
        self._world = world.read(store, texts=True)
        features = Features(self._knowledge, self._world, {})
        acts = reference_acts(store, self._reader, self._knowledge, self._world)
        self._known = [features.event(parts, Detail, reference=True) for parts in acts]

    def names(self, shards: Mapping[str, Iterable[ox.Quad]]) -> dict[str, str]:
        """By which IRI each event of the documents is known; the documents' quads are given by their IRIs."""
        documents = [self.read(document, quads) for document, quads in shards.items()]
        merged = {merge.member: merge.into for merge in self.decider(documents).all().merges}
        return {iri: merged.get(iri, iri) for document in documents for iri in document.tellings}

    def read(self, document: str, quads: Iterable[ox.Quad]) -> Document:
        """What a document tells, from the quads that it gave."""
        return self._reader.read(document, facts_of(quads))

    def decider(self, documents: Iterable[Document]) -> Decider:
        """What decides of the events of these documents."""
        told = list(documents)
        standing = self._with({item: above for document in told for item, above in document.categories.items()})
        corpus = Corpus(self._reader, lambda _: ())
        for document in told:
            corpus.add(document)
        events = corpus.events(Features(self._knowledge, standing, {}))
        return Decider([*self._known, *events], self._knowledge, standing, self._judged)

    def _with(self, categories: Mapping[str, Iterable[str]]) -> World:
        """The world, with the categories of weapons that only texts know."""
        if not categories:
            return self._world
        standing = world.read(self._store, texts=True)
        standing.learn(categories)
        return standing
