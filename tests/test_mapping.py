"""The mapping: a small extraction made by hand gives exactly the quads written here."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg import mapping
from kg.errors import DataError
from kg.model import (
    Claim,
    Document,
    Entity,
    Event,
    Extraction,
    Filler,
    Mention,
    Modality,
    Polarity,
    Span,
    When,
)
from kg.namespaces import ACR, PREFIXES

DOCUMENT = ACR + "document/note"
EVENT = ACR + "event/1"
CLAIM = ACR + "claim/1"
RUSSIA = ACR + "state/RUS"
MISSILE = ACR + "weapon/zmei"

TEXT = "😀 Moscou a testé le Zmeï en juin."

EXTRACTION = Extraction(
    document=Document(
        identifier="note",
        text=TEXT,
        source="note.txt",
        title="Un essai",
        url="https://example.org/note",
        publisher="Le Quotidien",
        issued="2019-09-05",
    ),
    sentences=(Span(0, 33),),
    mentions=(
        Mention(Span(2, 8), RUSSIA, "metonym", 0.9),
        Mention(Span(20, 24), MISSILE, "pattern"),
    ),
    entities=(Entity(MISSILE, "WeaponSystem", "Zmeï", False, (("originState", RUSSIA),)),),
    events=(
        Event(
            EVENT,
            "WeaponTest",
            (Filler("agent", RUSSIA, "subj", Span(2, 8), 0.95), Filler("item", MISSILE, "window")),
            When("2019-06", "2019-06-01", "2019-06-30", Span(25, 32)),
        ),
    ),
    claims=(
        Claim(
            CLAIM,
            EVENT,
            sentence=Span(0, 33),
            trigger=Span(11, 16),
            modality=Modality.ACTUAL,
            polarity=Polarity.AFFIRMED,
            claimant=RUSSIA,
            relayed_by=(ACR + "organization/afp",),
            confidence=0.8504,
            method="rules:fr/WeaponTest/tester.v",
            evidence=("passé composé",),
        ),
    ),
)

SENTENCE = f"<{DOCUMENT}/sentence/0-33>"
MENTION = f"<{DOCUMENT}/mention/2-8>"
ITEM = f"<{DOCUMENT}/mention/20-24>"
TRIGGER = f"<{DOCUMENT}/trigger/11-16>"
OUTLET = f"<{ACR}organization/le-quotidien>"
AGENT_FILLER = f"<{ACR}filler/238ffea462a5720d>"
ITEM_FILLER = f"<{ACR}filler/e78dfd458c43e7f5>"

EXPECTED = f"""
<{DOCUMENT}> a ac:Document, nif:Context ;
    dcterms:identifier "note" ;
    dcterms:title "Un essai"@fr ;
    dcterms:language "fr" ;
    dcterms:issued "2019-09-05"^^xsd:date ; ac:datedBy "metadata" ;
    dcterms:publisher {OUTLET} ;
    dcterms:source "note.txt" ;
    schema:url "https://example.org/note"^^xsd:anyURI ;
    ac:contentHash "7519bcacde96f0342165e30ee105a0c854ec4e0ece8ae60a3e4f4ae2ae022f9a" ;
    nif:isString "😀 Moscou a testé le Zmeï en juin." .
{OUTLET} a ac:MediaOutlet ; skos:prefLabel "Le Quotidien"@fr ; ac:reconciled false .
{SENTENCE} a nif:Sentence ;
    nif:referenceContext <{DOCUMENT}> ;
    nif:beginIndex "0"^^xsd:nonNegativeInteger ; nif:endIndex "33"^^xsd:nonNegativeInteger ;
    nif:anchorOf "😀 Moscou a testé le Zmeï en juin." .
{MENTION} a nif:Phrase ;
    nif:referenceContext <{DOCUMENT}> ;
    nif:beginIndex "2"^^xsd:nonNegativeInteger ; nif:endIndex "8"^^xsd:nonNegativeInteger ;
    nif:anchorOf "Moscou" ;
    itsrdf:taIdentRef <{RUSSIA}> ; ac:method "metonym" ; ac:confidence 0.9 .
{ITEM} a nif:Phrase ;
    nif:referenceContext <{DOCUMENT}> ;
    nif:beginIndex "20"^^xsd:nonNegativeInteger ; nif:endIndex "24"^^xsd:nonNegativeInteger ;
    nif:anchorOf "Zmeï" ;
    itsrdf:taIdentRef <{MISSILE}> ; ac:method "pattern" ; ac:confidence "1"^^xsd:decimal .
{TRIGGER} a nif:Phrase ;
    nif:referenceContext <{DOCUMENT}> ;
    nif:beginIndex "11"^^xsd:nonNegativeInteger ; nif:endIndex "16"^^xsd:nonNegativeInteger ;
    nif:anchorOf "testé" .
