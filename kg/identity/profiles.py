"""What is compared of an entity: its names, and what the reference data or one document says of it beside them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.identity.knowledge import Knowledge
from kg.ids import fold
from kg.namespaces import AC, ACR, DCTERMS, ITSRDF, NIF, RDF, REFERENCE_GRAPH, SCHEMA, SKOS
from kg.periods import first_day
from kg.triples import Facts, facts_of

if TYPE_CHECKING:
    from kg.store.quads import Quads

PERSON, TREATY, WEAPON, BODY = "person", "treaty", "weapon", "organization"
KINDS = (PERSON, TREATY, WEAPON, BODY)
"""The folders of the IRIs of entities that may be one; entities of different folders never are."""
STATE = ACR + "state/"
UNKNOWN = "9999"
_OPENING = re.compile(r"[^.;:!?«»()]*\Z")
"""What stands before a name in its part of the sentence."""
_BEHIND = re.compile(r",\s[^.;:!?«»(),]{3,70}")
"""What is set off by a comma behind a name."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_REACH, _FIRST = 60, 4
"""Characters before a name in which an office may stand; words behind its comma among which one must."""
_WORDS_BETWEEN = 7
_SEATED = frozenset({"Company", "GovernmentBody", "ArmedGroup"})
"""Classes of bodies that belong to the state where they sit."""
_READ = (
    RDF + "type",
    SKOS + "prefLabel",
    SKOS + "altLabel",
    SCHEMA + "location",
    SCHEMA + "containedInPlace",
    *(AC + name for name in ["holdsOffice", "officeOf", "officeType", "earliest", "latest", "originState", "category"]),
)
"""The properties of the reference data that are looked at."""
_OWN = (RDF + "type", SKOS + "prefLabel", SKOS + "altLabel", AC + "originState", AC + "category")
"""The properties of entities in a document's graph that are looked at."""
_TEXT, _ISSUED, _RECONCILED = NIF + "isString", DCTERMS + "issued", AC + "reconciled"
_BEGIN, _END, _NAMED = NIF + "beginIndex", NIF + "endIndex", ITSRDF + "taIdentRef"
READ = frozenset((*_OWN, _TEXT, _ISSUED, _RECONCILED, _BEGIN, _END, _NAMED))
"""The predicates that the profiles of a document are read from."""


@dataclass(frozen=True, slots=True)
class Profile:
    """An entity as one document, or the reference data, tells of it."""

    iri: str
    kind: str
    """The folder of its IRI."""
    classes: frozenset[str]
    """Local names of its classes."""
    names: tuple[str, ...]
    """Its name first, then what else it is called."""
    document: str = ""
    """IRI of the document; empty for the reference data."""
    day: str = UNKNOWN
    """The first day on which the document may have been issued."""
    states: frozenset[str] = frozenset()
    """States that it is said to belong to."""
    offices: frozenset[str] = frozenset()
    """Kinds of office that a person is said to hold."""
    held: tuple[tuple[str, str, str], ...] = ()
    """Of a person of the reference data: first and last day and body of each office."""
    categories: frozenset[str] = frozenset()

    @property
    def is_known(self) -> bool:
        """Whether it is the reference data's."""
        return not self.document

    @property
    def rank(self) -> tuple[bool, str, str, str]:
        """Which of several gives its IRI to all: the least. The reference's before all, then the earliest document's."""
        return not self.is_known, self.day, self.document, self.iri


@dataclass(frozen=True, slots=True)
class _Mention:
    """A place in the text that names an entity."""

    begin: int
    end: int
    entity: str


