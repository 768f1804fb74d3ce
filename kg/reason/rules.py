"""Rules: SPARQL CONSTRUCT files, one a file, and what each of them reads.

Besides what a rule says by its own terms, the general rules read what the ontology says of classes and properties:
subclasses, subproperties, inverses, property chains, transitive properties.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.namespaces import INFERRED_GRAPH, OWL, PREFIXES, RDF, RDFS

HEADERS = ("title", "reason", "source")

AXIOMS = {
    RDFS + "subPropertyOf": RDFS + "subPropertyOf",
    OWL + "inverseOf": OWL + "inverseOf",
    OWL + "propertyChainAxiom": RDF + "first",
}
"""By which property the ontology says what a general rule should do with a property, and where that property stands."""

DEFAULT = ox.DefaultGraph()
INFERRED = ox.NamedNode(INFERRED_GRAPH)


@dataclass(frozen=True, slots=True)
class Rule:
    """A CONSTRUCT query, whose prefixes are those of kg.namespaces, and the file that it stands in."""

    path: Path
    text: str
    title: str
    """What it concludes, in a sentence."""
    reason: str
    source: str

    @property
    def name(self) -> str:
        """The stem of its file."""
        return self.path.stem

    @property
    def query(self) -> str:
        """Its text without comments."""
        return re.sub(r"(?m)(?:^|\s)#.*$", " ", self.text)


def rules_of(folder: Path) -> list[Rule]:
    """The rules of a folder by name; raises OntologyError where there are none or one lacks a header."""
    paths = sorted(folder.glob("*.rq"))
    if not paths:
        raise OntologyError(f"There is no rule in {folder}.", "Point KG_ONTOLOGY to the ontology.")
    return [_rule(path) for path in paths]


def _rule(path: Path) -> Rule:
    """A rule, whose comments must say its title, reason and source."""
    text = path.read_text(encoding="utf-8")
    head = dict(re.findall(r"^# (title|reason|source): (\S.*)$", text, re.MULTILINE))
    for key in HEADERS:
        if key not in head:
            raise OntologyError(f"{path}: the rule has no {key}.", f"Add a line “# {key}: …” at its head.")
    return Rule(path, text, **head)


def reads_of(store: ox.Store, rule: Rule) -> frozenset[str]:
    """The predicates that a rule names, and those that an axiom which it names is about.

    A rule with a variable in the predicate's place must name the axiom that says which properties are meant.
    """
    return _named(store, rule.query)


def asks_for(store: ox.Store, rule: Rule) -> frozenset[str]:
    """The predicates that a rule's body reads: of those, and no others, new triples may let it conclude more."""
    return _named(store, re.sub(r"\bCONSTRUCT\s*\{[^{}]*\}", " ", rule.query))


def _named(store: ox.Store, query: str) -> frozenset[str]:
    named = _names(query)
    return named | _meant(store, named)


def open_predicates(store: ox.Store, query: str) -> frozenset[str]:
    """The predicates that a variable in the predicate's place of a rule's text can be: those that an axiom which it names is about."""
    return _meant(store, _names(query))


def _names(query: str) -> frozenset[str]:
    named = {PREFIXES[prefix] + local for prefix, local in re.findall(r"\b(\w+):(\w+)", query) if prefix in PREFIXES}
    named |= set(re.findall(r"<([^<>\s]+)>", query)) | ({RDF + "type"} if re.search(r"\ba\b", query) else set())
    return frozenset(named)


def _meant(store: ox.Store, named: Set[str]) -> frozenset[str]:
    found: set[str] = set()
    for axiom in AXIOMS.keys() & named:
        for quad in store.quads_for_pattern(None, ox.NamedNode(AXIOMS[axiom]), None, DEFAULT):
            found |= {node.value for node in (quad.subject, quad.object) if isinstance(node, ox.NamedNode)}
    if OWL + "TransitiveProperty" in named:
        kind = ox.NamedNode(OWL + "TransitiveProperty")
        of_kind = store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), kind, DEFAULT)
        found |= {quad.subject.value for quad in of_kind if isinstance(quad.subject, ox.NamedNode)}
    return frozenset(found)
