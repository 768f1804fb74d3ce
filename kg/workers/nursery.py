"""The process that loads the model once and forks the workers: `python -m kg.workers.nursery FD`, a socket to its parent.

A fork shares the loaded model with its siblings and starts in milliseconds, so that a worker that died or grew too large is
replaced at once. What comes over the socket, and what goes back:

    a pickled Setup, once                    → {"kind": "ready"} or an error, as kg.query.frames writes them
    the memory of a worker, with a socket    → its process number
    the end of the stream                    ends the nursery, and with it all workers
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import socket
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from kg.errors import KgError
from kg.query.frames import failure
from kg.query.walls import end_with_parent
from kg.shards import Task
from kg.workers.desk import NUMBER, Desk


def main() -> None:
    """Load what the parent says, then fork a worker for each socket that it sends."""
    channel = Connection(int(sys.argv[1]))
    try:
        desk = Desk.from_setup(pickle.loads(channel.recv_bytes()))
    except KgError as error:
        channel.send(failure(error))
        return
    channel.send({"kind": "ready"})
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries them
    line = socket.socket(fileno=os.dup(channel.fileno()))
    while True:
        message, sockets, _, _ = socket.recv_fds(line, NUMBER.size, 1)
        if not message or not sockets:
            return
        (memory,) = NUMBER.unpack(message)
        child = os.fork()
        if child == 0:
            channel.close()
            line.close()
            _work(desk, Connection(sockets[0]), memory)
        os.close(sockets[0])
        line.sendall(NUMBER.pack(child))


def _work(desk: Desk, channel: Connection, memory: int) -> None:
    """Read batch after batch until the parent hangs up; never comes back."""
    code = 1
    try:
        end_with_parent()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _limit(memory)
        while True:
            _answer(desk, channel, channel.recv())
    except (EOFError, OSError):
        code = 0
    finally:
        os._exit(code)


def _limit(memory: int) -> None:
    """Let no more private memory be taken than this, in bytes."""
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    except (ValueError, OSError):  # a lower limit set from outside stays
        return


def _answer(desk: Desk, channel: Connection, tasks: Sequence[Task]) -> None:
    """Tell what became of each task as soon as it is known, and how much memory is held."""
    try:
        for done in desk.read(tasks):
            channel.send((done, resident()))
    except KgError as error:
        channel.send((failure(error), resident()))


def resident() -> int:
    """The bytes of memory that this process holds, those that it shares included; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize()


if __name__ == "__main__":
    main()
