"""kg search."""

from __future__ import annotations

import sys
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import say, say_json
from kg.cli.options import HomeOption, JsonOption, view_of
from kg.namespaces import shorten

if TYPE_CHECKING:
    from kg.search import Hit

BOLD, PLAIN = "\033[1m", "\033[22m"


class Kind(StrEnum):
    """The kinds of texts, those of kg.search.KINDS."""

    NAME = "name"
    TITLE = "title"
    SENTENCE = "sentence"


def search(
    context: typer.Context,
    text: Annotated[
        list[str], typer.Argument(metavar="TEXT", help="Words; those in quotation marks follow each other.")
    ],
    kind: Annotated[
        list[Kind] | None,
        typer.Option("--kind", help="Search names of things, titles of documents, or sentences only; may be repeated."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many to find at most.")] = 20,
    sparql: Annotated[
        bool, typer.Option("--sparql", help="Print VALUES ?found { … }, to stand in a SPARQL query.")
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Find names, titles and sentences with all these words, best first. Exit code 1 where nothing has them.

    Case and accents do not count; a word also finds those that begin with it and those of the same stem.
    """
    kinds = [each.value for each in kind or Kind]
    hits = view_of(context, home).index.find(" ".join(text), limit=limit, kinds=kinds)
    if json:
        say_json([asdict(hit) for hit in hits])
    elif sparql:
        say(f"VALUES ?found {{ {' '.join(f'<{hit.iri}>' for hit in hits)} }}")
    else:
        _tell(hits)
    if not hits:
        raise typer.Exit(1)


def _tell(hits: list[Hit]) -> None:
    """One line for each: its kind, IRI and text."""
    rows = [(hit.kind, _short(hit.iri), _marked(hit)) for hit in hits]
    width = max((len(row[1]) for row in rows), default=0)
    for kind, iri, text in rows:
        say(f"{kind:<8}  {iri:<{width}}  {text}")


def _short(iri: str) -> str:
    from kg.query.names import compact

    return shorten(iri) if shorten(iri) != iri else compact(iri)


def _marked(hit: Hit) -> str:
    """The text on one line; on a terminal with the words found in bold."""
    text, shown = hit.text, ""
    begin = 0
    if sys.stdout.isatty():
        for start, end in hit.marks:
            shown += _plain(text[begin:start]) + BOLD + _plain(text[start:end]) + PLAIN
            begin = end
    return shown + _plain(text[begin:])


def _plain(text: str) -> str:
    """The text without characters that a terminal would obey."""
    return "".join(each if each.isprintable() else " " for each in text)
