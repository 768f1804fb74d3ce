"""The lines of large graphs that change a little at a time, kept in the order of their bytes beside the quads of a snapshot.

    lines.keep(path, graph, sorted_lines)           # once; gives count and hash
    lines.change(path, graph, removed, added)       # after a change; gives count and hash of what is there now

The canonical hash of a graph is one of all its lines in their order. To read them from the store and sort them takes
seconds for a graph of a million triples, and a document changes a few hundred of them. Here they stand sorted, in compressed
parts: a change rewrites the parts that it falls in, and the hash goes through the others as they stand. A file that is lost
is made anew from the store.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from kg.store.canonical import file_hash

FILE = "lines.db"
"""The name of the file in a snapshot."""
PART = 250
"""Lines of a part when it is written; it is parted again where it comes to hold twice as many."""
LEVEL = 1
"""Of compression: lines of one graph are so alike that more of it gains little."""
VERSION = 1
TABLES = f"""
CREATE TABLE IF NOT EXISTS part (graph TEXT, first BLOB, count INTEGER, lines BLOB, PRIMARY KEY (graph, first)) WITHOUT ROWID;
PRAGMA user_version = {VERSION};
"""
Measure = tuple[int, str]
"""Count and canonical hash of a graph."""


def keep(path: Path, graph: str, ordered: Iterable[bytes]) -> Measure:
    """Keep these lines, which come in the order of their bytes and each once, as those of the graph; gives its measure.

    Raises OSError where the disk is full.
    """
    hashed, total, rest = hashlib.sha256(), 0, iter(ordered)
    with _open(path) as database:
        database.execute("DELETE FROM part WHERE graph = ?", (graph,))
        while part := list(islice(rest, PART)):
            hashed.update(b"".join(part))
            total += len(part)
            _put(database, graph, part)
    return total, hashed.hexdigest()


def take_over(base: Path, path: Path, value: str | None) -> None:
    """Copy the file of an earlier graph, if it is there and the one that was published, by its hash.

    Raises OSError where the disk is full.
    """
    if value is not None and base.is_file() and file_hash(base) == value:
        shutil.copyfile(base, path)


def drop(path: Path, graphs: Iterable[str]) -> None:
    """Keep no lines of these graphs."""
    if path.exists():
        with _open(path) as database:
            database.executemany("DELETE FROM part WHERE graph = ?", ((graph,) for graph in graphs))


def change(path: Path, graph: str, removed: Collection[bytes], added: Collection[bytes]) -> Measure | None:
    """Take lines out of those that are kept of a graph and put others in; gives its measure, None where no lines of it are kept.

    Raises OSError where the disk is full or the file damaged.
    """
    if not path.exists():
        return None
    with _open(path) as database:
        if _part_of(database, graph, b"") is None:
            return None
        goes, comes = _by_part(database, graph, removed), _by_part(database, graph, added)
        for first in sorted(goes.keys() | comes.keys()):
            lines = set(_lines(database, graph, first)) - goes.get(first, set()) | comes.get(first, set())
            database.execute("DELETE FROM part WHERE graph = ? AND first = ?", (graph, first))
            ordered = sorted(lines)
            size = PART if len(ordered) > 2 * PART else 2 * PART
            for begin in range(0, len(ordered), size):
                _put(database, graph, ordered[begin : begin + size])
        return _measure(database, graph)


def _measure(database: sqlite3.Connection, graph: str) -> Measure:
    hashed, total = hashlib.sha256(), 0
    for count, lines in database.execute("SELECT count, lines FROM part WHERE graph = ? ORDER BY first", (graph,)):
        hashed.update(zlib.decompress(lines))
        total += count
    return total, hashed.hexdigest()


def _by_part(database: sqlite3.Connection, graph: str, lines: Iterable[bytes]) -> dict[bytes, set[bytes]]:
    """The lines by the part that they fall in, which is known by its first line."""
    found: dict[bytes, set[bytes]] = {}
    for line in lines:
        first = _part_of(database, graph, line)
        assert first is not None
        found.setdefault(first, set()).add(line)
    return found


def _part_of(database: sqlite3.Connection, graph: str, line: bytes) -> bytes | None:
    """The first line of the part that a line falls in: the last that begins before it, or the first of all."""
    before = "SELECT first FROM part WHERE graph = ? AND first <= ? ORDER BY first DESC LIMIT 1"
    least = "SELECT first FROM part WHERE graph = ? ORDER BY first LIMIT 1"
    row = database.execute(before, (graph, line)).fetchone() or database.execute(least, (graph,)).fetchone()
    return None if row is None else bytes(row[0])


def _lines(database: sqlite3.Connection, graph: str, first: bytes) -> list[bytes]:
    row = database.execute("SELECT lines FROM part WHERE graph = ? AND first = ?", (graph, first)).fetchone()
    return zlib.decompress(row[0]).splitlines(keepends=True)


def _put(database: sqlite3.Connection, graph: str, part: list[bytes]) -> None:
    row = (graph, part[0], len(part), zlib.compress(b"".join(part), LEVEL))
    database.execute("INSERT INTO part (graph, first, count, lines) VALUES (?, ?, ?, ?)", row)


@contextmanager
def _open(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, of this version, within one transaction."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode = OFF")  # a file that is not finished is thrown away
            database.execute("PRAGMA synchronous = OFF")  # publishing brings it to the disk
            if database.execute("PRAGMA user_version").fetchone()[0] not in (0, VERSION):
                database.execute("DROP TABLE IF EXISTS part")
            database.executescript(TABLES)
            database.execute("BEGIN")
            yield database
            database.execute("COMMIT")
    except (sqlite3.DatabaseError, zlib.error) as error:
        raise OSError(str(error)) from error
