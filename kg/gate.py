"""What may enter the graph: reference data that agree with the ontology, and documents that violate no shape."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg import reference
from kg.errors import InconsistencyError
from kg.placing import in_rows
from kg.validate import Finding, Shapes, run_checks

SHOWN = 3
"""How many errors are told before the rest is only counted."""


class Gate:
    """The shapes and checks of an ontology's folder."""

    def __init__(self, ontology: Path) -> None:
        self._ontology = ontology
        self._shapes = Shapes(ontology)

    def check_foundations(self, terms: Sequence[ox.Quad], facts: Sequence[ox.Quad], seeds: Path) -> None:
        """That ontology and reference data agree with the shapes and with the checks that find errors.

        Raises InconsistencyError, with what is wrong and in which row of the tables below `seeds`.
        """
        store = ox.Store()
        store.bulk_extend([*terms, *facts])
        store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in (*terms, *facts))
        found = [*self._shapes.validate(store), *run_checks(store, self._ontology / "queries" / "checks")]
        errors = [each for each in found if each.severity == "error"]
        if errors:
            placed = in_rows(errors[:SHOWN], reference.origins(seeds, _things(errors[:SHOWN])))
            raise InconsistencyError(_told(placed, len(errors)), errors[0].remedy)

    def refusal(self, quads: Sequence[ox.Quad], store: ox.Store) -> Finding | None:
        """The first error in what one document gave, beside the graph that it would enter; None where it may."""
        found = self._shapes.validate_document(quads, store)
        return next((each for each in found if each.severity == "error"), None)


@lru_cache(maxsize=8)
def gate(ontology: Path, version: str) -> Gate:
    """The gate of an ontology in this version, compiled once a process."""
    return Gate(ontology)


def _things(findings: Sequence[Finding]) -> set[str]:
    return {value for each in findings for value in each.values.values()}


def _told(errors: Sequence[Finding], count: int) -> str:
    said = "; ".join(f"{each.place}: {each.problem}" if each.place else each.problem for each in errors)
    more = f" and {count - len(errors)} more" if count > len(errors) else ""
    return f"Ontology and reference data do not agree, and nothing is published: {said.rstrip('.')}{more}."
