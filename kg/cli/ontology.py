"""kg ontology: the terms of the graph, for readers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import give_file
from kg.settings import ROOT, settings

FILE = ROOT / "docs" / "ontology.md"


def ontology(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to write it, - for stdout.", show_default="docs/ontology.md")
    ] = FILE,
) -> None:
    """Write the ontology as a page: every term with names, definition, source and axioms, a diagram, the alignments."""
    from kg.ontology import page

    text = page(settings().ontology)
    give_file(file, text, f"{len(text.splitlines()):,} lines")
