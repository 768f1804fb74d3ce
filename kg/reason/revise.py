"""What the rules conclude, revised after a change of few documents: only what the change can reach is concluded anew.

A conclusion rests on triples that lie together: from a triple that comes or goes, the things that a rule can conclude
something of are at most `REACH` steps away, through other things that documents speak of. (Ontology and reference data do not change
here, and no step leads through what they describe, for that would lead everywhere.) So the conclusions on all things in
reach are dropped, and the rules run for these things alone, until nothing new comes. Where that changes conclusions on things at the edge,
what lies in reach of them is revised as well. The outcome is that of running all rules on everything; tests compare the two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.namespaces import ACR, INFERRED_GRAPH, ONTOLOGY_GRAPH, REFERENCE_GRAPH
from kg.reason.restricting import Said, restrictions
from kg.reason.rules import DEFAULT, INFERRED, Rule, asks_for, open_predicates, reads_of, rules_of
from kg.reason.running import Changing
from kg.store.asking import ask

REACH = 2
"""Steps from a triple to what a rule that reads it concludes something of: a document's date tells, by its claim, of the event."""
MOST = 6_000
"""Where more things than this are in reach (half a dozen articles), it is quicker to run all rules on everything."""
DOCUMENTS = ACR + "document/"
STATUS = ACR + "status/"
"""Where the intervals of treaties' status stand: computed from reference data, also where documents tell of the acts as well."""
FOUNDATIONS = (ox.NamedNode(ONTOLOGY_GRAPH), ox.NamedNode(REFERENCE_GRAPH))
NOTHING: Mapping[str, Collection[ox.Quad]] = MappingProxyType({})

Things = set[ox.NamedNode]
Change = tuple[ox.NamedNode, ox.NamedNode]
"""Subject and predicate of a triple."""


def revise(
    graph: Changing,
    rules: Path,
    changes: Collection[Change],
    computed: Mapping[str, Collection[ox.Quad]] = NOTHING,
    apart: Collection[str] = (),
) -> bool:
    """Bring INFERRED_GRAPH up to date after triples came or went, of these subjects with these predicates.

    `computed` is, by its predicate, all that other means than rules conclude of documents now. What the inferred graph says
    with the predicates `apart`, and the nodes that only these describe, is left as it is: no rule may read it. False where
    too much is in reach: all rules must be run then. Raises OntologyError for a rule that is malformed.
    """
    reviser = _Reviser(graph, rules, {*computed.keys(), *apart})
    changed = {*changes, *(change for name, quads in computed.items() for change in reviser.replace(name, set(quads)))}
    begun = {subject for subject, predicate in changed if predicate.value in reviser.read}
    things = reviser.in_reach(begun | reviser.joined_to(begun))
    while len(things) <= MOST:
        old = reviser.conclusions_on(things)
        graph.change_graph(INFERRED_GRAPH, old, ())
        new = reviser.conclude(things)
        more = reviser.in_reach(reviser.things_of(old ^ new)) - things
        if not more:
            return True
        things |= more
    return False


