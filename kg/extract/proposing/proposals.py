"""Claims that somebody proposes, checked: their words must stand in the text, classes, roles and values in the ontology.

A claim that fails is set aside with its reason, and the others stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from kg.extract.dating.days import Value, day, month, year
from kg.extract.events.merge import Draft, Telling
from kg.extract.proposing.linking import Linker
from kg.model import Entity, Filler, Mention, Modality, Polarity, Span, When
from kg.vocabulary import Vocabulary

TRUST = 0.5
"""The confidence of what is proposed: nothing is known of how often it is right."""

_SAME_LENGTH = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\n": " ", "\t": " "})
"""Characters that models copy as others; offsets stay as they are."""


class _Proposed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Named(_Proposed):
    name: str
    kind: str


class _Filler(_Named):
    role: str


class _Claim(_Proposed):
    quote: str
    trigger: str
    event: str
    roles: list[_Filler]
    modality: str
    polarity: str
    claimant: _Named | None = None
    relayed_by: list[_Named] = []
    date: str | None = None
    date_words: str | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """A proposed claim that does not stand, and why."""

    quote: str
    """The sentence that it quotes; empty where it quotes none."""
    reason: str


@dataclass(slots=True)
class Accepted:
    """What the claims that stand have given so far."""

    drafts: dict[tuple[str, ...], Draft] = field(default_factory=dict)
    """By class, date and fillers."""
    mentions: dict[tuple[Span, str], Mention] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)


class _Unfit(Exception):
    """A proposed claim does not stand; its text says why."""


class Proposals:
    """Checks the proposals for one text. `sentence_at` gives the sentence around an offset, `method` is the claims'."""

    def __init__(
        self, vocabulary: Vocabulary, linker: Linker, text: str, sentence_at: Callable[[int], Span], method: str
    ) -> None:
        self._vocabulary = vocabulary
        self._linker = linker
        self._text = text.translate(_SAME_LENGTH)
        self._sentence_at = sentence_at
        self._method = method
        self.accepted = Accepted()

    def take(self, claims: Iterable[Any], begin: int, end: int) -> None:
        """Accept or set aside claims, as JSON gives them, about the characters from begin to end of the text."""
        for raw in claims:
            try:
                self._accept(_parsed(raw), Span(begin, end))
            except _Unfit as unfit:
                quote = raw.get("quote") if isinstance(raw, dict) else None
                self.accepted.set_aside.append(SetAside(quote if isinstance(quote, str) else "", str(unfit)))

    def _accept(self, claim: _Claim, part: Span) -> None:
        """Record the claim; raises _Unfit, with nothing recorded, where it does not stand."""
        reading = _Reading(self._text, self._linker, self._find("quote", claim.quote, part), part)
        trigger = self._find("trigger", claim.trigger, reading.quote)
        fillers = self._fillers(claim, reading)
        agents = self._vocabulary.roles["agent"].kinds
        telling = Telling(
            sentence=self._sentence_at(trigger.begin),
            trigger=trigger,
            modality=Modality(_one_of("modality", claim.modality, self._vocabulary.modalities)),
            polarity=Polarity(_one_of("polarity", claim.polarity, self._vocabulary.polarities)),
            claimant=reading.entity("claimant", claim.claimant, agents)[0] if claim.claimant else None,
            relays=tuple(reading.entity("relay", each, agents)[0] for each in claim.relayed_by),
            confidence=TRUST,
            method=self._method,
            evidence=(),
        )
        when = self._when(claim, part)
        self._record(claim.event, fillers, when, telling)
        self.accepted.mentions |= {(mention.span, mention.entity): mention for mention in reading.mentions}
        self.accepted.entities |= reading.entities

    def _record(self, kind: str, fillers: list[Filler], when: When | None, telling: Telling) -> None:
        roles = sorted(f"{filler.role} {filler.entity}" for filler in fillers)
        draft = self.accepted.drafts.setdefault((kind, when.edtf if when else "", *roles), Draft(kind, when=when))
        draft.tellings.append(telling)
        for filler in fillers:
            draft.roles.setdefault(filler.role, {}).setdefault(filler.entity, filler)

    def _fillers(self, claim: _Claim, reading: _Reading) -> list[Filler]:
        """Who fills the roles, which must be those of the class."""
        event = self._vocabulary.events[_one_of("event class", claim.event, self._vocabulary.events)]
        fillers = []
        for each in claim.roles:
            if each.role not in event.roles:
                raise _Unfit(f"{event.name} has no role {each.role!r}.")
            entity, rule, span = reading.entity(each.role, each, self._vocabulary.roles[each.role].kinds)
            fillers.append(Filler(each.role, entity, f"proposed/{rule}", span, TRUST))
        if not fillers:
            raise _Unfit("It fills no role.")
        return fillers

    def _find(self, what: str, words: str, within: Span) -> Span:
        """Where the words stand; raises _Unfit where they do not."""
        sought = words.translate(_SAME_LENGTH).strip()
        begin = self._text.find(sought, within.begin, within.end) if sought else -1
        if begin < 0:
            raise _Unfit(f"The {what} “{words}” does not stand in the {'quote' if what == 'trigger' else 'text'}.")
        return Span(begin, begin + len(sought))

    def _when(self, claim: _Claim, part: Span) -> When | None:
        if claim.date is None:
            return None
        value = _value(claim.date)
        if value is None or value.earliest is None or value.latest is None:
            raise _Unfit(f"The date {claim.date!r} is none.")
        span = self._find("date", claim.date_words, part) if claim.date_words else None
        return When(value.edtf, value.earliest.isoformat(), value.latest.isoformat(), span)


