"""Why a claim stands in the graph: its sentence, its trigger, who fills each role and by which rule, what decided the rest.

    claims = Claims(snapshot.store, settings().ontology, "en")
    claims.explain(claims.find("3f0c"))

Everything is read from the graph by the saved queries of ontology/queries/explorer.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import CallError, DataError
from kg.evidence import ordered
from kg.namespaces import AC, ACR, PREFIXES, RDF, RDFS, shorten
from kg.query import Names, bind, questions
from kg.query.names import compact, spelt_out
from kg.store.quads import Quads

_FOLDER = ACR + "claim/"
_ROLES = ("agent", "participant", "supplier", "recipient", "target", "item", "treaty", "topic", "place", "gathering")
_NEAR = 5
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with an IRI and, where the graph has one, a name; else its IRI shortened."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of the document's text: characters begin to end, end exclusive."""

    text: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Filler:
    """Who or what fills a role, and how that was found."""

    role: Thing
    entity: Thing
    rule: str | None
    """None where this document has no record of it."""
    confidence: str | None
    words: Words | None
    """None where it was inferred."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How many of a weapon, or how much money, the claim speaks of."""

    value: str
    """A decimal number."""
    bound: str
    """How exact it is: "exact", "about", "at least" or "at most"."""
    item: Thing | None
    """The weapon, or kind of weapon; None of money."""
    unit: str | None
    """In what weapons are counted, as the text words it; None of pieces and of money."""
    currency: str | None
    """ISO 4217; None of weapons."""
    words: Words


