"""The backend over a home: queries in warm processes over the current snapshot, a team's own graphs as new snapshots."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.namespaces import OWN_GRAPHS
from kg.query.frames import Frame, raised
from kg.query.process import command
from kg.serve.access import Access
from kg.serve.backend import Change, Content, Question, Reply, State
from kg.serve.pool import Pool
from kg.serve.problems import Problem
from kg.settings import Settings
from kg.store import Home
from kg.store.own import require_own
from kg.store.snapshot import STORE

ATTEMPTS = 5
"""So often a query is begun anew where its snapshot was removed before it was read: others were published that quickly."""
LOOK_SECONDS = 2.0
"""How often the service looks whether another snapshot was published, to open it before it is asked."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take, and how many there may be."""

    seconds: float
    rows: int
    memory_mb: int
    processes: int
    queue: int


def limits_of(settings: Settings) -> Limits:
    """The limits that the settings set."""
    return Limits(
        settings.query_seconds,
        settings.serve_rows,
        settings.query_memory,
        settings.serve_workers,
        settings.serve_queue,
    )


def access_of(settings: Settings) -> Access:
    """Who may write, as the settings say."""
    return Access(settings.token.get_secret_value())


def origins_of(settings: Settings) -> tuple[str, ...]:
    """The web origins that the settings let in."""
    return tuple(each.strip() for each in settings.serve_origins.split(",") if each.strip())


class Snapshots:
    """A `Backend` over a home; it goes with the home's current snapshot."""

    def __init__(self, home: Path, limits: Limits) -> None:
        self._home = Home(home)
        self._limits = limits
        self._readers = Pool(command(limits.memory_mb, bound=True), size=limits.processes, queue=limits.queue)
        writer = [sys.executable, "-m", "kg.serve.writer", str(limits.memory_mb), str(home)]
        self._writers = Pool(writer, size=1, queue=limits.queue)

    async def watch(self) -> None:
        """Start the first processes; have idle ones open each snapshot soon after it is published, and let go of the one before."""
        self._readers.warm(min(self._limits.processes, max(2, os.cpu_count() or 1)))
        seen = None
        while True:
            with contextlib.suppress(StoreError, Problem):  # whoever asks is told
                store = str(self._home.current().path / STORE)
                if store != seen:
                    seen = store
                    await self._readers.tell_idle({"job": "open", "store": store}, seconds=self._limits.seconds)
            await asyncio.sleep(LOOK_SECONDS)

    async def query(self, question: Question) -> Reply:
        """Answer a query over the current snapshot."""
        job = {
            "job": "query",
            "rows": self._limits.rows,
            "base": question.base,
            "default": question.default,
            "named": question.named,
            "types": question.types,
        }
        header, body = await self._read(job, question.text.encode("utf-8", "replace"), question.client)
        return Reply(header["kind"], header["type"], body)

    async def graph(self, name: str | None, media_type: str, client: str) -> bytes | None:
        """A graph of the current snapshot."""
        header, body = await self._read({"job": "graph", "graph": name, "type": media_type}, client=client)
        return body if header["kind"] == "graph" else None

    async def _read(self, job: dict[str, Any], body: bytes = b"", client: str = "") -> Frame:
        """The reply of a process to a job on the current snapshot; again where that was removed meanwhile."""
        for attempt in range(ATTEMPTS):
            job["store"] = str(self._home.current().path / STORE)
            header, reply = await self._readers.ask(job, body, seconds=self._limits.seconds, client=client)
            if header["kind"] != "error":
                break
            if not header.get("gone") or attempt == ATTEMPTS - 1:
                raise raised(header)
        return header, reply

    async def update(self, change: Change) -> None:
        """Run an update on the team's own graphs."""
        job = {"job": "update", "base": change.base, "default": change.default, "named": change.named}
        await self._write(job, change.text.encode("utf-8", "replace"))

    async def put(self, name: str | None, contents: tuple[Content, ...], *, merge: bool) -> bool:
        """Write one of the team's own graphs."""
        graph = require_own(name)
        parts = [{"type": each.media_type, "base": each.base, "length": len(each.body)} for each in contents]
        job = {"job": "put", "graph": graph, "merge": merge, "parts": parts}
        return await self._write(job, b"".join(each.body for each in contents))

    async def delete(self, name: str | None) -> bool:
        """Remove one of the team's own graphs."""
        return await self._write({"job": "delete", "graph": require_own(name)})

    async def _write(self, job: dict[str, Any], body: bytes = b"") -> bool:
        """Have the writer do a job; whether the graph was there before."""
        header, _ = await self._writers.ask(job, body, seconds=self._limits.seconds)
        if header["kind"] == "error":
            raise raised(header)
        return bool(header["existed"])

    def new_graph(self, service: str) -> str:
        """An unused name among the team's own graphs."""
        return f"{OWN_GRAPHS}{uuid.uuid4().hex}"

    def state(self) -> State:
        """What the current snapshot holds, by its manifest."""
        snapshot = self._home.current()
        manifest = snapshot.manifest
        try:
            return State(snapshot.name, manifest["triples"], len(manifest["graphs"]), manifest["created"])
        except (KeyError, TypeError) as error:
            raise StoreError(
                f"The manifest of {snapshot.path} lacks {error}.", "Build the graph again: kg build."
            ) from error

    def gauges(self) -> Mapping[str, float]:
        """The pools' figures."""
        killed = {f"killed_{reason}": float(count) for reason, count in self._readers.deaths.items()}
        return {"running": self._readers.running, "waiting": self._readers.waiting, **killed}

    async def close(self) -> None:
        """End all processes."""
        await self._readers.close()
        await self._writers.close()
