"""What became of what was offered, announced or signed, step by step: rows for kg chains and the explorer.

    told = Courses(snapshot.store, settings().ontology, "en")
    told.chains(involving="S-400")

What the graph holds of it is computed (kg.ledger); here steps that are linked are put together.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.namespaces import PREFIXES
from kg.query import Names, bind, questions
from kg.store.quads import Quads

Row = dict[str, str]
RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class Step:
    """An event as a step of a matter."""

    date: str
    """The event's own, as EDTF; empty where none is known."""
    published: str
    """The day of the first document that tells it; empty where none has one."""
    step: str
    how: str
    """"reported", "announced", or "recorded" where the reference knows it and no document tells it."""
    what: str
    """The class of the event."""
    document: str
    sentence: str
    awaited: str
    """The next step that nothing reports; empty where something does, or none is left."""
    since: str
    event: str
    following: tuple[str, ...]
    """The IRIs of the steps that followed."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps of one matter, in the order of time."""

    steps: tuple[Step, ...]

    @property
    def is_open(self) -> bool:
        """Whether a step is awaited."""
        return any(step.awaited for step in self.steps)


class Courses:
    """Questions to a graph on what became of what was planned.

    language: of names, "en" or "fr". Raises OntologyError where a saved query is wrong.
    """

    def __init__(self, store: Quads, ontology: Path, language: str, names: Names | None = None) -> None:
        """`names` are those of the store, where they were read before."""
        self._store = store
        self._language = language
        self._names = names or Names(store)
        self._question = questions(ontology / "queries" / "explorer")["steps"]

    def chains(self, involving: str | None = None, *, open_only: bool = False) -> list[Chain]:
        """All chains, by their first day; those of a thing alone, or only those in which a step is awaited.

        Raises QueryError where the graph knows no such thing.
        """
        steps = self._steps({"involving": involving} if involving is not None else {})
        found = [Chain(tuple(sorted(group, key=_day))) for group in _joined(steps)]
        chosen = [chain for chain in found if chain.is_open or not open_only]
        return sorted(chosen, key=lambda chain: (_day(chain.steps[0]), chain.steps[0].event))

    def _steps(self, values: dict[str, str]) -> dict[str, Step]:
        result = self._store.query(bind(self._question, values, self._names), prefixes=PREFIXES)
        assert isinstance(result, ox.QuerySolutions)
        names = [variable.value for variable in result.variables]
        rows: dict[str, list[Row]] = {}
        for solution in result:
            row = {name: term.value for name in names if (term := solution[name]) is not None}
            rows.setdefault(row["event"], []).append(row)
        return {event: self._step(found) for event, found in rows.items()}

    def _step(self, rows: list[Row]) -> Step:
        first = min(rows, key=lambda row: (row.get("issued", "9999"), row.get("document", ""), row.get("claim", "")))
        how = first.get("how", "")
        return Step(
            date=first.get("date", ""),
            published=first.get("issued", ""),
            step=self._name(first["step"]) if "step" in first else self._name(first["kind"]),
            how="announced" if how.endswith("announcedStep") else "reported" if how else RECORDED,
            what=self._name(first["kind"]),
            document=self._name(first.get("document", "")),
            sentence=first.get("sentence", ""),
            awaited=self._name(first.get("awaited", "")),
            since=first.get("since", ""),
            event=first["event"],
            following=tuple(sorted({row["next"] for row in rows if "next" in row})),
        )

    def _name(self, iri: str) -> str:
        return self._names.label(iri, self._language) or iri


def _joined(steps: dict[str, Step]) -> list[list[Step]]:
    """The steps in groups that links join."""
    parents = {event: event for event in steps}

    def root(event: str) -> str:
        while parents[event] != event:
            parents[event] = parents[parents[event]]
            event = parents[event]
        return event

    for step in steps.values():
        for following in step.following:
            if following in steps:
                parents[root(following)] = root(step.event)
    groups: dict[str, list[Step]] = {}
    for event, step in steps.items():
        groups.setdefault(root(event), []).append(step)
    return list(groups.values())


def _day(step: Step) -> tuple[str, str, str]:
    """By what steps are ordered: an announcement by the day on which it was made."""
    own = step.date if step.how != "announced" else ""
    return own or step.published or step.date or "9999", step.published, step.event
