"""A service over a home, as tests start it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.w3c.service import serving
from kg.serve.access import Access
from kg.serve.app import application
from kg.serve.snapshots import Limits, Snapshots

TOKEN = "a token"
LIMITS = Limits(seconds=20, rows=5_000, memory_mb=2048, processes=4, queue=8)


@contextmanager
def service(home: Path, limits: Limits = LIMITS, *, token: str = TOKEN, origins: tuple[str, ...] = ()) -> Iterator[int]:
    """A service over a home; gives its port."""
    backend = Snapshots(home, limits)
    app = application(backend, Access(token), body_bytes=2**20, origins=origins, background=backend.watch)
    with serving(app) as port:
        yield port
