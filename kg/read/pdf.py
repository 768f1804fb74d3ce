"""PDF: the text of its pages, with the lines of a paragraph joined and what stands on every page left out."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import DocumentError
from kg.read.fields import lenient
from kg.read.parts import How, Part

if TYPE_CHECKING:
    from pypdf import PdfReader

MADE_BY = re.compile(
    r"microsoft word|\.(?:docx?|odt|indd|pdf|rtf|pages|qxp)\b|untitled|sans titre|^document ?\d*$", re.IGNORECASE
)
"""Titles that a program gave."""
PAGE_NUMBER = re.compile(r"(?:page )?[-–—. ]*\d{1,4}[-–—. ]*(?:(?:/|sur) ?\d{1,4})?", re.IGNORECASE)
ENDS = (".", "!", "?", "…", ":", "»", "”", '"')
FULL = 0.75
"""A line shorter than this share of the usual length ends its paragraph, where it ends a sentence."""
EVERY = 3
"""A line at the top or foot of so many pages belongs to none of them."""


class PdfFormat:
    """Files that end in .pdf."""

    suffixes: tuple[str, ...] = (".pdf",)
    guarded = True

    def largest(self, how: How) -> int:
        """As How says."""
        return how.file_bytes

    def parts(self, file: BinaryIO, how: How) -> Iterator[Part]:
        """The one document of the file. The day on which a PDF was made is not taken for its date."""
        from pypdf import PdfReader

        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        try:
            reader = PdfReader(file)
            pages = _pages(reader, how.limit)
            title, author = (reader.metadata.title, reader.metadata.author) if reader.metadata else (None, None)
        except DocumentError:
            raise
        except Exception as error:  # a damaged file raises whatever the parser trips over
            raise DocumentError(
                f"It is a damaged PDF ({type(error).__name__}).", "Get it again, or save its text to a .txt file."
            ) from error
        text = join_pages(pages)
        if not text:
            raise DocumentError(
                "The PDF holds pictures of pages, no text.", "Have its text recognised, and add that.", "empty"
            )
        name = None if title is None or MADE_BY.search(title) else title
        yield Part(text, found=lenient(title=name, author=author))


def _pages(reader: PdfReader, limit: int) -> list[str]:
    """The text of each page, as it is laid out; raises DocumentError where it is locked or far too long."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError(
            "The PDF is locked with a password.", "Unlock it, or save its text to a .txt file.", "format"
        )
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > 2 * limit:
            raise DocumentError(
                f"It holds more than {2 * limit:,} characters; {limit:,} are read.",
                "Split it, or raise KG_DOCUMENT_CHARACTERS.",
                "limit",
            )
    return pages


def join_pages(pages: Sequence[str]) -> str:
    """The pages as paragraphs, one to a line.

    Lines that stand at the top or foot of three pages, and page numbers, are left out. A word that a hyphen at
    the end of a line divides before a small letter is made whole.
    """
    lines = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    edges = Counter(edge for page in lines for edge in {*page[:2], *page[-2:]})
    kept = [
        line
        for page in lines
        for number, line in enumerate(page)
        if not (PAGE_NUMBER.fullmatch(line) or (edges[line] >= EVERY and (number < 2 or number >= len(page) - 2)))
    ]
    return "\n".join(_paragraphs(kept))


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """The lines joined to paragraphs."""
    lengths = sorted(len(line) for line in lines)
    usual = lengths[len(lengths) * 3 // 4] if lengths else 0
    begun = ""
    for line in lines:
        if begun.endswith("-") and len(begun) > 1 and begun[-2].isalpha() and line[0].islower():
            begun = begun[:-1] + line
        else:
            begun = f"{begun} {line}" if begun else line
        if line.endswith(ENDS) and len(line) < FULL * usual:
            yield begun
            begun = ""
    if begun:
        yield begun
