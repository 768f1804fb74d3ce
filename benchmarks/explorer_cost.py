"""What the explorer costs on a large graph: python -m benchmarks.explorer_cost [--quads N] [--home DIR] [--runs N] [--json]

A graph of N quads, made by benchmarks.corpus, with all that a build concludes. (a) Reruns: each page, open in Chromium, is run again
and again at one address, from the key that asks for it until it stands; between them an empty page of Streamlit, which holds one
heading, is run again, so that both meet the same load; the median of what a run takes in runs of the empty page beside it. The
target: at most three. (b) Queries: what a page, or a further view of one, asks when it is first drawn, each by itself, in seconds
of the processor, which this process alone used: what else runs does not count; the median. The target: at most 300 ms. Of the
slowest: what each pattern has to join (benchmarks.query_patterns). (c) Ten sessions at once: all pages answer; how much memory the
server then holds, and for each session. Needs what `make install-dev` installs, and Chromium.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox

from benchmarks import corpus
from benchmarks.query_patterns import patterns
from benchmarks.streamlit_server import resident, served
from kg import copies, ledger, links, reason, treaties
from kg.explorer.pages import PLACES
from kg.namespaces import INFERRED_GRAPH, PREFIXES
from kg.settings import ROOT, settings
from kg.store import Home

RERUN, QUERY = 3.0, 0.3
"""The targets: a warm rerun in empty pages; seconds of a query."""
QUERIED = "SELECT ?treaty ?day { ?treaty a ac:Treaty ; ac:signedOn ?day } ORDER BY ?day LIMIT 50"
PAGES = tuple(place.name for place in PLACES)
SLOWEST = 5
SESSIONS = 10
EMPTY = 'import streamlit as st\n\nst.title("Empty")\n'
STANDS = "[data-testid=stApp][data-test-script-state=notRunning]"
WATCH = """() => { const app = document.querySelector('[data-testid=stApp]'); window.seen = [];
  new MutationObserver(() => window.seen.push(performance.now())).observe(app, {attributes: true}); }"""
STOOD = """() => window.seen.length > 1 && performance.now() - window.seen.at(-1) > 400
  && document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"""
"""Whether a script has begun, and come to its end a moment ago."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; gives 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.explorer_cost", description=__doc__)
    parser.add_argument("--quads", type=int, default=1_000_000, help="size of the graph")
    parser.add_argument("--home", type=Path, help="a home with a graph, in place of one that is made")
    parser.add_argument("--runs", type=int, default=5, help="runs, of which the median counts")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parsed = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(parsed.home or made(Path(folder), parsed.quads), Path(folder), parsed.runs)
    print(json.dumps(figures, default=asdict) if parsed.json else in_words(figures))
    met = max(figures["reruns"].values()) <= RERUN and max(each["seconds"] for each in figures["slowest"]) <= QUERY
    return 0 if met else 1


def made(folder: Path, size: int) -> Path:
    """A home with so many quads of ontology, reference data and documents, and with what follows from them."""
    file = folder / "corpus.nq"
    with file.open("wb") as target:
        ox.serialize(corpus.quads(size, inferred=False), target, ox.RdfFormat.N_QUADS)
    with Home(folder / "home").write() as draft:
        draft.load(file)
        alike, linked = list(copies.copy_quads(draft.store)), list(links.quads(draft.store))
        told = list(ledger.quads(draft.store, alike, linked))
        computed = [*treaties.status_quads(draft.store), *alike, *linked]
        inferred = reason.infer(draft.store, settings().ontology / "rules", computed)
        draft.replace_graph(INFERRED_GRAPH, [*inferred, *told])
    return folder / "home"


def measure(home: Path, folder: Path, runs: int) -> dict[str, Any]:
    """Reruns as multiples of an empty page's, the slowest queries with their pages, and what ten sessions took."""
    os.environ["KG_HOME"] = str(home)
    settings.cache_clear()
    from kg.explorer.graph import current

    graph = current()
    addresses = _addresses(graph)
    quads = graph.view.manifest["quads"]
    reruns, empty, held = _in_chromium(addresses, folder, runs)
    openings, slowest = _slowest(graph, addresses, runs)
    return {"quads": quads, "empty": empty, "reruns": reruns, **held, "openings": openings, "slowest": slowest}


