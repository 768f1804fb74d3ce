"""Fixtures for tests of the command kg; a test module names this one as a pytest plugin."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes import FakeExtractor, lean_project

from kg.build import build
from kg.cli.command import run
from kg.settings import settings

TEXT = "La Russie quitte le traité FNI."
Kg = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text("La Russie reste dans le traité.")
    return folder


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Builds take one rule and a small reference."""
    with lean_project(tmp_path_factory.mktemp("lean")):
        yield


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, files: Path, lean: None) -> Path:
    """A home with a graph of two documents."""
    home = tmp_path_factory.mktemp("graph") / "home"
    build(home, [files], extractor=FakeExtractor)
    return home


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lean: None) -> Iterator[None]:
    """Each test has settings of its own, works in an empty folder and reads with the fake extractor."""
    monkeypatch.delenv("KG_HOME", raising=False)
    monkeypatch.setenv("KG_WORKERS", "0")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "kg.extract", types.SimpleNamespace(Extractor=FakeExtractor))
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def kg(capfd: pytest.CaptureFixture[str]) -> Kg:
    """Runs the command in this process: exit code, stdout, stderr."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        settings.cache_clear()
        capfd.readouterr()
        code = run([str(each) for each in arguments])
        said = capfd.readouterr()
        about_seeds = re.compile(r"^kg: Warning: .*rows, .*\n", re.MULTILINE)
        return code, said.out, about_seeds.sub("", said.err)

    return call
