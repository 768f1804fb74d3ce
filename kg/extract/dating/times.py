"""The value of an event's date, against the document's day or the date told before it."""

from __future__ import annotations

from datetime import date

from kg.extract.clauses.presentation import SPEECH, Presentation
from kg.extract.dating.chronology import Anchor
from kg.extract.dating.clock import PRECISION, told_before, value_of
from kg.extract.dating.days import Value, day, shifted
from kg.extract.dating.directions import Directions
from kg.extract.dating.eves import is_named, named_after, set_off
from kg.extract.dating.expressions import Expression
from kg.extract.dating.scenes import is_scene
from kg.extract.dating.verbs import (
    is_ahead,
    is_behind,
    is_of_governor,
    is_pluperfect,
    is_present,
    sets,
    verb_of,
)
from kg.extract.lexicon.date_words import DateWords
from kg.extract.lines.parse import Span, Token
from kg.extract.reading import Line
from kg.model import Modality, When
from kg.model import Span as Quoted

_VOTED = 2
"""So many sentences before a vote the day may be told on which what is voted on came up."""


class Times:
    """Works out the dates of events."""

    def __init__(self, words: DateWords) -> None:
        self._lasting = frozenset(words.lasting)
        self._calendar = frozenset(words.calendar)
        self._directions = Directions(words)
        self._there_words = frozenset(words.there)
        self._voting = frozenset(words.voting)
        self._both = frozenset(words.both)
        self._meeting = frozenset((*words.gathering, *words.talking))

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
        for index in self._strongest_first(dates, line, trigger):
            expression = line.dates[index]
            planned = expression.precision == PRECISION["day"] and shown.modality is Modality.PLANNED
            clause = expression.is_apposed and expression.end <= trigger.idx
            begun = expression.is_start and not expression.is_whole
            if begun and kind not in self._lasting and not (planned or clause):
                continue
            future = self._directions.is_ahead(kind, expression, line, shown, trigger)
            value = self._value(expression, sentence, line, anchor, future, trigger)
            if value is None or _is_past_of_other(value, expression, line, anchor, trigger):
                continue
            line.values[expression.begin] = value
            if anchor and value.earliest and value.earliest > anchor.day:
                shown.weaken(Modality.PLANNED, "date ahead")
            counted = anchor if self._is_counted(expression, future) else None
            return _when(value, line.reading.span(expression.begin, expression.end), counted)
        spoken = line.setting is not None and line.setting.value is None
        if any(not (line.dates[i].is_ahead or line.dates[i].is_moment) for i in dates) or (
            spoken and not (kind in SPEECH and is_present(trigger))
        ):
            return None
        return self._set(trigger, sentence, line, anchor, shown) or (
            self._there(trigger, sentence, line, anchor, shown)
            if kind in self._calendar or self._is_vote(trigger)
            else None
        )

    def _strongest_first(self, dates: list[int], line: Line, trigger: Token) -> list[int]:
        """The most precise first; before them what counts from another day, unless the trigger's own stands behind it ("deux mois
        après avoir signé, en août"), and the own of an infinitive or noun before that of the verb above ("a annoncé en mars vouloir
        livrer en 2027"); at last "le jour même" that a day explains."""
        own = max(
            (line.dates[i].begin for i in dates if not line.dates[i].is_ahead and line.dates[i].precision), default=0
        )

        behind = any(is_behind(line.dates[i], trigger, line) for i in dates)

        def rank(index: int) -> tuple[bool, bool, int, bool]:
            date = line.dates[index]
            above = behind and date.end < trigger.idx and is_of_governor(date, trigger, line)
            return (
                not (is_named(trigger, date, line) and date.end > own),
                above,
                -date.precision,
                date.shift == 0,
            )

        return sorted(dates, key=rank)

    def _there(
        self, trigger: Token, sentence: Span, line: Line, anchor: Anchor | None, shown: Presentation
    ) -> When | None:
        """The date of what was told right before, where "y" takes up its place ("Le sommet s'est tenu mercredi. Le Japon y a signé …"),
        those who met act together ("X a reçu Y mardi. Les deux hommes ont signé …") or a vote on it is told: "Le texte a été examiné
        mercredi. Le Chili a voté contre"."""
        vote = self._is_vote(trigger)
        taken = vote or self._takes_up_place(trigger) or self._takes_up_parties(trigger, sentence)
        if shown.modality is not Modality.ACTUAL or not taken:
            return None
        first = _back(sentence, _VOTED if vote else 1)
        told = [e for e in line.dates if first <= e.begin < trigger.idx and e.precision and not e.is_duration]
        told = [e for e in told if sets(e, line) or len(told) == 1]
        if not told or any(sentence.start_char <= e.begin < trigger.idx for e in line.dates if e.precision):
            return None
        for expression in reversed(told):
            value = line.values.get(expression.begin) or self._value(expression, sentence, line, anchor, False, trigger)
            if value is None or value.earliest is None or value.latest is None:
                return None
            if anchor is None or value.latest <= anchor.day:
                counted = anchor if self._is_counted(expression, False) else None
                return _when(value, line.reading.span(expression.begin, expression.end), counted)
        return None

    def _is_vote(self, trigger: Token) -> bool:
        """Whether a verb of the compound or the simple past tells how one voted."""
        voted = any(t.lemma_ in self._voting for t in (trigger, *trigger.children))
        return voted and trigger.pos_ == "VERB" and not (is_present(trigger) or is_pluperfect(trigger))

    def _takes_up_place(self, trigger: Token) -> bool:
        """Whether a finite verb, neither in the present nor in the pluperfect, has the pronoun of a place told before."""
        return not (is_present(trigger) or is_pluperfect(trigger)) and any(
            c.lower_ in self._there_words and c.i < trigger.i for c in trigger.children
        )

    def _takes_up_parties(self, trigger: Token, sentence: Span) -> bool:
        """Whether the subject of a finite verb stands for those who met in the sentence before: "les deux ministres", "tous deux"."""
        if trigger.pos_ != "VERB" or is_present(trigger) or is_pluperfect(trigger) or not sentence.start:
            return False
        subject = next((c for c in trigger.children if c.dep_.startswith("nsubj")), None)
        if subject is None or not any(t.lower_ in self._both for t in (subject, *subject.children)):
            return False
        before = trigger.doc[sentence.start - 1].sent.root
        return any(t.lemma_ in self._meeting for t in (before, *before.children) if t.pos_ == "VERB")

    def _set(
        self, trigger: Token, sentence: Span, line: Line, anchor: Anchor | None, shown: Presentation
    ) -> When | None:
        """The date that heads the part of the text, where the trigger tells what happened then."""
        setting = line.setting
        if setting is None or shown.modality is not Modality.ACTUAL or not is_scene(trigger, setting):
            return None
        before = [e for e in line.dates if sentence.start_char <= e.begin < trigger.idx and e.precision]
        if any(not (setting.is_entry and e.is_duration) for e in before):
            return None
        value = setting.value or (day(anchor.day) if anchor and not anchor.inferred and not anchor.is_month else None)
        if value is None or value.earliest is None or value.latest is None:
            return None
        counted = anchor.day.isoformat() if anchor and setting.value is None else None
        span = Quoted(setting.begin, setting.end)
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
        return value_of(expression, line, base, future)

    def _ahead(self, expression: Expression, line: Line, base: date | None, trigger: Token) -> Value | None:
        """ "La veille de l'arrêt": from the day known of what is named, else from the latest day told; of that itself, from the
        date right before ("le 3 mai, deux jours avant de bombarder …"), else from the document's."""
        shift = expression.shift
        if is_named(trigger, expression, line):
            first = line.doc[trigger.i].sent.start_char
            exact = PRECISION[expression.unit]
            beside = [e for e in line.dates if first <= e.begin < expression.begin and e.precision >= exact]
            beside = beside[-1:] or set_off(expression, line, exact)
            value = line.values.get(beside[-1].begin) or beside[-1].resolve(base, False) if beside else None
            if beside and shift is not None:
                return shifted(value.earliest, -shift, expression.unit) if value and value.earliest else None
            verb = verb_of(expression, line)
            return None if verb is not None and is_pluperfect(verb) else expression.resolve(base, True)
        if shift is None:
            return None
        if (told := line.bases.get(expression.begin)) is not None:
            return shifted(told, shift, expression.unit)
        if any(t.like_num or t.text[:1].isdigit() for t in named_after(expression, line)):
            return None
        value = told_before(expression, line, base, PRECISION["day"])
        return shifted(value.earliest, shift, expression.unit) if value and value.earliest else None


