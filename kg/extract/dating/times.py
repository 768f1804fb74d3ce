"""The value of an event's date, against the document's day or the date told before it."""

from __future__ import annotations

from datetime import date, timedelta

from kg.extract.clauses.finite import is_perfective
from kg.extract.clauses.mood import Mood, mood
from kg.extract.clauses.presentation import SPEECH, Presentation
from kg.extract.dating.chronology import Anchor
from kg.extract.dating.days import Value, day, shifted
from kg.extract.dating.expressions import Expression
from kg.extract.dating.verbs import is_future, is_past, is_present, reach, sets, verb_of
from kg.extract.dating.years import within
from kg.extract.lexicon.clause_words import DateWords
from kg.extract.lines.parse import Span, Token
from kg.extract.reading import Line
from kg.model import Modality, When
from kg.model import Span as Quoted

_FAR = 240
"""A date without its year lies at most so many days ahead."""
_NAMED = 8
"""How far after "la veille de" what was then may be named."""
_PRECISION = {"day": 3, "week": 3, "month": 2, "year": 1}
"""How precise a date must be for another to be counted from it in these units."""


class Times:
    """Works out the dates of events."""

    def __init__(self, words: DateWords) -> None:
        self._lasting = frozenset(words.lasting)
        self._scheduling = frozenset(words.scheduling)

    def when(
        self,
        kind: str,
        dates: list[int],
        sentence: Span,
        line: Line,
        anchor: Anchor | None,
        shown: Presentation,
        trigger: Token,
    ) -> When | None:
        """The most precise date of a trigger of this class, of equals the first given; else that of its part of the text.

        A date ahead of the document's day makes the event planned.
        """
        for index in sorted(
            dates, key=lambda i: (not _is_named(trigger, line.dates[i], line), -line.dates[i].precision)
        ):
            expression = line.dates[index]
            planned = expression.precision == _PRECISION["day"] and shown.modality is Modality.PLANNED
            if expression.is_start and kind not in self._lasting and not planned:
                continue
            future = shown.future and not self._is_told(expression, line)
            value = self._value(expression, sentence, line, anchor, future, trigger)
            if value is None:
                continue
            if anchor and value.earliest and value.earliest > anchor.day:
                shown.weaken(Modality.PLANNED, "date ahead")
            counted = anchor if self._is_counted(expression, future) else None
            return When(
                edtf=value.edtf,
                earliest=value.earliest.isoformat() if value.earliest else None,
                latest=value.latest.isoformat() if value.latest else None,
                span=line.reading.span(expression.begin, expression.end),
                anchor=counted.day.isoformat() if counted else None,
                inferred=bool(counted and counted.inferred),
            )
        spoken = line.setting is not None and line.setting.value is None
        if dates or (spoken and not (kind in SPEECH and is_present(trigger))):
            return None
        return self._set(trigger, sentence, line, anchor, shown)

    def _set(
        self, trigger: Token, sentence: Span, line: Line, anchor: Anchor | None, shown: Presentation
    ) -> When | None:
        """The date that heads the part of the text, where the trigger tells what happened then."""
        if line.setting is None or shown.modality is not Modality.ACTUAL or not _is_scene(trigger):
            return None
        if any(sentence.start_char <= e.begin < trigger.idx and e.precision for e in line.dates):
            return None
        value = line.setting.value or (
            day(anchor.day) if anchor and not anchor.inferred and not anchor.is_month else None
        )
        if value is None or value.earliest is None or value.latest is None:
            return None
        counted = anchor.day.isoformat() if anchor and line.setting.value is None else None
        span = Quoted(line.setting.begin, line.setting.end)
        return When(value.edtf, value.earliest.isoformat(), value.latest.isoformat(), span, counted, False)

    def _is_counted(self, expression: Expression, future: bool) -> bool:
        """Whether an expression has a value only against another date."""
        return expression.shift is not None or expression.resolve(None, future) is None

    def _value(
        self, expression: Expression, sentence: Span, line: Line, anchor: Anchor | None, future: bool, trigger: Token
    ) -> Value | None:
        base = _counted_from(expression, anchor)
        if expression.is_ahead:
            return self._ahead(expression, line, base, trigger)
        if expression.shift is not None:
            return self._shifted(expression, expression.shift, line, base)
        if expression.told_years is not None or expression.is_next:
            return self._after_told(expression, line, base, future)
        if expression.is_yearless and (near := _beside(expression, line)):
            return near
        if expression.is_yearless and (carried := self._carried(expression, line, base)):
            return carried
        return (
            expression.resolve(base, True)
            if future and is_future(expression, line)
            else _directed(expression, base, future)
        )

    def _ahead(self, expression: Expression, line: Line, base: date | None, trigger: Token) -> Value | None:
        """ "La veille de l'arrêt": from the day known of what is named, else from the latest day told; of that itself, from the
        date right before ("le 3 mai, deux jours avant de bombarder …"), else from the document's."""
        shift = expression.shift
        if _is_named(trigger, expression, line):
            first = line.doc[trigger.i].sent.start_char
            beside = [e for e in line.dates if first <= e.begin < expression.begin and e.precision == _PRECISION["day"]]
            value = beside[-1].resolve(base, False) if beside else None
            if beside and shift is not None:
                return shifted(value.earliest, -shift, expression.unit) if value and value.earliest else None
            return expression.resolve(base, True)
        if shift is None:
            return None
        if (told := line.bases.get(expression.begin)) is not None:
            return shifted(told, shift, expression.unit)
        if any(t.like_num or t.text[:1].isdigit() for t in named_after(expression, line)):
            return None
        value = self._told_before(expression, line, base, _PRECISION["day"])
        return shifted(value.earliest, shift, expression.unit) if value and value.earliest else None

    def _is_told(self, expression: Expression, line: Line) -> bool:
        """Whether the verb of a date tells what was, so that the date lies back, whatever is planned: "a ordonné en mars"."""
        verb = verb_of(expression, line)
        if verb is None or verb.lemma_ in self._scheduling:
            return False
        if is_past(verb):
            return mood(verb.text, verb.lemma_) is Mood.OTHER
        if "Part" not in verb.morph.get("VerbForm", []):
            return False
        if mood(verb.text, verb.lemma_) is not Mood.OTHER:
            return False
        aux = [c for c in verb.children if c.dep_.startswith("aux")]
        if not aux:
            return verb.dep_ in ("acl", "amod")
        return is_perfective(verb) and not any(mood(a.text, a.lemma_) is Mood.FUTURE for a in aux)

    def _carried(self, expression: Expression, line: Line, base: date | None) -> Value | None:
        """A month or day without its year in a text without a date, or in a tale in the historic present: of the year that
        was told before it, or of the next where it comes earlier in the year."""
        verb = verb_of(expression, line)
        historic = verb is not None and is_present(verb) and mood(verb.text, verb.lemma_) is not Mood.FUTURE
        if base is not None and not historic:
            return None
        first = reach(expression, line) if base is not None else 0
        for other in reversed([e for e in line.dates if first <= e.begin and e.end <= expression.begin]):
            value = other.resolve(None, False) if other.precision else None
            if value is None or value.earliest is None or other.is_bracket:
                continue
            if base is not None and (value.earliest.year == base.year or not sets(other, line)):
                return None
            near = expression.resolve(value.earliest, True)
            pluperfect = verb is not None and is_perfective(verb)
            return expression.resolve(value.earliest.replace(month=12, day=31), False) if pluperfect else near
        return None

    def _shifted(self, expression: Expression, shift: int, line: Line, base: date | None) -> Value | None:
        """ "La veille", "deux mois plus tard": from the latest date precise enough that was told before, in this paragraph or
        the one above; a single day also from the document's."""
        value = self._told_before(expression, line, base, _PRECISION[expression.unit])
        if value is not None and value.earliest is not None:
            if expression.unit == "week" and abs(shift) > 1 and value.earliest == value.latest:
                return day(value.earliest + timedelta(weeks=shift))
            return shifted(value.earliest, shift, expression.unit)
        if base is None or expression.unit != "day" or abs(shift) != 1:
            return None
        return shifted(base, shift, "day")

    def _after_told(self, expression: Expression, line: Line, base: date | None, future: bool) -> Value | None:
        """ "En mars de la même année", "l'été suivant": by the date told before, else in the direction of the clause."""
        told = self._told_before(expression, line, base, _PRECISION["year"])
        if told is None or told.earliest is None:
            return _directed(expression, base, future)
        if expression.told_years is not None:
            return within(expression, told.earliest.year + expression.told_years)
        return expression.resolve(told.latest, True)

    def _told_before(self, expression: Expression, line: Line, base: date | None, wanted: int) -> Value | None:
        """The latest date so precise that was told before an expression, or that heads its part of the text."""
        for source in (line, line.previous):
            setting = line.setting if source is not line else None
            if setting is not None and setting.value is not None:
                return setting.value if setting.precision >= wanted else None
            if source is None:
                return None
            told = [e for e in source.dates if source is not line or e.end <= expression.begin]
            for other in reversed([e for e in told if e.precision >= wanted]):
                if other.shift is None:
                    value = other.resolve(base, False)
                elif source is line:
                    value = self._shifted(other, other.shift, line, base)
                else:
                    continue
                if value is not None and value.earliest is not None and (base is None or value.earliest <= base):
                    return value
        return None


