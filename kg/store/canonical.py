"""Canonical hashes: equal graphs have equal ones, whatever the order, process or store that they come from.

The hash of a graph is the SHA-256 of its canonical N-Triples (RDF Dataset Canonicalization, RDFC-1.0, W3C
recommendation of 21 May 2024): for a graph without blank nodes, its lines in the order of their bytes. So

    kg export graph.nt && sha256sum graph.nt

gives that of the default graph.
"""

from __future__ import annotations

import hashlib
import heapq
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

Keep = Callable[[Iterable[bytes]], tuple[int, str]]
RUN = 50_000
"""Lines that are sorted in memory at once; longer lists are merged from runs on disk."""
RUNS = 32
"""After so many runs they become longer, and after so many more again: each is an open file."""
TYPED = re.compile(rb'(?<= )"[^"\\\n]*"\^\^<[^>\n]*>(?= \.\n)')
"""A literal with a datatype, at the end of a line of N-Triples."""
SMALL = 8 * 2**20
"""Bytes up to which a graph's lines stay in memory before they are sorted."""


@contextmanager
def sorted_lines(lines: Iterator[bytes], folder: Path | None) -> Iterator[Iterator[bytes]]:
    """The lines in the order of their bytes; what is too long for memory waits in `folder`, or where the
    system keeps temporary files."""
    with ExitStack() as stack:
        runs: list[Iterator[bytes]] = []
        while run := list(islice(lines, most := RUN * (1 + len(runs) // RUNS))):
            run.sort()
            if len(run) == most:
                file = stack.enter_context(tempfile.TemporaryFile(dir=folder))
                file.writelines(run)
                file.seek(0)
                runs.append(file)
            else:
                runs.append(iter(run))
        yield heapq.merge(*runs) if len(runs) > 1 else next(iter(runs), iter(()))


def graph_hash(
    store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph, folder: Path | None = None, keep: Keep | None = None
) -> tuple[int, str]:
    """How many triples the graph holds, and its canonical hash; `folder` takes what memory cannot hold.

    `keep` measures the lines in their order and may keep them; its second call, with none, says that they are those of blank nodes.
    """
    with tempfile.SpooledTemporaryFile(SMALL, dir=str(folder) if folder else None) as file:
        store.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=graph)
        file.seek(0)
        blank: list[bytes] = []
        with sorted_lines(_watched(iter(file), blank), folder) as lines:
            count, value = (keep or measured)(lines)
    if not blank:
        return count, value
    if keep is not None:
        keep(iter(()))
    return count, _canonical(store, graph)


def measured(lines: Iterable[bytes]) -> tuple[int, str]:
    """How many lines there are, and their SHA-256."""
    hashed, count = hashlib.sha256(), 0
    for line in lines:
        hashed.update(line)
        count += 1
    return count, hashed.hexdigest()


def _watched(lines: Iterable[bytes], blank: list[bytes]) -> Iterator[bytes]:
    """The lines; the first with a blank node in it is put aside as well."""
    for line in lines:
        if not blank and (line.startswith(b"_:") or b" _:" in line):
            blank.append(line)
        yield line


def quads_hash(quads: Iterable[ox.Quad]) -> tuple[int, str]:
    """The same for the quads of one graph as a store will hold them, which writes some literals otherwise.

    Ten times as fast as to read them back from the disk.
    """
    memory = ox.Store()
    memory.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return graph_hash(memory, ox.DefaultGraph())


def canonical_triples(quads: Iterable[ox.Quad]) -> bytes:
    """The triples of these quads as canonical N-Triples: each once, as a store will hold them, in the order of their bytes.

    Their SHA-256 is the hash of their graph, a tenth of the work of `quads_hash`. There may be no blank nodes among them.
    """
    written = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
    stored = TYPED.sub(lambda match: _as_stored(match[0]), written)
    return b"".join(sorted(set(stored.splitlines(keepends=True))))


@lru_cache(maxsize=65_536)
def _as_stored(literal: bytes) -> bytes:
    """A literal with a datatype, as a store writes it: "0.80" of xsd:decimal comes back as "0.8"."""
    memory, subject = ox.Store(), b"<kg:s> <kg:p> "
    memory.load(subject + literal + b" .\n", ox.RdfFormat.N_TRIPLES)
    dumped = memory.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return (dumped or b"").removeprefix(subject).removesuffix(b" .\n")


def _canonical(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> str:
    """The hash of a graph in which blank nodes may stand; such graphs are small, and are held in memory."""
    quads = store.quads_for_pattern(None, None, None, graph)
    dataset = ox.Dataset(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return hashlib.sha256(b"".join(sorted(f"{quad} .\n".encode() for quad in dataset))).hexdigest()


def whole_hash(hashes: Mapping[str, str]) -> str:
    """One hash for all named graphs together, from the hashes of each by its IRI."""
    lines = (f"{graph} {value}\n" for graph, value in sorted(hashes.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def file_hash(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
