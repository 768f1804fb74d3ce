"""The ontology: every term is there, defined in both languages, and the whole is consistent."""

from __future__ import annotations

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import OntologyError
from kg.namespaces import AC, ONTOLOGY_GRAPH, OWL, PREFIXES
from kg.reason import axioms, ontology_quads
from kg.settings import ROOT

ONTOLOGY = ROOT / "ontology"


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


ROLES_OF_EVENTS = {
    "Signature": {"agent", "treaty", "place"},
    "Ratification": {"agent", "treaty"},
    "EntryIntoForce": {"treaty"},
    "Extension": {"agent", "treaty"},
    "Suspension": {"agent", "treaty"},
    "Withdrawal": {"agent", "treaty"},
    "Expiration": {"treaty"},
    "Violation": {"agent", "treaty", "item"},
    "Negotiation": {"participant", "treaty", "topic", "place"},
    "Inspection": {"agent", "target", "treaty", "place"},
    "ArmsTransfer": {"supplier", "recipient", "item"},
    "TransferOffer": {"supplier", "recipient", "item"},
    "TransferSuspension": {"agent", "supplier", "recipient", "item"},
    "CoProduction": {"participant", "item", "place"},
    "WeaponDevelopment": {"agent", "item", "treaty", "place"},
    "WeaponTest": {"agent", "item", "place"},
    "Deployment": {"agent", "item", "place"},
    "WeaponUse": {"agent", "target", "item", "place"},
    "Dismantlement": {"agent", "item", "treaty"},
    "Meeting": {"participant", "place", "gathering"},
    "Accusation": {"agent", "target", "topic"},
    "Rejection": {"agent", "target", "item", "treaty", "topic"},
    "Warning": {"agent", "target", "topic"},
    "Sanction": {"agent", "target"},
    "SecurityCooperation": {"participant", "treaty"},
}

CLASSES = words("""
    Entity Agent Location Armament Occurrence State Person Organization InternationalOrganization
    GovernmentBody Company MediaOutlet ArmedGroup Treaty MultilateralTreaty BilateralTreaty ZoneTreaty
    PoliticalCommitment Regime SecurityCouncilResolution WeaponSystem WeaponCategory Place Gathering Conflict
    Event Claim Document Filler Amount Modality Polarity Tenure Office""")

LAW = words("""
    Obligation Ban Ceiling NotificationDuty InspectionDuty ZoneRestriction TreatyRule StatusInterval PartyInterval
    TreatyInterval Touch LegalStatus""")
"""The classes of the law on a day."""

TELLING = words("Origin Disagreement DisagreementKind Step EventLink")
"""The classes of what follows from several claims."""

TELLING_PROPERTIES = words("""
    originOf originPolarity tracedTo cameThrough fromClaim affirmingOrigins denyingOrigins agreeingOrigins
    disagreementKind disagreementOn firstSide otherSide disputedRole firstSays otherSays
    reachedStep announcedStep followedBy awaits awaitedSince partOf repeats linkFrom linkTo linkKind linkRule linkFeature""")

DIFFERENCES = words("""
    Denied PlannedThenDone RuledOutThenDone LeftOpen DisputedDate DisputedParticipant DisputedAmount AccusedThenDenied OfferedThenRefused
    OfferStep AgreementStep DeliveryStep HaltStep DevelopmentStep TestStep DeploymentStep NegotiationStep SignatureStep RatificationStep
    EntryIntoForceStep EndOfTermStep WithdrawalStep SuspensionStep DismantlementStep SanctionStep""")

INDIVIDUALS = words("Actual Planned Possible Affirmed Negated")

STATUSES = words("""
    SignedOnly Consented Bound Suspended WithdrawalNotified Ended NotYetInForce InForce Expired Terminated
    NotBound Unclear""")

PROPERTIES = words("""
    hasRole involves agent participant supplier recipient target item treaty topic place gathering
    onBehalfOf respondsTo earliest latest edtf whenText countedFrom dateInferred about inDocument modality polarity claimant relayedBy
    trigger evidence method confidence amount amountOf amountValue amountBound amountUnit currency amountWords filler role entity mention contentHash minHash datedBy holdsOffice office officeType
    officeOf partyTo memberOf originState manufacturer carriedBy category limits prohibits treatyKind signedOn
    inForceOn endedOn endedHow depositary limitsText action rangeText demonym metonym reconciled basis
    note answeredBy hasParty hasMember carries ofKind restricts restrictedBy codedAs officeKind tenureOf servedFor""")

LEGAL_PROPERTIES = words("""
    ofTreaty ofState status startEarliest startLatest endEarliest endLatest restsOn continuedBy existedFrom
    existedUntil notifiedOn listedOn unlistedOn extendedUntil hasObligation obligationOf covers exceptsArmament reaches touchedBy dutyOf
    notDutyOf quantity unit perWhom rangeMinimum rangeMaximum appliesFrom appliesUntil article touches ofEvent
    ofObligation standing entryCondition entryDeposits entryRequires entryDelay partyDelay partyDelayAfter
    duration noticePeriod legalForce""")

