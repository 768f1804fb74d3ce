"""What fusion costs beside loading, and how it grows: python -m benchmarks.fusion_cost [EVENTS …] [--json]

The documents are those of benchmarks.corpus, as an extractor would give them: a fifth of their dated events recur in others. Loading
lays what they gave into an empty graph, as a build would without fusion, and writes it to the disk. Fusion is what a build does
besides: it reads what is compared from each document, decides, and writes documents, merges and records where events are merged.
Both are measured in one process, one after the other, in seconds of its processors, so that the ratio holds on other machines, and on
busy ones. Whether names that only texts know mean one thing is another question (docs/identity.md): such names count as known here.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import corpus
from kg import mapping, reference
from kg.folding import Fold
from kg.judgements import Judgements
from kg.namespaces import AC, REFERENCE_GRAPH
from kg.settings import settings
from kg.store import Draft, Home
from kg.store.canonical import canonical_triples

SIZES = (10_000, 30_000, 100_000)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a size cost, in seconds."""

    events: int
    documents: int
    merged: int
    load: float
    fuse: float

    @property
    def ratio(self) -> float:
        """How long fusion takes beside loading."""
        return self.fuse / self.load


def documents(events: int) -> Iterator[tuple[str, bytes, int]]:
    """Documents with at least so many events together: IRI, canonical N-Triples, number of events."""
    made = number = 0
    while made < events:
        given = corpus.extraction(number)
        quads = (quad for quad in mapping.quads(given) if quad.predicate.value != AC + "reconciled")
        yield given.document.iri, canonical_triples(quads), len(given.events)
        made += len(given.events)
        number += 1


def measure(events: int) -> Cost:
    """Load and fuse a corpus of this size."""
    given = list(documents(events))
    plain = _timed(
        lambda draft: [draft.place_graph(iri, triples, (triples.count(b"\n"), "")) for iri, triples, _ in given]
    )
    merged = 0

    def fold(draft: Draft) -> None:
        nonlocal merged
        folding = Fold(draft, settings().ontology, Judgements(), anew=True)
        for iri, triples, _ in given:
            folding.give(iri, triples)
        merged = folding.settle().merged

    both = _timed(fold)
    return Cost(sum(each[2] for each in given), len(given), merged, plain, both - plain)


def _timed(lay: Callable[[Draft], object]) -> float:
    """The seconds of processors that it takes to lay documents into a draft that holds the reference data, and to have them on the disk."""
    with tempfile.TemporaryDirectory() as folder, Home(Path(folder)).write(fresh=True) as draft:
        draft.replace_graph(REFERENCE_GRAPH, reference.quads(settings().seeds / "reference"))
        draft.store.flush()
        begin = time.process_time()
        lay(draft)
        draft.store.flush()
        seconds = time.process_time() - begin
        draft.discard()
    return seconds


def growth(costs: Sequence[Cost]) -> list[float]:
    """For each size after the first, by how much fusion grew over n log n: at most 1 where it grows no faster."""
    cost = [each.events * math.log(each.events) for each in costs]
    return [
        (costs[place].fuse / costs[place - 1].fuse) / (cost[place] / cost[place - 1]) for place in range(1, len(costs))
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what each size costs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("events", nargs="*", type=int, default=list(SIZES), help="sizes, in events")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parsed = parser.parse_args(arguments)
    costs = []
    for size in parsed.events:
        costs.append(measure(size))
        if not parsed.json:
            each = costs[-1]
            print(
                f"{each.events:>9,} events of {each.documents:>7,} documents, {each.merged:>7,} merged: "
                f"load {each.load:7.1f} s, fuse {each.fuse:7.1f} s, ratio {each.ratio:.2f}"
            )
    if parsed.json:
        rows = [{"events": each.events, "load": each.load, "fuse": each.fuse, "ratio": each.ratio} for each in costs]
        print(json.dumps({"sizes": rows, "over_n_log_n": growth(costs)}, indent=1))
    elif len(costs) > 1:
        print("growth over n log n:", ", ".join(f"{each:.2f}" for each in growth(costs)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
