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
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import credits
from kg.ids import fold
from kg.model import Extraction
from kg.namespaces import INFERRED_GRAPH, PREFIXES, PROV
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
"""From this share of common shingles on, two texts are copies: the one may keep half of the other, or change a word in twelve."""
UNKNOWN = "9999"
"""The day of a document whose day is unknown: after all others."""
WORD = re.compile(r"\w+")

QUERY = """
SELECT ?document ?signature ?issued ?publisher (GROUP_CONCAT(STR(?agency); SEPARATOR=" ") AS ?agencies) WHERE {
  ?document ac:minHash ?signature .
  OPTIONAL { ?document dcterms:issued ?date BIND(STR(?date) AS ?issued) }
  OPTIONAL { ?document dcterms:publisher ?publisher }
  OPTIONAL { ?document schema:sourceOrganization ?agency }
}
GROUP BY ?document ?signature ?issued ?publisher
"""


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
    """prov:wasDerivedFrom, in the inferred graph, from each copy in the store to the earliest of its cluster."""
    graph, derived = ox.NamedNode(INFERRED_GRAPH), ox.NamedNode(PROV + "wasDerivedFrom")
    for cluster in clusters(_signed(store)):
        origin, *copies = sorted(cluster)
        for copy in copies:
            yield ox.Quad(ox.NamedNode(copy.document), derived, ox.NamedNode(origin.document), graph)


def _signed(store: ox.Store) -> Iterator[Signed]:
    """The documents of the store that have a signature."""
    known = credits.known()
    rows = store.query(QUERY, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        document, said, issued, publisher, agencies = ("" if each is None else str(each.value) for each in row)
        credited = agencies.split()
        secondary = 0 if publisher in known else 2 if credited else 1
        yield Signed(first_day(issued) or UNKNOWN, secondary, document, base64.b64decode(said))


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
