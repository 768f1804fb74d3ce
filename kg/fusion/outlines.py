"""What documents tell of events, and the reference data's events, kept by key: as it was given, judged, and named.

The tables lie in the file of kg.nearby. What a document tells stands there until the document is dropped, so that after a change
an event is made of its tellings without any document being read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby

from kg.fusion.features import Event, Features, joined
from kg.fusion.telling import Detail, Document, Source, Telling
from kg.fusion.world import SYSTEM, World
from kg.namespaces import ACR, REFERENCE_GRAPH
from kg.nearby import number

TABLES = """
CREATE TABLE IF NOT EXISTS source (document INTEGER PRIMARY KEY, iri TEXT, day TEXT, identifier TEXT, last TEXT, story TEXT);
CREATE TABLE IF NOT EXISTS telling (event INTEGER, document INTEGER, iri TEXT, kind TEXT, outline TEXT, detail TEXT);
CREATE INDEX IF NOT EXISTS telling_event ON telling (event);
CREATE INDEX IF NOT EXISTS telling_document ON telling (document);
CREATE INDEX IF NOT EXISTS telling_kind ON telling (kind);
CREATE TABLE IF NOT EXISTS category (document INTEGER, weapon TEXT, above TEXT);
CREATE INDEX IF NOT EXISTS category_document ON category (document);
CREATE INDEX IF NOT EXISTS category_weapon ON category (weapon);
CREATE TABLE IF NOT EXISTS merged (event INTEGER PRIMARY KEY, into_iri TEXT);
"""
REFERENCE = Source("", "", REFERENCE_GRAPH)
COLUMNS = "event, document, iri, kind, outline, detail"
Row = tuple[int, int, str, str, str, str]
"""A telling; the document of those of the reference data is 0 or less."""
Rename = Callable[[str], str]


class Outlines:
    """The tables, and the events that they make."""

    def __init__(self, database: sqlite3.Connection, world: World, features: Features) -> None:
        """`world` is that of the reference data; it learns the categories of weapons that only texts know as these are met."""
        self._database = database
        self._world = world
        self._features = features
        self._learnt: set[str] = set()
        self._sources: dict[int, Source] = {}
        for statement in filter(str.strip, TABLES.split(";")):
            database.execute(statement)

    def put(self, document: Document) -> None:
        """Keep what a document tells, with its detail; it was dropped before, if it was there."""
        source = document.source
        key = number(source.iri)
        story = next((each.detail.story for each in document.tellings.values() if each.detail), frozenset[int]())
        row = (key, source.iri, source.day, source.identifier, source.last, json.dumps(sorted(story)))
        self._database.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?)", row)
        self._put(_row(key, telling) for telling in document.tellings.values())
        self._categories(key, document.categories)

    def put_reference(self, acts: Iterable[list[Telling]]) -> None:
        """Keep the events of the reference data, each as the tellings of one IRI."""
        self._put(_row(-part, telling) for parts in acts for part, telling in enumerate(parts))

    def _put(self, rows: Iterable[Row]) -> None:
        self._database.executemany(f"INSERT INTO telling ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _categories(self, document: int, categories: Mapping[str, Iterable[str]]) -> None:
        rows = [(document, weapon, above) for weapon in sorted(categories) for above in sorted(categories[weapon])]
        self._database.executemany("INSERT INTO category VALUES (?, ?, ?)", rows)

    def drop(self, document: str) -> None:
        """Keep nothing of a document any more."""
        for table in ("source", "telling", "category"):
            self._database.execute(f"DELETE FROM {table} WHERE document = ?", (number(document),))
        self._sources.pop(number(document), None)

    def rename(self, document: str, names: Mapping[str, str], known: Collection[str]) -> None:
        """Put entities under the IRIs by which they are known in a document; `known` are those of the reference data."""
        key = number(document)
        query = f"SELECT rowid, {COLUMNS} FROM telling WHERE document = ?"
        for rowid, *row in self._database.execute(query, (key,)).fetchall():
            telling = _telling(tuple(row), REFERENCE)
            told = Document(REFERENCE, {telling.iri: telling})
            told.rename(names, known)
            self._database.execute("UPDATE telling SET outline = ? WHERE rowid = ?", (_outline(telling), rowid))
        told = Document(REFERENCE, categories=self.categories(document))
        told.rename(names, known)
        self._database.execute("DELETE FROM category WHERE document = ?", (key,))
        self._categories(key, told.categories)

    def events_of(self, document: str) -> list[str]:
        """The events that a document gives."""
        rows = self._database.execute("SELECT iri FROM telling WHERE document = ?", (number(document),))
        return [iri for (iri,) in rows]

    def documents_of(self, event: str) -> set[str]:
        """The documents that give an event."""
        rows = self._database.execute("SELECT document FROM telling WHERE event = ?", (number(event),)).fetchall()
        return {self._source(document).iri for (document,) in rows if document > 0}

    def documents(self) -> set[str]:
        """All documents that are kept."""
        return {iri for (iri,) in self._database.execute("SELECT iri FROM source")}

    def categories(self, document: str) -> dict[str, set[str]]:
        """The weapon categories of weapons that only texts know, as a document gives them."""
        found: dict[str, set[str]] = {}
        query = "SELECT weapon, above FROM category WHERE document = ?"
        for weapon, above in self._database.execute(query, (number(document),)):
            found.setdefault(weapon, set()).add(above)
        return found

    def size(self) -> int:
        """How many tellings there are."""
        return int(self._database.execute("SELECT count(*) FROM telling").fetchone()[0])

    def event(self, key: int) -> Event | None:
        """The event of this number; None where nothing tells of it."""
        rows = self._database.execute(f"SELECT {COLUMNS} FROM telling WHERE event = ?", (key,)).fetchall()
        return self._event(rows) if rows else None

    def of_kinds(self, kinds: Collection[str]) -> Iterator[Event]:
        """The events of some classes, but for those that documents give different classes."""
        odd = {event for event, _ in self._of_several()}
        marks = ", ".join("?" * len(kinds))
        query = f"SELECT {COLUMNS} FROM telling WHERE kind IN ({marks}) ORDER BY event"
        for key, rows in groupby(self._database.execute(query, sorted(kinds)), key=lambda row: row[0]):
            if key not in odd:
                yield self._event(list(rows))

    def of_several_kinds(self) -> list[Event]:
        """The events that documents give different classes."""
        return [event for key, _ in self._of_several() if (event := self.event(key)) is not None]

    def _of_several(self) -> list[tuple[int, str]]:
        query = "SELECT event, min(kind) FROM telling GROUP BY event HAVING min(kind) <> max(kind)"
        return self._database.execute(query).fetchall()

    def _event(self, rows: list[Row]) -> Event:
        """The event of all tellings of one IRI; where documents give it, those of the reference data do not count."""
        told = sorted(row for row in rows if row[1] > 0)
        tellings = [_telling(row, self._source(row[1])) for row in told or sorted(rows, key=lambda row: -row[1])]
        for telling in tellings:
            self._learn(telling.roles.get("item", ()))
        return self._features.event(tellings, partial(self._detail, told), reference=not told)

    def _detail(self, rows: list[Row]) -> Detail:
        """What documents say of an event beyond its class, roles and time."""
        return joined([self._details(row) for row in rows]) if rows else Detail()

    def _details(self, row: Row) -> Detail:
        words, setting, modalities, stages = json.loads(row[5])
        story = self._database.execute("SELECT story FROM source WHERE document = ?", (row[1],)).fetchone()
        return Detail(
            frozenset(words),
            frozenset(map(_whole, setting)),
            frozenset(modalities),
            frozenset(stages),
            frozenset(json.loads(story[0])),
        )

    def _source(self, document: int) -> Source:
        if document <= 0:
            return REFERENCE
        if document not in self._sources:
            query = "SELECT day, identifier, iri, last FROM source WHERE document = ?"
            self._sources[document] = Source(*self._database.execute(query, (document,)).fetchone())
        return self._sources[document]

    def _learn(self, items: Iterable[str]) -> None:
        """Let the world know the categories of these, where only texts know them."""
        for item in items:
            if item.startswith(SYSTEM) and item not in self._learnt:
                self._learnt.add(item)
                rows = self._database.execute("SELECT DISTINCT above FROM category WHERE weapon = ?", (item,))
                if above := {each for (each,) in rows}:
                    self._world.learn({item: above})

    def into(self, event: str) -> str | None:
        """By which other IRI an event is known, as it was decided last."""
        row = self._database.execute("SELECT into_iri FROM merged WHERE event = ?", (number(event),)).fetchone()
        return None if row is None else str(row[0])

    def decide(self, about: Iterable[str], names: Mapping[str, str]) -> None:
        """Keep by which IRIs the events that it was decided of are known, where these are others than their own."""
        self._database.executemany("DELETE FROM merged WHERE event = ?", ((number(each),) for each in about))
        self._database.executemany(
            "INSERT INTO merged VALUES (?, ?)", ((number(member), into) for member, into in names.items())
        )

    def merged(self) -> int:
        """How many events are known by another's IRI."""
        return int(self._database.execute("SELECT count(*) FROM merged").fetchone()[0])


def _row(document: int, telling: Telling) -> Row:
    found = telling.detail or Detail()
    detail = (
        sorted(found.words),
        sorted(map(_short, found.setting)),
        sorted(found.modalities),
        sorted(found.stages),
    )
    return number(telling.iri), document, telling.iri, telling.kind, _outline(telling), _json(detail)


def _outline(telling: Telling) -> str:
    roles = {role: sorted(map(_short, entities)) for role, entities in sorted(telling.roles.items())}
    return _json((roles, telling.earliest, telling.latest, telling.inferred))


def _telling(row: Row, source: Source) -> Telling:
    roles, earliest, latest, inferred = json.loads(row[4])
    named = {role: set(map(_whole, entities)) for role, entities in roles.items()}
    return Telling(row[2], source, row[3], named, earliest, latest, inferred)


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _short(iri: str) -> str:
    """An IRI without its beginning, where that is the one of most."""
    short = iri.removeprefix(ACR)
    return iri if ":" in short else short


def _whole(short: str) -> str:
    return short if ":" in short else ACR + short