def _addresses(graph: Any) -> dict[str, dict[str, str]]:
    """The busiest state, an event and a document of it, and a query."""
    busiest = "SELECT ?state { ?event ac:involves ?state . ?state a ac:State } GROUP BY ?state ORDER BY DESC(COUNT(*)) LIMIT 1"
    state = next(iter(graph.store.query(busiest, prefixes=PREFIXES)))[0].value
    told = f"SELECT ?event ?document {{ ?event ac:involves <{state}> . ?claim ac:about ?event ; ac:inDocument ?document }} LIMIT 1"
    event, document = (term.value for term in next(iter(graph.store.query(told, prefixes=PREFIXES))))
    return {
        "entity": {"iri": state},
        "event": {"iri": event},
        "document": {"iri": document},
        "graph": {"root": state},
        "sparql": {"query": QUERIED},
    }


def _in_chromium(
    addresses: dict[str, dict[str, str]], folder: Path, runs: int
) -> tuple[dict[str, float], float, dict[str, float]]:
    """Each page's rerun in those of the empty page, seconds of that, and megabytes of the server: in all and for each session."""
    from playwright.sync_api import sync_playwright

    blank = folder / "empty.py"
    blank.write_text(EMPTY, encoding="utf-8")
    chromium = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright, served(blank) as (plain, _), served(ROOT / "explorer.py") as (place, server):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--headless=new", "--no-sandbox"])
        paths = [f"{place}/{'' if page == 'home' else page}?{urlencode(addresses.get(page, {}))}" for page in PAGES]
        empty = _opened(browser, plain)
        found = {page: _rerun(browser, path, empty, runs) for page, path in zip(PAGES, paths, strict=True)}
        empty.close()
        alone = resident(server)
        held = _sessions(browser, paths, server)
        browser.close()
    reruns = {page: ratio for page, (ratio, _) in found.items()}
    seconds = statistics.median(seconds for _, seconds in found.values())
    return reruns, seconds, {"megabytes": held, "session": (held - alone) / SESSIONS}


def _opened(browser: Any, address: str) -> Any:
    """A page that stands, and notes when its script runs."""
    page = browser.new_page()
    page.goto(address)
    page.locator("h1").first.wait_for(timeout=120_000)
    page.locator(STANDS).wait_for(timeout=120_000)
    page.wait_for_timeout(1500)
    page.evaluate(WATCH)
    return page


def _rerun(browser: Any, address: str, empty: Any, runs: int) -> tuple[float, float]:
    """The median of a page's runs in those of the empty page beside each, and the seconds of those."""
    page = _opened(browser, address)
    pairs = [(_once_more(page), _once_more(empty)) for _ in range(runs)]
    page.close()
    return statistics.median(one / other for one, other in pairs), statistics.median(other for _, other in pairs)


def _once_more(page: Any) -> float:
    """Seconds from the key that runs a page again until it stands."""
    page.bring_to_front()
    page.evaluate("window.seen = []; window.begun = performance.now()")
    page.keyboard.press("r")
    page.wait_for_function(STOOD, timeout=60_000)
    seconds: float = page.evaluate("(window.seen.at(-1) - window.begun) / 1000")
    return seconds


def _sessions(browser: Any, addresses: Sequence[str], server: int) -> float:
    """Megabytes that the server holds while ten sessions are open, which were opened at once; each page must answer."""
    contexts = [browser.new_context() for _ in range(SESSIONS)]
    pages = [context.new_page() for context in contexts]
    for first in range(0, len(addresses), SESSIONS):
        chosen = list(zip(pages, addresses[first : first + SESSIONS], strict=False))
        for page, address in chosen:
            page.goto(address, wait_until="commit")
        for page, _ in chosen:
            page.locator("h1").first.wait_for(timeout=120_000)
            page.locator(STANDS).wait_for(timeout=120_000)
    held = resident(server)
    for context in contexts:
        context.close()
    return held


