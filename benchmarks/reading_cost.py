"""What reading costs beside the bare model: words a second of both on the same texts, in one run.

    python -m benchmarks.reading_cost [--json]

The texts are the seeds' documents and the sentences of tests/cases; the bare model has the same components. Each is timed
several times in turn, in seconds of the processor, so that what else runs counts for little; the ratio is the median of
those of the rounds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable

from benchmarks.cases import CASES, cases
from kg import reference
from kg.extract import Extractor
from kg.extract.lines.pipeline import load_language
from kg.model import Document
from kg.read import read_paths
from kg.settings import ROOT

ROUNDS = 9
TARGET = 0.80


def documents() -> list[Document]:
    """The seeds' documents, and the sentences of the cases gathered by event class."""
    seeds = [d for d in read_paths([ROOT / "seeds" / "documents"], limit=1_000_000) if isinstance(d, Document)]
    by_class: dict[str, list[str]] = {}
    for name, case in cases(CASES, []):
        by_class.setdefault(name, []).append(case["text"])
    return seeds + [Document(name, "\n".join(texts), name) for name, texts in sorted(by_class.items())]


def timed(work: Callable[[], object]) -> float:
    """Seconds of the processor that one call takes."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def measure() -> dict[str, float]:
    """Words a second of the bare model and of the extractor, and their ratio."""
    texts = documents()
    nlp = load_language("fr")
    extractor = Extractor(reference.load(ROOT / "seeds" / "reference"), ROOT / "ontology" / "lexicon" / "fr")
    lines = [[line for line in d.text.split("\n") if line.strip()] for d in texts]
    words = sum(len(d.text.split()) for d in texts)
    bare, read = [], []
    for _ in range(ROUNDS):
        bare.append(timed(lambda: [list(nlp.pipe(document)) for document in lines]))
        read.append(timed(lambda: [extractor.extract(document) for document in texts]))
    ratio = statistics.median(model / whole for model, whole in zip(bare, read, strict=True))
    model, whole = statistics.median(bare), statistics.median(read)
    return {"words": words, "bare": words / model, "extractor": words / whole, "ratio": ratio}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = parser.parse_args()
    figures = measure()
    if args.json:
        json.dump(figures, sys.stdout, indent=1)
        return
    print(f"{figures['words']:,.0f} words, medians of {ROUNDS} rounds in turn")
    print(f"bare model   {figures['bare']:8,.0f} words a second")
    print(f"extractor    {figures['extractor']:8,.0f} words a second")
    print(f"ratio        {figures['ratio']:8.2f}   (target: {TARGET:.2f} or more)")


if __name__ == "__main__":
    main()
