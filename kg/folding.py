"""The fold: what stands in the graphs of documents, from what the documents gave.

    decided = fuse(judge(given))

A document's quads come as they were given, and judgements on its claims are applied. Entities that only texts name and that are one
get one IRI (kg/identity/); then events that are one, in whatever documents or in the reference data, get one (kg/fusion/). What comes of
it depends on what all documents gave, on reference data, judgements and the knowledge in ontology/fusion/ and ontology/identity/
alone, and not on the order or the number of changes in which it came about. After a change of few documents only what it can reach is
decided anew. How each graph differs from what was given is recorded (kg/decisions.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import decisions
from kg.fusion import deciding, knowledge, merging, world
from kg.fusion.clustering import Judged
from kg.fusion.corpus import Corpus, outlines, reference_events
from kg.fusion.features import Event, Features
from kg.fusion.renaming import Renamed, renamed
from kg.fusion.telling import Document, Reader, facts_in, facts_of
from kg.held import Held
from kg.identity import Identities, recording
from kg.judgements import Judgements
from kg.namespaces import AC, DECISIONS_GRAPH
from kg.store import Draft
from kg.store.canonical import canonical_triples

IN_TEXTS = f"<{AC}reconciled>".encode()
"""Stands in what a document gives of entities that only texts name."""


@dataclass(frozen=True, slots=True)
class Folded:
    """What a fold came to."""

    merged: int
    """Events that are told under another's IRI, in the whole graph."""


