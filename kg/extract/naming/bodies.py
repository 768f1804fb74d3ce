"""Bodies that no list holds: institutions by what describes them, firms and associations by the noun that introduces them.

"l'Observatoire des mines", "la firme serbe X", "les ONG X, Y et Z", "le patron de X", "l'autorité de déminage (X)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.lexicon.function_words import Kind
from kg.extract.lexicon.name_words import BodyWords
from kg.extract.lines.parse import Doc, Token
from kg.extract.naming.toponyms import Proposal
from kg.ids import entity_iri
from kg.model import Entity

if TYPE_CHECKING:
    from kg.extract.naming.names import Named

_BODIES = frozenset(
    {"Organization", "InternationalOrganization", "GovernmentBody", "Company", "MediaOutlet", "ArmedGroup"}
)
_WITHIN = frozenset({"Place", "WeaponSystem", "WeaponCategory", "Conflict"})
"""Classes of names that may be part of a body's: "BrahMos Aerospace", "Pacific Forum"."""
_ACRONYM = re.compile(r"(?=(?:.*[A-Z]){2})[A-Z][A-Za-z-]{1,8}$")
_QUOTES = frozenset({"«", '"', "“"})
_LONGEST = 14
"""Tokens that a description has at most."""


class Bodies:
    """Proposes bodies that the reference does not know; `common` holds folded words that are never names."""

    def __init__(self, words: BodyWords, common: set[str]) -> None:
        self._words = words
        self._common = common

    def abbreviations(self, doc: Doc, taken: dict[int, Named]) -> Iterator[Proposal]:
        """The bodies of a line that are described before their abbreviation; `taken` are the names known there, by token."""
        for token in doc:
            if token.text[0] == "(":
                yield from self._abbreviated(doc, token.i, taken)

    def find(self, doc: Doc, taken: dict[int, Named]) -> Iterator[Proposal]:
        """The other bodies of a line."""
        for token in doc:
            if (known := taken.get(token.i)) is not None and known.kind in _BODIES:
                continue
            elif self._opens(doc, token) and (end := self._described(doc, token.i, taken)) > token.i + 1:
                yield _body("Organization", doc, token.i, end)
            elif kind := self._introduced(token):
                yield from self._called(doc, token, kind, taken)
            elif token.lower_ in self._words.at or self._has_body(token):
                yield from self._employing(doc, token, taken)

    def _has_body(self, token: Token) -> bool:
        """Whether a noun has a body as its complement: of a person there, or of what it owns."""
        lemma = token.lower_lemma
        return lemma in self._words.staff or lemma in self._words.holdings

    def _opens(self, doc: Doc, token: Token) -> bool:
        """Whether a noun begins a description that is a name: by its capital, or by the word behind it."""
        lemma = token.lower_lemma
        if token.is_capital:
            return lemma in self._words.institutions and not token.is_sent_start and token.i > 0
        following = self._words.small.get(lemma) or self._words.small.get(token.lower_)
        return following is not None and doc.span(token.i + 1, token.i + 4).text.lower().startswith(
            tuple(word.lower() for word in following)
        )

    def _described(self, doc: Doc, start: int, taken: dict[int, Named]) -> int:
        """Where the description that begins at `start` ends: adjectives, and complements after "de", "pour", "sur"."""
        end, linked = start + 1, False
        while end < len(doc) and end - start < _LONGEST:
            token, known = doc[end], taken.get(end)
            if token.lower_ in self._words.links and not token.is_capital:
                if token.lower_ in self._words.sides and not self._is_field(doc, end, taken):
                    break
                if Kind.AND in token.kinds and not self._goes_on(doc, end):
                    break
                end, linked = end + 1, True
                continue
            if known is not None and known.kind in _BODIES | {"Person", "Treaty", "Gathering"}:
                if known.kind in _BODIES and known.kind != "InternationalOrganization" and not linked:
                    return start
                break
            proper = token.is_capital and (linked or end == start + 1 or token.pos_ == "PROPN")
            if not (token.text == "-" or proper or token.pos_ == "ADJ" or (linked and token.pos_ in ("NOUN", "PROPN"))):
                break
            end = known.end if known is not None else end + 1
            if known is not None and known.kind in ("State", "Place") and linked:
                break
            linked = False
        while end > start + 1 and (doc[end - 1].lower_ in self._words.links or doc[end - 1].text == "-"):
            end -= 1
        return end

    def _is_field(self, doc: Doc, index: int, taken: dict[int, Named]) -> bool:
        """Whether "au", "pour" or "sur" opens what a body is for, and not where or when it acts: "au Commerce", "pour l'exploration"."""
        position = index + 1
        if position < len(doc) and Kind.THE_ANY in doc[position].kinds:
            position += 1
        if position >= len(doc) or (position in taken and taken[position].kind in ("Place", "State")):
            return False
        if Kind.AT_ANY in doc[index].kinds:
            return doc[position].is_capital
        return position == index + 2 or doc[position].is_capital

    def _goes_on(self, doc: Doc, index: int) -> bool:
        """Whether "et" continues a description: "des frontières et des eaux"; not "le Conseil et le ministre"."""
        following = doc[index + 1 : index + 2]
        return bool(following) and Kind.OF_ANY in following[0].kinds

    def _introduced(self, token: Token) -> str | None:
        """The class of the body that a noun introduces; None if it introduces none."""
        words = self._words.introducing
        if token.is_capital and token.text not in words and not token.is_sent_start:
            return None
        return words.get(token.lemma_) or words.get(token.lower_lemma) or words.get(token.text)

    def _called(self, doc: Doc, token: Token, kind: str, taken: dict[int, Named]) -> Iterator[Proposal]:
        """The name right behind the noun that introduces it, and those that a plural goes on with."""
        start = token.i + 1
        while start < len(doc) and start - token.i < 4 and doc[start].pos_ == "ADJ" and doc[start].text.islower():
            start += 1
        start += start < len(doc) and doc[start].text in _QUOTES
        while (end := self._run(doc, start, taken)) > start:
            yield _body(kind, doc, start, end)
            if not self._is_list(doc, token, end) or not (doc[end].text == "," or Kind.AND in doc[end].kinds):
                return
            start = end + 1

    def _is_list(self, doc: Doc, head: Token, end: int) -> bool:
        """Whether more names follow the first: the noun is in the plural."""
        plural = Kind.PLURAL in head.kinds or doc[max(0, head.i - 1)].lower_ in self._words.many
        return plural and end < len(doc) - 1

    def _employing(self, doc: Doc, token: Token, taken: dict[int, Named]) -> Iterator[Proposal]:
        """The body at which someone works: "le patron de X", "chercheuse au X", "chez X"."""
        start = token.i + 1
        if token.lower_ not in self._words.at:
            if start >= len(doc) or doc[start].lower_ not in self._words.employing:
                return
            start += 1
        end = self._run(doc, start, taken)
        if end > start and not any(doc.recognised_as(t) in ("PER", "LOC") for t in doc[start:end]):
            yield _body("Organization", doc, start, end)

    def _run(self, doc: Doc, start: int, taken: dict[int, Named]) -> int:
        """Where a run of capitalised words that may name a body ends; `start` itself where there is none."""
        end, fresh = start, False
        while end < len(doc) and end - start < 6:
            token, known = doc[end], taken.get(end)
            if known is not None and known.kind not in _WITHIN:
                break
            small = (
                token.lower_ in self._words.foreign and end > start and end + 1 < len(doc) and doc[end + 1].is_capital
            )
            glued = end > start and "-" in (token.text, doc[end - 1].text)
            if not small and not glued and not (token.is_capital and len(token.text) > 1):
                break
            fresh = fresh or (known is None and not small)
            end += 1
        alone = end == start + 1 and doc[start].folded in self._common
        return end if fresh and not alone else start

    def _abbreviated(self, doc: Doc, bracket: int, taken: dict[int, Named]) -> Iterator[Proposal]:
        """A body described right before its abbreviation in brackets: "la commission de contrôle (CDC)"."""
        if bracket + 2 >= len(doc) or doc[bracket + 2].text[0] != ")":
            return
        short, known = doc[bracket + 1].text, taken.get(bracket + 1)
        if not _ACRONYM.match(short) or (known is not None and known.kind not in _BODIES):
            return
        start = self._head(doc, bracket)
        if start is None or any(
            taken[i].kind in _BODIES and taken[i].end == bracket for i in range(start, bracket) if i in taken
        ):
            return
        if known is not None:
            yield Entity(known.entity, known.kind, short), doc.span(start, bracket), "pattern:body"
            return
        label = doc.span(start, bracket).text
        label = label[0].lower() + label[1:] if label[0].isupper() and label[1].islower() else label
        entity = Entity(entity_iri("Organization", short), "Organization", short, False, names=(label,))
        yield entity, doc.span(start, bracket), "pattern:body"
        yield entity, doc.span(bracket + 1, bracket + 2), "pattern:body"

    def _head(self, doc: Doc, bracket: int) -> int | None:
        """The noun that begins the description of a body before a bracket; None where there is none."""
        for index in range(bracket - 1, max(doc[bracket].sent.start - 1, bracket - _LONGEST), -1):
            token = doc[index]
            if token.pos_ in ("VERB", "AUX") or token.is_punct:
                return None
            heads = token.lower_lemma in self._words.institutions and token.pos_ in ("NOUN", "PROPN")
            if heads and index and doc[index - 1].pos_ in ("DET", "ADP"):
                return index
        return None


def _body(kind: str, doc: Doc, start: int, end: int) -> Proposal:
    label = doc.span(start, end).text
    return Entity(entity_iri(kind, label), kind, label, reconciled=False), doc.span(start, end), "pattern:body"
