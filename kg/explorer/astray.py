"""Addresses that lie deeper than any page: Streamlit would serve them a page without its scripts, which stays blank."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from kg.explorer.addressing import LANG

ASTRAY, AT = "missing", "at"
"""The path to which they are led who open such an address, and the name under which it holds theirs."""
OWN = ("_stcore/", "app/static/", "component/", "media/", "static/")
"""What the server's own addresses begin with."""

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Astray:
    """An ASGI application before another: leads who opens such an address in a browser to the page that says so."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], base: str = "") -> None:
        """base: the path below which the explorer is served, if any."""
        self._app = app
        self._base = "/" + base.strip("/") if base.strip("/") else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the other answer."""
        path = str(scope.get("path", "")).removeprefix(self._base).strip("/")
        if scope["type"] != "http" or not _is_astray(path) or not _reads_pages(scope):
            await self._app(scope, receive, send)
            return
        spoken = [pair for pair in parse_qsl(scope.get("query_string", b"").decode("latin-1")) if pair[0] == LANG]
        there = f"{self._base}/{ASTRAY}?{urlencode([(AT, path), *spoken])}"
        headers = [(b"location", there.encode("ascii")), (b"content-length", b"0"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})


def _is_astray(path: str) -> bool:
    """Whether it has more than one part, and is none of the server's own."""
    return "/" in path and not path.startswith(OWN) and "/_stcore/" not in path


def _reads_pages(scope: Scope) -> bool:
    """Whether somebody opens the address in a browser, and no script asks for it."""
    accepted = dict(scope.get("headers", ())).get(b"accept", b"")
    return scope.get("method") in ("GET", "HEAD") and b"text/html" in accepted
