"""Requests to one SPARQL server: queries, updates and graphs, with their time limits and errors.

Queries go as forms: a query as the body itself is never answered by Virtuoso. No redirect is followed, so that credentials
go nowhere else.
"""

from __future__ import annotations

import ipaddress
import logging
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import httpx

from kg.errors import CallError, FailedError, KgError, LimitError, QueryError, StoreError
from kg.query.records import RESULT_BYTES
from kg.remote.servers import Server, server_of
from kg.settings import Settings

ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
ATTEMPTS = 4
"""So often a write is tried where the server is busy or the line breaks: graphs are sets, so that once more does no harm."""
FIRST_PAUSE = 0.5
"""Seconds before the second attempt; each further pause is twice as long."""
_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE)
_SLOW = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.GATEWAY_TIMEOUT, HTTPStatus.SERVICE_UNAVAILABLE)
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query is about, as the protocol names them; nothing: as the server has it."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Connection:
    """One server, with credentials."""

    def __init__(
        self,
        server: Server,
        *,
        seconds: float,
        write_seconds: float,
        credentials: httpx.Auth | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """`seconds` is the time limit of one query, `write_seconds` that of one write; `transport` stands in for the network."""
        self.server = server
        self.seconds = seconds
        self._write_seconds = write_seconds
        self._credentials = credentials
        self._transport = transport
        self._client = httpx.Client(auth=credentials, transport=transport)

    def another(self) -> Connection:
        """The same with lines of its own, which can be closed without harm to others."""
        return Connection(
            self.server,
            seconds=self.seconds,
            write_seconds=self._write_seconds,
            credentials=self._credentials,
            transport=self._transport,
        )

    def close(self) -> None:
        """Let go of all lines; a request that is under way fails."""
        self._client.close()

    def query(self, text: str, dataset: Dataset, accept: str, *, seconds: float | None = None) -> bytes:
        """The body of what a query gives; `text` must have passed kg.remote.wording.

        Raises QueryError where the server refuses it or it takes too long, StoreError where it cannot be reached.
        """
        form = {
            "query": text,
            "default-graph-uri": list(dataset.default),
            "named-graph-uri": list(dataset.named),
        }
        limit = seconds or self.seconds
        response, body = self._send("POST", self.server.query, limit, data=form, headers={"Accept": accept})
        if response.status_code != HTTPStatus.OK:
            raise _query_error(response, body, limit)
        if response.headers.get("x-sql-state"):  # Virtuoso: what was found until its own time limit
            raise LimitError("The server stopped the query and gave only a part.", "Narrow it, or raise its limit.")
        return body

    def update(self, text: str) -> None:
        """Run an update of ours; raises StoreError where it fails."""
        self._write("POST", self.server.update, data={"update": text})

    def put(self, graph: str, triples: bytes, *, merge: bool = False) -> None:
        """Make the graph these N-Triples, or add them to it where `merge`; raises StoreError where that fails."""
        method = "POST" if merge else "PUT"
        headers = {"Content-Type": TRIPLES}
        self._write(method, self.server.graphs, params={"graph": graph}, content=triples, headers=headers)

    def delete(self, graph: str) -> None:
        """Remove the graph, if it is there; raises StoreError where that fails."""
        self._write("DELETE", self.server.graphs, params={"graph": graph}, absent=True)

    def _write(self, method: str, address: str, *, absent: bool = False, **request: Any) -> None:
        """One write, tried again where the server is busy or the line breaks."""
        pause = FIRST_PAUSE
        for attempt in range(1, ATTEMPTS + 1):
            last = attempt == ATTEMPTS
            try:
                response, body = self._send(method, address, self._write_seconds, **request)
            except StoreError:
                if last:
                    raise
            else:
                if response.is_success or (absent and response.status_code == HTTPStatus.NOT_FOUND):
                    return
                if response.status_code not in _BUSY or last:
                    raise _write_error(response, body)
            time.sleep(pause)
            pause *= 2

    def _send(self, method: str, address: str, seconds: float, **request: Any) -> tuple[httpx.Response, bytes]:
        """A response with its whole body; httpx's own time limit counts from each piece of it anew."""
        deadline = time.monotonic() + seconds
        pieces, size = [], 0
        try:
            with self._client.stream(method, address, timeout=seconds, **request) as response:
                for piece in response.iter_bytes():
                    pieces.append(piece)
                    size += len(piece)
                    if time.monotonic() > deadline:
                        raise _too_slow(seconds)
                    if size > RESULT_BYTES:
                        raise LimitError(
                            f"The result is larger than {RESULT_BYTES // 2**20} MB.", "Narrow it, or add LIMIT."
                        )
        except httpx.TimeoutException as error:
            raise _too_slow(seconds) from error
        except (httpx.InvalidURL, httpx.TransportError, httpx.DecodingError, RuntimeError) as error:
            reason = str(error) or type(error).__name__  # RuntimeError: the line was closed under way
            raise StoreError(
                f"The store at {address} cannot be reached: {reason}.", "Check KG_STORE, and that the server runs."
            ) from error
        return response, b"".join(pieces)


class Credentials(httpx.Auth):
    """A token at once; user and password only where the server asks for them, by Digest where it does, else by Basic."""

    def __init__(self, user: str, password: str, token: str) -> None:
        self._token = token
        self._digest = httpx.DigestAuth(user, password) if user else None
        self._basic = httpx.BasicAuth(user, password) if user else None
        self._takes_basic = False

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """What httpx asks: the request with credentials, once more where the server refuses it without."""
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
            yield request
        elif self._digest is None or self._basic is None:
            yield request
        elif self._takes_basic:
            yield from self._basic.auth_flow(request)
        else:
            flow = self._digest.auth_flow(request)
            response = yield next(flow)
            if response.status_code != HTTPStatus.UNAUTHORIZED:
                return
            if _asks_for(response, "digest"):
                yield flow.send(response)
            elif _asks_for(response, "basic"):
                self._takes_basic = True
                yield from self._basic.auth_flow(request)


def _asks_for(response: httpx.Response, scheme: str) -> bool:
    return any(each.lower().startswith(scheme) for each in response.headers.get_list("www-authenticate"))


def connect(settings: Settings) -> Connection:
    """The connection that the settings mean; raises CallError where they are wrong. Nothing is asked yet."""
    server = server_of(settings)
    password, token = settings.store_password.get_secret_value(), settings.store_token.get_secret_value()
    if (password or token) and any(_in_the_open(each) for each in (server.query, server.update, server.graphs)):
        _LOG.warning("the credentials of the store go unencrypted over http; use https where others share the network")
    credentials = Credentials(settings.store_user, password, token)
    return Connection(
        server, seconds=settings.query_seconds, write_seconds=settings.store_seconds, credentials=credentials
    )


def _in_the_open(address: str) -> bool:
    """Whether requests to the address leave this machine unencrypted."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    return parts.scheme == "http" and not loopback


def listed(names: Sequence[str], most: int = 3) -> str:
    """The first of some names, and that there are more."""
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


def _query_error(response: httpx.Response, body: bytes, seconds: float) -> KgError:
    """Why a query was not answered."""
    status, said = response.status_code, _said(body)
    if status in _SLOW or "timeout" in said.lower():
        return _too_slow(seconds)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return LimitError("The server has too many queries at once.", "Ask again later.")
    if status == HTTPStatus.BAD_REQUEST:
        return QueryError(f"The server refuses the query: {said}", "Mend it, or ask it in another way.")
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return FailedError(f"The server failed at the query: {said}", "Ask it in another way.")
    return _other_error(response, said)


def _write_error(response: httpx.Response, body: bytes) -> KgError:
    said = _said(body)
    other = _other_error(response, said)
    if response.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.INTERNAL_SERVER_ERROR, *_BUSY):
        return StoreError(f"{other.problem}", "Read the server's log; kg publish goes on where it stopped.")
    return other


def _other_error(response: httpx.Response, said: str) -> KgError:
    status, address = response.status_code, str(response.request.url.copy_with(query=None))
    problem = f"The store at {address} answered {status}{f' ({said})' if said else ''}."
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return CallError(problem, "Check KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN, and what they may do.")
    if response.is_redirect:
        return CallError(f"{problem} It points to {response.headers.get('location', '')}.", "Set KG_STORE to that.")
    return StoreError(problem, "Check KG_STORE and KG_STORE_KIND; docs/operations.md says what each server wants.")


def _too_slow(seconds: float) -> LimitError:
    return LimitError(
        f"The store took longer than {seconds:g} s.", "Narrow the query, or raise KG_QUERY_SECONDS or KG_STORE_SECONDS."
    )


def _said(body: bytes) -> str:
    """What a server says of an error, on one line and without the query that some repeat."""
    text = " ".join(body[:4000].decode(errors="replace").split())
    return text.partition(" SPARQL query:")[0][:300]
