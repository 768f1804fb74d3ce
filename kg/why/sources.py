"""Where a stated triple comes from: a sentence of a document, a row of the reference data, the ontology."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import reference
from kg.ids import hashed_iri
from kg.namespaces import AC, DCTERMS, ONTOLOGY_GRAPH, PREFIXES, RDF, REFERENCE_GRAPH
from kg.store.quads import Quads

DEFAULT = ox.DefaultGraph()
SENTENCES = 2
"""How many sentences of one document are quoted for one triple."""

QUOTES = """SELECT DISTINCT ?sentence ?begin ?end WHERE {
  { VALUES ?subject { SUBJECT } ?claim ac:about ?subject ; ac:inDocument ?document . BIND(?claim AS ?said) }
  UNION { VALUES ?subject { SUBJECT } ?subject ac:inDocument ?document . BIND(?subject AS ?said) }
  UNION { VALUES ?subject { SUBJECT } ?said ac:filler ?subject ; ac:inDocument ?document }
  FILTER(?document = DOCUMENT)
  OPTIONAL { ?said ac:filler ?filler . ?filler ac:role ROLE ; ac:entity OBJECT }
  ?said prov:wasQuotedFrom ?quoted .
  ?quoted nif:anchorOf ?sentence ; nif:beginIndex ?begin ; nif:endIndex ?end .
} ORDER BY DESC(BOUND(?filler)) ?begin"""
"""The sentences by which a document says something of an event or a claim; those of a claim with this filler first."""

NAMED = """SELECT DISTINCT ?sentence ?begin ?end WHERE {
  ?mention itsrdf:taIdentRef SUBJECT ; nif:referenceContext DOCUMENT ; nif:anchorOf ?sentence ;
    nif:beginIndex ?begin ; nif:endIndex ?end .
} ORDER BY ?begin"""
"""Where a document names a thing."""


@dataclass(frozen=True, slots=True)
class Source:
    """One place that states a triple. What does not apply is None."""

    kind: str
    """document, reference or ontology."""
    place: str
    """The document's identifier; the table with its line, where it is as it was at the build; the ontology's file."""
    quote: str | None = None
    begin: int | None = None
    """Where the quotation stands in the document's text; the end is exclusive."""
    end: int | None = None
    basis: str | None = None
    confidence: str | None = None
    source: str | None = None
    """What the row names as its source, or where the document was read from."""


class Sources:
    """The sources of triples in a store."""

    def __init__(self, store: Quads, seeds: Path, version: str) -> None:
        """`version` is that of the reference data which the graph was built from."""
        self._store = store
        self._seeds = seeds
        self._version = version
        self._origins: reference.Origins | None = None

    def expect(self, triples: Iterable[ox.Triple]) -> None:
        """Read the tables once for all triples that will be asked for."""
        subjects = {triple.subject.value for triple in triples if isinstance(triple.subject, ox.NamedNode)}
        found = reference.origins(self._seeds / "reference", subjects) if subjects else None
        self._origins = found if found and found.version == self._version else None

    def of(self, triple: ox.Triple, graphs: Iterable[str]) -> Iterator[Source]:
        """Where each of these graphs, which state the triple, has it from."""
        for graph in graphs:
            if graph == REFERENCE_GRAPH:
                yield self._row(triple)
            elif graph == ONTOLOGY_GRAPH:
                yield Source("ontology", "ontology/arms-control.ttl")
            else:
                yield from self._document(triple, ox.NamedNode(graph))

    def _row(self, triple: ox.Triple) -> Source:
        origin = self._origins.by_triple.get(triple) if self._origins else None
        record = self._record(triple)
        basis, confidence, source = (
            self._value(record, name) for name in (AC + "basis", AC + "confidence", DCTERMS + "source")
        )
        place = f"seeds/reference/{origin}" if origin else "the reference data"
        return Source("reference", place, basis=basis, confidence=confidence, source=source)

    def _record(self, triple: ox.Triple) -> ox.NamedNode:
        """What bears the basis of a triple: its record, its object where that is a tenure, else its subject."""
        assert isinstance(triple.subject, ox.NamedNode)
        value = triple.object.value if isinstance(triple.object, ox.NamedNode) else ""
        record = ox.NamedNode(hashed_iri("fact", triple.subject.value, triple.predicate.value, value))
        if self._value(record, AC + "basis") is not None:
            return record
        tenure = triple.predicate.value == AC + "holdsOffice" and isinstance(triple.object, ox.NamedNode)
        return triple.object if tenure and isinstance(triple.object, ox.NamedNode) else triple.subject

    def _document(self, triple: ox.Triple, document: ox.NamedNode) -> Iterator[Source]:
        identifier = self._value(document, DCTERMS + "identifier") or document.value
        read_from = self._value(document, DCTERMS + "source")
        rows = list(self._rows(QUOTES, triple, document)) or list(self._rows(NAMED, triple, document))
        for row in rows[:SENTENCES]:
            sentence, begin, end = (row[name].value for name in ("sentence", "begin", "end"))
            yield Source("document", identifier, sentence, int(begin), int(end), source=read_from)
        if not rows:
            yield Source("document", identifier, source=read_from)

    def _rows(self, query: str, triple: ox.Triple, document: ox.NamedNode) -> Iterator[ox.QuerySolution]:
        role = ox.Literal(triple.predicate.value.removeprefix(AC))
        value = triple.object if isinstance(triple.object, ox.NamedNode) else ox.NamedNode(RDF + "nil")
        text = query
        for name, term in (("SUBJECT", triple.subject), ("DOCUMENT", document), ("ROLE", role), ("OBJECT", value)):
            text = text.replace(name, str(term))
        rows = self._store.query(text, prefixes=PREFIXES)
        assert isinstance(rows, ox.QuerySolutions)
        yield from rows

    def _value(self, subject: ox.NamedNode, predicate: str) -> str | None:
        quads = self._store.quads_for_pattern(subject, ox.NamedNode(predicate), None, DEFAULT)
        return min(
            (quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode | ox.Literal)), default=None
        )
