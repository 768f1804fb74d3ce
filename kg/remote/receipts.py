"""What kg publish put at a server, told by the server itself: acr:graph/published holds, for each graph, its hash and count.

A receipt without a whole hash says that the graph is being sent: until it is whole it counts as ours, and is sent again. While
anything is on its way the graph of receipts names no snapshot.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.namespaces import AC, DCTERMS, PUBLISHED_GRAPH, RDF, XSD
from kg.remote import whole
from kg.remote.connection import Connection, Dataset
from kg.remote.wording import worded

OURS = "http://rdfs.org/ns/void#Dataset"
TRIPLES = "http://rdfs.org/ns/void#triples"
TYPE = RDF + "type"
PENDING = "pending"
"""In place of a hash: the graph is to be sent, or to be removed."""
HASH = AC + "contentHash"
SNAPSHOT, ABOUT, BASIS = DCTERMS + "identifier", DCTERMS + "description", DCTERMS + "replaces"
BATCH = 200
"""Statements in one update: Virtuoso's compiler has no memory for 5,000."""
_HERE = Dataset((PUBLISHED_GRAPH,))
_ITSELF = ox.NamedNode(PUBLISHED_GRAPH)
Statement = tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]
_INTEGER = ox.NamedNode(XSD + "integer")


@dataclass(frozen=True, slots=True)
class State:
    """Which snapshot a server holds."""

    snapshot: str = ""
    """Its name; empty where none is there, or one is on its way."""
    about: Mapping[str, Any] = field(default_factory=dict)
    """What the manifest says of it as a whole; empty where the server never held one."""
    basis: str = ""
    """While one is on its way: from which state to which the union is being changed."""


def read_state(connection: Connection) -> State:
    """Which snapshot the server holds; raises StoreError where it cannot be reached."""
    text = f"SELECT ?p ?o WHERE {{ <{PUBLISHED_GRAPH}> ?p ?o }}"
    found = {each["p"]["value"]: each["o"]["value"] for each in _ask(connection, text)}
    try:
        about = json.loads(found.get(ABOUT, "{}"))
    except ValueError as error:
        raise StoreError(
            f"The graph {PUBLISHED_GRAPH} of the store is damaged.", "Send all again: kg publish."
        ) from error
    return State(found.get(SNAPSHOT, ""), about, found.get(BASIS, ""))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known of one graph at a server."""

    hash: str
    triples: int


def read_receipts(connection: Connection) -> dict[str, Receipt]:
    """All graphs of ours there, by IRI."""
    text = (
        f"SELECT ?graph ?hash ?triples WHERE {{ ?graph a <{OURS}> "
        f"OPTIONAL {{ ?graph <{HASH}> ?hash }} OPTIONAL {{ ?graph <{TRIPLES}> ?triples }} }}"
    )
    found: dict[str, Receipt] = {}
    for each in _ask(connection, text):
        value = {name: cell["value"] for name, cell in each.items()}
        graph, whole_hash = value["graph"], value.get("hash", PENDING)
        found[graph] = Receipt(PENDING if graph in found else whole_hash, int(value.get("triples", 0)))
    return found


def write_state(connection: Connection, state: State) -> None:
    """Say which snapshot the server holds, or that one is on its way."""
    values = {SNAPSHOT: state.snapshot, ABOUT: json.dumps(state.about, sort_keys=True), BASIS: state.basis}
    statements = [(_ITSELF, name, ox.Literal(value)) for name, value in values.items() if value]
    connection.update(f"{_removal([PUBLISHED_GRAPH], list(values))} ;\n{_insertion(statements)}")


def write_receipts(connection: Connection, receipts: Mapping[str, Receipt]) -> None:
    """Put these in the place of what was known of their graphs.

    In one request, and without taking away that they are ours: cut off anywhere, it leaves no graph that nobody knows.
    """
    for batch in batches(list(receipts), BATCH // 4):
        statements: list[Statement] = []
        for graph in batch:
            name, receipt = ox.NamedNode(graph), receipts[graph]
            statements.append((name, TYPE, ox.NamedNode(OURS)))
            statements.append((name, HASH, ox.Literal(receipt.hash)))
            statements.append((name, TRIPLES, ox.Literal(str(receipt.triples), datatype=_INTEGER)))
        connection.update(f"{_removal(batch, [HASH, TRIPLES])} ;\n{_insertion(statements)}")


def remove_receipts(connection: Connection, graphs: Sequence[str]) -> None:
    """Forget these graphs."""
    for batch in batches(graphs):
        connection.update(_removal(batch, [HASH, TRIPLES, TYPE]))


def existing(connection: Connection, graphs: Iterable[str]) -> Iterator[str]:
    """Those of these graphs of which the server holds something."""
    for graph in graphs:
        if whole.answer(connection, worded("ASK { ?s ?p ?o }"), Dataset((graph,))):
            yield graph


def count(connection: Connection, graph: str) -> int:
    """How many triples a graph holds there."""
    return int(_ask(connection, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", Dataset((graph,)))[0]["n"]["value"])


def batches(items: Sequence[Any], size: int = BATCH) -> Iterator[Sequence[Any]]:
    """The items, some at a time."""
    return (items[begin : begin + size] for begin in range(0, len(items), size))


def _ask(connection: Connection, text: str, dataset: Dataset = _HERE) -> list[whole.Binding]:
    return whole.rows(connection, worded(text), dataset).bindings


def _removal(subjects: Sequence[str], predicates: Sequence[str]) -> str:
    """The update that takes away what these properties say of these things."""
    things, properties = (" ".join(f"<{each}>" for each in names) for names in (subjects, predicates))
    pattern = f"GRAPH {_ITSELF} {{ ?s ?p ?o }}"
    return f"DELETE {{ {pattern} }} WHERE {{ {pattern} VALUES ?s {{ {things} }} VALUES ?p {{ {properties} }} }}"


def _insertion(statements: Sequence[Statement]) -> str:
    lines = "\n".join(f"{subject} <{predicate}> {value} ." for subject, predicate, value in statements)
    return f"INSERT DATA {{ GRAPH {_ITSELF} {{\n{lines}\n}} }}"
