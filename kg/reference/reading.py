"""Reading the tables from their folders."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.errors import ReferenceDataError
from kg.reference import checks
from kg.reference.description import Description, describe
from kg.reference.tables import Row, Table, Tables


def read(folder: Path) -> Tables:
    """All tables below `folder`, each cell checked.

    Raises ReferenceDataError, which names file, line, column and value, where a table is missing, has too few
    rows, or holds what its description does not allow.
    """
    names = sorted({*checks.REQUIRED, *(path.name for path in folder.glob("[!.]*") if path.is_dir())})
    tables = {name: _read_table(folder / name, name) for name in names}
    iris = {name: _iris(table) for name, table in tables.items()}
    for table in tables.values():
        checks.check_references(table, iris)
    index = {name: {row["id"]: row for row in tables[name].rows} for name, known in iris.items() if known}
    return Tables(tables, iris, index, _version(tables))


def _iris(table: Table) -> dict[str, str]:
    if not table.description.describes_entities:
        return {}
    return {row["id"]: table.iri(row) for row in table.rows}


def _read_table(folder: Path, name: str) -> Table:
    description = describe(folder / f"{name}.yaml")
    checks.check_columns(folder / f"{name}.yaml", name, description)
    path = folder / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = tuple(_rows(csv.reader(file), path, description))
    except FileNotFoundError as error:
        raise ReferenceDataError(f"{path} is missing.", "Restore it, or remove its folder.") from error
    except UnicodeDecodeError as error:
        raise ReferenceDataError(f"{path} is not in UTF-8: {error.reason}.", "Save it as UTF-8.") from error
    except csv.Error as error:
        raise ReferenceDataError(f"{path} is not CSV: {error}.", "Correct the file.") from error
    table = Table(name, path, description, rows)
    checks.check_count(table)
    checks.check_cells(table)
    return Table(name, path, description, tuple(sorted(rows, key=table.key)))


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


def _version(tables: Mapping[str, Table]) -> str:
    whole = hashlib.sha256()
    for name, table in tables.items():
        for path in (table.path, table.path.with_suffix(".yaml")):
            whole.update(f"{name}/{path.name}:".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()
