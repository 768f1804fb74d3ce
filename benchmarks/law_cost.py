"""What the law costs beside the facts: python -m benchmarks.law_cost [--runs N] [--json]

One process, both sides in turn, medians: (a) load: read the reference tables and write their quads to a new store on
disk, to the last byte; (b) reason: compute the status of every treaty for every party from that store, run the
rules to their fixpoint, and write what they conclude, as a build does. The target: (b) takes at most twice as long
as (a). Seconds are those of the processor.
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

from kg import reason, reference, treaties
from kg.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH, REFERENCE_GRAPH
from kg.settings import settings
from kg.store import Home

TARGET = 2.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; gives 1 where the target is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.law_cost", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs of both sides, of which the median counts")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parsed = parser.parse_args(arguments)
    figures = measure(parsed.runs)
    print(json.dumps(figures) if parsed.json else in_words(figures))
    return 0 if figures["ratio"] <= TARGET else 1


def measure(runs: int) -> dict[str, float]:
    """Median seconds of each side, how many quads each gave, and the ratio."""
    times: dict[str, list[float]] = {"load": [], "status": [], "rules": []}
    counts: dict[str, float] = {}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            for name, (seconds, quads) in once(Path(folder)).items():
                times[name].append(seconds)
                counts[f"{name}_quads"] = quads
    medians = {name: statistics.median(each) for name, each in times.items()}
    ratio = (medians["status"] + medians["rules"]) / medians["load"]
    return {**medians, **counts, "ratio": ratio, "target": TARGET}


def once(folder: Path) -> dict[str, tuple[float, int]]:
    """Seconds and quads of loading, of the status of treaties, and of the rules."""
    with Home(folder / "home").write() as draft:
        draft.replace_graph(ONTOLOGY_GRAPH, reason.ontology_quads(settings().ontology))
        start = time.process_time()
        loaded = list(reference.quads(settings().seeds / "reference"))
        draft.replace_graph(REFERENCE_GRAPH, loaded)
        draft.store.flush()
        read = time.process_time()
        computed = treaties.status_quads(draft.store)
        known = time.process_time()
        with draft.scratch() as work:
            reason.renew(draft, settings().ontology / "rules", computed, folder=work)
        draft.store.flush()
        end = time.process_time()
        graph = ox.NamedNode(INFERRED_GRAPH)
        inferred = sum(1 for _ in draft.store.quads_for_pattern(None, None, None, graph))
        draft.discard()
    return {
        "load": (read - start, len(loaded)),
        "status": (known - read, len(computed)),
        "rules": (end - known, inferred - len(computed)),
    }


def in_words(figures: dict[str, float]) -> str:
    """The figures as a table."""
    return (
        f"load the reference    {figures['load']:6.2f} s   {figures['load_quads']:,.0f} quads\n"
        f"status of treaties    {figures['status']:6.2f} s   {figures['status_quads']:,.0f} quads\n"
        f"rules                 {figures['rules']:6.2f} s   {figures['rules_quads']:,.0f} quads\n"
        f"ratio                 {figures['ratio']:6.2f}   (target: at most {figures['target']:.0f})"
    )


if __name__ == "__main__":
    sys.exit(main())
