"""The documentation is true: its commands, settings, questions, files, modules, prefixes and outputs are those of the program."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
from typer.exceptions import TyperException

from kg import reason, reference, treaties
from kg.cli.command import app
from kg.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH, PREFIXES, REFERENCE_GRAPH
from kg.query import questions
from kg.settings import ROOT, Settings, settings
from kg.store import FORMATS, Home

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
READING = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(app).commands
QUESTIONS = questions(ROOT / "ontology" / "queries" / "competency")

BLOCKS = re.findall(r"^```console\n(.+?)^```", README, re.MULTILINE | re.DOTALL)
PROMPT = re.compile(r"^\$ ", re.MULTILINE)
CALL = re.compile(r"(?:\.venv/bin/)?kg (.+?)(?: \| cut -c1-(\d+))?\Z", re.DOTALL)


def calls() -> Iterator[tuple[str, list[str], int | None, str]]:
    """Each command of the README's consoles as its line, its words, the width that it is cut to, and its output."""
    for block in BLOCKS:
        for entry in PROMPT.split(block)[1:]:
            line, output = _command(entry)
            if match := CALL.match(line):
                yield line, shlex.split(match[1]), int(match[2]) if match[2] else None, output


def _command(entry: str) -> tuple[str, str]:
    """A console's entry as its command, which goes on over lines until its quotation marks close, and its output."""
    lines = entry.split("\n")
    for count in range(1, len(lines) + 1):
        command = "\n".join(lines[:count])
        if command.count("'") % 2 == 0:
            return command, "\n".join(lines[count:])
    raise AssertionError(f"quotation marks stay open: {entry}")


CALLS = list(calls())
ASKED = [call for call in CALLS if call[1][0] in ("ask", "query", "bound", "parties", "timeline") and call[3]]
REFERENCE_ALONE = ("parties-on-a-day", "ac:Withdrawal", "kg bound", "kg parties", "kg timeline")
"""Words of the commands whose whole output rests on the reference data, so that it is compared to the letter."""


def _context(words: list[str]) -> None:
    """Parse a call as the command does; raises TyperException where it has no such command, option or value."""
    group = typer.main.get_command(app)
    context = group.make_context("kg", list(words))
    name, command, rest = group.resolve_command(context, [*context._protected_args, *context.args])
    command.make_context(name, rest, parent=context)


@pytest.mark.parametrize("call", CALLS, ids=[call[0].split("\n")[0] for call in CALLS])
def test_command_of_the_readme_can_be_called_so(call: tuple[str, list[str], int | None, str]) -> None:
    _context(call[1])


def test_a_wrong_call_would_be_seen() -> None:
    with pytest.raises(TyperException, match="No such option"):
        _context(["ask", "sources", "--sett", "a=b"])


def test_every_command_is_in_the_readme() -> None:
    table = re.findall(r"^\| `kg (\w+)", README, re.MULTILINE)
    assert table == list(COMMANDS)
    assert len(CALLS) > 10


def test_commands_named_in_the_text_exist() -> None:
    named = {name for page in PAGES for name in re.findall(r"`kg ([a-z]+)[^`]*`", page.read_text(encoding="utf-8"))}
    assert named <= set(COMMANDS)
    assert "compare" in named


def test_settings_are_those_of_the_program() -> None:
    rows = re.findall(r"^\| `KG_(\w+)` \|", README, re.MULTILINE)
    assert [row.lower() for row in rows] == list(Settings.model_fields)
    others = {"KG_CHROMIUM", "KG_MODEL"}
    for page in PAGES:
        unknown = set(re.findall(r"\bKG_[A-Z_]+[A-Z]\b", page.read_text(encoding="utf-8"))) - others
        assert {name.removeprefix("KG_").lower() for name in unknown} <= set(Settings.model_fields), page


def test_defaults_of_settings_are_those_of_the_program() -> None:
    rows = dict(re.findall(r"^\| `KG_(\w+)` \| `([^`]*)` \|", README, re.MULTILINE))
    for name in (
        "HOME",
        "LANGUAGE",
        "KEEP_SNAPSHOTS",
        "QUERY_SECONDS",
        "QUERY_ROWS",
        "DOCUMENT_CHARACTERS",
        "LLM_SECONDS",
    ):
        default = Settings.model_fields[name.lower()].default
        assert rows[name] == (f"{default:g}" if isinstance(default, float) else str(default)), name


