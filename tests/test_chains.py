"""What became of what was planned: which events are steps of one matter, which are not, and what is awaited."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml
from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from told import Told, rows

from kg.courses import Courses
from kg.errors import OntologyError
from kg.ledger.matters import matters
from kg.model import Modality, Polarity
from kg.namespaces import AC, PREFIXES
from kg.query import bind, questions
from kg.settings import ROOT, settings

PLANNED, POSSIBLE = Modality.PLANNED, Modality.POSSIBLE
RUSSIA, TURKEY, INDIA, USA, CHINA = "state/RUS", "state/TUR", "state/IND", "state/USA", "state/CHN"
S400, SU35, MISSILE, INF, START = (
    "weapon/s-400",
    "weapon/su-35",
    "weapon-category/missile",
    "treaty/inf",
    "treaty/new-start",
)
DEAL = {"supplier": RUSSIA, "recipient": TURKEY, "item": S400}
LINKS = "SELECT ?a ?b { ?a ac:followedBy ?b }"
GAPS = "SELECT ?e ?step ?day { ?e ac:awaits ?step OPTIONAL { ?e ac:awaitedSince ?day } }"


def tell(
    graph: Told,
    event: str,
    kind: str,
    date: str = "",
    *,
    told: str = "2020-01-01",
    word: str = "",
    modality: Modality = Modality.ACTUAL,
    polarity: Polarity = Polarity.AFFIRMED,
    **roles: str | tuple[str, ...],
) -> None:
    """An event with one claim, in a document of its own."""
    document = graph.document(f"d-{event}", told)
    graph.event(document, event, kind, date, **roles)
    claim = graph.claim(document, event, modality=modality, polarity=polarity)
    graph.add(f"document/{document}", claim, AC + "method", ox.Literal(f"rules:{kind}/{word}"))


def deal(**last: object) -> Told:
    """An offer of January, an agreement of March and a delivery of July 2019; `last` changes the delivery."""
    graph = Told()
    tell(graph, "offer", "TransferOffer", "2019-01-05", **DEAL)
    tell(graph, "order", "ArmsTransfer", "2019-03-01/2019-03-31", word="commander", **DEAL)
    delivery = {"date": "2019-07-12", "word": "livrer", "kind": "ArmsTransfer", **DEAL, **last}
    tell(graph, "delivery", **delivery)  # type: ignore[arg-type]
    return graph


WHOLE = [("offer", "order"), ("order", "delivery")]
SHORT = [("offer", "order")]


def test_offer_agreement_and_delivery_are_linked_and_nothing_is_awaited() -> None:
    store = deal().store()
    assert rows(store, LINKS) == WHOLE
    assert rows(store, GAPS) == []
    assert rows(store, "SELECT ?e ?s { ?e ac:reachedStep ?s }") == [
        ("delivery", "DeliveryStep"),
        ("offer", "OfferStep"),
        ("order", "AgreementStep"),
    ]


@pytest.mark.parametrize(
    "last",
    [
        {"supplier": CHINA},
        {"recipient": INDIA},
        {"item": SU35},
        {"item": MISSILE},
        {"date": "2019-01-04"},
        {"modality": POSSIBLE},
        {"polarity": Polarity.NEGATED},
        {"supplier": ()},
    ],
)
def test_what_is_another_matter_or_earlier_or_not_said_to_be_is_no_delivery(last: dict[str, object]) -> None:
    store = deal(**last).store()
    assert rows(store, LINKS) == SHORT
    assert ("order", "DeliveryStep", "2019-03-31") in rows(store, GAPS)


def test_a_delivery_in_the_month_of_the_order_may_come_after_it() -> None:
    assert rows(deal(date="2019-03-02").store(), LINKS) == WHOLE


def test_another_deal_of_the_same_parties_is_no_delivery() -> None:
    store = deal(word="acheter").store()
    assert rows(store, LINKS) == [("offer", "order")]
    assert [row[:2] for row in rows(store, GAPS)] == [("delivery", "DeliveryStep"), ("order", "DeliveryStep")]


def test_what_is_announced_awaits_the_step_itself_since_the_announcement() -> None:
    graph = Told()
    tell(
        graph,
        "plan",
        "ArmsTransfer",
        "2019-07-01/2019-07-31",
        told="2019-06-14",
        word="livrer",
        modality=PLANNED,
        **DEAL,
    )
    assert rows(graph.store(), GAPS) == [("plan", "DeliveryStep", "2019-06-14")]
    assert rows(graph.store(), "SELECT ?s { ?e ac:announcedStep ?s }") == [("DeliveryStep",)]
    tell(graph, "early", "ArmsTransfer", "2019-06-20", word="livrer", **DEAL)
    assert rows(graph.store(), LINKS) == [("plan", "early")]
    assert rows(graph.store(), GAPS) == []


def test_an_announcement_is_a_step_and_what_was_announced_stays_awaited() -> None:
    graph = Told()
    tell(graph, "offer", "TransferOffer", "2019-01-05", **DEAL)
    tell(graph, "plan", "ArmsTransfer", told="2019-06-14", word="livraison", modality=PLANNED, **DEAL)
    store = graph.store()
    assert rows(store, LINKS) == [("offer", "plan")]
    assert [row[:2] for row in rows(store, GAPS)] == [("offer", "AgreementStep"), ("plan", "DeliveryStep")]


def test_the_nearest_of_several_follows() -> None:
    graph = deal()
    tell(graph, "later", "ArmsTransfer", "2019-09-01", word="livrer", **DEAL)
    tell(graph, "second-offer", "TransferOffer", "2019-08-01", **DEAL)
    assert rows(graph.store(), LINKS) == [("offer", "order"), ("order", "delivery"), ("second-offer", "later")]


def test_a_person_acts_for_his_state() -> None:
    graph = deal(supplier="person/putin")
    graph.office("person/putin", RUSSIA)
    assert rows(graph.store(), LINKS) == WHOLE


def test_two_told_on_one_day_have_no_order() -> None:
    graph = Told()
    tell(graph, "offer", "TransferOffer", told="2019-06-14", **DEAL)
    tell(graph, "order", "ArmsTransfer", told="2019-06-14", **DEAL)
    assert rows(graph.store(), LINKS) == []
    tell(graph, "next", "ArmsTransfer", told="2019-06-15", **DEAL)
    assert rows(graph.store(), LINKS) == [("offer", "next")]


def test_what_was_refused_awaits_nothing() -> None:
    graph = Told()
    tell(graph, "offer", "TransferOffer", "2019-01-05", **DEAL)
    tell(graph, "no", "Rejection", "2019-01-07", agent=TURKEY, target=RUSSIA, item=S400)
    assert rows(graph.store(), GAPS) == []


HALT = {"kind": "TransferSuspension", "agent": RUSSIA, "recipient": TURKEY, "item": S400}


def test_a_licence_that_is_revoked_awaits_no_delivery() -> None:
    graph = Told()
    tell(graph, "licence", "ArmsTransfer", "2019-03-01", word="accorder licence", **DEAL)
    tell(graph, "end", date="2019-05-01", word="révoquer", **HALT)  # type: ignore[arg-type]
    store = graph.store()
    assert rows(store, LINKS) == [("licence", "end")]
    assert rows(store, GAPS) == []
    assert ("end", "HaltStep") in rows(store, "SELECT ?e ?s { ?e ac:reachedStep ?s }")


def test_who_supplies_what_another_halts_is_the_supplier() -> None:
    graph = deal()
    tell(graph, "end", date="2019-08-01", word="geler", **{**HALT, "agent": USA, "supplier": RUSSIA})  # type: ignore[arg-type]
    tell(graph, "other", date="2019-08-01", word="geler", **{**HALT, "agent": USA})  # type: ignore[arg-type]
    assert rows(graph.store(), LINKS) == [("delivery", "end"), *WHOLE]
    assert rows(graph.store(), GAPS) == []


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"agent": USA}, id="another halts his own"),
        pytest.param({"date": "2019-02-01"}, id="halted before"),
        pytest.param({"word": "embargo"}, id="an embargo"),
        pytest.param({"polarity": Polarity.NEGATED}, id="not halted"),
        pytest.param({"modality": PLANNED, "told": "2019-05-01"}, id="to be halted"),
    ],
)
def test_what_is_not_halted_still_awaits_its_delivery(told: dict[str, object]) -> None:
    graph = Told()
    tell(graph, "order", "ArmsTransfer", "2019-03-01", word="commander", **DEAL)
    tell(graph, "end", **{"date": "2019-05-01", "word": "geler", **HALT, **told})  # type: ignore[arg-type]
    assert ("order", "DeliveryStep", "2019-03-01") in rows(graph.store(), GAPS)


def test_developed_tested_deployed() -> None:
    graph = Told()
    tell(graph, "made", "WeaponDevelopment", "2018-03-01", agent=RUSSIA, item=S400)
    tell(graph, "tried", "WeaponTest", "2018-05-01", agent=RUSSIA, item=S400)
    tell(graph, "fielded", "Deployment", told="2019-01-01", modality=PLANNED, agent=RUSSIA, item=S400)
    tell(graph, "elsewhere", "Deployment", "2019-02-01", agent=CHINA, item=S400)
    tell(graph, "kind", "WeaponDevelopment", "2018-03-01", agent=RUSSIA, item=MISSILE)
    store = graph.store()
    assert rows(store, LINKS) == [("made", "tried"), ("tried", "fielded")]
    assert [row[:2] for row in rows(store, GAPS)] == [
        ("fielded", "DeploymentStep"),
        ("tried", "DeploymentStep"),
    ]


def test_negotiated_signed_ratified_in_force() -> None:
    graph = Told()
    tell(graph, "talks", "Negotiation", "2009-05-01", participant=(RUSSIA, USA), treaty=START)
    tell(graph, "signing", "Signature", "2010-04-08", agent=(RUSSIA, USA), treaty=START)
    tell(graph, "consent", "Ratification", "2011-01-28", agent=RUSSIA, treaty=START)
    tell(graph, "other-treaty", "Ratification", "2010-06-01", agent=RUSSIA, treaty=INF)
    tell(graph, "other-state", "Ratification", "2010-06-01", agent=CHINA, treaty=START)
    tell(graph, "force", "EntryIntoForce", "2011-02-05", treaty=START)
    store = graph.store()
    assert rows(store, LINKS) == [
        ("consent", "force"),
        ("other-state", "force"),
        ("signing", "consent"),
        ("talks", "signing"),
    ]
    assert rows(store, GAPS) == [("other-treaty", "EntryIntoForceStep", "2010-06-01")]


def test_what_the_reference_records_follows_and_is_not_awaited() -> None:
    graph = Told()
    tell(graph, "signing", "Signature", "2010-04-08", agent=RUSSIA, treaty=START)
    tell(graph, "end", "Expiration", told="2019-06-01", modality=PLANNED, treaty=INF)
    assert [row[:2] for row in rows(graph.store(), GAPS)] == [("end", "EndOfTermStep"), ("signing", "RatificationStep")]
    graph.add("graph/reference", "event/act", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", AC + "Ratification")
    for name, value in (("agent", RUSSIA), ("treaty", START)):
        graph.add("graph/reference", "event/act", AC + name, value)
    for name in ("earliest", "latest"):
        day = ox.Literal("2011-01-28", datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))
        graph.add("graph/reference", "event/act", AC + name, day)
    graph.add("graph/reference", INF, AC + "endedOn", ox.Literal("2019-08-02"))
    store = graph.store()
    assert rows(store, LINKS) == [("signing", "act")]
    assert rows(store, GAPS) == []


def test_what_will_expire_expires_or_is_extended() -> None:
    graph = Told()
    tell(graph, "end", "Expiration", "2021-02-05", told="2020-06-01", modality=PLANNED, treaty=START)
    tell(graph, "wrong", "Extension", "2020-07-01", treaty=INF)
    tell(graph, "more", "Extension", "2021-02-03", treaty=START)
    assert rows(graph.store(), LINKS) == [("end", "more")]
    assert rows(graph.store(), GAPS) == []


EMBARGO = {"agent": "organization/un", "recipient": "state/SSD", "word": "embargo sur les armes"}


def embargo(told: str = "2021-04-28", date: str = "2021-05-31") -> Told:
    """An embargo that is to end on that day, of a council that is a part of the organisation that decreed it."""
    graph = Told()
    graph.add("graph/reference", "organization/council", PREFIXES["dcterms"] + "isPartOf", "organization/un")
    last = {"modality": PLANNED, "polarity": Polarity.NEGATED}
    tell(graph, "end", "TransferSuspension", date, told=told, **last, **EMBARGO)  # type: ignore[arg-type]
    return graph


def test_an_embargo_that_is_to_end_awaits_its_end() -> None:
    store = embargo().store()
    assert rows(store, GAPS) == [("end", "EndOfTermStep", "2021-04-28")]
    assert rows(store, "SELECT ?e ?s { ?e ac:announcedStep ?s }") == [("end", "EndOfTermStep")]


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"polarity": Polarity.NEGATED, "told": "2021-06-02"}, id="it ended"),
        pytest.param({"word": "prolonger embargo", "told": "2021-05-28"}, id="prolonged before that day"),
        pytest.param({"word": "prolonger embargo", "told": "2021-05-28", "agent": "organization/council"}, id="by a part of it"),
        pytest.param({"told": "2021-06-20"}, id="in force after that day"),
        pytest.param({"told": "2021-06-20", "agent": ()}, id="in force, nobody says whose it is"),
    ],
)  # fmt: skip
def test_an_embargo_ends_or_goes_on(told: dict[str, object]) -> None:
    graph = embargo()
    tell(graph, "then", "TransferSuspension", **(EMBARGO | told))  # type: ignore[arg-type]
    store = graph.store()
    assert rows(store, LINKS) == [("end", "then")]
    assert rows(store, GAPS) == []


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"told": "2021-05-20"}, id="in force before that day"),
        pytest.param({"polarity": Polarity.NEGATED, "told": "2021-04-01"}, id="ended before that was said"),
        pytest.param({"word": "prolonger embargo", "told": "2021-05-28", "modality": PLANNED}, id="to be prolonged"),
        pytest.param({"word": "prolonger embargo", "told": "2021-05-28", "modality": POSSIBLE}, id="perhaps prolonged"),
        pytest.param({"told": "2021-06-20", "recipient": "state/SDN"}, id="another state's"),
        pytest.param({"told": "2021-06-20", "agent": "organization/european-union"}, id="another's"),
        pytest.param({"word": "décréter embargo", "told": "2021-06-20"}, id="a new one"),
        pytest.param({"word": "suspendre", "polarity": Polarity.NEGATED, "told": "2021-06-20"}, id="no embargo"),
    ],
)  # fmt: skip
def test_other_words_tell_nothing_of_its_end(told: dict[str, object]) -> None:
    graph = embargo()
    tell(graph, "then", "TransferSuspension", **(EMBARGO | told))  # type: ignore[arg-type]
    store = graph.store()
    assert rows(store, LINKS) == []
    assert rows(store, GAPS)[0] == ("end", "EndOfTermStep", "2021-04-28")


@pytest.mark.parametrize(
    ("told", "ended"),
    [
        pytest.param({"polarity": Polarity.NEGATED, "told": "2024-06-02"}, True, id="it ended"),
        pytest.param({"word": "prolonger moratoire", "told": "2024-03-02"}, True, id="prolonged"),
        pytest.param({"agent": USA, "polarity": Polarity.NEGATED, "told": "2024-06-02"}, False, id="another's"),
        pytest.param({"treaty": INF, "polarity": Polarity.NEGATED, "told": "2024-06-02"}, False, id="another treaty"),
        pytest.param({"word": "suspendre", "polarity": Polarity.NEGATED, "told": "2024-06-02"}, False, id="no moratorium"),
    ],
)  # fmt: skip
def test_a_moratorium_ends_or_goes_on(told: dict[str, object], ended: bool) -> None:
    graph = Told()
    pause = {"agent": RUSSIA, "treaty": "treaty/ctbt", "word": "moratoire"}
    tell(
        graph,
        "end",
        "Suspension",
        "2024-05-31",
        told="2024-02-01",
        modality=PLANNED,
        polarity=Polarity.NEGATED,
        **pause,
    )  # type: ignore[arg-type]
    tell(graph, "then", "Suspension", **(pause | told))  # type: ignore[arg-type]
    store = graph.store()
    assert rows(store, LINKS) == [("end", "then")] * ended
    assert [row[:2] for row in rows(store, GAPS)] == [("end", "EndOfTermStep")] * (not ended)


def test_the_end_of_an_embargo_is_told_with_its_sentences() -> None:
    graph = embargo()
    tell(graph, "then", "TransferSuspension", **(EMBARGO | {"told": "2021-06-20"}))
    for number, claim in enumerate(("claim/d-end-0", "claim/d-then-0")):
        place = claim.rpartition("/")[0]
        document = "document/" + claim.rpartition("/")[2][:-2]
        graph.add(document, claim, PREFIXES["prov"] + "wasQuotedFrom", f"{place}/sentence-{number}")
        said = ox.Literal(f"Phrase {number}.")
        graph.add(document, f"{place}/sentence-{number}", PREFIXES["nif"] + "anchorOf", said)
    kind = AC + "TransferSuspension"
    graph.add("graph/ontology", kind, PREFIXES["rdfs"] + "subClassOf", AC + "Event")
    store = graph.store()
    [chain] = Courses(store, settings().ontology, "en").chains()
    assert [(step.how, step.sentence, step.published) for step in chain.steps] == [
        ("announced", "Phrase 0.", "2021-04-28"),
        ("reported", "Phrase 1.", "2021-06-20"),
    ]
    of = Courses(store, settings().ontology, "en").of(chain.steps[0].event)
    assert of is not None
    assert [step.sentence for step in of.steps] == ["Phrase 0.", "Phrase 1."]
    assert rows(store, bind(questions(settings().ontology / "queries" / "competency")["not-followed-up"], {})) == []


def test_who_denies_that_an_embargo_ends_ends_nothing() -> None:
    graph = embargo()
    document = graph.document("d-denial", "2021-05-02")
    claim = graph.claim(document, "end", modality=PLANNED)
    graph.add(f"document/{document}", claim, AC + "method", ox.Literal("rules:TransferSuspension/embargo"))
    store = graph.store()
    assert rows(store, "SELECT ?e ?s { ?e ac:announcedStep ?s }") == [("end", "EndOfTermStep")]
    assert rows(store, GAPS) == [("end", "EndOfTermStep", "2021-04-28")]
    graph = embargo()
    document = graph.document("d-force", "2021-06-02")
    claim = graph.claim(document, "end")
    graph.add(f"document/{document}", claim, AC + "method", ox.Literal("rules:TransferSuspension/embargo"))
    assert rows(graph.store(), GAPS) == []


@pytest.mark.parametrize("modality", [PLANNED, Modality.ACTUAL])
def test_a_treaty_that_is_said_not_to_expire_is_still_awaited(modality: Modality) -> None:
    graph = Told()
    tell(graph, "end", "Expiration", "2021-02-05", told="2020-06-01", modality=PLANNED, treaty="treaty/pact")
    tell(
        graph, "no", "Expiration", told="2020-07-01", modality=modality, polarity=Polarity.NEGATED, treaty="treaty/pact"
    )
    assert rows(graph.store(), LINKS) == []
    assert rows(graph.store(), GAPS) == [("end", "EndOfTermStep", "2020-06-01")]


def test_a_ministry_acts_for_its_state() -> None:
    graph = deal(recipient="organization/ministry")
    graph.add("graph/reference", "organization/ministry", PREFIXES["dcterms"] + "isPartOf", TURKEY)
    assert rows(graph.store(), LINKS) == WHOLE


@pytest.mark.parametrize("kind", ["Withdrawal", "Suspension"])
def test_what_is_planned_is_done_by_the_same_state_alone(kind: str) -> None:
    graph = Told()
    tell(graph, "plan", kind, told="2019-02-01", modality=PLANNED, agent=USA, treaty=INF)
    tell(graph, "other", kind, "2019-03-02", agent=RUSSIA, treaty=INF)
    assert rows(graph.store(), LINKS) == []
    tell(graph, "done", kind, "2019-08-02", agent=USA, treaty=INF)
    assert rows(graph.store(), LINKS) == [("plan", "done")]


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(("TransferOffer", "ArmsTransfer")),
        st.sampled_from(("livrer", "acheter")),
        st.sampled_from(("", "2019-01-01", "2019-01-01/2019-01-31", "2019-01-15", "2019-02-01")),
        st.sampled_from(("2019-01-10", "2019-01-20", "2019-03-01")),
        st.sampled_from((Modality.ACTUAL, PLANNED)),
    ),
    min_size=1,
    max_size=7,
)


@rounds(max_examples=60, deadline=None, derandomize=True)
@given(EVENTS)
def test_links_go_up_and_never_back_in_time(events: list[tuple[str, str, str, str, Modality]]) -> None:
    graph = Told()
    for number, (kind, word, date, told, modality) in enumerate(events):
        tell(graph, f"e{number}", kind, date, told=told, word=word, modality=modality, **DEAL)
    steps = {"OfferStep": 0, "AgreementStep": 1, "DeliveryStep": 2}
    store = graph.store()
    found = rows(
        store,
        "SELECT ?e ?s ?p { { ?e ac:reachedStep ?s BIND(1 AS ?p) } UNION { ?e ac:announcedStep ?s BIND(0 AS ?p) } }",
    )
    ranks = {event: 2 * steps[step] + int(reached) for event, step, reached in found}
    assert len(ranks) == len(events)
    links = rows(store, LINKS)
    assert len({a for a, _ in links}) == len(links)
    for one, other in links:
        assert ranks[one] < ranks[other]
    awaited = {event for event, *_ in rows(store, GAPS)}
    assert not {event for event, rank in ranks.items() if rank == 5} & awaited
    assert all(event in awaited or any(a == event for a, _ in links) for event, rank in ranks.items() if rank < 5)


def test_the_file_of_matters_names_steps_and_classes_that_exist() -> None:
    ontology = (ROOT / "ontology" / "arms-control.ttl").read_text(encoding="utf-8")
    for matter in matters(ROOT / "ontology"):
        for step in matter.steps:
            assert f"\nac:{step.step} a owl:NamedIndividual, ac:Step ;" in ontology
            for kind in step.classes:
                roles = ontology.split(f"\nac:{kind} a owl:Class ;")[1].split("ac:hasRole", 1)[1].split(" .\n")[0]
                assert all(f"ac:{role}" in roles for role in matter.key), (kind, matter.key)


def test_the_words_of_a_step_are_triggers_of_its_classes() -> None:
    """A word that no frame has would never be met."""
    for matter in matters(ROOT / "ontology"):
        for step in matter.steps:
            known = "\n".join(
                (ROOT / "ontology" / "lexicon" / "fr" / f"{kind}.yaml").read_text(encoding="utf-8")
                for kind in step.classes
            )
            assert [word for word in step.words if word not in known] == []


@pytest.mark.parametrize(
    "content", ["[", "a: {key: [nobody], steps: []}", "a: {steps: []}", "a: {key: [item], steps: [{step: x}]}"]
)
def test_a_malformed_file_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "chains.yaml").write_text(content)
    with pytest.raises(OntologyError, match=r"chains\.yaml"):
        matters(tmp_path)
    assert yaml.safe_load((ROOT / "ontology" / "chains.yaml").read_text(encoding="utf-8"))
