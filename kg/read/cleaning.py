"""The cleaned text, which all offsets count: the same characters in the same order, made uniform."""

from __future__ import annotations

import re
import unicodedata

LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""What other systems end lines and pages with (the line boundaries of `str.splitlines`)."""

CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
"""Control characters (Unicode category Cc) but for the tab and what ends lines."""


def clean(text: str) -> str:
    """The text in NFC with \\n as its only line end, without byte-order mark and control characters.

    Nothing else changes: no line is dropped, no-break spaces stay. Cleaning a cleaned text changes nothing.

    >>> clean("\\ufeffTraite\\u0301\\r\\nsigné\\x00")
    'Traité\\nsigné'
    """
    text = LINE_ENDS.sub("\n", text.lstrip("\ufeff"))
    return unicodedata.normalize("NFC", CONTROLS.sub("", text).lstrip("\ufeff"))
