"""Which words of a sentence say, accuse or deny: the verbs and phrases by which a text reports."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.lexicon.function_words import Kind
from kg.extract.lexicon.reporting_words import Reporting
from kg.extract.lines.parse import Token
from kg.extract.words import fold_word

_PHRASE = 5
"""The word that completes a phrase stands so near its verb: "faire en outre savoir"."""
VERBAL = frozenset({"VERB", "AUX", "ADJ", "NOUN"})
"""Parts of speech that the tagger gives to verbs of saying."""


_COMPLEMENTS = frozenset({"nmod", "obl:mod", "obl:arg"})
_QUOTING = frozenset({"«", '"', ":"})
"""What between two verbs makes the second one's clause a quotation."""
_ASIDE = 8


def lemma(token: Token) -> str:
    """The folded lemma of a token."""
    return token.folded_lemma


class Speech:
    """Tells the words of saying of one language."""

    def __init__(self, words: Reporting) -> None:
        self.verbs = _folded(words.verbs)
        self.asserting = _folded(words.asserting)
        self.demanding = _folded(words.demanding)
        self.proposing = _folded(words.proposing)
        self.nominal = _folded(words.nominal)
        self.accusing_nominal = _folded(words.accusing_nominal)
        self.denying = frozenset(words.denying)
        """Their plain lemmas, for the operators of modality."""
        self._accusing = _folded(words.accusing)
        self._denying = _folded(words.denying)
        self._reflexive = _folded(words.reflexive)
        self._denying_reflexive = _folded(words.denying_reflexive)
        self._certain = _folded(words.certain)
        self._colon = _folded(words.colon)
        self._citing = _folded(words.citing)
        self.documents = _folded(words.documents)
        self.cutting = _folded(words.cutting)
        """Forms that cut off a quotation of a word, whatever the tagger makes of them: "tranche"."""
        self._phrases = _phrases(words.phrases)
        self._untrue = _folded(words.untrue)
        self.occasions = words.occasions
        self._learning, self._general = _folded(words.learning), frozenset(words.said_in_general)
        self._telling = _folded(words.telling)
        self._telling_phrases = _phrases(words.telling_phrases)
        self._accusing_phrases = _phrases(words.accusing_phrases)

        self._any = self.verbs | self._accusing | self._denying | self._reflexive | self._denying_reflexive
        self._any |= self._phrases.keys() | self._accusing_phrases.keys() | self._learning
        """What any verb of saying is, or the first word of its phrase."""
        self._announcing = self._any | self._certain | self._colon

    def is_verb(self, token: Token) -> bool:
        """Whether a token says, accuses or denies."""
        if token.folded_lemma not in self._any and "Inf" not in token.morph.get("VerbForm", ()):
            return False
        return self.says(token) or self.accuses(token) or self.denies(token)

    def says(self, token: Token) -> bool:
        """Whether a token is a verb of saying, or the verb of a phrase such as "faire savoir"."""
        if token.pos_ not in VERBAL:
            return False
        word = lemma(token)
        if word in self.verbs and token.pos_ != "NOUN":
            return True
        if word in self._learning and any(c.lower_.lstrip("-") in self._general for c in token.children):
            return True
        return (word in self._reflexive and is_reflexive(token)) or self._is_phrase(token, self._phrases)

    def is_phrase(self, token: Token) -> bool:
        """Whether a token says only with the word beside it: "laisse entendre"."""
        return self._is_phrase(token, self._phrases)

    def is_untrue(self, token: Token) -> bool:
        """Whether a word calls untrue what it is said of: "infondé"."""
        return lemma(token) in self._untrue or fold_word(token.lower_) in self._untrue

    def tells_of(self, token: Token) -> bool:
        """Whether a verb says what stands after its "of": "avertir X du tir", "faire état d'un tir"."""
        return token.pos_ in VERBAL and (lemma(token) in self._telling or self._is_phrase(token, self._telling_phrases))

    def accuses(self, token: Token) -> bool:
        """Whether what follows a verb is its subject's accusation."""
        return token.pos_ in VERBAL and (
            lemma(token) in self._accusing or self._is_phrase(token, self._accusing_phrases)
        )

    def denies(self, token: Token) -> bool:
        """Whether what follows a verb is denied by its subject."""
        word = token.folded_lemma
        denying = word in self._denying or (word in self._denying_reflexive and is_reflexive(token))
        return denying and token.pos_ in VERBAL

    def denied_by(self, noun: Token) -> Token | None:
        """The denying verb right before a noun or an infinitive, whatever the parse made of it: "dément toute livraison"."""
        if noun.pos_ == "VERB":
            helping = noun.i - 1 > noun.sent.start and Kind.HELPING in noun.doc[noun.i - 1].kinds
            before = noun.doc[noun.i - 1 - helping] if helping else None
            return before if before is not None and self.denies(before) and before not in noun.ancestors else None
        for token in reversed(noun.doc[max(noun.sent.start, noun.i - _PHRASE) : noun.i]):
            if self.denies(token):
                return token
            if token.pos_ not in ("DET", "ADJ", "ADV"):
                return self._denied_doing(token)
        return None

    def _denied_doing(self, preposition: Token) -> Token | None:
        """The denying verb before the perfect infinitive that a preposition completes: "dément avoir procédé au moindre essai"."""
        doc, at, first = preposition.doc, preposition.i - 2, preposition.sent.start
        if preposition.pos_ != "ADP" or at <= first or Kind.HELPING not in doc[at].kinds or doc[at + 1].pos_ != "VERB":
            return None
        for token in reversed(doc[max(first, at - _PHRASE) : at]):
            if self.denies(token):
                return token
            if token.is_punct or token.pos_ in ("VERB", "AUX", "SCONJ", "ADP"):
                return None
        return None

    def is_certain(self, token: Token) -> bool:
        """Whether a predicate calls a speaker sure: "est formel", "est convaincue"."""
        return token.pos_ in ("ADJ", "VERB", "NOUN") and lemma(token) in self._certain

    def announces(self, token: Token) -> bool:
        """Whether what follows a colon is said by the subject of this word."""
        if token.folded_lemma not in self._announcing and "Inf" not in token.morph.get("VerbForm", ()):
            return False
        return self.is_verb(token) or self.is_certain(token) or (token.pos_ in VERBAL and lemma(token) in self._colon)

    def cites(self, token: Token) -> bool:
        """Whether a verb names an earlier speaker: "citant", "qui cite"."""
        return lemma(token) in self._citing and token.pos_ in VERBAL

    def is_citing(self, token: Token) -> bool:
        """Whether a present participle only names an earlier speaker: "affirme, en citant X, que"."""
        return Kind.ACTING in token.kinds and self.cites(token)

    def is_document(self, token: Token) -> bool:
        """Whether a noun is of something written or said."""
        return token.pos_ == "NOUN" and lemma(token) in self.documents

    def _is_phrase(self, token: Token, phrases: dict[str, frozenset[str]]) -> bool:
        """Whether a token is either word of a phrase that stands around it."""
        word = lemma(token)
        if seconds := phrases.get(word):
            following = token.doc[token.i + 1 : min(token.sent.end, token.i + 1 + _PHRASE)]
            if any(lemma(t) in seconds or t.lower_ in seconds for t in following):
                return True
        if "Inf" not in token.morph.get("VerbForm", []):
            return False
        before = token.doc[max(token.sent.start, token.i - 2) : token.i]
        return any(word in phrases.get(lemma(t), ()) for t in before)


