"""What a document gave under the IRIs by which its entities are known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pyoxigraph as ox

from kg.identity.deciding import Merge, names_in
from kg.namespaces import SKOS

PREFERRED, OTHER = ox.NamedNode(SKOS + "prefLabel"), ox.NamedNode(SKOS + "altLabel")


class Renaming:
    """Puts the entities of a document under the IRIs by which they are known."""

    def __init__(self, names: Mapping[str, str], known: Collection[str]) -> None:
        """`names` gives the IRI by which each merged entity is known in the document, `known` which of them are the reference data's."""
        self.names = names
        self.known = known

    @classmethod
    def of(cls, merges: Collection[Merge], document: str) -> Renaming:
        """That of a document by what was decided."""
        known = {merge.into for merge in merges if merge.known}
        return cls(names_in(merges).get(document, {}), known)

    def apply(self, quads: Iterable[ox.Quad]) -> list[ox.Quad]:
        """The quads of the document with its entities under the IRIs by which they are known, each once.

        The name that it gives to an entity becomes another name of the one that it is; of an entity of the reference data
        nothing is said but what the text tells of it.
        """
        found = map(self._known_by, quads) if self.names else quads
        return list(dict.fromkeys(quad for quad in found if quad is not None))

    def _known_by(self, quad: ox.Quad) -> ox.Quad | None:
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        into = self.names.get(subject.value) if isinstance(subject, ox.NamedNode) else None
        if into in self.known:
            return None
        if into is not None:
            subject = ox.NamedNode(into)
            predicate = OTHER if predicate == PREFERRED else predicate
        if isinstance(value, ox.NamedNode) and value.value in self.names:
            value = ox.NamedNode(self.names[value.value])
        return ox.Quad(subject, predicate, value, quad.graph_name)