def _counted_from(expression: Expression, anchor: Anchor | None) -> date | None:
    """The document's day, where it is known well enough for an expression."""
    if anchor is None or (expression.is_near and anchor.inferred):
        return None
    return None if anchor.is_month and (expression.is_near or expression.is_weekly) else anchor.day


def named_after(expression: Expression, line: Line) -> list[Token]:
    """The words of what is named right after "la veille de", up to any verb or pause."""
    span = line.doc.around(expression.begin, expression.end)
    named: list[Token] = []
    for token in line.doc[span.end : min(span.sent.end, span.end + _NAMED)] if span is not None else ():
        if token.is_punct or (token.pos_ in ("VERB", "AUX") and any(t.pos_ not in ("ADP", "DET") for t in named)):
            break
        named.append(token)
    return named


def _is_named(trigger: Token, expression: Expression, line: Line) -> bool:
    """Whether a trigger is what is named after "la veille de", and no day of such an event was told before."""
    if not expression.is_ahead or expression.begin in line.bases:
        return False
    return trigger.i in {t.i for t in named_after(expression, line)}


def _beside(expression: Expression, line: Line) -> Value | None:
    """A day or month without its year in a part of the text that a date heads: the one nearest to it."""
    base = line.setting.value.earliest if line.setting is not None and line.setting.value is not None else None
    if base is None:
        return None
    values = [v for v in (expression.resolve(base, future) for future in (True, False)) if v and v.earliest]
    return min(values, key=lambda v: abs(((v.earliest or base) - base).days), default=None)


def _is_scene(trigger: Token) -> bool:
    """Whether a trigger tells what happens when its part of the text is set: in the present, the simple or the compound past,
    and in no relative clause."""
    verb: Token | None = trigger
    if trigger.pos_ not in ("VERB", "AUX"):
        verb = next((a for a in trigger.ancestors if a.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return trigger.dep_ == "ROOT"
    if any(t.dep_ in ("acl:relcl", "acl", "advcl") for t in (trigger, verb, *verb.ancestors)):
        return False
    forms = [verb, *[c for c in verb.children if c.dep_.startswith("aux")]]
    finite = [f for f in forms if "Fin" in f.morph.get("VerbForm", [])]
    return bool(finite) and not any("Imp" in f.morph.get("Tense", []) for f in finite)


def _directed(expression: Expression, base: date | None, future: bool) -> Value | None:
    """The value in the direction of the clause; a plan told of a day just past ("a ordonné le 12 février …") is of that day."""
    ahead = expression.resolve(base, future)
    if not future or base is None or ahead is None or ahead.earliest is None:
        return ahead
    return ahead if (ahead.earliest - base).days <= _FAR else expression.resolve(base, False)
