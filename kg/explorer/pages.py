"""The list of pages: their paths, their places in the sidebar, and what draws them.

The page `timeline` has the path /timeline, is drawn by `show_timeline` of kg/explorer/timeline.py, and its title is the text
with the key `timeline`. docs/explorer.md tells how to add one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

EXPLORE, QUERY, DATA = "explore", "query", "data"
GROUPS = (EXPLORE, QUERY, DATA)
"""The groups of the sidebar, in order; `group explore` and so on are the keys of their titles."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page in the list."""

    name: str
    group: str = ""
    """One of `GROUPS`; empty for a page that the sidebar leaves out."""
    module: str = ""
    """The module that draws it, where that has another name."""

    @property
    def path(self) -> str:
        """What stands in the address; empty for the home page."""
        return "" if self.name == "home" else self.name

    def draw(self) -> None:
        """Draw the page. Its module is imported now, so that no page waits for the others."""
        show: Callable[[], None] = getattr(
            import_module(f"kg.explorer.{self.module or self.name}"), f"show_{self.name}"
        )
        show()


PLACES = (
    # Explore
    Place("home", EXPLORE),
    Place("browse", EXPLORE),
    Place("graph", EXPLORE, "graph_page"),
    Place("treaties", EXPLORE),
    Place("timeline", EXPLORE),
    Place("contradictions", EXPLORE),
    Place("map", EXPLORE),
    # Query
    Place("questions", QUERY),
    Place("sparql", QUERY),
    # Data
    Place("add", DATA),
    Place("review", DATA),
    Place("about", DATA),
    # Reached by links
    Place("entity"),
    Place("event"),
    Place("document"),
)

BY_NAME = {place.name: place for place in PLACES}
