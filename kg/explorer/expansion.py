"""Which part of the graph the page of the graph shows: what its steps say, one after the other, from its roots.

A step is `open NAME` (the neighbours of a thing, the best linked first), `open-LOOK NAME` (those of one look), or `hide NAME`; a name is
an IRI without what all of ours begin with. The same steps over the same graph show the same nodes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.explorer.graph import Graph
from kg.explorer.network import MOST_NODES, SHAPES, look_of
from kg.explorer.records import Ran
from kg.namespaces import AC, ACR, REFERENCE_GRAPH, shorten
from kg.query.names import text_of

STEP = 25
"""How many neighbours one step shows."""
OPEN, HIDE = "open", "hide"
APART = frozenset({AC + "holdsOffice"})
"""Properties of the reference data that are no links between things."""


@dataclass(frozen=True, slots=True)
class Link:
    """Why two things are linked: a class of events in which both stand, or a property of the reference data."""

    source: str
    target: str
    kind: str
    """IRI of the class or of the property."""
    even: bool = False
    """Whether it has no direction."""

    @property
    def id(self) -> str:
        """What the address calls it."""
        between = f"~{shorten(self.kind)}" if self.even else shorten(self.kind)
        return f"{short(self.source)} {between} {short(self.target)}"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a link stands on."""

    events: int = 0
    """How many events; none for a property of the reference data."""
    told: int = 0
    """Of how many of them a document tells."""


Links = Mapping[Link, Ground]

BUNDLED = 4
"""More links between two things are drawn as one."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """All links between two things, drawn as one."""

    source: str
    target: str
    links: Links
    """Those first of which documents tell most."""
    even: bool
    """Whether they do not all lead the same way."""

    @property
    def id(self) -> str:
        """What the address calls it."""
        return f"{short(self.source)} * {short(self.target)}"


def bundled(links: Links) -> tuple[Links, list[Bundle]]:
    """The links that are drawn by themselves, and the bundles of those that are too many between two things."""
    pairs: dict[frozenset[str], list[Link]] = {}
    for link in links:
        pairs.setdefault(frozenset((link.source, link.target)), []).append(link)
    alone: dict[Link, Ground] = {}
    bundles = []
    for found in pairs.values():
        if len(found) <= BUNDLED:
            alone.update((link, links[link]) for link in found)
            continue
        found.sort(key=lambda link: (-links[link].told, -links[link].events, link.id))
        first = found[0]
        even = any((each.source, each.even) != (first.source, False) for each in found)
        ends = sorted((first.source, first.target)) if even else [first.source, first.target]
        bundles.append(Bundle(ends[0], ends[1], {link: links[link] for link in found}, even))
    return alone, bundles


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the graph."""

    nodes: tuple[str, ...]
    """The IRIs, in the order in which they came to be shown."""
    links: Links
    """The links between them of which at least one end is open."""
    opened: frozenset[str]
    """The things whose neighbours are shown."""
    near: Mapping[str, Links]
    """All links of each open thing, whether shown or not."""


def short(iri: str) -> str:
    """The IRI without what all of ours begin with."""
    return iri.removeprefix(ACR)


def whole(name: str) -> str:
    """The IRI that `short` made this of."""
    return name if "://" in name else ACR + name


def links_of(graph: Graph, iri: str) -> tuple[Links, Ran]:
    """All links of a thing with what they stand on, and the query that gave those by events."""
    found: tuple[Links, Ran] = graph.found(_links_of, iri)
    return found


def _links_of(graph: Graph, iri: str) -> tuple[Links, Ran]:
    ran = graph.ask("links-of-entity", entity=iri)
    found = {}
    for row in ran.rows:
        link = _link(iri, *(text_of(row[name]) for name in ("other", "kind", "way")))
        found[link] = Ground(int(text_of(row["events"])), int(text_of(row["tellings"])))
    for link in _facts(graph, iri):
        found.setdefault(link, Ground())
    return found, ran


def _link(iri: str, other: str, kind: str, way: str) -> Link:
    if way == "even":
        return Link(min(iri, other), max(iri, other), kind, even=True)
    return Link(iri, other, kind) if way == "out" else Link(other, iri, kind)


def events_of(graph: Graph, link: Link) -> list[str]:
    """The events that a link stands on, those first that were reported last."""
    way = "even" if link.even else "out"
    rows = graph.rows("events-of-link", entity=link.source, other=link.target, kind=link.kind, way=way)
    return [text_of(row["event"]) for row in rows]


def _facts(graph: Graph, iri: str) -> Iterable[Link]:
    """The links of the reference data, out and in."""
    for predicate, term in graph.facts(iri, REFERENCE_GRAPH):
        if isinstance(term, ox.NamedNode) and predicate not in APART and graph.is_entity(term.value):
            yield Link(iri, term.value, predicate)
    for predicate, subject in graph.subjects(iri, REFERENCE_GRAPH):
        if predicate.startswith(AC) and predicate not in APART and graph.is_entity(subject):
            yield Link(subject, iri, predicate)


def neighbours(iri: str, links: Links) -> list[str]:
    """The things that these links of one thing lead to: those first of which documents tell, then by how many events they share."""
    told: Counter[str] = Counter()
    weight: Counter[str] = Counter()
    for link, ground in links.items():
        other = link.target if link.source == iri else link.source
        weight[other] += max(ground.events, 1)
        told[other] += ground.told
    return sorted(weight, key=lambda each: (-told[each], -weight[each], each))


def part(graph: Graph, roots: Iterable[str], steps: Iterable[str]) -> tuple[Part, list[Ran]]:
    """What the steps show, each root opened first; a step that means nothing in this graph is passed over."""
    nodes: dict[str, None] = {}
    near: dict[str, Links] = {}
    hidden: set[str] = set()
    ran: list[Ran] = []

    def reveal(iri: str, look: str = "") -> None:
        nodes.setdefault(iri)
        hidden.discard(iri)
        if iri not in near:
            near[iri], query = links_of(graph, iri)
            ran.append(query)
        shown = nodes.keys() | hidden
        fresh = [each for each in neighbours(iri, near[iri]) if each not in shown]
        if look:
            fresh = [each for each in fresh if look_of(graph, each) == look]
        nodes.update(dict.fromkeys(fresh[: min(STEP, max(MOST_NODES - len(nodes), 0))]))

    for root in roots:
        if graph.holds(root):
            reveal(root)
    for step in steps:
        act, _, name = step.partition(" ")
        iri = whole(name)
        if act == HIDE and iri in nodes:
            del nodes[iri]
            hidden.add(iri)
        elif (act == OPEN or act.removeprefix(f"{OPEN}-") in SHAPES) and iri in nodes:
            reveal(iri, act.removeprefix(OPEN).removeprefix("-"))
    opened = frozenset(near.keys() & nodes.keys())
    links = {
        link: g
        for iri in near
        if iri in opened
        for link, g in near[iri].items()
        if {link.source, link.target} <= nodes.keys()
    }
    return Part(tuple(nodes), links, opened, near), ran
