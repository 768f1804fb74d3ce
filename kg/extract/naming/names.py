"""What each line names: gazetteer hits decided by their context, then patterns and `ner` for what nobody listed.

The reference decides what exists; the context decides between homonyms, between a capital and its state, and whether a
common word is a weapon's name. What the text plainly introduces (a treaty, a weapon, a person) becomes an entity of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kg.extract.lexicon import Lexicon
from kg.extract.lines.parse import Doc, Span
from kg.extract.naming.agreements import bans_reworded
from kg.extract.naming.contexts import Contexts
from kg.extract.naming.gazetteer import Gazetteer, Hit
from kg.extract.naming.patterns import Patterns
from kg.extract.words import keys
from kg.model import Entity, Name, NameForm, Reference

AGENTS = frozenset(
    {
        "State",
        "Person",
        "Organization",
        "InternationalOrganization",
        "GovernmentBody",
        "Company",
        "MediaOutlet",
        "ArmedGroup",
    }
)
_NAMED_AGAIN = frozenset({"Organization", "Company", "MediaOutlet", "ArmedGroup", "WeaponSystem"})
"""Classes of what a text introduces and then names by its single word."""
_ROMAN = re.compile(r"[IVX]+")
"""A number that belongs to the weapon's name before it: "Minuteman III"."""
WEAPONS = frozenset({"WeaponSystem", "WeaponCategory"})


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a line: tokens start to end (exclusive), characters begin to stop, and what it names."""

    start: int
    end: int
    begin: int
    stop: int
    entity: str
    kind: str
    form: NameForm
    rule: str
    place: str | None = None
    """The capital as a place, where the name is a capital that may stand for its state."""
    is_place: bool = False
    """Whether the context means the capital as a place."""
    confidence: float = 1.0


@dataclass(slots=True)
class Memory:
    """What the document has named so far, for later lines and for homonyms."""

    full: set[str] = field(default_factory=set)
    """Entities that an unambiguous name has named."""
    surnames: dict[str, str] = field(default_factory=dict)
    """Folded last name of a person whom only this document knows, to the IRI."""
    entities: dict[str, Entity] = field(default_factory=dict)
    """Entities that the document introduces."""

    def bare(self) -> dict[str, tuple[str, str]]:
        """The single words by which a text goes on to name what it introduced, folded for persons: to the class and IRI."""
        words = {name: ("Person", iri) for name, iri in self.surnames.items()}
        for iri, entity in self.entities.items():
            if (
                entity.kind in _NAMED_AGAIN
                and len(entity.label) > 2
                and entity.label[0].isupper()
                and _is_word(entity.label)
            ):
                words[entity.label] = (entity.kind, iri)
        return words

    def _introduced(self, proposed: Entity) -> Entity | None:
        """The body or weapon of another class that the document introduced by the same single word."""
        fitting = (e for e in self.entities.values() if e.label == proposed.label and e.kind in _NAMED_AGAIN)
        return next(fitting, None)

    def same(self, proposed: Entity) -> Entity:
        """The entity of this kind that the document already named so; the proposed one where there is none."""
        if _is_word(proposed.label) and (named := self._introduced(proposed)):
            return named
        called = {proposed.label, *proposed.names}
        for known in self.entities.values() if proposed.names or proposed.kind == "Treaty" else ():
            if known.kind == proposed.kind and called & {known.label, *known.names}:
                return known
        return proposed


class Names:
    """Finds the names of a document's lines."""

    def __init__(self, reference: Reference, lexicon: Lexicon) -> None:
        self.reference = reference
        self.gazetteer = Gazetteer(reference, bans_reworded(_treaty_names(reference), lexicon.agreements))
        self._contexts = Contexts(lexicon, self.gazetteer.kinds)
        self.patterns = Patterns(reference, lexicon)
        self._states = {iri for iri, entity in reference.entities.items() if entity.kind == "State"}
        self._places = {state: place for place, state in sorted(reference.capitals.items())}
        self._capital_names = {
            (keys(name.text), reference.capitals[name.entity])
            for name in reference.names
            if name.entity in reference.capitals
        }
        self._treaty_names: dict[str, list[str]] = {treaty: [] for treaty in reference.parties}
        for name in reference.names:
            if name.entity in self._treaty_names:
                self._treaty_names[name.entity].append(name.text)
        self._bare = lexicon.syntax.locating | lexicon.syntax.bare_genitives

    def read(self, docs: list[Doc], issued: str | None) -> tuple[list[list[Named]], Memory]:
        """The names of each line, in order of the text, and what the document introduced."""
        memory = Memory()
        hits = [self.gazetteer.hits(doc.text) for doc in docs]
        for line in hits:
            memory.full |= {
                name.entity
                for hit in line
                for name in hit.names
                if len(hit.names) == 1 and not name.ambiguous and _is_full(name)
            }
        found = [self._decide(doc, line, memory, issued) for doc, line in zip(docs, hits, strict=True)]
        self._recognise(docs, found)
        for doc, names in zip(docs, found, strict=True):
            self._propose(doc, names, memory)
        known = memory.bare()
        for doc, names in zip(docs, found, strict=True):
            self._again(doc, names, known)
        return [sorted(line, key=lambda n: n.begin) for line in found], memory

    def _recognise(self, docs: list[Doc], found: list[list[Named]]) -> None:
        """Have `ner` read the sentences in which a name may stand that is not known yet."""
        awaited = [
            s for doc, names in zip(docs, found, strict=True) for s in self.patterns.recognised.awaited(doc, names)
        ]
        if awaited:
            awaited[0].doc.recognise(awaited)

    def _decide(self, doc: Doc, hits: Iterable[Hit], memory: Memory, issued: str | None) -> list[Named]:
        found, text = [], doc.text
        for hit in hits:
            span = doc.around(hit.begin, hit.end)
            if span is None:
                continue
            name = self._choose(span, text, hit, memory, issued)
            if name is not None:
                found.append(self._named(span, hit, name))
        return found

    def _choose(self, span: Span, text: str, hit: Hit, memory: Memory, issued: str | None) -> Name | None:
        """The one meaning of a hit, or None where the context supports none."""
        fitting = [name for name in hit.names if self._contexts.supports(span, hit, name, memory.full)]
        bodies = [name for name in fitting if name.ambiguous and self._kind(name) == "GovernmentBody"]
        if bodies and self._is_of_another(span):
            fitting = [name for name in fitting if name not in bodies]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        surface = text[hit.begin : hit.end]
        fitting = [name for name in fitting if name.text == surface] or fitting
        named = [name for name in fitting if name.entity in memory.full]
        fitting = named or fitting
        persons = [name for name in fitting if self._kind(name) == "Person"]
        if len(persons) == len(fitting) > 1:
            fitting = self._in_office(fitting, issued) or fitting
            if len({name.entity for name in fitting}) > 1 and not named:
                return None if all(len(keys(name.text)) == 1 for name in fitting) else fitting[0]
        places = [name for name in fitting if self._kind(name) == "Place"]
        if places and len(keys(places[0].text)) == 1 and self._kind(fitting[0]) == "Gathering":
            return places[0]
        if places and self._is_bare(span) and not any(self._kind(name) == "State" for name in fitting):
            return places[0]
        metonyms = [name for name in fitting if name.form is NameForm.METONYM]
        states = [name for name in fitting if self._kind(name) == "State" and name.form is not NameForm.METONYM]
        return (states or metonyms or fitting)[0]

    def _is_bare(self, span: Span) -> bool:
        """Whether a name follows a preposition without an article, as those of towns do and of bodies do not: "sur Douma"."""
        before = span.doc[span.start - 1] if span.start else None
        return before is not None and (before.lower_ in self._bare or before.pos_ == "ADJ")

    def _kind(self, name: Name) -> str:
        return self.gazetteer.kinds.get(name.entity, "")

    def _in_office(self, names: list[Name], issued: str | None) -> list[Name]:
        if issued is None:
            return []
        day = (issued + "-01-01")[:10] if len(issued) < 10 else issued
        holders = {t.person for t in self.reference.tenures if (t.earliest or "") <= day <= (t.latest or "9999")}
        return [name for name in names if name.entity in holders]

    def _is_of_another(self, span: Span) -> bool:
        """Whether the adjective of a state follows a body of which another state has the like: "le Congrès colombien"."""
        following = span.doc.span(span.end, span.end + 1)
        if not following or following[0].pos_ != "ADJ" or not following.text.islower():
            return False
        return any(n.form is NameForm.ADJECTIVE for hit in self.gazetteer.hits(following.text) for n in hit.names)

    def _named(self, span: Span, hit: Hit, name: Name) -> Named:
        kind = self._kind(name)
        qualifying = name.form is NameForm.ADJECTIVE or name.form is NameForm.PREFIX
        rule = "adjective" if qualifying else "metonym" if name.form is NameForm.METONYM else "gazetteer"
        named = Named(span.start, span.end, hit.begin, hit.end, name.entity, kind, name.form, rule)
        if name.form is NameForm.METONYM:
            places = [other.entity for other in hit.names if self._kind(other) == "Place"]
            capital = self._places.get(name.entity) if (keys(name.text), name.entity) in self._capital_names else None
            named = replace(named, place=capital or (places[0] if places else None), confidence=0.9)
            if named.place and self._contexts.is_place(span):
                return replace(named, is_place=True)
        return named

    def _propose(self, doc: Doc, names: list[Named], memory: Memory) -> None:
        """Add what patterns and `ner` find outside the names known so far."""
        taken = {i for n in names for i in range(n.start, n.end)}
        for proposed, span, rule in self.patterns.find(doc, names):
            covered = [n for n in names if n.start < span.end and span.start < n.end]
            if any(n.start <= span.start and span.end <= n.end for n in covered):
                continue
            names[:] = [n for n in names if n not in covered]
            if (
                proposed.kind == "WeaponSystem"
                and _ROMAN.fullmatch(span.text)
                and any(n.end == span.start for n in names)
            ):
                continue
            known = self._known_treaty(span, names) if proposed.kind == "Treaty" else None
            entity = known or memory.same(proposed)
            if not entity.reconciled:
                memory.entities.setdefault(entity.iri, entity)
            names.append(
                Named(
                    span.start,
                    span.end,
                    span.start_char,
                    span.end_char,
                    entity.iri,
                    entity.kind,
                    NameForm.LABEL,
                    rule,
                    confidence=0.8,
                )
            )
            taken |= set(range(span.start, span.end))
            if entity.kind == "Person" and len(keys(entity.label)) > 1:
                memory.surnames.setdefault(keys(entity.label)[-1], entity.iri)

    def _known_treaty(self, span: Span, names: list[Named]) -> Entity | None:
        """The reference's treaty that a description means: between the states of the sentence, and of the same words."""
        sentence = span.sent
        states = {n.entity for n in names if n.kind == "State" and sentence.start <= n.start < sentence.end}
        told = {w for w in keys(span.text) if len(w) > 4}
        best: tuple[int, str] | None = None
        for treaty, parties in sorted(self.reference.parties.items()):
            if len(parties) == 2 and set(parties) <= states:
                shared = max(len(told & set(keys(text))) for text in self._treaty_names[treaty])
                if shared >= 2 and (best is None or shared > best[0]):
                    best = shared, treaty
        return self.reference.entities[best[1]] if best else None

    def _again(self, doc: Doc, names: list[Named], known: dict[str, tuple[str, str]]) -> None:
        """Later mentions of what only the text knows: a person by the last name alone, a firm or a weapon by its name."""
        taken = {i for n in names for i in range(n.start, n.end)}
        for token in doc:
            if token.i in taken or not token.text[:1].isupper() or len(token.text) < 3:
                continue
            kind, iri = known.get(token.text) or known.get(token.folded) or ("", "")
            if not iri:
                continue
            rule = "surname" if kind == "Person" else "named before"
            begin, stop = token.idx, token.idx + len(token)
            names.append(Named(token.i, token.i + 1, begin, stop, iri, kind, NameForm.ALIAS, rule, confidence=0.8))


def _treaty_names(reference: Reference) -> Iterator[Name]:
    return (name for name in reference.names if reference.entities[name.entity].kind == "Treaty")


def _is_word(label: str) -> bool:
    return " " not in label and "'" not in label


def _is_full(name: Name) -> bool:
    """Whether a name is enough to introduce its entity: not a bare surname."""
    return name.form in (NameForm.LABEL, NameForm.ALIAS)
