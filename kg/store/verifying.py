"""Whether a snapshot is what its manifest says, quad by quad."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, BinaryIO, cast

import pyoxigraph as ox

from kg import nearby, search
from kg.errors import StoreError
from kg.store.canonical import file_hash, graph_hash, sorted_lines, whole_hash
from kg.store.disk import store_errors
from kg.store.snapshot import Snapshot


def verify(snapshot: Snapshot) -> list[str]:
    """What differs from the manifest, one sentence each; nothing where the snapshot is whole.

    Reads all of it: each named graph must have its count and canonical hash, and the default graph hold
    each of their triples once and nothing else. Damage is reported, not raised. Raises StoreError where
    there is no room for temporary files.
    """
    try:
        manifest, store = snapshot.manifest, snapshot.store
    except StoreError as error:
        return [error.problem]
    if not {"hashes", "search"} <= manifest.keys():
        return [f"{snapshot.path} was made by an older program, without hashes."]
    with tempfile.TemporaryFile() as file:
        try:
            with store_errors(snapshot.path, "read"):
                store.dump(file, ox.RdfFormat.N_QUADS)
        except StoreError as error:
            return [error.problem]
        found = _read(cast("BinaryIO", file))
    return [*_differences(store, manifest, found), *_files(snapshot)]


def _files(snapshot: Snapshot) -> Iterator[str]:
    """Whether the files beside the quads are those that were published."""
    for name, file in (("search", search.FILE), ("nearby", nearby.FILE)):
        path, said = snapshot.path / file, snapshot.manifest.get(name)
        if said is None and not path.exists():
            continue
        try:
            with store_errors(path, "read"):
                found = file_hash(path)
        except StoreError as error:
            yield error.problem
            continue
        if found != said:
            yield f"{path} has the hash {found[:16]}…, not {(said or 'none')[:16]}…."


@dataclass(slots=True)
class _Graph:
    """What was found of one named graph."""

    count: int = 0
    hashed: Any = field(default_factory=hashlib.sha256)
    blank: bool = False


@dataclass(slots=True)
class _Found:
    """What was found of all."""

    graphs: dict[bytes, _Graph] = field(default_factory=dict)
    triples: int = 0
    """In the default graph."""
    stray: list[bytes] = field(default_factory=list)
    """Triples of the default graph that no named graph holds."""
    missing: list[bytes] = field(default_factory=list)
    """Triples of named graphs that the default graph does not hold."""


def _read(file: BinaryIO) -> _Found:
    """Count and hash a whole graph, whose N-Quads are in the file, in one pass.

    In sorted order the lines of one triple follow each other, whatever their graphs, and those of one graph
    come as its hash wants them.
    """
    found = _Found()
    file.seek(0)
    with sorted_lines(iter(file), None) as lines:
        for triple, places in groupby(map(_split, lines), key=lambda pair: pair[0]):
            names = [graph for _, graph in places]
            in_default = b"" in names
            found.triples += in_default
            if not in_default:
                found.missing.append(triple)
            elif len(names) == 1:
                found.stray.append(triple)
            for name in filter(None, names):
                graph = found.graphs.setdefault(name, _Graph())
                graph.count += 1
                graph.hashed.update(triple + b" .\n")
                graph.blank = graph.blank or triple.startswith(b"_:") or b" _:" in triple
    return found


def _split(line: bytes) -> tuple[bytes, bytes]:
    """A line of N-Quads as its triple and the name of its graph, which is empty for the default graph.

    What follows the last quotation mark, or the predicate and a triple term where there is none, holds no blanks.
    """
    begin = max(line.rfind(b'"'), line.rfind(b")>>"), line.index(b" ", line.index(b" ") + 1) + 1)
    end = line.index(b" ", begin)
    return line[:end], line[end + 1 : -2].rstrip()


def _differences(store: ox.Store, manifest: dict[str, Any], found: _Found) -> Iterator[str]:
    counts, hashes = manifest["graphs"], manifest["hashes"]
    named = {name[1:-1].decode(): graph for name, graph in found.graphs.items()}
    for iri in sorted(named.keys() | counts.keys()):
        graph, count = named.get(iri, _Graph()), counts.get(iri, 0)
        value = graph_hash(store, ox.NamedNode(iri))[1] if graph.blank else graph.hashed.hexdigest()
        if graph.count != count:
            yield f"The graph {iri} holds {graph.count:,} triples, not {count:,}."
        elif value != hashes.get(iri):
            yield f"The graph {iri} has the hash {value[:16]}…, not {hashes.get(iri, '')[:16]}…."
    if whole_hash(hashes) != manifest["hash"]:
        yield "The hash of the whole in the manifest is not that of its graphs."
    yield from _union(manifest, found)


def _union(manifest: dict[str, Any], found: _Found) -> Iterator[str]:
    """Whether the default graph is the union of the named ones."""
    if found.stray:
        yield f"The default graph holds {len(found.stray):,} triples that no source gave: {_first(found.stray)}"
    if found.missing:
        yield f"The default graph lacks {len(found.missing):,} triples: {_first(found.missing)}"
    if found.triples != manifest["triples"]:
        yield f"The default graph holds {found.triples:,} triples, not {manifest['triples']:,}."


def _first(triples: list[bytes]) -> str:
    return f"{triples[0].decode(errors='replace')[:200]} …"
