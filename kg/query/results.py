"""What a query gives, and the formats that it is written in.

Formats: SPARQL 1.1 Query Results CSV, TSV and JSON (W3C recommendations of 21 March 2013), Turtle for
triples, and an aligned text table for the terminal.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

from kg.errors import CallError
from kg.namespaces import PREFIXES, shorten

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a SELECT; a cell is None where its variable is not bound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool = False
    """Whether the row limit, or the size limit, cut the result short."""


@dataclass(frozen=True, slots=True)
class Triples:
    """What a CONSTRUCT or DESCRIBE gives."""

    triples: tuple[ox.Triple, ...]
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What an ASK gives."""

    value: bool


Result: TypeAlias = Table | Triples | Answer

FORMATS = ("table", "json", "csv", "tsv", "turtle")


def serialise(
    result: Result, format: str, *, labels: Mapping[str, str] | None = None, spreadsheet: bool = False
) -> bytes:
    """The result in one of `FORMATS`, UTF-8.

    labels: names to show instead of IRIs, in "table" and "csv" only; other formats keep the IRIs.
    spreadsheet: in "csv", put an apostrophe before text that a spreadsheet would run as a formula.
    Raises CallError where the format is unknown, or is turtle and the result is not triples.
    """
    if format not in FORMATS:
        raise CallError(f"There is no format {format!r}.", f"Use one of {', '.join(FORMATS)}.")
    if format == "turtle":
        return _turtle(result)
    if format == "json" and isinstance(result, Answer):
        return json.dumps({"head": {}, "boolean": result.value}).encode()
    table = as_table(result)
    if format == "json":
        return _json(table)
    if format == "tsv":
        return _tsv(table)
    if format == "csv":
        return _csv(table, labels or {}, spreadsheet)
    return _text(table, labels or {})


def as_table(result: Result) -> Table:
    """The result as rows: triples become subject, predicate, object; a yes or no one cell."""
    if isinstance(result, Table):
        return result
    if isinstance(result, Answer):
        return Table(("answer",), ((ox.Literal(result.value),),))
    rows = tuple((t.subject, t.predicate, t.object) for t in result.triples)
    return Table(("subject", "predicate", "object"), rows, result.truncated)


def plain(term: Term | None) -> str:
    """The term as SPARQL CSV writes it: an IRI or a literal's text, bare; empty where unbound."""
    if term is None:
        return ""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def readable(term: Term | None, labels: Mapping[str, str]) -> str:
    """The term for a reader: its name where `labels` has one, else a prefixed name, else as in CSV."""
    if isinstance(term, ox.NamedNode):
        return labels.get(term.value) or shorten(term.value)
    return plain(term)


def json_term(term: Term) -> dict[str, object]:
    """The term as SPARQL JSON writes it (RDF 1.2 triple terms included)."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: json_term(part) for name, part in parts.items()}}
    written: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        written["xml:lang"] = term.language
    elif not term.datatype.value.endswith("#string"):
        written["datatype"] = term.datatype.value
    return written


def _json(table: Table) -> bytes:
    bindings = [
        {name: json_term(term) for name, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    ]
    written = {"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}}
    return json.dumps(written, ensure_ascii=False).encode()


def _tsv(table: Table) -> bytes:
    lines = ["\t".join(f"?{name}" for name in table.columns)]
    lines += ["\t".join("" if term is None else str(term) for term in row) for row in table.rows]
    return "".join(f"{line}\n" for line in lines).encode()


def _csv(table: Table, labels: Mapping[str, str], spreadsheet: bool) -> bytes:
    cell: Callable[[str], str] = _neutral if spreadsheet else str
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([cell(labels.get(plain(term)) or plain(term)) for term in row])
    return out.getvalue().encode()


def _neutral(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it (OWASP, CSV injection); numbers
    stay.
    """
    if text[:1] in tuple("=+-@\t\r") and not re.fullmatch(r"[+-]?\d+([.,]\d+)?", text):
        return f"'{text}"
    return text


def _text(table: Table, labels: Mapping[str, str]) -> bytes:
    cells = [list(table.columns)]
    cells += [[_on_one_line(readable(term, labels)) for term in row] for row in table.rows]
    widths = [max(len(row[i]) for row in cells) for i in range(len(table.columns))]
    cells.insert(1, ["-" * width for width in widths])
    lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in cells]
    return "".join(f"{line.rstrip()}\n" for line in lines).encode()


def _on_one_line(text: str) -> str:
    """The text without line ends and without the control characters that would steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _turtle(result: Result) -> bytes:
    if not isinstance(result, Triples):
        raise CallError(
            "Turtle holds triples, and this query gives rows or yes and no.",
            "Ask with CONSTRUCT or DESCRIBE, or choose json, csv or tsv.",
        )
    written = ox.serialize(result.triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    assert written is not None  # None only where an output is given
    return written
