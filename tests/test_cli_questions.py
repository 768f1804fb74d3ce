"""kg query and kg ask: formats, limits, saved questions."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]
pytestmark = pytest.mark.usefixtures("lean", "fresh")

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
    construct = "CONSTRUCT { ?d dcterms:identifier ?id } WHERE { ?d dcterms:identifier ?id FILTER(?id = 'a') }"
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
    subjects = [line for line in out.splitlines() if line.isupper()]
    assert subjects[:2] == ["TRAITÉS", "ACCUSATIONS, MENACES, DÉMENTIS"]
    assert out.index("TRAITÉS") < out.index("parties-on-a-day") < out.index(subjects[1]) < out.index("sanctions\n")


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
