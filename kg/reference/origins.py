"""From a triple of the reference graph back to the row that gave it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.reference.reading import read
from kg.reference.triples import facts_of


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

    Reads all tables, which takes 0.3 s; raises ReferenceDataError as kg.reference.quads does.
    """
    tables = read(folder)
    found = Origins(tables.version, {}, {})
    for table in tables.by_name.values():
        for row in table.rows:
            for subject, predicate, value in facts_of(tables, table, row):
                if subject in subjects:
                    origin = Origin(table.path.relative_to(folder).as_posix(), row.line)
                    found.by_subject.setdefault(subject, origin)
                    triple = ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)
                    found.by_triple.setdefault(triple, origin)
    return found