DECISIONS = ["mergedFrom", "mergedInto", "comparedWith", "toldIn", "score", "likeness", "tookAway", "putIn"]
JUDGEMENTS = words("judges judgedIn verdict correction reliability credibility reason")
"""The properties of what reviewers judge."""

RANGES = {
    "agent": "Agent",
    "participant": "Agent",
    "supplier": "Agent",
    "recipient": "Agent",
    "target": "Agent",
    "item": "Armament",
    "treaty": "Treaty",
    "topic": "Entity",
    "place": "Location",
    "gathering": "Gathering",
}


@pytest.fixture(scope="module")
def ontology() -> ox.Store:
    """The ontology in the default graph."""
    store = ox.Store()
    store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in ontology_quads(ONTOLOGY))
    return store


def pairs(store: ox.Store, query: str) -> set[tuple[str, str]]:
    """Rows of two terms, without their namespace."""
    rows = store.query(query, prefixes=PREFIXES)
    return {(row[0].value.removeprefix(AC), row[1].value.removeprefix(AC)) for row in rows}


def test_all_quads_stand_in_the_graph_of_the_ontology() -> None:
    quads = list(ontology_quads(ONTOLOGY))
    assert {quad.graph_name.value for quad in quads} == {ONTOLOGY_GRAPH}
    assert not [q for q in quads if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]


def test_it_imports_nothing_and_names_version_title_and_licence(ontology: ox.Store) -> None:
    header = ox.NamedNode("https://w3id.org/arms-control/ontology")
    said = {quad.predicate.value: quad.object.value for quad in ontology.quads_for_pattern(header, None, None)}
    assert said[OWL + "versionInfo"] == "0.2.0"
    assert said["http://purl.org/dc/terms/license"] == "https://www.apache.org/licenses/LICENSE-2.0"
    assert "http://purl.org/dc/terms/title" in said
    assert not list(ontology.quads_for_pattern(None, ox.NamedNode(OWL + "imports"), None))


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("owl:Class", CLASSES + LAW + TELLING + ["Judgement", "Merge"] + list(ROLES_OF_EVENTS)),
        ("owl:NamedIndividual", INDIVIDUALS + STATUSES + DIFFERENCES),
        (
            "owl:ObjectProperty|owl:DatatypeProperty|owl:AnnotationProperty",
            PROPERTIES + LEGAL_PROPERTIES + TELLING_PROPERTIES + JUDGEMENTS + DECISIONS,
        ),
    ],
)
def test_it_has_exactly_the_terms_of_the_vocabulary(ontology: ox.Store, kind: str, names: list[str]) -> None:
    kinds = " ".join(kind.split("|"))
    rows = ontology.query(
        f"SELECT DISTINCT ?t {{ VALUES ?k {{ {kinds} }} ?t a ?k FILTER(STRSTARTS(STR(?t), STR(ac:))) }}",
        prefixes=PREFIXES,
    )
    assert sorted(row["t"].value.removeprefix(AC) for row in rows) == sorted(names)


