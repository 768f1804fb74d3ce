"""How states stood towards treaties on a day, as the graph computed it, with the acts that each standing rests on."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from kg.explorer.graph import Graph
from kg.explorer.records import Ran
from kg.namespaces import AC, ACR
from kg.query import Term
from kg.query.names import text_of
from kg.treaties import Bounds, Interval, Standing, Status, standings

FILE = Path(__file__).with_name("treaties.yaml")
SIGNS = {
    Status.BOUND: "●",
    Status.WITHDRAWAL_NOTIFIED: "◐",
    Status.SUSPENDED: "◧",
    Status.CONSENTED: "◔",
    Status.SIGNED_ONLY: "○",
    Status.ENDED: "✕",
    Status.NOT_YET_IN_FORCE: "○",
    Status.IN_FORCE: "●",
    Status.EXPIRED: "✕",
    Status.TERMINATED: "✕",
}
"""A sign for each status, so that none is told by a colour."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What the page shows where its address does not say."""

    groups: Mapping[str, tuple[str, ...]]
    """IRIs of treaties, by the id of the group; the first group is shown."""
    states: tuple[str, ...]


@cache
def usual() -> Usual:
    """The file treaties.yaml."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    groups = {name: tuple(f"{ACR}treaty/{each}" for each in found) for name, found in read["groups"].items()}
    return Usual(groups, tuple(f"{ACR}state/{code}" for code in read["states"]))


def standing_on(
    graph: Graph, day: datetime.date, treaties: Sequence[str] = (), states: Sequence[str] = ()
) -> tuple[Ran, dict[tuple[str, str], Standing]]:
    """The query, and how each state stood towards each treaty, by (state, treaty); of none named, all."""
    ran = graph.ask("standings-on-a-day", day=day.isoformat(), treaty=list(treaties), state=list(states))
    found = standings(intervals(ran), day)
    return ran, {(each.state, each.treaty): each for each in found}


def intervals(ran: Ran) -> list[Interval]:
    """The intervals of status in the rows of a query, each with the acts that it rests on, in the order of the rows."""
    acts: dict[tuple[str, str | None, Status, Bounds, Bounds | None], list[str]] = defaultdict(list)
    for row in ran.rows:
        state = text_of(row["state"]) if "state" in row else None
        end = _bounds(row, "until", "last") if "until" in row or "last" in row else None
        status = Status(text_of(row["status"]).removeprefix(AC))
        key = (text_of(row["treaty"]), state, status, _bounds(row, "from", "sure"), end)
        acts[key] += [text_of(row["act"])] if "act" in row else []
    return [Interval(*key, tuple(found)) for key, found in acts.items()]


def _bounds(row: dict[str, Term], first: str, last: str) -> Bounds:
    """What is not said is not known."""
    begin, end = text_of(row.get(first)), text_of(row.get(last))
    return Bounds(
        datetime.date.fromisoformat(begin) if begin else datetime.date.min,
        datetime.date.fromisoformat(end) if end else datetime.date.max,
    )
