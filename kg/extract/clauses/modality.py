"""How a text presents an event: happened, planned or possible; affirmed or negated.

The form of the verb and its own negation come first (`finite`); then every operator up the tree is applied in turn ("refuser
de livrer" negates, "prévoir de" plans, "pourrait" makes possible), down to the verb that reports it, where the claim ends;
last what the whole sentence says: a question, a condition, a headline.
"""

from __future__ import annotations

from kg.extract.clauses.finite import VerbForms, is_perfective
from kg.extract.clauses.openings import Openings
from kg.extract.clauses.presentation import SPEECH, Presentation
from kg.extract.clauses.sentences import Sentences
from kg.extract.clauses.syntax import Syntax
from kg.extract.lexicon.function_words import Kind
from kg.extract.lexicon.modality_words import ModalityWords
from kg.extract.lines.parse import Token
from kg.extract.saying.speech import Speech, is_apart, is_finite, is_miscoordinated, is_perfect, is_relative
from kg.extract.words import any_of
from kg.model import Modality

_UP = frozenset(
    {"xcomp", "ccomp", "obj", "obl:arg", "obl:mod", "nmod", "acl", "nsubj:pass", "nsubj", "advcl", "conj", "iobj",
     "appos", "amod", "acl:relcl", "obl:agent"}
)  # fmt: skip
_STEPS = 8
_LEAD = 14
"""How far before an infinitive its modal may stand where the parse cut them apart."""


