"""What reading costs beside the bare model: words a second of both on the same texts, in one run.

    python -m benchmarks.reading_cost [--json] [--profile]

The texts are the seeds' documents and the sentences of tests/cases; the bare model is the one that reading uses, as it is
installed, with all its components. Each is timed several times in turn, in seconds of the processor, so that what else runs
counts for little; the ratio is the median of those of the rounds. `--profile` also looks every few milliseconds which step is at
work, and prints their shares.
"""

from __future__ import annotations

import argparse
import json
import signal
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from types import FrameType

from benchmarks.cases import CASES, cases
from kg import reference
from kg.extract import Extractor
from kg.extract.lines.pipeline import load_model
from kg.model import Document
from kg.read import read_paths
from kg.settings import ROOT

ROUNDS = 9
TARGET = 0.80
STEPS = {
    ("spacy/language.py", "pipe"): "model",
    ("lines/text.py", "reading_lines"): "lines",
    ("lines/copies.py", "copy"): "copy of the parse",
    ("lines/recognition.py", "recognise"): "model: names",
    ("naming/names.py", "read"): "names",
    ("dating/dates.py", "find"): "dates",
    ("dating/chronology.py", "anchor"): "the day counted from",
    ("events/triggers.py", "find"): "triggers",
    ("events/roles.py", "fill"): "roles",
    ("events/drafts.py", "_choose"): "empty roles, conditions",
    ("clauses/modality.py", "of"): "modality",
    ("saying/attribution.py", "of"): "attribution",
    ("saying/attribution.py", "incises"): "attribution",
    ("saying/attribution.py", "quotations"): "quotations",
}
"""The functions in which the steps of docs/reading.md begin, by file and name."""
_INTERVAL = 0.002


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
    nlp = load_model("fr")
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


def profile() -> dict[str, float]:
    """The share of each step in the time that reading takes, the greatest first."""
    texts = documents()
    extractor = Extractor(reference.load(ROOT / "seeds" / "reference"), ROOT / "ontology" / "lexicon" / "fr")
    seen: Counter[str] = Counter()
    signal.signal(signal.SIGPROF, lambda _, frame: seen.update([_step(frame)]))
    signal.setitimer(signal.ITIMER_PROF, _INTERVAL, _INTERVAL)
    for _ in range(ROUNDS):
        for document in texts:
            extractor.extract(document)
    signal.setitimer(signal.ITIMER_PROF, 0)
    return {step: count / seen.total() for step, count in seen.most_common()}


def _step(frame: FrameType | None) -> str:
    """The step that is at work in a frame, or above it."""
    while frame is not None:
        code = frame.f_code
        if step := STEPS.get(("/".join(code.co_filename.split("/")[-2:]), code.co_name)):
            return step
        frame = frame.f_back
    return "else"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--profile", action="store_true", help="also print which steps take how much of the time")
    args = parser.parse_args()
    figures = measure()
    shares = profile() if args.profile else {}
    if args.json:
        json.dump({**figures, "shares": shares} if shares else figures, sys.stdout, indent=1)
        return
    print(f"{figures['words']:,.0f} words, medians of {ROUNDS} rounds in turn")
    print(f"bare model   {figures['bare']:8,.0f} words a second")
    print(f"extractor    {figures['extractor']:8,.0f} words a second")
    print(f"ratio        {figures['ratio']:8.2f}   (target: {TARGET:.2f} or more)")
    for step, share in shares.items():
        print(f"  {step:<24} {share:6.1%}")


if __name__ == "__main__":
    main()
