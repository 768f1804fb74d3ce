"""Tests of the two protocols: the requests of the manifests, sent as they stand."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from benchmarks.w3c import comparing
from benchmarks.w3c.evaluation import Failure, fill
from benchmarks.w3c.manifests import Request, Test
from benchmarks.w3c.service import Answer, Client

AUTHORITY = "www.example"
_FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
    "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples"),
}
_STATUSES = {"OK": 200, "Created": 201, "NoContent": 204, "BadRequest": 400, "NotFound": 404}


def run(client: Client, folder: Path, test: Test) -> None:
    """Run one test of the SPARQL Protocol or of the Graph Store Protocol; raises Failure."""
    fill(client, folder, test.data)
    location = ""
    for request in test.requests:
        answer = _send(client, request, location)
        _check(request, answer)
        location = answer.headers.get("location", location)


def _send(client: Client, request: Request, location: str) -> Answer:
    """The answer to a request; the manifests' paths /sparql/ and /gsp are ours /sparql and /store."""
    path = request.path.replace("/gsp", "/store").replace("$LOCATION$", location)
    path = path.replace("%2Fgsp%2F", "%2Fstore%2F")
    body = request.body.replace(b"$LOCATION$", location.encode()).replace(b"/gsp/", b"/store/")
    return client.send(request.method, path, body, {"host": AUTHORITY, **dict(request.headers)})


def _check(request: Request, answer: Answer) -> None:
    if not any(_has_status(answer.status, each) for each in request.statuses):
        raise Failure(
            f"{request.method} {request.path[:60]}: status {answer.status}, not {' or '.join(request.statuses)}"
        )
    if request.format and answer.media_type not in _FORMATS[request.format]:
        raise Failure(f"{answer.media_type} is not {request.format}")
    if request.boolean is not None and _boolean(answer) != request.boolean:
        raise Failure(f"not {request.boolean}")
    if request.location and "location" not in answer.headers:
        raise Failure("no Location")
    if request.expected is not None:
        _check_graph(request.expected, answer)


def _check_graph(expected: tuple[str, bytes], answer: Answer) -> None:
    media_type, body = expected
    if answer.media_type != media_type:
        raise Failure(f"{answer.media_type} is not {media_type}")
    base = f"http://{AUTHORITY}/store"
    sought = ox.parse(
        body.replace(b"/gsp/", b"/store/"), format=ox.RdfFormat.from_media_type(media_type), base_iri=base
    )
    found = ox.parse(answer.body, format=ox.RdfFormat.from_media_type(answer.media_type), base_iri=base)
    if not comparing.same_graphs(sought, found):
        raise Failure("another graph")


def _has_status(status: int, name: str) -> bool:
    """Whether a status is of a class such as StatusCode4xx, or has a name such as Created."""
    if name.startswith("StatusCode"):
        return status // 100 == int(name[len("StatusCode")])
    return status == _STATUSES[name]


def _boolean(answer: Answer) -> bool:
    format = ox.QueryResultsFormat.from_media_type(answer.media_type)
    result = ox.parse_query_results(answer.body, format=format)
    return isinstance(result, ox.QueryBoolean) and bool(result)
