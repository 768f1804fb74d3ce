"""Mends the tagger where words of its own language prove it wrong."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.language import Language
from spacy.tokens import Doc, Token

TAG_REPAIR = "tag_repair"
"""The name of the component."""
_PRESENT = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
_VERBAL = frozenset({"VERB", "AUX"})
_PAUSES = frozenset({",", "»", '"', "”"})
_COUNTED = frozenset({"amod", "appos", "nmod"})
"""How parses hang on a number what it counts."""


class TagRepair:
    """Mends eight faults: what is all in capitals is no verb ("le New START"), nor is a designation ("Shaheen-3"), nor one of
    `noun_forms` ("signataire"); a verb that an article determines is a noun ("l'offre", "une commande"); a form of
    `verb_forms` right after a proper name is its verb ("Moscou dément"), and so is one that opens an incise (", maintient
    Kampala"), has a clause ("le ministère dément que") or stands before its phrase ("entre en vigueur"); a finite form in
    -e that the lemmatizer left as it stands is of a verb in -er ("il compte"); what ends as only finite verbs do, and is
    one by the dictionary, is no adjective ("coproduiront"); an infinitive right after a verb that takes one is a verb,
    whatever the noun it looks like ("va stationner"); a number of hundreds or thousands counts the noun behind it, which
    stands where the parse puts the number ("trois cents soldats").
    """

    def __init__(self) -> None:
        self.verb_forms: Mapping[str, str] = {}
        self.verb_phrases: Mapping[str, tuple[str, ...]] = {}
        self.noun_forms: frozenset[str] = frozenset()
        self.finite_endings: tuple[str, ...] = ()
        self.infinitive_endings: tuple[str, ...] = ()
        self.lemmas: Mapping[str, list[str]] = {}
        self.counting: frozenset[str] = frozenset()
        self.taking: frozenset[str] = frozenset()
        self.infinitives: frozenset[str] = frozenset()

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with parts of speech and lemmas mended."""
        for token in doc:
            if token.lower_ in self.counting:
                self._count(token)
            if token.pos_ == "NOUN" and self._is_infinitive(token):
                token.pos_, token.lemma_ = "VERB", token.lower_
                token.set_morph("VerbForm=Inf")  # type: ignore[attr-defined]
            if token.pos_ in _VERBAL and (self._is_noun(token) or self._is_acronym(token) or _is_designation(token)):
                named = token.is_upper or _is_designation(token)
                token.pos_, token.lemma_ = "PROPN" if named else "NOUN", token.text
            if token.pos_ == "ADV" and self._has_auxiliary(token):
                self._participle(token)
            if token.pos_ == "VERB":
                self._noun(token)
                self._lemma(token)
            if token.lower_ in self.verb_forms and token.i and self._is_verb(token):
                token.pos_, token.lemma_ = "VERB", self.verb_forms[token.lower_]
                token.set_morph(_PRESENT)  # type: ignore[attr-defined]
            elif self._may_be_finite(token):
                self._finite(token)
        return doc

    def _has_auxiliary(self, token: Token) -> bool:
        """Whether an auxiliary stands beside a word, or an infinitive one right before it: "d'avoir violé"."""
        if any(c.dep_ in ("aux:tense", "aux:pass") for c in token.lefts):
            return True
        before = token.doc[token.i - 1] if token.i else token
        return before.lower_ == "avoir" and token.head == before

    def _is_infinitive(self, token: Token) -> bool:
        """Whether a word in the form of an infinitive stands right after a verb that takes one."""
        if not token.i or token.doc[token.i - 1].lemma_ not in self.taking or any(c.dep_ == "det" for c in token.lefts):
            return False
        return token.lower_.endswith(self.infinitive_endings) and token.lower_ in self.infinitives

    def _count(self, token: Token) -> None:
        """Put the noun that a number counts in its place: "cents" heads nothing."""
        counted = next((c for c in token.rights if c.i == token.i + 1 and c.dep_ in _COUNTED), None)
        if counted is None or not counted.is_alpha:
            return
        head, dep, others = token.head, token.dep_, [c for c in token.children if c.i != counted.i]
        if counted.pos_ == "ADJ":
            counted.pos_ = "NOUN"
        counted.head, counted.dep_ = (counted, dep) if head == token else (head, dep)
        token.head, token.dep_ = counted, "nummod"
        for other in others:
            if other.dep_ != "nummod":
                other.head = counted

    def _may_be_finite(self, token: Token) -> bool:
        """Whether a word that the tagger takes for no verb ends as finite verbs do."""
        if token.pos_ == "ADV":
            return token.lower_.endswith("ent")
        small = token.pos_ == "PROPN" and token.text.islower()
        return (small or token.pos_ in ("ADJ", "NOUN", "X")) and token.lower_.endswith(self.finite_endings)

    def _participle(self, token: Token) -> None:
        """What has an auxiliary is no adverb: "a violé"; after an infinitive one it stands in that one's place: "d'avoir violé"."""
        lemma = next(
            (w for w in self.lemmas.get(token.lower_, ()) if w.endswith(self.infinitive_endings)), token.lemma_
        )
        if lemma.endswith(self.infinitive_endings):
            token.pos_, token.lemma_ = "VERB", lemma
            if token.head.lower_ == "avoir" and token.head.i == token.i - 1:
                self._lead(token, token.head)

    def _lead(self, token: Token, auxiliary: Token) -> None:
        """Let a participle govern what the parse hangs on its auxiliary."""
        head, others = auxiliary.head, [c for c in auxiliary.children if c.i != token.i]
        token.head, token.dep_ = (token, "ROOT") if head == auxiliary else (head, auxiliary.dep_)
        auxiliary.head, auxiliary.dep_ = token, "aux:tense"
        for other in others:
            other.head = token

    def _finite(self, token: Token) -> None:
        lemma = next(iter(self.lemmas.get(token.lower_, ())), "")
        if lemma != token.lower_ and lemma.endswith(self.infinitive_endings):
            token.pos_, token.lemma_ = "VERB", lemma

    def _is_form(self, token: Token) -> bool:
        """Whether a form that may be a verb is one: right after a proper name, or between a pause and a name."""
        before = token.doc[token.i - 1]
        finite = token.pos_ == "VERB" and "Fin" in token.morph.get("VerbForm", [])
        if not finite and (before.pos_ == "PROPN" or _is_title(before)):
            return True
        following = token.doc[token.i + 1 : token.i + 2]
        if finite or not following:
            return False
        if before.text in _PAUSES:
            return following[0].pos_ in ("PROPN", "DET", "SCONJ")
        if token.pos_ != "VERB" and following[0].pos_ == "DET" and before.pos_ in ("NOUN", "ADJ"):
            return True
        return token.pos_ != "VERB" and following[0].pos_ == "SCONJ" and before.pos_ in ("NOUN", "PROPN", "ADJ")

    def _is_noun(self, token: Token) -> bool:
        return token.lower_ in self.noun_forms and token.lemma_.lower() == token.lower_

    def _is_acronym(self, token: Token) -> bool:
        return token.is_upper and len(token) > 1 and not token.doc.text.isupper()

    def _is_verb(self, token: Token) -> bool:
        """Whether a form is a verb where it stands: some are only before the words that make verbs of them."""
        if token.lower_ not in self.verb_phrases:
            return self._is_form(token)
        ahead = f"{token.doc[token.i + 1 : token.i + 3].text.lower()} "
        return any(ahead.startswith(f"{phrase} ") for phrase in self.verb_phrases.get(token.lower_, ()))

    def _lemma(self, token: Token) -> None:
        if token.pos_ == "VERB" and token.lemma_ == token.lower_ and "Fin" in token.morph.get("VerbForm", []):
            stem = token.lower_.removesuffix("nt")
            if stem.endswith("e"):
                token.lemma_ = stem + "r"

    def _noun(self, token: Token) -> None:
        determined = any(c.dep_ == "det" for c in token.lefts)
        if determined and not any(c.dep_.startswith(("aux", "nsubj", "expl")) for c in token.children):
            token.pos_, token.lemma_ = "NOUN", token.lower_


def _is_title(token: Token) -> bool:
    """Whether what the tagger takes for a noun is written as a name is: "l'Indonésie commande"."""
    return token.pos_ == "NOUN" and token.text[:1].isupper() and not token.is_sent_start


def _is_designation(token: Token) -> bool:
    """Whether a word is the designation of a weapon, which is no verb: "Shaheen-3"."""
    return token.text[:1].isupper() and token.text[-1:].isdigit()


@Language.factory(TAG_REPAIR)
def tag_repair(nlp: Language, name: str) -> TagRepair:
    """The component that mends tags; the lexicon gives it its verb forms."""
    return TagRepair()
