"""A process that answers queries: `python -m kg.query.worker MEMORY_MB [bound]`, frames of kg.query.frames on standard input and output.

It takes one job after another and keeps the store of the last one open, so that a warm process answers in a millisecond. Whoever
started it kills it when a job takes too long. It imports as little as it can, to start quickly.

    {"job": "open", "store": FOLDER}
    {"job": "query", "store": FOLDER, "rows": N}, body: the query → a table as SPARQL JSON, triples as N-Triples, cut at N
    {"job": "query", …, "types": {"table": TYPE, "answer": TYPE, "triples": TYPE}} → the result in these media types
    {"job": "graph", "store": FOLDER, "graph": IRI or null, "type": TYPE} → the graph in this media type

Replies are {"kind": "table" | "triples" | "answer" | "graph" | "none" | "ready" | "error", …}; an error with "gone" came because the
store was removed.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import FailedError, KgError, LimitError, QueryError
from kg.namespaces import PREFIXES
from kg.query import formats
from kg.query.frames import Frame, attend, failure
from kg.query.guard import check
from kg.query.records import in_records
from kg.query.walls import confine, end_with_parent


def main() -> None:
    """Answers jobs until standard input ends; where it is bound, at most until its parent does."""
    if "bound" in sys.argv[2:]:
        end_with_parent()
    confine(int(sys.argv[1]))
    attend(_Desk().answer)


class _Desk:
    """The store that is open, and the jobs on it."""

    def __init__(self) -> None:
        self._folder = ""
        self._store: ox.Store | None = None

    def answer(self, job: dict[str, Any], body: bytes) -> Frame:
        """The reply to a job; errors are replies as well."""
        try:
            store = self._open(job["store"])
        except (OSError, RuntimeError, ValueError) as cause:
            reply = failure(FailedError(f"The query failed: {_line(cause)}.", "Ask again, or run kg check."))
            return reply | {"gone": not Path(job["store"]).is_dir()}, b""
        try:
            if job["job"] == "graph":
                return _graph(store, job)
            return _query(store, job, body.decode()) if job["job"] == "query" else ({"kind": "ready"}, b"")
        except KgError as error:
            return failure(error), b""
        except MemoryError:
            return failure(LimitError("The query needed more memory than it may have.", "Narrow it or add LIMIT.")), b""
        except (OSError, RuntimeError, ValueError) as cause:
            reply = failure(FailedError(f"The query failed: {_line(cause)}.", "Change it."))
            return reply | {"gone": not Path(job["store"]).is_dir()}, b""

    def _open(self, folder: str) -> ox.Store:
        if self._store is None or folder != self._folder:
            self._store = None
            self._store = ox.Store.read_only(folder)
            self._folder = folder
        return self._store


def _query(store: ox.Store, job: dict[str, Any], text: str) -> Frame:
    text = check(text)
    try:
        result = store.query(
            text,
            prefixes=PREFIXES,
            base_iri=job.get("base"),
            default_graph=_graphs(job.get("default")),
            named_graphs=_graphs(job.get("named")),
        )
        if job.get("types"):
            return formats.written(result, job["types"], job["rows"])
        return in_records(result, job["rows"])
    except SyntaxError as cause:
        raise syntax_error(str(cause), text) from cause


def _graphs(names: list[str] | None) -> list[Any] | None:
    return None if names is None else [ox.NamedNode(name) for name in names]


def _graph(store: ox.Store, job: dict[str, Any]) -> Frame:
    name = ox.NamedNode(job["graph"]) if job["graph"] is not None else ox.DefaultGraph()
    if isinstance(name, ox.NamedNode) and not store.contains_named_graph(name):
        return {"kind": "none"}, b""
    return {"kind": "graph", "type": job["type"]}, formats.dumped(store, name, job["type"])


def _line(cause: Exception) -> str:
    return " ".join(str(cause).split())[:300]


_MEANINGS = {
    "Prefix not found": "its prefix is not declared",
    "unbound": "SELECT names a variable that the pattern does not bind",
    "IRI parsing failed": "a relative or malformed IRI",
}


def syntax_error(message: str, text: str) -> QueryError:
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
