"""How a text presents an event: happened, planned or possible; affirmed or negated.

The form of the verb and its own negation come first; then every operator up the tree is applied in turn ("refuser de
livrer" negates, "prévoir de" plans, "pourrait" makes possible), down to the verb that reports it, where the claim ends.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.lexicon import ModalityWords, Reporting
from kg.extract.mood import Mood, mood
from kg.extract.syntax import Syntax
from kg.model import Modality, Polarity

_UP = frozenset(
    {
        "xcomp",
        "ccomp",
        "obj",
        "obl:arg",
        "obl:mod",
        "nmod",
        "acl",
        "nsubj:pass",
        "nsubj",
        "advcl",
        "conj",
        "iobj",
        "appos",
        "amod",
        "acl:relcl",
        "obl:agent",
    }
)
_STEPS = 8


@dataclass(slots=True)
class Presentation:
    """Modality and polarity while they are composed, with what decided them."""

    modality: Modality = Modality.ACTUAL
    negated: bool = False
    evidence: tuple[str, ...] = ()
    speech: bool = False
    """Whether it is an act of speech told by a noun."""
    future: bool = False
    """Whether its time lies ahead: a date without a year is then the next one."""

    @property
    def polarity(self) -> Polarity:
        """Affirmed or negated."""
        return Polarity.NEGATED if self.negated else Polarity.AFFIRMED

    def weaken(self, modality: Modality, why: str) -> None:
        """Possible outweighs planned, planned outweighs actual."""
        rank = [Modality.ACTUAL, Modality.PLANNED, Modality.POSSIBLE]
        if rank.index(modality) > rank.index(self.modality):
            self.modality = modality
            self.evidence += (f"{modality.value}: {why}",)
        self.future = self.future or modality is Modality.PLANNED

    def negate(self, why: str) -> None:
        """Turn the polarity round."""
        self.negated = not self.negated
        self.evidence += (f"negated: {why}",)


class Modalities:
    """Composes the presentation of a trigger."""

    def __init__(self, words: ModalityWords, reporting: Reporting, syntax: Syntax) -> None:
        self._possible = frozenset(words.possible)
        self._planned = frozenset(words.planned)
        self._negating = frozenset(words.negating)
        self._adjectives_possible = frozenset(words.adjectives_possible)
        self._adjectives_planned = frozenset(words.adjectives_planned)
        self._adverbs = frozenset(words.adverbs_possible)
        self._negators = frozenset(words.negators)
        self._negative = frozenset(words.negative_determiners)
        self._support = frozenset(words.support)
        self._transparent = frozenset(words.transparent)
        self._reporting = frozenset(reporting.verbs) | frozenset(reporting.accusing) | frozenset(reporting.denying)
        self._denying = frozenset(reporting.denying)
        self._wishing = frozenset(words.wishing)
        self._occurring = frozenset(words.occurring)
        self._operators = self._possible | self._planned | self._negating | self._denying
        self._syntax = syntax

    def of(self, token: Token, noun: bool, speech: bool = False) -> Presentation:
        """The presentation of the event that a token says.

        `speech` marks an offer, an accusation, a threat: refusing or denying one does not undo that it was made.
        """
        shown = Presentation(speech=speech and noun)
        if noun:
            self._noun(token, shown)
            if any(c.dep_ == "cop" for c in token.children):
                self._verb(token, shown, reported=self._is_reported(token))
        else:
            self._verb(token, shown, reported=self._is_reported(token))
        self._climb(token, noun, shown)
        if not noun:
            self._distant_modal(token, shown)
        if token.sent.text.rstrip('» "').endswith("?"):
            shown.weaken(Modality.POSSIBLE, "question")
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
            if t.lower_ not in ("de", "d'", "à", "ne", "pas", "se", "s'", "en", "y")
        ]
        if lead and lead[-1].lemma_.lower() in self._planned | self._possible:
            self._operate(lead[-1].lemma_.lower(), lead[-1], shown)
        if any(a.lemma_ in ("pouvoir", "devoir") for a in token.ancestors):
            return
        for before in reversed(token.doc[max(token.sent.start, infinitive.i - 14) : infinitive.i]):
            if (
                "Inf" in before.morph.get("VerbForm", [])
                or before.dep_ == "mark"
                or (before.dep_ == "case" and before.head == token)
            ):
                return
            if before.lemma_ in ("pouvoir", "devoir") and before.pos_ in ("VERB", "AUX"):
                self._operate(before.lemma_, before, shown)
                self._verb(before, shown, reported=False)
                return

    def _is_reported(self, token: Token) -> bool:
        head = token.head
        return token.dep_ in ("ccomp", "conj") and head.lemma_ in self._reporting

    def _noun(self, token: Token, shown: Presentation) -> None:
        for child in token.children:
            lemma = child.lemma_.lower()
            if child.dep_ in ("amod", "acl", "nmod") and lemma in self._adjectives_possible:
                shown.weaken(Modality.POSSIBLE, child.text)
            if child.dep_ in ("amod", "acl", "nmod", "advmod") and (
                lemma in self._adjectives_planned or child.lower_ in ("prévu", "prévue", "prévus", "prévues")
            ):
                shown.weaken(Modality.PLANNED, child.text)
            if child.dep_.startswith(("det", "amod")) and child.lower_ in self._negative:
                shown.negate(child.text)
            if child.dep_ == "case" and child.lower_ == "sans":
                shown.negate("sans")

    def _verb(self, token: Token, shown: Presentation, reported: bool) -> None:
        """A verb's own form, its auxiliaries, negation and adverbs."""
        if self._is_negated(token):
            shown.negate("ne … pas")
        for part in (
            token,
            *[c for c in token.children if c.dep_ in ("aux:tense", "aux:pass", "aux", "cop")],
        ):
            form = mood(part.text, part.lemma_)
            if form is Mood.CONDITIONAL:
                hearsay = part != token and "Part" in token.morph.get("VerbForm", [])
                if part.lemma_ == "devoir":
                    shown.weaken(Modality.PLANNED, f"expected {part.text}")
                    continue
                if reported and not hearsay and self._past(token.head):
                    shown.weaken(Modality.PLANNED, f"future in the past {part.text}")
                else:
                    shown.weaken(Modality.POSSIBLE, f"conditional {part.text}")
                    shown.future = shown.future or not hearsay
            elif form is Mood.FUTURE:
                shown.weaken(Modality.PLANNED, f"future {part.text}")
        if self._is_unreal(token):
            shown.weaken(Modality.POSSIBLE, "subjunctive")
        for child in token.children:
            self._companion(child, token, shown)

    def _is_unreal(self, token: Token) -> bool:
        """Whether a clause stands in the subjunctive of what is wished or required, not of what is conceded."""
        parts = (token, *[c for c in token.children if c.dep_.startswith("aux")])
        if not any("Sub" in p.morph.get("Mood", []) for p in parts):
            return False
        if not any(c.dep_ == "mark" and c.lower_ in ("que", "qu'") for c in token.children):
            return False
        clause = token.doc[token.left_edge.i : token.i].text.lower()
        return not any(
            word in clause for word in ("bien que", "bien qu'", "quoi", "avant que", "avant qu'", "jusqu'à ce")
        )

    def _companion(self, child: Token, verb: Token, shown: Presentation) -> None:
        """What an adverb, a conjunction or a negative determiner beside a verb says."""
        word = child.lower_
        if child.dep_ == "advmod" and (word in self._adverbs or child.lemma_ in self._adverbs):
            shown.weaken(Modality.POSSIBLE, child.text)
        if child.dep_ == "mark" and word == "sans":
            shown.negate("sans")
        if child.dep_ == "mark" and word in ("si", "s'") and verb.dep_ == "advcl":
            shown.weaken(Modality.POSSIBLE, "si")
        if child.dep_ == "mark" and word in ("pour", "afin") and "Inf" in verb.morph.get("VerbForm", []):
            shown.weaken(Modality.PLANNED, child.text)
        empty = child.dep_ in ("nsubj", "obj", "nsubj:pass") and any(c.lower_ in self._negative for c in child.children)
        if empty and not self._is_negated(verb):
            shown.negate("aucun")

    def _is_negated(self, token: Token) -> bool:
        """ne or n' with pas, jamais, plus, aucun …; not the expletive ne, not ne … que."""
        words = [c.lower_ for c in token.children] + [
            c.lower_ for a in token.children if a.dep_.startswith("aux") for c in a.children
        ]
        near = [t.lower_ for t in token.doc[max(token.sent.start, token.i - 4) : min(token.sent.end, token.i + 4)]]
        has_ne = any(w in ("ne", "n'") for w in words)
        if has_ne and any(t.lower_ == "ni" for t in token.doc[token.sent.start : token.i]):
            return True
        negator = any(w in self._negators for w in words) or (
            has_ne and any(w in self._negators - {"plus", "point", "personne"} for w in near)
        )
        return has_ne and negator

    def _past(self, verb: Token) -> bool:
        forms = [verb, *[c for c in verb.children if c.dep_ == "aux:tense"]]
        return (
            any(c.dep_ == "aux:tense" for c in verb.children)
            or any("Past" in f.morph.get("Tense", []) or "Imp" in f.morph.get("Tense", []) for f in forms)
            or "Part" in verb.morph.get("VerbForm", [])
        )

    def _climb(self, token: Token, noun: bool, shown: Presentation) -> None:
        """Apply what governs the trigger, up to the verb that reports it."""
        child, steps, nominal = token, 0, noun
        while child.head != child and steps < _STEPS:
            head, dep = child.head, child.dep_
            if dep not in _UP:
                return
            if dep == "conj":
                if head.pos_ in ("VERB", "AUX") and child.pos_ in ("VERB", "AUX") and not self._shares(child):
                    nominal = False
                child, steps = head, steps + 1
                continue
            infinitive = "Inf" in child.morph.get("VerbForm", []) or nominal
            if not self._apply(head, child, dep, infinitive, nominal, shown):
                return
            nominal = head.pos_ not in ("VERB", "AUX") and not self._syntax.is_participle(head)
            child, steps = head, steps + 1

    def _shares(self, verb: Token) -> bool:
        return not any(c.dep_.startswith("nsubj") for c in verb.children)

    def _apply(self, head: Token, child: Token, dep: str, infinitive: bool, nominal: bool, shown: Presentation) -> bool:
        """Apply one governor; False where the claim's own clause ends."""
        lemma = head.lemma_.lower()
        verbal = head.pos_ in ("VERB", "AUX") or (head.pos_ == "ADJ" and dep not in ("amod", "nsubj"))
        if dep in ("acl", "acl:relcl", "advcl", "amod", "appos"):
            completes = infinitive and not nominal and head.pos_ == "NOUN"
            if completes:
                self._operate(lemma, head, shown)
            return completes
        if dep == "ccomp" and not infinitive:
            if lemma in self._denying:
                shown.negate(head.text)
            elif lemma in self._wishing:
                shown.weaken(Modality.POSSIBLE, head.text)
            return False
        if dep.startswith("nsubj"):
            self._predicate(head, dep, shown)
            return False
        if (
            nominal
            and verbal
            and (dep == "obl:mod" or lemma not in self._operators | self._support | self._transparent)
        ):
            return False
        return self._govern(head, lemma, verbal, shown)

    def _predicate(self, head: Token, dep: str, shown: Presentation) -> None:
        """What is said of an event that is the subject: "la livraison est prévue", "les essais n'ont pas eu lieu"."""
        lemma = head.lemma_.lower()
        if lemma in self._operators | self._occurring:
            self._verb(head, shown, reported=False)
            if dep == "nsubj:pass" or self._syntax.is_passive(head) or lemma in ("prévoir", "programmer"):
                self._operate(lemma, head, shown)

    def _govern(self, head: Token, lemma: str, verbal: bool, shown: Presentation) -> bool:
        """What a governing verb or noun makes of the event."""
        if lemma == "exclure" and verbal and self._is_negated(head):
            shown.weaken(Modality.POSSIBLE, "ne … pas exclure")
            return True
        self._operate(lemma, head, shown)
        if verbal:
            self._verb(head, shown, reported=self._is_reported(head))
        elif head.pos_ == "NOUN":
            self._noun(head, shown)
        return True

    def _operate(self, lemma: str, head: Token, shown: Presentation) -> None:
        if shown.speech and lemma in self._negating | self._denying:
            return
        if lemma in self._negating or lemma in self._denying:
            shown.negate(head.text)
        elif lemma in self._planned:
            shown.weaken(Modality.PLANNED, head.text)
        elif lemma in self._possible:
            shown.weaken(Modality.POSSIBLE, head.text)
