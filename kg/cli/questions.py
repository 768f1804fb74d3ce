"""kg query and kg ask."""

from __future__ import annotations

import difflib
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pyoxigraph as ox
import typer

from kg.cli.console import complain, give, say
from kg.cli.options import HomeOption, Language, language_of, view_of
from kg.errors import CallError
from kg.settings import settings

if TYPE_CHECKING:
    from kg.query import Names, Question, Result, View


class Format(StrEnum):
    """The formats of kg.query.FORMATS."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    TURTLE = "turtle"


FormatOption = Annotated[
    Format,
    typer.Option("--format", help="json, csv and tsv as SPARQL 1.1 defines them; turtle for CONSTRUCT."),
]


def query(
    context: typer.Context,
    text: Annotated[str | None, typer.Argument(metavar="TEXT", help="The SPARQL query.")] = None,
    file: Annotated[Path | None, typer.Option("--file", metavar="FILE", help="Read the query from a file.")] = None,
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Ask the graph in SPARQL 1.1: TEXT, --file, or standard input.

    The prefixes ac, acr, dcterms, itsrdf, nif, owl, prov, rdf, rdfs, schema, skos, time and xsd need no
    declaration. Queries only read and cannot reach the network. KG_QUERY_SECONDS and KG_QUERY_ROWS are their
    limits.
    """
    view = view_of(context, home)
    _answer(view, _query_text(text, file), format)


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(metavar="QUESTION", help="A saved question.")] = None,
    *,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter; may be repeated."),
    ] = None,
    format: FormatOption = Format.TABLE,
    language: Annotated[
        Language | None, typer.Option("--language", help="Of titles and names; KG_LANGUAGE where not given.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Ask a saved question; without QUESTION, list them all by subject, with their parameters.

    Values are dates (2019-08-01), numbers, texts, or things by name ("New START", acr:treaty/inf); - is any.
    """
    from kg.query import Names, bind, questions

    speech = language_of(language)
    known = questions(settings().ontology / "queries" / "competency")
    if question is None:
        say("\n".join(_catalogue(known, speech)))
        return
    chosen = _find(known, question)
    view = view_of(context, home)
    names = Names(view.store)
    _answer(view, bind(chosen, _settings_of(set_ or []), names), format, names, speech)


def _answer(view: View, text: str, format: Format, names: Names | None = None, language: str = "en") -> None:
    """Run a query and print what it gives."""
    from kg.query import answer, serialise

    limit = settings().query_rows
    result = answer(view, text, seconds=settings().query_seconds, rows=limit)
    labels = names.labels(_iris(result), language) if names is not None and format is Format.TABLE else None
    data = serialise(result, format.value, labels=labels)
    give(data if data.endswith(b"\n") else data + b"\n")
    if getattr(result, "truncated", False):
        complain(f"The result is cut short: at most {limit:,} rows are given. Raise KG_QUERY_ROWS, or add LIMIT.")


def _iris(result: Result) -> set[str]:
    """The IRIs in the rows of a result."""
    from kg.query.results import as_table

    terms = (term for row in as_table(result).rows for term in row)
    return {term.value for term in terms if isinstance(term, ox.NamedNode)}


def _query_text(text: str | None, file: Path | None) -> str:
    """The query of the call; raises CallError where there is none, or two."""
    if text is not None and file is not None:
        raise CallError("There are two queries: TEXT and --file.", "Give one of them.")
    if file is not None:
        try:
            return file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
            raise CallError(f"{file} cannot be read: {reason}.", "Name a file that holds a query.") from error
    if text is None and sys.stdin.isatty():
        raise CallError("There is no query.", "Give it as TEXT, by --file, or on standard input.")
    found = text if text is not None else sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    if not found.strip():
        raise CallError("The query is empty.", "Give it as TEXT, by --file, or on standard input.")
    return found


def _find(known: Mapping[str, Question], name: str) -> Question:
    """The saved question of this name."""
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=3)
    remedy = f"Near it: {', '.join(near)}." if near else "kg ask lists them all."
    raise CallError(f"There is no saved question {name}.", remedy)


def _settings_of(pairs: Sequence[str]) -> dict[str, str]:
    """The parameters that --set gives."""
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise CallError(f"--set {pair} sets nothing.", "Write --set NAME=VALUE.")
        if name.strip() in values:
            raise CallError(f"--set gives {name.strip()} twice.", "Give it once.")
        values[name.strip()] = value
    return values


def _catalogue(known: Mapping[str, Question], language: str) -> Iterator[str]:
    """The list of all saved questions, under the names of their groups."""
    from kg.query import grouped

    for group, questions in grouped(known):
        yield f"{group.title[language].upper()}"
        yield from (_listed(each, language) for each in questions)
        yield ""


def _listed(question: Question, language: str) -> str:
    """A saved question for the list: its name, title and parameters with their defaults."""
    lines = [question.id, f"    {question.title[language]}"]
    for each in question.parameters:
        lines.append(f"    --set {each.name}={shlex.quote(each.default)}  {each.label[language]} ({each.kind})")
    return "\n".join(lines)
