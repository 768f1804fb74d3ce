"""Who is bound by what on a day, and what became of a treaty: rows for kg bound, kg parties and kg timeline.

    law = Law(snapshot.store, settings().ontology, "en")
    law.bound(law.state("RUS"), date(2019, 8, 18))
    law.parties(law.treaty("npt"), date(2024, 12, 31))
    law.timeline(law.treaty("new-start"))

Status comes from the intervals of the inferred graph. What documents claim stands beside it and changes nothing.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox

from kg.errors import CallError, QueryError
from kg.ids import fold
from kg.namespaces import AC, ACR, DCTERMS, PREFIXES, RDF, SKOS
from kg.query import Names, bind, questions
from kg.store.quads import Quads
from kg.treaties import Bounds, Interval, Standing, Status, read_intervals, standings

_TREATY, _STATE = ACR + "treaty/", ACR + "state/"
_KINDS = {_TREATY: "treaty", _STATE: "state"}
_NEAR = 5
OPEN = ".."
"""What EDTF writes for a bound that is not known."""


@dataclass(frozen=True, slots=True)
class StatusRow:
    """How a state stood towards a treaty on a day."""

    treaty: str
    """Its identifier: "new-start"."""
    treaty_name: str
    state: str
    """Its code: "RUS"."""
    state_name: str
    status: str
    """In words; several, joined by "or", where the known dates allow of several."""
    certain: bool
    party: bool | None
    bound: bool | None
    """Whether the treaty bound it, and it had not suspended it; None where the known dates do not say."""
    since: str
    """A day, or a span of days as EDTF writes it; ".." where no bound is known."""
    until: str
    """The last day, likewise; empty where no end is known."""
    basis: tuple[str, ...]
    rests_on: tuple[str, ...]
    claims: int
    """How many claims of documents say that this state did something to this treaty."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a treaty's time: a status of its own, an act of a state, or a claim of a document."""

    date: str
    until: str
    kind: str
    """status, act or claim."""
    who: tuple[str, ...]
    what: str
    basis: str
    source: str
    rests_on: tuple[str, ...] = ()


