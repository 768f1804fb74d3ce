"""The saved questions: each gives the rows of tests/data/questions over one of the two sample graphs, and no others.

Cells are written as a reader would: entities by the end of their IRI, terms of the ontology by their name.
"""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import TYPE_CHECKING

import dispatches
import pyoxigraph as ox
import pytest
import sample
import yaml
from sample import ACR, ROOT

from kg.catalogue import Case, catalogue, expected
from kg.errors import DataError, OntologyError
from kg.explorer import texts
from kg.namespaces import AC, PREFIXES
from kg.query import Names, bind, grouped, questions
from kg.query.saved import OTHERS

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]

FOLDER = ROOT / "ontology" / "queries" / "competency"
QUESTIONS = questions(FOLDER)
EXPECTED = expected(ROOT / "tests" / "data" / "questions")
FILED = [(name, case) for name, cases in EXPECTED.items() for case in cases]


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ox.Store]:
    """The sample graphs, by the names that the files of expected rows give them."""
    return {
        module.__name__: module.build_home(tmp_path_factory.mktemp(module.__name__)).current().store
        for module in (sample, dispatches)
    }


@pytest.fixture(scope="module")
def names(graphs: dict[str, ox.Store]) -> dict[str, Names]:
    return {name: Names(store) for name, store in graphs.items()}


def cell(term: object) -> str:
    text = "" if term is None else str(getattr(term, "value", term))
    return text.removeprefix(ACR).removeprefix(AC)


