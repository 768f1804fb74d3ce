"""Which obligations an event touches, and how the state stood that day: the rules over the seeds' reference."""

from __future__ import annotations

import csv

import pyoxigraph as ox
import pytest

from kg import reference, treaties
from kg.namespaces import ACR, PREFIXES, RDF
from kg.reason import infer, ontology_quads
from kg.reason.proof import Prover
from kg.reason.rules import rules_of
from kg.settings import ROOT

TABLE = ROOT / "seeds" / "reference" / "obligations" / "obligations.csv"

EVENTS = """
event:glcm a ac:WeaponTest ; ac:agent state:USA ; ac:item category:missile-croisiere-sol-sol ;
    ac:earliest "2019-08-18"^^xsd:date ; ac:latest "2019-08-18"^^xsd:date .
event:glcm-2018 a ac:WeaponTest ; ac:agent state:USA, state:RUS ; ac:item category:missile-croisiere-sol-sol ;
    ac:earliest "2018-08-18"^^xsd:date ; ac:latest "2018-08-18"^^xsd:date .
event:glcm-2019 a ac:WeaponTest ; ac:agent state:USA ; ac:item category:missile-croisiere-sol-sol ;
    ac:earliest "2019-01-01"^^xsd:date ; ac:latest "2019-12-31"^^xsd:date .
event:glcm-july a ac:WeaponTest ; ac:agent state:USA ; ac:item category:missile-croisiere-sol-sol ;
    ac:earliest "2019-07-20"^^xsd:date ; ac:latest "2019-07-20"^^xsd:date .
event:glcm-undated a ac:WeaponTest ; ac:agent state:USA ; ac:item category:missile-croisiere-sol-sol .
event:french a ac:WeaponTest ; ac:agent state:FRA ; ac:item category:missile-croisiere-sol-sol ;
    ac:earliest "2018-08-18"^^xsd:date ; ac:latest "2018-08-18"^^xsd:date .
event:short a ac:WeaponTest ; ac:agent state:USA ; ac:item weapon:short ;
    ac:earliest "2018-08-18"^^xsd:date ; ac:latest "2018-08-18"^^xsd:date .
event:middling a ac:WeaponTest ; ac:agent state:USA ; ac:item weapon:middling ;
    ac:earliest "2018-08-18"^^xsd:date ; ac:latest "2018-08-18"^^xsd:date .
weapon:short a ac:WeaponSystem ; ac:category category:srbm ; ac:rangeMinimum 70.0 ; ac:rangeMaximum 300.0 .
weapon:middling a ac:WeaponSystem ; ac:category category:srbm ; ac:rangeMinimum 300.0 ; ac:rangeMaximum 800.0 .
event:sarin a ac:WeaponUse ; ac:agent state:SYR ; ac:item category:sarin ;
    ac:earliest "2017-04-04"^^xsd:date ; ac:latest "2017-04-04"^^xsd:date .
event:tear-gas a ac:WeaponDevelopment ; ac:agent state:FRA ; ac:item category:cs-gas ;
    ac:earliest "2017-04-04"^^xsd:date ; ac:latest "2017-04-04"^^xsd:date .
event:bomb a ac:WeaponTest ; ac:agent state:FRA ; ac:item category:arme-nucleaire ;
    ac:earliest "1996-01-27"^^xsd:date ; ac:latest "1996-01-27"^^xsd:date .
event:warheads a ac:Deployment ; ac:agent state:USA ; ac:item category:tete-nucleaire ;
    ac:earliest "2017-01-01"^^xsd:date ; ac:latest "2017-01-01"^^xsd:date .
event:meeting a ac:Meeting ; ac:participant state:USA ; ac:item category:missile-croisiere-sol-sol ;
    ac:earliest "2018-08-18"^^xsd:date ; ac:latest "2018-08-18"^^xsd:date .
event:person a ac:WeaponTest ; ac:agent person:trump ; ac:item category:missile-croisiere-sol-sol ;
    ac:earliest "2018-08-18"^^xsd:date ; ac:latest "2018-08-18"^^xsd:date .
person:trump a ac:Person ; ac:holdsOffice tenure:trump .
tenure:trump a ac:Tenure ; ac:officeOf state:USA ; ac:earliest "2017-01-20"^^xsd:date ; ac:latest "2021-01-20"^^xsd:date .
"""
FOLDERS = {"category": "weapon-category", "event": "event", "state": "state", "weapon": "weapon"} | {
    name: name for name in ("person", "tenure")
}


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """The reference, the events, and what is concluded of them, in the default graph."""
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    prefixes += "".join(f"@prefix {name}: <{ACR}{folder}/> .\n" for name, folder in FOLDERS.items())
    graph = ox.NamedNode(ACR + "document/x")
    events = [
        ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        for quad in ox.parse(prefixes + EVENTS, format=ox.RdfFormat.TURTLE)
    ]
    store = ox.Store()
    store.bulk_extend([*ontology_quads(ROOT / "ontology"), *reference.quads(ROOT / "seeds" / "reference"), *events])
    store.bulk_extend([ox.Quad(q.subject, q.predicate, q.object) for q in store])
    concluded = infer(store, ROOT / "ontology" / "rules", treaties.status_quads(store))
    store.bulk_extend([ox.Quad(q.subject, q.predicate, q.object) for q in concluded])
    return store


