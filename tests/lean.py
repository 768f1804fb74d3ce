"""The tables of a small reference: what documents of tests tell of, and what that cannot do without."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kg.reference.description import Description, describe
from kg.settings import ROOT

TABLES = ROOT / "seeds" / "reference"
NAMED: Mapping[str, str] = {
    "states": "AUS BRA CHN DEU DZA EGY FRA GBR GRC IND IRN ISR ITA JPN KOR NOR PAK POL PRK RUS SAU SRB SYR TUR UKR USA VNM",
    "treaties": "att cfe ctbt cwc inf jcpoa new-start npt open-skies",
    "organizations": "international-atomic-energy-agency rt-russia-today tass united-nations",
    "people": "antony-blinken donald-trump joe-biden recep-tayyip-erdogan sergei-shoigu sergey-lavrov vladimir-putin",
    "places": "geneve mykolaiv osaka plessetsk vienne",
    "weapon-categories": "avion-combat char drone icbm irbm missile missile-hypersonique",
    "weapons": "aster bayraktar-tb2 f-35 glcm griffon himars iskander-m kalibr kinzhal leclerc mistral oreshnik patriot rafale s-300 s-400 sarmat su-57 tomahawk",
    "gatherings": "g20-osaka",
}
"""The rows that tests and benchmarks/corpus.yaml speak of, by table."""
FACTS = 100
"""So many rows are kept at most of a table that describes nothing of its own."""
Rows = list[dict[str, str]]


@cache
def tables() -> Mapping[str, str]:
    """The small tables and their descriptions, by their paths below seeds/reference; found out once a process."""
    described = {path.stem: describe(path) for path in sorted(TABLES.glob("*/*.yaml"))}
    rows = {name: _read(TABLES / name / f"{name}.csv") for name in described}
    kept = _closed(described, rows)
    small = {name: _small(each, rows[name], kept[name], kept) for name, each in described.items()}
    return {path: text for name, found in small.items() for path, text in _written(name, described[name], found)}


def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _named(description: Description, row: Mapping[str, str]) -> set[tuple[str, str]]:
    """What a row refers to: possible tables, and the identifier in one of them."""
    return {
        (table, value.strip())
        for name, column in description.columns.items()
        for table in column.refers_to
        for value in row[name].split(";")
        if value.strip()
    }


def _closed(described: Mapping[str, Description], rows: Mapping[str, Rows]) -> dict[str, set[str]]:
    """The identifiers of the entities that are kept, by table: those named, and all that they refer to."""
    known = {
        name: {row["id"]: row for row in rows[name]} for name, each in described.items() if each.describes_entities
    }
    waiting = {(table, each) for table, names in NAMED.items() for each in names.split()}
    kept: dict[str, set[str]] = {name: set() for name in described}
    while waiting:
        table, name = waiting.pop()
        if name in known[table] and name not in kept[table]:
            kept[table].add(name)
            waiting |= _named(described[table], known[table][name])
    return kept


def _small(description: Description, rows: Rows, own: set[str], kept: Mapping[str, set[str]]) -> Rows:
    """The rows of entities that are kept; of facts the first ones that speak of such alone."""
    if description.describes_entities:
        return [row for row in rows if row["id"] in own]
    everything = set().union(*kept.values())
    told = (row for row in rows if {name for _, name in _named(description, row)} <= everything)
    return [row for _, row in zip(range(FACTS), told, strict=False)]


def _written(name: str, description: Description, rows: Rows) -> list[tuple[str, str]]:
    """A table and its description, which expects no more rows than there are, as files."""
    text = (TABLES / name / f"{name}.yaml").read_text(encoding="utf-8")
    table = io.StringIO()
    writer = csv.DictWriter(table, list(description.columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return [
        (f"{name}/{name}.csv", table.getvalue()),
        (f"{name}/{name}.yaml", re.sub(r"minimum: \d+", "minimum: 0", text)),
    ]
