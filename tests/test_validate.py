"""Checks: silent on good data, and each finds exactly the defect put in for it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from kg.errors import OntologyError
from kg.namespaces import ACR, PREFIXES, REFERENCE_GRAPH, shorten
from kg.reason import infer, ontology_quads
from kg.settings import ROOT
from kg.validate import Finding, Shapes, checks, run_checks

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


@cache
def ontology() -> tuple[ox.Quad, ...]:
    """The ontology, in its graph and in the default graph, read once."""
    named = list(ontology_quads(ONTOLOGY))
    return (*named, *(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in named))


def store_of(quads: list[ox.Quad]) -> ox.Store:
    """A store with the ontology and the quads."""
    store = ox.Store()
    store.bulk_extend([*quads, *ontology()])
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
    "act-before-treaty": (
        'acr:e a ac:Ratification ; ac:action "ratification" ; ac:agent acr:rus ; ac:treaty acr:start ;'
        ' ac:latest "2010-04-07"^^xsd:date .',
        "acr:rus did “ratification” to acr:start on “2010-04-07”, which was opened for signature on “2010-04-08”.",
    ),
    "act-outside-state": (
        'acr:e a ac:Ratification ; ac:action "ratification" ; ac:agent acr:rus ; ac:treaty acr:start ;'
        ' ac:latest "2010-05-07"^^xsd:date . acr:rus ac:existedUntil "1991-12-26"^^xsd:date .',
        "acr:rus did “ratification” to acr:start on “2010-05-07”, and existed “until” “1991-12-26”.",
    ),
    "category-circle": (
        "acr:a skos:broader acr:b . acr:b skos:broader acr:a .",
        "acr:a stands, by way of others, under itself.",
    ),
    "left-without-joining": (
        'acr:e a ac:Withdrawal ; ac:action "withdrawal" ; ac:agent acr:usa ; ac:treaty acr:start ;'
        ' ac:latest "2020-04-07"^^xsd:date .',
        "acr:usa did “withdrawal” to acr:start on “2020-04-07”, and no row says that it signed it, joined it or was party to"
        " it before, itself or as the continuation of another.",
    ),
    "party-to-treaty-never-made": (
        'acr:t a ac:Treaty ; skos:prefLabel "T"@fr ; ac:treatyKind "proposed treaty" . acr:rus ac:partyTo acr:t .',
        "acr:rus is party to acr:t, which was neither signed nor in force on any day.",
    ),
    "thing-without-class": (
        "acr:word itsrdf:taIdentRef acr:x .",
        "acr:x is named by itsrdf:taIdentRef of acr:word and has no class.",
    ),
    "event-without-class": (
        f"{CLAIM} {QUOTED} ; ac:about acr:e . acr:e ac:agent acr:rus .",
        "acr:e has none of the classes below ac:Event.",
    ),
    "event-without-role": ("acr:e a ac:Meeting .", "acr:e involves nobody and nothing."),
    "functional-twice": (
        "acr:claim ac:modality ac:Planned .",
        "acr:claim has “2” values of ac:modality.",
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
    "quotation-differs": (
        'acr:m a nif:Phrase ; nif:referenceContext acr:doc ; nif:anchorOf "signe" ;'
        ' nif:beginIndex "9"^^xsd:nonNegativeInteger ; nif:endIndex "14"^^xsd:nonNegativeInteger .',
        "acr:m has the words “signe” where the text of acr:doc has “signé”.",
    ),
    "disjoint-classes": ("acr:putin a ac:Company .", "acr:putin is a ac:Person and a ac:Organization."),
    "document-without-sentence": ("acr:empty a ac:Document .", "acr:empty has no sentence."),
    "wikidata-shared": (
        'acr:x a ac:Company ; skos:prefLabel "X"@fr ; owl:sameAs <http://www.wikidata.org/entity/Q30> .',
        "acr:usa and acr:x are both the same as http://www.wikidata.org/entity/Q30.",
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
    finding, *others = found(text)
    assert (finding.check, finding.problem) == (check, problem)
    assert {each.check for each in others} <= {check}  # a circle has two ends
    assert finding.severity == yaml.safe_load((CHECKS / "profile.yaml").read_text(encoding="utf-8"))[check]
    assert finding.title
    assert finding.remedy.endswith(".")


def violations(text: str) -> list[tuple[str, str, str]]:
    """Shape, focus and property of what the project's shapes find in the good data with a piece of Turtle added."""

    def told(quads: list[ox.Quad]) -> set[tuple[str, str, str]]:
        findings = Shapes(ONTOLOGY).validate(store_of(quads))
        return {(each.check, each.values["focus"].removeprefix(ACR), shorten(each.values["path"])) for each in findings}

    return sorted(told(graph(GOOD) + graph(text)) - told(graph(GOOD)))


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
    assert violations(f"acr:c a ac:Claim ; {rest} .") == [("shapes/Claim", "c", missing)]


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
    wrong = violations(f'acr:t a ac:Treaty ; skos:prefLabel "T"@fr ; ac:inForceOn {value} .')
    assert wrong == [("shapes/Treaty", "t", "ac:inForceOn")] * is_wrong


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("acr:x a ac:Company .", ("shapes/Organization", "x", "skos:prefLabel")),
        ('acr:rus skos:prefLabel "Fédération de Russie"@fr .', ("shapes/State", "rus", "skos:prefLabel")),
        ("acr:event ac:treaty acr:usa .", ("shapes/Event", "event", "ac:treaty")),
        ('acr:event ac:latest "2019"^^xsd:gYear .', ("shapes/Event", "event", "ac:latest")),
        ("acr:claim ac:confidence 1.5 .", ("shapes/Claim", "claim", "ac:confidence")),
        ("acr:claim ac:confidence -0.1 .", ("shapes/Claim", "claim", "ac:confidence")),
        ("acr:claim ac:modality ac:Likely .", ("shapes/Claim", "claim", "ac:modality")),
        ("acr:claim ac:claimant acr:usa .", ("shapes/Claim", "claim", "ac:claimant")),
        ("acr:rus ac:partyTo acr:never-was .", ("shapes/State", "rus", "ac:partyTo")),
        ('acr:doc ac:contentHash "abc" .', ("shapes/Document", "doc", "ac:contentHash")),
        ("acr:usa owl:sameAs <http://www.wikidata.org/entity/30> .", ("shapes/State", "usa", "owl:sameAs")),
        ('acr:word nif:endIndex "3"^^xsd:nonNegativeInteger .', ("shapes/Phrase", "word", "nif:endIndex")),
    ],
)
def test_a_violation_is_found_at_its_thing_and_property(text: str, wrong: tuple[str, str, str]) -> None:
    assert wrong in violations(text)