class Law:
    """Questions of law to a graph.

    language: of names, "en" or "fr". Raises OntologyError where a saved query is wrong.
    """

    def __init__(self, store: Quads, ontology: Path, language: str) -> None:
        self._store = store
        self._language = language
        self._names = Names(store)
        self._queries = questions(ontology / "queries" / "explorer")

    def treaty(self, text: str) -> str:
        """The IRI of the treaty that the text means: its identifier, a name, or an IRI.

        Raises CallError, with what comes near, where there is none.
        """
        return self._find(text, _TREATY, text.strip().lower())

    def state(self, text: str) -> str:
        """The IRI of the state that the text means: its ISO code, a name, or an IRI; CallError where none."""
        return self._find(text, _STATE, text.strip().upper())

    def bound(self, state: str, day: date) -> list[StatusRow]:
        """How the state stood towards all treaties to which it had some relation by then, by identifier."""
        return self._rows(standings(read_intervals(self._store, state=state), day))

    def parties(self, treaty: str, day: date) -> list[StatusRow]:
        """How all states that had some relation to the treaty by then stood towards it, by name."""
        rows = self._rows(standings(read_intervals(self._store, treaty=treaty), day))
        return sorted(rows, key=lambda row: fold(row.state_name))

    def status(self, treaty: str, day: date) -> list[str]:
        """The statuses that the treaty itself may have had that day, in words; none before it was signed."""
        own = [each for each in read_intervals(self._store, treaty=treaty) if each.state is None]
        return [self._word(each.status) for each in own if each.maybe(day)]

    def timeline(self, treaty: str) -> list[Entry]:
        """The treaty's own statuses, what states did to it, and what documents claim, in the order of time.

        What has no date comes last.
        """
        own = [each for each in read_intervals(self._store, treaty=treaty) if each.state is None]
        entries = [*map(self._own, own), *self._acts(treaty), *self._claims(treaty)]
        order = {"status": 0, "act": 1, "claim": 2}
        return sorted(
            entries, key=lambda each: (each.date.lstrip("./") or "9999", order[each.kind], each.who, each.what)
        )

    def intervals(self, treaty: str, state: str) -> list[Entry]:
        """The statuses of one state towards the treaty, in the order of time."""
        name = self._name(state)
        found = [each for each in read_intervals(self._store, treaty=treaty) if each.state == state]
        return [self._entry(each, (name,)) for each in found]

    def _find(self, text: str, folder: str, local: str) -> str:
        kind = _KINDS[folder]
        try:
            if self._is(folder + local, kind):
                return folder + local
            iri = self._names.resolve(text)
        except (QueryError, ValueError) as error:
            raise CallError(f"The graph knows no {kind} {text!r}.", self._near(text, folder)) from error
        if not self._is(iri, kind):
            raise CallError(f"{text!r} is no {kind}.", self._near(text, folder))
        return iri

    def _is(self, iri: str, kind: str) -> bool:
        quad = ox.Quad(ox.NamedNode(iri), ox.NamedNode(RDF + "type"), ox.NamedNode(AC + kind.capitalize()))
        return quad in self._store

    def _near(self, text: str, folder: str) -> str:
        """What is called something like the text."""
        known: dict[str, str] = {}
        for name in (SKOS + "prefLabel", SKOS + "altLabel"):
            for quad in self._store.quads_for_pattern(None, ox.NamedNode(name), None, ox.DefaultGraph()):
                iri = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
                if iri.startswith(folder) and isinstance(quad.object, ox.Literal):
                    known[fold(quad.object.value)] = iri
                    known[iri.removeprefix(folder).lower()] = iri
        close = difflib.get_close_matches(fold(text), known, n=_NEAR)
        close += [name for name in sorted(known, key=len) if fold(text) and fold(text) in name]
        found = list(dict.fromkeys(known[name].removeprefix(folder) for name in close))[:_NEAR]
        return (
            f"Near it: {', '.join(found)}."
            if found
            else f"Give its identifier or a name of the {folder[len(ACR) : -1]}."
        )

    def _rows(self, found: Iterable[Standing]) -> list[StatusRow]:
        claimed = self._claimed()
        return [self._row(each, claimed) for each in found]

    def _row(self, standing: Standing, claimed: dict[tuple[str, str], int]) -> StatusRow:
        last = standing.intervals[-1]
        start = Bounds(min(e.start.first for e in standing.intervals), min(e.start.last for e in standing.intervals))
        evidence = tuple(dict.fromkeys(iri for each in standing.intervals for iri in each.evidence))
        return StatusRow(
            treaty=standing.treaty.removeprefix(_TREATY),
            treaty_name=self._name(standing.treaty),
            state=standing.state.removeprefix(_STATE),
            state_name=self._name(standing.state),
            status=" or ".join(self._word(each) if each else "none" for each in standing.statuses),
            certain=standing.certain,
            party=standing.party,
            bound=standing.bound,
            since=span(start),
            until=span(last.end) if last.end else "",
            basis=self._bases(evidence),
            rests_on=evidence,
            claims=claimed.get((standing.treaty, standing.state), 0),
        )

    def _bases(self, evidence: Sequence[str]) -> tuple[str, ...]:
        """On what the acts of the evidence stand; treaties and their rules have a basis of their own."""
        acts = [iri for iri in evidence if not iri.startswith((_TREATY, _STATE, ACR + "treaty-rule/"))]
        return tuple(sorted({basis for iri in acts if (basis := self._value(iri, AC + "basis"))}))

    def _value(self, iri: str, predicate: str) -> str:
        quads = self._store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, ox.DefaultGraph())
        return min((q.object.value for q in quads if isinstance(q.object, ox.NamedNode | ox.Literal)), default="")

    def _own(self, each: Interval) -> Entry:
        return self._entry(each, ())

    def _entry(self, each: Interval, who: tuple[str, ...]) -> Entry:
        """An interval as an entry; that of a treaty rests on the table's row, that of a state on its acts."""
        basis = ", ".join(self._bases(each.evidence)) or self._value(each.treaty, AC + "basis")
        sources = (self._value(iri, DCTERMS + "source") for iri in (*each.evidence, each.treaty))
        until = span(each.end) if each.end else ""
        source = next(filter(None, sources), "")
        return Entry(span(each.start), until, "status", who, self._word(each.status), basis, source, each.evidence)

    def _acts(self, treaty: str) -> list[Entry]:
        """What states did, one entry an act, with all its states."""
        acts: dict[str, list[dict[str, str]]] = {}
        for row in self._ask("legal-acts", treaty):
            acts.setdefault(row["act"], []).append(row)
        found = []
        for iri, rows in acts.items():
            first = rows[0]
            action = first.get("action") or self._name(first["kind"])
            notice = f", notified {first['notified']}" if first.get("notified") else ""
            who = tuple(sorted({self._name(row["state"]) for row in rows if row.get("state")}))
            basis, source = first["basis"], first.get("source", "")
            found.append(Entry(first.get("date", ""), "", "act", who, action + notice, basis, source, (iri,)))
        return found

    def _claims(self, treaty: str) -> list[Entry]:
        """What documents claim; never a ground of a status."""
        claims: dict[str, list[dict[str, str]]] = {}
        for row in self._ask("legal-claims", treaty):
            claims.setdefault(row["claim"], []).append(row)
        found = []
        for iri, rows in claims.items():
            first = rows[0]
            words = (self._name(first[part]) for part in ("kind", "modality", "polarity"))
            who = tuple(sorted({self._name(row["state"]) for row in rows if row.get("state")}))
            source = f"{self._name(first['document'])}: {first['sentence']}"
            found.append(Entry(first.get("date", ""), "", "claim", who, ", ".join(words), "claimed", source, (iri,)))
        return found

    def _claimed(self) -> dict[tuple[str, str], int]:
        """How many claims there are on each treaty and state."""
        claims = {(r["treaty"], r["state"], r["claim"]) for r in self._ask("legal-claims") if r.get("state")}
        counts: dict[tuple[str, str], int] = {}
        for treaty, state, _ in claims:
            counts[treaty, state] = counts.get((treaty, state), 0) + 1
        return counts

    def _ask(self, query: str, treaty: str = "-") -> list[dict[str, str]]:
        result = self._store.query(bind(self._queries[query], {"treaty": treaty}), prefixes=PREFIXES)
        assert isinstance(result, ox.QuerySolutions)
        names = [variable.value for variable in result.variables]
        return [{name: term.value for name in names if (term := row[name]) is not None} for row in result]

    def _name(self, iri: str) -> str:
        return self._names.label(iri, self._language) or iri

    def _word(self, status: Status) -> str:
        return self._name(AC + status.value)


def span(bounds: Bounds) -> str:
    """A day, or the first and the last day that it can be, as EDTF writes them: 2019-08-02, 1970-01-01/1970-12-31."""
    first = OPEN if bounds.first == date.min else bounds.first.isoformat()
    last = OPEN if bounds.last == date.max else bounds.last.isoformat()
    return first if first == last else f"{first}/{last}"
