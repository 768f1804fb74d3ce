"""Words as the gazetteer sees them, and a trie to look names up by them.

A word is a run of letters or a run of digits, folded (no case, no accents): "S-400", "S 400" and "S400" are the same two
words, "l'État" is "l", "etat". So spelling, hyphens and apostrophes never decide whether a name is found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

_WORD = re.compile(r"[^\W\d_]+|\d+")
T = TypeVar("T")


class Word(NamedTuple):
    """A folded word with its place in the text."""

    key: str
    begin: int
    end: int


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """The word without case and accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return plain.casefold().replace("œ", "oe").replace("æ", "ae")


def words(text: str) -> list[Word]:
    """The words of a text in order."""
    return [Word(fold_word(m[0]), *m.span()) for m in _WORD.finditer(text)]


def keys(text: str) -> tuple[str, ...]:
    """The folded words of a text, without their places."""
    return tuple(word.key for word in words(text))


@dataclass(slots=True)
class _Node(Generic[T]):
    next: dict[str, _Node[T]] = field(default_factory=dict)
    values: list[T] = field(default_factory=list)


class Trie(Generic[T]):
    """Sequences of words to values; finds every entry that begins at a given word."""

    def __init__(self, entries: Iterable[tuple[tuple[str, ...], T]] = ()) -> None:
        self._root: _Node[T] = _Node()
        for path, value in entries:
            self.add(path, value)

    def add(self, path: tuple[str, ...], value: T) -> None:
        """Add a value under a sequence of folded words."""
        node = self._root
        for key in path:
            node = node.next.setdefault(key, _Node())
        node.values.append(value)

    def begins(self, key: str) -> bool:
        """Whether any entry begins with a folded word."""
        return key in self._root.next

    def at(self, sequence: list[Word], start: int) -> Iterator[tuple[int, list[T]]]:
        """Every (end, values) of entries that match `sequence` from `start`, shortest first; end exclusive."""
        node = self._root
        for position in range(start, len(sequence)):
            following = node.next.get(sequence[position].key)
            if following is None:
                return
            node = following
            if node.values:
                yield position + 1, node.values


def any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Finds any of these phrases, as whole words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")
