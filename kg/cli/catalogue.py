"""kg questions: the catalogue of saved questions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import give_file
from kg.settings import ROOT, settings

FILE = ROOT / "docs" / "questions.md"
ROWS = ROOT / "tests" / "data" / "questions"


def questions(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to write it, - for stdout.", show_default="docs/questions.md")
    ] = FILE,
) -> None:
    """Write the catalogue of saved questions: what each asks, its parameters, its query, and rows as an example.

    Made from the questions of the ontology and the rows that the tests expect of them.
    """
    from kg.catalogue import catalogue, expected
    from kg.query import questions as read

    known = read(settings().ontology / "queries" / "competency")
    give_file(file, catalogue(known, expected(ROWS)), f"{len(known)} questions")
