"""Of which event an event is a part, by the rules of ontology/links.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.links.answering import SYSTEM, Link
from kg.links.knowledge import AGENTS, Knowledge, Part
from kg.links.near import Pair
from kg.links.scenes import Scene


class Parts:
    """Finds the wholes of events."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._stages = knowledge.stages
        self._by_kind: dict[str, list[tuple[str, Part]]] = {}
        for name, rule in knowledge.parts.items():
            for kind in sorted(rule.part):
                self._by_kind.setdefault(kind, []).append((name, rule))

    def may_link(self, kind: str, other: str) -> bool:
        """Whether an event of one class may be part of one of another."""
        return any(other in rule.whole for _, rule in self._by_kind.get(kind, ()))

    def pairs(self, kind: str, other: str) -> list[Pair]:
        """In which roles an event must have something in common with another of these classes, of which it may be part."""
        rules = [rule for _, rule in self._by_kind.get(kind, ()) if other in rule.whole]
        return list(dict.fromkeys((rule.share[0], rule.share[0]) for rule in rules))

    def within(self, kind: str, other: str) -> int | None:
        """So many days at most an event of one class is later than that of another, of which it is part; None where that is open."""
        rules = [rule for _, rule in self._by_kind.get(kind, ()) if other in rule.whole]
        days = [rule.days if rule.when == "after" else 0 for rule in rules]
        return None if None in days else max(filter(None, days), default=0)

    def link(self, part: Scene, others: Iterable[Scene]) -> Link | None:
        """The link to that of the others which an event is part of, if there is one: the shortest, then the latest."""
        found = [each for other in others for each in self._matches(part, other)]
        if not found:
            return None
        rule, whole = min(found, key=lambda each: (_length(each[1]), -(each[1].first or 0), each[1].event, each[0]))
        shared = {body for role in self._rule(part.kind, rule).share for body in part.of(role) & whole.of(role)}
        matter = sorted(each for each in shared if all(each not in part.of(role) for role in AGENTS))
        features = [("parties", " ".join(sorted(shared.difference(matter)))), ("matter", " ".join(matter))]
        return Link("partOf", part.event, whole.event, rule, tuple(each for each in features if each[1]))

    def _rule(self, kind: str, name: str) -> Part:
        return dict(self._by_kind[kind])[name]

    def _matches(self, part: Scene, whole: Scene) -> Iterator[tuple[str, Scene]]:
        if part.event == whole.event or not part.spots or not whole.is_real:
            return
        for name, rule in self._by_kind.get(part.kind, ()):
            if whole.kind in rule.whole and self._match(rule, part, whole):
                yield name, whole

    def _match(self, rule: Part, part: Scene, whole: Scene) -> bool:
        if not all(_shared(role, part, whole) for role in rule.share) or not _in_time(rule, part, whole):
            return False
        ours, theirs = part.of(rule.among), whole.of(rule.among)
        if rule.among and not (ours <= theirs and (theirs > ours or not rule.fewer)):
            return False
        words = self._stages.get(rule.words, frozenset())
        return not rule.words or (bool(part.words & words) and not whole.words & words)


def _shared(role: str, part: Scene, whole: Scene) -> frozenset[str]:
    """What fills a role of both; of arms only those with names: two drones need not be one."""
    both = part.of(role) & whole.of(role)
    return frozenset(each for each in both if each.startswith(SYSTEM)) if role == "item" else both


def _in_time(rule: Part, part: Scene, whole: Scene) -> bool:
    if part.first is None or part.last is None or whole.first is None or whole.last is None:
        return rule.when == "during"
    if rule.when == "after":
        return whole.first <= part.last and (rule.days is None or part.first - whole.last <= rule.days)
    if rule.when == "during":
        return whole.first <= part.last and part.first <= whole.last
    inside = whole.first <= part.first and part.last <= whole.last and _length(part) < _length(whole)
    return part.dated and whole.dated and inside and (rule.days is None or _length(whole) <= rule.days)


def _length(scene: Scene) -> int:
    return scene.last - scene.first if scene.dated and scene.first is not None and scene.last is not None else 9_999_999