def is_relative(verb: Token) -> bool:
    """Whether a clause that the parse takes for a complement is a relative one: its "que" is a pronoun after a pause."""
    for child in verb.lefts:
        if Kind.THAT in child.kinds and "Rel" in child.morph.get("PronType", []):
            return child.i > 0 and verb.doc[child.i - 1].text == ","
    return False


def is_infinitive(token: Token) -> bool:
    """Whether a verb is an infinitive, by itself or its auxiliary."""
    parts = (token, *[c for c in token.children if c.dep_.startswith("aux") or c.dep_ == "cop"])
    return any("Inf" in part.morph.get("VerbForm", []) for part in parts)


def is_perfect(token: Token) -> bool:
    """Whether an infinitive tells what was: "avoir livré"."""
    return any(c.dep_.startswith("aux") and "Inf" in c.morph.get("VerbForm", []) for c in token.children)


def is_finite(token: Token) -> bool:
    """Whether a verb is finite, by itself or its auxiliary."""
    parts = (token, *[c for c in token.children if c.dep_.startswith("aux") or c.dep_ == "cop"])
    return any("Fin" in part.morph.get("VerbForm", []) for part in parts)


def is_miscoordinated(child: Token) -> bool:
    """Whether the parse joins a finite verb to an infinitive: "nie avoir livré … et accuse"; both verbs are then the subject's."""
    return child.dep_ == "conj" and is_finite(child) and is_infinitive(child.head) and not is_finite(child.head)


