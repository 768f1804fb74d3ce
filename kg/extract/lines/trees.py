"""Mends the parse where the words of a sentence prove it wrong: whole clauses hang on these few arcs."""

from __future__ import annotations

from collections.abc import Mapping

from spacy import attrs, symbols
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from kg.extract.lexicon.clause_words import SyntaxWords
from kg.extract.lines.absolutes import mend_absolute
from kg.extract.lines.arcs import BEFORE_NOUN, NOMINAL, attach, is_bare, move, phrase_behind, take_root
from kg.extract.lines.forms import Forms
from kg.extract.lines.governing import HUNG as GOVERNING
from kg.extract.lines.governing import govern, mend_inverted, mend_perfect, mend_said
from kg.extract.lines.heads import head, is_finite
from kg.extract.lines.inflection import Inflection
from kg.extract.lines.objects import count_reach, describe, is_listed_object, mend_aim, mend_yearly, verb_before_day
from kg.extract.lines.opened import mend_opened
from kg.extract.lines.relatives import SUBJECTS, Relatives, openers

TREE_REPAIR = "tree_repair"
"""The name of the component."""
_PAUSES = {",": ",", "(": ")", "–": "–", "—": "—", "-": "-"}
_JOINED = frozenset({"advcl", "acl", "parataxis", "ccomp", "amod", "appos", "dep", "conj", "xcomp", "obj"})
_LEANING = frozenset({"amod", "acl", "nmod", "appos", "flat:name", "punct"})
_HUNG = frozenset(map(get_string_id, _JOINED | _LEANING))
_GOVERNING = frozenset(map(get_string_id, GOVERNING))
_CASE, _MARK = map(get_string_id, ("case", "mark"))
_HANGING = frozenset(map(get_string_id, ("case", "acl", "amod", "nmod", "conj", "nsubj", "obl:mod")))
_ASIDE = 40
"""How many tokens an aside between an auxiliary and its participle may have."""


