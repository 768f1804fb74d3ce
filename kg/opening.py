"""Which graph is read: the server's that KG_STORE names, else the home's current snapshot."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import CallError
from kg.query.view import SnapshotView, View
from kg.settings import settings
from kg.store import Home

if TYPE_CHECKING:
    from kg.remote import Connection


def is_remote() -> bool:
    """Whether the settings name a server to read from."""
    return bool(settings().store or settings().store_query)


def open_view(home: Path, *, here: bool = False) -> View:
    """The graph to read: that of the server that the settings name, unless `here`; else the one in the home.

    Raises StoreError where there is none or it cannot be reached, CallError where the settings are wrong.
    """
    if is_remote() and not here:
        from kg.remote import RemoteView

        return RemoteView(open_connection())
    return SnapshotView(Home(home))


def open_connection() -> Connection:
    """The line to the server that the settings name, one for all; raises CallError where they name none, or are wrong."""
    if not is_remote():
        raise CallError("No store is named.", "Set KG_STORE to the address of a SPARQL server.")
    return _connected(settings().model_dump_json(), settings().store_password, settings().store_token)


@cache
def _connected(_settings: str, _password: object, _token: object) -> Connection:
    from kg.remote import connect

    return connect(settings())
