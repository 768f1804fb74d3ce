"""Full-text search: names, titles and sentences of a graph, in an SQLite file that is part of its snapshot.

    write(path, store, graphs)                   # at publishing
    Index(path).find("missiles hypersoniques")   # hits, best first

Case and accents do not count. Each word of a search finds the words that begin with it and those of the same
stem: "missiles" finds "missile", "trait" finds "traité". Words in quotation marks must follow each other.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import CallError, StoreError
from kg.ids import fold
from kg.namespaces import DCTERMS, NIF, RDF, RDFS, SKOS

FILE = "search.db"
"""The name of the file in a snapshot."""
KINDS = ("name", "title", "sentence")
VERSION = 1
"""Of the tables and of the stems; a file of another version is not taken over but written anew."""

NAMED_BY = {
    SKOS + "prefLabel": "name",
    SKOS + "altLabel": "name",
    RDFS + "label": "name",
    DCTERMS + "title": "title",
    DCTERMS + "identifier": "title",
}
SENTENCE, TEXT, TYPE = ox.NamedNode(NIF + "Sentence"), ox.NamedNode(NIF + "anchorOf"), ox.NamedNode(RDF + "type")

TABLES = f"""
CREATE TABLE entry (id INTEGER PRIMARY KEY, graph TEXT, iri TEXT, kind TEXT, language TEXT, text TEXT, folded TEXT);
CREATE INDEX of_graph ON entry (graph);
CREATE VIRTUAL TABLE words USING fts5 (plain, stems, content = '', tokenize = "unicode61 remove_diacritics 0");
PRAGMA user_version = {VERSION};
"""

FIND = """
SELECT entry.iri, entry.kind, entry.language, entry.text, entry.graph,
  CASE WHEN entry.kind = 'sentence' THEN 3 WHEN entry.folded = :whole THEN 0
    WHEN substr(entry.folded, 1, length(:whole)) = :whole THEN 1 ELSE 2 END AS tier
FROM words JOIN entry ON entry.id = words.rowid
WHERE words MATCH :words AND entry.kind IN (SELECT value FROM json_each(:kinds))
ORDER BY tier, bm25(words, 1.0, 0.5), length(entry.text), entry.text, entry.iri,
  entry.graph, entry.language
"""

ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu)'")
WORD = re.compile(r"[^\W_]+")
PART = re.compile(r'"([^"]*)"|([^"]+)')


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that a search found."""

    iri: str
    """Of the thing that has the name, the document that has the title, or the sentence."""
    kind: str
    """One of KINDS."""
    text: str
    language: str
    """Of the text; empty where it is not known."""
    graph: str
    """The named graph that it stands in: for a title and a sentence, the document's IRI."""
    marks: tuple[tuple[int, int], ...]
    """Where the words that were found begin and end in the text."""


class Index:
    """The search file of a snapshot."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def find(self, text: str, *, limit: int = 20, kinds: Sequence[str] = KINDS) -> list[Hit]:
        """What has all words of `text` in it, best first, each thing once.

        Exact names come first, then names that begin so, other names and titles, and sentences; within each
        the better match (BM25) and the shorter text. Raises CallError where the text holds no word,
        StoreError where the file is missing or damaged.
        """
        parts = parts_of(text)
        if not parts:
            raise CallError(f"{text!r} holds no word to search for.", "Give at least one word or number.")
        values = {
            "words": " AND ".join(_expression(part) for part in parts),
            "whole": " ".join(word for part in parts for word in part[0]),
            "kinds": "[" + ", ".join(f'"{kind}"' for kind in kinds) + "]",
        }
        best: dict[str, Hit] = {}
        with self._open() as database:
            for iri, kind, language, found, graph, _ in database.execute(FIND, values):
                best.setdefault(iri, Hit(iri, kind, found, language, graph, _marks(found, parts)))
                if len(best) >= limit:
                    break
        return list(best.values())

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file, which never changes: nothing is locked, and nothing written beside it."""
        if not self.path.is_file():
            raise StoreError(f"{self.path.parent} has no search file.", "Build the graph again: kg build.")
        address = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(address, uri=True)) as database:
                yield database
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{self.path} is damaged: {error}.", "Build the graph again: kg build.") from error


def write(path: Path, store: ox.Store, graphs: Iterable[str], changed: Collection[str], base: Path | None) -> None:
    """Write the search file of a graph.

    `graphs` are the IRIs of all its named graphs; where `base` is the file of the graph that it began as,
    only those that have `changed` since are read again. Raises OSError where the disk is full.
    """
    taken = base is not None and _take_over(base, path)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode = OFF")  # a file that is not finished is thrown away
            database.execute("PRAGMA synchronous = OFF")  # publishing brings it to the disk
            if not taken:
                database.executescript(TABLES)
            database.execute("BEGIN")
            for graph in sorted(changed if taken else graphs):
                _remove(database, graph)
                _add(database, graph, store)
            database.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        raise OSError(str(error)) from error


