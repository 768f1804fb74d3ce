"""What stays in memory is left out of the search for garbage, until there is another graph."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from explorer_fixtures import Visit

from kg.explorer.memory import leave_at_rest, look_again

pytest_plugins = ["explorer_fixtures"]


class Knot:
    """Something that holds itself, so that only a search for garbage frees it."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    look_again()
    yield
    look_again()


def test_what_stays_is_left_out_once_for_each_page() -> None:
    leave_at_rest("home")
    known = gc.get_freeze_count()
    assert known > 10_000
    knots = [Knot() for _ in range(100)]
    leave_at_rest("home")
    assert gc.get_freeze_count() <= known
    leave_at_rest("browse")
    assert gc.get_freeze_count() >= known + len(knots)


def test_what_another_graph_leaves_behind_is_freed() -> None:
    knot = Knot()
    seen = weakref.ref(knot)
    leave_at_rest("home")
    del knot
    gc.collect()
    assert seen() is not None
    look_again()
    gc.collect()
    assert seen() is None


def test_a_graph_that_is_opened_is_another(visit: Visit) -> None:
    import streamlit as st

    leave_at_rest("home")
    st.cache_resource.clear()
    visit("about", lang="en")
    assert gc.get_freeze_count() == 0
