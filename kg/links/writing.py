"""Links as quads of the inferred graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.ids import hashed_iri
from kg.links.answering import Link
from kg.links.knowledge import Knowledge
from kg.namespaces import AC, INFERRED_GRAPH, RDF

GRAPH = ox.NamedNode(INFERRED_GRAPH)
TYPE = ox.NamedNode(RDF + "type")
ANSWERS, PART, REPEATS = AC + "respondsTo", AC + "partOf", AC + "repeats"
"""The properties; rules of ontology/rules read only the first, for its inverse."""
NODE = ("linkFrom", "linkTo", "linkKind", "linkRule", "linkFeature")
PREDICATES = frozenset((ANSWERS, PART, REPEATS, AC + "reason", *(AC + name for name in NODE)))
"""With these properties, and with the class of the nodes, all is said that is said here."""
KINDS = (ox.NamedNode(AC + "EventLink"),)
"""The class of the nodes that are made here."""
LANGUAGES = ("en", "fr")


def link_quads(link: Link, knowledge: Knowledge, labels: Mapping[str, Mapping[str, str]]) -> Iterator[ox.Quad]:
    """A link, and a node that says by which rule and why. `labels` gives the names of entities, by IRI and language."""
    source, target = ox.NamedNode(link.source), ox.NamedNode(link.target)
    yield ox.Quad(source, ox.NamedNode(AC + link.kind), target, GRAPH)
    node = ox.NamedNode(link_iri(link.kind, link.source))
    yield ox.Quad(node, TYPE, KINDS[0], GRAPH)
    yield ox.Quad(node, _name("linkFrom"), source, GRAPH)
    yield ox.Quad(node, _name("linkTo"), target, GRAPH)
    yield ox.Quad(node, _name("linkKind"), ox.NamedNode(AC + link.kind), GRAPH)
    yield ox.Quad(node, _name("linkRule"), ox.Literal(link.rule), GRAPH)
    for name, value in link.features:
        yield ox.Quad(node, _name("linkFeature"), ox.Literal(f"{name} {value}".strip()), GRAPH)
    for language in LANGUAGES:
        words = reason(link, knowledge, labels, language)
        yield ox.Quad(node, _name("reason"), ox.Literal(words, language=language), GRAPH)


def link_iri(kind: str, source: str) -> str:
    """The IRI of the link of a kind that goes out from an event; there is at most one."""
    return hashed_iri("link", kind, source)


def reason(link: Link, knowledge: Knowledge, labels: Mapping[str, Mapping[str, str]], language: str) -> str:
    """Why both are linked, in words."""
    rules = {**knowledge.answers, **knowledge.parts}
    told = [rules[link.rule].reason[language]]  # type: ignore[index]
    for name, value in link.features:
        words = (
            ", ".join(labels.get(each, {}).get(language, each) for each in value.split())
            if name in ("parties", "matter")
            else value
        )
        told.append(knowledge.features[name][language].format(value=words))  # type: ignore[index]
    return ", ".join(told) + "."


def repeat_quad(claim: str, earlier: str) -> ox.Quad:
    """A claim that says again what an earlier one said."""
    return ox.Quad(ox.NamedNode(claim), ox.NamedNode(REPEATS), ox.NamedNode(earlier), GRAPH)


def changes(quads: Iterable[ox.Quad]) -> set[tuple[ox.NamedNode, ox.NamedNode]]:
    """Of which things, and with which predicate, links that come or go change what rules read: at both ends of an answer."""
    return {
        (end, quad.predicate)
        for quad in quads
        if quad.predicate.value == ANSWERS
        for end in (quad.subject, quad.object)
        if isinstance(end, ox.NamedNode)
    }


def held(store: ox.Store) -> Iterator[ox.Quad]:
    """What the inferred graph holds of all links now."""
    nodes = [quad.subject for quad in store.quads_for_pattern(None, TYPE, KINDS[0], GRAPH)]
    for node in nodes:
        yield from store.quads_for_pattern(node, None, None, GRAPH)
    for name in (ANSWERS, PART, REPEATS):
        yield from store.quads_for_pattern(None, ox.NamedNode(name), None, GRAPH)


def _name(name: str) -> ox.NamedNode:
    return ox.NamedNode(AC + name)
