"""The graph on disk: publishing, the default graph, one writer, kills, full disks, export."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, tzinfo
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storing import DEFAULT, A, B, publish, quad, quads, triples

from kg.errors import LockedError, StoreError
from kg.store import DocumentRecord, Home
from kg.store.disk import remove_folder


def lines_hash(store: ox.Store, graph: str) -> str:
    """The SHA-256 of a graph's sorted N-Triples, worked out the plain way."""
    quads = store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
    return sha256(b"".join(sorted(f"{each.triple} .\n".encode() for each in quads))).hexdigest()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_a_home_without_a_graph_says_so(home: Home) -> None:
    with pytest.raises(StoreError, match=f"^The folder {home.path} holds no graph. Make one with kg build"):
        home.current()
    assert home.names() == []
    assert home.writer() is None


def test_a_full_disk_is_told_by_a_file_beside_the_quads(home: Home, tmp_path: Path) -> None:
    publish(home, A, 1)
    before = home.current().path
    with pytest.raises(StoreError, match=f"^There is no room left to write {home.path}/snapshots"), home.write():
        _fill(tmp_path / "beside.db")
    assert home.current().path == before


def test_damage_is_told_by_a_file_beside_the_quads(home: Home, tmp_path: Path) -> None:
    (tmp_path / "beside.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match=f"^{home.path}/snapshots is damaged: file is not a database"), home.write():
        _fill(tmp_path / "beside.db")


def _fill(path: Path) -> None:
    """Write more into a file of SQLite than may stand there."""
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE held (words)")
        database.execute("PRAGMA max_page_count = 2")
        database.executemany("INSERT INTO held VALUES (?)", [("words " * 500,)] * 100)


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
    assert set(snapshot.store) == {
        *quads(A, 1, 2),
        *quads(B, 2, 3),
        *(ox.Quad(*t) for t in triples(snapshot.store)),
    }
    assert triples(snapshot.store) == {each.triple for each in quads(A, 1, 2, 3)}
    manifest = dict(snapshot.manifest)
    assert manifest.pop("created").endswith("+00:00")
    hashes = {graph: lines_hash(snapshot.store, graph) for graph in (A, B)}
    whole = "".join(f"{graph} {value}\n" for graph, value in hashes.items())
    assert manifest == {
        "name": snapshot.name,
        "quads": 4,
        "triples": 3,
        "previous": None,
        "minor": False,
        "graphs": {A: 2, B: 2},
        "hashes": hashes,
        "hash": sha256(whole.encode()).hexdigest(),
        "search": sha256((snapshot.path / "search.db").read_bytes()).hexdigest(),
        "documents": [{"identifier": "d", "source": "d.txt", "hash": "0f", "read_with": "1a", "entry": ""}],
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
    with suppress(ZeroDivisionError), home.write() as draft:
        draft.replace_graph(A, quads(A, 2))
        1 / 0  # noqa: B018
    with home.write() as draft:
        draft.replace_graph(A, quads(A, 3))
        draft.discard()
    assert home.current().name == before
    assert triples(home.current().store) == {quad(1, A).triple}
    assert os.listdir(home.path / "snapshots") == [before]


def test_a_folder_is_removed_also_while_a_file_is_being_written_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live, remove, times = tmp_path / "draft" / "live", shutil.rmtree, []
    live.mkdir(parents=True)

    def interrupted(folder: Path, ignore_errors: bool) -> None:
        times.append(folder)
        remove(folder / "live", ignore_errors=ignore_errors)
        if len(times) == 1:  # as RocksDB does that is closing
            live.mkdir()
            (live / "000088.sst").touch()
        else:
            remove(folder, ignore_errors=ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", interrupted)
    remove_folder(live.parent)
    assert not live.parent.exists()
    assert len(times) == 2


def test_quads_of_another_graph_are_refused(home: Home) -> None:
    with pytest.raises(ValueError, match=f"quads of another graph were given for {A}"), home.write() as draft:
        draft.replace_graph(A, quads(B, 1))


def test_values_that_the_store_writes_otherwise_are_replaced_rightly(home: Home) -> None:
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    plain = quad(1, A)
    same = ox.Quad(plain.subject, plain.predicate, ox.Literal("2.50", datatype=decimal), plain.graph_name)
    for _ in range(2):
        with home.write() as draft:
            draft.replace_graph(A, [same])
    assert [each.object.value for each in home.current().store] == ["2.5", "2.5"]


operations = st.lists(st.tuples(st.sampled_from("abc"), st.sets(st.integers(0, 5)) | st.none()), max_size=8)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations, operations)
def test_the_default_graph_is_always_the_union(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[tuple[str, set[int] | None]],
    second: list[tuple[str, set[int] | None]],
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
    monkeypatch.setattr("kg.store.live.BULK", 3)
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
            monkeypatch.setattr("kg.store.home.datetime", _In1999)
        publish(home, A, number)
        published.append(home.current().name)
    assert published == sorted(set(published))
    assert home.names() == published[-3:]
    assert triples(home.current().store) == {quad(4, A).triple}


class _In1999(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _In1999:
        return cls(1999, 12, 31, tzinfo=tz)


WRITER = """
import sys, time
from pathlib import Path
import pyoxigraph as ox
from kg.store import Home

node = ox.NamedNode
with Home(Path(sys.argv[1])).write() as draft:
    print("writing", flush=True)
    for number in range(1_000_000):
        graph = f"https://example.org/graph/{number}"
        numbers = [node(f"https://example.org/{i}") for i in range(200)]
        draft.replace_graph(graph, [ox.Quad(each, node(graph), each, node(graph)) for each in numbers])
"""


@contextmanager
def writing(home: Home) -> Iterator[subprocess.Popen[str]]:
    """A second process that is in the middle of writing to the home."""
    home.path.mkdir(exist_ok=True)
    command = [sys.executable, "-c", WRITER, str(home.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        try:
            yield process
        finally:
            process.kill()


def test_one_writer_at_a_time(home: Home) -> None:
    publish(home, A, 1)
    with writing(home) as process:
        with pytest.raises(LockedError) as caught, home.write():
            pass
        owner = home.writer()
        assert triples(home.current().store) == {quad(1, A).triple}
    assert owner is not None
    assert owner["pid"] == process.pid
    stated = r"is being written to by process (\d+) on \S+ since [\d-]{10} [\d:]{8} UTC \(\d+ seconds?\)\."
    found = re.fullmatch(rf"{home.path} {stated}", caught.value.problem)
    assert found is not None
    assert found.group(1) == str(process.pid)
    assert caught.value.remedy == "Wait until it is done, or end that process."


def test_two_writers_in_one_process(home: Home) -> None:
    with home.write() as draft, pytest.raises(LockedError, match=f"process {os.getpid()} on"), home.write():
        draft.discard()


@pytest.mark.parametrize("delay", [0.0, 0.3, 0.8])
def test_a_killed_writer_leaves_the_last_good_graph(home: Home, delay: float) -> None:
    publish(home, A, 1, 2)
    before = home.current().name
    with writing(home) as process:
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert home.writer() is None
    assert home.current().name == before
    assert triples(home.current().store) == {each.triple for each in quads(A, 1, 2)}
    left = [each.name for each in (home.path / "snapshots").iterdir()]
    assert len(left) == 2
    publish(home, B, 3)
    assert sorted(os.listdir(home.path / "snapshots")) == home.names()
    assert triples(home.current().store) == {each.triple for each in quads(A, 1, 2, 3)}


FULL = """
import os, resource, sys
from pathlib import Path
import pyoxigraph as ox
from kg.errors import StoreError
from kg.store import Home

node, home = ox.NamedNode, Home(Path(sys.argv[1]))

def quads(graph, count):
    return [
        ox.Quad(node(f"https://example.org/{i}"), node(graph), ox.Literal(os.urandom(60).hex()), node(graph))
        for i in range(count)
    ]

with home.write() as draft:
    draft.replace_graph("https://example.org/a", quads("https://example.org/a", 100))
before = home.current().name
if sys.argv[2] == "limit":
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
for size in (30_000, 5_000):
    try:
        with home.write() as draft:
            for number in range(300_000 // size):
                graph = f"https://example.org/{number}"
                draft.replace_graph(graph, quads(graph, size))
        print("no error")
    except StoreError as error:
        print(str(error).replace(str(home.path), "HOME"))
left = os.listdir(home.path / "snapshots")
print(home.current().name == before, len(home.current().store), left == [before])
with home.write() as draft:
    draft.drop_graph("https://example.org/a")
print(len(home.current().store))
"""


def fill(home: Path, how: str) -> list[str]:
    """What a process says that writes too much."""
    command = [sys.executable, "-c", FULL, str(home), how]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


NO_ROOM = (
    "There is no room left to write HOME/snapshots. Free some space, or choose another place; "
    "what was there before is as it was."
)


def test_a_file_size_limit_stops_the_writer_and_harms_nothing(tmp_path: Path) -> None:
    assert fill(tmp_path / "home", "limit") == [NO_ROOM, NO_ROOM, "True 200 True", "0"]


def test_a_full_disk_stops_the_writer_and_harms_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("no tmpfs can be mounted here")
    try:
        assert fill(disk / "home", "disk") == [NO_ROOM, NO_ROOM, "True 200 True", "0"]
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="file cannot be written: "), Home(tmp_path / "file").write():
        pass
    with pytest.raises(StoreError, match="file holds no graph"):
        Home(tmp_path / "file").current()


def test_damage_is_named(home: Home) -> None:
    publish(home, A, 1)
    path = home.current().path
    (path / "manifest.json").write_text("{")
    with pytest.raises(StoreError, match=r"manifest\.json cannot be read\. Build the graph again: kg build\."):
        home.current().manifest  # noqa: B018
    for each in (path / "store").glob("*.sst"):
        each.write_bytes(b"")
    with pytest.raises(StoreError, match=rf"The snapshot {path} cannot be opened: .*\. Build the graph again"):
        home.current().store  # noqa: B018
    shutil.rmtree(path)
    with pytest.raises(StoreError, match=f"The current snapshot {path} is gone"):
        home.current()
    with home.write(fresh=True) as draft:
        draft.replace_graph(A, quads(A, 2))
    assert triples(home.current().store) == {quad(2, A).triple}
