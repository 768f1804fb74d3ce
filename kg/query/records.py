"""A result of the engine on its way to records of kg.query.results: cut at a number of rows, which is told."""

from __future__ import annotations

import json

import pyoxigraph as ox

from kg.query.frames import Frame
from kg.query.results import json_term

RESULT_BYTES = 64 * 2**20
"""A result ends at this size, so that a few rows of long texts cannot fill the reader's memory."""


def in_records(result: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean, rows: int) -> Frame:
    """The first rows or triples of a result, SPARQL JSON or N-Triples; the header tells whether it was cut short."""
    if isinstance(result, ox.QuerySolutions):
        return _table(result, rows)
    if isinstance(result, ox.QueryTriples):
        return _triples(result, rows)
    return {"kind": "answer", "value": bool(result)}, b""


def _table(solutions: ox.QuerySolutions, rows: int) -> Frame:
    columns = [variable.value for variable in solutions.variables]
    bindings: list[str] = []
    size, truncated = 0, False
    for solution in solutions:
        if len(bindings) == rows or size > RESULT_BYTES:
            truncated = True
            break
        cells = {name: json_term(term) for name in columns if (term := solution[name]) is not None}
        bindings.append(json.dumps(cells, ensure_ascii=False))
        size += len(bindings[-1])
    body = f'{{"head": {json.dumps({"vars": columns})}, "results": {{"bindings": [{", ".join(bindings)}]}}}}'
    return {"kind": "table", "columns": columns, "truncated": truncated}, body.encode()


def _triples(triples: ox.QueryTriples, rows: int) -> Frame:
    kept: list[ox.Triple] = []
    size, truncated = 0, False
    for triple in triples:
        if len(kept) == rows or size > RESULT_BYTES:
            truncated = True
            break
        kept.append(triple)
        size += len(str(triple))
    written = ox.serialize(kept, format=ox.RdfFormat.N_TRIPLES)
    return {"kind": "triples", "truncated": truncated}, written or b""
