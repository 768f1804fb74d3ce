"""All links of a graph; and after a change those of the events that it reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial

import pyoxigraph as ox

from kg.links.answering import Answers, Link
from kg.links.knowledge import Knowledge, load
from kg.links.near import Days, Near, Pair
from kg.links.parts import Parts
from kg.links.repeating import repeated
from kg.links.scenes import DEFAULT, OF_DOCUMENTS, REFERENCE, Scene, Scenes
from kg.links.writing import ANSWERS, GRAPH, PART, REPEATS, link_iri, link_quads, repeat_quad
from kg.namespaces import AC, ACR, RDF, SKOS
from kg.settings import settings

Change = tuple[ox.NamedNode, ox.NamedNode]
"""Subject and predicate of a triple."""
CLAIM, EVENT, DOCUMENT = ACR + "claim/", ACR + "event/", ACR + "document/"


def quads(store: ox.Store) -> Iterator[ox.Quad]:
    """All links of a graph, as quads of the inferred graph. Raises OntologyError where ontology/links.yaml is malformed."""
    linker = _Linker(store)
    for kind in sorted(linker.classes):
        for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(AC + kind), DEFAULT):
            if isinstance(quad.subject, ox.NamedNode):
                yield from linker.links_of(quad.subject.value)
    about = store.quads_for_pattern(None, ox.NamedNode(AC + "about"), None, DEFAULT)
    for event in sorted({quad.object.value for quad in about if isinstance(quad.object, ox.NamedNode)}):
        yield from linker.repeats_of(event)


def revised(store: ox.Store, changes: Collection[Change]) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """After triples came or went, of these subjects with these predicates: the quads that go from the inferred graph, and those that come.

    Only the events that the change reaches, what they are linked with now, and what they can be linked with is looked at.
    Raises as `quads`.
    """
    linker = _Linker(store)
    changed = {subject.value for subject, predicate in changes if _is_read(subject.value, predicate.value)}
    events = linker.events_of(changed)
    sources = events | linker.linked_to(events) | {source for event in events for source in linker.linkable_to(event)}
    old = {quad for source in sources for quad in _links_held(store, source)}
    new = {quad for source in sources for quad in linker.links_of(source)}
    told = {each for each in changed if each.startswith(CLAIM)} | {c for each in events for c in linker.claims(each)}
    old |= {quad for claim in told for quad in _repeats_held(store, claim)}
    repeats = (quad.object for quad in old if quad.predicate.value == REPEATS)
    again = told | {claim.value for claim in repeats if isinstance(claim, ox.NamedNode)}
    events |= {event for claim in again for event in linker.about(claim)}
    old |= {quad for event in events for claim in linker.claims(event) for quad in _repeats_held(store, claim)}
    new |= {quad for event in events for quad in linker.repeats_of(event)}
    return old - new, new - old


def _is_read(subject: str, predicate: str) -> bool:
    """Whether links rest on this of a thing: of a document on its day alone, which all its events share."""
    return predicate in OF_DOCUMENTS or not subject.startswith(DOCUMENT)


class _Linker:
    """Links of single events."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._knowledge: Knowledge = load(settings().ontology)
        self.classes = self._knowledge.classes
        self._scenes = Scenes(store, self.classes)
        self._near = Near(self._scenes)
        self._finders: tuple[Answers | Parts, ...] = (
            Answers(self._scenes, self._knowledge),
            Parts(self._knowledge),
        )
        self._names: dict[str, Mapping[str, str]] = {}
        self.claims = self._scenes.claims

    def links_of(self, event: str) -> Iterator[ox.Quad]:
        """The links that go out from an event."""
        for link in self._links(self._scenes.scene(event)):
            named = {each for name, value in link.features if name in ("parties", "matter") for each in value.split()}
            yield from link_quads(link, self._knowledge, {each: self._labels(each) for each in named})

    def _links(self, scene: Scene | None) -> Iterator[Link]:
        if scene is None or not scene.spots:
            return
        for finder in self._finders:
            wanted, pairs = partial(finder.may_link, scene.kind), partial(finder.pairs, scene.kind)
            link = finder.link(scene, self._near.around(scene, wanted, pairs, partial(_is_before, finder, scene)))
            if link is not None:
                yield link

    def linkable_to(self, event: str) -> Iterator[str]:
        """The events that may be linked to one, looked at alone."""
        scene = self._scenes.scene(event)
        if scene is None or not scene.is_real:
            return
        for finder in self._finders:
            wanted, pairs = partial(_linked_from, finder, scene.kind), partial(_pairs_from, finder, scene.kind)
            for other in self._near.around(scene, wanted, pairs, partial(_is_after, finder, scene)):
                if finder.link(other, [scene]) is not None:
                    yield other.event

    def linked_to(self, events: Iterable[str]) -> set[str]:
        """The events that are linked to these, as the inferred graph has it."""
        return {
            quad.subject.value
            for event in events
            for name in (ANSWERS, PART)
            for quad in self._store.quads_for_pattern(None, ox.NamedNode(name), ox.NamedNode(event), GRAPH)
            if isinstance(quad.subject, ox.NamedNode)
        }

    def repeats_of(self, event: str) -> Iterator[ox.Quad]:
        """Which claims on an event say again what earlier ones said."""
        for claim, earlier in repeated(event, self._scenes, self._store):
            yield repeat_quad(claim, earlier)

    def events_of(self, changed: Collection[str]) -> set[str]:
        """The events among things, those that claims among them are about, and those that documents among them tell."""
        found = {each for each in changed if each.startswith(EVENT)}
        found |= {event for each in changed if each.startswith(CLAIM) for event in self.about(each)}
        found |= {event for each in changed if each.startswith(DOCUMENT) for event in self._scenes.told_in(each)}
        return found

    def about(self, claim: str) -> list[str]:
        """The events that a claim is about."""
        return self._scenes.values(claim, AC + "about")

    def _labels(self, entity: str) -> Mapping[str, str]:
        """The names of an entity, by language; that of its IRI where the reference data knows none."""
        if entity not in self._names:
            labels = self._store.quads_for_pattern(
                ox.NamedNode(entity), ox.NamedNode(SKOS + "prefLabel"), None, REFERENCE
            )
            told = (label for quad in labels if isinstance(label := quad.object, ox.Literal))
            found = {label.language or "fr": label.value for label in sorted(told, key=str, reverse=True)}
            last = found.get("fr", entity.rpartition("/")[2])
            self._names[entity] = {language: found.get(language, last) for language in ("en", "fr")}
        return self._names[entity]


