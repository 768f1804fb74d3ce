"""The two sides of a merge: which claims speak of the one event, and which of the other, before they became one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pyoxigraph as ox

from kg.judgements import Sheet
from kg.namespaces import AC, ACR
from kg.store.quads import Quads

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
