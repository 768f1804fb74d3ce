"""Merges: which events became which, and why, as quads of DECISIONS_GRAPH."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import pyoxigraph as ox
import yaml

from kg.fusion.clustering import NOBODY, Judged, Pairs
from kg.fusion.comparison import Comparison, Likeness
from kg.fusion.features import Event
from kg.ids import hashed_iri
from kg.namespaces import AC, ACR, DECISIONS_GRAPH, RDF, XSD

WORDS = Path("fusion", "words.yaml")
"""How likenesses are told, below the folder of the ontology."""
GRAPH = ox.NamedNode(DECISIONS_GRAPH)
MOST_COMPARED = 24
"""In a cluster greater than this, a member's closest is looked for among so many of the least rank."""
REMEMBERED = 1000
"""So many reasons are remembered as they are told in words: most merges have one of few."""
SAME = Comparison(None, (Likeness("judged", "same", 99.0),))
"""What stands for the comparison of two events that were judged the same."""
EVENT = ACR + "event/"
"""Merges of other things are kg.identity's."""
FROM, INTO = ox.NamedNode(AC + "mergedFrom"), ox.NamedNode(AC + "mergedInto")


@dataclass(frozen=True, slots=True)
class Merge:
    """An event that is told under another's IRI."""

    member: str
    """The IRI as documents give it."""
    into: str
    """The IRI by which the event is known."""
    documents: tuple[str, ...]
    """Those that give the member."""
    closest: str
    """The member of the same cluster that it is likest to."""
    comparison: Comparison

    @property
    def iri(self) -> str:
        """The IRI of the merge itself."""
        return merge_iri(self.member)


def merge_iri(member: str) -> str:
    """The IRI of the merge that an event underwent."""
    return hashed_iri("merge", member)


def merges(clusters: Iterable[Sequence[Event]], pairs: Pairs, judged: Judged = NOBODY) -> Iterator[Merge]:
    """The merges of clusters, whose first members give their IRIs to all."""
    for members in clusters:
        first = members[0]
        for event in members[1:]:
            others = [each for each in members[:MOST_COMPARED] if each is not event]
            told = [(_odds(event, each, pairs, judged), each is first, each.iri, each) for each in others]
            closest = max(told, key=lambda each: each[:3])[-1]
            sources = tuple(source.iri for source in event.sources)
            comparison = SAME if _is_judged_same(event, closest, judged) else pairs.compare(event, closest)
            yield Merge(event.iri, first.iri, sources, closest.iri, comparison)


def _odds(one: Event, other: Event, pairs: Pairs, judged: Judged) -> float:
    return SAME.odds if _is_judged_same(one, other, judged) else pairs.odds(one, other)


def _is_judged_same(one: Event, other: Event, judged: Judged) -> bool:
    return bool(judged.same) and frozenset((one.iri, other.iri)) in judged.same


def merge_quads(merge: Merge, ontology: Path) -> Iterator[ox.Quad]:
    """A merge as quads."""
    node = ox.NamedNode(merge.iri)
    yield ox.Quad(node, ox.NamedNode(RDF + "type"), ox.NamedNode(AC + "Merge"), GRAPH)
    yield ox.Quad(node, FROM, ox.NamedNode(merge.member), GRAPH)
    yield ox.Quad(node, INTO, ox.NamedNode(merge.into), GRAPH)
    yield ox.Quad(node, ox.NamedNode(AC + "comparedWith"), ox.NamedNode(merge.closest), GRAPH)
    yield ox.Quad(node, ox.NamedNode(AC + "score"), _decimal(merge.comparison.score), GRAPH)
    for document in merge.documents:
        yield ox.Quad(node, ox.NamedNode(AC + "toldIn"), ox.NamedNode(document), GRAPH)
    for likeness in merge.comparison.likenesses:
        yield ox.Quad(node, ox.NamedNode(AC + "likeness"), ox.Literal(str(likeness)), GRAPH)
    for language in ("en", "fr"):
        words = reason(merge.comparison.likenesses, language, ontology)
        yield ox.Quad(node, ox.NamedNode(AC + "reason"), ox.Literal(words, language=language), GRAPH)


def reason(likenesses: Iterable[Likeness], language: str, ontology: Path) -> str:
    """Why two events are one, in words: what weighs most first."""
    return _said(tuple(likenesses), language, ontology)


@lru_cache(maxsize=REMEMBERED)
def _said(likenesses: tuple[Likeness, ...], language: str, ontology: Path) -> str:
    words = told_as(ontology)
    ordered = sorted(likenesses, key=lambda each: (each.weight < 0, -abs(each.weight), each.name))
    told = (words.get(each.name, {}).get(each.value, {}).get(language) for each in ordered)
    said = ", ".join(filter(None, told))
    return said[:1].upper() + said[1:] + "." if said else ""


@cache
def told_as(ontology: Path) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """How likenesses are told: by name, value and language."""
    read: Mapping[str, Mapping[str, Mapping[str, str]]] = yaml.safe_load((ontology / WORDS).read_text(encoding="utf-8"))
    return read


def names(store: ox.Store) -> dict[str, str]:
    """By which IRI each merged event is known, as the store's decisions tell."""
    member = {quad.subject: quad.object for quad in store.quads_for_pattern(None, FROM, None, GRAPH)}
    into = {quad.subject: quad.object for quad in store.quads_for_pattern(None, INTO, None, GRAPH)}
    found = ((given, into.get(merge)) for merge, given in member.items())
    return {
        one.value: other.value
        for one, other in found
        if isinstance(one, ox.NamedNode) and isinstance(other, ox.NamedNode) and one.value.startswith(EVENT)
    }


def _decimal(value: float) -> ox.Literal:
    """A decimal of at most three digits, as the store writes it."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return ox.Literal(text, datatype=ox.NamedNode(XSD + "decimal"))
