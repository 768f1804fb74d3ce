"""How quick the service is, beside the engine's own server and an endpoint on rdflib, in one run on the same data.

    python -m benchmarks.endpoint [HOME] [--rounds N]     HOME: a graph; without it the reference data and the ontology alone

The queries are the saved questions with their defaults, and a few that every endpoint is asked: a yes or no, a name, an aggregate, a
join, a search, a thousand rows. Servers take turns, query by query, over connections that stay open. Read ratios, not times.
The endpoint on rdflib is asked the aggregates and joins only, always over the reference data and the ontology, and gives up on a query
after 20 seconds, which then count.
"""

from __future__ import annotations

import argparse
import http.client
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from benchmarks.w3c.service import FORM
from kg import reason, reference
from kg.namespaces import ONTOLOGY_GRAPH, PREFIXES, REFERENCE_GRAPH
from kg.query import Names, bind, questions
from kg.settings import settings
from kg.store import Home

IDLE_SECONDS = 2.0
TARGET, RDFLIB_TARGET = 1.5, 4.0
RDFLIB_SECONDS = 20
RDFLIB_ROUNDS = 2
PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
COMMON = {
    "ask": "ASK {}",
    "name": "SELECT ?name { <https://w3id.org/arms-control/id/state/RUS> skos:prefLabel ?name }",
    "search": 'SELECT ?s ?name { ?s skos:altLabel ?name FILTER(CONTAINS(LCASE(?name), "missile")) }',
    "thousand-rows": "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 1000",
}
ANALYSIS = {
    "count-by-class": "SELECT ?class (COUNT(?s) AS ?n) { ?s a ?class } GROUP BY ?class ORDER BY DESC(?n)",
    "acts-by-state": "SELECT ?state (COUNT(?act) AS ?n) { ?act ac:agent ?state ; ac:treaty ?t } GROUP BY ?state "
    "ORDER BY DESC(?n)",
    "withdrawals": "SELECT ?state ?treaty ?day { ?act a ac:Withdrawal ; ac:agent/skos:prefLabel ?state ; "
    'ac:treaty/skos:prefLabel ?treaty ; ac:earliest ?day FILTER(LANG(?state) = "fr" && LANG(?treaty) = "fr") } ORDER BY ?day',
    "co-parties": "SELECT ?a (COUNT(DISTINCT ?b) AS ?n) { ?t a ac:Treaty . ?x ac:treaty ?t ; ac:agent ?a ; a ac:Withdrawal . "
    "?y ac:treaty ?t ; ac:agent ?b ; a ac:Ratification } GROUP BY ?a ORDER BY DESC(?n)",
}


class Server:
    """One endpoint, over a connection that stays open."""

    def __init__(self, port: int, path: str, *, gives_up: bool = False) -> None:
        """gives_up: whether 503 is an answer of which the time counts."""
        self._gives_up = gives_up
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        self._path = path
        self._used = 0.0

    def seconds(self, text: str) -> float:
        """How long one query takes; raises RuntimeError where it is not answered."""
        body = urlencode({"query": PROLOGUE + text})
        if time.monotonic() - self._used > IDLE_SECONDS:  # the server may have closed it
            self._connection.close()
            self._connection.connect()
        begin = time.perf_counter()
        headers = {"content-type": FORM, "accept": "application/sparql-results+json"}
        self._connection.request("POST", self._path, body, headers)
        response = self._connection.getresponse()
        data = response.read()
        if response.status != 200 and not (response.status == 503 and self._gives_up):
            raise RuntimeError(f"{response.status} {data[:300]!r}")
        self._used = time.monotonic()
        return time.perf_counter() - begin


def asked(store: ox.Store) -> dict[str, str]:
    """The saved questions with their defaults, by name."""
    names = Names(store)
    known = questions(settings().ontology / "queries" / "competency")
    return {name: bind(question, {}, names) for name, question in known.items()}


def measured(
    servers: Mapping[str, Server], queries: Mapping[str, str], rounds: int
) -> dict[str, dict[str, list[float]]]:
    """Seconds by query and server; the first round warms up and does not count."""
    found: dict[str, dict[str, list[float]]] = {name: {each: [] for each in servers} for name in queries}
    for number in range(rounds + 1):
        for name, text in queries.items():
            for each, server in servers.items():
                seconds = server.seconds(text)
                if number:
                    found[name][each].append(seconds)
    return found


