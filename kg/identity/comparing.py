"""Two entities compared: what excludes that they are one, or how likely it is, likeness by likeness."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import permutations

from kg.identity.entities import Entity
from kg.identity.knowledge import Knowledge
from kg.identity.names import Name, Names, is_acronym
from kg.identity.profiles import BODY, PERSON, TREATY, WEAPON

_SHORT = 2
"""Words of a name of which one is a name of its own, so that a longer name may be the same."""
_ORDERS = 4
"""Words of a name up to which another order of them is tried."""
_LETTERS = 4
"""Letters of a short form that says something by itself."""
_SPECIAL = frozenset({"Organization", "Agent", "NamedIndividual"})
"""Classes that say nothing of what kind of body it is."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """One thing in which two entities are alike or not, and its weight."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two entities compared."""

    excluded: str | None = None
    """What makes it impossible that they are one: name, number, state, class, head; None where nothing does."""
    likenesses: tuple[Likeness, ...] = ()
    """The first is how the names agree; none where they do not."""

    @property
    def score(self) -> float:
        """How sure it is that both are one, from 0 to 1."""
        if self.excluded is not None:
            return 0.0
        return round(min(1.0, max(0.0, sum(each.weight for each in self.likenesses))), 3)


UNLIKE = Comparison()


class Comparer:
    """Compares entities of one kind."""

    def __init__(self, knowledge: Knowledge, broader: Mapping[str, frozenset[str]]) -> None:
        """`broader` gives all categories above each weapon category."""
        self._names = Names(knowledge)
        self._knowledge = knowledge
        self._weights = knowledge.weights
        self._broader = broader
        self._ways: dict[str, Callable[[Entity, Entity], Comparison]] = {
            PERSON: self._persons,
            WEAPON: self._weapons,
            TREATY: self._titles,
            BODY: self._titles,
        }

    def compare(self, one: Entity, other: Entity) -> Comparison:
        """What speaks for and against that both are one; the same in either order."""
        if one.kind != other.kind:
            return Comparison("kind")
        first, second = sorted((one, other), key=lambda each: each.iri)
        return self._ways[one.kind](first, second)

    def likeness(self, name: str, times: int = 1) -> Likeness:
        """A likeness with its weight."""
        return Likeness(name, self._weights[name] * times)

    def _persons(self, one: Entity, other: Entity) -> Comparison:
        if _apart(one.states, other.states):
            return Comparison("state")
        best = self._best(one, other, self._names.person, self._person_names)
        if not best.likenesses:
            return best
        found = list(best.likenesses)
        if one.states & other.states:
            found.append(self.likeness("same_state"))
        if one.offices and other.offices:
            found.append(self.likeness("same_office" if one.offices & other.offices else "other_office"))
        return Comparison(None, tuple(found))

    def _person_names(self, one: Name, other: Name) -> Comparison:
        """How the full names of persons agree; a surname alone is no full name."""
        short, long = sorted((one, other), key=lambda each: (len(each.words), each.sounds))
        if len(short.words) < 2:
            return UNLIKE
        if short.words == long.words or "".join(short.words) == "".join(long.words):
            return Comparison(None, (self.likeness("same_words"),))
        matched = self._matched(short, long)
        if matched is None:
            return Comparison("name")
        agreements, in_order = matched
        how = "same_sound" if min(agreements) == 1 else "near_sound"
        found = [self.likeness(how)]
        if left := len(long.words) - len(short.words):
            found.append(self.likeness("left_out", left))
        if not in_order:
            found.append(self.likeness("reordered"))
        return Comparison(None, tuple(found))

    def _matched(self, short: Name, long: Name) -> tuple[list[float], bool] | None:
        """How far each word of the shorter name agrees with one of the longer, and whether in their order; None where not."""
        in_order = self._aligned(short.sounds, long.sounds)
        if in_order is not None:
            return in_order, True
        if len(short.sounds) < len(long.sounds) and short.sounds == long.sounds[: len(short.sounds)]:
            return [1.0], True
        if len(short.sounds) != len(long.sounds) or len(short.sounds) > _ORDERS:
            return None
        others = (self._aligned(order, long.sounds) for order in permutations(short.sounds) if order != short.sounds)
        found = [each for each in others if each is not None and min(each) == 1]
        return (found[0], False) if found else None

    def _aligned(self, short: tuple[str, ...], long: tuple[str, ...]) -> list[float] | None:
        """The agreements of the words of one name with words of another in the same order, the last with the last."""
        agreements = [self._agreement(short[-1], long[-1])]
        place = 0
        for word in short[:-1]:
            while place < len(long) - 1 and not self._agreement(word, long[place]):
                place += 1
            if place == len(long) - 1:
                return None
            agreements.append(self._agreement(word, long[place]))
            place += 1
        return agreements if all(agreements) else None

    def _agreement(self, one: str, other: str) -> float:
        """The agreement of two words; an initial agrees with what begins with it."""
        if len(one) == 1 or len(other) == 1:
            return 1.0 if one == other else 0.9 if one[0] == other[0] else 0.0
        return self._names.agreement(one, other)

    def surname(self, alone: Entity, whole: Entity) -> Comparison:
        """How a surname, as one document gives it, agrees with a whole name."""
        if _apart(alone.states, whole.states):
            return Comparison("state")
        sound = self._names.person(alone.names[0]).sounds[-1]
        told = [name for text in whole.names if len((name := self._names.person(text)).words) > 1]
        if not any(name.sounds[-1] == sound for name in told):
            return UNLIKE
        if set(alone.documents) & set(whole.documents):
            return Comparison(None, (self.likeness("surname_here"),))
        found = [self.likeness("surname")]
        if alone.states & whole.states:
            found += [self.likeness("same_state")] * 2
        if alone.offices and whole.offices:
            agree = bool(alone.offices & whole.offices)
            found += [self.likeness("same_office")] * 2 if agree else [self.likeness("other_office")]
        if _far(alone, whole):
            found.append(self.likeness("far"))
        return Comparison(None, tuple(found))

    def _weapons(self, one: Entity, other: Entity) -> Comparison:
        if _apart(one.states, other.states):
            return Comparison("state")
        best = self._best(one, other, self._names.weapon, self._designations)
        if not best.likenesses or not one.categories or not other.categories:
            return best
        above = [frozenset().union(*(self._above(each) for each in e.categories)) for e in (one, other)]
        if one.categories & above[1] or other.categories & above[0]:
            return Comparison(None, (*best.likenesses, self.likeness("same_kind")))
        if not any(self._broader.get(each) for each in above[0] & above[1]):
            return Comparison("class")
        return Comparison(None, (*best.likenesses, self.likeness("other_kind")))

    def _above(self, category: str) -> frozenset[str]:
        return self._broader.get(category, frozenset()) | {category}

    def _designations(self, one: Name, other: Name) -> Comparison:
        if one.numbers != other.numbers:
            return Comparison("number")
        if one.sounds == other.sounds:
            return Comparison(None, (self.likeness("designation"),))
        if len(one.sounds) != len(other.sounds):
            return Comparison("name")
        agreements = [self._names.agreement(*pair) for pair in zip(one.sounds, other.sounds, strict=True)]
        if all(agreements):
            return Comparison(None, (self.likeness("near_designation"),))
        return Comparison("name")

    def _titles(self, one: Entity, other: Entity) -> Comparison:
        """Treaties and organisations."""
        if _apart(one.states, other.states):
            return Comparison("state")
        if _apart(one.classes - _SPECIAL, other.classes - _SPECIAL):
            return Comparison("class")
        best = self._best(one, other, self._names.title, self._title_names)
        found = list(best.likenesses)
        if found and one.states & other.states:
            found.append(self.likeness("same_state"))
        if found and "acronym" in found[0].name and set(one.documents) & set(other.documents):
            found.append(self.likeness("same_document"))
        return Comparison(best.excluded, tuple(found))

    def _title_names(self, one: Name, other: Name) -> Comparison:
        if is_acronym(one.text) != is_acronym(other.text):
            return self._acronym(*sorted((one, other), key=lambda each: not is_acronym(each.text)))
        if one.numbers != other.numbers:
            return Comparison("number")
        groups = [self._knowledge.treaties.get(each.words[0]) if each.words else None for each in (one, other)]
        if None not in groups and groups[0] != groups[1]:
            return Comparison("head")
        if not self._telling(one) or not self._telling(other):
            return UNLIKE
        if sorted(one.words) == sorted(other.words):
            return Comparison(None, (self.likeness("same_words"),))
        if is_acronym(one.text):
            return Comparison("name")
        return self._within(one, other)

    def _within(self, one: Name, other: Name) -> Comparison:
        """Whether the words of one title, one of them no word of many, stand or sound in the other."""
        pair = sorted((self._telling(one), self._telling(other)), key=lambda each: (len(each), sorted(each)))
        short, long = pair
        if short == long and len(one.words) == len(other.words):
            return Comparison(None, (self.likeness("same_sound"),))
        if short <= long and (len(short) >= _SHORT or short == long):
            return Comparison(None, (self.likeness("within"),))
        return UNLIKE if short & long else Comparison("name")

    def _telling(self, name: Name) -> frozenset[str]:
        """How the words sound that tell which one it is."""
        return frozenset(s for w, s in zip(name.words, name.sounds, strict=True) if not self._names.is_general(w))

    def _acronym(self, short: Name, long: Name) -> Comparison:
        letters = "".join(short.words)
        if letters in self._names.initials(long.text):
            return Comparison(None, (self.likeness("acronym" if len(letters) >= _LETTERS else "short_acronym"),))
        return UNLIKE

    def _best(
        self,
        one: Entity,
        other: Entity,
        apart: Callable[[str], Name],
        compared: Callable[[Name, Name], Comparison],
    ) -> Comparison:
        """The best comparison of any name of one with any of the other; what excludes counts where nothing agrees."""
        found = [compared(apart(mine), apart(theirs)) for mine in one.names for theirs in other.names]
        return max(found, key=lambda each: (each.score, each.excluded or ""), default=UNLIKE)


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both are known and have nothing in common."""
    return bool(one) and bool(other) and not one & other


def _far(one: Entity, other: Entity) -> bool:
    """Whether all documents of both are more than two years apart, or the offices held lie that far off."""
    years = [int(day[:4]) for day in one.days if day != "9999"]
    if other.known:
        spans = [(int(first[:4]), int(last[:4])) for first, last, _ in other.held]
    else:
        spans = [(int(day[:4]), int(day[:4])) for day in other.days if day != "9999"]
    if not years or not spans:
        return False
    return all(year < first - 2 or year > last + 2 for year in years for first, last in spans)
