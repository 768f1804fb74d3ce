"""RSS and Atom: a document for each entry, with its title, address, author and day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import DocumentError
from kg.read.fields import lenient
from kg.read.html import decode_markup, plain
from kg.read.parts import How, Part

if TYPE_CHECKING:
    from lxml.etree import _Element

TEXTS = ("encoded", "content", "description", "summary")
"""Where the text of an entry stands, the fullest first: content:encoded, Atom's content, RSS's description."""
DAYS = ("pubDate", "published", "date", "issued", "updated")
AUTHORS = ("creator", "author")


class FeedFormat:
    """Files that end in .rss, .atom or .xml."""

    suffixes: tuple[str, ...] = (".rss", ".atom", ".xml")
    guarded = True

    def largest(self, how: How) -> int:
        """As How says."""
        return how.file_bytes

    def parts(self, file: BinaryIO, how: How) -> Iterator[Part]:
        """The entries of the feed in its order."""
        root = _root(decode_markup(file.read()))
        publisher = _publisher(root)
        entries = [each for each in root.iter() if _name(each) in ("item", "entry")]
        if not entries:
            raise DocumentError(
                "It is XML, but no RSS or Atom feed with entries.",
                "Save its text to a .txt file and add that.",
                "format",
            )
        for number, entry in enumerate(entries, 1):
            yield _part(entry, publisher, f"entry {number}")


def _root(source: str) -> _Element:
    """The feed's root; no entity is expanded, no file or address opened, no tree deeper than 256 built."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    body = source.lstrip("\ufeff \t\r\n")
    if body.startswith("<?xml"):
        body = body[body.find("?>") + 2 :]  # the text is decoded: what the declaration says no longer holds
    try:
        root = etree.fromstring(body.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = " ".join(str(error).split())[:200].rstrip(".")
        raise DocumentError(f"It is no well-formed XML: {reason}.", "Save the feed again.") from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise DocumentError("It declares entities, which are not expanded.", "Save its text to a .txt file.", "format")
    return root


def _part(entry: _Element, publisher: str | None, place: str) -> Part:
    """The document of an entry."""
    said = {name: _text(entry, name) for name in (*TEXTS, *DAYS, *AUTHORS, "title")}
    longest = max((plain(said[name]) for name in TEXTS), key=len)
    days = (day for name in DAYS if (day := _day(said[name])))
    found = lenient(
        title=plain(said["title"]),
        url=_link(entry),
        date=next(days, None),
        author=next((plain(said[name]) for name in AUTHORS if said[name]), None),
        publisher=publisher,
    )
    return Part(longest, found=found, found_in="feed", place=place)


def _text(entry: _Element, name: str) -> str:
    """The first child of this name as text; empty where there is none."""
    for child in entry:
        if _name(child) == name:
            return "".join(child.itertext())
    return ""


def _link(entry: _Element) -> str | None:
    """The address of an entry: RSS writes it as text, Atom as an attribute."""
    for child in entry:
        if _name(child) == "link" and child.get("rel", "alternate") == "alternate":
            return (child.get("href") or child.text or "").strip() or None
    return None


def _publisher(root: _Element) -> str | None:
    """The title of the feed itself."""
    for holder in (root, *(child for child in root if _name(child) == "channel")):
        if title := plain(_text(holder, "title")):
            return title
    return None


def _day(said: str) -> str | None:
    """The day of a date as RFC 822 or RFC 3339 write it; None where it is neither."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(said.strip()).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _name(element: _Element) -> str:
    """The element's name without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
