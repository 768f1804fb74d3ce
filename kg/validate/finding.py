"""What validation finds."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg.namespaces import shorten


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with the graph."""

    check: str
    """The stem of the check's file; of a shape its file below the ontology, without ending: shapes/Treaty."""
    severity: str
    """error or warning."""
    title: str
    problem: str
    """What is wrong, with the values in it, on one line."""
    remedy: str
    values: dict[str, str]
    """IRIs and literals by variable: the row of the query; focus, path and value of a shape."""
    place: str = ""
    """Where it comes from: a row of a table, a document; empty where that is not known."""


def text_of(term: object) -> str:
    """The IRI or the characters of a literal; nothing where the variable is unbound."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


def shown(term: object) -> str:
    """The term as a reader wants it: IRIs shortened, literals in quotation marks, all on one line."""
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    return "“" + " ".join(text_of(term).split()) + "”"
