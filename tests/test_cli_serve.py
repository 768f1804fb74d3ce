"""kg serve as a program of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sample import build_home

from benchmarks.w3c.service import Client

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(each) for each in listed]


def _gone(pids: list[int], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not any(
            Path(f"/proc/{pid}/stat").exists() and " Z " not in Path(f"/proc/{pid}/stat").read_text() for pid in pids
        ):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_serve_answers_logs_and_leaves_no_process(tmp_path: Path, free_port: int, ending: signal.Signals) -> None:
    home = build_home(tmp_path / "home").path
    command = [sys.executable, "-m", "kg.cli", "serve", "--home", str(home), "--port", str(free_port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        assert server.stdout.readline() == f"SPARQL is at http://127.0.0.1:{free_port}/sparql (Ctrl-C ends it).\n"
        answer = _ask(free_port)
        children = _children(server.pid)
        os.kill(server.pid, ending)
        lines = server.stderr.read().splitlines()
        assert server.wait(timeout=60) == (0 if ending is signal.SIGINT else -ending)
    assert answer == b'{"head":{},"boolean":true}'
    if ending is signal.SIGINT:  # a kill may come before the line is written
        logged = json.loads(lines[-1])
        assert (logged["path"], logged["status"], logged["client"]) == ("/sparql", 200, "127.0.0.1")
        assert len(logged["query"]) == 16
        assert "text" not in logged
    assert children
    assert _gone(children)


def _ask(port: int) -> bytes:
    end = time.monotonic() + 60
    while True:
        try:
            return Client(port).send("GET", "/sparql?query=ASK%7B%7D").body
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.1)


def test_serve_says_what_is_wrong(kg: Kg, tmp_path: Path, free_port: int) -> None:
    code, out, err = kg("serve", "--home", tmp_path / "none")
    assert (code, out) == (1, "")
    assert err.startswith(f"kg: The folder {tmp_path / 'none'} holds no graph.")
    home = build_home(tmp_path / "home").path
    with socket.create_server(("127.0.0.1", free_port)):
        code, out, err = kg("serve", "--home", home, "--port", str(free_port))
    assert (code, out) == (2, "")
    assert err == f"kg: Port {free_port} cannot be used: Address already in use. Choose another with --port.\n"
    code, _, err = kg("serve", "--home", home, "--host", "no.such.host.invalid")
    assert code == 2
    assert err.count("\n") == 1
