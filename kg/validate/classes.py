"""What the ontology says of its classes: which stand below which, and which exclude each other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.namespaces import OWL, RDFS

SUBCLASS, DISJOINT = ox.NamedNode(RDFS + "subClassOf"), ox.NamedNode(OWL + "disjointWith")


class Classes:
    """The classes of an ontology's folder, as IRIs."""

    def __init__(self, ontology: Path) -> None:
        self._direct: dict[str, set[str]] = {}
        self._excluded: dict[str, set[str]] = {}
        disjoint = []
        for path in sorted(ontology.glob("*.ttl")):
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                    if quad.predicate == SUBCLASS:
                        self._direct.setdefault(quad.object.value, set()).add(quad.subject.value)
                    elif quad.predicate == DISJOINT:
                        disjoint.append((quad.subject.value, quad.object.value))
        for one, other in disjoint:
            for mine in self.below(one):
                for theirs in self.below(other):
                    self._excluded.setdefault(mine, set()).add(theirs)
                    self._excluded.setdefault(theirs, set()).add(mine)

    def below(self, name: str) -> set[str]:
        """The classes below a class, itself included."""
        found = {name}
        for each in self._direct.get(name, ()):
            found |= self.below(each)
        return found

    def clash(self, names: Iterable[str]) -> tuple[str, str] | None:
        """Two of these classes of which nothing can be a member at once; None where there are none."""
        known = sorted(names)
        for number, one in enumerate(known):
            for other in known[number + 1 :]:
                if other in self._excluded.get(one, ()):
                    return one, other
        return None
