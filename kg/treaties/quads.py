"""Intervals as quads of the inferred graph, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

import pyoxigraph as ox

from kg.ids import hashed_iri
from kg.namespaces import AC, INFERRED_GRAPH, RDF, XSD
from kg.store.quads import Quads
from kg.treaties.model import Bounds, Interval, Status

_GRAPH = ox.NamedNode(INFERRED_GRAPH)
_TYPE = ox.NamedNode(RDF + "type")
_DATE = ox.NamedNode(XSD + "date")
_TERMS = {
    name: ox.NamedNode(AC + name)
    for name in ("ofTreaty", "ofState", "status", "restsOn", "startEarliest", "startLatest", "endEarliest", "endLatest")
}


def interval_quads(intervals: Iterable[Interval]) -> Iterator[ox.Quad]:
    """The quads of the intervals, which come in the order of their treaties and states.

    An interval's IRI is made of its treaty, its state, its status, and how many of these came before it, so
    that a corrected date changes no IRI.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    for each in intervals:
        key = (each.treaty, each.state or "", each.status.value)
        subject = ox.NamedNode(hashed_iri("status", *key, str(counts[key])))
        counts[key] += 1
        yield ox.Quad(subject, _TYPE, ox.NamedNode(AC + ("PartyInterval" if each.state else "TreatyInterval")), _GRAPH)
        for name, value in _values(each):
            yield ox.Quad(subject, _TERMS[name], value, _GRAPH)


def _values(each: Interval) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
    yield "ofTreaty", ox.NamedNode(each.treaty)
    if each.state:
        yield "ofState", ox.NamedNode(each.state)
    yield "status", ox.NamedNode(AC + each.status.value)
    days = [("startEarliest", each.start.first), ("startLatest", each.start.last)]
    if each.end:
        days += [("endEarliest", each.end.first), ("endLatest", each.end.last)]
    for name, day in days:
        if day not in (date.min, date.max):
            yield name, ox.Literal(day.isoformat(), datatype=_DATE)
    for iri in each.evidence:
        yield "restsOn", ox.NamedNode(iri)


def read_intervals(store: Quads, *, treaty: str | None = None, state: str | None = None) -> list[Interval]:
    """The intervals in a store's default graph, of one treaty or one state, or all, in the order of time.

    Those of a treaty are its own and those of all states.
    """
    name, value = ("ofTreaty", treaty) if treaty else ("ofState", state)
    node = ox.NamedNode(value) if value else None
    pattern = store.quads_for_pattern(None, _TERMS[name] if value else _TYPE, node, ox.DefaultGraph())
    subjects = {quad.subject for quad in pattern if isinstance(quad.subject, ox.NamedNode)}
    found = [each for subject in subjects if (each := _read(store, subject))]
    return sorted(
        found, key=lambda each: (each.start.first, each.start.last, each.treaty, each.state or "", each.status)
    )


def _read(store: Quads, subject: ox.NamedNode) -> Interval | None:
    """The interval of this IRI; None where it is no interval."""
    values: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(subject, None, None, ox.DefaultGraph()):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            values.setdefault(quad.predicate.value.removeprefix(AC), []).append(quad.object.value)
    if "status" not in values:
        return None
    end = _bounds(values, "end") if "endEarliest" in values or "endLatest" in values else None
    return Interval(
        values["ofTreaty"][0],
        values.get("ofState", [None])[0],
        Status(values["status"][0].removeprefix(AC)),
        _bounds(values, "start"),
        end,
        tuple(sorted(values.get("restsOn", ()))),
    )


def _bounds(values: dict[str, list[str]], name: str) -> Bounds:
    """What is not said is not known."""
    first, last = (values.get(name + end, [None])[0] for end in ("Earliest", "Latest"))
    return Bounds(date.fromisoformat(first) if first else date.min, date.fromisoformat(last) if last else date.max)