class TreeRepair:
    """Mends faults of parses of French, such as these: an aside parts an auxiliary from its participle ("a, malgré X, livré"); a
    participle that shares the auxiliary of the one before it is no clause of its own ("a réuni X, consulté Y puis livré Z");
    the subject behind the verb of a relative clause is no object ("les missiles que déploie l'Inde"); the clause that
    follows its subject's relative clause is the main one ("X, dont …, a livré Y"); a finite verb between a name and
    an object is the sentence's verb ("L'Iran bombarde la Syrie"); and one before an infinitive governs it ("X dément avoir livré Y").
    """

    _words: SyntaxWords
    _inflection: Inflection
    _relatives: Relatives
    _forms: Forms
    _openers: frozenset[str]
    _opening: frozenset[int]
    _auxiliaries: Mapping[str, str]
    _helping: frozenset[int]

    def __init__(self) -> None:
        self._learned = False

    def learn(self, words: SyntaxWords, inflection: Inflection) -> None:
        """Take the words of a language and how they change; before that, nothing is mended."""
        self._words, self._inflection = words, inflection
        self._relatives = Relatives(words, inflection)
        self._forms = Forms(words, inflection)
        self._auxiliaries = {inflection.words.have: "aux:tense", inflection.words.be: "aux:pass"}
        self._helping = frozenset(map(get_string_id, self._auxiliaries))
        self._openers = openers(words)
        opening = self._openers | words.object_relatives | words.agent_prepositions
        opening |= words.gerund_openers | words.infinitive_openers
        self._opening = frozenset(map(get_string_id, opening))
        self._said = frozenset(map(get_string_id, words.object_relatives))
        self._learned = True

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with heads and relations mended."""
        if not self._learned:
            return doc
        rows = doc.to_array([attrs.LOWER, attrs.POS, attrs.DEP, attrs.LEMMA]).tolist()
        for i, (word, pos, dep, lemma) in enumerate(rows[:-1]):
            if word in self._opening:
                self._forms.mend(doc[i])
                self._relatives.mend(doc[i])
            if word in self._said:
                mend_said(doc[i])
                mend_inverted(doc[i], self._words.verb_forms)
            if pos == symbols.SCONJ and dep == _MARK:
                mend_opened(doc[i], self._words.object_relatives)
            if pos == symbols.VERB and dep in _GOVERNING:
                govern(doc[i], self._words.object_relatives)
            if lemma in self._helping:
                self._auxiliary(doc[i])
            elif pos == symbols.VERB and dep in _HUNG and i:
                self._verb(doc[i])
            if dep in _HANGING and (dep != _CASE or pos == symbols.DET):
                self._attached(doc[i])
        for sentence in doc.sents:
            self._forms.open(sentence)
            head(sentence)
        return doc

    def _auxiliary(self, token: Token) -> None:
        """Mend what hangs on an auxiliary."""
        if token.doc[_beyond_adverbs(token)].text in _PAUSES:
            self._aside(token)
        if token.dep_.startswith("aux"):
            if token.lower_ in self._auxiliaries:
                mend_perfect(token, self._words.verb_forms)
            if token.lower_ in self._inflection.words.having:
                _follow(token)
            if token.lower_.endswith(self._inflection.words.gerund) and token.i < token.head.i:
                mend_absolute(token, self._words.reflexives)
            if token.head.pos_ == "NOUN":
                self._forms.helped(token.head)

    def _verb(self, token: Token) -> None:
        """Mend where a verb hangs."""
        dep = token.dep_
        if dep == "acl" and token.lower_ in self._words.reaches:
            count_reach(token)
        elif dep in _JOINED:
            self._join(token)
        if dep in _LEANING or dep == "xcomp":
            self._root(token)

    def _attached(self, token: Token) -> None:
        """Mend where articles, qualities and what prepositions add hang."""
        dep, pos = token.dep_, token.pos_
        if dep == "case":
            _determine(token)
        elif dep in ("acl", "amod") and self._inflection.words.bare(token.lower_) in self._words.qualities:
            self._qualify(token)
        elif dep == "amod" and token.head.pos_ == "PROPN" and token.i < token.head.i:
            _lead(token)
        elif dep == "amod" and pos == "ADJ" and self._forms.present(token):
            self._root(token)
        elif dep == "nmod" and pos == "NOUN" and (verb := verb_before_day(token, self._words.partitive)) is not None:
            attach(token, verb, "obj")
        elif dep == "nmod" and pos == "NOUN" and token.head.head.lemma_ in self._words.threatening:
            mend_aim(token)
        elif dep == "conj" and pos == "NOUN" and is_listed_object(token):
            token.dep_ = "obj"
        elif dep == "nsubj" and token.head.i == token.i + 1 and token.head.dep_ == "advcl":
            describe(token)
        elif dep == "obl:mod" and pos == "NOUN":
            mend_yearly(token)
        elif dep == "nmod" and pos in ("PROPN", "NOUN") and self._is_passed(token.head):
            self._raise(token)

    def _aside(self, auxiliary: Token) -> None:
        """Let the participle behind an aside govern what the parse hangs on its auxiliary."""
        participle = self._behind(auxiliary)
        if participle is None or (participle.head == auxiliary and auxiliary.dep_.startswith("aux")):
            return
        if auxiliary.i < auxiliary.head.i < participle.i and auxiliary.dep_ != "ROOT" and not auxiliary.head.is_punct:
            self._over(auxiliary, participle)
            return
        above = auxiliary.head if auxiliary.head.is_punct else auxiliary
        others = [c for each in (above, auxiliary) for c in each.children if c not in (participle, auxiliary)]
        inner = any(t == above for t in participle.subtree)
        if inner and participle.dep_ != "ROOT":
            return
        move(participle, above.head, above.dep_, instead_of=above)
        participle.pos_ = "VERB"
        auxiliary.pos_ = "AUX"
        attach(auxiliary, participle, self._auxiliaries[auxiliary.lemma_])
        if above != auxiliary:
            attach(above, participle, "punct")
        for other in others:
            attach(other, participle)

    def _over(self, auxiliary: Token, participle: Token) -> None:
        """Let the participle behind an aside govern the sentence that the parse has a word of the aside govern."""
        inside = auxiliary.head
        while auxiliary.i < inside.head.i < participle.i and inside.head != inside:
            inside = inside.head
        outside = [c for c in inside.children if not auxiliary.i < c.i <= participle.i]
        move(participle, inside.head, inside.dep_, instead_of=inside)
        participle.pos_, auxiliary.pos_ = "VERB", "AUX"
        attach(inside, participle, "advcl" if inside.pos_ == "VERB" else "obl:mod")
        attach(auxiliary, participle, self._auxiliaries[auxiliary.lemma_])
        for other in outside:
            if other != auxiliary:
                attach(other, participle)

    def _join(self, token: Token) -> None:
        """Let a participle with an object of its own share the auxiliary of the verb before it."""
        doc, words = token.doc, self._words
        if token.i + 1 >= len(doc) or doc[token.i - 1].lower_ not in words.joining:
            return
        following = doc[token.i + 1]
        if following.pos_ not in BEFORE_NOUN and following.pos_ != "PROPN" and following.lower_ not in words.partitive:
            return
        finite = "Fin" in token.morph.get("VerbForm", []) and not token.lower_.endswith(words.never_finite)
        if finite or not token.lower_.endswith(words.participle_endings):
            return
        if any(c.dep_.startswith("aux") or c.dep_.startswith(SUBJECTS) for c in token.children):
            return
        first = next((t for t in token.ancestors if t.pos_ == "VERB" and self._has_tense(t)), None)
        if first is not None and first.i < token.i:
            attach(token, first, "conj")

    def _root(self, verb: Token) -> None:
        """Let a finite verb between the noun it hangs on and an object be the verb of its sentence."""
        noun, following = verb.head, verb.doc[verb.i + 1]
        if noun.dep_ != "ROOT" or noun.pos_ not in NOMINAL or noun.i > verb.i:
            return
        helped = any(c.dep_.startswith("aux") for c in verb.lefts) and is_finite(verb)
        last = following.is_punct and following.i == verb.sent.end - 1 and verb.i == noun.i + 1
        opened = following.pos_ in BEFORE_NOUN or following.pos_ == "PROPN"
        if not helped and not ((opened or last) and self._may_be_finite(verb)):
            return
        if any(c.dep_.startswith(("nsubj", "mark", "cc")) for c in verb.lefts):
            return
        between = verb.doc[noun.i : min([verb.i, *(c.i for c in verb.lefts if c.dep_.startswith("aux"))])]
        if any(t.lower_ in self._openers or t.lower_ in self._words.joining for t in between):
            return
        if any(c.dep_ in ("cop", "nsubj", "aux:tense", "aux:pass") for c in noun.children):
            return
        take_root(verb, noun)
        if (thing := phrase_behind(verb)) is not None and thing.head == verb and thing.dep_ in ("nmod", "appos"):
            thing.dep_ = "obj"

    def _behind(self, auxiliary: Token) -> Token | None:
        """The participle right behind the aside that follows an auxiliary."""
        doc, opening = auxiliary.doc, _beyond_adverbs(auxiliary)
        begin, closing = opening + 1, _PAUSES[doc[opening].text]
        end = min(begin + _ASIDE, auxiliary.sent.end - 1)
        for i in range(begin, end):
            if doc[i].text == closing:
                ahead = next((t for t in doc[i + 1 : i + 3] if t.pos_ != "ADV"), None)
                if (
                    ahead is not None
                    and ahead.pos_ in ("VERB", "ADJ", "AUX")
                    and self._inflection.is_participle(ahead.lower_)
                ):
                    return ahead
        return None

    def _may_be_finite(self, token: Token) -> bool:
        """Whether a form is finite, or is a participle that looks like the present: "décrit"."""
        return "Fin" in token.morph.get("VerbForm", []) or token.lower_.endswith(self._inflection.words.twofold)

    def _qualify(self, participle: Token) -> None:
        """Give the verb what the parse hangs on a participle that only tells a kind of thing: "des drones armés à X"."""
        noun = participle.head
        if noun.head.pos_ != "VERB" or noun.head == noun:
            return
        complements = self._words.bare_genitives | self._words.agent_prepositions
        for child in [c for c in participle.rights if c.dep_.startswith("obl") and c.dep_ != "obl:agent"]:
            if not any(c.lower_ in complements for c in child.lefts):
                attach(child, noun.head)

    def _raise(self, noun: Token) -> None:
        """Hang what a preposition adds on the thing, not on the noun that tells its kind or its price: "des avions de combat à X",
        "une commande d'une valeur de deux milliards d'euros à X"."""
        case = next((c.lower_ for c in noun.lefts if c.dep_ == "case"), "")
        if case and self._words.contractions.get(case, case) not in self._words.bare_genitives:
            thing = noun.head
            while self._is_passed(thing) and thing.head != thing:
                thing = thing.head
            attach(noun, thing)

    def _is_passed(self, noun: Token) -> bool:
        """Whether a noun only tells the kind or the price of what it hangs on."""
        return is_bare(noun, self._words.bare_genitives) or noun.lower_ in self._words.prices

    def _has_tense(self, token: Token) -> bool:
        """Whether a verb has the auxiliary avoir beside it, and is active."""
        auxiliaries = [c for c in token.lefts if c.dep_.startswith("aux")]
        return any(c.lemma_ == self._inflection.words.have for c in auxiliaries) and len(auxiliaries) == 1


def _beyond_adverbs(auxiliary: Token) -> int:
    """Where what follows an auxiliary and its adverbs stands: "a donc, …"."""
    index, last = auxiliary.i + 1, len(auxiliary.doc) - 1
    while index < last and auxiliary.doc[index].pos_ == "ADV":
        index += 1
    return index


def _determine(article: Token) -> None:
    """Let what the tagger takes for an article be one where the parse takes it for a preposition: "a livré des drones"."""
    noun = article.head
    if noun.dep_.startswith("obl") and noun.head.i == article.i - 1 and noun.head.pos_ == "VERB":
        article.dep_, noun.dep_ = "det", "obj"


def _lead(adjective: Token) -> None:
    """Give a name the article and the preposition that the parse hangs on the adjective before it: "avec le suédois X"."""
    for child in [c for c in adjective.lefts if c.dep_ in ("case", "det")]:
        attach(child, adjective.head)


def _follow(auxiliary: Token) -> None:
    """Let "ayant livré" be a participle's clause, which has no relative pronoun."""
    verb = auxiliary.head
    if verb.dep_ == "acl:relcl":
        verb.dep_ = "acl"


@Language.factory(TREE_REPAIR)
def tree_repair(nlp: Language, name: str) -> TreeRepair:
    """The component that mends trees; the lexicon gives it its words."""
    return TreeRepair()
