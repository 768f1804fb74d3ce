"""The service under abuse: no crash, no hang beyond the limit, no call over the network, bounded memory, and others are still answered."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hostile import hostile
from hypothesis import HealthCheck, Phase, given, settings
from requests_of_all_kinds import requests, status_of
from sample import build_home
from store_servers import free_port

from benchmarks.w3c.service import FORM

SECONDS, MEMORY_MB, WORKERS = 1.5, 1024, 6
ENVIRONMENT = {
    "KG_TOKEN": "a token",
    "KG_QUERY_SECONDS": str(SECONDS),
    "KG_QUERY_MEMORY": str(MEMORY_MB),
    "KG_SERVE_WORKERS": str(WORKERS),
    "KG_SERVE_QUEUE": "32",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, int]]:
    """A service as a program of its own over the sample graph: its port and its process."""
    home = build_home(tmp_path_factory.mktemp("abused") / "home").path
    port = free_port()
    command = [sys.executable, "-m", "kg.cli", "serve", "--home", str(home), "--port", str(port)]
    with subprocess.Popen(
        command, env={**os.environ, **ENVIRONMENT}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        end = time.monotonic() + 30
        while status_of_health(port) != 200:
            assert time.monotonic() < end
            time.sleep(0.1)
        yield port, server.pid
        assert server.poll() is None, "the service ended"
        server.terminate()


def status_of_health(port: int) -> int | None:
    try:
        return status_of(port, b"GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    except OSError:
        return None


def _fuzz(served: tuple[int, int], count: int) -> Counter[int | None]:
    """Send so many requests; gives how often each status came."""
    seen: Counter[int | None] = Counter()

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(requests())
    def send(request: bytes) -> None:
        began = time.monotonic()
        status = status_of(served[0], request)
        assert time.monotonic() - began < SECONDS + 10, request
        assert status is None or (200 <= status < 600 and status != 500), request
        seen[status] += 1

    send()
    assert status_of_health(served[0]) == 200
    return seen


def test_requests_of_all_kinds_do_no_harm(served: tuple[int, int]) -> None:
    seen = _fuzz(served, 300)
    assert {200, 400, 404, 405} <= set(seen)


@pytest.mark.proof
def test_ten_thousand_requests_of_all_kinds_do_no_harm(served: tuple[int, int]) -> None:
    with _memory(served[1]) as memory:
        seen = _fuzz(served, 10_000)
    assert sum(seen.values()) >= 10_000
    assert {200, 303, 400, 401, 404, 405, 406, 415} <= set(seen)
    assert max(memory) < 2048, f"{max(memory)} MB"


@pytest.mark.proof
def test_five_hundred_hostile_queries_do_no_harm(served: tuple[int, int]) -> None:
    port, pid = served
    with _listener() as (listener, calls), _memory(pid) as memory, _probing(port) as waits:
        queries = hostile(500, listener)
        with ThreadPoolExecutor(WORKERS // 2) as threads:  # as many as one client may have at a time
            outcomes = list(threads.map(lambda each: (each[0], *_ask(port, each[1])), queries))
    statuses = Counter(status for _, status, _ in outcomes)
    slowest = max(seconds for *_, seconds in outcomes)
    print(f"\n{statuses}; slowest {slowest:.1f} s; {max(memory):,.0f} MB at most; ", end="")
    print(f"{len(waits)} simple queries beside them, slowest {max(waits):.2f} s, {sum(w > 1 for w in waits)} over 1 s")
    assert len(outcomes) == 500
    assert set(statuses) <= {200, 400, 403, 422, 503}
    assert statuses[503] > 20  # some ran into the time limit
    assert {status for kind, status, _ in outcomes if kind == "service"} <= {400, 403, 422, 503}
    assert calls == []
    assert slowest < SECONDS + 5
    assert max(memory) < WORKERS * MEMORY_MB + 512
    assert len(waits) > 20
    assert sum(wait > 1 for wait in waits) <= len(waits) // 100  # others may use the machine as well
    assert max(waits) < 3
    assert status_of_health(port) == 200


def _ask(port: int, text: str, source: str = "127.0.0.1") -> tuple[int, float]:
    """The status with which a query is answered, and after how many seconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=(source, 0))
    began = time.monotonic()
    try:
        connection.request("POST", "/sparql", urlencode({"query": text}), {"content-type": FORM})
        response = connection.getresponse()
        response.read()
        return response.status, time.monotonic() - began
    finally:
        connection.close()


@contextmanager
def _probing(port: int) -> Iterator[list[float]]:
    """How long a simple query of another client takes, again and again."""
    waits: list[float] = []
    stop = threading.Event()

    def probe() -> None:
        while not stop.wait(0.2):
            status, seconds = _ask(port, "SELECT ?s { ?s a ac:Treaty } LIMIT 5", "127.0.0.2")
            waits.append(seconds if status == 200 else float("inf"))

    thread = threading.Thread(target=probe)
    thread.start()
    try:
        yield waits
    finally:
        stop.set()
        thread.join()


@contextmanager
def _memory(pid: int) -> Iterator[list[float]]:
    """The memory of the service and its processes in MB, twice a second."""
    found = [0.0]
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(0.5):
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            found.append(sum(_resident(each) for each in [str(pid), *children]))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield found
    finally:
        stop.set()
        thread.join()


def _resident(pid: str) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, IndexError):
        return 0.0


@contextmanager
def _listener() -> Iterator[tuple[int, list[object]]]:
    """A port of this machine and who called it."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stop = threading.Event()

        def accept() -> None:
            while not stop.is_set():
                try:
                    calls.append(server.accept()[1])
                except TimeoutError:
                    continue

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield server.getsockname()[1], calls
        finally:
            stop.set()
            thread.join()
