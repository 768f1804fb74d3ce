"""Exports: every format reads back equal, equal graphs give equal files, nothing is half written."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from storing import DEFAULT, A, B, publish, triples

from kg.errors import CallError, StoreError
from kg.store import FORMATS, Home, export


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def rich(home: Home) -> ox.Store:
    """A store with all kinds of terms in two graphs that share a triple."""
    values = [
        ox.Literal("Été\n« 1 »\t\\", language="fr"),
        ox.Literal("plain & <simple>"),
        ox.Literal("2019-09-05", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")),
        ox.NamedNode("https://w3id.org/arms-control/id/state/RUS"),
        ox.NamedNode("https://w3id.org/arms-control/ontology#State"),
    ]
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for_role = ox.NamedNode("https://w3id.org/arms-control/ontology#agent")
    with home.write() as draft:
        for graph in (A, B):
            name = ox.NamedNode(graph)
            made = [ox.Quad(ox.NamedNode(graph + "/s"), for_role, value, name) for value in values]
            made += [ox.Quad(ox.NamedNode("https://w3id.org/arms-control/id/event/0a"), kind, values[4], name)]
            draft.replace_graph(graph, made)
    return home.current().store


@pytest.mark.parametrize("ending", ["nq", "trig", "jsonld"])
def test_exports_of_named_graphs_read_back_equal(rich: ox.Store, tmp_path: Path, ending: str) -> None:
    export(rich, tmp_path / f"graph.{ending}")
    read = set(ox.parse(path=tmp_path / f"graph.{ending}", format=ox.RdfFormat.from_extension(ending)))
    assert read == {each for each in rich if each.graph_name != DEFAULT}
    assert len(read) == 12


@pytest.mark.parametrize("ending", ["nt", "ttl", "rdf"])
def test_exports_of_the_union_read_back_equal(rich: ox.Store, tmp_path: Path, ending: str) -> None:
    export(rich, tmp_path / f"graph.{ending}")
    read = {each.triple for each in ox.parse(path=tmp_path / f"graph.{ending}")}
    assert read == triples(rich)
    assert len(read) == 11


def test_json_ld_uses_our_prefixes(rich: ox.Store, tmp_path: Path) -> None:
    export(rich, tmp_path / "graph.jsonld")
    written = json.loads((tmp_path / "graph.jsonld").read_text())
    assert written["@context"]["ac"] == "https://w3id.org/arms-control/ontology#"
    nodes = [node for graph in written["@graph"] for node in graph["@graph"]]
    assert {"@id": "https://w3id.org/arms-control/id/event/0a", "@type": ["ac:State"]} in nodes
    assert {"@value": "Été\n« 1 »\t\\", "@language": "fr"} in nodes[0].get("ac:agent", []) + nodes[1].get(
        "ac:agent", []
    )


@pytest.mark.parametrize("ending", ["nq", "nt", "trig", "ttl", "rdf", "jsonld"])
def test_equal_graphs_give_equal_files(tmp_path: Path, ending: str) -> None:
    for place, order in (("one", (A, B)), ("two", (B, A))):
        home = Home(tmp_path / place)
        for graph in order:
            publish(home, graph, *range(20))
        export(home.current().store, tmp_path / f"{place}.{ending}")
    one, two = (tmp_path / f"{place}.{ending}" for place in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    if ending in ("nq", "nt"):
        assert one.read_bytes().splitlines() == sorted(one.read_bytes().splitlines())


def test_long_files_are_sorted_in_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Home) -> None:
    publish(home, A, *range(10))
    store = home.current().store
    export(store, tmp_path / "at-once.nq")
    monkeypatch.setattr("kg.store.canonical.RUN", 3)
    export(store, tmp_path / "in-runs.nq")
    assert (tmp_path / "in-runs.nq").read_bytes() == (tmp_path / "at-once.nq").read_bytes()
    assert len((tmp_path / "in-runs.nq").read_bytes().splitlines()) == 10


def test_exports_that_cannot_be(rich: ox.Store, tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"graph\.xlsx has an unknown ending\. End its name in \.nq, \.trig, "):
        export(rich, tmp_path / "graph.xlsx")
    with pytest.raises(CallError, match=r"The folder .*nowhere does not exist"):
        export(rich, tmp_path / "nowhere" / "graph.nq")
    (tmp_path / "folder.nq").mkdir()
    with pytest.raises(CallError, match=r"folder\.nq is a folder"):
        export(rich, tmp_path / "folder.nq")


def test_an_export_that_fails_leaves_the_old_file(
    rich: ox.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "graph.nt"
    target.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(FORMATS, ".nt", full)
    with pytest.raises(StoreError, match=f"There is no room left to write {target}"):
        export(rich, target)
    assert target.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir() if each.name != "home"] == ["graph.nt"]
