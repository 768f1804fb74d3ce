"""Sources that a phrase names: "selon X", "d'après un rapport de X", "pour Washington, …", "citant des responsables"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.clauses.syntax import Syntax
from kg.extract.lexicon.function_words import Kind
from kg.extract.lexicon.reporting_words import Reporting
from kg.extract.lines.parse import Span, Token
from kg.extract.naming.coreference import Referents
from kg.extract.reading import Line, Referent
from kg.extract.saying.speakers import Speakers
from kg.extract.saying.speech import Speech

_REACH = 90
"""How many characters after "selon" its source may stand."""
_SCARE = re.compile(r"«[^»]{1,30}»")
"""A few words in quotation marks are a term in doubt, no speech apart."""
_VIEW = 7
"""A view is named in so few tokens: "pour la diplomatie russe,"."""


class Sourcing:
    """Finds the prepositions that introduce a source."""

    def __init__(self, words: Reporting, syntax: Syntax) -> None:
        self._of, self._contracted = syntax.led.of, syntax.forms_of(syntax.led.of)
        ordered = sorted(words.prepositions, key=len, reverse=True)
        self._prepositions = re.compile(rf"(?<!\w)(?:{'|'.join(map(self._contracting, ordered))})")
        self._clauses = re.compile(rf"\s*(?:{'|'.join(map(_whole, (*words.content_openers, *words.clause_openers)))})")

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Each in a text, but for those behind which a clause opens that names no source: "selon lesquelles"."""
        text = text.lower()
        for match in self._prepositions.finditer(text):
            if not self._clauses.match(text, match.end()):
                yield match

    def _contracting(self, preposition: str) -> str:
        """A preposition as a pattern; an "of" at its end also as it contracts with an article: "aux dires du ministre"."""
        stem, _, last = preposition.rpartition(" ")
        if not stem or last != self._of:
            return _whole(preposition)
        return rf"{re.escape(stem)} (?:{'|'.join(map(_whole, self._contracted))})"


