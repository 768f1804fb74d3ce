"""Which documents are copies of one another: MinHash over the shingles of what was read of them.

A document's signature is a function of its sentences alone and stands in its own graph, so that it is made once. Which
documents are copies is a function of the signatures in the graph, whatever the order in which they came.

Broder, On the resemblance and containment of documents (1997); Leskovec, Rajaraman and Ullman, Mining of Massive Datasets,
chapter 3, for the bands.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import credits
from kg.ids import fold
from kg.model import Extraction
from kg.namespaces import AC, DCTERMS, INFERRED_GRAPH, PROV, SCHEMA
from kg.periods import first_day

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHINGLE = 4
"""Words of a shingle."""
LEAST = 12
"""Shingles below which a text is too short to be told from others."""
VALUES = 128
"""Numbers of a signature: a resemblance of a half is told to within 0.05 (standard error)."""
BANDS = 32
"""Signatures are compared where a band of four numbers is equal: a resemblance of 0.6 is found 99 times of 100."""
RESEMBLANCE = 0.5
"""From this share of common shingles on, two texts are copies: one that keeps 0.6 of the other, or changes a word in twenty."""
PREDICATE = PROV + "wasDerivedFrom"
"""From a copy to the earliest of its cluster."""
UNKNOWN = "9999"
"""The day of a document whose day is unknown: after all others."""
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, order=True)
class Signed:
    """A document with what decides whether it is a copy, and of which; the least of copies is their origin."""

    day: str
    """The first day on which it may have appeared, as an ISO date; 9999 where that is unknown."""
    secondary: int
    """0 for an agency's own publication, 1 for what credits none, 2 for what credits another's text."""
    document: str
    """Its IRI."""
    signature: bytes


def signature(extraction: Extraction) -> str | None:
    """The signature of what was read of a document, in base64; None where it is too short to be told from others."""
    words = WORD.findall(fold(" ".join(span.of(extraction.document.text) for span in extraction.sentences)))
    shingles = {" ".join(words[at : at + SHINGLE]).encode() for at in range(len(words) - SHINGLE + 1)}
    if len(shingles) < LEAST:
        return None
    from datasketch import MinHash  # takes half a second to load

    made = MinHash(num_perm=VALUES, seed=1, scheme="affine32")
    made.update_batch(sorted(shingles))
    return base64.b64encode(made.hashvalues.astype("<u4").tobytes()).decode()


def copy_quads(store: ox.Store) -> Iterator[ox.Quad]:
    """prov:wasDerivedFrom, in the inferred graph, from each copy in the store to the earliest of its cluster.

    Reads the default graph, which holds all that the others do.
    """
    graph, derived = ox.NamedNode(INFERRED_GRAPH), ox.NamedNode(PREDICATE)
    for cluster in clusters(_signed(store)):
        origin, *copies = sorted(_ranked(each, store) for each in cluster)
        for copy in copies:
            yield ox.Quad(ox.NamedNode(copy.document), derived, ox.NamedNode(origin.document), graph)


def held(store: ox.Store) -> list[ox.Quad]:
    """What the inferred graph holds of copies now."""
    return list(store.quads_for_pattern(None, ox.NamedNode(PREDICATE), None, ox.NamedNode(INFERRED_GRAPH)))


def _signed(store: ox.Store) -> Iterator[Signed]:
    """The documents of the store that have a signature, their days and credits not looked up yet."""
    for quad in store.quads_for_pattern(None, ox.NamedNode(AC + "minHash"), None, ox.DefaultGraph()):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.Literal)
        yield Signed(UNKNOWN, 1, quad.subject.value, base64.b64decode(quad.object.value))


def _ranked(found: Signed, store: ox.Store) -> Signed:
    """The document with its day and its credits."""
    issued = _values(found.document, DCTERMS + "issued", store)
    own = _values(found.document, DCTERMS + "publisher", store) & credits.known()
    others = _values(found.document, SCHEMA + "sourceOrganization", store)
    day = min((first_day(each) or UNKNOWN for each in issued), default=UNKNOWN)
    return replace(found, day=day, secondary=0 if own else 2 if others else 1)


def _values(subject: str, predicate: str, store: ox.Store) -> set[str]:
    """The values that the store gives for a property of a thing, as texts."""
    quads = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, ox.DefaultGraph())
    return {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode | ox.Literal)}


def clusters(documents: Iterable[Signed]) -> list[list[Signed]]:
    """The documents that resemble one another, directly or by others between them; those that resemble none are left out."""
    import numpy as np

    alike: dict[bytes, list[Signed]] = {}
    for each in documents:
        alike.setdefault(each.signature, []).append(each)
    kept = sorted(alike)
    if not kept:
        return []
    values = np.frombuffer(b"".join(kept), dtype="<u4").reshape(len(kept), VALUES)
    groups: dict[int, list[Signed]] = {}
    for number, root in enumerate(_roots(values)):
        groups.setdefault(root, []).extend(alike[kept[number]])
    return [group for _, group in sorted(groups.items()) if len(group) > 1]


def _roots(values: NDArray[np.uint32]) -> list[int]:
    """For each row the least row that it is joined to by rows that resemble one another."""
    parents = list(range(len(values)))

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    for one, other in _candidates(values):
        first, second = sorted((root(one), root(other)))
        if first != second and (values[one] == values[other]).mean() >= RESEMBLANCE:
            parents[second] = first
    return [root(number) for number in range(len(values))]


def _candidates(values: NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
    """Pairs of rows in which a band is equal."""
    import numpy as np

    width = VALUES // BANDS
    for band in range(BANDS):
        keys = np.ascontiguousarray(values[:, band * width : (band + 1) * width]).view(f"V{4 * width}").ravel()
        _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
        order = np.argsort(inverse, kind="stable")
        for end, count in zip(np.cumsum(counts).tolist(), counts.tolist(), strict=True):
            rows: Sequence[int] = order[end - count : end].tolist() if count > 1 else ()
            yield from ((one, other) for at, one in enumerate(rows) for other in rows[at + 1 :])
