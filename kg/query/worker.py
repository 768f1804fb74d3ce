"""The process that answers one query: `python -m kg.query.worker STORE ROWS` with the query on standard
input.

It writes one line of JSON, {"kind": "table" | "triples" | "answer" | "error", …}, then the result: SPARQL
JSON for a table, N-Triples for triples. It imports as little as it can, for it starts anew with every query.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import re
import resource
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import KgError, QueryError
from kg.namespaces import PREFIXES
from kg.query.guard import check
from kg.query.results import json_term

MEMORY_BYTES = 4 * 2**30
RESULT_BYTES = 64 * 2**20
"""A result is cut short at this size, so that a few rows of long texts cannot fill the reader's memory."""

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def main() -> None:
    """Answers the query on standard input."""
    try:
        header, body = _answer(Path(sys.argv[1]), sys.stdin.buffer.read().decode(), int(sys.argv[2]))
    except KgError as error:
        header, body = {"kind": "error", "problem": error.problem, "remedy": error.remedy}, b""
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n" + body)


def _answer(folder: Path, text: str, rows: int) -> tuple[dict[str, Any], bytes]:
    _confine()
    text = check(text)
    try:
        store = ox.Store.read_only(str(folder))
        result = store.query(text, prefixes=PREFIXES)
        if isinstance(result, ox.QuerySolutions):
            return _table(result, rows)
        if isinstance(result, ox.QueryTriples):
            return _triples(result, rows)
        return {"kind": "answer", "value": bool(result)}, b""
    except SyntaxError as cause:
        raise _syntax_error(str(cause), text) from cause
    except (OSError, RuntimeError, ValueError) as cause:
        raise QueryError(f"The query failed: {' '.join(str(cause).split())[:300]}.", "Change it.") from cause


def _confine() -> None:
    """Limits memory, and shuts the network off where the system lets an ordinary process do so.

    The second is a wall behind the guard: it holds on Linux wherever user namespaces are allowed, and is no
    loss elsewhere.
    """
    with contextlib.suppress(ValueError, OSError):  # a lower limit set from outside stays
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _table(solutions: ox.QuerySolutions, rows: int) -> tuple[dict[str, Any], bytes]:
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


def _triples(triples: ox.QueryTriples, rows: int) -> tuple[dict[str, Any], bytes]:
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


_MEANINGS = {
    "Prefix not found": "its prefix is not declared",
    "unbound": "SELECT names a variable that the pattern does not bind",
    "IRI parsing failed": "a relative or malformed IRI",
}


def _syntax_error(message: str, text: str) -> QueryError:
    """pyoxigraph's error on one line: its position is right, its list of what it expected misleads."""
    found = re.search(r"(\d+):(\d+)", message)
    if not found:
        return QueryError(f"The query is malformed: {' '.join(message.split())[:200]}.", "Mend it.")
    line, column = int(found[1]), int(found[2])
    lines = text.split("\n")
    rest = lines[line - 1][column - 1 :].split() if line <= len(lines) else []
    near = f" at {rest[0][:40]!r}" if rest else " at the end of a line" if line < len(lines) else " at the end"
    meaning = next((f": {said}" for key, said in _MEANINGS.items() if key in message), "")
    return QueryError(f"Syntax error in the query, {line}:{column}{near}{meaning}.", "Mend it there.")


if __name__ == "__main__":
    main()
