"""Reads a dossier from the graph, by the saved queries that it then shows."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from kg.dossier import texts
from kg.dossier.asking import Asking, Notes, Row
from kg.dossier.records import Act, Dossier, Event, Fact, Office, Statement, Status, Thing
from kg.dossier.transfers import Stages, transfers
from kg.namespaces import AC, shorten
from kg.query import Names
from kg.store.quads import Quads

ROLES = ("agent", "supplier", "participant", "recipient", "target", "item", "treaty", "topic", "gathering", "place")
"""The order in which roles are told; others come after."""
DOCUMENT_FIELDS = ("title", "issued", "document")


def read(
    store: Quads,
    ontology: Path,
    iri: str,
    language: str,
    names: Names | None = None,
    *,
    graph: str = "",
    created: str = "",
) -> Dossier:
    """The dossier of the thing with this IRI, which the graph must hold.

    language: "en" or "fr". names: those of the store, where they are already in memory. graph, created: the hash of the
    graph and the day on which it was made. Raises OntologyError where a saved query is wrong.
    """
    return _Reading(store, ontology, iri, language, names or Names(store)).dossier(graph, created)


class _Reading:
    """One dossier while it is read."""

    def __init__(self, store: Quads, ontology: Path, iri: str, language: str, names: Names) -> None:
        self._iri = iri
        self._language = language
        self._names = names
        self._asking = Asking(store, ontology, language)
        self._notes = Notes()
        self._stages = Stages(ontology)

    def dossier(self, graph: str, created: str) -> Dossier:
        """Everything, in the order of the page: notes are numbered as they come."""
        kinds, own, others = self._naming()
        facts, statuses, acts, offices = self._facts(), self._statuses(), self._acts(), self._offices()
        claimed, roles, events = self._events()
        _, amounts = self._asking.rows("dossier-amounts", entity=self._iri)
        found = transfers(claimed, roles, amounts, events, self._stages, self._name, self._language)
        return Dossier(
            subject=Thing(self._iri, own or self._event_name(events)),
            kinds=kinds,
            names=others,
            language=self._language,
            graph=graph,
            created=created,
            facts=facts,
            statuses=statuses,
            acts=acts,
            offices=offices,
            events=events,
            transfers=found,
            links=self._links() if "/event/" in self._iri else (),
            notes=self._notes.all(),
            queries=tuple(self._asking.asked),
        )

    def _naming(self) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
        """Its kinds, its name (empty for an event) and its other names."""
        _, rows = self._asking.rows("names-and-kinds", entity=self._iri)
        kinds = tuple(dict.fromkeys(self._name(row["value"]) for row in rows if row["what"] == "kind"))
        own = self._names.label(self._iri, self._language) or ""
        others = {row["value"] for row in rows if row["what"] == "name"} - {own}
        return kinds, own, tuple(sorted(others))

    def _facts(self) -> tuple[Fact, ...]:
        number, rows = self._asking.rows("dossier-facts", entity=self._iri)
        found = []
        for predicate, group in groupby(rows, key=lambda row: row["property"]):
            label = self._names.label(predicate, self._language)
            if label is None:
                continue
            told = list(group)
            values = tuple(dict.fromkeys(self._name(row["value"]) for row in told))
            found.append(Fact(label, values, self._sourced(number, told)))
        return tuple(found)

    def _statuses(self) -> tuple[Status, ...]:
        number, rows = self._asking.rows("status-intervals", entity=self._iri)
        note = self._notes.cite(number, basis=texts.text("computed", self._language)) if rows else 0
        return tuple(
            Status(
                self._name(row["treaty"]),
                self._name(row["status"]),
                _days(row, "from", "sure"),
                _days(row, "until", "last"),
                note,
            )
            for row in rows
        )

    def _acts(self) -> tuple[Act, ...]:
        number, rows = self._asking.rows("dossier-acts", entity=self._iri)
        found = []
        for _, group in groupby(rows, key=lambda row: row["event"]):
            told = list(group)
            first = told[0]
            what = " / ".join(dict.fromkeys(self._name(row["kind"]) for row in told))
            if first.get("action") in ("accession", "succession"):
                what += f" ({first['action']})"
            treaty = self._name(first["treaty"]) if "treaty" in first else ""
            note = self._sourced(number, told)
            found.append(Act(first.get("date", ""), what, self._listed(told, "state"), treaty, note))
        return tuple(found)

    def _offices(self) -> tuple[Office, ...]:
        number, rows = self._asking.rows("offices", entity=self._iri)
        found = []
        for _, group in groupby(rows, key=lambda row: (row["person"], row["tenure"])):
            told = list(group)
            first = told[0]
            who, body = self._name(first["person"]), self._name(first["body"])
            note = self._sourced(number, told)
            days = (first.get("from", ""), first.get("until", ""))
            found.append(Office(who, first["office"], body, *days, note))
        return tuple(found)

    def _events(self) -> tuple[list[Row], list[Row], tuple[Event, ...]]:
        """The rows of claims and of roles, and the events that they are about, in the order of time, undated last."""
        number, claimed = self._asking.rows("dossier-claims", entity=self._iri)
        _, roles = self._asking.rows("dossier-roles", entity=self._iri)
        by_event: dict[str, list[Row]] = {}
        for row in sorted(claimed, key=lambda row: row.get("earliest", "9999")):
            by_event.setdefault(row["event"], []).append(row)
        events = tuple(self._event(number, iri, rows, roles) for iri, rows in by_event.items())
        return claimed, roles, events

    def _event(self, number: int, iri: str, rows: list[Row], roles: list[Row]) -> Event:
        own = [row for row in roles if row["event"] == iri]
        order = sorted(
            {row["role"] for row in own}, key=lambda role: (ROLES.index(role) if role in ROLES else 99, role)
        )
        filled = tuple((self._name(AC + role), self._fillers(own, role)) for role in order)
        claims = [list(group) for _, group in groupby(rows, key=lambda row: row["claim"])]
        dates = dict.fromkeys(row["date"] for row in rows if "date" in row)
        return Event(
            iri=iri,
            kind=" / ".join(dict.fromkeys(self._name(row["kind"]) for row in rows)),
            roles=filled,
            date=" / ".join(dates),
            statements=tuple(self._statement(number, told) for told in claims),
        )

    def _fillers(self, rows: list[Row], role: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._name(row["filler"]) for row in rows if row["role"] == role))

    def _statement(self, number: int, told: list[Row]) -> Statement:
        first = told[0]
        known = {name: first[name] for name in DOCUMENT_FIELDS if name in first}
        address = first.get("url", first.get("source", ""))
        outlet = self._name(first["publisher"]) if "publisher" in first else ""
        return Statement(
            polarity=self._name(first["polarity"]),
            modality=self._name(first["modality"]),
            claimant=self._name(first["claimant"]) if "claimant" in first else "",
            relays=tuple(dict.fromkeys(self._name(row["relay"]) for row in told if "relay" in row)),
            confidence=first["confidence"],
            denied=first["polarity"] == AC + "Negated",
            note=self._notes.cite(number, sentence=first["sentence"], address=address, outlet=outlet, **known),
        )

    def _links(self) -> tuple[tuple[str, str], ...]:
        _, rows = self._asking.rows("event-links", event=self._iri)
        found = []
        for row in rows:
            other = self._names.label(row["other"], self._language) or self._kind_of(row["other"])
            if "treaty" in row:
                standing = f", {self._name(row['standing'])}" if "standing" in row else ""
                other += f" ({self._name(row['treaty'])}; {self._name(row['state'])}{standing})"
            found.append((texts.text(row["link"], self._language), other))
        return tuple(dict.fromkeys(found))

    def _kind_of(self, iri: str) -> str:
        _, rows = self._asking.rows("names-and-kinds", entity=iri)
        kinds = [self._name(row["value"]) for row in rows if row["what"] == "kind"]
        return f"{', '.join(kinds)} <{shorten(iri)}>"

    def _event_name(self, events: tuple[Event, ...]) -> str:
        """An event has no name of its own: its class and who has a role in it; else a short form of the IRI."""
        for event in events:
            if event.iri == self._iri:
                return " · ".join([event.kind, *(", ".join(fillers) for _, fillers in event.roles)])
        return shorten(self._iri)

    def _sourced(self, number: int, rows: list[Row]) -> int:
        """The note of a fact of the reference data: its basis, and all its sources."""
        codes = dict.fromkeys(row["basis"] for row in rows if "basis" in row)
        basis = " ; ".join(texts.basis(code, self._language) for code in codes)
        source = " ; ".join(dict.fromkeys(row["source"] for row in rows if "source" in row))
        return self._notes.cite(number, basis=basis, source=source)

    def _listed(self, rows: list[Row], name: str) -> str:
        return ", ".join(dict.fromkeys(self._name(row[name]) for row in rows if name in row))

    def _name(self, text: str) -> str:
        """The name of an IRI; a plain value as it is."""
        return self._names.label(text, self._language) or (shorten(text) if "://" in text else text)


def _days(row: Row, first: str, last: str) -> str:
    """A day, or the first and the last that it can be, as EDTF writes them."""
    return "/".join(dict.fromkeys(row[name] for name in (first, last) if name in row))
