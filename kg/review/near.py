"""What is nearly one: pairs of events that the program took for two, though not by much, and entities that the reference may know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from kg import decisions
from kg.fusion import Fuser, merging
from kg.fusion.clustering import Judged
from kg.identity import Reconciler
from kg.judgements import Judgements
from kg.namespaces import ACR, DCTERMS
from kg.store.quads import Quads

RECENT = 200
"""Events of so many documents are compared, those that appeared last: of older ones a reader asks by kg merges."""
LEAST = 0.3
"""Pairs that are less likely one are not asked about."""
DEFAULT = ox.DefaultGraph()
DOCUMENTS = ACR + "document/"


@dataclass(frozen=True, slots=True)
class Missed:
    """Two things that may be one, and are two in the graph."""

    one: str
    other: str
    """Their IRIs, as documents or the reference data give them."""
    known: tuple[str, str]
    """The IRIs by which the graph knows them."""
    score: float
    reason: str
    names: tuple[str, str] = ("", "")
    """Of two entities, what they are called."""


def events(store: Quads, ontology: Path, book: Judgements, language: str) -> Iterator[Missed]:
    """Pairs of events just below the threshold, the likeliest first; those judged, and those that became one by others, left out."""
    asked = cast("ox.Store", store)  # whatever the store is, it is only asked for patterns
    fuser = Fuser(asked, ontology, Judged(book.same, book.different))
    documents = [fuser.read(each, book.apply(each, decisions.given(asked, each))) for each in _newest(asked)]
    names = merging.names(asked)
    for one, other, comparison in fuser.decider(documents).missed(LEAST):
        known = names.get(one.iri, one.iri), names.get(other.iri, other.iri)
        judged = frozenset((one.iri, other.iri)) in book.same | book.different
        if known[0] != known[1] and not judged and not (one.is_reference and other.is_reference):
            reason = merging.reason(comparison.likenesses, language, ontology)
            yield Missed(one.iri, other.iri, known, round(comparison.score, 3), reason)


def entities(store: Quads, ontology: Path, book: Judgements, language: str) -> Iterator[Missed]:
    """Entities that only texts name, each with what the reference data knows that it is likest to."""
    reconciler = Reconciler(store, ontology, same=book.same, different=book.different, language=language)
    for each in reconciler.suggestions():
        found = each.candidates[0]
        yield Missed(
            each.iri, found.iri, (each.iri, found.iri), round(found.score, 3), found.reason, (each.name, found.name)
        )


def _newest(store: ox.Store) -> list[str]:
    """The documents that appeared last; those without a day after all others."""
    issued: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(DCTERMS + "identifier"), None, DEFAULT):
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(DOCUMENTS):
            days = store.quads_for_pattern(quad.subject, ox.NamedNode(DCTERMS + "issued"), None, DEFAULT)
            issued[quad.subject.value] = max(
                (day.object.value for day in days if isinstance(day.object, ox.Literal)), default=""
            )
    return sorted(sorted(issued), key=lambda each: issued[each], reverse=True)[:RECENT]
