"""The fields of a document's metadata and what each may hold."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from kg.errors import DocumentError
from kg.read.cleaning import clean

DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d:\d\d.*)?)?)?")
LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*")
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`/][^\s<>\"{}|\\^`]*")


def _line(value: object) -> str | None:
    """A value as one line of text; None where it is empty."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("give one line of text")
    line = " ".join(clean(str(value)).split())
    if any("\ud800" <= character <= "\udfff" for character in line):
        raise ValueError("it holds half of a character")
    return line or None


def _date(value: object) -> str | None:
    """A date as EDTF: 2019, 2019-09 or 2019-09-05; the time of day is left out."""
    line = _line(value)
    if line is None:
        return None
    found = DATE.fullmatch(line)
    if found is None:
        raise ValueError("write a date as 2019-09-05, 2019-09 or 2019")
    year, month, day = found.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise ValueError("there is no such day") from error
    return "-".join(part for part in (year, month, day) if part)


def _language(value: object) -> str | None:
    """A language as its ISO 639 code: fr for fr-FR."""
    line = _line(value)
    if line is None:
        return None
    found = LANGUAGE.fullmatch(line.lower())
    if found is None:
        raise ValueError("write a language as its code, such as fr")
    return found.group(1)


def _address(value: object) -> str | None:
    """An address on the web."""
    line = _line(value)
    if line is not None and not ADDRESS.fullmatch(line):
        raise ValueError("write an address that begins with http:// or https:// and has no blanks")
    return line


class Metadata(BaseModel):
    """What is known of a document; what is unknown is None."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str | None, BeforeValidator(_line)] = None
    url: Annotated[str | None, BeforeValidator(_address)] = None
    publisher: Annotated[str | None, BeforeValidator(_line)] = None
    date: Annotated[str | None, BeforeValidator(_date)] = None
    language: Annotated[str | None, BeforeValidator(_language)] = None
    author: Annotated[str | None, BeforeValidator(_line)] = None

    def merged(self, other: Metadata) -> Metadata:
        """What either knows; raises DocumentError where they disagree."""
        mine, theirs = self.model_dump(exclude_none=True), other.model_dump(exclude_none=True)
        for key in sorted(mine.keys() & theirs.keys()):
            if mine[key] != theirs[key]:
                raise DocumentError(
                    f"Its front matter gives {key} as {mine[key]!r}, its sidecar as {theirs[key]!r}.",
                    "Keep one of the two.",
                    "metadata",
                )
        return self.filled(other)

    def filled(self, other: Metadata) -> Metadata:
        """What this knows, and what only the other knows."""
        return Metadata(**(other.model_dump(exclude_none=True) | self.model_dump(exclude_none=True)))


def lenient(**values: object) -> Metadata:
    """The metadata of those values that may stand; what a page or a message says wrongly is left out.

    >>> lenient(title=" Un  titre ", date="hier")
    Metadata(title='Un titre', url=None, publisher=None, date=None, language=None, author=None)
    """
    kept: dict[str, object] = {}
    for key, value in values.items():
        with suppress(ValidationError):
            kept |= Metadata.model_validate({key: value}).model_dump(exclude_none=True)
    return Metadata.model_validate(kept)
