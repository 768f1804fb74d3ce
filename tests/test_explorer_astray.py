"""Who opens an address that lies deeper than any page is led to the page that says so; all else passes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kg.explorer.astray import Astray, Receive, Scope, Send

BROWSER = [(b"accept", b"text/html,application/xhtml+xml,*/*;q=0.8")]


async def passed(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})


def answer(
    path: str, query: bytes = b"", headers: Any = BROWSER, method: str = "GET", base: str = ""
) -> tuple[int, str]:
    """The status, and where it leads."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {}

    scope = {"type": "http", "path": path, "query_string": query, "headers": headers, "method": method}
    asyncio.run(Astray(passed, base)(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]).get(b"location", b"").decode()


@pytest.mark.parametrize(
    ("path", "query", "there"),
    [
        ("/a/b", b"", "/missing?at=a%2Fb"),
        ("/a/b/c/", b"x=1&lang=fr", "/missing?at=a%2Fb%2Fc&lang=fr"),
        ("/entity/état", b"lang=en", "/missing?at=entity%2F%C3%A9tat&lang=en"),
        ("//elsewhere.example/b", b"", "/missing?at=elsewhere.example%2Fb"),
        ("/a/\r\nSet-Cookie: x/b", b"", "/missing?at=a%2F%0D%0ASet-Cookie%3A+x%2Fb"),
    ],
)
def test_what_lies_too_deep_is_led_on(path: str, query: bytes, there: str) -> None:
    assert answer(path, query) == (303, there)


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/browse", "/a/", "/_stcore/health", "/app/static/graph.js", "/static/js/index.js", "/media/x.csv"),
        *("/browse/_stcore/host-config", "/component/x/y.js"),
    ],
)
def test_pages_and_what_they_load_pass(path: str) -> None:
    assert answer(path) == (200, "")


def test_scripts_and_what_is_sent_pass() -> None:
    assert answer("/a/b", headers=[(b"accept", b"*/*")])[0] == 200
    assert answer("/a/b", headers=[])[0] == 200
    assert answer("/a/b", method="POST")[0] == 200


def test_below_a_path_of_its_own() -> None:
    assert answer("/arms/browse", base="arms") == (200, "")
    assert answer("/arms/a/b", base="/arms/") == (303, "/arms/missing?at=a%2Fb")
