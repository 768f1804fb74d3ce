"""Search at a server, in place of the search file of a snapshot: names, titles and sentences, found by patterns.

No index stands behind it: the server reads all texts of a kind for each search. Case and accents do not count, words are found by
their stems and beginnings, as in kg.search; of equally good texts the shorter comes first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg.errors import CallError
from kg.ids import fold
from kg.namespaces import NIF
from kg.query.names import text_of
from kg.search import KINDS, NAMED_BY, Hit, marks, parts_of, stem
from kg.store.quads import Quads

MOST = 2000
"""Texts of one kind that are looked at, of those in which the server finds the words."""
_ACCENTED = "àâäáãåçéèêëíìîïñóòôöõúùûüýÿœæ"


class Labels:
    """A search in the texts of a store (kg.query.view.Finder)."""

    def __init__(self, store: Quads) -> None:
        self._store = store

    def find(self, text: str, *, limit: int = 20, kinds: Sequence[str] = KINDS) -> list[Hit]:
        """What has all words of `text` in it, best first, each thing once; CallError where there is no word in it."""
        parts = parts_of(text)
        if not parts:
            raise CallError(f"{text!r} holds no word to search for.", "Give at least one word or number.")
        sought = [pattern for words, exact in parts for pattern in _patterns(words, exact)]
        found = [hit for kind in kinds for hit in self._hits(kind, text, sought)]
        whole = " ".join(word for words, _ in parts for word in words)
        found.sort(key=lambda hit: (_tier(hit, whole), len(hit.text), hit.text, hit.iri))
        best: dict[str, Hit] = {}
        for hit in found:
            best.setdefault(hit.iri, hit)
        return list(best.values())[:limit]

    def _hits(self, kind: str, text: str, sought: Sequence[str]) -> Iterator[Hit]:
        """The texts of one kind in which the words stand."""
        conditions = " && ".join(f"REGEX(LCASE(STR(?text)), {ox.Literal(pattern)})" for pattern in sought)
        rows = self._store.query(
            f"SELECT ?iri ?text ?in WHERE {{ {_PATTERNS[kind]} FILTER({conditions}) }} LIMIT {MOST}"
        )
        assert isinstance(rows, ox.QuerySolutions)
        for row in rows:
            literal, places = row["text"], marks(text_of(row["text"]), text)
            if places and isinstance(literal, ox.Literal):
                graph = text_of(row["in"]) if kind == "sentence" else text_of(row["iri"]) if kind == "title" else ""
                yield Hit(text_of(row["iri"]), kind, literal.value, literal.language or "", graph, places)


def _named(kind: str) -> str:
    """The pattern of the texts that a kind is named by."""
    properties = "|".join(f"<{name}>" for name, each in NAMED_BY.items() if each == kind)
    return f"?iri {properties} ?text . FILTER(ISIRI(?iri))"


_PATTERNS = {
    "name": _named("name"),
    "title": _named("title"),
    "sentence": f"?iri a <{NIF}Sentence> ; <{NIF}anchorOf> ?text ; <{NIF}referenceContext> ?in .",
}


def _patterns(words: Sequence[str], exact: bool) -> Iterator[str]:
    """Regular expressions that find each word's beginning in a text, with whatever accents; marks() then looks closely."""
    for word in words:
        begun = word if exact else min(word, stem(word), key=len)
        letters = "".join(_letter(each) for each in begun)
        yield f"(?:^|[^a-z0-9]){letters}"


def _letter(letter: str) -> str:
    """A letter with whatever accent, as alternatives: Virtuoso takes bytes for the characters of a class."""
    variants = [each for each in _ACCENTED if unicodedata.normalize("NFD", each)[0] == letter]
    return f"(?:{'|'.join([letter, *variants])})" if variants else re.escape(letter)


def _tier(hit: Hit, whole: str) -> int:
    """How near a text comes to what was sought, as kg.search ranks it."""
    folded = fold(hit.text)
    if hit.kind == "sentence":
        return 3
    return 0 if folded == whole else 1 if folded.startswith(whole) else 2
