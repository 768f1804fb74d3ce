"""Differences between claims: each kind as docs/corroboration.md says, and what is none."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from told import Told, rows

from kg.ledger import Tellings, disputes
from kg.ledger.happenings import Kinds
from kg.model import Modality, Polarity
from kg.namespaces import AC, NIF, PROV, SKOS

PLANNED, POSSIBLE, NOT = Modality.PLANNED, Modality.POSSIBLE, Polarity.NEGATED
RUSSIA, TURKEY, INDIA, USA = "state/RUS", "state/TUR", "state/IND", "state/USA"
PUTIN, LAVROV = "person/putin", "person/lavrov"
S400, PATRIOT, MISSILE = "weapon/s-400", "weapon/patriot", "weapon-category/missile"
QUERY = """SELECT ?kind ?a ?b { ?d ac:disagreementKind ?kind ; ac:firstSide ?a ; ac:otherSide ?b }"""


def told(*claims: dict[str, object], event: str = "e") -> Told:
    """A graph in which each claim stands in a document of its own, one day after the other, unless it says where."""
    graph = Told()
    for number, claim in enumerate(claims):
        name = str(claim.pop("document", f"d{number}"))
        graph.document(name, str(claim.pop("day", f"2019-09-{number + 1:02}")))
        graph.claim(name, str(claim.pop("event", event)), **claim)  # type: ignore[arg-type]
    return graph


DONE: dict[str, object] = {}
CASES: dict[str, tuple[list[dict[str, object]], list[tuple[str, ...]]]] = {
    "said and denied": ([{"by": PUTIN}, {"by": USA, "polarity": NOT}], [("Denied", "d0-0", "d1-0")]),
    "said and denied in one text": (
        [{"by": PUTIN}, {"document": "d0", "by": USA, "polarity": NOT}],
        [("Denied", "d0-0", "d0-1")],
    ),
    "said by two": ([DONE, {"by": PUTIN}], []),
    "will, and has not yet": ([{"modality": PLANNED}, {"polarity": NOT}], []),
    "will, and will not": (
        [{"modality": PLANNED}, {"polarity": NOT, "modality": PLANNED}],
        [("Denied", "d0-0", "d1-0")],
    ),
    "may have, and has not": ([{"modality": POSSIBLE}, {"polarity": NOT}], [("Denied", "d0-0", "d1-0")]),
    "will, then has": ([{"modality": PLANNED}, {}], [("PlannedThenDone", "d0-0", "d1-0")]),
    "will, then has, in one text": ([{"modality": PLANNED}, {"document": "d0"}], []),
    "will, said on the day that another says it has": (
        [{"modality": PLANNED}, {"day": "2019-09-01"}],
        [("PlannedThenDone", "d0-0", "d1-0")],
    ),
    "has, then will": ([{}, {"modality": PLANNED}], [("LeftOpen", "d0-0", "d1-0")]),
    "will not, then has": ([{"modality": PLANNED, "polarity": NOT}, {}], [("RuledOutThenDone", "d0-0", "d1-0")]),
    "has, then will not": ([{}, {"modality": PLANNED, "polarity": NOT}], []),
    "has, and may have": ([{}, {"modality": POSSIBLE}], [("LeftOpen", "d0-0", "d1-0")]),
    "has, and may have, in one text": ([{}, {"document": "d0", "modality": POSSIBLE}], []),
    "denied alone": ([{"polarity": NOT}, {"polarity": NOT}], []),
}


@pytest.mark.parametrize("case", CASES)
def test_modality_and_polarity(case: str) -> None:
    claims, expected = CASES[case]
    assert rows(told(*(dict(each) for each in claims)).store(), QUERY) == expected


def counted(*figures: tuple[str, str, str]) -> list[tuple[str, ...]]:
    """What becomes of value, bound and unit or currency, each given by a document of its own."""
    graph = told(*({} for _ in figures))
    for number, (value, bound, unit) in enumerate(figures):
        document, node = f"document/d{number}", f"amount/{number}"
        graph.add(document, f"claim/d{number}-0", AC + "amount", node)
        graph.add(document, node, AC + "amountValue", ox.Literal(value))
        graph.add(document, node, AC + "amountBound", ox.Literal(bound))
        name, said = ("currency", unit) if unit == "USD" else ("amountUnit", unit)
        if said:
            graph.add(document, node, AC + name, ox.Literal(said))
        if unit != "USD":
            graph.add(document, node, AC + "amountOf", S400)
    return [row for row in rows(graph.store(), SAID) if "s-400" not in row[2:]]


@pytest.mark.parametrize(
    ("figures", "sides"),
    [
        ([("40", "exact", ""), ("50", "exact", "")], ("40", "50")),
        ([("40", "exact", ""), ("40", "exact", "")], None),
        ([("40", "exact", ""), ("50", "exact", "batterie")], None),
        ([("40", "exact", ""), ("36", "about", "")], None),
        ([("40", "exact", ""), ("80", "about", "")], ("40", "~ 80")),
        ([("40", "exact", ""), ("30", "at least", "")], None),
        ([("40", "exact", ""), ("50", "at least", "")], ("40", "≥ 50")),
        ([("40", "exact", ""), ("50", "at most", "")], None),
        ([("2500000000", "exact", "USD"), ("2460000000", "exact", "USD")], None),
        ([("2500000000", "exact", "USD"), ("3000000000", "exact", "USD")], ("2500000000 USD", "3000000000 USD")),
    ],
)
def test_amounts(figures: list[tuple[str, str, str]], sides: tuple[str, str] | None) -> None:
    role = "" if figures[0][2] == "USD" else "item"
    assert counted(*figures) == ([("DisputedAmount", role, *sides)] if sides else [])


def given_by(*events: dict[str, str | tuple[str, ...]], kind: str = "ArmsTransfer") -> Told:
    """A graph of documents that tell one event, each with days and fillers of its own."""
    graph = told(*({} for _ in events))
    for number, each in enumerate(events):
        graph.event(f"d{number}", "e", kind, **each)  # type: ignore[arg-type]
    graph.office(PUTIN, RUSSIA)
    graph.office(LAVROV, RUSSIA)
    graph.add("graph/reference", S400, "https://w3id.org/arms-control/ontology#category", "weapon-category/sam")
    graph.add("graph/reference", "weapon-category/sam", SKOS + "broader", MISSILE)
    graph.add("graph/reference", PATRIOT, "https://w3id.org/arms-control/ontology#category", "weapon-category/sam")
    return graph


SAID = "SELECT ?kind ?role ?a ?b { ?d ac:disagreementKind ?kind ; ac:firstSays ?a ; ac:otherSays ?b OPTIONAL { ?d ac:disputedRole ?role } }"
DIFFERING: dict[str, tuple[list[dict[str, str | tuple[str, ...]]], list[tuple[str, ...]]]] = {
    "days that exclude each other": (
        [{"date": "2019-07-10"}, {"date": "2019-07-12/2019-07-14"}],
        [("DisputedDate", "", "2019-07-10", "2019-07-12/2019-07-14")],
    ),
    "a month and a day in it": ([{"date": "2019-07-01/2019-07-31"}, {"date": "2019-07-12"}], []),
    "a month and two days in it": (
        [{"date": "2019-07-01/2019-07-31"}, {"date": "2019-07-12"}, {"date": "2019-07-13"}],
        [("DisputedDate", "", "2019-07-12", "2019-07-13")],
    ),
    "a day and none": ([{"date": "2019-07-10"}, {}], []),
    "two recipients": (
        [{"recipient": TURKEY}, {"recipient": INDIA}],
        [("DisputedParticipant", "recipient", "TUR", "IND")],
    ),
    "one recipient more": ([{"recipient": TURKEY}, {"recipient": (INDIA, TURKEY)}], []),
    "a recipient that one leaves out": ([{"recipient": TURKEY}, {"supplier": RUSSIA}], []),
    "a person and his state": ([{"supplier": PUTIN}, {"supplier": RUSSIA}], []),
    "two persons of one state": ([{"supplier": PUTIN}, {"supplier": LAVROV}], []),
    "a person and another state": (
        [{"supplier": PUTIN}, {"supplier": USA}],
        [("DisputedParticipant", "supplier", "putin", "USA")],
    ),
    "a weapon and its kind": ([{"item": S400}, {"item": MISSILE}], []),
    "two weapons of one kind": (
        [{"item": S400}, {"item": PATRIOT}],
        [("DisputedParticipant", "item", "s-400", "patriot")],
    ),
    "two topics": ([{"topic": RUSSIA}, {"topic": USA}], []),
    "a city and a state": ([{"place": "place/osaka"}, {"place": "state/JPN"}], []),
    "two cities": (
        [{"place": "place/osaka"}, {"place": "place/tokyo"}],
        [("DisputedParticipant", "place", "osaka", "tokyo")],
    ),
}


@pytest.mark.parametrize("case", DIFFERING)
def test_days_and_fillers(case: str) -> None:
    events, expected = DIFFERING[case]
    assert rows(given_by(*events).store(), SAID) == expected


def test_who_denies_the_event_does_not_dispute_its_date() -> None:
    graph = told({}, {"polarity": NOT})
    graph.event("d0", "e", "ArmsTransfer", "2019-07-10")
    graph.event("d1", "e", "ArmsTransfer", "2019-08-10")
    assert [kind for kind, *_ in rows(graph.store(), QUERY)] == ["Denied"]


def put(kind: str, day: str, document: str = "d0", **roles: str | tuple[str, ...]) -> Told:
    """A graph with an accusation or offer, the event a, and a rejection by Russia of the day 2019-08-05, the event r, in d9."""
    graph = Told()
    graph.document(document, day)
    graph.event(document, "a", kind, day, **roles)
    graph.claim(document, "a")
    if document != "d9":
        graph.document("d9", "2019-08-05")
    return graph


def rejected(graph: Told, **roles: str | tuple[str, ...]) -> list[tuple[str, ...]]:
    graph.event("d9", "r", "Rejection", "2019-08-05", **roles)
    graph.claim("d9", "r")
    graph.office(LAVROV, RUSSIA)
    return [row[:1] for row in rows(graph.store(), QUERY)]


INF, START = "treaty/inf", "treaty/start"
ACCUSED = {"agent": USA, "target": RUSSIA, "topic": INF}


def test_an_accusation_is_answered_by_whom_it_accuses() -> None:
    accused = [("AccusedThenDenied",)]
    assert rejected(put("Accusation", "2019-08-01", **ACCUSED), agent=RUSSIA, target=USA, topic=INF) == accused
    assert rejected(put("Accusation", "2019-08-01", **ACCUSED), agent=LAVROV, target=USA, treaty=INF) == accused
    assert rejected(put("Accusation", "2019-08-05", "d9", **ACCUSED), agent=RUSSIA) == accused
    assert rejected(put("Accusation", "2019-08-05", "d9", **ACCUSED), agent=RUSSIA, topic=INF) == accused


@pytest.mark.parametrize(
    ("kind", "put_as", "words"),
    [
        ("Accusation", {"agent": USA, "target": RUSSIA, "topic": INF}, ("refuser", "démentir")),
        ("TransferOffer", {"supplier": USA, "recipient": RUSSIA, "item": S400}, ("démentir", "refuser")),
    ],
)
def test_who_refuses_answers_no_accusation_and_who_denies_no_offer(
    kind: str, put_as: dict[str, str], words: tuple[str, str]
) -> None:
    named = {"item": S400} if kind == "TransferOffer" else {"topic": INF}
    for word, count in zip(words, (0, 1), strict=True):
        graph = put(kind, "2019-08-01", **put_as)
        assert rejected(graph, agent=RUSSIA, target=USA, **named)
        graph.add("document/d9", "claim/d9-0", AC + "method", ox.Literal(f"rules:fr/Rejection/{word}"))
        assert len(rows(graph.store(), QUERY)) == count


@pytest.mark.parametrize(
    ("day", "roles"),
    [
        ("2019-08-01", {"agent": INDIA, "target": USA, "topic": INF}),
        ("2019-08-01", {"agent": RUSSIA, "target": INDIA, "topic": INF}),
        ("2019-08-01", {"agent": RUSSIA, "target": USA, "topic": START}),
        ("2019-08-01", {"agent": RUSSIA, "target": USA}),
        ("2019-08-01", {"agent": RUSSIA, "topic": INF}),
        ("2019-08-06", {"agent": RUSSIA, "target": USA, "topic": INF}),
    ],
)
def test_what_is_no_answer_to_an_accusation(day: str, roles: dict[str, str]) -> None:
    assert rejected(put("Accusation", day, **ACCUSED), **roles) == []


@pytest.mark.parametrize(
    ("document", "count"), [pytest.param("d9", 1, id="in the same text"), pytest.param("d0", 0, id="in another text")]
)
def test_what_one_side_alone_names_is_answered_in_one_text(document: str, count: int) -> None:
    accusation = put("Accusation", "2019-08-05", document, agent=USA, target=RUSSIA)
    assert rejected(accusation, agent=RUSSIA, item=S400) == [("AccusedThenDenied",)] * count
    offer = put("TransferOffer", "2019-08-05", document, supplier=USA, recipient=RUSSIA)
    assert rejected(offer, agent=RUSSIA, item=S400) == [("OfferedThenRefused",)] * count


def test_what_a_text_says_is_answered_is_answered() -> None:
    graph = put("Accusation", "2019-08-05", "d9", agent=USA, topic=INF)
    assert rejected(graph, agent=RUSSIA, treaty=START) == []
    said = "Moscou a démenti en réponse aux accusations de Washington."
    for claim, begin, end in (("d9-0", 32, 43), ("d9-1", 9, 16)):
        iri, phrase = f"claim/{claim}", f"phrase/{claim}"
        graph.add("document/d9", iri, PROV + "wasQuotedFrom", "sentence/s")
        graph.add("document/d9", iri, AC + "trigger", phrase)
        graph.add("document/d9", phrase, NIF + "beginIndex", ox.Literal(str(begin)))
        graph.add("document/d9", phrase, NIF + "endIndex", ox.Literal(str(end)))
    graph.add("document/d9", "sentence/s", NIF + "beginIndex", ox.Literal("0"))
    graph.add("document/d9", "sentence/s", NIF + "anchorOf", ox.Literal(said))
    assert [row[:1] for row in rows(graph.store(), QUERY)] == [("AccusedThenDenied",)]
    graph.add("document/d9", "claim/d9-1", AC + "method", ox.Literal("rules:fr/Rejection/refuser"))
    assert rows(graph.store(), QUERY) == []


def test_an_offer_is_refused_from_either_side() -> None:
    offer = {"supplier": USA, "recipient": RUSSIA, "item": PATRIOT}
    request = {"supplier": RUSSIA, "recipient": USA, "item": S400}
    refused = [("OfferedThenRefused",)]
    assert rejected(put("TransferOffer", "2019-08-01", **offer), agent=RUSSIA, target=USA, item=PATRIOT) == refused
    assert rejected(put("TransferOffer", "2019-08-01", **request), agent=RUSSIA, target=USA, item=S400) == refused
    assert rejected(put("TransferOffer", "2019-08-01", **offer), agent=RUSSIA, target=USA, item=S400) == []


def test_the_latest_accusation_is_the_one_that_is_answered() -> None:
    graph = put("Accusation", "2019-08-01", **ACCUSED)
    for number, day in enumerate(("2019-08-03", "2019-08-09"), start=1):
        graph.document(f"d{number}", day)
        graph.event(f"d{number}", f"a{number}", "Accusation", day, **ACCUSED)
        graph.claim(f"d{number}", f"a{number}")
    rejected(graph, agent=RUSSIA, target=USA, topic=INF)
    assert rows(graph.store(), "SELECT ?a { ?d ac:firstSide ?a }") == [("d1-0",)]


def test_what_the_graph_says_is_answered_goes_first() -> None:
    graph = put("Accusation", "2019-08-01", **ACCUSED)
    graph.add("document/d9", "event/r", "https://w3id.org/arms-control/ontology#respondsTo", "event/a")
    assert rejected(graph, agent=INDIA) == [("AccusedThenDenied",)]


CLAIMS = st.lists(
    st.fixed_dictionaries(
        {
            "document": st.sampled_from([f"d{number}" for number in range(4)]),
            "modality": st.sampled_from(Modality),
            "polarity": st.sampled_from(Polarity),
        }
    ),
    min_size=2,
    max_size=8,
)


@rounds(max_examples=60, deadline=None, derandomize=True)
@given(CLAIMS)
def test_every_side_has_claims_and_no_claim_stands_on_both(claims: list[dict[str, object]]) -> None:
    graph = told(*({**each, "day": f"2019-09-{str(each['document'])[1:]}1"} for each in claims))
    tellings = Tellings(graph.store(), {})
    [event] = tellings.events()
    for dispute in disputes(event, tellings.of(event), tellings, Kinds(tellings.store)):
        assert dispute.first
        assert dispute.other
        assert not {*dispute.first} & {*dispute.other}
