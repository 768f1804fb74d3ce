"""Rules: SPARQL CONSTRUCT files, one a file, run to a fixpoint in a store.

Besides what a rule says by its own terms, the general rules read what the ontology says of classes and properties:
subclasses, subproperties, inverses, property chains, transitive properties.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.namespaces import INFERRED_GRAPH, OWL, PREFIXES, RDF, RDFS
from kg.store.asking import ask
from kg.store.memory import give_back

HEADERS = ("title", "reason", "source")

AXIOMS = {
    RDFS + "subPropertyOf": RDFS + "subPropertyOf",
    OWL + "inverseOf": OWL + "inverseOf",
    OWL + "propertyChainAxiom": RDF + "first",
}
"""By which property the ontology says what a general rule should do with a property, and where that property stands."""

STATED = """CONSTRUCT {{ ?subject {predicate} ?object }}
WHERE {{ GRAPH ?graph {{ ?subject {predicate} ?object }} FILTER(?graph != {inferred}) }}"""
"""What the named graphs state with a predicate: the engine drops graphs twice as fast as a loop over their quads."""
DEFAULT = ox.DefaultGraph()
INFERRED = ox.NamedNode(INFERRED_GRAPH)
PART = 20_000
"""Conclusions that are drawn before they are written."""
FEW = 20_000
"""Up to so many conclusions with a predicate are told from what is stated one by one; the default graph holds each triple once."""
WRITTEN = 40_000
"""Conclusions that are written before memory is given back."""
COPIED = 40_000
"""Premises that are copied at a time: the store's loader takes memory for as many as it is given."""


class Changing(Protocol):
    """A graph that is being changed; kg.store.Draft is one."""

    @property
    def store(self) -> ox.Store:
        """Its quads as they are now."""

    def change_graph(self, graph: str, removed: Collection[ox.Quad], added: Collection[ox.Quad]) -> None:
        """Remove quads from a named graph, and add others."""

    def rest(self, written: int = 0) -> None:
        """Give back the memory that the store took, where so many quads were written; nobody may go on using the one that it was."""


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


def infer(store: ox.Store, rules: Path, computed: Iterable[ox.Quad] = ()) -> list[ox.Quad]:
    """What the rules of the folder conclude from the store's named graphs, in INFERRED_GRAPH, sorted.

    The rules run to a fixpoint. `computed` is what was computed from the same store by other means, such as the status
    of treaties: it is a premise as well, and part of what is given. Only what no other graph says is given. What an
    earlier run concluded is no premise, so the result is the same whether the store holds it already or not. The store
    is only read: the rules work on a copy in memory. Raises OntologyError for a rule that is malformed or gives blank
    nodes.
    """
    run, known = Run(store, rules), list(computed)
    return sorted((*known, *(quad for part in run.conclusions(known) for quad in part)), key=str)


def renew(
    graph: Changing, rules: Path, computed: Iterable[ox.Quad], told: Iterable[ox.Quad] = (), folder: Path | None = None
) -> None:
    """Make INFERRED_GRAPH hold what `infer` gives and what is `told` besides, part by part, so that memory does not grow with it.

    No rule reads what is told. The rules work on a copy in `folder`, which is on the disk, or in memory. Raises as `infer`.
    """
    begins_empty = next(graph.store.quads_for_pattern(None, None, None, INFERRED), None) is None
    known = list(computed)
    kept = set(known)
    parts = iter(told)
    while part := list(islice(parts, PART)):
        graph.change_graph(INFERRED_GRAPH, (), part)
        kept.update(() if begins_empty else part)
    graph.rest()
    run = Run(graph.store, rules, folder)
    graph.rest()
    for part in chain([known], run.conclusions(known)):
        graph.change_graph(INFERRED_GRAPH, (), part)
        graph.rest(WRITTEN)
    if begins_empty:
        return
    held = graph.store.quads_for_pattern(None, None, None, INFERRED)
    stale = [quad for quad in held if quad not in kept and not run.concludes(quad, graph.store)]
    graph.change_graph(INFERRED_GRAPH, stale, ())


