"""Names taken apart: their words, how these sound, the numbers in them, their initials."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from kg.identity.knowledge import Knowledge
from kg.ids import fold

_WORD = re.compile(r"[^\W\d_]+|\d+")
_NEAR = 0.79
"""Sounds are near from this share of equal letters on: one letter of five differs."""
_LONG = 5
"""Letters below which only equal sounds agree: Kim and Kin are two names."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart."""

    text: str
    words: tuple[str, ...]
    """Its words without case, accents and what stands for nothing."""
    sounds: tuple[str, ...]
    """How each of them sounds."""
    numbers: tuple[str, ...]
    """The numbers in it with the letters that follow them, in order: 9b of "MQ-9B", 2 of "Mark II"."""


class Names:
    """Takes names apart, by the knowledge of an ontology."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._sound = lru_cache(maxsize=65_536)(self._sounding)
        self.person = lru_cache(maxsize=65_536)(self._person)
        self.weapon = lru_cache(maxsize=65_536)(self._weapon)
        self.title = lru_cache(maxsize=65_536)(self._title)

    def _person(self, text: str) -> Name:
        """The name of a person; particles and what stands in brackets are left out."""
        words = [w for w in _words(text) if w not in self.knowledge.particles] or _words(text)
        return Name(text, tuple(words), tuple(self._sound(w, place > 0) for place, w in enumerate(words)), ())

    def _weapon(self, text: str) -> Name:
        """The name of a weapon; what only says its kind is left out, a numeral is a number."""
        known = self.knowledge
        parts = [known.synonyms.get(word, word) for word in _words(text)]
        parts = [w for w in parts if w not in known.kinds] or parts
        words: list[str] = []
        numbers: list[str] = []
        for place, word in enumerate(parts):
            if word.isdigit():
                numbers.append(word.lstrip("0") or "0")
            elif numbers and len(word) <= 2 and _touches(text, parts[place - 1], word):
                numbers[-1] += word
            elif place and word in known.numerals:
                numbers.append(known.numerals[word])
            else:
                words.append(_singular(word))
        return Name(text, tuple(words), tuple(self._sound(w, True) for w in words), tuple(numbers))

    def _title(self, text: str) -> Name:
        """The name of a treaty or an organisation; words that say nothing are left out, plurals are singulars."""
        known = self.knowledge
        parts = [known.synonyms.get(word, word) for word in _words(text)]
        words = [_singular(word) for word in parts if word not in known.empty and not word.isdigit()]
        numbers = tuple(word for word in parts if word.isdigit())
        return Name(text, tuple(words), tuple(self._sound(w, True) for w in words), numbers)

    def is_general(self, word: str) -> bool:
        """Whether many treaties or bodies have the word in their names."""
        return word in self.knowledge.general or f"{word}s" in self.knowledge.general

    def initials(self, text: str) -> frozenset[str]:
        """The short forms that the first letters of a name make, with and without its small words."""
        words = _words(text)
        large = [word for word in words if word not in self.knowledge.empty]
        return frozenset("".join(word[0] for word in each) for each in (words, large) if len(each) > 2)

    def agreement(self, one: str, other: str) -> float:
        """How far two sounds agree: 1 where they are equal, 0 where they are two."""
        if one == other:
            return 1.0
        if min(len(one), len(other)) < _LONG or self.is_womans(one, other):
            return 0.0
        near = float(Levenshtein.normalized_similarity(one, other))
        return near if near >= _NEAR and one[0] == other[0] else 0.0

    def is_womans(self, one: str, other: str) -> bool:
        """Whether one of two words is the other with a woman's ending: Michel and Michèle, Zakharov and Zakharova."""
        short, long = sorted((one, other), key=len)
        return long.startswith(short) and long[len(short) :] in self.knowledge.feminine

    def _sounding(self, word: str, is_later: bool) -> str:
        for pattern, replacement in self.knowledge.sounds:
            word = pattern.sub(replacement, word)
        if is_later:
            for pattern, replacement in self.knowledge.later:
                word = pattern.sub(replacement, word)
        return word


def is_acronym(text: str) -> bool:
    """Whether a name is written as a short form: three to eight capitals."""
    letters = text.replace(".", "")
    return 3 <= len(letters) <= 8 and letters.isalpha() and letters.isupper()


def _words(text: str) -> list[str]:
    """The words and numbers of a name in lower case without accents; letters and digits that touch are apart."""
    return _WORD.findall(fold(text).replace("œ", "oe").replace("æ", "ae"))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and word[-2] != "s" else word


def _touches(text: str, number: str, word: str) -> bool:
    """Whether letters stand right behind a number: the B of "MQ-9B"."""
    return number + word in fold(text)
