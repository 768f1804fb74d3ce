"""What stands around a name decides what it means: a weapon's or a common word, a capital or its state, an adjective or a noun."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.extract.lexicon import Lexicon
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Span, Token
from kg.extract.naming.gazetteer import Hit
from kg.extract.words import fold_word
from kg.model import Name, NameForm

_ARMS = frozenset({"WeaponSystem", "WeaponCategory"})
_NEAR = 3
"""So many words before a name may tell that it is a weapon's; those that a hyphen joins are one: "missiles sol-air X"."""
_NOMINAL = frozenset({"ADJ", "NOUN", "PROPN", "VERB", "ADV", "X", "DET", "PRON", "NUM"})


class Contexts:
    """Tells what the context of a name supports; `kinds` gives the class of each entity."""

    def __init__(self, lexicon: Lexicon, kinds: Mapping[str, str]) -> None:
        self.words = lexicon.names
        self._kinds = kinds
        self._harmless = re.compile(rf"(?:{'|'.join(self.words.harmless)})(?!\w)", re.IGNORECASE)
        self._places = frozenset(lexicon.syntax.places)
        self._quantities = frozenset(lexicon.syntax.quantities)
        self._heads = {fold_word(head.split()[-1]) for head in self.words.weapon_heads}
        self._firms = {word for word, kind in lexicon.bodies.introducing.items() if kind == "Company"}
        self._gatherings = frozenset(self.words.gathering_heads) | self.words.seated

    def supports(self, span: Span, hit: Hit, name: Name, full: set[str]) -> bool:
        """Whether a hit may be this name where it stands; `full` are the entities that the text names in full."""
        doc, start = span.doc, span.start
        before = doc[start - 1] if start else None
        if name.form is NameForm.PREFIX:
            return doc.text[hit.end : hit.end + 1] == "-" or doc.text[hit.begin : hit.end].endswith("-")
        if name.form is NameForm.ADJECTIVE:
            return self._is_adjective(span)
        if self._kinds.get(name.entity, "") == "WeaponCategory" and self._harmless.match(doc.text, hit.begin):
            return False
        if self._kinds.get(name.entity, "") == "Person" and self._is_forename(span):
            return False
        if self._is_make(span, self._kinds.get(name.entity, "")):
            return False
        if not name.ambiguous:
            return not (len(span) == 1 and span[0].pos_ == "VERB" and span.text.islower())
        if name.entity in full:
            return True
        kind = self._kinds.get(name.entity, "")
        if kind == "Person":
            return before is not None and (before.text in self.words.titles or before.lemma_ in self.words.titles)
        if kind in _ARMS:
            return self._weapon_context(span)
        if kind == "Company":
            return not (span.text.istitle() and self._is_forename(span)) and self._is_firm(span)
        return before is not None and before.pos_ in ("DET", "ADP") and span.text[0].isupper()

    def _is_forename(self, span: Span) -> bool:
        """Whether a single word is followed by the last name that it belongs to, and so is nobody's last name here."""
        following = span.doc[span.end : span.end + 1]
        return len(span) == 1 and bool(following) and following[0].pos_ == "PROPN" and following[0].text.istitle()

    def _is_make(self, span: Span, kind: str) -> bool:
        """Whether an article right before the one word of a name shows that it is a thing of that name: "un Antonov"; of a firm
        only the article of some thing does, for firms have their own: "la Snecma"."""
        before = span.doc[span.start - 1] if span.start > span.sent.start else None
        if kind not in ("Person", "Company") or len(span) > 1 or before is None or before.pos_ != "DET":
            return False
        return kind == "Person" or "Ind" in before.morph.get("Definite", [])

    def _is_firm(self, span: Span) -> bool:
        """Whether a name that is a common word or a forename too stands as a firm's: after what it is, beside another name,
        or before its verb at the head of a sentence: "le groupe italien X", "MBDA et X", "X a livré"."""
        doc, start = span.doc, span.start
        if not span.text[0].isupper():
            return False
        if start == span.sent.start:
            following = doc[span.end : span.end + 2]
            joined = len(following) > 1 and following[0].pos_ == "CCONJ" and following[1].pos_ == "PROPN"
            return joined or (bool(following) and following[0].pos_ in ("AUX", "VERB"))
        if doc[start - 1].pos_ in ("DET", "ADP"):
            return True
        if any(t.lower_lemma in self._firms for t in doc[max(span.sent.start, start - _NEAR) : start]):
            return True
        return doc[start - 1].pos_ == "CCONJ" and start > 1 and doc[start - 2].pos_ == "PROPN"

    def _is_adjective(self, span: Span) -> bool:
        """An adjective or demonym, and not a homonym of another class ("le maire", "une suisse")."""
        token = span[-1]
        return token.pos_ in _NOMINAL

    def _weapon_context(self, span: Span) -> bool:
        doc = span.doc
        near = self._before(span)
        if any(t.folded_lemma in self._heads or t.folded in self._heads for t in near):
            return True
        if any(t.lemma_ in self._quantities for t in near):
            return True
        if any(t.lower_lemma in self.words.wielding for t in doc[max(span.sent.start, span.start - 4) : span.start]):
            return True
        if self._is_handled(span):
            return True
        lead = doc[span.start - 2] if span.start > 1 else None
        if lead is not None and lead.pos_ == "NOUN" and lead.lower_lemma in self._places:
            return False
        first = span.start == span.sent.start
        before = doc[span.start - 1] if span.start else None
        while before is not None and before.pos_ == "ADJ" and before.i > span.sent.start:
            before = doc[before.i - 1]
        determined = before is not None and (before.pos_ in ("NUM", "DET") or Kind.OF_SOME in before.kinds)
        return span.text[0].isupper() and not first and determined

    def _is_handled(self, span: Span) -> bool:
        """Whether a verb tells of what is named what is done to weapons alone: "les mines posées par X", "X a déminé …"."""
        root = span.root
        verbs = [c for c in root.children if c.dep_ == "acl"]
        if root.dep_ in ("obj", "nsubj:pass") or (root.dep_ == "obl:arg" and root.head.pos_ == "VERB"):
            verbs.append(root.head)
        return any(v.lemma_ in self.words.handling for v in verbs)

    def _before(self, span: Span) -> list[Token]:
        """The words right before a name, down to so many that are no prepositions: "système de défense antimissile X"."""
        doc, start, words = span.doc, span.start, 0
        while start > 0 and words < _NEAR:
            start -= 1
            hyphened = "-" in (doc[start].text, doc[start + 1].text) and start + 1 < span.start
            words += not hyphened and doc[start].pos_ != "ADP"
        return doc[start : span.start]

    def is_place(self, span: Span) -> bool:
        """Whether a capital is meant as the place: "à Moscou" unless something is sold, said or given to it."""
        doc = span.doc
        before = doc[span.start - 1].lower_ if span.start else ""
        two = doc.span(span.start - 2, span.start).text.lower() if span.start > 1 else before
        if any(p in (before, two) for p in self.words.place_prepositions):
            return True
        if before in self.words.placing and span.start > 1:
            previous = doc[span.start - 2].lower_lemma
            return previous in self._gatherings
        if not span.start or Kind.AT_ANY not in doc[span.start - 1].kinds:
            return False
        return not any(
            t.lower_lemma in self.words.recipient_heads or t.lower_ in self.words.recipient_heads
            for t in self._governors(span)
        )

    def _governors(self, span: Span) -> list[Token]:
        """What may govern "à X": the head of the phrase and the content words shortly before it."""
        head = span.root.head
        near = [t for t in span.doc[max(0, span.start - 6) : span.start - 1] if t.pos_ in ("VERB", "NOUN", "ADJ")]
        return [head, *near[-2:]]
