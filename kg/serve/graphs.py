"""The SPARQL 1.1 Graph Store HTTP Protocol at /store (W3C recommendation of 21 March 2013)."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response

from kg.query.formats import GRAPHS
from kg.serve import reading
from kg.serve.access import Access
from kg.serve.backend import Backend, Content
from kg.serve.negotiation import best, content_type
from kg.serve.problems import MALFORMED, NOT_ACCEPTABLE, UNKNOWN, UNSUPPORTED, Problem
from kg.serve.sparql import base_of, while_there

MULTIPART = "multipart/form-data"
MAX_PARTS = 100


@dataclass(frozen=True, slots=True)
class Graphs:
    """The resource /store, and those below it, over a backend."""

    backend: Backend
    access: Access
    body_bytes: int

    async def get(self, request: Request) -> Response:
        """The triples of a graph."""
        name = self._graph(request)
        media_type = best(request.headers.get("accept", ""), tuple(GRAPHS))
        if not media_type:
            raise Problem(NOT_ACCEPTABLE, "The Accept header takes no format of a graph.", "Accept text/turtle.")
        client = request.client.host if request.client else ""
        data = await while_there(request, self.backend.graph(name, media_type, client))
        if data is None:
            raise _unknown(name)
        headers = {"Vary": "Accept", "X-Content-Type-Options": "nosniff"}
        return Response(data, headers=headers, media_type=content_type(media_type))

    async def put(self, request: Request) -> Response:
        """Make a graph what the body says: 201 where it is new, 204 else."""
        self.access.require(request)
        name = self._graph(request)
        existed = await self.backend.put(name, await self._contents(request), merge=False)
        return Response(status_code=204 if existed else 201)

    async def post(self, request: Request) -> Response:
        """Add the body to a graph; to a new one, told in Location, where the address names none."""
        self.access.require(request)
        new = not self._named(request)
        name = self.backend.new_graph(base_of(request)) if new else self._graph(request)
        existed = await self.backend.put(name, await self._contents(request), merge=True)
        if new:
            return Response(status_code=201, headers={"Location": str(name)})
        return Response(status_code=204 if existed else 201)

    async def delete(self, request: Request) -> Response:
        """Remove a graph."""
        self.access.require(request)
        name = self._graph(request)
        if not await self.backend.delete(name):
            raise _unknown(name)
        return Response(status_code=204)

    def _named(self, request: Request) -> bool:
        """Whether the address says which graph is meant."""
        found = reading.parameters(request.scope["query_string"], "address")
        return bool(found) or bool(request.path_params.get("rest"))

    def _graph(self, request: Request) -> str | None:
        """The graph that the address means; None for the default graph. By a parameter, or by the address itself."""
        found = reading.parameters(request.scope["query_string"], "address")
        graph, default = reading.one(found, "graph"), reading.one(found, "default")
        direct = bool(request.path_params.get("rest"))
        if (graph is not None) + (default is not None) + direct != 1:
            raise Problem(MALFORMED, "The address names no graph, or more than one.", "Add ?default or ?graph=IRI.")
        if default is not None:
            return None
        try:
            return ox.NamedNode(base_of(request) if graph is None else graph).value
        except ValueError as error:
            raise Problem(MALFORMED, f"{graph!r} is no absolute IRI.", "Name the graph by its IRI.") from error

    async def _contents(self, request: Request) -> tuple[Content, ...]:
        """The triples of the body, or of each part of a form."""
        kind, _ = reading.media_type(request.headers.get("content-type"))
        base = base_of(request)
        data = await reading.body(request, self.body_bytes)
        if kind != MULTIPART:
            return (_content(data, kind, base),)
        request._body = data  # Starlette's place for a body that was read
        try:
            async with request.form(max_files=MAX_PARTS, max_fields=0) as form:
                files = [each for _, each in form.multi_items() if isinstance(each, UploadFile)]
                parts = [(await each.read(), reading.media_type(each.content_type)[0]) for each in files]
        except MultiPartException as error:
            raise Problem(MALFORMED, f"The form cannot be read: {error.message}", "Mend it.") from error
        return tuple(_content(part, media_type, base) for part, media_type in parts)


def _content(data: bytes, kind: str, base: str) -> Content:
    if kind not in GRAPHS:
        raise Problem(UNSUPPORTED, f"The body is {kind or 'of no type'}.", f"Send one of {', '.join(GRAPHS)}.")
    return Content(data, kind, base)


def _unknown(name: str | None) -> Problem:
    return Problem(UNKNOWN, f"There is no graph <{name}>.", "Ask for SELECT DISTINCT ?g { GRAPH ?g {} } at /sparql.")
