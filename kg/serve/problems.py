"""What the service refuses, as HTTP says it: a status and a problem document (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import JSONResponse, Response

from kg.errors import CallError, FailedError, KgError, LimitError, LockedError, QueryError, RefusedError, StoreError

MALFORMED, FORBIDDEN, UNKNOWN, NOT_ACCEPTABLE, TOO_LARGE, UNSUPPORTED, TOO_MUCH, BUSY = (
    400,
    403,
    404,
    406,
    413,
    415,
    422,
    503,
)
RETRY_SECONDS = 5
"""After how long a client should ask again where the service is busy."""


class Problem(Exception):
    """A request that is not answered as asked: its status, what is wrong, what to do, and further headers."""

    def __init__(self, status: int, detail: str, remedy: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{detail} {remedy}")
        self.status = status
        self.detail = detail
        self.remedy = remedy
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """The problem as a response."""
        body = {
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            "remedy": self.remedy,
        }
        return JSONResponse(body, self.status, self.headers, media_type="application/problem+json")


def busy(detail: str) -> Problem:
    """The problem of a service that has too much to do."""
    return Problem(BUSY, detail, "Ask again later.", {"Retry-After": str(RETRY_SECONDS)})


def problem_of(error: KgError) -> Problem:
    """The problem that an error of ours is to a client."""
    if isinstance(error, LockedError):
        return busy("Another process is writing to the graph.")
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return Problem(status, error.problem, error.remedy)
    return Problem(500, error.problem, error.remedy)


_STATUS: tuple[tuple[type[KgError], int], ...] = (
    (RefusedError, FORBIDDEN),
    (LimitError, TOO_MUCH),
    (FailedError, TOO_MUCH),
    (QueryError, MALFORMED),
    (CallError, MALFORMED),
    (StoreError, BUSY),
)
