"""Quotations of a word or two that are themselves an act: « Mensonge », tranche X; « C'est faux », a rétorqué Y."""

from __future__ import annotations

from kg.extract.clauses.presentation import SPEECH
from kg.extract.clauses.syntax import Syntax
from kg.extract.events.filling import KINDS, Filling
from kg.extract.events.triggers import Match
from kg.extract.lexicon.reporting_words import Reporting
from kg.extract.lines.parse import Token
from kg.extract.naming.coreference import Referents
from kg.extract.reading import Line, Referent
from kg.extract.saying.speakers import Speakers, group_start
from kg.extract.saying.speech import Speech

_SURE = 0.8
_OPENING, _CLOSING = frozenset({"«", '"', "“"}), frozenset({"»", '"', "”"})
_PAUSES = _CLOSING | {","}
_LENGTH = 6
"""So many words at most stand in such a quotation before the trigger, or after it."""
_TAG = 6
"""So many words at most stand between the quotation and its verb of saying: "», a aussitôt répliqué"."""


class Retorts:
    """Finds who says the short quotation in which a trigger stands."""

    def __init__(self, words: Reporting, syntax: Syntax) -> None:
        self._speech = Speech(words)
        self._accusing = frozenset(words.accusing)
        self._speakers = Speakers(words, self._speech, syntax)

    def speaker(self, match: Match, line: Line, referents: Referents) -> Referent | None:
        """Who says it, by the verb of saying right after the quotation; None where the trigger stands in no such quotation.

        Where the trigger is itself the verb of saying: who says what was quoted before it.
        """
        if not match.noun:
            said = len(match.words) == 1 and self._speech.is_verb(match.token)
            return self._inverted(match, line, referents) if said else self._teller(match, line, referents)
        doc, sentence = match.token.doc, match.token.sent
        before = doc[max(sentence.start, match.token.i - _LENGTH) : match.token.i]
        after = doc[match.end : min(sentence.end, match.end + _LENGTH)]
        close = next((t.i for t in after if t.text in _CLOSING), None)
        if close is None or not any(t.text in _OPENING for t in before) or _has_verb(doc[match.end : close]):
            return None
        tag = doc[close + 1 : min(sentence.end, close + 1 + _TAG)]
        verb = next((t for t in tag if self._says(t)), None)
        return self._speakers.of_incise(verb, True, line, referents) if verb is not None else None

    def _teller(self, match: Match, line: Line, referents: Referents) -> Referent | None:
        """Who says the clause of a verb, after it ("Y paiera, a lancé X") or above it ("X a juré que Y paierait")."""
        for token in match.token.doc[match.end : match.token.sent.end]:
            start = group_start(token)
            if self._says(token) and start > match.token.i and token.doc[start - 1].text in _PAUSES:
                return self._speakers.of_incise(token, True, line, referents)
        above = next((t for t in match.token.ancestors if self._says(t) and t.lemma_ not in self._accusing), None)
        return self._speakers.of_verb(above, line, referents) if above is not None else None

    def complete(self, filling: Filling, referents: Referents) -> None:
        """Who judges or denies after a quotation does so, whatever the parse makes of the noun behind the verb."""
        match = filling.match
        if match.noun or match.frame.event not in SPEECH:
            return
        if any(f.referent.start > match.token.i for f in filling.roles.get("agent", ())):
            return
        speaker = self._inverted(match, filling.line, referents)
        if speaker is not None and speaker.kind in KINDS["agent"]:
            filling.roles["agent"] = []
            filling.roles.pop("target", None)
            filling.add("agent", speaker, "inverted", _SURE)

    def _inverted(self, match: Match, line: Line, referents: Referents) -> Referent | None:
        """Who judges or denies, named after a verb that follows a quotation: « Y », a balayé vendredi le ministre X."""
        verb = match.token
        doc, start = verb.doc, group_start(verb)
        tail = doc[max(verb.sent.start, start - 2) : start]
        quoted = any(t.text in _CLOSING for t in tail) and all(t.is_punct for t in tail[-1:])
        finite = any("Fin" in t.morph.get("VerbForm", ()) for t in doc[start : verb.i + 1])
        if not quoted or not finite:
            return None
        return self._speakers.in_phrase(doc[match.end : verb.sent.end], line, referents, free=True)

    def _says(self, token: Token) -> bool:
        return self._speech.is_verb(token) or token.folded in self._speech.cutting


def _has_verb(tokens: list[Token]) -> bool:
    return any(t.pos_ == "VERB" for t in tokens)
