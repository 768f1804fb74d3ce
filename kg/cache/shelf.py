"""The entries at a place: found, kept, counted, cleared away."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Collection
from dataclasses import dataclass

from kg.cache.entry import DamagedError, Entry, unpack
from kg.cache.keys import Reading
from kg.cache.places import Place

NAME = re.compile(r"[0-9a-f]{64}")
HITS = "totals.json"
"""The file that counts what was found and what was not."""
LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Totals:
    """What lies at a place, and of how much use it was."""

    entries: int
    bytes: int
    found: int
    """Documents that were not read because they had an entry, over all runs; unchanged ones in a graph not counted."""
    read: int
    """Documents that had none and were read."""


class Shelf:
    """The entries at a place."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def find(self, key: str, reading: Reading) -> Entry | None:
        """What the document of this key gave; None where nobody has read it, or its frames said otherwise then.

        A damaged entry is removed and None is given, so that the document is read anew. Raises StoreError where the place cannot be read.
        """
        entry = self.get(key)
        if entry is None or entry.lexicon == reading.lexicon:
            return entry
        return entry if entry.frames == reading.relevant(entry.words) else None

    def get(self, key: str) -> Entry | None:
        """The newest entry of this key, whatever its frames; None where there is no whole one."""
        data = self.place.read(key)
        if data is None:
            return None
        try:
            return unpack(data, key)
        except DamagedError as error:
            LOG.warning("The cache's entry %s is damaged: %s. Its document is read anew.", key[:16], error)
            self.place.remove(key)
            return None

    def keep(self, entry: Entry) -> None:
        """Put an entry in place of any other of its key; raises StoreError where that cannot be written."""
        self.place.write(entry.key, entry.pack())

    def is_empty(self) -> bool:
        """Whether there is no entry."""
        return not any(NAME.fullmatch(name) for name, _ in self.place.files())

    def count(self, found: int, read: int) -> None:
        """Add to the totals."""
        before = self._totals()
        now = {"found": before["found"] + found, "read": before["read"] + read}
        self.place.write(HITS, json.dumps(now).encode())

    def totals(self) -> Totals:
        """What there is."""
        sizes = [size for name, size in self.place.files() if NAME.fullmatch(name)]
        return Totals(len(sizes), sum(sizes), **self._totals())

    def _totals(self) -> dict[str, int]:
        try:
            held = json.loads(self.place.read(HITS) or b"{}")
        except ValueError:
            held = {}
        return {"found": int(held.get("found", 0)), "read": int(held.get("read", 0))}

    def clear(self) -> tuple[int, int]:
        """Remove all entries; gives how many there were, and their bytes."""
        gone = self.prune(())
        self.place.remove(HITS)
        return gone

    def prune(self, kept: Collection[str]) -> tuple[int, int]:
        """Remove the entries whose keys are not among these, and what killed writers left; gives how many entries, and their bytes."""
        count = freed = 0
        for name, size in list(self.place.files()):
            if NAME.fullmatch(name) and name not in kept:
                count, freed = count + 1, freed + size
                self.place.remove(name)
        self.place.tidy()
        return count, freed