<{MISSILE}> a ac:WeaponSystem ;
    skos:prefLabel "Zmeï"@fr ; ac:reconciled false ; ac:originState <{RUSSIA}> .
<{EVENT}> a ac:WeaponTest ;
    ac:agent <{RUSSIA}> ; ac:item <{MISSILE}> ;
    ac:edtf "2019-06" ; ac:earliest "2019-06-01"^^xsd:date ; ac:latest "2019-06-30"^^xsd:date ;
    ac:whenText "en juin" .
<{CLAIM}> a ac:Claim ;
    ac:about <{EVENT}> ; ac:inDocument <{DOCUMENT}> ;
    ac:modality ac:Actual ; ac:polarity ac:Affirmed ;
    ac:claimant <{RUSSIA}> ; ac:relayedBy <{ACR}organization/afp> ;
    ac:confidence 0.85 ; ac:method "rules:fr/WeaponTest/tester.v" ;
    prov:wasQuotedFrom {SENTENCE} ; ac:trigger {TRIGGER} ;
    ac:evidence "1. passé composé" ;
    ac:filler {AGENT_FILLER}, {ITEM_FILLER} .
{AGENT_FILLER} a ac:Filler ;
    ac:role "agent" ; ac:entity <{RUSSIA}> ; ac:method "subj" ; ac:confidence 0.95 ; ac:mention {MENTION} .
{ITEM_FILLER} a ac:Filler ;
    ac:role "item" ; ac:entity <{MISSILE}> ; ac:method "window" ; ac:confidence "1"^^xsd:decimal .
"""


def turtle(text: str) -> set[ox.Quad]:
    """The triples of a piece of Turtle as quads in the document's graph."""
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    graph = ox.NamedNode(DOCUMENT)
    parsed = ox.parse(prefixes + text, format=ox.RdfFormat.TURTLE)
    return {ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed}


def objects(quads: list[ox.Quad], predicate: str) -> list[str]:
    """The objects of one predicate, given as a prefixed name, in order."""
    prefix, local = predicate.split(":")
    return [str(quad.object) for quad in quads if quad.predicate.value == PREFIXES[prefix] + local]


def test_a_document_gives_exactly_these_quads() -> None:
    quads = list(mapping.quads(EXTRACTION))
    assert {str(quad) for quad in quads} == {str(quad) for quad in turtle(EXPECTED)}
    assert len(quads) == len(set(quads))


def test_the_same_extraction_gives_the_same_quads_in_the_same_order() -> None:
    again = replace(EXTRACTION, document=replace(EXTRACTION.document))
    assert list(mapping.quads(EXTRACTION)) == list(mapping.quads(again))


def test_every_quotation_equals_the_text_at_its_offsets() -> None:
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in mapping.quads(EXTRACTION))
    rows = store.query(
        "SELECT ?b ?e ?words { ?m nif:beginIndex ?b ; nif:endIndex ?e ; nif:anchorOf ?words }",
        prefixes=PREFIXES,
    )
    found = {(int(row["b"].value), int(row["e"].value), row["words"].value) for row in rows}
    assert found == {(0, 33, TEXT), (2, 8, "Moscou"), (11, 16, "testé"), (20, 24, "Zmeï")}


def test_what_is_unknown_of_a_document_is_not_said() -> None:
    bare = Extraction(Document("note", "Rien.", "note.txt"))
    said = {str(quad.predicate.value) for quad in mapping.quads(bare)}
    names = "dcterms:title dcterms:issued dcterms:publisher schema:url"
    assert not {PREFIXES[n.split(":")[0]] + n.split(":")[1] for n in names.split()} & said


