"""The service description (SPARQL 1.1 Service Description, W3C recommendation of 21 March 2013)."""

from __future__ import annotations

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.namespaces import RDF
from kg.query.formats import GRAPHS
from kg.serve.backend import State
from kg.serve.negotiation import best, content_type
from kg.serve.problems import NOT_ACCEPTABLE, Problem

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_RDF = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "N-Quads", "TriG", "N3")


def response(request: Request, address: str, state: State, *, writable: bool) -> Response:
    """The description as a response, in the format that the client likes best."""
    media_type = best(request.headers.get("accept", ""), tuple(GRAPHS))
    if not media_type:
        raise Problem(NOT_ACCEPTABLE, "The Accept header takes no format of a graph.", "Accept text/turtle.")
    triples = describe(address, state, writable=writable)
    data = ox.serialize(triples, format=GRAPHS[media_type], prefixes={"sd": SD, "void": VOID})
    return Response(data, headers={"Vary": "Accept"}, media_type=content_type(media_type))


def describe(address: str, state: State, *, writable: bool) -> list[ox.Triple]:
    """The description of the service at an address."""
    service, dataset, default = (ox.NamedNode(address + part) for part in ("", "#dataset", "#default"))
    found: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (service, RDF + "type", ox.NamedNode(SD + "Service")),
        (service, SD + "endpoint", service),
        (service, SD + "supportedLanguage", ox.NamedNode(SD + "SPARQL11Query")),
        (service, SD + "feature", ox.NamedNode(SD + "UnionDefaultGraph")),
        (service, SD + "defaultDataset", dataset),
        (dataset, RDF + "type", ox.NamedNode(SD + "Dataset")),
        (dataset, SD + "defaultGraph", default),
        (default, RDF + "type", ox.NamedNode(SD + "Graph")),
        (default, VOID + "triples", ox.Literal(state.triples)),
    ]
    if writable:
        found.append((service, SD + "supportedLanguage", ox.NamedNode(SD + "SPARQL11Update")))
    found += [(service, SD + "resultFormat", ox.NamedNode(FORMATS + name)) for name in _RESULTS + _RDF]
    found += [(service, SD + "inputFormat", ox.NamedNode(FORMATS + name)) for name in _RDF if writable]
    return [ox.Triple(subject, ox.NamedNode(predicate), value) for subject, predicate, value in found]
