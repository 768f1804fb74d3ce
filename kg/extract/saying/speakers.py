"""Who speaks: the subject of a verb of saying, before it, after it or far from it, and the agent that a noun phrase names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.clauses.syntax import Syntax
from kg.extract.lexicon.function_words import Kind
from kg.extract.lexicon.reporting_words import Reporting
from kg.extract.lines.parse import Token
from kg.extract.naming.coreference import Referents
from kg.extract.naming.names import AGENTS
from kg.extract.reading import Line, Referent
from kg.extract.saying.speech import Speech

_STOPS = frozenset({",", ";", ":", ".", "!", "?", "»", "«", "(", ")", "–", "—"})
_ASIDE = 12
"""How many tokens an aside between a verb of saying and its subject may have."""
_AUTHOR = 14
"""How far behind a document's noun its author may be named: "un rapport publié mardi par l'ONG …"."""


class Speakers:
    """Resolves speakers with the parse first and the order of words second, since the parse errs on incises."""

    def __init__(self, words: Reporting, speech: Speech, syntax: Syntax) -> None:
        self._speech = speech
        self._syntax = syntax
        self._general = frozenset(words.said_in_general)

    def of_verb(self, verb: Token, line: Line, referents: Referents) -> Referent | None:
        """The speaker of a verb that has its own place in the parse: its subject, or the agent of its passive."""
        bare = self._syntax.is_participle(verb) and not verb.is_helped and not _shares_auxiliary(verb)
        undergone = bare or self._syntax.is_passive(verb) or self._syntax.is_undergone(verb)
        if undergone and not self._speech.is_certain(verb):
            agents = [a.token for a in self._syntax.arcs(verb) if a.relation in ("agent", self._syntax.led.by)]
            return self._first(agents, line, referents)
        subjects = [subject for subject, _ in self._syntax.subjects(verb)]
        return (
            self._first(subjects, line, referents)
            or self._clitic(verb, True, line, referents)
            or self._adjacent(verb, line, referents)
        )

    def of_incise(self, verb: Token, quoting: bool, line: Line, referents: Referents) -> Referent | None:
        """The speaker of a verb that stands before its subject: "…, a déclaré lundi à Riyad le ministre".

        After a quotation (`quoting`) a pronoun goes on with who spoke before; else it takes up the subject before.
        """
        if general := self._general_speaker(verb, line):
            return general
        if pronoun := self._clitic(verb, quoting, line, referents):
            return pronoun
        return self.in_phrase(
            verb.doc[self._behind_asides(verb, line, referents) : verb.sent.end], line, referents, free=True
        )

    def _behind_asides(self, verb: Token, line: Line, referents: Referents) -> int:
        """Where the phrase after a verb begins, over asides that name no speaker: "a déclaré, mardi 3 mars, à Lima, le ministre"."""
        begin, doc = verb.i + 1, verb.doc
        opening = begin
        while opening < verb.sent.end and doc[opening].text == ",":
            closing = next((t.i for t in doc[opening + 1 : verb.sent.end] if t.text in _STOPS), None)
            if closing is None or doc[closing].text != "," or closing - opening > _ASIDE:
                break
            aside = doc[opening + 1 : closing]
            if any("Fin" in t.morph.get("VerbForm", []) for t in aside) or self.in_phrase(
                aside, line, referents, free=True
            ):
                break
            opening, begin = closing, closing + 1
        return begin

    def in_phrase(
        self, tokens: Iterable[Token], line: Line, referents: Referents, free: bool = False
    ) -> Referent | None:
        """The first agent that tokens name up to a pause; with `free`, not one that a preposition governs."""
        adjective: Referent | None = None
        for token in tokens:
            joins = token.pos_ in ("SCONJ", "CCONJ") and Kind.AND not in token.kinds
            if joins or token.text in _STOPS or Kind.THAT in token.kinds:
                break
            if free and _governed(token):
                continue
            if token.pos_ not in ("NOUN", "PROPN", "ADJ", "PRON", "X", "NUM", "VERB"):
                continue
            if found := self.named_by(token, line, referents):
                if found.rule == "adjective":
                    adjective = adjective or found
                    continue
                return found
        return adjective

    def named_by(self, token: Token, line: Line, referents: Referents) -> Referent | None:
        """The agent that one token stands for: itself, or the author of what it says was written."""
        if self._speech.is_document(token):
            return self._author(token, line, referents) or self._owner(token, line, referents)
        return next(iter(referents.of(token, line, AGENTS)), None)

    def _owner(self, token: Token, line: Line, referents: Referents) -> Referent | None:
        """Whom the possessive before a document means: "leur rapport indique que"."""
        owners = (c for c in token.lefts if c.dep_ == "det" and "Yes" in c.morph.get("Poss", []))
        return next((found[0] for c in owners if (found := referents.of(c, line, AGENTS))), None)

    def _author(self, token: Token, line: Line, referents: Referents) -> Referent | None:
        for other in token.doc[token.i + 1 : min(token.sent.end, token.i + _AUTHOR)]:
            if other.text == "," and other.i == token.i + 1 and self._syntax.is_participle(token.doc[other.i + 1]):
                continue
            if other.text in _STOPS or "Fin" in other.morph.get("VerbForm", []):
                return None
            if other.pos_ in ("NOUN", "PROPN", "ADJ") and (found := referents.of(other, line, AGENTS)):
                return found[0]
        return None

    def _first(self, tokens: Iterable[Token], line: Line, referents: Referents) -> Referent | None:
        return next((r for t in tokens if (r := self.named_by(t, line, referents))), None)

    def _clitic(self, verb: Token, quoting: bool, line: Line, referents: Referents) -> Referent | None:
        """The speaker whom a pronoun hung on the verb or its auxiliary takes up: "a-t-il ajouté", "rappelle-t-elle"."""
        near = verb.doc[max(verb.sent.start, verb.i - 4) : verb.i + 3]
        for token in near:
            if not token.lower_.startswith("-") or token.pos_ != "PRON" or len(token) < 3:
                continue
            if token.lower_.lstrip("-") in self._general:
                continue
            before = referents.focus.speaker
            found = next(iter(referents.of(token, line, AGENTS)), None)
            return before if before and (quoting or found is None or found.kind != "Person") else found
        return None

    def _general_speaker(self, verb: Token, line: Line) -> Referent | None:
        """Those of a place for whom an indefinite subject stands: "assure-t-on à Varsovie", "dit-on de source russe"."""
        following = verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + 9)]
        if not any(t.lower_.lstrip("-") in self._general for t in (*verb.lefts, *following[:3])):
            return None
        for token in following:
            for named in line.at.get(token.i, ()):
                if named.kind in AGENTS:
                    return Referent(named.entity, named.kind, "place", named.start, named.end, 0.8)
        return None

    def _adjacent(self, verb: Token, line: Line, referents: Referents) -> Referent | None:
        """The name right before a verb, over its abbreviation or an inserted phrase: "Le Monde, sur la foi de deux diplomates, assure"."""
        index = group_start(verb) - 1
        if index >= verb.sent.start and verb.doc[index].text == ")":
            index = next((t.i for t in _back(verb, index - 1) if t.text == "("), index + 1) - 1
        if index >= verb.sent.start and verb.doc[index].text == ",":
            index = next((t.i for t in _back(verb, index - 1) if t.text == ","), index + 1) - 1
        for token in _back(verb, index):
            if token.text in _STOPS or token.pos_ in ("VERB", "AUX", "ADP", "CCONJ", "SCONJ"):
                return None
            named = [n for n in line.at.get(token.i, ()) if n.kind in AGENTS]
            if named and not _governed(token.doc[named[0].start]):
                return referents.referent(named[0])
        return None


