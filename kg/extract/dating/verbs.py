"""The verb of the clause in which a date stands, and its tense."""

from __future__ import annotations

from kg.extract.clauses.mood import Mood, mood
from kg.extract.dating.expressions import Expression
from kg.extract.lines.parse import Token
from kg.extract.reading import Line


def verb_of(expression: Expression, line: Line) -> Token | None:
    """The verb of the clause in which a date stands, by the parse, else the last one before it."""
    span = line.doc.around(expression.begin, expression.end)
    if span is None:
        return None
    above = next((a for a in span.root.ancestors if a.pos_ in ("VERB", "AUX")), None)
    return above or next((t for t in reversed(line.doc[span.sent.start : span.start]) if t.pos_ == "VERB"), None)


def is_present(verb: Token) -> bool:
    """Whether a finite verb stands in the present, without an auxiliary."""
    return "Pres" in verb.morph.get("Tense", []) and "Fin" in verb.morph.get("VerbForm", [])


def is_future(expression: Expression, line: Line) -> bool:
    """Whether the verb of a date stands in the future."""
    verb = verb_of(expression, line)
    return verb is not None and is_ahead(verb)


def is_ahead(verb: Token) -> bool:
    """Whether a verb, or its auxiliary, stands in the future."""
    forms = (verb, *(c for c in verb.children if c.dep_.startswith("aux")))
    return any(mood(f.text, f.lemma_) is Mood.FUTURE for f in forms)


def is_past(verb: Token) -> bool:
    """Whether a finite verb stands in the imperfect or the simple past: "ordonnait", "ordonna"."""
    return "Fin" in verb.morph.get("VerbForm", []) and bool({"Imp", "Past"} & set(verb.morph.get("Tense", [])))


def reach(expression: Expression, line: Line) -> int:
    """The first character of the sentence before that of a date."""
    span = line.doc.around(expression.begin, expression.end)
    if span is None:
        return expression.begin
    return line.doc[span.sent.start - 1].sent.start_char if span.sent.start else span.sent.start_char


def sets(expression: Expression, line: Line) -> bool:
    """Whether a date is that of its sentence's main verb, not of what is told beside: "signé en 2010"."""
    verb = verb_of(expression, line)
    return verb is not None and "ROOT" in (verb.dep_, verb.head.dep_ if verb.dep_ == "xcomp" else "")
