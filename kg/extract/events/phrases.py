"""Where the words of a phrase stand behind its first: in order, with little between them, or as a verb and its object."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.events.wording import is_word
from kg.extract.lines.parse import Token

_GAP = 3
"""How many other words, days left out, may stand between the words of a phrase: "mettre rapidement en service"."""
_DAY = 4
"""The longest day of a month, or year: "1er", "2024"."""


class Phrases:
    """Finds the words of phrases; `times` and `prices` hold words of dates and of sums of money, `longest` counts the words behind
    the first of the longest phrase."""

    def __init__(self, times: frozenset[str], prices: frozenset[str], longest: int) -> None:
        self._light, self._prices = times | prices, prices
        self._reach = longest * (_GAP + 1)

    def ahead(self, token: Token) -> list[Token]:
        """The words after a token that a phrase may reach."""
        return token.doc[token.i + 1 : token.i + 1 + self._reach]

    def near(self, token: Token, ahead: Sequence[Token], passed: frozenset[int]) -> list[Token]:
        """The words among which the second of a phrase may stand."""
        return [*self._reached(ahead, passed), *_objects(token)]

    def of(
        self,
        token: Token,
        rest: Sequence[str],
        accented: Sequence[str],
        ahead: Sequence[Token],
        passed: frozenset[int],
    ) -> tuple[int, ...] | None:
        """The tokens of a phrase if all its words follow its first in order; None if not. What is passed over counts only where
        the phrase goes on with a preposition: an object is no "garantie" for being followed by one."""
        over = passed if len(rest) > 1 else frozenset[int]()
        found, position = [token.i], 0
        for word, accent in zip(rest, accented, strict=True):
            skipped = 0
            for index in range(position, len(ahead)):
                other = ahead[index]
                skipped += other.i in over or self._is_light(other)
                if index > position + _GAP + skipped:
                    return None
                if is_word(other, word, accent):
                    found.append(token.i + 1 + index)
                    position = index + 1
                    break
                if _parts(other):
                    return None
            else:
                return None
        return tuple(found)

    def governed(self, token: Token, rest: Sequence[str], accented: Sequence[str]) -> tuple[int, ...] | None:
        """A phrase of a verb and its object where more stands between: "a reconduit pour un an, le 30 mai, l'embargo"."""
        if len(rest) != 1:
            return None
        for child in _objects(token):
            if is_word(child, rest[0], accented[0]):
                return token.i, child.i
        return None

    def _reached(self, ahead: Sequence[Token], passed: frozenset[int]) -> Sequence[Token]:
        skipped = 0
        for index, other in enumerate(ahead):
            skipped += other.i in passed or self._is_light(other)
            if index > _GAP + skipped:
                return ahead[:index]
        return ahead

    def _is_light(self, token: Token) -> bool:
        """Whether a word is part of a day or of a sum that stands between the words of a phrase: "a entamé le 6 mai des essais",
        "écope de deux millions d'euros d'amende"."""
        word = token.lower_
        if word in self._light or (word[0].isdigit() and len(word) <= _DAY):
            return True
        if token.i and token.doc[token.i - 1].lower_ in self._prices:
            return True
        following = token.doc[token.i + 1 : token.i + 2]
        return (
            token.pos_ == "DET" and bool(following) and following[0].text[:1].isdigit() and self._is_light(following[0])
        )


def passed_over(token: Token) -> frozenset[int]:
    """What may stand between a verb and the preposition of its phrase however long it is: the nouns of its object, up to a clause
    on them: "inscrire [les Gardiens de la révolution] sur sa liste noire"."""
    return frozenset(i for child in token.rights if child.dep_ == "obj" for i in _nominal(child))


def _objects(token: Token) -> list[Token]:
    """What a verb does something to, which a passive has before it: "une frappe a été menée"."""
    undergone = [child for child in token.lefts if child.dep_ == "nsubj:pass"]
    return undergone + [child for child in token.rights if child.dep_ == "obj"]


def _nominal(noun: Token) -> list[int]:
    """The words of a noun and of the nouns below it, up to the first verb or comma."""
    found = []
    for token in sorted(noun.subtree, key=lambda t: t.i):
        if _parts(token) or token.pos_ in ("VERB", "AUX"):
            break
        found.append(token.i)
    return found


def _parts(token: Token) -> bool:
    """Whether a sign ends what stands before it; a hyphen within a name does not."""
    return token.is_punct and token.pos_ != "PROPN"
