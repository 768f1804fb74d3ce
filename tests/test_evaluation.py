"""The figures that the project is measured by, on the real articles where they are at hand."""

from __future__ import annotations

import json
from functools import partial

import pytest

from benchmarks import evaluate
from kg.build import build
from kg.extract import Extractor
from kg.settings import ROOT

EVALUATION = ROOT.parent / "shared" / "evaluation"
LEAST = {"entities": 0.95, "events": 0.80, "arguments": 0.75, "claims": 0.60}


@pytest.mark.skipif(not EVALUATION.is_dir(), reason=f"the evaluation articles are not at {EVALUATION.name}/")
def test_the_evaluation_articles_are_read_as_well_as_the_readme_says(
    extractor: Extractor, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(evaluate, "build", partial(build, extractor=lambda *_: extractor))
    capfd.readouterr()
    code = evaluate.main([str(EVALUATION), "--json"])
    said = capfd.readouterr()
    assert code == 0, said.err
    figures = json.loads(said.out)
    assert figures["grounding"] == 1.0
    assert {name: figures[name]["f1"] for name in LEAST if figures[name]["f1"] < LEAST[name]} == {}
