"""What the protocols ask of a store, whatever it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Question:
    """A query as the protocol brings it."""

    text: str
    base: str
    """What relative IRIs stand against."""
    default: tuple[str, ...] | None
    """The graphs that make up the default graph; None: as the query or the store says."""
    named: tuple[str, ...] | None
    """The graphs that GRAPH may speak of; None: likewise."""
    types: Mapping[str, str]
    """For a table, an answer and triples: the media type that the client likes best; none where it takes none of ours."""
    client: str
    """Where the question comes from."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a question."""

    kind: str
    """table, answer or triples."""
    media_type: str
    """Empty where the client takes nothing that such an answer can be written in."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """An update as the protocol brings it."""

    text: str
    base: str
    default: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """Triples as the Graph Store Protocol brings them."""

    body: bytes
    media_type: str
    base: str


@dataclass(frozen=True, slots=True)
class State:
    """What a store holds, for /health and the service description."""

    name: str
    triples: int
    graphs: int
    created: str = ""


class Backend(Protocol):
    """A store behind the protocols.

    All methods raise Problem or an error of kg.errors. A graph's name is its IRI; None is the default graph.
    """

    async def query(self, question: Question) -> Reply:
        """Answer a query."""
        ...

    async def update(self, change: Change) -> None:
        """Run an update, whole or not at all."""
        ...

    async def graph(self, name: str | None, media_type: str, client: str) -> bytes | None:
        """The graph in this media type; None where there is none."""
        ...

    async def put(self, name: str | None, contents: tuple[Content, ...], *, merge: bool) -> bool:
        """Make the graph these triples, or add them to it where `merge`; whether it was there before."""
        ...

    async def delete(self, name: str | None) -> bool:
        """Remove the graph; whether it was there."""
        ...

    def new_graph(self, service: str) -> str:
        """An unused name for a graph, for a service at this address."""
        ...

    def state(self) -> State:
        """What the store holds now; raises StoreError where that cannot be told."""
        ...

    def gauges(self) -> Mapping[str, float]:
        """Figures for /metrics: running, waiting, and how many jobs ended badly, by reason (killed_…)."""
        ...

    async def close(self) -> None:
        """Let go of processes and files."""
        ...
