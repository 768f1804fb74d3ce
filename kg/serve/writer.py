"""The process that writes a team's own graphs: `python -m kg.serve.writer MEMORY_MB HOME`, frames on standard input and output.

Each job makes and publishes one snapshot. Whoever started the process may kill it at any moment: the graph is then as it was.

    {"job": "update", "base": IRI, "default": […], "named": […]}, body: the update
    {"job": "put", "graph": IRI, "merge": true | false, "parts": [{"type": MEDIA TYPE, "base": IRI, "length": BYTES}, …]},
        body: the parts, which replace the graph's triples or join them
    {"job": "delete", "graph": IRI}

Replies are {"kind": "done", "existed": true | false} (of the graph, before) or {"kind": "error", …}.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import FailedError, KgError, QueryError
from kg.query.formats import GRAPHS
from kg.query.frames import Frame, attend, failure
from kg.query.updates import operations, plain, with_dataset, written
from kg.query.walls import confine, end_with_parent
from kg.query.worker import syntax_error
from kg.store import Draft, Home
from kg.store.own import copied, require_own


def main() -> None:
    """Does jobs until standard input ends."""
    end_with_parent()
    confine(int(sys.argv[1]))
    home = Home(Path(sys.argv[2]))
    attend(lambda job, body: _answer(home, job, body))


def _answer(home: Home, job: dict[str, Any], body: bytes) -> Frame:
    """Do one job and publish what it made; nothing changes where it fails."""
    try:
        home.current()  # raises where there is no graph yet: a build makes the first
        if job["job"] != "update":
            require_own(job["graph"])
        with home.write() as draft:
            draft.minor = True
            existed = _DO[job["job"]](draft, job, body)
    except KgError as error:
        return failure(error), b""
    except (OSError, RuntimeError, ValueError) as error:
        return failure(FailedError(f"It failed: {' '.join(str(error).split())[:300]}.", "Change it.")), b""
    return {"kind": "done", "existed": existed}, b""


def _update(draft: Draft, job: dict[str, Any], body: bytes) -> bool:
    """Run the operations of an update, each over what the one before left."""
    text = with_dataset(plain(body.decode()), job["default"], job["named"])
    for operation in operations(text):
        graphs = {require_own(graph) for graph in written(operation)}
        try:
            draft.update(operation, sorted(graphs), base=job["base"])
        except SyntaxError as error:
            raise syntax_error(str(error), operation) from error
    return True


def triples(body: bytes, media_type: str, base: str) -> list[ox.Quad]:
    """The triples of a body; raises QueryError where they are malformed, or stand in named graphs."""
    format = GRAPHS[media_type]
    try:
        return list(ox.parse(body, format=format, base_iri=base, without_named_graphs=True, rename_blank_nodes=True))
    except SyntaxError as error:
        raise QueryError(f"The body is no {format.name}: {' '.join(str(error).split())[:300]}.", "Mend it.") from error


def _put(draft: Draft, job: dict[str, Any], body: bytes) -> bool:
    name = ox.NamedNode(job["graph"])
    existed = draft.store.contains_named_graph(name)
    quads = list(draft.store.quads_for_pattern(None, None, None, name)) if job["merge"] else []
    begin = 0
    for part in job["parts"]:
        found = triples(body[begin : begin + part["length"]], part["type"], part["base"])
        quads += copied(found, job["graph"])
        begin += part["length"]
    draft.replace_graph(job["graph"], quads)
    return existed


def _delete(draft: Draft, job: dict[str, Any], body: bytes) -> bool:
    if not draft.store.contains_named_graph(ox.NamedNode(job["graph"])):
        draft.discard()
        return False
    draft.drop_graph(job["graph"])
    return True


_DO = {"update": _update, "put": _put, "delete": _delete}


if __name__ == "__main__":
    main()
