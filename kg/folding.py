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
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg import decisions
from kg.fusion import deciding, knowledge, merging, world
from kg.fusion.clustering import Judged
from kg.fusion.corpus import reference_acts
from kg.fusion.features import Features
from kg.fusion.outlines import Outlines
from kg.fusion.renaming import Renamed, renamed
from kg.fusion.revising import Reviser
from kg.fusion.telling import READ, Reader
from kg.held import Held
from kg.identity import Identities, Settled, profiles, recording
from kg.judgements import Judgements
from kg.namespaces import DECISIONS_GRAPH
from kg.nearby import opened
from kg.store import Draft
from kg.store.canonical import canonical_triples
from kg.triples import Facts, facts_in, facts_of, wanted

WANTED = wanted(READ | profiles.READ)
"""The predicates that fusion and identity read."""


@dataclass(frozen=True, slots=True)
class Folded:
    """What a fold came to."""

    merged: int
    """Events that are told under another's IRI, in the whole graph."""


class Fold:
    """Takes what documents give, and lays what is decided into a draft."""

    def __init__(self, draft: Draft, ontology: Path, judgements: Judgements, *, anew: bool) -> None:
        """`anew` says that all must be decided anew: nothing was before, or it rests on something else now.

        Raises OntologyError where the knowledge of fusion is malformed, StoreError where the disk is full.
        """
        self._draft = draft
        self._ontology = ontology
        self._judgements = judgements
        self._knowledge = knowledge.load(ontology)
        self._reader = Reader(self._knowledge)
        self._held = Held(draft.path)
        path = draft.nearby()
        self._anew = anew or draft.began_empty or not path.exists()
        if self._anew:
            path.unlink(missing_ok=True)
        self._database = opened(path)
        judged = {"same": judgements.same, "different": judgements.different}
        self._identities = Identities(self._database, draft.store, ontology, **judged)
        self._world = world.read(draft.store)
        self._outlines = Outlines(self._database, self._world, Features(self._knowledge, self._world, {}))
        self._now: set[str] = set()
        """The documents that gave something."""
        self._gone: set[str] = set()
        self._changed: set[str] = set()
        """The events that changed documents gave before, or give now."""
        self._weapons: set[str] = set()
        """The weapons that these documents tell of."""
        self._old: set[ox.Quad] = set()
        """What the decisions said of documents that changed."""

    def give(self, document: str, triples: bytes) -> None:
        """A document gives this, canonical N-Triples, whatever it gave before."""
        self._forget(document)
        self._gone.discard(document)
        self._held.put(document, triples)
        judged = document in self._judgements.by_document
        facts = facts_of(self._judged(document)) if judged else facts_in(triples, WANTED)
        self._identities.give(document, facts)
        self._put(document, facts)

    def take(self, document: str) -> None:
        """A document goes, with all that it gave."""
        self._forget(document)
        self._gone.add(document)
        self._now.discard(document)
        self._identities.take(document)
        self._draft.drop_graph(document)

    def _put(self, document: str, facts: Facts) -> None:
        """Keep what a document tells now."""
        told = self._reader.read(document, facts)
        self._now.add(document)
        if not self._anew:
            self._changed |= told.tellings.keys()
            self._weapons |= told.categories.keys()
        self._outlines.put(told)

    def _read(self, document: str) -> None:
        """Keep anew what a document tells."""
        self._forget(document)
        self._put(document, facts_of(self._judged(document)))

    def _forget(self, document: str) -> None:
        """Keep in mind what a document gave until now, and what was decided of that."""
        self._changed.update(self._outlines.events_of(document))
        self._weapons |= self._outlines.categories(document).keys()
        self._outlines.drop(document)
        if self._draft.began_empty or document in self._now or document in self._gone:
            return
        store = self._draft.store
        self._old.update(decisions.record(document, decisions.recorded(store, document)))
        if document in self._judgements.by_document:
            self._old.update(self._judgements.told(document, decisions.given(store, document)))

    def settle(self) -> Folded:
        """Decide, and lay what was decided into the draft. Raises StoreError where the disk is full."""
        named = self._name()
        decided = self._decide()
        now = {merge.member: merge.into for merge in decided.merges}
        before = self._names(decided)
        other = {iri for iri in before.keys() | now.keys() if before.get(iri) != now.get(iri)}
        documents = set(self._now)
        if not self._draft.began_empty:
            documents.update(*map(self._outlines.documents_of, other))
        if self._anew:
            documents |= (decisions.changed(self._draft.store) | self._judgements.by_document.keys()) & self._known()
        self._outlines.decide(decided.about or (), now)
        told = (quad for document in sorted(documents) for quad in self._lay(document, now))
        merges = (quad for merge in decided.merges for quad in merging.merge_quads(merge, self._ontology))
        self._tell(chain(told, merges, named), decided.about)
        self._held.close()
        merged = self._outlines.merged()
        self._database.execute("COMMIT")
        self._database.close()
        return Folded(merged)

    def _names(self, decided: deciding.Decided) -> dict[str, str]:
        """By which IRIs the events that it was decided of were known until now."""
        if decided.about is None:
            return {} if self._draft.began_empty else merging.names(self._draft.store)
        return {iri: into for iri in decided.about if (into := self._outlines.into(iri)) is not None}

    def _name(self) -> list[ox.Quad]:
        """Decide which entities are one, and give what the decisions say of that.

        Documents whose entities go by other IRIs than before are taken to have changed.
        """
        if self._anew:
            self._read_all()
        settled = self._identities.settle(anew=self._anew)
        recorded = self._recorded(settled.about)
        for document in sorted((self._otherwise(settled, recorded) & self._known()) - self._now):
            (self._now.add if self._anew else self._read)(document)
        for document in sorted(self._known() if self._anew else self._now):
            renaming = self._identities.renaming(document)
            if renaming.names:
                self._outlines.rename(document, renaming.names, renaming.known)
                self._weapons |= self._outlines.categories(document).keys()
        self._old |= recorded
        return [quad for merge in settled.merges for quad in recording.merge_quads(merge, self._ontology)]

    def _recorded(self, about: Collection[str]) -> set[ox.Quad]:
        """What the decisions say of these entities until now; of all, where all is decided anew."""
        if self._draft.began_empty:
            return set()
        return recording.recorded(self._draft.store, None if self._anew else about)

    def _otherwise(self, settled: Settled, recorded: set[ox.Quad]) -> Set[str]:
        """The documents whose entities go by other IRIs than they did."""
        if not self._anew:
            return settled.documents
        before = recording.names(recorded)
        return {each for each in self._known() if before.get(each, {}) != self._identities.renaming(each).names}

    def _read_all(self) -> None:
        """Keep what all documents tell, and the events of the reference data."""
        self._outlines.put_reference(reference_acts(self._draft.store, self._reader, self._knowledge, self._world))
        for document in sorted(self._known() - self._now):
            facts = facts_of(self._judged(document))
            self._identities.give(document, facts)
            self._outlines.put(self._reader.read(document, facts))

    def _decide(self) -> deciding.Decided:
        """Decide which events are one."""
        judged = Judged(self._judgements.same, self._judgements.different)
        reviser = Reviser(self._database, self._outlines, self._knowledge, self._world, judged)
        if self._anew:
            return reviser.all()
        weapons = (reviser.with_item(weapon) for weapon in self._weapons)
        return reviser.around(self._changed.union(*weapons))

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

    def _lay(self, document: str, now: Mapping[str, str]) -> Iterator[ox.Quad]:
        """Lay what is decided of a document into its graph, and give what the decisions say of it."""
        told = self._outlines.events_of(document)
        known = ((iri, now.get(iri) if self._anew else self._outlines.into(iri)) for iri in told)
        names = {iri: into or iri for iri, into in known}
        judged = document in self._judgements.by_document
        renaming = self._identities.renaming(document)
        if document in self._held and not judged and not renaming.names:
            yield from self._rename(document, self._held.triples(document), names)
            return
        given = self._given(document)
        if not self._anew and document not in self._now:
            self._old.update(decisions.record(document, decisions.recorded(self._draft.store, document)))
            self._old.update(self._judgements.told(document, given))
        if not judged and not renaming.names:
            yield from self._rename(document, canonical_triples(given), names)
            return
        entities = renaming.apply(self._judgements.apply(document, given))
        change = self._renamed(canonical_triples(entities), names)
        self._place(document, change.triples)
        parsed = ox.parse(change.triples, format=ox.RdfFormat.N_TRIPLES)
        decided = [ox.Quad(each.subject, each.predicate, each.object, ox.NamedNode(document)) for each in parsed]
        yield from decisions.record(document, decisions.difference(given, decided))
        yield from self._judgements.told(document, given)

    def _rename(self, document: str, triples: bytes, names: Mapping[str, str]) -> list[ox.Quad]:
        """Lay what a document gave under the IRIs that were decided; gives its record."""
        change = self._renamed(triples, names)
        self._place(document, change.triples)
        return decisions.record_lines(document, change.took_away, change.put_in)

    def _renamed(self, triples: bytes, names: Mapping[str, str]) -> Renamed:
        return renamed(triples, {iri: name for iri, name in names.items() if name != iri}, names)

    def _place(self, document: str, triples: bytes) -> None:
        self._draft.place_graph(document, triples, (triples.count(b"\n"), hashlib.sha256(triples).hexdigest()))

    def _tell(self, told: Iterable[ox.Quad], about: frozenset[str] | None) -> None:
        """Make the decisions tell this."""
        if about is None:
            everything = chain(told, self._judgements.told_of_others)
            (self._draft.fill_graph if self._draft.began_empty else self._draft.replace_graph)(
                DECISIONS_GRAPH, everything
            )
            return
        new, store = set(told), self._draft.store
        old = {
            quad
            for iri in about
            for quad in store.quads_for_pattern(ox.NamedNode(merging.merge_iri(iri)), None, None, decisions.GRAPH)
        }
        old |= self._old
        if old != new:
            self._draft.amend_graph(DECISIONS_GRAPH, old - new, new - old)
