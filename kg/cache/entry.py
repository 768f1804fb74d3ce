"""An entry of the cache: what one document gave, as bytes that tell whether they are whole."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property

import pyoxigraph as ox

from kg.ids import digest

MAGIC = b"kg shard 2\n"
"""How an entry begins; another number for another layout."""
HASH = 32
"""Bytes of the SHA-256 that follows, of all that follows it."""
LEVEL = 1
"""Of zlib: a twentieth of the size for a millisecond; higher levels take longer and save little."""


class DamagedError(ValueError):
    """The bytes are no whole entry: cut short, changed, or of another layout."""


@dataclass(frozen=True)
class Counts:
    """How much a document gave."""

    words: int
    """Of its text, as blanks divide it."""
    mentions: int
    events: int
    claims: int


@dataclass(frozen=True)
class Entry:
    """What one document gave."""

    key: str
    """Of the document and of all that read it but the frames."""
    frames: Mapping[str, str]
    """A hash of what each frame says of the phrases that can stand in the document (kg.cache.keys)."""
    lexicon: str
    """The hash of all frames when it was read."""
    words: tuple[str, ...] | None
    """The forms and lemmas of the document, by which that is known; None where it is not."""
    counts: Counts
    triples: bytes
    """The triples of the document's graph as a store would write them: canonical N-Triples (`triples_of`)."""
    told: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The classes that it gives to things which other documents may speak of as well, by IRI."""
    checked: str = ""
    """The version of the ontology whose shapes it was held against; empty where that is to be done."""

    @cached_property
    def identity(self) -> str:
        """One name for the document and all that it was read with: equal ones gave equal graphs."""
        return f"{self.key}:{digest(*(f'{name} {value}' for name, value in sorted(self.frames.items())))}"

    @cached_property
    def measure(self) -> tuple[int, str]:
        """How many triples there are, and the canonical hash of their graph (kg.store.quads_hash)."""
        return self.triples.count(b"\n"), hashlib.sha256(self.triples).hexdigest()

    def quads(self, graph: str) -> list[ox.Quad]:
        """Its quads in this graph, in the order in which they were written."""
        name = ox.NamedNode(graph)
        triples = ox.parse(self.triples, format=ox.RdfFormat.N_TRIPLES)
        return [ox.Quad(each.subject, each.predicate, each.object, name) for each in triples]

    def pack(self) -> bytes:
        """As bytes, for `unpack`."""
        head = {
            "key": self.key,
            "frames": dict(self.frames),
            "lexicon": self.lexicon,
            "words": self.words,
            "counts": asdict(self.counts),
            "told": dict(self.told),
            "checked": self.checked,
        }
        written = json.dumps(head, ensure_ascii=False).encode() + b"\n" + self.triples
        packed = zlib.compress(written, LEVEL)
        return MAGIC + hashlib.sha256(packed).digest() + packed


def unpack(data: bytes, key: str) -> Entry:
    """The entry with this key; raises DamagedError where the bytes are not a whole one."""
    begin = len(MAGIC) + HASH
    packed = data[begin:]
    if not data.startswith(MAGIC) or hashlib.sha256(packed).digest() != data[len(MAGIC) : begin]:
        raise DamagedError("it is not as it was written")
    head, _, triples = zlib.decompress(packed).partition(b"\n")
    found = json.loads(head)
    if found["key"] != key:
        raise DamagedError("it is another document's")
    words = None if found["words"] is None else tuple(found["words"])
    told = {iri: tuple(kinds) for iri, kinds in found["told"].items()}
    counts = Counts(**found["counts"])
    return Entry(key, found["frames"], found["lexicon"], words, counts, triples, told, found["checked"])
