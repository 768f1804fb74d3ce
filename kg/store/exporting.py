"""A graph as one file, in the format that its name's ending says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg.errors import CallError
from kg.namespaces import PREFIXES
from kg.store.canonical import sorted_lines
from kg.store.disk import store_errors, whole_file
from kg.store.jsonld import write_json_ld
from kg.store.quads import Quads

DEFAULT = ox.DefaultGraph()


def export(store: Quads, target: Path) -> None:
    """Write the graph to `target`, whole or not at all.

    .nq .trig .jsonld hold all named graphs; .nt .ttl .rdf the default graph, which is the union of them.
    Equal graphs give equal files; the lines of .nq and .nt are sorted. Raises CallError for another ending or
    a folder that is not there, StoreError where the disk is full.
    """
    write = FORMATS.get(target.suffix.lower())
    if write is None:
        raise CallError(f"{target} has an unknown ending.", f"End its name in {', '.join(FORMATS)}.")
    if not target.parent.is_dir():
        raise CallError(f"The folder {target.parent} does not exist.", "Make it, or export to another.")
    if target.is_dir():
        raise CallError(f"{target} is a folder.", "Name a file.")
    with store_errors(target, "written"), whole_file(target) as part, part.open("w+b") as output:
        write(store, output)


def _named(store: Quads) -> Iterator[ox.Quad]:
    """The quads of all named graphs, graph by graph in the order of their names."""
    for graph in sorted(store.named_graphs(), key=str):
        yield from store.quads_for_pattern(None, None, None, graph)


def _triples(store: Quads) -> Iterator[ox.Triple]:
    """The triples of the default graph."""
    return (quad.triple for quad in store.quads_for_pattern(None, None, None, DEFAULT))


def _sorted_lines(statements: Iterator[ox.Quad] | Iterator[ox.Triple], output: BinaryIO) -> None:
    """Write N-Quads or N-Triples in the order of their bytes."""
    lines = (f"{statement} .\n".encode() for statement in statements)
    with sorted_lines(lines, Path(output.name).parent) as ordered:
        output.writelines(ordered)


def _n_quads(store: Quads, output: BinaryIO) -> None:
    _sorted_lines(_named(store), output)


def _n_triples(store: Quads, output: BinaryIO) -> None:
    _sorted_lines(_triples(store), output)


def _trig(store: Quads, output: BinaryIO) -> None:
    ox.serialize(_named(store), output, ox.RdfFormat.TRIG, prefixes=PREFIXES)
    _sort_prefixes(output)


def _turtle(store: Quads, output: BinaryIO) -> None:
    ox.serialize(_triples(store), output, ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    _sort_prefixes(output)


def _rdf_xml(store: Quads, output: BinaryIO) -> None:
    ox.serialize(_triples(store), output, ox.RdfFormat.RDF_XML, prefixes=PREFIXES)
    output.seek(0)
    declaration, root = output.readline(), output.readline()
    names = root.removeprefix(b"<rdf:RDF ").removesuffix(b">\n").split(b" ")
    output.seek(len(declaration))
    output.write(b"<rdf:RDF " + b" ".join(sorted(names)) + b">\n")


def _json_ld(store: Quads, output: BinaryIO) -> None:
    write_json_ld(_named(store), output)


def _sort_prefixes(output: BinaryIO) -> None:
    """Put the lines that declare prefixes, which Oxigraph writes first and in any order, in order."""
    output.seek(0)
    lines = [output.readline() for _ in PREFIXES]
    output.seek(0)
    output.writelines(sorted(lines))


FORMATS: dict[str, Callable[[Quads, BinaryIO], None]] = {
    ".nq": _n_quads,
    ".trig": _trig,
    ".nt": _n_triples,
    ".ttl": _turtle,
    ".jsonld": _json_ld,
    ".rdf": _rdf_xml,
}
"""What writes each ending."""
