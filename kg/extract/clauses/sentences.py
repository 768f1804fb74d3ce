"""What a whole sentence says of all that it tells: a question, a condition on what lies ahead, a count up to an event."""

from __future__ import annotations

from kg.extract.clauses.finite import VerbForms
from kg.extract.clauses.presentation import Presentation
from kg.extract.lexicon.modality_words import ModalityWords
from kg.extract.lines.parse import Token
from kg.extract.saying.speech import is_finite
from kg.extract.words import any_of
from kg.model import Modality

_NEAR = 3
"""How far before a noun the word may stand that counts up to it."""


class Sentences:
    """Reads the sentence around a trigger."""

    def __init__(self, words: ModalityWords, forms: VerbForms) -> None:
        self._asking = frozenset(words.asking)
        self._conditions = any_of(words.conditions)
        self._until = words.until
        self._forms = forms

    def read(self, token: Token, shown: Presentation) -> None:
        """What the sentence says of all that it tells: a yes-or-no question, a condition on what lies ahead."""
        text = token.sent.text
        if text.rstrip('» "').endswith("?") and token.sent[0].lower_ not in self._asking:
            shown.weaken(Modality.POSSIBLE, "question")
        if shown.modality is Modality.PLANNED and not shown.negated and self._is_conditioned(token):
            shown.weaken(Modality.POSSIBLE, "condition")

    def awaits(self, token: Token) -> bool:
        """Whether a text that tells no past counts up to an event: "il reste trois mois avant l'échéance", "d'ici à l'expiration"."""
        lead = token.doc[max(token.sent.start, token.i - _NEAR) : token.i]
        told = any(
            "Past" in t.morph.get("Tense", []) or "Imp" in t.morph.get("Tense", []) for t in token.sent if is_finite(t)
        )
        return not told and any(t.lower_ in self._until for t in lead)

    def _is_conditioned(self, token: Token) -> bool:
        """Whether what is told ahead hangs on a condition of its own sentence, outside quotation marks."""
        sentence = token.sent
        quoted = "«" in sentence.text or '"' in sentence.text
        if not quoted and self._conditions.search(sentence.text.lower()):
            return True
        openers = [t for t in sentence if self._forms.is_condition(t) and (t.i == sentence.start or _paused(t))]
        return any(self._governs(opener, token) for opener in openers)

    def _governs(self, opener: Token, token: Token) -> bool:
        """Whether a condition bears on a trigger: its clause hangs on the trigger's own, or opens the sentence before it."""
        clause = opener.head
        above = {token, *token.ancestors}
        return clause not in above and (clause.head in above or opener.i == token.sent.start < token.i)


def _paused(token: Token) -> bool:
    return token.i > 0 and (token.doc[token.i - 1].is_punct or token.doc[token.i - 1].pos_ in ("VERB", "AUX", "CCONJ"))
