"""What was set aside and why, kept in the home from run to run, so that it can be listed and read again.

HOME/rejected.db is an SQLite file with a row for each document that could not be read; a file that is read again loses its
rows. A text in a language without a pipeline is kept in it whole.
"""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from kg.errors import StoreError
from kg.model import Document
from kg.read import Rejected

FILE = "rejected.db"
INBOX = "inbox"
"""The folder of a home that keeps what came by standard input or from an address."""
TABLE = (
    "CREATE TABLE IF NOT EXISTS rejected "
    "(path BLOB, place TEXT, why TEXT, reason TEXT, remedy TEXT, since TEXT, kept BLOB, PRIMARY KEY (path, place, reason))"
)
COLUMNS = "path, place, why, reason, remedy, since, kept"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document that was set aside."""

    rejected: Rejected
    since: str
    """When it was last set aside: an ISO date and time in UTC."""


class Aside:
    """The list of a home while a run writes it: a context whose changes stand when it ends without an error."""

    def __init__(self, home: Path, *, fresh: bool = False) -> None:
        """The list of this home; begun anew where `fresh`."""
        self._path = home / FILE
        self._fresh = fresh
        self._last: Path | None = None

    def __enter__(self) -> Aside:
        with _store_errors(self._path):
            self._lines = sqlite3.connect(self._path)
            self._lines.execute(TABLE)
            if self._fresh:
                self._lines.execute("DELETE FROM rejected")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with closing(self._lines), _store_errors(self._path):
            if error is None:
                self._lines.commit()

    def reads(self, path: Path) -> None:
        """This file is read again: what was said of it before no longer holds. Its documents come one after the other."""
        if path != self._last:
            self._last = path
            with _store_errors(self._path):
                for name in (path, path.with_suffix("")) if path.parent.name == INBOX else (path,):
                    self._lines.execute("DELETE FROM rejected WHERE path = ?", (_name(name),))

    def add(self, rejected: Rejected) -> None:
        """Note what was set aside."""
        kept = zlib.compress(json.dumps(asdict(rejected.kept)).encode()) if rejected.kept else None
        now = datetime.now(UTC).isoformat(timespec="seconds")
        row = (_name(rejected.path), rejected.place, rejected.why, rejected.reason, rejected.remedy, now, kept)
        with _store_errors(self._path):
            self._lines.execute(f"INSERT OR REPLACE INTO rejected ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def entries(home: Path, why: str | None = None) -> Iterator[Entry]:
    """What was set aside in this home, for this kind of reason where one is given, by file and place."""
    path = home / FILE
    if not path.exists():
        return
    where, values = ("WHERE why = ?", (why,)) if why else ("", ())
    with _store_errors(path), closing(sqlite3.connect(path)) as lines:
        lines.execute(TABLE)
        yield from (
            _entry(*row)
            for row in lines.execute(f"SELECT {COLUMNS} FROM rejected {where} ORDER BY path, place", values)
        )


def clear(home: Path) -> int:
    """Forget what was set aside in this home; gives how many there were."""
    path = home / FILE
    if not path.exists():
        return 0
    with _store_errors(path), closing(sqlite3.connect(path)) as lines:
        lines.execute(TABLE)
        count = lines.execute("DELETE FROM rejected").rowcount
        lines.commit()
    return count


def _entry(path: bytes, place: str, why: str, reason: str, remedy: str, since: str, kept: bytes | None) -> Entry:
    document = Document(**json.loads(zlib.decompress(kept))) if kept else None
    return Entry(Rejected(Path(os.fsdecode(path)), reason, remedy, why, place, document), since)


def _name(path: Path) -> bytes:
    """The file, named from the root: the next run may start elsewhere."""
    return os.fsencode(os.path.abspath(path))


@contextmanager
def _store_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(
            f"The list {path} cannot be read or written: {error}.", "Remove it; the graph does not need it."
        ) from error
