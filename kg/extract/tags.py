"""Mends the tagger where words of its own language prove it wrong."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.language import Language
from spacy.tokens import Doc, Token

TAG_REPAIR = "tag_repair"
"""The name of the component."""


class TagRepair:
    """Mends two faults: a verb that an article determines is a noun ("l'offre", "une commande"); a form of `verb_forms`
    right after a proper name is its verb ("Moscou dément").
    """

    def __init__(self) -> None:
        self.verb_forms: Mapping[str, str] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with parts of speech and lemmas mended."""
        for token in doc:
            if token.pos_ == "VERB":
                self._noun(token)
            elif token.lower_ in self.verb_forms and token.i and doc[token.i - 1].pos_ == "PROPN":
                token.pos_, token.lemma_ = "VERB", self.verb_forms[token.lower_]
        return doc

    def _noun(self, token: Token) -> None:
        determined = any(c.dep_ == "det" for c in token.lefts)
        if determined and not any(c.dep_.startswith(("aux", "nsubj", "expl")) for c in token.children):
            token.pos_, token.lemma_ = "NOUN", token.lower_


@Language.factory(TAG_REPAIR)
def tag_repair(nlp: Language, name: str) -> TagRepair:
    """The component that mends tags; the lexicon gives it its verb forms."""
    return TagRepair()
