"""Names that no list holds, found by what stands around them: treaties, gatherings, weapons, persons, bodies, places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Doc, Span, Token
from kg.extract.naming.agreements import Agreements
from kg.extract.naming.bodies import Bodies
from kg.extract.naming.designations import Designations
from kg.extract.naming.persons import Persons
from kg.extract.naming.recognised import Recognised
from kg.extract.naming.toponyms import Toponyms, unknown
from kg.extract.words import fold_word, keys
from kg.ids import entity_iri
from kg.model import Entity, Reference

if TYPE_CHECKING:
    from kg.extract.naming.names import Named

_DESIGNATOR = re.compile(r"[A-ZÉ][A-Za-zé]{0,12}-?\d{1,4}[A-Z]{0,4}(?:-\d+)?$")
_NAME = re.compile(r"[A-ZÉÈÀ][\w'’-]+$")
Proposal = tuple[Entity, Span, str]


class Patterns:
    """Proposes entities that the reference does not know."""

    def __init__(self, reference: Reference, lexicon: Lexicon) -> None:
        self.words = lexicon.names
        self._weapon_heads = {fold_word(h): c for h, c in self.words.weapon_heads.items()}
        self._gathering_names = {
            keys(name.text): reference.entities[name.entity]
            for name in reversed(reference.names)
            if reference.entities[name.entity].kind == "Gathering" and len(keys(name.text)) > 1
        }
        titles = {fold_word(t) for t in self.words.titles}
        never = {fold_word(w) for w in self.words.never_names}
        dates = set(map(fold_word, lexicon.dates.months)) | set(map(fold_word, lexicon.dates.weekdays))
        self._common = never | dates
        self._airliners = re.compile("|".join(self.words.airliners))
        self._entities = reference.entities
        self._agreements = Agreements(lexicon.agreements)
        self._designations = Designations(lexicon, self._common)
        self._persons = Persons(lexicon, self._common)
        self._bodies = Bodies(lexicon.bodies, self._common)
        self._toponyms = Toponyms(lexicon, self._common)
        self.recognised = Recognised(self.words, never, dates, {t.rstrip(".") for t in titles} | titles, self._persons)

    def find(self, doc: Doc, names: list[Named]) -> Iterator[Proposal]:
        """Every proposal of a line; those that lie within known names are for the caller to leave out."""
        taken = {i: n for n in names for i in range(n.start, n.end)}
        yield from self._treaties(doc, taken)
        yield from self._gatherings(doc, taken)
        yield from self._toponyms.landforms(doc, taken)
        yield from self._bodies.abbreviations(doc, taken)
        yield from self._weapons(doc, taken)
        yield from self._designations.find(doc, taken)
        yield from self._bodies.find(doc, taken)
        yield from self._persons.find(doc, taken)
        yield from self.recognised.find(doc, taken)
        yield from self._toponyms.situated(doc, names)

    def _treaties(self, doc: Doc, taken: dict[int, Named]) -> Iterator[Proposal]:
        for entity, start, end, rule in self._agreements.find(doc, taken):
            yield self._abbreviated(doc, end, taken) or entity, doc.span(start, end), rule

    def _abbreviated(self, doc: Doc, end: int, taken: dict[int, Named]) -> Entity | None:
        """The known treaty whose abbreviation stands in brackets behind a description: "l'accord sur le nucléaire (JCPOA)"."""
        known = taken.get(end + 1)
        if known is None or known.kind != "Treaty" or doc[end].text != "(":
            return None
        return self._entities.get(known.entity)

    def _gatherings(self, doc: Doc, taken: dict[int, Named]) -> Iterator[Proposal]:
        for token in doc:
            if token.lower_lemma not in self.words.gathering_heads or token.i in taken or Kind.PLURAL in token.kinds:
                continue
            head = token.lower_lemma
            end = token.i + 1
            while end < len(doc) and end - token.i < 9:
                word = doc[end]
                if not (
                    word.lower_ in self.words.gathering_links
                    or word.pos_ in ("PROPN", "ADJ")
                    or word.i in taken
                    or word.is_capital
                    or (word.pos_ == "NOUN" and doc[end - 1].lower_ in self.words.gathering_topics)
                ):
                    break
                end += 1
            while end > token.i + 1 and doc[end - 1].pos_ in ("ADP", "DET"):
                end -= 1
            label = doc.span(token.i, end).text
            named = any(w[0].isupper() for w in label.split()[1:]) or (token.is_capital and token.i != token.sent.start)
            if self._names_those_who_meet(doc, token.i + 1, taken):
                continue
            if head in self.words.plain_gatherings or end - token.i < 3 or not named:
                continue
            known = self._known_gathering(doc.span(token.i, end))
            yield (
                known or unknown("Gathering", label[0].lower() + label[1:]),
                doc.span(token.i, end),
                "pattern:gathering",
            )

    @staticmethod
    def _names_those_who_meet(doc: Doc, start: int, taken: dict[int, Named]) -> bool:
        """Whether two who are known stand at `start`, joined by a hyphen: "le sommet Kim-Moon" is a meeting of both."""
        first = taken.get(start)
        if first is None or first.kind not in ("Person", "State") or doc.span(first.end, first.end + 1).text != "-":
            return False
        second = taken.get(first.end + 1)
        return second is not None and second.kind == first.kind

    def _known_gathering(self, span: Span) -> Entity | None:
        """The reference's gathering under the same words without their adjectives: "forum économique de X" is "forum de X"."""
        reduced = keys(" ".join(t.text for t in span if t.pos_ != "ADJ" or t.is_capital))
        return self._gathering_names.get(keys(span.text)) or self._gathering_names.get(reduced)

    def _weapons(self, doc: Doc, taken: dict[int, Named]) -> Iterator[Proposal]:
        for token in doc:
            if token.i in taken or not _NAME.match(token.text) or token.i == 0:
                continue
            if token.folded in self._common or self._airliners.fullmatch(token.text):
                continue
            found, category = self._weapon_head(doc, token, taken)
            if not found or (len(token.text) < 3 and not _DESIGNATOR.match(token.text)):
                continue
            end = token.i + 1
            while (
                end < len(doc)
                and end not in taken
                and (
                    self._continues(doc, end, token.i)
                    or doc[end].text == "-"
                    or re.fullmatch(r"-?\d{1,4}[A-Z]?|[A-Z]{1,3}\d*|[IVX]+", doc[end].text)
                )
            ):
                end += 1
            facts = (("category", category),) if category else ()
            yield (
                unknown("WeaponSystem", doc.span(token.i, end).text, facts),
                doc.span(token.i, end),
                "pattern:weapon",
            )

    def _continues(self, doc: Doc, index: int, start: int) -> bool:
        """Whether a word is the second or third of a weapon's name: "Black Hawk"."""
        word = doc[index]
        return index - start < 3 and bool(_NAME.match(word.text)) and word.folded not in self._common

    def _weapon_head(self, doc: Doc, token: Token, taken: dict[int, Named]) -> tuple[bool, str | None]:
        """Whether a weapon's kind announces the token as its name, and the IRI of that kind.

        The kind stands right before it, or adjectives, a word of naming ("baptisé"), a class ("de type") or a comma and an
        article are between: "une frégate, la X".
        """
        position = token.i - 1
        if position > 0 and doc[position].lower_ in ("«", '"', "("):
            position -= 1
        owned = Kind.THE in doc[position].kinds and position > 0 and Kind.OF in doc[position - 1].kinds
        if (
            (owned or Kind.OF in doc[position].kinds)
            and not _DESIGNATOR.match(token.text)
            and not self._is_class(doc, position)
        ):
            return False, None
        if self._is_apposed(doc, token):
            position -= 2
        steps = 0
        while position >= 0 and steps < 6:
            word = doc[position]
            known = taken.get(position)
            if (kind := self._kind_word(word)) is not None:
                category = self._weapon_heads[kind]
                return True, entity_iri("WeaponCategory", category) if category else None
            if known is not None and known.kind == "WeaponCategory":
                return True, known.entity
            if word.pos_ != "ADJ" and known is None and not self._names(word):
                return False, None
            position, steps = position - 1, steps + 1
        return False, None

    def _kind_word(self, word: Token) -> str | None:
        return next((w for w in (word.folded_lemma, word.folded) if w in self._weapon_heads), None)

    def _names(self, word: Token) -> bool:
        """Whether a word only introduces a name: "baptisée", "de type"."""
        return word.lower_ in self.words.naming or word.lower_lemma in self.words.naming

    def _is_class(self, doc: Doc, position: int) -> bool:
        """Whether "de" at `position` belongs to "du nom de X"."""
        return position > 0 and self._names(doc[position - 1]) and doc[position - 1].pos_ == "NOUN"

    def _is_apposed(self, doc: Doc, token: Token) -> bool:
        """Whether a name stands between commas after its kind: "un missile, le X,"."""
        comma = token.i >= 3 and doc[token.i - 2].text == "," and Kind.THE in doc[token.i - 1].kinds
        after = doc[token.i + 1].text if token.i + 1 < len(doc) else "."
        return comma and after in (",", ".", ")", "»", ";", "!", "?")
