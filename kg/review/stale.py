"""Judgements that no longer fit: what they are about says something else now, in the same document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kg import decisions
from kg.judgements import Judgement, Judgements, Reading, Sheet
from kg.namespaces import AC
from kg.store.quads import Quads


@dataclass(frozen=True, slots=True)
class Stale:
    """A judgement that changes nothing, since what it was passed on is read otherwise now."""

    judgement: Judgement
    now: tuple[tuple[str, ...], ...]
    """For each of its subjects the claims that stand in its place, the likeliest first: the claim itself, or those of the same
    sentence; none where the sentence is gone."""


def stale(store: Quads, book: Judgements) -> list[Stale]:
    """The stale judgements of the book, the oldest first; those on documents that the graph does not hold are none."""

    @cache
    def sheet(document: str) -> Sheet:
        return given(store, document)

    found = []
    for judgement in book.standing:
        read = list(zip(_claims(judgement), judgement.judged, strict=True))
        if any(_differs(sheet(each.document), subject, each) for subject, each in read):
            now = (dict.fromkeys(_successors(sheet(each.document), subject, each)) for subject, each in read)
            found.append(Stale(judgement, tuple(map(tuple, now))))
    return found


def given(store: Quads, document: str) -> Sheet:
    """What a document of the graph gave, before any decision; an empty sheet where the graph does not hold it."""
    return Sheet(document, sorted(decisions.given(store, document), key=str))


def holds(store: Quads, document: str) -> bool:
    """Whether the graph holds this document."""
    node, graph = ox.NamedNode(AC + "contentHash"), ox.NamedNode(document)
    return any(True for _ in store.quads_for_pattern(graph, node, None, graph))


def _claims(judgement: Judgement) -> tuple[str, ...]:
    """The subjects, one for each of the readings that were judged."""
    return judgement.subjects if judgement.judged else ()


def _differs(sheet: Sheet, subject: str, read: Reading) -> bool:
    """Whether a claim is read otherwise, or an event is not read any more; unknown of a document that is not there."""
    if not sheet.quads:
        return False
    return not sheet.claims_of(subject) and sheet.reading(subject) != read


def _successors(sheet: Sheet, subject: str, read: Reading) -> Iterator[str]:
    """The claims that may stand in its place now."""
    if sheet.reading(subject) is not None:
        yield subject
    for claim in sheet.claims():
        now = sheet.reading(claim)
        if now is not None and claim != subject and now.sentence == read.sentence:
            yield claim
