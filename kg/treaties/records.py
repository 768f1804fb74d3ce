"""Reading the reference graph: treaties with their rules and acts, and the lines of states that continue each other.

Only the reference graph is read. What documents claim changes no status.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import pyoxigraph as ox

from kg.namespaces import AC, RDF
from kg.periods import first_day, last_day
from kg.treaties.model import DAY, Act, Bounds, Rule, Segment, Treaty

Facts = Mapping[str, Mapping[str, Sequence[str]]]
"""Subject, then property, to values, all by their IRIs or texts."""

JOINING = ("ratification", "accession", "succession", "party")
ACTIONS = {
    "Signature": "signature",
    "Ratification": "ratification",
    "Suspension": "suspension",
    "Withdrawal": "withdrawal",
    "Extension": "extension",
}
"""The action of an event whose row names none, by its class."""


_RULE = ("entryCondition", "entryDeposits", "entryRequires", "entryDelay", "partyDelay", "partyDelayAfter", "duration")
_ACT = ("agent", "treaty", "action", "earliest", "latest", "notifiedOn", "extendedUntil", "listedOn", "unlistedOn")
_OTHER = ("signedOn", "inForceOn", "endedOn", "ofTreaty", "noticePeriod", "continuedBy", "existedUntil")
PROPERTIES = (
    *(AC + name for name in (*_RULE, *_ACT, *_OTHER)),
    *(RDF + name for name in ("subject", "predicate", "object")),
)
"""All properties that are read, besides the class."""

CLASSES = (*(AC + name for name in (*ACTIONS, "Treaty", "TreatyRule", "State")), RDF + "Statement")
"""The classes of what is read."""


def needed(store: ox.Store, graph: ox.NamedNode) -> Iterator[ox.Quad]:
    """The quads of a graph that `read` needs: a third of the reference data, and a graph on disk is slow to read."""
    for name in CLASSES:
        yield from store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(name), graph)
    for name in PROPERTIES:
        yield from store.quads_for_pattern(None, ox.NamedNode(name), None, graph)


def read(quads: Iterable[ox.Quad]) -> tuple[list[Treaty], dict[str, tuple[Segment, ...]]]:
    """The treaties in the order of their IRIs, and the line of each state that has predecessors or an end.

    quads: those of the reference graph. A line is given under the IRI of each of its states, oldest first.
    """
    facts = _facts(quads)
    of_type: dict[str, list[str]] = defaultdict(list)
    for subject, values in facts.items():
        for kind in values.get(RDF + "type", ()):
            of_type[kind].append(subject)
    rules = {rule[1]: rule[0] for rule in (_rule(facts, iri) for iri in of_type[AC + "TreatyRule"])}
    acts: dict[str, list[Act]] = defaultdict(list)
    for act in (*_events(facts, of_type), *_records(facts, of_type)):
        acts[act.treaty].append(act)
    treaties = [_treaty(facts, iri, rules, acts[iri]) for iri in sorted(of_type[AC + "Treaty"])]
    return treaties, _lines(facts, of_type[AC + "State"])


def _facts(quads: Iterable[ox.Quad]) -> Facts:
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            facts[quad.subject.value][quad.predicate.value].append(quad.object.value)
    return facts


def _one(facts: Facts, subject: str, name: str) -> str | None:
    values = facts.get(subject, {}).get(AC + name, ())
    return min(values) if values else None


def _bounds(text: str | None) -> Bounds | None:
    """The days that a date of the tables may mean."""
    if not text:
        return None
    first, last = first_day(text), last_day(text)
    return Bounds(date.fromisoformat(first or text), date.fromisoformat(last or text))


def _rule(facts: Facts, iri: str) -> tuple[Rule, str]:
    """A rule, and the treaty that it is of."""
    deposits = _one(facts, iri, "entryDeposits")
    rule = Rule(
        iri,
        _one(facts, iri, "entryCondition") or "date",
        int(deposits) if deposits else None,
        frozenset(facts[iri].get(AC + "entryRequires", ())),
        _one(facts, iri, "entryDelay") or "0 days",
        _one(facts, iri, "partyDelay") or "0 days",
        _one(facts, iri, "partyDelayAfter") or "entry",
        _one(facts, iri, "duration"),
        _one(facts, iri, "noticePeriod"),
    )
    return rule, _one(facts, iri, "ofTreaty") or ""


def _treaty(facts: Facts, iri: str, rules: Mapping[str, Rule], acts: Iterable[Act]) -> Treaty:
    signed, in_force, ended = (_bounds(_one(facts, iri, name)) for name in ("signedOn", "inForceOn", "endedOn"))
    return Treaty(iri, rules.get(iri, Rule(iri)), signed, in_force, ended, tuple(sorted(acts, key=lambda act: act.iri)))


def _events(facts: Facts, of_type: Mapping[str, Sequence[str]]) -> Iterable[Act]:
    """The dated acts."""
    for kind, action in ACTIONS.items():
        for iri in of_type.get(AC + kind, ()):
            first, last = _one(facts, iri, "earliest"), _one(facts, iri, "latest")
            when = Bounds(date.fromisoformat(first), date.fromisoformat(last)) if first and last else None
            until = _one(facts, iri, "extendedUntil")
            states = tuple(sorted(facts[iri].get(AC + "agent", ())))
            for treaty in facts[iri].get(AC + "treaty", ()):
                yield Act(
                    iri,
                    _one(facts, iri, "action") or action,
                    treaty,
                    states,
                    when,
                    _bounds(_one(facts, iri, "notifiedOn")),
                    date.fromisoformat(until) if until else None,
                )


def _records(facts: Facts, of_type: Mapping[str, Sequence[str]]) -> Iterable[Act]:
    """The memberships whose date is unknown."""
    for iri in of_type.get(RDF + "Statement", ()):
        if facts[iri].get(RDF + "predicate") == [AC + "partyTo"]:
            listed, unlisted = (_bounds(_one(facts, iri, name)) for name in ("listedOn", "unlistedOn"))
            state, treaty = facts[iri][RDF + "subject"][0], facts[iri][RDF + "object"][0]
            yield Act(
                iri,
                "party",
                treaty,
                (state,),
                None,
                listed=listed.last if listed else None,
                unlisted=unlisted.first if unlisted else None,
            )


def _lines(facts: Facts, states: Iterable[str]) -> dict[str, tuple[Segment, ...]]:
    after = {state: heir for state in states if (heir := _one(facts, state, "continuedBy"))}
    lines: dict[str, tuple[Segment, ...]] = {}
    for state in states:
        if state in after.values():
            continue
        line = [state]
        while line[-1] in after:
            line.append(after[line[-1]])
        segments = _segments(facts, line)
        if len(segments) > 1 or segments[0] != Segment(line[0]):
            lines |= dict.fromkeys(line, segments)
    return lines


def _segments(facts: Facts, line: Sequence[str]) -> tuple[Segment, ...]:
    """The parts of a line; each begins on the day after the last of the one before."""
    segments: list[Segment] = []
    for state in line:
        until = _bounds(_one(facts, state, "existedUntil"))
        begin = segments[-1].last + DAY if segments else date.min
        before = segments[-1].state if segments else None
        segments.append(Segment(state, begin, until.last if until else date.max, before))
    return tuple(segments)
