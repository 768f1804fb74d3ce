"""Checks: silent on good data, and each finds exactly the defect put in for it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from kg.errors import OntologyError
from kg.namespaces import ACR, PREFIXES, REFERENCE_GRAPH
from kg.reason import infer, ontology_quads
from kg.settings import ROOT
from kg.validate import Finding, checks, run_checks

ONTOLOGY = ROOT / "ontology"
CHECKS = ONTOLOGY / "queries" / "checks"

GOOD = """
acr:rus a ac:State ; skos:prefLabel "Russie"@fr, "Russia"@en ;
    owl:sameAs <http://www.wikidata.org/entity/Q159> .
acr:usa a ac:State ; skos:prefLabel "États-Unis"@fr ; owl:sameAs <http://www.wikidata.org/entity/Q30> .
acr:putin a ac:Person ; skos:prefLabel "Vladimir Poutine"@fr ; ac:holdsOffice acr:tenure .
acr:tenure a ac:Tenure ; ac:officeOf acr:rus ;
    ac:earliest "2012-05-07"^^xsd:date ; ac:latest "2018-05-07"^^xsd:date .
acr:start a ac:Treaty ; skos:prefLabel "New START"@fr ; ac:signedOn "2010-04-08"^^xsd:date ;
    ac:inForceOn "2011-02"^^xsd:gYearMonth ; ac:endedOn "2026"^^xsd:gYear .
acr:event a ac:Signature ; ac:agent acr:rus, acr:putin ; ac:treaty acr:start ;
    ac:earliest "2010-04-08"^^xsd:date ; ac:latest "2010-04-08"^^xsd:date ; ac:confidence 0.95 .
acr:doc a ac:Document ; nif:isString "😀 Élan : signé." ; dcterms:issued "2019-09"^^xsd:gYearMonth .
acr:sentence a nif:Sentence ; nif:referenceContext acr:doc ; nif:anchorOf "😀 Élan : signé." ;
    nif:beginIndex "0"^^xsd:nonNegativeInteger ; nif:endIndex "15"^^xsd:nonNegativeInteger .
acr:word a nif:Phrase ; nif:referenceContext acr:doc ; nif:anchorOf "signé" ;
    nif:beginIndex "9"^^xsd:nonNegativeInteger ; nif:endIndex "14"^^xsd:nonNegativeInteger .
acr:claim a ac:Claim ; ac:about acr:event ; ac:inDocument acr:doc ; ac:modality ac:Actual ;
    ac:polarity ac:Affirmed ; ac:claimant acr:putin ; prov:wasQuotedFrom acr:sentence ; ac:trigger acr:word .
"""


def graph(text: str, name: str = REFERENCE_GRAPH) -> list[ox.Quad]:
    """A piece of Turtle as quads, each in the graph and in the default graph."""
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    quads = []
    for quad in ox.parse(prefixes + text, format=ox.RdfFormat.TURTLE):
        quads.append(ox.Quad(quad.subject, quad.predicate, quad.object))
        quads.append(ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(name)))
    return quads


def store_of(quads: list[ox.Quad]) -> ox.Store:
    """A store with the ontology and the quads."""
    store = ox.Store()
    store.extend(quads)
    for quad in ontology_quads(ONTOLOGY):
        store.add(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    return store


def found(text: str, name: str = REFERENCE_GRAPH) -> list[Finding]:
    """What the project's checks find in the good data with a piece of Turtle added."""
    return run_checks(store_of(graph(GOOD) + graph(text, name)), CHECKS)


