"""The small graph of tests/data/sample.trig as a home on disk, and what tests ask of it."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg import ledger, links
from kg.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH, REFERENCE_GRAPH
from kg.store import Home
from kg.treaties import intervals
from kg.treaties.quads import interval_quads

ROOT = Path(__file__).resolve().parent.parent
TRIG = Path(__file__).parent / "data" / "sample.trig"
ONTOLOGY = ROOT / "ontology" / "arms-control.ttl"
ACR = "https://w3id.org/arms-control/id/"


def build_home(path: Path) -> Home:
    """A home with the sample graph, the project's ontology and the status of treaties, written as the real build writes."""
    shutil.copytree(_built().name, path, symlinks=True, dirs_exist_ok=True)
    return Home(path)


@cache
def _built() -> tempfile.TemporaryDirectory[str]:
    """Such a home, made once a process; what `build_home` gives are copies."""
    folder = tempfile.TemporaryDirectory()
    _build(Path(folder.name))
    return folder


def _build(path: Path) -> None:
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in ox.parse(path=TRIG):
        assert isinstance(quad.graph_name, ox.NamedNode)
        graphs[quad.graph_name.value].append(quad)
    ontology = ox.NamedNode(ONTOLOGY_GRAPH)
    graphs[ONTOLOGY_GRAPH] = [
        ox.Quad(quad.subject, quad.predicate, quad.object, ontology) for quad in ox.parse(path=ONTOLOGY)
    ]
    graphs[INFERRED_GRAPH] += interval_quads(intervals(graphs[REFERENCE_GRAPH]))
    home = Home(path)
    with home.write() as draft:
        for graph, quads in sorted(graphs.items()):
            draft.replace_graph(graph, quads)
        inferred = graphs[INFERRED_GRAPH]
        linked = list(links.quads(draft.store))
        draft.replace_graph(INFERRED_GRAPH, [*inferred, *ledger.quads(draft.store, inferred, linked), *linked])
