"""The service as an ASGI application: the routes, over any backend."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from kg.errors import KgError
from kg.serve.access import Access
from kg.serve.backend import Backend
from kg.serve.graphs import Graphs
from kg.serve.observing import LOG, Figures, Observed
from kg.serve.problems import Problem, problem_of
from kg.serve.sparql import Gone, Sparql
from kg.serve.things import Things

Handler = Callable[[Request], Awaitable[Response]]
CLIENT_GONE = 499
_HOME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Arms-control knowledge graph</title></head><body>
<h1>Arms-control knowledge graph</h1><ul><li><a href="sparql">sparql</a>: SPARQL 1.1 Protocol</li>
<li><a href="store?default">store</a>: Graph Store Protocol</li><li>id/…: each thing by its address</li>
<li><a href="health">health</a></li><li><a href="metrics">metrics</a></li></ul></body></html>
"""


def application(
    backend: Backend,
    access: Access,
    *,
    body_bytes: int = 16 * 2**20,
    origins: tuple[str, ...] = (),
    background: Callable[[], Awaitable[None]] | None = None,
) -> ASGIApp:
    """The service over a backend.

    body_bytes: the largest body of a request. origins: web origins whose pages may ask it; "*" for all. background: what goes on beside
    the requests, until the service ends.
    """
    figures = Figures(backend)
    app = Starlette(
        routes=_routes(backend, access, body_bytes, figures),
        lifespan=lambda _: _alive(backend, background),
        exception_handlers={HTTPException: _no_route},
    )
    app.router.redirect_slashes = False
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["GET", "HEAD", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "Content-Type"],
            expose_headers=["Location", "Retry-After", "X-Request-Id"],
        )
    return Observed(app, figures)


def _routes(backend: Backend, access: Access, body_bytes: int, figures: Figures) -> list[Route]:
    sparql = Sparql(backend, access, body_bytes)
    graphs = Graphs(backend, access, body_bytes)
    things = Things(backend)
    asked = {"GET": sparql.get, "POST": sparql.post}
    stored = {"GET": graphs.get, "PUT": graphs.put, "POST": graphs.post, "DELETE": graphs.delete}

    async def health(request: Request) -> Response:
        return JSONResponse({"status": "ok", **asdict(backend.state())})

    async def metrics(request: Request) -> Response:
        return Response(figures.written(), media_type="text/plain; version=0.0.4; charset=utf-8")

    async def home(request: Request) -> Response:
        return HTMLResponse(_HOME)

    return [
        _route("/sparql", asked),
        _route("/sparql/", asked),
        _route("/store", stored),
        _route("/store/{rest:path}", stored),
        _route("/id/{rest:path}", {"GET": things.see}),
        _route("/page/{rest:path}", {"GET": things.page}),
        _route("/data/{rest:path}", {"GET": things.data}),
        _route("/ontology", {"GET": things.ontology}),
        _route("/health", {"GET": health}),
        _route("/metrics", {"GET": metrics}),
        _route("/", {"GET": home}),
    ]


def _route(path: str, handlers: Mapping[str, Handler]) -> Route:
    """A route whose handler goes by the method; what a handler raises becomes a response."""
    name = path.split("/")[1] or "home"

    async def endpoint(request: Request) -> Response:
        request.scope["kg.route"] = name
        handler = handlers["GET" if request.method == "HEAD" else request.method]
        try:
            return await handler(request)
        except Problem as problem:
            return problem.response()
        except KgError as error:
            return problem_of(error).response()
        except Gone:
            return Response(status_code=CLIENT_GONE)
        except Exception:
            LOG.exception("failure")
            return Problem(500, "The service failed.", "Tell its owner the X-Request-Id of this response.").response()

    return Route(path, endpoint, methods=list(handlers), name=path)


async def _no_route(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    remedy = "Look at / for what there is." if error.status_code == 404 else "Use another method."
    return Problem(error.status_code, str(error.detail) + ".", remedy, error.headers).response()


@asynccontextmanager
async def _alive(backend: Backend, background: Callable[[], Awaitable[None]] | None) -> AsyncIterator[None]:
    """What goes on from the service's first moment to its last."""
    task = asyncio.ensure_future(background()) if background is not None else None
    try:
        yield
    finally:
        if task is not None:
            task.cancel()
        await backend.close()
