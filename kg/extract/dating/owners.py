"""Which date of a sentence belongs to which of its events: by what stands beside it, by the parse, by order."""

from __future__ import annotations

from collections.abc import Container

from kg.extract.clauses.syntax import Syntax
from kg.extract.dating.eves import named_after
from kg.extract.dating.expressions import Expression
from kg.extract.dating.insertions import completed, inserted, is_opening_eve
from kg.extract.dating.members import lead, opened, parting
from kg.extract.dating.placement import Placement
from kg.extract.dating.sharing import Sharing
from kg.extract.dating.statements import Statements
from kg.extract.dating.surroundings import (
    is_apart,
    is_apposed,
    is_dateline,
    is_last,
    is_other_clause,
    is_own_news,
    is_verb,
    joined,
    led,
    opens,
    parted,
    placed,
    sole,
    within_reach,
)
from kg.extract.lexicon.date_words import DateWords
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Span, Token
from kg.extract.reading import Line
from kg.extract.saying.speech import Speech

_BESIDE = 4
"""A date so many tokens after a trigger, with nothing between, is the trigger's."""
_NEAR = 6


class Owners:
    """Gives each date expression of a sentence to a trigger."""

    def __init__(self, words: DateWords, speech: Speech, syntax: Syntax) -> None:
        self._syntax = syntax
        self._speech = speech
        self._placement = Placement(words, syntax)
        self._sharing = Sharing(words)
        self._statements = Statements(words)
        self._dated_by = frozenset(words.dated)
        self._speeches = frozenset(words.speeches)
        self._aspectual = frozenset(words.aspectual)
        self._own_news = frozenset(words.own_news)

    def of(
        self, triggers: dict[int, int], sentence: Span, line: Line, acts: Container[int] = ()
    ) -> dict[int, list[int]]:
        """Trigger tokens to the indexes of the line's date expressions that date them, the nearest first.

        `triggers` are the tokens of the sentence's events, with the ends of their phrases; `acts` those that are done by words.
        """
        owners: dict[int, list[int]] = {}
        for index, expression in enumerate(line.dates):
            if not sentence.start_char <= expression.begin < sentence.end_char:
                continue
            span = line.doc.around(expression.begin, expression.end)
            if span is not None and expression.is_apposed:
                clause = next((i for i in sorted(triggers) if span.end < i < span.sent.end), None)
                owners.setdefault(clause, []).append(index) if clause is not None else None
            if (expression.is_duration and not expression.is_start) or is_dateline(expression, line):
                continue
            owner = self._owner(expression, span, triggers, line, acts) if span is not None and triggers else None
            if owner is not None:
                owners.setdefault(owner, []).append(index)
        self._sharing.spread(triggers, owners, line)
        for owner, dates in owners.items():
            place = line.doc[owner].idx
            dates.sort(key=lambda i: (abs(line.dates[i].begin - place), -i))
        return owners

    def _owner(
        self, expression: Expression, span: Span, triggers: dict[int, int], line: Line, acts: Container[int]
    ) -> int | None:
        """What is named right after "la veille de", done in a dated statement, or qualified by the participle that opens the sentence;
        else what is near."""
        if expression.is_ahead:
            named = {t.i for t in named_after(expression, line)}
            if expression.begin not in line.bases and (ahead := sorted(named & set(triggers))):
                return ahead[0]
            triggers = {i: end for i, end in triggers.items() if i not in named}
        if (found := parting(span, triggers)) is not None or (found := led(span, triggers)) is not None:
            return found
        if (act := self._statements.act(self._placement.participle(span), span, triggers, acts)) is not None:
            return act
        if self._placement.is_of_other(expression, span, line, triggers):
            return None
        triggers = within_reach(span, self._unsaid(span, triggers))
        is_fronted, qualified = self._placement.fronted(span, triggers)
        return qualified if is_fronted else self._near(expression, span, triggers, line)

    def _unsaid(self, span: Span, triggers: dict[int, int]) -> dict[int, int]:
        """The triggers without those that are said, where the date stands between a verb of saying and its "que"."""
        if not any(Kind.THAT in t.kinds for t in span.doc[span.end : span.end + 1]):
            return triggers
        verb = next(
            (t for t in reversed(span.doc[max(span.sent.start, span.start - _BESIDE) : span.start]) if is_verb(t)), None
        )
        if verb is None or not self._speech.is_verb(verb):
            return triggers
        return {i: e for i, e in triggers.items() if i < span.start}

    def _set_off(self, span: Span, triggers: dict[int, int], line: Line) -> int | None:
        """The trigger that the date completes, or beside whose place or noun it stands between commas."""
        completed = self._completed(span, triggers)
        if completed is not None and not (is_apposed(span) and is_opening_eve(span.doc[completed], line)):
            return completed
        owner = placed(span, triggers)
        return owner if owner is not None else inserted(span, triggers, line, self._speech)

    def _near(self, expression: Expression, span: Span, triggers: dict[int, int], line: Line) -> int | None:
        """The trigger right before the date; the nearest above it in the parse, or below its verb; the main one for a
        date that opens the sentence; else the nearest."""
        if expression.is_bracket:
            return self._completed(span, triggers)
        if (first := opened(span, triggers)) is not None:
            return first
        start = lead(span) if is_apposed(span) else span.start
        beside = [i for i, end in triggers.items() if 0 <= start - end <= _BESIDE]
        if beside and not parted(span.doc.span(triggers[max(beside)], start), triggers):
            return max(beside)
        if (owner := self._set_off(span, triggers, line)) is not None:
            return owner
        if (qualified := self._placement.qualified(span, triggers)) is not None:
            return qualified
        if self._is_incise(span):
            return None
        if (above := self._above(span, triggers)) is not None:
            return above
        if (inverted := self._placement.inverted(span, triggers)) is not None:
            return inverted
        if (dated := self._dated(span, triggers)) is not None:
            return dated
        if self._tells_speech(span):
            return None
        if opens(span):
            return self._main(expression, span, triggers, line)
        if self._is_speech(span) or self._qualifies(span):
            return None
        main = sole(span, triggers)
        return main if main is not None else self._beside(span, triggers)

    def _main(self, expression: Expression, span: Span, triggers: dict[int, int], line: Line) -> int | None:
        """The main event of the sentence that a date opens, but for one that is only said then."""
        main = min(triggers, key=lambda i: (len(list(span.doc[i].ancestors)), i), default=None)
        if main is None or (is_own_news(span.doc[main], self._own_news) and is_last(expression, span, line)):
            return main
        return None if self._is_said(span.doc[main], span) else main

    def _qualifies(self, span: Span) -> bool:
        """Whether the date is that of a participle right before it that says more of a noun: "a rompu le contrat conclu en 2016"."""
        verb = span.root.head
        return (
            0 < span.start - verb.i <= _BESIDE
            and verb.dep_ == "acl"
            and self._syntax.is_participle(verb)
            and not verb.is_helped
        )

    def _beside(self, span: Span, triggers: dict[int, int]) -> int | None:
        """The nearest trigger, with no pause and no other event between."""
        near = [(min(abs(i - span.start), abs(i - span.end)), i) for i in triggers]
        near = [
            (d, i)
            for d, i in near
            if d <= _NEAR
            and not parted(span.doc.span(min(i, span.end), max(i, span.start)), {})
            and not joined(span, i)
        ]
        return min(near)[1] if near else None

    def _is_incise(self, span: Span) -> bool:
        """Whether the date stands in an incise, whose verb of saying comes right after a pause, before its subject."""
        verb = next((t for t in reversed(span.doc[span.sent.start : span.start]) if t.pos_ in ("VERB", "AUX")), None)
        if verb is None or span.start - verb.i > _NEAR or not self._speech.says(verb):
            return False
        if "Part" in verb.morph.get("VerbForm", []) and not verb.is_helped:
            return False
        start = verb.i
        while start > span.sent.start and (
            span.doc[start - 1].pos_ in ("AUX", "PRON", "ADV") or Kind.INVERTED in span.doc[start - 1].kinds
        ):
            start -= 1
        pause = start > span.sent.start and span.doc[start - 1].text in (",", "»", '"', "”")
        return pause and not any(t.dep_ in ("mark", "ccomp") and t.i > verb.i for t in verb.subtree)

    def _completed(self, span: Span, triggers: dict[int, int]) -> int | None:
        """The trigger whose complements alone stand before the date."""
        return completed(span.doc.span(span.sent.start, lead(span) if is_apposed(span) else span.start), triggers)

    def _above(self, span: Span, triggers: dict[int, int]) -> int | None:
        for root in [t for t in span if not span.start <= t.head.i < span.end] or [span.root]:
            for ancestor in root.ancestors:
                if is_other_clause(ancestor, span) or self._is_said_after(ancestor, span):
                    break
                if ancestor.i in triggers:
                    return ancestor.i
                if ancestor.pos_ not in ("VERB", "AUX") and not self._syntax.is_participle(ancestor):
                    continue
                below = [i for i in sorted(triggers) if self._hangs_on(span.doc[i], ancestor) and not is_apart(span, i)]
                if below and not self._reports(span.doc[below[0]], ancestor):
                    return below[0]
                if not self._passes(ancestor, triggers):
                    break
        return None

    def _is_said_after(self, verb: Token, span: Span) -> bool:
        """Whether a verb says, behind a pause, what was told with the date: "…, lors de l'édition de 2021, accuse Oslo"."""
        between = verb.doc[span.end : max(span.end, verb.i)]
        return (
            self._speech.says(verb)
            and any(t.text == "," for t in between)
            and not any(t.pos_ == "NOUN" for t in between)
        )

    def _passes(self, verb: Token, triggers: dict[int, int]) -> bool:
        """Whether a date below a verb may belong to what stands above: the governor of an infinitive, unless perfect, the event of which a
        participle tells the day ("les consultations tenues en novembre"), the act done by a dated speech."""
        if verb.dep_ in ("xcomp", "aux:tense"):
            return not any(c.dep_ == "aux:tense" for c in verb.children)
        participle = verb.dep_ in ("acl", "amod") and self._syntax.is_participle(verb)
        pause = any(t.text == "," for t in verb.doc[verb.head.i : verb.i])
        if pause and verb.lemma_ not in self._dated_by and verb.head.lower_lemma not in self._speeches:
            return False
        return participle and (verb.head.i in triggers or verb.head.lower_lemma in self._speeches)

    def _dated(self, span: Span, triggers: dict[int, int]) -> int | None:
        """The event that is the subject of a verb of dating: "le rejet du traité remonte au 13 octobre 1999"."""
        verb = next((t for t in reversed(span.doc[span.sent.start : span.start]) if is_verb(t)), None)
        if verb is None or span.start - verb.i > _NEAR or not self._sharing.dates(verb):
            return None
        before = [i for i in sorted(triggers) if span.sent.start <= i < verb.i]
        return before[0] if before else None

    def _reports(self, trigger: Token, verb: Token) -> bool:
        """Whether a verb says what the trigger tells, so that its date is that of the speech."""
        begun = trigger.dep_ == "xcomp" and verb.lemma_ in self._aspectual
        return self._speech.is_verb(verb) and trigger.dep_ in ("ccomp", "xcomp", "parataxis") and not begun

    def _is_said(self, trigger: Token, span: Span) -> bool:
        """Whether a trigger is told in the clause that someone says, so that the date before is that of the speech; one who says
        what he does himself ("la Russie fait savoir qu'elle se retire") does it then."""
        for token in (trigger, *trigger.ancestors):
            if token.dep_ == "ROOT" or token.left_edge.i <= span.start:
                return False
            perfect = token.dep_ == "xcomp" and any(c.dep_ == "aux:tense" for c in token.children)
            if perfect and self._speech.says(token.head):
                return True
            if token.dep_ in ("ccomp", "parataxis") and self._speech.says(token.head):
                own = token.dep_ == "ccomp" and any(
                    c.dep_.startswith("nsubj") and c.pos_ == "PRON" for c in token.children
                )
                return not own
        return False

    def _is_speech(self, span: Span) -> bool:
        """Whether the date is that of a speech: it hangs on a verb of saying that has a clause."""
        verb = next((a for a in span.root.ancestors if a.pos_ in ("VERB", "AUX")), None)
        return verb is not None and self._speech.says(verb) and any(c.dep_ == "ccomp" for c in verb.children)

    def _tells_speech(self, span: Span) -> bool:
        """Whether the date is that of a speech told by a noun: "dans un discours prononcé le 4 mai, X a annoncé que …"."""
        before = span.doc[max(span.sent.start, span.start - _BESIDE) : span.start]
        return any(t.lower_lemma in self._speeches for t in before)

    def _hangs_on(self, trigger: Token, verb: Token) -> bool:
        if trigger.dep_ == "conj" and trigger.i > verb.i:
            return False
        governed = self._syntax.governor(trigger) == verb
        return governed or (trigger.head == verb and trigger.dep_.startswith("nsubj"))
