"""Who says so: the speakers of quotations, the subjects of reporting verbs, "selon X", and what they relay.

The claimant of a claim is the innermost speaker; those outside him relay it. The text's own voice has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.extract.coreference import Referents
from kg.extract.lexicon import Reporting
from kg.extract.names import AGENTS
from kg.extract.reading import Line, Quotation, Referent
from kg.extract.syntax import Syntax
from kg.extract.words import fold_word

_QUOTE = re.compile(r"«[^»]*»?|\"[^\"]*\"?")
_TAG = 80
"""How many characters after a quotation its tag may stand: "», a déclaré le ministre"."""
_ALONE = 3
"""With so few words beside it a quotation goes on with the speaker before."""
_SPEECH_WORDS = 4
"""A quotation of fewer words is a term or a word in doubt, not speech."""
_NOMINAL = frozenset(
    {
        "annoncer",
        "confirmer",
        "révéler",
        "promettre",
        "revendiquer",
        "signaler",
        "rapporter",
        "démentir",
        "nier",
        "évoquer",
    }
)
"""Verbs whose nominal object is what they say: "annoncer la livraison"."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """The claimant of a trigger, who relays it, and the words that say so."""

    claimant: Referent | None = None
    relays: tuple[Referent, ...] = ()
    evidence: tuple[str, ...] = ()


class Attributions:
    """Finds speakers."""

    def __init__(self, reporting: Reporting, syntax: Syntax) -> None:
        self._verbs = {fold_word(v) for v in reporting.verbs}
        self._accusing = {fold_word(v) for v in reporting.accusing}
        self._denying = {fold_word(v) for v in reporting.denying}
        self._prepositions = tuple(sorted(reporting.prepositions, key=len, reverse=True))
        self._speaking = self._verbs | self._accusing | self._denying
        self._syntax = syntax

    def quotations(self, line: Line, referents: Referents) -> list[Quotation]:
        """The direct speech of a line with its speakers, over all its sentences."""
        text = line.reading.text
        stretches = [m.span() for m in _QUOTE.finditer(text)]
        found = []
        for begin, end in stretches:
            if len(text[begin:end].split()) > _SPEECH_WORDS:
                speaker = self._speaker(begin, end, stretches, line, referents)
                referents.focus.speaker = speaker or referents.focus.speaker
                found.append(Quotation(begin, end, speaker))
        return found

    def _speaker(
        self, begin: int, end: int, stretches: list[tuple[int, int]], line: Line, referents: Referents
    ) -> Referent | None:
        """Who speaks: the subject of the nearest reporting verb around the quotation, "selon X", or whoever spoke before."""
        around = self._around(begin, end, stretches, line)
        verbs = [t for t in around if t.pos_ in ("VERB", "AUX", "ADJ") and self._is_reporting(t)]
        for verb in sorted(verbs, key=lambda t: min(abs(t.idx - begin), abs(t.idx - end))):
            if speaker := self.speaker_of(verb, line, referents):
                return speaker
        sentences: dict[int, Span] = {t.sent.start: t.sent for t in around}
        for sentence in sentences.values():
            if according := self._according_to(sentence, None, line, referents):
                return according
        subjects = [r for t in around if t.dep_.startswith("nsubj") for r in referents.of(t, line, AGENTS)]
        if line.reading.text[:begin].rstrip().endswith(":"):
            return subjects[-1] if subjects else next(iter(referents.focus.subjects[-1:]), None)
        if len(around) <= _ALONE:
            return referents.focus.speaker
        return subjects[0] if subjects else referents.focus.speaker

    def _around(self, begin: int, end: int, stretches: list[tuple[int, int]], line: Line) -> list[Token]:
        """The words outside quotations in the sentences where this one begins and ends, and right after it."""
        first = [s for s in line.doc.sents if s.start_char <= begin < s.end_char]
        last = [s for s in line.doc.sents if s.start_char < end <= s.end_char]
        after = [t for t in line.doc if end <= t.idx < end + _TAG]
        tag = after if after and after[0].text in (",", "-", "–", "—") else []
        tokens = {t.i: t for span in (*first, *last) for t in span} | {t.i: t for t in tag}
        return [t for _, t in sorted(tokens.items()) if not any(b <= t.idx < e for b, e in stretches)]

    def denial(self, sentence: Span, line: Line, referents: Referents) -> tuple[int, Referent] | None:
        """Who denies all that stands before: "…, ce que Pékin dément"; with the token where the denial begins."""
        for token in sentence:
            if fold_word(token.lemma_) not in self._denying:
                continue
            before = token.doc[max(sentence.start, token.i - 8) : token.i]
            start = next((t.i for t in before if t.lower_ == "ce" and t.i + 1 < token.i), None)
            if start is None or token.doc[start + 1].lower_ not in ("que", "qu'"):
                continue
            for other in token.doc[start + 2 : token.i]:
                if found := referents.of(other, line, AGENTS):
                    return start, found[0]
        return None

    def _is_reporting(self, token: Token) -> bool:
        return token.pos_ in ("VERB", "AUX", "ADJ") and (fold_word(token.lemma_) in self._speaking)

    def speaker_of(self, verb: Token, line: Line, referents: Referents) -> Referent | None:
        """The subject of a reporting verb, also where it is inverted: ", a déclaré le ministre"."""
        for subject, _ in self._syntax.subjects(verb):
            if standing := referents.of(subject, line, AGENTS):
                return standing[0]
        if self._syntax.is_passive(verb):
            agents = [a.token for a in self._syntax.arcs(verb) if a.relation == "agent"]
            return next((r for t in agents for r in referents.of(t, line, AGENTS)), None)
        if inverted := self._inverted(verb, line, referents):
            return inverted
        for token in reversed(verb.doc[max(verb.sent.start, verb.i - 3) : verb.i + 3]):
            if token.lower_.startswith("-") and referents.focus.speaker:
                return referents.focus.speaker
            if token.lower_ in ("-il", "-elle", "-t-il", "il", "elle", "-ils") and (
                found := referents.of(token, line, AGENTS)
            ):
                return found[0]
        return None

    def _inverted(self, verb: Token, line: Line, referents: Referents) -> Referent | None:
        """The subject that follows its verb: ", a déclaré le ministre"."""
        for token in verb.doc[verb.i + 1 : min(verb.i + 7, verb.sent.end)]:
            if token.pos_ in ("ADP", "SCONJ", "PUNCT", "CCONJ") and token.text not in ("-", "«"):
                if token.pos_ == "ADP" and token.i == verb.i + 1:
                    continue
                break
            if token.pos_ in ("NOUN", "PROPN", "PRON", "ADJ") and (found := referents.of(token, line, AGENTS)):
                return found[0]
        return None

    def of(
        self, token: Token, noun: bool, quotations: list[Quotation], line: Line, referents: Referents
    ) -> Attribution:
        """The claimant of what a trigger says, with relays, innermost first."""
        chain = [(s, why) for s, why in self._chain(token, noun, line, referents)]
        quoted = next((q for q in quotations if q.begin <= token.idx < q.end), None)
        if quoted is not None and quoted.speaker is not None:
            inside = [
                (s, w) for s, w in chain if line.doc[s.start].idx >= quoted.begin and line.doc[s.start].idx < quoted.end
            ]
            outside = [(s, w) for s, w in chain if (s, w) not in inside and s.entity != quoted.speaker.entity]
            chain = [*inside, (quoted.speaker, "quotation"), *outside]
        if quoted is None and not chain and (aside := self._aside(token, quotations, line, referents)):
            chain.append(aside)
        if according := self._according_to(token.sent, token, line, referents):
            chain.append((according, "selon"))
        distinct: dict[str, tuple[Referent, str]] = {}
        for speaker, why in chain:
            distinct.setdefault(speaker.entity, (speaker, why))
        if not distinct:
            return Attribution()
        (claimant, why), *outer = distinct.values()
        return Attribution(claimant, tuple(s for s, _ in outer), (f"claimant: {why}",))

    def _chain(self, token: Token, noun: bool, line: Line, referents: Referents) -> list[tuple[Referent, str]]:
        """The subjects of the reporting verbs above a trigger, innermost first."""
        chain: list[tuple[Referent, str]] = []
        child, nominal, steps = token, noun, 0
        while child.head != child and steps < 10:
            head, dep = child.head, child.dep_
            if (
                head.pos_ in ("VERB", "AUX")
                and self._reports(head, child, dep, nominal)
                and (speaker := self.speaker_of(head, line, referents))
            ):
                chain.append((speaker, head.text))
            if dep in ("ccomp", "xcomp", "acl", "acl:relcl", "advcl"):
                nominal = False
            if head.pos_ == "NOUN" and dep in ("nmod", "acl"):
                nominal = nominal or head.pos_ == "NOUN"
            child, steps = head, steps + 1
        return chain

    def _aside(
        self, token: Token, quotations: list[Quotation], line: Line, referents: Referents
    ) -> tuple[Referent, str] | None:
        """The speaker of a parenthetical verb: "Berlin, rappelle-t-il, a livré …", "…, a précisé le ministre"."""
        for verb in token.sent:
            if verb == token or not self._is_reporting(verb) or any(q.begin <= verb.idx < q.end for q in quotations):
                continue
            following = verb.doc[verb.i + 1 : verb.i + 2]
            inverted = bool(following) and following[0].lower_.startswith(("-t", "-il", "-elle", "-ils"))
            inverted = inverted or any(
                c.lower_ in ("-t-il", "-il", "-elle", "-t-elle") or c.lower_.startswith("-t")
                for a in verb.children
                if a.dep_.startswith("aux")
                for c in (a, *a.children)
            )
            lead = verb.doc[verb.i - 1] if verb.i else None
            if lead is not None and lead.pos_ == "AUX":
                lead = verb.doc[lead.i - 1] if lead.i else None
            clause = any(c.dep_ in ("ccomp", "xcomp") and c.i > verb.i for c in verb.children)
            own_subject = any(c.dep_.startswith("nsubj") and c.i < verb.i for c in verb.children)
            inverted = inverted or (
                lead is not None
                and lead.text == ","
                and lead.i > 0
                and line.doc[lead.i - 1].text not in ("»", '"')
                and not clause
                and not own_subject
                and not verb.lower_.endswith("ant")
                and bool(following)
                and following[0].pos_ in ("DET", "PROPN", "NOUN", "ADJ", "ADV")
            )
            preceded = any(t.text == "," for t in verb.doc[max(verb.sent.start, verb.i - 3) : verb.i])
            if inverted and preceded:
                speaker = self._inverted(verb, line, referents) or self.speaker_of(verb, line, referents)
                if speaker:
                    return speaker, verb.text
        return None

    def _reports(self, head: Token, child: Token, dep: str, nominal: bool) -> bool:
        lemma = fold_word(head.lemma_)
        if lemma in self._accusing:
            return dep in ("xcomp", "ccomp", "obl:arg", "obl:mod", "advcl", "nmod") and child.i > head.i
        if lemma in self._denying:
            return dep in ("xcomp", "ccomp")
        if lemma not in self._verbs:
            return False
        clause = next((c for c in head.children if c.dep_ == "ccomp" and c.i > head.i), None)
        if dep == "ccomp" or (clause is not None and child.i > clause.i):
            return True
        if dep == "xcomp":
            return child.pos_ in ("VERB", "AUX", "ADJ")
        if dep == "parataxis":
            return False
        return dep in ("obj", "nsubj:pass") and nominal and head.lemma_ in _NOMINAL

    def _according_to(self, sentence: Span, token: Token | None, line: Line, referents: Referents) -> Referent | None:
        """The agent of "selon X", "d'après X" in the trigger's own clause."""
        lowered = sentence.text.lower()
        for preposition in self._prepositions:
            if preposition == "pour":
                continue
            for match in re.finditer(rf"(?<!\w){re.escape(preposition)}(?!\w)", lowered):
                begin = sentence.start_char + match.end()
                place = sentence.start_char + match.start()
                if lowered[match.end() :].lstrip().startswith(("lequel", "laquelle", "lesquel", "que ", "qu'")):
                    continue
                if token is not None and (self._is_apart(token, place, line) or not self._covers(token, place, line)):
                    continue
                for candidate in (
                    line.doc.char_span(begin, min(begin + 60, sentence.end_char), alignment_mode="expand") or ()
                ):
                    if candidate.idx < begin:
                        continue
                    if candidate.text in (",", ".") or candidate.pos_ == "VERB":
                        break
                    if candidate.pos_ in ("NOUN", "PROPN", "ADJ", "PRON") and (
                        found := referents.of(candidate, line, AGENTS)
                    ):
                        return found[0]
        return None

    def _covers(self, token: Token, place: int, line: Line) -> bool:
        """Whether "selon X" speaks for a trigger: before the first verb it does for the whole sentence, else for its own clause."""
        span = line.doc.char_span(place, place + 1, alignment_mode="expand")
        if span is None:
            return False
        word = span[0]
        finite = [t for t in token.sent if t.pos_ in ("VERB", "AUX") and "Fin" in t.morph.get("VerbForm", [])]
        if not finite or word.i < finite[0].i:
            return True
        verbs = [a for a in word.ancestors if a.pos_ in ("VERB", "AUX")]
        return not verbs or verbs[0] == token or verbs[0] in token.ancestors or token.i > word.i

    def _is_apart(self, token: Token, place: int, line: Line) -> bool:
        """Whether another sentence part stands between: "selon X" after a semicolon, or in a quotation that the trigger is outside of."""
        low, high = sorted((token.idx, place))
        between = line.reading.text[low:high]
        return ";" in between or between.count("«") != between.count("»")
