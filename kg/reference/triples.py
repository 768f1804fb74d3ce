"""The reference data as quads: what a column becomes is said by its description, the rest stands here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.ids import hashed_iri
from kg.namespaces import AC, ACR, PREFIXES, RDF, REFERENCE_GRAPH, SKOS, XSD
from kg.reference import dates
from kg.reference.description import Column
from kg.reference.reading import read
from kg.reference.tables import Row, Table, Tables

Fact = tuple[str, str, ox.NamedNode | ox.Literal]
"""Subject and predicate as IRIs, and the object."""

ACTIONS = {
    "signature": "Signature",
    "ratification": "Ratification",
    "accession": "Ratification",
    "succession": "Ratification",
    "suspension": "Suspension",
    "withdrawal": "Withdrawal",
    "revocation": "Withdrawal",
}
"""The class of event that each action of a state on a treaty is."""

CONFIDENCE = {"high": "0.95", "medium": "0.8", "low": "0.5"}
"""The figure that each grade of confidence stands for."""

RECORDS: dict[str, Callable[[Row], tuple[str, str]]] = {
    "events": lambda row: (hashed_iri("event", "reference", row["id"]), row["class"]),
    "obligations": lambda row: (f"{ACR}obligation/{row['id']}", row["kind"]),
    "treaty-rules": lambda row: (f"{ACR}treaty-rule/{row['treaty']}", "TreatyRule"),
}
"""Tables whose rows are neither entities nor plain facts: the IRI and the class of what a row describes."""

WIKIDATA = "http://www.wikidata.org/entity/"


def quads(folder: Path) -> Iterator[ox.Quad]:
    """All of the tables below `folder` as quads of the reference graph, in the order of tables and keys.

    Raises ReferenceDataError where a table is missing or wrong, before the first quad.
    """
    tables = read(folder)
    graph = ox.NamedNode(REFERENCE_GRAPH)
    for table in tables.by_name.values():
        for row in table.rows:
            for subject, predicate, value in dict.fromkeys(facts_of(tables, table, row)):
                yield ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, graph)


def facts_of(tables: Tables, table: Table, row: Row) -> Iterator[Fact]:
    """What one row says."""
    if table.name == "treaty-actions":
        yield from _treaty_action(tables, table, row)
    elif table.name == "tenures":
        yield from _tenure(tables, table, row)
    elif table.name == "memberships":
        yield from _membership(tables, table, row)
    elif table.name in RECORDS:
        subject, kind = RECORDS[table.name](row)
        yield subject, RDF + "type", _class(kind)
        yield from _columns(tables, table, row, subject)
    else:
        yield from _entity(tables, table, row)


def subjects_of(tables: Tables, table: Table, row: Row) -> tuple[str, ...]:
    """The IRIs of all that one row says something of."""
    if table.name == "treaty-actions":
        if row["action"] != "party":
            return (_action_iri(table, row),)
        fact = _party_fact(tables, row)
        return fact[0], hashed_iri("fact", *fact)
    if table.name == "tenures":
        return _person_of(tables, table, row), _tenure_iri(table, row)
    if table.name == "memberships":
        fact = _member_fact(tables, row)
        return fact[0], hashed_iri("fact", *fact)
    return (RECORDS[table.name](row)[0] if table.name in RECORDS else table.iri(row),)


def _entity(tables: Tables, table: Table, row: Row) -> Iterator[Fact]:
    subject = table.iri(row)
    yield subject, RDF + "type", _class(table.kind(row))
    if table.kind(row) == "WeaponCategory":
        yield subject, RDF + "type", ox.NamedNode(SKOS + "Concept")
        yield subject, SKOS + "inScheme", ox.NamedNode(ACR + "weapon-categories")
    yield from _columns(tables, table, row, subject)
    if table.name == "weapons":
        yield from _range(subject, row["range"])


def _range(subject: str, text: str) -> Iterator[Fact]:
    """Least and greatest range in kilometres, where the cell gives one figure or two and no other word."""
    if match := re.fullmatch(r"(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?", text):
        for name, figure in (("rangeMinimum", match[1]), ("rangeMaximum", match[2] or match[1])):
            yield subject, AC + name, ox.Literal(figure, datatype=ox.NamedNode(XSD + "decimal"))


def _columns(tables: Tables, table: Table, row: Row, subject: str) -> Iterator[Fact]:
    """What the columns say of the subject, each as described; start and end else are a span of days."""
    columns = table.description.columns
    for name, column in columns.items():
        if column.property:
            predicate = _expand(column.property)
            for value in row.many(name) if column.many else filter(None, (row[name],)):
                yield subject, predicate, _term(tables, column, value)
    if "start" in columns and not columns["start"].property:
        yield from _span(subject, row["start"], row["end"])


def _term(tables: Tables, column: Column, value: str) -> ox.NamedNode | ox.Literal:
    if column.refers_to:
        return ox.NamedNode(tables.iri(column, value))
    if column.property == "owl:sameAs":
        return ox.NamedNode(WIKIDATA + value)
    if column.property == "ac:confidence":
        return ox.Literal(CONFIDENCE[value], datatype=ox.NamedNode(XSD + "decimal"))
    if column.date:
        return dates.literal(value)
    if column.classes:
        return _class(value)
    if column.number:
        return ox.Literal(value, datatype=ox.NamedNode(XSD + "decimal"))
    return ox.Literal(value, language=column.language) if column.language else ox.Literal(value)


def _span(subject: str, start: str, end: str) -> Iterator[Fact]:
    for predicate, day in (("earliest", dates.first_day(start)), ("latest", dates.last_day(end))):
        if day:
            yield subject, AC + predicate, dates.literal(day)
    yield subject, AC + "edtf", ox.Literal(dates.edtf(start, end))


def _tenure(tables: Tables, table: Table, row: Row) -> Iterator[Fact]:
    subject = _tenure_iri(table, row)
    yield _person_of(tables, table, row), AC + "holdsOffice", ox.NamedNode(subject)
    yield subject, RDF + "type", _class("Tenure")
    yield from _columns(tables, table, row, subject)


def _tenure_iri(table: Table, row: Row) -> str:
    return hashed_iri("tenure", *table.key(row))


def _person_of(tables: Tables, table: Table, row: Row) -> str:
    return tables.iri(table.description.columns["person"], row["person"])


def _treaty_action(tables: Tables, table: Table, row: Row) -> Iterator[Fact]:
    """An event that the state is the agent of, or, where its date is unknown, a fact with its record."""
    if row["action"] == "party":
        yield from _party(tables, table, row)
        return
    subject = _action_iri(table, row)
    yield subject, RDF + "type", _class(ACTIONS[row["action"]])
    yield from _columns(tables, table, row, subject)
    yield from _span(subject, row["date"], row["date"])
    if row["action"] == "signature":
        yield from _signing_place(tables, row, subject)


def _action_iri(table: Table, row: Row) -> str:
    return hashed_iri("event", "reference", *table.key(row))


def _signing_place(tables: Tables, row: Row, event: str) -> Iterator[Fact]:
    """The one place where the treaty was signed, for those who signed on the first day."""
    column = tables["treaties"].description.columns["places"]
    treaty = tables.row("treaties", row["treaty"])
    places = treaty.many("places")
    if len(places) == 1 and row["date"] == treaty["signed"]:
        yield event, AC + "place", ox.NamedNode(tables.iri(column, places[0]))


def _party(tables: Tables, table: Table, row: Row) -> Iterator[Fact]:
    fact = _party_fact(tables, row)
    yield fact[0], fact[1], ox.NamedNode(fact[2])
    yield from _record(tables, table, row, fact)


def _party_fact(tables: Tables, row: Row) -> tuple[str, str, str]:
    return tables.iris["states"][row["state"]], AC + "partyTo", tables.iris["treaties"][row["treaty"]]


def _membership(tables: Tables, table: Table, row: Row) -> Iterator[Fact]:
    """A member that has left keeps the record only."""
    fact = _member_fact(tables, row)
    if not row["end"]:
        yield fact[0], fact[1], ox.NamedNode(fact[2])
    yield from _record(tables, table, row, fact)


def _member_fact(tables: Tables, row: Row) -> tuple[str, str, str]:
    return tables.iris["states"][row["member"]], AC + "memberOf", tables.iris["organizations"][row["organization"]]


def _record(tables: Tables, table: Table, row: Row, fact: tuple[str, str, str]) -> Iterator[Fact]:
    """The statement that says what a fact rests on, which a plain triple cannot."""
    subject = hashed_iri("fact", *fact)
    yield subject, RDF + "type", ox.NamedNode(RDF + "Statement")
    for predicate, value in zip(("subject", "predicate", "object"), fact, strict=True):
        yield subject, RDF + predicate, ox.NamedNode(value)
    columns = table.description.columns
    for name in ("basis", "confidence", "source", "note", "listed", "unlisted", "start", "end"):
        if name in columns and row[name]:
            yield subject, _expand(columns[name].property or ""), _term(tables, columns[name], row[name])


def _class(name: str) -> ox.NamedNode:
    return ox.NamedNode(AC + name)


def _expand(name: str) -> str:
    """The IRI of a prefixed name; descriptions are checked to use known prefixes only."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local
