"""The shapes compiled to queries find what pyshacl, an implementation of the standard, finds with the same files."""

from __future__ import annotations

import random
from functools import cache

import pyoxigraph as ox
import pytest
import rdflib
from pyshacl import validate
from test_contradictions import REASONED, VALIDATED
from test_validate import GOOD, ONTOLOGY, graph, store_of

from kg import reference
from kg.namespaces import AC, PREFIXES, RDF
from kg.reason import ontology_quads
from kg.settings import ROOT
from kg.validate import Shapes

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
Violation = tuple[str, str, str]
"""Focus, property and component: "minCount"."""
WHOLE = graph(GOOD)
"""A small graph with something of most classes."""
DEFECTS = {
    "two dates": 'acr:start ac:signedOn "2011"^^xsd:gYear .',
    "a date that is text": 'acr:start ac:inForceOn "next year" .',
    "a time instead of a day": 'acr:start ac:endedOn "2010-04-08T10:00:00Z"^^xsd:dateTime .',
    "two main names in one language": 'acr:rus skos:prefLabel "Fédération de Russie"@fr .',
    "no name": "acr:t a ac:BilateralTreaty .",
    "an identifier that is none": "acr:rus owl:sameAs <https://www.wikidata.org/wiki/Q159> .",
    "an identifier that is text": 'acr:rus owl:sameAs "Q159" .',
    "a treaty that limits a state": "acr:start ac:limits acr:rus .",
    "a modality that is none": "acr:claim ac:modality ac:Perhaps .",
    "a claim about nothing": "acr:c a ac:Claim .",
    "a confidence above one": "acr:claim ac:confidence 1.5 .",
    "a confidence below nought": "acr:claim ac:confidence -0.1 .",
    "a confidence that is a word": 'acr:claim ac:confidence "high" .',
    "a place where a person is expected": "acr:paris a ac:Place . acr:claim ac:claimant acr:paris .",
    "an end before the beginning": 'acr:word nif:endIndex "3"^^xsd:nonNegativeInteger .',
    "an index that is text": 'acr:word nif:beginIndex "nine" .',
    "a thing that no graph types": "acr:start ac:prohibits acr:unknown .",
}


@cache
def compiled() -> Shapes:
    """Our shapes, read once."""
    return Shapes(ONTOLOGY)


@cache
def standard() -> rdflib.Graph:
    """The same files as pyshacl takes them."""
    shapes = rdflib.Graph()
    for path in sorted((ONTOLOGY / "shapes").glob("*.ttl")):
        shapes.parse(path)
    return shapes


def ours(quads: list[ox.Quad]) -> set[Violation]:
    """What the compiled shapes find."""
    store = store_of(quads)
    found = set()
    for each in compiled().constraints:
        for row in store.query(each.text, prefixes=PREFIXES):
            found.add((row["focus"].value, each.property.path, each.component))
    return found


def theirs(quads: list[ox.Quad]) -> set[Violation]:
    """What pyshacl finds in the same triples, as they were before the store, which keeps no nonNegativeInteger."""
    data = rdflib.Graph()
    triples = (quad.triple for quad in [*quads, *ontology_quads(ONTOLOGY)])
    data.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    _, report, _ = validate(data, shacl_graph=standard(), inference="none", advanced=False)
    found = set()
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        component = str(report.value(result, SH.sourceConstraintComponent)).removeprefix(SH)
        name = component.removesuffix("ConstraintComponent")
        path = str(report.value(result, SH.resultPath))
        found.add((str(report.value(result, SH.focusNode)), path, name[0].lower() + name[1:]))
    return found


def test_both_miss_the_same_in_a_small_graph() -> None:
    """The document has neither a title nor a source."""
    assert ours(WHOLE) == theirs(WHOLE)


@pytest.mark.parametrize("name", DEFECTS)
def test_both_find_the_same_defect(name: str) -> None:
    quads = WHOLE + graph(DEFECTS[name])
    found = ours(quads)
    assert found == theirs(quads)
    assert found > ours(WHOLE)


@pytest.mark.parametrize("name", [*VALIDATED, *REASONED])
def test_both_judge_the_contradictions_alike(name: str) -> None:
    quads = WHOLE + graph(VALIDATED[name][0] if name in VALIDATED else REASONED[name][0])
    assert ours(quads) == theirs(quads)


def test_names_without_a_language_are_no_two_in_one() -> None:
    quads = WHOLE + graph('acr:rus skos:prefLabel "A", "B" .')
    assert ours(quads) == theirs(quads) == ours(WHOLE)


def test_only_ours_knows_that_no_year_has_thirteen_months() -> None:
    """rdflib, on which pyshacl rests, takes any text for a month; SHACL asks for one of the datatype's own forms."""
    quads = WHOLE + graph('acr:t a ac:Treaty ; skos:prefLabel "T" ; ac:signedOn "2010-13"^^xsd:gYearMonth .')
    assert {component for *_, component in ours(quads) - theirs(quads)} == {"or"}
    assert theirs(quads) <= ours(quads)


def test_every_component_is_compared() -> None:
    """So that no constraint agrees only because nothing breaks it."""
    broken = {component for text in DEFECTS.values() for _, _, component in ours(WHOLE + graph(text))}
    assert broken == {each.component for each in compiled().constraints}


@pytest.mark.proof
def test_both_judge_the_seeds_alike_whole_and_spoilt() -> None:
    """All reference data, then the same with a tenth of a per cent of its triples taken out or turned to nonsense."""
    named = list(reference.quads(ROOT / "seeds" / "reference"))
    whole = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in named]
    assert ours(whole) == theirs(whole) == set()
    chance = random.Random(1972)
    spoilt = []
    for quad in whole:
        fate = chance.random()
        if fate > 0.0010:
            spoilt.append(quad)
        elif fate > 0.0005:
            other = chance.choice([ox.Literal("?"), ox.NamedNode(AC + "Nonsense"), chance.choice(whole).object])
            spoilt.append(ox.Quad(quad.subject, quad.predicate, other))
    found = ours(spoilt)
    assert found == theirs(spoilt)
    assert len({component for *_, component in found}) >= 5
    assert all(path != RDF + "type" for _, path, _ in found)
