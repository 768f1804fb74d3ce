"""Kills at random moments: whatever is being done, the last good graph answers, and the work comes to the same end."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox
import pytest
from fakes import FakeExtractor, lean_project

from kg.build import add, build, forget
from kg.namespaces import PREFIXES
from kg.query import bind, questions
from kg.settings import settings
from kg.store import Home, verify

pytestmark = pytest.mark.proof

KILLS = 12
"""Of each of the five works: 60 in all."""
SEED = 5
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["fakes", "kg.build"])
"""Children begin in milliseconds and share no open store with this process."""

Work = Callable[[Path, Path], None]


def building(home: Path, files: Path) -> None:
    build(home, [files / "first"], extractor=FakeExtractor)


def adding(home: Path, files: Path) -> None:
    add(home, [files / "second"], extractor=FakeExtractor)


def forgetting(home: Path, files: Path) -> None:
    known = Home(home).current().manifest["documents"]
    forget(home, [each["identifier"] for each in known if each["identifier"] in ("d00", "d01")])


def publishing(home: Path, files: Path) -> None:
    """What there is, published once more: no reading and no inferring, so that most kills fall into publishing."""
    with Home(home).write() as draft:
        draft.versions["program"] = "published again"


def collecting(home: Path, files: Path) -> None:
    Home(home).collect(1)


WORKS: dict[str, Work] = {work.__name__: work for work in (building, adding, forgetting, publishing, collecting)}


def child(name: str, home: Path, files: Path, environment: dict[str, str], pipe: Connection) -> None:
    """Do a work in a process of its own, and tell when it begins and how long it took."""
    os.environ.update(environment)
    settings.cache_clear()
    pipe.send("ready")
    start = time.monotonic()
    WORKS[name](home, files)
    pipe.send(time.monotonic() - start)


def do(name: str, home: Path, files: Path, kill_after: float | None = None) -> float | None:
    """Do a work in another process, which is killed after so many seconds; gives how long it took, None where killed."""
    environment = {key: value for key, value in os.environ.items() if key.startswith("KG_")}
    here, there = PROCESSES.Pipe()
    process = PROCESSES.Process(target=child, args=(name, home, files, environment, there))
    process.start()
    there.close()
    assert here.recv() == "ready"
    if kill_after is not None:
        process.join(kill_after)
        process.kill()  # a process that has ended by now is left alone
    process.join()
    if process.exitcode == -signal.SIGKILL:
        return None
    took: float = here.recv()
    return took


def answers(home: Path) -> dict[str, list[str]]:
    """What the saved questions give over the current snapshot, each with its defaults."""
    known = questions(settings().ontology / "queries" / "competency")
    store = Home(home).current().store
    return {name: [str(row) for row in rows(store, bind(each, {}))] for name, each in known.items()}


def rows(store: ox.Store, text: str) -> ox.QuerySolutions:
    solutions = store.query(text, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with lean_project(tmp_path_factory.mktemp("lean")), pytest.MonkeyPatch.context() as patch:
        patch.setenv("KG_KEEP_SNAPSHOTS", "50")  # what a work began with must not be pruned between the kills
        settings.cache_clear()
        yield


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    for part, numbers in (("first", range(20)), ("second", range(20, 40))):
        (folder / part).mkdir()
        for number in numbers:
            text = "La Russie quitte le traité FNI. La Russie reste. " * (number % 5 + 1)
            (folder / part / f"d{number:02d}.txt").write_text(f"Nouvelle {number}.\n{text}")
    return folder


@pytest.mark.parametrize("name", WORKS)
def test_killed_at_random_moments(tmp_path: Path, project: None, files: Path, name: str) -> None:
    reference = tmp_path / "reference"
    prepare(name, reference, files)
    before, hash_before = answers(reference), Home(reference).current().manifest["hash"]
    took = do(name, reference, files)
    assert took is not None
    after, hash_after = answers(reference), Home(reference).current().manifest["hash"]
    chance, killed, tries = random.Random(f"{SEED}{name}"), 0, 0
    home = tmp_path / "home"
    prepare(name, home, files)
    while killed < KILLS:
        tries += 1
        assert tries < 10 * KILLS
        if name == "collecting":
            prepare_to_collect(home, files)
        whole = do(name, home, files, kill_after=chance.uniform(0, took))
        killed += whole is None
        took = whole or took  # what it takes when the machine is as busy as now
        current = Home(home).current()
        assert verify(current) == []
        found = current.manifest["hash"]
        assert found in (hash_before, hash_after)
        assert answers(home) == (after if found == hash_after else before)
        assert Home(home).writer() is None
        if found == hash_after != hash_before:  # it was published: begin anew
            Home(home).rollback(first_with(home, hash_before))
    do(name, home, files)
    assert Home(home).current().manifest["hash"] == hash_after
    assert answers(home) == after
    assert verify(Home(home).current()) == []
    assert sorted(os.listdir(home / "snapshots")) == Home(home).names()
    if name == "collecting":
        assert Home(home).names() == [Home(home).current().name]


def prepare(name: str, home: Path, files: Path) -> None:
    """The graph that the work begins with; for collecting, several snapshots of it."""
    build(home, [files / "second" if name == "building" else files / "first"], extractor=FakeExtractor)
    if name == "collecting":
        prepare_to_collect(home, files)


def prepare_to_collect(home: Path, files: Path) -> None:
    for _ in range(3):
        publishing(home, files)


def first_with(home: Path, value: str) -> str:
    """The newest snapshot kept that has this hash."""
    place = Home(home)
    return next(name for name in reversed(place.names()) if place.snapshot(name).manifest["hash"] == value)
