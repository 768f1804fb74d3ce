"""Quantities as they are read: a number is one word, and what only says that it is not exact is left out.

"plus de 1 200 chars" is read as "1200 chars": parsers take such phrases for complements of the verb, and the chars are lost. So
are asides that stand between the words of a clause with no comma: "a pour sa part accusé X" is read as "a accusé X". The
text itself stays as it is; each character read knows its place in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

_THOUSANDS = re.compile(r"(?<![\w-])\d{1,3}(?: \d{3})+(?![\w-])")
"""A number in groups of three digits."""
_YEAR = r"(?:19|20)\d\d\b"


class QuantityWords(BaseModel):
    """Words of quantities."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    approximators: tuple[str, ...]
    """What stands before a number that is not exact: "plus de"."""
    between: tuple[str, str]
    """What stands before and between two numbers of which one is meant: "entre", "et"."""
    numbers: tuple[str, ...]
    asides: tuple[str, ...]
    """What links a clause to the one before and may stand anywhere in it: "pour sa part"."""
    units_of_time: tuple[str, ...]
    """Before a length of time it is kept, for it tells of dates: "plus de deux ans"."""


class Quantities:
    """Finds in a line what reading leaves out of its quantities."""

    def __init__(self, words: QuantityWords) -> None:
        number = rf"(?!{_YEAR})(?:\d[\d ,.]*|(?:{_any(words.numbers)})\b)"
        counted = rf"(?={number}(?! ?(?:\w+ )?(?:{_any(words.units_of_time)})\b))"
        first, second = map(re.escape, words.between)
        self._approximate = re.compile(
            rf"\b(?:(?:{_any(words.approximators)}) ?|{first} {number} ?{second} ){counted}", re.IGNORECASE
        )

        self._aside = re.compile(rf" (?<=[\w»\"] )(?:{_any(words.asides)})(?= [\w«\"])")

    def spare(self, line: str) -> set[int]:
        """The indexes of the characters that are not to be read."""
        spared = {i for match in self._approximate.finditer(line) for i in range(*match.span())}
        for match in self._aside.finditer(line):
            aside = set(range(*match.span()))
            spared |= aside if not aside & spared else set()
        for match in _THOUSANDS.finditer(line):
            spared |= {index for index in range(*match.span()) if line[index] == " "}
        return spared


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
