"""The graph's things by their addresses: /id/… leads to a page for readers, or to triples for programs.

An IRI https://w3id.org/arms-control/id/state/RUS is looked up as /id/state/RUS. The answer is 303 (the thing itself is no document; Cool
URIs for the Semantic Web, W3C note of 3 December 2008) to /page/state/RUS or /data/state/RUS, by the Accept header.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kg.namespaces import ACR, ONTOLOGY_GRAPH, PREFIXES, shorten
from kg.query.formats import GRAPHS
from kg.serve.backend import Backend, Question
from kg.serve.negotiation import HTML, best, content_type
from kg.serve.problems import NOT_ACCEPTABLE, UNKNOWN, Problem
from kg.serve.sparql import base_of, while_there

MAX_STATEMENTS = 1000
"""So many statements stand on a page; the triples hold them all."""
_JSON, _TURTLE = "application/sparql-results+json", "text/turtle"
_STATEMENTS = """SELECT ?way ?property ?other WHERE {{
  {{ {iri} ?property ?other BIND("of" AS ?way) }} UNION {{ ?other ?property {iri} BIND("to" AS ?way) }}
}} ORDER BY ?way ?property ?other LIMIT {limit}"""
_LABELS = """SELECT ?thing ?label WHERE {{
  VALUES ?thing {{ {things} }}
  ?thing skos:prefLabel|rdfs:label|dcterms:title ?label
}} ORDER BY ?thing ?label"""
_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><link rel="alternate" type="text/turtle" href="{data}">
<style>body{{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}table{{border-collapse:collapse;width:100%}}
th,td{{text-align:left;vertical-align:top;padding:.2em .8em .2em 0;border-top:1px solid #ddd;overflow-wrap:anywhere}}</style></head>
<body><h1>{title}</h1><p><code>{iri}</code> · <a href="{data}">Turtle</a></p>
{tables}</body></html>
"""
_WORDS = {
    "en": {"of": "What is said of it", "to": "What leads to it"},
    "fr": {"of": "Ce qui en est dit", "to": "Ce qui y mène"},
}
_SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}

Rows = list[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, ...]]


@dataclass(frozen=True, slots=True)
class Things:
    """The resources /id, /page, /data and /ontology over a backend."""

    backend: Backend

    async def see(self, request: Request) -> Response:
        """303 to the page or the triples of a thing."""
        media_type = best(request.headers.get("accept", ""), (*GRAPHS, HTML))
        if not media_type:
            raise Problem(
                NOT_ACCEPTABLE, "The Accept header takes no page and no graph.", "Accept text/html or text/turtle."
            )
        place = "page" if media_type == HTML else "data"
        return _see_other(request, f"/{place}/{quote(request.path_params['rest'])}")

    async def ontology(self, request: Request) -> Response:
        """303 to the graph that holds the ontology."""
        return _see_other(request, f"/store?graph={quote(ONTOLOGY_GRAPH, safe='')}")

    async def data(self, request: Request) -> Response:
        """The triples of a thing."""
        thing = _thing(request)
        media_type = best(request.headers.get("accept", ""), tuple(GRAPHS)) or _TURTLE
        question = Question(
            f"DESCRIBE {thing}", base_of(request), None, None, {"triples": media_type}, _client(request)
        )
        reply = await while_there(request, self.backend.query(question))
        if media_type == _TURTLE and b"<" not in reply.body.replace(b"@prefix", b""):
            raise _unknown(thing)
        return Response(reply.body, headers={"Vary": "Accept"}, media_type=content_type(media_type))

    async def page(self, request: Request) -> Response:
        """What the graph says of a thing, for readers."""
        thing = _thing(request)
        rows = await self._rows(request, _STATEMENTS.format(iri=thing, limit=MAX_STATEMENTS))
        if not rows:
            raise _unknown(thing)
        language = best_language(request.headers.get("accept-language", ""))
        named = {each for row in rows for each in row[1:] if isinstance(each, ox.NamedNode)} | {thing}
        labels = await self._labels(request, named, language)
        return HTMLResponse(_page(request, thing, rows, labels, language), headers=_SAFE)

    async def _labels(self, request: Request, things: Iterable[ox.NamedNode], language: str) -> dict[str, str]:
        """The names of things, in this language where they have one."""
        found: dict[str, str] = {}
        text = _LABELS.format(things=" ".join(sorted(str(each) for each in things)))
        for thing, label in await self._rows(request, text):
            if not isinstance(thing, ox.NamedNode) or not isinstance(label, ox.Literal):
                continue
            if thing.value not in found or (label.language or "").startswith(language):
                found[thing.value] = label.value
        return found

    async def _rows(self, request: Request, text: str) -> Rows:
        prologue = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
        question = Question(prologue + text, base_of(request), None, None, {"table": _JSON}, _client(request))
        reply = await while_there(request, self.backend.query(question))
        solutions = ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON)
        assert isinstance(solutions, ox.QuerySolutions)
        return [tuple(solution[variable] for variable in solutions.variables) for solution in solutions]


def best_language(accept: str) -> str:
    """en or fr, whichever an Accept-Language header names first."""
    named = (each.strip()[:2].lower() for each in accept.split(","))
    return next((each for each in named if each in _WORDS), "en")


def _page(request: Request, thing: ox.NamedNode, rows: Rows, labels: dict[str, str], language: str) -> str:
    root = request.scope.get("root_path", "")
    tables: dict[str, list[str]] = defaultdict(list)
    for way, property, other in rows:
        cells = (_shown(property, labels, root), _shown(other, labels, root))
        tables[way.value if isinstance(way, ox.Literal) else ""].append(
            f"<tr><th>{cells[0]}</th><td>{cells[1]}</td></tr>"
        )
    written = (f"<h2>{_WORDS[language][way]}</h2><table>{''.join(lines)}</table>\n" for way, lines in tables.items())
    return _PAGE.format(
        language=language,
        title=escape(labels.get(thing.value, shorten(thing.value))),
        iri=escape(thing.value),
        data=escape(f"{root}/data/{quote(thing.value.removeprefix(ACR))}"),
        tables="".join(written),
    )


def _shown(term: object, labels: dict[str, str], root: str) -> str:
    """A term in HTML: a thing of ours leads to its page."""
    if isinstance(term, ox.Literal):
        tag = f" <small>{escape(term.language)}</small>" if term.language else ""
        return f"{escape(term.value)}{tag}"
    if not isinstance(term, ox.NamedNode):
        return escape(str(term))
    name = escape(labels.get(term.value) or shorten(term.value))
    if term.value.startswith(ACR):
        return f'<a href="{escape(root)}/page/{quote(term.value.removeprefix(ACR))}">{name}</a>'
    return f'<span title="{escape(term.value)}">{name}</span>'


def _thing(request: Request) -> ox.NamedNode:
    try:
        return ox.NamedNode(ACR + request.path_params["rest"])
    except ValueError as error:
        raise Problem(UNKNOWN, "The address is that of no thing.", "Look at the address.") from error


def _see_other(request: Request, path: str) -> Response:
    return RedirectResponse(request.scope.get("root_path", "") + path, 303, headers={"Vary": "Accept"})


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _unknown(thing: ox.NamedNode) -> Problem:
    return Problem(UNKNOWN, f"The graph says nothing of {thing}.", "Look at the address.")
