"""From how many independent origins an event is known: whose word each claim is, and through whom it came.

The rule stands in docs/corroboration.md. Who passes on another's word on an event is no origin of it, for nobody can tell
what else it has from there. So sources are nodes, "passes on" leads from one to another, and the origins are where
no step leads further. Copies and relays only add steps to what is there: they never add an origin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.ledger.tellings import Source, Telling

SpeaksFor = Callable[[str, Source], Iterable[str]]
"""For whom an agent speaks when a document appears."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the word of some claims begins, as far as the graph knows."""

    sources: tuple[str, ...]
    """The agents whose word it is: several where they count as one. A document where nobody is named."""
    through: tuple[str, ...]
    """The agents through whom it came."""
    claims: tuple[str, ...]


def origins_of(tellings: Sequence[Telling], speaks_for: SpeaksFor) -> list[Origin]:
    """The independent origins of claims that say one thing, by their sources; claims may stand under several."""
    steps = _Steps()
    begins = [steps.add(telling, speaks_for) for telling in tellings]
    ends = steps.ends()
    claims: dict[frozenset[str], list[Telling]] = {}
    for telling, begin in zip(tellings, begins, strict=True):
        for end in ends[begin]:
            claims.setdefault(end, []).append(telling)
    return sorted((steps.origin(end, told) for end, told in claims.items()), key=lambda each: each.sources)


class _Steps:
    """Who passes on whose word, for one event."""

    def __init__(self) -> None:
        self._next: dict[str, set[str]] = {}
        self._agents: set[str] = set()
        """The nodes that are named as sources: agents, not texts, and not the states that persons speak for."""

    def add(self, telling: Telling, speaks_for: SpeaksFor) -> str:
        """Take a claim in; gives the node at which it begins."""
        source = telling.source
        carriers = {source.publisher, *telling.relays, *source.agencies} - {None}
        if telling.claimant is not None:
            node = self._agent(telling.claimant)
            for body in speaks_for(telling.claimant, source):
                self._join(node, body)
        elif telling.relays:
            node = self._one(telling.relays)
            carriers -= set(telling.relays)
        else:
            return self._text(source)
        self._step(source.root, node)
        for carrier in carriers:
            assert carrier is not None
            self._step(self._agent(carrier), node)
        return node

    def _text(self, source: Source) -> str:
        """The node of a text that speaks for itself: the agencies' whom it credits, else that of who published it first."""
        text = source.root
        self._next.setdefault(text, set())
        whose = source.agencies or ((source.first,) if source.first else ())
        if whose:
            self._step(text, self._one(whose))
        if source.publisher is not None and source.publisher not in whose:
            self._step(self._agent(source.publisher), text)
        return text

    def _one(self, agents: Sequence[str]) -> str:
        """Several agents as one node, since nobody can tell which of them it is."""
        for one, other in pairwise(agents):
            self._join(self._agent(one), self._agent(other))
        return self._agent(agents[0])

    def _agent(self, agent: str) -> str:
        self._agents.add(agent)
        self._next.setdefault(agent, set())
        return agent

    def _step(self, one: str, other: str) -> None:
        if one != other:
            self._next.setdefault(one, set()).add(other)
            self._next.setdefault(other, set())

    def _join(self, one: str, other: str) -> None:
        """Two nodes from each of which a step leads to the other are one."""
        self._step(one, other)
        self._step(other, one)

    def ends(self) -> dict[str, frozenset[frozenset[str]]]:
        """For each node the groups of nodes at which the ways from it end."""
        found: dict[str, frozenset[frozenset[str]]] = {}
        for group in _components(self._next):
            beyond = {end for node in group for near in self._next[node] - group for end in found[near]}
            ends = frozenset(beyond or {frozenset(group)})
            found |= dict.fromkeys(group, ends)
        return found

    def origin(self, end: frozenset[str], tellings: Sequence[Telling]) -> Origin:
        """A group of nodes at which ways end, with the claims that led there."""
        through = {
            agent
            for each in tellings
            for agent in (each.source.publisher, each.claimant, *each.relays, *each.source.agencies)
            if agent is not None and agent not in end
        }
        named = sorted(end & self._agents) or sorted(end)
        return Origin(tuple(named), tuple(sorted(through)), tuple(sorted(each.claim for each in tellings)))


def _components(following: dict[str, set[str]]) -> Iterator[set[str]]:
    """Groups of nodes that all lead to one another, each after those that it leads to.

    Kosaraju's two walks: the order in which nodes are left, and from each, in the reverse of it, back.
    """
    back: dict[str, set[str]] = {node: set() for node in following}
    for node, nears in following.items():
        for near in nears:
            back[near].add(node)
    seen: set[str] = set()
    # Walked against the steps first, so that groups come after those that they lead to.
    left = [node for start in sorted(back) for node in _walk(start, back, seen)]
    taken: set[str] = set()
    for start in reversed(left):
        if group := set(_walk(start, following, taken)):
            yield group


def _walk(start: str, following: dict[str, set[str]], seen: set[str]) -> Iterator[str]:
    """The nodes that are reached from one and not seen yet, each when all beyond it are left."""
    if start in seen:
        return
    seen.add(start)
    ways = [(start, iter(sorted(following[start])))]
    while ways:
        node, rest = ways[-1]
        near = next((each for each in rest if each not in seen), None)
        if near is None:
            ways.pop()
            yield node
        else:
            seen.add(near)
            ways.append((near, iter(sorted(following[near]))))
