"""What stays in memory is left out of the search for garbage that Streamlit makes after every run of a page.

That search looks at every object of the process: two hundred thousand, once the charts and a graph are loaded, which takes
longer than most pages do. Nearly all of them stay as long as the graph does.
"""

from __future__ import annotations

import gc

_DRAWN: set[str] = set()
"""The pages that were drawn since the graph was opened."""


def leave_at_rest(page: str) -> None:
    """Leave out what there is once a page has been drawn for the first time: modules, names, answers."""
    if page not in _DRAWN:
        _DRAWN.add(page)
        gc.collect()
        gc.freeze()


def look_again() -> None:
    """Look at everything again, because there is another graph: what the one before leaves behind must go."""
    _DRAWN.clear()
    gc.unfreeze()
