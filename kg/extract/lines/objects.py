"""Finds the objects that the parse hangs elsewhere: on the day before them, beside the verb, on what describes them."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.lines.arcs import attach

_FILLED = frozenset({"obj", "aux:pass"})
"""What a verb has that takes no further object."""
_YEAR = 4
"""So many digits a year has."""


def verb_before_day(token: Token, partitives: frozenset[str]) -> Token | None:
    """The verb whose object a noun is, where it hangs on the day or the month between both: "a inspecté le 21 janvier la centrale",
    "a réitéré en mars sa demande"."""
    month, opens = token.head, token.left_edge
    day = month.head
    dated = month.dep_ == "nmod" and day.is_digit and day.i + 1 == month.i
    when = day if dated else month
    monthly = any(c.dep_ == "case" and c.i + 1 == month.i for c in month.lefts) and month.pos_ == "NOUN"
    if not (dated or monthly) or opens.i != month.i + 1:
        return None
    verb, article = when.head, opens.dep_ == "det" or (dated and opens.lower_ in partitives)
    free = verb.pos_ == "VERB" and when.dep_.startswith("obl") and all(c.dep_ not in _FILLED for c in verb.children)
    if not (article and free) or verb.i > month.i:
        return None
    opens.dep_ = "det"
    for stray in [c for c in month.rights if c.i > token.i]:
        attach(stray, token)
    return verb


def mend_yearly(noun: Token) -> None:
    """Let a noun be the verb's object where the parse hangs the preposition of the year before it on it: "a signé en 2022 un contrat"."""
    verb, case = noun.head, next((c for c in noun.lefts if c.dep_ == "case"), None)
    if case is None or verb.pos_ != "VERB" or verb.i > case.i or any(c.dep_ in _FILLED for c in verb.children):
        return
    year = case.nbor()
    opens = next((c for c in noun.lefts if c.i > case.i), None)
    if opens is None or opens.dep_ != "det" or opens.i != year.i + 1:
        return
    if not (year.is_digit and len(year) == _YEAR) or year.head != case:
        return
    attach(year, verb, "obl:mod")
    attach(case, year, "case")
    noun.dep_ = "obj"


def mend_aim(noun: Token) -> None:
    """Hang on a verb of threatening what is aimed at the one right behind it: "menace Moscou de sanctions"."""
    aimed, verb = noun.head, noun.head.head
    bare = all(c.dep_ != "det" for c in noun.lefts) and aimed.pos_ == "PROPN"
    beside = aimed.dep_ in ("obj", "obl:mod") and all(c.dep_ != "case" for c in aimed.lefts)
    if bare and beside and verb.i < aimed.i:
        aimed.dep_ = "obj"
        attach(noun, verb, "obl:arg")


def is_listed_object(token: Token) -> bool:
    """Whether the parse lists beside a verb what is its object behind an aside: "a contrôlé, sans préavis, l'usine"."""
    verb, opens = token.head, next((c for c in token.lefts if c.dep_ == "det"), None)
    if verb.pos_ != "VERB" or verb.i > token.i or opens is None or token.doc[opens.i - 1].text != ",":
        return False
    return not any(c.dep_ == "cc" for c in token.lefts) and all(c.dep_ not in _FILLED for c in verb.children)


def describe(noun: Token) -> None:
    """Let an adjective, taken for a noun of which the one before it is the subject, describe it: ", l'usine souterraine"."""
    quality = noun.head
    verb = quality.head
    if quality.pos_ != "NOUN" or verb.pos_ != "VERB" or verb.i > noun.i:
        return
    if any(c.dep_ in ("cop", "det") or c.dep_.startswith("aux") for c in quality.lefts):
        return
    strays = [c for c in quality.children if c != noun]
    attach(noun, verb, "conj" if any(c.dep_ in _FILLED for c in verb.children) else "obj")
    attach(quality, noun, "amod")
    for stray in strays:
        attach(stray, noun if stray.i > quality.i else verb)


def count_reach(measure: Token) -> None:
    """Let the noun of a range, taken for what is done to its quality, close the phrase: "des missiles de moyenne portée à X"."""
    quality = measure.doc[measure.i - 1]
    thing = quality.head if measure.head == quality else measure.head
    if quality.dep_ != "nmod" or thing == quality or thing.i > quality.i:
        return
    strays = [c for c in measure.children if c.i > measure.i]
    attach(measure, thing, "nmod")
    attach(quality, measure, "amod")
    for child in [c for c in quality.lefts if c.dep_ == "case"]:
        attach(child, measure)
    for stray in strays:
        attach(stray, thing)
    measure.pos_ = "NOUN"
