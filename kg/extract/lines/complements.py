"""Mends what the parse hangs too high or too low: an infinitive that completes a noun or another infinitive, a finite verb joined to
an infinitive, the one to whom time is given."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.auxiliaries import AUXILIARIES, NAMING, SUBJECTS, VERBAL
from kg.extract.lines.parse import Token

_HUNG = frozenset({"xcomp", "advcl", "obl:arg", "obl:mod", "acl", "nmod", "ccomp"})
"""How parses hang an infinitive on the verb above the noun that it completes, or on the one whose noun it is."""
_LEADING = frozenset({"mark", "case"})
_OBJECTS = frozenset({"obj", "iobj", "obl:arg"})
_REACH = 10
"""How far before an infinitive the noun may stand that it completes."""


class Complements:
    """Mends these faults: an infinitive hung beside the noun that it completes ("réagit à la décision de X de quitter …"); a finite
    verb joined to the infinitive before it ("accuse Y de mentir et a quitté …"), or an infinitive to the finite verb before it; a
    relative clause taken for what the verb above says ("fait l'objet de sanctions, que X a durcies"); an infinitive hung above the one
    that it completes ("veut empêcher X [de livrer]"); one to whom time is given hung on the time ("laisse six mois [à X]")."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._completed = lexicon.syntax.completed
        self._ordering = frozenset(lexicon.modality.object_control)
        self._times = lexicon.syntax.times
        self._to = frozenset(lexicon.syntax.forms_of(lexicon.syntax.prepositions.to))

    def fault(self, verb: Token) -> Callable[[Token], bool] | None:
        """What may mend the fault that a verb shows; it tells whether it changed a head."""
        if verb.dep_ == "conj" and _is_finite(verb) and _is_infinitive(verb.head):
            return _to_finite
        if verb.dep_ == "conj" and _is_infinitive(verb) and _mark(verb) is not None:
            return _to_marked
        if verb.dep_ == "ccomp" and _agrees_before(verb):
            return _to_antecedent
        return self._hang if verb.dep_ in _HUNG and _is_infinitive(verb) else None

    def _hang(self, infinitive: Token) -> bool:
        """Hang an infinitive on the noun or the infinitive that it completes."""
        return self._to_noun(infinitive) or self._to_ordered(infinitive) or self._to_seeing(infinitive)

    def _to_seeing(self, infinitive: Token) -> bool:
        """Hang an infinitive without a preposition on the verb of whose object it tells: "espère voir X [ratifier …]"."""
        noun = infinitive.head
        bare = infinitive.dep_ == "acl" and not any(c.dep_ in _LEADING for c in infinitive.lefts)
        if not bare or noun.dep_ not in _OBJECTS or noun.head.lemma_ not in self._ordering:
            return False
        infinitive.head, infinitive.dep_ = noun.head, "xcomp"
        return True

    def _to_noun(self, infinitive: Token) -> bool:
        """Hang an infinitive on the noun of a decision or a wish right before it, over whose it is."""
        mark = _mark(infinitive)
        if mark is None or infinitive.head.lower_lemma in self._completed:
            return False
        doc, start = infinitive.doc, max(infinitive.sent.start, mark.i - _REACH)
        for noun in reversed(doc[start : mark.i]):
            if noun.pos_ not in NAMING or noun.lower_lemma not in self._completed or infinitive in noun.ancestors:
                continue
            between = doc[noun.i + 1 : mark.i]
            if any(noun not in t.ancestors or (t.pos_ in VERBAL and _is_finite(t)) for t in between):
                return False
            infinitive.head, infinitive.dep_ = noun, "acl"
            return True
        return False

    def _to_ordered(self, infinitive: Token) -> bool:
        """Hang an infinitive on the one before it that tells whom to do it: "veut empêcher X [de livrer]"."""
        if infinitive.dep_ != "xcomp" or _mark(infinitive) is None:
            return False
        beside = [c for c in infinitive.head.children if c.i < infinitive.i and c.dep_ == "xcomp" and _is_infinitive(c)]
        told = beside[-1] if beside else None
        if told is None or told.lemma_ not in self._ordering or not any(c.dep_ in _OBJECTS for c in told.rights):
            return False
        infinitive.head = told
        return True

    def is_granted(self, noun: Token) -> bool:
        """Whether a noun is hung on the time that a verb gives to whom it names: "laisse six mois [à X]"."""
        time = noun.head
        if noun.dep_ != "nmod" or time.lower_lemma not in self._times or time.dep_ not in _OBJECTS:
            return False
        counted = time.head.lemma_ in self._ordering and any(c.like_num for c in time.lefts)
        return counted and noun.lower_lemma not in self._times and any(c.lower_ in self._to for c in noun.lefts)


def to_giver(noun: Token) -> bool:
    """Hang on the verb to whom time is given."""
    noun.head, noun.dep_ = noun.head.head, "iobj"
    return True


def _to_finite(verb: Token) -> bool:
    """Join a finite verb to the nearest finite one above the infinitive."""
    above = next((t for t in verb.head.ancestors if t.pos_ in VERBAL and _is_finite(t)), None)
    if above is None or any(c.dep_ in SUBJECTS for c in verb.lefts):
        return False
    verb.head = above
    return True


def _to_marked(infinitive: Token) -> bool:
    """Join an infinitive with "de" to the one with "de" above it, not to a verb without: "le droit de revoir le tarif que
    X demande, et d'exiger …"."""
    head = infinitive.head
    if head.pos_ not in VERBAL or (_is_infinitive(head) and _mark(head) is not None):
        return False
    other = next((t for t in head.ancestors if _is_infinitive(t) and _mark(t) is not None), None)
    if other is None:
        return False
    infinitive.head = other
    return True


def _agrees_before(verb: Token) -> bool:
    """Whether a participle behind "que" and a subject agrees with several things, which stand before: "sanctions que X a durcies"."""
    opened = any(c.dep_ == "mark" and Kind.THAT in c.kinds for c in verb.lefts)
    active = [c for c in verb.lefts if c.dep_.startswith("aux")]
    alone = opened and len(active) == 1 and active[0].dep_ == "aux:tense" and "Plur" in verb.morph.get("Number", ())
    return alone and any(c.dep_ in SUBJECTS and "Sing" in c.morph.get("Number", ()) for c in verb.lefts)


def _to_antecedent(verb: Token) -> bool:
    """Hang a relative clause on the nearest noun before it with which its participle agrees."""
    mark = next(c for c in verb.lefts if c.dep_ == "mark")
    for noun in reversed(verb.doc[max(verb.sent.start, mark.i - _REACH) : mark.i]):
        if noun.pos_ in NAMING and "Plur" in noun.morph.get("Number", ()) and verb not in noun.ancestors:
            verb.head, verb.dep_ = noun, "acl:relcl"
            return True
    return False


def _mark(infinitive: Token) -> Token | None:
    """The "de" that leads an infinitive."""
    return next((c for c in infinitive.lefts if c.dep_ in _LEADING and Kind.OF_ONE in c.kinds), None)


def _is_finite(verb: Token) -> bool:
    """Whether a verb or its auxiliary is finite."""
    parts = (verb, *[c for c in verb.lefts if c.dep_ in AUXILIARIES])
    return any("Fin" in part.morph.get("VerbForm", ()) for part in parts)


def _is_infinitive(verb: Token) -> bool:
    return "Inf" in verb.morph.get("VerbForm", ()) and not _is_finite(verb)
