"""The media types of SPARQL 1.1 results and of RDF graphs, and results written in them, whole or not at all."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import partial
from typing import Any

import pyoxigraph as ox

from kg.errors import LimitError
from kg.namespaces import PREFIXES
from kg.query.frames import Frame
from kg.query.records import RESULT_BYTES

TABLES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
}
"""What the rows of a SELECT can be written in, the best first."""
ANSWERS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
}
"""What the yes or no of an ASK can be written in."""
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "text/n3": ox.RdfFormat.N3,
}
"""What triples can be written in, and read from, the best first."""

Result = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean
_SEPARATORS = {
    ox.QueryResultsFormat.JSON: b"},{",
    ox.QueryResultsFormat.XML: b"<result>",
    ox.QueryResultsFormat.CSV: b"\n",
    ox.QueryResultsFormat.TSV: b"\n",
}
"""What stands between, before or after every two rows, and perhaps elsewhere."""


def written(result: Result, types: Mapping[str, str], rows: int) -> Frame:
    """A result in the media type that `types` has for its kind: "table", "answer" or "triples"; empty where that is none.

    Raises LimitError where it has more than so many rows or triples, or `RESULT_BYTES` bytes: a result cut short looks like a
    whole one to a program.
    """
    if isinstance(result, ox.QuerySolutions):
        kind, write = "table", partial(_table, result)
    elif isinstance(result, ox.QueryTriples):
        kind, write = "triples", partial(_triples, result)
    else:
        kind, write = "answer", partial(_answer, result)
    return {"kind": kind, "type": types[kind]}, write(types[kind], rows)


def dumped(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph, media_type: str) -> bytes:
    """One graph of a store; raises LimitError where it has more than `RESULT_BYTES` bytes."""
    out = _Limited()
    store.dump(out, format=GRAPHS[media_type], from_graph=graph, prefixes=PREFIXES)
    return out.getvalue()


class _Limited(io.BytesIO):
    """Bytes in memory, up to a limit."""

    def write(self, data: Any) -> int:
        """Add bytes; raises LimitError where they are too many."""
        if self.tell() > RESULT_BYTES:
            raise LimitError(
                f"The result is larger than {RESULT_BYTES // 2**20} MB.", "Narrow it, add LIMIT, or use kg export."
            )
        return super().write(data)


def _answer(answer: ox.QueryBoolean, media_type: str, rows: int) -> bytes:
    return (answer.serialize(format=ANSWERS[media_type]) or b"") if media_type in ANSWERS else b""


def _table(solutions: ox.QuerySolutions, media_type: str, rows: int) -> bytes:
    if media_type not in TABLES:
        return b""
    out = _Limited()
    solutions.serialize(out, format=TABLES[media_type])
    data = out.getvalue()
    if data.count(_SEPARATORS[TABLES[media_type]]) >= rows:  # there may be too many: count what is a row
        _require(_rows(data, TABLES[media_type]), rows)
    return data


def _rows(data: bytes, format: ox.QueryResultsFormat) -> int:
    """How many rows a written result has."""
    if format is ox.QueryResultsFormat.CSV:
        csv.field_size_limit(RESULT_BYTES)
        return sum(1 for _ in csv.reader(io.TextIOWrapper(io.BytesIO(data), "utf-8", newline=""))) - 1
    solutions = ox.parse_query_results(data, format=format)
    return sum(1 for _ in solutions) if isinstance(solutions, ox.QuerySolutions) else 1


def _triples(triples: ox.QueryTriples, media_type: str, rows: int) -> bytes:
    if media_type not in GRAPHS:
        return b""
    kept: dict[ox.Triple, None] = {}  # a set that keeps the order
    for triple in triples:
        kept[triple] = None
        _require(len(kept), rows)
    out = _Limited()
    ox.serialize(kept, out, format=GRAPHS[media_type], prefixes=PREFIXES)
    return out.getvalue()


def _require(found: int, rows: int) -> None:
    if found > rows:
        raise LimitError(
            f"The result has more than {rows:,} rows.", "Narrow it, or page with ORDER BY, LIMIT and OFFSET."
        )
