"""What tests share: the reference data and one extractor, each loaded once a run."""

from __future__ import annotations

import sys

import pytest

from kg import reference
from kg.extract import Extractor
from kg.model import Reference
from kg.settings import ROOT

pytest.register_assert_rewrite("browser_fixtures", "explorer_fixtures")

_MAIN = sys.modules["__main__"]


def pytest_runtest_setup() -> None:
    """Streamlit puts each script that it runs in the place of __main__, and from there processes would begin that later tests start."""
    sys.modules["__main__"] = _MAIN


@pytest.fixture(scope="session")
def reference_data() -> Reference:
    """The reference data of the seeds as the extractor sees it."""
    return reference.load(ROOT / "seeds" / "reference")


@pytest.fixture(scope="session")
def extractor(reference_data: Reference) -> Extractor:
    """The extractor on the real model (5–6 s)."""
    return Extractor(reference_data, ROOT / "ontology" / "lexicon" / "fr")
