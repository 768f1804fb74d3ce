"""Who said what of a matter over time, and where claims differ: rows for kg positions, kg contradictions and the explorer.

    told = Positions(snapshot.store, settings().ontology, "en")
    told.of("Vladimir Putin", on="INF Treaty")
    told.differences(involving="acr:state/RUS")

What the graph holds of differences is computed (kg.ledger); here it is only read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from kg.namespaces import PREFIXES
from kg.query import Names, bind, questions
from kg.store.quads import Quads

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim as one line: who said it when, of what, and how."""

    issued: str
    """The day of the document; empty where it is unknown."""
    by: str
    """Whose word it is; empty where the text says it in its own voice."""
    what: str
    """The class of the event; both, where it is of two."""
    modality: str
    polarity: str
    document: str
    sentence: str
    event: str
    """Its IRI."""
    date: str = ""
    """The event's own, as EDTF."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Claims that differ, as two sides."""

    kind: str
    role: str
    """The role that is filled differently; empty where the difference is another."""
    first_says: tuple[str, ...]
    other_says: tuple[str, ...]
    first: tuple[Saying, ...]
    other: tuple[Saying, ...]
    iri: str


class Positions:
    """Questions to a graph on what was said by whom.

    language: of names, "en" or "fr". Raises OntologyError where a saved query is wrong.
    """

    def __init__(self, store: Quads, ontology: Path, language: str) -> None:
        self._store = store
        self._language = language
        self._names = Names(store)
        self._asked = questions(ontology / "queries" / "explorer")

    def of(self, speaker: str, on: str | None = None) -> list[Saying]:
        """What an agent said, or a state through who held its offices, by date; of a matter alone where `on` is given.

        Both are names or IRIs. Raises QueryError, with what comes near, where the graph knows no such thing.
        """
        return self._sayings(self._ask("sayings", {"speaker": speaker} | _given(matter=on)))

    def differences(self, involving: str | None = None, kind: str | None = None) -> list[Difference]:
        """Where claims differ, by kind; on what involves a thing, or of one kind, alone.

        Raises QueryError where the graph knows no such thing or kind.
        """
        rows = self._ask("differences", _given(involving=involving, difference=kind))
        return [self._difference(list(group)) for _, group in groupby(rows, key=lambda row: row["node"])]

    def _difference(self, rows: list[Row]) -> Difference:
        first, other = ([row for row in rows if row["side"] == side] for side in ("1", "2"))
        return Difference(
            kind=self._name(rows[0]["difference"]),
            role=self._name(rows[0].get("role", "")),
            first_says=self._values(first),
            other_says=self._values(other),
            first=tuple(self._sayings(first)),
            other=tuple(self._sayings(other)),
            iri=rows[0]["node"],
        )

    def _values(self, rows: list[Row]) -> tuple[str, ...]:
        """What a side gives for a date or a role."""
        return tuple(dict.fromkeys(self._name(row["says"]) for row in rows if "says" in row))

    def _sayings(self, rows: list[Row]) -> list[Saying]:
        """Each claim once: an event may be of two classes, and a side may give several values."""
        found: dict[Saying, list[str]] = {}
        for row in rows:
            saying = self._saying(row)
            kinds = found.setdefault(replace(saying, what=""), [])
            kinds += [saying.what] if saying.what not in kinds else []
        return [replace(saying, what=", ".join(kinds)) for saying, kinds in found.items()]

    def _saying(self, row: Row) -> Saying:
        return Saying(
            row.get("issued", ""),
            self._name(row.get("by") or row.get("claimant", "")),
            self._name(row["kind"]),
            self._name(row["modality"]),
            self._name(row["polarity"]),
            self._name(row["document"]),
            row["sentence"],
            row["event"],
            row.get("date", ""),
        )

    def _ask(self, query: str, values: Mapping[str, str]) -> list[Row]:
        result = self._store.query(bind(self._asked[query], values, self._names), prefixes=PREFIXES)
        assert isinstance(result, ox.QuerySolutions)
        names = [variable.value for variable in result.variables]
        return [{name: term.value for name in names if (term := row[name]) is not None} for row in result]

    def _name(self, iri: str) -> str:
        return self._names.label(iri, self._language) or iri


def _given(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}