def _linked_from(finder: Answers | Parts, kind: str, other: str) -> bool:
    """Whether events of the other class may be linked to one of this."""
    return finder.may_link(other, kind)


def _pairs_from(finder: Answers | Parts, kind: str, other: str) -> list[Pair]:
    """The pairs of roles of events of the other class that may be linked to one of this, seen from this one."""
    return [pair and (pair[1], pair[0]) for pair in finder.pairs(other, kind)]


def _is_before(finder: Answers | Parts, scene: Scene, kind: str, days: Days | None) -> bool:
    """Whether an event of this class and these days is not too long before, or after, one that may be linked to it."""
    return _in_time(finder.within(scene.kind, kind), _days_of(scene), days)


def _is_after(finder: Answers | Parts, scene: Scene, kind: str, days: Days | None) -> bool:
    """The same of an event that may be linked to this one."""
    return _in_time(finder.within(kind, scene.kind), days, _days_of(scene))


def _days_of(scene: Scene) -> Days | None:
    return None if scene.first is None or scene.last is None else (scene.first, scene.last)


def _in_time(most: int | None, source: Days | None, target: Days | None) -> bool:
    """Whether a source of links may begin so many days after its target ends, and its target does not begin after it ends."""
    if source is None or target is None:
        return True
    return target[0] <= source[1] and (most is None or source[0] - target[1] <= most)


def _links_held(store: ox.Store, source: str) -> Iterator[ox.Quad]:
    """What the inferred graph holds of the links that go out from an event."""
    for kind, name in (("respondsTo", ANSWERS), ("partOf", PART)):
        yield from store.quads_for_pattern(ox.NamedNode(source), ox.NamedNode(name), None, GRAPH)
        yield from store.quads_for_pattern(ox.NamedNode(link_iri(kind, source)), None, None, GRAPH)


def _repeats_held(store: ox.Store, claim: str) -> Iterator[ox.Quad]:
    """What the inferred graph holds of a claim as one that repeats, or is repeated."""
    node = ox.NamedNode(claim)
    yield from store.quads_for_pattern(node, ox.NamedNode(REPEATS), None, GRAPH)
    yield from store.quads_for_pattern(None, ox.NamedNode(REPEATS), node, GRAPH)
