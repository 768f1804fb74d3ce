"""Which entities are one: clusters that the names and the texts make sure of, and that nothing excludes, in whatever order they came.

Pairs are taken from the surest on (ties by IRI); the clusters of both become one unless something excludes it for any two of
them. No cluster holds two entities of the reference data. Judgements come first. A surname alone is no identity: what one document
gives under it is a person whose whole name is known where exactly one person fits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
        clusters = self.clusters(entities, self.links(whole.values()))
        surnames = self._by_surname(whole)

        def canonical(person: Entity) -> Entity:
            return min(clusters[person.iri], key=lambda each: each.rank)

        found = [merge for members in distinct(clusters) for merge in self.merges(members)]
        found += together(
            merge for each in alone if (merge := self.meant(each, self.surnames(each, surnames), canonical)) is not None
        )
        return tuple(sorted(found, key=lambda each: (each.member, each.into)))

    def divided(self, profiles: Iterable[Profile]) -> tuple[dict[str, Entity], list[Entity]]:
        """Entities under their IRIs; apart from them, document by document, persons of whom only a surname is told."""
        by_iri: dict[str, list[Profile]] = defaultdict(list)
        for profile in profiles:
            by_iri[profile.iri].append(profile)
        whole: dict[str, Entity] = {}
        alone: list[Entity] = []
        for iri in sorted(by_iri):
            told = by_iri[iri]
            if self.are_alone(told):
                alone += [Entity.of([profile]) for profile in sorted(told, key=lambda each: each.rank)]
            else:
                whole[iri] = Entity.of(told)
        return whole, alone

    def are_alone(self, told: Sequence[Profile]) -> bool:
        """Whether nothing but a surname is told of a person, by profiles of one IRI, and nobody judged who that is."""
        if told[0].kind != PERSON or told[0].is_known or told[0].iri in self._judged:
            return False
        return not any(len(self._names.person(name).words) > 1 for each in told for name in each.names)

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
        return self.surest(alone, self._fitting(alone, surnames or {}))

    def surest(self, alone: Entity, fitting: Iterable[Entity]) -> list[tuple[Comparison, Entity]]:
        """Those of these persons whom a surname may mean, the surest first."""
        found = [(self.comparer.surname(alone, each), each) for each in fitting]
        told = [(comparison, each) for comparison, each in found if comparison.score >= self._knowledge.suggest]
        return sorted(told, key=lambda pair: (-pair[0].score, pair[1].iri))

    def _fitting(self, alone: Entity, surnames: Surnames) -> list[Entity]:
        """The persons whose surname sounds so."""
        sound = self.sound(alone)
        return [*self._known_surnames.get(sound, ()), *surnames.get(sound, ())]

    def sound(self, alone: Entity) -> str:
        """How a surname sounds."""
        return self._names.person(alone.names[0]).sounds[-1]

    def links(self, whole: Iterable[Entity]) -> dict[tuple[str, str], float]:
        """The pairs, by IRI, of these and of them and known ones that are sure enough to be one, with their scores."""
        pairs = ((first, second, self.likely(first, second)) for first, second in self._blocks.pairs(whole))
        return {(first.iri, second.iri): score for first, second, score in pairs if score is not None}

    def likely(self, one: Entity, other: Entity) -> float | None:
        """The score of two entities that are sure enough to be one; None of others."""
        if one.known and other.known:
            return None
        score = self.comparer.compare(one, other).score
        return score if score >= self._knowledge.merge and not self._was_declined(one, other) else None

    def clusters(
        self, entities: Mapping[str, Entity], links: Mapping[tuple[str, str], float]
    ) -> dict[str, list[Entity]]:
        """The cluster of each entity, by links among them and by judgements."""
        cluster = {iri: [entity] for iri, entity in entities.items()}
        for one, other in sorted(
            tuple(sorted(pair)) for pair in self._same if len(pair) == 2 and pair <= entities.keys()
        ):
            _join(cluster, one, other)
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

    def merges(self, members: Sequence[Entity]) -> Iterator[Merge]:
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

    def meant(
        self, alone: Entity, fitting: Iterable[tuple[Comparison, Entity]], canonical: Callable[[Entity], Entity]
    ) -> Merge | None:
        """The merge of a surname that can mean only one person of these; `canonical` gives the one whose IRI a person bears."""
        best: dict[str, tuple[Comparison, Entity, Entity]] = {}
        for comparison, person in fitting:
            known = canonical(person)
            if frozenset((alone.iri, person.iri)) not in self._different:
                best.setdefault(known.iri, (comparison, person, known))
        ranked = sorted(best.items(), key=lambda item: (-item[1][0].score, item[0]))
        if not ranked or ranked[0][1][0].score < self._knowledge.merge:
            return None
        into, (comparison, person, known) = ranked[0]
        if len(ranked) > 1 and ranked[1][1][0].score > comparison.score - AHEAD:
            return None
        return Merge(alone.iri, into, alone.documents, person.iri, comparison, known.known)

    def sounds(self, person: Entity) -> set[str]:
        """How the surnames of a person with a whole name sound."""
        names = map(self._names.person, person.names) if person.kind == PERSON else ()
        return {name.sounds[-1] for name in names if len(name.words) > 1}

    def _by_surname(self, entities: Mapping[str, Entity]) -> Surnames:
        """The persons by how their surnames sound."""
        index: dict[str, list[Entity]] = defaultdict(list)
        for iri in sorted(entities):
            for sound in self.sounds(entities[iri]):
                index[sound].append(entities[iri])
        return index


def names_in(merges: Iterable[Merge]) -> dict[str, dict[str, str]]:
    """By which IRI each merged entity is known, document by document."""
    found: dict[str, dict[str, str]] = {}
    for merge in merges:
        for document in merge.documents:
            found.setdefault(document, {})[merge.member] = merge.into
    return found


def together(merges: Iterable[Merge]) -> list[Merge]:
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


def distinct(clusters: Mapping[str, list[Entity]]) -> list[list[Entity]]:
    """The clusters of more than one entity, each once."""
    found = {id(members): members for members in clusters.values() if len(members) > 1}
    return list(found.values())


def _join(cluster: dict[str, list[Entity]], one: str, other: str) -> None:
    ours, theirs = cluster[one], cluster[other]
    if ours is theirs:
        return
    small, large = sorted((ours, theirs), key=len)
    large += small
    for entity in small:
        cluster[entity.iri] = large
