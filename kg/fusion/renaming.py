"""What a document gave under the IRIs that were decided, line by line: canonical N-Triples in, canonical N-Triples out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.namespaces import AC

TIMES = frozenset(
    f"<{AC}{name}>".encode() for name in ("earliest", "latest", "edtf", "whenText", "countedFrom", "dateInferred")
)
EARLIEST, LATEST = f"<{AC}earliest>".encode(), f"<{AC}latest>".encode()
NEVER, EVER = "0000-01-01", "9999-12-31"
DAY = re.compile(rb'"(\d{4}-\d\d-\d\d)"')


@dataclass(frozen=True, slots=True)
class Renamed:
    """A document's graph as it is decided, and what was changed in it."""

    triples: bytes
    took_away: tuple[bytes, ...] = ()
    """Lines that were given and are not decided, in the order of their bytes."""
    put_in: tuple[bytes, ...] = ()
    """Lines that are decided and were not given, likewise."""


def renamed(triples: bytes, names: Mapping[str, str], one: Mapping[str, str]) -> Renamed:
    """What a document gave, with events under the IRIs by which they are known.

    `names` gives these IRIs for the events that are to be renamed, `one` for all events of the document, by the IRIs that it gives.
    Where several of its events are one, the narrowest of their times is kept.
    """
    if not names:
        return Renamed(triples)
    touched = dict.fromkeys(line for iri in _touched(one) for line in _lines(triples, f"<{iri}>".encode()))
    nodes = {f"<{iri}>".encode(): f"<{name}>".encode() for iri, name in names.items()}
    dropped = _wider(touched, one)
    now = {_with(line, nodes) for line in touched if not _is_time_of(line, dropped)}
    before = set(touched)
    lines = (set(triples.splitlines(keepends=True)) - before) | now
    return Renamed(b"".join(sorted(lines)), tuple(sorted(before - now)), tuple(sorted(now - before)))


def _touched(one: Mapping[str, str]) -> Iterator[str]:
    """The events that are renamed, or that others of the document are found to be."""
    members: dict[str, list[str]] = {}
    for iri, name in one.items():
        members.setdefault(name, []).append(iri)
    for name, iris in members.items():
        if len(iris) > 1 or iris[0] != name:
            yield from iris


def _lines(triples: bytes, node: bytes) -> Iterator[bytes]:
    """The lines in which a thing is subject or object."""
    at = triples.find(node)
    while at >= 0:
        begin, end = triples.rfind(b"\n", 0, at) + 1, triples.index(b"\n", at) + 1
        yield triples[begin:end]
        at = triples.find(node, end)


def _with(line: bytes, nodes: Mapping[bytes, bytes]) -> bytes:
    """The line with subject and object under other IRIs."""
    subject, predicate, value = line.split(b" ", 2)
    node = value[:-3]
    return b" ".join((nodes.get(subject, subject), predicate, nodes[node] + value[-3:] if node in nodes else value))


def _is_time_of(line: bytes, events: set[bytes]) -> bool:
    subject, predicate, _ = line.split(b" ", 2)
    return predicate in TIMES and subject in events


def _wider(lines: Mapping[bytes, None], one: Mapping[str, str]) -> set[bytes]:
    """The events whose times give way to that of another, which the same document gives and which is the same event."""
    times: dict[bytes, dict[bytes, str]] = {}
    for line in lines:
        subject, predicate, value = line.split(b" ", 2)
        if predicate in TIMES:
            day = DAY.match(value)
            times.setdefault(subject, {})[predicate] = day[1].decode() if day else ""
    members: dict[str, list[bytes]] = {}
    for node in times:
        members.setdefault(one.get(node[1:-1].decode(), ""), []).append(node)
    return {node for nodes in members.values() for node in sorted(nodes, key=lambda each: _width(each, times))[1:]}


def _width(node: bytes, times: Mapping[bytes, Mapping[bytes, str]]) -> tuple[int, str, str, bytes]:
    """By how much of its date is open, then by the date and the IRI."""
    first, last = times[node].get(EARLIEST, NEVER), times[node].get(LATEST, EVER)
    begin, end = (
        sum(int(part) * days for part, days in zip(day.split("-"), (372, 31, 1), strict=True)) for day in (first, last)
    )
    return end - begin, first, last, node
