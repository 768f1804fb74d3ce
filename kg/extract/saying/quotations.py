"""Direct speech and its speakers: the incise after it, the clause before its colon, or whoever spoke before."""

from __future__ import annotations

import re

from kg.extract.lines.parse import Span, Token
from kg.extract.naming.coreference import Referents
from kg.extract.naming.names import AGENTS
from kg.extract.reading import Line, Quotation, Referent
from kg.extract.saying.incises import Incise, Incises
from kg.extract.saying.sources import Sources
from kg.extract.saying.speakers import Speakers
from kg.extract.saying.speech import Speech

_QUOTE = re.compile(r"«[^»]*»?|\"[^\"]*\"?|“[^”]*”?")
_TAG = 80
"""How many characters after a quotation its tag may stand: "», a déclaré le ministre"."""
_ALONE = 3
"""With so few words beside it a quotation goes on with the speaker before."""
_SPEECH_WORDS = 4
"""A quotation of fewer words is a term or a word in doubt, not speech."""


class Quotations:
    """Finds quotations and their speakers, sentence by sentence in the order of the text."""

    def __init__(self, speech: Speech, speakers: Speakers, incises: Incises, sources: Sources) -> None:
        self._speech = speech
        self._speakers = speakers
        self._incises = incises
        self._sources = sources

    def begun_in(self, sentence: Span, line: Line, referents: Referents) -> list[Quotation]:
        """The direct speech that begins in a sentence, with its speakers."""
        text = line.reading.text
        if not any(mark in sentence.text for mark in '«"“'):
            return []
        stretches = [m.span() for m in _QUOTE.finditer(text)]
        found = []
        for begin, end in stretches:
            if sentence.start_char <= begin < sentence.end_char and len(text[begin:end].split()) > _SPEECH_WORDS:
                speaker = self._speaker(begin, end, stretches, line, referents)
                referents.focus.speaker = speaker or referents.focus.speaker
                found.append(Quotation(begin, end, speaker))
        return found

    def _speaker(
        self, begin: int, end: int, stretches: list[tuple[int, int]], line: Line, referents: Referents
    ) -> Referent | None:
        """Who speaks: at the incise beside it, at the nearest verb of saying, "selon X", or whoever spoke before."""
        around = self._around(begin, end, stretches, line)
        marks = [Quotation(b, e, None) for b, e in stretches]
        sentences: dict[int, Span] = {t.sent.start: t.sent for t in around}
        incises = [i for s in sentences.values() for i in self._incises.of(s, marks, line, referents)]
        near = sorted((i for i in incises if _beside(i, begin, end, line)), key=lambda i: abs(i.verb.idx - end))
        if near:
            return near[0].speaker
        if inner := self._within(begin, end, line, referents):
            return inner
        verbs = [t for t in around if self._speech.is_verb(t)]
        for verb in sorted(verbs, key=lambda t: min(abs(t.idx - begin), abs(t.idx - end))):
            if speaker := self._speakers.of_verb(verb, line, referents):
                return speaker
        for sentence in sentences.values():
            if according := self._sources.of(sentence, None, line, referents):
                return according
        return self._unmarked(begin, end, around, line, referents)

    def _within(self, begin: int, end: int, line: Line, referents: Referents) -> Referent | None:
        """The speaker of an incise inside the quotation marks: "« Y, explique X, a … »", its subject after its verb."""
        for sentence in line.doc.sents:
            if sentence.end_char <= begin or sentence.start_char >= end:
                continue
            for incise in self._incises.of(sentence, [], line, referents):
                inside = begin < incise.verb.idx < end and incise.speaker.end > incise.verb.i
                if inside and incise.start > sentence.start + 1:
                    return incise.speaker
        return None

    def _unmarked(self, begin: int, end: int, around: list[Token], line: Line, referents: Referents) -> Referent | None:
        """The speaker of a quotation that no word of saying goes with."""
        subjects = [r for t in around if t.dep_.startswith("nsubj") for r in referents.of(t, line, AGENTS)]
        if line.reading.text[:begin].rstrip().endswith(":"):
            return subjects[-1] if subjects else next(iter(referents.focus.subjects[-1:]), None)
        if len(around) <= _ALONE:
            return referents.focus.speaker or self._following(end, line, referents)
        return subjects[0] if subjects else referents.focus.speaker

    def _following(self, end: int, line: Line, referents: Referents) -> Referent | None:
        """The person with whom the next sentence of the paragraph opens: "« … » Le ministre ne cache pas sa fierté." """
        sentence = next((s for s in line.doc.sents if s.start_char >= end), None)
        subjects = [t for t in sentence or () if t.dep_.startswith("nsubj")][:1]
        found = [r for t in subjects for r in referents.of(t, line, AGENTS)]
        return found[0] if found and found[0].kind == "Person" else None

    def _around(self, begin: int, end: int, stretches: list[tuple[int, int]], line: Line) -> list[Token]:
        """The words outside quotations in the sentences where this one begins and ends, and right after it."""
        first = [s for s in line.doc.sents if s.start_char <= begin < s.end_char]
        last = [s for s in line.doc.sents if s.start_char < end <= s.end_char]
        after = [t for t in line.doc if end <= t.idx < end + _TAG]
        tag = after if after and after[0].text in (",", "-", "–", "—") else []
        tokens = {t.i: t for span in (*first, *last) for t in span} | {t.i: t for t in tag}
        return [t for _, t in sorted(tokens.items()) if not any(b <= t.idx < e for b, e in stretches)]


def _beside(incise: Incise, begin: int, end: int, line: Line) -> bool:
    """Whether an incise stands right after a quotation, or in a sentence with it that it covers."""
    span = line.doc.around(begin, end)
    return span is not None and (incise.start >= span.end - 1 or incise.reports(span[0]) or incise.reports(span[-1]))
