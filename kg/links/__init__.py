"""Links between events, and between claims, where identity is not meant.

    list(links.quads(store))                          # all of a graph, in acr:graph/inferred
    old, new = links.revised(store, changes)          # after a change of these triples: what goes, what comes

An event answers another (ac:respondsTo), or is part of it (ac:partOf), by the rules of ontology/links.yaml; each such link has a node
that says by which rule and why. A claim says again what an earlier one of another document said (ac:repeats). All this is a function of the
documents and the reference in the store, whatever the order in which they came; what an event is linked with is found by look-ups
from it. docs/links.md tells more.
"""

from kg.links.linking import quads, revised
from kg.links.writing import ANSWERS, KINDS, PREDICATES, changes, held

__all__ = ["ANSWERS", "KINDS", "PREDICATES", "changes", "held", "quads", "revised"]
