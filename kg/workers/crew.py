"""Worker processes of this machine: the model loaded once, each document within its time and memory, none of them fatal.

A worker that dies, hangs or grows too large is replaced. The document that it was reading is read once more, by itself in a fresh worker,
and set aside if that fails as well; the others of its batch are read on.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Lock
from typing import Any

from kg.errors import KgError
from kg.query.frames import raised
from kg.read import Rejected
from kg.shards import Task
from kg.workers.desk import NUMBER, Done, Setup

MB = 2**20
GROWN = 0.8
"""A worker that holds more than this share of its memory is replaced after its batch."""
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
"""Each worker is one core's; a process with threads must not be forked."""


class _Lost(Exception):
    """A worker died, or its time was up, as it read a document."""

    def __init__(self, rejected: Rejected) -> None:
        super().__init__(rejected.reason)
        self.rejected = rejected


class Crew:
    """So many worker processes. It is a kg.workers.Reader."""

    def __init__(self, setup: Setup, *, size: int, seconds: float, memory: int) -> None:
        """`seconds` is the time limit of one document, `memory` the limit of one worker in MB. Starts to load the model."""
        self._size = size
        self._seconds = seconds
        self._memory = memory * MB
        self._lock = Lock()
        self._closed = False
        self._ready = False
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "kg.workers.nursery", str(theirs.fileno())]
        path = os.pathsep.join(each or os.getcwd() for each in sys.path)
        environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": path}
        self._nursery = subprocess.Popen(
            command, pass_fds=[theirs.fileno()], env=environment, stdin=subprocess.DEVNULL, start_new_session=True
        )
        theirs.close()
        self._line = ours
        self._channel = Connection(os.dup(ours.fileno()))
        self._channel.send_bytes(pickle.dumps(setup))
        self._idle: SimpleQueue[_Worker | None] = SimpleQueue()
        for _ in range(size):
            self._idle.put(None)
        self._threads = ThreadPoolExecutor(size, "crew")
        self._workers: set[_Worker] = set()
        self._peak = 0

    @property
    def capacity(self) -> int:
        """One batch for each worker, and one that waits."""
        return self._size + 1

    def prepare(self) -> None:
        """Wait until the model is loaded; raises as loading it here would."""
        with self._lock:
            if self._ready:
                return
            try:
                news = self._channel.recv()
            except EOFError:
                raise KgError("The process that loads the model died.", "Read in one process: KG_WORKERS=0.") from None
            if news["kind"] == "error":
                raise raised(news)
            self._ready = True

    def submit(self, tasks: Sequence[Task]) -> Future[list[Done]]:
        """Have a batch read by the next worker that is free."""
        return self._threads.submit(self._read, list(tasks))

    def _read(self, tasks: list[Task]) -> list[Done]:
        self.prepare()
        worker = self._idle.get()
        done: list[Done] = []
        try:
            while len(done) < len(tasks) and not self._closed:
                worker = worker or self._hire()
                try:
                    worker.read(tasks[len(done) :], done, self._seconds)
                except _Lost:
                    self._dismiss(worker)
                    worker = None
                    done.append(self._alone(tasks[len(done)]))
            if worker is not None:
                self._peak = max(self._peak, worker.held)
            if worker is not None and worker.held > GROWN * self._memory:
                self._dismiss(worker)
                worker = None
            return done
        finally:
            self._idle.put(worker)

    def _alone(self, task: Task) -> Done:
        """What becomes of a document in a worker of its own, which shows whether it was at fault."""
        worker, done = self._hire(), list[Done]()
        try:
            worker.read([task], done, self._seconds)
        except _Lost as lost:
            return lost.rejected
        finally:
            self._dismiss(worker)
        return done[0]

    def _hire(self) -> _Worker:
        """Fork a worker."""
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            try:
                socket.send_fds(self._line, [NUMBER.pack(self._memory)], [theirs.fileno()])
                reply = self._line.recv(NUMBER.size)
            except OSError:
                reply = b""
        if len(reply) < NUMBER.size:
            ours.close()
            raise KgError(
                "The process that forks the workers died.", "Run the same command again; it goes on from there."
            )
        worker = _Worker(Connection(ours.detach()), NUMBER.unpack(reply)[0])
        self._workers.add(worker)
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        worker.end()
        self._workers.discard(worker)

    @property
    def megabytes(self) -> int:
        """The most memory that a worker held after a batch."""
        return self._peak // MB

    def pids(self) -> list[int]:
        """The process numbers of the workers there are, for whoever watches them."""
        return [worker.pid for worker in list(self._workers)]

    def close(self) -> None:
        """End all processes; what they have read lies on the shelf."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._nursery.kill()
        for worker in list(self._workers):
            worker.kill()
        self._nursery.wait()
        self._line.close()
        self._threads.shutdown(
            wait=True
        )  # they see their workers gone; a channel that one waits for is not to be closed by another
        for worker in list(self._workers):
            self._dismiss(worker)
        self._channel.close()


class _Worker:
    """One worker process, as its crew sees it."""

    def __init__(self, channel: Connection, pid: int) -> None:
        self._channel = channel
        self.pid = pid
        self.held = 0
        """Bytes of memory that it held at last."""

    def read(self, tasks: Sequence[Task], done: list[Done], seconds: float) -> None:
        """Add to `done` what becomes of the tasks; raises _Lost at the one that it does not survive, KgError for faults of our own."""
        try:
            self._channel.send(tasks)
        except OSError:
            raise _Lost(_died(tasks[0])) from None
        for task in tasks:
            done.append(self._next(task, seconds))

    def _next(self, task: Task, seconds: float) -> Done:
        try:
            if not self._channel.poll(seconds):
                raise _Lost(_too_long(task, seconds))
            news: Any
            news, self.held = self._channel.recv()
        except (EOFError, OSError):
            raise _Lost(_died(task)) from None
        if isinstance(news, dict):
            raise raised(news)
        result: Done = news
        return result

    def kill(self) -> None:
        """End the process; whoever waits for what it says sees it gone."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def end(self) -> None:
        """End the process and what leads to it."""
        self.kill()
        self._channel.close()


def _died(task: Task) -> Rejected:
    return Rejected(
        task.path,
        "The process that read it died.",
        "Leave it out, or raise KG_WORKER_MEMORY, and report this: the fault may be the program's.",
        "failed",
    )


def _too_long(task: Task, seconds: float) -> Rejected:
    return Rejected(
        task.path, f"Reading it took longer than {seconds:g} s.", "Split it, or raise KG_DOCUMENT_SECONDS.", "limit"
    )
