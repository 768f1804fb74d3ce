"""The W3C's suites of SPARQL 1.1 against the service: each passes as many tests as it must, and no failure is without a known cause."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from benchmarks import conformance
from benchmarks.w3c import comparing

SUITES = Path(__file__).resolve().parent.parent.parent / "shared" / "w3c" / "sparql11"


@pytest.mark.proof
@pytest.mark.skipif(not SUITES.is_dir(), reason="the W3C's suites are not beside the project (../shared/w3c/sparql11)")
def test_suites_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert conformance.main(SUITES) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("(")[0].strip() for line in lines[:4]] == [
        "protocol      34 of 34",
        "graph store   13 of 13",
        "query        318 of 328",
        "update       150 of 157",
    ]
    assert not [line for line in lines if "NO KNOWN CAUSE" in line]


def test_absent_suites_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert conformance.main(tmp_path / "none") == 0
    assert "skipped, because there is no folder" in capsys.readouterr().out


def test_results_are_compared_by_structure_and_value() -> None:
    rows: list[comparing.Row] = [
        {"x": ox.BlankNode("a"), "y": ox.BlankNode("a")},
        {"n": ox.Literal("1.0", datatype=XSD_DECIMAL)},
    ]
    same: list[comparing.Row] = [
        {"n": ox.Literal("1", datatype=XSD_DECIMAL)},
        {"x": ox.BlankNode("b"), "y": ox.BlankNode("b")},
    ]
    other: list[comparing.Row] = [
        {"n": ox.Literal("1", datatype=XSD_DECIMAL)},
        {"x": ox.BlankNode("b"), "y": ox.BlankNode("c")},
    ]
    assert comparing.same_rows(rows, same)
    assert not comparing.same_rows(rows, other)
    assert not comparing.same_rows(rows, [*rows, rows[1]])


XSD_DECIMAL = ox.NamedNode(comparing.XSD + "decimal")
