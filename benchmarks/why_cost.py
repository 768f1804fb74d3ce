"""How long why takes on the seeds' graph: python -m benchmarks.why_cost [--sample N] [--home FOLDER] [--json]

Asks for the reasons of a seeded sample of inferred triples, as many of each kind (a property, or a class), one after
another in one process, whose first question bears the start; and runs the command kg why for three of them.
Seconds are those of the processor: what else runs does not count. The target: each of them below one second.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.namespaces import INFERRED_GRAPH, RDF, shorten
from kg.settings import settings
from kg.store import Home
from kg.why import Reasons

TARGET = 1.0
SEED = 1963
COMMANDS = (("F-35", "carries", "B61-12"), ("Sergey Lavrov", "servedFor", "Russia"), ("INF", "rdf:type", "Treaty"))
"""What the command is asked."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; gives 1 where the target is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.why_cost", description=__doc__)
    parser.add_argument("--sample", type=int, default=400, help="how many triples at least, of all kinds together")
    parser.add_argument("--home", type=Path, help="a graph that stands already; else the seeds' is built")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parsed = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        home = parsed.home or built(Path(folder))
        figures = measure(home, parsed.sample)
    print(json.dumps(figures) if parsed.json else in_words(figures))
    return 0 if max(figures["max"], figures["command"]) < TARGET else 1


def built(folder: Path) -> Path:
    """The seeds' graph below the folder."""
    documents = str(settings().seeds / "documents")
    command = [sys.executable, "-m", "kg.cli", "build", documents, "--home", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder


def measure(home: Path, size: int) -> dict[str, Any]:
    """Seconds of the sample and of the command."""
    snapshot = Home(home).current()
    quads = snapshot.store.quads_for_pattern(None, None, None, ox.NamedNode(INFERRED_GRAPH))
    triples = sample((quad.triple for quad in quads), size)
    reasons = Reasons(snapshot, settings().ontology, settings().seeds, "en")
    seconds = []
    for triple in triples:
        start = time.process_time()
        reason = reasons.why(triple)
        seconds.append(time.process_time() - start)
        if not reason.premises:
            raise SystemExit(f"why_cost: nothing was found that {triple} rests on.")
    ordered = sorted(seconds)
    return {
        "triples": len(triples),
        "kinds": len({kind(triple) for triple in triples}),
        "median": ordered[len(ordered) // 2],
        "p99": ordered[int(len(ordered) * 0.99)],
        "max": ordered[-1],
        "command": max(command_seconds(home, each) for each in COMMANDS),
        "target": TARGET,
    }


def sample(triples: Iterable[ox.Triple], size: int) -> list[ox.Triple]:
    """At least so many triples, or all there are: of each kind as many, those that are fewer whole, in a chance order."""
    by_kind: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in sorted(triples, key=str):
        by_kind[kind(triple)].append(triple)
    chance = random.Random(SEED)
    for each in by_kind.values():
        chance.shuffle(each)
    count = 1
    while count < size and sum(min(count, len(each)) for each in by_kind.values()) < size:
        count += 1
    chosen = [triple for _, each in sorted(by_kind.items()) for triple in each[:count]]
    chance.shuffle(chosen)
    return chosen


def kind(triple: ox.Triple) -> str:
    """What a triple says: its property, or its class."""
    name = shorten(triple.predicate.value)
    return f"a {triple.object}" if triple.predicate.value == RDF + "type" else name


def command_seconds(home: Path, words: Sequence[str]) -> float:
    """Seconds of the processor that the command takes, from start to end; raises CalledProcessError where it fails."""
    before = os.times()
    command = [sys.executable, "-m", "kg.cli", "why", *words, "--home", str(home)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def in_words(figures: dict[str, Any]) -> str:
    """The figures as a table."""
    return (
        f"{figures['triples']} inferred triples of {figures['kinds']} kinds\n"
        f"why, median           {figures['median']:6.3f} s\n"
        f"why, 99 of 100        {figures['p99']:6.3f} s\n"
        f"why, the slowest      {figures['max']:6.3f} s   (target: below {figures['target']:.0f})\n"
        f"the command kg why    {figures['command']:6.3f} s   (target: below {figures['target']:.0f})"
    )


if __name__ == "__main__":
    sys.exit(main())
