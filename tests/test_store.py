"""The graph on disk: publishing, the default graph, one writer, kills, full disks, export."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import CallError, LockedError, StoreError
from kg.store import DocumentRecord, Home, export
from kg.store.export import RUN

A, B = "https://example.org/graph/a", "https://example.org/graph/b"
DEFAULT = ox.DefaultGraph()


def quad(number: int, graph: str, value: str = "x") -> ox.Quad:
    subject = ox.NamedNode(f"https://example.org/s{number}")
    return ox.Quad(subject, ox.NamedNode("https://example.org/p"), ox.Literal(value), ox.NamedNode(graph))


def quads(graph: str, *numbers: int) -> list[ox.Quad]:
    return [quad(number, graph) for number in numbers]


def publish(home: Home, graph: str, *numbers: int) -> None:
    with home.write() as draft:
        draft.replace_graph(graph, quads(graph, *numbers))


def triples(store: ox.Store) -> set[ox.Triple]:
    return {each.triple for each in store.quads_for_pattern(None, None, None, DEFAULT)}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_a_home_without_a_graph_says_so(home: Home) -> None:
    with pytest.raises(StoreError, match=f"^The folder {home.path} holds no graph. Make one with kg build"):
        home.current()
    assert home.names() == []
    assert home.writer() is None


def test_published_graphs_are_read(home: Home) -> None:
    with home.write() as draft:
        draft.replace_graph(A, quads(A, 1, 2))
        draft.replace_graph(B, quads(B, 2, 3))
        draft.documents["d"] = DocumentRecord("d", "d.txt", "0f", "1a")
        draft.versions["ontology"] = "7"
        with pytest.raises(StoreError, match="holds no graph"):
            home.current()
    snapshot = home.current()
    assert draft.published is not None
    assert draft.published.path == snapshot.path
    assert set(snapshot.store) == {*quads(A, 1, 2), *quads(B, 2, 3), *(ox.Quad(*t) for t in triples(snapshot.store))}
    assert triples(snapshot.store) == {each.triple for each in quads(A, 1, 2, 3)}
    manifest = dict(snapshot.manifest)
    assert manifest.pop("created").endswith("+00:00")
    assert manifest == {
        "name": snapshot.name,
        "quads": 4,
        "triples": 3,
        "graphs": {A: 2, B: 2},
        "documents": [{"identifier": "d", "source": "d.txt", "hash": "0f", "read_with": "1a"}],
        "versions": {"ontology": "7"},
    }


def test_the_next_snapshot_begins_as_the_last_and_a_reader_keeps_its_own(home: Home) -> None:
    publish(home, A, 1, 2)
    reader = home.current()
    with home.write() as draft:
        draft.replace_graph(B, quads(B, 2))
        draft.drop_graph(A)
    assert set(home.current().store) == {quad(2, B), ox.Quad(*quad(2, B).triple)}
    assert home.current().manifest["graphs"] == {B: 1}
    assert triples(reader.store) == {each.triple for each in quads(A, 1, 2)}


def test_fresh_begins_empty(home: Home) -> None:
    publish(home, A, 1)
    with home.write(fresh=True) as draft:
        draft.replace_graph(B, quads(B, 5))
    assert triples(home.current().store) == {quad(5, B).triple}
    assert home.current().manifest["graphs"] == {B: 1}


def test_an_error_or_a_discarded_draft_changes_nothing(home: Home) -> None:
    publish(home, A, 1)
    before = home.current().name
    with pytest.raises(RuntimeError, match="stop"), home.write() as draft:
        draft.replace_graph(A, quads(A, 2))
        raise RuntimeError("stop")
    with home.write() as draft:
        draft.replace_graph(A, quads(A, 3))
        draft.discard()
    assert home.current().name == before
    assert triples(home.current().store) == {quad(1, A).triple}
    assert os.listdir(home.path / "snapshots") == [before]


def test_quads_of_another_graph_are_refused(home: Home) -> None:
    with pytest.raises(ValueError, match=f"quads of another graph were given for {A}"), home.write() as draft:
        draft.replace_graph(A, quads(B, 1))


def test_values_that_the_store_writes_otherwise_are_replaced_rightly(home: Home) -> None:
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    same = ox.Quad(*quad(1, A).triple[:2], ox.Literal("2.50", datatype=decimal), ox.NamedNode(A))
    for _ in range(2):
        with home.write() as draft:
            draft.replace_graph(A, [same])
    assert [each.object.value for each in home.current().store] == ["2.5", "2.5"]


operations = st.lists(st.tuples(st.sampled_from("abc"), st.sets(st.integers(0, 5)) | st.none()), max_size=8)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations, operations)
def test_the_default_graph_is_always_the_union(
    tmp_path_factory: pytest.TempPathFactory, first: list[tuple[str, set[int] | None]], second: list[tuple[str, set[int] | None]]
) -> None:
    home, expected = Home(tmp_path_factory.mktemp("home")), dict[str, set[int]]()
    for batch in (first, second):
        with home.write() as draft:
            for name, numbers in batch:
                graph = f"https://example.org/graph/{name}"
                expected[graph] = numbers or set()
                if numbers is None:
                    draft.drop_graph(graph)
                else:
                    draft.replace_graph(graph, quads(graph, *numbers))
        store = home.current().store
        named = {each for each in store if each.graph_name != DEFAULT}
        assert named == {quad(n, graph) for graph, numbers in expected.items() for n in numbers}
        assert triples(store) == {each.triple for each in named}
        assert home.current().manifest["graphs"] == {g: len(n) for g, n in sorted(expected.items()) if n}


def test_large_graphs_go_the_fast_way_to_the_same_result(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.draft.BULK", 3)
    publish(home, A, 1, 2, 3, 4)
    publish(home, B, 3, 4, 5)
    assert triples(home.current().store) == {each.triple for each in quads(A, 1, 2, 3, 4, 5)}
    assert home.current().manifest["quads"] == 7


def test_only_the_newest_snapshots_are_kept_also_when_the_clock_goes_back(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = []
    for number in range(5):
        if number == 3:
            monkeypatch.setattr("kg.store.home.datetime", _Clock1970)
        publish(home, A, number)
        published.append(home.current().name)
    assert published == sorted(set(published))
    assert home.names() == published[-3:]
    assert triples(home.current().store) == {quad(4, A).triple}


class _Clock1970:
    @staticmethod
    def now(zone: object) -> object:
        return time.struct_time, zone

    def __new__(cls) -> _Clock1970:
        raise NotImplementedError
