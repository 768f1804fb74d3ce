"""Runs a query in a process that can be stopped.

pyoxigraph has no time limit and no way to cancel, so each query of the command and of the explorer gets a process
of its own, which is killed when its time is up; the service keeps such processes warm (kg.serve.pool).
(multiprocessing's own processes cannot be used: they import the main script anew, which inside Streamlit is the
app.)
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox

from kg.errors import LimitError, QueryError
from kg.query.frames import pack, raised, unpack
from kg.query.results import Answer, Result, Table, Triples
from kg.query.waiting import Waiting


def run(snapshot_path: Path, text: str, *, seconds: float, rows: int) -> Result:
    """What the query gives over the snapshot at this path, at most `rows` rows or triples.

    The prefixes of kg.namespaces need no declaration. Raises QueryError where the query is malformed,
    refused, takes longer than `seconds` or more memory than a query may have.
    """
    with Running(snapshot_path, text, seconds=seconds, rows=rows) as running:
        while not running.poll(seconds):
            pass
        return running.result()


class Running(Waiting):
    """One query under way. Leaving the `with` block stops it.

    with Running(path, text, seconds=30, rows=1000) as running:
        while not running.poll(0.2):
            ...  # show running.elapsed
        result = running.result()
    """

    def __init__(self, snapshot_path: Path, text: str, *, seconds: float, rows: int) -> None:
        from kg.settings import settings  # here, because the worker must start without the settings
        from kg.store.snapshot import STORE

        super().__init__(seconds)
        job = {"job": "query", "store": str(snapshot_path / STORE), "rows": rows}
        self._input: bytes | None = pack(job, text.encode("utf-8", "replace"))
        self._output: bytes | None = None
        self._process = subprocess.Popen(
            command(settings().query_memory),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )

    def poll(self, wait: float) -> bool:
        """Whether it is done, after waiting at most `wait` seconds. Raises QueryError when its time is up."""
        try:
            self._output, self._errors = self._process.communicate(self._input, self.slice(wait))
        except subprocess.TimeoutExpired:
            self._input = None
        else:
            return True
        self.check_time()
        return False

    def result(self) -> Result:
        """What it gave; call it once `poll` says that it is done."""
        assert self._output is not None
        if self._process.returncode != 0 or not self._output:
            raise crash(self._process.returncode, self._errors.decode(errors="replace"))
        return _read(self._output)

    def stop(self) -> None:
        """Ends the process if it still runs."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()


def command(memory_mb: int, *, bound: bool = False) -> list[str]:
    """What starts a process that answers queries in at most so much memory; where `bound`, it ends with its parent."""
    return [sys.executable, "-m", "kg.query.worker", str(memory_mb), *(["bound"] if bound else [])]


def environment() -> dict[str, str]:
    """The environment of such a process.

    Two heaps for all threads: else each may reserve 64 MB, which a limit on addresses counts as used.
    """
    return {**os.environ, "MALLOC_ARENA_MAX": "2"}


def crash(code: int, errors: str) -> QueryError:
    """What to tell of a process that died without an answer, by its exit code and what it printed."""
    if code in (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV) or "MemoryError" in errors:
        return LimitError("The query needed more memory than a query may have.", "Narrow it or add LIMIT.")
    said = errors.strip().splitlines()[-1:] or [f"exit code {code}"]
    return QueryError(f"The query's process failed: {said[0][:300]}.", "Run `kg check`; the graph may be damaged.")


def _read(output: bytes) -> Result:
    header, body = unpack(output)
    if header["kind"] == "error":
        raise raised(header)
    if header["kind"] == "answer":
        return Answer(header["value"])
    if header["kind"] == "triples":
        quads = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
        return Triples(tuple(quad.triple for quad in quads), header["truncated"])
    solutions = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(solutions, ox.QuerySolutions)
    columns = tuple(header["columns"])
    rows = tuple(tuple(solution[name] for name in columns) for solution in solutions)
    return Table(columns, rows, header["truncated"])
