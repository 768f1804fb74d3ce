"""kg codebook: how texts are coded, for analysts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import give_file
from kg.settings import ROOT, settings

FILE = ROOT / "docs" / "codebook.md"


def codebook(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to write it, - for stdout.", show_default="docs/codebook.md")
    ] = FILE,
) -> None:
    """Write the codebook, by which an analyst codes by hand what the program codes.

    Made from the ontology and the frames: per event class what counts and what does not, which words say it, where its
    roles stand, examples, the codes of PLOVER and CAMEO; how modality, polarity and claimant are coded.
    """
    from kg.codebook import codebook as text_of
    from kg.codebook import read
    from kg.extract.lexicon import load

    text = text_of(read(settings().ontology), load(settings().ontology / "lexicon" / "fr"))
    give_file(file, text, f"{len(text.splitlines()):,} lines")
