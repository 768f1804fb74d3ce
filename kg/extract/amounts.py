"""How many of a weapon a claim speaks of, and for how much money: read from the words around what is named.

A number counts the weapon right behind it, or behind the noun that says in what it is counted ("deux batteries de S-400"). A
price is that of the event where its sentence tells no other to which it could belong. What is not plain is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.extract.lexicon.amount_words import AmountWords
from kg.model import Amount, Bound, Claim, Event, Filler, Span

REACH = 90
"""So many characters before a weapon its number is looked for."""
BETWEEN = 4
"""So many words at most stand between the noun that is counted and the weapon: "avions de combat polyvalents Rafale"."""
DIGITS = r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?!\d)|\d+(?:,\d+)?"


class Amounts:
    """Finds the amounts of claims."""

    def __init__(self, words: AmountWords) -> None:
        self._words = words
        elided = [word for word in words.of if word.endswith("'")]
        self._of = re.compile(rf" (?:{'|'.join(words.of)})$|\b(?:{'|'.join(elided)})$")
        unpaid = "".join(f"(?<!{word} )" for word in words.paying)
        number, bound = _number_pattern(words), _bound_pattern(words)
        before = f"(?:(?:{_any(words.before)})(?: |(?<=')))*"
        between = rf"(?:[^\W\d][\w’'-]* ){{0,{BETWEEN}}}(?:{_any(elided)})?"
        counts = rf"(?:(?P<noun>{_any([*words.pieces, *words.groups])}) (?P<between>{between}))?"
        self._count = re.compile(
            rf"(?<![\w,.-]){unpaid}(?:{bound})?(?P<number>{number}){before}{counts}$", re.IGNORECASE
        )
        currency = _any(words.currencies)
        self._money = re.compile(
            rf"(?<![\w,.-])(?:{bound})?(?P<number>{number})(?P<currency>{currency})(?!\w)", re.IGNORECASE
        )

    def of(self, text: str, events: Iterable[Event], claims: Sequence[Claim]) -> Iterator[Claim]:
        """The claims of a document, each with its amounts."""
        by_iri = {event.iri: event for event in events}
        told: dict[Span, set[str]] = {}
        for claim in claims:
            if by_iri[claim.event].kind in self._words.paid:
                told.setdefault(claim.sentence, set()).add(claim.event)
        for claim in claims:
            event = by_iri[claim.event]
            found = list(self._counted(text, event, claim)) if event.kind in self._words.counted else []
            if told.get(claim.sentence) == {claim.event}:
                found += self._paid(text, claim.sentence)
            yield replace(claim, amounts=tuple(sorted(set(found), key=lambda each: each.span))) if found else claim

    def _counted(self, text: str, event: Event, claim: Claim) -> Iterator[Amount]:
        """How many of each weapon that the claim's sentence names."""
        for filler in event.fillers:
            if filler.role == "item" and filler.span is not None and _within(filler.span, claim.sentence):
                amount = self._before(text, filler, filler.span, claim.sentence)
                if amount is not None:
                    yield amount

    def _before(self, text: str, filler: Filler, span: Span, sentence: Span) -> Amount | None:
        begin = max(sentence.begin, span.begin - REACH)
        match = self._count.search(text[begin : span.begin])
        if match is None or self._is_walled(match["between"] or ""):
            return None
        value = self._value(match["number"])
        noun = (match["noun"] or "").lower()
        if value is None:
            return None
        return Amount(
            f"{value:f}",
            Span(begin + match.start(), span.end),
            entity=filler.entity,
            unit=self._words.groups.get(noun, ""),
            bound=self._bound(match),
        )

    def _is_walled(self, between: str) -> bool:
        parts = between.lower().replace("’", "'").split()
        return any(part in self._words.walls or part.partition("'")[0] + "'" in self._words.walls for part in parts)

    def _paid(self, text: str, sentence: Span) -> Iterator[Amount]:
        """The one sum of money that a sentence names."""
        found = list(self._money.finditer(sentence.of(text)))
        if len(found) != 1:
            return
        match = found[0]
        value = self._value(match["number"])
        if value is not None:
            span = Span(sentence.begin + match.start(), sentence.begin + match.end())
            currency = self._words.currencies[match["currency"].lower()]
            yield Amount(f"{value:f}", span, currency=currency, bound=self._bound(match))

    def _bound(self, match: re.Match[str]) -> Bound:
        said = (match["bound"] or "").lower().replace("’", "'").strip()
        for bound, words in ((Bound.LEAST, self._words.at_least), (Bound.MOST, self._words.at_most)):
            if said in words:
                return bound
        rounded = any(word in self._words.round for word in match["number"].lower().split())
        return Bound.ABOUT if said or rounded else Bound.EXACT

    def _value(self, said: str) -> Decimal | None:
        """The number that digits or words say; None where they say none above zero."""
        plain = said.strip().lower().replace("’", "'")
        plain = self._of.sub("", plain).strip()
        digits = re.match(DIGITS, plain)
        value = _digits(digits[0]) if digits else Decimal(0)
        rest = plain[digits.end() :] if digits else plain
        total = self._added(rest, value)
        return total.normalize() if total else None

    def _added(self, words: str, current: Decimal) -> Decimal:
        """What number words come to, after a number in digits or none."""
        known = self._words
        total = Decimal(0)
        for word in _parts(words, known.values):
            if word in known.values or word in known.ones:
                current += {**known.values, **known.ones}[word]
            elif times := known.multipliers.get(word) or known.round.get(word) or known.great.get(word):
                taken = (current or Decimal(1)) * times
                # "deux cents" goes on, "deux mille" is a sum of its own: what follows is added to it.
                total, current = (total, taken) if times < 1000 else (total + taken, Decimal(0))
        return total + current


def _parts(words: str, values: Iterable[str]) -> list[str]:
    """Number words one by one: "quatre-vingt-dix" is eighty and ten."""
    whole = "|".join(re.escape(each) for each in sorted(values, key=len, reverse=True) if "-" in each)
    return re.findall(rf"(?:{whole})(?![^\W\d_])|[^\W\d_]+", words)


def _digits(said: str) -> Decimal:
    return Decimal(re.sub(r"[ .\u00a0\u202f](?=\d{3})", "", said).replace(",", "."))


def _number_pattern(words: AmountWords) -> str:
    """A number in digits, words or both, with the blank or "de" behind it: "2,5 milliards de "."""
    small, one = _any([*words.values, *words.multipliers]), f"(?:{_any(words.ones)})"
    joined, of = words.joined, _any(word if word.endswith("'") else f"{word} " for word in words.of)
    spelt = rf"(?:(?:{small})(?:[ -](?:{joined}[ -])?(?:{small}|{one})\b)*)\b"
    great = rf"(?:{_any(words.great)}) (?:{of})?"
    rounded = rf"(?:{one}|{spelt}|{DIGITS}) (?:{_any(words.round)}) (?:{of})(?:{great})?"
    return rf"{rounded}|(?:{DIGITS}|{spelt}|{one}(?= (?:{_any(words.great)}))) (?:{great})?"


def _bound_pattern(words: AmountWords) -> str:
    return rf"(?P<bound>{_any([*words.at_least, *words.at_most, *words.about])})(?: |(?<=['’]))"


def _any(words: Iterable[str]) -> str:
    escaped = (re.escape(word).replace("'", "['’]") for word in sorted(words, key=lambda each: (-len(each), each)))
    return "|".join(escaped)


def _within(span: Span, sentence: Span) -> bool:
    return sentence.begin <= span.begin and span.end <= sentence.end
