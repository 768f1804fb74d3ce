"""Events as documents give them: what of their quads fusion compares.

One document's telling of an event is read from its quads; tellings of one IRI, in whatever documents, are one event from the start,
since an IRI is made of class, time and fillers (kg/extract/events/merge.py).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from zlib import crc32

from kg.fusion.knowledge import ROLES, Knowledge
from kg.ids import fold
from kg.namespaces import AC, ACR, DCTERMS, ITSRDF, NIF, PROV, RDF
from kg.periods import first_day, last_day
from kg.triples import Facts

WORD = re.compile(r"[^\W\d_]{4,}|\d+")
STEM = 6
"""Letters of a word that count: "missile" and "missiles" are one."""
SETTINGS = (ACR + "place/", ACR + "gathering/")
NEVER = "9999"
TRANSFER = "ArmsTransfer"


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A document, ordered by when it was issued; what has no date comes last."""

    day: str
    """The first day on which it may have been issued, as an ISO date; 9999 where that is unknown."""
    identifier: str
    iri: str
    last: str = NEVER
    """The last such day."""


@dataclass(frozen=True, slots=True)
class Detail:
    """What a document says of an event beyond its class, roles and time."""

    words: frozenset[int] = frozenset()
    """Hashes of the stems of the sentences that say it."""
    setting: frozenset[str] = frozenset()
    """Places and gatherings that these sentences, or the ones before them, name."""
    modalities: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    """Which stages of a transfer its words tell: that arms were ordered, that they were handed over."""
    story: frozenset[int] = frozenset()
    """Hashes of all that the document names: what its story is about."""


@dataclass(slots=True)
class Telling:
    """An event as one document gives it."""

    iri: str
    source: Source
    kind: str
    roles: dict[str, set[str]] = field(default_factory=dict)
    earliest: str | None = None
    latest: str | None = None
    inferred: bool = False
    """Whether a part of its date is inferred rather than said."""
    detail: Detail | None = None
    """None where it was not read yet."""


@dataclass(slots=True)
class Document:
    """What one document's quads tell."""

    source: Source
    tellings: dict[str, Telling] = field(default_factory=dict)
    categories: dict[str, set[str]] = field(default_factory=dict)
    """The weapon categories of weapons that only texts know."""

    def rename(self, names: Mapping[str, str], known: Collection[str] = ()) -> None:
        """Put entities under the IRIs by which they are known; of what the reference data knows the document's word does not count."""
        if not names:
            return
        for telling in self.tellings.values():
            for role, entities in telling.roles.items():
                telling.roles[role] = {names.get(each, each) for each in entities}
        given, self.categories = self.categories, {}
        for weapon, above in given.items():
            if (name := names.get(weapon, weapon)) == weapon or name not in known:
                self.categories.setdefault(name, set()).update(above)


_ROLE = {AC + role: role for role in ROLES}
_TYPE, _ISSUED, _IDENTIFIER = RDF + "type", DCTERMS + "issued", DCTERMS + "identifier"
_ABOUT, _MODALITY, _QUOTED = AC + "about", AC + "modality", PROV + "wasQuotedFrom"
_METHOD = AC + "method"
_ANCHOR, _BEGIN, _END, _NAMES = NIF + "anchorOf", NIF + "beginIndex", NIF + "endIndex", ITSRDF + "taIdentRef"
OUTLINE = (*_ROLE, AC + "earliest", AC + "latest", AC + "dateInferred", _ISSUED, _IDENTIFIER, AC + "category")
"""The predicates that a telling without detail is read from, besides the classes of events."""


READ = frozenset((*OUTLINE, _TYPE, _ABOUT, _MODALITY, _METHOD, _QUOTED, _ANCHOR, _BEGIN, _END, _NAMES))
"""The predicates that a telling is read from."""


