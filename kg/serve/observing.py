"""What the service tells of itself: a line of JSON for each request, and figures for Prometheus."""

from __future__ import annotations

import hashlib
import json
import logging
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.backend import Backend

LOG = logging.getLogger("kg.serve")
QUERY_CHARACTERS = 2000
"""So much of a query stands in the log, where it failed or was slow."""
SLOW_SECONDS = 5.0


class Lines(logging.Formatter):
    """Each record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line: time, level, message, and what the record carries as `about`."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, "about", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def log_to_stderr() -> None:
    """Have the log's lines written to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    LOG.handlers = [handler]
    LOG.setLevel(logging.INFO)
    LOG.propagate = False


class Figures:
    """The figures of one service."""

    def __init__(self, backend: Backend) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Gauges(backend))
        labels = ("route", "method", "status")
        self._requests = Counter("kg_requests", "Requests answered.", labels, registry=self._registry)
        self._seconds = Histogram(
            "kg_request_seconds",
            "Seconds that requests took.",
            ("route",),
            registry=self._registry,
            buckets=(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100),
        )
        self._bytes = Counter("kg_response_bytes", "Bytes of bodies sent.", ("route",), registry=self._registry)

    def count(self, route: str, method: str, status: int, seconds: float, size: int) -> None:
        """Count one request."""
        self._requests.labels(route, method, str(status)).inc()
        self._seconds.labels(route).observe(seconds)
        self._bytes.labels(route).inc(size)

    def written(self) -> bytes:
        """The figures in Prometheus' text format."""
        return generate_latest(self._registry)


class _Gauges(Collector):
    """What the backend tells of itself when it is asked."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges."""
        for name, value in self._backend.gauges().items():
            yield GaugeMetricFamily(f"kg_queries_{name}", f"Queries: {name.replace('_', ' ')}.", value)


class Observed:
    """An application around another that times, counts and logs each request."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and note what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begin = time.perf_counter()
        number = uuid.uuid4().hex[:16]
        seen = {"status": 499, "bytes": 0}  # nothing was sent: the client went away

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", number.encode())]
            else:
                seen["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            self._note(scope, number, seen, time.perf_counter() - begin)

    def _note(self, scope: Scope, number: str, seen: dict[str, int], seconds: float) -> None:
        route = scope.get("kg.route", "other")
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._figures.count(route, method, seen["status"], seconds, seen["bytes"])
        about: dict[str, Any] = {
            "request": number,
            "client": (scope.get("client") or ("",))[0],
            "method": scope["method"][:20],
            "path": scope["path"][:200],
            "status": seen["status"],
            "ms": round(seconds * 1000, 1),
            "bytes": seen["bytes"],
        }
        text = scope.get("kg.query")
        if text is not None:
            about["query"] = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
            if seen["status"] >= 400 or seconds > SLOW_SECONDS:
                about["text"] = text[:QUERY_CHARACTERS]
        LOG.info("request", extra={"about": about})


_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}
