"""Worker processes: the same graph whatever their number, and no document is fatal."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import FakeExtractor, FatalExtractor, lean_project

from kg import reference, versions
from kg.build import add, build
from kg.cache import Reading, Shelf, key_of, place_at
from kg.errors import CallError, KgError, LexiconError
from kg.model import Document, Reference
from kg.settings import settings
from kg.shards import Task
from kg.store import Home
from kg.workers import Hands, Setup
from kg.workers.crew import Crew

TEXT = "La Russie quitte le traité FNI."


@pytest.fixture(scope="module", autouse=True)
def _lean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with lean_project(tmp_path_factory.mktemp("lean")):
        yield


@pytest.fixture
def texts(tmp_path: Path) -> Callable[..., Path]:
    def lay(**changed: str) -> Path:
        folder = tmp_path / "texts"
        folder.mkdir(exist_ok=True)
        for number in range(30):
            name = f"d{number:02d}"
            (folder / f"{name}.txt").write_text(f"Nouvelle {number}. {changed.get(name, TEXT)}")
        return folder

    return lay


def reading() -> Reading:
    known = reference.load(settings().seeds / "reference")
    return versions.of_reading(known, FakeExtractor.version, settings().ontology / versions.LEXICON)


def setup(home: Path) -> Setup:
    return Setup.of(FatalExtractor, settings().seeds, settings().ontology, home, "", reading())


def tasks(*texts: str) -> list[Task]:
    documents = [Document(f"d{number}", text, f"d{number}.txt") for number, text in enumerate(texts)]
    return [Task(Path(each.source), each, key_of(each, reading())) for each in documents]


@pytest.mark.parametrize("workers", [1, 2])
def test_any_number_of_workers_gives_the_same_graph(tmp_path: Path, texts: Callable[..., Path], workers: int) -> None:
    folder = texts(d07="La Russie est en PANNE.")
    alone = build(tmp_path / "alone", [folder], extractor=FakeExtractor)
    crew = build(tmp_path / "crew", [folder], extractor=FakeExtractor, hands=Hands(workers))
    assert crew.documents == alone.documents
    assert (crew.mentions, crew.events, crew.claims, crew.words) == (
        alone.mentions,
        alone.events,
        alone.claims,
        alone.words,
    )
    assert [each.path for each in crew.set_aside] == [each.path for each in alone.set_aside] == [folder / "d07.txt"]
    assert Home(tmp_path / "crew").current().manifest["hash"] == Home(tmp_path / "alone").current().manifest["hash"]


def test_a_document_that_kills_hangs_or_hoards_is_set_aside_and_the_rest_goes_on(
    tmp_path: Path, texts: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = texts(d03="MORT", d04="SANS FIN", d20="Trop de MÉMOIRE")
    monkeypatch.setenv("KG_DOCUMENT_SECONDS", "1.5")
    settings.cache_clear()
    report = add(tmp_path / "home", [folder], extractor=FatalExtractor, hands=Hands(2))
    assert len(report.documents) == 27
    assert report.documents == sorted(report.documents)
    assert [(each.path.stem, each.reason) for each in report.set_aside] == [
        ("d03", "The process that read it died."),
        ("d04", "Reading it took longer than 1.5 s."),
        ("d20", "Reading it took more memory than a worker may have."),
    ]
    monkeypatch.undo()
    settings.cache_clear()


def test_finished_documents_are_kept_when_the_run_is_stopped(tmp_path: Path, texts: Callable[..., Path]) -> None:
    folder, home = texts(d29="SANS FIN"), tmp_path / "home"
    shards = home / "shards"

    def interrupt() -> None:
        while len(list(shards.glob("*/[0-9a-f]*"))) < 29:
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt, daemon=True).start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        add(home, [folder], extractor=FatalExtractor, hands=Hands(2))
    assert time.monotonic() - began < 60
    assert not Home(home).has_graph()
    assert Home(home).writer() is None
    report = add(home, [texts()], extractor=FatalExtractor, hands=Hands(2))
    assert (len(report.documents), report.cached) == (30, 29)


def test_nothing_is_left_running(tmp_path: Path) -> None:
    told = setup(tmp_path)
    crew = Crew(told, size=2, seconds=30, memory=2500)
    done = [crew.submit(tasks(TEXT, "SANS FIN")) for _ in range(2)]
    while len(crew.pids()) < 2:
        time.sleep(0.05)
    pids = crew.pids()
    crew.close()
    assert all(each.done() for each in done)
    deadline = time.monotonic() + 30
    while any(_lives(pid) for pid in pids):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _lives(pid: int) -> bool:
    try:
        return b"\nState:\tZ" not in Path(f"/proc/{pid}/status").read_bytes()
    except OSError:
        return False


def test_a_worker_that_is_killed_is_replaced(tmp_path: Path) -> None:
    told = setup(tmp_path)
    crew = Crew(told, size=1, seconds=30, memory=2500)
    try:
        assert crew.submit(tasks(TEXT)).result() == [None]
        os.kill(crew.pids()[0], signal.SIGKILL)
        again = tasks("La Russie.", TEXT, "La Russie reste.")
        assert crew.submit(again).result() == [None] * 3
    finally:
        crew.close()
    shelf = Shelf(place_at(tmp_path, ""))
    assert all(shelf.find(task.key, reading()) for task in again)


class Mistaken(FakeExtractor):
    """Finds its lexicon wrong."""

    def __init__(self, reference: Reference, lexicon: Path) -> None:
        raise LexiconError("frames.yaml, line 3: no such role.", "Correct it.")


def test_faults_of_our_own_data_end_the_run(tmp_path: Path, texts: Callable[..., Path]) -> None:
    with pytest.raises(LexiconError, match="no such role"):
        add(tmp_path / "home", [texts()], extractor=Mistaken, hands=Hands(1))
    assert not Home(tmp_path / "home").has_graph()


def test_workers_with_other_data_are_refused(tmp_path: Path) -> None:
    told = setup(tmp_path)
    crew = Crew(replace(told, reading="other"), size=1, seconds=30, memory=2500)
    try:
        with pytest.raises(CallError, match="A worker reads with another program or other data"):
            crew.submit(tasks(TEXT)).result()
    finally:
        crew.close()


def test_a_nursery_that_dies_is_told(tmp_path: Path) -> None:
    told = setup(tmp_path)
    crew = Crew(told, size=1, seconds=30, memory=2500)
    try:
        crew.prepare()
        crew._nursery.kill()
        crew._nursery.wait()
        with pytest.raises(KgError, match="The process that forks the workers died"):
            crew.submit(tasks(TEXT)).result()
    finally:
        crew.close()


def test_how_many_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Hands.chosen(3).workers == 3
    assert Hands.chosen().workers == len(os.sched_getaffinity(0))
    monkeypatch.setenv("KG_WORKERS", "0")
    settings.cache_clear()
    assert not Hands.chosen().are_elsewhere
    assert Hands.chosen(scheduler="tcp://x").are_elsewhere
    settings.cache_clear()
