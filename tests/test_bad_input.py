"""Bad input of every kind, given to the command as a user would give it.

One line says what, where and what to do; the rest goes on; the last good graph stays readable.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes import FakeExtractor, lean_project

from kg.build import build
from kg.cli.command import run
from kg.ids import document_iri
from kg.settings import settings
from kg.store import Home

GOOD = "La Russie quitte le traité FNI."
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
TESTS = Path(__file__).parent
Kg = Callable[..., tuple[int, str, list[str]]]


@pytest.fixture(scope="module", autouse=True)
def _lean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """All tests here build with one rule and a small reference."""
    with lean_project(tmp_path_factory.mktemp("lean")):
        yield


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a good graph of one document."""
    folder = tmp_path_factory.mktemp("good")
    (folder / "bon.txt").write_text(GOOD)
    build(folder / "home", [folder / "bon.txt"], extractor=FakeExtractor)
    return folder / "home"


@pytest.fixture
def kg(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Iterator[Kg]:
    """Runs the command on that home, in an empty folder: exit code, stdout, lines of stderr.

    Whatever it did, the good graph must be readable afterwards.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "kg.extract", types.SimpleNamespace(Extractor=FakeExtractor))
    monkeypatch.setenv("KG_HOME", str(home))
    monkeypatch.setenv("KG_WORKERS", "0")
    settings.cache_clear()

    def call(*arguments: str | Path) -> tuple[int, str, list[str]]:
        capfd.readouterr()
        code = run([str(each) for each in arguments])
        said = capfd.readouterr()
        lines = [line for line in said.err.splitlines() if not line.startswith("kg: Warning: ")]
        return code, said.out, lines

    yield call
    settings.cache_clear()
    assert document_iri("bon") in Home(home).current().manifest["graphs"]
    assert len(Home(home).current().store) > 5_000


def is_set_aside(kg: Kg, home: Path, name: str, content: bytes, why: str) -> None:
    """Adding the file beside a good one sets it aside for this reason, and reads the good one."""
    beside = f"beside-{name.partition('.')[0]}"
    Path(name).write_bytes(content)
    Path(f"{beside}.txt").write_text(GOOD)
    code, out, err = kg("add", name, f"{beside}.txt")
    assert err == [f"kg: {name} is set aside. {why}"]
    assert code == 1
    assert out.startswith("1 document read: ")
    assert document_iri(beside) in Home(home).current().manifest["graphs"]


@pytest.mark.parametrize("workers", [0, 2])
def test_an_empty_file(kg: Kg, home: Path, monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    """Whether this process reads, as in the other tests, or others do."""
    monkeypatch.setenv("KG_WORKERS", str(workers))
    settings.cache_clear()
    why = "It holds no text. Remove it, or save the article's text to it."
    is_set_aside(kg, home, f"vide-{workers}.txt", b"", why)


def test_a_binary_file(kg: Kg, home: Path) -> None:
    data = b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 20
    why = "It is a binary file, not text. Save the article's text as UTF-8 and add that."
    is_set_aside(kg, home, "image.txt", data, why)


def test_a_text_of_five_megabytes(kg: Kg, home: Path) -> None:
    data = (GOOD + "\n").encode() * 157_000
    assert len(data) == 5_181_000
    why = (
        "It holds 5,181,000 bytes, more than the 1,000,000 characters that are read. "
        "Split it, or raise KG_DOCUMENT_CHARACTERS."
    )
    is_set_aside(kg, home, "long.txt", data, why)


def test_a_text_in_another_language(kg: Kg, home: Path) -> None:
    text = b"The two presidents met in Helsinki and agreed to extend the treaty by five years."
    why = (
        "It seems to be in the language en. Only texts in fr are read: leave it out. "
        "If it is French, add language: fr to its metadata."
    )
    is_set_aside(kg, home, "english.txt", text, why)


def test_broken_front_matter(kg: Kg, home: Path) -> None:
    text = f"---\ntitle: Un titre\ndate: hier\n---\n{GOOD}".encode()
    why = "Line 3: date is 'hier': write a date as 2019-09-05, 2019-09 or 2019. Correct it and add the document again."
    is_set_aside(kg, home, "entete.md", text, why)


def test_a_duplicate_identifier(kg: Kg, home: Path, tmp_path: Path) -> None:
    Path("neuf.txt").write_text(GOOD)
    Path("neuf.md").write_text(GOOD)
    Path("bon.txt").write_text("Un autre texte, avec le nom de celui que le graphe connaît.")
    code, _, err = kg("add", tmp_path)
    assert err == [
        f"kg: {tmp_path}/bon.txt is set aside. The graph already holds a document bon, from "
        f"{home.parent}/bon.txt. Rename the file, or run kg forget bon first.",
        f"kg: {tmp_path}/neuf.txt is set aside. Its identifier neuf is already that of {tmp_path}/neuf.md. "
        "Rename one of the two: the name before the last dot identifies a document.",
    ]
    assert code == 1


def test_a_missing_path(kg: Kg, home: Path) -> None:
    before = Home(home).current().name
    Path("autre.txt").write_text(GOOD)
    assert kg("add", "autre.txt", "absent.txt") == (
        2,
        "",
        ["kg: absent.txt does not exist. Name a file or a folder that does."],
    )
    assert Home(home).current().name == before


HOLDER = """
import sys
from pathlib import Path
from kg.store import Home
with Home(Path(sys.argv[1])).write() as draft:
    print("held", flush=True)
    sys.stdin.read()
    draft.discard()
"""


def test_a_locked_home(kg: Kg, home: Path) -> None:
    Path("autre.txt").write_text(GOOD)
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(home)], stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        code, out, err = kg("add", "autre.txt")
        assert kg("query", COUNT)[0] == 0
        assert kg("status", "--json")[1].count(f'"pid": {process.pid}') == 1
        process.communicate()
    assert (code, out, len(err)) == (1, "", 1)
    assert re.fullmatch(
        rf"kg: {home} is being written to by process {process.pid} on \S+ since [\d-]+ [\d:]+ UTC "
        r"\(\d+ seconds?\)\. Wait until it is done, or end that process\.",
        err[0],
    )


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p }",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:9/>",
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "CLEAR ALL",
        "SELECT * { ?s ?p ?o " + "{" * 5_000,
        "\x00\x1b[31m",
        "SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o } ; DROP ALL",
    ],
)
def test_a_broken_or_hostile_query(kg: Kg, query: str) -> None:
    code, out, err = kg("query", query)
    assert (code, out, len(err)) == (2, "", 1)
    assert err[0].startswith("kg: ")
    assert err[0].isprintable()


def test_a_query_without_end(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_QUERY_SECONDS", "0.5")
    settings.cache_clear()
    code, out, err = kg("query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert (code, out, len(err)) == (2, "", 1)


LIMITED = """
import resource, sys, types
sys.path.insert(0, {tests!r})
from fakes import FakeExtractor, lean_project
sys.modules["kg.extract"] = types.SimpleNamespace(Extractor=FakeExtractor)
{before}
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
from kg.cli import main
sys.argv = ["kg", *{arguments!r}]
main()
"""


def without_room(*arguments: str, before: str = "", room: int = 200_000) -> tuple[int, str]:
    """Exit code and stderr of the command where no file may grow beyond `room` bytes, from after the statement `before`."""
    program = LIMITED.format(tests=str(TESTS), arguments=arguments, before=before, room=room)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    return done.returncode, "\n".join(x for x in done.stderr.splitlines() if not x.startswith("kg: Warning: "))


FREE = "Free some space, or choose another place; what was there before is as it was."


def all_but_shards(home: Path) -> list[Path]:
    """What a home holds; what was read of a document is kept even where the graph could not be written."""
    return sorted(path for path in home.rglob("*") if home / "shards" not in (path, *path.parents))


def test_a_disk_without_room(kg: Kg, home: Path, tmp_path: Path) -> None:
    before = all_but_shards(home)
    (tmp_path / "autre.txt").write_text(GOOD)
    unpacked = "import py3langid; py3langid.classify('Bonjour.')"
    assert without_room("build", str(tmp_path), "--home", str(home), before=unpacked) == (
        1,
        f"kg: There is no room left to write {home}/snapshots. {FREE}",
    )
    assert without_room("export", str(tmp_path / "graph.nq"), "--home", str(home)) == (
        1,
        f"kg: There is no room left to write {tmp_path}/graph.nq. {FREE}",
    )
    assert all_but_shards(home) == before
    assert os.listdir(tmp_path) == ["autre.txt"]
    told = f"kg: There is no room left to write {home}/snapshots. {FREE}"
    assert without_room("add", str(tmp_path), "--home", str(home)) == (1, told)
    code, told = without_room("add", str(tmp_path), "--home", str(home), room=4_000_000)
    assert (code, told.count("\n")) == (1, 0)
    assert told.startswith("kg: The model that tells languages cannot be unpacked in ")
    assert kg("query", COUNT)[0] == 0
