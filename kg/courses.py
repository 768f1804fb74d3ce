"""What became of what was offered, announced or signed, step by step: rows for kg chains and the explorer.

    told = Courses(snapshot.store, settings().ontology, "en")
    told.chains(involving="S-400")

What the graph holds of it is computed (kg.ledger); here steps that are linked are put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    claim: str
    """The IRI of the claim whose sentence this is; empty where no document tells the step."""


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
        self._questions = questions(ontology / "queries" / "explorer")

    def chains(self, involving: str | None = None, *, open_only: bool = False) -> list[Chain]:
        """All chains, by their first day; those of a thing alone, or only those in which a step is awaited.

        Raises QueryError where the graph knows no such thing.
        """
        rows = self._rows("steps", {"involving": involving} if involving is not None else {})
        return self.joined(rows, open_only=open_only)

    def joined(self, rows: Iterable[Row], told: Iterable[Row] = (), *, open_only: bool = False) -> list[Chain]:
        """The chains of what the saved query `steps` gave, or `matters` with what `told-of-matters` gave, as `chains` orders them.

        In the second case no step has its sentence, which `affirmed-of-events` gives.
        """
        rows = _with_claims(rows, told)
        found = [Chain(tuple(sorted(group, key=_day))) for group in _joined(self._steps(rows))]
        chosen = [chain for chain in found if chain.is_open or not open_only]
        return sorted(chosen, key=lambda chain: (_day(chain.steps[0]), chain.steps[0].event))

    def of(self, event: str) -> Chain | None:
        """What led to the event with this IRI, the event, and what became of it; None where it is no step of a matter.

        The steps of others that lead to the same end are left out.
        """
        rows = self._rows("course-of-event", {"of": f"<{event}>"})
        if event not in {row["event"] for row in rows}:
            return None
        told = self._rows("affirmed-of-events", {"event": sorted({f"<{row['event']}>" for row in rows})})
        return Chain(tuple(sorted(self._steps(_with_claims(rows, told)).values(), key=_day)))

    def _rows(self, question: str, values: Mapping[str, str | Sequence[str]]) -> list[Row]:
        """The rows of a saved query, with what is bound in them."""
        result = self._store.query(bind(self._questions[question], values, self._names), prefixes=PREFIXES)
        assert isinstance(result, ox.QuerySolutions)
        names = [variable.value for variable in result.variables]
        return [{name: term.value for name in names if (term := each[name]) is not None} for each in result]

    def _steps(self, found: Iterable[Row]) -> dict[str, Step]:
        """The steps that rows tell, by event."""
        rows: dict[str, list[Row]] = {}
        for row in found:
            rows.setdefault(row["event"], []).append(row)
        return {event: self._step(told) for event, told in rows.items()}

    def _step(self, rows: list[Row]) -> Step:
        first = min(rows, key=lambda row: (row.get("issued", "9999"), row.get("document", ""), row.get("claim", "")))
        how = first.get("how", "")
        return Step(
            date=first.get("date", ""),
            published=first.get("issued", ""),
            step=self._name(first["step"]) if "step" in first else self._name(first["kind"]),
            how="announced" if how.endswith("announcedStep") else "reported" if how or "claim" in first else RECORDED,
            what=self._name(first["kind"]),
            document=self._name(first.get("document", "")),
            sentence=first.get("sentence", ""),
            awaited=self._name(first.get("awaited", "")),
            since=first.get("since", ""),
            event=first["event"],
            following=tuple(sorted({row["next"] for row in rows if "next" in row})),
            claim=first.get("claim", ""),
        )

    def _name(self, iri: str) -> str:
        return self._names.label(iri, self._language) or iri


def _with_claims(rows: Iterable[Row], told: Iterable[Row]) -> Iterator[Row]:
    """The rows with each of the claims on their events; those as they are on which there is none."""
    claims: dict[str, list[Row]] = {}
    for row in told:
        claims.setdefault(row["event"], []).append(row)
    return ({**row, **each} for row in rows for each in claims.get(row["event"], [{}]))


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
