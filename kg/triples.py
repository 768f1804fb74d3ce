"""What a document's triples tell, as plain words: by predicate, the subjects and objects that stand with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

Facts = dict[str, list[tuple[str, str]]]
"""Subjects and objects by predicate, IRIs and the words of literals alike."""


def facts_of(quads: Iterable[ox.Quad]) -> Facts:
    """What quads tell."""
    facts: Facts = {}
    for quad in quads:
        value = quad.object
        if isinstance(value, ox.NamedNode | ox.Literal) and isinstance(quad.subject, ox.NamedNode):
            facts.setdefault(quad.predicate.value, []).append((quad.subject.value, value.value))
    return facts


def wanted(predicates: Iterable[str]) -> dict[bytes, str]:
    """Predicates by how N-Triples write them, for `facts_in`."""
    return {f"<{name}>".encode(): name for name in predicates}


def facts_in(triples: bytes, among: Mapping[bytes, str]) -> Facts:
    """What canonical N-Triples without blank nodes tell with some predicates (`wanted`): five times as fast as to parse them."""
    facts: Facts = {name: [] for name in among.values()}
    adders = {written: facts[name].append for written, name in among.items()}
    told = b""
    subject = ""
    for line in triples.splitlines():
        about, predicate, value = line.split(b" ", 2)
        add = adders.get(predicate)
        if add is not None:
            if about != told:
                told, subject = about, about[1:-1].decode()
            add((subject, _plain(value)))
    return {name: found for name, found in facts.items() if found}


def _plain(value: bytes) -> str:
    """The IRI, or the words of the literal, that a line of N-Triples ends with."""
    if value[:1] == b"<":
        return value[1:-3].decode()
    words = value[1 : value.rindex(b'"')]
    return words.decode() if b"\\" not in words else _parsed(value)


def _parsed(value: bytes) -> str:
    """The words of a literal in which some characters are written as escapes."""
    triple = next(iter(ox.parse(b"<kg:s> <kg:p> " + value, format=ox.RdfFormat.N_TRIPLES)))
    return triple.object.value if isinstance(triple.object, ox.Literal) else ""
