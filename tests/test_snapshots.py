"""Snapshots: verified against their manifest, pointed back to, collected, restored, and hard to break."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from storing import A, B, publish, quads, triples

from kg.errors import CallError, DataError, LockedError, StoreError
from kg.store import Home, export, verify

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose current snapshot holds two graphs that share a triple."""
    home = Home(tmp_path / "home")
    with home.write() as draft:
        draft.replace_graph(A, quads(A, 1, 2))
        draft.replace_graph(B, quads(B, 2, 3))
    return home


def change(home: Home, **values: Any) -> None:
    """Change the manifest of the current snapshot."""
    path = home.current().path / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **values}))


# Verifying


def test_a_snapshot_is_what_its_manifest_says(home: Home) -> None:
    assert verify(home.current()) == []
    publish(home, A, 4)
    assert verify(home.current()) == []
    with home.write() as draft:
        draft.drop_graph(B)
    assert verify(home.current()) == []


def test_equal_graphs_have_equal_hashes_whatever_their_history(tmp_path: Path) -> None:
    one, two = Home(tmp_path / "one"), Home(tmp_path / "two")
    for numbers in ((7, 8, 9), (1, 2), (2, 3)):
        publish(one, A, *numbers)
    publish(two, A, 3, 2)
    assert one.current().manifest["hash"] == two.current().manifest["hash"]
    publish(two, B, 3)
    assert one.current().manifest["hash"] != two.current().manifest["hash"]


def test_blank_nodes_are_compared_by_what_is_said_of_them(tmp_path: Path) -> None:
    def home(name: str, *labels: str) -> str:
        place, graph = Home(tmp_path / name), ox.NamedNode(A)
        said = [ox.Quad(ox.BlankNode(each), ox.NamedNode(A), ox.BlankNode("end"), graph) for each in labels]
        with place.write() as draft:
            draft.replace_graph(A, said)
        assert verify(place.current()) == []
        found: str = place.current().manifest["hash"]
        return found

    assert home("one", "x", "y") == home("two", "b", "a")
    assert home("three", "x") != home("four", "x", "y")


def test_a_lost_quad_is_named(home: Home) -> None:
    with home.write() as draft:
        draft.store.remove(quads(A, 1)[0])  # behind the draft's back
    found = verify(home.current())
    assert f"The graph {A} holds 1 triples, not 2." in found
    assert any(
        each.startswith("The default graph holds 1 triples that no source gave: <https://example.") for each in found
    )


def test_another_quad_in_its_place_is_named(home: Home) -> None:
    with home.write() as draft:
        draft.store.remove(quads(A, 1)[0])
        draft.store.add(quads(A, 9)[0])
    found = verify(home.current())
    assert found[0].startswith(f"The graph {A} has the hash ")
    assert any("The default graph lacks 1 triples: <https://example.org/s9>" in each for each in found)


def test_a_changed_manifest_is_named(home: Home) -> None:
    change(home, triples=99, hash="0")
    assert verify(home.current()) == [
        "The hash of the whole in the manifest is not that of its graphs.",
        "The default graph holds 3 triples, not 99.",
    ]
    change(home, graphs={A: 2, B: 2, "https://example.org/more": 5})
    assert "The graph https://example.org/more holds 0 triples, not 5." in verify(home.current())


def test_a_changed_search_file_is_named(home: Home) -> None:
    path = home.current().index.path
    with path.open("ab") as file:
        file.write(b"x")
    (found,) = verify(home.current())
    assert found.startswith(f"{path} has the hash ")
    path.unlink()
    assert verify(home.current()) == [f"{path} cannot be read: No such file or directory."]


