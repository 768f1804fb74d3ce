"""Saved pages: trafilatura tells the article from what stands around it; fragments of HTML are read whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import DocumentError
from kg.ids import fold
from kg.read.encoding import decode
from kg.read.fields import Metadata, lenient
from kg.read.parts import How, Part

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CHARSET = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE
)
"""Where a page or feed says its encoding; HTML's standard has it stand in the first 1,024 bytes."""
CHARSET_BYTES = 2_048
BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "  # noqa: SIM905
    "li main ol p pre section table td th tr ul".split()
)
"""Elements that begin a line of their own."""
UNSEEN = ("script", "style", "noscript", "template", "head", "svg")
DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
"""To htmldate: the first publication, from what the page declares and its address, never from words of the text."""
OPENING = 300
"""Within so many characters of the article its headline would stand."""


class HtmlFormat:
    """Saved pages: files that end in .html, .htm or .xhtml."""

    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")
    guarded = True

    def largest(self, how: How) -> int:
        """As How says."""
        return how.file_bytes

    def parts(self, file: BinaryIO, how: How) -> Iterator[Part]:
        """The article of the page, with what the page says of it."""
        yield page(decode_markup(file.read()))


def page(source: str) -> Part:
    """The article of a page; raises DocumentError where there is none."""
    from trafilatura import bare_extraction, load_html  # takes a while to load

    tree = load_html(source)
    if tree is None:
        raise DocumentError("It is no HTML.", "Save the page again from the browser, or save its text to a .txt file.")
    headline = _headline(tree)
    try:
        found = bare_extraction(tree, include_comments=False, with_metadata=True, date_extraction_params=DATES)
    except (RecursionError, ValueError, AttributeError, TypeError, IndexError, KeyError) as error:
        raise DocumentError(
            f"No article could be found in the page ({type(error).__name__}).",
            "Save the article's text to a .txt file and add that.",
        ) from error
    text = getattr(found, "text", None) or ""
    if not text.strip():
        raise DocumentError(
            "The page holds no article.", "Save the article's text to a .txt file and add that.", "empty"
        )
    if headline and fold(headline) not in fold(text[: OPENING + len(headline)]):
        text = f"{headline}\n{text}"
    return Part(text, found=_metadata(found, headline))


def _metadata(found: object, headline: str) -> Metadata:
    """What the page says of itself, as far as it may stand."""
    said = {name: getattr(found, name, None) for name in ("title", "author", "url", "date", "sitename")}
    return lenient(
        title=headline or said["title"],
        author=said["author"],
        url=said["url"],
        date=said["date"],
        publisher=said["sitename"],
    )


def _headline(tree: HtmlElement) -> str:
    """The page's first heading of the first order, on one line."""
    for heading in tree.iter("h1"):
        words = " ".join("".join(heading.itertext()).split())
        if words:
            return words[:OPENING]
    return ""


def decode_markup(data: bytes) -> str:
    """The text of a page or feed, by its byte-order mark, by what it declares, or by the best guess."""
    declared = CHARSET.search(data[:CHARSET_BYTES])
    if declared:
        try:
            return data.decode(declared[1].decode("ascii")).replace("\x00", "")
        except (UnicodeDecodeError, LookupError):
            pass  # it declares what it is not
    return decode(data)


def plain(fragment: str) -> str:
    """The text of a fragment of HTML, a line for each block.

    >>> plain("<p>Un <b>traité</b>&nbsp;:</p><p>signé</p>")
    'Un traité\\xa0:\\nsigné'
    """
    from lxml import html
    from lxml.etree import LxmlError

    if not fragment.strip():
        return ""
    try:
        tree = html.fragment_fromstring(fragment, create_parent="div")
    except (LxmlError, ValueError, AssertionError):
        return re.sub(r"<[^<>]*>", " ", fragment)
    pieces: list[str] = []
    _gather(tree, pieces)
    lines = (re.sub(r"[ \t\r]+", " ", line).strip(" \t") for line in "".join(pieces).split("\v"))
    return "\n".join(line.replace("\n", " ") for line in lines if line.strip())


def _gather(tree: HtmlElement, pieces: list[str]) -> None:
    """The words of a tree, with a mark where a line begins; without recursion, as trees may be deep."""
    from lxml.etree import iterwalk

    skipped = 0
    for event, element in iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else None
        if event == "start":
            skipped += name in UNSEEN
            if name in BLOCKS:
                pieces.append("\v")
            if not skipped and element.text:
                pieces.append(element.text.replace("\v", " "))
            continue
        if event == "end":
            skipped -= name in UNSEEN
            if name in BLOCKS:
                pieces.append("\v")
        if not skipped and element.tail:
            pieces.append(element.tail.replace("\v", " "))