def _take_over(base: Path, path: Path) -> bool:
    """Whether the file of an earlier graph could be copied, and is of this version."""
    if not base.is_file():
        return False
    shutil.copyfile(base, path)
    with closing(sqlite3.connect(path)) as database:
        try:
            version = database.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.DatabaseError:
            version = None
    if version != VERSION:
        path.unlink()
    return bool(version == VERSION)


def _remove(database: sqlite3.Connection, graph: str) -> None:
    """Remove what a graph gave."""
    rows = database.execute("SELECT id, text FROM entry WHERE graph = ?", (graph,)).fetchall()
    removed = ((number, *_columns(text)) for number, text in rows)
    database.executemany("INSERT INTO words (words, rowid, plain, stems) VALUES ('delete', ?, ?, ?)", removed)
    database.execute("DELETE FROM entry WHERE graph = ?", (graph,))


def _add(database: sqlite3.Connection, graph: str, store: ox.Store) -> None:
    """Add the names, titles and sentences of a graph."""
    insert = "INSERT INTO entry (graph, iri, kind, language, text, folded) VALUES (?, ?, ?, ?, ?, ?)"
    for iri, kind, literal in sorted(_texts(store, ox.NamedNode(graph)), key=str):
        plain, stems = _columns(literal.value)
        folded = "" if kind == "sentence" else plain
        row = (graph, iri, kind, literal.language or "", literal.value, folded)
        number = database.execute(insert, row).lastrowid
        database.execute("INSERT INTO words (rowid, plain, stems) VALUES (?, ?, ?)", (number, plain, stems))


def _texts(store: ox.Store, graph: ox.NamedNode) -> Iterator[tuple[str, str, ox.Literal]]:
    """Each text of a graph that is searched, with whose it is."""
    for predicate, kind in NAMED_BY.items():
        for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, graph):
            if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value, kind, quad.object
    for each in store.quads_for_pattern(None, TYPE, SENTENCE, graph):
        for quad in store.quads_for_pattern(each.subject, TEXT, None, graph):
            if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
                yield quad.subject.value, "sentence", quad.object


def _columns(text: str) -> tuple[str, str]:
    """The words of a text and their stems, as they are indexed."""
    words = _words(text)
    return " ".join(words), " ".join(map(stem, words))


def _words(text: str) -> list[str]:
    return WORD.findall(fold(text).replace("œ", "oe").replace("æ", "ae"))


def stem(word: str) -> str:
    """The stem of a folded word, French or English: plural, feminine and infinitive endings cut off.

    The minimal stemmer for French of J. Savoy (2006, "Light stemming approaches for the French, Portuguese,
    German and Hungarian languages"), for shorter words the plural alone, and final y made i as Porter (1980)
    does, so that "treaty" meets "treaties".

    >>> [stem(word) for word in ("missiles", "signer", "signee", "nationaux", "national", "treaties", "treaty")]
    ['missil', 'sign', 'sign', 'national', 'national', 'treati', 'treati']
    """
    if len(word) < 4 or word[-1].isdigit():
        return word
    if word.endswith("aux") and len(word) > 5:
        return word[:-3] + "al"
    if word[-1] in "sx":
        word = word[:-1]
    if len(word) > 5:
        for ending in ("r", "e", "e"):
            word = word.removesuffix(ending)
    if len(word) > 3 and word.endswith("y"):
        word = word[:-1] + "i"
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def parts_of(text: str) -> list[tuple[list[str], bool]]:
    """What a search is for: words, and (True) phrases that stood in quotation marks. A word such as S-400 is several."""
    parts: list[tuple[list[str], bool]] = []
    for phrase, loose in PART.findall(ELIDED.sub("", fold(text))):
        if words := _words(phrase):
            parts.append((words, True))
        parts += [(words, False) for chunk in loose.split() if (words := _words(chunk))]
    return parts


def _expression(part: tuple[list[str], bool]) -> str:
    """The part as FTS5 writes it."""
    words, exact = part
    plain = f'plain : "{" ".join(words)}"'
    return plain if exact else f'({plain} * OR stems : "{" ".join(map(stem, words))}")'


def marks(text: str, sought: str) -> tuple[tuple[int, int], ...]:
    """Where the words that a search for `sought` finds stand in a text; nothing where it lacks one of them."""
    parts = parts_of(sought)
    words = [*_words(text), *map(stem, _words(text))]
    held = all(any(word.startswith((each, stem(each))) for word in words) for part in parts for each in part[0])
    return _marks(text, parts) if held else ()


def _marks(text: str, parts: list[tuple[list[str], bool]]) -> tuple[tuple[int, int], ...]:
    """Where the words that a search found stand in a text."""
    loose = [words[-1] for words, exact in parts if not exact]
    whole = {word for words, exact in parts for word in (words if exact else words[:-1])}
    stems = {stem(word) for word in loose}
    marks = []
    for match in WORD.finditer(text):
        for word in _words(match[0]):
            if word in whole or stem(word) in stems or any(word.startswith(sought) for sought in loose):
                marks.append(match.span())
    return tuple(dict.fromkeys(marks))
