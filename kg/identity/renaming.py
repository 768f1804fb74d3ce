"""What a document gave under the IRIs by which its entities are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.identity.deciding import Merge, names_in
from kg.namespaces import SKOS

PREFERRED, OTHER = ox.NamedNode(SKOS + "prefLabel"), ox.NamedNode(SKOS + "altLabel")


class Renaming:
    """Puts entities under the IRIs by which they are known, document by document."""

    def __init__(self, merges: Iterable[Merge]) -> None:
        self.merges = tuple(merges)
        self._names = names_in(self.merges)
        self._known = {merge.into for merge in self.merges if merge.known}

    def names(self, document: str) -> Mapping[str, str]:
        """By which IRI each merged entity is known in this document."""
        return self._names.get(document, {})

    def apply(self, document: str, quads: Iterable[ox.Quad]) -> list[ox.Quad]:
        """The quads of the document with its entities under the IRIs by which they are known, each once.

        The name that it gives to an entity becomes another name of the one that it is; of an entity of the reference data
        nothing is said but what the text tells of it.
        """
        names = self.names(document)
        found = (self._known_by(quad, names) for quad in quads) if names else quads
        return list(dict.fromkeys(quad for quad in found if quad is not None))

    def _known_by(self, quad: ox.Quad, names: Mapping[str, str]) -> ox.Quad | None:
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        into = names.get(subject.value) if isinstance(subject, ox.NamedNode) else None
        if into in self._known:
            return None
        if into is not None:
            subject = ox.NamedNode(into)
            predicate = OTHER if predicate == PREFERRED else predicate
        if isinstance(value, ox.NamedNode) and value.value in names:
            value = ox.NamedNode(names[value.value])
        return ox.Quad(subject, predicate, value, quad.graph_name)
