"""The backend over whichever graph the settings mean."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from kg.opening import is_remote, open_connection
from kg.serve.backend import Backend
from kg.serve.remote import Remote
from kg.serve.snapshots import Snapshots, limits_of
from kg.settings import settings


def backend_of(home: Path, *, here: bool = False) -> tuple[Backend, Callable[[], Awaitable[None]]]:
    """The backend, and what it does beside the requests: over the store that the settings name, unless `here`, else over the home."""
    limits = limits_of(settings())
    if is_remote() and not here:
        remote = Remote(open_connection(), limits)
        return remote, remote.watch
    local = Snapshots(home, limits)
    return local, local.watch
