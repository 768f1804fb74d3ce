"""Which news agencies a text credits: in its dateline, on a line of its own, at its end, or in its byline.

A credit says whose text it is. What a sentence reports from an agency is no credit; claims have relays for that. The
spellings are data, in ontology/lexicon/fr/words/credits.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import yaml

from kg.errors import LexiconError
from kg.ids import entity_iri
from kg.model import Document
from kg.settings import settings

FILE = Path("lexicon", "fr", "words", "credits.yaml")
OPENING = 80
"""A dateline names its agency within so many characters of its line."""
HEAD, TAIL = 12, 6
"""Lines at the beginning and the end of a text, blank ones not counted, in which credits stand."""
LONGEST = 70
"""A line that only names who wrote the text is no longer, in characters."""


def agencies(document: Document) -> tuple[str, ...]:
    """The IRIs of the agencies that the document credits, sorted. Raises LexiconError where the spellings are wrong."""
    return _credits(settings().ontology / FILE).of(document)


def known() -> frozenset[str]:
    """The IRIs of the agencies whose credits are recognised. Raises as `agencies`."""
    return frozenset(_credits(settings().ontology / FILE).spellings.values())


@cache
def _credits(path: Path) -> Credits:
    try:
        return Credits(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise LexiconError(f"{path} is no list of agencies, leads and pictures.", "Correct it.") from error


class Credits:
    """Finds credits by the words of the file."""

    def __init__(self, words: Mapping[str, object]) -> None:
        """`words` as the file holds them: agencies (spellings by identifier), leads, pictures."""
        spellings = words["agencies"]
        if not isinstance(spellings, dict):
            raise TypeError("no mapping")
        self.spellings: dict[str, str] = {
            spelling: entity_iri("MediaOutlet", name) for name, spelt in spellings.items() for spelling in spelt
        }
        one = "|".join(sorted(map(re.escape, self.spellings), key=len, reverse=True))
        # Possessive, and few: a hostile line must not be tried in all its divisions.
        some = rf"(?:{one})(?:\s*+(?:[/,&+–-]|et\b|avec\b)\s*+[^\W\d_][\w'’ .]{{0,40}}+){{0,4}}"
        leads = "|".join(sorted(map(re.escape, map(str, _list(words["leads"]))), key=len, reverse=True))
        self._one = re.compile(rf"(?<!\w)(?:{one})(?!\w)")
        self._dateline = re.compile(rf"^[^.!?]{{0,{OPENING}}}?\(\s*(?P<who>{some})\s*\)\s*(?:[-–—:]|$)")
        self._ending = re.compile(rf"\(\s*(?:(?:{leads})\s*+:?\s*+){{0,4}}(?P<who>{some})\s*\)\W*$")
        self._alone = re.compile(
            rf"^\W*(?:[^\W\d_][\w'’ .-]{{0,30}}\s)?(?:(?:{leads})\s*+:?\s*+){{1,4}}{some}\W*$|^\W*{some}\W*$",
            re.IGNORECASE,
        )
        pictures = "|".join(map(re.escape, map(str, _list(words["pictures"]))))
        self._picture = re.compile(rf"(?<!\w)(?:{pictures})(?!\w)", re.IGNORECASE)

    def of(self, document: Document) -> tuple[str, ...]:
        """The IRIs of the agencies that the document credits, sorted."""
        found = {self.spellings[name] for name in self._one.findall(document.author or "")}
        lines = [line.strip() for line in document.text.split("\n") if line.strip()]
        for number, line in enumerate(lines):
            if number < HEAD or number >= len(lines) - TAIL:
                found |= {self.spellings[name] for said in self._said(line) for name in self._one.findall(said)}
        return tuple(sorted(found))

    def _said(self, line: str) -> Iterator[str]:
        """What a line says in the places of a credit."""
        if len(line) <= 3 * LONGEST and self._picture.search(line):
            return
        if match := self._dateline.search(line):
            yield match["who"]
        if match := self._ending.search(line):
            yield match["who"]
        if len(line) <= LONGEST and self._alone.search(line):
            yield line


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("no list")
    return value