def report(found: Mapping[str, Mapping[str, list[float]]], other: str, target: float) -> float:
    """Print the medians of each query and the ratio of the medians of all requests; gives that ratio."""
    print(f"{'query':<34} {'kg serve':>10} {other:>16} {'ratio':>7}   (medians, ms)")
    for name, times in found.items():
        ours, theirs = (statistics.median(times[each]) * 1000 for each in ("kg", other))
        print(f"{name:<34} {ours:>10.2f} {theirs:>16.2f} {ours / theirs:>7.2f}")
    ours, theirs = (statistics.median(x for times in found.values() for x in times[each]) for each in ("kg", other))
    goal = f"at most {target}" if target > 1 and other == "oxigraph" else f"at most {1 / target:g}"
    print(f"{'all requests':<34} {ours * 1000:>10.2f} {theirs * 1000:>16.2f} {ours / theirs:>7.2f}   (target: {goal})")
    return ours / theirs


@contextmanager
def program(*command: str, port: int, seconds: float = 60) -> Iterator[None]:
    """A server as a program of its own, once it answers; it may take so many seconds to start."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            end = time.monotonic() + seconds
            while process.poll() is None and time.monotonic() < end:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def reference_alone(folder: Path) -> Home:
    """A graph of the reference data and the ontology."""
    home = Home(folder / "home")
    with home.write() as draft:
        draft.replace_graph(ONTOLOGY_GRAPH, reason.ontology_quads(settings().ontology))
        draft.replace_graph(REFERENCE_GRAPH, reference.quads(settings().seeds / "reference"))
    return home


def main(arguments: list[str]) -> int:
    """Measure and say what was found; the exit code is 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.endpoint")
    parser.add_argument("home", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        small = reference_alone(Path(folder))
        ratio = beside_the_engine(Home(given.home) if given.home else small, given.rounds)
        print()
        rdflib_ratio = beside_rdflib(small, Path(folder))
    return 0 if ratio <= TARGET and rdflib_ratio <= 1 / RDFLIB_TARGET else 1


def beside_the_engine(home: Home, rounds: int) -> float:
    """Compare the service with the engine's own server; gives the ratio of the medians."""
    snapshot = home.current()
    print(f"{snapshot.manifest['triples']:,} triples in the default graph, {rounds} rounds in turn")
    with ExitStack() as stack:
        ours, theirs = stack.enter_context(served(home)), free_port()
        engine = str(Path(sys.executable).parent / "oxigraph")
        place = ("--location", str(snapshot.path / "store"), "--bind", f"127.0.0.1:{theirs}")
        stack.enter_context(program(engine, "serve-read-only", *place, port=theirs))
        servers = {"kg": Server(ours, "/sparql"), "oxigraph": Server(theirs, "/query")}
        return report(measured(servers, {**COMMON, **ANALYSIS, **asked(snapshot.store)}, rounds), "oxigraph", TARGET)


def beside_rdflib(home: Home, folder: Path) -> float:
    """Compare the service with an endpoint on rdflib; gives the ratio of the medians."""
    snapshot = home.current()
    file = folder / "default.nt"
    snapshot.store.dump(str(file), ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    print(
        f"{snapshot.manifest['triples']:,} triples, {RDFLIB_ROUNDS} rounds in turn, at most {RDFLIB_SECONDS} s a query"
    )
    with ExitStack() as stack:
        ours, theirs = stack.enter_context(served(home)), free_port()
        slow = (sys.executable, "-m", "benchmarks.rdflib_endpoint", str(file), str(theirs), str(RDFLIB_SECONDS))
        stack.enter_context(program(*slow, port=theirs, seconds=300))
        servers = {"kg": Server(ours, "/sparql"), "rdflib": Server(theirs, "/sparql", gives_up=True)}
        return report(measured(servers, ANALYSIS, RDFLIB_ROUNDS), "rdflib", RDFLIB_TARGET)


@contextmanager
def served(home: Home) -> Iterator[int]:
    """The port at which kg serve answers over the home."""
    port = free_port()
    command = (sys.executable, "-m", "kg.cli", "serve", "--home", str(home.path), "--port", str(port))
    with program(*command, port=port):
        yield port


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
