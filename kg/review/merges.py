"""The two sides of a merge: which claims speak of the one event, and which of the other, before they became one; likewise entities."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.judgements import Sheet
from kg.namespaces import AC, ACR, ITSRDF, SKOS
from kg.store.quads import Quads

MOST_DOCUMENTS = 50
MOST_QUOTES = 3
DEFAULT = ox.DefaultGraph()
DOCUMENTS = ACR + "document/"


def sides(store: Quads, sheet: Callable[[str], Sheet], into: str, events: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """For each of these events, which are known as `into` now, the claims that documents made of it, sorted.

    `sheet` gives what a document gave, judgements on its claims applied.
    """
    about = store.quads_for_pattern(None, ox.NamedNode(AC + "about"), ox.NamedNode(into), None)
    named = {quad.graph_name.value for quad in about if isinstance(quad.graph_name, ox.NamedNode)}
    sheets = [sheet(document) for document in sorted(named) if document.startswith(DOCUMENTS)]
    return tuple(tuple(claim for each in sheets for claim in each.claims_of(event)) for event in events)


@dataclass(frozen=True, slots=True)
class Named:
    """One of two entities that may be one, as documents name it."""

    name: str
    quotes: tuple[tuple[str, str], ...]
    """Sentences that mention it, each after the IRI of its document; a few."""


def named(store: Quads, sheet: Callable[[str], Sheet], into: str, entities: Iterable[str]) -> tuple[Named, ...]:
    """How documents named each of these entities, which are known as `into` now; `sheet` as for `sides`."""
    mentions = store.quads_for_pattern(None, ox.NamedNode(ITSRDF + "taIdentRef"), ox.NamedNode(into), None)
    graphs = {quad.graph_name.value for quad in mentions if isinstance(quad.graph_name, ox.NamedNode)}
    sheets = [sheet(document) for document in sorted(graphs)[:MOST_DOCUMENTS] if document.startswith(DOCUMENTS)]
    return tuple(_named(store, sheets, entity) for entity in entities)


def _named(store: Quads, sheets: Iterable[Sheet], entity: str) -> Named:
    quotes = [(each.document, sentence) for each in sheets for sentence in each.naming(entity)]
    labels = [label.value for each in sheets for label in each.literals(entity, SKOS + "prefLabel")]
    known = store.quads_for_pattern(ox.NamedNode(entity), ox.NamedNode(SKOS + "prefLabel"), None, DEFAULT)
    labels += sorted(quad.object.value for quad in known if isinstance(quad.object, ox.Literal))
    return Named(labels[0] if labels else entity.rpartition("/")[2], tuple(quotes[:MOST_QUOTES]))


def reasons(store: Quads, merge: str, language: str) -> tuple[str, ...]:
    """Why two events were merged, in this language."""
    told = store.quads_for_pattern(ox.NamedNode(merge), ox.NamedNode(AC + "reason"), None, DEFAULT)
    return tuple(
        sorted(
            quad.object.value
            for quad in told
            if isinstance(quad.object, ox.Literal) and quad.object.language in (None, language)
        )
    )
