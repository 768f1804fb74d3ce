"""Who says so: the innermost speaker is a claim's claimant, those outside him relay it, the text's own voice has none.

The speaker of the quotation that a trigger stands in, the verbs of saying above it in the parse, the reporting clauses set
apart in its sentence (`incises`), the sources that phrases name (`sources`): each adds a speaker from the inside outwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.clauses.openings import Openings
from kg.extract.clauses.syntax import Syntax
from kg.extract.lexicon.function_words import Kind
from kg.extract.lexicon.reporting_words import Reporting
from kg.extract.lines.parse import Span, Token
from kg.extract.naming.coreference import Referents
from kg.extract.naming.names import AGENTS
from kg.extract.reading import Line, Quotation, Referent
from kg.extract.saying.chains import Chains, Link, Told
from kg.extract.saying.incises import Incise, Incises
from kg.extract.saying.interviews import Interviews
from kg.extract.saying.quotations import Quotations
from kg.extract.saying.sources import Sources
from kg.extract.saying.speakers import Speakers
from kg.extract.saying.speech import (
    Speech,
    is_apart,
    is_aside,
)
from kg.extract.saying.tidings import Tidings

_ACTS = frozenset({"TransferOffer", "Accusation", "Warning", "Rejection"})
"""Classes that are acts of speech: a participle tells that of the one who reports, "X a affirmé que …, accusant Y"."""
_DENIAL = 8
_BARE = 8
"""A sentence that only denies what was told before has no more words."""
_ADDRESSEE = 16
"""How many words may stand between a verb of saying and its clause."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """The claimant of a trigger, who relays it, and the words that say so."""

    claimant: Referent | None = None
    relays: tuple[Referent, ...] = ()
    evidence: tuple[str, ...] = ()


class Attributions:
    """Finds the claimants of triggers."""

    def __init__(self, reporting: Reporting, speech: Speech, syntax: Syntax, openings: Openings) -> None:
        self._speech, self._openings = speech, openings
        self._speakers = Speakers(reporting, self._speech, syntax)
        self._chains = Chains(reporting, speech, self._speakers, openings)
        self._incises = Incises(self._speech, self._speakers)
        self._sources = Sources(reporting, syntax, self._speech, self._speakers)
        self._according = reporting.prepositions[0]
        self._tidings = Tidings(reporting, self._speech, self._speakers)
        self._interviews = Interviews(reporting)
        self._quotations = Quotations(self._speech, self._speakers, self._incises, self._sources)

    def listen(self, text: str, lines: Sequence[Line], referents: Referents) -> None:
        """Give each answer of an interview the voice of whoever is interviewed."""
        person, answers = self._interviews.answers(text, lines)
        for line in answers if person is not None else ():
            line.voice = referents.referent(person) if person else None

    def is_saying(self, verb: Token) -> bool:
        """Whether a verb makes its subject a speaker, whom a later pronoun may take up: "a-t-elle ajouté"."""
        return self._speech.is_verb(verb)

    def quotations(self, sentence: Span, line: Line, referents: Referents) -> list[Quotation]:
        """The direct speech that begins in a sentence, with its speakers."""
        return self._quotations.begun_in(sentence, line, referents)

    def incises(self, sentence: Span, quotations: list[Quotation], line: Line, referents: Referents) -> list[Incise]:
        """The reporting clauses set apart in a sentence."""
        return self._incises.of(sentence, quotations, line, referents)

    def of(
        self, told: Told, quotations: list[Quotation], incises: list[Incise], line: Line, referents: Referents
    ) -> Attribution:
        """The claimant of what a trigger says, with relays, innermost first."""
        token = told.token
        chain = [] if is_aside(token) else self._chains.of(told, line, referents)
        if told.kind in _ACTS and Kind.ACTING in token.kinds:
            chain = chain[1:]
        elif not chain and (
            link := self._tidings.speaker(token, line, referents)
            or self._denied(told, line, referents)
            or (None if is_apart(token) else self._before_clause(token, line, referents))
        ):
            chain.append(link)
        quoted = next((q for q in quotations if q.begin <= token.idx < q.end), None)
        if quoted is not None and quoted.speaker is not None:
            chain = _around(chain, quoted, quoted.speaker, line)
        chain += [(i.speaker, i.verb.text) for i in incises if quoted is None and i.reports(token) and i.verb != token]
        according = self._sources.of(token.sent, token, line, referents, told.involved)
        if according and not is_aside(token):
            inner = self._sources.opens_clause(token.sent, according)
            chain.insert(0 if inner else len(chain), (according, self._according))
        if line.voice is not None:
            chain.append((line.voice, "interview"))
        if chain and quoted is None and (cited := self._sources.cited(token.sent, line, referents)):
            chain.insert(0, (cited, "cited"))
        if told.kind in _ACTS:
            chain = [link for link in chain if link[0].entity not in told.agents]
        return _attribution(chain)

    def dismissal(self, told: Told) -> Token | None:
        """The word by which what a trigger tells is called untrue: "dément les informations selon lesquelles …"."""
        return None if told.kind in _ACTS else self._tidings.dismissal(told.token)

    def denial(self, sentence: Span, line: Line, referents: Referents) -> tuple[int, Referent] | None:
        """Who denies all that stands before: "…, ce que Pékin dément", "…, ce que dément Pékin"; with the token where the denial begins."""
        for token in sentence:
            if not self._speech.denies(token):
                continue
            before = token.doc[max(sentence.start, token.i - _DENIAL) : token.i]
            start = next((t.i for t in before if Kind.THIS in t.kinds and t.i + 1 < token.i), None)
            if start is None or Kind.THAT not in token.doc[start + 1].kinds:
                continue
            behind = (c for c in token.rights if c.dep_.startswith("nsubj"))
            for other in (*token.doc[start + 2 : token.i], *behind):
                if found := referents.of(other, line, AGENTS):
                    return start, found[0]
        return None

    def bare_denial(self, sentence: Span, line: Line, referents: Referents) -> tuple[Token, Referent] | None:
        """Who denies what was told before in a sentence that says no more: "Téhéran dément."; with the verb."""
        words = [t for t in sentence if not t.is_punct]
        verb = next((t for t in words if self._speech.denies(t)), None)
        if verb is None or len(words) > _BARE or any(t.pos_ == "VERB" for t in words if t.i > verb.i):
            return None
        for token in words:
            if token.i < verb.i and (found := referents.of(token, line, AGENTS)):
                return verb, found[0]
        return None

    def _denied(self, told: Told, line: Line, referents: Referents) -> Link | None:
        """Who denies an event told by a noun, where the parse lost the verb before it."""
        verb = self._speech.denied_by(told.token) if told.kind not in _ACTS else None
        if verb is None or (verb == told.token.head and told.token.dep_ != "obl:mod"):
            return None
        speaker = self._speakers.of_verb(verb, line, referents) or self._speakers.in_phrase(
            reversed(verb.doc[verb.sent.start : verb.i]), line, referents
        )
        return (speaker, verb.text) if speaker else None

    def _verb_before(self, mark: Token) -> Token | None:
        """The verb of saying whose clause a "que" opens: right before it, or before whom it speaks to."""
        for verb in reversed(mark.doc[max(mark.sent.start, mark.i - _ADDRESSEE) : mark.i]):
            if self._speech.says(verb) and not self._speech.is_citing(verb):
                between = mark.doc.span(verb.i + 1, mark.i)
                fits = _is_addressee(between) or _is_inserted(between) or any(map(self._speech.is_citing, between))
                return verb if fits else None
        return None

    def _before_clause(self, token: Token, line: Line, referents: Referents) -> Link | None:
        """The speaker of "X affirme que …" where the parse lost the clause: the nearest such verb before the trigger."""
        doc, start = token.doc, token.sent.start
        for mark in reversed(doc[start : token.i]):
            if mark.text in (";", "»", "«", ":"):
                return None
            if Kind.THAT not in mark.kinds or mark.i == start:
                continue
            if self._openings.is_last(mark):
                return None
            verb = self._verb_before(mark)
            if verb is None and doc[mark.i - 1].pos_ == "CCONJ":
                continue
            if verb is None or not _runs_on(doc.span(mark.i + 1, token.i)):
                return None
            speaker = self._speakers.of_verb(verb, line, referents)
            return (speaker, verb.text) if speaker else None
        return None


def _is_addressee(between: Span) -> bool:
    """Whether the words between a verb and its clause name whom it speaks to: "a notifié à l'Onu que"."""
    phrase = all(t.pos_ in ("ADP", "DET", "NOUN", "PROPN", "ADJ", "ADV", "NUM") for t in between)
    return phrase and (not between or between[0].pos_ in ("ADP", "ADV"))


def _is_inserted(between: Span) -> bool:
    """Whether commas set apart all that stands between a verb and its clause: "affirme pourtant, dans un rapport, que"."""
    words = [t for t in between if t.pos_ != "ADV"]
    set_apart = len(words) > 1 and words[0].text == words[-1].text == ","
    return set_apart and not any("Fin" in t.morph.get("VerbForm", []) for t in words)


def _runs_on(between: Span) -> bool:
    """Whether a clause goes on: no conjunction that sets another against it, no second subordination but one beside it."""
    for before, token in zip([None, *between], between, strict=False):
        if token.pos_ == "SCONJ" and (before is None or before.pos_ != "CCONJ"):
            return False
        if token.pos_ == "CCONJ" and Kind.BUT in token.kinds:
            return False
    return True


def _around(chain: list[Link], quoted: Quotation, speaker: Referent, line: Line) -> list[Link]:
    """A chain with the speaker of a quotation between those who speak in it and those who relay it."""
    inside = [(s, w) for s, w in chain if quoted.begin <= line.doc[s.start].idx < quoted.end]
    outside = [link for link in chain if link not in inside and link[0].entity != speaker.entity]
    return [*inside, (speaker, "quotation"), *outside]


def _attribution(chain: list[Link]) -> Attribution:
    distinct: dict[str, Link] = {}
    for speaker, why in chain:
        distinct.setdefault(speaker.entity, (speaker, why))
    if not distinct:
        return Attribution()
    (claimant, why), *outer = distinct.values()
    return Attribution(claimant, tuple(s for s, _ in outer), (f"claimant: {why}",))
