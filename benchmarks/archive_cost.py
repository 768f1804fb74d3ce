"""What an archive costs: many cores, a cluster, reading again, one document more, memory. All as ratios within one run.

    python -m benchmarks.archive_cost [--documents 2000] [--small 200] [--cluster] [--json]

The articles are those of benchmarks/corpus.py, the extractor is the real one, and each step is a process `kg` of its own, whose
report gives the seconds by stage. The loading of the model, the same for all, is left out of all ratios but that of reading again.
"""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import corpus
from kg.build import build

KG = """
import sys
from kg.cli.command import run
code = run(sys.argv[1:])
status = open("/proc/self/status").read().split()
print(status[status.index("VmHWM:") + 1], file=sys.stderr)
sys.exit(code)
"""
"""The command, which says at its end how much memory its own process ever held, in KB."""
PATIENCE = 20
"""Seconds that a process of the cluster may take to end."""
TARGETS = {
    "two_processes": (">=", 1.7),
    "cluster_of_two": (">=", 1.5),
    "reading_again": ("<=", 1 / 50),
    "one_more": ("<=", 3.0),
    "memory": ("<=", 1.2),
    "worker_mb": ("<=", 2500),
}
SAID = {
    "two_processes": "two processes, times as fast as one",
    "cluster_of_two": "Dask with two workers, times as fast as with one",
    "reading_again": "an unchanged corpus, of the first run's time",
    "one_more": "one document more, of what it takes in an empty graph",
    "memory": "memory of the parent, of that for the small corpus",
    "worker_mb": "most memory of a worker, MB",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; gives 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--small", type=int, default=200)
    parser.add_argument("--cluster", action="store_true", help="also with Dask, on the small corpus")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), given.documents, given.small, given.cluster)
    print(json.dumps(figures, indent=1) if given.json else in_words(figures))
    return int(any(missed(name, value) for name, value in figures["ratios"].items()))


def measure(folder: Path, many: int, few: int, cluster: bool) -> dict[str, Any]:
    """The ratios, and the runs that they are made of."""
    small, large, one = folder / "small", folder / "large", folder / "one"
    corpus.main(["--documents", str(few), str(small)])
    corpus.main(["--documents", str(many), str(large)])
    one.mkdir()
    (one / f"corpus-{many:07d}.md").write_text(corpus.markdown(many), encoding="utf-8")
    for home in ("alone", *(["e", "f"] if cluster else [])):
        build(folder / home, [])
    runs = {
        "small, one process": kg("build", small, folder / "a", "--workers", "1"),
        "small, two processes": kg("build", small, folder / "b", "--workers", "2"),
        "large, two processes": kg("build", large, folder / "c", "--workers", "2"),
        "large, again": kg("add", large, folder / "c", "--workers", "2"),
        "one more": kg("add", one, folder / "c", "--workers", "0"),
        "one alone": kg("add", one, folder / "alone", "--workers", "0"),
    }
    first, again = runs["large, two processes"], runs["large, again"]
    ratios = {
        "two_processes": reading(runs["small, one process"]) / reading(runs["small, two processes"]),
        "reading_again": again["took"] / first["took"],
        "one_more": without_model(runs["one more"]) / without_model(runs["one alone"]),
        "memory": first["kb"] / runs["small, two processes"]["kb"],
        "worker_mb": max(run["worker_mb"] for run in runs.values()),
    }
    for count, home in ((1, "e"), (2, "f")) if cluster else ():
        with machines(folder, count) as address:
            kg("add", one, folder / home, "--scheduler", address)  # one of them has loaded the model
            runs[f"small, cluster of {count}"] = kg("add", small, folder / home, "--scheduler", address)
    if cluster:
        ratios["cluster_of_two"] = reading(runs["small, cluster of 1"]) / reading(runs["small, cluster of 2"])
    return {"documents": many, "small": few, "ratios": ratios, "runs": runs}


def kg(command: str, paths: Path, home: Path, *options: str) -> dict[str, Any]:
    """Run the command; gives what its report says, its time, and its own memory in KB."""
    begun = time.perf_counter()
    arguments = [command, str(paths), "--home", str(home), "--json", *options]
    run = subprocess.run([sys.executable, "-c", KG, *arguments], capture_output=True, text=True, check=False)
    if run.returncode != 0:
        raise SystemExit(run.stderr)
    report = json.loads(run.stdout)
    told = {"seconds": report["seconds"], "words": report["words"], "worker_mb": report["worker_megabytes"]}
    return {"took": time.perf_counter() - begun, "kb": int(run.stderr.split()[-1]), **told}


def reading(run: dict[str, Any]) -> float:
    """Seconds from the first file to the last document in the graph, the model being loaded."""
    return float(sum(run["seconds"].get(stage, 0.0) for stage in ("read", "extract", "store")))


def without_model(run: dict[str, Any]) -> float:
    """Seconds of all stages but the loading of the model."""
    return float(sum(seconds for stage, seconds in run["seconds"].items() if stage != "model"))


@contextmanager
def machines(folder: Path, count: int) -> Iterator[str]:
    """A Dask scheduler with so many workers on this machine; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    address, dask = f"tcp://127.0.0.1:{port}", [sys.executable, "-m", "dask"]
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
    with (folder / "dask.log").open("ab") as log:
        started = [
            subprocess.Popen([*dask, "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"], stderr=log),
            *(
                subprocess.Popen([*dask, "worker", address, "--name", f"w{n}", *options], stderr=log)
                for n in range(count)
            ),
        ]
    try:
        yield address
    finally:
        for process in reversed(started):  # the scheduler last: a worker that takes its leave asks for it
            stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process, by force where it does not end by itself."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def missed(name: str, value: float) -> bool:
    """Whether a figure is on the wrong side of its target."""
    way, target = TARGETS[name]
    return value < target if way == ">=" else value > target


def in_words(figures: dict[str, Any]) -> str:
    """The figures as a table."""
    lines = [f"{figures['documents']:,} and {figures['small']:,} articles"]
    for name, value in figures["ratios"].items():
        way, target = TARGETS[name]
        lines.append(f"{SAID[name]:<55} {value:9.3f}   (target: {way} {target:g})")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