@pytest.mark.parametrize(
    ("issued", "written"),
    [
        ("2019-09-05", '"2019-09-05"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("2019-09", '"2019-09"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'),
        ("2019", '"2019"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
    ],
)
def test_a_date_of_publication_has_the_type_of_its_length(issued: str, written: str) -> None:
    document = Document("note", "Rien.", "note.txt", issued=issued)
    assert objects(list(mapping.quads(Extraction(document))), "dcterms:issued") == [written]


def test_a_known_publisher_is_pointed_to_and_not_restated() -> None:
    quads = list(mapping.quads(EXTRACTION, {"le quotidien": ACR + "organization/quotidien"}))
    assert objects(quads, "dcterms:publisher") == [f"<{ACR}organization/quotidien>"]
    assert [str(quad) for quad in quads if quad.subject.value == ACR + "organization/quotidien"] == []


def test_a_known_entity_is_not_restated() -> None:
    known = replace(EXTRACTION, entities=(Entity(RUSSIA, "State", "Russie"),))
    assert [str(quad) for quad in mapping.quads(known) if quad.subject.value == RUSSIA] == []


def test_a_claim_in_the_voice_of_the_text_has_no_claimant() -> None:
    own = replace(EXTRACTION, claims=(replace(EXTRACTION.claims[0], claimant=None, relayed_by=()),))
    quads = list(mapping.quads(own))
    assert objects(quads, "ac:claimant") == []
    assert objects(quads, "ac:relayedBy") == []


def test_a_sentence_that_only_a_claim_names_is_described() -> None:
    quads = list(mapping.quads(replace(EXTRACTION, sentences=())))
    assert f"<{DOCUMENT}/sentence/0-33>" in {str(quad.subject) for quad in quads}


@pytest.mark.parametrize(
    ("value", "written"), [(0.0, "0"), (1.0, "1"), (0.5, "0.5"), (0.12345, "0.123"), (0.9999, "1")]
)
def test_a_confidence_is_written_as_the_store_writes_it(value: float, written: str) -> None:
    mention = Mention(Span(2, 8), RUSSIA, "metonym", value)
    quads = list(mapping.quads(Extraction(EXTRACTION.document, mentions=(mention,))))
    store = ox.Store()
    store.extend(quads)
    decimal = f'"{written}"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    assert objects(quads, "ac:confidence") == objects(list(store), "ac:confidence") == [decimal]


@pytest.mark.parametrize("span", [Span(2, 34), Span(-1, 3), Span(5, 5), Span(8, 2)])
def test_a_span_outside_the_text_is_refused(span: Span) -> None:
    mention = Mention(span, RUSSIA, "metonym")
    with pytest.raises(DataError, match=rf"note: mention {span.begin}-{span.end} lies outside the text of 33"):
        list(mapping.quads(Extraction(EXTRACTION.document, mentions=(mention,))))


@pytest.mark.parametrize("part", ["sentence", "trigger"])
def test_a_claim_outside_the_text_is_refused(part: str) -> None:
    claim = replace(EXTRACTION.claims[0], **{part: Span(30, 40)})
    with pytest.raises(DataError, match=rf"note: {part} 30-40 lies outside"):
        list(mapping.quads(replace(EXTRACTION, claims=(claim,))))


def test_a_date_outside_the_text_is_refused() -> None:
    event = replace(EXTRACTION.events[0], when=When("2019", "2019-01-01", "2019-12-31", Span(30, 40)))
    with pytest.raises(DataError, match="note: date 30-40 lies outside"):
        list(mapping.quads(replace(EXTRACTION, events=(event,))))


def test_a_claim_about_an_event_of_another_document_is_refused() -> None:
    with pytest.raises(DataError, match="event/1, which is not among its events"):
        list(mapping.quads(replace(EXTRACTION, events=())))


@pytest.mark.parametrize("value", [-0.1, 1.1])
def test_a_confidence_that_is_no_share_is_refused(value: float) -> None:
    mention = Mention(Span(2, 8), RUSSIA, "metonym", value)
    with pytest.raises(DataError, match=rf"confidence {value}"):
        list(mapping.quads(Extraction(EXTRACTION.document, mentions=(mention,))))


def test_a_date_of_publication_that_is_none_is_refused() -> None:
    document = Document("note", "Rien.", "note.txt", issued="hier")
    with pytest.raises(DataError, match="'hier' is no date"):
        list(mapping.quads(Extraction(document)))


def test_a_language_that_is_no_tag_is_refused() -> None:
    document = Document("note", "Rien.", "note.txt", language="", title="Un essai")
    with pytest.raises(DataError, match="'' is no language tag"):
        list(mapping.quads(Extraction(document)))


def test_what_a_document_says_of_its_author_agency_and_day() -> None:
    text = "MOSCOU (AFP) – La Russie quitte le traité."
    document = Document("note", text, "notes/note.txt", issued="2019", dated_by="page", author="Jeanne Martel")
    found = list(mapping.quads(Extraction(document)))
    assert objects(found, "schema:creditText") == ['"Jeanne Martel"']
    assert objects(found, "schema:sourceOrganization") == [f"<{ACR}organization/agence-france-presse>"]
    assert objects(found, "ac:datedBy") == ['"page"']
    dated = list(mapping.quads(Extraction(Document("note", text, "notes/note.txt"), dateline="2019-08-02")))
    assert objects(dated, "dcterms:issued") == ['"2019-08-02"^^<http://www.w3.org/2001/XMLSchema#date>']
    assert objects(dated, "ac:datedBy") == ['"dateline"']
    assert objects(list(mapping.quads(Extraction(Document("note", text, "x")))), "ac:datedBy") == []
