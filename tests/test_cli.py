"""The command kg: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import types
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fakes import FakeExtractor, lean_project

from kg import __version__
from kg.build import build
from kg.cli.command import run
from kg.settings import settings
from kg.store import Home

TEXT = "La Russie quitte le traité FNI."
TESTS = Path(__file__).parent
Kg = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.txt").write_text("La Russie reste dans le traité.")
    return folder


@pytest.fixture(scope="module", autouse=True)
def _lean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """All tests here build with one rule and a small reference."""
    with lean_project(tmp_path_factory.mktemp("lean")):
        yield


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, files: Path) -> Path:
    """A home with a graph of two documents."""
    home = tmp_path_factory.mktemp("graph") / "home"
    build(home, [files], extractor=FakeExtractor)
    return home


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Each test has settings of its own, works in an empty folder and reads with the fake extractor."""
    monkeypatch.delenv("KG_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "kg.extract", types.SimpleNamespace(Extractor=FakeExtractor))
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture
def kg(capfd: pytest.CaptureFixture[str]) -> Kg:
    """Runs the command in this process: exit code, stdout, stderr."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        settings.cache_clear()
        capfd.readouterr()
        code = run([str(each) for each in arguments])
        said = capfd.readouterr()
        about_seeds = re.compile(r"^kg: Warning: .*rows, .*\n", re.MULTILINE)
        return code, said.out, about_seeds.sub("", said.err)

    return call


def test_version_and_help(kg: Kg) -> None:
    assert kg("--version") == (0, f"kg {__version__}\n", "")
    code, out, err = kg("--help")
    assert (code, err) == (0, "")
    for command in ("build", "add", "forget", "ask", "query", "explore", "status", "check", "export"):
        assert re.search(rf"^. {command} +\w", out, re.MULTILINE), command


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nope"], "kg: No such command 'nope'. See kg --help.\n"),
        (["add"], "kg: Missing argument 'PATH'. See kg add --help.\n"),
        (["status", "--nope"], "kg: No such option: --nope"),
        (["query", "ASK {}", "--format", "xml"], "kg: Invalid value for '--format': 'xml' is not one of "),
        (["add", "nowhere.txt"], "kg: nowhere.txt does not exist. Name a file or a folder that does.\n"),
        (
            ["query", "ASK {}", "--file", "q.rq", "--home", "x"],
            "kg: The folder x holds no graph. Make one with kg build",
        ),
    ],
)
def test_wrong_calls_are_one_line_on_stderr(kg: Kg, arguments: list[str], message: str) -> None:
    code, out, err = kg(*arguments)
    assert err.startswith(message)
    assert err.count("\n") == 1
    assert (code, out) == (1 if "holds no graph" in message else 2, "")


def test_wrong_settings_are_one_line_on_stderr(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_KEEP_SNAPSHOTS", "0")
    assert kg("status") == (
        2,
        "",
        "kg: KG_KEEP_SNAPSHOTS is '0': Input should be greater than or equal to 1. "
        "Correct or unset KG_KEEP_SNAPSHOTS.\n",
    )


def test_build_add_forget_in_words(kg: Kg, files: Path) -> None:
    code, out, err = kg("build", files / "a.txt", "--home", "home")
    assert (code, err) == (0, "")
    assert re.fullmatch(
        r"1 document read: 1 mention, 1 event, 1 claim\.\n"
        r"The graph holds [\d,]+ quads \(snapshot \d{8}T\d{6}-0000\)\.\n"
        r"\d+\.\d s: foundations \d.*\.\n",
        out,
    )
    code, out, err = kg("--home", "home", "add", files)
    assert (code, err) == (0, "")
    assert out.startswith("2 documents read: 2 mentions, 1 event, 1 claim.\n")
    code, out, err = kg("forget", "a", "--home", "home")
    assert (code, err) == (0, "")
    assert out.startswith("1 document forgotten.\n")
    assert kg("forget", "a", "--home", "home") == (
        2,
        "",
        "kg: The graph holds no document a. kg status --documents lists those that it holds.\n",
    )


def test_json_reports(kg: Kg, files: Path) -> None:
    (Path.cwd() / "bad.pdf").write_text("x")
    code, out, err = kg("build", files, "bad.pdf", "--home", "home", "--json")
    report = json.loads(out)
    assert code == 1
    assert err == (
        "kg: bad.pdf is set aside. Its name has the ending .pdf, which no reader knows "
        "(known: .markdown, .md, .txt). Save its text to a file with one of these endings.\n"
    )
    assert report["documents"] == ["a", "b"]
    assert [each["path"] for each in report["set_aside"]] == ["bad.pdf"]
    assert report["snapshot"] == Home(Path("home")).current().name
    code, out, _ = kg("forget", "b", "--home", "home", "--json")
    assert (code, json.loads(out)["forgotten"]) == (0, ["b"])


def test_home_is_taken_from_the_environment_and_the_call_counts_more(
    kg: Kg, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kg("status")[2].startswith("kg: The folder graph holds no graph.")
    monkeypatch.setenv("KG_HOME", str(graph))
    assert kg("status")[0] == 0
    assert kg("--home", "x", "status")[2].startswith("kg: The folder x holds no graph.")
    assert kg("--home", "x", "status", "--home", "y")[2].startswith("kg: The folder y holds no graph.")


def test_status(kg: Kg, graph: Path, files: Path) -> None:
    code, out, err = kg("status", "--home", graph, "--documents")
    assert (code, err) == (0, "")
    found = dict(line.split(maxsplit=1) for line in out.splitlines())
    assert found["home"] == str(graph)
    assert found["documents"] == "2"
    assert re.fullmatch(
        r"[\d,]+ in 5 named graphs: documents \d+, inferred [\d,]+, ontology [\d,]+, reference [\d,]+",
        found["quads"],
    )
    assert found["a"] == (files / "a.txt").as_posix()
    code, out, _ = kg("status", "--home", graph, "--json")
    status = json.loads(out)
    assert (code, status["writer"], len(status["documents"])) == (0, None, 2)
    assert status["path"] == str(Home(graph).current().path)


def test_status_says_which_documents_were_read_with_older_data(
    kg: Kg, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg("build", files / "a.txt", "--home", "home")
    monkeypatch.setattr(FakeExtractor, "version", "fake-2")
    kg("add", files / "b.txt", "--home", "home")
    out = kg("status", "--home", "home")[1]
    assert "documents  2, 1 of them read with older data: kg build reads all anew\n" in out


QUERY = """SELECT ?id { ?document dcterms:identifier ?id } ORDER BY ?id"""


def test_query_by_text_file_and_standard_input(kg: Kg, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = (0, "id\r\na\r\nb\r\n", "")
    Path("q.rq").write_text("\ufeff" + QUERY)
    assert kg("query", QUERY, "--home", graph, "--format", "csv") == expected
    assert kg("query", "--file", "q.rq", "--home", graph, "--format", "csv") == expected
    with Path("q.rq").open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert kg("query", "--home", graph, "--format", "csv") == expected


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("table", "id\n--\na\nb\n"),
        ("tsv", '?id\n"a"\n"b"\n'),
        (
            "json",
            '{"head": {"vars": ["id"]}, "results": {"bindings": [{"id": {"type": "literal", "value": "a"}}, '
            '{"id": {"type": "literal", "value": "b"}}]}}\n',
        ),
    ],
)
def test_query_formats(kg: Kg, graph: Path, format: str, expected: str) -> None:
    assert kg("query", QUERY, "--home", graph, "--format", format) == (0, expected, "")


def test_query_turtle(kg: Kg, graph: Path) -> None:
    construct = (
        "CONSTRUCT { ?d dcterms:identifier ?id } WHERE { ?d dcterms:identifier ?id FILTER(?id = 'a') }"
    )
    code, out, _ = kg("query", construct, "--home", graph, "--format", "turtle")
    assert code == 0
    assert out.splitlines()[-1] == 'acr:document\\/a dcterms:identifier "a" .'
    assert kg("query", QUERY, "--home", graph, "--format", "turtle")[0] == 2


def test_query_that_is_cut_short_says_so(kg: Kg, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_QUERY_ROWS", "1")
    assert kg("query", QUERY, "--home", graph, "--format", "csv") == (
        0,
        "id\r\na\r\n",
        "kg: The result is cut short: at most 1 rows are given. Raise KG_QUERY_ROWS, or add LIMIT.\n",
    )


def test_query_given_twice_or_not_at_all(kg: Kg, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kg("query", "ASK {}", "--file", "q.rq", "--home", graph)[2] == (
        "kg: There are two queries: TEXT and --file. Give one of them.\n"
    )
    assert kg("query", "--file", "q.rq", "--home", graph)[2] == (
        "kg: q.rq cannot be read: No such file or directory. Name a file that holds a query.\n"
    )
    with Path(os.devnull).open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        assert kg("query", "--home", graph) == (
            2,
            "",
            "kg: The query is empty. Give it as TEXT, by --file, or on standard input.\n",
        )


def test_ask_lists_the_saved_questions(kg: Kg) -> None:
    code, out, _ = kg("ask", "--language", "fr")
    assert code == 0
    assert "parties-on-a-day\n    Quels États étaient parties à un traité à une date donnée ?\n" in out
    assert "    --set day=2019-08-01  " in out


def test_ask_a_saved_question_by_name_of_things(kg: Kg, graph: Path) -> None:
    answer = kg("ask", "documents-mentioning", "--set", "entity=Russie", "--home", graph)
    assert (answer[0], answer[2]) == (0, "")
    rows = [line.split()[0] for line in answer[1].splitlines()[2:]]
    assert rows == ["a", "b"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["partys-on-a-day"], "There is no saved question partys-on-a-day. Near it: parties-on-a-day, "),
        (["zzz"], "There is no saved question zzz. kg ask lists them all.\n"),
        (["sources", "--set", "x"], "--set x sets nothing. Write --set NAME=VALUE.\n"),
        (["parties-on-a-day", "--set", "day=1", "--set", "day=2"], "--set gives day twice. Give it once.\n"),
        (["parties-on-a-day", "--set", "dai=1"], "The question 'parties-on-a-day' has no parameter 'dai'."),
    ],
)
def test_questions_that_are_not_there(kg: Kg, graph: Path, arguments: list[str], message: str) -> None:
    code, out, err = kg("ask", *arguments, "--home", graph)
    assert (code, out) == (2, "")
    assert err.startswith(f"kg: {message}")


def test_language_of_the_environment_is_checked(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_LANGUAGE", "de")
    assert kg("ask")[0] == 2


def test_export(kg: Kg, graph: Path) -> None:
    assert kg("export", "graph.nq", "--home", graph) == (0, "", "")
    assert len(Path("graph.nq").read_bytes().splitlines()) == Home(graph).current().manifest["quads"]
    assert kg("export", "graph.xls", "--home", graph) == (
        2,
        "",
        "kg: graph.xls has an unknown ending. End its name in .nq, .trig, .nt, .ttl, .jsonld, .rdf.\n",
    )


@pytest.fixture
def one_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ontology with one of its checks, so that these tests do not depend on how the seeds are kept."""
    ontology, folder = settings().ontology, tmp_path / "ontology"
    (folder / "queries" / "checks").mkdir(parents=True)
    shutil.copy(ontology / "arms-control.ttl", folder)
    shutil.copy(ontology / "queries" / "checks" / "claim-incomplete.rq", folder / "queries" / "checks")
    (folder / "queries" / "checks" / "profile.yaml").write_text("claim-incomplete: error\n")
    monkeypatch.setenv("KG_ONTOLOGY", str(folder))


@pytest.mark.usefixtures("one_check")
def test_check_passes_on_a_good_graph_and_fails_on_a_bad_one(kg: Kg, graph: Path, tmp_path: Path) -> None:
    assert kg("check", "--home", graph) == (0, "0 errors, 0 warnings.\n", "")
    spoil(graph, tmp_path / "bad")
    code, out, _ = kg("check", "--home", tmp_path / "bad", "--json")
    findings = json.loads(out)["findings"]
    assert code == 1
    assert [(each["check"], each["severity"]) for each in findings] == [("claim-incomplete", "error")]
    code, out, _ = kg("check", "--home", tmp_path / "bad")
    assert code == 1
    assert re.search(r"^error: .* \[claim-incomplete\]$", out, re.MULTILINE)


def spoil(graph: Path, home: Path) -> None:
    """Write a copy of the graph in which a claim has lost its modality."""
    store = Home(graph).current().store
    with Home(home).write() as draft:
        for name in store.named_graphs():
            quads = store.quads_for_pattern(None, None, None, name)
            draft.replace_graph(name.value, [q for q in quads if not q.predicate.value.endswith("#modality")])


@pytest.mark.usefixtures("one_check")
def test_check_with_the_reasoner(kg: Kg, graph: Path, tmp_path: Path) -> None:
    code, out, _ = kg("check", "--owl", "--home", graph, "--json")
    assert (code, json.loads(out)) == (0, {"findings": [], "contradictions": []})
    with (tmp_path / "ontology" / "arms-control.ttl").open("a") as ontology:
        ontology.write("\nac:State owl:disjointWith ac:Agent .\n")
    code, out, _ = kg("check", "--owl", "--home", graph)
    assert code == 1
    assert re.search(r"^error: .* \[owl\]$", out, re.MULTILINE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert isinstance(port, int)
    return port


def test_explore_wants_a_graph_and_a_free_port(kg: Kg, graph: Path) -> None:
    assert kg("explore", "--home", "x")[2].startswith(f"kg: The folder {Path.cwd() / 'x'} holds no graph.")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert kg("explore", "--home", graph, "--port", str(port)) == (
            2,
            "",
            f"kg: Port {port} cannot be used: Address already in use. Choose another with --port.\n",
        )


def test_explore_serves_this_machine_until_it_is_interrupted(graph: Path) -> None:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "kg.cli",
        "explore",
        "--no-browser",
        "--port",
        str(port),
        "--home",
        str(graph),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"The explorer is at http://127.0.0.1:{port} (Ctrl-C ends it).\n"
        assert answer(f"http://127.0.0.1:{port}/_stcore/health") == "ok"
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1)


def answer(url: str) -> str:
    """What the server says, once it is up."""
    for _ in range(150):
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return str(response.read().decode())
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")


SLOW = """
import sys, time, types
sys.path.insert(0, {tests!r})
from fakes import FakeExtractor, lean_project

class Slow(FakeExtractor):
    def pipe(self, documents):
        print("reading", flush=True)
        time.sleep(60)

sys.modules["kg.extract"] = types.SimpleNamespace(Extractor=Slow)
from kg.cli import main
sys.argv = ["kg", "add", {file!r}, "--home", {home!r}]
main()
"""


def test_an_interrupt_leaves_the_graph_as_it_was(kg: Kg, files: Path) -> None:
    kg("build", files / "a.txt", "--home", "home")
    before = sorted(Path("home").rglob("*"))
    program = SLOW.format(tests=str(TESTS), file=str(files / "b.txt"), home="home")
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "reading\n"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.splitlines()[-1] == "kg: Interrupted; the graph is as it was."
    assert "Traceback" not in err
    assert sorted(Path("home").rglob("*")) == before


def test_a_reader_that_goes_away_is_no_error(graph: Path) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 10000"
    command = [sys.executable, "-m", "kg.cli", "query", query, "--home", str(graph)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_querying_loads_no_model_and_no_reasoner() -> None:
    program = (
        "import sys, kg.cli, kg.query\n"
        "print(sorted({'spacy', 'owlready2', 'streamlit', 'rdflib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
