"""Queries in warm processes: limits, fairness, clients that go away, snapshots that change."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from sample import ACR, build_home
from served import LIMITS, service

from benchmarks.w3c.service import Answer, Client
from kg.query.process import command
from kg.serve.pool import Pool
from kg.serve.problems import Problem
from kg.serve.snapshots import Limits
from kg.store import Home

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return build_home(tmp_path / "home")


def get(port: int, text: str) -> Answer:
    client = Client(port)
    try:
        return client.send("GET", f"/sparql?{urlencode({'query': text})}", headers={"accept": "text/csv, */*;q=0.5"})
    finally:
        client.close()


def until(condition: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether the condition becomes true within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def figure(port: int, name: str) -> float:
    lines = Client(port).send("GET", "/metrics").body.decode().splitlines()
    return next((float(line.split()[1]) for line in lines if line.startswith(name + " ")), 0.0)


def test_an_endless_query_is_stopped_and_the_next_one_answers(home: Home) -> None:
    with service(home.path, Limits(3, 10, LIMITS.memory_mb, 2, 4)) as port:
        began = time.monotonic()
        answer = get(port, ENDLESS)
        assert answer.status == 503
        assert b"took longer than 3 s and was stopped" in answer.body
        assert time.monotonic() - began < 30
        assert get(port, "ASK {}").status == 200
        assert figure(port, "kg_queries_killed_time") == 1


def test_a_query_that_needs_too_much_memory_is_told(home: Home) -> None:
    doubled = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(30))
    text = f"SELECT (STRLEN(?a30) AS ?n) {{ BIND('{'x' * 64}' AS ?a0) {doubled} }}"
    with service(home.path, Limits(60, 10, 1024, 2, 4)) as port:
        answer = get(port, text)
        assert answer.status == 422
        assert b"more memory than a query may have" in answer.body
        assert get(port, "ASK {}").status == 200


def test_a_client_that_goes_away_ends_its_query(home: Home) -> None:
    with service(home.path) as port:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(f"GET /sparql?{urlencode({'query': ENDLESS})} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            assert until(lambda: figure(port, "kg_queries_running") == 1)
        assert until(lambda: figure(port, "kg_queries_running") == 0, 3)
        assert figure(port, "kg_queries_killed_client") == 1


def test_a_full_queue_is_told_with_a_time_to_come_again(home: Home) -> None:
    with service(home.path, Limits(3, 10, LIMITS.memory_mb, 4, 1)) as port, ThreadPoolExecutor(5) as threads:
        answers = [each.result() for each in [threads.submit(get, port, ENDLESS) for _ in range(5)]]
    refused = [each for each in answers if b"more queries than it can take" in each.body]
    assert len(refused) == 2
    assert {each.status for each in answers} == {503}
    assert refused[0].headers["retry-after"] == "5"


def test_one_client_does_not_shut_others_out() -> None:
    async def scene() -> tuple[float, int]:
        pool = Pool([sys.executable, "-c", SLEEPER], size=4, queue=20)
        greedy = [asyncio.ensure_future(pool.ask({"sleep": 30}, seconds=60, client="greedy")) for _ in range(8)]
        await asyncio.sleep(0.5)
        began = time.monotonic()
        await pool.ask({"sleep": 0}, seconds=10, client="other")
        waited, running = time.monotonic() - began, pool.running
        for each in greedy:
            each.cancel()
        await asyncio.gather(*greedy, return_exceptions=True)
        await pool.close()
        return waited, running

    waited, running = asyncio.run(scene())
    assert waited < 20
    assert running == 2


SLEEPER = """
import time
from kg.query.frames import attend
def answer(job, body):
    time.sleep(job["sleep"])
    return {"kind": "done"}, body
attend(answer)
"""


def test_a_process_that_dies_is_replaced() -> None:
    async def scene() -> tuple[int, set[int], set[int]]:
        pool = Pool([sys.executable, "-c", "import sys; sys.stdin.buffer.read(1); sys.exit(3)"], size=2, queue=2)
        with pytest.raises(Problem) as caught:
            await pool.ask({}, seconds=10)
        pids = set(pool.pids())
        await pool.close()
        return caught.value.status, pids, {pid for pid in pids if _alive(pid)}

    status, pids, left = asyncio.run(scene())
    assert (status, len(pids), left) == (422, 2, set())


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_warm_processes_are_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "kg.serve.pool.LONG_SECONDS", 30
    )  # on a busy machine a short job may be a long one, which wears out

    async def scene() -> tuple[list[int], list[int]]:
        pool = Pool([sys.executable, "-c", SLEEPER], size=4, queue=4)
        pool.warm(2)
        first = pool.pids()
        for _ in range(5):
            assert await pool.ask({"sleep": 0}, b"x", seconds=10) == (
                {"kind": "done", "peak": pytest.approx(0, abs=1e9)},
                b"x",
            )
        second = pool.pids()
        await pool.close()
        return first, second

    first, second = asyncio.run(scene())
    assert set(first) & set(second)
    assert len(second) == 3


def test_the_service_goes_with_the_current_snapshot(home: Home) -> None:
    count = f"SELECT (COUNT(*) AS ?n) {{ <{ACR}x> ?p ?o }}"
    with service(home.path) as port:
        assert get(port, count).body == b"n\r\n0\r\n"
        for number in range(1, 7):  # more snapshots than are kept
            with home.write() as draft:
                name, graph = ox.NamedNode(ACR + "x"), ox.NamedNode(ACR + f"g{number}")
                draft.replace_graph(graph.value, [ox.Quad(name, ox.NamedNode("a:b"), ox.Literal(number), graph)])
            assert get(port, count).body == f"n\r\n{number}\r\n".encode()


def test_a_query_goes_on_while_snapshots_are_published(home: Home) -> None:
    half = "{ SELECT ?s ?o { ?s ?p ?o } LIMIT 300 }"
    text = f"SELECT (COUNT(*) AS ?n) {{ {half} {half.replace('?s', '?a').replace('?o', '?c')} FILTER(?s = ?a) }}"
    with service(home.path) as port, ThreadPoolExecutor(4) as threads:
        before = get(port, text)
        assert before.status == 200
        stop = threading.Event()
        running = [threads.submit(_ask_on, port, text, stop) for _ in range(3)]
        for _ in range(6):
            with home.write():
                pass
        stop.set()
        found = [answer for each in running for answer in each.result()]
    assert {answer.status: answer.body for answer in found} == {200: before.body}
    assert {answer.body for answer in found} == {before.body}


def _ask_on(port: int, text: str, stop: threading.Event) -> list[Answer]:
    found = [get(port, text)]
    while not stop.is_set():
        found.append(get(port, text))
    return found


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        yield server


def test_the_system_keeps_a_query_process_from_the_network(home: Home, listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    script = (
        "import socket, sys\nfrom kg.query.walls import refuse_sockets\nassert refuse_sockets()\n"
        f"try:\n    socket.create_connection(('127.0.0.1', {port}))\nexcept PermissionError:\n    print('refused')\n"
    )
    import subprocess

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout == "refused\n", done.stderr
    with pytest.raises(TimeoutError):
        listener.accept()
    assert command(512, bound=True)[-2:] == ["512", "bound"]
