"""Warm processes that answer jobs, each killed when its job takes too long or its client goes away.

    pool = Pool(command, size=8, queue=64)
    header, body = await pool.ask(job, body, seconds=30, client="127.0.0.1")
    await pool.close()

A process that answered is used again; one that was killed is replaced. Jobs that find no free process wait in a queue of limited length. No
client has more than half of the processes at a time, so that one with heavy queries cannot shut the others out, and a job that runs longer
than half a second goes on at a lower priority.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.query.frames import HEAD, Frame, lengths, pack, unpack
from kg.query.process import crash, environment
from kg.serve.problems import TOO_MUCH, Problem, busy

LONG_SECONDS = 0.5
"""A job that runs longer than this is a long one."""
START_SECONDS = 2.0
"""What a process may need to start, which does not count as its first job's time at full priority."""
SPARES = 2
"""So many processes wait for a job, as far as the limit allows."""
NICENESS = 10
RECYCLE_KB = 512 * 1024
"""A process that ever held more memory than this is replaced after its job."""


class Process(asyncio.Protocol):
    """One process and the job that it is doing."""

    def __init__(self, command: Sequence[str]) -> None:
        ours, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            command, stdin=theirs.fileno(), stdout=theirs.fileno(), env=environment(), start_new_session=True
        )
        theirs.close()
        self._socket = ours
        self._buffer = bytearray()
        self._needed = HEAD
        self._reply: asyncio.Future[bytearray] | None = None
        self._transport: asyncio.Transport | None = None
        self.killed_for = ""
        self.started = False
        """Whether it has answered a job."""
        self.worn = False
        """Whether it is to be replaced rather than used again."""

    def data_received(self, data: bytes) -> None:
        """Gather the reply."""
        self._buffer += data
        if self._needed == HEAD and len(self._buffer) >= HEAD:
            self._needed = HEAD + sum(lengths(self._buffer))
        if len(self._buffer) >= self._needed > HEAD and self._reply is not None and not self._reply.done():
            self._reply.set_result(self._buffer)

    def connection_lost(self, error: Exception | None) -> None:
        """The process is gone."""
        self.worn = True
        if self._reply is not None and not self._reply.done():
            self._reply.set_exception(EOFError())

    async def ask(self, frame: bytes) -> Frame:
        """Send a job and wait for its reply; raises EOFError where the process dies."""
        loop = asyncio.get_running_loop()
        self._buffer, self._needed = bytearray(), HEAD
        self._reply = loop.create_future()
        if self._transport is None:
            transport, _ = await loop.create_connection(lambda: self, sock=self._socket)
            self._transport = transport
        self._transport.write(frame)
        header, body = unpack(await self._reply)
        self._reply = None
        self.started = True
        self.worn = self.worn or header.get("peak", 0) > RECYCLE_KB
        return header, body

    def slow_down(self) -> None:
        """Let others go first; an ordinary user cannot take that back, so the process is not used again."""
        self.worn = True
        with contextlib.suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, NICENESS)

    def kill(self, reason: str = "") -> None:
        """End the process at once."""
        self.killed_for = self.killed_for or reason
        self.worn = True
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        if self._transport is not None:
            self._transport.abort()
        else:
            self._socket.close()

    def wait(self) -> int:
        """Its exit code, once it has ended."""
        return self._process.wait()

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid


@dataclass(slots=True)
class _Waiting:
    client: str
    turn: asyncio.Future[Process]


