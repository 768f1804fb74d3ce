"""The verb of the clause in which a date stands, and its tense."""

from __future__ import annotations

from kg.extract.dating.expressions import PRECISION, Expression
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.moods import Mood
from kg.extract.lines.parse import Token
from kg.extract.reading import Line


def verb_of(expression: Expression, line: Line) -> Token | None:
    """The verb of the clause in which a date stands, by the parse, else the last one before it, else the first one behind it."""
    span = line.doc.around(expression.begin, expression.end)
    if span is None:
        return None
    above = next((a for a in span.root.ancestors if a.pos_ in ("VERB", "AUX") and not is_name(a)), None)
    if above is not None:
        return above
    beside = (*reversed(line.doc[span.sent.start : span.start]), *line.doc[span.end : span.sent.end])
    return next((t for t in beside if t.pos_ == "VERB"), None)


def is_of_governor(expression: Expression, governed: Token, line: Line) -> bool:
    """Whether a date is that of a finite verb under which an infinitive, perfect or not, or a noun stands."""
    forms = (governed, *(c for c in governed.children if c.dep_ == "aux:tense"))
    below = governed.pos_ == "NOUN" or any("Inf" in f.morph.get("VerbForm", []) for f in forms)
    verb = verb_of(expression, line) if below else None
    return verb is not None and verb in governed.ancestors


def is_behind(expression: Expression, word: Token, line: Line) -> bool:
    """Whether a date, with its year or to the month, stands behind a word, and no verb of its own between them; not "de 2 000 armes"."""
    span = line.doc.around(expression.begin, expression.end)
    if span is None or expression.begin < word.idx:
        return False
    if expression.precision < PRECISION["month"] and expression.resolve(None, True) is None:
        return False
    if Kind.OF_ANY in span[0].kinds:
        return False
    verb = verb_of(expression, line)
    return verb is None or verb.i <= word.i


def is_name(token: Token) -> bool:
    """Whether a word that the tagger may take for a verb is written as a name: "des chars Leopard en mars"."""
    return token.text[:1].isupper() and token.i > token.sent.start


def is_present(verb: Token) -> bool:
    """Whether a finite verb stands in the present, without an auxiliary."""
    return not verb.is_tale and "Pres" in verb.morph.get("Tense", []) and "Fin" in verb.morph.get("VerbForm", [])


def is_future(expression: Expression, line: Line) -> bool:
    """Whether the verb of a date stands in the future."""
    verb = verb_of(expression, line)
    return verb is not None and is_ahead(verb)


def is_ahead(verb: Token) -> bool:
    """Whether a verb, or its auxiliary, stands in the future."""
    forms = (verb, *(c for c in verb.children if c.dep_.startswith("aux")))
    return any(f.mood is Mood.FUTURE for f in forms)


def is_pending(expression: Expression, line: Line) -> bool:
    """Whether a date is that of an infinitive that is not perfect, under a verb in the present: "menace de livrer lundi", "doit avoir
    lieu le 3 juin"; not where that only tells what was just done, which is no plan and no threat."""
    verb = verb_of(expression, line)
    if verb is None or "Inf" not in verb.morph.get("VerbForm", []) or any(c.dep_ == "aux:tense" for c in verb.children):
        return False
    above = verb.head
    while above.head != above and "Inf" in above.morph.get("VerbForm", []):
        above = above.head
    return is_present(above) and above.mood is not Mood.FUTURE


def is_past(verb: Token) -> bool:
    """Whether a finite verb stands in the imperfect or the simple past: "ordonnait", "ordonna"."""
    if verb.is_tale:
        return True
    return "Fin" in verb.morph.get("VerbForm", []) and bool({"Imp", "Past"} & set(verb.morph.get("Tense", [])))


def is_simple_past(verb: Token) -> bool:
    """Whether a finite verb stands in the simple past, or is built with an auxiliary in it: "menaça", "fut signé"."""
    forms = (verb, *(c for c in verb.children if c.dep_.startswith("aux")))
    return verb.is_tale or any(
        "Fin" in f.morph.get("VerbForm", []) and "Past" in f.morph.get("Tense", []) for f in forms
    )


def is_pluperfect(verb: Token) -> bool:
    """Whether a verb stands in the pluperfect: "avait averti", "s'était soldée"."""
    return any(c.dep_ == "aux:tense" and is_past(c) for c in verb.children)


def is_compound(verb: Token) -> bool:
    """Whether a verb stands in the compound past: "a averti", "s'est soldée"."""
    return any(c.dep_ == "aux:tense" and is_present(c) for c in verb.children)


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


def is_relative(expression: Expression, line: Line) -> bool:
    """Whether a date stands in a relative clause, or with a participle, beside what its sentence tells: "…, que X avait prolongé"."""
    verb = verb_of(expression, line)
    return verb is not None and any(
        v.dep_ in ("acl:relcl", "acl") or (v.dep_ == "ccomp" and v.left_edge.i and v.doc[v.left_edge.i - 1].text == ",")
        for v in (verb, *verb.ancestors)
    )
