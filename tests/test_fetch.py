"""Pages from the web: a server on this machine, and a resolver that says where hosts stand."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.errors import DocumentError
from kg.fetching import fetch_all
from kg.model import Document
from kg.read import How, read_files
from kg.read.fetch import Fetcher, is_public

PAGE = (
    "<html><head><title>Un traité</title></head><body><article><h1>Un traité signé</h1><p>La Russie et les États-Unis ont signé "
    "mardi à Genève un traité sur les missiles, après deux ans de négociations.</p><p>Le texte entrera en vigueur après sa "
    "ratification par les deux parlements, ont dit les ministres.</p></article></body></html>"
).encode()


class Site(BaseHTTPRequestHandler):
    """A site with pages of all kinds; it notes what was asked of it."""

    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        host = self.headers["Host"].partition(":")[0]
        self.asked.append(f"{host}{self.path}")
        match self.path:
            case "/robots.txt" if host == "closed.example":
                self._give(200, b"User-agent: *\nDisallow: /monde/\n", "text/plain")
            case "/robots.txt" if host == "broken.example":
                self._give(503, b"", "text/plain")
            case "/robots.txt":
                self._give(404, b"", "text/plain")
            case "/moved":
                self._give(302, b"", "text/html", Location="/monde/traite.html")
            case "/inside":
                self._give(302, b"", "text/html", Location=f"http://intranet.example:{self.server.server_port}/secret")
            case "/file":
                self._give(302, b"", "text/html", Location="file:///etc/passwd")
            case "/loop":
                self._give(301, b"", "text/html", Location="/loop")
            case "/large":
                self._give(200, PAGE + b"x" * 50_000, "text/html")
            case "/slow":
                self._slow()
            case "/image":
                self._give(200, b"GIF89a", "image/gif")
            case "/gone":
                self._give(410, b"", "text/html")
            case _:
                self._give(200, PAGE, "text/html; charset=utf-8")

    def _give(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _slow(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(150):
            try:
                self.wfile.write(b"x")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    Site.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


Where = Callable[[str], str]


def fetcher(**hosts: list[str]) -> Fetcher:
    """Resolves all hosts to this machine, which counts as public here; those given otherwise."""

    def resolver(host: str, port: int) -> list[str]:
        return hosts.get(host.partition(".")[0], ["127.0.0.1"])

    return Fetcher(
        20_000, 1.5, resolver=resolver, allow=lambda address: is_public(address) or str(address) == "127.0.0.1"
    )


def refused(url: str, **hosts: list[str]) -> tuple[str, str]:
    with pytest.raises(DocumentError) as caught:
        fetcher(**hosts).fetch(url)
    return caught.value.why, caught.value.problem


def test_a_page_is_fetched_into_the_inbox_and_read(port: int, tmp_path: Path) -> None:
    url = f"http://news.example:{port}/moved"
    files, faults = fetch_all(tmp_path, [url, url], fetcher())
    assert faults == []
    ((_, read),) = read_files(files, How(10_000))
    assert isinstance(read, Document)
    assert read.source == read.url == f"http://news.example:{port}/monde/traite.html"
    assert read.identifier.startswith("traite-")
    assert read.text.startswith("Un traité signé\nLa Russie")
    assert Site.asked == ["news.example/robots.txt", "news.example/moved", "news.example/monde/traite.html"]


def test_robots_are_heard_before_anything_is_fetched(port: int) -> None:
    why, problem = refused(f"http://closed.example:{port}/monde/traite.html")
    assert (why, problem) == ("fetch", "The site's robots.txt keeps programs from /monde/traite.html.")
    assert refused(f"http://broken.example:{port}/x")[1] == "The site's robots.txt keeps programs from /x."
    assert Site.asked == ["closed.example/robots.txt", "broken.example/robots.txt"]
    assert fetcher().fetch(f"http://closed.example:{port}/economie.html").suffix == ".html"


@pytest.mark.parametrize(
    "address",
    ["10.1.2.3", "192.168.0.1", "172.16.5.5", "169.254.169.254", "100.64.0.1", "::1", "fe80::1", "fd00::1", "0.0.0.0", "224.0.0.1",
     "::ffff:10.0.0.1", "2002:0a00:0001::1", "64:ff9b::10.0.0.1"],
)  # fmt: skip
def test_names_that_stand_inside_the_network_are_refused(port: int, address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    why, problem = refused(f"http://intranet.example:{port}/x", intranet=[address])
    assert (why, problem) == ("fetch", "The host intranet.example stands at an address that is not public.")
    both = refused(f"http://intranet.example:{port}/x", intranet=["127.0.0.1", address])
    assert both == (why, problem)
    assert Site.asked == []


def test_addresses_written_as_numbers_are_refused_without_a_resolver(port: int) -> None:
    with pytest.raises(DocumentError, match="not public"):
        Fetcher(10_000, 2).fetch(f"http://127.0.0.1:{port}/")
    with pytest.raises(DocumentError, match="not public"):
        Fetcher(10_000, 2).fetch(f"http://localhost:{port}/")
    assert Site.asked == []
    assert is_public(ipaddress.ip_address("8.8.8.8"))
    assert is_public(ipaddress.ip_address("2001:4860:4860::8888"))
    assert is_public(ipaddress.ip_address("64:ff9b::8.8.8.8"))


def test_a_redirect_into_the_network_is_refused(port: int) -> None:
    why, problem = refused(f"http://news.example:{port}/inside", intranet=["10.0.0.7"])
    assert (why, problem) == ("fetch", "The host intranet.example stands at an address that is not public.")
    assert Site.asked == ["news.example/robots.txt", "news.example/inside"]


def test_a_name_that_resolves_otherwise_a_moment_later(port: int) -> None:
    """Each connection is checked by itself: robots.txt came from a public address, the page would not."""
    answers = iter([["127.0.0.1"], ["192.168.1.1"]])
    rebinding = Fetcher(10_000, 2, resolver=lambda _, __: next(answers), allow=lambda each: str(each) == "127.0.0.1")
    with pytest.raises(DocumentError, match="not public"):
        rebinding.fetch(f"http://news.example:{port}/x")
    assert Site.asked == ["news.example/robots.txt"]


@pytest.mark.parametrize(
    ("path", "why", "problem"),
    [
        ("/file", "fetch", "file:///etc/passwd is no address on the web."),
        ("/loop", "fetch", "It is redirected more than 5 times."),
        ("/large", "limit", "It holds more than 20,000 bytes."),
        ("/slow", "limit", "It takes more than 1.5 seconds."),
        ("/image", "format", "It is of the type image/gif, which no reader knows."),
        ("/gone", "fetch", "The server answers with status 410."),
    ],
)
def test_what_cannot_be_fetched(port: int, path: str, why: str, problem: str) -> None:
    begun = time.monotonic()
    assert refused(f"http://news.example:{port}{path}") == (why, problem)
    assert time.monotonic() - begun < 12


@pytest.mark.parametrize(
    "url", ["ftp://a.example/x", "http://", "http://u:p@a.example/", "http://a.example:99999/", "x"]
)
def test_what_is_no_address_on_the_web(url: str) -> None:
    assert refused(url)[0] == "fetch"


def test_one_that_fails_leaves_the_others(port: int, tmp_path: Path) -> None:
    urls = [f"http://news.example:{port}/gone", f"http://news.example:{port}/a.html"]
    files, faults = fetch_all(tmp_path, urls, fetcher())
    assert [path.name.partition("-")[0] for path in files] == ["a"]
    assert [(each.where, each.why) for each in faults] == [(urls[0], "fetch")]