class Run:
    """All rules over a copy of what they read."""

    def __init__(self, store: ox.Store, rules: Path, folder: Path | None = None) -> None:
        self._asks = {rule: asks_for(store, rule) for rule in rules_of(rules)}
        self._read = frozenset().union(*(reads_of(store, rule) for rule in self._asks))
        self._folder = folder
        self._work = self._open()
        premises = _premises(store, self._read)
        self._grown = WRITTEN
        while part := list(islice(premises, COPIED)):
            self._work.bulk_extend(part)
        self._rest()

    def _open(self) -> ox.Store:
        return ox.Store(str(self._folder)) if self._folder else ox.Store()

    def _rest(self) -> None:
        """Give back the memory that a copy on the disk took for writing and reading, where it has grown."""
        if self._folder and self._grown >= WRITTEN:
            self._grown = 0
            del self._work
            give_back()
            self._work = self._open()

    def conclusions(self, computed: Iterable[ox.Quad]) -> Iterator[list[ox.Quad]]:
        """What follows from the copy and these quads that neither say, in parts."""
        here = (quad for quad in computed if quad.predicate.value in self._read)
        self._work.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in here)
        waiting = dict.fromkeys(self._asks)
        while waiting:
            rule = next(iter(waiting))
            del waiting[rule]
            came = set[str]()
            found = _conclusions(rule, self._work)
            while part := dict.fromkeys(islice(found, PART)):
                self._work.bulk_extend(part)
                self._grown += len(part)
                came |= {quad.predicate.value for quad in part}
                yield [ox.Quad(quad.subject, quad.predicate, quad.object, INFERRED) for quad in part]
            self._rest()
            waiting |= {each: None for each, asked in self._asks.items() if asked & came and each not in waiting}

    def concludes(self, quad: ox.Quad, store: ox.Store) -> bool:
        """Whether a quad of INFERRED_GRAPH is among the conclusions, all being drawn."""
        if ox.Quad(quad.subject, quad.predicate, quad.object) not in self._work:
            return False
        holding = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return {each.graph_name for each in holding} <= {DEFAULT, INFERRED}


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


def _premises(store: ox.Store, read: Iterable[str]) -> Iterator[ox.Quad]:
    """The triples with these predicates in any named graph but that of what an earlier run concluded.

    A document consists mostly of sentences and mentions, of which no rule reads more than the class.
    """
    for predicate in map(ox.NamedNode, sorted(read)):
        concluded = {(quad.subject, quad.object) for quad in islice(_said(store, predicate, INFERRED), FEW + 1)}
        if len(concluded) > FEW:
            yield from _stated(store, predicate)
            continue
        for quad in _said(store, predicate, DEFAULT):
            if (quad.subject, quad.object) not in concluded or _is_stated(store, quad):
                yield quad


def _said(store: ox.Store, predicate: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, predicate, None, graph)


def _is_stated(store: ox.Store, quad: ox.Quad) -> bool:
    """Whether a named graph other than INFERRED_GRAPH holds a triple."""
    holding = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return any(each.graph_name not in (DEFAULT, INFERRED) for each in holding)


def _stated(store: ox.Store, predicate: ox.NamedNode) -> Iterator[ox.Quad]:
    """The triples with a predicate, where much with it was concluded; the engine remembers the last million to give each once."""
    triples = store.query(STATED.format(predicate=predicate, inferred=INFERRED))
    assert isinstance(triples, ox.QueryTriples)
    yield from (ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)


def _conclusions(rule: Rule, work: ox.Store) -> Iterator[ox.Quad]:
    """What one rule gives that the working store does not hold yet, in the default graph."""
    result = ask(work, _asking_for_new(rule), rule.path, "rule")
    if not isinstance(result, ox.QueryTriples):
        raise OntologyError(f"{rule.path}: the rule is no CONSTRUCT query.", "Write CONSTRUCT … WHERE ….")
    for triple in result:
        if isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode):
            raise OntologyError(f"{rule.path}: the rule gives blank nodes.", "Let it give IRIs and literals.")
        quad = ox.Quad(triple.subject, triple.predicate, triple.object)
        if quad not in work:
            yield quad


def _asking_for_new(rule: Rule) -> str:
    """The rule's text; where its head is one triple, the engine leaves out what is known, twice as fast as a loop does."""
    shape = re.fullmatch(r"(.*\bCONSTRUCT\s*\{([^{};,]*)\}\s*WHERE\s*\{.*)\}\s*", rule.text, re.DOTALL)
    single = shape and re.fullmatch(r"\s*([?\w][\w:-]*\s+){3}", shape[2] + " ")
    return f"{shape[1]}  FILTER NOT EXISTS {{{shape[2]}}}\n}}\n" if shape and single else rule.text
