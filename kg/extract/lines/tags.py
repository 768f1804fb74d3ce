"""Mends the tagger where words of its own language prove it wrong."""

from __future__ import annotations

from collections.abc import Mapping

from spacy import attrs, symbols
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.extract.lexicon.clause_words import SyntaxWords
from kg.extract.lines.inflection import Inflection

TAG_REPAIR = "tag_repair"
"""The name of the component."""
_PRESENT = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
_PAST = "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"
_CLOSED = frozenset(
    {symbols.DET, symbols.ADP, symbols.PUNCT, symbols.CCONJ, symbols.SCONJ, symbols.PRON, symbols.NUM, symbols.SPACE}
)
"""Parts of speech of words that open no sentence as a verb's subject."""
_OFTEN_WRONG = frozenset({symbols.VERB, symbols.AUX, symbols.ADV})
"""Parts of speech that are always looked at; of others only words that may be something else, for there are many."""
_VERBAL = frozenset({"VERB", "AUX"})
_PAUSES = frozenset({",", "»", '"', "”"})
_NAMED = frozenset({"NOUN", "PROPN", "ADJ", "X"})
_TAKEN = frozenset({"NOUN", "ADV", "VERB"})
"""What the tagger makes of a verb right behind a name."""
_CLOSING = frozenset({",", ".", ";", "!", "?", "»"})
_COUNTED = frozenset({"amod", "appos", "nmod"})
"""How parses hang on a number what it counts."""