class Fold:
    """Takes what documents give, and lays what is decided into a draft."""

    def __init__(self, draft: Draft, ontology: Path, judgements: Judgements, *, anew: bool) -> None:
        """`anew` says that all must be decided anew: nothing was before, or it rests on something else now.

        Raises OntologyError where the knowledge of fusion is malformed.
        """
        self._draft = draft
        self._ontology = ontology
        self._judgements = judgements
        self._anew = anew or draft.began_empty
        self._knowledge = knowledge.load(ontology)
        self._reader = Reader(self._knowledge)
        self._held = Held(draft.path)
        judged = {"same": judgements.same, "different": judgements.different}
        self._identities = Identities(draft.store, ontology, **judged)
        self._now: dict[str, Document] = {}
        self._before: dict[str, Document] = {}
        self._gone: set[str] = set()
        self._old: set[ox.Quad] = set()
        """What the decisions said of documents that changed."""

    def give(self, document: str, triples: bytes) -> None:
        """A document gives this, canonical N-Triples, whatever it gave before."""
        self._forget(document)
        self._gone.discard(document)
        self._held.put(document, triples)
        judged = document in self._judgements.by_document
        quads = self._judged(document) if judged or IN_TEXTS in triples else ()
        self._identities.give(document, quads)
        self._now[document] = self._reader.read(document, facts_of(quads) if judged else facts_in(triples))

    def take(self, document: str) -> None:
        """A document goes, with all that it gave."""
        self._forget(document)
        self._gone.add(document)
        self._identities.take(document)
        self._draft.drop_graph(document)

    def _forget(self, document: str) -> None:
        """Keep in mind what a document gave until now, and what was decided of that."""
        if self._draft.began_empty or document in self._before or document in self._now or document in self._gone:
            return
        store = self._draft.store
        given = decisions.given(store, document)
        self._old.update(decisions.record(document, decisions.recorded(store, document)))
        self._old.update(self._judgements.told(document, given))
        facts = facts_of(self._judgements.apply(document, given))
        self._before[document] = self._reader.read(document, facts, detailed=False)

    def settle(self) -> Folded:
        """Decide, and lay what was decided into the draft. Raises StoreError where the disk is full."""
        before = {} if self._draft.began_empty else merging.names(self._draft.store)
        named = self._name()
        decided = self._decide()
        now = {merge.member: merge.into for merge in decided.merges}
        if decided.about is not None:
            now |= {member: into for member, into in before.items() if member not in decided.about}
        other = {iri for iri in before.keys() | now.keys() if before.get(iri) != now.get(iri)}
        documents = {*self._now, *self._telling(other)}
        if self._anew:
            documents |= (decisions.changed(self._draft.store) | self._judgements.by_document.keys()) & self._known()
        told = [quad for document in sorted(documents) for quad in self._lay(document, now)]
        merges = [quad for merge in decided.merges for quad in merging.merge_quads(merge, self._ontology)]
        merges += named
        self._tell(told, merges, decided.about)
        self._held.close()
        return Folded(len(now))

    def _name(self) -> list[ox.Quad]:
        """Decide which entities are one, and give what the decisions say of that.

        Documents whose entities go by other IRIs than before are taken to have changed.
        """
        self._renaming = self._identities.settle(self._judged)
        recorded = set() if self._draft.began_empty else recording.recorded(self._draft.store)
        before = recording.names(recorded)
        for document in sorted(self._known() - self._now.keys()):
            if before.get(document, {}) != self._renaming.names(document):
                self._forget(document)
                self._now[document] = self._reader.read(document, facts_of(self._judged(document)))
        for document, telling in self._before.items():
            telling.rename(before.get(document, {}), self._identities.known)
        for document, telling in self._now.items():
            telling.rename(self._renaming.names(document), self._identities.known)
        self._old |= recorded
        return [quad for merge in self._renaming.merges for quad in recording.merge_quads(merge, self._ontology)]

    def _decide(self) -> deciding.Decided:
        """Decide which events are one."""
        store = self._draft.store
        standing = world.read(store, without=self._now.keys())
        for document in self._now.values():
            standing.learn(document.categories)
        features = Features(self._knowledge, standing, {})
        self._corpus = Corpus(self._reader, self._judged)
        for document in self._documents():
            self._corpus.add(document)
        known, _ = reference_events(store, self._reader, self._knowledge, standing, features)
        events = {event.iri: event for event in (*known, *self._corpus.events(features))}
        judged = Judged(self._judgements.same, self._judgements.different)
        decider = deciding.Decider(events.values(), self._knowledge, standing, judged)
        self._events = events
        if self._anew:
            return decider.all()
        return decider.around(*self._change(events, features))

    def _documents(self) -> Iterator[Document]:
        """What all documents of the graph give, judged."""
        yield from self._now.values()
        if self._draft.began_empty:
            return
        judged = (self._judgements.by_document.keys() & self._known()) - self._now.keys()
        apart = {*self._now, *self._gone, *judged}
        others = outlines(self._draft.store, self._reader, self._knowledge, apart)
        again = (self._reader.read(document, facts_of(self._judged(document))) for document in sorted(judged))
        for each in (*others, *again):
            each.rename(self._renaming.names(each.source.iri), self._identities.known)
            yield each

    def _known(self) -> set[str]:
        """The documents of the draft."""
        return {record.iri for record in self._draft.documents.values()}

    def _judged(self, document: str) -> Collection[ox.Quad]:
        return self._judgements.apply(document, self._given(document))

    def _given(self, document: str) -> Collection[ox.Quad]:
        """What a document gives."""
        if document in self._held:
            return self._held.quads(document)
        return decisions.given(self._draft.store, document)

    def _change(self, events: dict[str, Event], features: Features) -> tuple[list[Event], list[Event]]:
        """The events that changed documents gave before, and those that they give now, or whose weapons they tell of."""
        old = Corpus(self._reader, self._judged)
        for document in self._before.values():
            old.add(document)
        before = list(old.events(features))
        touched = {event.iri for event in before}
        touched |= {iri for document in self._now.values() for iri in document.tellings}
        weapons = {each for document in (*self._before.values(), *self._now.values()) for each in document.categories}
        touched |= {iri for iri, event in events.items() if weapons & event.roles.get("item", frozenset())}
        return before, [events[iri] for iri in sorted(touched & events.keys())]

    def _telling(self, events: Iterable[str]) -> set[str]:
        """The documents that give one of these events."""
        return {source.iri for iri in events if iri in self._events for source in self._events[iri].sources}

    def _lay(self, document: str, names: dict[str, str]) -> Iterator[ox.Quad]:
        """Lay what is decided of a document into its graph, and give what the decisions say of it."""
        judged = document in self._judgements.by_document
        if document in self._held and not judged and not self._renaming.names(document):
            yield from self._rename(document, self._held.triples(document), names)
            return
        given = self._given(document)
        if not self._anew and document not in self._now:
            self._old.update(decisions.record(document, decisions.recorded(self._draft.store, document)))
            self._old.update(self._judgements.told(document, given))
        if not judged and not self._renaming.names(document):
            yield from self._rename(document, canonical_triples(given), names)
            return
        entities = self._renaming.apply(document, self._judgements.apply(document, given))
        change = self._renamed(document, canonical_triples(entities), names)
        self._place(document, change.triples)
        parsed = ox.parse(change.triples, format=ox.RdfFormat.N_TRIPLES)
        decided = [ox.Quad(each.subject, each.predicate, each.object, ox.NamedNode(document)) for each in parsed]
        yield from decisions.record(document, decisions.difference(given, decided))
        yield from self._judgements.told(document, given)

    def _rename(self, document: str, triples: bytes, names: dict[str, str]) -> list[ox.Quad]:
        """Lay what a document gave under the IRIs that were decided; gives its record."""
        change = self._renamed(document, triples, names)
        self._place(document, change.triples)
        return decisions.record_lines(document, change.took_away, change.put_in)

    def _renamed(self, document: str, triples: bytes, names: dict[str, str]) -> Renamed:
        told = self._corpus.events_of(document)
        return renamed(
            triples, {iri: names[iri] for iri in told if iri in names}, {iri: names.get(iri, iri) for iri in told}
        )

    def _place(self, document: str, triples: bytes) -> None:
        self._draft.place_graph(document, triples, (triples.count(b"\n"), hashlib.sha256(triples).hexdigest()))

    def _tell(self, told: list[ox.Quad], merges: list[ox.Quad], about: frozenset[str] | None) -> None:
        """Make the decisions tell this."""
        if about is None:
            self._draft.replace_graph(DECISIONS_GRAPH, [*told, *merges, *self._judgements.told_of_others])
            return
        store = self._draft.store
        old = {
            quad
            for iri in about
            for quad in store.quads_for_pattern(ox.NamedNode(merging.merge_iri(iri)), None, None, decisions.GRAPH)
        }
        old |= self._old
        new = {*told, *merges}
        if old != new:
            self._draft.amend_graph(DECISIONS_GRAPH, old - new, new - old)
