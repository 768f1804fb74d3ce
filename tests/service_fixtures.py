"""Fixtures for tests of the service; a test module names this one as a pytest plugin."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sample import build_home
from served import service

from benchmarks.w3c.service import Client


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample graph."""
    return build_home(tmp_path_factory.mktemp("served")).path


@pytest.fixture(scope="module")
def port(home: Path) -> Iterator[int]:
    """A service over the sample graph."""
    with service(home) as port:
        yield port


@pytest.fixture
def client(port: int) -> Iterator[Client]:
    """A client of that service."""
    client = Client(port)
    yield client
    client.close()
