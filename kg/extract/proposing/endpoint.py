"""A second extractor: a language model at an OpenAI-compatible endpoint proposes claims, and what stands is kept.

    extractor = configured(reference)          # by KG_LLM_URL and KG_LLM_MODEL; nothing is asked without them
    extractor.propose(document).set_aside      # what did not stand, with the reasons

Nothing that the model says is believed: its quotations and names must stand in the text, its classes, roles and values in
the ontology, and names are linked by the gazetteer that the rules use. Its claims' method is "endpoint:MODEL".
"""

from __future__ import annotations

import logging
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.errors import CallError
from kg.extract.events.merge import finish
from kg.extract.lexicon import function_words, line_words
from kg.extract.lines.sentences import Sentences
from kg.extract.proposing.chat import Chat
from kg.extract.proposing.linking import Linker
from kg.extract.proposing.prompt import question
from kg.extract.proposing.proposals import Accepted, Proposals, SetAside
from kg.ids import digest
from kg.model import Document, Extraction, Reference, Span
from kg.settings import settings
from kg.vocabulary import Vocabulary
from kg.vocabulary import load as load_vocabulary

PART = 12_000
"""Characters that are asked about at a time: a long article, and little enough for small models."""

_EDITION = "1"
"""Changes whenever the code treats an answer differently."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the endpoint gave for one document."""

    extraction: Extraction
    set_aside: tuple[SetAside, ...]


class Endpoint:
    """Reads documents by asking a chat endpoint. Equal questions are asked once; the answers are kept on disk."""

    name = "endpoint"

    def __init__(self, linker: Linker, vocabulary: Vocabulary, chat: Chat, sentences: Sentences) -> None:
        self._chat = chat
        self._vocabulary = vocabulary
        self._linker = linker
        self._sentences = sentences
        prompt = question(vocabulary, "", None).version
        self.version = digest(_EDITION, prompt, chat.model, linker.version)

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """The extractions of documents, one by one, in order."""
        for document in documents:
            yield self.extract(document)

    def extract(self, document: Document) -> Extraction:
        """What stands of the claims proposed for a document; warns of each that is set aside.

        Raises CallError where the endpoint cannot be reached or refuses, DataError where it fails or its answer is of no
        use.
        """
        proposal = self.propose(document)
        for each in proposal.set_aside:
            _log.warning("%s: a proposed claim is set aside: %s", document.identifier, each.reason)
        return proposal.extraction

    def propose(self, document: Document) -> Proposal:
        """The same, with what is set aside and why; raises as `extract`."""
        sentences = _sentences(document.text, self._sentences)
        begins = [sentence.begin for sentence in sentences]
        proposals = Proposals(
            self._vocabulary,
            self._linker,
            document.text,
            lambda offset: sentences[max(0, bisect_right(begins, offset) - 1)],
            f"{self.name}:{self._chat.model}",
        )
        for part in _parts(document.text):
            asked = question(self._vocabulary, part.of(document.text), document.issued)
            proposals.take(self._chat.ask(asked), part.begin, part.end)
        return Proposal(_extraction(document, sentences, proposals.accepted), tuple(proposals.accepted.set_aside))


def configured(reference: Reference) -> Endpoint:
    """The endpoint of the settings; raises CallError where they name none."""
    chosen = settings()
    for variable, value in (("KG_LLM_URL", chosen.llm_url), ("KG_LLM_MODEL", chosen.llm_model)):
        if not value.strip():
            raise CallError(
                f"No endpoint is set: {variable} is empty.",
                "Set KG_LLM_URL, such as http://localhost:8000/v1, and KG_LLM_MODEL.",
            )
    cache = chosen.llm_cache or chosen.home / "answers"
    chat = Chat(chosen.llm_url, chosen.llm_model, chosen.llm_seconds, cache, chosen.llm_key.get_secret_value())
    lexicon = chosen.ontology / "lexicon" / "fr"
    linker, sentences = Linker(reference, function_words(lexicon)), Sentences(line_words(lexicon))
    return Endpoint(linker, load_vocabulary(chosen.ontology), chat, sentences)


def _extraction(document: Document, sentences: list[Span], accepted: Accepted) -> Extraction:
    finished = [finish(draft, document.identifier) for draft in accepted.drafts.values()]
    return Extraction(
        document=document,
        sentences=tuple(sentences),
        mentions=tuple(sorted(accepted.mentions.values(), key=lambda mention: (mention.span, mention.entity))),
        entities=tuple(accepted.entities[iri] for iri in sorted(accepted.entities)),
        events=tuple({event.iri: event for event, _ in finished}.values()),
        claims=tuple({claim.iri: claim for _, claims in finished for claim in claims}.values()),
    )


def _sentences(text: str, rules: Sentences) -> list[Span]:
    """The sentences of a text, line by line, without blanks around them."""
    spans, position = [], 0
    for line in text.split("\n"):
        starts = [*rules.starts(line), len(line)]
        for begin, end in pairwise(starts):
            sentence = line[begin:end]
            if bare := sentence.strip():
                lead = position + begin + len(sentence) - len(sentence.lstrip())
                spans.append(Span(lead, lead + len(bare)))
        position += len(line) + 1
    return spans


def _parts(text: str) -> Iterator[Span]:
    """The text in parts of at most PART characters, cut at the end of a line, else at a blank, where there is one."""
    begin = 0
    while begin < len(text):
        end = min(begin + PART, len(text))
        if end < len(text):
            cut = max(text.rfind("\n", begin, end), 0) or max(text.rfind(" ", begin, end), 0)
            end = cut if cut > begin else end
        if text[begin:end].strip():
            yield Span(begin, end)
        begin = end
