"""Bytes to text: UTF-8, a byte-order mark, or the best guess among what French was and is written in."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from kg.errors import DocumentError

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte-order marks; UTF-32 before UTF-16, whose mark begins its own."""

GUESSES = ["cp1252", "mac_roman", "cp850", "cp1251", "koi8_r"]
"""What charset-normalizer may choose from. Left to itself it reads short French as cp1250 ("signŕ" for
"signé"); the Cyrillic ones are there so that a Russian text is known for one and set aside as such."""

CONTROL_SHARE = 0.01
"""Above this share of control characters a file is no text."""

TEXT_CONTROLS = frozenset(b"\t\n\r\v\f")


def decode(data: bytes) -> str:
    """The text of the bytes; raises DocumentError where they are no text."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decode_as(data, encoding)
    if _is_binary(data):
        raise _binary()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data)


def encoding_of(sample: bytes) -> str:
    """The encoding of a text that begins with these bytes; raises DocumentError where they are no text.

    For files too large to be read at once: what comes after the sample may yet turn out otherwise.
    """
    for mark, encoding in MARKS:
        if sample.startswith(mark):
            return encoding
    if _is_binary(sample):
        raise _binary()
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
        return "utf-8"
    except UnicodeDecodeError:
        return _best(sample).encoding


def _decode_as(data: bytes, encoding: str) -> str:
    """Decode as what the byte-order mark promises."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise DocumentError(
            f"It begins as {name} but is damaged at byte {error.start:,}.", "Save it as UTF-8 text."
        ) from error


def _is_binary(data: bytes) -> bool:
    """Whether control characters are too many for a text."""
    controls = sum(data.count(bytes((code,))) for code in range(32) if code not in TEXT_CONTROLS)
    return controls > CONTROL_SHARE * len(data)


def _guess(data: bytes) -> str:
    """The text by charset-normalizer's guess."""
    return str(_best(data))


def _best(data: bytes) -> CharsetMatch:
    """Charset-normalizer's guess; raises DocumentError where it has none."""
    from charset_normalizer import from_bytes  # takes a while to load and is seldom needed

    best = from_bytes(data, cp_isolation=GUESSES).best()
    if best is None:
        raise _binary()
    return best


def _binary() -> DocumentError:
    return DocumentError("It is a binary file, not text.", "Save the article's text as UTF-8 and add that.", "format")
