"""What the form of a verb says of its event, with its auxiliaries, negation, adverbs and conjunctions."""

from __future__ import annotations

from kg.extract.clauses.presentation import Presentation
from kg.extract.lexicon.function_words import Kind
from kg.extract.lexicon.modality_words import ModalityWords
from kg.extract.lines.moods import Mood
from kg.extract.lines.parse import Token
from kg.extract.saying.speech import Speech
from kg.model import Modality

_AUXILIARIES = ("aux:tense", "aux:pass", "aux", "cop")
_BEFORE, _AFTER = 4, 4
"""How far from its verb a negator may stand that the parse hung elsewhere."""


class VerbForms:
    """Reads verb forms with the language's operators."""

    def __init__(self, words: ModalityWords, speech: Speech) -> None:
        self._speech = speech
        self._adverbs = frozenset(words.adverbs_possible)
        self._negators = frozenset(words.negators)
        self._ambiguous = frozenset(words.ambiguous_negators)
        self._negative = frozenset(words.negative_determiners)
        self._wishing = frozenset(words.wishing)
        self._using = frozenset(words.using)
        self._achieved = frozenset(words.achieved)
        self._conceding = words.conceding
        self._conditional, self._unconditional = frozenset(words.conditional), words.unconditional
        self._recorded = words.recorded
        self._purpose = frozenset(words.purpose)
        self._expected = frozenset(words.expected)

    def read(self, token: Token, shown: Presentation, reported: bool) -> None:
        """Apply a verb's own form; `reported` tells whether its clause is what someone says."""
        if self.is_negated(token) and not (shown.empty and not self._is_doubled(token)):
            shown.negate(self._recorded.denied)
        for part in (token, *[c for c in token.children if c.dep_ in _AUXILIARIES]):
            self._form(part, token, shown, reported)
        if self._is_unreal(token):
            shown.weaken(Modality.POSSIBLE, "subjunctive")
        if self._is_supposed(token):
            shown.weaken(Modality.POSSIBLE, self._recorded.supposed)
        for child in token.children:
            self._companion(child, token, shown)

    def _form(self, part: Token, token: Token, shown: Presentation, reported: bool) -> None:
        form = part.mood
        if form is Mood.FUTURE:
            shown.weaken(Modality.PLANNED, f"future {part.text}")
        if form is not Mood.CONDITIONAL:
            return
        hearsay = part != token and "Part" in token.morph.get("VerbForm", [])
        if part.lemma_ in self._expected:
            shown.weaken(Modality.PLANNED, f"expected {part.text}")
        elif reported and (not hearsay or part.dep_ == "aux:pass") and _is_past(token.head):
            shown.weaken(Modality.PLANNED, f"future in the past {part.text}")
        else:
            shown.weaken(Modality.POSSIBLE, f"conditional {part.text}")
            shown.future = shown.future or not hearsay

    def _is_unreal(self, token: Token) -> bool:
        """Whether a clause stands in the subjunctive of what is wished or required, not of what is conceded, denied or felt."""
        parts = (token, *[c for c in token.children if c.dep_.startswith("aux")])
        if not any("Sub" in p.morph.get("Mood", []) for p in parts):
            return False
        if not any(c.dep_ == "mark" and Kind.THAT in c.kinds for c in token.children):
            return False
        head = token.head
        if token.dep_ == "ccomp" and head.lemma_ not in self._wishing and self._speech.is_verb(head):
            return False
        clause = token.doc.span(token.left_edge.i, token.i).text.lower()
        return not any(word in clause for word in self._conceding)

    def _companion(self, child: Token, verb: Token, shown: Presentation) -> None:
        """What an adverb, a conjunction or a negative determiner beside a verb says."""
        word = child.lower_
        if child.dep_ == "advmod" and (word in self._adverbs or child.lemma_ in self._adverbs):
            shown.weaken(Modality.POSSIBLE, child.text)
        if child.dep_ == "obl:mod" and child.doc.span(child.left_edge.i, child.i + 1).text.lower() in self._adverbs:
            shown.weaken(Modality.POSSIBLE, child.text)
        if child.dep_ == "mark" and Kind.WITHOUT in child.kinds:
            shown.negate(self._recorded.without)
        if self.is_condition(child) and verb.dep_ in ("advcl", "ccomp"):
            shown.weaken(Modality.POSSIBLE, self._recorded.supposed)
        if self._is_purpose(child, verb):
            shown.weaken(Modality.PLANNED, child.text)
        empty = child.dep_ in ("nsubj", "obj", "nsubj:pass") and any(c.lower_ in self._negative for c in child.children)
        if empty and not self.is_negated(verb):
            shown.negate(self._recorded.none)

    def _is_purpose(self, child: Token, verb: Token) -> bool:
        """Whether an infinitive tells what for; what something was used for was done."""
        if child.dep_ != "mark" or child.lower_ not in self._purpose:
            return False
        if "Inf" not in verb.morph.get("VerbForm", []):
            return False
        above = list(verb.ancestors)[:2]
        used = any(a.lemma_ in self._using and self.is_told(a) for a in above)
        return not used and not any(a.lemma_ in self._achieved and is_perfective(a) for a in above)

    def is_told(self, verb: Token) -> bool:
        """Whether a verb tells what was: in a past tense, unnegated."""
        return _is_past(verb) and not self.is_negated(verb)

    def is_condition(self, word: Token) -> bool:
        """Whether a word opens a condition: "si", but not "même si", "comme si"."""
        if word.lower_ not in self._conditional or word.pos_ == "PRON":
            return False
        if word.dep_ not in ("mark", "advmod") and word.pos_ != "SCONJ":
            return False
        before = word.doc[word.i - 1].lower_ if word.i else ""
        return before not in self._unconditional and (word.pos_ != "ADV" or word.dep_ == "mark")

    def _is_supposed(self, verb: Token) -> bool:
        """Whether a verb stands in the condition that opens its sentence: "Si X livre …, Y …", not "si X a livré"."""
        opener = verb.sent[0]
        if opener.lower_ not in self._conditional or is_perfective(verb) or "Fin" not in verb.morph.get("VerbForm", []):
            return False
        return not any(t.text == "," for t in verb.doc[opener.i : verb.i])

    def _is_doubled(self, token: Token) -> bool:
        """Whether a verb has a negator besides "ne" and negative determiners: "n'a pas livré aucune arme" is not French."""
        return any(t.lower_ in self._negators - self._negative for t in _companions(token))

    def is_negated(self, token: Token) -> bool:
        """ne or n' with pas, jamais, plus, aucun …; not the expletive ne, not ne … que."""
        beside = _companions(token)
        first, last = max(token.sent.start, token.i - _BEFORE), min(token.sent.end, token.i + _AFTER)
        near = [t.lower_ for t in token.doc[first:last]]
        if token.dep_ == "conj" and any(c.dep_ == "cc" and Kind.NOR in c.kinds for c in token.children):
            return True
        if not any(Kind.NOT in t.kinds for t in beside):
            return False
        beside += _adverbs_behind(token)
        if any(t.lower_ in self._negators for t in beside) or any(w in self._negators - self._ambiguous for w in near):
            return True
        before = token.doc[token.sent.start : token.i]
        return any(Kind.NOR in t.kinds or t.lower_ in self._negative for t in before)


def _companions(verb: Token) -> list[Token]:
    """What hangs on a verb or on its auxiliaries."""
    return [*verb.children, *(c for a in verb.children if a.dep_.startswith("aux") for c in a.children)]


def _adverbs_behind(verb: Token) -> list[Token]:
    """The adverbs right behind a verb, whatever the parse hangs them on: "n'utilise désormais plus ces mines"."""
    found: list[Token] = []
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.pos_ != "ADV":
            break
        found.append(token)
    return found if len(found) > 1 else []


def _is_past(verb: Token) -> bool:
    forms = [verb, *[c for c in verb.children if c.dep_ == "aux:tense"]]
    return (
        len(forms) > 1
        or any({"Past", "Imp"} & set(f.morph.get("Tense", [])) for f in forms)
        or "Part" in verb.morph.get("VerbForm", [])
    )


def is_perfective(verb: Token) -> bool:
    """Whether a verb stands in a compound past: "n'a pas voulu"."""
    return any(c.dep_ == "aux:tense" for c in verb.children)
