"""Rules, run to a fixpoint: all over a copy of what they read.

What rules conclude, and what is told besides, waits outside memory until it was read to its end: so no query is open while it is written,
and stores can be opened anew between the parts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, count, islice
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.namespaces import INFERRED_GRAPH
from kg.reason.rules import DEFAULT, INFERRED, Rule, asks_for, reads_of, rules_of
from kg.store.asking import ask
from kg.store.memory import give_back
from kg.store.spool import spooled

STATED = """CONSTRUCT {{ ?subject {predicate} ?object }}
WHERE {{ GRAPH ?graph {{ ?subject {predicate} ?object }} FILTER(?graph != {inferred}) }}"""
"""What the named graphs state with a predicate: the engine drops graphs twice as fast as a loop over their quads."""
PART = 20_000
"""Conclusions that are drawn before they are written."""
FEW = 20_000
"""Up to so many conclusions with a predicate are told from what is stated one by one; the default graph holds each triple once."""
WRITTEN = 40_000
"""Conclusions that are written before memory is given back."""
COPIED = 40_000
"""Premises that are copied at a time: the store's loader takes memory for as many as it is given."""
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None
"""What stands in a place of what a rule gives, or nothing."""


class Changing(Protocol):
    """A graph that is being changed; kg.store.Draft is one."""

    @property
    def store(self) -> ox.Store:
        """Its quads as they are now."""

    def change_graph(self, graph: str, removed: Collection[ox.Quad], added: Collection[ox.Quad]) -> None:
        """Remove quads from a named graph, and add others."""

    def rest(self, written: int = 0) -> None:
        """Give back the memory that the store took, where so many quads were written; nobody may go on using the one that it was."""


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
    graph: Changing,
    rules: Path,
    computed: Iterable[ox.Quad],
    told: Iterable[Iterable[ox.Quad]] = (),
    folder: Path | None = None,
) -> None:
    """Make INFERRED_GRAPH hold what `infer` gives and what is `told` besides, part by part, so that memory does not grow with it.

    What is told comes in rows, of which each is begun when the one before is written and forgotten; what is computed is asked for when
    all of them are. No rule reads what is told. The rules work on a copy in `folder`, which is on the disk, or in memory. Raises as
    `infer`.
    """
    begins_empty = next(graph.store.quads_for_pattern(None, None, None, INFERRED), None) is None
    kept = set[ox.Quad]()
    for row in told:
        with spooled((quad.triple for quad in row), folder) as triples:
            graph.rest()
            while part := [_inferred(triple) for triple in islice(triples, PART)]:
                graph.change_graph(INFERRED_GRAPH, (), part)
                graph.rest(WRITTEN)
                kept.update(() if begins_empty else part)
    known = list(computed)
    kept.update(known)
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
            with spooled(_conclusions(rule, self._work), self._folder) as triples:
                while found := dict.fromkeys(islice(triples, PART)):
                    part = [triple for triple in found if self._is_new(triple)]
                    if not part:
                        continue
                    self._work.bulk_extend(ox.Quad(each.subject, each.predicate, each.object) for each in part)
                    self._grown += len(part)
                    came |= {triple.predicate.value for triple in part}
                    yield [_inferred(triple) for triple in part]
                    self._rest()
            waiting |= {each: None for each, asked in self._asks.items() if asked & came and each not in waiting}

    def _is_new(self, triple: ox.Triple) -> bool:
        return ox.Quad(triple.subject, triple.predicate, triple.object) not in self._work

    def concludes(self, quad: ox.Quad, store: ox.Store) -> bool:
        """Whether a quad of INFERRED_GRAPH is among the conclusions, all being drawn."""
        if self._is_new(quad.triple):
            return False
        holding = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return {each.graph_name for each in holding} <= {DEFAULT, INFERRED}


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


def _inferred(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, INFERRED)


def _conclusions(rule: Rule, work: ox.Store) -> Iterator[ox.Triple]:
    """What one rule gives, some of it more than once, and some that the working store holds."""
    for subject, predicate, value in _given(rule, work):
        if isinstance(subject, ox.BlankNode) or isinstance(value, ox.BlankNode):
            raise OntologyError(f"{rule.path}: the rule gives blank nodes.", "Let it give IRIs and literals.")
        if not isinstance(subject, ox.NamedNode) or not isinstance(predicate, ox.NamedNode) or value is None:
            continue  # no triple
        yield ox.Triple(subject, predicate, value)


def _given(rule: Rule, work: ox.Store) -> Iterator[tuple[Term, Term, Term]]:
    """The terms of the triples that one rule gives."""
    asked = _asking_for_new(rule)
    result = ask(work, asked or rule.text, rule.path, "rule")
    if isinstance(result, ox.QueryTriples):
        yield from ((triple.subject, triple.predicate, triple.object) for triple in result)
    elif asked and isinstance(result, ox.QuerySolutions):
        yield from ((row[0], row[1], row[2]) for row in result)
    else:
        raise OntologyError(f"{rule.path}: the rule is no CONSTRUCT query.", "Write CONSTRUCT … WHERE ….")


def _asking_for_new(rule: Rule) -> str | None:
    """Where a rule's head is one triple, the query for its terms that leaves out what is known, twice as fast as a loop does.

    It is a SELECT, since the engine remembers all that a CONSTRUCT gave, to give each once.
    """
    shape = re.fullmatch(r"(.*)\bCONSTRUCT\s*\{([^{};,]*)\}(\s*WHERE\s*\{.*)\}\s*", rule.text, re.DOTALL)
    if shape is None or not re.fullmatch(r"\s*([?\w][\w:-]*\s+){3}", shape[2] + " "):
        return None
    place = count()
    terms = re.sub(r"\S+", lambda term: f"({'rdf:type' if term[0] == 'a' else term[0]} AS ?_{next(place)})", shape[2])
    return f"{shape[1]}SELECT{terms}{shape[3]}  FILTER NOT EXISTS {{{shape[2]}}}\n}}\n"
