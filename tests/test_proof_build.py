"""Long checks of the whole build on the real model: the same inputs give the same graph, whatever the process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.settings import ROOT

pytestmark = pytest.mark.proof


def built(home: Path, seed: str) -> list[str]:
    """The graph of the seeds as sorted N-Quads, built by a process of its own with this hash seed."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "KG_HOME": str(home)}
    for command in (["build"], ["export", str(home / "graph.nq")]):
        run = subprocess.run(
            [sys.executable, "-m", "kg.cli", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
    return sorted((home / "graph.nq").read_text(encoding="utf-8").splitlines())


def test_two_builds_of_the_seeds_give_the_same_quads_and_no_blank_node(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = built(tmp_path / "one", "1"), built(tmp_path / "two", "2")
    assert len(one) > 100_000
    assert one == two
    assert [line for line in one if line.startswith("_:") or " _:" in line.split('"')[0]] == []


def test_the_seeds_documents_are_all_accepted_and_every_check_passes(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    quads = built(home, "3")
    typed = [line.split(" ", 3) for line in quads if "22-rdf-syntax-ns#type>" in line]
    documents = {subject for subject, _, kind, _ in typed if kind.endswith("ontology#Document>")}
    assert len(documents) == len(list((ROOT / "seeds" / "documents").glob("*.md")))
    check = subprocess.run(
        [sys.executable, "-m", "kg.cli", "--home", str(home), "check", "--owl"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert check.returncode == 0, check.stdout + check.stderr