class _Timed:
    """A store that notes how long each query of a page takes when it is first asked."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.page = ""
        self.asked: dict[str, tuple[str, float]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def query(self, text: str, **options: Any) -> Any:
        start = time.process_time()
        found = self._store.query(text, **options)
        if isinstance(found, ox.QuerySolutions):
            collections.deque(found, maxlen=0)
            self.asked.setdefault(text, (self.page, time.process_time() - start))
            return self._store.query(text, **options)
        return found


def _slowest(
    graph: Any, addresses: dict[str, dict[str, str]], runs: int
) -> tuple[dict[str, float], list[dict[str, Any]]]:
    """Seconds of the processor in which each view is drawn first; of all queries that they then ask those that take longest."""
    plain = graph.store
    graph.store = timed = _Timed(plain)
    openings = {}
    for name, page, address in _views(addresses):
        timed.page, start = name, time.process_time()
        _visit(page, address)
        openings[name] = time.process_time() - start
    graph.store = plain
    found = []
    for text, (where, first) in sorted(timed.asked.items(), key=lambda each: -each[1][1])[: 3 * SLOWEST]:
        seconds = [first, *(_once(graph, text) for _ in range(runs - 1))]
        found.append({"page": where, "seconds": statistics.median(seconds), "query": text})
    slowest = sorted(found, key=lambda each: -float(str(each["seconds"])))[:SLOWEST]
    return openings, [{**each, "groups": patterns(graph.store, str(each["query"]))} for each in slowest]


def _views(addresses: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The pages as they open, then further views of some: a name, the page, its address."""
    for page in PAGES:
        yield page, page, addresses.get(page, {})
    state = addresses["entity"]["iri"]
    yield "positions", "contradictions", {"view": "positions", "by": state}
    yield "chains", "contradictions", {"view": "chains"}
    yield "chains of one", "contradictions", {"view": "chains", "involving": state}
    yield "parties", "map", {"measure": "party"}
    yield "one state", "browse", {"state": state}
    yield "its years", "timeline", {"with": state}


def _once(graph: Any, text: str) -> float:
    start = time.process_time()
    list(graph.store.query(text, prefixes=PREFIXES))
    return time.process_time() - start


def _visit(page: str, address: dict[str, str]) -> None:
    """Draw a page without a browser; raises RuntimeError where it fails."""
    from streamlit.testing.v1 import AppTest

    test = AppTest.from_function(_draw, args=(page,), default_timeout=120)
    for name, value in address.items():
        test.query_params[name] = value
    test.run()
    if test.exception:
        raise RuntimeError(f"{page}: {test.exception}")


def _draw(page: str) -> None:
    from kg.explorer.pages import BY_NAME

    BY_NAME[page].draw()


def in_words(figures: dict[str, Any]) -> str:
    """The figures as a table."""
    lines = [f"{figures['quads']:,} quads; an empty page is run again in {figures['empty'] * 1000:.0f} ms"]
    lines += [f"{page:<12} {ratio:5.1f} empty pages" for page, ratio in figures["reruns"].items()]
    lines.append(f"(target: at most {RERUN:.0f}); the server with ten sessions: {figures['megabytes']:.0f} MB,")
    lines.append(f"{figures['session']:.1f} MB more for each than without")
    slowest = sorted(figures["openings"].items(), key=lambda each: -each[1])[:SLOWEST]
    told = ", ".join(f"{name} {seconds:.1f}" for name, seconds in slowest)
    lines.append(f"seconds of the processor in which a view is drawn first, the longest: {told}")
    lines.append(f"the slowest queries (target: at most {QUERY * 1000:.0f} ms):")
    for each in figures["slowest"]:
        lines.append(f"{each['page']:<12} {each['seconds'] * 1000:6.0f} ms  {' '.join(each['query'].split())[:90]}")
        for group in each["groups"]:
            lines.append(f"{'':<12} triples that fit, rows left")
            lines += [f"{'':<12} {one.triples:9,} {one.rows:9,}  {one.text}" for one in group]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
