"""What is decided of the entities of a whole graph, after a change of any of its documents.

Names are compared first, for they alone are cheap to come by. What texts say of persons beside their names is read only where
names come so near that it can decide. The outcome depends on all that documents give, and not on the order of changes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg import decisions
from kg.identity.categories import broader_of
from kg.identity.deciding import NOBODY, Decider, IriPairs
from kg.identity.knowledge import load
from kg.identity.profiles import Profile, Profiles
from kg.identity.renaming import Renaming
from kg.namespaces import AC, DCTERMS, RDF, REFERENCE_GRAPH, SKOS

Given = Callable[[str], Iterable[ox.Quad]]
"""What a document of the store gave, by its IRI."""
_RECONCILED, _ISSUED = ox.NamedNode(AC + "reconciled"), ox.NamedNode(DCTERMS + "issued")
_OWN = tuple(
    map(
        ox.NamedNode,
        (RDF + "type", SKOS + "prefLabel", SKOS + "altLabel", AC + "originState", AC + "category", AC + "reconciled"),
    )
)
"""What a document says of an entity that only texts name."""


class Identities:
    """Decides which entities of a store's documents are one."""

    def __init__(
        self, store: ox.Store, ontology: Path, *, same: IriPairs = NOBODY, different: IriPairs = NOBODY
    ) -> None:
        """`same` and `different` are pairs that a reviewer judged. Raises OntologyError where the knowledge of names is malformed."""
        knowledge = load(ontology)
        self._store = store
        self._reader = Profiles(knowledge)
        self._same, self._different, self._knowledge = same, different, knowledge
        self._now: dict[str, list[Profile]] = {}
        self._gone: set[str] = set()
        self.known: Collection[str] = ()
        """The IRIs of the reference data's entities, once it is settled."""

    def give(self, document: str, quads: Iterable[ox.Quad]) -> None:
        """A document gives this, whatever it gave before."""
        self._gone.discard(document)
        self._now[document] = self._reader.of_document(document, quads)

    def take(self, document: str) -> None:
        """A document goes."""
        self._now.pop(document, None)
        self._gone.add(document)

    def settle(self, given: Given) -> Renaming:
        """What is decided of all entities. `given` gives the quads of documents that were not given here."""
        graph = ox.NamedNode(REFERENCE_GRAPH)
        broader = broader_of(self._store.quads_for_pattern(None, ox.NamedNode(SKOS + "broader"), None, graph))
        known = self._reader.of_reference(self._store)
        decider = Decider(self._knowledge, known, broader, self._same, self._different)
        self.known = decider.known.keys()
        outlines = list(self._outlines(self._now.keys() | self._gone))
        given_now = [each for told in self._now.values() for each in told]
        near = decider.undecided([*given_now, *outlines])
        profiles = [each for each in given_now if each.iri in near]
        for document in sorted({each.document for each in outlines if each.iri in near}):
            profiles += [each for each in self._reader.of_document(document, given(document)) if each.iri in near]
        return Renaming(decider.decide(profiles))

    def _outlines(self, without: Collection[str]) -> Iterator[Profile]:
        """The entities that documents of the store gave, but for some, with their names alone. What was decided is undone first."""
        found: dict[str, set[ox.Quad]] = {}
        for quad in self._store.quads_for_pattern(None, _RECONCILED, None, None):
            graph = quad.graph_name
            if isinstance(graph, ox.NamedNode) and graph.value not in without:
                own = found.setdefault(graph.value, set())
                for predicate in _OWN:
                    own.update(self._store.quads_for_pattern(quad.subject, predicate, None, graph))
        for document in decisions.changed(self._store) - set(without):
            change = decisions.recorded(self._store, document)
            kept = frozenset(quad for quad in change.took_away if quad.predicate in _OWN)
            if kept or document in found:
                found[document] = decisions.Difference(kept, change.put_in).undo(found.get(document, ()))
        for document, own in found.items():
            graph = ox.NamedNode(document)
            issued = self._store.quads_for_pattern(graph, _ISSUED, None, graph)
            yield from self._reader.of_document(document, [*own, *issued])
