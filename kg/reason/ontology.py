"""The ontology's Turtle files: all of it for reasoners, its named things for the graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.namespaces import ACR, ONTOLOGY_GRAPH, OWL, RDF, shorten

CHAIN = ox.NamedNode(OWL + "propertyChainAxiom")
EXPRESSIONS = frozenset(
    OWL + name
    for name in (
        *("allValuesFrom", "cardinality", "complementOf", "distinctMembers", "hasValue", "intersectionOf", "members"),
        *("maxCardinality", "minCardinality", "onProperty", "oneOf", "someValuesFrom", "unionOf"),
    )
)
"""The properties that make a blank node a class expression or an axiom among many; lists end in one of them."""

Triples = dict[ox.BlankNode, list[ox.Triple]]


def axioms(folder: Path) -> Iterator[tuple[Path, ox.Triple]]:
    """Every triple of the Turtle files of the ontology's folder with its file, blank nodes included.

    File by file and in their own order. Raises OntologyError where there is none, and for a syntax error, with file
    and line.
    """
    paths = sorted(folder.glob("*.ttl"))
    if not paths:
        raise OntologyError(f"There is no Turtle file in {folder}.", "Point KG_ONTOLOGY to the ontology.")
    for path in paths:
        try:
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                yield path, quad.triple
        except SyntaxError as error:
            raise OntologyError(f"{path}, line {error.lineno}: {error.msg}.", "Correct the Turtle.") from error


def ontology_quads(folder: Path) -> Iterator[ox.Quad]:
    """What the graph holds of the ontology: its named things, in ONTOLOGY_GRAPH, and no blank node.

    Class expressions (restrictions, unions) serve OWL reasoners and are left out. Property chains, which a rule reads,
    stay: the nodes of their lists get IRIs. Raises OntologyError as `axioms`, and for any other blank node.
    """
    triples = list(axioms(folder))
    blank: Triples = {}
    for _, triple in triples:
        if isinstance(triple.subject, ox.BlankNode):
            blank.setdefault(triple.subject, []).append(triple)
    graph = ox.NamedNode(ONTOLOGY_GRAPH)
    for path, triple in triples:
        if isinstance(triple.subject, ox.BlankNode):
            _check_expression(path, triple, blank)
        elif triple.predicate == CHAIN and isinstance(triple.object, ox.BlankNode):
            for each in _chain(triple, blank):
                yield ox.Quad(each.subject, each.predicate, each.object, graph)
        elif isinstance(triple.object, ox.BlankNode):
            _check_expression(path, triple, blank)
        else:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _check_expression(path: Path, triple: ox.Triple, blank: Triples) -> None:
    """That the blank node of a triple is a class expression, an axiom among many or a list; else OntologyError."""
    for node in (triple.subject, triple.object):
        if isinstance(node, ox.BlankNode):
            said = {each.predicate.value for each in blank.get(node, [])}
            if not said & EXPRESSIONS and RDF + "first" not in said:
                problem = f"{path}: a blank node stands beside {shorten(triple.predicate.value)}."
                raise OntologyError(problem, "Give every thing an IRI; only class expressions and lists go without.")


def _chain(axiom: ox.Triple, blank: Triples) -> Iterator[ox.Triple]:
    """The axiom with the nodes of its list as acr:chain/PROPERTY/1, 2 and so on."""
    assert isinstance(axiom.subject, ox.NamedNode)
    name = axiom.subject.value.rpartition("#")[2]
    place = 1
    yield ox.Triple(axiom.subject, axiom.predicate, ox.NamedNode(f"{ACR}chain/{name}/1"))
    node = axiom.object
    while isinstance(node, ox.BlankNode):
        here = ox.NamedNode(f"{ACR}chain/{name}/{place}")
        said = {triple.predicate.value: triple.object for triple in blank[node]}
        rest = said[RDF + "rest"]
        place += 1
        follows = ox.NamedNode(f"{ACR}chain/{name}/{place}") if isinstance(rest, ox.BlankNode) else rest
        yield ox.Triple(here, ox.NamedNode(RDF + "first"), said[RDF + "first"])
        yield ox.Triple(here, ox.NamedNode(RDF + "rest"), follows)
        node = rest
