"""A whole graph from one file, by the store's own bulk loader: what `kg export` wrote comes back as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import CallError, DataError
from kg.namespaces import PREFIXES
from kg.store.disk import store_errors

UNION = "union.nt"
REMEDY = "Give a file .nq that kg export wrote."

DOCUMENTS = """SELECT ?identifier ?source ?hash WHERE {
  GRAPH ?document { ?document dcterms:identifier ?identifier ; dcterms:source ?source ; ac:contentHash ?hash }
}"""


def load(store: ox.Store, path: Path, folder: Path) -> None:
    """Fill an empty store with the quads of an N-Quads file, and the default graph with their union.

    The union is loaded from a copy of the lines without their graphs, which is written to `folder`: twice
    as fast as quads made in Python one by one. Raises CallError where the file cannot be read, DataError
    with the line that is no quad of a named graph, StoreError where the disk is full.
    """
    union = folder / UNION
    with store_errors(folder, "written"):
        try:
            if _without_graphs(path, union):
                store.bulk_extend(_with_copies(path))
            else:
                store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
                store.bulk_load(path=str(union), format=ox.RdfFormat.N_TRIPLES)
        except SyntaxError as error:
            place = f", line {found[1]}" if (found := re.search(r"line (\d+)", str(error))) else ""
            raise DataError(f"{path}{place} is no quad of a named graph: {error.msg}.", REMEDY) from error
        union.unlink(missing_ok=True)


def _without_graphs(path: Path, union: Path) -> bool:
    """Write the lines without their last term; gives whether a blank node may stand in them.

    Blank nodes get new names with each loading, so that the two copies of a quad would part.
    """
    blank = False
    try:
        source = path.open("rb")
    except OSError as error:
        raise CallError(f"{path} cannot be read: {error.strerror}.", "Name a file.") from error
    with source, union.open("wb") as target:
        for number, line in enumerate(source, start=1):
            end = line.rfind(b" ", 0, -3)
            if end < 0 or not line.endswith(b"> .\n"):
                raise DataError(f"{path}, line {number} is no quad of a named graph.", REMEDY)
            blank = blank or line.startswith(b"_:") or b" _:" in line
            target.write(line[:end] + b" .\n")
    return blank


def _with_copies(path: Path) -> Iterator[ox.Quad]:
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS):
        yield quad
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


def documents(store: ox.Store) -> Iterator[tuple[str, str, str]]:
    """Identifier, source and hash of each document that the store holds."""
    solutions = store.query(DOCUMENTS, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    for row in solutions:
        yield row[0].value, row[1].value, row[2].value
