"""An entity with all that is compared of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.identity.profiles import Profile


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity with all that is said of it, by all documents that give it or by the reference data."""

    iri: str
    kind: str
    known: bool
    names: tuple[str, ...]
    classes: frozenset[str]
    states: frozenset[str]
    offices: frozenset[str]
    categories: frozenset[str]
    rank: tuple[bool, str, str, str]
    documents: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    held: tuple[tuple[str, str, str], ...] = ()

    @classmethod
    def of(cls, profiles: Iterable[Profile]) -> Entity:
        """The entity that these profiles, all of one IRI, tell of."""
        told = sorted(profiles, key=lambda each: each.rank)
        first = told[0]
        return cls(
            first.iri,
            first.kind,
            first.is_known,
            tuple(dict.fromkeys(name for each in told for name in each.names)),
            frozenset[str]().union(*(each.classes for each in told)),
            frozenset[str]().union(*(each.states for each in told)),
            frozenset[str]().union(*(each.offices for each in told)),
            frozenset[str]().union(*(each.categories for each in told)),
            first.rank,
            tuple(sorted({each.document for each in told if each.document})),
            tuple(sorted({each.day for each in told if each.document})),
            first.held,
        )
