"""One event once per document: drafts that tell the same event become one, with every different claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field

from kg.extract.events.filling import CORE
from kg.extract.events.standing import together
from kg.ids import event_iri, hashed_iri, undated
from kg.model import Claim, Event, Filler, Modality, Polarity, Span, When

_TALKS = frozenset({"Meeting", "Negotiation"})
_REPEATED = frozenset({"WeaponTest", "WeaponUse", "Inspection", "Sanction", "Warning", "Accusation"})
"""Classes of which the same happens again and again: one to come is not the one that was."""

_ONCE = frozenset({"Withdrawal"})
"""Classes of what happens to a treaty once, and has two dates: the day of the decision, before that on which it takes effect."""

_LEFT = frozenset({"Withdrawal", "Suspension"})
"""Classes of what the same one does to few treaties in a text, which a headline may only describe: "geler un traité européen"."""

_WORDS = frozenset({"Accusation", "Warning", "Rejection"})
"""Classes of what each body of a state says for itself."""

_ANSWERS = frozenset({"Rejection"})
"""Classes of what answers something else each time: that the same one does it makes no two of them one."""

_NOBODY: Mapping[str, Filler] = {}
"""Who is in a role that is empty."""


@dataclass(slots=True)
class Telling:
    """One place in the text that tells an event: all of a claim but its event."""

    sentence: Span
    trigger: Span
    modality: Modality
    polarity: Polarity
    claimant: str | None
    relays: tuple[str, ...]
    confidence: float
    method: str
    evidence: tuple[str, ...]


@dataclass(slots=True)
class Draft:
    """An event while its tellings are gathered."""

    kind: str
    roles: dict[str, dict[str, Filler]] = field(default_factory=dict)
    when: When | None = None
    tellings: list[Telling] = field(default_factory=list)
    resumed: bool = False
    """Whether it only takes up one told before, whose parties it has."""
    sort: str = ""
    """What sort of its class it is, where its words tell: a nuclear test."""
    stands: float = 1.0
    """How likely it is that its text tells it at all."""
    bodies: set[str] = field(default_factory=set)
    """The IRIs of those whom other tellings name instead of its fillers, whose bodies they are or who are bodies of them."""

    def entities(self, role: str) -> Set[str]:
        """The IRIs in a role."""
        return self.roles.get(role, _NOBODY).keys()


class Merger:
    """Decides which drafts are one event. `same` gives an entity's identity for that: its state for a person in office;
    `broader` tells whether one weapon category or system falls under another, `part` whether a body is part of an organisation or
    a state, `listed` whether the reference knows an entity."""

    def __init__(
        self,
        same: Callable[[str], str],
        broader: Callable[[str, str], bool],
        part: Callable[[str, str], bool],
        listed: Callable[[str], bool],
    ) -> None:
        self._same = same
        self._broader = broader
        self._part = part
        self._listed = listed

    def merge(self, drafts: Iterable[Draft]) -> list[Draft]:
        """The events of a document, in the order of their first telling."""
        merged: list[Draft] = []
        for draft in drafts:
            for known in merged:
                if self._is_one(known, draft):
                    self._absorb(known, draft)
                    break
            else:
                merged += [] if draft.resumed else [draft]
        for draft in merged:
            self._narrow(draft)
        return merged

    def _is_one(self, known: Draft, draft: Draft) -> bool:
        talks = {known.kind, draft.kind} <= _TALKS
        if known.kind != draft.kind and not talks:
            return False
        if known.when and draft.when and not _meet(known.when, draft.when) and not self._is_single(known, draft):
            return False
        if talks and not self._same_talks(known, draft):
            return False
        if known.kind in _REPEATED and _is_real(known) != _is_real(draft):
            return False
        if known.sort != draft.sort and (
            (known.sort and draft.sort) or (known if draft.sort else draft).entities("item")
        ):
            return False
        return self._is_shared(known, draft)

    def _is_shared(self, known: Draft, draft: Draft) -> bool:
        """Whether what fills each role of one agrees with what fills it in the other, and enough of it is the same."""
        shared, bodies = 0, False
        for role in CORE:
            if not (left := known.entities(role)) or not (right := draft.entities(role)):
                continue
            if self._agree(role, left, right) or right <= known.bodies:
                shared += role != "item" or bool(left & right)
            elif self._are_bodies(role, left, right) and known.kind not in _WORDS:
                shared, bodies = shared + 1, True
            elif role != "treaty" or not self._is_described(known, draft):
                return False
        if bodies and any(bool(known.entities(role)) != bool(draft.entities(role)) for role in CORE):
            return False
        return shared > int(known.kind in _ANSWERS or bodies)

    def _is_single(self, known: Draft, draft: Draft) -> bool:
        """Whether one is the day on which the other, which another sentence tells as done, takes effect: a state leaves a treaty once."""
        first, last = sorted((known, draft), key=lambda each: (each.when and each.when.earliest) or "")
        alike = self._parties(known) == self._parties(draft) and bool(
            known.entities("treaty") & draft.entities("treaty")
        )
        apart = not {t.sentence for t in known.tellings} & {t.sentence for t in draft.tellings}
        return known.kind in _ONCE and alike and apart and _is_real(first) and not _is_real(last)

    def _is_described(self, known: Draft, draft: Draft) -> bool:
        """Whether the same one leaves or suspends a treaty in both, which only one of them calls by a name that is known."""
        parties = self._parties(known)
        named = [any(map(self._listed, each.entities("treaty"))) for each in (known, draft)]
        return known.kind in _LEFT and bool(parties) and parties == self._parties(draft) and named[0] != named[1]

    def _parties(self, draft: Draft) -> set[str]:
        """The identities of those who do it."""
        return {self._same(e) for e in draft.entities("agent")}

    def _same_talks(self, known: Draft, draft: Draft) -> bool:
        """Meetings are many: those of other places, occasions or presentation differ; one of a single participant
        is another's only if they share place, occasion or time."""
        for role in ("place", "gathering"):
            left, right = known.entities(role), draft.entities(role)
            if left and right and not left & right:
                return False
        if _is_real(known) != _is_real(draft):
            return False
        alike = any(known.entities(role) & draft.entities(role) for role in ("place", "gathering"))
        alike = alike or bool(known.when and draft.when)
        return alike or (len(known.entities("participant")) > 1 and len(draft.entities("participant")) > 1)

    def _agree(self, role: str, left: Set[str], right: Set[str]) -> bool:
        """Whether one side's fillers are all among the other's."""
        if role == "item":
            small, large = sorted((left, right), key=len)
            return all(any(a == b or self._broader(a, b) or self._broader(b, a) for b in large) for a in small)
        ones, others = {self._same(e) for e in left}, {self._same(e) for e in right}
        return ones <= others or others <= ones

    def _are_bodies(self, role: str, left: Set[str], right: Set[str]) -> bool:
        """Whether one side's fillers are all among the other's, bodies of them, or what they are bodies of."""
        if role == "item":
            return False
        small, large = sorted(({self._same(e) for e in each} for each in (left, right)), key=len)
        return all(self._is_there(each, large) for each in small)

    def _absorb(self, known: Draft, draft: Draft) -> None:
        if not self._agree("treaty", known.entities("treaty"), draft.entities("treaty")):
            named = max((known, draft), key=lambda each: any(map(self._listed, each.entities("treaty"))))
            known.roles["treaty"] = draft.roles["treaty"] = dict(named.roles["treaty"])
        for role, fillers in draft.roles.items():
            mine = known.roles.setdefault(role, {})
            there = {self._same(e) for e in mine}
            for entity, filler in fillers.items():
                if role in ("place", "topic") or not self._is_there(self._same(entity), there):
                    mine.setdefault(entity, filler)
                elif self._same(entity) not in there:
                    known.bodies.add(entity)
        if draft.when and (known.when is None or _is_surer(draft.when, known.when)):
            known.when = draft.when
        known.stands = together(known.stands, draft.stands)
        known.tellings += [] if draft.resumed else draft.tellings

    def _is_there(self, entity: str, there: set[str]) -> bool:
        """Whether one, or what it is a body of, or a body of it, is among those."""
        return any(entity == each or self._part(entity, each) or self._part(each, entity) for each in there)

    def _narrow(self, draft: Draft) -> None:
        """Drop a category where one of its own kinds fills the same role."""
        items = draft.roles.get("item", {})
        for entity in list(items):
            if any(other != entity and self._broader(entity, other) for other in items):
                del items[entity]


