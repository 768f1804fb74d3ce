"""kg why: proofs by the project's rules, and what the command says of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from fakes import INF, RUSSIA
from test_reason import turtle

from kg.ids import hashed_iri
from kg.namespaces import AC, ACR, INFERRED_GRAPH, REFERENCE_GRAPH, SKOS
from kg.reason import Proof, Prover, Rule, infer, ontology_quads, rules_of
from kg.settings import ROOT

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]

RULES = ROOT / "ontology" / "rules"
EVENT = hashed_iri("event", "Withdrawal", RUSSIA, INF)
FACTS = """
acr:icbm a ac:WeaponCategory ; skos:broader acr:missile . acr:missile a ac:WeaponCategory ; skos:broader acr:weapon .
acr:sarmat a ac:WeaponSystem ; ac:category acr:icbm .
person:putin ac:holdsOffice tenure:1 . tenure:1 ac:officeOf state:RUS ; ac:officeType "head of state" .
"""


def with_inferred(*texts: str, rules: Path = RULES) -> ox.Store:
    """A store with the ontology, the texts in the reference graph, and what follows."""
    store = ox.Store()
    for quad in [*ontology_quads(ROOT / "ontology"), *(quad for text in texts for quad in turtle(text))]:
        store.add(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    for quad in infer(store, rules):
        store.add(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    return store


def prove(store: ox.Store, subject: str, predicate: str, value: str, rules: Path = RULES) -> Proof | None:
    triple = ox.Triple(*(ox.NamedNode(iri) for iri in (subject, predicate, value)))
    return Prover(store, rules_of(rules)).prove(triple)


def leaves(proof: Proof) -> set[str]:
    """The stated triples of a proof that the reference graph holds, as local names."""
    own = {" ".join(part.value.rpartition("/")[2].rpartition("#")[2] for part in proof.triple)}
    below = {leaf for premise in proof.premises for leaf in leaves(premise)}
    return below | (own if REFERENCE_GRAPH in proof.graphs else set())


def test_a_chain_is_proved_down_to_what_is_stated() -> None:
    proof = prove(with_inferred(FACTS), ACR + "sarmat", AC + "ofKind", ACR + "weapon")
    assert proof is not None
    assert proof.rule is not None
    assert proof.rule.name == "chain"
    assert leaves(proof) == {"sarmat category icbm", "icbm broader missile", "missile broader weapon"}


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "rule", "stated"),
    [
        ("tenure/1", AC + "tenureOf", "person/putin", "inverse", {"putin holdsOffice 1"}),
        ("missile", SKOS + "narrower", "icbm", "inverse", {"icbm broader missile"}),
        (
            "icbm",
            SKOS + "broaderTransitive",
            "weapon",
            "transitive",
            {"icbm broader missile", "missile broader weapon"},
        ),
        ("tenure/1", AC + "officeKind", "office/head-of-state", "office-kind", {"1 officeType head of state"}),
        ("person/putin", AC + "servedFor", "state/RUS", "chain", {"putin holdsOffice 1", "1 officeOf RUS"}),
    ],
)
def test_each_general_rule_explains_what_it_gives(
    subject: str, predicate: str, value: str, rule: str, stated: set[str]
) -> None:
    proof = prove(with_inferred(FACTS), ACR + subject, predicate, ACR + value)
    assert proof is not None
    assert proof.rule is not None
    assert (proof.rule.name, leaves(proof)) == (rule, stated)


def test_every_inferred_triple_of_a_small_graph_has_a_proof_without_a_circle() -> None:
    store = with_inferred(
        FACTS, "event:1 a ac:Signature ; ac:agent person:putin ; ac:earliest '2020-01-01'^^xsd:date ."
    )
    prover = Prover(store, rules_of(RULES))
    inferred = list(store.quads_for_pattern(None, None, None, ox.NamedNode(INFERRED_GRAPH)))
    assert len(inferred) > 15
    for quad in inferred:
        proof = prover.prove(quad.triple)
        assert proof is not None
        assert proof.rule is not None, quad
        assert _grounded(proof), quad


def _grounded(proof: Proof) -> bool:
    """Whether all that a proof rests on is stated."""
    return bool(proof.graphs) or (bool(proof.premises) and all(_grounded(each) for each in proof.premises))


HEADER = "# title: a\n# reason: b\n# source: c\n"


def rule_folder(folder: Path, body: str) -> Path:
    (folder / "mine.rq").write_text(
        f"{HEADER}CONSTRUCT {{ ?a ac:respondsTo ?b }}\nWHERE {{ {body} }}\n", encoding="utf-8"
    )
    return folder


@pytest.mark.parametrize(
    ("body", "stated"),
    [
        ("?a skos:broader+ ?b", {"icbm broader missile", "missile broader weapon"}),
        ("?a skos:broader/skos:broader ?b", {"icbm broader missile", "missile broader weapon"}),
        ("?c skos:broader ?b . ?c ^skos:broader ?a", {"icbm broader missile", "missile broader weapon"}),
        ("?a skos:broader|ac:category ?c . ?c skos:broader ?b", {"icbm broader missile", "missile broader weapon"}),
        (
            "{ ?a ac:carriedBy ?b } UNION { ?a skos:broader ?c . ?c skos:broader ?b }",
            {"icbm broader missile", "missile broader weapon"},
        ),
        (
            "{ SELECT DISTINCT ?a ?b WHERE { ?a skos:broader ?c . ?c skos:broader ?b } }",
            {"icbm broader missile", "missile broader weapon"},
        ),
        (
            "?a skos:broader ?c . ?c skos:broader ?b MINUS { ?a ac:carriedBy ?b }",
            {"icbm broader missile", "missile broader weapon"},
        ),
    ],
)
def test_paths_unions_and_absences_of_a_rule_are_understood(tmp_path: Path, body: str, stated: set[str]) -> None:
    rules = rule_folder(tmp_path, body)
    proof = prove(with_inferred(FACTS, rules=rules), ACR + "icbm", AC + "respondsTo", ACR + "weapon", rules)
    assert proof is not None
    assert proof.rule is not None
    assert leaves(proof) == stated


def test_what_the_graph_does_not_hold_has_no_proof_and_what_is_stated_needs_no_rule() -> None:
    store = with_inferred(FACTS)
    assert prove(store, ACR + "icbm", AC + "ofKind", ACR + "weapon") is None
    stated = prove(store, ACR + "icbm", SKOS + "broader", ACR + "missile")
    assert stated is not None
    assert stated == Proof(stated.triple, (REFERENCE_GRAPH,))


def test_all_rules_of_the_project_can_be_run_backwards() -> None:
    from kg.reason.patterns import backwards

    for rule in rules_of(RULES):
        assert isinstance(rule, Rule)
        taken = backwards(rule)
        assert taken.head, rule.name
        assert taken.body, rule.name


def test_the_command_goes_down_to_the_sentence(kg: Kg, graph: Path, fresh: None) -> None:
    code, printed, _ = kg("why", f"<{EVENT}>", "involves", "Russie", "--home", graph)
    lines = printed.splitlines()
    assert code == 0
    assert lines[0].endswith(" – involves – Russia")
    assert lines[1] == "  because: What a property says, the properties above it say too [superproperty]"
    assert "    from ontology/arms-control.ttl" in lines
    assert "    in a: “La Russie quitte le traité FNI.” (0–31)" in lines


def test_the_command_names_row_and_basis_of_the_reference(kg: Kg, graph: Path, fresh: None) -> None:
    code, printed, _ = kg("why", "acr:state/RUS", "a", "ac:State", "--home", graph, "--json")
    [source] = json.loads(printed)["sources"]
    assert code == 0
    assert source["kind"] == "reference"
    assert source["place"].startswith("seeds/reference/states/states.csv, line ")
    assert source["basis"] == "sourced"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("Russia", "involvs", "x"), "The graph says nothing of Russia by 'involvs'. It does by: "),
        (("Rusia", "a", "x"), "The graph knows nothing called 'Rusia'. Did you mean "),
        (
            ("Russia", "a", "ac:Treaty"),
            "The graph does not hold Russia rdf:type 'ac:Treaty'. It holds for the two: state.",
        ),
    ],
)
def test_what_cannot_be_found_is_told_with_what_is_near(
    kg: Kg, graph: Path, fresh: None, call: tuple[str, str, str], said: str
) -> None:
    code, printed, error = kg("why", *call, "--home", graph)
    assert (code, printed) == (2, "")
    assert error.startswith(f"kg: {said}")
    assert error.count("\n") == 1