def answer(store: ox.Store, text: str) -> ox.QuerySolutions:
    solutions = store.query(text, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


@pytest.mark.parametrize(
    ("name", "case"), FILED, ids=[f"{name}-{case.graph}-{'-'.join(case.set.values())}" for name, case in FILED]
)
def test_rows(graphs: dict[str, ox.Store], names: dict[str, Names], name: str, case: Case) -> None:
    solutions = answer(graphs[case.graph], bind(QUESTIONS[name], case.set, names[case.graph]))
    columns = [variable.value for variable in solutions.variables]
    assert [{each: cell(row[each]) for each in columns if row[each] is not None} for row in solutions] == case.rows


def test_every_question_has_expected_rows() -> None:
    with_rows = {name for name, cases in EXPECTED.items() if cases[0].rows}
    assert with_rows == set(QUESTIONS)
    assert len(QUESTIONS) >= 60


@pytest.mark.parametrize("name", [name for name in EXPECTED if QUESTIONS[name].parameters])
def test_a_value_of_a_parameter_changes_the_rows(name: str) -> None:
    """Of one graph, two settings give different rows: what is set is not idle."""
    by_graph: dict[str, list[list[dict[str, str]]]] = {}
    for case in EXPECTED[name]:
        rows = by_graph.setdefault(case.graph, [])
        if case.rows not in rows:
            rows.append(case.rows)
    assert max(map(len, by_graph.values())) > 1


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_file_runs_as_it_stands_and_means_its_defaults(graphs: dict[str, ox.Store], name: str) -> None:
    question = QUESTIONS[name]
    assert bind(question, {}) == question.text
    columns = {variable.value for variable in answer(graphs["sample"], question.text).variables}
    assert columns - texts.terms("columns").keys() - texts.catalogue().keys() == set()


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_is_named_as_its_file_and_asked_in_both_languages(name: str) -> None:
    question = QUESTIONS[name]
    assert (FOLDER / f"{name}.rq").is_file()
    assert question.group != OTHERS
    assert question.title["en"].endswith("?")
    assert question.title["fr"].endswith(" ?")
    assert question.title["en"] != question.title["fr"]


def test_questions_are_listed_by_subject_in_the_order_of_their_file() -> None:
    subjects = [group for group, _ in grouped(QUESTIONS)]
    assert [group.id for group in subjects] == list(
        yaml.safe_load((FOLDER / "groups.yaml").read_text(encoding="utf-8"))
    )
    assert [each.id for _, found in grouped(QUESTIONS) for each in found] == list(QUESTIONS)
    assert all(group.title["en"] and group.title["fr"] for group in subjects)


@pytest.mark.parametrize(
    ("header", "groups", "message"),
    [
        ("# group: x", "y: {en: Y, fr: Y}", "there is no group 'x'"),
        ("# group: x", "x: {en: X}", "the groups are malformed"),
        ("# group: x", "x: [", "the groups are malformed"),
        ("# group: x", "x: {de: X}", "the groups are malformed"),
    ],
)
def test_wrong_groups_are_refused(tmp_path: Path, header: str, groups: str, message: str) -> None:
    (tmp_path / "q.rq").write_text(f"# id: q\n{header}\n# en: Q?\n# fr: Q ?\nASK {{}}\n")
    (tmp_path / "groups.yaml").write_text(groups)
    with pytest.raises(OntologyError, match=message):
        questions(tmp_path)


def test_a_question_without_a_group_stands_with_the_others(tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("# id: q\n# en: Q?\n# fr: Q ?\n# note: One.\n# note-fr: Un.\n# note: Two.\nASK {}\n")
    assert [(group, [each.note for each in found]) for group, found in grouped(questions(tmp_path))] == [
        (OTHERS, [{"en": "One. Two.", "fr": "Un."}])
    ]


def test_a_note_in_one_language_is_refused(tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("# id: q\n# en: Q?\n# fr: Q ?\n# note: One.\nASK {}\n")
    with pytest.raises(OntologyError, match="the note stands in one language only"):
        questions(tmp_path)


def test_the_catalogue_is_current(kg: Kg, tmp_path: Path) -> None:
    text = catalogue(QUESTIONS, EXPECTED)
    assert (ROOT / "docs" / "questions.md").read_text(encoding="utf-8") == text, "Run kg questions."
    assert kg("questions", "-") == (0, text, "")
    assert kg("questions", tmp_path / "q.md") == (0, f"{tmp_path / 'q.md'}: {len(QUESTIONS)} questions.\n", "")


def test_the_catalogue_shows_question_parameters_query_and_rows() -> None:
    question = QUESTIONS["meetings"]
    case = Case(graph="sample", set={"at": "Osaka"}, rows=[{"one": "a|b", "place": "<i>"}, {"one": "c"}])
    text = catalogue({"meetings": question}, {"meetings": [case]})
    assert "- **Talks, meetings, cooperation** (*Négociations, rencontres, coopération*)\n" in text
    assert "  - [Who met whom, when and where?](#meetings)\n" in text
    assert "| `at` | entity | any | place or gathering (*lieu ou rencontre*) |\n" in text
    assert f"```sparql\n{question.text}```\n" in text
    assert f"{question.note['en']}  \n*{question.note['fr']}*\n" in text
    assert (
        "`kg ask meetings --set 'at=Osaka'` gives, of 2:\n\n| one | place |\n| --- | --- |\n| a\\|b | &lt;i> |\n| c |  |\n"
        in text
    )


@pytest.mark.parametrize("content", ["- {graph: moon, rows: []}", "[", "- {graph: sample}", "- {rows: []}"])
def test_malformed_expectations_are_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "q.yaml").write_text(content)
    with pytest.raises(DataError, match=r"q\.yaml: "):
        expected(tmp_path)


def test_no_query_of_ours_asks_with_not_exists() -> None:
    """The engine evaluates it row by row, 186 times as slowly as MINUS on a million quads."""
    queries = sorted((ROOT / "ontology").rglob("*.rq"))
    assert len(queries) > 40
    assert [path.name for path in queries if re.search(r"NOT\s+EXISTS", path.read_text(encoding="utf-8"), re.I)] == []


NARROWED = {name: question for name, question in QUESTIONS.items() if "# with " in question.text}


@pytest.mark.parametrize("name", NARROWED)
def test_what_narrows_a_question_down_changes_no_row(name: str, graphs: dict[str, ox.Store]) -> None:
    question = NARROWED[name]
    plain = dataclasses.replace(question, text=re.sub(r"^\s*# with .*\n", "", question.text, flags=re.MULTILINE))
    kinds = ("state/RUS", "state/USA", "state/FRA", "person/vladimir-putin", "treaty/inf", "place/moscow")
    for store in graphs.values():
        for parameter in re.findall(r"# with (\w+):", question.text):
            for entity in kinds:
                narrowed = bind(question, {parameter: ACR + entity})
                assert f"# with {parameter}:" not in narrowed
                expected_rows = sorted(map(str, answer(store, bind(plain, {parameter: ACR + entity}))))
                assert sorted(map(str, answer(store, narrowed))) == expected_rows


def test_questions_that_are_not_narrowed_stay_as_they_are() -> None:
    assert len(NARROWED) > 10
    assert all(bind(question, {}).count("# with ") == question.text.count("# with ") for question in NARROWED.values())


def test_a_line_for_no_parameter_is_refused(tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(
        "# id: q\n# en: Q?\n# fr: Q ?\nSELECT * WHERE {\n  # with by: ?s ?p ?by .\n  ?s ?p ?o\n}\n"
    )
    with pytest.raises(OntologyError, match="`# with by:` names no parameter"):
        questions(tmp_path)
