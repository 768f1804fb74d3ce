"""JSON-LD with a context of our prefixes, written as it comes.

Oxigraph's own writer gives no context, rdflib's takes six times as long and holds the whole graph in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg.namespaces import PREFIXES, RDF, XSD, shorten

TYPE = RDF + "type"
STRING = XSD + "string"


def write_json_ld(quads: Iterable[ox.Quad], output: BinaryIO) -> None:
    """Write quads of named graphs, which come graph by graph and in them subject by subject.

    Terms are IRIs and literals: there are no blank nodes in what this package writes.
    """
    output.write(b'{"@context": ' + _bytes(PREFIXES) + b',\n"@graph": [')
    for number, (graph, members) in enumerate(groupby(quads, key=lambda quad: quad.graph_name)):
        output.write(b",\n" if number else b"\n")
        output.write(b'{"@id": ' + _bytes(_name(graph)) + b', "@graph": [')
        for place, node in enumerate(_nodes(members)):
            output.write((b",\n" if place else b"\n") + _bytes(node))
        output.write(b"]}")
    output.write(b"]}\n")


def _nodes(quads: Iterable[ox.Quad]) -> Iterator[dict[str, Any]]:
    """One JSON object for each subject."""
    for subject, statements in groupby(quads, key=lambda quad: quad.subject):
        node: dict[str, Any] = {"@id": _name(subject)}
        for quad in statements:
            if quad.predicate.value == TYPE:
                node.setdefault("@type", []).append(_name(quad.object))
            else:
                node.setdefault(_name(quad.predicate), []).append(_value(quad.object))
        yield node


def _name(term: Any) -> str:
    """An IRI, short where a prefix fits."""
    return shorten(term.value)


def _value(term: Any) -> dict[str, str]:
    """An object: an IRI or a literal with its language or datatype."""
    if not isinstance(term, ox.Literal):
        return {"@id": _name(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == STRING:
        return {"@value": term.value}
    return {"@value": term.value, "@type": _name(term.datatype)}


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
