"""The lines of graphs that change a little at a time: what is kept is what is there, and hashed as it is."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from kg.namespaces import ACR, INFERRED_GRAPH, REFERENCE_GRAPH, XSD
from kg.store import Home, lines, verify
from kg.store.canonical import graph_hash, measured

LINES = st.sets(st.integers(0, 60).map(lambda number: f"<a:{number:03}> <b:b> <c:c> .\n".encode()), max_size=40)
GRAPH = "acr:graph/some"


@rounds(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES, st.lists(st.tuples(LINES, LINES), max_size=5))
def test_changes_lead_to_what_is_there(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    begin: set[bytes],
    changes: list[tuple[set[bytes], set[bytes]]],
) -> None:
    monkeypatch.setattr(lines, "PART", 4)
    path = tmp_path_factory.mktemp("lines") / lines.FILE
    there = set(begin)
    assert lines.keep(path, GRAPH, sorted(there)) == measured(sorted(there))
    lines.keep(path, "acr:graph/other", [b"<z:z> <b:b> <c:c> .\n"])
    for removed, added in changes:
        known = bool(there)
        there = (there - removed) | added
        found = lines.change(path, GRAPH, removed - added, added)
        assert found == (measured(sorted(there)) if known else None)
        if not known:
            lines.keep(path, GRAPH, sorted(there))


def quad(number: int, value: str = "0.80") -> ox.Quad:
    literal = ox.Literal(value, datatype=ox.NamedNode(XSD + "decimal"))
    return ox.Quad(ox.NamedNode(f"{ACR}event/{number}"), ox.NamedNode("b:b"), literal, ox.NamedNode(INFERRED_GRAPH))


def test_a_graph_that_changes_a_little_is_not_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)
    with home.write() as draft:
        draft.change_graph(INFERRED_GRAPH, (), [quad(number) for number in range(3000)])

    def never(*_: object) -> None:
        raise AssertionError("the graph is read anew")

    with monkeypatch.context() as patch:
        patch.setattr("kg.store.differences.graph_hash", never)
        with home.write() as draft:
            draft.change_graph(INFERRED_GRAPH, [quad(7), quad(8), quad(-1)], [quad(9000), quad(9), quad(9001, "1.50")])
            draft.change_graph(INFERRED_GRAPH, [quad(9000)], [quad(8)])
    snapshot = home.current()
    assert snapshot.manifest["graphs"][INFERRED_GRAPH] == snapshot.manifest["triples"] == 3000
    found = graph_hash(snapshot.store, ox.NamedNode(INFERRED_GRAPH))
    assert found == (3000, snapshot.manifest["hashes"][INFERRED_GRAPH])
    assert verify(snapshot) == []


def test_what_is_known_of_a_graph_otherwise_is_not_kept(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for numbers in ([1, 2], [3]):
        with home.write() as draft:
            draft.change_graph(INFERRED_GRAPH, (), [quad(number) for number in numbers])
    with home.write() as draft:
        draft.replace_graph(INFERRED_GRAPH, [quad(5)])
    with home.write() as draft:
        draft.change_graph(INFERRED_GRAPH, (), [quad(6)])
    assert verify(home.current()) == []
    with home.write() as draft:
        draft.drop_graph(INFERRED_GRAPH)
        draft.change_graph(INFERRED_GRAPH, (), [quad(7)])
    assert home.current().manifest["graphs"][INFERRED_GRAPH] == 1
    assert verify(home.current()) == []


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes | None) -> None:
    home = Home(tmp_path)
    with home.write() as draft:
        draft.change_graph(INFERRED_GRAPH, (), [quad(1)])
    file = home.current().path / lines.FILE
    file.unlink()
    if damage is not None:
        file.write_bytes(damage)
    with home.write() as draft:
        draft.change_graph(INFERRED_GRAPH, (), [quad(2)])
    assert verify(home.current()) == []
    assert (home.current().path / lines.FILE).is_file()


def test_a_triple_of_two_graphs_counts_once_in_the_union(tmp_path: Path) -> None:
    home = Home(tmp_path)
    here, there = quad(1), ox.Quad(quad(1).subject, quad(1).predicate, quad(1).object, ox.NamedNode(REFERENCE_GRAPH))
    with home.write() as draft:
        draft.change_graph(INFERRED_GRAPH, (), [here])
    for change in ("add", "remove", "again"):
        with home.write() as draft:
            if change == "remove":
                draft.change_graph(INFERRED_GRAPH, [here], ())
            else:
                draft.change_graph(REFERENCE_GRAPH, (), [there, there])
        assert home.current().manifest["triples"] == 1
        assert verify(home.current()) == []


def test_blank_nodes_are_hashed_as_before(tmp_path: Path) -> None:
    home, name = Home(tmp_path), ox.NamedNode(INFERRED_GRAPH)
    for number in range(3):
        with home.write() as draft:
            blank = ox.Quad(ox.BlankNode(f"b{number}"), ox.NamedNode("b:b"), ox.Literal(str(number)), name)
            draft.change_graph(INFERRED_GRAPH, (), [blank])
    assert home.current().manifest["graphs"][INFERRED_GRAPH] == 3
    assert verify(home.current()) == []
