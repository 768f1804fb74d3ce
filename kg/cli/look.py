"""kg status, kg check, kg export."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.console import Bars, say, say_json
from kg.cli.options import HomeOption, JsonOption, home_of, require_home, view_of
from kg.errors import StoreError
from kg.namespaces import ACR, DECISIONS_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH, REFERENCE_GRAPH
from kg.settings import settings
from kg.store import Home, Snapshot
from kg.store import export as write_graph

if TYPE_CHECKING:
    from kg.query import View
    from kg.reason import Contradiction
    from kg.validate import Finding

LAYERS = {
    DECISIONS_GRAPH: "decisions",
    INFERRED_GRAPH: "inferred",
    ONTOLOGY_GRAPH: "ontology",
    REFERENCE_GRAPH: "reference",
}


def status(
    context: typer.Context,
    documents: Annotated[bool, typer.Option("--documents", help="List the documents as well.")] = False,
    run: Annotated[bool, typer.Option("--run", help="Show instead what the run that made the graph did.")] = False,
    snapshots: Annotated[bool, typer.Option("--snapshots", help="List the snapshots that are kept as well.")] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Say what the graph holds and what it was made with."""
    if snapshots or run:
        require_home(context, home, f"Leave {'--run' if run else '--snapshots'} out.")
    if run:
        _tell_run(Home(home_of(context, home)).current(), json)
        return
    view = view_of(context, home)
    if json:
        say_json({**view.place, **view.manifest})
        return
    _tell_status(view)
    if documents:
        for each in view.manifest["documents"]:
            say(f"{each['identifier']}\t{each['source']}")
    if snapshots:
        place = Home(home_of(context, home))
        for name in place.names():
            say(_kept(place.snapshot(name), name == view.manifest["name"]))


def _tell_run(snapshot: Snapshot, as_json: bool) -> None:
    """The report of the run that made a snapshot."""
    from kg.report import Report, read_report

    report: Report | None = read_report(snapshot.path)
    if as_json:
        say_json(report.as_dict() if report else None)
    elif report is None:
        say(f"No run of kg build, kg add or kg forget made the snapshot {snapshot.name}.")
    else:
        for name, value in report.rows():
            say(f"{name:<40} {value:>12}")


def _kept(snapshot: Snapshot, is_current: bool) -> str:
    """A snapshot that is kept, in one line: name, documents, quads, the beginning of its hash."""
    try:
        manifest = snapshot.manifest
    except StoreError as error:
        return f"{snapshot.name}\t{error.problem}"
    counts = f"{len(manifest['documents']):,} documents\t{manifest['quads']:,} quads"
    mark = "\tcurrent" if is_current else ""
    return f"{snapshot.name}\t{counts}\t{manifest.get('hash', '')[:16]}{mark}"


def _tell_status(view: View) -> None:
    manifest = view.manifest
    where, place = next(iter(view.place.items()))
    made = f", made {datetime.fromisoformat(manifest['created']):%Y-%m-%d %H:%M} UTC" if manifest["created"] else ""
    rows = {
        where: str(place),
        "snapshot": f"{manifest['name'] or 'not told'}{made}",
        "documents": f"{len(manifest['documents']):,}{_outdated(manifest)}",
        "quads": f"{manifest['quads']:,} in {len(manifest['graphs']):,} named graphs: {_layers(manifest)}",
        "triples": f"{manifest['triples']:,} different ones, in the default graph",
        "hash": manifest.get("hash", "none: made by an older program")[:40],
        **{name: version[:40] for name, version in manifest["versions"].items() if version},
    }
    for name, value in rows.items():
        say(f"{name:<10} {value}")


def _layers(manifest: dict[str, Any]) -> str:
    """How the quads divide."""
    sums: dict[str, int] = {}
    for graph, count in manifest["graphs"].items():
        layer = LAYERS.get(graph, "documents" if graph.startswith(ACR + "document/") else "others")
        sums[layer] = sums.get(layer, 0) + count
    return ", ".join(f"{layer} {count:,}" for layer, count in sums.items())


def _outdated(manifest: dict[str, Any]) -> str:
    """How many documents were read with other data or another program than the newest."""
    from kg.versions import reader

    newest = reader(manifest["versions"])
    count = sum(each.get("read_with", newest) != newest for each in manifest["documents"])
    return f", {count:,} of them read with older data: kg build reads all anew" if count else ""


def check(
    context: typer.Context,
    owl: Annotated[
        bool,
        typer.Option("--owl", help="Also let HermiT prove ontology and reference data consistent (seconds)."),
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Check the graph by shapes, which say what each class of thing must have, and by queries for what is wrong.

    Each finding names where it comes from and what to do. Exit code 1 where there are errors.
    """
    from kg.placing import placed
    from kg.validate import Shapes, run_checks

    view = view_of(context, home)
    view.require_checkable()
    ontology, version = settings().ontology, view.manifest["versions"].get("reference", "")
    found = [*Shapes(ontology).validate(view.store), *run_checks(view.store, ontology / "queries" / "checks")]
    findings = placed(found, view.store, settings().seeds / "reference", version)
    contradictions = _contradictions(view) if owl else []
    errors = sum(finding.severity == "error" for finding in findings) + len(contradictions)
    if json:
        told = [asdict(each) for each in findings]
        say_json({"findings": told, "contradictions": [asdict(each) for each in contradictions]})
    else:
        _tell_findings(findings, contradictions, errors)
    if errors:
        raise typer.Exit(1)


def _contradictions(view: View) -> list[Contradiction]:
    """What HermiT finds contradictory in the ontology and the reference data."""
    import pyoxigraph as ox

    from kg.reason import consistency

    with Bars() as bars:
        bars.stage("owl")
        reference = view.store.quads_for_pattern(None, None, None, ox.NamedNode(REFERENCE_GRAPH))
        return consistency(settings().ontology, reference)


def _tell_findings(findings: list[Finding], contradictions: list[Contradiction], errors: int) -> None:
    """The findings as a table, errors first, and how many there are."""
    rows = [(each.severity, each.check, each.place, each.problem, each.remedy) for each in findings]
    rows += [("error", "owl", "", str(each), "Correct one of the facts, or the axiom.") for each in contradictions]
    if rows:
        say(_table(("severity", "check", "where", "problem", "remedy"), sorted(rows)))
    warnings = len(findings) + len(contradictions) - errors
    say(f"{errors} error{'' if errors == 1 else 's'}, {warnings} warning{'' if warnings == 1 else 's'}.")


def _table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Rows of text under their heads, each column as wide as its widest cell."""
    from rich.cells import cell_len

    plain = [tuple(" ".join(cell.split()) for cell in row) for row in (columns, *rows)]
    widths = [max(map(cell_len, column)) for column in zip(*plain, strict=True)]
    lines = [[cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)] for row in plain]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join("  ".join(line).rstrip() for line in lines)


def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Its ending says the format.")],
    home: HomeOption = None,
) -> None:
    """Write the graph to a file: .nq .trig .jsonld with all named graphs, .nt .ttl .rdf the union of them.

    Equal graphs give equal files; .nq and .nt are sorted line by line.
    """
    write_graph(view_of(context, home).store, file)
