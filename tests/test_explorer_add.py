"""The page Add without a browser: what is taken, what is refused, how far it is, and what came of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from explorer_fixtures import words
from sample import build_home

from kg import explorer
from kg.aside import INBOX
from kg.errors import CallError
from kg.explorer import jobs, uploads
from kg.explorer.jobs import Job, Jobs
from kg.explorer.uploads import Pasted, Upload, received
from kg.read import Rejected
from kg.report import Report
from kg.settings import settings

if TYPE_CHECKING:
    from explorer_fixtures import Visit
    from streamlit.testing.v1 import AppTest

pytest_plugins = ["explorer_fixtures"]

POPEN = subprocess.Popen
TEXT = "La Russie quitte le traité FNI."


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are those of the catalogue, outside a page too."""
    monkeypatch.setattr(uploads, "say", lambda key, **values: explorer.texts.text(key, "en", **values))


@pytest.fixture
def home(visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The pages show this home."""
    place = build_home(tmp_path / "home").path
    monkeypatch.setenv("KG_HOME", str(place))
    settings.cache_clear()
    jobs.jobs.clear()
    yield place
    last = jobs.jobs(str(place)).last
    if last is not None:
        last.cancel()
        assert last.wait(20)


def script(monkeypatch: pytest.MonkeyPatch, *lines: dict[str, Any], wait: bool = False) -> list[list[str]]:
    """Let jobs run a process that tells these lines, and where `wait` then waits for the end of its input."""
    begun: list[list[str]] = []
    told = "".join(json.dumps(line) + "\n" for line in lines)
    code = f"import sys; sys.stdout.write({told!r}); sys.stdout.flush()" + ("; sys.stdin.read()" if wait else "")

    def popen(command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
        begun.append(list(command))
        return POPEN([sys.executable, "-c", code], **options)

    monkeypatch.setattr(jobs.subprocess, "Popen", popen)
    return begun


def report(**fields: Any) -> dict[str, Any]:
    return {"report": Report(**fields).as_dict()}


def press(test: AppTest, label: str) -> AppTest:
    (found,) = [each for each in test.button if each.label == label]
    found.click().run()
    assert not test.exception
    return test


def test_a_pasted_text_is_read_with_what_is_known_of_it(
    home: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = Rejected(home / "x" / "bad.pdf", "It is no PDF.", "Give another.", "damaged", "page 2")
    done = report(snapshot="s", documents=["2019-09-05-offre"], claims=3, mentions=5, events=2, set_aside=[aside])
    begun = script(monkeypatch, {"stage": "documents", "total": 2}, {"advance": 2}, done)
    page = visit("add")
    page.text_area[0].input(TEXT)
    for field, value in zip(page.text_input, ("Un titre", "Le Quotidien", "2019-09-05"), strict=True):
        field.input(value)
    press(page, "Read into the graph")
    last = jobs.jobs(str(home)).last
    assert last is not None
    assert last.wait(20)
    page.run()
    (file,) = last.paths
    assert begun == [[sys.executable, "-m", "kg.explorer.worker", str(file)]]
    assert file.read_text() == TEXT
    told = json.loads(file.with_name(f"{file.stem}.meta.json").read_text())
    assert told == {"title": "Un titre", "publisher": "Le Quotidien", "date": "2019-09-05"}
    said = words(page)
    assert "1 documents read: 5 mentions, 2 events, 3 claims; 0 unchanged." in said
    assert "bad.pdf (page 2) : It is no PDF. Give another." in said
    assert str(home) not in said


def test_a_job_goes_on_while_other_pages_are_read_and_can_be_cancelled(
    home: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(monkeypatch, {"stage": "documents", "total": 4}, {"advance": 1}, wait=True)
    page = visit("add")
    page.text_area[0].input(TEXT)
    press(page, "Read into the graph")
    other = visit("add", lang="fr")  # another window
    assert [each.label for each in other.button] == ["Lire et ajouter au graphe", "Annuler"]
    other.text_area[0].input(TEXT)
    assert "Le graphe est déjà en train d’être modifié." in words(press(other, "Lire et ajouter au graphe"))
    press(page, "Cancel")
    last = jobs.jobs(str(home)).last
    assert last is not None
    assert last.wait(20)
    assert "Cancelled; the graph is as it was." in words(page.run())
    assert last.report is None


def test_a_process_that_fails_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, {"error": ["It is locked.", "Wait."]})
    job = Job([])
    assert job.wait(20)
    assert job.error == ("It is locked.", "Wait.")
    script(monkeypatch)
    job = Job([])
    assert job.wait(20)
    assert job.error == ("The process that reads documents ended with 0.", "Try kg add in a terminal: it says more.")


def test_one_change_at_a_time(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(monkeypatch, wait=True)
    work = Jobs()
    assert work.begin([])
    assert not work.begin([])
    assert work.last is not None
    work.last.cancel()
    assert work.last.wait(20)
    assert work.begin([])
    work.last.cancel()
    assert work.last.wait(20)


def test_nothing_to_read_is_told(home: Path, visit: Visit) -> None:
    assert "There is nothing to read." in words(press(visit("add"), "Read into the graph"))
    assert jobs.jobs(str(home)).last is None


@pytest.mark.parametrize(
    ("files", "pasted", "message"),
    [
        ([], Pasted(" \n"), "There is nothing to read."),
        ([], Pasted(TEXT, date="juin"), "juin is no date."),
        ([Upload("a.exe", b"x")], Pasted(""), "a.exe is of a kind that is not read."),
        ([Upload("a.zip", b"x")], Pasted(""), "a.zip is of a kind that is not read."),
        ([Upload("noend", b"x")], Pasted(""), "noend is of a kind that is not read."),
        ([Upload(f"{n}.txt", b"x") for n in range(51)], Pasted(""), "51 files is too much."),
        ([Upload("a.txt", b"x" * 10_000_001)] * 2, Pasted(""), "20.0 MB is too much."),
    ],
)
def test_what_is_not_taken(tmp_path: Path, files: list[Upload], pasted: Pasted, message: str) -> None:
    with pytest.raises(CallError) as caught:
        received(tmp_path, files, pasted)
    assert caught.value.problem == message
    assert not (tmp_path / INBOX).exists()


def test_files_stay_in_the_inbox_and_replace_no_other(tmp_path: Path) -> None:
    first = received(tmp_path, [Upload("../../étude 1.TXT", b"one")], Pasted(""))
    again = received(tmp_path, [Upload("étude 1.txt", b"one")], Pasted(""))
    other = received(tmp_path, [Upload("c:\\étude 1.txt", b"two")], Pasted(""))
    assert first == again == [tmp_path / INBOX / "étude-1.txt"]
    assert other[0].parent == tmp_path / INBOX
    assert other[0].name.startswith("étude-1-")
    assert [first[0].read_bytes(), other[0].read_bytes()] == [b"one", b"two"]
    hostile = received(tmp_path, [Upload("<img src=x>.txt", b"x"), Upload("....txt", b"y")], Pasted(""))
    assert [each.name for each in hostile] == ["img-src-x.txt", "upload.txt"]


def test_the_process_tells_what_is_wrong_with_the_call(home: Path) -> None:
    job = Job([home / "nowhere.txt"])
    assert job.wait(60)
    assert job.error == (f"{home / 'nowhere.txt'} does not exist.", "Name a file or a folder that does.")
    assert job.report is None
