"""What fusion and identity keep of a graph beside its store, so that after a change they find by key what it reaches.

A file of SQLite in each snapshot (FILE), derived from what documents gave: it is copied from snapshot to snapshot and changed with
the graph, and made anew where it is absent or of another VERSION.

    database = opened(path)                        # made where there is none
    network = Network(database, "event", 30)       # things in blocks, and which of those that stand near one another are likely one
    network.revise(before, after, likely, bound)   # after a change: of which things it must be decided anew
"""

from kg.nearby.file import FILE, VERSION, number, opened, usable
from kg.nearby.network import Likely, Link, Network, bound_by, numbered
from kg.nearby.windows import Pair, Places, Windows

__all__ = [
    "FILE",
    "VERSION",
    "Likely",
    "Link",
    "Network",
    "Pair",
    "Places",
    "Windows",
    "bound_by",
    "number",
    "numbered",
    "opened",
    "usable",
]
