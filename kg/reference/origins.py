"""From a triple of the reference graph back to the row that gave it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg.reference.reading import read
from kg.reference.tables import Row, Table, Tables
from kg.reference.triples import facts_of, subjects_of


@dataclass(frozen=True, slots=True)
class Origin:
    """A row of a table."""

    file: str
    """Below the folder of the reference data: treaties/treaties.csv."""
    line: int
    """Counted from 1, the header included, as an editor does."""

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}"


@dataclass(frozen=True, slots=True)
class Origins:
    """The rows behind the triples of some subjects."""

    version: str
    """SHA-256 of the tables; another one than the graph's means that rows may have moved."""
    by_triple: dict[ox.Triple, Origin]
    by_subject: dict[str, Origin]
    """The first row that says something of it."""


def origins(folder: Path, subjects: Collection[str]) -> Origins:
    """The rows of the tables below `folder` that speak of these subjects (IRIs).

    Reads all tables, which takes 0.3 s, the first time and where a file has changed since; raises ReferenceDataError as
    kg.reference.quads does.
    """
    tables, rows = _indexed(folder, _stamp(folder))
    found = Origins(tables.version, {}, {})
    for subject in subjects:
        for table, row in rows.get(subject, ()):
            origin = Origin(table.path.relative_to(folder).as_posix(), row.line)
            for spoken_of, predicate, value in facts_of(tables, table, row):
                if spoken_of == subject:
                    found.by_subject.setdefault(subject, origin)
                    found.by_triple.setdefault(ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value), origin)
    return found


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes with the files below the folder: their names, times and sizes."""
    files = sorted(path for path in folder.glob("*/*") if path.suffix in (".csv", ".yaml"))
    stats = ((str(path), path.stat()) for path in files)
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


@lru_cache(maxsize=1)
def _indexed(folder: Path, _: tuple[tuple[str, int, int], ...]) -> tuple[Tables, dict[str, list[tuple[Table, Row]]]]:
    """The tables, and the rows that speak of each subject, in the order of tables and keys."""
    tables = read(folder)
    rows: dict[str, list[tuple[Table, Row]]] = {}
    for table in tables.by_name.values():
        for row in table.rows:
            for subject in subjects_of(tables, table, row):
                rows.setdefault(subject, []).append((table, row))
    return tables, rows
