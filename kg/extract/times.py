"""Which date belongs to which event, and its value against the document's day."""

from __future__ import annotations

from datetime import date, timedelta

from spacy.tokens import Span, Token

from kg.extract.chronology import Anchor
from kg.extract.dates import Expression, Value, day, year
from kg.extract.presentation import Presentation
from kg.extract.reading import Line
from kg.extract.syntax import Syntax
from kg.model import Modality, When

_BESIDE = 4
"""A date so many tokens after a trigger, with nothing between, is the trigger's."""
_COMPLEMENT = 12
"""How far back a trigger may stand of whose complements alone the words before a date consist."""
_FAR = 240
"""A date without its year lies at most so many days ahead."""
_NEAR = 6
_SPEECH = frozenset({"déclarer", "affirmer", "dire", "estimer", "assurer", "indiquer", "préciser", "ajouter"})


class Times:
    """Gives dates to triggers."""

    def __init__(self, syntax: Syntax) -> None:
        self._syntax = syntax

    def owners(self, triggers: dict[int, int], sentence: Span, line: Line) -> dict[int, list[int]]:
        """Trigger tokens to the indexes of the line's date expressions that date them.

        `triggers` are the tokens of the sentence's events, with the ends of their phrases.
        """
        owners: dict[int, list[int]] = {}
        for index, expression in enumerate(line.dates):
            if expression.is_duration or not sentence.start_char <= expression.begin < sentence.end_char:
                continue
            span = line.doc.char_span(expression.begin, expression.end, alignment_mode="expand")
            owner = self._owner(span, triggers) if span is not None and triggers else None
            if owner is not None:
                owners.setdefault(owner, []).append(index)
        return owners

    def _owner(self, span: Span, triggers: dict[int, int]) -> int | None:
        """The trigger right before the date; the nearest above it in the parse, or below its verb; the main one for a
        date that opens the sentence; else the nearest."""
        beside = [i for i, end in triggers.items() if 0 <= span.start - end <= _BESIDE]
        if beside and not _parted(span.doc[triggers[max(beside)] : span.start], triggers):
            return max(beside)
        if (before := self._completed(span, triggers)) is not None:
            return before
        above = self._above(span, triggers)
        if above is not None:
            return above
        if span.start <= span.sent.start + 2:
            return min(triggers, key=lambda i: (len(list(span.doc[i].ancestors)), i))
        if self._is_speech(span):
            return None
        near = [(min(abs(i - span.start), abs(i - span.end)), i) for i in triggers]
        near = [
            (d, i) for d, i in near if d <= _NEAR and not _parted(span.doc[min(i, span.end) : max(i, span.start)], {})
        ]
        return min(near)[1] if near else None

    def _completed(self, span: Span, triggers: dict[int, int]) -> int | None:
        """The trigger whose complements alone stand before the date: "le tir d'une torpille à moteur thermique le 3 mai"."""
        for token in reversed(span.doc[max(span.sent.start, span.start - _COMPLEMENT) : span.start]):
            if token.i in triggers:
                return token.i
            if token.is_punct or token.pos_ in ("VERB", "AUX", "SCONJ", "CCONJ"):
                return None
        return None

    def _above(self, span: Span, triggers: dict[int, int]) -> int | None:
        for root in [t for t in span if not span.start <= t.head.i < span.end] or [span.root]:
            for ancestor in root.ancestors:
                if ancestor.i in triggers:
                    return ancestor.i
                if ancestor.pos_ in ("VERB", "AUX"):
                    below = [i for i in sorted(triggers) if self._hangs_on(span.doc[i], ancestor)]
                    if below and ancestor.lemma_ not in _SPEECH:
                        return below[0]
                    if ancestor.dep_ not in ("xcomp", "aux:tense"):
                        break
        return None

    def _is_speech(self, span: Span) -> bool:
        """Whether the date is that of a speech: it hangs on a verb of saying that has a clause."""
        verb = next((a for a in span.root.ancestors if a.pos_ in ("VERB", "AUX")), None)
        return verb is not None and verb.lemma_ in _SPEECH and any(c.dep_ == "ccomp" for c in verb.children)

    def _hangs_on(self, trigger: Token, verb: Token) -> bool:
        governed = self._syntax.governor(trigger) == verb
        return governed or (trigger.head == verb and trigger.dep_.startswith("nsubj"))

    def when(
        self, dates: list[int], sentence: Span, line: Line, anchor: Anchor | None, shown: Presentation
    ) -> When | None:
        """The most precise date of a trigger; a date ahead of the document's day makes the event planned."""
        for index in sorted(dates, key=lambda i: (-line.dates[i].precision, -i)):
            expression = line.dates[index]
            value = self._value(expression, sentence, line, anchor, shown.future)
            if value is None:
                continue
            if anchor and value.earliest and value.earliest > anchor.day:
                shown.weaken(Modality.PLANNED, "date ahead")
            return When(
                edtf=value.edtf,
                earliest=value.earliest.isoformat() if value.earliest else None,
                latest=value.latest.isoformat() if value.latest else None,
                span=line.reading.span(expression.begin, expression.end),
                anchor=anchor.day.isoformat() if anchor else None,
                inferred=bool(anchor and anchor.inferred),
            )
        return None

    def _value(
        self, expression: Expression, sentence: Span, line: Line, anchor: Anchor | None, future: bool
    ) -> Value | None:
        usable = anchor is not None and not (anchor.inferred and expression.is_near)
        base = anchor.day if anchor is not None and usable else None
        if not expression.shift:
            return _directed(expression, base, future)
        return self._shifted(expression, sentence, line, base)

    def _shifted(self, expression: Expression, sentence: Span, line: Line, base: date | None) -> Value | None:
        """ "La veille", "l'année suivante": from the latest date told before of that kind, else from the document's day."""
        yearly = expression.precision == 1
        for other in reversed([e for e in line.dates if e.end <= expression.begin and not e.shift]):
            value = other.resolve(base, False)
            if value is None or value.earliest is None or (not yearly and other.precision < 3):
                continue
            if yearly:
                return year(value.earliest.year + expression.shift)
            if sentence.start_char <= other.begin:
                return day(value.earliest + timedelta(days=expression.shift))
        if base is None or yearly:
            return None
        return day(base + timedelta(days=expression.shift))


def _parted(between: Span, triggers: dict[int, int]) -> bool:
    return any(t.text in (",", ";", "»", "«") or t.i in triggers for t in between)


def _directed(expression: Expression, base: date | None, future: bool) -> Value | None:
    """The value in the direction of the clause; a plan told of a day just past ("a ordonné le 12 février …") is of that day."""
    ahead = expression.resolve(base, future)
    if not future or base is None or ahead is None or ahead.earliest is None:
        return ahead
    return ahead if (ahead.earliest - base).days <= _FAR else expression.resolve(base, False)
