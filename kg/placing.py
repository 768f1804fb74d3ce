"""Where the things that validation finds fault with come from: rows of the reference data, documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from kg import reference
from kg.namespaces import ACR, INFERRED_GRAPH, ONTOLOGY_GRAPH, REFERENCE_GRAPH
from kg.store.quads import Quads
from kg.validate import Finding

DOCUMENTS = ACR + "document/"
PLACES = {ONTOLOGY_GRAPH: "ontology/arms-control.ttl", INFERRED_GRAPH: "inferred", REFERENCE_GRAPH: "seeds/reference"}


def in_rows(findings: Iterable[Finding], origins: reference.Origins) -> list[Finding]:
    """The findings with the first row that speaks of a thing in them."""
    return [replace(each, place=_row(each, origins) or each.place) for each in findings]


def _row(finding: Finding, origins: reference.Origins) -> str:
    found = (origins.by_subject.get(value) for value in finding.values.values())
    return next((f"seeds/reference/{origin}" for origin in found if origin), "")


def placed(findings: Sequence[Finding], store: Quads, seeds: Path, version: str) -> list[Finding]:
    """The findings in a store's graph with where they come from.

    Rows are told where the tables below `seeds` still are of the version that the graph was built from.
    """
    if not findings:
        return []
    with_graphs = [replace(each, place=_graph(each, store)) for each in findings]
    origins = reference.origins(seeds, {value for each in findings for value in each.values.values()})
    return in_rows(with_graphs, origins) if origins.version == version else with_graphs


def _graph(finding: Finding, store: Quads) -> str:
    """The graph that says something of the first thing of the finding which any does: a document before the others."""
    for value in finding.values.values():
        try:
            quads = store.quads_for_pattern(ox.NamedNode(value), None, None)
        except ValueError:
            continue
        graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
        if graphs:
            best = min(graphs, key=lambda graph: (not graph.startswith(DOCUMENTS), graph))
            return PLACES.get(best, best.removeprefix(ACR))
    return ""
