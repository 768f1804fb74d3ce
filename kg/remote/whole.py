"""Results that are whole, also from a server that cuts them short without a word.

Virtuoso gives 10,000 rows (ResultSetMaxRows) with status 200; of a CONSTRUCT not even a header tells. So whoever gives
many rows is asked how many there are; where there are more, all are read again page by page, in one order, and counted in the end.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.namespaces import XSD
from kg.remote.connection import ROWS, TRIPLES, Connection, Dataset
from kg.remote.wording import Wording

SURE = 1000
"""Rows below which no server is thought to cut."""
PAGE = 10_000
"""Rows of one page, where the server gives as many."""
PART = 1000
"""Solutions of a CONSTRUCT that are asked for at once: each gives some triples, and the triples are what is cut."""

Binding = dict[str, dict[str, Any]]
_BOOLEAN = XSD + "boolean"
_TRUTH = {"1": "true", "0": "false"}


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a SELECT, as SPARQL JSON writes them."""

    columns: list[str]
    bindings: list[Binding]

    def written(self) -> bytes:
        """SPARQL JSON."""
        return json.dumps({"head": {"vars": self.columns}, "results": {"bindings": self.bindings}}).encode()


def rows(connection: Connection, query: Wording, dataset: Dataset, *, seconds: float | None = None) -> Rows:
    """All rows of a SELECT.

    Raises QueryError where the server refuses the query, StoreError where it gives other rows than it counts.
    """

    def ask(text: str) -> Rows:
        return _rows(connection.query(text, dataset, ROWS, seconds=seconds))

    first = ask(query.text)
    if len(first.bindings) < SURE:
        return first
    total = int(ask(query.counted()).bindings[0]["rows"]["value"])
    if total == len(first.bindings):
        return first
    size = min(PAGE, len(first.bindings))
    found: list[Binding] = []
    while len(found) < total:
        page = ask(query.page(first.columns, size, len(found))).bindings
        if not page:
            break
        found += page
    if len(found) != total:
        raise StoreError(
            f"The store counts {total:,} rows and gives {len(found):,}.", "Ask again: it may be written to just now."
        )
    return Rows(first.columns, found)


def answer(connection: Connection, query: Wording, dataset: Dataset, *, seconds: float | None = None) -> bool:
    """The answer to an ASK; Virtuoso writes it as a row with the number 1 or 0."""
    body = connection.query(query.text, dataset, ROWS, seconds=seconds)
    if (told := _told(body)) is not None:
        return told
    bindings = _rows(body).bindings
    return any(cell["value"] not in ("0", "false") for cell in bindings[0].values()) if bindings else False


def _told(body: bytes) -> bool | None:
    """The yes or no of SPARQL JSON; None where the body is none."""
    try:
        read = json.loads(body)
    except ValueError:
        return None
    told = read.get("boolean") if isinstance(read, dict) else None
    return told if isinstance(told, bool) else None


def triples(
    connection: Connection, query: Wording, dataset: Dataset, *, seconds: float | None = None
) -> list[ox.Triple]:
    """All triples of a CONSTRUCT or DESCRIBE, each once; a DESCRIBE is what the server takes it to be."""

    def ask(text: str) -> list[ox.Triple]:
        return _triples(connection.query(text, dataset, TRIPLES, seconds=seconds))

    first = ask(query.text)
    whole = not connection.server.kind.cuts or len(first) < SURE
    if whole or query.form != "CONSTRUCT" or query.limited:
        return first
    found: dict[ox.Triple, None] = {}
    begin = 0
    while part := ask(query.part(PART, begin)):
        found.update(dict.fromkeys(part))
        begin += PART
    return list(found)


def _rows(body: bytes) -> Rows:
    """The rows that a body holds; StoreError where it is none, as where a server ends it with an error."""
    try:
        read = json.loads(body)
        bindings = list(read["results"]["bindings"])
        for cell in (cell for binding in bindings for cell in binding.values()):
            if cell.get("datatype") == _BOOLEAN:  # our store writes these so; Virtuoso as 1 and 0
                cell["value"] = _TRUTH.get(cell["value"], cell["value"])
        return Rows(list(read["head"]["vars"]), bindings)
    except (ValueError, LookupError, TypeError) as error:
        raise StoreError(
            f"The store answered a query with something else than rows: {body[-200:].decode(errors='replace')!r}.",
            "Ask again; check KG_STORE_QUERY.",
        ) from error


def _triples(body: bytes) -> list[ox.Triple]:
    try:
        return list(dict.fromkeys(quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)))
    except (SyntaxError, ValueError) as error:
        raise StoreError(
            f"The store answered a query with something else than triples: {error}.", "Ask again; check KG_STORE_QUERY."
        ) from error
