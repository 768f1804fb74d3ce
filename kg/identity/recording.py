"""Merges of entities as quads of the graph of decisions, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.identity.deciding import Merge
from kg.identity.profiles import KINDS
from kg.identity.telling import reason
from kg.ids import hashed_iri
from kg.namespaces import AC, ACR, DECISIONS_GRAPH, RDF, XSD

GRAPH = ox.NamedNode(DECISIONS_GRAPH)
FROM, INTO, TOLD = (ox.NamedNode(AC + name) for name in ("mergedFrom", "mergedInto", "toldIn"))
_FOLDERS = tuple(f"{ACR}{kind}/" for kind in KINDS)


def merge_quads(merge: Merge, ontology: Path) -> Iterator[ox.Quad]:
    """A merge as quads."""
    node = ox.NamedNode(hashed_iri("merge", merge.member, merge.into))
    score = f"{merge.comparison.score:.3f}".rstrip("0").rstrip(".")
    yield ox.Quad(node, ox.NamedNode(RDF + "type"), ox.NamedNode(AC + "Merge"), GRAPH)
    yield ox.Quad(node, FROM, ox.NamedNode(merge.member), GRAPH)
    yield ox.Quad(node, INTO, ox.NamedNode(merge.into), GRAPH)
    yield ox.Quad(node, ox.NamedNode(AC + "comparedWith"), ox.NamedNode(merge.closest), GRAPH)
    yield ox.Quad(node, ox.NamedNode(AC + "score"), ox.Literal(score, datatype=ox.NamedNode(XSD + "decimal")), GRAPH)
    for document in merge.documents:
        yield ox.Quad(node, TOLD, ox.NamedNode(document), GRAPH)
    for likeness in merge.comparison.likenesses:
        told = ox.Literal(f"{likeness.name} {likeness.weight:+.2f}")
        yield ox.Quad(node, ox.NamedNode(AC + "likeness"), told, GRAPH)
    for language in ("en", "fr"):
        words = reason(merge.comparison, language, ontology)
        yield ox.Quad(node, ox.NamedNode(AC + "reason"), ox.Literal(words, language=language), GRAPH)


def recorded(store: ox.Store, about: Iterable[str] | None = None) -> set[ox.Quad]:
    """All that a store's decisions say of merges of entities; all, or those of these members."""
    members = [None] if about is None else [ox.NamedNode(iri) for iri in about]
    return {
        quad
        for member in members
        for said in store.quads_for_pattern(None, FROM, member, GRAPH)
        if isinstance(said.object, ox.NamedNode) and said.object.value.startswith(_FOLDERS)
        for quad in store.quads_for_pattern(said.subject, None, None, GRAPH)
    }


def names(quads: set[ox.Quad]) -> dict[str, dict[str, str]]:
    """By which IRI each merged entity is known, document by document, as these quads of decisions tell."""
    members, into = (
        {quad.subject: quad.object for quad in quads if quad.predicate == predicate} for predicate in (FROM, INTO)
    )
    found: dict[str, dict[str, str]] = {}
    for quad in quads:
        if quad.predicate == TOLD and isinstance(quad.object, ox.NamedNode):
            member, known = members[quad.subject], into[quad.subject]
            if isinstance(member, ox.NamedNode) and isinstance(known, ox.NamedNode):
                found.setdefault(quad.object.value, {})[member.value] = known.value
    return found
