"""Places that no list holds: seas, islands and mountains by their landform, and names after words that tell where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Doc, Span, Token
from kg.extract.naming.places import Locatives
from kg.ids import entity_iri
from kg.model import Entity

if TYPE_CHECKING:
    from kg.extract.naming.names import Named

_NAME = re.compile(r"[A-ZÉÈÀÎÔÇ][\w'’-]+$")
Proposal = tuple[Entity, Span, str]


class Toponyms:
    """Proposes places that the reference does not know; `common` holds folded words that are never names."""

    def __init__(self, lexicon: Lexicon, common: set[str]) -> None:
        self._landforms = frozenset(lexicon.syntax.landforms)
        self._waters = lexicon.names.waters
        self._settlements = lexicon.syntax.settlements
        self._inner = lexicon.syntax.inside_places
        self._locatives = Locatives(lexicon)
        self._common = common

    def landforms(self, doc: Doc, taken: dict[int, Named]) -> Iterator[Proposal]:
        """Names that begin with their landform: "mer Blanche", "île du Levant", "golfe d'Oman"."""
        for token in doc[:-1]:
            if token.lower_ not in self._landforms or not (token.text.islower() or token.is_sent_start):
                continue
            start = token.i + 1
            linked = Kind.OF_ANY in doc[start].kinds
            start += linked
            if linked and start < len(doc) and Kind.THE_ANY in doc[start].kinds:
                start += 1
            end = self._end(doc, start)
            known = [taken[i] for i in range(start, end) if i in taken]
            if end == start or any(not self._may_bear(token, n) for n in known):
                continue
            if token.lower_ in self._waters or start != token.i + 2 or Kind.OF_ARTICLE in doc[token.i + 1].kinds:
                start = token.i
            label = doc.span(start, end).text
            yield unknown("Place", label), doc.span(start, end), "pattern:place"

    def _may_bear(self, landform: Token, named: Named) -> bool:
        """Whether a landform may be called after what is known by a name: a person, or of the waters a state."""
        return named.kind == "Person" or (named.kind == "State" and landform.lower_ in self._waters)

    def situated(self, doc: Doc, names: list[Named]) -> Iterator[Proposal]:
        """Capitalised words that only a place can be: after "près de", "la base de", or right after "à" and "en"."""
        for token in doc:
            if not self._may_begin(token):
                continue
            end = self._end(doc, token.i)
            if end == token.i or any(n.start < end and token.i < n.end for n in names):
                continue
            preposition, position = self._locatives.introducing(doc, token.i)
            if preposition is None and not self._is_settled(doc, token):
                continue
            if preposition and not (
                position < token.i - 1 or self._is_plainly_there(doc, token, preposition, position)
            ):
                continue
            if position < token.i - 1 and not self._is_placed(doc, token):
                continue
            yield unknown("Place", doc.span(token.i, end).text), doc.span(token.i, end), "pattern:place"

    def _may_begin(self, token: Token) -> bool:
        if not token.i or not _NAME.match(token.text) or token.text.isupper() or any(c.isdigit() for c in token.text):
            return False
        return token.folded not in self._common and token.pos_ in ("PROPN", "NOUN", "X", "ADJ")

    def _is_plainly_there(self, doc: Doc, token: Token, preposition: str, position: int) -> bool:
        """Whether a name right after "à" or "en" is no person or body to whom something is given or said."""
        if Kind.IN in doc[position].kinds:
            return token.pos_ == "PROPN" and doc.recognised_as(token) not in ("PER", "ORG", "MISC")
        if (
            not self._locatives.is_to(preposition)
            or token.pos_ != "PROPN"
            or doc.recognised_as(token) in ("PER", "ORG")
        ):
            return False
        return not self._locatives.is_received(doc, position)

    def _is_placed(self, doc: Doc, token: Token) -> bool:
        """Whether a place noun or a compound preposition stands right before the name: "base [aérienne] de X", "près de X"."""
        before = doc[token.i - 1]
        if Kind.OF_ONE not in before.kinds:
            return False
        noun = next((t for t in reversed(list(doc[max(0, token.i - 4) : token.i - 1])) if t.pos_ != "ADJ"), None)
        return noun is not None and (self._locatives.is_kind(noun) or self._locatives.is_compound(doc, token.i - 2))

    def _is_settled(self, doc: Doc, token: Token) -> bool:
        """Whether a noun of what only places are stands before a name, whatever introduces it: "le village de X a été visé"."""
        noun = doc[token.i - 2] if token.i > 1 and Kind.OF in doc[token.i - 1].kinds else None
        return noun is not None and noun.lower_lemma in self._settlements

    def _end(self, doc: Doc, start: int) -> int:
        """Where a run of capitalised words ends, with hyphens and small words inside it."""
        end = start
        while end < len(doc) and end - start < 4 and _NAME.match(doc[end].text):
            if doc[end].folded in self._common:
                break
            end += 1
            while end + 1 < len(doc) and (doc[end].text == "-" or doc[end].lower_ in self._inner):
                if not _NAME.match(doc[end + 1].text) and doc[end + 1].text != "-":
                    break
                end += 1
        return end


def unknown(kind: str, label: str, facts: tuple[tuple[str, str], ...] = ()) -> Entity:
    """An entity that only the text knows."""
    return Entity(entity_iri(kind, label), kind, label, reconciled=False, facts=facts)
