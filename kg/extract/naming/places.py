"""Where something happens: the preposition that puts a place's name, or a state's, into a locative complement.

The words before the name decide, not the parse, which attaches such complements badly: "dans l'usine souterraine de X",
"non loin de X", "au-dessus de la mer X". Nouns that only tell what kind of place a name is stand in the lexicon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Doc, Token
from kg.model import NameForm

if TYPE_CHECKING:
    from kg.extract.naming.names import Named
    from kg.extract.reading import Line

_APART = frozenset({"WeaponSystem", "WeaponCategory", "Person", "Treaty"})
"""Names that end a locative phrase, where they are no place nouns."""
_REACH = 9
"""How many words a locative phrase may have before its name."""


class Locatives:
    """Tells locative complements of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._led = lexicon.syntax.prepositions
        self._plain = lexicon.syntax.contractions
        self._compounds = lexicon.syntax.compound_prepositions
        self._with_article = lexicon.syntax.with_article
        self._opening = lexicon.syntax.opening
        self._nouns = frozenset(lexicon.syntax.places)
        self._simple = lexicon.syntax.locating
        self.plain = lexicon.syntax.locatives
        self.ranges = lexicon.syntax.ranges
        self._at_states = lexicon.syntax.locatives_of_states
        self._bare_states = lexicon.syntax.bare_states
        self._receiving = frozenset(lexicon.names.recipient_heads)

    def before(self, named: Named, line: Line) -> tuple[str | None, int]:
        """The plain form of the locative preposition before a name of a place or state, and its token; (None, -1) if none.

        A state needs "en", "au", "aux", or a place noun of which it is the complement, and nobody to receive something.
        """
        found, position = self.introducing(line.doc, named.start, line)
        if found is None or named.kind != "State" or named.is_place:
            return found, position
        if named.form in (NameForm.ADJECTIVE, NameForm.PREFIX, NameForm.METONYM):
            return None, -1
        if position == named.start - 1:
            given = found == self._led.to and self.is_received(line.doc, position)
            bare = found == self._led.to and line.doc[named.start].lower_ in self._bare_states
            there = (bare or line.doc[position].lower_ in self._at_states) and not given
            return (found, position) if there else (None, -1)
        return (found, position) if found in self.plain else (None, -1)

    def is_fronted(self, doc: Doc, position: int) -> bool:
        """Whether the preposition at a token opens its clause: "À X, …", "Non loin de X, …", "C'est à X que …"."""
        begin = position
        while begin > doc[position].sent.start and not doc[begin - 1].is_punct:
            begin -= 1
        if position == begin + 2 and Kind.IT in doc[begin].kinds:
            return True
        return position - begin <= 3 and not any(t.pos_ in ("VERB", "AUX", "PROPN") for t in doc[begin:position])

    def introducing(self, doc: Doc, start: int, line: Line | None = None) -> tuple[str | None, int]:
        """The locative preposition of the phrase that a name at token `start` closes, and its token; (None, -1) if none."""
        position, inside = start - 1, False
        while position >= 0 and start - position <= _REACH:
            token = doc[position]
            word = self._plain.get(token.lower_, token.lower_)
            if token.is_sent_start or position == 0:
                word = self._opening.get(word, word)
            if word == self._led.of and position:
                if amount := self._compound(doc, position - 1):
                    return amount, position
                inside = True
            elif word in self._simple and not (word == self._led.in_ and token.pos_ == "PRON"):
                return word, position
            elif not self._passes(token, line, inside):
                return None, -1
            position -= 1
        return None, -1

    def is_kind(self, token: Token) -> bool:
        """Whether a noun only tells what kind of place its complement is: "base", "île", "province"."""
        return token.lower_lemma in self._nouns or token.lower_ in self._nouns

    def is_to(self, preposition: str) -> bool:
        """Whether a plain preposition may say to whom something is given: "à"."""
        return preposition == self._led.to

    def amount(self, doc: Doc, position: int) -> str | None:
        """What the compound preposition that ends with the word at `position` and "de" amounts to: "à destination de" is "à"."""
        word = doc[position]
        if word.lower_ not in self._with_article and any(c.dep_ == "det" for c in word.children):
            return None
        return self._compounds.get(word.lower_) or self._compounds.get(word.lower_.rsplit("-", 1)[-1])

    def is_compound(self, doc: Doc, position: int) -> bool:
        """Whether the word at `position`, before "de", ends a compound preposition of place."""
        return position >= 0 and self._compound(doc, position) is not None

    def _passes(self, token: Token, line: Line | None, inside: bool) -> bool:
        """Whether a word may stand between the preposition and the name."""
        if line is not None and any(n.kind in _APART and not self.is_kind(token) for n in line.at.get(token.i, ())):
            return False
        if token.pos_ in ("DET", "ADJ", "NUM") or token.text in ("«", '"') or Kind.THE_ANY in token.kinds:
            return True
        return self.is_kind(token) if inside or token.text.islower() else False

    def _compound(self, doc: Doc, position: int) -> str | None:
        """The compound preposition that ends before "de": "près", "au-dessus", "à proximité"; None if it is none."""
        amount = self.amount(doc, position)
        return amount if amount in self.plain | self._simple else None

    def is_received(self, doc: Doc, position: int) -> bool:
        """Whether what stands before "à X", with "à" at `position`, gives, sells or says something to X."""
        near = [t for t in doc[max(0, position - 6) : position] if t.pos_ in ("VERB", "NOUN", "ADJ")]
        governors = [*near[-2:], doc[position + 1].head]
        return any(t.lower_lemma in self._receiving or t.lower_ in self._receiving for t in governors)
