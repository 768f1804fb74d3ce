"""Mends the parse where the order of words proves it wrong: subjects, the verbs that they belong to, participles set apart.

It works on the copies of kg/extract/lines/copies.py, before anything is read from them.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.lexicon import Lexicon
from kg.extract.lines.auxiliaries import AUXILIARIES, LEANING, NAMING, SUBJECTS, VERBAL, Auxiliaries
from kg.extract.lines.complements import Complements, to_giver
from kg.extract.lines.parse import Doc, Span, Token

_WITHIN = frozenset({"amod", "nmod", "flat:name", "appos", "conj", "nummod", "compound"})
"""How the words of a noun phrase hang on those before them."""
_LOOSE = frozenset({"advcl", "parataxis", "conj", "acl", "ccomp"})
_DESCRIBING = frozenset({"acl", "advmod", "amod", "appos", "nmod", "obl:mod"})
"""How parses hang a finite verb that they take for something else on a noun before it."""
_SUBORDINATORS = frozenset({"mark", "case"})
_MISTAKEN = frozenset({"amod", "punct"})
"""What parses take an object behind its verb for."""
_COMPARED = SUBJECTS | {"nmod", "appos", "obl:mod"}
_STEPS = 6
_ASIDE = 25
_NUMBER = ("Number",)
"""How many tokens a clause set apart by commas may have."""


class SubjectRepair:
    """Mends the faults of auxiliaries and complements (the modules beside this one) and six more: a pronoun that repeats the subject, taken
    for it ("Paris, lui, a livré"); a noun before "étant" or "ayant" that is not its subject ("X ayant refusé, …"); a finite
    verb after a clause set apart, hung on a noun of it ("X, qui dirigeait Y, livra Z"); a participle after a comma hung on the
    verb, and not on the noun which it follows ("cite X, accusé de …"); an object taken for an adjective or a mark ("crédite la Turquie
    de …"); and whom "comme" compares with the subject, taken for another.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = lexicon.syntax
        self._auxiliaries = Auxiliaries(lexicon)
        self._complements = Complements(lexicon)

    def __call__(self, doc: Doc) -> Doc:
        """The same parse, mended."""
        for token in doc:
            if (mend := self._fault(token)) is None:
                continue
            before = [(t.head, t.dep_) for t in token.sent]
            if mend(token):
                if not _is_tree(token.sent):
                    for other, (head, dep) in zip(token.sent, before, strict=True):
                        other.head, other.dep_ = head, dep
                doc.attach()
        return doc

    def _fault(self, token: Token) -> Callable[[Token], bool] | None:
        """What may mend the fault that a token shows; it tells whether it changed a head."""
        if (mend := self._auxiliaries.fault(token)) is not None:
            return mend
        if token.pos_ in NAMING:
            return self._of_noun(token)
        if token.pos_ == "PRON":
            return self._emphatic if token.lower_ in self._words.emphatic else None
        if token.pos_ not in VERBAL or token.head is token:
            return None
        if (mend := self._complements.fault(token)) is not None:
            return mend
        if token.lower_ in self._words.absolute and token.dep_ in AUXILIARIES:
            return self._absolute
        if token.dep_ in _DESCRIBING and "Fin" in token.morph.get("VerbForm", ()):
            return self._main
        return self._apart if token.dep_ in _LOOSE else None

    def _of_noun(self, noun: Token) -> Callable[[Token], bool] | None:
        """What may mend how a noun hangs."""
        if noun.dep_ in _MISTAKEN:
            behind = noun.head.pos_ == "VERB" and noun.head.i < noun.i and any(c.dep_ == "det" for c in noun.lefts)
            return _object if behind and not _is_led(noun) else None
        if noun.dep_ in _COMPARED and any(c.lower_ in self._words.comparing and c.i < noun.i for c in noun.lefts):
            return _compared
        return to_giver if self._complements.is_granted(noun) else None

    def _emphatic(self, pronoun: Token) -> bool:
        """Make what a pronoun between commas repeats the subject of the verb behind it."""
        doc, i = pronoun.doc, pronoun.i
        after = i + 1 + int(i + 1 < len(doc) and doc[i + 1].lower_ in self._words.also)
        if i < 2 or after + 1 >= len(doc) or doc[i - 1].text != "," or doc[after].text != ",":
            return False
        noun = _noun(doc[i - 2])
        verb = self._verb_behind(doc[after])
        if noun is None or verb is None or _is_led(noun) or verb.i < i:
            return False
        if noun.head is not verb or noun.dep_ not in SUBJECTS:
            self._give(noun, verb)
        pronoun.head, pronoun.dep_ = noun, "dep"
        return True

    def _absolute(self, auxiliary: Token) -> bool:
        """Make the noun before "étant" or "ayant" the subject of the participle: "X et Y s'y étant opposés"."""
        verb, doc = auxiliary.head, auxiliary.doc
        if any(c.dep_ in SUBJECTS for c in verb.children):
            return False
        index = auxiliary.i - 1
        while index > 0 and doc[index].lower_ in self._words.before_verb:
            index -= 1
        noun = _noun(doc[index])
        if noun is None or noun.dep_ in SUBJECTS or _is_led(noun) or verb in (noun, *noun.ancestors):
            return False
        edge = noun.left_edge.i
        if edge != auxiliary.sent.start and doc[edge - 1].text != ",":
            return False
        if noun in verb.ancestors:
            return False
        noun.head, noun.dep_ = verb, "nsubj"
        return True

    def _main(self, verb: Token) -> bool:
        """Make a finite verb that follows a clause set apart the verb of the noun before that clause."""
        if any(c.dep_ in SUBJECTS or c.dep_ in _SUBORDINATORS or c.lower_ in self._words.relatives for c in verb.lefts):
            return False
        noun = self._before_aside(verb)
        if noun is None or noun not in verb.ancestors or _is_led(noun):
            return False
        if noun.dep_ in SUBJECTS and not (noun.head.i > verb.i and noun.head.pos_ == "VERB" and _is_led(noun.head)):
            return False
        self._give(noun, verb)
        self._gather(verb)
        return True

    def _before_aside(self, verb: Token) -> Token | None:
        """The noun right before a finite verb, or before the relative clause that ends at the comma before the verb."""
        doc, start = verb.doc, verb.sent.start
        index = verb.i - 1
        while index > start and doc[index].lower_ in self._words.before_verb:
            index -= 1
        if doc[index].text != ",":
            return _noun(doc[index])
        for comma in range(index - 2, max(start, index - _ASIDE), -1):
            if doc[comma].text == "," and doc[comma + 1].lower_ in self._words.relatives:
                return _noun(doc[comma - 1])
        return None

    def _apart(self, verb: Token) -> bool:
        """Hang a participle that a comma sets apart on the noun right before the comma, if it agrees with it."""
        doc, i = verb.doc, verb.i
        if i < 2 or doc[i - 1].text != "," or verb.head.i >= i or verb.head.pos_ not in VERBAL:
            return False
        if not self._auxiliaries.is_participle(verb):
            return False
        if any(c.dep_ in AUXILIARIES or c.dep_ in SUBJECTS or c.dep_ in _SUBORDINATORS for c in verb.lefts):
            return False
        nouns = [n for n in _nouns(doc[i - 2]) if n.i > verb.head.i]
        noun = next((n for n in nouns if _agree(n, verb)), None)
        if noun is None and not any(_suits(c, verb) for c in verb.head.children if c.dep_ in SUBJECTS):
            noun = next((n for n in nouns if _agree(n, verb, _NUMBER)), None)
        if noun is None:
            return False
        verb.head, verb.dep_ = noun, "acl"
        return True

    def _verb_behind(self, comma: Token) -> Token | None:
        """The verb right behind a comma, over its pronouns and auxiliaries."""
        doc, index = comma.doc, comma.i + 1
        end = comma.sent.end
        while index < end and doc[index].lower_ in self._words.before_verb:
            index += 1
        if index >= end or doc[index].pos_ not in VERBAL:
            return None
        token, steps = doc[index], 0
        while token.dep_ in LEANING and token.head.i > token.i and steps < _STEPS:
            token, steps = token.head, steps + 1
        return token

    def _give(self, noun: Token, verb: Token) -> None:
        """Make a noun the subject of a verb, which takes the place of the noun where it hung below it."""
        above = noun.head
        if verb in noun.children or noun in verb.ancestors:
            if above is noun:
                verb.head, verb.dep_ = verb, "ROOT"
            else:
                verb.head, verb.dep_ = above, noun.dep_
                if above.i > verb.i and (above.pos_ in NAMING or _is_led(above)):
                    self._swap(verb, above)
        elif above.i > verb.i and above is not verb and above.pos_ in NAMING and verb in (above, *above.children):
            self._swap(verb, above)
        passive = any(c.dep_ == "aux:pass" for c in verb.children)
        noun.head, noun.dep_ = verb, "nsubj:pass" if passive else "nsubj"

    def _swap(self, verb: Token, noun: Token) -> None:
        """Let a verb take the place of the noun behind it, which becomes its object."""
        verb.head, verb.dep_ = (verb, "ROOT") if noun.head is noun else (noun.head, noun.dep_)
        dep = "xcomp" if noun.pos_ in VERBAL else "obl:mod" if _is_led(noun) else "obj"
        noun.head, noun.dep_ = verb, dep

    def _gather(self, verb: Token) -> None:
        """Hang on a verb what stands behind it and hung on what stands before it."""
        for token in verb.doc[verb.i + 1 : verb.sent.end]:
            if token.head.i < verb.i or (token.head is verb and token.dep_ in ("nmod", "appos")):
                token.head = verb
                if token.pos_ in NAMING:
                    token.dep_ = "obl:mod" if _is_led(token) else "obj"


def _object(noun: Token) -> bool:
    """Make a noun that the parse takes for an adjective of a verb, or for a mark, its object: "crédite la Turquie de …"."""
    noun.dep_ = "obj"
    return True


def _compared(noun: Token) -> bool:
    """Let what "comme" compares with a subject be none: "la Turquie, tout comme Oman, …"."""
    verb = next((t for t in noun.ancestors if t.pos_ == "VERB"), None)
    if verb is None:
        return False
    noun.head, noun.dep_ = _counted_in(noun, verb) or (verb, "obl:mod")
    return True


def _counted_in(noun: Token, verb: Token) -> tuple[Token, str] | None:
    """Where one compared with a subject hangs if the verb counts both: "la Turquie comme Oman ont signé"."""
    first = noun.left_edge.i
    subject = next((c for c in verb.lefts if c.dep_ in SUBJECTS and c.i < first and c.right_edge.i >= first - 1), None)
    forms = (verb, *(c for c in verb.lefts if c.dep_ in LEANING))
    if subject is None or any(c.dep_ == "conj" for c in subject.children):
        return None
    several = any("Plur" in f.morph.get("Number", ()) and "Fin" in f.morph.get("VerbForm", ()) for f in forms)
    return (subject, "conj") if several else None


def _is_tree(sentence: Span) -> bool:
    """Whether all heads lead to a root."""
    for token in sentence:
        above, steps = token, 0
        while above.head is not above:
            above, steps = above.head, steps + 1
            if steps > len(sentence):
                return False
    return True


def _is_led(noun: Token) -> bool:
    """Whether a preposition introduces a noun."""
    return any(c.dep_ in _SUBORDINATORS for c in noun.lefts)


def _nouns(last: Token) -> list[Token]:
    """The nouns of the phrase of which a token is the last, the innermost first."""
    found, token = [last], last
    while token.dep_ in _WITHIN and token.head.i < token.i and len(found) < _STEPS:
        token = token.head
        found.append(token)
    return [t for t in found if t.pos_ in NAMING]


def _noun(last: Token) -> Token | None:
    """The noun that governs the phrase of which a token is the last."""
    if last.is_punct:
        return None
    nouns = _nouns(last)
    return nouns[-1] if nouns else None


def _suits(subject: Token, participle: Token) -> bool:
    """Whether a participle may describe the subject above it, several subjects together being plural."""
    return any(c.dep_ == "conj" for c in subject.children) or _agree(subject, participle, _NUMBER)


def _agree(noun: Token, participle: Token, features: tuple[str, ...] = ("Gender", *_NUMBER)) -> bool:
    """Whether a participle may describe a noun by gender and number, where the tagger tells them; it often errs in the gender."""
    for feature in features:
        one, other = noun.morph.get(feature, ()), participle.morph.get(feature, ())
        if one and other and not set(one) & set(other):
            return False
    return True