def _is_real(draft: Draft) -> bool:
    """Whether an event is told as happened, not as planned or possible."""
    return any(t.modality is Modality.ACTUAL for t in draft.tellings)


def _meet(left: When, right: When) -> bool:
    return (left.earliest or "") <= (right.latest or "9999") and (right.earliest or "") <= (left.latest or "9999")


def _is_surer(new: When, known: When) -> bool:
    """Whether a time is to be had rather than another: the narrower, and of two that do not meet the earlier."""
    return _length(new) < _length(known) if _meet(new, known) else (new.earliest or "") < (known.earliest or "")


def _length(when: When) -> int:
    if not when.earliest or not when.latest:
        return 10**6
    first, last = (
        sum(int(p) * f for p, f in zip(d.split("-"), (372, 31, 1), strict=True)) for d in (when.earliest, when.latest)
    )
    return last - first


def finish(draft: Draft, document: str) -> tuple[Event, list[Claim]]:
    """A draft as an event with its claims: one for each modality, polarity and claimant, the surest telling of each.

    The event's identity is its class, fillers and time; without a time it is the document's own.
    """
    fillers = tuple(sorted((f for fs in draft.roles.values() for f in fs.values()), key=lambda f: (f.role, f.entity)))
    time = draft.when.edtf if draft.when and draft.when.earliest else undated(document)
    iri = event_iri(draft.kind, time, ((f.role, f.entity) for f in fillers))
    event = Event(iri, draft.kind, fillers, draft.when)
    chosen: dict[tuple[str, str, str | None], Telling] = {}
    for telling in draft.tellings:
        key = (telling.modality, telling.polarity, telling.claimant)
        if key not in chosen or telling.confidence > chosen[key].confidence:
            chosen[key] = telling
    return event, [_claim(iri, document, telling) for telling in chosen.values()]


def _claim(event: str, document: str, telling: Telling) -> Claim:
    fields = (document, event, telling.modality, telling.polarity, telling.claimant or "")
    return Claim(
        iri=hashed_iri("claim", *fields),
        event=event,
        sentence=telling.sentence,
        trigger=telling.trigger,
        modality=telling.modality,
        polarity=telling.polarity,
        claimant=telling.claimant,
        relayed_by=telling.relays,
        confidence=round(telling.confidence, 2),
        method=telling.method,
        evidence=telling.evidence,
    )
