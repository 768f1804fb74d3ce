"""A running service over an empty store that may be written to, and a client of it."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import pyoxigraph as ox
import uvicorn
from starlette.types import ASGIApp

from kg.serve.access import Access
from kg.serve.app import application
from kg.serve.writable import Writable

ROWS = 100_000
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type of the body, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


class Client:
    """Requests to one service, over one connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def send(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """Send one request; a header given as empty is not sent."""
        self._connection.request(method, path, body, dict(headers or {}))
        response = self._connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read())

    def close(self) -> None:
        """End the connection."""
        self._connection.close()


@contextmanager
def serving(app: ASGIApp) -> Iterator[int]:
    """Serve an application on a free port of this machine; gives the port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(timeout=30)


@contextmanager
def empty_service() -> Iterator[Client]:
    """A client of a service over an empty store in memory that everybody may write to."""
    with serving(application(Writable(ox.Store(), rows=ROWS), Access(open=True))) as port:
        client = Client(port)
        try:
            yield client
        finally:
            client.close()