def test_corrupted_quads_are_named_and_what_was_good_stays(home: Home) -> None:
    first = home.current()
    publish(home, A, *range(2000))
    damaged = home.current()
    for file in (damaged.path / "store").glob("*.sst"):
        if file.stat().st_nlink == 1 or file.stat().st_size > 3000:
            content = bytearray(file.read_bytes())
            content[100 : len(content) // 2] = os.urandom(len(content) // 2 - 100)
            file.unlink()
            file.write_bytes(content)
    (found,) = verify(damaged)
    assert "is damaged: " in found or "cannot be opened: " in found
    assert home.rollback().name == first.name
    assert verify(home.current()) == []


def test_terms_are_told_from_graphs() -> None:
    from kg.store.verifying import _split

    for line, expected in {
        b"<s> <p> <o> .\n": (b"<s> <p> <o>", b""),
        b"<s> <p> <o> <g> .\n": (b"<s> <p> <o>", b"<g>"),
        b'<s> <p> "a <b> . c" .\n': (b'<s> <p> "a <b> . c"', b""),
        b'<s> <p> "a \\" b"@fr <g> .\n': (b'<s> <p> "a \\" b"@fr', b"<g>"),
        b'<s> <p> "1"^^<t> .\n': (b'<s> <p> "1"^^<t>', b""),
        b"_:a <p> _:b _:g .\n": (b"_:a <p> _:b", b"_:g"),
        b"<s> <p> <<( <a> <b> <c> )>> <g> .\n": (b"<s> <p> <<( <a> <b> <c> )>>", b"<g>"),
    }.items():
        assert _split(line) == expected


# Pointing back


def test_rollback_points_to_what_counted_before_and_can_be_taken_back(home: Home) -> None:
    first = home.current().name
    publish(home, A, 4)
    second = home.current().name
    assert home.rollback().name == home.current().name == first
    publish(home, A, 5)
    third = home.current().name
    assert home.current().manifest["previous"] == first
    assert triples(home.current().store) == {each.triple for each in quads(A, 2, 3, 5)}
    assert home.rollback().name == first
    assert home.rollback(second).name == second
    assert home.names() == sorted([first, second, third])


def test_rollback_says_where_there_is_nothing_to_go_back_to(home: Home) -> None:
    only = home.current().name
    with pytest.raises(CallError, match=rf"The snapshot before {only} is not kept\. There is no other"):
        home.rollback()
    with pytest.raises(CallError, match=rf"keeps no snapshot nowhere\. Kept are {only}\."):
        home.rollback("nowhere")
    with pytest.raises(StoreError, match="holds no graph"):
        Home(home.path / "none").rollback()


def test_a_damaged_snapshot_is_not_gone_back_to(home: Home) -> None:
    shutil.rmtree(home.current().path / "store")
    publish_fresh(home, 1)
    good = home.current().name
    with pytest.raises(StoreError, match="cannot be opened"):
        home.rollback()
    assert home.current().name == good


def publish_fresh(home: Home, number: int) -> None:
    with home.write(fresh=True) as draft:
        draft.replace_graph(A, quads(A, number))


def test_the_way_back_from_a_lost_snapshot_is_told_and_works(home: Home) -> None:
    first = home.current().name
    publish(home, A, 4)
    shutil.rmtree(home.current().path)
    with pytest.raises(StoreError, match=f"is gone. Point back to {first} with kg rollback"):
        home.current()
    assert home.rollback(first).name == home.current().name == first


# Collecting


def test_collecting_keeps_the_current_snapshot_and_the_newest(home: Home) -> None:
    oldest = home.current().name
    for number in (4, 5):
        publish(home, A, number)
    home.rollback(oldest)
    (home.path / "snapshots" / "left.draft" / "live").mkdir(parents=True)
    (home.path / "snapshots" / "left.draft" / "live" / "file").write_bytes(b"x" * 100_000)
    names = home.names()
    removed, freed = home.collect(2)
    assert removed == [names[1]]
    assert freed > 100_000
    assert sorted(os.listdir(home.path / "snapshots")) == [names[0], names[2]]
    assert home.current().name == oldest
    assert home.collect(1)[0] == [names[2]]
    assert home.collect() == ([], 0)


def test_nothing_is_collected_beside_a_writer(home: Home) -> None:
    with home.write() as draft:
        with pytest.raises(LockedError, match=f"process {os.getpid()} on"):
            home.collect(1)
        with pytest.raises(LockedError):
            home.rollback()
        draft.discard()


def test_a_reader_goes_on_reading_what_is_collected(home: Home) -> None:
    reader = home.current()
    before = triples(reader.store)
    late = home.current()
    publish(home, A, 4)
    home.collect(1)
    assert not reader.path.exists()
    assert triples(reader.store) == before
    with pytest.raises(StoreError, match=rf"The snapshot {late.path} cannot be opened: "):
        late.store  # noqa: B018


# Restoring


def test_an_export_comes_back_as_it_was(home: Home, tmp_path: Path) -> None:
    with home.write() as draft:
        text = ox.Literal('a "<b> ." \\ c\n', language="fr")
        draft.replace_graph(A, [*quads(A, 1), ox.Quad(ox.NamedNode(A), ox.NamedNode(B), text, ox.NamedNode(A))])
    export(home.current().store, tmp_path / "graph.nq")
    other = Home(tmp_path / "other")
    with other.write(fresh=True) as draft:
        draft.load(tmp_path / "graph.nq")
    for key in ("hash", "hashes", "graphs", "quads", "triples"):
        assert other.current().manifest[key] == home.current().manifest[key]
    assert verify(other.current()) == []
    with pytest.raises(ValueError, match="empty draft"), other.write() as draft:
        draft.load(tmp_path / "graph.nq")


def test_blank_nodes_stay_one_in_all_graphs(tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_text(f"_:a <{A}> _:b <{A}> .\n_:a <{B}> _:b <{A}> .\n")
    home = Home(tmp_path / "home")
    with home.write(fresh=True) as draft:
        draft.load(tmp_path / "graph.nq")
    assert verify(home.current()) == []
    assert home.current().manifest["triples"] == 2


@pytest.mark.parametrize(
    "lines",
    ["<a:b> <a:c> <a:d> .\n", "nothing\n", "<a:b> <a:c> <a:d> <a:e> .\n<a:b> <a:c> <a d> <a:e> .\n", "<a:b> .\n"],
)
def test_what_is_no_export_is_refused_and_the_graph_stays(home: Home, tmp_path: Path, lines: str) -> None:
    before = home.current().name
    (tmp_path / "graph.nq").write_text(lines)
    with pytest.raises(DataError, match=r"line \d is no quad of a named graph"), home.write(fresh=True) as draft:
        draft.load(tmp_path / "graph.nq")
    assert home.current().name == before
    assert home.names() == [before]


# What the machine does


def test_a_home_that_can_only_be_read(home: Home, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("no tmpfs can be mounted here")
    try:
        place = Home(Path(shutil.copytree(home.path, disk / "home", symlinks=True)))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert run_reader(place) == f"4 True [] {home.current().name}"
        for act in (place.write, place.collect, place.rollback):
            with pytest.raises(StoreError, match=r"cannot be written: .*Read-only file system"):
                _enter(act)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def _enter(act: Any) -> None:
    result = act()
    if hasattr(result, "__enter__"):
        with result:
            pass


READER = """
import sys
from pathlib import Path
from kg.store import Home, verify
snapshot = Home(Path(sys.argv[1])).current()
found = snapshot.index.find("nothing") == []
print(snapshot.manifest["quads"], found, verify(snapshot), snapshot.name)
"""


def run_reader(home: Home) -> str:
    """What a process of its own reads in a home: its files are closed when it ends."""
    command = [sys.executable, "-c", READER, str(home.path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


# The commands


def test_commands_of_keeping(kg: Kg, home: Home, tmp_path: Path) -> None:
    first = home.current().name
    publish(home, A, 4)
    second = home.current().name
    at = ("--home", home.path)
    code, printed, _ = kg("verify", *at)
    assert (code, printed.split(",")[0]) == (0, f"The snapshot {second} is whole: 3 quads")
    digest = home.current().manifest["hash"][:40]
    assert f"hash       {digest}" in kg("status", *at)[1]
    assert kg("rollback", *at)[1] == f"The graph is the snapshot {first} again (4 quads); it was {second}.\n"
    listed = kg("status", "--snapshots", *at)[1].splitlines()[-2:]
    assert [line.split("\t")[0] for line in listed] == [first, second]
    assert [line.endswith("\tcurrent") for line in listed] == [True, False]
    assert kg("gc", "--keep", "1", *at)[1].startswith(f"1 snapshot removed: {second}; 0.")
    code, _, said = kg("rollback", *at)
    assert (code, said.split(".")[0]) == (2, f"kg: The snapshot before {first} is not kept")
    kg("export", tmp_path / "graph.nq", *at)
    code, printed, _ = kg("restore", tmp_path / "graph.nq", "--home", tmp_path / "other", "--json")
    assert json.loads(printed)["hash"] == home.current().manifest["hash"]


def test_verify_exits_with_1_for_damage_and_says_the_way_out(kg: Kg, home: Home) -> None:
    change(home, triples=99)
    code, printed, _ = kg("verify", "--home", home.path)
    assert code == 1
    assert printed.splitlines() == [
        "error: The default graph holds 3 triples, not 99.",
        f"The snapshot {home.current().name} is damaged. Build the graph again: kg build.",
    ]
    code, printed, _ = kg("verify", "--json", "--home", home.path)
    assert json.loads(printed)["differences"] == ["The default graph holds 3 triples, not 99."]


def test_verify_says_what_was_made_with_other_data(kg: Kg, home: Home, lean: None) -> None:
    with home.write() as draft:
        draft.versions.update(ontology="old", model="old")
    printed = kg("verify", "--home", home.path)[1].splitlines()
    assert printed[1:] == [
        f"It was made with another {name} than the one here: kg build makes it anew." for name in ("model", "ontology")
    ]
