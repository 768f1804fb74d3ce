"""Mends auxiliaries that the parse cuts off from their participles by what stands between the two."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.lexicon import Lexicon
from kg.extract.lines.parse import Token

AUXILIARIES = frozenset({"aux:tense", "aux:pass", "aux"})
LEANING = AUXILIARIES | {"cop"}
NAMING = frozenset({"NOUN", "PROPN"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "expl:subj"})
VERBAL = frozenset({"VERB", "AUX"})
_ADVERBIAL = frozenset({"ADV", "ADP", "DET"})
_BREAKING = frozenset({"AUX", "SCONJ"})
_NEAR = 6
"""How far behind an auxiliary its participle may stand."""
_STEPS = 6


class Auxiliaries:
    """Mends three faults: a subject hung on an auxiliary or adverb ("l'armée n'a plus livré"); an auxiliary hung on the phrase
    between it and its participle ("a en secret livré"); a verb hung on the pronoun before it ("ainsi l'Inde a-t-elle livré")."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = lexicon.syntax
        self._have, self._agreement = lexicon.forms.have, lexicon.forms.agreeing_letters
        self._adverbial = lexicon.syntax.times | lexicon.syntax.adverbials
        self._adverbial |= frozenset(lexicon.dates.months) | frozenset(lexicon.dates.weekdays)

    def fault(self, token: Token) -> Callable[[Token], bool] | None:
        """What may mend the fault that a token shows; it tells whether it changed a head."""
        if token.dep_ in SUBJECTS and (token.head.dep_ in LEANING or token.head.dep_ == "advmod"):
            return _from_auxiliary
        if token.lemma_ == self._have and token.pos_ in VERBAL:
            return self._parted
        inverted = token.pos_ == "PRON" and token.lower_ in self._words.inverted and token.children
        return self._inverted if inverted else None

    def is_participle(self, token: Token) -> bool:
        """Whether a verb has the ending of a past participle and is not finite."""
        ending = token.lower_.rstrip(self._agreement).endswith(self._words.participle_endings)
        return ending and "Fin" not in token.morph.get("VerbForm", ())

    def _parted(self, auxiliary: Token) -> bool:
        """Give an auxiliary to the participle behind the phrase that stands between them: "a en secret livré"."""
        participle = self._beyond_phrase(auxiliary)
        if participle is None:
            return False
        hung = auxiliary.dep_ in LEANING
        reached = [auxiliary.head, *auxiliary.ancestors] if hung else [auxiliary]
        top = next((t for t in reached if t in participle.ancestors), None)
        if top is None:
            return False
        phrase = {auxiliary, *participle.subtree}
        below = next(t for t in (participle, *participle.ancestors) if t.head is top)
        participle.head, participle.dep_ = (participle, "ROOT") if top.head is top else (top.head, top.dep_)
        for child in (*top.children, *(auxiliary.children if hung else ())):
            if child not in phrase and (child.i < auxiliary.i or child.i > participle.i or not hung):
                child.head = participle
        if below is not participle:
            below.head = top if hung else participle
            below.dep_ = below.dep_ if hung else "obl:mod"
        if hung:
            top.head, top.dep_ = participle, "obl:mod"
        auxiliary.head, auxiliary.dep_ = participle, "aux:tense"
        return True

    def _beyond_phrase(self, auxiliary: Token) -> Token | None:
        """The participle that an auxiliary belongs to, beyond a phrase of time or manner; a phrase that is an object parts nothing."""
        doc, i, end = auxiliary.doc, auxiliary.i, auxiliary.sent.end
        behind = doc[i + 1 : min(i + 2 + _NEAR, end - 1)]
        participle = next((t for t in behind if t.pos_ == "VERB" and self.is_participle(t)), None)
        if participle is None or participle.i == i + 1 or any(c.dep_ in AUXILIARIES for c in participle.children):
            return None
        between = [t for t in doc[i + 1 : participle.i] if t.pos_ != "ADV" or t.head is not participle]
        if not between or any(t.is_punct or t.lower_ in self._words.relatives or t.pos_ in _BREAKING for t in between):
            return None
        told = doc[participle.i + 1].pos_ in ("DET", "NUM", "PROPN") or auxiliary.dep_ in LEANING
        led = between[0].pos_ == "ADP" and between[0].lower_ not in self._words.partitive
        timed = any(t.lower_lemma in self._adverbial or t.lower_ in self._adverbial for t in between)
        return participle if told and (led or timed or between[0].pos_ == "ADV") else None

    def _inverted(self, pronoun: Token) -> bool:
        """Give a participle what hangs on the pronoun behind its auxiliary: "ainsi l'Inde a-t-elle livré"."""
        doc, i = pronoun.doc, pronoun.i
        participle = next((t for t in doc[i + 1 : min(i + 4, pronoun.sent.end)] if t.pos_ == "VERB"), None)
        if participle is None or pronoun not in participle.ancestors or not self.is_participle(participle):
            return False
        root = pronoun.head is pronoun
        participle.head, participle.dep_ = (participle, "ROOT") if root else (pronoun.head, pronoun.dep_)
        for child in pronoun.children:
            if child is not participle:
                child.head = participle
        told = any(c.dep_ in SUBJECTS and c.pos_ in NAMING for c in pronoun.children)
        pronoun.head, pronoun.dep_ = participle, "dep" if told else "nsubj"
        return True


def _from_auxiliary(subject: Token) -> bool:
    """Hang a subject, and its auxiliary, on the verb: over the adverbs on which they may hang, "a d'abord livré"."""
    below, steps = subject.head, 0
    verb = below.head
    while verb.pos_ in _ADVERBIAL and verb.head is not verb and steps < _STEPS:
        verb, steps = verb.head, steps + 1
    for auxiliary in (below, *below.children):
        if auxiliary.dep_ in AUXILIARIES:
            auxiliary.head = verb
    subject.head = verb
    return True
