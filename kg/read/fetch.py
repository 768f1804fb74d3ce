"""A page from the web, when the user asks for it: robots.txt honoured, limits kept, no address that is not public.

Each connection is made to an address that was resolved and checked for it, so that neither a redirect nor a name that
resolves otherwise a moment later leads into the user's own network.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpcore

from kg import __version__
from kg.errors import DocumentError
from kg.read.registry import sniff

AGENT = "kg-reader"
USER_AGENT = f"{AGENT}/{__version__}"
REDIRECTS = 5
ROBOTS_BYTES = 512_000
"""What is read of a robots.txt: RFC 9309 asks for at least 500 kibibytes."""
TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
}
"""The endings of what is read, by media type."""

TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""Addresses of the fourth version behind NAT64 (RFC 6052)."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Iterable[str]]
Allow = Callable[[Address], bool]


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave."""

    url: str
    """Where it stood in the end, after redirects."""
    suffix: str
    """The ending of a file with it."""
    data: bytes


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system tells them."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public Internet: none that is private, loopback, link-local, multicast or reserved.

    An address of the sixth version that stands for one of the fourth (mapped, 6to4, NAT64) is what that one is.
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


class _Checked(httpcore.SyncBackend):
    """Connects to checked addresses only."""

    def __init__(self, resolver: Resolve, allow: Allow) -> None:
        self._resolve = resolver
        self._allow = allow

    def connect_tcp(self, host: str, port: int, *arguments: Any, **options: Any) -> httpcore.NetworkStream:
        """A connection to the host's first address; raises DocumentError where one of its addresses is not public."""
        try:
            found = [ipaddress.ip_address(each.partition("%")[0]) for each in self._resolve(host, port)]
        except (OSError, UnicodeError, ValueError) as error:
            raise DocumentError(f"The host {host} is not known.", "Correct the address.", "fetch") from error
        if not found or not all(self._allow(each) for each in found):
            problem = f"The host {host} stands at an address that is not public."
            raise DocumentError(problem, "Save the page from the browser and add the file.", "fetch")
        return super().connect_tcp(str(found[0]), port, *arguments, **options)

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Never."""
        raise DocumentError("A socket is no address.", "Name an address on the web.", "fetch")


class Fetcher:
    """Fetches pages, each of at most so many bytes, within so many seconds. What it learns of robots it keeps."""

    def __init__(self, most: int, seconds: float, *, resolver: Resolve = resolve, allow: Allow = is_public) -> None:
        """`resolver` and `allow` are for tests: how names become addresses, and which of those may be reached."""
        self._most = most
        self._seconds = seconds
        self._pool = httpcore.ConnectionPool(
            network_backend=_Checked(resolver, allow), max_connections=4, keepalive_expiry=0
        )
        self._robots: dict[str, RobotFileParser] = {}

    def fetch(self, url: str) -> Page:
        """What stands at an address; raises DocumentError, with the reason, where it may not or cannot be fetched."""
        deadline = time.monotonic() + self._seconds
        status, headers, data, url = self._follow(url, deadline, self._most, self._may)
        if status != 200:
            raise DocumentError(
                f"The server answers with status {status}.", "Look at the address in a browser.", "fetch"
            )
        return Page(url, _suffix(headers.get("content-type", ""), data), data)

    def _follow(
        self, url: str, deadline: float, most: int, check: Callable[[str, float], None]
    ) -> tuple[int, dict[str, str], bytes, str]:
        """Status, headers and body of what stands at an address, after its redirects, each of which is checked."""
        for _ in range(REDIRECTS + 1):
            _check(url)
            check(url, deadline)
            status, headers, data = self._get(url, deadline, most)
            if status not in (301, 302, 303, 307, 308) or "location" not in headers:
                return status, headers, data, url
            url = urljoin(url, headers["location"])
        raise DocumentError(f"It is redirected more than {REDIRECTS} times.", "Look at it in a browser.", "fetch")

    def _get(self, url: str, deadline: float, most: int) -> tuple[int, dict[str, str], bytes]:
        """One answer; raises DocumentError where it is too long or takes too long."""
        headers: dict[bytes | str, bytes | str] = {
            "User-Agent": USER_AGENT,
            "Accept-Encoding": "identity",
            "Accept": "text/html, */*;q=0.5",
        }
        left = max(0.01, deadline - time.monotonic())
        limits = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), left)}
        data = b""
        try:
            with self._pool.stream("GET", url, headers=headers, extensions=limits) as answer:
                said = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in answer.headers}
                if said.get("content-encoding", "identity") != "identity":
                    raise DocumentError("The server packs what it was asked to send plain.", "Save the page.", "fetch")
                for piece in answer.iter_stream():
                    data += piece
                    if len(data) > most:
                        raise DocumentError(f"It holds more than {most:,} bytes.", "Save the article's text.", "limit")
                    if time.monotonic() > deadline:
                        raise _too_slow(self._seconds)
                return answer.status, said, data
        except httpcore.TimeoutException as error:
            raise _too_slow(self._seconds) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise DocumentError(f"It cannot be fetched: {reason}.", "Try again later.", "fetch") from error

    def _may(self, url: str, deadline: float) -> None:
        """Raise DocumentError where the site's robots.txt keeps programs from this page."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = self._read_robots(site, deadline)
        if not self._robots[site].can_fetch(AGENT, url):
            problem = f"The site's robots.txt keeps programs from {parts.path or '/'}."
            raise DocumentError(problem, "Save the page from the browser and add the file.", "fetch")

    def _read_robots(self, site: str, deadline: float) -> RobotFileParser:
        """What a site allows. As RFC 9309 says, no such file allows all, and one that cannot be had forbids all."""
        rules = RobotFileParser()
        try:
            status, _, data, _ = self._follow(f"{site}/robots.txt", deadline, ROBOTS_BYTES, lambda _, __: None)
        except DocumentError as error:
            if "address that is not public" in error.problem or "not known" in error.problem:
                raise
            status, data = 503, b""
        if status == 200:
            rules.parse(data.decode("utf-8", "replace").splitlines())
        else:
            rules.parse([] if 400 <= status < 500 else ["User-agent: *", "Disallow: /"])
        return rules


def _check(url: str) -> None:
    """Raise DocumentError where an address is none of the web."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise DocumentError(f"{url} is no address.", "Correct it.", "fetch") from error
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or port == 0:
        problem = f"{url} is no address on the web."
        raise DocumentError(problem, "Give one that begins with http:// or https:// and holds no password.", "fetch")


def _suffix(said: str, data: bytes) -> str:
    """The ending for a media type; raises DocumentError where nothing reads it."""
    kind = said.partition(";")[0].strip().lower()
    if kind in TYPES:
        return TYPES[kind]
    if kind in ("", "application/octet-stream"):
        return sniff(data)
    raise DocumentError(f"It is of the type {kind}, which no reader knows.", "Save its text to a .txt file.", "format")


def _too_slow(seconds: float) -> DocumentError:
    return DocumentError(f"It takes more than {seconds:g} seconds.", "Try again later.", "limit")
