"""From a document's text to lines fit for reading, with exact ways back to the text's own offsets.

The text itself is never changed: reading works on a parallel copy in which blanks and apostrophes are plain, editorial
brackets ("produir[ont]") are gone and lost apostrophes ("lachat") are back. Every character of the copy knows its place
in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kg.extract.lexicon.name_words import LineWords
from kg.model import Span

_SAME_LENGTH = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u2007": " ",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "“": '"',
        "”": '"',
        "\u2011": "-",
        "\t": " ",
    }
)
_CRUMBS = re.compile(r"\s[/|•>›·]\s")
"""What parts the steps of a menu or of the way to a page: "Infos / Monde / Europe"."""
_WORD = re.compile(r"[^\W\d_]+")
_BRACKETED = re.compile(r"\[([\w'’ ,-]{0,60})\]")


class LineKind(StrEnum):
    """What a line of a document is."""

    CONTENT = "content"
    TITLE = "title"
    CAPTION = "caption"
    RELATED = "related"
    BOILERPLATE = "boilerplate"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One line of the copy that is read."""

    text: str
    offsets: tuple[int, ...]
    """For each character of `text`, and for its end, the offset in the document's text."""
    kind: LineKind
    unread: frozenset[int] = frozenset()
    """The offsets in the document's text of what reading leaves out."""

    def sentence(self, begin: int, end: int) -> Span:
        """The same for a sentence, with what is left out before its first word."""
        span = self.span(begin, end)
        first = span.begin
        while first - 1 in self.unread:
            first -= 1
        return Span(first, span.end)

    def span(self, begin: int, end: int) -> Span:
        """The stretch of the document's text behind characters begin to end of this line."""
        return Span(self.offsets[begin], self.offsets[end - 1] + 1) if end > begin else Span(0, 0)


def reading_lines(
    text: str, words: LineWords, is_known: Callable[[str], bool], spare: Callable[[str], set[int]]
) -> list[ReadingLine]:
    """The lines of a text, labelled; empty ones are left out.

    `is_known` tells whether a lower-case word is in the dictionary; it decides whether an apostrophe is lost.
    `spare` gives the indexes of characters of a line that are not to be read.
    """
    raw = list(_raw_lines(text))

    def is_whole(word: str) -> bool:
        return word in words.unelided or is_known(word)

    lines = []
    for number, (begin, line) in enumerate(raw):
        copy, offsets, unread = _copy(line, begin, words, is_whole, spare)
        lines.append(ReadingLine(copy, offsets, _kind(copy, number, len(raw), words), unread))
    return lines


def _raw_lines(text: str) -> Iterator[tuple[int, str]]:
    position = 0
    for line in text.split("\n"):
        lead = len(line) - len(line.lstrip())
        stripped = line.strip()
        if stripped:
            yield position + lead, stripped
        position += len(line) + 1


def _copy(
    line: str, begin: int, words: LineWords, is_known: Callable[[str], bool], spare: Callable[[str], set[int]]
) -> tuple[str, tuple[int, ...], frozenset[int]]:
    """The line as it is read, with the offset of each of its characters and of its end; the offsets of what is left out."""
    characters = line.translate(_SAME_LENGTH)
    offsets = tuple(range(begin, begin + len(line) + 1))
    dropped: set[int] = set()
    for match in _BRACKETED.finditer(line):
        dropped |= {match.start(), match.end() - 1}
    dropped |= spare(characters)
    added = {m.end(1) for m in words.run_together.finditer(characters) if _lost_apostrophe(m, words, is_known)}
    if not dropped and not added:
        return characters, offsets, frozenset()
    copy: list[str] = []
    places: list[int] = []
    for index, character in enumerate(characters):
        if index in added:
            copy.append("'")
            places.append(offsets[index])
        if index not in dropped:
            copy.append(character)
            places.append(offsets[index])
    return "".join(copy), (*places, offsets[-1]), frozenset(offsets[index] for index in dropped - added)


def _lost_apostrophe(match: re.Match[str], words: LineWords, is_known: Callable[[str], bool]) -> bool:
    """Whether a word is an elided article run together with its noun: unknown as a whole, known without."""
    whole, rest = match.group().lower(), match.group(2)
    if match.group(1).lower() in words.elided_before_capitals and rest[0].isupper():
        return True
    return match.group()[0].islower() and len(rest) >= 4 and not is_known(whole) and is_known(rest.lower())


def _kind(line: str, number: int, total: int, words: LineWords) -> LineKind:
    lowered = line.lower()
    if lowered.startswith(words.related):
        return LineKind.RELATED
    tokens = _WORD.findall(lowered)
    if any(map(lowered.__contains__, words.boilerplate)) or not tokens or len(_CRUMBS.findall(line)) >= 2:
        return LineKind.BOILERPLATE
    if len(tokens) >= 6 and _share(tokens, words.foreign) > max(0.15, _share(tokens, words.own)):
        return LineKind.FOREIGN
    ended = line.rstrip('»" ').endswith((".", "!", "?", "…", ":", ";"))
    if any(mark in lowered for mark in words.caption) and len(tokens) < 60:
        return LineKind.CAPTION
    if ended or len(tokens) >= 25:
        return LineKind.CONTENT
    if len(tokens) >= 5 and _share(tokens, words.own) >= 0.1:
        return LineKind.TITLE
    return LineKind.TITLE if number < total // 3 and len(tokens) >= 3 else LineKind.BOILERPLATE


def _share(tokens: list[str], words: frozenset[str]) -> float:
    return sum(map(words.__contains__, tokens)) / len(tokens)
