"""Which entities are one: clusters that the names and the texts make sure of, and that nothing excludes, in whatever order they came.

Pairs are taken from the surest on (ties by IRI); the clusters of both become one unless something excludes it for any two of
them. No cluster holds two entities of the reference data. Judgements come first. A surname alone is no identity: what one document
gives under it is a person whose whole name is known where exactly one person fits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from kg.identity.blocks import Blocks
from kg.identity.comparing import Comparer, Comparison, Likeness
from kg.identity.entities import Entity
from kg.identity.knowledge import Knowledge
from kg.identity.names import Names
from kg.identity.profiles import PERSON, Profile
from kg.ids import fold

AHEAD = 0.05
"""By so much the best person for a surname must be surer than the next."""
BESIDE = ("same_state", "same_office")
"""The likenesses beside their names that can make entities one."""
NOTHING: frozenset[str] = frozenset()
JUDGED = Comparison(None, (Likeness("judged", 1.0),))
IriPairs = frozenset[frozenset[str]]
NOBODY: IriPairs = frozenset()
Surnames = Mapping[str, Sequence[Entity]]
"""Persons by how their surnames sound."""


@dataclass(frozen=True, slots=True)
class Merge:
    """An entity that is told under another's IRI."""

    member: str
    """The IRI as documents give it."""
    into: str
    """The IRI by which the entity is known."""
    documents: tuple[str, ...]
    """Those that give the member and mean this: all that give it but for a surname, which may mean another person elsewhere."""
    closest: str
    """The entity of the same cluster that it is likest to."""
    comparison: Comparison
    known: bool = False
    """Whether that is an entity of the reference data."""