def test_a_document_is_judged_by_its_own_things_and_the_classes_of_what_it_names() -> None:
    store = store_of(graph(GOOD))
    name = ACR + "document/new"
    text = """acr:d a ac:Document, nif:Context ; dcterms:identifier "d" ; nif:isString "Moscou signe." .
        acr:e a ac:Signature ; ac:agent acr:rus ; ac:treaty {} .
        acr:n a ac:Person ; skos:prefLabel "N"@fr ."""
    shapes = Shapes(ONTOLOGY)

    def found_in(given: str) -> list[tuple[str, str]]:
        quads = [quad for quad in graph(given, name) if quad.graph_name == ox.NamedNode(name)]
        return [(each.check, each.problem) for each in shapes.validate_document(quads, store)]

    assert found_in(text.format("acr:start")) == []
    [(check, problem)] = found_in(text.format("acr:usa"))
    assert (check, problem.partition(":")[2][:40]) == ("shapes/Event", "e has ac:treaty acr:usa: The treaty is a")
    clash = found_in(text.format("acr:start") + "acr:n a ac:Company .")
    assert ("disjoint-classes", "acr:n is a ac:Company and a ac:Person.") in clash


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("acr:s a sh:NodeShape ; sh:closed true .", "sh:closed is not understood"),
        ("acr:s a sh:NodeShape ; sh:targetClass ac:State .", "lacks a label, a target class or a property"),
        ("acr:s a ac:State .", "0 node shapes stand here"),
        ("acr:s a sh:NodeShape ; sh:property [ sh:path ac:a ; sh:hasValue 1 ] .", "sh:hasValue is not understood"),
        ("acr:s a sh:NodeShape ; sh:property [ sh:path ac:a ; sh:minCount 1 ] .", "ac:a lacks a message"),
        ("acr:s a ", "line 1"),
    ],
)
def test_a_bad_shape_is_refused_with_its_file(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "shapes").mkdir()
    prefixes = "".join(
        f"@prefix {p}: <{iri}> . " for p, iri in (PREFIXES | {"sh": "http://www.w3.org/ns/shacl#"}).items()
    )
    (tmp_path / "shapes" / "X.ttl").write_text(prefixes + text, encoding="utf-8")
    with pytest.raises(OntologyError, match=rf"X\.ttl.*{problem}"):
        Shapes(tmp_path)


def test_every_class_of_records_and_entities_has_its_shape() -> None:
    files = {path.stem for path in (ONTOLOGY / "shapes").glob("*.ttl")}
    assert files >= {
        "State",
        "Person",
        "Organization",
        "Treaty",
        "WeaponSystem",
        "WeaponCategory",
        "Place",
        "Gathering",
    }
    assert files >= {"Conflict", "Event", "Claim", "Document", "Filler", "Phrase", "Sentence", "Tenure", "Obligation"}
    for path in (ONTOLOGY / "shapes").glob("*.ttl"):
        kinds = {
            quad.object.value
            for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
            if "targetClass" in str(quad.predicate)
        }
        assert {kind.rpartition("#")[2] for kind in kinds} == {path.stem}


def test_two_documents_that_date_one_event_differently_do_not_reverse_it() -> None:
    later = 'acr:event ac:earliest "2011-01-01"^^xsd:date ; ac:latest "2011-01-01"^^xsd:date .'
    assert found(later, ACR + "document/other") == []


def test_findings_come_by_check_and_sorted() -> None:
    text = "acr:b a ac:Meeting . acr:a a ac:Meeting . acr:empty a ac:Document ."
    assert [(f.check, f.values) for f in found(text)] == [
        ("document-without-sentence", {"document": ACR + "empty"}),
        ("event-without-role", {"event": ACR + "a"}),
        ("event-without-role", {"event": ACR + "b"}),
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
