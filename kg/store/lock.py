"""One writer at a time: a lock that the operating system gives back when its holder dies, however it dies."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from kg.errors import LockedError
from kg.store.disk import as_store_error, store_errors

LOCK = "writer.lock"
OWNER = "writer.json"
"""Who holds the lock, in a file of its own: whoever tries the lock empties the lock's own file."""


@contextmanager
def writer_lock(home: Path) -> Iterator[None]:
    """Hold the home's lock; raises LockedError, with owner and age, where another process holds it."""
    lock = FileLock(home / LOCK, timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise LockedError(
            f"{home} is being written to by {_described(_signature(home))}.",
            "Wait until it is done, or end that process.",
        ) from error
    except OSError as error:  # after Timeout, which is one as well
        raise as_store_error(error, home, "written") from error
    try:
        with store_errors(home, "written"):
            _sign(home)
        yield
    finally:
        with suppress(OSError):
            (home / OWNER).unlink(missing_ok=True)
        lock.release()


def _sign(home: Path) -> None:
    """Write down who holds the lock and since when."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    signature = {"pid": os.getpid(), "host": socket.gethostname(), "since": now}
    (home / OWNER).write_text(json.dumps(signature), encoding="utf-8")


def holder(home: Path) -> dict[str, Any] | None:
    """Who is writing: pid, host and since; None where nobody is, as far as is known.

    The lock itself is left alone: to try it would stop a writer that comes at that moment.
    """
    signature = _signature(home)
    if signature is None or (signature.get("host") == socket.gethostname() and not _lives(signature.get("pid"))):
        return None
    return signature


def _lives(pid: Any) -> bool:
    """Whether there is such a process on this machine."""
    try:
        os.kill(int(pid), 0)
    except PermissionError:
        return True
    except (OSError, OverflowError, TypeError, ValueError):
        return False
    return True


def _signature(home: Path) -> dict[str, Any] | None:
    """Who signed the lock last; None where that is not known."""
    try:
        signature = json.loads((home / OWNER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return signature if isinstance(signature, dict) else None


def _described(signature: dict[str, Any] | None) -> str:
    """The owner of a lock in words, with its age."""
    if signature is None:
        return "another process"
    words = f"process {signature.get('pid')} on {signature.get('host')}"
    with suppress(KeyError, TypeError, ValueError):
        since = datetime.fromisoformat(signature["since"])
        words += f" since {since:%Y-%m-%d %H:%M:%S} UTC ({_age(datetime.now(UTC) - since)})"
    return words


def _age(age: Any) -> str:
    """A duration in its largest unit."""
    seconds = max(0, int(age.total_seconds()))
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            count = seconds // size
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"
