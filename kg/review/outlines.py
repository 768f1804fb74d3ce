"""What one side of a pair of events says by itself: what, when and who, as documents gave it or the reference data records it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.judgements import Sheet
from kg.judgements.sheet import ROLES
from kg.namespaces import AC, RDF, REFERENCE_GRAPH
from kg.query.names import compact
from kg.store.quads import Quads

DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Outline:
    """An event before it was merged with another."""

    event: str
    kind: str
    """The IRI of its class."""
    roles: Mapping[str, tuple[str, ...]] = field(hash=False)
    """Who fills them, by the local name of the role."""
    date: str
    """EDTF; empty where none is given."""

    def told(self, label: Callable[[str], str | None]) -> str:
        """The event in a line: "signature, 2010-04-08: agent Russia, United States"; `label` names things."""

        def name(iri: str) -> str:
            return label(iri) or compact(iri)

        fillers = "; ".join(
            f"{name(AC + role)} {', '.join(map(name, entities))}" for role, entities in self.roles.items()
        )
        return f"{name(self.kind)}, {self.date or 'undated'}" + (f": {fillers}" if fillers else "")


def outline(store: Quads, sheet: Callable[[str], Sheet], event: str, claims: tuple[str, ...]) -> Outline:
    """An event as the document of the first of its claims gave it; without claims as the reference data, or else the graph, has it.

    `sheet` as for `kg.review.merges.sides`.
    """
    for claim in claims[:1]:
        quads = store.quads_for_pattern(ox.NamedNode(claim), ox.NamedNode(AC + "inDocument"), None, DEFAULT)
        for document in (quad.object for quad in quads):
            if isinstance(document, ox.NamedNode) and (read := sheet(document.value).reading(claim)) is not None:
                return Outline(event, AC + read.kind, read.roles, read.date)
    return _held(store, event)


def _held(store: Quads, event: str) -> Outline:
    """What the reference data says of an event, or else the graph."""
    found: dict[str, list[str]] = {}
    graphs = (ox.NamedNode(REFERENCE_GRAPH), DEFAULT)
    said = (list(store.quads_for_pattern(ox.NamedNode(event), None, None, graph)) for graph in graphs)
    for quad in next(filter(None, said), []):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            found.setdefault(quad.predicate.value, []).append(quad.object.value)
    kinds = [kind for kind in sorted(found.get(RDF + "type", ())) if kind.startswith(AC) and kind != AC + "Event"]
    roles = {role: tuple(sorted(found[AC + role])) for role in ROLES if AC + role in found}
    return Outline(event, (kinds or [AC + "Event"])[0], roles, min(found.get(AC + "edtf", [""])))
