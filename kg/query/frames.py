"""How a query's process and whoever asks it talk: frames of a JSON header and a body, each with its length before it."""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from kg import errors
from kg.errors import KgError

_LENGTHS = struct.Struct(">II")
HEAD = _LENGTHS.size
"""Bytes that say how long header and body are."""

Frame = tuple[dict[str, Any], bytes]


def pack(header: Mapping[str, Any], body: bytes = b"") -> bytes:
    """One frame as bytes; header and body hold less than 4 GB each."""
    written = json.dumps(header).encode()
    return _LENGTHS.pack(len(written), len(body)) + written + body


def lengths(head: bytes | bytearray) -> tuple[int, int]:
    """The lengths of header and body, from the first `HEAD` bytes of a frame."""
    header, body = _LENGTHS.unpack_from(head)
    return header, body


def unpack(frame: bytes | bytearray) -> Frame:
    """Header and body of one whole frame; raises ValueError where it is cut short."""
    if len(frame) < HEAD:
        raise ValueError("the frame has no lengths")
    header, body = lengths(frame)
    if len(frame) != HEAD + header + body:
        raise ValueError("the frame is cut short")
    return json.loads(frame[HEAD : HEAD + header]), bytes(frame[HEAD + header :])


def read(stream: BinaryIO) -> Frame | None:
    """The next frame of a stream; None at its end, or where it ends within a frame."""
    head = stream.read(HEAD)
    if len(head) < HEAD:
        return None
    rest = stream.read(sum(lengths(head)))
    try:
        return unpack(head + rest)
    except ValueError:
        return None


def attend(answer: Callable[[dict[str, Any], bytes], Frame]) -> None:
    """Answer the frames on standard input, one after another, until it ends; each reply tells the most memory used so far (KB)."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no reply
    while (frame := read(sys.stdin.buffer)) is not None:
        header, body = answer(*frame)
        replies.write(pack(header | {"peak": _peak()}, body))
        replies.flush()


def _peak() -> int:
    """The most memory that this process has used, in KB.

    Where the system tells it: what getrusage gives begins with the memory of the process that started this one (getrusage(2)).
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def failure(error: KgError) -> dict[str, Any]:
    """An error as the header of a reply."""
    return {"kind": "error", "error": type(error).__name__, "problem": error.problem, "remedy": error.remedy}


def raised(header: Mapping[str, Any]) -> KgError:
    """The error that such a header tells."""
    kind: type[KgError] = getattr(errors, header["error"])
    return kind(header["problem"], header["remedy"])