def touched(store: ox.Store, event: str) -> dict[str, set[tuple[str, str]]]:
    """The obligations that an event touches, by the end of their IRI, with each state and its standing."""
    found: dict[str, set[tuple[str, str]]] = {}
    rows = store.query(
        f"""SELECT ?obligation ?state ?standing {{
            ?touch ac:ofEvent <{ACR}event/{event}> ; ac:ofObligation ?obligation ; ac:ofState ?state .
            OPTIONAL {{ ?touch ac:standing ?standing }} }}""",
        prefixes=PREFIXES,
    )
    for row in rows:
        ends = [str(row[name].value).rsplit("/", 1)[-1] if row[name] else "" for name in ("state", "standing")]
        pair = (ends[0], ends[1].rpartition("#")[2])
        found.setdefault(row["obligation"].value.rsplit("/", 1)[-1], set()).add(pair)
    return found


BAN = "inf-ground-launched-missiles"


def test_a_test_after_the_end_of_the_treaty_touches_its_ban_and_nobody_was_bound(store: ox.Store) -> None:
    assert touched(store, "glcm") == {BAN: {("USA", "NotBound")}}


def test_a_test_before_it_touches_the_ban_and_both_were_bound(store: ox.Store) -> None:
    assert touched(store, "glcm-2018") == {BAN: {("USA", "Bound"), ("RUS", "Bound")}}


def test_a_suspension_is_told_apart(store: ox.Store) -> None:
    assert touched(store, "glcm-july") == {BAN: {("USA", "Suspended")}}


def test_days_that_lie_on_both_sides_leave_it_unclear(store: ox.Store) -> None:
    assert touched(store, "glcm-2019") == {BAN: {("USA", "Unclear")}}


def test_an_event_without_a_date_touches_and_has_no_standing(store: ox.Store) -> None:
    assert touched(store, "glcm-undated") == {BAN: {("USA", "")}}


def test_a_state_that_had_nothing_to_do_with_the_treaty_is_left_out(store: ox.Store) -> None:
    assert touched(store, "french") == {}


def test_a_person_acts_for_the_state_of_his_office(store: ox.Store) -> None:
    assert touched(store, "person") == {BAN: {("USA", "Bound")}}


def test_a_range_that_does_not_meet_that_of_the_obligation_is_not_reached(store: ox.Store) -> None:
    assert touched(store, "short") == {}
    assert touched(store, "middling") == {BAN: {("USA", "Bound")}}


def test_kinds_below_are_meant_and_exceptions_are_not(store: ox.Store) -> None:
    assert touched(store, "sarin")["cwc-weapons"] == {("SYR", "Bound")}
    assert touched(store, "tear-gas") == {}


def test_duties_of_some_parties_only_are_theirs_only(store: ox.Store) -> None:
    bomb = touched(store, "bomb")
    assert "npt-acquire" not in bomb
    assert bomb["ctbt-tests"] == {("FRA", "NotBound")}


def test_a_ceiling_that_applies_later_is_not_touched_before(store: ox.Store) -> None:
    assert "new-start-warheads" not in touched(store, "warheads")


def test_other_kinds_of_event_touch_nothing(store: ox.Store) -> None:
    assert touched(store, "meeting") == {}


def test_each_touch_with_a_standing_rests_on_an_interval(store: ox.Store) -> None:
    rows = store.query(
        """SELECT ?touch { ?touch ac:standing ?standing FILTER(?standing != ac:NotBound)
        MINUS { ?touch ac:restsOn ?interval . ?interval a ac:PartyInterval } }""",
        prefixes=PREFIXES,
    )
    assert list(rows) == []
    assert list(store.quads_for_pattern(None, ox.NamedNode(PREFIXES["ac"] + "standing"), None))


def test_every_obligation_of_the_table_is_in_the_graph_with_its_ground(store: ox.Store) -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = {row["kind"] for row in rows}
    assert kinds == {"Ban", "Ceiling", "NotificationDuty", "InspectionDuty", "ZoneRestriction"}
    for row in rows:
        subject = ox.NamedNode(f"{ACR}obligation/{row['id']}")
        said = {quad.predicate.value for quad in store.quads_for_pattern(subject, None, None)}
        wanted = {"obligationOf", "basis", "confidence", *(["quantity", "unit"] if row["quantity"] else [])}
        assert {PREFIXES["ac"] + name for name in wanted} | {RDF + "type"} <= said, row["id"]


def test_the_limits_that_everyone_quotes_are_there() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        table = {row["id"]: row for row in csv.DictReader(file)}
    assert [table[f"new-start-{name}"]["quantity"] for name in ("warheads", "deployed-launchers", "all-launchers")] == [
        "1550",
        "700",
        "800",
    ]
    assert (table[BAN]["range_min"], table[BAN]["range_max"]) == ("500", "5500")
    assert [table[f"cfe-{kind}"]["quantity"] for kind in ("char", "vehicule-blinde", "artillerie", "avion-combat")] == [
        "20000",
        "30000",
        "20000",
        "6800",
    ]


def test_a_standing_can_be_asked_why_down_to_the_acts(store: ox.Store) -> None:
    standing = ox.NamedNode(PREFIXES["ac"] + "standing")
    touch = next(
        row["touch"]
        for row in store.query(f"SELECT ?touch {{ ?touch ac:ofEvent <{ACR}event/glcm> }}", prefixes=PREFIXES)
    )
    (triple,) = [quad.triple for quad in store.quads_for_pattern(touch, standing, None)]
    proof = Prover(store, rules_of(ROOT / "ontology" / "rules")).prove(triple)
    assert proof is not None
    assert proof.rule is not None
    assert proof.rule.name == "standing-not-bound"
    assert {each.rule.name for each in proof.premises if each.rule} == {"touches"}
