"""Scores the extractor against annotated articles: python -m benchmarks.evaluate FOLDER [--json]

FOLDER holds texts/ (articles) and gold/ (what a careful reader finds in them). score.py, which compares a graph with a gold, lies
in the same folder or in ../shared/evaluation beside the project. The graph is built in a scratch home by the same program that users run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kg.build import build
from kg.errors import KgError
from kg.settings import ROOT
from kg.store import Home, export

_SCORER = ROOT.parent / "shared" / "evaluation" / "score.py"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, export, score; gives the exit code: that of score.py, or 0 where the folder is absent."""
    parser = argparse.ArgumentParser(prog="benchmarks.evaluate", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of the evaluation")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON, without the errors")
    parsed = parser.parse_args(arguments)
    scorer = next((path for path in (parsed.folder / "score.py", _SCORER) if path.is_file()), None)
    if scorer is None or not (parsed.folder / "gold").is_dir():
        return _absent(parsed.folder, parsed.json)
    try:
        return evaluate(parsed.folder, scorer, as_json=parsed.json)
    except KgError as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return error.exit_code


def evaluate(folder: Path, scorer: Path, *, as_json: bool) -> int:
    """Score the graph of FOLDER/texts; prints what score.py prints and gives its exit code."""
    with tempfile.TemporaryDirectory() as scratch:
        home, graph = Path(scratch, "home"), Path(scratch, "graph.nq")
        report = build(home, [folder / "texts"])
        for each in report.set_aside:
            print(f"evaluate: {each.path} is set aside. {each.reason} {each.remedy}", file=sys.stderr)
        export(Home(home).current().store, graph)
        command = [sys.executable, scorer, graph, "--gold", folder / "gold", "--json" if as_json else "--errors"]
        return subprocess.run(command, check=False).returncode


def _absent(folder: Path, as_json: bool) -> int:
    """Say that there is nothing to score against: no error, for the articles are not part of the project."""
    if as_json:
        print(json.dumps({"absent": str(folder)}))
    else:
        print(f"There is no evaluation in {folder}: nothing is scored.")
        print(
            "Name a folder with texts/ and gold/, with score.py in it or in ../shared/evaluation: make evaluate EVALUATION=FOLDER"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
