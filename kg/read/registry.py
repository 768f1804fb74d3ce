"""Which class reads which ending. A new format is one file with one class, and one entry here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO, Protocol

from kg.errors import DocumentError
from kg.read.archive import ZipFormat
from kg.read.feed import FeedFormat
from kg.read.html import HtmlFormat
from kg.read.mail import MailFormat
from kg.read.markdown import MarkdownFormat
from kg.read.parts import Fault, How, Member, Part
from kg.read.pdf import PdfFormat
from kg.read.rows import CsvFormat, JsonFormat, JsonLinesFormat
from kg.read.text import TextFormat


class Format(Protocol):
    """One kind of file."""

    suffixes: tuple[str, ...]
    """The endings of its files' names, in lower case, with the dot."""
    guarded: bool
    """Whether it is taken apart in a process of its own, because a hostile file may stall or exhaust the parser."""

    def largest(self, how: How) -> int | None:
        """The largest file in bytes that it reads; None where it reads document by document, whatever the size."""
        ...

    def parts(self, file: BinaryIO, how: How) -> Iterator[Part | Member | Fault]:
        """The documents in a file; raises DocumentError where what comes next cannot be read."""
        ...


FORMATS: tuple[Format, ...] = (
    TextFormat(),
    MarkdownFormat(),
    HtmlFormat(),
    PdfFormat(),
    JsonLinesFormat(),
    JsonFormat(),
    CsvFormat(),
    FeedFormat(),
    MailFormat(),
    ZipFormat(),
)

SUFFIXES: dict[str, Format] = {suffix: form for form in FORMATS for suffix in form.suffixes}


def format_of(path: PurePath) -> Format:
    """The format that reads this file; raises DocumentError where none does."""
    try:
        return SUFFIXES[path.suffix.lower()]
    except KeyError as error:
        kind = f"the ending {path.suffix}" if path.suffix else "no ending"
        known = ", ".join(sorted(SUFFIXES))
        raise DocumentError(
            f"Its name has {kind}, which no reader knows (known: {known}).",
            "Save its text to a file with one of these endings.",
            "format",
        ) from error


def sniff(data: bytes) -> str:
    """The ending that a file with these first bytes should have; .txt where nothing tells.

    >>> sniff(b"%PDF-1.7"), sniff(b" <!DOCTYPE html><html>"), sniff(b'{"text": "..."}')
    ('.pdf', '.html', '.jsonl')
    """
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return ".zip"
    head = data[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"{"):
        return ".jsonl"
    if head.startswith(b"<?xml") or head.startswith(b"<rss") or head.startswith(b"<feed"):
        return ".html" if b"<html" in head else ".xml"
    return ".html" if head.startswith((b"<!doctype html", b"<html")) else ".txt"
