"""A Dask cluster: each of its workers keeps a crew of its own, so that a document's faults stay a document's.

The workers must have this program installed, with the same reference data and lexicon, and reach the place where entries are kept.
A worker that goes takes no finished document with it; the scheduler gives its batches to others.
"""

from __future__ import annotations

import atexit
import os
import time
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import replace
from threading import Lock
from typing import Any

from kg.errors import CallError, KgError
from kg.read import Rejected
from kg.settings import settings
from kg.shards import Task
from kg.workers.crew import Crew
from kg.workers.desk import Done, Setup

PATIENCE = 20
"""Seconds to wait for a scheduler, and for its first worker."""
AHEAD = 2
"""Batches for each thread of the cluster: one that it reads, one that waits there."""
LOADING = 120
"""Seconds to wait for the workers that there are to load the model."""
FRESH = 1.0
"""Seconds for which the number of workers is taken to be what it was: to ask the scheduler takes longer than to read a sentence."""
DIED = "Each process that read it died."


class Cluster:
    """The workers of a Dask scheduler. It is a kg.workers.Reader."""

    def __init__(self, setup: Setup, address: str, *, seconds: float, memory: int) -> None:
        """Connect to the scheduler at this address; raises CallError where none answers or it has no workers."""
        self._client = _connected(address)
        self._address = address
        self._job = (setup, seconds, memory)
        self._threads, self._counted = 0, -FRESH

    @property
    def capacity(self) -> int:
        """So many batches keep the workers that there are now busy."""
        now = time.monotonic()
        if now - self._counted >= FRESH:
            self._threads, self._counted = sum(self._client.nthreads().values()), now
        return AHEAD * max(1, self._threads)

    @property
    def megabytes(self) -> int:
        """The workers are those of other machines."""
        return 0

    def prepare(self) -> None:
        """Wait for a worker, then until all that there are have loaded the model; one that comes later loads it with its first batch."""
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise CallError(
                f"The scheduler at {self._address} has no workers.", f"Start some: dask worker {self._address}."
            ) from error
        self._load()

    def _load(self) -> None:
        """Have each worker load the model. One that goes or hangs meanwhile is let be; raises as loading it here would."""
        loading = [
            self._client.submit(load_there, *self._job, workers=[each], allow_other_workers=False, pure=False)
            for each in self._client.nthreads()
        ]
        until = time.monotonic() + LOADING
        for each in loading:
            with suppress(TimeoutError, CancelledError):
                error = each.exception(timeout=max(0.1, until - time.monotonic()))
                if isinstance(error, KgError):
                    raise error

    def submit(self, tasks: Sequence[Task]) -> Future[list[Done]]:
        """Have a batch read by any worker."""
        done: Future[list[Done]] = Future()
        self._send(list(tasks)).add_done_callback(lambda there: self._arrived(there, list(tasks), done))
        return done

    def _send(self, tasks: list[Task]) -> Any:
        return self._client.submit(read_there, *self._job, tasks, pure=False)

    def _arrived(self, there: Any, tasks: list[Task], done: Future[list[Done]]) -> None:
        """Pass on what came; where every worker that had the batch died, read its documents one by one."""
        from distributed import KilledWorker

        if there.status == "cancelled":
            done.cancel()
            return
        error = there.exception()
        if error is None:
            done.set_result(there.result())
        elif not isinstance(error, KilledWorker):
            done.set_exception(error)
        elif len(tasks) == 1:
            remedy = "Leave it out, and report this; or look into the logs of the cluster's workers."
            done.set_result([Rejected(tasks[0].path, DIED, remedy, "failed")])
        else:
            _Gathering(self.submit, tasks, done)

    def close(self) -> None:
        """Give up what is under way, and leave the cluster as it was."""
        self._client.close()


class _Gathering:
    """A batch read document by document, whose results are given together."""

    def __init__(self, submit: Any, tasks: list[Task], done: Future[list[Done]]) -> None:
        self._done = done
        self._left = len(tasks)
        self._lock = Lock()
        self._parts: list[Future[list[Done]]] = [submit([task]) for task in tasks]
        for part in self._parts:
            part.add_done_callback(self._count)

    def _count(self, part: Future[list[Done]]) -> None:
        with self._lock:
            self._left -= 1
            last = self._left == 0
        if last:
            try:
                self._done.set_result([result for part in self._parts for result in part.result()])
            except Exception as error:
                self._done.set_exception(error)


def _connected(address: str) -> Any:
    try:
        import distributed

        client: Any = distributed.Client
    except ImportError as error:
        raise CallError(
            f"The cluster at {address} needs Dask, which is not installed.", "Run make install-cluster."
        ) from error
    try:
        return client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise CallError(f"No Dask scheduler answers at {address}.", "Start one: dask scheduler.") from error


_CREWS: dict[tuple[int, Setup, float, int], Crew] = {}
"""The crews of this worker's process; the number is the process's, for a fork must not use its parent's."""
_LOCK = Lock()


def read_there(setup: Setup, seconds: float, memory: int, tasks: list[Task]) -> list[Done]:
    """Read a batch in a worker of the cluster."""
    return _crew(setup, seconds, memory).submit(tasks).result()


def load_there(setup: Setup, seconds: float, memory: int) -> None:
    """Load the model in a worker of the cluster; raises as kg.workers.Reader.prepare."""
    _crew(setup, seconds, memory).prepare()


def _crew(setup: Setup, seconds: float, memory: int) -> Crew:
    """The crew of this worker of the cluster, whose own settings say where its reference data and lexicon lie."""
    here = replace(setup, seeds=settings().seeds.absolute(), ontology=settings().ontology.absolute())
    key = (os.getpid(), here, seconds, memory)
    with _LOCK:
        if key not in _CREWS:
            for other in [other for other in _CREWS if other[0] == os.getpid()]:
                _CREWS.pop(other).close()
            _CREWS[key] = Crew(here, size=_threads(), seconds=seconds, memory=memory)
            atexit.register(_CREWS[key].close)
        return _CREWS[key]


def _threads() -> int:
    """How many batches this worker of the cluster reads at once."""
    from distributed import get_worker

    return int(get_worker().state.nthreads)
