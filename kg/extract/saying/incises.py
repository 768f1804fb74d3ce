"""Clauses put into or after what they report: "…, maintient Kigali", "Berlin, rappelle-t-il, a livré …", "X est formel : …".

They are told by the order of words, since the parse hangs them anywhere: a verb of saying that opens a stretch between
pauses, its subject after it; or a speaker with a verb of saying before a colon.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.parse import Span, Token
from kg.extract.naming.coreference import Referents
from kg.extract.reading import Line, Quotation, Referent
from kg.extract.saying.speakers import Speakers, group_start
from kg.extract.saying.speech import Speech, is_finite

_OPENS = frozenset({",", "»", '"', "–", "—", "-", "(", "”"})
_CLOSES = frozenset({",", ".", ";", ":", "»", "–", "—", ")", "!", "?", "…"})
_QUOTED = frozenset({"»", '"', "”"})
_LEAD = 3


@dataclass(frozen=True, slots=True)
class Incise:
    """A reporting clause set apart: its verb, tokens start to end (exclusive), its speaker, and what it covers."""

    verb: Token
    start: int
    end: int
    speaker: Referent
    covers: tuple[int, int]
    """Tokens from and to (exclusive) of what it reports, itself excluded."""

    def reports(self, token: Token) -> bool:
        """Whether it reports what a token says."""
        first, last = self.covers
        return first <= token.i < last and not self.start <= token.i < self.end


class Incises:
    """Finds the reporting clauses set apart in a sentence."""

    def __init__(self, speech: Speech, speakers: Speakers) -> None:
        self._speech = speech
        self._speakers = speakers

    def of(self, sentence: Span, quotations: list[Quotation], line: Line, referents: Referents) -> list[Incise]:
        """The incises and announcing clauses of a sentence outside its quotations, in order."""
        found = []
        for verb in sentence:
            if not self._speech.announces(verb) or any(q.begin <= verb.idx < q.end for q in quotations):
                continue
            if incise := self._set_apart(verb, sentence, line, referents) or self._announcing(
                verb, sentence, quotations, line, referents
            ):
                found.append(incise)
        return found

    def _set_apart(self, verb: Token, sentence: Span, line: Line, referents: Referents) -> Incise | None:
        start = group_start(verb)
        if not self._speech.is_verb(verb) or not _is_finite(verb, start) or start <= sentence.start:
            return None
        if _is_after_aside(sentence, start - 1) or _takes_up(verb):
            return None
        pause = verb.doc[start - 1]
        if pause.text not in _OPENS or _has_clause(verb):
            return None
        if any(c.dep_.startswith("nsubj") and c.i < start for c in verb.children) and not _inverts(verb, start):
            return None
        quoting = pause.text in _QUOTED or (start - 2 >= sentence.start and verb.doc[start - 2].text in _QUOTED)
        speaker = self._speakers.of_incise(verb, quoting, line, referents)
        if speaker is None:
            return None
        end = max(_stretch_end(verb, sentence), speaker.end if verb.i < speaker.end <= sentence.end else 0)
        return Incise(verb, start, end, speaker, self._covered(start, end, sentence, quoting))

    def _covered(self, start: int, end: int, sentence: Span, quoting: bool) -> tuple[int, int]:
        """An incise reports the clause that it interrupts, or all that stands before; not the relative clause after its
        subject, nor what a conjunction right before it closes. What follows one that closes a quotation is the text's own: on what
        occasion it was said, "« … », a lancé X au sortir d'un entretien avec Y"; and after what, behind a clause that is whole: "…, a
        annoncé X, deux jours après l'essai de Y"."""
        doc = sentence.doc
        first = sentence.start
        if start - 2 >= first and doc[start - 2].pos_ == "CCONJ":
            first = start
        for token in doc[first : start - 1]:
            if token.text == ";":
                first = token.i + 1
        following = next((t for t in doc[end : sentence.end] if not t.is_punct), None)
        opens_relative = following is not None and (
            Kind.RELATES in following.kinds
            or following.pos_ == "SCONJ"
            or Kind.ACTING in following.kinds
            or following.dep_ in ("appos",)
            or following.pos_ in ("CCONJ",)
            or (self._tells_when(following) and any(is_finite(t) for t in doc[first : start - 1]))
        )
        closed = end < len(doc) and doc[min(end, len(doc) - 1)].text in (".", "!", "?")
        return first, start if quoting or opens_relative or closed else sentence.end

    def _tells_when(self, opening: Token) -> bool:
        """Whether a word opens the phrase on what came before, or on the occasion: "après l'essai de X", "à l'issue d'un entretien"."""
        phrase = opening.doc[opening.i : min(opening.sent.end, opening.i + _LEAD)]
        return any(Kind.AFTER in t.kinds or t.lower_ in self._speech.occasions for t in phrase)

    def _announcing(
        self, verb: Token, sentence: Span, quotations: list[Quotation], line: Line, referents: Referents
    ) -> Incise | None:
        """ "X l'affirme : …": a clause of a speaker before a colon that no quotation follows."""
        colon = next((t for t in verb.doc[verb.i + 1 : sentence.end] if t.text == ":"), None)
        passive = any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children) and not self._speech.is_certain(verb)
        if colon is None or passive or not self._speech.announces(verb) or _has_clause(verb):
            return None
        if any(q.begin <= colon.idx + 3 and colon.idx < q.begin for q in quotations):
            return None
        if any(t.text in (";", "»") for t in verb.doc[verb.i : colon.i]):
            return None
        finite = _predicate(verb)
        speaker = self._speakers.of_verb(finite, line, referents)
        if speaker is None or not sentence.start <= speaker.start < colon.i:
            return None
        return Incise(verb, sentence.start, colon.i + 1, speaker, (colon.i + 1, sentence.end))


