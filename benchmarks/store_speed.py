"""The store against rdflib in memory and against the bare engine: python -m benchmarks.store_speed [--quads N] [--json]

One run on one generated graph, each side in a process of its own:

- load: `kg restore` of the N-Quads file, which also keeps the deduplicated default graph, up to the moment that the quads
  are in the store; beside it pyoxigraph's own bulk_load of the same file, and rdflib's parser into a Dataset;
- publish: what comes on top in our case alone: hashes, search file, checkpoint, sync;
- memory: resident bytes that each process takes more after loading than before;
- questions: ten saved questions with joins or aggregates, over the default graph, each side's median of its runs.

The targets: load at least 3 times as fast as rdflib, in at most a fifth of its memory; the median of the ten at least
10 times as fast; and at least 0.7 of the speed of the bare bulk_load.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import corpus
from kg.namespaces import PREFIXES
from kg.query import bind, questions
from kg.settings import settings

QUESTIONS = (
    "accusations",
    "arms-offered-and-sold",
    "around-a-treaty",
    "claims-about-an-entity",
    "contradictions",
    "documents-mentioning",
    "offices-on-a-day",
    "quotes-of-a-person",
    "sources",
    "weapon-tests",
)
VALUES = {
    "arms-offered-and-sold": {"from": "acr:state/NOR", "to": "acr:state/DZA"},
    "claims-about-an-entity": {"entity": "acr:state/DZA"},
    "contradictions": {"involving": "acr:state/DZA"},
    "quotes-of-a-person": {"speaker": "acr:person/anouk-nauroy"},
}
TARGETS = {"load": 3.0, "memory": 0.2, "questions": 10.0, "bulk": 0.7}
RUNS = 3
LIMIT = 60
"""Seconds after which rdflib is stopped; its time then counts as these, so that the ratio is the least it can be."""


def texts() -> dict[str, str]:
    """The ten questions as SPARQL."""
    known = questions(settings().ontology / "queries" / "competency")
    return {name: bind(known[name], VALUES.get(name, {})) for name in QUESTIONS}


def ours(file: Path, folder: Path) -> dict[str, Any]:
    """Load with kg.store, publish, and ask."""
    from kg.store import Home

    home = Home(folder / "home")
    before, start = resident(), time.perf_counter()
    with home.write(fresh=True) as draft:
        draft.load(file)
        loaded = time.perf_counter() - start
        memory = resident() - before
    published = time.perf_counter() - start
    store = home.current().store
    asked = ask(lambda text: len(list(store.query(text, prefixes=PREFIXES))))  # type: ignore[arg-type]
    return {"load": loaded, "publish": published - loaded, "memory": memory, **asked}


def bare(file: Path, folder: Path) -> dict[str, Any]:
    """pyoxigraph's own bulk_load, on disk."""
    import pyoxigraph as ox

    before, start = resident(), time.perf_counter()
    store = ox.Store(str(folder / "bare"))
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    return {"load": time.perf_counter() - start, "memory": resident() - before}


def with_rdflib(file: Path, folder: Path) -> dict[str, Any]:
    """rdflib's Dataset in memory, its default graph the union of all."""
    import rdflib

    before, start = resident(), time.perf_counter()
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(file, format="nquads")
    loaded, memory = time.perf_counter() - start, resident() - before
    asked = ask(lambda text: len(list(dataset.query(text, initNs=PREFIXES))), runs=1, limit=LIMIT)
    return {"load": loaded, "memory": memory, **asked}


SIDES: dict[str, Callable[[Path, Path], dict[str, Any]]] = {"ours": ours, "bare": bare, "rdflib": with_rdflib}


def ask(run: Callable[[str], int], runs: int = RUNS, limit: int = 0) -> dict[str, Any]:
    """Seconds of each question, the median of its runs, and how many rows it gave; None where it was stopped."""
    seconds: dict[str, float] = {}
    rows: dict[str, int | None] = {}
    for name, text in texts().items():
        taken = []
        for _ in range(runs):
            start = time.perf_counter()
            rows[name] = _within(limit, run, text)
            taken.append(time.perf_counter() - start)
        seconds[name] = statistics.median(taken)
    return {"seconds": seconds, "rows": rows}


