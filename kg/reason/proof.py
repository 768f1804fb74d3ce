"""Why an inferred triple stands in the graph: the rule that gives it, run backwards, down to what is stated.

prover = Prover(store, rules_of(folder))
prover.prove(triple)            # a Proof; None where the graph does not hold the triple
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from kg.namespaces import AC, INFERRED_GRAPH, PREFIXES, PROV, RDF
from kg.reason.patterns import Backwards, Node, Path, Pattern, Values, backwards, may_give
from kg.reason.rules import Rule
from kg.reason.walking import way
from kg.store.quads import Quads

WAYS = 40
"""How many of the ways in which a rule gives a triple are looked at; the ones from stated triples come first."""

DERIVED = ox.NamedNode(PROV + "wasDerivedFrom")
RESTS_ON = ox.NamedNode(AC + "restsOn")
FROM = tuple(ox.NamedNode(AC + name) for name in ("fromClaim", "firstSide", "otherSide", "linkFrom", "linkTo"))
"""From what is computed of claims, or of two events, to these."""
TYPE = ox.NamedNode(RDF + "type")
INFERRED = ox.NamedNode(INFERRED_GRAPH)
DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Proof:
    """A triple of the graph and what it rests on."""

    triple: ox.Triple
    graphs: tuple[str, ...]
    """The IRIs of the graphs that state it; none where it is only inferred."""
    rule: Rule | None = None
    """The rule that gives it; None where it is stated, or computed."""
    premises: tuple[Proof, ...] = ()
    """What the rule reads, or what it was computed from, each proved in turn."""


class Prover:
    """Proves triples of a store's default graph by rules."""

    def __init__(self, store: Quads, rules: list[Rule]) -> None:
        self._store = store
        self._rules = rules
        self._known: dict[ox.Triple, Proof] = {}

    def prove(self, triple: ox.Triple) -> Proof | None:
        """Why the graph holds the triple; None where it does not."""
        if ox.Quad(triple.subject, triple.predicate, triple.object) not in self._store:
            return None
        return self._prove(triple, frozenset()) or Proof(triple, ())

    def stated_in(self, triple: ox.Triple) -> tuple[str, ...]:
        """The graphs, besides the inferred one, that hold the triple."""
        quads = self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object)
        names = {quad.graph_name for quad in quads} - {DEFAULT, INFERRED}
        return tuple(sorted(name.value for name in names if isinstance(name, ox.NamedNode)))

    def _prove(self, triple: ox.Triple, above: frozenset[ox.Triple]) -> Proof | None:
        """A proof that does not go in a circle through the triples above; None where there is none."""
        if triple in self._known:
            return self._known[triple]
        if graphs := self.stated_in(triple):
            proof: Proof | None = Proof(triple, graphs)
        else:
            proof = self._by_rule(triple, above | {triple}) or self._computed(triple)
        if proof is not None:
            self._known[triple] = proof
        return proof

    def _by_rule(self, triple: ox.Triple, above: frozenset[ox.Triple]) -> Proof | None:
        for rule in self._rules:
            if not may_give(rule, triple.predicate):
                continue
            taken = backwards(rule)
            for head in taken.head:
                values = head.match(triple)
                for premises in self._ways(taken, values) if values is not None else ():
                    proofs = [proof for each in premises if (proof := self._try(each, above))]
                    if len(proofs) == len(premises):
                        return Proof(triple, (), rule, tuple(proofs))
        return None

    def _try(self, premise: ox.Triple, above: frozenset[ox.Triple]) -> Proof | None:
        return None if premise in above else self._prove(premise, above)

    def _ways(self, taken: Backwards, values: Values) -> list[list[ox.Triple]]:
        """The premises of each way in which the rule gives the triple, those with the most stated ones first."""
        rows = self._store.query(taken.query(values), prefixes=PREFIXES)
        assert isinstance(rows, ox.QuerySolutions)
        names = [variable.value for variable in rows.variables]
        found = []
        for row in islice(rows, WAYS):
            bound = {name: term for name in names if isinstance(term := row[name], ox.NamedNode | ox.Literal)}
            premises = dict.fromkeys(each for pattern in taken.body for each in self._triples(pattern, values | bound))
            found.append(list(premises))
        return sorted(found, key=lambda premises: sum(not self.stated_in(each) for each in premises))

    def _triples(self, pattern: Pattern, values: Values) -> Iterator[ox.Triple]:
        """The triples of the graph that a pattern stands for with these values; none in a branch not taken."""
        subject, predicate, value = (
            values.get(each) if isinstance(each, str) else each
            for each in (pattern.subject, pattern.predicate, pattern.object)
        )
        if isinstance(predicate, Path) and subject is not None and value is not None:
            assert not isinstance(subject, Path)
            assert not isinstance(value, Path)
            yield from way(self._store, subject, predicate, value) or ()
        elif (
            isinstance(subject, ox.NamedNode)
            and isinstance(predicate, ox.NamedNode)
            and isinstance(value, Node)
            and ox.Quad(subject, predicate, value) in self._store
        ):
            yield ox.Triple(subject, predicate, value)

    def _computed(self, triple: ox.Triple) -> Proof | None:
        """What no rule gives was computed: the status of treaties from what its subject rests on, a copy from two texts.

        So is what follows from several claims: from those claims, or from the things that it joins.
        """
        grounds = [
            quad.object
            for predicate in (RESTS_ON, *FROM)
            for quad in self._store.quads_for_pattern(triple.subject, predicate, None, DEFAULT)
        ]
        if triple.predicate == DERIVED or not grounds:
            grounds = [each for each in (triple.subject, triple.object) if isinstance(each, ox.NamedNode)]
        kinds = [
            quad.triple
            for ground in sorted(grounds, key=str)
            if isinstance(ground, ox.NamedNode)
            for quad in self._store.quads_for_pattern(ground, TYPE, None, DEFAULT)
        ]
        proofs = [Proof(kind, graphs) for kind in kinds if (graphs := self.stated_in(kind))]
        return Proof(triple, (), None, tuple(proofs)) if proofs else None
