"""kg build, kg add, kg forget."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import Bars, complain, say, say_json
from kg.cli.options import HomeOption, JsonOption, home_of
from kg.settings import settings

if TYPE_CHECKING:
    from kg.report import Report

INPUTS = (
    "Files (.txt, .md) and folders, which are searched through. A file may begin with YAML front matter, or "
    "have NAME.meta.json beside it, with the keys title, url, publisher, date, language."
)


class With(StrEnum):
    """What reads the documents; the names are those of kg.shards.EXTRACTORS."""

    RULES = "rules"
    ENDPOINT = "endpoint"
    BOTH = "both"


ExtractorOption = Annotated[
    With,
    typer.Option(
        "--extractor",
        help="What reads the documents: the rules, the language model at KG_LLM_URL (their text is sent there), or both.",
    ),
]


def build(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help=INPUTS)] = None,
    extractor: ExtractorOption = With.RULES,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Make the graph afresh: ontology, reference data and the documents named (without PATH, the seeds').

    What cannot be read is set aside and named on stderr, and the exit code is then 1; the rest is published.
    Where no document can be read, the graph stays as it was.
    """
    from kg.build import build as build_graph
    from kg.shards import EXTRACTORS

    with Bars() as bars:
        chosen = paths or [settings().seeds / "documents"]
        report = build_graph(home_of(context, home), chosen, progress=bars, extractor=EXTRACTORS[extractor.value])
    _tell(report, json)


def add(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help=INPUTS)],
    extractor: ExtractorOption = With.RULES,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Read documents into the graph. One that comes again from the same source replaces what it gave before.

    What cannot be read is set aside and named on stderr, and the exit code is then 1; the rest is published.
    """
    from kg.build import add as add_documents
    from kg.shards import EXTRACTORS

    with Bars() as bars:
        report = add_documents(home_of(context, home), paths, progress=bars, extractor=EXTRACTORS[extractor.value])
    _tell(report, json)


def forget(
    context: typer.Context,
    documents: Annotated[
        list[str],
        typer.Argument(metavar="DOCUMENT", help="Identifiers, as kg status --documents lists them."),
    ],
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Remove documents from the graph, with all that they alone gave."""
    from kg.build import forget as forget_documents

    with Bars() as bars:
        report = forget_documents(home_of(context, home), documents, progress=bars)
    _tell(report, json)


def _tell(report: Report, as_json: bool) -> None:
    """Print what a run did; exits with 1 where something was set aside."""
    for each in report.set_aside:
        complain(f"{each.path} is set aside. {each.reason} {each.remedy}")
    if as_json:
        say_json(report.as_dict())
    else:
        _tell_in_words(report)
    if report.set_aside:
        raise typer.Exit(1)


def _tell_in_words(report: Report) -> None:
    if report.snapshot is None:
        complain("No document could be read; the graph is as it was.")
        return
    if report.forgotten:
        say(f"{_count(len(report.forgotten), 'document')} forgotten.")
    else:
        counts = (
            _count(report.mentions, "mention"),
            _count(report.events, "event"),
            _count(report.claims, "claim"),
        )
        say(f"{_count(len(report.documents), 'document')} read: {', '.join(counts)}.")
    stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in report.seconds.items() if seconds >= 0.05)
    say(f"The graph holds {_count(report.quads, 'quad')} (snapshot {report.snapshot}).")
    say(f"{sum(report.seconds.values()):.1f} s: {stages}.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
