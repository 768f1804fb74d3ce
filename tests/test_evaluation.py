"""The figures that the project is measured by, on the real articles where they are at hand."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from kg.settings import ROOT

EVALUATION = ROOT.parent / "shared" / "evaluation"
LEAST = {"entities": 0.95, "events": 0.80, "arguments": 0.75, "claims": 0.60}


@pytest.mark.skipif(not EVALUATION.is_dir(), reason=f"the evaluation articles are not at {EVALUATION.name}/")
def test_the_evaluation_articles_are_read_as_well_as_the_readme_says() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.evaluate", str(EVALUATION), "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout)
    assert figures["grounding"] == 1.0
    assert {name: figures[name]["f1"] for name in LEAST if figures[name]["f1"] < LEAST[name]} == {}
