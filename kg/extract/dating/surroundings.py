"""What stands around a date in its sentence: at its head, after a stop, in another clause, between commas."""

from __future__ import annotations

import re
from collections.abc import Container

from kg.extract.dating.expressions import PRECISION, Expression
from kg.extract.dating.members import lead
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Doc, Span, Token
from kg.extract.reading import Line

_OPENING = 6
"""A date so near the head of its sentence, before its subject, is the setting of the whole."""
_FRONTED = 2
"""A participle so near the head of its sentence opens it."""
_HEAD = 60
_DATELINE = re.compile(r" ?(?:\([^)]*\) ?)?[-–—] ?\S|[.,]? ?/|[.,]? ?\([^)]*\) ?[-–—:.]")
"""What follows the date of a dateline, so near the head of its line: "PARIS, 3 mai (agence) – Le ministre …"."""
_STOPS = (",", ";", ":", "»", "«")


def opens(span: Span) -> bool:
    """Whether a date stands at the head of its sentence, before any subject, set off from it: "À compter du 3 mai, …"."""
    start = span.sent.start
    if span.start <= start + 2:
        return True
    comma = span.end < len(span.doc) and span.doc[span.end].text == ","
    before = span.doc[start : span.start]
    return comma and len(before) <= _OPENING and not any(t.dep_.startswith("nsubj") or t.is_punct for t in before)


def led(span: Span, triggers: dict[int, int]) -> int | None:
    """The noun right behind a date that opens its member ("…, puis lundi à un tir") or stands within its phrase: "l'adoption en juin
    de sanctions"."""
    doc, before = span.doc, span.doc[max(0, span.start - 1)]
    noun = next((t for t in doc[span.end : span.sent.end] if t.pos_ not in ("ADP", "DET", "ADJ", "NUM")), None)
    if noun is None or noun.i not in triggers or noun.pos_ != "NOUN" or before.i in triggers:
        return None
    within = before.pos_ == "NOUN" and Kind.OF_ANY in doc[span.end].kinds
    return noun.i if within or before.pos_ == "CCONJ" else None


def is_verb(token: Token) -> bool:
    """Whether a word is a verb, or stands as one after its auxiliary, whatever the parse calls it: "s'étaient tenues"."""
    before = token.doc[token.i - 1] if token.i else token
    return token.pos_ in ("VERB", "AUX") or (before.pos_ == "AUX" and before.dep_.startswith("aux"))


def is_other_clause(verb: Token, span: Span) -> bool:
    """Whether a clause of its own stands between a verb and a date: "X annonce …, et Y dépasse le plafond, en mai"; or the one
    that goes on after a relative clause: "X, qui a reçu …, prévoit pour mai …"; or a perfect infinitive: "X accuse Y d'avoir …"."""
    between = verb.doc[verb.i + 1 : span.start]
    if any(
        Kind.HELPING in t.kinds and t.doc[t.i + 1].i < span.start and t.doc[t.i + 1].pos_ in ("VERB", "ADJ")
        for t in between
    ):
        return True
    if any(t.text == "," and is_finite(_first(t.doc, t.i + 1)) for t in between):
        return True
    starts = [t.i for t in between if t.text == ";" or (t.pos_ == "CCONJ" and t.doc[t.i - 1].text == ",")]
    return bool(starts) and any(t.pos_ in ("VERB", "AUX") for t in verb.doc[starts[-1] + 1 : span.start])


def _first(doc: Doc, start: int) -> Token:
    """The first word from a place on that is no pronoun or particle before a verb."""
    at = start
    while at + 1 < len(doc) and Kind.PROCLITIC in doc[at].kinds:
        at += 1
    return doc[min(at, len(doc) - 1)]


def is_finite(token: Token) -> bool:
    """Whether a word is a finite verb."""
    return token.pos_ in ("VERB", "AUX") and "Fin" in token.morph.get("VerbForm", [])


def is_apposed(span: Span) -> bool:
    """Whether a date stands between commas or in parentheses: "le bombardement, le 22 juin, de …"."""
    doc, at = span.doc, lead(span)
    if at < 0 or span.end >= len(doc):
        return False
    return (doc[at].text, doc[span.end].text) in ((",", ","), ("(", ")"), (",", "."))


