"""Which date of a sentence belongs to which of its events: by what stands beside it, by the parse, by order."""

from __future__ import annotations

import re

from kg.extract.clauses.syntax import Syntax
from kg.extract.dating.expressions import Expression
from kg.extract.dating.placement import Placement
from kg.extract.dating.times import named_after
from kg.extract.lexicon.clause_words import DateWords
from kg.extract.lines.parse import Span, Token
from kg.extract.reading import Line
from kg.extract.saying.speech import Speech

_BESIDE = 4
"""A date so many tokens after a trigger, with nothing between, is the trigger's."""
_COMPLEMENT = 12
"""How far back a trigger may stand of whose complements alone the words before a date consist."""
_QUALIFIED = 24
"""How far back the noun may stand of which a participle tells the date."""
_NEAR = 6
_HEAD = 60
_DATELINE = re.compile(r" ?(?:\([^)]*\) ?)?[-–—] ?\S|[.,]? ?/|[.,]? ?\([^)]*\) ?[-–—:.]")
"""What follows the date of a dateline, so near the head of its line: "PARIS, 3 mai (agence) – Le ministre …"."""
_OPENING = 6
"""A date so near the head of its sentence, before its subject, is the setting of the whole."""


class Owners:
    """Gives each date expression of a sentence to a trigger."""

    def __init__(self, words: DateWords, speech: Speech, syntax: Syntax) -> None:
        self._syntax = syntax
        self._speech = speech
        self._placement = Placement(words, syntax)
        self._dating = frozenset(words.dating)
        self._phrases = frozenset(tuple(phrase.split()) for phrase in words.dating_phrases)
        self._dated_by = frozenset(words.dated)
        self._speeches = frozenset(words.speeches)

    def of(self, triggers: dict[int, int], sentence: Span, line: Line) -> dict[int, list[int]]:
        """Trigger tokens to the indexes of the line's date expressions that date them, the nearest first.

        `triggers` are the tokens of the sentence's events, with the ends of their phrases.
        """
        owners: dict[int, list[int]] = {}
        for index, expression in enumerate(line.dates):
            bounds = (expression.is_duration and not expression.is_start) or _is_dateline(expression, line)
            if bounds or not sentence.start_char <= expression.begin < sentence.end_char:
                continue
            span = line.doc.around(expression.begin, expression.end)
            owner = self._owner(expression, span, triggers, line) if span is not None and triggers else None
            if owner is not None:
                owners.setdefault(owner, []).append(index)
        for owner, dates in owners.items():
            place = line.doc[owner].idx
            dates.sort(key=lambda i: (abs(line.dates[i].begin - place), -i))
        return owners

    def _owner(self, expression: Expression, span: Span, triggers: dict[int, int], line: Line) -> int | None:
        """What is named right after "la veille de", or qualified by the participle that opens the sentence; else what is near."""
        if expression.is_ahead:
            named = {t.i for t in named_after(expression, line)}
            if expression.begin not in line.bases and (ahead := sorted(named & set(triggers))):
                return ahead[0]
            triggers = {i: end for i, end in triggers.items() if i not in named}
        if self._placement.is_of_other(expression, span, line, triggers):
            return None
        is_fronted, qualified = self._placement.fronted(span, triggers)
        return qualified if is_fronted else self._near(expression, span, triggers)

    def _near(self, expression: Expression, span: Span, triggers: dict[int, int]) -> int | None:
        """The trigger right before the date; the nearest above it in the parse, or below its verb; the main one for a
        date that opens the sentence; else the nearest."""
        if expression.is_bracket:
            return self._completed(span, triggers)
        start = span.start - 1 if _is_apposed(span) else span.start
        beside = [i for i, end in triggers.items() if 0 <= start - end <= _BESIDE]
        if beside and not _parted(span.doc.span(triggers[max(beside)], start), triggers):
            return max(beside)
        if (before := self._completed(span, triggers)) is not None:
            return before
        if (qualified := self._qualified(span, triggers)) is not None:
            return qualified
        if self._is_incise(span):
            return None
        if (opened := _opened(span, triggers)) is not None:
            return opened
        if (above := self._above(span, triggers)) is not None:
            return above
        if (inverted := self._placement.inverted(span, triggers)) is not None:
            return inverted
        if (dated := self._dated(span, triggers)) is not None:
            return dated
        if self._tells_speech(span):
            return None
        if _opens(span):
            main = min(triggers, key=lambda i: (len(list(span.doc[i].ancestors)), i), default=None)
            return None if main is None or self._is_said(span.doc[main], span) else main
        return None if self._is_speech(span) else self._beside(span, triggers)

    def _beside(self, span: Span, triggers: dict[int, int]) -> int | None:
        """The nearest trigger, with no pause and no other event between."""
        near = [(min(abs(i - span.start), abs(i - span.end)), i) for i in triggers]
        near = [
            (d, i)
            for d, i in near
            if d <= _NEAR
            and not _parted(span.doc.span(min(i, span.end), max(i, span.start)), {})
            and not _joined(span, i)
        ]
        return min(near)[1] if near else None

    def _qualified(self, span: Span, triggers: dict[int, int]) -> int | None:
        """The noun of which a participle or adjective right before the date tells it: "le retrait …, effectif le 3 mai"."""
        doc, first, at = span.doc, span.sent.start, span.start - 1
        while at > first and doc[at].pos_ in ("DET", "ADP", "ADV"):
            at -= 1
        word = doc[max(at, first)]
        if word.lemma_.lower() not in self._dated_by or span.start - word.i > _BESIDE:
            return None
        chain = [word, word.head] if word.dep_ == "conj" else [word]
        if (
            any(c.dep_.startswith("aux") for w in chain for c in w.children)
            or doc[max(first, word.i - 1)].pos_ == "AUX"
        ):
            return None
        for token in reversed(doc[max(first, word.i - _QUALIFIED) : word.i]):
            if token.i in triggers:
                return token.i
            if token.pos_ in ("VERB", "AUX", "SCONJ") and not self._syntax.is_participle(token):
                return None
        return None

    def _is_incise(self, span: Span) -> bool:
        """Whether the date stands in an incise, whose verb of saying comes right after a pause, before its subject."""
        verb = next((t for t in reversed(span.doc[span.sent.start : span.start]) if t.pos_ in ("VERB", "AUX")), None)
        if verb is None or span.start - verb.i > _NEAR or not self._speech.says(verb):
            return False
        if "Part" in verb.morph.get("VerbForm", []) and not any(c.dep_.startswith("aux") for c in verb.children):
            return False
        start = verb.i
        while start > span.sent.start and (
            span.doc[start - 1].pos_ in ("AUX", "PRON", "ADV") or span.doc[start - 1].lower_.startswith("-t-")
        ):
            start -= 1
        pause = start > span.sent.start and span.doc[start - 1].text in (",", "»", '"', "”")
        return pause and not any(t.dep_ in ("mark", "ccomp") and t.i > verb.i for t in verb.subtree)

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
                if _is_other_clause(ancestor, span):
                    break
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
        pause = any(t.text == "," for t in verb.doc[verb.head.i : verb.i])
        if pause and verb.lemma_ not in self._dated_by and verb.head.lemma_.lower() not in self._speeches:
            return False
        return participle and (verb.head.i in triggers or verb.head.lemma_.lower() in self._speeches)

    def _dated(self, span: Span, triggers: dict[int, int]) -> int | None:
        """The event that is the subject of a verb of dating: "le rejet du traité remonte au 13 octobre 1999"."""
        verb = next((t for t in reversed(span.doc[span.sent.start : span.start]) if t.pos_ in ("VERB", "AUX")), None)
        if verb is None or span.start - verb.i > _NEAR or not self._dates(verb):
            return None
        before = [i for i in sorted(triggers) if i < verb.i]
        return before[0] if before else None

    def _dates(self, verb: Token) -> bool:
        """Whether a verb, or its phrase, tells when its subject took place."""
        following = [t.lemma_.lower() for t in verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + 4)]]
        return verb.lemma_ in self._dating or any(
            verb.lemma_ == first and second in following for first, second in self._phrases
        )

    def _reports(self, trigger: Token, verb: Token) -> bool:
        """Whether a verb says what the trigger tells, so that its date is that of the speech."""
        return self._speech.says(verb) and trigger.dep_ in ("ccomp", "xcomp", "parataxis")

    def _is_said(self, trigger: Token, span: Span) -> bool:
        """Whether a trigger is told in the clause that someone says, so that the date before is that of the speech; one who says
        what he does himself ("la Russie fait savoir qu'elle se retire") does it then."""
        for token in (trigger, *trigger.ancestors):
            if token.dep_ == "ROOT" or token.left_edge.i <= span.start:
                return False
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
        return any(t.lemma_.lower() in self._speeches for t in before)

    def _hangs_on(self, trigger: Token, verb: Token) -> bool:
        if trigger.dep_ == "conj" and trigger.i > verb.i:
            return False
        governed = self._syntax.governor(trigger) == verb
        return governed or (trigger.head == verb and trigger.dep_.startswith("nsubj"))


