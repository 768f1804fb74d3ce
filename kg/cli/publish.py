"""kg publish: the graph sent to a SPARQL server."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import Bars, say, say_json
from kg.cli.options import HomeOption, JsonOption, home_of
from kg.settings import settings
from kg.store import Home

if TYPE_CHECKING:
    from kg.remote import Outcome, Plan, Report


def publish(
    context: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be sent and removed, and do nothing.")
    ] = False,
    compare: Annotated[
        bool,
        typer.Option(
            "--compare", help="Send nothing: ask all saved questions here and there, and compare the answers."
        ),
    ] = False,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Send the graph to the SPARQL server at KG_STORE: only what changed, graph by graph, removing what is gone.

    Interrupted, it goes on where it stopped when it is called again. Graphs that it did not send are neither replaced nor removed.
    KG_STORE_KIND says which server it is where the address does not tell; KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN, let
    it write there. With --compare, exit code 1 says that an answer differs.
    """
    from kg.opening import open_connection
    from kg.remote import plan
    from kg.remote import publish as send

    connection, place = open_connection(), Home(home_of(context, home))
    if compare:
        _compare(place, json)
        return
    todo = plan(place, connection)
    if dry_run:
        _tell_plan(todo, json)
        return
    with Bars() as bars:
        report = send(todo, connection, bars)
    _tell(report, connection.server.query, json)


def _compare(home: Home, as_json: bool) -> None:
    """Compare the answers; exits with 1 where one differs."""
    from kg.opening import open_connection
    from kg.query import questions
    from kg.remote import RemoteView, compare

    snapshot, view = home.current(), RemoteView(open_connection())
    known = questions(settings().ontology / "queries" / "competency")
    with Bars() as bars:
        bars.stage("compare", len(known))
        outcomes = []
        for outcome in compare(snapshot.store, view.store, known):
            outcomes.append(outcome)
            bars.advance()
    same_graph = view.manifest.get("hash") == snapshot.manifest.get("hash")
    if as_json:
        say_json({"same_graph": same_graph, "questions": [asdict(each) | {"same": each.same} for each in outcomes]})
    else:
        _tell_outcomes(outcomes, same_graph)
    if not all(each.same for each in outcomes):
        raise typer.Exit(1)


def _tell_outcomes(outcomes: list[Outcome], same_graph: bool) -> None:
    from statistics import median

    if not same_graph:
        say("The store holds another graph than the home: kg publish sends this one.")
    for each in outcomes:
        if each.error:
            say(f"{each.question}: not answered. {each.error}")
        elif not each.same:
            say(
                f"{each.question}: {each.only_here} rows only here, {each.only_there} only there, such as {each.example}"
            )
    same = sum(each.same for each in outcomes)
    here, there = (median(getattr(each, name) for each in outcomes) for name in ("here_ms", "there_ms"))
    say(f"{same} of {len(outcomes)} questions have the same rows; median {here:.1f} ms here, {there:.1f} ms there.")


def _tell_plan(todo: Plan, as_json: bool) -> None:
    union = "unchanged" if todo.done else "changed" if todo.base else "sent"
    if as_json:
        say_json(
            {
                "snapshot": todo.snapshot.name,
                "send": todo.send,
                "remove": todo.remove,
                "same": todo.same,
                "union": union,
            }
        )
        return
    for graph, triples in todo.send.items():
        say(f"send    {graph}  {triples:,} triples")
    for graph in todo.remove:
        say(f"remove  {graph}")
    say(
        f"{_graphs(len(todo.send))} to send, {len(todo.remove):,} to remove, {todo.same:,} there already; union {union}."
    )


def _tell(report: Report, address: str, as_json: bool) -> None:
    if as_json:
        say_json(asdict(report) | {"store": address})
        return
    say(f"{address} holds the snapshot {report.snapshot}.")
    say(
        f"{_graphs(len(report.sent))} sent ({report.triples:,} triples), {len(report.removed):,} removed, {report.same:,} there already; "
        f"union {report.union}{f' ({report.union_triples:,} triples)' if report.union_triples else ''}."
    )
    say(f"{report.seconds:.1f} s.")


def _graphs(number: int) -> str:
    return f"{number:,} graph{'' if number == 1 else 's'}"
