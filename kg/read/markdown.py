"""Markdown: the text that a reader sees, without the marks that shape it.

Marks are replaced by nothing, line by line; no line is dropped and no word changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from kg.read.encoding import decode
from kg.read.metadata import split_front_matter
from kg.read.parts import How, Part

RULE = re.compile(r"^ {0,3}(?:=+|-{2,}|(?:\*[ ]?){3,}|_{3,})[ \t]*$", re.MULTILINE)
"""An underline of a heading or a line across the page."""
QUOTE = re.compile(r"^ {0,3}(?:>[ ]?)+", re.MULTILINE)
HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t]+|$)", re.MULTILINE)
HEADING_END = re.compile(r"[ \t]+#+[ \t]*$", re.MULTILINE)
BULLET = re.compile(r"^[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t]+(?=\S)", re.MULTILINE)
LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*(?:[ \t]+\"[^\"\n]*\")?\)")
"""A link or picture: its words are kept, its address is not."""
EMPHASIS = (
    re.compile(r"(?<![\w*])\*{1,3}(?=\S)([^*\n]+?)(?<=\S)\*{1,3}(?![\w*])"),
    re.compile(r"(?<![\w_])_{1,3}(?=\S)([^_\n]+?)(?<=\S)_{1,3}(?![\w_])"),
    re.compile(r"`+([^`\n]+)`+"),
)


class MarkdownFormat:
    """Files that end in .md or .markdown."""

    suffixes: tuple[str, ...] = (".md", ".markdown")
    guarded = False

    def largest(self, how: How) -> int:
        """Four bytes a character: no encoding that is read takes more."""
        return 4 * how.limit

    def parts(self, file: BinaryIO, how: How) -> Iterator[Part]:
        """The one document of the file, without front matter and marks."""
        metadata, body = split_front_matter(decode(file.read()))
        yield Part(without_marks(body), metadata)


def without_marks(text: str) -> str:
    """The text without the marks of headings, quotations, lists, links and emphasis.

    >>> without_marks("## Le **traité** [New START](https://example.org/t)\\n- *signé* en 2010")
    'Le traité New START\\nsigné en 2010'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "\n".join(_without_heading(line) for line in RULE.sub("", text).split("\n"))
    text = LINK.sub(r"\1", BULLET.sub("", QUOTE.sub("", text)))
    for mark in EMPHASIS:
        text = mark.sub(r"\1", text)
    return text


def _without_heading(line: str) -> str:
    """A line without the hashes of a heading; hashes elsewhere stay."""
    bare = HEADING.sub("", line)
    return HEADING_END.sub("", bare) if bare != line else line
