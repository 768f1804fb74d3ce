"""What a document gave under the IRIs that were decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.namespaces import AC

TIMES = frozenset(AC + name for name in ("earliest", "latest", "edtf", "whenText", "countedFrom", "dateInferred"))
NEVER, EVER = "0000", "9999"


def renamed(quads: Iterable[ox.Quad], names: Mapping[str, str]) -> list[ox.Quad]:
    """The quads of one document's graph with events under the IRIs by which they are known, each once.

    Where the document gives several events that are one, the narrowest of their times is kept.
    """
    given = list(quads)
    dropped = _wider(given, names)
    nodes = {iri: ox.NamedNode(name) for iri, name in names.items()}
    found = []
    for quad in given:
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.NamedNode) and quad.predicate.value in TIMES and subject.value in dropped:
            continue
        known = nodes.get(subject.value) if isinstance(subject, ox.NamedNode) else None
        other = nodes.get(value.value) if isinstance(value, ox.NamedNode) else None
        if known is not None or other is not None:
            found.append(ox.Quad(known or subject, quad.predicate, other or value, quad.graph_name))
        else:
            found.append(quad)
    return list(dict.fromkeys(found))


def _wider(quads: Iterable[ox.Quad], names: Mapping[str, str]) -> set[str]:
    """The events whose times give way to that of another, which the same document gives and which is the same event."""
    times: dict[str, dict[str, str]] = {}
    for quad in quads:
        name = quad.predicate.value
        if name in TIMES and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            times.setdefault(quad.subject.value, {})[name.removeprefix(AC)] = quad.object.value
    one: dict[str, list[str]] = {}
    for iri in times:
        one.setdefault(names.get(iri, iri), []).append(iri)
    return {iri for members in one.values() for iri in sorted(members, key=lambda each: _width(each, times))[1:]}


def _width(iri: str, times: Mapping[str, Mapping[str, str]]) -> tuple[int, str, str, str]:
    """By how much of its date is open, then by the date and the IRI."""
    first, last = times[iri].get("earliest", NEVER), times[iri].get("latest", EVER)
    days = [int(part) for day in (first, last) for part in (*day.split("-"), "1", "1")[:3]]
    length = (days[3] - days[0]) * 372 + (days[4] - days[1]) * 31 + days[5] - days[2]
    return length, first, last, iri
