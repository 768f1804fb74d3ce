"""The phrases right before what they bear on, told by their order: "en cas de livraison", "à moins que X livre".

The parse hangs such phrases anywhere: their noun governs what they open, or stands beside it, or the clause hangs on its subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.extract.clauses.presentation import Presentation
from kg.extract.clauses.syntax import Syntax
from kg.extract.lexicon.function_words import Kind
from kg.extract.lexicon.modality_words import ModalityWords
from kg.extract.lines.parse import Token
from kg.model import Modality

_REACH = 12
"""How far before a verb the word may stand that opens its clause."""
_CLITIC = frozenset({"AUX", "PRON", "ADV"})
_DETERMINING = frozenset({"DET", "ADJ", "NUM"})


class Openings:
    """Finds what the phrases before a noun, an infinitive or a clause say of its event."""

    def __init__(self, words: ModalityWords, syntax: Syntax) -> None:
        of, forms = syntax.led.of, syntax.forms_of(syntax.led.of)
        self._possible, self._planned, self._negating = (
            _ending(phrases, of, forms)
            for phrases in (words.opening_possible, words.opening_planned, words.opening_negating)
        )
        self._closing, self._conditional = words.opening_clauses, frozenset(words.conditional)

    def read(self, token: Token, noun: bool, shown: Presentation) -> None:
        """Apply the phrase that opens what a token tells."""
        before = self._before(token, noun)
        if match := self._negating.search(before):
            shown.negate(match[0])
        elif match := self._possible.search(before):
            shown.weaken(Modality.POSSIBLE, match[0])
        elif match := self._planned.search(before):
            shown.weaken(Modality.PLANNED, match[0])

    def is_led(self, clause: Token) -> bool:
        """Whether what the parse takes for a clause is one that such a phrase or "si" opens, and so is not said by the verb above."""
        return any(c.dep_ == "mark" and (c.lower_ in self._conditional or self.is_last(c)) for c in clause.lefts)

    def is_last(self, mark: Token) -> bool:
        """Whether a word that opens a clause is the last of such a phrase."""
        return mark.lower_ in self._closing and self._possible.search(_text(mark, mark.i + 1)) is not None

    def _before(self, token: Token, noun: bool) -> str:
        """What stands before a noun's or an infinitive's own words, or up to the word that opens a verb's clause."""
        first, skipped = token.i, _DETERMINING if noun else _CLITIC
        if noun or "Inf" in token.morph.get("VerbForm", ()) or _is_helped(token):
            while first > token.sent.start and token.doc[first - 1].pos_ in skipped:
                if token.doc[first - 1].lower_ in self._closing or Kind.OF_ANY in token.doc[first - 1].kinds:
                    break
                first -= 1
            return _text(token, first)
        for other in reversed(token.doc[max(token.sent.start, token.i - _REACH) : token.i]):
            if other.lower_ in self._closing:
                return _text(token, other.i + 1)
            if other.is_punct or ("Fin" in other.morph.get("VerbForm", ()) and other.pos_ == "VERB"):
                break
        return ""


def _is_helped(verb: Token) -> bool:
    return any(c.dep_.startswith("aux") and "Inf" in c.morph.get("VerbForm", ()) for c in verb.children)


def _text(token: Token, end: int) -> str:
    """The sentence of a token up to another, in small letters."""
    return token.doc.span(token.sent.start, end).text.lower().rstrip()


def _ending(phrases: Iterable[str], of: str, forms: Iterable[str]) -> re.Pattern[str]:
    """What ends with one of the phrases, an "of" at its end in any of its forms."""
    patterns = []
    for phrase in phrases:
        stem, _, last = phrase.rpartition(" ")
        patterns.append(rf"{re.escape(stem)} (?:{'|'.join(map(re.escape, forms if last == of else (last,)))})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})$")
