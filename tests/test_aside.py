"""What was set aside: listed, kept, read again; standard input and what was fetched."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from fakes import FakeExtractor
from sample import ACR

from kg import aside
from kg.build import add, build
from kg.errors import CallError
from kg.inputs import columns_of
from kg.read import language
from kg.store import Home

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]

FRENCH = "La Russie quitte le traité FNI."
ENGLISH = "The two presidents met in Helsinki and agreed to extend the treaty by five years."


def make(folder: Path) -> Path:
    """A home that read two documents and set three things aside."""
    texts = folder / "t"
    texts.mkdir()
    (texts / "bon.txt").write_text(FRENCH)
    (texts / "english.txt").write_text(ENGLISH)
    (texts / "vide.txt").write_text("")
    (texts / "lignes.jsonl").write_text('{"text": 1}\n' + json.dumps({"text": FRENCH, "id": "ligne"}))
    report = add(folder / "home", [texts], extractor=FakeExtractor)
    assert report.documents == ["bon", "ligne"]
    return folder / "home"


@pytest.fixture
def home(fresh: None, tmp_path: Path) -> Path:
    """Such a home, with texts that a test may change."""
    return make(tmp_path)


@pytest.fixture(scope="module")
def made(lean: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("made"))


@pytest.fixture
def copy(fresh: None, made: Path, tmp_path: Path) -> Path:
    """A copy of such a home, whose texts stay as they are: quicker to make."""
    return Path(shutil.copytree(made, tmp_path / "copy", symlinks=True))


def listed(home: Path) -> list[tuple[str, str, str]]:
    return [(e.rejected.path.name, e.rejected.place, e.rejected.why) for e in aside.entries(home)]


def again(home: Path) -> list[str]:
    return add(home, [], retry=True, extractor=FakeExtractor).documents


def identifiers(home: Path) -> list[str]:
    return [each["identifier"] for each in Home(home).current().manifest["documents"]]


def test_what_was_set_aside_is_listed_from_run_to_run(home: Path, tmp_path: Path) -> None:
    three = [("english.txt", "", "language"), ("lignes.jsonl", "line 1", "metadata"), ("vide.txt", "", "empty")]
    assert listed(home) == three
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "neuf.txt").write_text(FRENCH)
    add(home, [tmp_path / "other"], extractor=FakeExtractor)
    assert listed(home) == three
    assert [each.rejected.why for each in aside.entries(home, "empty")] == ["empty"]


def test_a_file_that_was_mended_is_read_again_and_leaves_the_list(home: Path, tmp_path: Path) -> None:
    (tmp_path / "t" / "vide.txt").write_text(FRENCH)
    (tmp_path / "t" / "lignes.jsonl").write_text(json.dumps({"text": FRENCH, "id": "ligne"}))
    assert again(home) == ["vide"]  # the other document of that file is as it was
    assert listed(home) == [("english.txt", "", "language")]
    assert identifiers(home) == ["bon", "ligne", "vide"]


def test_a_text_in_another_language_is_kept_until_it_can_be_read(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "t" / "english.txt").unlink()
    assert again(home) == []
    assert ("english.txt", "", "language") in listed(home)
    monkeypatch.setattr(language, "PIPELINES", frozenset({"fr", "en"}))
    assert "english" in again(home)
    assert listed(home) == [("lignes.jsonl", "line 1", "metadata"), ("vide.txt", "", "empty")]


def test_a_file_that_is_gone_is_said_to_be(home: Path, tmp_path: Path) -> None:
    (tmp_path / "t" / "vide.txt").unlink()
    again(home)
    assert listed(home)[-1] == ("vide.txt", "", "gone")


def test_a_run_that_fails_leaves_the_list_as_it_was(copy: Path, tmp_path: Path) -> None:
    before = listed(copy)

    def broken(*_: object) -> FakeExtractor:
        raise CallError("No.", "Do not.")

    (tmp_path / "vide.txt").write_text(FRENCH)
    with pytest.raises(CallError):
        add(copy, [tmp_path / "vide.txt"], extractor=broken)
    assert listed(copy) == before


def test_a_build_begins_the_list_anew(home: Path, tmp_path: Path) -> None:
    build(home, [tmp_path / "t" / "bon.txt"], extractor=FakeExtractor)
    assert listed(home) == []


def test_the_command_lists_and_retries(home: Path, tmp_path: Path, kg: Kg) -> None:
    code, out, err = kg("rejected", "--home", home)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        f"language  {tmp_path}/t/english.txt  It seems to be in the language en.",
        f"metadata  {tmp_path}/t/lignes.jsonl, line 1  The column 'text' is no text.",
        f"empty     {tmp_path}/t/vide.txt  It holds no text.",
        "3 documents set aside: empty 1, language 1, metadata 1.",
    ]
    code, out, _ = kg("rejected", "--home", home, "--why", "empty", "--json")
    (entry,) = json.loads(out)
    assert (entry["path"], entry["remedy"]) == (
        f"{tmp_path}/t/vide.txt",
        "Remove it, or save the article's text to it.",
    )
    code, out, err = kg("add", "--retry", "--home", home)
    assert code == 1
    assert len(err.splitlines()) == 3
    assert kg("rejected", "--home", home, "--clear")[1] == "3 documents no longer listed.\n"
    assert kg("rejected", "--home", home)[1] == "Nothing is set aside.\n"
    assert kg("add", "--retry", "--home", home) == (0, "Nothing is set aside.\n", "")


def test_a_name_with_a_line_break_stays_on_one_line(copy: Path, tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "a\nb\x1b[31m.doc").write_text("x")
    code, _, err = kg("add", tmp_path / "a\nb\x1b[31m.doc", "--home", copy)
    assert (code, len(err.splitlines())) == (1, 2)
    assert all(line.isprintable() for line in kg("rejected", "--home", copy)[1].splitlines())


def test_columns_by_the_command(copy: Path, tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "rows.csv").write_text(f"corps;jour;cle\n{FRENCH};2019-08-02;r1\n")
    code, _, err = kg("add", tmp_path / "rows.csv", "--columns", "text=corps,date=jour,id=cle", "--home", copy)
    assert (code, err) == (0, "")
    assert "r1" in identifiers(copy)
    code, _, err = kg("add", tmp_path / "rows.csv", "--columns", "texte=corps", "--home", copy)
    assert code == 2
    assert err.startswith("kg: --columns says 'texte=corps'. Write FIELD=COLUMN, with commas between;")


@pytest.mark.parametrize("text", ["text", "text=", "=a", "text=a,text=b"])
def test_mappings_that_are_none(text: str) -> None:
    with pytest.raises(CallError):
        columns_of(text)


Pipe = Callable[[bytes], None]


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Pipe:
    return lambda data: monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


def test_standard_input_is_kept_and_read(copy: Path, kg: Kg, pipe: Pipe) -> None:
    for _ in range(2):
        pipe(f"---\ndate: 2019-08-02\n---\n{FRENCH}".encode())
        assert kg("add", "-", "--home", copy)[0] == 0
    (name,) = [each for each in identifiers(copy) if each.startswith("stdin-")]
    assert (
        f"<{ACR}document/{name}>"
        in kg("query", "SELECT ?d { ?d dcterms:issued ?i }", "--home", copy, "--format", "tsv")[1]
    )
    assert [path.name for path in (copy / aside.INBOX).iterdir()] == [f"{name}.txt"]


def test_standard_input_that_is_empty(copy: Path, kg: Kg, pipe: Pipe) -> None:
    pipe(b" \n")
    code, _, err = kg("add", "-", "--home", copy)
    assert (code, err) == (2, "kg: There is nothing on standard input. Pipe a document to kg add -.\n")


def test_an_address_inside_the_network_is_set_aside(copy: Path, kg: Kg) -> None:
    code, _, err = kg("add", "--fetch", "http://127.0.0.1:9/a", "--home", copy)
    assert code == 1
    assert err.splitlines()[0].startswith(
        "kg: http://127.0.0.1:9/a is set aside. The host 127.0.0.1 stands at an address that is not public."
    )
    assert ("http://127.0.0.1:9/a", "fetch") in [each[1:] for each in listed(copy)]
    again(copy)
    assert ("http://127.0.0.1:9/a", "fetch") in [each[1:] for each in listed(copy)]
