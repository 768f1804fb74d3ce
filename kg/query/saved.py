"""Saved questions: SPARQL files with a header that says what they ask, in two languages, and what may be set.

    # id: parties-on-a-day
    # group: treaties
    # en: Which states were parties to a treaty on a given day?
    # fr: Quels États étaient parties à un traité à une date donnée ?
    # parameter: treaty entity acr:treaty/inf | treaty | traité
    # parameter: day date 2019-08-01 | day | jour

A parameter `day` stands in the query as `VALUES ?day { … }` with its default in it, so that the file is
SPARQL as it stands; `bind` puts another value there. The default `-` means any: `VALUES ?day { UNDEF }`. A line

    # with by: ?event ac:agent|ac:onBehalfOf ?by .

in the query becomes part of it where `by` is set: what the filter demands anyway, said as a pattern that the engine can
begin with. It must change no row; it is there for speed alone.
The groups, each with its name in both languages, stand in groups.yaml beside the files, in the order of listing.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

import pyoxigraph as ox
import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from kg.errors import CallError, OntologyError, QueryError
from kg.namespaces import AC, XSD
from kg.query.names import Names, spelt_out

KINDS = ("class", "date", "entity", "number", "text")
ANY = "-"
UNDEF = "UNDEF"
LANGUAGES = ("en", "fr")
GROUPS = "groups.yaml"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that may be set in a saved question."""

    name: str
    kind: str
    """One of `KINDS`."""
    default: str
    """As a user would give it; "-" for any."""
    label: dict[str, str]
    """By language, "en" and "fr"."""


@dataclass(frozen=True, slots=True)
class Group:
    """A subject under which questions are listed."""

    id: str
    title: dict[str, str]
    """Its name, by language."""


OTHERS = Group("", {"en": "Others", "fr": "Autres"})
"""The group of questions that name none, listed last."""


@dataclass(frozen=True, slots=True)
class Question:
    """A saved question."""

    id: str
    title: dict[str, str]
    """The question in plain words, by language."""
    parameters: tuple[Parameter, ...]
    text: str
    """The query, without its header."""
    group: Group = OTHERS
    note: dict[str, str] = field(default_factory=dict)
    """What a reader of the rows should know, by language; empty where there is nothing."""


def questions(folder: Path) -> dict[str, Question]:
    """The questions of all .rq files in this folder, by id, in the order of their groups and ids.

    Raises OntologyError where a header or the file of groups is wrong, or two files share an id.
    """
    groups = _groups(folder / GROUPS)
    found: dict[str, Question] = {}
    for path in sorted(folder.glob("*.rq")):
        question = _read(path, groups)
        if question.id in found:
            raise OntologyError(f"{path}: the id {question.id!r} is taken.", "Give it another id.")
        found[question.id] = question
    order = [*groups, OTHERS.id]
    return dict(sorted(found.items(), key=lambda each: (order.index(each[1].group.id), each[0])))


def grouped(known: Mapping[str, Question]) -> list[tuple[Group, list[Question]]]:
    """The questions under their groups, both in the order of `known`."""
    found: dict[str, tuple[Group, list[Question]]] = {}
    for question in known.values():
        found.setdefault(question.group.id, (question.group, []))[1].append(question)
    return list(found.values())


def bind(question: Question, values: Mapping[str, str | Sequence[str]], names: Names | None = None) -> str:
    """The query with these values, by parameter, in place of the defaults; of several values, any fits.

    names: resolves names of entities and classes; without it only IRIs and prefixed names are understood.
    Raises CallError where a parameter does not exist, QueryError where a value does not fit its kind.
    """
    for name in values:
        if name not in {parameter.name for parameter in question.parameters}:
            known = ", ".join(p.name for p in question.parameters) or "none"
            raise CallError(f"The question {question.id!r} has no parameter {name!r}.", f"It has: {known}.")
    terms = {p.name: _terms(p, values.get(p.name, p.default), names) for p in question.parameters}
    text = _WITH.sub(
        lambda match: match[0] if terms.get(match[2], UNDEF) == UNDEF else match[1] + match[3], question.text
    )
    return _VALUES.sub(
        lambda match: f"VALUES ?{match[1]} {{ {terms[match[1]]} }}" if match[1] in terms else match[0],
        text,
    )


class _Title(BaseModel):
    """The name of a group in the file of groups."""

    model_config = ConfigDict(extra="forbid")

    en: str
    fr: str


_REQUIRED = ("id", *LANGUAGES)
_NOTES = {"note": "en", "note-fr": "fr"}
_KEYS = ("group", "parameter", *_REQUIRED, *_NOTES)
_Fields = dict[str, list[tuple[int, str]]]
"""The values of a header, each with the number of its line, by key."""
_GROUPS = TypeAdapter(dict[str, _Title])
_HEADER = re.compile(r"#.*:")
_WITH = re.compile(r"^(\s*)# with (\w+): (.+)$", re.MULTILINE)
_VALUES = re.compile(r"VALUES\s+\?(\w+)\s*\{[^}]*\}")
_PARAMETER = re.compile(r"(?P<name>\w+)\s+(?P<kind>\w+)\s+(?P<default>[^|]+?)\s*\|(?P<en>[^|]+)\|(?P<fr>[^|]+)")