class Profiles:
    """Reads profiles from quads."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def of_document(self, document: str, facts: Facts) -> list[Profile]:
        """The entities that only texts name, as what this document's triples tell gives them, sorted by IRI."""
        told: dict[str, dict[str, set[str]]] = {
            iri: {} for iri, _ in sorted(facts.get(_RECONCILED, ())) if _kind(iri) in KINDS
        }
        if not told:
            return []
        for name in _OWN:
            for iri, value in facts.get(name, ()):
                if iri in told:
                    told[iri].setdefault(name, set()).add(value)
        text = next((value for iri, value in facts.get(_TEXT, ()) if iri == document), "")
        issued = next((value for iri, value in facts.get(_ISSUED, ()) if iri == document), "")
        mentions = sorted(_mentions(facts), key=lambda each: (each.begin, each.end, each.entity))
        return [
            self._told(iri, own, text, mentions, document, first_day(issued) or UNKNOWN) for iri, own in told.items()
        ]

    def of_graph(self, document: ox.NamedNode, store: Quads) -> list[Profile]:
        """The same, of a document in the store, of whose graph only what is looked at is read."""
        read = map(ox.NamedNode, sorted(READ))
        told = facts_of(quad for each in read for quad in store.quads_for_pattern(None, each, None, document))
        return self.of_document(document.value, told)

    def _told(
        self, iri: str, own: Mapping[str, set[str]], text: str, mentions: list[_Mention], document: str, day: str
    ) -> Profile:
        kind = _kind(iri)
        places = [each for each in mentions if each.entity == iri]
        states = set(own.get(AC + "originState", ()))
        offices: set[str] = set()
        for place in places:
            if kind == PERSON:
                said, held = self._said_of(place, text, mentions)
                states |= said
                offices |= held
            else:
                states |= _states(mentions, place.begin, place.end)
        return Profile(
            iri,
            kind,
            _classes(own),
            _names(own),
            document,
            day,
            frozenset(state for state in states if state.startswith(STATE)),
            frozenset(offices),
            categories=frozenset(own.get(AC + "category", ())),
        )

    def _said_of(self, place: _Mention, text: str, mentions: list[_Mention]) -> tuple[set[str], set[str]]:
        """The states and kinds of office in what stands right before and behind a person's name."""
        states: set[str] = set()
        offices: set[str] = set()
        lead = _OPENING.search(text, max(0, place.begin - _REACH), place.begin)
        words = list(_WORD.finditer(text, lead.start() if lead else place.begin, place.begin))[-_WORDS_BETWEEN:]
        for word in words:
            if kinds := self._knowledge.offices.get(fold(word.group())):
                offices |= kinds
                states |= _states(mentions, word.start(), place.begin)
        if behind := _BEHIND.match(text, place.end):
            for word in list(_WORD.finditer(text, behind.start(), behind.end()))[:_FIRST]:
                if kinds := self._knowledge.offices.get(fold(word.group())):
                    offices |= kinds
                    states |= _states(mentions, word.start(), behind.end())
        adjoining = [each for each in mentions if 0 <= place.begin - each.end <= 1]
        states |= {each.entity for each in adjoining if each.entity.startswith(STATE)}
        return states, offices

    def of_reference(self, store: Quads) -> list[Profile]:
        """The entities of the store's reference graph, sorted by IRI."""
        graph = ox.NamedNode(REFERENCE_GRAPH)
        facts = _facts(
            quad for each in _READ for quad in store.quads_for_pattern(None, ox.NamedNode(each), None, graph)
        )
        return [self._known(iri, facts) for iri in sorted(facts) if _kind(iri) in KINDS and _names(facts[iri])]

    def _known(self, iri: str, facts: Mapping[str, Mapping[str, set[str]]]) -> Profile:
        own = facts[iri]
        tenures = [facts[tenure] for tenure in sorted(own.get(AC + "holdsOffice", ())) if tenure in facts]
        held = tuple(
            (_one(each, "earliest") or "0000", _one(each, "latest") or UNKNOWN, _one(each, "officeOf"))
            for each in tenures
        )
        states = {body for _, _, body in held} | own.get(AC + "originState", set())
        if _classes(own) & _SEATED:
            seats = own.get(SCHEMA + "location", set())
            states |= seats.union(
                *(facts[seat].get(SCHEMA + "containedInPlace", set()) for seat in seats if seat in facts)
            )
        types = {kind for each in tenures for kind in each.get(AC + "officeType", ())}
        return Profile(
            iri,
            _kind(iri),
            _classes(own),
            _names(own),
            states=frozenset(each for each in states if each.startswith(STATE)),
            offices=frozenset(self._knowledge.types[kind] for kind in types if kind in self._knowledge.types),
            held=held,
            categories=frozenset(own.get(AC + "category", ())),
        )


def _facts(quads: Iterable[ox.Quad]) -> dict[str, dict[str, set[str]]]:
    """The values of each thing by property."""
    facts: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            facts[quad.subject.value].setdefault(quad.predicate.value, set()).add(quad.object.value)
    return facts


def _mentions(facts: Facts) -> Iterator[_Mention]:
    begins, ends = dict(facts.get(_BEGIN, ())), dict(facts.get(_END, ()))
    for phrase, entity in facts.get(_NAMED, ()):
        yield _Mention(int(begins[phrase]), int(ends[phrase]), entity)


def _states(mentions: Iterable[_Mention], begin: int, end: int) -> set[str]:
    """The states named between two places of the text."""
    return {m.entity for m in mentions if begin <= m.begin and m.end <= end and m.entity.startswith(STATE)}


def _names(own: Mapping[str, set[str]]) -> tuple[str, ...]:
    """The name, then the others, sorted."""
    preferred, others = own.get(SKOS + "prefLabel", set()), own.get(SKOS + "altLabel", set())
    return (*sorted(preferred), *sorted(others - preferred))


def _classes(own: Mapping[str, set[str]]) -> frozenset[str]:
    return frozenset(value.removeprefix(AC) for value in own.get(RDF + "type", ()) if value.startswith(AC))


def _kind(iri: str) -> str:
    """The folder of an entity's IRI; empty for other things."""
    return iri.removeprefix(ACR).split("/")[0] if iri.startswith(ACR) else ""


def _one(own: Mapping[str, set[str]], name: str) -> str:
    return min(own.get(AC + name, {""}))
