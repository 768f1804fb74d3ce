"""The shapes of ontology/shapes, which are SHACL, run as SPARQL.

A shape is compiled once into queries whose rows are its violations, as a store answers those a hundred times faster than
an engine that walks the shapes over rdflib. Only the part of SHACL Core that `_COMPONENTS` names is understood; anything
else in a shape is refused. docs/decisions/0007-shapes-compiled-to-queries.md says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.namespaces import PREFIXES, RDF, shorten
from kg.store.quads import Quads
from kg.validate.classes import Classes
from kg.validate.components import Property, compiled
from kg.validate.finding import Finding, shown, text_of
from kg.validate.screening import Facts, Kinds, facts_of, suspected
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
        self._by_targets: dict[frozenset[str], list[Constraint]] = {}
        for each in self.constraints:
            self._by_targets.setdefault(each.targets, []).append(each)

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
        facts = facts_of(own)
        kinds = _Kinds(facts, store)
        clashes = [clash for thing in facts if (clash := self.clash(text_of(thing), kinds(thing)))]
        asked = self._suspected(facts, kinds)
        if not asked:
            return clashes
        slice_ = ox.Store()
        slice_.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in own)
        slice_.extend(_classes_of(store, {triple.object for triple in own} | facts.keys()))
        own_findings = (each for each in self._findings(slice_, asked) if ox.NamedNode(each.values["focus"]) in facts)
        return [*clashes, *own_findings]

    def _suspected(self, facts: Facts, kinds: Kinds) -> list[Constraint]:
        """The constraints that something of a document may violate."""
        members: dict[str, list[object]] = {}
        for subject in facts:
            for kind in kinds(subject):
                members.setdefault(kind, []).append(subject)
        own = {text_of(kind) for said in facts.values() for kind in said.get(TYPE.value, ())}
        found = []
        for targets, constraints in self._by_targets.items():
            if targets & own:
                focuses = dict.fromkeys(subject for kind in targets & members.keys() for subject in members[kind])
                found += [each for each in constraints if self._is_suspected(each, focuses, facts, kinds)]
        return found

    def _is_suspected(self, each: Constraint, focuses: Iterable[object], facts: Facts, kinds: Kinds) -> bool:
        return suspected(each.property, each.component, focuses, facts, kinds, self._classes.below)

    def clash(self, thing: str, kinds: Collection[str]) -> Finding | None:
        """What is wrong with a thing that is of these classes, where two of them exclude each other; None else."""
        if len(kinds) < 2 or not (clash := self._classes.clash(kinds)):
            return None
        one, other = (shorten(kind) for kind in clash)
        values = {"thing": thing, "class": clash[0], "other": clash[1]}
        problem = f"{shorten(thing)} is a {one} and a {other}."
        return Finding(CLASH, "error", CLASH_TITLE, problem, CLASH_REMEDY, values)

    def below(self, name: str) -> set[str]:
        """The classes below a class, itself included."""
        return self._classes.below(name)

    @staticmethod
    def _findings(store: Quads, queries: Iterable[Constraint]) -> Iterator[Finding]:
        for query in queries:
            rows = store.query(query.text, prefixes=PREFIXES)
            assert isinstance(rows, ox.QuerySolutions)
            valued = any(variable.value == "value" for variable in rows.variables)
            for row in rows:
                yield _finding(query, row["focus"], row["value"] if valued else None)


class _Kinds:
    """The classes of things: what a document and the graph beside it say."""

    def __init__(self, facts: Facts, store: Quads) -> None:
        self._facts = facts
        self._store = store
        self._known: dict[object, frozenset[str]] = {}

    def __call__(self, thing: object) -> frozenset[str]:
        if thing not in self._known:
            own = self._facts.get(thing, {}).get(TYPE.value, ())
            beside = (quad.object for quad in _classes_of(self._store, [thing]))
            self._known[thing] = frozenset(text_of(kind) for kind in (*own, *beside))
        return self._known[thing]


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
