"""Tests of the query and update languages, over HTTP: data goes in by the Graph Store Protocol, and results come back."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from benchmarks.w3c import comparing
from benchmarks.w3c.manifests import Dataset, Test, read
from benchmarks.w3c.service import Answer, Client

QUERY, UPDATE, NT = "application/sparql-query", "application/sparql-update", "application/n-triples"
_RESULTS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
_ACCEPT = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
}
MALFORMED, FAILED = 400, 422


class Failure(Exception):
    """A test that did not give what it must."""


def run(client: Client, folder: Path, test: Test) -> None:
    """Run one test; raises Failure."""
    _RUN[test.kind](client, folder, test)


def _evaluate_query(client: Client, folder: Path, test: Test) -> None:
    fill(client, folder, test.data)
    ending = Path(test.result).suffix
    accept = _ACCEPT.get(ending, f"{NT}, application/sparql-results+json")
    answer = client.send("POST", "/sparql", _text(folder, test), {"content-type": QUERY, "accept": accept})
    if answer.status != 200:
        raise Failure(_told(answer))
    expected = read(folder, test.result)
    if ending == ".csv":
        if sorted(answer.body.split(b"\r\n")) != sorted(expected.replace(b"\r\n", b"\n").split(b"\n")):
            raise Failure("other rows")
    elif ending in _RESULTS:
        _compare_results(answer, expected, _RESULTS[ending])
    else:
        _compare_graph(answer, test, expected)


def _compare_results(answer: Answer, expected: bytes, format: ox.QueryResultsFormat) -> None:
    sought = ox.parse_query_results(expected, format=format)
    found = ox.parse_query_results(answer.body, format=format)
    if isinstance(sought, ox.QueryBoolean) or isinstance(found, ox.QueryBoolean):
        if not (isinstance(sought, type(found)) and bool(sought) == bool(found)):
            raise Failure("another answer")
        return
    variables = [{each.value for each in solutions.variables} for solutions in (sought, found)]
    if variables[0] != variables[1]:
        raise Failure(f"other variables: {sorted(variables[1])}")
    if not comparing.same_rows(comparing.rows_of(sought), comparing.rows_of(found)):
        raise Failure("other rows")


def _compare_graph(answer: Answer, test: Test, expected: bytes) -> None:
    format = ox.RdfFormat.RDF_XML if test.result.endswith(".rdf") else ox.RdfFormat.TURTLE
    sought = list(ox.parse(expected, format=format, base_iri=test.result))
    rows = comparing.rows_of_graph(sought)
    if rows is not None:
        found = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
        if not isinstance(found, ox.QuerySolutions) or not comparing.same_rows(rows, comparing.rows_of(found)):
            raise Failure("other rows")
    elif not comparing.same_graphs(sought, ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES)):
        raise Failure("another graph")


def _evaluate_update(client: Client, folder: Path, test: Test) -> None:
    fill(client, folder, test.data)
    answer = client.send("POST", "/sparql", _text(folder, test), {"content-type": UPDATE})
    if answer.status != 204:
        raise Failure(_told(answer))
    sought = [quad for graph, file in _graphs(test.after) for quad in _quads(folder, graph, file)]
    if not comparing.same_graphs(sought, _dump(client)):
        raise Failure("another state of the store")


def _dump(client: Client) -> list[ox.Quad]:
    """All that the store holds, by the Graph Store Protocol."""
    accept = {"content-type": QUERY, "accept": "application/sparql-results+json"}
    listed = client.send("POST", "/sparql", b"SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", accept)
    solutions = ox.parse_query_results(listed.body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(solutions, ox.QuerySolutions)
    found = list(
        ox.parse(client.send("GET", "/store?default", headers={"accept": NT}).body, format=ox.RdfFormat.N_TRIPLES)
    )
    for name in [solution["g"] for solution in solutions]:
        assert isinstance(name, ox.NamedNode)
        data = client.send("GET", f"/store?graph={quote(name.value, safe='')}", headers={"accept": NT}).body
        parsed = ox.parse(data, format=ox.RdfFormat.N_TRIPLES)
        found += [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in parsed]
    return found


def _syntax(client: Client, folder: Path, test: Test) -> None:
    update = "Update" in test.kind or test.text.endswith(".ru")
    client.send("POST", "/sparql", b"DROP ALL", {"content-type": UPDATE})
    answer = client.send("POST", "/sparql", read(folder, test.text), {"content-type": UPDATE if update else QUERY})
    if test.kind.startswith("Positive") and answer.status not in (200, 204, FAILED):
        raise Failure(_told(answer))
    if test.kind.startswith("Negative") and answer.status != MALFORMED:
        raise Failure(f"accepted with {answer.status}")


def fill(client: Client, folder: Path, data: Dataset) -> None:
    """Empty the store and put a dataset into it."""
    client.send("POST", "/sparql", b"DROP ALL", {"content-type": UPDATE})
    for graph, file in _graphs(data):
        triples = [quad.triple for quad in _quads(folder, graph, file)]
        body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        target = f"graph={quote(graph, safe='')}" if graph else "default"
        answer = client.send("POST", f"/store?{target}", body, {"content-type": NT})
        if answer.status not in (201, 204):
            raise Failure(f"its data: {_told(answer)}")


def _graphs(data: Dataset) -> list[tuple[str, str]]:
    """The files of a dataset with their graphs; the default graph is empty."""
    return [*(("", file) for file in data.default), *data.named]


def _quads(folder: Path, graph: str, file: str) -> list[ox.Quad]:
    format = ox.RdfFormat.from_extension(file.rpartition(".")[2])
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    parsed = ox.parse(read(folder, file), format=format, base_iri=file)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in parsed]


def _text(folder: Path, test: Test) -> bytes:
    """The query or update of a test, relative IRIs against its own address."""
    return f"BASE <{test.text}>\n".encode() + read(folder, test.text)


def _told(answer: Answer) -> str:
    return f"status {answer.status}: {answer.body[:200].decode(errors='replace')}"


_RUN = {
    "QueryEvaluationTest": _evaluate_query,
    "CSVResultFormatTest": _evaluate_query,
    "UpdateEvaluationTest": _evaluate_update,
    "PositiveSyntaxTest11": _syntax,
    "NegativeSyntaxTest11": _syntax,
    "PositiveUpdateSyntaxTest11": _syntax,
    "NegativeUpdateSyntaxTest11": _syntax,
}
