"""kg build, kg add, kg forget, kg rejected."""

from __future__ import annotations

import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import Bars, complain, say, say_json
from kg.cli.options import HomeOption, JsonOption, home_of
from kg.errors import CallError
from kg.settings import settings

if TYPE_CHECKING:
    from kg.aside import Entry
    from kg.read import Rejected
    from kg.report import Report

INPUTS = (
    "Files (text, Markdown, HTML, PDF, JSON lines, CSV, RSS, Atom, e-mail, .zip of these) and folders, which are searched "
    "through. A text may begin with YAML front matter; any file may have NAME.meta.json beside it, with the keys title, "
    "url, publisher, date, language, author."
)
STDIN = Path("-")


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

ColumnsOption = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="FIELD=COLUMN,…",
        help="Which column of CSV and JSON holds what: text=body,date=published. Fields: text, id, title, url, "
        "publisher, date, language, author.",
    ),
]


WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers", min=0, help="Processes that extract; KG_WORKERS where not given, else one a core. 0: this one."
    ),
]
SchedulerOption = Annotated[
    str,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Extract on the Dask cluster whose scheduler is at tcp://HOST:PORT; KG_SHARDS names a place that all reach.",
    ),
]


def build(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help=INPUTS)] = None,
    columns: ColumnsOption = None,
    extractor: ExtractorOption = With.RULES,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = "",
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Make the graph afresh: ontology, reference data and the documents named (without PATH, the seeds').

    What cannot be read is set aside and named on stderr, and the exit code is then 1; the rest is published.
    Where no document can be read, the graph stays as it was.
    """
    from kg.build import build as build_graph
    from kg.inputs import columns_of
    from kg.shards import EXTRACTORS
    from kg.workers import Hands

    with Bars() as bars:
        report = build_graph(
            home_of(context, home),
            paths or [settings().seeds / "documents"],
            columns=columns_of(columns),
            progress=bars,
            extractor=EXTRACTORS[extractor.value],
            hands=Hands.chosen(workers, scheduler),
        )
    tell(report, json)


def add(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH", help=f"{INPUTS} - reads one document from standard input.")
    ] = None,
    columns: ColumnsOption = None,
    fetch: Annotated[
        list[str] | None,
        typer.Option(
            "--fetch",
            metavar="URL",
            help="Fetch this page from the web, where its robots.txt allows it, and read it; may be given again.",
        ),
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Read again what kg rejected lists.")] = False,
    extractor: ExtractorOption = With.RULES,
    workers: WorkersOption = None,
    scheduler: SchedulerOption = "",
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Read documents into the graph. One that comes again from the same source replaces what it gave before.

    Judgements that were passed since the last build take effect as well; where there are such, PATH may be left out.
    What cannot be read is set aside and named on stderr, and the exit code is then 1; the rest is published.
    """
    from kg.aside import entries
    from kg.build import add as add_documents
    from kg.inputs import columns_of
    from kg.shards import EXTRACTORS
    from kg.workers import Hands

    mapping, place = columns_of(columns), home_of(context, home)
    if not (paths or fetch or retry or _judged_since(place)):
        raise CallError("There is nothing to add.", "Name files or folders, - for standard input, --fetch or --retry.")
    files, refused = _arrived(place, paths or [], fetch or [])
    if retry and not (files or refused or any(entries(place))):
        say("Nothing is set aside.")
        return
    with Bars() as bars:
        report = add_documents(
            place,
            files,
            columns=mapping,
            retry=retry,
            refused=refused,
            progress=bars,
            extractor=EXTRACTORS[extractor.value],
            hands=Hands.chosen(workers, scheduler),
        )
    tell(report, json)


def _judged_since(home: Path) -> bool:
    """Whether the home's graph was built with other judgements than those that hold now."""
    from kg.judgements import Judgements, judgements_file
    from kg.store import Home

    place = Home(home)
    if not place.has_graph():
        return False
    versions = place.current().manifest["versions"]
    return bool(versions.get("judgements", "") != Judgements.load(judgements_file()).digest)


def _arrived(home: Path, paths: list[Path], urls: list[str]) -> tuple[list[Path], list[Rejected]]:
    """The files to read, standard input and what was fetched among them, and what could not be fetched."""
    from kg.fetching import fetch_all
    from kg.inputs import received

    files = [received(home, sys.stdin.buffer) if path == STDIN else path for path in paths]
    found, refused = fetch_all(home, urls) if urls else ([], [])
    return files + found, refused


def rejected(
    context: typer.Context,
    why: Annotated[str | None, typer.Option("--why", help="Only those of this kind, such as language.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Forget the list, and the texts kept in it.")] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """List what was set aside and why. kg add --retry reads it again.

    The kinds are damaged, empty, format, language, limit, metadata, duplicate, refused, failed and gone. Texts in a
    language that is not read yet are kept, so that they can be read when it is.
    """
    from kg import aside

    place = home_of(context, home)
    if clear:
        count = aside.clear(place)
        say_json({"forgotten": count}) if json else say(f"{_count(count, 'document')} no longer listed.")
        return
    found = list(aside.entries(place, why))
    if json:
        keys = ("path", "place", "why", "reason", "remedy")
        say_json([{key: str(getattr(each.rejected, key)) for key in keys} | {"since": each.since} for each in found])
        return
    for each in found:
        say(f"{each.rejected.why:<9} {_line(each.rejected.where)}  {_line(each.rejected.reason)}")
    say(_summary(found) if found else "Nothing is set aside.")


def _summary(found: list[Entry]) -> str:
    """How many are set aside, by kind."""
    kinds = Counter(each.rejected.why for each in found)
    counts = ", ".join(f"{why} {count:,}" for why, count in sorted(kinds.items()))
    return f"{_count(len(found), 'document')} set aside: {counts}."


def _line(text: str) -> str:
    """A text as a terminal may show it, on one line."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


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
    tell(report, json)


def tell(report: Report, as_json: bool) -> None:
    """Print what a run did; exits with 1 where something was set aside."""
    for each in report.set_aside:
        complain(f"{each.where} is set aside. {each.reason} {each.remedy}")
    if as_json:
        say_json(report.as_dict())
    else:
        _tell_in_words(report)
    if report.set_aside:
        raise typer.Exit(1)


def _tell_in_words(report: Report) -> None:
    if report.snapshot is None:
        if report.unchanged:
            say(f"{_count(report.unchanged, 'document')} unchanged; the graph is as it was.")
        elif report.seen:
            complain("No document could be read; the graph is as it was.")
        else:
            say("There is nothing to change; the graph is as it was.")
        return
    if report.forgotten:
        say(f"{_count(len(report.forgotten), 'document')} forgotten.")
    elif not report.seen:
        say("The graph is brought up to date.")
    else:
        counts = (
            _count(report.mentions, "mention"),
            _count(report.events, "event"),
            _count(report.claims, "claim"),
        )
        say(f"{_count(len(report.documents), 'document')} read: {', '.join(counts)}.")
        _say_details(report)
    stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in report.seconds.items() if seconds >= 0.05)
    say(f"The graph holds {_count(report.quads, 'quad')} (snapshot {report.snapshot}).")
    say(f"{sum(report.seconds.values()):.1f} s: {stages}.")


def _say_details(report: Report) -> None:
    """Say what was not read, and what was read again and why, where there is any."""
    spared = [(report.cached, "of them from the cache"), (report.unchanged, "more unchanged")]
    details = [f"{count:,} {what}" for count, what in spared if count]
    details += [f"{count:,} read again for another {why}" for why, count in sorted(report.read_again.items())]
    if details:
        say(f"{'; '.join(details)}.")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