def _is_dateline(expression: Expression, line: Line) -> bool:
    """Whether a date only says when the text was sent."""
    text = line.reading.text
    return (
        expression.begin < _HEAD and bool(_DATELINE.match(text[expression.end :])) and "," in text[: expression.begin]
    )


def _opens(span: Span) -> bool:
    """Whether a date stands at the head of its sentence, before any subject, set off from it: "À compter du 3 mai, …"."""
    start = span.sent.start
    if span.start <= start + 2:
        return True
    comma = span.end < len(span.doc) and span.doc[span.end].text == ","
    before = span.doc[start : span.start]
    return comma and len(before) <= _OPENING and not any(t.dep_.startswith("nsubj") or t.is_punct for t in before)


def _opened(span: Span, triggers: dict[int, int]) -> int | None:
    """The first event of the clause that a date opens after a stop within its sentence: "… ; le 3 mai, Oslo livrait …"."""
    doc, first, at = span.doc, span.sent.start, span.start - 1
    while at > first and doc[at].pos_ in ("DET", "ADP"):
        at -= 1
    if at <= first or doc[at].text not in (";", ":"):
        return None
    end = next((t.i for t in doc[span.end : span.sent.end] if t.text == ";"), span.sent.end)
    return next((i for i in sorted(triggers) if span.end <= i < end), None)


def _is_other_clause(verb: Token, span: Span) -> bool:
    """Whether a clause of its own stands between a verb and a date: "X annonce …, et Y dépasse le plafond, en mai"."""
    between = verb.doc[verb.i + 1 : span.start]
    starts = [t.i for t in between if t.text == ";" or (t.pos_ == "CCONJ" and t.doc[t.i - 1].text == ",")]
    return bool(starts) and any(t.pos_ in ("VERB", "AUX") for t in verb.doc[starts[-1] + 1 : span.start])


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
    return any(t.text in (",", ";", ":", "»", "«") or t.i in triggers for t in between)
