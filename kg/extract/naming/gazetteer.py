"""All names of the reference data, found in a text by their words, the longest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kg.extract.words import Trie, Word, words
from kg.model import Name, NameForm, Reference

_PRIORITY = {
    "State": 0,
    "Treaty": 1,
    "WeaponSystem": 2,
    "Person": 3,
    "Gathering": 4,
    "Conflict": 5,
    "WeaponCategory": 6,
    "Place": 8,
}
"""Which class wins where one text names several entities and nothing else decides; other classes stand at 7."""
_ROMAN = frozenset({"I", "II", "III", "IV", "V", "VI"})
"""Numbers that tell the members of a family of weapons apart."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of a line that names something: characters begin to end, with every name that it may be."""

    begin: int
    end: int
    names: tuple[Name, ...]


class Gazetteer:
    """Finds names. Short upper-case names (FNI, RT) must be upper-case in the text, names of one word must have their capital."""

    def __init__(self, reference: Reference, further: Iterable[Name] = ()) -> None:
        """`further` are names beside those of the reference."""
        self._historical = reference.historical
        self.kinds = {iri: entity.kind for iri, entity in reference.entities.items()}
        systems = (each for each in reference.entities.items() if each[1].kind == "WeaponSystem")
        self._members = {iri for iri, entity in systems if _ends_in_number(entity.label)}
        by_words: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        for name in (*reference.names, *further):
            if path := tuple(word.key for word in words(name.text)):
                by_words[path].append(name)
        self._trie: Trie[Name] = Trie()
        for path, names in sorted(by_words.items()):
            for name in sorted(names, key=self._order):
                self._trie.add(path, name)

    def _order(self, name: Name) -> tuple[int, bool, int, str]:
        form = 1 if name.form is NameForm.ALIAS else 0
        return (
            _PRIORITY.get(self.kinds.get(name.entity, ""), 7),
            name.entity in self._historical,
            form,
            name.entity,
        )

    def hits(self, text: str) -> list[Hit]:
        """The longest hits of a line, none overlapping, in order."""
        sequence = words(text)
        found: list[Hit] = []
        position = 0
        while position < len(sequence):
            if not self._trie.begins(sequence[position].key):
                position += 1
                continue
            hit_end, hit = self._longest(text, sequence, position)
            if hit is None:
                position += 1
            else:
                found.append(hit)
                position = hit_end
        return found

    def _longest(self, text: str, sequence: list[Word], start: int) -> tuple[int, Hit | None]:
        best: tuple[int, Hit | None] = (start, None)
        if start and sequence[start - 1].end == sequence[start].begin:
            return best
        for end, names in self._trie.at(sequence, start):
            begin, stop = sequence[start].begin, sequence[end - 1].end
            glued = end < len(sequence) and sequence[end].begin == stop
            if glued:
                continue
            surface = text[begin:stop]
            fitting = tuple(
                name
                for name in names
                if not (name.entity in self._members and _is_numbered(text, sequence, end))
                if _fits(name.text, name.form is NameForm.ADJECTIVE, name.form is NameForm.PREFIX, surface)
            )
            if fitting:
                best = end, Hit(begin, stop, fitting)
        return best


def _ends_in_number(text: str) -> bool:
    """Whether a name is that of a numbered member of a family: "Agni-V"."""
    last = text.replace("-", " ").split()[-1:]
    return any(part.isdigit() or part in _ROMAN for part in last)


def _is_numbered(text: str, sequence: list[Word], end: int) -> bool:
    """Whether a number follows a name without one, so that another of its family is meant: "Agni" in "Agni-III"."""
    last, following = sequence[end - 1], sequence[end : end + 1]
    if last.key.isdigit() or not following:
        return False
    number, gap = text[following[0].begin : following[0].end], text[last.end : following[0].begin]
    return (gap == "-" and number.isdigit()) or (gap in ("-", " ") and number in _ROMAN)


@lru_cache(maxsize=65_536)
def _fits(text: str, adjective: bool, prefix: bool, surface: str) -> bool:
    """Whether the capitals of a surface allow it to be a name of this text, which may be an adjective or its prefix.

    The form itself is no argument, as its hash would cost more than the answer.
    """
    letters = [c for c in text if c.isalpha()]
    if not any(c.isupper() for c in letters) or adjective or prefix:
        return not prefix or surface[0].islower() or surface[0].isupper()
    if all(c.isupper() for c in letters) and len(letters) <= 5:
        given = [c for c in surface if c.isalpha()]
        shouted = all(c.isupper() for c in given)
        return shouted or (len(letters) >= 4 and given[0].isupper() and not any(c.isdigit() for c in text))
    parts = text.split()
    if len(parts) >= 3:
        return True
    if "-" in text and _is_told_apart(text, surface):
        return False
    return surface[0].isupper() if text[0].isupper() else any(c.isupper() for c in surface)


def _is_told_apart(text: str, surface: str) -> bool:
    """Whether the surface has a blank for a hyphen and no capital behind it: "Berlin est prêt" is not Berlin-Est."""
    if len(text) != len(surface):
        return False
    behind = [at for at, mark in enumerate(text[:-1], start=1) if mark == "-" and surface[at - 1] == " "]
    return any(text[at].isupper() and surface[at].islower() for at in behind)
