"""Pages, PDFs, feeds and messages are taken apart in a process of its own, which can be stopped.

A hostile file can make a parser stall, crash or take all memory. The process has so much memory, so much time for each
document, and is started anew where it fell. One is kept warm, as starting it costs a second.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection

from kg.errors import DocumentError
from kg.read.fields import Metadata
from kg.read.parts import Fault, How, Member, Part

LONGEST_FRAME = 200_000_000
"""Bytes that the process may hand over at once."""
START_SECONDS = 60.0
"""Time to start, beside what a document may take: a loaded machine is slow."""


class Guard:
    """The process, started when it is first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        self._owner = 0

    def parts(self, suffix: str, data: bytes, how: How) -> Iterator[Part | Member | Fault]:
        """What the format of this ending finds in the bytes; raises DocumentError as the format does, or where it
        takes more time or memory than it may."""
        line = self._ready(how)
        try:
            request = {"suffix": suffix, "limit": how.limit, "file_bytes": how.file_bytes}
            line.send_bytes(json.dumps(request).encode())
            line.send_bytes(data)
            while (found := self._next(line, how)) is not None:
                yield found
        except (OSError, EOFError) as error:
            self.stop()
            raise DocumentError(
                f"Taking it apart needs more than {how.memory:,} MB, or breaks the parser.",
                "Save the article's text to a .txt file and add that.",
                "limit",
            ) from error
        except GeneratorExit:
            self.stop()
            raise

    def _ready(self, how: How) -> Connection:
        """The line to a process that is waiting."""
        if self._owner != os.getpid():  # after a fork the process is another's
            self._process = self._line = None
        if self._process is not None and self._process.poll() is not None:
            self.stop()
        if self._line is None:
            self._start(how)
        assert self._line is not None
        return self._line

    def _start(self, how: How) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "kg.read.worker", str(theirs.fileno()), str(how.memory)]
        with theirs:
            self._process = subprocess.Popen(
                command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        self._line = Connection(ours.detach())
        self._owner = os.getpid()
        try:
            if self._line.poll(START_SECONDS):
                self._line.recv_bytes(100)
                return
        except (OSError, EOFError):
            pass  # it fell over as it started
        self.stop()
        raise OSError("the process that takes files apart does not start")

    def _next(self, line: Connection, how: How) -> Part | Member | Fault | None:
        """What comes next; None at the end."""
        if not line.poll(how.seconds):
            self.stop()
            raise DocumentError(
                f"Taking it apart takes more than {how.seconds:g} seconds.",
                "Save the article's text to a .txt file and add that.",
                "limit",
            )
        head = json.loads(line.recv_bytes(LONGEST_FRAME))
        match head.pop("kind"):
            case "part":
                metadata, found = (Metadata.model_validate(head.pop(key)) for key in ("metadata", "found"))
                return Part(metadata=metadata, found=found, **head)
            case "member":
                return Member(head["name"], line.recv_bytes(LONGEST_FRAME))
            case "fault":
                return Fault(**head)
            case "error":
                raise DocumentError(head["problem"], head["remedy"], head["why"])
        return None

    def stop(self) -> None:
        """End the process; the next file starts another."""
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._process is not None and self._owner == os.getpid():
            with suppress(OSError):
                self._process.kill()
            self._process.wait()
            self._process = None


@cache
def guard() -> Guard:
    """The one of this process."""
    made = Guard()
    atexit.register(made.stop)
    return made
