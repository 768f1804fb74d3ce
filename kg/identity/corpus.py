"""What is decided of the entities of a whole graph, after a change of any of its documents.

The outcome depends on all that documents give, and not on the order of changes.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pyoxigraph as ox

from kg.identity.categories import broader_of
from kg.identity.deciding import NOBODY, IriPairs
from kg.identity.knowledge import load
from kg.identity.outlines import Outlines
from kg.identity.profiles import Profiles
from kg.identity.renaming import Renaming
from kg.identity.revising import Reviser, Settled
from kg.namespaces import REFERENCE_GRAPH, SKOS
from kg.triples import Facts


class Identities:
    """Decides which entities of a store's documents are one."""

    def __init__(
        self,
        database: sqlite3.Connection,
        store: ox.Store,
        ontology: Path,
        *,
        same: IriPairs = NOBODY,
        different: IriPairs = NOBODY,
    ) -> None:
        """`database` is the file of kg.nearby, `same` and `different` are pairs that a reviewer judged.

        Raises OntologyError where the knowledge of names is malformed.
        """
        knowledge = load(ontology)
        self._store = store
        self._reader = Profiles(knowledge)
        self._outlines = Outlines(database)
        graph = ox.NamedNode(REFERENCE_GRAPH)
        broader = broader_of(store.quads_for_pattern(None, ox.NamedNode(SKOS + "broader"), None, graph))
        self._reviser = Reviser(database, self._outlines, knowledge, broader, same, different)
        self._changed: set[str] = set()

    def give(self, document: str, facts: Facts) -> None:
        """A document's triples tell this, whatever they told before."""
        self.take(document)
        profiles = self._reader.of_document(document, facts)
        self._outlines.put(profiles)
        self._changed.update(each.iri for each in profiles)

    def take(self, document: str) -> None:
        """A document goes."""
        self._changed |= self._outlines.drop(document)

    def settle(self, *, anew: bool) -> Settled:
        """What is decided of the entities that were given and of all that this reaches; of all where it is made `anew`."""
        if not anew:
            return self._reviser.around(self._changed)
        self._outlines.put(self._reader.of_reference(self._store))
        return self._reviser.all()

    def renaming(self, document: str) -> Renaming:
        """What puts the entities of a document under the IRIs by which they are known, once it is settled."""
        return Renaming(self._outlines.called_in(document), self._outlines.known_in(document))
