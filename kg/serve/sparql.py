"""The SPARQL 1.1 Protocol at /sparql (W3C recommendation of 21 March 2013)."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.serve import description, reading
from kg.serve.access import Access
from kg.serve.backend import Backend, Change, Question
from kg.serve.negotiation import content_type, types_of
from kg.serve.problems import MALFORMED, NOT_ACCEPTABLE, UNSUPPORTED, Problem

T = TypeVar("T")

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
PATIENCE = 0.05
"""Seconds after which the service begins to look whether the client is still there."""


@dataclass(frozen=True, slots=True)
class Sparql:
    """The resource /sparql over a backend."""

    backend: Backend
    access: Access
    body_bytes: int

    async def get(self, request: Request) -> Response:
        """A query in the address, or without one the service description."""
        found = reading.parameters(request.scope["query_string"], "address")
        if reading.many(found, "update"):
            raise Problem(MALFORMED, "An update came by GET.", "Send it by POST.")
        text = reading.one(found, "query")
        if text is None:
            return description.response(request, base_of(request), self.backend.state(), writable=self.access.writable)
        return await self._query(request, text, found)

    async def post(self, request: Request) -> Response:
        """A query or an update, as a form or by itself."""
        kind, charset = reading.media_type(request.headers.get("content-type"))
        if kind not in (FORM, QUERY, UPDATE):
            raise Problem(UNSUPPORTED, f"The body is {kind or 'of no type'}.", f"Send {FORM}, {QUERY} or {UPDATE}.")
        if kind == UPDATE:
            self.access.require(request)
        data = await reading.body(request, self.body_bytes)
        found = reading.parameters(request.scope["query_string"], "address")
        if kind == FORM:
            return await self._form(request, found + reading.parameters(data, "body"))
        text = reading.text_of(data, charset)
        if kind == QUERY:
            return await self._query(request, text, found)
        return await self._update(request, text, found)

    async def _form(self, request: Request, found: reading.Parameters) -> Response:
        query, update = reading.one(found, "query"), reading.one(found, "update")
        if (query is None) == (update is None):
            raise Problem(MALFORMED, "The form holds no query and no update, or both.", "Send one of them.")
        if update is None:
            return await self._query(request, query or "", found)
        self.access.require(request)
        return await self._update(request, update, found)

    async def _query(self, request: Request, text: str, found: reading.Parameters) -> Response:
        """Answer a query; the answer is given up where the client goes away meanwhile."""
        default, named = reading.many(found, "default-graph-uri"), reading.many(found, "named-graph-uri")
        given = bool(default or named)
        question = Question(
            text,
            base_of(request),
            default if given else None,
            named if given else None,
            types_of(request.headers.get("accept", "")),
            request.client.host if request.client else "",
        )
        request.scope["kg.query"] = text
        reply = await while_there(request, self.backend.query(question))
        if not reply.media_type:
            raise Problem(NOT_ACCEPTABLE, "The Accept header takes no format of such a result.", "Accept another.")
        headers = {"Vary": "Accept", "X-Content-Type-Options": "nosniff"}
        return Response(reply.body, headers=headers, media_type=content_type(reply.media_type))

    async def _update(self, request: Request, text: str, found: reading.Parameters) -> Response:
        default, named = reading.many(found, "using-graph-uri"), reading.many(found, "using-named-graph-uri")
        request.scope["kg.query"] = text
        await self.backend.update(Change(text, base_of(request), default, named))
        return Response(status_code=204)


def base_of(request: Request) -> str:
    """The address of the resource, without parameters, that relative IRIs stand against.

    Raises Problem where the client's header Host makes no address.
    """
    try:
        return ox.NamedNode(str(request.url.replace(query="", fragment=""))).value
    except ValueError as error:
        raise Problem(MALFORMED, "The header Host names no host.", "Send the service's own.") from error


async def while_there(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """What the work gives; it is cancelled where the client goes away before that."""
    task = asyncio.ensure_future(work)
    done, _ = await asyncio.wait((task,), timeout=PATIENCE)
    if done:
        return task.result()
    gone = asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait((task, gone), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise Gone
        return task.result()
    finally:
        task.cancel()
        gone.cancel()


class Gone(Exception):
    """The client went away; there is nobody to answer to."""


async def _disconnected(request: Request) -> None:
    """Return once the client is gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
