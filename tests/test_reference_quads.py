"""The reference data as quads: shapes, spot facts, provenance, order."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pyoxigraph as ox
import pytest
import yaml

from kg.namespaces import AC, ACR, PREFIXES, REFERENCE_GRAPH
from kg.reference import quads
from kg.settings import ROOT

FOLDER = ROOT / "seeds" / "reference"
TABLES = sorted(path.name for path in FOLDER.iterdir())


@pytest.fixture(scope="module")
def facts() -> list[ox.Quad]:
    return list(quads(FOLDER))


@pytest.fixture(scope="module")
def store(facts: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in facts)
    return store


def sparql(text: str) -> str:
    """The query with its prefixes; acr: names, whose slashes SPARQL does not allow in names, become IRIs."""
    prefixes = "".join(f"PREFIX {prefix}: <{name}>\n" for prefix, name in PREFIXES.items())
    return prefixes + re.sub(r"\bacr:([\w/.-]+)", rf"<{ACR}\1>", text)


def ask(store: ox.Store, pattern: str) -> bool:
    return bool(store.query(sparql(f"ASK {{ {pattern} }}")))


def select(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    """The rows of the answer, IRIs of ours without what they all begin with."""
    solutions = store.query(sparql(query))
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(term.value.removeprefix(ACR).removeprefix(AC) for term in row if term) for row in solutions]


def test_two_runs_give_the_same_quads_in_the_same_order(facts: list[ox.Quad]) -> None:
    assert list(quads(FOLDER)) == facts
    assert len(set(facts)) == len(facts)


def test_all_stand_in_the_reference_graph_without_blank_nodes(facts: list[ox.Quad]) -> None:
    assert {q.graph_name.value for q in facts} == {REFERENCE_GRAPH}
    assert not any(isinstance(term, ox.BlankNode) for q in facts for term in (q.subject, q.object))


@pytest.mark.parametrize(
    "pattern",
    [
        'acr:state/RUS a ac:State ; skos:prefLabel "Russie"@fr, "Russia"@en ; ac:demonym "russe"@fr',
        'acr:state/USA ac:metonym "Pentagone"@fr ; owl:sameAs <http://www.wikidata.org/entity/Q30>',
        'acr:treaty/new-start ac:signedOn "2010-04-08"^^xsd:date ; ac:endedOn "2026-02-05"^^xsd:date',
        'acr:treaty/australia-group ac:signedOn "1985-06"^^xsd:gYearMonth',
        'acr:treaty/nsg ac:signedOn "1974"^^xsd:gYear',
        "acr:treaty/cwc ac:prohibits acr:weapon-category/arme-chimique",
        "acr:treaty/new-start ac:limits acr:weapon-category/icbm",
        "acr:weapon/kinzhal ac:originState acr:state/RUS ; ac:carriedBy acr:weapon/mig-31",
        "acr:weapon-category/icbm a skos:Concept ; skos:inScheme acr:weapon-categories",
        'acr:gathering/g20-osaka ac:place acr:place/osaka ; ac:edtf "2019-06-28/2019-06-29"',
        "acr:place/natanz schema:containedInPlace acr:state/IRN",
        "acr:conflict/ukraine-war ac:earliest '2022-02-24'^^xsd:date ; ac:edtf '2022-02-24/..'",
        "acr:state/FIN ac:memberOf acr:organization/north-atlantic-treaty-organization",
    ],
)
def test_spot_facts(store: ox.Store, pattern: str) -> None:
    assert ask(store, pattern)


def test_adjectives_are_no_names_of_the_state(store: ox.Store) -> None:
    assert not ask(store, 'acr:state/RUS skos:altLabel "russe"@fr')
    assert not ask(store, 'acr:state/RUS skos:altLabel "Moscou"@fr')


def test_the_parties_of_the_cwc_are_193(store: ox.Store) -> None:
    who = "SELECT ?s { ?e a ac:%s ; ac:treaty acr:treaty/cwc ; ac:agent ?s }"
    joined, left = (select(store, who % kind) for kind in ("Ratification", "Withdrawal"))
    assert len(set(joined) - set(left)) == 193


@pytest.mark.parametrize(("treaty", "count"), [("npt", 190), ("aplc", 162), ("att", 118), ("bwc", 189), ("ccm", 112)])
def test_the_parties_of_other_treaties_count_right(store: ox.Store, treaty: str, count: int) -> None:
    events = select(
        store,
        f"SELECT ?s ?class {{ ?e a ?class ; ac:treaty acr:treaty/{treaty} ; ac:agent ?s ; ac:earliest ?day "
        "FILTER (?class IN (ac:Ratification, ac:Withdrawal)) MINUS { ?s ac:existedUntil ?end } } ORDER BY ?day",
    )
    last = dict(events)
    listed = {state for (state,) in select(store, f"SELECT ?s {{ ?s ac:partyTo acr:treaty/{treaty} }}")}
    parties = {state for state, kind in last.items() if kind == "Ratification"} | listed
    assert len(parties) == count


def test_what_a_state_did_to_a_treaty_is_an_event_with_its_basis(store: ox.Store) -> None:
    rows = select(
        store,
        "SELECT ?class ?day ?edtf ?action ?basis ?confidence { ?e a ?class ; ac:earliest ?day ; "
        "ac:treaty acr:treaty/open-skies ; ac:agent acr:state/USA ; ac:action ?action ; ac:basis ?basis ; "
        "ac:confidence ?confidence ; ac:edtf ?edtf } ORDER BY ?day",
    )
    assert rows[-1] == ("Withdrawal", "2020-11-22", "2020-11-22", "withdrawal", "sourced", "0.95")


def test_a_membership_of_unknown_date_is_a_fact_with_its_record(store: ox.Store) -> None:
    rows = select(
        store,
        "SELECT ?basis ?confidence ?source { ?s ac:partyTo ?t . ?f a rdf:Statement ; rdf:subject ?s ; "
        "rdf:predicate ac:partyTo ; rdf:object ?t ; ac:basis ?basis ; ac:confidence ?confidence ; "
        "dcterms:source ?source . FILTER (?t = acr:treaty/ost) }",
    )
    assert len(rows) == 5
    assert {basis for basis, *_ in rows} == {"sourced"}


def test_a_tenure_says_office_body_and_days(store: ox.Store) -> None:
    rows = select(
        store,
        "SELECT ?office ?type ?body ?from { acr:person/sergey-lavrov ac:holdsOffice ?t . "
        "?t a ac:Tenure ; ac:office ?office ; ac:officeType ?type ; ac:officeOf ?body ; ac:earliest ?from }",
    )
    office = "ministre des Affaires étrangères de Russie"
    assert rows == [(office, "foreign minister", "state/RUS", "2004-03-09")]


def test_who_has_left_an_organisation_is_no_member(store: ox.Store) -> None:
    members = select(store, "SELECT ?s { ?s ac:memberOf acr:organization/european-union }")
    assert len(members) == 27
    assert ("state/GBR",) not in members


def test_every_event_entity_and_tenure_says_what_it_rests_on(store: ox.Store) -> None:
    rows = select(store, "SELECT DISTINCT ?s { ?s a ?class MINUS { ?s ac:basis ?basis } } LIMIT 5")
    assert rows == []


@pytest.mark.parametrize("name", TABLES)
def test_each_table_has_a_basis_in_each_row_and_the_rows_that_it_promises(name: str) -> None:
    described = yaml.safe_load((FOLDER / name / f"{name}.yaml").read_text(encoding="utf-8"))
    with (FOLDER / name / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert described["rows"]["minimum"] <= len(rows) <= described["rows"]["maximum"]
    assert described["rows"]["minimum"] > len(rows) * 0.9
    assert all(described[key].strip() for key in ("title", "origin", "licence"))
    assert set(Counter(row["basis"] for row in rows)) <= {
        "sourced",
        "checked",
        "checked (weak)",
        "recalled",
        "brief",
    }
    assert not [row for row in rows if row["basis"] in ("sourced", "checked") and not row["source"]]


def test_a_row_speaks_of_the_subjects_that_it_is_known_by() -> None:
    from kg.reference.reading import read
    from kg.reference.triples import facts_of, subjects_of

    tables = read(ROOT / "seeds" / "reference")
    for table in tables.by_name.values():
        for row in table.rows:
            said = {subject for subject, _, _ in facts_of(tables, table, row)}
            assert said == set(subjects_of(tables, table, row)) & said, (table.name, row.line)
            assert said, (table.name, row.line)
