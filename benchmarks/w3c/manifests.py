"""The manifests of the suites, as records. Their vocabulary is that of the suites' own README (W3C, 2013)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
"""What the addresses of the suites' files begin with; the files are read from disk."""
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True)
class Dataset:
    """The files of a dataset: those of the default graph, and those of named graphs by the graph's name."""

    default: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Request:
    """One HTTP request of a protocol test, and what must come back."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statuses: tuple[str, ...]
    boolean: bool | None
    format: str
    location: str
    expected: tuple[str, bytes] | None
    """Media type and body of a graph that must come back."""


@dataclass(frozen=True)
class Test:
    """One test of a suite."""

    name: str
    """Folder and identifier: aggregates/agg01."""
    kind: str
    """The class of the test, without its namespace."""
    text: str = ""
    """The address of the query or update."""
    data: Dataset = field(default_factory=Dataset)
    result: str = ""
    after: Dataset = field(default_factory=Dataset)
    requests: tuple[Request, ...] = ()


def tests(folder: Path, manifest: str) -> Iterator[Test]:
    """The tests of a manifest below the folder, and of those that it includes, in their order."""
    reader = _Reader(folder, manifest)
    for included in reader.items(reader.root, MF + "include"):
        yield from tests(folder, included.value.removeprefix(BASE))
    for entry in reader.items(reader.root, MF + "entries"):
        yield reader.test(entry)


def read(folder: Path, address: str) -> bytes:
    """A file of the suites."""
    return (folder / address.removeprefix(BASE)).read_bytes()


class _Reader:
    """One manifest as a graph."""

    def __init__(self, folder: Path, manifest: str) -> None:
        self._store = ox.Store()
        self._folder = Path(manifest).parent
        address = BASE + manifest
        self._store.load((folder / manifest).read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=address)
        self.root = ox.NamedNode(address)

    def all(self, node: Node, predicate: str) -> list[Node]:
        """All values of a property."""
        if isinstance(node, ox.Literal | ox.Triple):
            return []
        return [quad.object for quad in self._store.quads_for_pattern(node, ox.NamedNode(predicate), None)]

    def one(self, node: Node, predicate: str) -> Node | None:
        """The value of a property, if it has one."""
        return next(iter(self.all(node, predicate)), None)

    def text(self, node: Node, predicate: str) -> str:
        """The value of a property as text, empty where it has none."""
        value = self.one(node, predicate)
        return value.value if isinstance(value, ox.NamedNode | ox.Literal) else ""

    def items(self, node: Node, predicate: str) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """The members of the list that a property leads to."""
        cell = self.one(node, predicate)
        while isinstance(cell, ox.NamedNode | ox.BlankNode) and (first := self.one(cell, RDF + "first")) is not None:
            if isinstance(first, ox.NamedNode | ox.BlankNode):
                yield first
            cell = self.one(cell, RDF + "rest")

    def test(self, entry: ox.NamedNode | ox.BlankNode) -> Test:
        """One entry."""
        name = f"{self._folder.as_posix()}/{entry.value.rpartition('#')[2]}"
        kind = self.text(entry, RDF + "type").rpartition("#")[2]
        action, result = self.one(entry, MF + "action"), self.one(entry, MF + "result")
        if action is None:
            return Test(name, kind)
        if isinstance(action, ox.NamedNode):
            return Test(name, kind, text=action.value)
        return Test(
            name,
            kind,
            text=self.text(action, QT + "query") or self.text(action, UT + "request"),
            data=self._dataset(action, entry),
            result=result.value if isinstance(result, ox.NamedNode) else "",
            after=self._dataset(result) if isinstance(result, ox.BlankNode) else Dataset(),
            requests=tuple(self._request(each) for each in self.items(action, HT + "requests")),
        )

    def _dataset(self, *nodes: Node) -> Dataset:
        default, named = [], []
        for node in nodes:
            for space in (QT, UT):
                default += [each.value for each in self.all(node, space + "data") if isinstance(each, ox.NamedNode)]
                for each in self.all(node, space + "graphData"):
                    if isinstance(each, ox.NamedNode):
                        named.append((each.value, each.value))
                    else:
                        named.append((self.text(each, RDFS + "label"), self.text(each, UT + "graph")))
        return Dataset(tuple(default), tuple(named))

    def _request(self, node: ox.NamedNode | ox.BlankNode) -> Request:
        response = self.one(node, HT + "resp") or node
        headers = self._headers(response)
        expected = self._body(response) if self.one(response, HT + "body") is not None else None
        boolean = self.text(response, MF + "expectedBoolean")
        return Request(
            method=self.text(node, HT + "methodName"),
            path=self.text(node, HT + "absolutePath"),
            headers=self._headers(node),
            body=self._body(node),
            statuses=tuple(_name(each) for each in self.all(response, MF + "expectedStatus")),
            boolean=None if not boolean else boolean == "true",
            format=self.text(response, MF + "expectedFormat"),
            location=self.text(response, MF + "expectedLocation"),
            expected=(dict(headers)["content-type"].partition(";")[0], expected) if expected is not None else None,
        )

    def _headers(self, node: Node) -> tuple[tuple[str, str], ...]:
        found = self.items(node, HT + "headers")
        return tuple((self.text(each, HT + "fieldName").lower(), self.text(each, HT + "fieldValue")) for each in found)

    def _body(self, node: Node) -> bytes:
        body = self.one(node, HT + "body")
        if body is None:
            return b""
        return self.text(body, CNT + "chars").encode(self.text(body, CNT + "characterEncoding") or "utf-8")


def _name(node: Node) -> str:
    return node.value.rpartition("#")[2] if isinstance(node, ox.NamedNode) else ""