@pytest.mark.parametrize("annotation", ["rdfs:label", "skos:definition", "dcterms:source"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_term_has_one_label_one_definition_and_one_source_in_each_language(
    ontology: ox.Store, annotation: str, language: str
) -> None:
    rows = ontology.query(
        f"""SELECT ?t (COUNT(?text) AS ?n) {{
            {{ SELECT DISTINCT ?t {{ ?t a ?kind FILTER(?kind != owl:Ontology) }} }}
            OPTIONAL {{ ?t {annotation} ?text FILTER(LANG(?text) = "{language}" && STRLEN(?text) > 0) }}
        }} GROUP BY ?t HAVING (COUNT(?text) != 1)""",
        prefixes=PREFIXES,
    )
    assert [row["t"].value for row in rows] == []


def test_every_event_class_has_exactly_its_roles_a_scope_note_and_an_example(ontology: ox.Store) -> None:
    roles = pairs(ontology, "SELECT ?c ?r { ?c rdfs:subClassOf ac:Event ; ac:hasRole ?r }")
    assert roles == {(kind, role) for kind, names in ROLES_OF_EVENTS.items() for role in names}
    complete = """SELECT ?c ?e { ?c rdfs:subClassOf ac:Event ; skos:example ?e ; skos:scopeNote ?n, ?m
        FILTER(LANG(?e) = "fr" && LANG(?n) = "en" && LANG(?m) = "fr") }"""
    assert {kind for kind, _ in pairs(ontology, complete)} == set(ROLES_OF_EVENTS)


def test_roles_are_below_involves_and_take_what_the_vocabulary_says(ontology: ox.Store) -> None:
    found = pairs(ontology, "SELECT ?r ?c { ?r rdfs:subPropertyOf ac:involves ; rdfs:range ?c }")
    assert found == set(RANGES.items())


def test_named_unions_stand_for_the_classes_that_share_a_role(ontology: ox.Store) -> None:
    below = pairs(ontology, "SELECT ?c ?d { ?c rdfs:subClassOf ?d }")
    assert {c for c, d in below if d == "Agent"} == {"State", "Person", "Organization"}
    assert {c for c, d in below if d == "Armament"} == {"WeaponSystem", "WeaponCategory"}
    assert {c for c, d in below if d == "Location"} == {"Place", "State"}
    assert {c for c, d in below if d == "Occurrence"} == {"Event", "Gathering", "Conflict", "Tenure"}


def test_main_classes_exclude_each_other_pairwise(ontology: ox.Store) -> None:
    entities = words("State Person Organization Treaty WeaponSystem WeaponCategory Place Gathering Conflict")
    records = words("Entity Event Claim Document Filler Modality Polarity Tenure")
    wanted = {frozenset((a, b)) for group in (entities, records) for a in group for b in group if a < b}
    found = {frozenset(pair) for pair in pairs(ontology, "SELECT ?a ?b { ?a owl:disjointWith ?b }")}
    assert wanted - found == set()
    acts = words("Signature Ratification EntryIntoForce Extension Suspension Withdrawal Expiration")
    transfers = words("ArmsTransfer TransferOffer TransferSuspension")
    fire = words("WeaponTest WeaponUse Dismantlement")
    for group in (acts, transfers, fire, words("MultilateralTreaty BilateralTreaty PoliticalCommitment")):
        assert {frozenset((a, b)) for a in group for b in group if a < b} - found == set()
    uppers = [
        ("Agent", "Treaty"),
        ("Agent", "Armament"),
        ("Location", "Treaty"),
        ("Tenure", "Gathering"),
        ("Tenure", "Conflict"),
    ]
    assert {frozenset(pair) for pair in uppers} - found == set()
    assert frozenset(("Meeting", "Negotiation")) not in found
    assert frozenset(("Company", "GovernmentBody")) not in found


def test_classes_of_events_cannot_have_the_roles_that_they_are_not_given() -> None:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for _, t in axioms(ONTOLOGY))
    closed = pairs(
        store,
        """SELECT ?class ?role { ?class rdfs:subClassOf ?r .
            ?r a owl:Restriction ; owl:onProperty ?role ; owl:allValuesFrom owl:Nothing }""",
    )
    talks = ROLES_OF_EVENTS["Meeting"] | ROLES_OF_EVENTS["Negotiation"]  # one event may be both
    allowed = ROLES_OF_EVENTS | {"Meeting": talks, "Negotiation": talks}
    assert closed == {(kind, role) for kind, own in allowed.items() for role in RANGES.keys() - own}


def test_named_unions_are_closed_and_chains_are_kept_for_the_rules(ontology: ox.Store) -> None:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for _, t in axioms(ONTOLOGY))
    unions = "SELECT ?c ?d { ?c owl:equivalentClass/owl:unionOf/rdf:rest*/rdf:first ?d }"
    assert {c for c, _ in pairs(store, unions)} == {"Agent", "Armament", "Location"}
    chains = "SELECT ?p ?q { ?p owl:propertyChainAxiom/rdf:rest*/rdf:first ?q }"
    assert pairs(ontology, chains) == {
        ("servedFor", "holdsOffice"),
        ("servedFor", "officeOf"),
        ("ofKind", "ofKind"),
        ("ofKind", "http://www.w3.org/2004/02/skos/core#broader"),
    }


def test_every_kind_of_treaty_and_type_of_office_is_coded_or_left_out_on_purpose(ontology: ox.Store) -> None:
    coded = {word for _, word in pairs(ontology, "SELECT ?c ?word { ?c ac:codedAs ?word }")}
    kinds = {row["kind"] for row in table("treaties")}
    assert kinds - coded == {"alliance treaty", "model agreement", "proposed treaty"}
    assert {row["office_type"] for row in table("tenures")} - coded == set()
    assert {row["kind"] for row in table("treaties")} | {row["office_type"] for row in table("tenures")} >= coded


def table(name: str) -> list[dict[str, str]]:
    """A table of the reference data."""
    with (ROOT / "seeds" / "reference" / name / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_modalities_and_polarities_are_told_apart(ontology: ox.Store) -> None:
    found = {frozenset(pair) for pair in pairs(ontology, "SELECT ?a ?b { ?a owl:differentFrom ?b }")}
    apart = [("Actual", "Planned"), ("Actual", "Possible"), ("Planned", "Possible"), ("Affirmed", "Negated")]
    assert found == {frozenset(pair) for pair in apart}


def test_a_syntax_error_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("@prefix ac: <http://a/> .\nac:x ac:y .\n", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"broken\.ttl, line 2"):
        list(ontology_quads(tmp_path))


def test_blank_nodes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "blank.ttl").write_text("<http://a> <http://b> [] .", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"blank\.ttl: a blank node stands beside http://b"):
        list(ontology_quads(tmp_path))


def test_a_folder_without_turtle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="no Turtle file"):
        list(ontology_quads(tmp_path))