@dataclass(frozen=True, slots=True)
class Source:
    """The document of a claim. What is unknown is None."""

    iri: str
    identifier: str
    title: str | None
    issued: str | None
    publisher: Thing | None
    source: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that the graph knows of one claim."""

    claim: str
    identifier: str
    """What `Claims.find` takes: the last part of the IRI, or the IRI."""
    document: Source
    sentence: Words
    trigger: Words | None
    event: str
    classes: tuple[Thing, ...]
    fillers: tuple[Filler, ...]
    amounts: tuple[Amount, ...]
    on_behalf_of: tuple[Thing, ...]
    date: str | None
    """EDTF."""
    date_words: str | None
    counted_from: str | None
    """EDTF: the day that a date such as "mardi" counts from; None where the text gives it in full."""
    date_inferred: bool
    """Whether a part of the date, such as its year, is inferred."""
    modality: Thing
    polarity: Thing
    claimant: Thing | None
    """None where the text says it in its own voice."""
    relayed_by: tuple[Thing, ...]
    evidence: tuple[str, ...]
    method: str
    confidence: str


class Claims:
    """The claims of a graph.

    `ontology` is the ontology's folder, `language` that of names: "en" or "fr"; `names` those of the store, where they are
    in memory.
    """

    def __init__(self, store: Quads, ontology: Path, language: str, names: Names | None = None) -> None:
        self._store = store
        self._queries = questions(ontology / "queries" / "explorer")
        self._names = names or Names(store)
        self._language = language

    def find(self, text: str) -> str:
        """The IRI of the claim that `text` means: an IRI, a prefixed name, the last part of one or its beginning.

        Raises CallError, with near ones, where it means no claim or more than one.
        """
        known = self._identifiers()
        iri = spelt_out(text)
        if iri is not None:
            if iri not in known.values():
                raise CallError(f"{text} is no claim of this graph{self._kind_of(iri)}.", self._remedy(iri, known))
            return iri
        if text in known:
            return known[text]
        begun = [name for name in known if text and name.startswith(text)]
        if len(begun) == 1:
            return known[begun[0]]
        if begun:
            listed = ", ".join(begun[:_NEAR]) + (", …" if len(begun) > _NEAR else "")
            raise CallError(f"{text} begins the ids of {len(begun):,} claims: {listed}.", "Give more of the one meant.")
        raise CallError(f"The graph holds no claim {text!r}.", _near(text, known))

    def newest(self, count: int) -> list[Explanation]:
        """The claims of the newest documents, newest first, at most 40."""
        return [self.explain(row["claim"]) for row in self._rows("newest-claims")[:count]]

    def explain(self, iri: str) -> Explanation:
        """What the graph knows of the claim with this IRI, which must be one.

        Raises DataError where the claim is incomplete, as kg check would tell.
        """
        rows = self._rows("claim", claim=iri)
        if not rows:
            raise DataError(f"The claim {compact(iri)} is incomplete.", "Run kg check, and build the graph again.")
        row = rows[0]
        lists = self._rows("claim-lists", claim=iri)
        return Explanation(
            claim=iri,
            identifier=iri.removeprefix(_FOLDER),
            document=self._source(row),
            sentence=Words(row["sentence"], int(row["sentenceBegin"]), int(row["sentenceEnd"])),
            trigger=_words(row, "trigger", "triggerBegin", "triggerEnd"),
            event=row["event"],
            classes=tuple(self._thing(each["value"]) for each in lists if each["what"] == "class"),
            fillers=self._fillers(iri),
            amounts=self._amounts(iri),
            on_behalf_of=tuple(self._thing(each["value"]) for each in lists if each["what"] == "behalf"),
            date=row.get("date"),
            date_words=row.get("dateWords"),
            counted_from=row.get("countedFrom"),
            date_inferred=row.get("dateInferred") == "true",
            modality=self._thing(row["modality"]),
            polarity=self._thing(row["polarity"]),
            claimant=self._thing(row["claimant"]) if "claimant" in row else None,
            relayed_by=tuple(self._thing(each["value"]) for each in lists if each["what"] == "relay"),
            evidence=ordered(each["value"] for each in lists if each["what"] == "evidence"),
            method=row["method"],
            confidence=row["confidence"],
        )

    def _source(self, row: Row) -> Source:
        publisher = self._thing(row["publisher"]) if "publisher" in row else None
        return Source(
            row["document"], row["identifier"], row.get("title"), row.get("issued"), publisher, row.get("source")
        )

    def _fillers(self, claim: str) -> tuple[Filler, ...]:
        rows = self._rows("claim-roles", claim=claim)
        rows.sort(key=lambda row: _ROLES.index(row["role"]) if row["role"] in _ROLES else len(_ROLES))
        return tuple(
            Filler(
                self._thing(AC + row["role"]),
                self._thing(row["entity"]),
                row.get("rule"),
                row.get("confidence"),
                _words(row, "words", "begin", "end"),
            )
            for row in rows
        )

    def _amounts(self, claim: str) -> tuple[Amount, ...]:
        """What the claim says of numbers and sums, in the order of the text."""
        rows = self._rows("claim-amounts", claim=claim)
        rows.sort(key=lambda row: int(row["begin"]))
        return tuple(
            Amount(
                row["value"],
                row["bound"],
                self._thing(row["item"]) if "item" in row else None,
                row.get("unit"),
                row.get("currency"),
                Words(row["words"], int(row["begin"]), int(row["end"])),
            )
            for row in rows
        )

    def label(self, iri: str) -> str | None:
        """The name of a thing; None where the graph has none."""
        return self._names.label(iri, self._language)

    def _thing(self, iri: str) -> Thing:
        return Thing(iri, self.label(iri) or shorten(iri))

    def _rows(self, query: str, **values: str) -> list[Row]:
        """The rows of a saved query, with what is bound in them."""
        text = bind(self._queries[query], {name: f"<{value}>" for name, value in values.items()})
        solutions = self._store.query(text, prefixes=PREFIXES)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        return [{name: term.value for name in names if isinstance(term := row[name], _BOUND)} for row in solutions]

    def _identifiers(self) -> dict[str, str]:
        """The IRIs of all claims by what they are called here, in the order of the names."""
        kind = ox.NamedNode(AC + "Claim")
        quads = self._store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), kind, ox.DefaultGraph())
        iris = sorted(quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))
        return {iri.removeprefix(_FOLDER): iri for iri in iris}

    def _kind_of(self, iri: str) -> str:
        """What else the IRI names, to be told in passing: its narrowest class."""
        kinds = set(self._values(iri, RDF + "type"))
        broader = {above for kind in kinds for above in self._values(kind, RDFS + "subClassOf")}
        own = sorted(kind for kind in kinds - broader if kind.startswith(AC))
        return f" but of the class {shorten(own[0])}" if own else ""

    def _remedy(self, iri: str, known: dict[str, str]) -> str:
        node = _node(iri)
        about = self._store.quads_for_pattern(None, ox.NamedNode(AC + "about"), node, ox.DefaultGraph()) if node else ()
        claims = sorted(str(getattr(quad.subject, "value", "")).removeprefix(_FOLDER) for quad in about)
        if claims:
            return f"Claims about it: {', '.join(claims[:_NEAR])}."
        return _near(iri.rpartition("/")[2], known)

    def _values(self, iri: str, predicate: str) -> list[str]:
        """The IRIs that a property of it points to."""
        node = _node(iri)
        if node is None:
            return []
        quads = self._store.quads_for_pattern(node, ox.NamedNode(predicate), None, ox.DefaultGraph())
        return [quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)]


_BOUND = (ox.NamedNode, ox.Literal)


def _words(row: Row, text: str, begin: str, end: str) -> Words | None:
    return Words(row[text], int(row[begin]), int(row[end])) if text in row else None


def _near(text: str, known: dict[str, str]) -> str:
    near = difflib.get_close_matches(text, known, n=3)
    return f"Near it: {', '.join(near)}." if near else "kg explain without a claim lists the newest."


def _node(iri: str) -> ox.NamedNode | None:
    """The node of an IRI that came from outside; None where it is no IRI."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None
