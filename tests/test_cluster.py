"""A real Dask scheduler with two worker processes on the loopback: the same graph, also when one of them is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeExtractor, FatalExtractor, SlowExtractor, lean_project

from kg.build import build
from kg.errors import CallError
from kg.settings import ROOT, settings
from kg.store import Home
from kg.workers import Hands

TEXT = "La Russie quitte le traité FNI."


@pytest.fixture(scope="module", autouse=True)
def _lean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with lean_project(tmp_path_factory.mktemp("lean")):
        yield


class Machines:
    """A scheduler and two workers, as the commands of Dask start them."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self._folder = folder
        path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
        self._environment = {**os.environ, "PYTHONPATH": path, "DASK_DISTRIBUTED__DIAGNOSTICS__NVML": "False"}
        port = self.address.rpartition(":")[2]
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
        self.workers = [self._worker(name) for name in ("one", "two")]

    def _worker(self, name: str) -> subprocess.Popen[bytes]:
        return self._start(
            "worker",
            self.address,
            "--name",
            name,
            "--nthreads",
            "1",
            "--no-nanny",
            "--no-dashboard",
            "--memory-limit",
            "2500MB",
            "--local-directory",
            str(self._folder / name),
        )

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with (self._folder / "dask.log").open("ab") as log:
            command = [sys.executable, "-m", "dask", *arguments]
            return subprocess.Popen(command, env=self._environment, cwd=self._folder, stdout=log, stderr=log)

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.terminate()
        for process in (*self.workers, self.scheduler):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    there = Machines(tmp_path)
    yield there
    there.close()


def lay(folder: Path, count: int, **changed: str) -> Path:
    folder.mkdir()
    for number in range(count):
        name = f"d{number:03d}"
        (folder / f"{name}.txt").write_text(f"Nouvelle {number}. {changed.get(name, TEXT)}")
    return folder


def whole_hash(home: Path) -> str:
    value = Home(home).current().manifest["hash"]
    assert isinstance(value, str)
    return value


@pytest.mark.proof
def test_a_cluster_gives_the_same_graph_and_sets_aside_what_kills(
    tmp_path: Path, machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = lay(tmp_path / "texts", 40, d011="MORT")
    monkeypatch.setenv("KG_SHARDS", f"file://{tmp_path}/shards")
    settings.cache_clear()
    there = build(tmp_path / "there", [texts], extractor=FatalExtractor, hands=Hands(scheduler=machines.address))
    assert [(each.path.stem, each.reason) for each in there.set_aside] == [("d011", "The process that read it died.")]
    (texts / "d011.txt").unlink()
    monkeypatch.setenv("KG_SHARDS", "")
    settings.cache_clear()
    here = build(tmp_path / "here", [texts], extractor=FatalExtractor)
    assert (there.documents, there.claims, there.cached) == (here.documents, here.claims, 0)
    assert whole_hash(tmp_path / "there") == whole_hash(tmp_path / "here")
    assert len(list((tmp_path / "shards").glob("*/[0-9a-f]*"))) == 39


@pytest.mark.proof
def test_a_machine_that_is_killed_loses_nothing(tmp_path: Path, machines: Machines) -> None:
    texts, home = lay(tmp_path / "texts", 80), tmp_path / "there"
    done: list[int] = []

    def kill_one() -> None:
        while not done:
            done[:] = [len(found)] if len(found := list((home / "shards").glob("*/[0-9a-f]*"))) >= 16 else []
            time.sleep(0.05)
        machines.workers[0].send_signal(signal.SIGKILL)

    killer = threading.Thread(target=kill_one, daemon=True)
    killer.start()
    there = build(home, [texts], extractor=SlowExtractor, hands=Hands(scheduler=machines.address))
    killer.join(1)
    assert machines.workers[0].wait(5) == -signal.SIGKILL
    assert 16 <= done[0] < 80
    assert (len(there.documents), there.set_aside) == (80, [])
    build(tmp_path / "here", [texts], extractor=FakeExtractor)
    assert whole_hash(home) == whole_hash(tmp_path / "here")


def test_no_scheduler_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.workers.cluster.PATIENCE", 0.5)
    with pytest.raises(CallError, match=r"^No Dask scheduler answers at tcp://127\.0\.0\.1:9\. Start one"):
        build(
            tmp_path / "home",
            [lay(tmp_path / "texts", 2)],
            extractor=FakeExtractor,
            hands=Hands(scheduler="tcp://127.0.0.1:9"),
        )
    assert not Home(tmp_path / "home").has_graph()


def test_dask_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CallError, match=r"needs Dask, which is not installed\. Run make install-cluster\.$"):
        build(
            tmp_path / "home",
            [lay(tmp_path / "texts", 2)],
            extractor=FakeExtractor,
            hands=Hands(scheduler="tcp://127.0.0.1:9"),
        )
