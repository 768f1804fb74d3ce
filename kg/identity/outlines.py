"""What documents tell of entities that only texts name, and the reference data's entities, kept by key beside the quads.

The tables lie in the file of kg.nearby, with who is known by whose IRI since it was decided last.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from kg.identity.deciding import Merge
from kg.identity.profiles import Profile
from kg.nearby import number

TABLES = """
CREATE TABLE IF NOT EXISTS profile (entity INTEGER, document INTEGER, iri TEXT, told TEXT);
CREATE INDEX IF NOT EXISTS profile_entity ON profile (entity);
CREATE INDEX IF NOT EXISTS profile_document ON profile (document);
CREATE TABLE IF NOT EXISTS surname (sound TEXT, entity INTEGER, alone INTEGER, PRIMARY KEY (sound, entity)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS surname_entity ON surname (entity);
CREATE TABLE IF NOT EXISTS called (entity INTEGER, iri TEXT, document TEXT, into_iri TEXT, known INTEGER);
CREATE INDEX IF NOT EXISTS called_entity ON called (entity);
CREATE INDEX IF NOT EXISTS called_document ON called (document);
"""
Called = dict[tuple[str, str], str]
"""Entity and document to the IRI by which the entity is known there."""
KNOWN = 0
"""Stands for the document of what the reference data tells."""


class Outlines:
    """The tables."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        for statement in filter(str.strip, TABLES.split(";")):
            database.execute(statement)

    def put(self, profiles: Iterable[Profile]) -> None:
        """Keep what documents, or the reference data, tell of entities."""
        rows = [(number(each.iri), _document(each.document), each.iri, _json(each)) for each in profiles]
        self._database.executemany("INSERT INTO profile VALUES (?, ?, ?, ?)", rows)

    def drop(self, document: str) -> set[str]:
        """Keep nothing of a document any more; gives the entities that it told of."""
        rows = self._database.execute("SELECT iri FROM profile WHERE document = ?", (_document(document),))
        found = {iri for (iri,) in rows}
        self._database.execute("DELETE FROM profile WHERE document = ?", (_document(document),))
        return found

    def profiles(self, entity: int) -> list[Profile]:
        """What is told of an entity: by documents, or by the reference data where no document does."""
        rows = self._database.execute("SELECT document, told FROM profile WHERE entity = ?", (entity,)).fetchall()
        return _told(rows)

    def all(self) -> Iterator[list[Profile]]:
        """The same of all entities."""
        rows = self._database.execute("SELECT entity, document, told FROM profile ORDER BY entity")
        for _, told in groupby(rows, key=lambda row: row[0]):
            yield _told([row[1:] for row in told])

    def surnames(self, entity: int, sounds: Iterable[str], *, alone: bool) -> None:
        """Keep how the surnames of a person sound; `alone` says that only a surname is told of him."""
        self._database.execute("DELETE FROM surname WHERE entity = ?", (entity,))
        rows = ((sound, entity, alone) for sound in sorted(set(sounds)))
        self._database.executemany("INSERT INTO surname VALUES (?, ?, ?)", rows)

    def sounds(self, entity: int) -> set[str]:
        """How the surnames of a person sound, as they were kept."""
        return {sound for (sound,) in self._database.execute("SELECT sound FROM surname WHERE entity = ?", (entity,))}

    def of_surname(self, sound: str, *, alone: bool) -> list[int]:
        """The persons whose surname sounds so; `alone` those of whom only that is told."""
        query = "SELECT entity FROM surname WHERE sound = ? AND alone = ?"
        return [entity for (entity,) in self._database.execute(query, (sound, alone))]

    def all_alone(self) -> list[int]:
        """All persons of whom only a surname is told."""
        return [entity for (entity,) in self._database.execute("SELECT DISTINCT entity FROM surname WHERE alone")]

    def iris(self) -> set[str]:
        """The IRIs of all entities."""
        return {iri for (iri,) in self._database.execute("SELECT DISTINCT iri FROM profile")}

    def called(self, entity: int) -> dict[str, str]:
        """By which other IRI an entity is known, by document."""
        query = "SELECT document, into_iri FROM called WHERE entity = ?"
        return dict(self._database.execute(query, (entity,)))

    def called_in(self, document: str) -> dict[str, str]:
        """By which other IRIs entities are known in a document."""
        return dict(self._database.execute("SELECT iri, into_iri FROM called WHERE document = ?", (document,)))

    def known_in(self, document: str) -> set[str]:
        """Those of these IRIs that are the reference data's."""
        query = "SELECT into_iri FROM called WHERE document = ? AND known"
        return {into for (into,) in self._database.execute(query, (document,))}

    def names(self, about: Iterable[int] | None = None) -> Called:
        """By which other IRIs entities are known; all, or these."""
        if about is None:
            rows = self._database.execute("SELECT iri, document, into_iri FROM called").fetchall()
            return {(iri, document): into for iri, document, into in rows}
        query = "SELECT iri, document, into_iri FROM called WHERE entity = ?"
        told = (row for each in about for row in self._database.execute(query, (each,)).fetchall())
        return {(iri, document): into for iri, document, into in told}

    def call(self, about: Iterable[int], merges: Iterable[Merge]) -> None:
        """Keep what was decided, and nothing that was decided before of these entities."""
        self._database.executemany("DELETE FROM called WHERE entity = ?", ((each,) for each in about))
        rows = (
            (number(merge.member), merge.member, document, merge.into, merge.known)
            for merge in merges
            for document in merge.documents or ("",)
        )
        self._database.executemany("INSERT INTO called VALUES (?, ?, ?, ?, ?)", rows)

    def clear(self) -> None:
        """Keep nothing of surnames, nor of what was decided."""
        for table in ("surname", "called"):
            self._database.execute(f"DELETE FROM {table}")


def _document(document: str) -> int:
    return number(document) if document else KNOWN


def _json(profile: Profile) -> str:
    told = (profile.iri, profile.kind, sorted(profile.classes), profile.names, profile.document, profile.day)
    sets = (sorted(profile.states), sorted(profile.offices), profile.held, sorted(profile.categories))
    return json.dumps((*told, *sets), ensure_ascii=False, separators=(",", ":"))


def _told(rows: list[Any]) -> list[Profile]:
    by_texts = [row for row in rows if row[0] != KNOWN]
    return [_profile(told) for _, told in by_texts or rows]


def _profile(told: str) -> Profile:
    iri, kind, classes, names, document, day, states, offices, held, categories = json.loads(told)
    return Profile(
        iri,
        kind,
        frozenset(classes),
        tuple(names),
        document,
        day,
        frozenset(states),
        frozenset(offices),
        tuple(tuple(each) for each in held),
        frozenset(categories),
    )
