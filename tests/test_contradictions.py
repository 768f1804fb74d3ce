"""Twenty contradictions put into good data: each is caught by reasoner, shape or check, and told with the right reason."""

from __future__ import annotations

import pytest
from test_validate import GOOD, ONTOLOGY, found, graph, store_of

from kg.reason import consistency
from kg.validate import Shapes

REASONED = {
    "a state that is a treaty": (
        "acr:rus a ac:Treaty .",
        {"acr:rus type State", "acr:rus type Treaty"},
        {"State disjointWith Treaty"},
    ),
    "a person that is a company": (
        "acr:putin a ac:Company .",
        {"acr:putin type Person", "acr:putin type Company"},
        {"Person disjointWith Organization", "Company subClassOf Organization"},
    ),
    "a signature that is a withdrawal": (
        "acr:event a ac:Withdrawal .",
        {"acr:event type Signature", "acr:event type Withdrawal"},
        {"Signature disjointWith Withdrawal"},
    ),
    "a signature with a supplier": (
        "acr:event ac:supplier acr:usa .",
        {"acr:event type Signature", "acr:event supplier acr:usa"},
        {"Signature subClassOf supplier only Nothing"},
    ),
    "a treaty among the members": (
        "acr:start ac:memberOf acr:nato . acr:nato a ac:InternationalOrganization .",
        {"acr:start type Treaty", "acr:start memberOf acr:nato"},
        {"memberOf domain Agent"},
    ),
    "an office of a weapon": (
        "acr:tenure ac:officeOf acr:s-400 . acr:s-400 a ac:WeaponSystem .",
        {"acr:tenure officeOf acr:s-400", "acr:s-400 type WeaponSystem"},
        {"officeOf range Agent"},
    ),
    "a treaty that is both bilateral and a regime": (
        "acr:start a ac:BilateralTreaty, ac:Regime .",
        {"acr:start type BilateralTreaty", "acr:start type Regime"},
        {"Regime subClassOf PoliticalCommitment"},
    ),
}
"""What is added, and the facts and some of the axioms that the reasoner must name."""

