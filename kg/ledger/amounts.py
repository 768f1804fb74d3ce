"""Where documents differ in how many, or for how much: numbers of one weapon counted in one way, or sums of one currency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from kg.ledger.tellings import DEFAULT, Telling
from kg.namespaces import AC

NEAR = Decimal("1.25")
"""What is "about" a number is at most this many times as much, or as little."""
ROUNDED = Decimal("1.05")
"""Sums of money are rounded by the press: these are the same."""
ENDLESS = Decimal("Infinity")
Key = tuple[str, str, str]
"""Weapon, unit and currency."""


@dataclass(frozen=True, slots=True, order=True)
class Figure:
    """A number that a claim gives, with the least and the greatest that it may mean."""

    least: Decimal
    most: Decimal
    said: str

    def meets(self, other: Figure) -> bool:
        """Whether both may be one."""
        return self.least <= other.most and other.least <= self.most


@dataclass(frozen=True, slots=True)
class Differing:
    """Two documents whose numbers exclude each other."""

    role: str
    """ "item" of weapons; empty of money."""
    first: tuple[Telling, ...]
    other: tuple[Telling, ...]
    first_says: tuple[str, ...]
    other_says: tuple[str, ...]


def differing(told: Sequence[Telling], store: ox.Store) -> Iterator[Differing]:
    """The differences between claims on one event, which must come in the order of their documents' days.

    What one document gives counts together: where one of its numbers may be one of the other's, they do not differ.
    """
    given: dict[Key, dict[str, list[tuple[Telling, Figure]]]] = {}
    for telling in told:
        for key, figure in _figures(telling.claim, store):
            given.setdefault(key, {}).setdefault(telling.source.iri, []).append((telling, figure))
    for key, documents in sorted(given.items()):
        seen: list[list[tuple[Telling, Figure]]] = []
        for figures in documents.values():
            against = next((each for each in seen if not _meet(each, figures)), None)
            if against is not None:
                yield _difference(key, against, figures)
            else:
                seen.append(figures)


def _figures(claim: str, store: ox.Store) -> Iterator[tuple[Key, Figure]]:
    for quad in store.quads_for_pattern(ox.NamedNode(claim), ox.NamedNode(AC + "amount"), None, DEFAULT):
        facts = {
            each.predicate.value.removeprefix(AC): each.object.value
            for each in store.quads_for_pattern(quad.object, None, None, DEFAULT)  # type: ignore[arg-type]
            if isinstance(each.object, ox.NamedNode | ox.Literal)
        }
        if "amountValue" in facts:
            key = (facts.get("amountOf", ""), facts.get("amountUnit", ""), facts.get("currency", ""))
            yield key, _figure(Decimal(facts["amountValue"]), facts.get("amountBound", ""), key)


def _figure(value: Decimal, bound: str, key: Key) -> Figure:
    said = " ".join(
        filter(None, ({"about": "~", "at least": "≥", "at most": "≤"}.get(bound, ""), f"{value:f}", *key[1:]))
    )
    if bound == "at least":
        return Figure(value, ENDLESS, said)
    if bound == "at most":
        return Figure(Decimal(0), value, said)
    slack = NEAR if bound == "about" else ROUNDED if key[2] else Decimal(1)
    return Figure(value / slack, value * slack, said)


def _meet(ours: list[tuple[Telling, Figure]], theirs: list[tuple[Telling, Figure]]) -> bool:
    return any(one.meets(other) for _, one in ours for _, other in theirs)


def _difference(key: Key, ours: list[tuple[Telling, Figure]], theirs: list[tuple[Telling, Figure]]) -> Differing:
    thing = (key[0],) if key[0] else ()
    first, other = (tuple(dict.fromkeys(telling for telling, _ in side)) for side in (ours, theirs))
    first_says, other_says = ((*sorted({figure.said for _, figure in side}), *thing) for side in (ours, theirs))
    return Differing("item" if thing else "", first, other, first_says, other_says)
