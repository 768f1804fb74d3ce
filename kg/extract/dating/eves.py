"""What is named right after "la veille de", "deux ans après": the event from which a date counts, or which it dates."""

from __future__ import annotations

from kg.extract.dating.expressions import Expression
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Token
from kg.extract.reading import Line

_NAMED = 8
"""How far after "la veille de" what was then may be named."""
_OPENING = 3
"""An expression so many characters from the head of its sentence opens it."""


def named_after(expression: Expression, line: Line) -> list[Token]:
    """The words of what is named right after "la veille de", up to any verb or pause."""
    span = line.doc.around(expression.begin, expression.end)
    named: list[Token] = []
    for token in line.doc[span.end : min(span.sent.end, span.end + _NAMED)] if span is not None else ():
        clause = bool(named) and (named[0].pos_ == "SCONJ" or is_perfect_infinitive(named[-1], token))
        noun = any(t.pos_ not in ("ADP", "DET", "PRON") for t in named)
        if token.is_punct or (token.pos_ in ("VERB", "AUX") and noun and not clause):
            break
        named.append(token)
    return named


def set_off(expression: Expression, line: Line, precision: int) -> list[Expression]:
    """The date so precise between commas behind what is named: "trois jours après l'attaque de X, le 7 avril, Y …"."""
    after = next((e for e in line.dates if e.begin > expression.end), None)
    span = line.doc.around(after.begin, after.end) if after is not None else None
    opens = span is not None and 0 <= expression.begin - span.sent.start_char <= _OPENING
    if after is None or span is None or after.precision < precision or not opens:
        return []
    comma = next((t for t in reversed(line.doc[span.sent.start : span.start]) if t.pos_ not in ("DET", "ADP")), None)
    return [after] if comma is not None and comma.text == "," else []


def is_perfect_infinitive(auxiliary: Token, token: Token) -> bool:
    """Whether a word is the participle right after the infinitive of its auxiliary: "avoir suspendu", "être retirés"."""
    return Kind.HELPING_ANY in auxiliary.kinds and auxiliary.i == token.i - 1


def is_named(trigger: Token, expression: Expression, line: Line) -> bool:
    """Whether a trigger is what is named after "la veille de", and no day of such an event was told before."""
    if not expression.is_ahead or expression.begin in line.bases:
        return False
    return trigger.i in {t.i for t in named_after(expression, line)}
