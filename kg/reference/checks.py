"""What a table must hold, by its description and by what the program reads of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from pathlib import Path

from kg import periods
from kg.errors import ReferenceDataError
from kg.reference import dates
from kg.reference.description import Column, Description
from kg.reference.tables import Row, Table

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "conflicts": (),
    "events": ("class", "start", "end"),
    "gatherings": ("place", "start", "end"),
    "memberships": ("member", "organization", "end", "basis", "confidence", "source", "note"),
    "obligations": ("id", "kind"),
    "organizations": (),
    "people": (),
    "places": ("state",),
    "states": ("capital", "successors", "valid_to"),
    "tenures": ("person", "office", "office_type", "body", "start", "end"),
    "treaties": ("signed", "ended", "places", "parties"),
    "treaty-actions": ("treaty", "state", "action", "date", "listed", "basis", "confidence", "source", "note"),
    "treaty-rules": ("treaty",),
    "weapon-categories": ("broader",),
    "weapons": ("category", "origin", "range"),
}
"""The tables that the program reads by name, with the columns that it reads so besides id and name_fr."""

_log = logging.getLogger(__name__)


def check_columns(path: Path, name: str, description: Description) -> None:
    """That the description knows the columns that the program reads by name; else ReferenceDataError."""
    needed = (*REQUIRED.get(name, ()), *(("id", "name_fr") if description.describes_entities else ()))
    if missing := [column for column in needed if column not in description.columns]:
        raise ReferenceDataError(f"{path} does not describe: {', '.join(missing)}.", "Describe these columns.")


def check_count(table: Table) -> None:
    """That it has as many rows as described: fewer raise ReferenceDataError, more are logged as a warning."""
    expected = table.description.rows
    if len(table.rows) < expected.minimum:
        raise ReferenceDataError(
            f"{table.path} has {len(table.rows)} rows, fewer than the {expected.minimum} expected.",
            "Restore what is missing, or lower the minimum in the YAML file beside it.",
        )
    if len(table.rows) > expected.maximum:
        _log.warning("%s has %d rows, more than %d expected", table.path, len(table.rows), expected.maximum)


def check_cells(table: Table) -> None:
    """That each cell holds what its column may, and each key stands once; else ReferenceDataError."""
    seen: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        for name, column in table.description.columns.items():
            _check_cell(table, row, name, column)
        _check_dates(table, row)
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
        if column.number and not re.fullmatch(r"\d+(\.\d+)?", value):
            raise table.error(row, name, "is no number", "Write it in figures, such as 1550 or 0.5.")
        if column.period and not periods.valid(value):
            raise table.error(row, name, "is no period", f"Write one such as: {periods.EXAMPLES}.")
        if column.one_of and value not in column.one_of:
            raise table.error(row, name, "is not allowed", f"Write one of: {', '.join(column.one_of)}.")


def _check_dates(table: Table, row: Row) -> None:
    """What lasts ends after it begins, and what a state did to a treaty, it did on a day."""
    columns = table.description.columns
    if "start" in columns and "end" in columns:
        start, end = dates.first_day(row["start"]), dates.last_day(row["end"])
        if start and end and end < start:
            raise table.error(row, "end", f"is before the start, {row['start']}", "Correct one of the two.")
    if table.name == "treaty-actions" and row["action"] != "party" and not row["date"]:
        raise table.error(row, "date", "is empty", "Write the date, or party as the action where it is unknown.")


def check_references(table: Table, iris: Mapping[str, Mapping[str, str]]) -> None:
    """That each identifier of another table stands in that table; else ReferenceDataError."""
    for name, column in table.description.columns.items():
        if not column.refers_to:
            continue
        if unknown := [other for other in column.refers_to if other not in iris]:
            problem = f"{table.path.with_suffix('.yaml')}, column {name}: no table is called {', '.join(unknown)}."
            raise ReferenceDataError(problem, f"Write one of: {', '.join(iris)}.")
        known = {value for other in column.refers_to for value in iris[other]}
        for row in table.rows:
            for value in row.many(name):
                if value not in known:
                    where = " or ".join(f"{other}/{other}.csv" for other in column.refers_to)
                    remedy = f"Correct it, or add {value!r} to {where}."
                    raise table.error(row, name, "is unknown", remedy)
