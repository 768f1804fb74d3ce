"""The shapes of ontology/shapes, which are SHACL, run as SPARQL.

A shape is compiled once into queries whose rows are its violations, as a store answers those a hundred times faster than
an engine that walks the shapes over rdflib. Only the part of SHACL Core that `_COMPONENTS` names is understood; anything
else in a shape is refused. docs/decisions/0007-shapes-compiled-to-queries.md says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.namespaces import PREFIXES, RDF, shorten
from kg.store.quads import Quads
from kg.validate.classes import Classes
from kg.validate.components import Property, compiled
from kg.validate.finding import Finding, shown, text_of
from kg.validate.shacl import Shape, read_shapes

TYPE = ox.NamedNode(RDF + "type")

CLASH, CLASH_TITLE = "disjoint-classes", "Thing in two classes that exclude each other"
CLASH_REMEDY = "Give each of the two things an IRI of its own, or correct the class."


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint of a shape as a query: ?focus and, where one is at fault, ?value."""

    shape: Shape
    property: Property
    component: str
    """By its name in SHACL: "minCount"."""
    text: str
    targets: frozenset[str]
    """The classes whose members are its focus."""


class Shapes:
    """The shapes of an ontology's folder, compiled."""

    def __init__(self, ontology: Path) -> None:
        """Read and compile them; raises OntologyError for what is no SHACL or not of the part that is understood."""
        self._classes = Classes(ontology)
        self.constraints = tuple(each for shape in read_shapes(ontology / "shapes") for each in self._compile(shape))

    def __len__(self) -> int:
        """How many constraints there are."""
        return len(self.constraints)

    def _compile(self, shape: Shape) -> Iterator[Constraint]:
        targets = frozenset(name for target in shape.targets for name in self._classes.below(target))
        listed = " ".join(f"<{name}>" for name in sorted(targets))
        focus = f"VALUES ?type {{ {listed} }} ?focus a ?type ."
        for each in shape.properties:
            for component, text in compiled(shape, each, focus, self._classes.below):
                yield Constraint(shape, each, component, text, targets)

    def validate(self, store: Quads) -> list[Finding]:
        """What violates the shapes in the store's default graph, sorted."""
        return sorted(self._findings(store, self.constraints), key=lambda each: (each.check, each.problem))

    def validate_document(self, quads: Iterable[ox.Quad], store: Quads) -> list[Finding]:
        """What in one document's quads violates the shapes.

        Judged with the document are only its own subjects. Of what it names besides, the store says the classes.
        """
        own = [quad.triple for quad in quads]
        subjects = {triple.subject for triple in own}
        kinds = {text_of(triple.object) for triple in own if triple.predicate == TYPE}
        slice_ = ox.Store()
        slice_.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in own)
        slice_.extend(_classes_of(store, {triple.object for triple in own} | subjects))
        asked = [query for query in self.constraints if query.targets & kinds]
        findings = self._findings(slice_, asked)
        own_findings = (each for each in findings if ox.NamedNode(each.values["focus"]) in subjects)
        return [*self._clashes(slice_, subjects), *own_findings]

    def _clashes(self, slice_: ox.Store, subjects: Iterable[object]) -> Iterator[Finding]:
        """The subjects that are of two classes which exclude each other."""
        for subject in subjects:
            kinds = [text_of(quad.object) for quad in _classes_of(slice_, [subject])]
            if len(kinds) > 1 and (clash := self._classes.clash(kinds)):
                one, other = (shorten(kind) for kind in clash)
                values = {"thing": text_of(subject), "class": clash[0], "other": clash[1]}
                yield Finding(
                    CLASH, "error", CLASH_TITLE, f"{shown(subject)} is a {one} and a {other}.", CLASH_REMEDY, values
                )

    @staticmethod
    def _findings(store: Quads, queries: Iterable[Constraint]) -> Iterator[Finding]:
        for query in queries:
            rows = store.query(query.text, prefixes=PREFIXES)
            assert isinstance(rows, ox.QuerySolutions)
            valued = any(variable.value == "value" for variable in rows.variables)
            for row in rows:
                yield _finding(query, row["focus"], row["value"] if valued else None)


def _classes_of(store: Quads, things: Iterable[object]) -> Iterator[ox.Quad]:
    for thing in things:
        if isinstance(thing, ox.NamedNode):
            yield from store.quads_for_pattern(thing, TYPE, None, ox.DefaultGraph())


def _finding(query: Constraint, focus: object, value: object) -> Finding:
    path = shorten(query.property.path)
    said = f"{shown(focus)} has {path} {shown(value)}" if value is not None else f"{shown(focus)}, {path}"
    values = {"focus": text_of(focus), "path": query.property.path, "value": text_of(value)}
    problem = f"{said}: {query.property.message}"
    return Finding(
        f"shapes/{query.shape.name}",
        query.property.severity,
        query.shape.title,
        problem,
        query.property.remedy,
        {name: text for name, text in values.items() if text},
    )
