"""The command kg: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import FakeExtractor

from kg import __version__
from kg.settings import settings
from kg.store import Home

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]
pytestmark = pytest.mark.usefixtures("lean", "fresh")

TESTS = Path(__file__).parent


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
        (["add"], "kg: There is nothing to add. Name files or folders, - for standard input, --fetch or --retry.\n"),
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
    assert out.startswith("1 document read: 1 mention, 0 events, 0 claims.\n1 more unchanged.\n")
    code, out, err = kg("forget", "a", "--home", "home")
    assert (code, err) == (0, "")
    assert out.startswith("1 document forgotten.\n")
    assert kg("forget", "a", "--home", "home") == (
        2,
        "",
        "kg: The graph holds no document a. kg status --documents lists those that it holds.\n",
    )


def test_json_reports(kg: Kg, files: Path) -> None:
    (Path.cwd() / "bad.doc").write_text("x")
    code, out, err = kg("build", files, "bad.doc", "--home", "home", "--json")
    report = json.loads(out)
    assert code == 1
    assert err == (
        "kg: bad.doc is set aside. Its name has the ending .doc, which no reader knows "
        "(known: .atom, .csv, .eml, .htm, .html, .json, .jsonl, .markdown, .md, .ndjson, .pdf, .rss, .tsv, .txt, .xhtml, .xml, .zip). Save its text to a file with one of these endings.\n"
    )
    assert report["documents"] == ["a", "b"]
    assert [each["path"] for each in report["set_aside"]] == ["bad.doc"]
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
    """The ontology with one of its checks and one of its shapes, so that these tests do not depend on how the seeds are kept."""
    ontology, folder = settings().ontology, tmp_path / "ontology"
    (folder / "queries" / "checks").mkdir(parents=True)
    shutil.copy(ontology / "arms-control.ttl", folder)
    shutil.copy(ontology / "queries" / "checks" / "functional-twice.rq", folder / "queries" / "checks")
    (folder / "queries" / "checks" / "profile.yaml").write_text("functional-twice: error\n")
    (folder / "shapes").mkdir()
    shutil.copy(ontology / "shapes" / "Claim.ttl", folder / "shapes")
    monkeypatch.setenv("KG_ONTOLOGY", str(folder))


@pytest.mark.usefixtures("one_check")
def test_check_passes_on_a_good_graph_and_fails_on_a_bad_one(kg: Kg, graph: Path, tmp_path: Path) -> None:
    assert kg("check", "--home", graph) == (0, "0 errors, 0 warnings.\n", "")
    spoil(graph, tmp_path / "bad")
    code, out, _ = kg("check", "--home", tmp_path / "bad", "--json")
    findings = json.loads(out)["findings"]
    assert code == 1
    assert [(each["check"], each["severity"]) for each in findings] == [("shapes/Claim", "error")]
    assert findings[0]["place"] == "document/a"
    code, out, _ = kg("check", "--home", tmp_path / "bad")
    assert code == 1
    assert re.search(
        r"^error +shapes/Claim +document/a +\S+, ac:modality: A claim has one modality.*  The fault", out, re.MULTILINE
    )


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
    assert re.search(r"^error +owl +These contradict each other: acr:state/\w+ type State; ", out, re.MULTILINE)


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
        try:
            assert process.wait(20) == 0
        finally:
            process.kill()
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
        "import sys, kg.cli, kg.query\nprint(sorted({'spacy', 'owlready2', 'streamlit', 'rdflib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
