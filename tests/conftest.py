"""What tests share: the reference data and one extractor, each loaded once a run."""

from __future__ import annotations

import gc
import os
import sys

import pytest

from kg import reference
from kg.extract import Extractor
from kg.model import Reference
from kg.settings import ROOT

pytest.register_assert_rewrite("browser_fixtures", "explorer_fixtures")

_MAIN = sys.modules["__main__"]
_LONGEST = (
    "test_incremental.py",
    "test_fusion.py",
    "test_workers.py",
    "test_cache.py",
    "test_aside.py",
    "test_bad_input.py",
)
"""The files that take longest, each on one core: begun last, they would run on when the other cores have nothing left to do."""


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a test that waits for a disk, a server or a browser leaves its core to another."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest; the others keep their order."""
    items.sort(key=lambda item: _LONGEST.index(item.path.name) if item.path.name in _LONGEST else len(_LONGEST))


def pytest_runtest_setup() -> None:
    """Streamlit puts each script that it runs in the place of __main__, and from there processes would begin that later tests start."""
    sys.modules["__main__"] = _MAIN


@pytest.fixture(scope="module", autouse=True)
def _at_rest() -> None:
    """Tell the garbage collector that what there is stays: it would look through all tests and models again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def reference_data() -> Reference:
    """The reference data of the seeds as the extractor sees it."""
    return reference.load(ROOT / "seeds" / "reference")


@pytest.fixture(scope="session")
def extractor(reference_data: Reference) -> Extractor:
    """The extractor on the real model (5–6 s)."""
    return Extractor(reference_data, ROOT / "ontology" / "lexicon" / "fr")
