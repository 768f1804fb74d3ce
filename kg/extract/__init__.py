"""Reading: documents in, mentions, events and claims out. The only home of spaCy.

    extractor = Extractor(reference, lexicon_folder)
    extraction = extractor.extract(document)

The same document gives the same extraction whatever was read before it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from kg.extract.amounts import Amounts
from kg.extract.clauses.syntax import Syntax
from kg.extract.dating.chronology import Anchor, Chronology, anchor_of
from kg.extract.dating.dates import Dates
from kg.extract.dating.headings import Headings, setting_at
from kg.extract.events.drafts import Events
from kg.extract.events.merge import Draft, Merger, finish
from kg.extract.events.roles import Roles
from kg.extract.events.security import Security
from kg.extract.events.triggers import Triggers
from kg.extract.lexicon import load as load_lexicon
from kg.extract.lexicon.frames import infinitives
from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.clitics import CLITIC_REPAIR, CliticRepair
from kg.extract.lines.copies import Parses
from kg.extract.lines.inflection import Inflection
from kg.extract.lines.moods import Moods
from kg.extract.lines.parse import Doc
from kg.extract.lines.pipeline import KnownWords, keep_loaded, keep_whole, load_language, model_version
from kg.extract.lines.quantities import Quantities
from kg.extract.lines.recognition import Recognition
from kg.extract.lines.sentences import SENTENCE_RULES, SentenceRules, Sentences
from kg.extract.lines.subjects import SubjectRepair
from kg.extract.lines.tags import TAG_REPAIR, TagRepair
from kg.extract.lines.text import LineKind, reading_lines
from kg.extract.lines.trees import TREE_REPAIR, TreeRepair
from kg.extract.naming.coreference import Referents
from kg.extract.naming.names import Memory, Names
from kg.extract.reading import Line
from kg.model import Document, Extraction, Mention, Reference, Tenure

_READ = frozenset({LineKind.CONTENT, LineKind.TITLE, LineKind.CAPTION, LineKind.RELATED})
_EDITION = "13"
"""Changes whenever the code reads a text differently."""


class Extractor:
    """Reads documents of one language with rules over the parse; one instance a process (loading takes 5–6 s).

    `reference` is the reference data, `lexicon` the folder of the language's frames, such as ontology/lexicon/fr.
    Raises LexiconError where a frame is wrong and DataError where the language's model is missing.
    """

    name = "rules"

    def __init__(self, reference: Reference, lexicon: Path) -> None:
        self.language = lexicon.name
        self._lexicon = load_lexicon(lexicon)
        self._nlp = load_language(self.language)
        cutter: SentenceRules = self._nlp.get_pipe(SENTENCE_RULES)  # type: ignore[assignment]
        cutter.learn(Sentences(self._lexicon.lines))
        mender: TagRepair = self._nlp.get_pipe(TAG_REPAIR)  # type: ignore[assignment]
        syntax = self._lexicon.syntax
        inflection = Inflection(self._lexicon.forms, syntax, infinitives(self._lexicon.frames))
        saying = frozenset(self._lexicon.reporting.verbs) | frozenset(self._lexicon.reporting.accusing)
        lemmas = self._nlp.get_pipe("lemmatizer").lookups.get_table("lemma_lookup")  # type: ignore[attr-defined]
        mender.learn(syntax, inflection, saying, lemmas)
        keep_whole(self._nlp, self._lexicon.names.whole)
        clitics: CliticRepair = self._nlp.get_pipe(CLITIC_REPAIR)  # type: ignore[assignment]
        clitics.learn(syntax, inflection)
        trees: TreeRepair = self._nlp.get_pipe(TREE_REPAIR)  # type: ignore[assignment]
        trees.learn(syntax, inflection)
        self._parses = Parses(self._nlp.vocab, self._lexicon.function, Moods(self._lexicon.moods, self._lexicon.forms))
        self._subjects = SubjectRepair(self._lexicon)
        self._recognition = Recognition(self._nlp)
        self._known = KnownWords(self._nlp)
        self._quantities = Quantities(self._lexicon.quantities)
        self._amounts = Amounts(self._lexicon.amounts)
        self._reference = reference
        self._tenures: dict[str, list[Tenure]] = {}
        for tenure in sorted(reference.tenures, key=lambda t: t.earliest or ""):
            self._tenures.setdefault(tenure.person, []).append(tenure)
        self._names = Names(reference, self._lexicon)
        self._dates = Dates(self._lexicon.dates)
        self._headings = Headings(self._lexicon.dates)
        self._chronology = Chronology(self._lexicon.dates, reference)
        self._syntax = Syntax(self._lexicon)
        roles = Roles(reference, self._syntax, self._lexicon)
        self._triggers = Triggers(self._lexicon, self._nlp, self._syntax)
        self._security = Security(self._lexicon.security, self._lexicon.function.endings[Kind.PLURAL])
        self.events = Events(self._lexicon, self._triggers, roles, self._syntax, self._security)
        self._referents = Referents(reference, self._lexicon)
        self.version = hashlib.sha256(
            "\0".join((_EDITION, self._lexicon.version, reference.version, model_version(self.language))).encode()
        ).hexdigest()
        keep_loaded()

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """The extractions of documents, one by one, in order."""
        for document in documents:
            yield self.extract(document)

    def extract(self, document: Document) -> Extraction:
        """All that one document gives: sentences, mentions, entities of its own, events and claims."""
        readings = [
            r
            for r in reading_lines(document.text, self._lexicon.lines, self._known.__contains__, self._quantities.spare)
            if r.kind in _READ
        ]
        docs = self._parse(reading.text for reading in readings)
        names, memory = self._names.read(docs, document.issued)
        lines = [
            Line(number, reading, doc, found, self._dates.find(reading.text))
            for number, (reading, doc, found) in enumerate(zip(readings, docs, names, strict=True))
        ]
        for above, below in pairwise(lines):
            below.previous = above
        anchor = anchor_of(document.issued) or self._chronology.anchor(document.text, lines)
        issued = document.issued or (anchor.day.isoformat() if anchor else None)
        headings = self._headings.find(document.text, anchor.day if anchor else None)
        for line in lines:
            line.setting = setting_at(headings, line.reading.offsets[0])
            line.settle(lambda iri: self._chronology.occasions.settled(iri, anchor.day if anchor else None))
        drafts = self._drafts(document.text, lines, memory, anchor)
        identities = _Identities(self._tenures, issued)
        merged = Merger(
            identities.__getitem__, self._is_broader, self._is_part, self._reference.entities.__contains__
        ).merge(drafts)
        length = sum(len(doc) for doc in docs)
        holds = self.events.choice.standing.holds
        finished = [finish(draft, document.identifier) for draft in merged if holds(draft.stands, length)]
        events = tuple({event.iri: event for event, _ in finished}.values())
        claims = tuple({c.iri: c for _, claims in finished for c in claims}.values())
        return Extraction(
            document=document,
            sentences=tuple(
                sorted({line.reading.sentence(s.start_char, s.end_char) for line in lines for s in line.doc.sents})
            ),
            mentions=self._mentions(lines),
            entities=tuple(memory.entities[iri] for iri in sorted(self._named(lines) & set(memory.entities))),
            events=events,
            claims=tuple(self._amounts.of(document.text, events, claims)),
            dateline=anchor.day.isoformat() if document.issued is None and anchor and not anchor.inferred else None,
            words=self._words(docs),
        )

    def _parse(self, texts: Iterable[str]) -> list[Doc]:
        """The parses of lines, whose names `ner` is yet to be asked for."""
        parses = list(self._nlp.pipe(texts, disable=["ner"]))
        docs = [self._subjects(self._parses.copy(parse)) for parse in parses]
        self._recognition.over(parses, docs)
        return docs

    def _words(self, docs: Iterable[Doc]) -> frozenset[str]:
        """The forms and lemmas of these lines, folded, as phrases of triggers are compared with them."""
        forms = {(token.text, token.lemma_) for doc in docs for token in doc}
        return frozenset().union(*(self._triggers.looked_up(text, lemma) for text, lemma in forms))

    def _drafts(self, text: str, lines: list[Line], memory: Memory, anchor: Anchor | None) -> list[Draft]:
        referents = self._referents.afresh(memory.full, anchor.day.isoformat() if anchor else None)
        self.events.attributions.listen(text, lines, referents)
        sentences = [(line, sentence) for line in lines for sentence in line.doc.sents]
        weights = [self._security.weight(sentence, line) for line, sentence in sentences]
        topic = self._security.topic(sentences, weights)
        drafts: list[Draft] = []
        for index, (line, sentence) in enumerate(sentences):
            referents.focus.speaker = line.voice or referents.focus.speaker
            line.quotations += self.events.attributions.quotations(sentence, line, referents)
            if not topic.foreign or self._security.is_named(sentence, line):
                secure = topic.secure or weights[index] >= 1 or self._security.leans(sentence, line)
                secure = secure or (topic.brief and self._security.statesmen(sentence, line))
                drafts += self.events.read(sentence, line, referents, anchor, secure, secure and not topic.foreign)
            self.events.remembering.note(sentence, line, referents)
        return drafts

    def _mentions(self, lines: list[Line]) -> tuple[Mention, ...]:
        found = []
        for line in lines:
            for named in line.names:
                entity = named.place if named.is_place and named.place else named.entity
                found.append(Mention(line.reading.span(named.begin, named.stop), entity, named.rule, named.confidence))
        return tuple(sorted(found, key=lambda m: (m.span, m.entity)))

    def _named(self, lines: list[Line]) -> set[str]:
        return {named.entity for line in lines for named in line.names}

    def _is_broader(self, broad: str, narrow: str) -> bool:
        """Whether one weapon category or system falls under another."""
        return _leads(self._reference.categories, narrow, broad)

    def _is_part(self, body: str, whole: str) -> bool:
        """Whether a body is part of an organisation or of a state."""
        return _leads(self._reference.wholes, body, whole)


def _leads(links: Mapping[str, str], low: str, high: str) -> bool:
    """Whether one entity stands above another, at any height that reference data has."""
    for _ in range(8):
        above = links.get(low)
        if above is None or above == high:
            return above is not None
        low = above
    return False


class _Identities(dict[str, str]):
    """The identities of agents for merging: the state for whom a person held office when the document appeared."""

    def __init__(self, tenures: Mapping[str, list[Tenure]], issued: str | None) -> None:
        super().__init__()
        self._tenures = tenures
        self._issued = issued

    def __missing__(self, entity: str) -> str:
        day = (self._issued or "9999")[:10]
        begun = [t for t in self._tenures.get(entity, ()) if self._issued is None or (t.earliest or "") <= day]
        self[entity] = known = begun[-1].body if begun else entity
        return known
