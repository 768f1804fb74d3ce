"""What is told again: claims that say of an event what an earlier claim of another document said, and bring nothing new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.links.knowledge import ROLES
from kg.links.scenes import Scenes
from kg.namespaces import AC

READ = tuple(AC + name for name in (*ROLES, "earliest", "latest"))
"""What a document may add to an event."""


@dataclass(frozen=True, slots=True)
class _Told:
    claim: str
    document: str
    first: int
    last: int
    """The first and the last day on which its document may have appeared."""
    says: tuple[str, ...]
    """Modality, polarity and whose word it is."""


def repeated(event: str, scenes: Scenes, store: ox.Store) -> Iterator[tuple[str, str]]:
    """Each claim on an event that says again what others said before, and the first that said so.

    An earlier document is one that surely appeared on an earlier day. Whatever the claim's document gives of the event (fillers,
    dates) stands in earlier ones already.
    """
    if len(scenes.claims(event)) < 2:
        return
    told = sorted(_told(event, scenes), key=lambda each: (each.first, each.document, each.claim))
    if len({each.document for each in told}) < 2:
        return
    given = {each.document: set(_given(event, each.document, store)) for each in told}
    for each in told:
        given[each.document].update(_amounts(each.claim, scenes))
    for each in told:
        before = [other for other in told if other.last < each.first]
        known = set[tuple[str, ...]]().union(*(given[other.document] for other in before))
        same = next((other for other in before if other.says == each.says), None)
        if same is not None and given[each.document] <= known:
            yield each.claim, same.claim


def _told(event: str, scenes: Scenes) -> Iterator[_Told]:
    for claim in scenes.claims(event):
        document = scenes.one(claim, AC + "inDocument")
        says = tuple(scenes.one(claim, AC + name) for name in ("modality", "polarity", "claimant"))
        for first, last in scenes.issued(document)[:1] if document else ():
            yield _Told(claim, document, first, last, says)


def _amounts(claim: str, scenes: Scenes) -> Iterator[tuple[str, ...]]:
    """The amounts that a claim gives: weapon, value, unit, currency."""
    for amount in scenes.values(claim, AC + "amount"):
        yield tuple(scenes.one(amount, AC + name) for name in ("amountOf", "amountValue", "amountUnit", "currency"))


def _given(event: str, document: str, store: ox.Store) -> frozenset[tuple[str, ...]]:
    """What a document's own graph gives of an event."""
    quads = store.quads_for_pattern(ox.NamedNode(event), None, None, ox.NamedNode(document))
    return frozenset(
        (quad.predicate.value, quad.object.value)
        for quad in quads
        if quad.predicate.value in READ and isinstance(quad.object, ox.NamedNode | ox.Literal)
    )
