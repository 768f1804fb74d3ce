"""Fixtures for tests of graphs at SPARQL servers; a test module names this one as a pytest plugin."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pydantic import SecretStr
from store_servers import Running

from kg.namespaces import PUBLISHED_GRAPH, UNION_GRAPH
from kg.remote import Connection, connect
from kg.remote.receipts import read_receipts
from kg.settings import Settings, settings

OWN = "https://w3id.org/arms-control/id/graph/own/notes"
FOREIGN = "https://example.org/graph/foreign"
NAMES = (OWN, FOREIGN, UNION_GRAPH, PUBLISHED_GRAPH)
"""Graphs that tests write without kg publish."""
UseStore = Callable[..., Connection]


def settings_of(running: Running) -> Settings:
    """The settings that lead to a server."""
    return Settings(
        store=running.address,
        store_kind=running.kind,
        store_user=running.user,
        store_password=SecretStr(running.password),
    )


def emptied(running: Running) -> None:
    """Remove from a server all graphs that tests put there."""
    connection = connect(settings_of(running))
    for graph in {*read_receipts(connection), *NAMES}:
        connection.delete(graph)
    connection.close()


@pytest.fixture
def use_store(monkeypatch: pytest.MonkeyPatch) -> Iterator[UseStore]:
    """Makes a server the store of this test, and empties it unless told otherwise."""

    opened: list[Connection] = []

    def use(running: Running, *, empty: bool = True) -> Connection:
        if empty:
            emptied(running)
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        opened.append(connect(settings_of(running)))
        return opened[-1]

    yield use
    for each in opened:
        each.close()
    settings.cache_clear()
