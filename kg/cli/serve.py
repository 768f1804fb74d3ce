"""kg serve: the graph as a service."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import complain, say
from kg.cli.explore import require_free
from kg.cli.options import HomeOption, home_of, names_home
from kg.errors import DataError
from kg.opening import open_view
from kg.settings import settings

LOOPBACK = "127.0.0.1"
MAX_CONNECTIONS = 500


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")] = LOOPBACK,
    port: Annotated[int, typer.Option("--port", min=1, max=65_535, help="Port to listen on.")] = 7878,
    home: HomeOption = None,
) -> None:
    """Answer SPARQL 1.1 over HTTP, for this machine alone unless --host says otherwise; Ctrl-C ends it.

    /sparql is the SPARQL Protocol, /store the Graph Store Protocol, /id/… each thing by its address, /health and /metrics are for
    operators. Each request is a line of JSON on stderr. Reading needs no token; with KG_TOKEN set, whoever brings it may write graphs
    whose names begin with acr:graph/own/. What the graph is becomes visible at once when it is built anew. Limits: KG_QUERY_SECONDS,
    KG_QUERY_MEMORY, KG_SERVE_ROWS, KG_SERVE_WORKERS, KG_SERVE_QUEUE, KG_SERVE_BODY; KG_SERVE_ORIGINS lets web pages ask.
    """
    place, here = home_of(context, home).absolute(), names_home(context, home)
    open_view(place, here=here)
    require_free(port, host)
    if not _is_loopback(host):
        complain(
            f"Warning: {host} can be reached from other machines. See docs/operations.md on what should stand before it."
        )
    say(f"SPARQL is at http://{_in_address(host)}:{port}/sparql (Ctrl-C ends it).")
    _run(place, here, host, port)


def _run(place: Path, here: bool, host: str, port: int) -> None:
    """Serve until interrupted."""
    import uvicorn

    from kg.serve.app import application
    from kg.serve.choosing import backend_of
    from kg.serve.observing import log_to_stderr
    from kg.serve.snapshots import access_of, origins_of

    log_to_stderr()
    backend, watch = backend_of(place, here=here)
    app = application(
        backend,
        access_of(settings()),
        body_bytes=settings().serve_body * 2**20,
        origins=origins_of(settings()),
        background=watch,
    )
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=MAX_CONNECTIONS,
        timeout_graceful_shutdown=5,
    )
    server = uvicorn.Server(config)
    try:
        server.run()
    except KeyboardInterrupt:
        return
    if not server.started:
        raise DataError(f"The service could not be started at {host}:{port}.", "Read what it printed above.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _in_address(host: str) -> str:
    """The host as an address writes it: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host
