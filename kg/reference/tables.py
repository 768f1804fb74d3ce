"""The tables in memory: rows of text, each under the description of its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReferenceDataError
from kg.ids import entity_iri
from kg.reference.description import Column, Description


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The text of a cell, without blanks around it; empty where nothing is known."""
        return self.cells[column]

    def many(self, column: str) -> tuple[str, ...]:
        """The values of a cell, of which semicolons separate several."""
        return tuple(value for part in self.cells[column].split(";") if (value := part.strip()))


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose cells have been checked, its rows sorted by their key."""

    name: str
    path: Path
    description: Description
    rows: tuple[Row, ...]

    def kind(self, row: Row) -> str:
        """Local name of the class of what the row describes."""
        column = self.description.class_column
        return row[column] if column else self.description.class_name or ""

    def iri(self, row: Row) -> str:
        """The IRI of what the row describes."""
        return entity_iri(self.kind(row), row["id"])

    def key(self, row: Row) -> tuple[str, ...]:
        """What tells the row from others."""
        return tuple(row[column] for column in self.description.key)

    def error(self, row: Row, column: str, problem: str, remedy: str) -> ReferenceDataError:
        """An error that names file, line, column and value."""
        where = f"{self.path}, line {row.line}, column {column}"
        return ReferenceDataError(f"{where}: {row[column]!r} {problem}.", remedy)


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables by name, and the IRIs of all that their rows describe."""

    by_name: Mapping[str, Table]
    iris: Mapping[str, Mapping[str, str]]
    """Table, then identifier, to IRI."""
    index: Mapping[str, Mapping[str, Row]]
    """Table, then identifier, to row."""
    version: str
    """SHA-256 of all files."""

    def __getitem__(self, name: str) -> Table:
        return self.by_name[name]

    def row(self, name: str, identifier: str) -> Row:
        """The row of a table that has this identifier."""
        return self.index[name][identifier]

    def iri(self, column: Column, value: str) -> str:
        """The IRI of what an identifier in a column stands for; the first table that knows it wins."""
        return next(self.iris[name][value] for name in column.refers_to if value in self.iris[name])
