"""Fixtures for tests of what reviewers judge; a test module names this one as a pytest plugin."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import lean_project
from judging import OUTLET_NAME, TEXT, JudgedExtractor

from kg.build import build


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a graph of one document, which tests only read."""
    folder = tmp_path_factory.mktemp("judged")
    (folder / "note.txt").write_text(TEXT)
    (folder / "note.meta.json").write_text(f'{{"publisher": "{OUTLET_NAME}"}}')
    with lean_project(tmp_path_factory.mktemp("lean")):
        build(folder / "home", [folder / "note.txt"], extractor=JudgedExtractor)
    return folder / "home"
