"""kg bound, kg parties, kg timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import say, say_json, table
from kg.cli.options import HomeOption, JsonOption, Language, LanguageOption, language_of, view_of
from kg.errors import CallError
from kg.settings import settings

if TYPE_CHECKING:
    from kg.law import Entry, Law, StatusRow

OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The day, as YYYY-MM-DD; today where not given.")
]
AllOption = Annotated[bool, typer.Option("--all", help="Also those that had only signed, or had left.")]
TreatyArgument = Annotated[
    str, typer.Argument(metavar="TREATY", help="Its identifier (npt, open-skies, new-start), a name, or its IRI.")
]
WIDTH = 60
"""Characters of a name or source that the tables show."""


def bound(
    context: typer.Context,
    state: Annotated[str, typer.Argument(metavar="STATE", help="Its ISO code (RUS), a name, or its IRI.")],
    on: OnOption = None,
    every: AllOption = False,
    language: LanguageOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Say which treaties bound a state on a day, and how: bound, suspended, withdrawal notified, consented.

    Computed from dated acts and the rules of the treaties. What documents claim is counted beside it and changes nothing.
    """
    law = _law(context, home, language)
    rows = _chosen(law.bound(law.state(state), _day(on)), every)
    if json:
        say_json([asdict(row) for row in rows])
        return
    lines = [(row.treaty, _cut(row.treaty_name), *_status(row)) for row in rows]
    table(("treaty", "name", "status", "since", "until", "basis", "claims"), lines)
    _tell(rows)


def parties(
    context: typer.Context,
    treaty: TreatyArgument,
    on: OnOption = None,
    every: AllOption = False,
    language: LanguageOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Say which states were parties to a treaty on a day: those that had consented to be bound and not left."""
    law = _law(context, home, language)
    iri, day = law.treaty(treaty), _day(on)
    rows = _chosen(law.parties(iri, day), every)
    if json:
        say_json([asdict(row) for row in rows])
        return
    table(
        ("state", "name", "status", "since", "until", "basis", "claims"),
        [(row.state, _cut(row.state_name), *_status(row)) for row in rows],
    )
    _tell(rows)
    say(f"The treaty: {' or '.join(law.status(iri, day)) or 'not signed yet'}.")


def timeline(
    context: typer.Context,
    treaty: TreatyArgument,
    state: Annotated[
        str | None, typer.Option("--state", metavar="STATE", help="Only how this state stood towards the treaty.")
    ] = None,
    language: LanguageOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Tell a treaty's time: its own statuses, what states did, and, apart from these, what documents claim."""
    law = _law(context, home, language)
    iri = law.treaty(treaty)
    entries = law.intervals(iri, law.state(state)) if state is not None else law.timeline(iri)
    if json:
        say_json([asdict(entry) for entry in entries])
        return
    table(("date", "until", "kind", "who", "what", "basis", "source"), [_line(entry) for entry in entries])


def _law(context: typer.Context, home: HomeOption, language: Language | None) -> Law:
    from kg.law import Law

    return Law(view_of(context, home).store, settings().ontology, language_of(language))


def _day(text: str | None) -> date:
    """The day of the call; raises CallError where it is none."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CallError(f"--on {text} is no day.", "Write it as YYYY-MM-DD, such as 2019-08-02.") from error


def _chosen(rows: Iterable[StatusRow], every: bool) -> list[StatusRow]:
    """The parties, and those that may have been; all rows where `every`."""
    return [row for row in rows if every or row.party is not False]


def _status(row: StatusRow) -> tuple[str, ...]:
    return row.status, row.since, row.until, ", ".join(row.basis), str(row.claims or "")


def _tell(rows: Sequence[StatusRow]) -> None:
    """Count the parties, by what they were."""
    sure = [row for row in rows if row.party]
    parts = ", ".join(f"{count:,} {status}" for status, count in Counter(row.status for row in sure).most_common())
    perhaps = sum(row.party is None for row in rows)
    doubt = f" {perhaps:,} more may have been: the known dates do not say." if perhaps else ""
    say(f"{len(sure):,} in all{': ' if parts else ''}{parts}.{doubt}")


def _line(entry: Entry) -> tuple[str, ...]:
    return entry.date, entry.until, entry.kind, _cut(", ".join(entry.who)), entry.what, entry.basis, _cut(entry.source)


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else text[: WIDTH - 2].rstrip() + " …"
