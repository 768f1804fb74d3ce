"""Which class reads which suffix. A new format is one file with one class, and one entry here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from kg.errors import DocumentError
from kg.read.markdown import MarkdownFormat
from kg.read.parts import Part
from kg.read.text import TextFormat


class Format(Protocol):
    """One kind of file."""

    suffixes: tuple[str, ...]
    """The endings of its files' names, in lower case, with the dot."""

    def parts(self, data: bytes) -> Iterator[Part]:
        """The documents in a file with these bytes; raises DocumentError where they cannot be read."""
        ...


FORMATS: tuple[Format, ...] = (TextFormat(), MarkdownFormat())

SUFFIXES: dict[str, Format] = {suffix: form for form in FORMATS for suffix in form.suffixes}


def format_of(path: Path) -> Format:
    """The format that reads this file; raises DocumentError where none does."""
    try:
        return SUFFIXES[path.suffix.lower()]
    except KeyError as error:
        kind = f"the ending {path.suffix}" if path.suffix else "no ending"
        known = ", ".join(sorted(SUFFIXES))
        raise DocumentError(
            f"Its name has {kind}, which no reader knows (known: {known}).",
            "Save its text to a file with one of these endings.",
        ) from error