def is_apart(span: Span, trigger: int) -> bool:
    """Whether a trigger stands in another clause than the date before it, behind a stop: "révèle le 24 mars … ; X visite …"."""
    return any(t.text == ";" for t in span.doc[span.end : trigger])


def joined(span: Span, trigger: int) -> bool:
    """Whether a date closes a member before the conjunction that opens the trigger's: "signée en 2006 et entrée …"."""
    return any(t.pos_ == "CCONJ" for t in span.doc[span.end : trigger])


def is_own_news(trigger: Token, verbs: Container[str]) -> bool:
    """Whether a perfect infinitive tells what its subject has just done, by the verb of the sentence: "annonce avoir tiré …"."""
    perfect = trigger.dep_ == "xcomp" and any(c.dep_ == "aux:tense" for c in trigger.children)
    return perfect and trigger.head == trigger.sent.root and trigger.head.lemma_ in verbs


def is_last(expression: Expression, span: Span, line: Line) -> bool:
    """Whether a day is the last date of its sentence."""
    end = span.sent.end_char
    return expression.precision == PRECISION["day"] and not any(
        expression.end <= e.begin < end and e.precision for e in line.dates
    )


def parted(between: Span, triggers: dict[int, int]) -> bool:
    return any(t.text in _STOPS or t.i in triggers for t in between)


def outside_brackets(span: Span) -> list[Token]:
    """The words of a span but for those that brackets hold."""
    kept: list[Token] = []
    depth = 0
    for token in span:
        depth += token.text == "("
        if not depth:
            kept.append(token)
        depth = max(0, depth - (token.text == ")"))
    return kept


def placed(span: Span, triggers: dict[int, int]) -> int | None:
    """The verb before the pause at which a place and the date begin: "…, que X fut l'un des premiers à signer, à Lima le 3 mai"."""
    doc, at, first = span.doc, span.start - 1, span.sent.start
    while at > first and doc[at].pos_ in ("DET", "ADP", "PROPN"):
        at -= 1
    named = any(t.pos_ == "PROPN" for t in doc[at + 1 : span.start])
    if doc[at].text != "," or not named or doc[at + 1].pos_ != "ADP" or at - 1 not in triggers:
        return None
    return at - 1 if doc[at - 1].pos_ == "VERB" else None


def sole(span: Span, triggers: dict[int, int]) -> int | None:
    """The main verb of the sentence, an event, where a date stands behind it and no pause, event or other clause between: "a été
    conclu entre Oslo et le groupe dit P3 (Lima, …) à Genève en 2005"."""
    main = span.sent.root
    if main.i not in triggers or main.i > span.start or Kind.OF_ANY in span.doc[span.start].kinds:
        return None
    between = outside_brackets(span.doc.span(main.i + 1, span.start))
    if any(t.i in triggers or t.text in _STOPS or t.pos_ == "SCONJ" or is_finite(t) or _is_led(t) for t in between):
        return None
    return main.i


def _is_led(token: Token) -> bool:
    """Whether a word is an infinitive or a relative pronoun, with which a clause of its own begins."""
    form = token.morph
    return "Inf" in form.get("VerbForm", []) or "Rel" in form.get("PronType", [])


def within_reach(span: Span, triggers: dict[int, int]) -> dict[int, int]:
    """The triggers without the participle that opens the sentence, where the date stands behind the main verb: "Signé en mai, le
    contrat est entré en vigueur lundi"."""
    first = next((i for i in sorted(triggers) if i - span.sent.start < _FRONTED), None)
    if first is None or is_finite(span.doc[first]) or "Part" not in span.doc[first].morph.get("VerbForm", []):
        return triggers
    comma = next((t.i for t in span.doc[first : span.start] if t.text == ","), None)
    if comma is None or not any(is_finite(t) for t in span.doc[comma : span.start]):
        return triggers
    return {i: end for i, end in triggers.items() if i != first}


def is_dateline(expression: Expression, line: Line) -> bool:
    """Whether a date only says when the text was sent."""
    text = line.reading.text
    return (
        expression.begin < _HEAD and bool(_DATELINE.match(text[expression.end :])) and "," in text[: expression.begin]
    )