def test_good_data_has_no_finding_before_and_after_inference() -> None:
    store = store_of(graph(GOOD))
    assert run_checks(store, CHECKS) == []
    for quad in infer(store, ONTOLOGY / "rules"):
        store.add(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    assert run_checks(store, CHECKS) == []


CLAIM = "acr:c a ac:Claim ; ac:inDocument acr:doc ; ac:modality ac:Actual ; ac:polarity ac:Affirmed"
QUOTED = "; prov:wasQuotedFrom acr:sentence"

DEFECTS = {
    "entity-without-label": ("acr:x a ac:Company .", "acr:x is an entity and has no skos:prefLabel."),
    "thing-without-class": (
        "acr:word itsrdf:taIdentRef acr:x .",
        "acr:x is named by itsrdf:taIdentRef of acr:word and has no class.",
    ),
    "event-without-class": (
        f"{CLAIM} {QUOTED} ; ac:about acr:e . acr:e ac:agent acr:rus .",
        "acr:e has none of the classes below ac:Event.",
    ),
    "event-without-role": ("acr:e a ac:Meeting .", "acr:e involves nobody and nothing."),
    "claim-incomplete": (f"{CLAIM} {QUOTED} .", "acr:c has no ac:about."),
    "functional-twice": (
        "acr:claim ac:modality ac:Planned .",
        "acr:claim has “2” values of ac:modality.",
    ),
    "filler-out-of-range": (
        "acr:event ac:treaty acr:usa .",
        "acr:usa is ac:treaty of acr:event and is no ac:Treaty.",
    ),
    "role-not-of-class": (
        "acr:event ac:target acr:usa .",
        "acr:event is a ac:Signature, which has no role ac:target.",
    ),
    "dates-reversed": (
        'acr:e a ac:Expiration ; ac:treaty acr:start ; ac:earliest "2019-09-02"^^xsd:date ;'
        ' ac:latest "2019-09-01"^^xsd:date .',
        f"acr:e begins on “2019-09-02” and ends on “2019-09-01”, in {REFERENCE_GRAPH}.",
    ),
    "tenure-reversed": (
        "acr:putin ac:holdsOffice acr:t . acr:t a ac:Tenure ; ac:officeOf acr:rus ;"
        ' ac:earliest "2012-01-02"^^xsd:date ; ac:latest "2012-01-01"^^xsd:date .',
        "acr:putin holds acr:t from “2012-01-02” to “2012-01-01”.",
    ),
    "treaty-dates-reversed": (
        'acr:t a ac:Treaty ; skos:prefLabel "T"@fr ; ac:signedOn "2010-04-08"^^xsd:date ;'
        ' ac:endedOn "2009"^^xsd:gYear .',
        "acr:t was signed on “2010-04-08” and has ac:endedOn “2009”.",
    ),
    "invalid-date": (
        'acr:doc2 dcterms:issued "2019-02-30"^^xsd:date .',
        "acr:doc2 has dcterms:issued “2019-02-30”, which is no day, month or year as its datatype wants it.",
    ),
    "quotation-differs": (
        'acr:m a nif:Phrase ; nif:referenceContext acr:doc ; nif:anchorOf "signe" ;'
        ' nif:beginIndex "9"^^xsd:nonNegativeInteger ; nif:endIndex "14"^^xsd:nonNegativeInteger .',
        "acr:m has the words “signe” where the text of acr:doc has “signé”.",
    ),
    "disjoint-classes": ("acr:putin a ac:Company .", "acr:putin is a ac:Person and a ac:Organization."),
    "document-without-sentence": ("acr:empty a ac:Document .", "acr:empty has no sentence."),
    "confidence-out-of-range": ("acr:word ac:confidence 1.5 .", "acr:word has the confidence “1.5”."),
    "wikidata-shared": (
        'acr:x a ac:Company ; skos:prefLabel "X"@fr ; owl:sameAs <http://www.wikidata.org/entity/Q30> .',
        "acr:usa and acr:x are both the same as http://www.wikidata.org/entity/Q30.",
    ),
    "label-twice": (
        'acr:rus skos:prefLabel "Fédération de Russie"@fr .',
        "acr:rus has “2” main names in the language “fr”.",
    ),
    "undeclared-term": (
        "acr:event ac:agnt acr:rus .",
        "ac:agnt is used, as by acr:event, and the ontology does not define it.",
    ),
}


def test_every_check_has_a_defect_here() -> None:
    assert sorted(DEFECTS) == [check.path.stem for check in checks(CHECKS)]


@pytest.mark.parametrize("check", sorted(DEFECTS))
def test_a_defect_is_found_by_its_check_alone(check: str) -> None:
    text, problem = DEFECTS[check]
    [finding] = found(text)
    assert (finding.check, finding.problem) == (check, problem)
    assert finding.severity == yaml.safe_load((CHECKS / "profile.yaml").read_text(encoding="utf-8"))[check]
    assert finding.title
    assert finding.remedy.endswith(".")


@pytest.mark.parametrize("missing", ["ac:about", "ac:inDocument", "ac:modality", "ac:polarity", "prov:wasQuotedFrom"])
def test_each_part_of_a_claim_is_missed(missing: str) -> None:
    parts = {
        "ac:about": "acr:event",
        "ac:inDocument": "acr:doc",
        "ac:modality": "ac:Actual",
        "ac:polarity": "ac:Affirmed",
        "prov:wasQuotedFrom": "acr:sentence",
    }
    rest = " ; ".join(f"{name} {value}" for name, value in parts.items() if name != missing)
    assert [f.problem for f in found(f"acr:c a ac:Claim ; {rest} .")] == [f"acr:c has no {missing}."]


@pytest.mark.parametrize(
    ("value", "is_wrong"),
    [
        ('"2020-02-29"^^xsd:date', False),
        ('"2019-02-29"^^xsd:date', True),
        ('"2019-04-31"^^xsd:date', True),
        ('"2019-13-01"^^xsd:date', True),
        ('"2019-9-5"^^xsd:date', True),
        ('"2019-09"^^xsd:date', True),
        ('"2019-09-05"', True),
        ('"2019-09"^^xsd:gYearMonth', False),
        ('"2019-13"^^xsd:gYearMonth', True),
        ('"2019"^^xsd:gYear', False),
        ('"19"^^xsd:gYear', True),
    ],
)
def test_a_date_must_be_one_of_the_calendar_with_its_datatype(value: str, is_wrong: bool) -> None:
    assert [f.check for f in found(f"acr:doc2 dcterms:issued {value} .")] == ["invalid-date"] * is_wrong


def test_events_take_days_only() -> None:
    [finding] = found('acr:event ac:latest "2019"^^xsd:gYear .')
    assert finding.values == {
        "subject": ACR + "event",
        "property": PREFIXES["ac"] + "latest",
        "value": "2019",
    }


def test_two_documents_that_date_one_event_differently_do_not_reverse_it() -> None:
    later = 'acr:event ac:earliest "2011-01-01"^^xsd:date ; ac:latest "2011-01-01"^^xsd:date .'
    assert found(later, ACR + "document/other") == []


def test_findings_come_by_check_and_sorted() -> None:
    text = "acr:b a ac:Company . acr:a a ac:Company . acr:empty a ac:Document ."
    assert [(f.check, f.values) for f in found(text)] == [
        ("document-without-sentence", {"document": ACR + "empty"}),
        ("entity-without-label", {"entity": ACR + "a"}),
        ("entity-without-label", {"entity": ACR + "b"}),
    ]


HEAD = "# title: t\n# problem: {a} is.\n# remedy: r.\n"


@pytest.mark.parametrize(
    ("profile", "text", "problem"),
    [
        ("x: error", "# title: t\n# problem: p\nSELECT ?a { ?a ?b ?c }", "the check has no remedy"),
        ("x: error", HEAD + "SELECT ?a\n{ ?a ?b }", r"x\.rq, line 5"),
        ("x: error", HEAD + "ASK { ?a ?b ?c }", "the check is no SELECT query"),
        ("x: error", HEAD + "SELECT ?b { ?a ?b ?c }", "the problem names a, which the query does not select"),
        ("x: grave", HEAD + "SELECT ?a { ?a ?b ?c }", "x has the severity 'grave'"),
        ("y: error", HEAD + "SELECT ?a { ?a ?b ?c }", "x stands either in"),
        ("x", HEAD + "SELECT ?a { ?a ?b ?c }", "no mapping"),
        ("x: [", HEAD + "SELECT ?a { ?a ?b ?c }", "cannot be read"),
    ],
)
def test_a_bad_check_is_refused_with_its_place(tmp_path: Path, profile: str, text: str, problem: str) -> None:
    (tmp_path / "profile.yaml").write_text(profile, encoding="utf-8")
    (tmp_path / "x.rq").write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=problem):
        run_checks(ox.Store(), tmp_path)