class _Reviser:
    """The rules, and what they conclude of some things."""

    def __init__(self, graph: Changing, rules: Path, computed: Collection[str]) -> None:
        self._graph = graph
        self._computed = frozenset(computed)
        self._rules = {rule: asks_for(graph.store, rule) for rule in rules_of(rules)}
        self.read = frozenset().union(*(reads_of(graph.store, rule) for rule in self._rules))
        """The predicates that rules read."""
        self._open = frozenset().union(*(open_predicates(graph.store, rule.query) for rule in self._rules))
        self._told: dict[ox.NamedNode, bool] = {}

    def replace(self, predicate: str, now: set[ox.Quad]) -> Iterator[Change]:
        """Make these quads all that the inferred graph says with this predicate, and give what changed."""
        old = set(self._graph.store.quads_for_pattern(None, ox.NamedNode(predicate), None, INFERRED))
        self._graph.change_graph(INFERRED_GRAPH, old - now, now - old)
        for quad in old ^ now:
            if isinstance(quad.subject, ox.NamedNode):
                yield quad.subject, quad.predicate

    def in_reach(self, things: Things) -> Things:
        """These things, and those of documents that lie within reach of them or were made for one of all these."""
        found = set(things)
        edge = {thing for thing in found if self._is_told(thing)}
        for _ in range(REACH):
            edge = {near for thing in edge for near in self._near(thing)} - found
            found |= edge
        return found | {thing for each in found for thing in self._made_for(each)}

    def things_of(self, quads: Iterable[ox.Quad]) -> Things:
        """The things of documents, and those made for one, that quads speak of."""
        nodes = {node for quad in quads for node in (quad.subject, quad.object) if isinstance(node, ox.NamedNode)}
        return {node for node in nodes if self._is_told(node) or self._is_made(node)}

    def joined_to(self, things: Things) -> Things:
        """The things of documents of which rules will conclude as much as of these: what they join to them by a property with axioms.

        They are in reach once these conclusions change; to begin with them as well is to run the rules once and not twice.
        """
        store = self._graph.store
        return {
            quad.object
            for thing in things
            for quad in store.quads_for_pattern(thing, None, None, DEFAULT)
            if quad.predicate.value in self._open
            and isinstance(quad.object, ox.NamedNode)
            and self._is_told(quad.object)
        }

    def _near(self, thing: ox.NamedNode) -> Iterator[ox.NamedNode]:
        """The things of documents that a triple which a rule reads joins to this one."""
        store = self._graph.store
        for quad in store.quads_for_pattern(thing, None, None, DEFAULT):
            if (
                quad.predicate.value in self.read
                and isinstance(quad.object, ox.NamedNode)
                and self._is_told(quad.object)
            ):
                yield quad.object
        for quad in store.quads_for_pattern(None, None, thing, DEFAULT):
            if (
                quad.predicate.value in self.read
                and isinstance(quad.subject, ox.NamedNode)
                and self._is_told(quad.subject)
            ):
                yield quad.subject

    def _is_told(self, thing: ox.NamedNode) -> bool:
        """Whether documents describe a thing: alone, or as an event that the reference data holds as well."""
        if thing not in self._told:
            graphs = {quad.graph_name for quad in self._graph.store.quads_for_pattern(thing, None, None)}
            stated = graphs - {DEFAULT, INFERRED}
            self._told[thing] = bool(stated) and (graphs.isdisjoint(FOUNDATIONS) or any(map(_is_document, stated)))
        return self._told[thing]

    def _made_for(self, thing: ox.NamedNode) -> Iterator[ox.NamedNode]:
        """The things that rules made for this one, such as the touch of an event."""
        for quad in self._graph.store.quads_for_pattern(None, None, thing, INFERRED):
            if self._is_computed(quad):
                continue
            if isinstance(quad.subject, ox.NamedNode) and self._is_concluded(quad.subject):
                yield quad.subject

    def _is_made(self, thing: ox.NamedNode) -> bool:
        """Whether rules made a thing for one of documents; the status of a treaty is for none."""
        quads = self._graph.store.quads_for_pattern(thing, None, None, INFERRED)
        objects = {quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)}
        return self._is_concluded(thing) and any(self._is_told(each) for each in objects)

    def _is_concluded(self, thing: ox.NamedNode) -> bool:
        """Whether no graph but the inferred one describes a thing, which rules made."""
        graphs = {each.graph_name for each in self._graph.store.quads_for_pattern(thing, None, None)}
        return graphs <= {DEFAULT, INFERRED} and not thing.value.startswith(STATUS)

    def conclusions_on(self, things: Things) -> set[ox.Quad]:
        """What rules conclude of these things now."""
        store = self._graph.store
        of = {quad for thing in things for quad in store.quads_for_pattern(thing, None, None, INFERRED)}
        of |= {quad for thing in things for quad in store.quads_for_pattern(None, None, thing, INFERRED)}
        return {quad for quad in of if not self._is_computed(quad)}

    def _is_computed(self, quad: ox.Quad) -> bool:
        """Whether other means than rules say this."""
        subject = quad.subject
        return quad.predicate.value in self._computed or (
            isinstance(subject, ox.NamedNode) and subject.value.startswith(STATUS)
        )

    def conclude(self, things: Things) -> set[ox.Quad]:
        """Run the rules for these things until nothing new comes, and give what came."""
        found: set[ox.Quad] = set()
        waiting, said = dict.fromkeys(self._rules), Said(self._graph.store)
        while waiting:
            rule = next(iter(waiting))
            del waiting[rule]
            new = self._new(rule, things, said)
            if new:
                self._graph.change_graph(INFERRED_GRAPH, (), new)
                said.learn(new)
                found |= new
                came = {quad.predicate.value for quad in new}
                waiting |= {each: None for each, read in self._rules.items() if read & came and each not in waiting}
        return found

    def _new(self, rule: Rule, things: Things, said: Said) -> set[ox.Quad]:
        """What a rule concludes of these things that no graph says yet."""
        store = self._graph.store
        new = set()
        for each in restrictions(rule):
            text = each.asked_of(things, store, said)
            if text is None:
                continue
            result = ask(store, text, rule.path, "rule")
            if not isinstance(result, ox.QueryTriples):
                raise OntologyError(f"{rule.path}: the rule is no CONSTRUCT query.", "Write CONSTRUCT … WHERE ….")
            for triple in result:
                if ox.Quad(triple.subject, triple.predicate, triple.object) not in store:
                    new.add(ox.Quad(triple.subject, triple.predicate, triple.object, INFERRED))
        return new


def _is_document(graph: object) -> bool:
    return isinstance(graph, ox.NamedNode) and graph.value.startswith(DOCUMENTS)