def _predicate(verb: Token) -> Token:
    """The verb that bears the subject of a predicate: its own token in the treebank, or the copula's clause."""
    return verb.head if verb.pos_ in ("ADJ", "NOUN") and verb.dep_ in ("xcomp", "obj", "obl:arg", "obl:mod") else verb


def _is_finite(verb: Token, start: int) -> bool:
    return any("Fin" in t.morph.get("VerbForm", []) for t in verb.doc[start : verb.i + 1]) or verb.pos_ in (
        "NOUN",
        "ADJ",
    )


def _is_after_aside(sentence: Span, comma: int) -> bool:
    """Whether a comma only closes a relative clause after the subject: what follows is the sentence's own verb, "X, qui a …, accuse"."""
    for token in sentence.doc[sentence.start : comma]:
        if token.pos_ in ("VERB", "AUX") and "Fin" in token.morph.get("VerbForm", []):
            return False
        if Kind.RELATES in token.kinds and token.i > sentence.start and sentence.doc[token.i - 1].text == ",":
            return all(t.text != "," for t in sentence.doc[token.i : comma])
    return False


def _takes_up(verb: Token) -> bool:
    """Whether a verb says something of what a pronoun takes up, rather than that itself: "…, ce que nie X"."""
    return verb.dep_ == "acl:relcl" and verb.head.pos_ == "PRON" and verb.head.i < verb.i


def _has_clause(verb: Token) -> bool:
    """Whether what is said stands in a clause of the verb's own: "affirme que"."""
    following = verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + 1 + _LEAD)]
    return any(Kind.THAT in t.kinds and t.pos_ in ("SCONJ", "PRON") for t in following)


def _inverts(verb: Token, start: int) -> bool:
    """Whether the subject that the parse finds before belongs to another clause: a pause stands between."""
    return verb.doc[start - 1].text in _OPENS


def _stretch_end(verb: Token, sentence: Span) -> int:
    """Where the stretch of a verb ends: at the next pause, or the sentence's end."""
    following: Iterator[Token] = (t for t in sentence.doc[verb.i + 1 : sentence.end] if t.text in _CLOSES)
    return next((t.i for t in following), sentence.end)
