"""Which date belongs to which event, and its value against the document's day or the date told before."""

from __future__ import annotations

from datetime import date

from spacy.tokens import Span, Token

from kg.extract.chronology import Anchor
from kg.extract.dates import Expression
from kg.extract.days import Value, shifted
from kg.extract.lexicon import DateWords
from kg.extract.presentation import Presentation
from kg.extract.reading import Line
from kg.extract.speech import Speech
from kg.extract.syntax import Syntax
from kg.model import Modality, When

_BESIDE = 4
"""A date so many tokens after a trigger, with nothing between, is the trigger's."""
_COMPLEMENT = 12
"""How far back a trigger may stand of whose complements alone the words before a date consist."""
_FAR = 240
"""A date without its year lies at most so many days ahead."""
_NEAR = 6
_OPENING = 6
"""A date so near the head of its sentence, before its subject, is the setting of the whole."""
_PRECISION = {"day": 3, "week": 3, "month": 2, "year": 1}
"""How precise a date must be for another to be counted from it in these units."""


class Times:
    """Gives dates to triggers."""

    def __init__(self, words: DateWords, speech: Speech, syntax: Syntax) -> None:
        self._syntax = syntax
        self._speech = speech
        self._dating = frozenset(words.dating)
        self._speeches = frozenset(words.speeches)
        self._lasting = frozenset(words.lasting)

    def owners(self, triggers: dict[int, int], sentence: Span, line: Line) -> dict[int, list[int]]:
        """Trigger tokens to the indexes of the line's date expressions that date them.

        `triggers` are the tokens of the sentence's events, with the ends of their phrases.
        """
        owners: dict[int, list[int]] = {}
        for index, expression in enumerate(line.dates):
            bounds = expression.is_duration and not expression.is_start
            if bounds or not sentence.start_char <= expression.begin < sentence.end_char:
                continue
            span = line.doc.char_span(expression.begin, expression.end, alignment_mode="expand")
            owner = self._owner(span, triggers) if span is not None and triggers else None
            if owner is not None:
                owners.setdefault(owner, []).append(index)
        return owners

    def _owner(self, span: Span, triggers: dict[int, int]) -> int | None:
        """The trigger right before the date; the nearest above it in the parse, or below its verb; the main one for a
        date that opens the sentence; else the nearest."""
        start = span.start - 1 if _is_apposed(span) else span.start
        beside = [i for i, end in triggers.items() if 0 <= start - end <= _BESIDE]
        if beside and not _parted(span.doc[triggers[max(beside)] : start], triggers):
            return max(beside)
        if (before := self._completed(span, triggers)) is not None:
            return before
        if (above := self._above(span, triggers)) is not None:
            return above
        if (dated := self._dated(span, triggers)) is not None:
            return dated
        if self._tells_speech(span):
            return None
        if _opens(span):
            return min(triggers, key=lambda i: (len(list(span.doc[i].ancestors)), i))
        if self._is_speech(span):
            return None
        near = [(min(abs(i - span.start), abs(i - span.end)), i) for i in triggers]
        near = [
            (d, i)
            for d, i in near
            if d <= _NEAR and not _parted(span.doc[min(i, span.end) : max(i, span.start)], {}) and not _joined(span, i)
        ]
        return min(near)[1] if near else None

    def _completed(self, span: Span, triggers: dict[int, int]) -> int | None:
        """The trigger whose complements alone stand before the date: "le tir d'une torpille à moteur thermique le 3 mai"."""
        start = span.start - 1 if _is_apposed(span) else span.start
        for token in reversed(span.doc[max(span.sent.start, start - _COMPLEMENT) : start]):
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
                if ancestor.pos_ not in ("VERB", "AUX") and not self._syntax.is_participle(ancestor):
                    continue
                below = [i for i in sorted(triggers) if self._hangs_on(span.doc[i], ancestor)]
                if below and not self._reports(span.doc[below[0]], ancestor):
                    return below[0]
                if not self._passes(ancestor, triggers):
                    break
        return None

    def _passes(self, verb: Token, triggers: dict[int, int]) -> bool:
        """Whether a date below a verb may belong to what stands above: an infinitive's governor, the event of which a
        participle tells the day ("les consultations tenues en novembre"), the act done by a dated speech."""
        if verb.dep_ in ("xcomp", "aux:tense"):
            return True
        participle = verb.dep_ in ("acl", "amod") and self._syntax.is_participle(verb)
        return participle and (verb.head.i in triggers or verb.head.lemma_.lower() in self._speeches)

    def _dated(self, span: Span, triggers: dict[int, int]) -> int | None:
        """The event that is the subject of a verb of dating: "le rejet du traité remonte au 13 octobre 1999"."""
        verb = next((t for t in reversed(span.doc[span.sent.start : span.start]) if t.pos_ in ("VERB", "AUX")), None)
        if verb is None or verb.lemma_ not in self._dating or span.start - verb.i > _NEAR:
            return None
        before = [i for i in sorted(triggers) if i < verb.i]
        return before[0] if before else None

    def _reports(self, trigger: Token, verb: Token) -> bool:
        """Whether a verb says what the trigger tells, so that its date is that of the speech."""
        return self._speech.says(verb) and trigger.dep_ in ("ccomp", "xcomp", "parataxis")

    def _is_speech(self, span: Span) -> bool:
        """Whether the date is that of a speech: it hangs on a verb of saying that has a clause."""
        verb = next((a for a in span.root.ancestors if a.pos_ in ("VERB", "AUX")), None)
        return verb is not None and self._speech.says(verb) and any(c.dep_ == "ccomp" for c in verb.children)

    def _tells_speech(self, span: Span) -> bool:
        """Whether the date is that of a speech told by a noun: "dans un discours prononcé le 4 mai, X a annoncé que …"."""
        before = span.doc[max(span.sent.start, span.start - _BESIDE) : span.start]
        return any(t.lemma_.lower() in self._speeches for t in before)

    def _hangs_on(self, trigger: Token, verb: Token) -> bool:
        if trigger.dep_ == "conj" and trigger.i > verb.i:
            return False
        governed = self._syntax.governor(trigger) == verb
        return governed or (trigger.head == verb and trigger.dep_.startswith("nsubj"))

    def when(
        self,
        kind: str,
        dates: list[int],
        sentence: Span,
        line: Line,
        anchor: Anchor | None,
        shown: Presentation,
    ) -> When | None:
        """The most precise date of a trigger of this class; a date ahead of the document's day makes the event planned."""
        for index in sorted(dates, key=lambda i: (-line.dates[i].precision, -i)):
            expression = line.dates[index]
            if expression.is_start and kind not in self._lasting:
                continue
            value = self._value(expression, sentence, line, anchor, shown.future)
            if value is None:
                continue
            if anchor and value.earliest and value.earliest > anchor.day:
                shown.weaken(Modality.PLANNED, "date ahead")
            counted = anchor if self._is_counted(expression, shown.future) else None
            return When(
                edtf=value.edtf,
                earliest=value.earliest.isoformat() if value.earliest else None,
                latest=value.latest.isoformat() if value.latest else None,
                span=line.reading.span(expression.begin, expression.end),
                anchor=counted.day.isoformat() if counted else None,
                inferred=bool(counted and counted.inferred),
            )
        return None

    def _is_counted(self, expression: Expression, future: bool) -> bool:
        """Whether an expression has a value only against another date."""
        return expression.shift is not None or expression.resolve(None, future) is None

    def _value(
        self, expression: Expression, sentence: Span, line: Line, anchor: Anchor | None, future: bool
    ) -> Value | None:
        usable = anchor is not None and not (anchor.inferred and expression.is_near)
        base = anchor.day if anchor is not None and usable else None
        if expression.shift is None:
            return _directed(expression, base, future)
        return self._shifted(expression, expression.shift, sentence, line, base)

    def _shifted(
        self, expression: Expression, shift: int, sentence: Span, line: Line, base: date | None
    ) -> Value | None:
        """ "La veille", "deux mois plus tard": from the latest date precise enough that was told in this sentence or the
        one before; a single day also from the document's."""
        reach = sentence.doc[sentence.start - 1].sent.start_char if sentence.start else sentence.start_char
        for other in reversed([e for e in line.dates if e.end <= expression.begin]):
            if other.precision < _PRECISION[expression.unit] or (other.begin < reach and expression.unit != "year"):
                continue
            earlier = line.doc.char_span(other.begin, other.end, alignment_mode="expand")
            if earlier is None:
                continue
            value = (
                other.resolve(base, False)
                if other.shift is None
                else self._shifted(other, other.shift, earlier.sent, line, base)
            )
            if value is not None and value.earliest is not None:
                return shifted(value.earliest, shift, expression.unit)
        if base is None or expression.unit != "day" or abs(shift) != 1:
            return None
        return shifted(base, shift, "day")


