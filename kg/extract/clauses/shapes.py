"""What kind of verb form a token is, by its form, also where the tagger takes it for something else."""

from __future__ import annotations

from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Token


class Shapes:
    """Tells participles, gerunds and infinitives."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words = lexicon.syntax
        self.forms = lexicon.forms
        self._agreement = lexicon.forms.agreeing_letters

    def is_participle(self, token: Token) -> bool:
        """Whether a token is a past participle, also where the tagger calls it an adjective."""
        morph = token.morph
        if not token.lower_.rstrip(self._agreement).endswith(self._words.participle_endings) or len(token) < 2:
            return False
        if "Part" in morph.get("VerbForm", []) and "Past" in (morph.get("Tense", []) or ["Past"]):
            return Kind.ACTING not in token.kinds
        if token.pos_ in ("NOUN", "PROPN"):
            return bool(token.is_sent_start) and self._opens(token)
        return token.pos_ == "ADJ" and len(token) > 4 and Kind.ACTING not in token.kinds

    def _opens(self, token: Token) -> bool:
        """Whether a word that opens a sentence is a participle, whatever the tagger says: "Gelée depuis 2007 par X, …"."""
        following = token.doc[token.i + 1 : token.i + 2]
        plain = self.forms.bare(token.lower_)
        return plain.endswith(self._words.opening_endings) and bool(following) and following[0].pos_ == "ADP"

    def _is_reduced(self, token: Token) -> bool:
        """Whether a participle without an auxiliary, which the parse takes for the verb, says what its subject underwent:
        "un obus tiré de X"."""
        plain = self.forms.bare(token.lower_)
        return self.is_participle(token) and token.pos_ == "VERB" and plain.endswith(self._words.opening_endings)

    def is_gerund(self, token: Token) -> bool:
        """Whether a token is "en livrant"."""
        return (
            Kind.ACTING in token.kinds
            and token.i > 0
            and any(Kind.IN in c.kinds and c.i < token.i for c in token.children)
        )

    def _trails(self, token: Token) -> bool:
        """Whether a present participle follows its clause after a comma: ", accusant …": its subject is the clause's."""
        before = [t for t in token.doc[max(token.sent.start, token.i - 3) : token.i] if t.pos_ != "ADV"]
        return Kind.ACTING in token.kinds and bool(before) and (before[-1].text == "," or Kind.AND in before[-1].kinds)

    def _infinitive(self, token: Token) -> bool:
        if Kind.ACTING in token.kinds:
            return False
        parts = (token, *[c for c in token.children if c.dep_.startswith("aux") or c.dep_ == "cop"])
        return any("Inf" in p.morph.get("VerbForm", []) for p in parts) or (
            token.lower_.endswith(self._words.infinitive_endings) and token.pos_ == "VERB"
        )
