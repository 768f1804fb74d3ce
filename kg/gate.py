"""What may enter the graph: reference data that agree with the ontology, and documents that violate no shape."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

import pyoxigraph as ox

from kg import reason, reference, versions
from kg.cache import Entry
from kg.errors import InconsistencyError
from kg.model import Reference
from kg.namespaces import AC, RDF
from kg.placing import in_rows
from kg.store import Draft
from kg.store.quads import Quads
from kg.validate import Finding, Shapes, run_checks
from kg.validate.finding import text_of

TYPE = ox.NamedNode(RDF + "type")

SHOWN = 3
"""How many errors are told before the rest is only counted."""


class Gate:
    """The shapes and checks of an ontology's folder."""

    def __init__(self, ontology: Path) -> None:
        self._ontology = ontology
        self._shapes = Shapes(ontology)
        self._shared = self._shapes.below(AC + "Entity")

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

    def refusal(self, quads: Sequence[ox.Quad], beside: Quads) -> Finding | None:
        """The first error in what one document gave, where `beside` knows the classes of what it names; None where there is none."""
        found = self._shapes.validate_document(quads, beside)
        return next((each for each in found if each.severity == "error"), None)

    def told(self, quads: Iterable[ox.Quad]) -> dict[str, tuple[str, ...]]:
        """The classes that a document gives to entities, which other documents may speak of as well, by IRI, sorted."""
        found: dict[str, set[str]] = {}
        for quad in quads:
            if quad.predicate == TYPE and isinstance(quad.object, ox.NamedNode) and quad.object.value in self._shared:
                found.setdefault(text_of(quad.subject), set()).add(quad.object.value)
        return {iri: tuple(sorted(found[iri])) for iri in sorted(found)}

    def clash(self, told: Mapping[str, Collection[str]], beside: Callable[[str], Collection[str]]) -> Finding | None:
        """The first entity to which a document gives a class that the graph beside it excludes; None where there is none."""
        for iri, kinds in told.items():
            if finding := self._shapes.clash(iri, {*kinds, *beside(iri)}):
                return finding
        return None


class Entrance:
    """Where documents come into a graph, one after another."""

    def __init__(self, gate: Gate, judge: Callable[[], Judge], version: str, draft: Draft) -> None:
        """`version` is that of the ontology whose shapes the gate has; `judge` makes one for what was held against others."""
        self._gate = gate
        self._judge = cache(judge)
        self._version = version
        self._draft = draft
        self._told: dict[str, set[str]] = {}

    def refusal(self, entry: Entry, graph: str) -> Finding | None:
        """Why what a document gave may not enter the graph; None where it may, and is taken to have entered."""
        if entry.checked != self._version and (found := self._judge().refusal(entry.quads(graph))):
            return found
        if clash := self._gate.clash(entry.told, self._beside):
            return clash
        for iri, kinds in entry.told.items():
            self._told.setdefault(iri, set()).update(kinds)
        return None

    def _beside(self, iri: str) -> set[str]:
        """The classes that documents of the graph gave to an entity."""
        kinds = self._told.get(iri, set())
        if self._draft.began_empty:
            return kinds
        held = self._draft.store.quads_for_pattern(ox.NamedNode(iri), TYPE, None, ox.DefaultGraph())
        return kinds | {text_of(quad.object) for quad in held}


class Judge:
    """Holds what a document gave against the shapes wherever it is read: the graph it will enter is not at hand there.

    It knows the classes of what ontology and reference data describe. What other documents say of the same entities
    is for `Gate.clash`, where the graph is.
    """

    def __init__(self, ontology: Path, known: Reference) -> None:
        """Compile the shapes; raises OntologyError."""
        self.version = versions.of_ontology(ontology)
        self._gate = gate(ontology, self.version)
        self._beside = ox.Store()
        kinds = ((iri, AC + entity.kind) for iri, entity in known.entities.items())
        self._beside.bulk_extend(ox.Quad(ox.NamedNode(iri), TYPE, ox.NamedNode(kind)) for iri, kind in kinds)
        self._beside.bulk_extend(
            ox.Quad(quad.subject, TYPE, quad.object)
            for quad in reason.ontology_quads(ontology)
            if quad.predicate == TYPE and text_of(quad.object).startswith(AC)
        )

    def refusal(self, quads: Sequence[ox.Quad]) -> Finding | None:
        """The first error in what one document gave; None where there is none."""
        return self._gate.refusal(quads, self._beside)

    def told(self, quads: Iterable[ox.Quad]) -> dict[str, tuple[str, ...]]:
        """As `Gate.told`."""
        return self._gate.told(quads)


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
