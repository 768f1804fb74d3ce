"""Queries that stand in files of the ontology, asked of a store."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.namespaces import PREFIXES
from kg.store.quads import Quads


def ask(store: Quads, text: str, path: Path, purpose: str) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    """What the query of a file gives; raises OntologyError with file and line where it is no SPARQL.

    purpose says what the file is ("rule", "check"), for the remedy.
    """
    try:
        return store.query(text, prefixes=PREFIXES)
    except SyntaxError as error:
        place = re.search(r"error at (\d+):", str(error))
        line = f", line {place[1]}" if place else ""
        raise OntologyError(f"{path}{line}: {error}.", f"Correct the SPARQL of the {purpose}.") from error
