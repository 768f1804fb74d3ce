"""Dates that open a member of their sentence, or part the form of a verb: "…, et, en 2019, Oslo a livré …", "avoir, le 3 mai, tiré …"."""

from __future__ import annotations

from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Span, Token

_STOPS = (";", ":")


def lead(span: Span) -> int:
    """The place of the word before a date and its article or preposition; before the sentence, where the date opens that."""
    doc, first, at = span.doc, span.sent.start, span.start - 1
    while at >= first and doc[at].pos_ in ("DET", "ADP"):
        at -= 1
    return at


def opened(span: Span, triggers: dict[int, int]) -> int | None:
    """The first event of the clause that a date opens within its sentence, after a stop ("… ; le 3 mai, Oslo livrait …") or a
    conjunction, and a pause behind it: "… et, en 2019, Oslo a livré …"."""
    doc, at, end = span.doc, lead(span), span.sent.end
    if at <= span.sent.start:
        return None
    if doc[at].text in _STOPS:
        end = next((t.i for t in doc[span.end : end] if t.text == ";"), end)
    elif _conjunction(doc[at]) is not None and span.end < end and doc[span.end].text == ",":
        end = next((t.i for t in doc[span.end + 1 : end] if t.is_punct or t.pos_ == "CCONJ"), end)
    else:
        return None
    return next((i for i in sorted(triggers) if span.end <= i < end), None)


def _conjunction(token: Token) -> Token | None:
    """The conjunction that a token is, or the one before the comma that it is."""
    before = token.doc[token.i - 1] if token.i else token
    return token if token.pos_ == "CCONJ" else before if token.text == "," and before.pos_ == "CCONJ" else None


def parting(span: Span, triggers: dict[int, int]) -> int | None:
    """The participle that a date parts from its auxiliary: "accuse Oslo d'avoir, en 2019, testé …", "et a, mercredi, signé …"."""
    doc, at = span.doc, lead(span)
    if at > span.sent.start and doc[at].text == ",":
        at -= 1
    after = span.end
    while after < span.sent.end - 1 and (doc[after].text == "," or doc[after].pos_ == "ADV"):
        after += 1
    helped = at >= span.sent.start and (doc[at].pos_ == "AUX" or Kind.HELPING_ANY in doc[at].kinds)
    return after if helped and after < span.sent.end and after in triggers and doc[after].pos_ == "VERB" else None
