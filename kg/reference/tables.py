"""Reading the tables and checking every cell of them against their descriptions."""

from __future__ import annotations

import csv
import hashlib
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReferenceDataError
from kg.ids import entity_iri
from kg.reference import dates
from kg.reference.description import Column, Description, describe

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "conflicts": (),
    "events": ("class", "start", "end"),
    "gatherings": ("place", "start", "end"),
    "memberships": ("member", "organization", "end", "basis", "confidence", "source", "note"),
    "organizations": (),
    "people": (),
    "places": (),
    "states": ("capital", "successors", "valid_to"),
    "tenures": ("person", "office", "office_type", "body", "start", "end"),
    "treaties": ("signed", "ended", "places", "parties"),
    "treaty-actions": ("treaty", "state", "action", "date", "basis", "confidence", "source", "note"),
    "weapon-categories": ("broader",),
    "weapons": ("category", "origin"),
}
"""The tables that the program reads by name, with the columns that it reads by name, besides id and name_fr."""

_log = logging.getLogger(__name__)


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


def read(folder: Path) -> Tables:
    """All tables below `folder`, each cell checked.

    Raises ReferenceDataError, which names file, line, column and value, where a table is missing, has too few
    rows, or holds what its description does not allow.
    """
    names = sorted({*REQUIRED, *(path.name for path in folder.glob("*") if path.is_dir())})
    tables = {name: _read_table(folder / name, name) for name in names}
    iris = {name: _iris(table) for name, table in tables.items()}
    for table in tables.values():
        _check_references(table, iris)
    index = {name: {row["id"]: row for row in tables[name].rows} for name, known in iris.items() if known}
    return Tables(tables, iris, index, _version(tables))


def _iris(table: Table) -> dict[str, str]:
    if not table.description.describes_entities:
        return {}
    return {row["id"]: table.iri(row) for row in table.rows}


def _read_table(folder: Path, name: str) -> Table:
    description = describe(folder / f"{name}.yaml")
    _check_columns(folder / f"{name}.yaml", name, description)
    path = folder / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = tuple(_rows(csv.reader(file), path, description))
    except FileNotFoundError as error:
        raise ReferenceDataError(f"{path} is missing.", "Restore it, or remove its folder.") from error
    except UnicodeDecodeError as error:
        raise ReferenceDataError(f"{path} is not in UTF-8: {error.reason}.", "Save it as UTF-8.") from error
    table = Table(name, path, description, rows)
    _check_count(table)
    _check_cells(table)
    return Table(name, path, description, tuple(sorted(rows, key=table.key)))


def _check_columns(path: Path, name: str, description: Description) -> None:
    needed = (*REQUIRED.get(name, ()), *(("id", "name_fr") if description.describes_entities else ()))
    if missing := [column for column in needed if column not in description.columns]:
        raise ReferenceDataError(
            f"{path} does not describe: {', '.join(missing)}.", "Describe these columns."
        )


def _rows(lines: Iterator[list[str]], path: Path, description: Description) -> Iterator[Row]:
    header = next(lines, [])
    expected = list(description.columns)
    if header != expected:
        wrong = sorted(set(header) ^ set(expected)) or header
        raise ReferenceDataError(
            f"{path}, line 1: the columns differ from those described: {', '.join(wrong)}.",
            f"The columns are: {','.join(expected)}.",
        )
    for number, cells in enumerate(lines, start=2):
        if len(cells) != len(header):
            raise ReferenceDataError(
                f"{path}, line {number}: {len(cells)} cells where {len(header)} are expected.",
                "Quote cells that hold a comma.",
            )
        yield Row(number, dict(zip(header, (cell.strip() for cell in cells), strict=True)))


def _check_count(table: Table) -> None:
    expected = table.description.rows
    if len(table.rows) < expected.minimum:
        raise ReferenceDataError(
            f"{table.path} has {len(table.rows)} rows, fewer than the {expected.minimum} expected.",
            "Restore what is missing, or lower the minimum in the YAML file beside it.",
        )
    if len(table.rows) > expected.maximum:
        _log.warning("%s has %d rows, more than %d expected", table.path, len(table.rows), expected.maximum)


def _check_cells(table: Table) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        for name, column in table.description.columns.items():
            _check_cell(table, row, name, column)
        first = seen.setdefault(table.key(row), row.line)
        if first != row.line:
            key = table.description.key[0]
            raise table.error(row, key, f"stands in line {first} as well", "Keep one of the two rows.")


def _check_cell(table: Table, row: Row, name: str, column: Column) -> None:
    if column.required and not row[name]:
        raise table.error(row, name, "is empty", f"Fill it: {column.meaning}.")
    values = row.many(name) if column.many else (row[name],) if row[name] else ()
    for value in values:
        if column.date and not dates.valid(value):
            raise table.error(row, name, "is no date", "Write 2019-09-05, 2019-09 or 2019.")
        if column.one_of and value not in column.one_of:
            raise table.error(row, name, "is not allowed", f"Write one of: {', '.join(column.one_of)}.")


def _check_references(table: Table, iris: Mapping[str, Mapping[str, str]]) -> None:
    for name, column in table.description.columns.items():
        if not column.refers_to:
            continue
        if unknown := [other for other in column.refers_to if other not in iris]:
            problem = (
                f"{table.path.with_suffix('.yaml')}, column {name}: no table is called {', '.join(unknown)}."
            )
            raise ReferenceDataError(problem, f"Write one of: {', '.join(iris)}.")
        known = {value for other in column.refers_to for value in iris[other]}
        for row in table.rows:
            for value in row.many(name):
                if value not in known:
                    where = " or ".join(f"{other}/{other}.csv" for other in column.refers_to)
                    remedy = f"Correct it, or add {value!r} to {where}."
                    raise table.error(row, name, "is unknown", remedy)


def _version(tables: Mapping[str, Table]) -> str:
    whole = hashlib.sha256()
    for name, table in tables.items():
        for path in (table.path, table.path.with_suffix(".yaml")):
            whole.update(f"{name}/{path.name}:".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