class Reader:
    """Reads tellings from what quads tell."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._kinds = {AC + kind: kind for kind in knowledge.natures}
        self._common = knowledge.common
        self._stages = knowledge.stages

    def read(self, document: str, facts: Facts, *, detailed: bool = True) -> Document:
        """The tellings in what the quads of a document's graph tell, and what else fusion needs of them."""
        found = Document(_source(document, facts))
        for subject, kind in facts.get(_TYPE, ()):
            if kind in self._kinds:
                found.tellings[subject] = Telling(subject, found.source, self._kinds[kind])
        _fill(found, facts)
        for subject, above in facts.get(AC + "category", ()):
            found.categories.setdefault(subject, set()).add(above)
        if detailed:
            self._detail(found, facts)
        return found

    def _detail(self, found: Document, facts: Facts) -> None:
        """Give the tellings the words, settings and modalities of their claims."""
        quoted, modality = dict(facts.get(_QUOTED, ())), dict(facts.get(_MODALITY, ()))
        words_of = {claim: method.rpartition("/")[2] for claim, method in facts.get(_METHOD, ())}
        anchors, begins, ends = (dict(facts.get(name, ())) for name in (_ANCHOR, _BEGIN, _END))
        sentences = sorted(set(quoted.values()), key=lambda each: int(begins.get(each, 0)))
        names = sorted(
            (int(begins.get(phrase, 0)), entity)
            for phrase, entity in facts.get(_NAMES, ())
            if entity.startswith(SETTINGS)
        )
        starts = sorted({int(begins[each]) for each, kind in facts.get(_TYPE, ()) if kind == NIF + "Sentence"})
        words = {each: self._stems(anchors.get(each, "")) for each in sentences}
        near = {each: _near(int(begins.get(each, 0)), int(ends.get(each, 0)), starts, names) for each in sentences}
        story = frozenset(crc32(entity.encode()) for _, entity in facts.get(_NAMES, ()))
        told: dict[str, list[str]] = {}
        for claim, event in facts.get(_ABOUT, ()):
            told.setdefault(event, []).append(claim)
        for iri, telling in found.tellings.items():
            claims = told.get(iri, ())
            said = [quoted[claim] for claim in claims if claim in quoted]
            telling.detail = Detail(
                frozenset().union(*(words[each] for each in said)),
                frozenset().union(*(near[each] for each in said)),
                frozenset(modality[claim].removeprefix(AC) for claim in claims if claim in modality),
                frozenset(self._stages.get(words_of.get(claim, ""), "") for claim in claims)
                if telling.kind == TRANSFER
                else frozenset(),
                story,
            )

    def _stems(self, sentence: str) -> frozenset[int]:
        words = (word for word in WORD.findall(fold(sentence)) if word not in self._common)
        return frozenset(crc32(word[:STEM].encode()) for word in words)


def _fill(found: Document, facts: Facts) -> None:
    """Give the tellings their roles and times."""
    tellings = found.tellings
    for predicate, role in _ROLE.items():
        for subject, value in facts.get(predicate, ()):
            if subject in tellings:
                tellings[subject].roles.setdefault(role, set()).add(value)
    for subject, value in facts.get(AC + "earliest", ()):
        if subject in tellings:
            tellings[subject].earliest = value
    for subject, value in facts.get(AC + "latest", ()):
        if subject in tellings:
            tellings[subject].latest = value
    for subject, value in facts.get(AC + "dateInferred", ()):
        if subject in tellings:
            tellings[subject].inferred = value == "true"


def _source(document: str, facts: Facts) -> Source:
    """The document itself."""
    own = {
        name: value for name in (_ISSUED, _IDENTIFIER) for subject, value in facts.get(name, ()) if subject == document
    }
    issued = own.get(_ISSUED, "")
    return Source(first_day(issued) or NEVER, own.get(_IDENTIFIER, document), document, last_day(issued) or NEVER)


def _near(begin: int, end: int, starts: list[int], names: list[tuple[int, str]]) -> frozenset[str]:
    """What is named from the sentence before this one on to its end."""
    before = bisect_right(starts, begin) - 2
    first = starts[before] if before >= 0 else begin
    return frozenset(entity for place, entity in names if first <= place < end)


def ordinal(day: str | None) -> int | None:
    """The number of a day, for reckoning; None of none and of what is no day of the calendar."""
    try:
        return date.fromisoformat(day).toordinal() if day and day != NEVER else None
    except ValueError:
        return None
