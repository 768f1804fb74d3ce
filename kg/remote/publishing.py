"""Sending a snapshot to a server: only what changed, graph by graph, going on where it was interrupted.

The hashes of the manifest are compared with the receipts at the server (kg.remote.receipts). Only graphs with a receipt are ever replaced
or removed. A graph goes in parts, and the receipt says how many of them are there. The union of all graphs is changed by what was
added and removed since the snapshot that the server holds, where that is still kept here, and sent as a whole where not.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

import pyoxigraph as ox

from kg.errors import CallError, StoreError
from kg.namespaces import UNION_GRAPH
from kg.remote.connection import Connection, listed
from kg.remote.receipts import (
    PENDING,
    Receipt,
    State,
    batches,
    count,
    existing,
    read_receipts,
    read_state,
    remove_receipts,
    write_receipts,
    write_state,
)
from kg.report import Progress
from kg.store import Home, Snapshot

PART = 20_000
"""Triples that are sent at once: some 3 MB."""
DEFAULT = ox.DefaultGraph()
_ABOUT = ("name", "created", "quads", "triples", "hash", "versions")
"""What the server is told of the manifest; the rest it says by receipts and by the graph itself."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done at a server to make it hold a snapshot."""

    snapshot: Snapshot
    send: dict[str, int]
    """The triples of the graphs that are new there, or others."""
    remove: tuple[str, ...]
    """The graphs of ours that are no more."""
    same: int
    """How many graphs are there already."""
    base: Snapshot | None
    """The snapshot from which the union is changed; None where it is sent as a whole."""
    receipts: dict[str, Receipt]
    state: State

    @property
    def done(self) -> bool:
        """Whether the server holds the snapshot, or one that is equal to it."""
        return self.has_union and bool(self.state.snapshot)

    @property
    def union(self) -> Receipt:
        """What is to be known of the union in the end."""
        return Receipt(self.snapshot.manifest["hash"], self.snapshot.manifest["triples"])

    @property
    def has_union(self) -> bool:
        """Whether the union is there already."""
        return self.receipts.get(UNION_GRAPH) == self.union and not self.send and not self.remove

    @property
    def basis(self) -> str:
        """From which state to which the union is changed."""
        begin = self.base.manifest["hash"] if self.base else ""
        return f"{begin} {self.snapshot.manifest['hash']}"


@dataclass(slots=True)
class Report:
    """What was done."""

    snapshot: str
    sent: list[str] = field(default_factory=list)
    """The graphs that were sent."""
    removed: list[str] = field(default_factory=list)
    same: int = 0
    triples: int = 0
    """Triples of named graphs that were sent; those that an interrupted run had sent left out."""
    union: str = "unchanged"
    """What became of the union: unchanged, changed or sent."""
    union_triples: int = 0
    """Triples that were sent for it, or removed from it."""
    seconds: float = 0.0


def plan(home: Home, connection: Connection) -> Plan:
    """What is to be done to make the server hold the home's current snapshot.

    Raises CallError where a graph of the same name is there already and was not sent by kg publish, StoreError where the server cannot
    be reached or the snapshot is too old to have hashes.
    """
    if not connection.server.kind.published:
        raise CallError(
            f"A server of the kind {connection.server.kind.title} is not published to.",
            "It has a home of its own: build there, or publish to the store that it reads.",
        )
    snapshot = home.current()
    hashes, counts = snapshot.manifest.get("hashes"), snapshot.manifest["graphs"]
    if hashes is None:
        raise StoreError(
            f"The snapshot {snapshot.name} has no hashes: an older program made it.", "Build it: kg build."
        )
    receipts, state = read_receipts(connection), read_state(connection)
    known = {graph: receipt.hash for graph, receipt in receipts.items() if graph != UNION_GRAPH}
    send = {graph: counts[graph] for graph, value in sorted(hashes.items()) if known.get(graph) != value}
    unknown = [graph for graph in (*send, UNION_GRAPH) if graph not in receipts]
    foreign = list(existing(connection, unknown))
    if foreign:
        raise CallError(
            f"The server holds graphs that kg publish did not put there: {listed(foreign)}.",
            "Remove them there, or publish to another server.",
        )
    gone = tuple(sorted(graph for graph in known if graph not in hashes))
    base = _base(home, snapshot, receipts, state)
    return Plan(snapshot, send, gone, len(hashes) - len(send), base, receipts, state)


def _base(home: Home, snapshot: Snapshot, receipts: dict[str, Receipt], state: State) -> Snapshot | None:
    """The snapshot that the union at the server is, or was when the same change of it began, if it is still kept."""
    union = receipts.get(UNION_GRAPH)
    begun, _, target = state.basis.partition(" ")
    at_server = union.hash if state.snapshot and union else begun if target == snapshot.manifest["hash"] else ""
    if not at_server:
        return None
    for name in reversed(home.names()):
        try:
            kept = home.snapshot(name)
            if kept.manifest.get("hash") == at_server:
                return kept
        except (CallError, StoreError):  # removed or damaged meanwhile: then the union is sent as a whole
            continue
    return None