class Sources:
    """Finds the sources of sentences."""

    def __init__(self, words: Reporting, syntax: Syntax, speech: Speech, speakers: Speakers) -> None:
        self._sourcing = Sourcing(words, syntax)
        self._views = frozenset(words.views)
        self._prepositions = words.prepositions
        self._who = frozenset(words.who)
        self._speech = speech
        self._speakers = speakers

    def of(
        self,
        sentence: Span,
        token: Token | None,
        line: Line,
        referents: Referents,
        involved: frozenset[str] = frozenset(),
    ) -> Referent | None:
        """The agent of "selon X" that speaks for a trigger, or for a sentence; of "pour X" unless the event involves him."""
        for match in self._sourcing.find(sentence.text):
            place = sentence.start_char + match.start()
            if token is not None and (
                self._is_apart(token, place, line) or not self._covers(token, place, line, len(match[0]))
            ):
                continue
            end = sentence.start_char + match.end()
            if found := self._before(place, end, sentence, line, referents) or self._named(
                end, sentence, line, referents
            ):
                return found
        return self._view(sentence, token, line, referents, involved)

    def cited(self, sentence: Span, line: Line, referents: Referents) -> Referent | None:
        """Who spoke before the one who reports: "RT, citant des responsables américains"."""
        for token in sentence:
            if self._speech.is_citing(token) or (self._speech.cites(token) and self._is_relative(token)):
                return self._speakers.in_phrase(token.doc[token.i + 1 : sentence.end], line, referents)
        return None

    def opens_clause(self, sentence: Span, source: Referent) -> bool:
        """Whether a source is named where a clause opens, and so speaks within it: "a déclaré que, selon X, Y a …"."""
        for token in reversed(sentence.doc[sentence.start : source.start]):
            if Kind.THAT in token.kinds:
                led = sentence.doc.span(token.i + 1, source.start).text.lower().lstrip(" ,")
                return led.startswith(self._prepositions)
        return False

    def _is_relative(self, verb: Token) -> bool:
        """Whether a verb tells of the source just named whom it cites: "affirme Reuters, qui cite des responsables"."""
        return (
            verb.i > verb.sent.start
            and "Fin" in verb.morph.get("VerbForm", [])
            and verb.doc[verb.i - 1].lower_ in self._who
        )

    def _before(self, place: int, end: int, sentence: Span, line: Line, referents: Referents) -> Referent | None:
        """Whom a relative pronoun behind the preposition takes up: "X, selon qui Y a …"."""
        pronoun = next((t for t in sentence if t.idx >= end), None)
        if pronoun is None or pronoun.lower_ not in self._who:
            return None
        before = [t for t in sentence if t.idx < place]
        named = (self._speakers.named_by(t, line, referents) for t in reversed(before[-_VIEW:]))
        return next((found for found in named if found is not None), None)

    def _named(self, begin: int, sentence: Span, line: Line, referents: Referents) -> Referent | None:
        span = line.doc.around(begin, min(begin + _REACH, sentence.end_char))
        return (
            self._speakers.in_phrase(_phrase(span, begin, self._speech), line, referents) if span is not None else None
        )

    def _view(
        self, sentence: Span, token: Token | None, line: Line, referents: Referents, involved: frozenset[str]
    ) -> Referent | None:
        """ "Pour Washington, …": at the head of the sentence, with a comma right after who holds the view."""
        first = sentence[0] if len(sentence) else None
        if first is None or token is None or first.lower_ not in self._views:
            return None
        comma = next((t for t in sentence.tokens[: _VIEW + 1] if t.text == ","), None)
        if (
            comma is None
            or token.i < comma.i
            or any(t.pos_ in ("VERB", "AUX") for t in sentence.doc[first.i : comma.i])
        ):
            return None
        holders = [n for n in line.names if first.i < n.start and n.end == comma.i]
        found = self._speakers.in_phrase(sentence.doc[first.i + 1 : comma.i], line, referents)
        described = found is not None and found.kind == "Person" and found.rule == "coreference"
        return found if found and (holders or described) and found.entity not in involved else None

    def _covers(self, token: Token, place: int, line: Line, length: int) -> bool:
        """Whether "selon X", or "à en croire X", which begins at a place and is so long, speaks for a trigger.

        Before the first verb it does for the whole sentence, else for its own clause.
        """
        span = line.doc.around(place, place + 1)
        if span is None:
            return False
        word = span[0]
        finite = [t for t in token.sent if t.pos_ in ("VERB", "AUX") and "Fin" in t.morph.get("VerbForm", [])]
        if not finite or word.i < finite[0].i:
            return True
        verbs = [a for a in word.ancestors if a.pos_ in ("VERB", "AUX") and not place <= a.idx < place + length]
        return not verbs or verbs[0] == token or verbs[0] in token.ancestors or token.i > word.i

    def _is_apart(self, token: Token, place: int, line: Line) -> bool:
        """Whether another sentence part stands between: "selon X" after a semicolon, or in a quotation that the trigger is outside of."""
        low, high = sorted((token.idx, place))
        between = _SCARE.sub(lambda m: " " * len(m.group()), line.reading.text)[low:high]
        return ";" in between or between.count("«") != between.count("»")


def _whole(word: str) -> str:
    """The pattern of a word; one that is elided stands before a letter."""
    return rf"{re.escape(word)}(?!\w)" if word[-1].isalpha() else re.escape(word)


def _phrase(span: Span, begin: int, speech: Speech) -> Iterator[Token]:
    """The tokens of a source's phrase: up to a verb, which a document's participle does not end ("un rapport publié par X")."""
    written = False
    for token in span:
        if token.idx < begin:
            continue
        written = written or speech.is_document(token)
        if token.pos_ == "VERB" and not (written and "Part" in token.morph.get("VerbForm", [])):
            return
        yield token
