"""The reference data: what is known before any article is read, from the tables under seeds/reference.

Each table is a CSV file with a YAML file beside it that says what it holds, where it comes from, under which
terms, what each column means and what becomes of it in the graph. A fact, a name or a column is added there.
"""

from __future__ import annotations

from kg.reference.gazetteer import load
from kg.reference.origins import Origin, Origins, origins
from kg.reference.triples import quads

__all__ = ["Origin", "Origins", "load", "origins", "quads"]
