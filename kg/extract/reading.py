"""One document while it is read: its lines parsed, with their names and dates, and what has been spoken of so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.dating.days import Value
from kg.extract.dating.expressions import Expression
from kg.extract.dating.headings import Setting
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Doc, Token
from kg.extract.lines.text import ReadingLine
from kg.extract.naming.names import Named
from kg.model import NameForm

if TYPE_CHECKING:
    from kg.extract.events.filling import Filling
    from kg.extract.events.merge import Draft

_AMID_MARKS = frozenset({",", "(", ")"})
"""Marks that may stand between names that are joined; a comma joins them by itself."""
_FADING = 0.75
"""How much of its weight a treaty keeps from one sentence to the next."""
_BODIES = ("Organization", "InternationalOrganization", "GovernmentBody", "Company", "MediaOutlet", "ArmedGroup")
_QUALIFYING = (NameForm.ADJECTIVE, NameForm.PREFIX)


class Referent(NamedTuple):
    """An entity that a token stands for, and how that is known."""

    entity: str
    kind: str
    rule: str
    start: int
    end: int
    confidence: float = 1.0
    place: str | None = None
    """The capital as a place, for a metonym."""
    gender: str = ""
    """That of the noun which stood for it, "Masc" or "Fem", where one did: "le gouvernement polonais"; "" where a name did."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of direct speech: characters begin to end of the line, and its speaker."""

    begin: int
    end: int
    speaker: Referent | None


@dataclass(slots=True)
class Line:
    """A parsed line."""

    number: int
    reading: ReadingLine
    doc: Doc
    names: list[Named]
    dates: list[Expression]
    quotations: list[Quotation] = field(default_factory=list)
    previous: Line | None = None
    """The line before it."""
    setting: Setting | None = None
    """The date that heads the part of the text in which it stands."""
    bases: dict[int, date] = field(default_factory=dict)
    """Where a date counts from what is named after it ("la veille de l'attaque"), its begin to the day of that."""
    values: dict[int, Value] = field(default_factory=dict)
    """The values of its dates, by where they begin, once they date an event."""
    voice: Referent | None = None
    """Who tells the whole line: the person interviewed, in an answer."""
    at: dict[int, list[Named]] = field(default_factory=dict)
    """Token index to the names that cover it."""
    groups: dict[tuple[int, int], list[Named]] = field(default_factory=dict)
    """Which names are coordinated with the one at these tokens, once asked."""
    _rows: dict[bool, list[Named]] = field(default_factory=dict)
    """The adjectives and the other names, once asked."""

    def settle(self, chosen: Callable[[str], str | None]) -> None:
        """Replace each gathering by the one of its series that is meant, and leave out those of which none is."""
        settled = [(n, chosen(n.entity) if n.kind == "Gathering" else n.entity) for n in self.names]
        self.names = [
            n if n.entity == entity else replace(n, entity=entity) for n, entity in settled if entity is not None
        ]
        self.at, self.groups, self._rows = {}, {}, {}
        self.__post_init__()

    def group(self, start: int, end: int) -> list[Named]:
        """The names coordinated with the one at these tokens: "Moscou, Pékin et Téhéran", by adjacency; itself included."""
        if (start, end) not in self.groups:
            self.groups[start, end] = self._group(start, end)
        return self.groups[start, end]

    def _group(self, start: int, end: int) -> list[Named]:
        qualifying = any(n.start == start and n.form in _QUALIFYING for n in self.names)
        ordered = self._ordered(qualifying)
        index = next((i for i, n in enumerate(ordered) if n.start == start and n.end == end), None)
        if index is None:
            return []
        low = high = index
        while low > 0 and self._joined(ordered[low - 1], ordered[low]):
            low -= 1
        while high + 1 < len(ordered) and self._joined(ordered[high], ordered[high + 1]):
            high += 1
        group = ordered[low : high + 1]
        while len(group) > 1 and not self._conjunction(group[-2], group[-1]):
            if group[-1].start == start:
                return [ordered[index]]
            group.pop()
        return group

    def _ordered(self, qualifying: bool) -> list[Named]:
        """The names that may be joined to one another: adjectives, or all others; without kinds before the name of a weapon."""
        if qualifying not in self._rows:
            self._rows[qualifying] = [
                n for n in self.names if (n.form in _QUALIFYING) == qualifying and not self._announces(n)
            ]
        return self._rows[qualifying]

    def _joined(self, left: Named, right: Named) -> bool:
        """Whether only a conjunction, articles, prepositions, and perhaps a title stand between two names."""
        between = self.doc[left.end : right.start]
        if len(between) > 1 and between[0].text == "," and Kind.THAT in between[1].kinds:
            return False
        if not any(t.text == "," or Kind.JOINS in t.kinds for t in between) or self._breaks(left, right, between):
            return False
        others = [t for t in between if not (Kind.JOINS in t.kinds or Kind.AMID in t.kinds or t.text in _AMID_MARKS)]
        if len(between) <= 4 and not others:
            return True
        titled = len(between) <= 6 and all(t.pos_ in ("NOUN", "ADJ", "PROPN", "DET", "NUM") for t in others)
        opening = between[0]
        led = opening.text == "," or Kind.AND in opening.kinds or Kind.OR in opening.kinds
        return titled and led and left.kind == right.kind

    def _announces(self, named: Named) -> bool:
        """Whether a kind of weapon only stands before the name of one: "5 [missiles] X"."""
        behind = self.at.get(named.end, ())
        return named.kind == "WeaponCategory" and any(n.kind == "WeaponSystem" and n.start == named.end for n in behind)

    def _breaks(self, left: Named, right: Named, between: list[Token]) -> bool:
        """Whether a comma and a conjunction begin the subject of another clause: "vers X, et Y, une partie de …"."""
        after = self.doc.span(right.end, right.end + 1).text
        led = left.start > 0 and any(t.pos_ == "ADP" for t in self.doc[max(0, left.start - 2) : left.start])
        opens = len(between) > 1 and between[0].text == "," and Kind.AND in between[1].kinds
        bare = len(between) == 2 or (len(between) == 3 and Kind.THE_ANY in between[2].kinds)
        return opens and bare and led and after == ","

    def _conjunction(self, left: Named, right: Named) -> bool:
        return any(Kind.JOINS in t.kinds for t in self.doc[left.end : right.start])

    def __post_init__(self) -> None:
        for named in self.names:
            for index in range(named.start, named.end):
                self.at.setdefault(index, []).append(named)