class TagRepair:
    """Mends eleven faults: what is all in capitals is no verb ("le New START"), nor is a designation ("Shaheen-3"), nor one of
    `noun_forms` ("signataire"); a verb that an article determines is a noun ("l'offre", "une commande"); a form of
    `verb_forms` right after a proper name is its verb ("Moscou dément"), and so is one that opens an incise (", maintient
    Kampala"), has a clause ("le ministère dément que") or stands before its phrase ("entre en vigueur"); a finite form in
    -e that the lemmatizer left as it stands is of a verb in -er ("il compte"); what ends as only finite verbs do, and is
    one by the dictionary, is no adjective ("coproduiront"); an infinitive right after a verb that takes one is a verb,
    whatever the noun it looks like ("va stationner"); a number of hundreds or thousands counts the noun behind it, which
    stands where the parse puts the number ("trois cents soldats"); the verb right behind a name that opens a sentence has it
    as its subject ("Varsovie masse des chars"), and a verb of saying that a pause cuts off the name right behind it (", prévient X");
    a verb of the frames in the simple past is a verb ("pilonna").
    """

    _words: SyntaxWords
    _inflection: Inflection
    _saying: frozenset[str]
    _lemmas: Mapping[str, list[str]]

    def __init__(self) -> None:
        self._learned = False
        self._marked: dict[int, bool] = {}

    def learn(
        self, words: SyntaxWords, inflection: Inflection, saying: frozenset[str], lemmas: Mapping[str, list[str]]
    ) -> None:
        """Take the words of a language, how they change, its verbs of saying, and the lemmas of its forms by the dictionary.

        Before that, nothing is mended.
        """
        self._words, self._inflection, self._saying, self._lemmas = words, inflection, saying, lemmas
        self._learned = True

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with parts of speech and lemmas mended."""
        if not self._learned:
            return doc
        rows = doc.to_array([attrs.LOWER, attrs.POS, attrs.SENT_START]).tolist()
        for i, (form, pos, opens) in enumerate(rows):
            if pos not in _OFTEN_WRONG and not (opens == 1 and pos not in _CLOSED) and not self._is_marked(form, doc):
                continue
            self._mend(doc[i])
        return doc

    def _mend(self, token: Token) -> None:
        """Mend what is wrong of one word."""
        if token.is_sent_start and token.pos_ in _NAMED:
            self._opening(token)
        if token.lemma_ in self._saying and token.pos_ == "VERB":
            _invert(token)
        if token.lower_ in self._words.counting:
            self._count(token)
        if token.pos_ == "NOUN" and self._is_infinitive(token):
            token.pos_, token.lemma_ = "VERB", token.lower_
            token.set_morph("VerbForm=Inf")  # type: ignore[attr-defined]
        if token.pos_ in _VERBAL and (self._is_noun(token) or self._is_acronym(token) or _is_designation(token)):
            named = token.is_upper or _is_designation(token)
            token.pos_, token.lemma_ = "PROPN" if named else "NOUN", token.text
        if (token.pos_ == "ADV" and self._has_auxiliary(token)) or self._is_bare_participle(token):
            self._participle(token)
        if token.pos_ == "VERB":
            self._noun(token)
            self._lemma(token)
        if token.lower_ in self._words.verb_forms and token.i and self._is_verb(token):
            token.pos_, token.lemma_ = "VERB", self._words.verb_forms[token.lower_]
            token.set_morph(_PRESENT)  # type: ignore[attr-defined]
        elif self._may_be_finite(token):
            self._finite(token)
        elif past := self._past(token):
            token.pos_, token.lemma_ = "VERB", past
            token.set_morph(_PAST)  # type: ignore[attr-defined]

    def _is_marked(self, form: int, doc: Doc) -> bool:
        """Whether a form, by its key, is looked at though the tagger takes it for what it is seldom wrong of; remembered by key."""
        if form not in self._marked:
            self._marked[form] = self._is_doubtful(doc.vocab.strings[form])
        return self._marked[form]

    def _is_doubtful(self, word: str) -> bool:
        words, inflection = self._words, self._inflection
        known = (words.verb_forms, words.counting, words.noun_forms, inflection.infinitives)
        traced = inflection.of_plain_participle(word) or inflection.of_past(word)
        finite = word.endswith((*words.finite_endings, inflection.words.adverbs))
        return bool(traced) or finite or any(word in each for each in known)

    def _opening(self, name: Token) -> None:
        """Let the verb right behind a name that opens a sentence govern it, whatever the parse makes of both: "Varsovie masse …"."""
        known = name.lower_ in self._lemmas and name.pos_ != "PROPN"
        following = name.doc[name.i + 1 : name.i + 2]
        if known or not following or not name.text[:1].isupper() or any(True for _ in name.lefts):
            return
        verb = following[0]
        told = verb.head if verb.head.head == name and verb.head.i > verb.i and verb.head.dep_ == "acl" else None
        if told is None and verb.head != name and name.head != verb:
            return
        finite = verb.pos_ == "VERB" and verb.lower_.endswith(self._inflection.words.future)
        if name.dep_.startswith("nsubj") or not (
            finite or (verb.lower_ in self._words.verb_forms and verb.pos_ in _TAKEN)
        ):
            return
        if not finite:
            verb.pos_, verb.lemma_ = "VERB", self._words.verb_forms[verb.lower_]
            verb.set_morph(_PRESENT)  # type: ignore[attr-defined]
        name.pos_ = "PROPN"
        if told is not None:
            told.head, told.dep_ = verb, "xcomp"
        if verb.head == name or told is not None:
            head = name.head
            verb.head, verb.dep_ = (verb, "ROOT") if head == name else (head, "parataxis")
        for other in [c for c in name.rights if c.i > verb.i]:
            other.head = verb
            if other.dep_ == "nmod":
                other.dep_ = "obl:mod"
        name.head, name.dep_ = verb, "nsubj"

    def _has_auxiliary(self, token: Token) -> bool:
        """Whether an auxiliary stands beside a word, or an infinitive one right before it: "d'avoir violé"."""
        if any(c.dep_ in ("aux:tense", "aux:pass") for c in token.lefts):
            return True
        before = token.doc[token.i - 1] if token.i else token
        return before.lower_ == self._inflection.words.have and token.head == before

    def _is_bare_participle(self, token: Token) -> bool:
        """Whether a word that the tagger takes for a noun is the participle of "avoir": "d'avoir violé", "n'avoir jamais violé"."""
        if token.pos_ not in ("NOUN", "ADJ") or not self._inflection.of_plain_participle(token.lower_):
            return False
        return self._has_auxiliary(token)

    def _is_infinitive(self, token: Token) -> bool:
        """Whether a word in the form of an infinitive stands right after a verb that takes one."""
        if (
            not token.i
            or token.doc[token.i - 1].lemma_ not in self._words.taking_infinitives
            or any(c.dep_ == "det" for c in token.lefts)
        ):
            return False
        return token.lower_.endswith(self._words.infinitive_endings) and token.lower_ in self._inflection.infinitives

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
            return token.lower_.endswith(self._inflection.words.adverbs)
        small = token.pos_ == "PROPN" and token.text.islower()
        return (small or token.pos_ in ("ADJ", "NOUN", "X")) and token.lower_.endswith(self._words.finite_endings)

    def _past(self, token: Token) -> str:
        """The verb of the frames of which a word is the simple past, which the tagger hardly knows: "l'armée pilonna"; or ""."""
        lemma = self._inflection.of_past(token.lower_)
        if not lemma or not token.i or not token.text.islower():
            return ""
        before = token.doc[token.i - 1]
        told = token.pos_ == "VERB" or before.pos_ in ("NOUN", "PROPN", "ADJ") or before.text in _PAUSES
        return lemma if told else ""

    def _participle(self, token: Token) -> None:
        """What has an auxiliary is no adverb: "a violé"; after an infinitive one it stands in that one's place: "d'avoir violé"."""
        told = self._lemmas.get(token.lower_, ())
        plain = self._inflection.of_plain_participle(token.lower_) or token.lemma_
        lemma = next((w for w in told if w.endswith(self._words.infinitive_endings)), plain)
        if lemma.endswith(self._words.infinitive_endings):
            token.pos_, token.lemma_ = "VERB", lemma
            if token.head.lower_ == self._inflection.words.have and token.head.i == token.i - 1:
                self._lead(token, token.head)

    def _lead(self, token: Token, auxiliary: Token) -> None:
        """Let a participle govern what the parse hangs on its auxiliary."""
        head, others = auxiliary.head, [c for c in auxiliary.children if c.i != token.i]
        token.head, token.dep_ = (token, "ROOT") if head == auxiliary else (head, auxiliary.dep_)
        auxiliary.head, auxiliary.dep_ = token, "aux:tense"
        for other in others:
            other.head = token

    def _finite(self, token: Token) -> None:
        lemma = next(iter(self._lemmas.get(token.lower_, ())), "")
        if lemma != token.lower_ and lemma.endswith(self._words.infinitive_endings):
            token.pos_, token.lemma_ = "VERB", lemma
            token.set_morph("Mood=Ind|VerbForm=Fin")  # type: ignore[attr-defined]

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
        return token.lower_ in self._words.noun_forms and token.lemma_.lower() == token.lower_

    def _is_acronym(self, token: Token) -> bool:
        return token.is_upper and len(token) > 1 and not token.doc.text.isupper()

    def _is_verb(self, token: Token) -> bool:
        """Whether a form is a verb where it stands: some are only before the words that make verbs of them."""
        if token.lower_ not in self._words.verb_phrases:
            return self._is_form(token)
        ahead = f"{token.doc[token.i + 1 : token.i + 3].text.lower()} "
        return any(ahead.startswith(f"{phrase} ") for phrase in self._words.verb_phrases.get(token.lower_, ()))

    def _lemma(self, token: Token) -> None:
        if token.lemma_ == token.lower_ in self._words.verb_forms:
            token.lemma_ = self._words.verb_forms[token.lower_]
        if token.pos_ == "VERB" and token.lemma_ == token.lower_ and "Fin" in token.morph.get("VerbForm", []):
            token.lemma_ = self._inflection.regular(token.lower_) or token.lemma_

    def _noun(self, token: Token) -> None:
        determined = any(c.dep_ == "det" for c in token.lefts)
        if determined and not any(c.dep_.startswith(("aux", "nsubj", "expl")) for c in token.children):
            token.pos_, token.lemma_ = "NOUN", token.lower_


def _invert(verb: Token) -> None:
    """Make a name right behind a verb of saying that a pause cuts off its subject: ", a prévenu Donald Tusk."."""
    first = next((c for c in verb.lefts if c.dep_.startswith("aux")), verb)
    named = [c for c in verb.rights if c.dep_ in ("obj", "obl:mod", "obl:arg") and c.text[:1].isupper()]
    if not first.i or verb.doc[first.i - 1].text not in _PAUSES or not named:
        return
    if any(t.pos_ != "DET" for t in verb.doc[verb.i + 1 : named[0].i]):
        return
    if any(c.dep_.startswith("nsubj") for c in verb.children) or any(c.dep_ == "ccomp" for c in verb.rights):
        return
    last = max(token.i for name in named for token in name.subtree) + 1
    before = verb.doc[verb.sent.start : first.i]
    told = any(t.pos_ in _VERBAL and "Fin" in t.morph.get("VerbForm", []) for t in before)
    if told and verb.doc[last : last + 1].text in _CLOSING:
        for name in named:
            name.dep_ = "nsubj"


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
