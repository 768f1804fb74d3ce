"""The reference data as the extractor needs it: entities, their names, offices, and facts to decide by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg.ids import fold
from kg.model import Entity, Name, NameForm, Reference, Tenure
from kg.reference import dates
from kg.reference.reading import read
from kg.reference.tables import Row, Table, Tables

FEW_PARTIES = 4
"""Treaties of at most so many parties are told with their parties: the others name too many to be meant."""


def load(folder: Path) -> Reference:
    """The gazetteer of the tables below `folder`.

    Raises ReferenceDataError where a table is missing or wrong.
    """
    tables = read(folder)
    entities = {entity.iri: entity for entity in _entities(tables)}
    return Reference(
        entities=entities,
        names=_names(tables),
        tenures=tuple(_tenures(tables)),
        capitals=_capitals(tables),
        origins=_links(tables, "weapons", "origin"),
        categories=_links(tables, "weapons", "category") | _links(tables, "weapon-categories", "broader"),
        parties=_parties(tables),
        treaty_dates={
            tables["treaties"].iri(row): (row["signed"] or None, row["ended"] or None)
            for row in tables["treaties"].rows
        },
        gatherings=_gatherings(tables),
        places=_links(tables, "places", "state"),
        seats=_links(tables, "organizations", "based_in"),
        wholes=_links(tables, "organizations", "part_of"),
        historical=frozenset(tables["states"].iri(row) for row in tables["states"].rows if row["valid_to"]),
        version=tables.version,
    )


def _entities(tables: Tables) -> Iterator[Entity]:
    for table in tables.by_name.values():
        if table.description.describes_entities:
            for row in table.rows:
                yield Entity(table.iri(row), table.kind(row), row["name_fr"])


def _names(tables: Tables) -> tuple[Name, ...]:
    """All names, once each. An organisation's name that is a metonym of a state as well is ambiguous."""
    names: dict[tuple[str, str, NameForm, str], Name] = {}
    for table in tables.by_name.values():
        if table.description.describes_entities:
            for row in table.rows:
                for name in _names_of(table, row):
                    names.setdefault((name.text, name.entity, name.form, name.language), name)
    metonyms = {fold(name.text) for name in names.values() if name.form is NameForm.METONYM}
    organizations = set(tables.iris["organizations"].values())
    return tuple(
        replace(name, ambiguous=True) if name.entity in organizations and fold(name.text) in metonyms else name
        for name in names.values()
    )


def _names_of(table: Table, row: Row) -> Iterator[Name]:
    """The names in a row. What an ambiguous column repeats is ambiguous in the other columns as well."""
    columns = [(name, column) for name, column in table.description.columns.items() if column.form]
    ambiguous = {value for name, column in columns if column.ambiguous for value in row.many(name)}
    for name, column in columns:
        assert column.form
        for value in row.many(name) if column.many else filter(None, (row[name],)):
            yield Name(value, table.iri(row), column.form, column.language or "fr", value in ambiguous)


def _tenures(tables: Tables) -> Iterator[Tenure]:
    table = tables["tenures"]
    columns = table.description.columns
    for row in table.rows:
        yield Tenure(
            person=tables.iri(columns["person"], row["person"]),
            office=row["office"],
            office_type=row["office_type"],
            body=tables.iri(columns["body"], row["body"]),
            earliest=dates.first_day(row["start"]),
            latest=dates.last_day(row["end"]),
        )


def _links(tables: Tables, name: str, column: str) -> dict[str, str]:
    table = tables[name]
    spec = table.description.columns[column]
    return {table.iri(row): tables.iri(spec, row[column]) for row in table.rows if row[column]}


def _capitals(tables: Tables) -> dict[str, str]:
    """Capital to state; a capital that several states had belongs to the one that still is."""
    states = tables["states"]
    column = states.description.columns["capital"]
    order = sorted(states.rows, key=lambda row: (row["valid_to"] == "", row["valid_to"]))
    return {tables.iri(column, row["capital"]): states.iri(row) for row in order if row["capital"]}


def _parties(tables: Tables) -> dict[str, tuple[str, ...]]:
    """Treaty to parties, where they are few. A historical state gives way to a successor that is a party."""
    treaties, states = tables["treaties"], tables["states"]
    successors = {row["id"]: set(row.many("successors")) for row in states.rows}
    found: dict[str, tuple[str, ...]] = {}
    for row in treaties.rows:
        listed = row.many("parties") or _acting_parties(tables, row["id"])
        parties = [state for state in listed if not successors[state] & set(listed)]
        if 0 < len(parties) <= FEW_PARTIES:
            found[treaties.iri(row)] = tuple(tables.iris["states"][state] for state in parties)
    return found


def _acting_parties(tables: Tables, treaty: str) -> tuple[str, ...]:
    binding = {"ratification", "accession", "succession", "party"}
    rows = (row for row in tables["treaty-actions"].rows if row["treaty"] == treaty)
    return tuple(sorted({row["state"] for row in rows if row["action"] in binding}))


def _gatherings(
    tables: Tables,
) -> dict[str, tuple[str | None, str | None, str | None]]:
    table = tables["gatherings"]
    places = tables.iris["places"]
    return {
        table.iri(row): (
            places[row["place"]] if row["place"] else None,
            dates.first_day(row["start"]),
            dates.last_day(row["end"]),
        )
        for row in table.rows
    }
