"""How the saved questions grow with the graph: python -m benchmarks.growth [--sizes N …] [--questions NAME …] [--json]

Each size is a graph of benchmarks.corpus on disk. A question is asked as it stands in its file, with its defaults, and
again with its open parameters set to something rare, as users ask it; all rows are read, and the median of three runs
counts, of one where it takes longer than five seconds. What a question gives grows with the graph, so its rows stand beside: one that takes
ten times as long for ten times as many rows is not slow.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from benchmarks import corpus
from kg.namespaces import PREFIXES
from kg.query import bind, questions
from kg.settings import settings
from kg.store.loading import load

SIZES = (100_000, 1_000_000, 5_000_000)
RARE = {
    "accusations": {"accuser": "acr:state/DZA"},
    "arms-offered-and-sold": {"from": "acr:state/NOR", "to": "acr:state/DZA"},
    "claims-about-an-entity": {"entity": "acr:state/DZA"},
    "contradictions": {"involving": "acr:state/DZA"},
    "documents-mentioning": {"entity": "acr:state/DZA"},
    "quotes-of-a-person": {"speaker": "acr:person/anouk-nauroy"},
    "weapon-tests": {"by": "acr:state/DZA"},
    "what-a-document-says": {"document": "acr:document/corpus-0000005"},
}
"""Values that narrow a question down."""
SLOW = 5.0


def measure(sizes: Sequence[int], chosen: Sequence[str]) -> dict[str, Any]:
    """Seconds and rows of each question at each size."""
    found: dict[str, Any] = {"sizes": list(sizes), "questions": {}}
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            store = loaded(size, Path(name))
            for label, text in texts(chosen).items():
                found["questions"].setdefault(label, []).append(asked(store, text))
            del store
    return found


def loaded(size: int, folder: Path) -> ox.Store:
    """A graph of this size on disk, opened as readers open it."""
    corpus.main(["--quads", str(size), str(folder / "corpus.nq")])
    store = ox.Store(str(folder / "store"))
    load(store, folder / "corpus.nq", folder)
    store.flush()
    store.backup(str(folder / "snapshot"))
    return ox.Store.read_only(str(folder / "snapshot"))


def texts(chosen: Sequence[str]) -> dict[str, str]:
    """The questions as SPARQL, with their defaults and narrowed down."""
    known = questions(settings().ontology / "queries" / "competency")
    found = {}
    for name, question in known.items():
        if name in chosen or not chosen:
            found[name] = bind(question, {})
            if name in RARE:
                found[f"{name}, narrowed"] = bind(question, RARE[name])
    return found


def asked(store: ox.Store, text: str) -> Mapping[str, float]:
    """Median seconds, and rows."""
    taken: list[float] = []
    rows = 0
    while len(taken) < 3 and sum(taken) < SLOW:
        start = time.perf_counter()
        solutions = store.query(text, prefixes=PREFIXES)
        assert isinstance(solutions, ox.QuerySolutions)
        rows = sum(1 for _ in solutions)
        taken.append(time.perf_counter() - start)
    return {"seconds": statistics.median(taken), "rows": rows}


def in_words(figures: dict[str, Any]) -> str:
    """A table: milliseconds and rows at each size."""
    heads = "".join(f"{f'{size:,} quads':>26}" for size in figures["sizes"])
    lines = [f"{'milliseconds, rows':<36}{heads}"]
    for name, cells in figures["questions"].items():
        shown = "".join(f"{cell['seconds'] * 1000:15,.1f}{cell['rows']:11,}" for cell in cells)
        lines.append(f"{name:<36}{shown}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.growth", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="quads of each graph")
    parser.add_argument("--questions", nargs="+", default=(), help="only these")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parsed = parser.parse_args(arguments)
    figures = measure(parsed.sizes, parsed.questions)
    print(json.dumps(figures) if parsed.json else in_words(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
