"""kg dossier: all that the graph holds of one thing, as a page to print."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import STDOUT, give_file, say_json
from kg.cli.options import HomeOption, JsonOption, Language, language_of, view_of
from kg.settings import settings


def dossier(
    context: typer.Context,
    thing: Annotated[
        str, typer.Argument(metavar="IRI|NAME", help="An entity, a treaty or an event: a name, or its IRI.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write; - for standard output.")
    ] = STDOUT,
    language: Annotated[
        Language | None, typer.Option("--language", "--lang", help="Of the page; KG_LANGUAGE where not given.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Write a dossier: what the graph holds of a thing, as one HTML file to read or print.

    Reference facts, legal status, offices, what documents claim, arms transfers in the layout of the SIPRI register. Each
    statement has a note with its sentence, outlet and date, and names the query that gave it; the queries stand at the end.
    """
    from kg.dossier import page, read
    from kg.query import Names

    view = view_of(context, home)
    names = Names(view.store)
    iri = names.resolve(thing)
    manifest = view.manifest
    found = read(
        view.store,
        settings().ontology,
        iri,
        language_of(language),
        names,
        graph=str(manifest.get("hash", "")),
        created=str(manifest.get("created", ""))[:10],
    )
    if json:
        say_json(asdict(found))
        return
    give_file(output, page(found), f"{len(found.notes):,} notes on {found.subject.name}")
