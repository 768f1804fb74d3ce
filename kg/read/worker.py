"""The process that takes pages, PDFs, feeds and messages apart: python -m kg.read.worker FD MEGABYTES.

It reads requests from the socket FD and answers with what the format finds, until the socket closes.
"""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from dataclasses import asdict
from multiprocessing.connection import Connection

from kg.errors import DocumentError
from kg.read.parts import Fault, How, Member, Part
from kg.read.registry import SUFFIXES

MEGABYTE = 1_000_000


def main(arguments: list[str]) -> None:
    """Answer requests until nobody is left to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asks decides
    line = Connection(int(arguments[0]))
    _load()
    _limit(int(arguments[1]))
    line.send_bytes(b"ready")
    while True:
        try:
            request = json.loads(line.recv_bytes())
            data = line.recv_bytes()
        except EOFError:
            return
        _answer(line, request, data)


def _load() -> None:
    """Load the parsers, so that their time and memory do not count for a document."""
    import lxml.html  # noqa: F401
    import pypdf  # noqa: F401
    import trafilatura  # noqa: F401


def _limit(megabytes: int) -> None:
    """Let the process take so much memory beyond what it has now, and write no core file."""
    with open("/proc/self/statm", encoding="ascii") as file:
        taken = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    most = taken + megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(line: Connection, request: dict[str, object], data: bytes) -> None:
    """Hand over what the format finds, one after the other, and the end or the error."""
    how = How(int(str(request["limit"])), int(str(request["file_bytes"])))
    try:
        for found in _found(str(request["suffix"]), data, how):
            _send(line, found)
        _tell(line, {"kind": "end"})
    except DocumentError as error:
        _tell(line, {"kind": "error", "problem": error.problem, "remedy": error.remedy, "why": error.why})
    except (MemoryError, RecursionError) as error:
        problem = f"Taking it apart needs more memory than it may have ({type(error).__name__})."
        remedy = "Save the article's text to a .txt file and add that."
        _tell(line, {"kind": "error", "problem": problem, "remedy": remedy, "why": "limit"})


def _found(suffix: str, data: bytes, how: How) -> Iterator[Part | Member | Fault]:
    """What the format finds; whatever else its parser raises is the document's fault."""
    try:
        yield from SUFFIXES[suffix].parts(io.BytesIO(data), how)
    except (DocumentError, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise DocumentError(
            f"It is damaged: the parser fails ({type(error).__name__}).",
            "Save the article's text to a .txt file and add that.",
        ) from error


def _send(line: Connection, found: Part | Member | Fault) -> None:
    match found:
        case Part():
            known = {key: getattr(found, key).model_dump(exclude_none=True) for key in ("metadata", "found")}
            _tell(line, {"kind": "part", **known, "text": found.text, "found_in": found.found_in} | _where(found))
        case Member():
            _tell(line, {"kind": "member", "name": found.name})
            line.send_bytes(found.data)
        case Fault():
            _tell(line, {"kind": "fault", **asdict(found)})


def _where(part: Part) -> dict[str, object]:
    return {"name": part.name, "place": part.place}


def _tell(line: Connection, value: dict[str, object]) -> None:
    line.send_bytes(json.dumps(value).encode())


if __name__ == "__main__":
    main(sys.argv[1:])