class Decider:
    """Decides which entities are one."""

    def __init__(
        self,
        knowledge: Knowledge,
        known: Iterable[Profile],
        broader: Mapping[str, frozenset[str]],
        same: IriPairs = NOBODY,
        different: IriPairs = NOBODY,
    ) -> None:
        """`known` are the entities of the reference data; `broader` all categories above each weapon category; the others judged pairs."""
        self.comparer = Comparer(knowledge, broader)
        self._knowledge = knowledge
        self._names = Names(knowledge)
        self.known = {profile.iri: Entity.of([profile]) for profile in known}
        self._blocks = Blocks(self._names, self.known.values())
        self._known_surnames = self._by_surname(self.known)
        self._same, self._different = same, different
        self._judged = {iri for pair in same for iri in pair}

    def decide(self, profiles: Iterable[Profile]) -> tuple[Merge, ...]:
        """The merges of the entities that these profiles tell of, sorted."""
        whole, alone = self.divided(profiles)
        entities = {**self.known, **whole}
        clusters = self._clusters(whole, entities)
        found = [merge for members in clusters.values() if len(members) > 1 for merge in self._merges(members)]
        found += _together(self._surnames(alone, entities, clusters, self._by_surname(whole)))
        return tuple(sorted(found, key=lambda each: (each.member, each.into)))

    def undecided(self, profiles: Iterable[Profile]) -> set[str]:
        """The IRIs of entities that others come so near to by name that it counts what the texts say of them."""
        whole, alone = self.divided(profiles)
        bare = [replace(entity, states=NOTHING, offices=NOTHING) for entity in whole.values()]
        least = self._knowledge.merge - sum(self._knowledge.weights[name] for name in BESIDE)
        near = set(self._judged)
        for one, other in self._blocks.pairs(bare):
            if self.comparer.compare(one, other).score >= least:
                near |= {one.iri, other.iri}
        surnames = self._by_surname(whole)
        for entity in alone:
            fitting = self._fitting(entity, surnames)
            near |= {entity.iri, *(each.iri for each in fitting)} if fitting else set()
        return near

    def divided(self, profiles: Iterable[Profile]) -> tuple[dict[str, Entity], list[Entity]]:
        """Entities under their IRIs; apart from them, document by document, persons of whom only a surname is told."""
        by_iri: dict[str, list[Profile]] = defaultdict(list)
        for profile in profiles:
            by_iri[profile.iri].append(profile)
        whole: dict[str, Entity] = {}
        alone: list[Entity] = []
        for iri in sorted(by_iri):
            told = by_iri[iri]
            if told[0].kind == PERSON and iri not in self._judged and not any(map(self._is_whole, told)):
                alone += [Entity.of([profile]) for profile in sorted(told, key=lambda each: each.rank)]
            else:
                whole[iri] = Entity.of(told)
        return whole, alone

    def _is_whole(self, profile: Profile) -> bool:
        return any(len(self._names.person(name).words) > 1 for name in profile.names)

    def suggestions(self, entities: Mapping[str, Entity]) -> Iterator[tuple[Entity, Entity, Comparison]]:
        """Pairs of an entity of the texts and one of the reference data that may be one, with their comparison; judged pairs left out."""
        for one, other in self._blocks.pairs(entities.values()):
            judged = frozenset((one.iri, other.iri)) in self._same | self._different
            if one.known == other.known or judged:
                continue
            comparison = self.comparer.compare(one, other)
            if comparison.score >= self._knowledge.suggest:
                yield (other, one, comparison) if one.known else (one, other, comparison)

    def surnames(self, alone: Entity, surnames: Surnames | None = None) -> list[tuple[Comparison, Entity]]:
        """The persons of the reference data, and of these, whom a surname may mean, the surest first."""
        found = [(self.comparer.surname(alone, each), each) for each in self._fitting(alone, surnames or {})]
        told = [(comparison, each) for comparison, each in found if comparison.score >= self._knowledge.suggest]
        return sorted(told, key=lambda pair: (-pair[0].score, pair[1].iri))

    def _fitting(self, alone: Entity, surnames: Surnames) -> list[Entity]:
        """The persons whose surname sounds so."""
        sound = self._names.person(alone.names[0]).sounds[-1]
        return [*self._known_surnames.get(sound, ()), *surnames.get(sound, ())]

    def _clusters(self, whole: Mapping[str, Entity], entities: Mapping[str, Entity]) -> dict[str, list[Entity]]:
        """The cluster of each entity; `whole` are those of the texts."""
        cluster = {iri: [entity] for iri, entity in entities.items()}
        for one, other in sorted(
            tuple(sorted(pair)) for pair in self._same if len(pair) == 2 and pair <= entities.keys()
        ):
            _join(cluster, one, other)
        links: dict[tuple[str, str], float] = {}
        for first, second in self._blocks.pairs(whole.values()):
            score = self.comparer.compare(first, second).score
            if score >= self._knowledge.merge and not self._was_declined(first, second):
                links[first.iri, second.iri] = score
        for one, other in sorted(links, key=lambda pair: (-links[pair], pair)):
            if cluster[one] is not cluster[other] and self._may_be_one(cluster[one], cluster[other]):
                _join(cluster, one, other)
        return cluster

    def _was_declined(self, one: Entity, other: Entity) -> bool:
        """Whether it takes a person to say that an entity of the texts is one of the reference data.

        The very names of the reference data were looked for when the text was read, and what stood around this one spoke
        against it; of treaties, weapons and bodies, whose names are made of common words, no other spelling is sure enough.
        """
        if not (one.known or other.known):
            return False
        return one.kind != PERSON or bool({*map(fold, one.names)} & {*map(fold, other.names)})

    def _may_be_one(self, ours: Sequence[Entity], theirs: Sequence[Entity]) -> bool:
        """Whether nothing excludes that two clusters are one."""
        if any(each.known for each in ours) and any(each.known for each in theirs):
            return False
        return not any(self._excluded(one, other) for one, other in product(ours, theirs))

    def _excluded(self, one: Entity, other: Entity) -> bool:
        if frozenset((one.iri, other.iri)) in self._different:
            return True
        return self.comparer.compare(one, other).excluded is not None

    def _merges(self, members: Sequence[Entity]) -> Iterator[Merge]:
        """The merges of a cluster, whose member of least rank gives its IRI to all."""
        ordered = sorted(members, key=lambda each: each.rank)
        first = ordered[0]
        for entity in ordered[1:]:
            told = [(self._comparison(entity, each), each) for each in ordered if each is not entity]
            comparison, closest = max(told, key=lambda pair: (pair[0].score, pair[1] is first, pair[1].iri))
            yield Merge(entity.iri, first.iri, entity.documents, closest.iri, comparison, first.known)

    def _comparison(self, one: Entity, other: Entity) -> Comparison:
        judged = frozenset((one.iri, other.iri)) in self._same
        return JUDGED if judged else self.comparer.compare(one, other)

    def _surnames(
        self,
        alone: Iterable[Entity],
        entities: Mapping[str, Entity],
        clusters: Mapping[str, Sequence[Entity]],
        surnames: Surnames,
    ) -> Iterator[Merge]:
        """The surnames that can mean only one person."""
        for entity in alone:
            best: dict[str, tuple[Comparison, Entity]] = {}
            for comparison, person in self.surnames(entity, surnames):
                canonical = min(clusters[person.iri], key=lambda each: each.rank).iri
                if frozenset((entity.iri, person.iri)) not in self._different:
                    best.setdefault(canonical, (comparison, person))
            ranked = sorted(best.items(), key=lambda item: (-item[1][0].score, item[0]))
            if not ranked or ranked[0][1][0].score < self._knowledge.merge:
                continue
            into, (comparison, person) = ranked[0]
            if len(ranked) > 1 and ranked[1][1][0].score > comparison.score - AHEAD:
                continue
            yield Merge(entity.iri, into, entity.documents, person.iri, comparison, entities[into].known)

    def _by_surname(self, entities: Mapping[str, Entity]) -> Surnames:
        """The persons by how their surnames sound."""
        index: dict[str, dict[str, Entity]] = defaultdict(dict)
        for iri in sorted(entities):
            if entities[iri].kind == PERSON:
                for text in entities[iri].names:
                    name = self._names.person(text)
                    if len(name.words) > 1:
                        index[name.sounds[-1]][iri] = entities[iri]
        return {sound: list(found.values()) for sound, found in index.items()}


def names_in(merges: Iterable[Merge]) -> dict[str, dict[str, str]]:
    """By which IRI each merged entity is known, document by document."""
    found: dict[str, dict[str, str]] = {}
    for merge in merges:
        for document in merge.documents:
            found.setdefault(document, {})[merge.member] = merge.into
    return found


def _together(merges: Iterable[Merge]) -> list[Merge]:
    """The merges of surnames, one for all documents in which one means the same person, with the surest comparison."""
    found: dict[tuple[str, str], list[Merge]] = defaultdict(list)
    for merge in merges:
        found[merge.member, merge.into].append(merge)
    together = []
    for same in found.values():
        best = min(same, key=lambda each: (-each.comparison.score, each.documents))
        together.append(
            replace(best, documents=tuple(sorted(document for each in same for document in each.documents)))
        )
    return together


def _join(cluster: dict[str, list[Entity]], one: str, other: str) -> None:
    ours, theirs = cluster[one], cluster[other]
    if ours is theirs:
        return
    small, large = sorted((ours, theirs), key=len)
    large += small
    for entity in small:
        cluster[entity.iri] = large
