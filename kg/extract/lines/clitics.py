"""Verbs that the tagger takes for nouns or adjectives though what stands before them makes verbs of them.

"Israël lui livre des missiles": a pronoun that leans on a verb has one behind it, and so has the opener of a gerund.
"La Russie piétine l'accord": what the parse itself gives a subject, and no copula, is a verb.
"""

from __future__ import annotations

from spacy import attrs
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.extract.lexicon.clause_words import SyntaxWords
from kg.extract.lines.inflection import Inflection

CLITIC_REPAIR = "clitic_repair"
"""The name of the component."""
_TAKEN = frozenset({"NOUN", "ADJ", "ADV", "X", "PROPN", "VERB"})
_NAMED = frozenset({"PROPN", "NOUN"})
_FINITE = "Mood=Ind|Person=3|Tense=Pres|VerbForm=Fin"
_GERUND = "Tense=Pres|VerbForm=Part"
_INSIDE = frozenset({"PROPN", "DET", "ADJ"})
_JOINED = ("flat", "appos", "nmod", "amod")
_BEHIND = frozenset({"DET", "ADP", "NUM", "PUNCT", "ADV", "SCONJ"})
"""What stands behind a verb rather than behind a noun and its article."""


class CliticRepair:
    """Finds and mends them; the lexicon gives the words."""

    def __init__(self) -> None:
        self._words: SyntaxWords | None = None
        self._inflection: Inflection | None = None
        self._known: dict[int, tuple[str, str]] = {}

    def learn(self, words: SyntaxWords, inflection: Inflection) -> None:
        """Take the words of a language, and how the verbs change that its frames know; before that, nothing is mended."""
        self._words, self._inflection = words, inflection

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with these verbs and their subjects and objects mended."""
        if self._words is None or self._inflection is None:
            return doc
        for i, form in enumerate(doc.to_array([attrs.LOWER]).tolist()):
            if form not in self._known:
                word = doc.vocab.strings[form]
                self._known[form] = self._inflection.of_present(word), self._inflection.of_gerund(word)
            present, gerund = self._known[form]
            if present:
                self._mend(doc[i], present, self._words)
            elif gerund and i and doc[i - 1].lower_ in self._words.gerund_openers and doc[i].pos_ in _TAKEN - {"VERB"}:
                _retag(doc[i], gerund, _GERUND)
                _open(doc[i], doc[i - 1])
        return doc

    def _mend(self, token: Token, verb: str, words: SyntaxWords) -> None:
        """Make a verb of a token if what stands before it does."""
        if token.i == 0 or token.pos_ not in _TAKEN or not token.text.islower():
            return
        if token.pos_ != "VERB" and _has_subject(token):
            _retag(token, verb)
            return
        clitic = token.doc[token.i - 1]
        sure = clitic.lower_ in words.leaning
        subject = _subject(clitic, sure) if sure or clitic.lower_ in words.before_verb else None
        if subject is None or not _leads(clitic, token, sure):
            return
        _retag(token, verb)
        _raise(token, subject)
        clitic.pos_, clitic.head = "PRON", token
        clitic.dep_ = "obj"
        if clitic.lower_ in words.indirect:
            clitic.dep_, clitic.lemma_ = "iobj", clitic.lower_
        _give_objects(token, words.partitive)


def _has_subject(token: Token) -> bool:
    """Whether the parse gives a word a name as its subject right before it, and nothing that would make it what someone is."""
    before = token.doc[token.i - 1]
    if before.dep_ != "nsubj" or before.head != token or before.pos_ not in _NAMED:
        return False
    return not any(c.dep_ in ("cop", "aux:tense", "aux:pass", "det") for c in token.children)


def _subject(clitic: Token, sure: bool) -> Token | None:
    """The name before a pronoun, if a clause begins with it; before what is only a pronoun any noun."""
    if clitic.i == clitic.sent.start:
        return None
    name = clitic.nbor(-1)
    if name.pos_ not in _NAMED or not (sure or name.text[:1].isupper()):
        return None
    first = name
    while first.i > name.sent.start and first.nbor(-1).pos_ in _INSIDE:
        first = first.nbor(-1)
    before = first.nbor(-1) if first.i > name.sent.start else None
    if before is not None and not (before.is_punct or before.pos_ in ("CCONJ", "SCONJ", "PRON")):
        return None
    while first.i <= name.head.i < name.i and name.dep_.startswith(_JOINED):
        name = name.head
    return name


def _leads(clitic: Token, verb: Token, sure: bool) -> bool:
    """Whether a word behind a pronoun is its verb: what may be an article goes with a noun, unless what follows goes with a verb."""
    if verb.pos_ == "VERB" and clitic.head == verb:
        return False
    following = verb.doc[verb.i + 1 : verb.i + 2]
    return sure or (bool(following) and following[0].pos_ in _BEHIND)


def _give_objects(verb: Token, partitive: frozenset[str]) -> None:
    """Make an object of what stands behind a verb with an article that looks like a preposition: "livre des missiles"."""
    for child in verb.rights:
        first = next((c for c in child.lefts if c.dep_ == "case"), None)
        if child.dep_ != "nmod":
            continue
        if first is not None and first.i == verb.i + 1 and first.lower_ in partitive:
            first.pos_, first.dep_, child.dep_ = "DET", "det", "obj"
        else:
            child.dep_ = "obl:mod" if first is not None else "obj"


def _open(gerund: Token, opener: Token) -> None:
    """Hang a gerund on the verb that it goes with, as a clause: "s'illustre en empoisonnant X"."""
    verb = gerund.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head not in (verb, gerund):
        verb = verb.head
    opener.dep_ = "mark"
    if verb != gerund and gerund not in verb.ancestors:
        gerund.head, gerund.dep_ = verb, "advcl"


def _retag(token: Token, verb: str, morph: str = _FINITE) -> None:
    token.pos_, token.lemma_ = "VERB", verb
    token.set_morph(morph)  # type: ignore[attr-defined]


def _raise(verb: Token, subject: Token) -> None:
    """Let a verb govern its subject and what the parse hangs on that behind the verb."""
    if subject in verb.ancestors:
        head, dep = subject.head, subject.dep_
        verb.head, verb.dep_ = (verb, "ROOT") if head == subject else (head, dep)
    for other in [c for c in subject.rights if c.i > verb.i]:
        other.head = verb
    subject.head, subject.dep_ = verb, "nsubj"


@Language.factory(CLITIC_REPAIR)
def clitic_repair(nlp: Language, name: str) -> CliticRepair:
    """The component that mends these verbs; the lexicon gives it its words."""
    return CliticRepair()