def _shares_auxiliary(verb: Token) -> bool:
    """Whether a participle goes on from one in the active voice: "a condamné X et affirmé que"."""
    helping = [c for c in verb.head.children if c.dep_.startswith("aux")]
    return verb.dep_ == "conj" and bool(helping) and all(c.dep_ == "aux:tense" for c in helping)


def group_start(verb: Token) -> int:
    """Where the verb's group begins, over auxiliaries, clitics, negation and adverbs."""
    index = verb.i
    while index > verb.sent.start:
        before = verb.doc[index - 1]
        clitic = before.pos_ == "PRON" and (before.lower_.startswith("-") or "Yes" in before.morph.get("Reflex", []))
        clitic = clitic or (before.pos_ == "PRON" and before.dep_ in ("iobj", "obj", "dep", "expl:subj", "expl:comp"))
        if not (clitic or before.pos_ in ("AUX", "VERB", "ADV") or Kind.LINKING in before.kinds):
            break
        index -= 1
    return index


def _back(verb: Token, index: int) -> Iterator[Token]:
    """The tokens of the verb's sentence from an index backwards."""
    for place in range(index, verb.sent.start - 1, -1):
        yield verb.doc[place]


def _governed(token: Token) -> bool:
    """Whether a preposition stands before the noun phrase of a token, told by the words before it."""
    index = token.i
    while index > token.sent.start and token.doc[index - 1].pos_ in ("ADJ", "NUM", "PROPN"):
        index -= 1
    if index > token.sent.start and token.doc[index - 1].pos_ == "DET":
        index -= 1
    return index > token.sent.start and token.doc[index - 1].pos_ == "ADP"
