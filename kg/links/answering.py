"""Which event an event answers, by the rules of ontology/links.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.links.knowledge import Answer, Knowledge
from kg.links.near import Pair
from kg.links.scenes import Scene, Scenes
from kg.namespaces import ACR

SYSTEM = ACR + "weapon/"
SOON = 450
"""Within so many characters an answer follows what it answers where neither who is answered nor on what is said: two or three sentences."""
Feature = tuple[str, str]
"""What links two events, and its value: IRIs, a cue, or a number of days."""


@dataclass(frozen=True, slots=True)
class Link:
    """An event that answers another, or is part of it."""

    kind: str
    """The local name of the property: "respondsTo" or "partOf"."""
    source: str
    """The IRI of the event that answers, or is the part."""
    target: str
    rule: str
    """The name of the rule in ontology/links.yaml."""
    features: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    rule: str
    other: Scene
    features: Mapping[str, str]

    @property
    def rank(self) -> tuple[object, ...]:
        """The greater, the likelier that this is what is answered: said so, in one sentence, later, with more in common."""
        day = self.other.first if self.other.first is not None else -1
        shared = len(self.features.get("matter", "").split())
        return ("cue" in self.features, "sentence" in self.features, day, shared, self.other.event)


class Answers:
    """Finds what events answer."""

    def __init__(self, scenes: Scenes, knowledge: Knowledge) -> None:
        self._scenes = scenes
        self._cue = knowledge.cue
        self._words = knowledge.words
        self._by_kind: dict[str, list[tuple[str, Answer]]] = {}
        for name, rule in knowledge.answers.items():
            for kind in sorted(rule.answer):
                self._by_kind.setdefault(kind, []).append((name, rule))

    def may_link(self, kind: str, other: str) -> bool:
        """Whether an event of one class may answer one of another."""
        return any(other in rule.to for _, rule in self._by_kind.get(kind, ()))

    def pairs(self, kind: str, other: str) -> list[Pair]:
        """In which roles an event must have a party of another of these classes that no document of its tells: one pair for each way."""
        rules = [
            rule for _, rule in self._by_kind.get(kind, ()) if other in rule.to and not rule.cue and not rule.unlike
        ]
        return list(dict.fromkeys(next(iter(way.items()), None) for rule in rules for way in rule.parties))

    def within(self, kind: str, other: str) -> int | None:
        """So many days at most an event of one class is later than what it answers of another; None where that is open."""
        days = [rule.days for _, rule in self._by_kind.get(kind, ()) if other in rule.to]
        return None if None in days else max(filter(None, days), default=0)

    def link(self, answer: Scene, others: Iterable[Scene]) -> Link | None:
        """The link to that of the others which an event answers, if there is one."""
        found = [each for other in others for each in self._matches(answer, other)]
        if not found:
            return None
        best = max(found, key=lambda each: (each.rank, each.rule))
        return Link("respondsTo", answer.event, best.other.event, best.rule, tuple(best.features.items()))

    def _matches(self, answer: Scene, other: Scene) -> Iterator[_Found]:
        if answer.event == other.event or not answer.spots or not other.is_real:
            return
        for name, rule in self._by_kind.get(answer.kind, ()):
            if other.kind in rule.to and (features := self._match(rule, answer, other)) is not None:
                yield _Found(name, other, features)

    def _match(self, rule: Answer, answer: Scene, other: Scene) -> Mapping[str, str] | None:
        """What links both by a rule; None where it does not."""
        gap = _gap(answer, other)
        if (gap is None and not answer.documents & other.documents) or not _in_time(rule, answer, other, gap):
            return None
        if any(answer.of(role) & other.of(each) for role, roles in rule.apart.items() for each in roles):
            return None
        if (rule.done and not answer.is_done) or not self._is_worded(rule, answer):
            return None
        if rule.told and other.is_told and other.tellers <= answer.of("agent"):
            return None
        features = self._told_so(answer, other) if rule.cue else self._met(rule, answer, other)
        if features is None:
            return None
        near = "sentence" if answer.sentences & other.sentences else "document"
        shared = {near: ""} if answer.documents & other.documents else {}
        return {**features, **shared, **({"days": str(gap)} if gap else {})}

    def _is_worded(self, rule: Answer, answer: Scene) -> bool:
        """Whether the words of an answer are of the kind that a rule asks for."""
        words = self._words.get(rule.words.removeprefix("not "), frozenset())
        return not rule.words or (bool(answer.words & words) != rule.words.startswith("not "))

    def _met(self, rule: Answer, answer: Scene, other: Scene) -> Mapping[str, str] | None:
        way = next((way for way in rule.parties if _meet(way, answer, other)), None)
        if way is None:
            return None
        met = {body for role, theirs in way.items() for body in answer.of(role) & other.of(theirs)}
        parties = {"parties": " ".join(sorted(met))} if met else {}
        if rule.unlike:
            return (
                parties if met and _unlike(rule.unlike, answer, other) and answer.documents & other.documents else None
            )
        ours, theirs = _matters(rule, answer), _matters(rule, other)
        shared = ours & theirs
        if rule.treaty and not all(map(self._scenes.is_bilateral, shared)):
            return None
        untold = any(not answer.of(role) for role in way)
        if shared and not untold:
            return {**parties, "matter": " ".join(sorted(shared))}
        together = bool(shared) and rule.close != "sentence" and bool(answer.documents & other.documents)
        if (ours and theirs and not shared) or not (together or _close(rule, answer, other)):
            return None
        return {**parties, **({"matter": " ".join(sorted(shared))} if shared else {})}

    def _told_so(self, answer: Scene, other: Scene) -> Mapping[str, str] | None:
        """The words between both, in a sentence that tells both, which say that the one answers the other."""
        for spot in answer.spots:
            for theirs in other.spots:
                if not spot.sentence or spot.sentence != theirs.sentence or spot.end > theirs.begin:
                    continue
                begin, words = self._scenes.words_of(spot.sentence)
                cues = [each[0] for each in self._cue.finditer(words, spot.end - begin, theirs.begin - begin)]
                if cues:
                    return {"cue": cues[-1]}
        return None


def _gap(answer: Scene, other: Scene) -> int | None:
    """So many days lie between both, by their nearest; None where one has none."""
    if answer.last is None or other.last is None or answer.first is None or other.first is None:
        return None
    return max(0, answer.first - other.last)


def _in_time(rule: Answer, answer: Scene, other: Scene, gap: int | None) -> bool:
    """Whether what is answered is not later than the answer, nor too long before."""
    if answer.last is not None and other.first is not None and answer.last < other.first:
        return False
    if rule.days is not None and gap is not None and gap > rule.days:
        return False
    return not rule.later or _surely_later(answer, other)


def _surely_later(answer: Scene, other: Scene) -> bool:
    if answer.first is not None and other.last is not None and answer.first > other.last:
        return True
    both = answer.documents & other.documents
    firsts = [{spot.document: spot.begin for spot in reversed(each.spots)} for each in (answer, other)]
    return bool(both) and all(firsts[0][document] > firsts[1][document] for document in both)


def _meet(way: Mapping[str, str], answer: Scene, other: Scene) -> bool:
    """Whether the roles of an answer are filled by whom they should be; those after the first may be left open."""
    for place, (role, theirs) in enumerate(way.items()):
        ours = answer.of(role)
        if (ours or not place) and ours.isdisjoint(other.of(theirs)):
            return False
    return True


def _matters(rule: Answer, scene: Scene) -> frozenset[str]:
    return frozenset(
        entity for role in (*rule.matter, *(("topic",) if rule.matter else ())) for entity in scene.of(role)
    )


def _close(rule: Answer, answer: Scene, other: Scene) -> bool:
    """Whether both stand in one sentence or, where that is enough, the answer soon after the other in one text."""
    if not rule.close:
        return False
    return bool(answer.sentences & other.sentences) or (rule.close == "near" and _soon_after(answer, other))


def _soon_after(answer: Scene, other: Scene) -> bool:
    return any(
        spot.document == theirs.document and 0 <= spot.begin - theirs.begin <= SOON
        for spot in answer.spots
        for theirs in other.spots
    )


def _unlike(role: str, answer: Scene, other: Scene) -> bool:
    """Whether both name arms by their names, and other ones."""
    ours, theirs = ({each for each in scene.of(role) if each.startswith(SYSTEM)} for scene in (answer, other))
    return bool(ours and theirs) and ours.isdisjoint(theirs)
