"""Reasoning: what the project's rules conclude on tiny stores, and what HermiT finds contradictory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import reason
from kg.errors import OntologyError
from kg.namespaces import AC, ACR, INFERRED_GRAPH, PREFIXES, RDF, RDFS, REFERENCE_GRAPH
from kg.reason import Contradiction, consistency, infer, ontology_quads
from kg.reason.restricting import restrictions
from kg.settings import ROOT

ONTOLOGY = ROOT / "ontology"
RULES = ONTOLOGY / "rules"
ACR_PREFIXES = {name: f"{ACR}{name}/" for name in ("claim", "document", "event", "person", "state", "tenure")}

TENURES = """
state:RUS a ac:State . state:USA a ac:State .
person:poutine ac:holdsOffice tenure:1 .
tenure:1 ac:officeOf state:RUS ; ac:earliest "2012-05-07"^^xsd:date .
person:obama ac:holdsOffice tenure:2 .
tenure:2 ac:officeOf state:USA ; ac:earliest "2009-01-20"^^xsd:date ; ac:latest "2017-01-20"^^xsd:date .
person:trump ac:holdsOffice tenure:3 .
tenure:3 ac:officeOf state:USA ; ac:earliest "2017-01-20"^^xsd:date ; ac:latest "2021-01-20"^^xsd:date .
person:stoltenberg ac:holdsOffice tenure:4 .
tenure:4 ac:officeOf acr:otan .
acr:otan a ac:InternationalOrganization .
"""


def turtle(text: str, graph: str = REFERENCE_GRAPH) -> list[ox.Quad]:
    """A piece of Turtle as quads in a graph."""
    prefixes = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in (PREFIXES | ACR_PREFIXES).items())
    parsed = ox.parse(prefixes + text, format=ox.RdfFormat.TURTLE)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(graph)) for quad in parsed]


def store_of(*texts: str) -> ox.Store:
    """A store with the ontology and the texts, in their graphs and in the default graph."""
    store = ox.Store()
    for quad in [*ontology_quads(ONTOLOGY), *(quad for text in texts for quad in turtle(text))]:
        store.add(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    return store


def inferred(*texts: str, about: str) -> set[str]:
    """What the rules conclude of one subject, as lines of shortened predicate and object."""

    def lines() -> Iterator[str]:
        names = sorted((PREFIXES | ACR_PREFIXES).items(), key=lambda item: -len(item[1]))
        for quad in infer(store_of(*texts), RULES):
            if quad.subject.value == ACR + about:
                line = f"{quad.predicate.value} {quad.object.value}"
                for prefix, iri in names:
                    line = line.replace(iri, f"{prefix}:")
                yield line

    return set(lines())


def behalf(*texts: str) -> set[str]:
    """The states on whose behalf event:1 took place."""
    lines = inferred(TENURES, *texts, about="event/1")
    return {line.split()[1] for line in lines if line.startswith("ac:onBehalfOf")}


def test_classes_above_are_concluded_to_the_top() -> None:
    assert inferred("acr:x a ac:GovernmentBody .", about="x") == {
        "rdf:type ac:Organization",
        "rdf:type ac:Agent",
        "rdf:type ac:Entity",
    }
    assert inferred("acr:x a ac:Meeting .", about="x") == {"rdf:type ac:Event", "rdf:type ac:Occurrence"}
    assert inferred("acr:x a nif:Phrase .", about="x") == {"rdf:type nif:String"}


def test_whoever_has_a_role_is_involved() -> None:
    text = "event:1 ac:supplier state:RUS ; ac:recipient state:USA ; ac:respondsTo event:2 ."
    assert inferred(text, about="event/1") == {"ac:involves state:RUS", "ac:involves state:USA"}


@pytest.mark.parametrize("role", ["agent", "participant", "supplier", "recipient", "target"])
def test_a_person_in_a_role_stands_for_the_state_of_his_office_on_the_day(role: str) -> None:
    day = '"2019-09-05"^^xsd:date'
    assert behalf(f"event:1 ac:{role} person:poutine ; ac:earliest {day} ; ac:latest {day} .") == {"state:RUS"}


@pytest.mark.parametrize(
    ("days", "states"),
    [
        ('ac:earliest "2012-05-06"^^xsd:date ; ac:latest "2012-05-06"^^xsd:date', set()),
        ('ac:earliest "2012-05-07"^^xsd:date ; ac:latest "2012-05-07"^^xsd:date', {"state:RUS"}),
        ('ac:earliest "2012-01-01"^^xsd:date ; ac:latest "2012-12-31"^^xsd:date', {"state:RUS"}),
        ('ac:earliest "2011-01-01"^^xsd:date', set()),
        ('ac:latest "2013-01-01"^^xsd:date', {"state:RUS"}),
    ],
)
def test_the_office_must_be_held_on_a_day_of_the_event(days: str, states: set[str]) -> None:
    assert behalf(f"event:1 ac:agent person:poutine ; {days} .") == states


def test_a_tenure_ends_with_its_last_day() -> None:
    on_day = 'event:1 ac:agent person:obama ; ac:earliest "{0}"^^xsd:date ; ac:latest "{0}"^^xsd:date .'
    assert behalf(on_day.format("2017-01-20")) == {"state:USA"}
    assert behalf(on_day.format("2017-01-21")) == set()


@pytest.mark.parametrize(
    ("issued", "states"),
    [
        ('"2017-01-19"^^xsd:date', set()),
        ('"2019-09-05"^^xsd:date', {"state:USA"}),
        ('"2017-01"^^xsd:gYearMonth', {"state:USA"}),
        ('"2016-12"^^xsd:gYearMonth', set()),
        ('"2021"^^xsd:gYear', {"state:USA"}),
        ('"2016"^^xsd:gYear', set()),
    ],
)
def test_an_undated_event_takes_the_date_of_its_document(issued: str, states: set[str]) -> None:
    claim = "claim:1 ac:about event:1 ; ac:inDocument document:1 . event:1 ac:participant person:trump ."
    assert behalf(claim, f"document:1 dcterms:issued {issued} .") == states


def test_a_month_of_issue_counts_with_its_last_day() -> None:
    claim = "claim:1 ac:about event:1 ; ac:inDocument document:1 . event:1 ac:agent person:x ."
    late = 'person:x ac:holdsOffice tenure:9 . tenure:9 ac:officeOf state:RUS ; ac:earliest "{}"^^xsd:date .'
    issued = 'document:1 dcterms:issued "2020-02"^^xsd:gYearMonth .'
    assert behalf(claim, issued, late.format("2020-02-29")) == {"state:RUS"}
    assert behalf(claim, issued, late.format("2020-03-01")) == set()


def test_the_date_of_the_event_goes_before_that_of_the_document() -> None:
    claim = "claim:1 ac:about event:1 ; ac:inDocument document:1 . event:1 ac:agent person:trump ."
    dated = 'document:1 dcterms:issued "2019"^^xsd:gYear . event:1 ac:earliest "2015-01-01"^^xsd:date .'
    assert behalf(claim, dated) == set()


def test_neither_an_undated_document_nor_an_organisation_nor_a_topic_gives_a_state() -> None:
    claim = "claim:1 ac:about event:1 ; ac:inDocument document:1 ."
    dated = 'document:1 dcterms:issued "2019-09-05"^^xsd:date .'
    assert behalf(claim, "event:1 ac:agent person:poutine .") == set()
    assert behalf(claim, dated, "event:1 ac:agent person:stoltenberg .") == set()
    assert behalf(claim, dated, "event:1 ac:topic person:poutine .") == set()


def test_what_is_inferred_is_new_sorted_and_in_its_graph() -> None:
    store = store_of("acr:x a ac:Company, ac:Agent .")
    before = len(store)
    quads = infer(store, RULES)
    assert len(store) == before
    mine = [str(quad) for quad in quads if quad.subject.value == ACR + "x"]
    ac = "https://w3id.org/arms-control/ontology#"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    assert mine == [f"<{ACR}x> {kind} <{ac}{name}> <{INFERRED_GRAPH}>" for name in ("Entity", "Organization")]
    assert [str(quad) for quad in quads] == sorted(str(quad) for quad in quads)


def test_a_second_run_gives_the_same_and_forgets_what_no_longer_follows() -> None:
    store = store_of("acr:x a ac:Company . event:1 ac:agent state:RUS .")
    first = infer(store, RULES)
    for quad in first:
        store.add(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    assert infer(store, RULES) == first
    for quad in turtle("event:1 ac:agent state:RUS ."):
        store.remove(quad)
        store.remove(ox.Quad(quad.subject, quad.predicate, quad.object))
    assert infer(store, RULES) == [quad for quad in first if quad.subject.value != ACR + "event/1"]


def test_what_a_document_says_too_is_not_inferred_though_an_earlier_run_did() -> None:
    store = store_of("acr:x a ac:Company .")
    for quad in infer(store, RULES):
        store.add(quad)
        store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    store.extend(turtle("acr:x a ac:Agent ."))
    kinds = [quad.object.value for quad in infer(store, RULES) if quad.subject.value == ACR + "x"]
    assert [kind.split("#")[1] for kind in kinds] == ["Entity", "Organization"]


HEADER = "# title: a\n# reason: b\n# source: c\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", "the rule has no title"),
        ("# title: a\n# reason: b\nCONSTRUCT WHERE { ?a ?b ?c }", "the rule has no source"),
        (HEADER + "CONSTRUCT { ?a ?b ?c }\nWHERE { ?a ?b }", r"bad\.rq, line 5"),
        (HEADER + "SELECT * WHERE { ?a ?b ?c }", "the rule is no CONSTRUCT query"),
        (HEADER + "CONSTRUCT { ?a ?b [] } WHERE { ?a ?b ?c }", "the rule gives blank nodes"),
    ],
)
def test_a_bad_rule_is_refused_with_its_place(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "bad.rq").write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=problem):
        infer(store_of(), tmp_path)


def test_what_a_rule_gives_that_is_no_triple_is_left_out(tmp_path: Path) -> None:
    rule = HEADER + "CONSTRUCT { ?value ac:note ?thing } WHERE { ?thing ac:note ?value }"
    (tmp_path / "turned.rq").write_text(rule, encoding="utf-8")
    found = infer(store_of('event:1 ac:note "a text", event:2, event:1 .'), tmp_path)
    assert [(quad.subject.value, quad.object.value) for quad in found] == [(ACR + "event/2", ACR + "event/1")]


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="no rule"):
        infer(store_of(), tmp_path)


GOOD = """
state:RUS a ac:State ; ac:partyTo acr:treaty ; skos:prefLabel "Russie"@fr .
acr:treaty a ac:Treaty ; ac:signedOn "2010-04"^^xsd:gYearMonth .
event:1 a ac:Signature ; ac:agent state:RUS ; ac:earliest "2010-04-08"^^xsd:date ; ac:confidence 0.95 .
"""


def test_the_ontology_with_good_data_is_consistent() -> None:
    assert consistency(ONTOLOGY, turtle(GOOD)) == []


def test_a_contradiction_is_found_with_its_axioms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    bad = turtle(GOOD + "acr:treaty a ac:Person .")
    [found] = consistency(ONTOLOGY, bad)
    assert found.axioms == ("Person disjointWith Treaty",)
    assert set(found.facts) == {"acr:treaty type Person", "acr:treaty type Treaty"}
    assert str(found).startswith("These contradict each other: acr:treaty type ")
    assert list(tmp_path.iterdir()) == []


def test_a_class_that_can_have_no_member_is_found(tmp_path: Path) -> None:
    text = (ONTOLOGY / "arms-control.ttl").read_text(encoding="utf-8")
    (tmp_path / "a.ttl").write_text(text + "ac:Odd rdfs:subClassOf ac:Person, ac:Treaty .", encoding="utf-8")
    assert consistency(tmp_path, []) == [Contradiction(("nothing can be of the class ac:Odd",), ())]


@pytest.mark.parametrize(
    ("where", "asked"),
    [
        ("?x ac:item ?y .", "<a:1>"),
        ("?x a ac:Event ; ac:item ?y .", "<a:1>"),
        ("?z ac:about ?x ; ac:item ?y . ?x ac:item ?y .", "<a:1>"),  # what follows the semicolon is said of ?z
        ("{ ?x ac:place ?y } UNION { ?x ac:item ?y }", "<a:1> <a:2> <a:3>"),
        ("?x ac:item ?y FILTER(?y != ac:State) MINUS { ?x a ac:Event }", "<a:1>"),
        ("?y a ac:State FILTER(?y != ?z) ?x ac:item ?z .", "<a:1>"),  # and the class stands not before ?x
    ],
)
def test_a_rule_is_asked_of_things_alone_that_have_what_it_asks_for(where: str, asked: str) -> None:
    things = [ox.NamedNode(f"a:{number}") for number in (1, 2, 3)]
    store = ox.Store()
    for name, value in (("item", "b:1"), ("about", "b:2")):
        store.add(ox.Quad(things[0], ox.NamedNode(AC + name), ox.NamedNode(value)))
    store.add(ox.Quad(ox.NamedNode("b:2"), ox.NamedNode(AC + "about"), things[0]))
    store.add(ox.Quad(things[0], ox.NamedNode(RDF + "type"), ox.NamedNode(AC + "Event")))
    rule = reason.Rule(Path("r.rq"), f"CONSTRUCT {{ ?x ac:near ac:Here }} WHERE {{ {where} }}", "", "", "")
    query = restrictions(rule)[0].asked_of(things, store)
    assert query is not None
    assert re.findall(r"VALUES \?x \{ (.*?) \}", query)[0] == asked
    assert restrictions(rule)[0].asked_of([], store) is None


@pytest.mark.parametrize(("triple", "asked"), [("?x ?property ?y", "<a:1>"), ("?y ?property ?x", "<a:2>")])
def test_a_rule_of_properties_with_axioms_is_asked_of_things_alone_that_have_one(triple: str, asked: str) -> None:
    things = [ox.NamedNode(f"a:{number}") for number in (1, 2, 3)]
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode(AC + "above"), ox.NamedNode(RDFS + "subPropertyOf"), ox.NamedNode(AC + "over")))
    for name, one, other in (("above", 0, 1), ("beside", 1, 2), ("beside", 2, 0)):
        store.add(ox.Quad(things[one], ox.NamedNode(AC + name), things[other]))
    where = f"?property rdfs:subPropertyOf ?other . {triple} ."
    rule = reason.Rule(Path("r.rq"), f"CONSTRUCT {{ ?x ac:near ac:Here }} WHERE {{ {where} }}", "", "", "")
    query = restrictions(rule)[0].asked_of(things, store)
    assert query is not None
    assert re.findall(r"VALUES \?x \{ (.*?) \}", query)[0] == asked
    assert restrictions(rule)[0].asked_of(things[2:], store) is None
