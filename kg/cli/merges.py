"""kg merges."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import say, say_json, table
from kg.cli.options import HomeOption, JsonOption, LanguageOption, language_of, view_of
from kg.errors import CallError
from kg.settings import settings

if TYPE_CHECKING:
    from kg.merges import Compared


def merges(
    context: typer.Context,
    events: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[EVENT [OTHER]]", help="An event's IRI (acr:event/…): its merges. Two: why they are one or not."
        ),
    ] = None,
    language: LanguageOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """List which events of documents are told as one, and why; or say why two events are one or are not.

    A score is the chance that both are one. Likenesses are shown with --json, each with its weight.
    """
    from kg.merges import Merges

    chosen = events or []
    if len(chosen) > 2:
        raise CallError(f"{len(chosen)} events were given.", "Give one, two or none.")
    told = Merges(view_of(context, home).store, settings().ontology, language_of(language))
    if len(chosen) == 2:
        _tell(told.compared(*chosen), as_json=json)
        return
    rows = told.merged(*chosen)
    if json:
        say_json([asdict(row) for row in rows])
        return
    lines = [
        (_short(row.event), _short(row.member), f"{row.score:.2f}", ", ".join(row.documents), row.reason)
        for row in rows
    ]
    table(("event", "member", "score", "documents", "reason"), lines)
    say(f"{len(rows):,} merged into {len({row.event for row in rows}):,} events.")


def _tell(found: Compared, *, as_json: bool) -> None:
    if as_json:
        say_json(asdict(found))
        return
    say("One event in the graph." if found.merged else "Two events in the graph.")
    if found.excluded:
        say(f"That both are one is excluded by: {found.excluded}.")
        return
    say(f"Score {found.score:.2f}. {found.reason}")
    table(("likeness", "value", "weight"), [tuple(each.rsplit(" ", 2)) for each in found.likenesses])


def _short(iri: str) -> str:
    return "acr:" + iri.split("/id/", 1)[-1]
