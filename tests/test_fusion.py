"""Which events are one: what excludes it, what makes it likely, and that no order of documents changes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product
from pathlib import Path

import pyoxigraph as ox
import pytest
from fakes import lean_project
from fusing import POOL, RUSSIA_SELLS, PoolExtractor, Told, shards, told
from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from walking import ROUNDS, Step, lay, steps, walk

from kg import decisions, mapping, reference
from kg.build import build
from kg.fusion import Fuser, knowledge, world
from kg.fusion.clustering import Judged
from kg.fusion.comparing import Comparer
from kg.fusion.features import Event
from kg.fusion.telling import Detail
from kg.ids import document_iri
from kg.judgements import Kind, append
from kg.model import Document, Reference
from kg.namespaces import AC, ACR, DECISIONS_GRAPH
from kg.review.stale import given as gave
from kg.settings import ROOT, settings
from kg.store import Home

NAMES = [f"d{number}" for number in range(6)]


@pytest.fixture(scope="module")
def known() -> ox.Store:
    """A store with the reference data."""
    store = ox.Store()
    store.bulk_extend(reference.quads(ROOT / "seeds" / "reference"))
    return store


@pytest.fixture(scope="module")
def fuser(known: ox.Store) -> Fuser:
    """Fusion by that store."""
    return Fuser(known, ROOT / "ontology")


def one(fuser: Fuser, *reports: tuple[str | None, Told]) -> bool:
    """Whether reports of an event each, in documents of their own, tell of one event."""
    given = shards({f"d{number}": (issued, [event]) for number, (issued, event) in enumerate(reports)})
    return len(set(fuser.names(given).values())) == 1


BY_THE_AGENCY = "agent=organization/international-atomic-energy-agency target=state/UKR"
INSPECTED = "Les inspecteurs de l'agence ont contrôlé mercredi une centrale ukrainienne."
SELLS = told("ArmsTransfer", RUSSIA_SELLS)
SAME = {
    "a person for his state": (
        told(
            "TransferOffer",
            "supplier=person/vladimir-putin recipient=state/USA item=weapon-category/missile-hypersonique",
        ),
        told("TransferOffer", "supplier=state/RUS recipient=person/donald-trump item=weapon-category/missile"),
    ),
    "denied": (SELLS, told("ArmsTransfer", RUSSIA_SELLS, "", "", "Actual", "Negated")),
    "planned, then done": (told("ArmsTransfer", RUSSIA_SELLS, "", "", "Planned"), SELLS),
    "talks at a meeting": (
        told("Meeting", "participant=state/RUS participant=state/USA gathering=gathering/g20-osaka"),
        told("Negotiation", "participant=state/RUS participant=state/USA place=place/osaka", "2019-06-28"),
    ),
    "a strike told as a test": (
        told("WeaponUse", "agent=state/RUS item=weapon/oreshnik target=state/UKR", "2022-04-20"),
        told("WeaponTest", "agent=state/RUS item=weapon/oreshnik", "2022-04-20"),
    ),
    "at a place that nobody knows": (
        told("WeaponTest", "agent=state/RUS item=weapon/sarmat place=place/plessetsk", "2022-04-20"),
        told("WeaponTest", "agent=state/RUS item=weapon/sarmat place=place/nulle-part", "2022-04-20"),
    ),
    "missiles of one narrow kind": (
        told("WeaponTest", "agent=state/PRK item=weapon-category/icbm", "2022-04-20"),
        told("WeaponTest", "agent=state/PRK item=weapon-category/irbm", "2022-04-20"),
    ),
    "a council of an organisation": (
        told(
            "TransferSuspension", "agent=organization/united-nations-security-council recipient=state/SSD", "2022-04-20"
        ),
        told("TransferSuspension", "agent=organization/united-nations recipient=state/SSD", "2022-04-20"),
    ),
    "most members of an organisation": (
        told("SecurityCooperation", "participant=state/IND participant=state/JPN participant=state/USA"),
        told("SecurityCooperation", "participant=organization/quadrilateral-security-dialogue"),
    ),
    "a company of two states": (
        told("ArmsTransfer", "supplier=organization/knds recipient=state/UKR item=weapon/leopard-2"),
        told("ArmsTransfer", "supplier=state/DEU recipient=state/UKR item=weapon/leopard-2"),
    ),
    "fired at nothing, and a test": (
        told("WeaponUse", "agent=state/PRK item=weapon-category/icbm"),
        told("WeaponTest", "agent=state/PRK item=weapon/hwasong-19", "2022-05-02"),
    ),
    "a day in a month": (
        told("WeaponTest", "agent=state/RUS item=weapon/sarmat", "2022-04-20"),
        told("WeaponTest", "agent=state/RUS item=weapon/sarmat", "2022-04"),
    ),
}
DIFFERENT = {
    "another day": (
        told("WeaponTest", "agent=state/RUS item=weapon/sarmat", "2022-04-20"),
        told("WeaponTest", "agent=state/RUS item=weapon/sarmat", "2022-05-20"),
    ),
    "another place that is struck": (
        told("WeaponUse", "agent=state/RUS item=weapon-category/drone place=place/nulle-part", "2022-04-20"),
        told("WeaponUse", "agent=state/RUS item=weapon-category/drone place=place/autre-part", "2022-04-20"),
    ),
    "another place that is inspected": (
        told("Inspection", f"{BY_THE_AGENCY} place=place/nulle-part", "2022-04-20", INSPECTED),
        told("Inspection", f"{BY_THE_AGENCY} place=place/autre-part", "2022-04-20", INSPECTED),
    ),
    "told as done the day before it was": (
        told("WeaponUse", "item=weapon/kinzhal place=state/UKR"),
        told("WeaponUse", "agent=state/RUS item=weapon/kinzhal place=place/mykolaiv", "2022-05-03"),
    ),
    "a few members of an organisation": (
        told("SecurityCooperation", "participant=state/IND participant=state/JPN"),
        told("SecurityCooperation", "participant=organization/quadrilateral-security-dialogue"),
    ),
    "fired at a state, and a test": (
        told("WeaponUse", "agent=state/PRK item=weapon-category/icbm target=state/KOR"),
        told("WeaponTest", "agent=state/PRK item=weapon/hwasong-19", "2022-05-02"),
    ),
    "another recipient": (SELLS, told("ArmsTransfer", "supplier=state/RUS recipient=state/IND item=weapon/s-400")),
    "another item": (SELLS, told("ArmsTransfer", "supplier=state/RUS recipient=state/TUR item=weapon/su-57")),
    "offer and deal": (SELLS, told("TransferOffer", RUSSIA_SELLS)),
    "another state's": (
        told("Ratification", "agent=state/FRA treaty=treaty/ctbt"),
        told("Ratification", "agent=state/DEU treaty=treaty/ctbt"),
    ),
    "another treaty": (
        told("Withdrawal", "agent=state/RUS treaty=treaty/ctbt"),
        told("Withdrawal", "agent=state/RUS treaty=treaty/cfe"),
    ),
    "other persons of the states": (
        told("Meeting", "participant=person/sergey-lavrov participant=person/antony-blinken"),
        told("Meeting", "participant=person/vladimir-putin participant=person/joe-biden"),
    ),
    "another council of an organisation": (
        told(
            "TransferSuspension", "agent=organization/united-nations-security-council recipient=state/SSD", "2022-04-20"
        ),
        told(
            "TransferSuspension", "agent=organization/united-nations-general-assembly recipient=state/SSD", "2022-04-20"
        ),
    ),
    "another pair": (
        told("Meeting", "participant=state/RUS participant=state/USA place=place/geneve"),
        told("Meeting", "participant=state/RUS participant=state/CHN place=place/geneve"),
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_one_event_told_otherwise_is_one(fuser: Fuser, case: str) -> None:
    left, right = SAME[case]
    assert one(fuser, ("2022-05-02", left), ("2022-05-03", right))


@pytest.mark.parametrize("case", DIFFERENT)
def test_events_that_differ_are_two(fuser: Fuser, case: str) -> None:
    left, right = DIFFERENT[case]
    assert not one(fuser, ("2022-05-02", left), ("2022-05-03", right))


def test_the_like_told_a_year_later_is_another(fuser: Fuser) -> None:
    accusation = told("Accusation", "agent=state/USA target=state/RUS")
    assert one(fuser, ("2019-03-01", accusation), ("2019-03-02", accusation))
    assert not one(fuser, ("2019-03-01", accusation), ("2020-03-02", accusation))


@pytest.mark.parametrize(
    ("days", "left", "right", "is_one"),
    [
        pytest.param(9, "", "", False, id="words alone"),
        pytest.param(9, "treaty=treaty/inf", "treaty=treaty/inf", True, id="the same treaty"),
        pytest.param(9, "target=state/USA", "target=state/USA", True, id="to the same"),
        pytest.param(9, "topic=treaty/inf", "topic=treaty/new-start", False, id="other topics"),
        pytest.param(2, "", "", True, id="the same days"),
    ],
)
def test_speech_is_one_by_its_matter_or_its_days(fuser: Fuser, days: int, left: str, right: str, is_one: bool) -> None:
    words = "Le ministère a balayé mardi toutes ces critiques devant les journalistes."
    sides = [told("Rejection", f"agent=state/TUR {matter}", "", words) for matter in (left, right)]
    assert one(fuser, ("2022-05-02", sides[0]), (f"2022-05-{2 + days:02}", sides[1])) is is_one


def worded(given: dict[str, list[ox.Quad]], words: list[str]) -> dict[str, list[ox.Quad]]:
    """The same reports, each telling its transfer by one of these words."""
    return {
        document: [
            ox.Quad(q.subject, q.predicate, ox.Literal(f"rules:ArmsTransfer/{word}"), q.graph_name)
            if q.predicate.value == AC + "method"
            else q
            for q in quads
        ]
        for (document, quads), word in zip(given.items(), words, strict=True)
    }


@pytest.mark.parametrize(
    ("words", "clusters"),
    [
        (["acheter", "livrer"], 2),
        (["acheter", "commande"], 1),
        (["livrer", "livraison"], 1),
        (["acheter", "vendre"], 1),
    ],
)
def test_what_is_ordered_here_and_handed_over_there_are_two(fuser: Fuser, words: list[str], clusters: int) -> None:
    sale = "supplier=state/TUR recipient=state/NER item=weapon/bayraktar-tb2"
    reports = {"a": ("2022-03-01", [told("ArmsTransfer", sale)]), "b": ("2022-08-20", [told("ArmsTransfer", sale)])}
    assert len(set(fuser.names(worded(shards(reports), words)).values())) == clusters


def test_an_act_told_by_an_article_is_that_of_the_reference_data(known: ox.Store, fuser: Fuser) -> None:
    given = shards(
        {
            "joint": (
                "2019-09-05",
                [told("Signature", "agent=state/RUS agent=state/USA treaty=treaty/new-start", "2010")],
            ),
            "one": ("2023-02-22", [told("Suspension", "agent=person/vladimir-putin treaty=treaty/new-start")]),
            "none": ("2001-01-01", [told("Ratification", "treaty=treaty/ctbt")]),
        }
    )
    names = fuser.names(given)
    kinds = {}
    for event in set(names.values()):
        quads = known.quads_for_pattern(ox.NamedNode(event), ox.NamedNode(AC + "agent"), None)
        kinds[event] = {quad.object.value.removeprefix(ACR) for quad in quads}
    assert sorted(map(sorted, kinds.values())) in (
        [[], ["state/RUS"], ["state/RUS"]],
        [[], ["state/RUS"], ["state/USA"]],
    )


def test_judgements_decide_first(known: ox.Store, fuser: Fuser) -> None:
    given = shards(
        {
            "a": ("2019-04-02", [SELLS]),
            "b": ("2019-04-03", [SELLS]),
            "c": ("2019-04-03", [DIFFERENT["another item"][1]]),
        }
    )
    first, second, third = (next(iter(fuser.names({d: q}))) for d, q in given.items())
    judged = Judged(frozenset({frozenset({second, third})}), frozenset({frozenset({first, second})}))
    names = Fuser(known, ROOT / "ontology", judged).names(given)
    assert names[second] == names[third] != names[first]


def test_nothing_but_traits_says_what_stands(fuser: Fuser, known: ox.Store) -> None:
    def bare(event: Event) -> Event:
        sources = event.sources[:1] and told_by
        return replace(event, iri="x", sources=sources, persons={}, details=Detail)

    given = shards({f"d{number}": (issued, [event]) for number, (issued, event) in enumerate(POOL)})
    decider = fuser.decider([fuser.read(document, quads) for document, quads in given.items()])
    every = decider._events.values()
    events = [*(each for each in every if each.sources), *islice((each for each in every if not each.sources), 40)]
    told_by = next(event.sources for event in events if event.sources)
    comparer = Comparer(knowledge.load(ROOT / "ontology"), world.read(known))
    found = [(comparer.excluded(a, b), comparer.excluded(bare(a), bare(b))) for a, b in product(events, events)]
    found += [
        (comparer.standing_odds(a, b), comparer.standing_odds(bare(a), bare(b))) for a, b in product(events, events)
    ]
    assert all(one == other for one, other in found)
    assert len({one for one, _ in found}) > 10
    assert all(bare(event).traits == event.traits for event in events)


def test_no_telling_weighs_more_than_is_foreseen(fuser: Fuser, known: ox.Store) -> None:
    given = shards({f"d{number}": (issued, [event]) for number, (issued, event) in enumerate(POOL)})
    decider = fuser.decider([fuser.read(document, quads) for document, quads in given.items()])
    events = [event for event in decider._events.values() if event.sources]
    comparer = Comparer(knowledge.load(ROOT / "ontology"), world.read(known))
    pairs = [(one, other) for one, other in product(events, events) if one.nature == other.nature]
    left = [comparer.most_telling(one, other) - comparer.telling_odds(one, other) for one, other in pairs]
    assert 0 < min(left) < 3
    assert len({round(each, 3) for each in left}) > 3


@rounds(deadline=None, max_examples=12, derandomize=True)
@given(order=st.permutations(range(len(POOL))))
def test_the_order_of_documents_changes_nothing(fuser: Fuser, order: list[int]) -> None:
    given = shards({f"d{number}": (POOL[number][0], [POOL[number][1]]) for number in order})
    names = fuser.names(given)
    assert len(set(names.values())) == 6
    assert names == fuser.names(dict(sorted(given.items())))


@pytest.fixture(scope="module")
def _lean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with lean_project(tmp_path_factory.mktemp("lean")):
        yield


BEGIN = {"d0": "0 6", "d1": "1 7 8"}
TEXT = st.lists(st.integers(0, len(POOL) - 1), min_size=1, max_size=4).map(lambda numbers: " ".join(map(str, numbers)))
STEPS = steps(NAMES, TEXT, most=5)


@pytest.mark.usefixtures("_lean")
def test_a_step_of_each_kind_decides_what_a_build_from_scratch_does(tmp_path: Path) -> None:
    """A step adds a document, changes its text, or (None) forgets it."""
    walk(tmp_path, BEGIN, [("d2", "6 7 0"), ("d0", "8 1"), ("d1", None)], PoolExtractor)


@pytest.mark.proof
@pytest.mark.usefixtures("_lean")
@rounds(max_examples=20, **ROUNDS)
@given(taken=STEPS)
def test_many_steps_decide_what_a_build_from_scratch_does(
    tmp_path_factory: pytest.TempPathFactory, taken: list[Step]
) -> None:
    walk(tmp_path_factory.mktemp("steps"), BEGIN, taken, PoolExtractor)


@pytest.mark.usefixtures("_lean")
def test_what_documents_gave_comes_back_from_the_graph(tmp_path: Path) -> None:
    texts = {"d0": "0 6 8", "d1": "1 3 7", "d2": "4 9 11"}
    build(tmp_path / "home", [lay(tmp_path / "texts", texts)], extractor=PoolExtractor)
    store = Home(tmp_path / "home").current().store
    assert decisions.changed(store) == {document_iri("d1"), document_iri("d2")}, "the earliest gives the IRIs"
    assert Home(tmp_path / "home").current().manifest["graphs"][DECISIONS_GRAPH] > 30
    for name, text in texts.items():
        document = Document(name, text, (tmp_path / "texts" / f"{name}.txt").as_posix())
        gave = ox.Store()  # which writes some literals otherwise
        gave.extend(mapping.quads(PoolExtractor(Reference({}, (), ()), tmp_path).extract(document)))
        assert decisions.given(store, document.iri) == set(gave)


@pytest.mark.usefixtures("_lean")
def test_tellings_that_were_given_one_event_are_judged_two_and_one_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    file = tmp_path / "judgements.jsonl"
    monkeypatch.setenv("KG_JUDGEMENTS", str(file))
    settings.cache_clear()
    request.addfinalizer(settings.cache_clear)
    folder, home = lay(tmp_path / "texts", {"d0": "6", "d1": "6", "d2": "6"}), Home(tmp_path / "home")

    def about() -> dict[str, tuple[str, str]]:
        """The event and the document of each claim, after a build."""
        build(home.path, [folder], extractor=PoolExtractor)
        quads = home.current().store.quads_for_pattern(None, ox.NamedNode(AC + "about"), None, None)
        return {
            q.subject.value: (q.object.value, q.graph_name.value)
            for q in quads
            if isinstance(q.graph_name, ox.NamedNode)
        }

    before, graphs = about(), dict(home.current().manifest["graphs"])
    assert len(before) == 3
    assert len({event for event, _ in before.values()}) == 1, (
        "the same class, roles and date have one IRI from the start"
    )
    one, other = sorted(before)[:2]
    sheets = [gave(home.current().store, before[claim][1]) for claim in (one, other)]
    judged = [reading for sheet, claim in zip(sheets, (one, other), strict=True) if (reading := sheet.reading(claim))]
    event = sheets[0].value(one, AC + "about")
    said = append(file, Kind.DIFFERENT, [one, other], who="Ann", value=event, judged=judged)
    after = about()
    assert after[one][0] != after[other][0]
    assert len({event for event, _ in after.values()}) == 2, "the third telling is with one of them"
    append(file, Kind.UNDO, [said.id], who="Ann")
    assert about() == before
    assert dict(home.current().manifest["graphs"]) == graphs
