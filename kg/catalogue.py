"""The catalogue of saved questions as Markdown: each with its parameters, its query, and rows that it gives.

    cases = expected(ROOT / "tests" / "data" / "questions")
    text = catalogue(questions(folder), cases)

The rows are those that the tests expect over small graphs of invented articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kg.errors import DataError
from kg.query import ANY, Question, grouped

SHOWN_ROWS = 4


class Case(BaseModel):
    """What a question must give: one item of a file of expected rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    graph: Literal["sample", "dispatches"]
    """Which of the two small graphs of the tests."""
    set: dict[str, str] = Field(default_factory=dict)
    """Values of parameters, as a user gives them."""
    rows: list[dict[str, str]]
    """The rows in their order, by column; unbound cells left out, IRIs without `acr:` and `ac:`."""


def expected(folder: Path) -> dict[str, list[Case]]:
    """The cases of each question, by its id, from the YAML files of this folder; DataError where one is malformed."""
    return {path.stem: _cases(path) for path in sorted(folder.glob("*.yaml"))}


def catalogue(known: Mapping[str, Question], cases: Mapping[str, list[Case]]) -> str:
    """The catalogue of these questions, group by group; of the cases of each the first one is its example."""
    return "\n".join(_lines(known, cases)) + "\n"


_CASES = TypeAdapter(list[Case])


def _cases(path: Path) -> list[Case]:
    try:
        return _CASES.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        problem = " ".join(str(error).split())
        raise DataError(f"{path}: {problem}", "Give a list of cases with graph, set and rows.") from error


def _lines(known: Mapping[str, Question], cases: Mapping[str, list[Case]]) -> Iterator[str]:
    groups = grouped(known)
    yield "# Saved questions"
    yield ""
    yield "Generated from `ontology/queries/competency/` and the rows that the tests expect, by `kg questions`; edit those, not this."
    yield ""
    yield f"{len(known)} questions that the graph answers, by subject. `kg ask QUESTION --set NAME=VALUE` asks one, and so does the"
    yield "explorer’s page of questions. Things are given by any of their names or by their IRI; `-` is any. The rows shown are those"
    yield "of small test graphs of invented articles: they say what an answer looks like, not what is the case."
    for group, questions in groups:
        yield from ("", f"- **{group.title['en']}** (*{group.title['fr']}*)")
        yield from (f"  - [{each.title['en']}](#{each.id})" for each in questions)
    for group, questions in groups:
        yield from ("", f"## {group.title['en']}")
        for question in questions:
            yield from _section(question, cases.get(question.id, []))


def _section(question: Question, cases: list[Case]) -> Iterator[str]:
    yield from ("", f"### {question.id}", "", f"**{question.title['en']}**  ", f"*{question.title['fr']}*")
    if question.note:
        yield from ("", f"{question.note['en']}  ", f"*{question.note['fr']}*")
    if question.parameters:
        yield from ("", "| parameter | kind | default | meaning |", "| --- | --- | --- | --- |")
        for each in question.parameters:
            default = "any" if each.default == ANY else f"`{each.default}`"
            yield f"| `{each.name}` | {each.kind} | {default} | {each.label['en']} (*{each.label['fr']}*) |"
    yield from (
        "",
        "<details><summary>SPARQL</summary>",
        "",
        "```sparql",
        question.text.rstrip(),
        "```",
        "",
        "</details>",
    )
    if cases:
        yield from _example(question, cases[0])


def _example(question: Question, case: Case) -> Iterator[str]:
    words = " ".join(f"--set '{name}={value}'" for name, value in case.set.items())
    yield from ("", f"`kg ask {question.id}{' ' + words if words else ''}` gives, of {len(case.rows)}:", "")
    shown = case.rows[:SHOWN_ROWS]
    columns = list(dict.fromkeys(name for row in shown for name in row))
    yield f"| {' | '.join(columns)} |"
    yield f"|{' --- |' * len(columns)}"
    for row in shown:
        yield f"| {' | '.join(_cell(row.get(name, '')) for name in columns)} |"


def _cell(text: str) -> str:
    """The text as a cell of a Markdown table."""
    return text.replace("|", "\\|").replace("<", "&lt;")