def _when(value: Value, span: Quoted, counted: Anchor | None) -> When:
    """The date of an event, told by the words at `span`, and the day from which it counts, if any."""
    return When(
        edtf=value.edtf,
        earliest=value.earliest.isoformat() if value.earliest else None,
        latest=value.latest.isoformat() if value.latest else None,
        span=span,
        anchor=counted.day.isoformat() if counted else None,
        inferred=bool(counted and counted.inferred),
    )


def _counted_from(expression: Expression, anchor: Anchor | None) -> date | None:
    """The document's day, where it is known well enough for an expression."""
    if anchor is None or (expression.is_near and anchor.inferred):
        return None
    return None if anchor.is_month and (expression.is_near or expression.is_weekly) else anchor.day


def _back(sentence: Span, count: int) -> int:
    """The first character of the sentence so many before one of its paragraph."""
    start = sentence.start
    for _ in range(count):
        start = sentence.doc[start - 1].sent.start if start else 0
    return sentence.doc[start].idx


def _is_past_of_other(value: Value, expression: Expression, line: Line, anchor: Anchor | None, trigger: Token) -> bool:
    """Whether a date lies back and is another verb's, where the trigger tells what will be: "l'accord signé en mai prévoit que X
    livrera …"."""
    back = anchor is not None and value.latest is not None and value.latest < anchor.day
    return back and is_ahead(trigger) and verb_of(expression, line) != trigger
