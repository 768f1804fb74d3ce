"""Links between events and between claims: each rule both ways, what the graph says of a link, and that no order of change matters."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
import pytest
from told import Told, rows, short

from kg import links
from kg.ids import slug
from kg.links.knowledge import load
from kg.model import Modality, Polarity
from kg.namespaces import AC, INFERRED_GRAPH, NIF, PROV, RDF, XSD
from kg.settings import ROOT

RUSSIA, TURKEY, INDIA, USA, KOREA = "state/RUS", "state/TUR", "state/IND", "state/USA", "state/PRK"
PUTIN = "person/putin"
S400, PATRIOT, BULAVA, MISSILE = "weapon/s-400", "weapon/patriot", "weapon/bulava", "weapon-category/missile"
INF, NPT, G20 = "treaty/inf", "treaty/npt", "gathering/g20"
LINKS = "SELECT ?from ?kind ?to { ?from ?kind ?to VALUES ?kind { ac:respondsTo ac:partOf ac:repeats } }"
Row = tuple[str, ...]


class Story(Told):
    """A graph of events told in sentences."""

    def __init__(self) -> None:
        super().__init__()
        self.add("graph/reference", INF, RDF + "type", AC + "BilateralTreaty")
        self.office(PUTIN, RUSSIA, "2012-05-07")

    def tell(
        self,
        name: str,
        kind: str,
        document: str = "d",
        day: str = "2019-09-05",
        *,
        date: str = "",
        at: int = 0,
        sentence: str = "",
        word: str = "",
        by: str = "",
        modality: Modality = Modality.ACTUAL,
        polarity: Polarity = Polarity.AFFIRMED,
        **roles: str | tuple[str, ...],
    ) -> None:
        """An event that a document of a day tells at a character, in the sentence of that text."""
        self.document(document, day)
        self.event(document, name, kind, date, **roles)
        claim = self.claim(document, name, by, modality=modality, polarity=polarity)
        graph, end = f"document/{document}", at + max(1, len(word))
        quoted, trigger = f"{graph}/sentence/{slug(sentence) or at}", f"{graph}/trigger/{at}-{end}"
        self.add(graph, claim, PROV + "wasQuotedFrom", quoted)
        self.add(graph, quoted, NIF + "beginIndex", _number(0))
        self.add(graph, quoted, NIF + "anchorOf", ox.Literal(sentence))
        self.add(graph, claim, AC + "trigger", trigger)
        self.add(graph, trigger, NIF + "beginIndex", _number(at))
        self.add(graph, trigger, NIF + "endIndex", _number(end))
        self.add(graph, claim, AC + "method", ox.Literal(f"rules:fr/{kind}/{word}"))

    def plain(self) -> ox.Store:
        """The graph, with nothing inferred."""
        store = ox.Store()
        for quad in self.quads:
            _put(store, quad)
        return store

    def linked(self) -> ox.Store:
        """The graph with its links."""
        store = self.plain()
        for quad in list(links.quads(store)):
            _put(store, quad)
        return store


def _put(store: ox.Store, quad: ox.Quad) -> None:
    store.add(quad)
    store.add(ox.Quad(quad.subject, quad.predicate, quad.object))


def _number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(XSD + "nonNegativeInteger"))


Tell = tuple[str, str, dict[str, object]]
OFFER: Tell = (
    "offer",
    "TransferOffer",
    {"document": "a", "day": "2019-09-05", "supplier": RUSSIA, "recipient": USA, "item": S400},
)
REFUSAL: Tell = (
    "no",
    "Rejection",
    {"document": "b", "day": "2019-09-09", "agent": USA, "target": RUSSIA, "item": S400},
)
CHARGE: Tell = (
    "charge",
    "Accusation",
    {"document": "a", "day": "2019-02-01", "agent": USA, "target": RUSSIA, "topic": INF},
)
TEST: Tell = (
    "test",
    "WeaponTest",
    {"document": "a", "day": "2022-10-04", "date": "2022-10-04", "agent": KOREA, "item": MISSILE},
)
SALE: Tell = (
    "sale",
    "ArmsTransfer",
    {"document": "a", "day": "2017-12-29", "word": "contrat", "supplier": RUSSIA, "recipient": TURKEY, "item": S400},
)
EXIT: Tell = (
    "exit",
    "Withdrawal",
    {"document": "a", "day": "2019-02-01", "date": "2019-02-01", "agent": USA, "treaty": INF},
)


def but(told: Tell, name: str = "", kind: str = "", **changes: object) -> Tell:
    """The same with some things otherwise."""
    return name or told[0], kind or told[1], {**told[2], **changes}


def among(*told: Tell) -> Story:
    """A story of these events."""
    story = Story()
    for name, kind, said in told:
        story.tell(name, kind, **said)  # type: ignore[arg-type]
    return story


TOGETHER: dict[str, tuple[list[Tell], Row]] = {
    "an offer and its refusal": ([OFFER, REFUSAL], ("no", "respondsTo", "offer")),
    "an offer by a person and its refusal by a state": (
        [but(OFFER, supplier=PUTIN), REFUSAL],
        ("no", "respondsTo", "offer"),
    ),
    "a refused request": ([but(OFFER, supplier=USA, recipient=RUSSIA), REFUSAL], ("no", "respondsTo", "offer")),
    "a refusal without a word on what, in the document of the offer": (
        [OFFER, but(REFUSAL, document="a", item=())],
        ("no", "respondsTo", "offer"),
    ),
    "the later of two offers": (
        [OFFER, but(OFFER, "again", document="c", day="2019-09-08"), REFUSAL],
        ("no", "respondsTo", "again"),
    ),
    "a charge and its denial": (
        [CHARGE, but(REFUSAL, day="2019-02-03", agent=RUSSIA, target=USA, item=(), topic=INF)],
        ("no", "respondsTo", "charge"),
    ),
    "a charge and the charge in return": (
        [CHARGE, but(CHARGE, "back", document="b", day="2019-02-04", agent=RUSSIA, target=USA)],
        ("back", "respondsTo", "charge"),
    ),
    "a test and its condemnation within the week": (
        [TEST, but(CHARGE, "blame", document="b", day="2022-10-06", target=KOREA, topic=MISSILE, word="condamner")],
        ("blame", "respondsTo", "test"),
    ),
    "a test and sanctions, in one sentence": (
        [
            but(TEST, at=50, sentence="s"),
            (
                "fine",
                "Sanction",
                {"document": "a", "day": "2022-10-04", "sentence": "s", "agent": USA, "target": KOREA},
            ),
        ],
        ("fine", "respondsTo", "test"),
    ),
    "an offer that is taken up": (
        [but(OFFER, recipient=TURKEY), but(SALE, day="2019-12-29", document="b")],
        ("sale", "respondsTo", "offer"),
    ),
    "other arms for the same": (
        [
            but(OFFER, supplier=USA, recipient=TURKEY, item=PATRIOT),
            but(OFFER, "other", at=80, supplier=USA, recipient=TURKEY, item="weapon/samp-t"),
        ],
        ("other", "respondsTo", "offer"),
    ),
    "a treaty that the other party leaves in turn": (
        [EXIT, but(EXIT, "turn", "Suspension", document="b", day="2019-02-02", date="2019-02-02", agent=RUSSIA)],
        ("turn", "respondsTo", "exit"),
    ),
    "what the text says to be an answer": (
        [
            (
                "drill",
                "SecurityCooperation",
                {
                    "at": 40,
                    "sentence": "Pyongyang tire en réponse aux grandes manœuvres",
                    "participant": (USA, "state/KOR"),
                },
            ),
            (
                "shot",
                "WeaponTest",
                {
                    "at": 10,
                    "sentence": "Pyongyang tire en réponse aux grandes manœuvres",
                    "word": "tire",
                    "agent": KOREA,
                },
            ),
        ],
        ("shot", "respondsTo", "drill"),
    ),
    "a sale and a delivery": (
        [SALE, but(SALE, "load", document="b", day="2019-07-12", date="2019-07-12", word="livraison")],
        ("load", "partOf", "sale"),
    ),
    "a programme and a test": (
        [
            ("plan", "WeaponDevelopment", {"document": "a", "day": "2015-01-01", "agent": RUSSIA, "item": BULAVA}),
            but(TEST, document="b", agent=RUSSIA, item=BULAVA),
        ],
        ("test", "partOf", "plan"),
    ),
    "talks and a round of them": (
        [
            (
                "talks",
                "Negotiation",
                {"document": "a", "date": "2010-01-01/2010-04-08", "participant": (USA, RUSSIA), "treaty": INF},
            ),
            (
                "round",
                "Negotiation",
                {"document": "b", "date": "2010-02-01/2010-02-05", "participant": (USA, RUSSIA), "treaty": INF},
            ),
        ],
        ("round", "partOf", "talks"),
    ),
    "a summit and a meeting of two at it": (
        [
            (
                "summit",
                "Meeting",
                {
                    "document": "a",
                    "date": "2019-06-28/2019-06-29",
                    "participant": (USA, RUSSIA, TURKEY),
                    "gathering": G20,
                },
            ),
            (
                "aside",
                "Meeting",
                {"document": "b", "date": "2019-06-28", "participant": (USA, RUSSIA), "gathering": G20},
            ),
        ],
        ("aside", "partOf", "summit"),
    ),
}
APART: dict[str, list[Tell]] = {
    "a refusal before the offer": [OFFER, but(REFUSAL, day="2019-09-01")],
    "a refusal years after the offer": [OFFER, but(REFUSAL, day="2023-09-09")],
    "a refusal by somebody else": [OFFER, but(REFUSAL, agent=TURKEY)],
    "a refusal of another's offer": [OFFER, but(REFUSAL, target=INDIA)],
    "a refusal of other arms": [OFFER, but(REFUSAL, item=PATRIOT)],
    "a refusal without a word on what, in another document": [OFFER, but(REFUSAL, item=())],
    "a refusal without a word on what, pages after the offer": [OFFER, but(REFUSAL, document="a", item=(), at=900)],
    "a denial, and an offer": [OFFER, but(REFUSAL, word="démentir")],
    "a refusal, and a charge": [
        CHARGE,
        but(REFUSAL, day="2019-02-03", agent=RUSSIA, target=USA, item=(), topic=INF, word="refuser"),
    ],
    "a deed that the charge tells of": [
        TEST,
        but(CHARGE, document="b", day="2022-10-06", target=KOREA, topic=MISSILE, word="accuser"),
    ],
    "an offer, and a sale that is only intended": [
        but(OFFER, recipient=TURKEY),
        but(SALE, day="2019-12-29", document="b", modality=Modality.PLANNED),
    ],
    "a refusal that is denied": [OFFER, but(REFUSAL, polarity=Polarity.NEGATED)],
    "an offer that is only denied": [but(OFFER, polarity=Polarity.NEGATED), REFUSAL],
    "a test that the accuser alone tells": [
        but(TEST, by=USA),
        but(CHARGE, document="b", day="2022-10-06", target=KOREA, topic=MISSILE, word="condamner"),
    ],
    "a test condemned by whoever made it": [
        TEST,
        but(CHARGE, document="b", day="2022-10-06", agent=KOREA, target=KOREA, topic=MISSILE, word="condamner"),
    ],
    "a test and a charge against another": [
        TEST,
        but(CHARGE, document="b", day="2022-10-06", topic=MISSILE, word="condamner"),
    ],
    "a test and a charge on other things, in one document": [
        TEST,
        but(CHARGE, day="2022-10-04", target=KOREA, at=90, word="condamner"),
    ],
    "a treaty of many that another leaves": [
        but(EXIT, treaty=NPT),
        but(EXIT, "turn", document="b", day="2019-02-02", date="2019-02-02", agent=RUSSIA, treaty=NPT),
    ],
    "one sale, told twice": [SALE, but(SALE, "load", document="b", day="2019-07-12", word="vendre")],
    "a delivery to another": [
        SALE,
        but(SALE, "load", document="b", day="2019-07-12", word="livraison", recipient=INDIA),
    ],
    "a delivery before the sale": [
        SALE,
        but(SALE, "load", document="b", day="2015-07-12", date="2015-07-12", word="livraison"),
    ],
    "drones, and a test of drones": [
        ("plan", "WeaponDevelopment", {"document": "a", "day": "2004-01-01", "agent": RUSSIA, "item": MISSILE}),
        but(TEST, document="b", agent=RUSSIA),
    ],
    "talks, and a round of others": [
        (
            "talks",
            "Negotiation",
            {"document": "a", "date": "2010-01-01/2010-04-08", "participant": (USA, RUSSIA), "treaty": INF},
        ),
        (
            "round",
            "Negotiation",
            {"document": "b", "date": "2010-02-01/2010-02-05", "participant": (USA, INDIA), "treaty": INF},
        ),
    ],
    "the same arms offered again": [OFFER, but(OFFER, "again", at=80)],
    "a sentence in which nothing is said to answer": [
        (
            "drill",
            "SecurityCooperation",
            {"at": 40, "sentence": "Pyongyang tire, puis viennent des manœuvres", "participant": USA},
        ),
        ("shot", "WeaponTest", {"at": 10, "sentence": "Pyongyang tire, puis viennent des manœuvres", "agent": KOREA}),
    ],
    "what stands before its answer": [
        (
            "drill",
            "SecurityCooperation",
            {"sentence": "Manœuvres en réponse au tir", "word": "Manœuvres", "participant": USA},
        ),
        (
            "shot",
            "WeaponTest",
            {"at": 0, "sentence": "Manœuvres en réponse au tir", "word": "Manœuvres", "agent": KOREA},
        ),
    ],
}


@pytest.mark.parametrize("case", TOGETHER)
def test_what_is_linked(case: str) -> None:
    told, wanted = TOGETHER[case]
    assert rows(among(*told).linked(), LINKS) == [wanted]


@pytest.mark.parametrize("case", APART)
def test_what_is_not_linked(case: str) -> None:
    assert rows(among(*APART[case]).linked(), LINKS) == []


def test_every_rule_has_its_case() -> None:
    known = load(ROOT / "ontology")
    said = {
        rule
        for told, _ in TOGETHER.values()
        for (rule,) in rows(among(*told).linked(), "SELECT ?rule { ?link ac:linkRule ?rule }")
    }
    assert {*known.answers, *known.parts} - said == {"threat rejected", "phase of an exercise"}


def test_a_link_says_why() -> None:
    store = among(OFFER, REFUSAL).linked()
    asked = "SELECT ?rule ?feature { ?link a ac:EventLink ; ac:linkFrom ?a ; ac:linkTo ?b ; ac:linkRule ?rule ; ac:linkFeature ?feature }"
    features = [feature for _, feature in rows(store, asked)]
    assert [short(each.removeprefix("parties ").removeprefix("matter ")) for each in features] == [
        "days 4",
        "s-400",
        "RUS https://w3id.org/arms-control/id/state/USA",
    ]
    reasons = rows(store, "SELECT ?words { ?link ac:reason ?words FILTER(LANG(?words) = 'en') }")
    assert reasons == [("Whoever the offer or request was put to refuses it, by RUS, USA, on s-400, 4 days apart.",)]


REPEATED: dict[str, tuple[list[dict[str, object]], list[Row]]] = {
    "told again with nothing new": ([{}, {}], [("b-0", "repeats", "a-0")]),
    "told a third time": ([{}, {}, {}], [("b-0", "repeats", "a-0"), ("c-0", "repeats", "a-0")]),
    "on the same day": ([{}, {"day": "2019-09-01"}], []),
    "with a date": ([{}, {"date": "2019-08-30"}], []),
    "with one more party": ([{}, {"participant": (USA, RUSSIA, INDIA)}], []),
    "with one party less": ([{}, {"participant": USA}], [("b-0", "repeats", "a-0")]),
    "denied": ([{}, {"polarity": Polarity.NEGATED}], []),
    "by another": ([{}, {"by": USA}], []),
    "no longer planned": ([{"modality": Modality.PLANNED}, {}], []),
}


@pytest.mark.parametrize("case", REPEATED)
def test_what_is_told_again(case: str) -> None:
    told, wanted = REPEATED[case]
    story = Story()
    for number, said in enumerate(told):
        given = {"day": f"2019-09-{number + 1:02}", "participant": (USA, RUSSIA), "document": "abc"[number], **said}
        story.tell("talks", "Meeting", **given)  # type: ignore[arg-type]
    assert rows(story.linked(), LINKS) == wanted


EVERYTHING = [
    but(told, f"{name}{number}", document=f"{said.get('document', 'd')}{number}")
    for number, (events, _) in enumerate(TOGETHER.values())
    for told in events
    for name, _, said in [told]
]


def _changes(quads: Iterable[ox.Quad]) -> set[tuple[ox.NamedNode, ox.NamedNode]]:
    return {(quad.subject, quad.predicate) for quad in quads if isinstance(quad.subject, ox.NamedNode)}


@pytest.mark.parametrize("number", range(0, len(EVERYTHING), 3))
def test_a_change_reaches_what_a_build_from_scratch_gives(number: int) -> None:
    """A document goes, and comes again: each time the links are those of a graph that was made so."""
    whole, less = (
        among(*EVERYTHING),
        among(*(each for each in EVERYTHING if each[2]["document"] != EVERYTHING[number][2]["document"])),
    )
    store, name = whole.linked(), ox.NamedNode(INFERRED_GRAPH)
    for before, after in ((whole, less), (less, whole)):
        for quad in before.quads - after.quads:
            store.remove(quad)
            store.remove(ox.Quad(quad.subject, quad.predicate, quad.object))
        for quad in after.quads - before.quads:
            _put(store, quad)
        old, new = links.revised(store, _changes(before.quads ^ after.quads))
        for quad in old:
            store.remove(quad)
            store.remove(ox.Quad(quad.subject, quad.predicate, quad.object))
        for quad in new:
            _put(store, quad)
        found = set(store.quads_for_pattern(None, None, None, name))
        assert found == set(links.quads(after.plain())) == set(links.held(store))
        assert len(found) > 100
