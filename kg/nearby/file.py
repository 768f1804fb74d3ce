"""The file: how it is opened, and when it can be used."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

FILE = "nearby.db"
"""The name of the file in a snapshot."""
VERSION = 3
"""Of the tables; a file of another version is made anew."""
CACHE = 16_384
"""KB of the file that are held in memory."""


def opened(path: Path) -> sqlite3.Connection:
    """The file, made where there is none, in one transaction that ends with `commit`.

    Whoever writes it throws it away if he fails, so nothing is written beside it and nothing waits for the disk.
    """
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute(f"PRAGMA cache_size = -{CACHE}")
    database.execute(f"PRAGMA user_version = {VERSION}")
    database.execute("BEGIN")
    return database


def usable(path: Path) -> bool:
    """Whether there is such a file, of this version."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            return bool(database.execute("PRAGMA user_version").fetchone()[0] == VERSION)
    except sqlite3.DatabaseError:
        return False


def number(*words: str) -> int:
    """The words as a number of 63 bits, by which tables are smaller and quicker than by words."""
    return int.from_bytes(blake2b("\x1f".join(words).encode(), digest_size=8).digest(), "big") >> 1