def _opens(span: Span) -> bool:
    """Whether a date stands at the head of its sentence, before any subject, set off from it: "À compter du 3 mai, …"."""
    start = span.sent.start
    if span.start <= start + 2:
        return True
    comma = span.end < len(span.doc) and span.doc[span.end].text == ","
    before = span.doc[start : span.start]
    return comma and len(before) <= _OPENING and not any(t.dep_.startswith("nsubj") or t.is_punct for t in before)


def _is_apposed(span: Span) -> bool:
    """Whether a date stands between commas or in parentheses: "le bombardement, le 22 juin, de …"."""
    doc = span.doc
    if span.start == 0 or span.end >= len(doc):
        return False
    return (doc[span.start - 1].text, doc[span.end].text) in ((",", ","), ("(", ")"), (",", "."))


def _joined(span: Span, trigger: int) -> bool:
    """Whether a date closes a member before the conjunction that opens the trigger's: "signée en 2006 et entrée …"."""
    return any(t.pos_ == "CCONJ" for t in span.doc[span.end : trigger])


def _parted(between: Span, triggers: dict[int, int]) -> bool:
    return any(t.text in (",", ";", "»", "«") or t.i in triggers for t in between)


def _directed(expression: Expression, base: date | None, future: bool) -> Value | None:
    """The value in the direction of the clause; a plan told of a day just past ("a ordonné le 12 février …") is of that day."""
    ahead = expression.resolve(base, future)
    if not future or base is None or ahead is None or ahead.earliest is None:
        return ahead
    return ahead if (ahead.earliest - base).days <= _FAR else expression.resolve(base, False)
