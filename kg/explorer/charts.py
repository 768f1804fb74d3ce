"""Charts of Vega-Lite on a page, each put together once for what it shows."""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

import altair as alt
import streamlit as st

from kg.explorer.frame import language

Chart = alt.LayerChart | alt.FacetChart
KEPT = 64


def show_chart(
    make: Callable[..., Chart], *shown: Hashable, key: str, alt_text: str, on_pick: Callable[[], None] | None = None
) -> None:
    """The chart that `make(*shown)` gives; a click on it that selects by `pick` calls `on_pick`.

    To put a chart together takes Altair a tenth of a second; it is kept by what it shows and the language.
    """
    spec = copy.deepcopy(_spec(make, language(), *shown))
    st.vega_lite_chart(
        spec=spec,
        key=key,
        alt=alt_text,
        on_select=on_pick or "ignore",
        selection_mode="pick" if on_pick else None,
    )


@lru_cache(maxsize=KEPT)
def _spec(make: Callable[..., Chart], tongue: str, *shown: Hashable) -> dict[str, Any]:
    return make(*shown).to_dict(validate=False)