def test_saved_questions_named_exist() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]+\?) \|$", README, re.MULTILINE))
    assert rows == {name: QUESTIONS[name].title["en"] for name in rows if name in QUESTIONS}
    assert len(rows) > 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_to_files_resolve(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
    files = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in files if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_paths_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    paths = re.findall(r"`((?:kg|ontology|seeds|tests|benchmarks|docs|tools|\.ci)/[\w./-]+)`", text)
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_anchors_resolve(page: Path) -> None:
    for target in re.findall(r"\]\(([^)]*#[^)]+)\)", page.read_text(encoding="utf-8")):
        file, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        text = ((page.parent / file) if file else page).read_text(encoding="utf-8")
        titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
        assert anchor in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}, target


def test_architecture_names_every_module_once_and_no_other() -> None:
    named = re.findall(r"^\| `(kg/[\w/]+\.py)` \|", ARCHITECTURE, re.MULTILINE)
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "kg").rglob("*.py")}
    assert (modules - set(named), set(named) - modules) == (set(), set())
    assert len(named) == len(set(named))


def test_architecture_names_the_steps_that_exist() -> None:
    steps = re.findall(r"`([\w/]+\.py)`", ARCHITECTURE.partition("## How a text is read")[2].partition("## Queries")[0])
    assert [step for step in steps if not (ROOT / "kg" / "extract" / step).exists()] == []
    assert len(steps) > 15


def test_architecture_shows_the_layers_that_are_checked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    lines = [", ".join(re.split(r" [:|] ", layer)) for layer in layers]
    shown = re.search(r"downwards:\n\n((?: {4}.+\n)+)", ARCHITECTURE)
    assert shown is not None
    assert [line.strip().split("  ")[0] for line in shown[1].splitlines()] == lines


def test_reading_shows_a_pattern_as_it_stands() -> None:
    (pattern,) = re.findall(r"^```yaml\n(.+?)^```", READING, re.MULTILINE | re.DOTALL)
    assert pattern in (ROOT / "ontology" / "lexicon" / "fr" / "ArmsTransfer.yaml").read_text(encoding="utf-8")


def test_glossary_has_the_prefixes() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| `(\w+):` \| `([^`]+)` \|", glossary, re.MULTILINE)) == PREFIXES


def test_glossary_defines_terms_of_the_ontology() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    ontology = (ROOT / "ontology" / "arms-control.ttl").read_text(encoding="utf-8")
    terms = set(re.findall(r"`ac:(\w+)", glossary))
    assert [term for term in sorted(terms) if not re.search(rf"^ac:{term}\b", ontology, re.MULTILINE)] == []
    assert len(terms) > 20


def test_export_formats_are_named() -> None:
    assert set(re.findall(r"`(\.[a-z]+)`", README)) >= set(FORMATS)


@pytest.fixture(scope="module")
def reference_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the ontology, the reference data and the status of treaties, and no document."""
    home = Home(tmp_path_factory.mktemp("docs") / "home")
    with home.write() as draft:
        draft.replace_graph(ONTOLOGY_GRAPH, reason.ontology_quads(ROOT / "ontology"))
        draft.replace_graph(REFERENCE_GRAPH, reference.quads(ROOT / "seeds" / "reference"))
        draft.replace_graph(INFERRED_GRAPH, treaties.status_quads(draft.store))
    return home.path


@pytest.mark.parametrize("call", ASKED, ids=[call[0].split("\n")[0] for call in ASKED])
def test_tables_are_what_the_command_prints(
    kg: Kg, reference_graph: Path, call: tuple[str, list[str], int | None, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KG_LANGUAGE", raising=False)
    settings.cache_clear()
    line, words, width, shown = call
    code, printed, _ = kg(*words, "--home", reference_graph)
    assert code == 0
    columns, shown_columns = printed.split("\n")[0].split(), shown.split("\n")[0].split()
    whole = shown_columns[:-1] if width else shown_columns  # the last one may be cut
    assert columns[: len(whole)] == whole
    if any(word in line for word in REFERENCE_ALONE):  # the rows of others rest on documents
        assert [row[:width].rstrip() for row in printed.split("\n")] == shown.split("\n")
