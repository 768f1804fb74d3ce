"""The mapping: what one document gave, as quads in the document's own graph, in the terms of the ontology.

Nothing is said here of entities that the reference data knows: their IRIs point to the reference graph. Every
quotation is cut from the text at its offsets, so that nif:anchorOf always equals the text from begin to end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

import pyoxigraph as ox

from kg import copies, credits
from kg.errors import DataError
from kg.evidence import numbered
from kg.ids import entity_iri, fold, hashed_iri
from kg.model import Amount, Claim, Document, Entity, Event, Extraction, Filler, Mention, Span
from kg.namespaces import AC, DCTERMS, ITSRDF, NIF, PROV, RDF, SCHEMA, SKOS, XSD

Fact = tuple[str, str, "ox.NamedNode | ox.Literal"]
"""Subject and predicate as IRIs, and the object."""

NAME_LANGUAGE = "fr"
"""The language of the names that texts give to entities: the extractor reads French."""

ISSUED_TYPES = ((r"\d{4}-\d{2}-\d{2}", "date"), (r"\d{4}-\d{2}", "gYearMonth"), (r"\d{4}", "gYear"))


def quads(extraction: Extraction, outlets: Mapping[str, str] | None = None) -> Iterator[ox.Quad]:
    """All that the document gave as quads, each once, in an order that depends on the extraction alone.

    `outlets` gives the IRI of each media outlet that the reference data knows, by its folded name
    (kg.ids.fold); another publisher gets an entity of its own. Raises DataError where a span lies outside the
    text, a claim is about an event that the extraction does not hold, a confidence is not within 0 and 1, or
    a date of publication is none.
    """
    graph = ox.NamedNode(extraction.document.iri)
    for subject, predicate, value in dict.fromkeys(_facts(extraction, outlets or {})):
        yield ox.Quad(_node(subject), _node(predicate), value, graph)


def _facts(extraction: Extraction, outlets: Mapping[str, str]) -> Iterator[Fact]:
    document = extraction.document
    yield from _document(extraction, outlets)
    for span in sorted({*extraction.sentences, *(claim.sentence for claim in extraction.claims)}):
        yield from _quotation(document, "sentence", span)
    for mention in extraction.mentions:
        yield from _mention(document, mention)
    for entity in extraction.entities:
        yield from _entity(entity)
    for event in extraction.events:
        yield from _event(document, event)
    events = {event.iri: event for event in extraction.events}
    for claim in extraction.claims:
        if claim.event not in events:
            raise DataError(
                f"{document.identifier}: {claim.iri} is about {claim.event}, which is not among its events.",
                "Give the event in the same extraction as its claims.",
            )
        yield from _claim(document, claim, events[claim.event])


def _document(extraction: Extraction, outlets: Mapping[str, str]) -> Iterator[Fact]:
    document = extraction.document
    iri = document.iri
    yield iri, RDF + "type", _node(AC + "Document")
    yield iri, RDF + "type", _node(NIF + "Context")
    yield iri, DCTERMS + "identifier", ox.Literal(document.identifier)
    if document.title is not None:
        yield iri, DCTERMS + "title", _in_language(document.title, document)
    yield iri, DCTERMS + "language", ox.Literal(document.language)
    yield from _day(extraction)
    if document.publisher is not None:
        yield from _publisher(iri, document.publisher, outlets)
    if document.author is not None:
        yield iri, SCHEMA + "creditText", ox.Literal(document.author)
    for agency in credits.agencies(document):
        yield iri, SCHEMA + "sourceOrganization", _node(agency)
    yield iri, DCTERMS + "source", ox.Literal(document.source)
    if document.url is not None:
        yield iri, SCHEMA + "url", _typed(document.url, "anyURI")
    yield iri, AC + "contentHash", ox.Literal(document.content_hash)
    if (signature := copies.signature(extraction)) is not None:
        yield iri, AC + "minHash", _typed(signature, "base64Binary")
    yield iri, NIF + "isString", ox.Literal(document.text)


def _day(extraction: Extraction) -> Iterator[Fact]:
    """When the document was published, and how that is known."""
    document = extraction.document
    issued, known = document.issued, document.dated_by
    if issued is None and extraction.dateline is not None:
        issued, known = extraction.dateline, "dateline"
    if issued is not None:
        yield document.iri, DCTERMS + "issued", _issued(issued, document)
        yield document.iri, AC + "datedBy", ox.Literal(known or "metadata")


def _publisher(document_iri: str, name: str, outlets: Mapping[str, str]) -> Iterator[Fact]:
    known = outlets.get(fold(name))
    outlet = Entity(known or entity_iri("MediaOutlet", name), "MediaOutlet", name, reconciled=known is not None)
    yield document_iri, DCTERMS + "publisher", _node(outlet.iri)
    yield from _entity(outlet)


def _quotation(document: Document, folder: str, span: Span) -> Iterator[Fact]:
    """A stretch of the text as a NIF string: a sentence, or a phrase for a mention or trigger."""
    words = _words(document, folder, span)
    iri = _quotation_iri(document, folder, span)
    yield iri, RDF + "type", _node(NIF + ("Sentence" if folder == "sentence" else "Phrase"))
    yield iri, NIF + "referenceContext", _node(document.iri)
    yield iri, NIF + "beginIndex", _typed(str(span.begin), "nonNegativeInteger")
    yield iri, NIF + "endIndex", _typed(str(span.end), "nonNegativeInteger")
    yield iri, NIF + "anchorOf", ox.Literal(words)


def _mention(document: Document, mention: Mention) -> Iterator[Fact]:
    yield from _quotation(document, "mention", mention.span)
    iri = _quotation_iri(document, "mention", mention.span)
    yield iri, ITSRDF + "taIdentRef", _node(mention.entity)
    yield iri, AC + "method", ox.Literal(mention.rule)
    yield iri, AC + "confidence", _confidence(mention.confidence, iri)


def _entity(entity: Entity) -> Iterator[Fact]:
    """An entity that only texts name; of one that the reference data knows nothing is restated."""
    if entity.reconciled:
        return
    yield entity.iri, RDF + "type", _node(AC + entity.kind)
    yield entity.iri, SKOS + "prefLabel", ox.Literal(entity.label, language=NAME_LANGUAGE)
    yield entity.iri, AC + "reconciled", _typed("false", "boolean")
    for other in entity.names:
        yield entity.iri, SKOS + "altLabel", ox.Literal(other, language=NAME_LANGUAGE)
    for name, value in entity.facts:
        yield entity.iri, AC + name, _node(value)


def _event(document: Document, event: Event) -> Iterator[Fact]:
    yield event.iri, RDF + "type", _node(AC + event.kind)
    for filler in event.fillers:
        yield event.iri, AC + filler.role, _node(filler.entity)
    when = event.when
    if when is None:
        return
    yield event.iri, AC + "edtf", ox.Literal(when.edtf)
    for name, day in (("earliest", when.earliest), ("latest", when.latest)):
        if day is not None:
            yield event.iri, AC + name, _typed(day, "date")
    if when.span is not None:
        yield event.iri, AC + "whenText", ox.Literal(_words(document, "date", when.span))
    if when.anchor is not None:
        yield event.iri, AC + "countedFrom", ox.Literal(when.anchor)
    if when.inferred:
        yield event.iri, AC + "dateInferred", _typed("true", "boolean")


def _claim(document: Document, claim: Claim, event: Event) -> Iterator[Fact]:
    iri = claim.iri
    yield iri, RDF + "type", _node(AC + "Claim")
    yield iri, AC + "about", _node(claim.event)
    yield iri, AC + "inDocument", _node(document.iri)
    yield iri, AC + "modality", _node(AC + claim.modality.value)
    yield iri, AC + "polarity", _node(AC + claim.polarity.value)
    if claim.claimant is not None:
        yield iri, AC + "claimant", _node(claim.claimant)
    for relay in claim.relayed_by:
        yield iri, AC + "relayedBy", _node(relay)
    yield iri, AC + "confidence", _confidence(claim.confidence, iri)
    yield iri, AC + "method", ox.Literal(claim.method)
    yield iri, PROV + "wasQuotedFrom", _node(_quotation_iri(document, "sentence", claim.sentence))
    yield iri, AC + "trigger", _node(_quotation_iri(document, "trigger", claim.trigger))
    yield from _quotation(document, "trigger", claim.trigger)
    for reason in numbered(claim.evidence):
        yield iri, AC + "evidence", ox.Literal(reason)
    for filler in event.fillers:
        yield from _filler(document, iri, event, filler)
    for amount in claim.amounts:
        yield from _amount(document, iri, amount)


def _filler(document: Document, claim_iri: str, event: Event, filler: Filler) -> Iterator[Fact]:
    """How a role came to be filled; claims of one document about one event share the record."""
    span = filler.span
    place = "" if span is None else f"{span.begin}-{span.end}"
    iri = hashed_iri("filler", document.iri, event.iri, filler.role, filler.entity, filler.rule, place)
    yield claim_iri, AC + "filler", _node(iri)
    yield iri, RDF + "type", _node(AC + "Filler")
    yield iri, AC + "role", ox.Literal(filler.role)
    yield iri, AC + "entity", _node(filler.entity)
    yield iri, AC + "method", ox.Literal(filler.rule)
    yield iri, AC + "confidence", _confidence(filler.confidence, iri)
    if span is not None:
        yield iri, AC + "mention", _node(_quotation_iri(document, "mention", span))
        yield from _quotation(document, "mention", span)


def _amount(document: Document, claim_iri: str, amount: Amount) -> Iterator[Fact]:
    """How many, or how much, a claim says; the words that say it are a stretch of the text."""
    place = f"{amount.span.begin}-{amount.span.end}"
    iri = hashed_iri("amount", claim_iri, amount.entity or "", amount.currency, place)
    yield claim_iri, AC + "amount", _node(iri)
    yield iri, RDF + "type", _node(AC + "Amount")
    yield iri, AC + "amountValue", _typed(f"{Decimal(amount.value):f}", "decimal")
    yield iri, AC + "amountBound", ox.Literal(amount.bound.value)
    if amount.entity is not None:
        yield iri, AC + "amountOf", _node(amount.entity)
    for name, said in (("amountUnit", amount.unit), ("currency", amount.currency)):
        if said:
            yield iri, AC + name, ox.Literal(said)
    yield iri, AC + "amountWords", _node(_quotation_iri(document, "amount", amount.span))
    yield from _quotation(document, "amount", amount.span)


def _words(document: Document, what: str, span: Span) -> str:
    """The characters of the span, which must lie in the text and not be empty."""
    if not 0 <= span.begin < span.end <= len(document.text):
        raise DataError(
            f"{document.identifier}: {what} {span.begin}-{span.end} lies outside the text "
            f"of {len(document.text)} characters.",
            "Count offsets in characters of the cleaned text, the end exclusive.",
        )
    return span.of(document.text)


def _quotation_iri(document: Document, folder: str, span: Span) -> str:
    return f"{document.iri}/{folder}/{span.begin}-{span.end}"


def _issued(text: str, document: Document) -> ox.Literal:
    for pattern, datatype in ISSUED_TYPES:
        if re.fullmatch(pattern, text):
            return _typed(text, datatype)
    raise DataError(
        f"{document.identifier}: the date of publication {text!r} is no date.",
        "Write it as 2019-09-05, 2019-09 or 2019, or leave it out.",
    )


def _in_language(text: str, document: Document) -> ox.Literal:
    try:
        return ox.Literal(text, language=document.language)
    except ValueError as error:
        raise DataError(
            f"{document.identifier}: the language {document.language!r} is no language tag.",
            "Write the language as a code such as fr.",
        ) from error


def _confidence(value: float, of: str) -> ox.Literal:
    """An xsd:decimal of at most three digits, written as the store writes it: 1, 0.95."""
    if not 0 <= value <= 1:
        raise DataError(f"The confidence {value} of {of} is not within 0 and 1.", "Give a share of 1.")
    return _typed(f"{value:.3f}".rstrip("0").rstrip("."), "decimal")


def _typed(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=_node(XSD + datatype))


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)