class Pool:
    """Processes of one command, started as they are needed, up to `size`; at most `queue` jobs wait for them."""

    def __init__(self, command: Sequence[str], *, size: int, queue: int) -> None:
        self._command = command
        self._size = size
        self._queue = queue
        self._share = max(1, size // 2)
        self._idle: list[Process] = []
        self._busy: dict[Process, str] = {}
        self._clients: Counter[str] = Counter()
        self._waiting: deque[_Waiting] = deque()
        self._ended: set[asyncio.Task[int]] = set()
        self.deaths: Counter[str] = Counter()
        """How many processes ended during a job, by the reason: time, client, crash."""

    @property
    def running(self) -> int:
        """Jobs under way."""
        return len(self._busy)

    @property
    def waiting(self) -> int:
        """Jobs in the queue."""
        return len(self._waiting)

    def pids(self) -> list[int]:
        """The numbers of all processes."""
        return [process.pid for process in (*self._idle, *self._busy)]

    def warm(self, count: int) -> None:
        """Start processes until so many are there."""
        while len(self._idle) + len(self._busy) < min(count, self._size):
            self._idle.insert(0, Process(self._command))

    async def ask(self, job: Mapping[str, Any], body: bytes = b"", *, seconds: float, client: str = "") -> Frame:
        """The reply to a job.

        Raises Problem: 503 where the queue is full or the time is up, 422 where the process died of the job. When the caller is
        cancelled, the process is killed.
        """
        return await self._run(await self._acquire(client, seconds), pack(job, body), seconds)

    async def _run(self, process: Process, frame: bytes, seconds: float) -> Frame:
        """The reply of a process that was taken; afterwards it is given back."""
        loop = asyncio.get_running_loop()
        timers = (
            loop.call_later(LONG_SECONDS + (0 if process.started else START_SECONDS), process.slow_down),
            loop.call_later(seconds, process.kill, "time"),
        )
        try:
            return await process.ask(frame)
        except (EOFError, OSError) as error:
            raise await self._death(process, seconds) from error
        except BaseException:
            process.kill("client")
            self.deaths["client"] += 1
            raise
        finally:
            for timer in timers:
                timer.cancel()
            self._release(process)

    async def tell_idle(self, job: Mapping[str, Any], *, seconds: float) -> None:
        """Have the processes that have nothing to do do a job, one after another, so that the others stay free."""
        for process in list(self._idle):
            if process in self._idle:
                self._idle.remove(process)
                await self._run(self._take(process, ""), pack(job), seconds)

    async def _acquire(self, client: str, seconds: float) -> Process:
        """A process for this client, started, or waited for."""
        if self._clients[client] < self._share and not self._waiting_first(client):
            if self._idle:
                return self._take(self._idle.pop(), client)
            if len(self._busy) < self._size:
                return self._take(Process(self._command), client)
        if len(self._waiting) >= self._queue:
            raise busy("The service has more queries than it can take.")
        waiting = _Waiting(client, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        try:
            async with asyncio.timeout(seconds):
                return await waiting.turn
        except TimeoutError:
            raise busy("The service was too busy to begin with the query.") from None
        except asyncio.CancelledError:
            if waiting.turn.done() and not waiting.turn.cancelled():
                self._release(waiting.turn.result())
            raise
        finally:
            with contextlib.suppress(ValueError):
                self._waiting.remove(waiting)

    def _waiting_first(self, client: str) -> bool:
        """Whether others wait who could go on: those come first."""
        return any(self._clients[each.client] < self._share for each in self._waiting)

    def _take(self, process: Process, client: str) -> Process:
        self._busy[process] = client
        self._clients[client] += 1
        self._keep_spare()
        return process

    def _keep_spare(self) -> None:
        """Start processes for the next jobs, so that nobody waits for one to start; those that have started go first."""
        while len(self._idle) < min(SPARES, self._size - len(self._busy)):
            self._idle.insert(0, Process(self._command))

    def _release(self, process: Process) -> None:
        """Take a process back, or bury it, and let the next in the queue go on."""
        client = self._busy.pop(process)
        self._clients[client] -= 1
        if not self._clients[client]:
            del self._clients[client]
        if process.worn:
            self._bury(process)
        else:
            self._idle.append(process)
        self._pass_on()
        self._keep_spare()

    def _pass_on(self) -> None:
        for waiting in list(self._waiting):
            if not self._idle and len(self._busy) >= self._size:
                return
            if self._clients[waiting.client] < self._share and not waiting.turn.done():
                self._waiting.remove(waiting)
                process = self._idle.pop() if self._idle else Process(self._command)
                waiting.turn.set_result(self._take(process, waiting.client))

    def _bury(self, process: Process) -> None:
        process.kill()
        task = asyncio.get_running_loop().create_task(asyncio.to_thread(process.wait))
        self._ended.add(task)
        task.add_done_callback(self._ended.discard)

    async def _death(self, process: Process, seconds: float) -> Problem:
        """What to tell of a job whose process is gone."""
        self.deaths[process.killed_for or "crash"] += 1
        if process.killed_for == "time":
            return Problem(
                503, f"The query took longer than {seconds:g} s and was stopped.", "Narrow it, or add LIMIT."
            )
        error = crash(await asyncio.to_thread(process.wait), "")
        return Problem(TOO_MUCH, error.problem, error.remedy)

    async def close(self) -> None:
        """End all processes."""
        for process in (*self._idle, *self._busy):
            process.kill("close")
            await asyncio.to_thread(process.wait)
        self._idle.clear()