@dataclass(slots=True)
class Focus:
    """What the text has spoken of, latest last: for pronouns and definite descriptions."""

    persons: list[Referent] = field(default_factory=list)
    states: list[Referent] = field(default_factory=list)
    bodies: list[Referent] = field(default_factory=list)
    weapons: list[Referent] = field(default_factory=list)
    treaties: list[Referent] = field(default_factory=list)
    gatherings: list[Referent] = field(default_factory=list)
    subjects: list[Referent] = field(default_factory=list)
    groups: list[tuple[Referent, ...]] = field(default_factory=list)
    """Those of one kind that were named side by side: "la Suède et la Finlande"."""
    joined: tuple[Referent, ...] = ()
    """The last subject with those named beside it."""
    speaker: Referent | None = None
    latest: Draft | None = None
    """The latest event told in which someone does something."""
    dated: dict[str, date] = field(default_factory=dict)
    """The day of the latest event of a class that happened, where it is known."""
    told: list[Draft] = field(default_factory=list)
    """The events of the sentence before."""
    named: list[Referent] = field(default_factory=list)
    """All that was named, but for adjectives."""
    happened: list[Filling] = field(default_factory=list)
    """The events told so far, with their fillers."""
    salience: dict[str, float] = field(default_factory=dict)
    """How much the text has been about each treaty, lately."""

    def note(self, referent: Referent) -> None:
        """Remember an entity as the latest of its class."""
        shelf = {
            "Person": self.persons,
            "State": self.states,
            "WeaponSystem": self.weapons,
            "WeaponCategory": self.weapons,
            "Treaty": self.treaties,
            "Gathering": self.gatherings,
            **dict.fromkeys(_BODIES, self.bodies),
        }.get(referent.kind)
        if shelf is not None:
            shelf.append(referent)

    def weigh(self, treaties: Mapping[str, float]) -> None:
        """Add how much the sentence just read is about each treaty; what was spoken of before fades."""
        self.salience = {entity: weight * _FADING for entity, weight in self.salience.items()}
        for entity, weight in treaties.items():
            self.salience[entity] = self.salience.get(entity, 0.0) + weight

    def treaty(self, fits: Callable[[str], bool] = lambda entity: True) -> Referent | None:
        """The treaty that the text is about, of those that fit if any does: the most and latest spoken of."""
        latest = {referent.entity: referent for referent in self.treaties}
        fitting = [entity for entity in latest if fits(entity)] or list(latest)
        return latest[max(fitting, key=lambda entity: (self.salience[entity], entity))] if fitting else None
