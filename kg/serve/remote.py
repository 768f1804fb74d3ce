"""The backend over a store elsewhere: queries go on to the server that KG_STORE names; nothing is written there."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import KgError, RefusedError, StoreError
from kg.namespaces import OWN_GRAPHS
from kg.query import formats
from kg.remote import Connection, RemoteView
from kg.remote.connection import Dataset
from kg.serve.backend import Change, Content, Question, Reply, State
from kg.serve.problems import busy
from kg.serve.snapshots import Limits

LOOK_SECONDS = 2.0
"""How often the service looks whether the server holds another graph."""
_T = TypeVar("_T")


class Remote:
    """A `Backend` over a server; it goes with what was published there."""

    def __init__(self, connection: Connection, limits: Limits) -> None:
        self._connection = connection
        self._limits = limits
        self._turns = asyncio.Semaphore(limits.processes)
        self._running = self._waiting = 0
        self._view: RemoteView | None = None
        self._state: State | KgError = StoreError("The store was not asked yet.", "Ask again in a moment.")

    async def watch(self) -> None:
        """Look again and again what the server holds."""
        while True:
            with contextlib.suppress(Exception):  # whoever asks is told
                await self._look()
            await asyncio.sleep(LOOK_SECONDS)

    async def _look(self) -> RemoteView:
        """The graph that the server holds now; the one seen before where it is the same, for what it remembers."""
        try:
            view = await asyncio.to_thread(RemoteView, self._connection)
            if self._view is None or view.name != self._view.name:
                self._state = await asyncio.to_thread(_state_of, view)
                self._view = view
        except KgError as error:
            self._view, self._state = None, error
            raise
        return self._view

    async def query(self, question: Question) -> Reply:
        """Answer a query over what the server holds."""
        return await self._in_turn(partial(self._answered, question))

    async def graph(self, name: str | None, media_type: str, client: str) -> bytes | None:
        """A graph of the server's."""
        return await self._in_turn(partial(self._dumped, name, media_type))

    async def _in_turn(self, job: Callable[[RemoteView, Connection], _T]) -> _T:
        """What a job gives, when its turn comes: some run at once, some may wait, the rest are sent away."""
        view = self._view or await self._look()
        if self._waiting >= self._limits.queue and self._turns.locked():
            raise busy("Too many queries are waiting.")
        self._waiting += 1
        try:
            await self._turns.acquire()
        finally:
            self._waiting -= 1
        self._running += 1
        line = self._connection.another()
        try:
            return await asyncio.to_thread(job, view, line)
        finally:
            line.close()  # who goes away has the query given up
            self._running -= 1
            self._turns.release()

    def _answered(self, question: Question, view: RemoteView, line: Connection) -> Reply:
        result = view.store.asked(
            question.text,
            base=question.base,
            protocol=Dataset(question.default or (), question.named or ()),
            rows=self._limits.rows + 1,
            connection=line,
        )
        try:
            header, body = formats.written(result, dict(question.types), self._limits.rows)
        except (
            KgError
        ) as error:  # the engine's results must end in the thread that they began in, so no trace may keep them
            raise error.with_traceback(None) from None
        finally:
            del result
        return Reply(header["kind"], header["type"], body)

    def _dumped(self, name: str | None, media_type: str, view: RemoteView, line: Connection) -> bytes | None:
        node = ox.NamedNode(name) if name is not None else ox.DefaultGraph()
        if name is not None and node not in set(view.store.named_graphs()):
            return None
        memory = ox.Store()
        memory.extend(view.store.quads_for_pattern(None, None, None, node))
        return formats.dumped(memory, node, media_type)

    async def update(self, change: Change) -> None:
        """Refuse."""
        raise self._reads_only()

    async def put(self, name: str | None, contents: tuple[Content, ...], *, merge: bool) -> bool:
        """Refuse."""
        raise self._reads_only()

    async def delete(self, name: str | None) -> bool:
        """Refuse."""
        raise self._reads_only()

    def _reads_only(self) -> RefusedError:
        return RefusedError(
            f"This service reads the store at {self._connection.server.query} and does not write there.",
            "Write to the home that is published, and publish again: kg publish.",
        )

    def new_graph(self, service: str) -> str:
        """A name that a write would be refused under."""
        return f"{OWN_GRAPHS}{uuid.uuid4().hex}"

    def state(self) -> State:
        """What the server held when it was last asked; raises what that gave."""
        if isinstance(self._state, KgError):
            raise self._state
        return self._state

    def gauges(self) -> Mapping[str, float]:
        """How many queries run and wait."""
        return {"running": self._running, "waiting": self._waiting}

    async def close(self) -> None:
        """Let go of the lines."""
        self._connection.close()


def _state_of(view: RemoteView) -> State:
    manifest = view.manifest
    return State(manifest["name"], manifest["triples"], len(manifest["graphs"]), manifest["created"])