def is_apart(child: Token) -> bool:
    """Whether what governs a clause or noun in the parse says nothing of how it is told, nor who tells it."""
    return _is_juxtaposed(child) or _is_background(child)


def _is_background(child: Token) -> bool:
    """Whether a noun tells after what its clause is said or wanted, which nobody then claims or wants: "exige … après le tir"."""
    return child.dep_ in _COMPLEMENTS and any(c.dep_ == "case" and Kind.AFTER in c.kinds for c in child.lefts)


def _is_juxtaposed(child: Token) -> bool:
    """Whether a clause that the parse hangs on the one before only stands beside it: "X accuse Y, Z accuse X".

    A semicolon parts them, or it has a subject of its own right after a comma, and nothing between the two verbs subordinates it.
    """
    head = child.head
    if child.i < head.i or not is_finite(child):
        return False
    between = child.doc[head.i + 1 : child.i]
    if any(t.text == ";" for t in between):
        return True
    subject = next((c for c in child.lefts if c.dep_.startswith("nsubj")), None)
    if subject is None:
        return False
    first = min(child.left_edge.i, subject.left_edge.i)
    if "," not in (child.doc[first].text, child.doc[first - 1].text):
        return False
    return not any(
        t.pos_ == "SCONJ" or "Rel" in t.morph.get("PronType", []) or Kind.BEGINS in t.kinds or t.text in _QUOTING
        for t in between
    )


def is_aside(verb: Token) -> bool:
    """Whether a verb stands in a clause that takes up all that was told before it: "…, ce que Pékin dément"."""
    for token in reversed(verb.doc[max(verb.sent.start, verb.i - _ASIDE) : verb.i]):
        if Kind.THIS in token.kinds and Kind.TAKES_UP in token.doc[token.i + 1].kinds:
            return token.i > 0 and token.doc[token.i - 1].text in (",", "–", "—", "(")
        if token.text in (",", ";", ":"):
            return False
    return False


def is_reflexive(token: Token) -> bool:
    """Whether a verb has a reflexive pronoun beside it, before its auxiliary too."""
    near = token.doc[max(token.sent.start, token.i - 4) : token.i]
    return any("Yes" in t.morph.get("Reflex", []) for t in near)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold_word(word) for word in words)


def _phrases(phrases: Iterable[str]) -> dict[str, frozenset[str]]:
    """The first words of phrases to their second ones, folded."""
    found: dict[str, set[str]] = {}
    for phrase in phrases:
        first, second = phrase.split(" ")
        found.setdefault(fold_word(first), set()).add(fold_word(second))
    return {first: frozenset(seconds) for first, seconds in found.items()}
