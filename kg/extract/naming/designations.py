"""Weapons that no list holds, by the form of their names or by what is said right behind: designations, ships.

"le X-12B" where arms are spoken of, "USS Nom", "le Nom, un intercepteur de …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Doc, Token
from kg.extract.naming.toponyms import Proposal, unknown
from kg.extract.words import fold_word
from kg.ids import entity_iri

if TYPE_CHECKING:
    from kg.extract.naming.names import Named

_DESIGNATION = re.compile(r"(?:\d?[A-Z]{1,4}-\d{1,4}[A-Z]{0,3}|[A-Z]{1,4}\d{2,5}[A-Z]{0,2}|[A-Z]{1,3}\d[A-Z]{2})$")
_ARMS = frozenset({"WeaponSystem", "WeaponCategory"})
_NEAR = 14
"""How many tokens around a designation are searched for a word of arms."""


class Designations:
    """Proposes weapon systems; `common` holds folded words that are never names."""

    def __init__(self, lexicon: Lexicon, common: set[str]) -> None:
        words = lexicon.names
        self._heads = {fold_word(head) for head in words.weapon_heads}
        self._arming = self._heads | {fold_word(word) for word in words.modelled} | lexicon.security.words
        self._prefixes = words.ship_prefixes
        self._others = re.compile(rf"(?:{'|'.join(words.other_designations)})$")
        self._introducing = words.introducing
        self._classes = words.classes
        self._common = common

    def find(self, doc: Doc, taken: dict[int, Named]) -> Iterator[Proposal]:
        """The weapons of a line; `taken` are the names known there, by token."""
        facts: tuple[tuple[str, str], ...]
        for token in doc:
            text = token.text
            if text in self._prefixes:
                if (end := self._run(doc, token.i + 1)) > token.i + 1:
                    facts = (("category", entity_iri("WeaponCategory", self._prefixes[text])),)
                    yield (
                        unknown("WeaponSystem", doc.span(token.i, end).text, facts),
                        doc.span(token.i, end),
                        "pattern:weapon",
                    )
            elif token.i in taken or (token.i and doc[token.i - 1].text == "/"):
                continue
            elif _DESIGNATION.match(text) and not self._others.match(text):
                if self._is_among_arms(doc, token, taken):
                    yield unknown("WeaponSystem", text), doc.span(token.i, token.i + 1), "pattern:weapon"
            elif text[0].isupper() and token.i and not doc[token.i - 1].is_capital:
                end = self._run(doc, token.i)
                if end > token.i and self._is_class(doc, token, taken):
                    yield unknown("WeaponSystem", doc.span(token.i, end).text), doc.span(token.i, end), "pattern:weapon"
                    continue
                if end > token.i and (category := self._explained(doc, end, taken)) is not None:
                    facts = (("category", category),) if category else ()
                    yield (
                        unknown("WeaponSystem", doc.span(token.i, end).text, facts),
                        doc.span(token.i, end),
                        "pattern:weapon",
                    )

    def _run(self, doc: Doc, start: int) -> int:
        """Where a run of capitalised words ends."""
        end = start
        while end < len(doc) and end - start < 3 and doc[end].is_capital and doc[end].text[-1].isalnum():
            if doc[end].folded in self._common:
                break
            end += 1
        return end

    def _is_class(self, doc: Doc, token: Token, taken: dict[int, Named]) -> bool:
        """Whether a name is that of a class of ships: "un sous-marin de la classe X"."""
        return doc[token.i - 1].lower_ in self._classes and self._is_among_arms(doc, token, taken)

    def _is_among_arms(self, doc: Doc, token: Token, taken: dict[int, Named]) -> bool:
        """Whether a weapon is named near a designation, so that it is no road, standard or machine."""
        near = range(max(token.sent.start, token.i - _NEAR), min(token.sent.end, token.i + _NEAR))
        return any(
            (i in taken and taken[i].kind in _ARMS) or doc[i].folded_lemma in self._arming for i in near if i != token.i
        )

    def _explained(self, doc: Doc, end: int, taken: dict[int, Named]) -> str | None:
        """The category of the weapon that a name is said to be right behind it: "X, un missile de …"; None if it is none."""
        position = end
        if position < len(doc) and doc[position].text in ("»", '"', "”"):
            position += 1
        if position + 2 >= len(doc) or doc[position].text != ",":
            return None
        opening = doc[position + 1]
        if opening.lower_ not in self._introducing and not (
            Kind.THE_WHOLE in opening.kinds and doc[position + 2].lower_ in self._introducing
        ):
            return None
        for index in range(position + 2, min(position + 7, len(doc))):
            word = doc[index]
            if index in taken:
                return taken[index].entity if taken[index].kind == "WeaponCategory" else None
            if word.folded_lemma in self._heads:
                return ""
            if word.pos_ not in ("ADJ", "NUM", "DET", "ADP") and word.lower_ not in self._introducing:
                return None
        return None
