"""Reading shapes: one Turtle file for each class, with one sh:NodeShape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.namespaces import RDF, RDFS, shorten
from kg.validate.components import COMPONENTS, Property, Value

SH = "http://www.w3.org/ns/shacl#"
SEVERITY = {SH + "Violation": "error", SH + "Warning": "warning"}
NODE = {"targetClass", "property"}
"""What a node shape may say, besides its class and label."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the things of a class must have."""

    path: Path
    title: str
    targets: tuple[str, ...]
    properties: tuple[Property, ...]

    @property
    def name(self) -> str:
        """The stem of its file, which is the class."""
        return self.path.stem


def read_shapes(folder: Path) -> list[Shape]:
    """The shapes of a folder, file by file; raises OntologyError for what is wrong or not understood in one."""
    paths = sorted(folder.glob("*.ttl"))
    if not paths:
        raise OntologyError(f"There is no shape in {folder}.", "Point KG_ONTOLOGY to the ontology.")
    return [_Reading(path).shape() for path in paths]


class _Reading:
    """The triples of one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._facts: dict[object, list[ox.Triple]] = {}
        try:
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                self._facts.setdefault(quad.subject, []).append(quad.triple)
        except SyntaxError as error:
            raise OntologyError(f"{path}, line {error.lineno}: {error.msg}.", "Correct the Turtle.") from error

    def shape(self) -> Shape:
        kind = ox.NamedNode(SH + "NodeShape")
        found = [node for node, said in self._facts.items() if any(each.object == kind for each in said)]
        if len(found) != 1:
            raise self._error(f"{len(found)} node shapes stand here", "Give each class a file of its own.")
        self._check(found[0], NODE)
        titles = [each.value for each in self._all(found[0], RDFS + "label") if isinstance(each, ox.Literal)]
        targets = tuple(
            sorted(each.value for each in self._all(found[0], SH + "targetClass") if isinstance(each, ox.NamedNode))
        )
        properties = [self._property(each) for each in self._all(found[0], SH + "property")]
        if not (titles and targets and properties):
            raise self._error("the shape lacks a label, a target class or a property", "Add it.")
        return Shape(self._path, titles[0], targets, tuple(properties))

    def _property(self, node: object) -> Property:
        self._check(node, {"path", "severity", "message", "description", *COMPONENTS})
        path = self._one(node, "path")
        if not isinstance(path, ox.NamedNode):
            raise self._error("a path is no property", "Constrain one property; longer paths are for checks.")
        severity = self._one(node, "severity") or ox.NamedNode(SH + "Violation")
        message, remedy = (self._text(node, name) for name in ("message", "description"))
        if not message or not remedy or severity.value not in SEVERITY:
            problem = f"{shorten(path.value)} lacks a message or a description, or has another severity"
            raise self._error(problem, "Say what is wrong (sh:message) and what to do (sh:description), in English.")
        components = {name: self._component(node, name) for name in COMPONENTS if self._one(node, name) is not None}
        return Property(path.value, components, message, remedy, SEVERITY[severity.value])

    def _component(self, node: object, name: str) -> tuple[Value, ...]:
        """The values of a constraint: of a list its members, of alternatives their datatypes."""
        found = [member for value in self._all(node, SH + name) for member in self._members(value)]
        if name == "or":
            for member in found:
                self._check(member, {"datatype"})
            found = [value for member in found for value in self._all(member, SH + "datatype")]
        if not all(isinstance(value, Value) for value in found):
            raise self._error(f"sh:{name} has a blank node", "Name an IRI or a literal.")
        return tuple(value for value in found if isinstance(value, Value))

    def _members(self, node: object) -> Iterator[object]:
        first = self._all(node, RDF + "first") if isinstance(node, ox.BlankNode) else []
        if not first:
            yield node
            return
        yield first[0]
        for rest in self._all(node, RDF + "rest"):
            if rest != ox.NamedNode(RDF + "nil"):
                yield from self._members(rest)

    def _check(self, node: object, allowed: set[str]) -> None:
        """That a shape says nothing in SHACL's words that would be passed over."""
        for triple in self._facts.get(node, []):
            name = triple.predicate.value.removeprefix(SH)
            if name != triple.predicate.value and name not in allowed:
                raise self._error(
                    f"sh:{name} is not understood", f"Use {', '.join(sorted(allowed))}, or write a check."
                )

    def _all(self, node: object, predicate: str) -> list[object]:
        return [each.object for each in self._facts.get(node, []) if each.predicate.value == predicate]

    def _one(self, node: object, name: str) -> ox.NamedNode | ox.Literal | ox.BlankNode | None:
        found = self._all(node, SH + name)
        if len(found) > 1 and name not in ("message", "description", "class"):
            raise self._error(f"sh:{name} stands twice", "Keep one.")
        return found[0] if found and isinstance(found[0], ox.NamedNode | ox.Literal | ox.BlankNode) else None

    def _text(self, node: object, name: str) -> str:
        """The English text."""
        found = self._all(node, SH + name)
        return next((each.value for each in found if isinstance(each, ox.Literal) and each.language == "en"), "")

    def _error(self, problem: str, remedy: str) -> OntologyError:
        return OntologyError(f"{self._path}: {problem}.", remedy)
