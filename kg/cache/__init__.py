"""What documents gave, kept so that nothing is read twice.

    shelf = Shelf(place_at(home, settings().shards))
    entry = shelf.find(key, reading)      # None where the document must be read
    shelf.keep(entry)

An entry is a pure function of its key (the document and what reads it) and of the frames whose words stand in the document.
"""

from kg.cache.entry import Counts, DamagedError, Entry
from kg.cache.keys import Reading, key_of
from kg.cache.places import Place, place_at
from kg.cache.shelf import Shelf, Totals

__all__ = ["Counts", "DamagedError", "Entry", "Place", "Reading", "Shelf", "Totals", "key_of", "place_at"]