class Modalities:
    """Composes the presentation of a trigger."""

    def __init__(self, words: ModalityWords, speech: Speech, syntax: Syntax, openings: Openings) -> None:
        self._possible = frozenset(words.possible)
        self._planned = frozenset(words.planned)
        self._negating = frozenset(words.negating)
        self._adjectives_possible = frozenset(words.adjectives_possible)
        self._adjectives_planned = frozenset(words.adjectives_planned)
        self._negative = frozenset(words.negative_determiners)
        self._carrying = frozenset((*words.support, *words.transparent)) - words.presupposing
        self._wishing = frozenset(words.wishing)
        self._occurring = frozenset(words.occurring)
        self._achieved = frozenset(words.achieved)
        self._copulas = frozenset(words.copulas)
        self._nothing = words.nothing
        self._unrealised = frozenset(words.unrealised)
        self._with_infinitive = words.with_infinitive
        self._averting, self._forgoing = words.averting, words.forgoing
        self._mentioning, self._mentioned = words.mentioning, words.mentioned
        self._led = syntax.led
        self._threatening = syntax.threatening
        self._coming = words.coming
        self._failing, self._tried = words.failing, words.tried
        self._ending, self._lasting = words.ending, words.lasting
        self._modals = frozenset(words.modals)
        self._between, self._not_excluded = words.between, words.not_excluded
        self._recorded = words.recorded
        self._ahead = frozenset(words.ahead)
        self._ruled_out = any_of(words.ruled_out)
        self._speech = speech
        self._forms = VerbForms(words, self._speech)
        self._sentences = Sentences(words, self._forms)
        self._openings = openings
        self._operators = self._possible | self._planned | self._negating | speech.denying
        self._syntax = syntax

    def of(self, token: Token, noun: bool, kind: str = "") -> Presentation:
        """The presentation of the event of this class that a token says.

        Refusing or denying an offer, an accusation, a threat does not undo that it was made.
        """
        speech = kind in SPEECH
        named = kind if noun else ""
        fact, tried, lasting = (named in classes for classes in (self._mentioned, self._tried, self._lasting))
        shown = Presentation(speech=named in SPEECH, fact=fact, tried=tried, lasting=lasting)
        if noun:
            self._noun(token, shown)
            if kind in self._coming and self._sentences.awaits(token):
                shown.weaken(Modality.PLANNED, "ahead")
            if any(c.dep_ == "cop" for c in token.children):
                self._forms.read(token, shown, reported=self._is_reported(token))
        else:
            self._forms.read(token, shown, reported=self._is_reported(token))
        self._openings.read(token, noun, shown)
        self._climb(token, noun, shown)
        if not speech and (verb := self._speech.denied_by(token)) and not shown.heard(verb, token):
            shown.negate(verb.text)
        if not noun:
            self._distant_modal(token, shown)
        self._sentences.read(token, shown)
        return shown

    def _distant_modal(self, token: Token, shown: Presentation) -> None:
        """An infinitive that the parse cut off from its modal: "pourrait, selon lui, ne pas être prolongé"."""
        parts = [token, *[c for c in token.children if c.dep_ in ("aux:pass", "aux:tense", "cop")]]
        infinitive = next((p for p in parts if "Inf" in p.morph.get("VerbForm", [])), None)
        if infinitive is None:
            return
        lead = [
            t
            for t in token.doc[max(token.sent.start, infinitive.i - 3) : infinitive.i]
            if t.lower_ not in self._between
        ]
        if lead and lead[-1] not in token.ancestors and self._word(lead[-1]) in self._planned | self._possible:
            self._operate(self._word(lead[-1]), lead[-1], shown)
        if any(a.lemma_ in self._modals for a in token.ancestors):
            return
        self._cut_off(token, infinitive, shown)

    def _cut_off(self, token: Token, infinitive: Token, shown: Presentation) -> None:
        """The modal before an infinitive that no other infinitive, subordinator or preposition separates from it."""
        for before in reversed(token.doc[max(token.sent.start, infinitive.i - _LEAD) : infinitive.i]):
            another = "Inf" in before.morph.get("VerbForm", []) or before.dep_ == "mark"
            if another or (before.dep_ == "case" and before.head == token):
                return
            if before.lemma_ in self._modals and before.pos_ in ("VERB", "AUX"):
                self._operate(before.lemma_, before, shown)
                self._forms.read(before, shown, reported=False)
                return

    def _is_reported(self, token: Token) -> bool:
        """Whether a clause is what someone says; where the parse takes a finite verb for an infinitive too."""
        finite = "Fin" in token.morph.get("VerbForm", [])
        clause = token.dep_ in ("ccomp", "conj") or (token.dep_ == "xcomp" and finite)
        return clause and self._speech.is_verb(token.head)

    def _noun(self, token: Token, shown: Presentation) -> None:
        for child in token.children:
            words = {child.lower_lemma, self._word(child)}
            if child.dep_ in ("amod", "acl", "nmod") and words & self._adjectives_possible:
                shown.weaken(Modality.POSSIBLE, child.text)
            if child.dep_ in ("amod", "acl", "nmod", "advmod") and words & self._adjectives_planned:
                shown.weaken(Modality.PLANNED, child.text)
            if child.dep_.startswith(("det", "amod")) and child.lower_ in self._negative:
                shown.negate(child.text)
                shown.empty = True
            if child.dep_ == "case" and Kind.WITHOUT in child.kinds:
                shown.negate(self._recorded.without)
            if child.dep_ == "case" and child.lower_ in self._ahead and child.i == token.sent.start:
                shown.weaken(Modality.PLANNED, child.text)

    def _climb(self, token: Token, noun: bool, shown: Presentation) -> None:
        """Apply what governs the trigger, up to the verb that reports it."""
        child, steps, nominal = token, 0, noun
        while child.head != child and steps < _STEPS:
            head, dep = child.head, child.dep_
            if dep not in _UP or (dep == "ccomp" and is_relative(child)):
                return
            if is_apart(child) or self._openings.is_led(child):
                return
            if is_miscoordinated(child):
                child, steps = next((a for a in head.ancestors if is_finite(a)), head), steps + 1
                continue
            if dep == "conj":
                if head.pos_ in ("VERB", "AUX") and child.pos_ in ("VERB", "AUX") and not _has_subject(child):
                    nominal = False
                child, steps = head, steps + 1
                continue
            infinitive = "Inf" in child.morph.get("VerbForm", []) or nominal
            if not self._apply(head, child, dep, infinitive, nominal, shown):
                return
            nominal = head.pos_ not in ("VERB", "AUX") and not self._syntax.is_participle(head)
            child, steps = head, steps + 1

    def _apply(self, head: Token, child: Token, dep: str, infinitive: bool, nominal: bool, shown: Presentation) -> bool:
        """Apply one governor; False where the claim's own clause ends."""
        word = self._word(head)
        verbal = head.pos_ in ("VERB", "AUX") or (head.pos_ == "ADJ" and dep not in ("amod", "nsubj"))
        if dep in ("acl", "acl:relcl", "advcl", "amod", "appos") and not self._is_aim(child, dep, infinitive):
            completes = infinitive and not nominal and (head.pos_ == "NOUN" or (dep == "acl" and is_finite(head)))
            if completes:
                self._operate(word, head, shown)
                if any(c.dep_ == "cop" for c in head.children):
                    self._forms.read(head, shown, reported=False)
            return completes
        if dep == "ccomp" and not infinitive:
            if self._speech.denies(head) and not any(t.text == ":" for t in head.doc[head.i : child.i]):
                shown.negate(head.text)
            elif self._is_untrue(head):
                shown.dismiss(head.text)
            elif word in self._wishing and not self._is_achieved(word, head) and not self._speech.is_phrase(head):
                shown.weaken(Modality.PLANNED if word in self._planned else Modality.POSSIBLE, head.text)
                if word in self._unrealised and self._forms.is_negated(head):
                    shown.negate(head.text)
            return False
        if dep.startswith("nsubj"):
            self._predicate(head, dep, shown)
            return False
        if nominal and verbal and not self._carries(head, child, dep, word):
            return False
        if word in self._speech.asserting and is_perfect(child):
            return True  # "jure n'avoir jamais livré"
        return self._govern(head, word, verbal, nominal, dep, shown)

    def _is_aim(self, child: Token, dep: str, infinitive: bool) -> bool:
        """Whether an infinitive that the parse sets beside its verb completes it: "réfléchit à quitter"."""
        return dep == "advcl" and infinitive and self._syntax.preposition(child) == self._led.to

    def _is_untrue(self, head: Token) -> bool:
        """Whether a predicate denies the clause that it governs: "il est faux que", "rien n'indique que"."""
        if self._forms.is_negated(head):
            return self._speech.says(head) and any(c.lower_ in self._nothing for c in head.lefts)
        return self._speech.is_untrue(head)

    def _carries(self, head: Token, child: Token, dep: str, word: str) -> bool:
        """Whether a verb bears on the event that a noun in its clause says."""
        if dep == "obl:mod":
            preposition = self._syntax.preposition(child)
            asked = preposition == self._led.for_ and word in self._speech.demanding
            return asked or (preposition == self._led.of and word in self._threatening)
        return word in self._operators | self._carrying

    def _predicate(self, head: Token, dep: str, shown: Presentation) -> None:
        """What is said of an event that is the subject: "la livraison est prévue", "les essais n'ont pas eu lieu"."""
        word = self._word(head)
        if word in self._not_excluded and self._forms.is_negated(head):
            shown.weaken(Modality.POSSIBLE, self._not_excluded[word])
        elif (ends := self._ends(word, head, shown)) or word in self._operators | self._occurring:
            self._forms.read(head, shown, reported=False)
            if ends or dep == "nsubj:pass" or self._syntax.is_passive(head) or word in self._adjectives_planned:
                self._operate(word, head, shown)
        for child in head.children:
            if word in self._copulas and child.dep_ in ("xcomp", "obj", "obl:arg", "advmod") and child.i > head.i:
                self._operate(self._word(child), child, shown)
                if self._word(child) in self._negating:
                    shown.weaken(Modality.POSSIBLE, child.text)
        if self._ruled_out.search(head.doc.span(head.left_edge.i, head.i + 1).text.lower()):
            shown.negate(head.text)
            shown.weaken(Modality.POSSIBLE, head.text)

    def _govern(self, head: Token, word: str, verbal: bool, nominal: bool, dep: str, shown: Presentation) -> bool:
        """What a governing verb or noun makes of the event."""
        if word in self._not_excluded and verbal and self._forms.is_negated(head):
            shown.weaken(Modality.POSSIBLE, self._not_excluded[word])
            return True
        obliged = self._syntax.is_passive(head) or nominal
        if (word in self._with_infinitive and obliged) or (word in self._averting and dep != "obj"):
            if word in self._with_infinitive and not nominal:
                shown.weaken(Modality.PLANNED, head.text)  # "est tenu de livrer"
            return True
        undone = word in self._unrealised and verbal and self._forms.is_negated(head)
        if not undone or not (is_perfective(head) or "Imp" in head.morph.get("Tense", [])):
            self._operate(word, head, shown)
        self._openings.read(head, not verbal, shown)
        if verbal:
            self._forms.read(head, shown, reported=self._is_reported(head))
        elif head.pos_ == "NOUN":
            self._noun(head, shown)
        return True

    def _is_achieved(self, word: str, head: Token) -> bool:
        """Whether a verb tells in the past that what it asks for came about: "il a fallu que"."""
        past = "Past" in head.morph.get("Tense", []) and "Fin" in head.morph.get("VerbForm", [])
        return word in self._achieved and (past or is_perfective(head))

    def _word(self, token: Token) -> str:
        """The operator that a token is: its lemma, or its form without the endings of gender and number ("disposée")."""
        word = token.lower_lemma
        if word in self._operators or token.pos_ not in ("VERB", "ADJ"):
            return word
        form = self._syntax.forms.masculine(token.lower_)
        return form if form in self._operators else word

    def _ends(self, word: str, head: Token, shown: Presentation) -> bool:
        """Whether a verb says that what lasts ends: "l'embargo expire", "mettre fin à l'embargo"."""
        return shown.lasting and not self._ending.isdisjoint({word, *(f"{word} {c.lower_}" for c in head.children)})

    def _operate(self, word: str, head: Token, shown: Presentation) -> None:
        denied = self._speech.denies(head)
        if self._is_achieved(word, head) or (shown.tried and word in self._failing):
            return
        if (shown.speech and (word in self._negating or denied)) or (shown.fact and word in self._mentioning):
            return
        if word in self._negating or denied or self._ends(word, head, shown):
            shown.negate(head.text)
            shown.future = shown.future or word in self._forgoing
        elif word in self._planned:
            shown.weaken(Modality.PLANNED, head.text)
        elif word in self._possible:
            shown.weaken(Modality.POSSIBLE, head.text)


def _has_subject(verb: Token) -> bool:
    return any(c.dep_.startswith("nsubj") for c in verb.children)