def publish(todo: Plan, connection: Connection, progress: Progress) -> Report:
    """Do what the plan says; where it is interrupted, the next plan is what is left.

    Raises StoreError where the server fails or holds other than was sent.
    """
    begin = time.monotonic()
    manifest = todo.snapshot.manifest
    report = Report(todo.snapshot.name, same=todo.same)
    about = {name: manifest[name] for name in _ABOUT}
    if not todo.done:
        _announce(todo, connection, about)
        progress.stage("send", sum(todo.send.values()))
        for graph, total in todo.send.items():
            report.triples += _send_graph(todo, graph, total, connection, progress)
            report.sent.append(graph)
        progress.stage("union", None if todo.base else manifest["triples"])
        _send_union(todo, connection, progress, report)
        for graph in todo.remove:
            connection.delete(graph)
            report.removed.append(graph)
        remove_receipts(connection, todo.remove)
    if not todo.done or todo.state.snapshot != manifest["name"]:
        write_state(connection, State(manifest["name"], about))
    report.seconds = time.monotonic() - begin
    return report


def _announce(todo: Plan, connection: Connection, about: dict[str, Any]) -> None:
    """Say what is on its way, before anything is: from now on the server knows these graphs as ours."""
    write_state(connection, State("", about, todo.basis))
    waiting = [graph for graph in (*todo.send, *todo.remove) if not _begun(todo.receipts.get(graph))]
    pending = {graph: Receipt(PENDING, todo.send.get(graph, 0)) for graph in waiting}
    if not todo.has_union and not _begun(todo.receipts.get(UNION_GRAPH)):
        pending[UNION_GRAPH] = Receipt(PENDING, todo.union.triples)
    write_receipts(connection, pending)


def _begun(receipt: Receipt | None) -> bool:
    """Whether some parts of a graph were sent."""
    return receipt is not None and "+" in receipt.hash


def _send_graph(todo: Plan, graph: str, total: int, connection: Connection, progress: Progress) -> int:
    name = ox.NamedNode(graph)
    quads = todo.snapshot.store.quads_for_pattern(None, None, None, name)
    value = todo.snapshot.manifest["hashes"][graph]
    return _send(todo, graph, (quad.triple for quad in quads), Receipt(value, total), connection, progress)


def _send_union(todo: Plan, connection: Connection, progress: Progress, report: Report) -> None:
    """Bring the union to what our default graph is."""
    receipt = todo.union
    if todo.has_union:
        return
    removed = list(_only(todo.base, todo.snapshot)) if todo.base else []
    added = list(_only(todo.snapshot, todo.base)) if todo.base else []
    if todo.base is None or any(map(_is_nameless, chain(removed, added))):
        quads = todo.snapshot.store.quads_for_pattern(None, None, None, DEFAULT)
        triples = (quad.triple for quad in quads)
        report.union = "sent"
        report.union_triples = _send(todo, UNION_GRAPH, triples, receipt, connection, progress)
        return
    for batch in batches(removed):
        lines = "\n".join(f"{triple} ." for triple in batch)
        connection.update(f"DELETE DATA {{ GRAPH <{UNION_GRAPH}> {{\n{lines}\n}} }}")
    for part in _parts(added):
        connection.put(UNION_GRAPH, _lines(part), merge=True)
    _require(connection, UNION_GRAPH, receipt.triples)
    write_receipts(connection, {UNION_GRAPH: receipt})
    report.union, report.union_triples = "changed", len(removed) + len(added)


def _is_nameless(triple: ox.Triple) -> bool:
    """Whether a blank node stands in it: no update can speak of the one that a server holds."""
    return isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)


def _only(one: Snapshot, other: Snapshot) -> Iterator[ox.Triple]:
    """The triples of the one's default graph that the other's does not hold: they stand in graphs that changed."""
    hashes = other.manifest["hashes"]
    changed = [graph for graph, value in one.manifest["hashes"].items() if hashes.get(graph) != value]
    quads = chain.from_iterable(
        one.store.quads_for_pattern(None, None, None, ox.NamedNode(graph)) for graph in sorted(changed)
    )
    triples = dict.fromkeys(quad.triple for quad in quads)
    return (each for each in triples if ox.Quad(each.subject, each.predicate, each.object, DEFAULT) not in other.store)


def _send(
    todo: Plan, graph: str, triples: Iterator[ox.Triple], receipt: Receipt, connection: Connection, progress: Progress
) -> int:
    """Send a graph in parts, after those that are there; how many triples went."""
    mark = f"{receipt.hash}@{todo.snapshot.name}+"
    here = todo.receipts.get(graph)
    there = int(here.hash.removeprefix(mark)) if here and here.hash.startswith(mark) else 0
    sent = 0
    for number, part in enumerate(_parts(triples)):
        if number >= there:
            connection.put(graph, _lines(part), merge=number > 0)
            sent += len(part)
            if number + 1 < -(-receipt.triples // PART):
                write_receipts(connection, {graph: Receipt(f"{mark}{number + 1}", receipt.triples)})
        progress.advance(len(part))
    _require(connection, graph, receipt.triples)
    write_receipts(connection, {graph: receipt})
    return sent


def _parts(triples: Iterable[ox.Triple]) -> Iterator[Sequence[ox.Triple]]:
    walk = iter(triples)
    while part := list(islice(walk, PART)):
        yield part


def _lines(triples: Sequence[ox.Triple]) -> bytes:
    return "".join(f"{triple} .\n" for triple in triples).encode()


def _require(connection: Connection, graph: str, triples: int) -> None:
    """Raise StoreError where the server holds another number of triples of a graph than it was sent."""
    found = count(connection, graph)
    if found != triples:
        raise StoreError(
            f"The server holds {found:,} triples of {graph}, and was sent {triples:,}.",
            "It takes some values for the same, or lost some: read its log, and publish again.",
        )