def _within(limit: int, run: Callable[[str], int], text: str) -> int | None:
    """What the query gives; None where it takes longer than so many seconds (0: as long as it wants)."""
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(limit)
    try:
        return run(text)
    except TimeoutError:
        return None
    finally:
        signal.alarm(0)


def _too_long(*_: object) -> None:
    raise TimeoutError


def resident() -> int:
    """The bytes of memory that this process has now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def measure(size: int) -> dict[str, Any]:
    """The figures of all sides, and their ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "corpus.nq"
        corpus.main(["--quads", str(size), str(file)])
        sides = {side: _apart(side, file, folder) for side in SIDES}
    mine, engine, other = sides["ours"], sides["bare"], sides["rdflib"]
    faster = {name: other["seconds"][name] / mine["seconds"][name] for name in QUESTIONS}
    ratios = {
        "load": other["load"] / mine["load"],
        "load and publish": other["load"] / (mine["load"] + mine["publish"]),
        "memory": mine["memory"] / other["memory"],
        "questions": statistics.median(faster.values()),
        "bulk": engine["load"] / mine["load"],
        "bulk, published": engine["load"] / (mine["load"] + mine["publish"]),
    }
    return {"quads": size, "sides": sides, "faster": faster, "ratios": ratios, "targets": TARGETS}


def _apart(side: str, file: Path, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.store_speed", "--side", side, str(file), str(folder)]
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    figures: dict[str, Any] = json.loads(run.stdout)
    return figures


def in_words(figures: dict[str, Any]) -> str:
    """The figures as tables."""
    lines = [f"{figures['quads']:,} quads, one run", f"{'':<24} {'ours':>9} {'bare':>9} {'rdflib':>9}"]
    sides = figures["sides"]
    for label, key, scale in (("load s", "load", 1), ("publish s", "publish", 1), ("memory MB", "memory", 1e-6)):
        cells = (f"{sides[side][key] * scale:9.1f}" if key in sides[side] else " " * 9 for side in SIDES)
        lines.append(f"{label:<24} {' '.join(cells)}")
    lines.append(f"{'question, ms':<24} {'ours':>9} {'rdflib':>9} {'ratio':>7} {'rows':>8}")
    for name, ratio in figures["faster"].items():
        mine, other = sides["ours"]["seconds"][name] * 1000, sides["rdflib"]["seconds"][name] * 1000
        rows = sides["rdflib"]["rows"][name]
        same = (
            "" if sides["ours"]["rows"][name] == rows else f"  (rdflib: {rows})" if rows is not None else "  (stopped)"
        )
        lines.append(f"{name:<24} {mine:9.1f} {other:9.1f} {ratio:7.1f} {sides['ours']['rows'][name]:8,}{same}")
    ratios = figures["ratios"]
    lines += [
        f"loads {ratios['load']:.1f} times as fast as rdflib (target 3 or more), {ratios['load and publish']:.1f} with publishing",
        f"takes {ratios['memory']:.2f} of its memory (target 0.20 or less)",
        f"answers {ratios['questions']:.1f} times as fast, the median of ten (target 10 or more)",
        f"loads at {ratios['bulk']:.2f} of the bare engine's speed (target 0.70 or more), {ratios['bulk, published']:.2f} with publishing",
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; gives 1 where a target is missed."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.store_speed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quads", type=int, default=1_000_000, help="size of the graph")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--side", nargs=3, metavar=("SIDE", "FILE", "FOLDER"), help=argparse.SUPPRESS)
    parsed = parser.parse_args(arguments)
    if parsed.side:
        side, file, folder = parsed.side
        print(json.dumps(SIDES[side](Path(file), Path(folder))))
        return 0
    figures = measure(parsed.quads)
    print(json.dumps(figures) if parsed.json else in_words(figures))
    ratios = figures["ratios"]
    reached = [ratios[key] >= TARGETS[key] for key in ("load", "questions", "bulk")]
    return 0 if all(reached) and ratios["memory"] <= TARGETS["memory"] else 1


if __name__ == "__main__":
    sys.exit(main())
