"""Whether a date lies ahead of the document's day or back, by the tense and sense of the verbs above it."""

from __future__ import annotations

from collections.abc import Container

from kg.extract.clauses.finite import is_perfective
from kg.extract.clauses.presentation import Presentation
from kg.extract.dating.expressions import PRECISION, Expression
from kg.extract.dating.verbs import is_ahead, is_future, is_past, is_pending, is_present, verb_of
from kg.extract.lexicon.date_words import DateWords
from kg.extract.lines.moods import Mood
from kg.extract.lines.parse import Token
from kg.extract.reading import Line
from kg.model import Modality


class Directions:
    """Tells in which direction a date without its year is to be sought."""

    def __init__(self, words: DateWords) -> None:
        self._due = frozenset(words.lapsing)
        self._calendar = frozenset(words.calendar)
        self._twofold = tuple(words.twofold.items())
        self._scheduling = frozenset(words.scheduling)

    def is_ahead(self, kind: str, expression: Expression, line: Line, shown: Presentation, trigger: Token) -> bool:
        """Whether the date of a trigger of this class lies ahead."""
        if self._is_due(kind, trigger) or self._is_set(kind, trigger, expression) or is_future(expression, line):
            return True
        if shown.future and (is_ahead(trigger) or not self._is_told(expression, line, trigger)):
            return True
        return self._is_scheduled(expression, line) or self._is_awaited(expression, line, shown)

    def _is_due(self, kind: str, trigger: Token) -> bool:
        """Whether a verb tells in the present what is due: "le traité expire en mars" lies ahead."""
        return kind in self._due and is_present(trigger)

    def _is_set(self, kind: str, trigger: Token, expression: Expression) -> bool:
        """Whether a verb tells in the present, before its date, what is on the calendar: "le Conseil se réunit mardi"."""
        dated = expression.is_weekly or (expression.is_yearless and expression.precision == PRECISION["day"])
        if not dated or kind not in self._calendar or expression.begin < trigger.idx:
            return False
        twofold = any(trigger.lower_.endswith(e) and trigger.lemma_.endswith(of) for e, of in self._twofold)
        return is_present(trigger) or (twofold and is_past(trigger))

    def _is_scheduled(self, expression: Expression, line: Line) -> bool:
        """Whether the verb of a date tells in the present what is on the calendar: "est programmée le 16 septembre", "doit, lundi,
        signer"; or its clause is what such a verb says: "prévoit qu'Oslo livre en mars"."""
        verb = verb_of(expression, line)
        if verb is None:
            return False
        if verb.dep_ == "ccomp" and is_present(verb):
            return verb.head.lemma_ in self._scheduling and is_present(verb.head)
        if verb.lemma_ not in self._scheduling:
            return False
        governs = is_present(verb) and any("Inf" in c.morph.get("VerbForm", []) for c in verb.children)
        return governs or any(is_present(c) for c in verb.children if c.dep_ in ("aux:pass", "cop"))

    def _is_awaited(self, expression: Expression, line: Line, shown: Presentation) -> bool:
        """Whether a date is that of an infinitive whose verb tells what is planned, threatened or due: "doit avoir lieu lundi"."""
        verb = verb_of(expression, line)
        due = verb is not None and any(a.lemma_ in self._scheduling for a in (verb.head, verb.head.head))
        return (due or shown.modality is not Modality.ACTUAL) and is_pending(expression, line)

    def _is_told(self, expression: Expression, line: Line, trigger: Token) -> bool:
        """Whether the verb of a date tells what was, so that the date lies back, whatever is planned: "a ordonné en mars"; not
        where the trigger is an infinitive between them: "a signé une trêve qui doit s'appliquer à partir de mars"."""
        verb = verb_of(expression, line)
        if (
            verb is not None
            and verb.idx < trigger.idx < expression.begin
            and _is_infinitive_due(trigger, self._scheduling)
        ):
            return False
        if verb is None or verb.lemma_ in self._scheduling:
            return False
        if is_past(verb):
            return verb.mood is Mood.OTHER
        helped = any(c.dep_ == "aux:tense" and is_present(c) for c in verb.children)
        if "Part" not in verb.morph.get("VerbForm", []) and not helped:
            return False
        if verb.mood is not Mood.OTHER:
            return False
        aux = [c for c in verb.children if c.dep_.startswith("aux")]
        if not aux:
            return verb.dep_ in ("acl", "amod")
        moods = [(a.mood, a.dep_) for a in aux]
        ahead = any(m is Mood.FUTURE or (m is Mood.CONDITIONAL and dep == "aux:pass") for m, dep in moods)
        return is_perfective(verb) and not ahead


def _is_infinitive_due(verb: Token, scheduling: Container[str]) -> bool:
    """Whether an infinitive tells what is yet to come, by the verb that governs it: "doit entrer"."""
    return "Inf" in verb.morph.get("VerbForm", []) and verb.head.i < verb.i and verb.head.lemma_ in scheduling