def _terms(parameter: Parameter, value: str | Sequence[str], names: Names | None) -> str:
    """One value or several, as VALUES takes them."""
    if isinstance(value, str):
        return _term(parameter, value.strip(), names)
    return " ".join(dict.fromkeys(_term(parameter, each.strip(), names) for each in value)) or UNDEF


def _term(parameter: Parameter, value: str, names: Names | None) -> str:
    """The value as SPARQL writes it, escaped by the RDF library and never pasted."""
    if value in ("", ANY):
        return UNDEF
    problem = f"{value!r} does not fit the parameter {parameter.name!r}."
    if parameter.kind == "text":
        return str(ox.Literal(value))
    if parameter.kind == "number":
        if not re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
            raise QueryError(problem, "Give a number, such as 2019.")
        return value
    if parameter.kind == "date":
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError as cause:
            raise QueryError(problem, "Give a day as YYYY-MM-DD, such as 2019-08-01.") from cause
        return str(ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD + "date")))
    try:
        return str(ox.NamedNode(_iri(parameter, value, names)))
    except ValueError as cause:
        raise QueryError(problem, "Give an IRI, a prefixed name, or a name.") from cause


def _iri(parameter: Parameter, value: str, names: Names | None) -> str:
    if names is not None:
        return names.resolve(value, parameter.kind)
    iri = spelt_out(value)
    if iri is None and parameter.kind == "class" and re.fullmatch(r"\w+", value):
        iri = AC + value
    if iri is None:
        raise QueryError(
            f"{value!r} is no IRI and no prefixed name.", "Give one, such as acr:state/RUS or acr:treaty/inf."
        )
    return iri


def _groups(path: Path) -> dict[str, Group]:
    """The groups of a folder, by id, in their order; none where it has no such file."""
    if not path.exists():
        return {}
    try:
        read = _GROUPS.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise OntologyError(f"{path}: the groups are malformed.", "Write `id: {en: English, fr: French}`.") from error
    return {id: Group(id, title.model_dump()) for id, title in read.items()}


def _read(path: Path, groups: Mapping[str, Group]) -> Question:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = list(takewhile(_HEADER.match, lines))
    fields = _fields(header, path)
    parameters = [_parameter(value, f"{path}: line {number}") for number, value in fields.get("parameter", ())]
    question = Question(
        fields["id"][-1][1],
        {language: fields[language][-1][1] for language in LANGUAGES},
        tuple(parameters),
        "\n".join(lines[len(header) :]).strip() + "\n",
        _group(fields, groups, path),
        _note(fields, path),
    )
    _require_slots(question, path)
    return question


def _fields(header: Iterable[str], path: Path) -> _Fields:
    """The values of a header with their lines, by key; OntologyError where a key is unknown or one is missing."""
    fields: _Fields = defaultdict(list)
    for number, line in enumerate(header, start=1):
        key, value = (part.strip() for part in line.removeprefix("#").split(":", 1))
        if key not in _KEYS:
            problem = f"{path}: line {number}: the header knows no {key!r}."
            raise OntologyError(problem, "Use id, group, en, fr, parameter, note or note-fr.")
        fields[key].append((number, value))
    for key in _REQUIRED:
        if not (fields.get(key) and fields[key][-1][1]):
            problem = f"{path}: the header has no `# {key}:`."
            raise OntologyError(problem, "Add it; kg/query/saved.py shows the form.")
    return dict(fields)


def _group(fields: _Fields, groups: Mapping[str, Group], path: Path) -> Group:
    if "group" not in fields:
        return OTHERS
    name = fields["group"][-1][1]
    if name not in groups:
        raise OntologyError(f"{path}: there is no group {name!r}.", f"Add it to {GROUPS}, or use one of it.")
    return groups[name]


def _note(fields: _Fields, path: Path) -> dict[str, str]:
    """The note by language, its lines joined; nothing where there is none."""
    said = {language: " ".join(value for _, value in fields[key]) for key, language in _NOTES.items() if key in fields}
    if len(said) == 1:
        raise OntologyError(f"{path}: the note stands in one language only.", "Give `# note:` and `# note-fr:`.")
    return said


def _parameter(text: str, where: str) -> Parameter:
    match = _PARAMETER.fullmatch(text)
    if not match or match["kind"] not in KINDS:
        raise OntologyError(
            f"{where}: the parameter {text!r} is malformed.",
            f"Write `name kind default | English | French` with a kind of {', '.join(KINDS)}.",
        )
    label = {language: match[language].strip() for language in LANGUAGES}
    return Parameter(match["name"], match["kind"], match["default"], label)


def _require_slots(question: Question, path: Path) -> None:
    slots = {match[1] for match in _VALUES.finditer(question.text)}
    for parameter in question.parameters:
        if parameter.name not in slots:
            raise OntologyError(
                f"{path}: the query has no `VALUES ?{parameter.name} {{ … }}`.",
                "Add it, or drop the parameter.",
            )
    for match in _WITH.finditer(question.text):
        if match[2] not in {parameter.name for parameter in question.parameters}:
            raise OntologyError(f"{path}: `# with {match[2]}:` names no parameter.", "Name one, or drop the line.")