@dataclass(slots=True)
class _Reading:
    """One proposed claim while its names are linked."""

    text: str
    linker: Linker
    quote: Span
    part: Span
    mentions: list[Mention] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)
    """Entities that the reference does not know."""

    def entity(self, what: str, named: _Named, allowed: Collection[str]) -> tuple[str, str, Span]:
        """The IRI that a name means, how it was linked, and where it stands nearest to the quotation."""
        span = self._nearest(named.name)
        if span is None:
            raise _Unfit(f"The {what} “{named.name}” is not named in the text.")
        linked = self.linker.link(named.name, named.kind, allowed)
        if linked is None:
            raise _Unfit(f"The {what} “{named.name}” is no {' or '.join(sorted(allowed))} that the reference knows.")
        entity = linked.entity
        if not entity.reconciled:
            self.entities[entity.iri] = entity
        self.mentions.append(Mention(span, entity.iri, linked.rule, TRUST))
        return entity.iri, linked.rule, span

    def _nearest(self, name: str) -> Span | None:
        sought = name.translate(_SAME_LENGTH).strip()
        if not sought:
            return None
        pattern = re.compile(rf"(?<!\w){re.escape(sought)}(?!\w)")
        spans = [Span(m.start(), m.end()) for m in pattern.finditer(self.text, self.part.begin, self.part.end)]
        return min(spans, key=self._distance, default=None)

    def _distance(self, span: Span) -> tuple[int, int]:
        """How far it lies from the quotation; of two as far, the one before comes first."""
        return max(self.quote.begin - span.begin, span.end - self.quote.end, 0), span.begin


def _parsed(raw: Any) -> _Claim:
    try:
        return _Claim.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise _Unfit(f"It does not keep to the schema: {place or 'claim'}: {first['msg']}.") from error


def _one_of(what: str, value: str, known: Collection[str]) -> str:
    if value not in known:
        raise _Unfit(f"There is no {what} {value!r}.")
    return value


def _value(text: str) -> Value | None:
    """The date as YYYY, YYYY-MM or YYYY-MM-DD."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        return None
    try:
        if len(text) == 4:
            return year(int(text))
        if len(text) == 7:
            return month(int(text[:4]), int(text[5:]))
        return day(date.fromisoformat(text))
    except ValueError:
        return None