VALIDATED = {
    "a signature before the treaty was opened": (
        'acr:e a ac:Signature ; ac:action "signature" ; ac:agent acr:usa ; ac:treaty acr:start ; ac:latest "2009-01-01"^^xsd:date .',
        "act-before-treaty",
        "acr:usa did “signature” to acr:start on “2009-01-01”, which was opened for signature on “2010-04-08”.",
    ),
    "the 30th of February": (
        'acr:t a ac:Treaty ; skos:prefLabel "T"@fr ; ac:signedOn "2010-02-30"^^xsd:date .',
        "shapes/Treaty",
        "acr:t has ac:signedOn “2010-02-30”: The date of signature is no day, month or year of the calendar",
    ),
    "a party to a treaty that nobody knows": (
        "acr:rus ac:partyTo acr:never-was .",
        "shapes/State",
        "acr:rus has ac:partyTo acr:never-was: A state is party to treaties only.",
    ),
    "a party to a treaty that was never made": (
        'acr:t a ac:Treaty ; skos:prefLabel "T"@fr ; ac:treatyKind "proposed treaty" . acr:rus ac:partyTo acr:t .',
        "party-to-treaty-never-made",
        "acr:rus is party to acr:t, which was neither signed nor in force on any day.",
    ),
    "a ratification by the Soviet Union in 2010": (
        'acr:sun a ac:State ; skos:prefLabel "URSS"@fr ; ac:existedUntil "1991-12-26"^^xsd:date .'
        ' acr:e a ac:Ratification ; ac:action "ratification" ; ac:agent acr:sun ; ac:treaty acr:start ; ac:latest "2010-05-01"^^xsd:date .',
        "act-outside-state",
        "acr:sun did “ratification” to acr:start on “2010-05-01”, and existed “until” “1991-12-26”.",
    ),
    "a treaty that ended before it was signed": (
        'acr:t a ac:Treaty ; skos:prefLabel "T"@fr ; ac:signedOn "2010-04-08"^^xsd:date ; ac:endedOn "2009"^^xsd:gYear .',
        "treaty-dates-reversed",
        "acr:t was signed on “2010-04-08” and has ac:endedOn “2009”.",
    ),
    "an office that ended before it began": (
        "acr:putin ac:holdsOffice acr:t . acr:t a ac:Tenure ; ac:officeOf acr:rus ;"
        ' ac:earliest "2012-01-02"^^xsd:date ; ac:latest "2012-01-01"^^xsd:date .',
        "tenure-reversed",
        "acr:putin holds acr:t from “2012-01-02” to “2012-01-01”.",
    ),
    "an event that ended before it began": (
        'acr:e a ac:Expiration ; ac:treaty acr:start ; ac:earliest "2019-09-02"^^xsd:date ; ac:latest "2019-09-01"^^xsd:date .',
        "dates-reversed",
        "acr:e begins on “2019-09-02” and ends on “2019-09-01”",
    ),
    "a claim that is both affirmed and negated": (
        "acr:claim ac:polarity ac:Negated .",
        "functional-twice",
        "acr:claim has “2” values of ac:polarity.",
    ),
    "a claim with a certainty of 150 per cent": (
        "acr:claim ac:confidence 1.5 .",
        "shapes/Claim",
        "acr:claim has ac:confidence “1.5”: Confidence is one decimal from 0 to 1.",
    ),
    "a quotation that nobody wrote": (
        'acr:m a nif:Phrase ; nif:referenceContext acr:doc ; nif:anchorOf "rompu" ;'
        ' nif:beginIndex "9"^^xsd:nonNegativeInteger ; nif:endIndex "14"^^xsd:nonNegativeInteger .',
        "quotation-differs",
        "acr:m has the words “rompu” where the text of acr:doc has “signé”.",
    ),
    "a kind of weapon under itself": (
        "acr:a skos:broader acr:b . acr:b skos:broader acr:a .",
        "category-circle",
        "acr:a stands, by way of others, under itself.",
    ),
    "a withdrawal by a state that never joined": (
        'acr:e a ac:Withdrawal ; ac:action "withdrawal" ; ac:agent acr:usa ; ac:treaty acr:start ; ac:latest "2020-04-07"^^xsd:date .',
        "left-without-joining",
        "acr:usa did “withdrawal” to acr:start on “2020-04-07”, and no row says that it signed it",
    ),
    "two states that are one": (
        'acr:x a ac:State ; skos:prefLabel "X"@fr ; owl:sameAs <http://www.wikidata.org/entity/Q30> .',
        "wikidata-shared",
        "acr:usa and acr:x are both the same as http://www.wikidata.org/entity/Q30.",
    ),
}
"""What is added, which shape or check must find it, and how its problem begins."""


def test_there_are_twenty() -> None:
    assert len(REASONED) + len(VALIDATED) >= 20


@pytest.mark.parametrize("name", VALIDATED)
def test_shapes_and_checks_catch(name: str) -> None:
    text, check, problem = VALIDATED[name]
    findings = [*found(text), *Shapes(ONTOLOGY).validate(store_of(graph(GOOD) + graph(text)))]
    mine = [finding for finding in findings if finding.check == check]
    assert [finding for finding in mine if finding.problem.startswith(problem)], findings
    assert all(finding.remedy for finding in mine)


@pytest.mark.proof
@pytest.mark.parametrize("name", REASONED)
def test_the_reasoner_catches(name: str) -> None:
    text, facts, axioms = REASONED[name]
    [contradiction] = consistency(ONTOLOGY, graph(GOOD + text))
    assert facts <= set(contradiction.facts)
    assert axioms & set(contradiction.axioms)


@pytest.mark.parametrize(
    "name", ["a state that is a treaty", "a person that is a company", "a signature that is a withdrawal"]
)
def test_a_class_too_many_is_also_caught_without_the_reasoner(name: str) -> None:
    text, facts, _ = REASONED[name]
    things = {each.values["thing"].rpartition("/")[2] for each in found(text) if each.check == "disjoint-classes"}
    assert len(things) == 1
    assert things.pop() in next(iter(facts))


@pytest.mark.proof
def test_both_reasoners_find_the_ontology_with_all_reference_facts_consistent() -> None:
    from kg import reference
    from kg.settings import ROOT

    facts = list(reference.quads(ROOT / "seeds" / "reference"))
    assert len(facts) > 80_000
    assert consistency(ONTOLOGY, facts) == []
    assert consistency(ONTOLOGY, facts, reasoner="pellet") == []
