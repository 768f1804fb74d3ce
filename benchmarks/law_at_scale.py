"""What the law costs beside a graph of documents: python -m benchmarks.law_at_scale [--quads N] [--runs N] [--json]

One process, all sides in turn, medians: (a) load: a file of N quads, made by benchmarks.corpus (ontology, reference
data, documents), into a new store on disk, by the loader of kg restore; (b) law: compute the status of every treaty
for every party from that store, run the rules to their fixpoint, and write that, as a build does; (c) claims: which
texts are copies, what follows from several claims and what links events. The target: (b) takes at most as long as
(a). Seconds are those of the processor, which this process alone used: what else runs does not count.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from benchmarks import corpus
from kg import copies, ledger, links, reason, treaties
from kg.namespaces import INFERRED_GRAPH
from kg.settings import settings
from kg.store import Home

TARGET = 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; gives 1 where the target is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.law_at_scale", description=__doc__)
    parser.add_argument("--quads", type=int, default=1_000_000, help="size of the graph")
    parser.add_argument("--runs", type=int, default=3, help="runs of both sides, of which the median counts")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parsed = parser.parse_args(arguments)
    figures = measure(parsed.quads, parsed.runs)
    print(json.dumps(figures) if parsed.json else in_words(figures))
    return 0 if figures["ratio"] <= TARGET else 1


def measure(size: int, runs: int) -> dict[str, float]:
    """Median seconds of the processor of each side, how many quads there were and were concluded, and the ratio."""
    times: dict[str, list[float]] = {"load": [], "law": [], "claims": []}
    counts: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "corpus.nq"
        with file.open("wb") as target:
            ox.serialize(corpus.quads(size, inferred=False), target, ox.RdfFormat.N_QUADS)
        for run in range(runs):
            for name, (seconds, quads) in once(Path(folder) / f"home-{run}", file).items():
                times[name].append(seconds)
                counts[f"{name}_quads"] = quads
    medians = {name: statistics.median(each) for name, each in times.items()}
    return {**medians, **counts, "ratio": medians["law"] / medians["load"], "target": TARGET}


def once(home: Path, file: Path) -> dict[str, tuple[float, int]]:
    """Seconds and quads of loading the file, and of the law upon it."""
    with Home(home).write() as draft:
        start = time.process_time()
        draft.load(file)
        draft.store.flush()
        loaded = time.process_time()
        alike, linked = list(copies.copy_quads(draft.store)), list(links.quads(draft.store))
        told = list(ledger.quads(draft.store, alike, linked))
        claimed = time.process_time()
        answers = [quad for quad in linked if quad.predicate.value == links.ANSWERS]
        computed = [*treaties.status_quads(draft.store), *alike, *answers]
        with draft.scratch() as work:
            reason.renew(draft, settings().ontology / "rules", computed, folder=work)
        draft.store.flush()
        end = time.process_time()
        held = sum(1 for _ in draft.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
        inferred = sum(1 for _ in draft.store.quads_for_pattern(None, None, None, ox.NamedNode(INFERRED_GRAPH)))
        total = len(draft.store) - held - inferred
        draft.discard()
    return {
        "load": (loaded - start, total),
        "law": (end - claimed, inferred),
        "claims": (claimed - loaded, len(told) + len(linked)),
    }


def in_words(figures: dict[str, float]) -> str:
    """The figures as a table."""
    return (
        f"load the graph        {figures['load']:6.2f} s   {figures['load_quads']:,.0f} quads\n"
        f"status and rules      {figures['law']:6.2f} s   {figures['law_quads']:,.0f} quads\n"
        f"claims and links      {figures['claims']:6.2f} s   {figures['claims_quads']:,.0f} quads\n"
        f"ratio                 {figures['ratio']:6.2f}   (target: at most {figures['target']:.0f})"
    )


if __name__ == "__main__":
    sys.exit(main())
