"""Many documents in one file: JSON lines, JSON and CSV, whose columns are mapped to the fields of a document."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from pydantic import ValidationError

from kg.errors import DocumentError
from kg.read.encoding import decode, encoding_of
from kg.read.metadata import FIELDS, Metadata
from kg.read.parts import Fault, How, Part

SAMPLE = 200_000
"""Bytes by which the encoding of a file is told."""
DELIMITERS = ",;\t|"
CORRECT = "Correct it and add the file again."


class JsonLinesFormat:
    """Files that end in .jsonl or .ndjson: a JSON object to each line."""

    suffixes: tuple[str, ...] = (".jsonl", ".ndjson")
    guarded = False

    def largest(self, how: How) -> None:
        """It is read line by line."""

    def parts(self, file: BinaryIO, how: How) -> Iterator[Part | Fault]:
        """A document for each line that holds one; what is wrong with another is said of that line alone."""
        longest = 8 * how.limit  # a character may be written as an escape of six, and other keys stand beside it
        for number, line in enumerate(_lines(file, None, longest), 1):
            place = f"line {number}"
            if line is None:
                yield _too_long(place, longest)
            elif line.strip():
                yield _object(line, place, how)


class JsonFormat:
    """Files that end in .json: an object, or a list of objects."""

    suffixes: tuple[str, ...] = (".json",)
    guarded = False

    def largest(self, how: How) -> int:
        """As How says."""
        return how.file_bytes

    def parts(self, file: BinaryIO, how: How) -> Iterator[Part | Fault]:
        """A document for each object."""
        value = _json(decode(file.read()))
        for number, each in enumerate(value if isinstance(value, list) else [value], 1):
            yield _row(each, f"item {number}", how)


class CsvFormat:
    """Files that end in .csv or .tsv: a heading, and a document to each row."""

    suffixes: tuple[str, ...] = (".csv", ".tsv")
    guarded = False

    def largest(self, how: How) -> None:
        """It is read row by row."""

    def parts(self, file: BinaryIO, how: How) -> Iterator[Part | Fault]:
        """A document for each row; the delimiter is the commonest of , ; tab | in the heading."""
        longest = 4 * how.limit
        csv.field_size_limit(longest)
        lines = _lines(file, "", longest)
        heading = next(lines, None) or ""
        delimiter = max(DELIMITERS, key=heading.count)
        rows = csv.reader(_whole(heading, lines, longest), delimiter=delimiter, strict=True)
        try:
            names = [name.strip() for name in next(rows, [])]
            _check(names, how)
            before = rows.line_num
            for row in rows:
                place, before = f"line {before + 1}", rows.line_num
                if row:
                    yield _cells(names, row, place, how)
        except csv.Error as error:
            raise DocumentError(f"Line {rows.line_num}: this is no CSV: {error}.", CORRECT) from error


def _lines(file: BinaryIO, newline: str | None, longest: int) -> Iterator[str | None]:
    """The lines of a file one by one; None for one that is longer than `longest`, which is passed over in pieces."""
    encoding = encoding_of(file.read(SAMPLE))
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline=newline)
    number = 0
    try:
        while line := text.readline(longest + 1):
            number += 1
            if len(line) <= longest:
                yield line.removeprefix("\ufeff") if number == 1 else line
                continue
            while line and not line.endswith(("\n", "\r")):
                line = text.readline(longest)
            yield None
    except UnicodeDecodeError as error:
        problem = f"Line {number + 1} is not in the encoding of the lines above it ({encoding})."
        raise DocumentError(problem, "Save it as UTF-8 text.") from error
    finally:
        text.detach()


def _whole(heading: str, lines: Iterable[str | None], longest: int) -> Iterator[str]:
    """The heading and the lines; raises DocumentError at one that is too long, as rows cannot be told apart beyond it."""
    yield heading
    for number, line in enumerate(lines, 2):
        if line is None:
            fault = _too_long(f"line {number}", longest)
            raise DocumentError(fault.problem, fault.remedy, fault.why)
        yield line


def _check(names: Sequence[str], how: How) -> None:
    """Raise DocumentError where a column that a mapping names, or the one of the text, is not there."""
    for field in dict.fromkeys((*how.columns, "text")):
        wanted = how.columns.get(field, field)
        if wanted not in names:
            have = ", ".join(names) or "none"
            raise DocumentError(
                f"Line 1: there is no column {wanted!r} for the {field} (columns: {have}).",
                f"Name the one that holds it: --columns {field}=COLUMN.",
                "metadata",
            )


def _cells(names: Sequence[str], row: Sequence[str], place: str, how: How) -> Part | Fault:
    """The document of a row of CSV."""
    if len(row) != len(names):
        problem = f"It has {len(row)} cells where the heading has {len(names)}."
        return Fault(place, problem, CORRECT)
    return _row(dict(zip(names, row, strict=True)), place, how)


def _object(line: str, place: str, how: How) -> Part | Fault:
    """The document of a line of JSON."""
    try:
        return _row(_json(line.strip()), place, how)
    except DocumentError as error:
        return Fault(place, error.problem, error.remedy, error.why)


def _json(text: str) -> object:
    """The value that a text in JSON gives; raises DocumentError where it is none."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}" if "\n" in text.strip() else f"column {error.colno}"
        raise DocumentError(f"This is no JSON ({error.msg}, {at}).", CORRECT) from error
    except (RecursionError, ValueError) as error:
        raise DocumentError("This is no JSON that can be read.", CORRECT) from error


def _row(value: object, place: str, how: How) -> Part | Fault:
    """The document that an object or row holds, or what is wrong with it, with the column's name."""
    if not isinstance(value, dict):
        return Fault(place, "This is no JSON object.", 'Write an object such as {"text": "…"}.')
    columns = {field: how.columns.get(field, field) for field in FIELDS}
    text = value.get(columns["text"])
    if not isinstance(text, str):
        said = "is missing" if text is None else "is no text"
        remedy = f"Name the column that holds the text: --columns text=COLUMN (there are: {', '.join(map(str, value))[:200]})."
        return Fault(place, f"The column {columns['text']!r} {said}.", remedy, "metadata")
    try:
        metadata = Metadata.model_validate({field: value.get(columns[field]) for field in Metadata.model_fields})
    except ValidationError as error:
        return _wrong(error, columns, place)
    name = value.get(columns["id"])
    return Part(text, metadata, name=None if name in (None, "") else str(name), place=place)


def _wrong(error: ValidationError, columns: Mapping[str, str], place: str) -> Fault:
    """What is wrong with a value, in a sentence."""
    detail = error.errors()[0]
    column, message = columns[str(detail["loc"][0])], str(detail["msg"]).removeprefix("Value error, ")
    return Fault(place, f"The column {column!r} is {str(detail['input'])[:100]!r}: {message}.", CORRECT, "metadata")


def _too_long(place: str, longest: int) -> Fault:
    return Fault(
        place,
        f"It is longer than {longest:,} characters.",
        "Split it, or raise KG_DOCUMENT_CHARACTERS.",
        "limit",
    )
