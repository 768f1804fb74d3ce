"""Entities that only texts name: what makes two names one thing, what excludes it, and that the order does not count."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import names as measured
from kg import mapping, reference
from kg.errors import OntologyError
from kg.extract import Extractor
from kg.identity import (
    Decider,
    Entity,
    Merge,
    Profile,
    Profiles,
    Reconciler,
    Renaming,
    broader_of,
    load,
    names_in,
)
from kg.identity.comparing import Comparer
from kg.identity.names import Names, is_acronym
from kg.identity.telling import told_as
from kg.model import Document
from kg.namespaces import AC, ACR, ITSRDF, RDF, SKOS
from kg.settings import ROOT
from kg.triples import facts_of

KNOWLEDGE = load(ROOT / "ontology")
NAMES = Names(KNOWLEDGE)
RUS, SRB, FRA = f"{ACR}state/RUS", f"{ACR}state/SRB", f"{ACR}state/FRA"


@pytest.fixture(scope="module")
def facts() -> list[ox.Quad]:
    """The reference data as quads."""
    return list(reference.quads(ROOT / "seeds" / "reference"))


def stored(facts: list[ox.Quad]) -> ox.Store:
    """A store that holds them."""
    store = ox.Store()
    store.bulk_extend(facts)
    return store


def profile(
    name: str,
    kind: str = "person",
    document: str = "a",
    *,
    slug: str = "",
    states: Sequence[str] = (),
    offices: Sequence[str] = (),
    held: Sequence[tuple[str, str, str]] = (),
    day: str = "2024-01-01",
) -> Profile:
    """An entity of this name, as a document tells of it; without a document, as the reference data does."""
    return Profile(
        f"{ACR}{kind}/{slug or name.lower().replace(' ', '-')}",
        kind,
        frozenset({measured.CLASSES[kind]}),
        (name,),
        f"{ACR}document/{document}" if document else "",
        day,
        frozenset(states),
        frozenset(offices),
        tuple(held),
    )


def decided(*profiles: Profile, known: Sequence[Profile] = (), **judged: frozenset[frozenset[str]]) -> dict[str, str]:
    """The merges as local names: member to what it is known by."""
    merges = Decider(KNOWLEDGE, known, {}, **judged).decide(profiles)
    return {_local(merge.member): _local(merge.into) for merge in merges}


def _local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


@pytest.mark.parametrize(
    ("spellings", "sound"),
    [
        (("Lavrov", "Lawrow", "Lavroff"), "lavrov"),
        (("Sergueï", "Sergei", "Sergey", "Sergej"), "sergei"),
        (("Choïgou", "Shoigu", "Schoigu", "Choigou"), "Soigu"),
        (("Zelensky", "Zelenskyy", "Zelenskyi", "Zelenskij"), "selenski"),
        (("Gorbatchev", "Gorbachev"), "gorbaSev"),
    ],
)
def test_spellings_of_a_name_sound_alike(spellings: Sequence[str], sound: str) -> None:
    assert {NAMES.person(spelling).sounds for spelling in spellings} == {(sound,)}


def test_numbers_are_told_from_words() -> None:
    assert NAMES.weapon("missile Hwasong-18").words == ("hwasong",)
    assert NAMES.weapon("MQ-9B").numbers == ("9b",)
    assert NAMES.weapon("PDV Mk II").numbers == NAMES.weapon("PDV Mark 2").numbers == ("2",)
    assert NAMES.weapon("Agni-V").numbers == ("5",)
    assert NAMES.title("Protocole de 1974").numbers == ("1974",)


def test_short_forms_are_those_of_capitals() -> None:
    assert [is_acronym(text) for text in ("CMAA", "A.I.E.A.", "Cmaa", "UE", "T-72")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert "oiac" in NAMES.initials("Organisation pour l'interdiction des armes chimiques")


def test_pairs_of_names_are_told_as_the_documentation_says() -> None:
    told, knowledge = measured.compared()
    figures = measured.figures(told, knowledge)
    assert figures["pairs"] >= 60
    assert figures["wrong"] == 0
    text = (ROOT / "docs" / "identity.md").read_text(encoding="utf-8")
    row = re.search(r"^\| all \| (\d+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|", text, re.MULTILINE)
    assert row is not None
    stated = [float(value) for value in row.groups()]
    assert stated == [figures[name] for name in ("pairs", "precision", "recall", "f1")]


def test_no_pair_of_different_names_agrees_in_either_order() -> None:
    knowledge = KNOWLEDGE
    comparer = Comparer(knowledge, {})
    for case in measured.cases():
        there, back = comparer.compare(case.one, case.other), comparer.compare(case.other, case.one)
        assert there == back


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (profile("Jean Dupont"), profile("Paul Dupont"), "name"),
        (profile("Jean Dupont"), profile("Jeanne Dupont"), "name"),
        (profile("Ivan Petrov", states=[RUS]), profile("Yvan Petrov", states=[SRB]), "state"),
        (profile("Hwasong-17", "weapon"), profile("Hwasong-18", "weapon"), "number"),
        (profile("MQ-9", "weapon"), profile("MQ-9B", "weapon"), "number"),
        (profile("protocole de Minsk", "treaty"), profile("accord de Minsk", "treaty"), "head"),
        (profile("traité de 1974 sur Lagos", "treaty"), profile("traité de 1977 sur Lagos", "treaty"), "number"),
        (profile("Zircon", "weapon"), profile("Zircon", "organization"), "kind"),
    ],
)
def test_what_excludes_that_two_are_one(one: Profile, other: Profile, why: str) -> None:
    comparison = Comparer(KNOWLEDGE, {}).compare(Entity.of([one]), Entity.of([other]))
    assert (comparison.excluded, comparison.score) == (why, 0.0)


def test_a_third_does_not_join_what_is_excluded() -> None:
    serb = profile("Ivan Petrov", document="a", states=[SRB], slug="serb")
    plain = profile("Iwan Petrow", document="b", slug="plain")
    russian = profile("Ivan Petroff", document="c", states=[RUS], slug="russian")
    merged = decided(serb, plain, russian)
    assert len(merged) == 1
    assert not {"serb", "russian"} <= {*merged, *merged.values()}


def test_the_earliest_document_gives_its_name() -> None:
    late = profile("Aleksandar Vučić", document="a", day="2024-05-01", slug="late")
    early = profile("Alexandar Vucic", document="b", day="2024-04-01", slug="early")
    undated = profile("Aleksandar Vucic", document="c", day="9999", slug="undated")
    assert decided(late, early, undated) == {"late": "early", "undated": "early"}


def test_a_person_of_the_reference_gives_its_name() -> None:
    known = profile("Sergueï Choïgou", document="", slug="sergei-shoigu")
    assert decided(profile("Sergej Schoigu"), known=[known]) == {"sergej-schoigu": "sergei-shoigu"}


def test_what_reading_declined_stays_apart() -> None:
    person = profile("Sergueï Choïgou", document="", slug="known-person")
    treaty = profile("accord de Geelong", "treaty", "", slug="known-treaty")
    told = [profile("Serguei Choigou"), profile("traité de Geelong", "treaty")]
    assert decided(*told[:1], known=[person]) == {}
    assert decided(*told[1:], known=[treaty]) == {}


def test_two_of_the_reference_are_never_joined() -> None:
    known = [profile("George Busch", document="", slug="one"), profile("George Buch", document="", slug="two")]
    merged = decided(profile("George Bouch"), known=known)
    assert list(merged) == ["george-bouch"]


def test_a_surname_is_the_person_whom_state_office_and_time_fit() -> None:
    whole = profile("Jean Dupont", states=[FRA], offices=["minister"])
    alone = profile("Dupont", document="b", states=[FRA], offices=["minister"])
    assert decided(whole, alone) == {"dupont": "jean-dupont"}
    assert decided(whole, profile("Dupont", document="b", states=[SRB], offices=["minister"])) == {}
    assert decided(whole, profile("Dupont", document="b", states=[FRA])) == {}
    assert decided(whole, profile("Dupont", document="b", states=[FRA], offices=["minister"], day="2011-01-01")) == {}


def test_a_surname_that_fits_two_is_neither() -> None:
    persons = [profile(f"{name} Dupont", states=[FRA], offices=["minister"]) for name in ("Jean", "Paul")]
    alone = profile("Dupont", document="b", states=[FRA], offices=["minister"])
    assert decided(*persons, alone) == {}


def test_a_surname_is_the_person_whom_the_same_document_names() -> None:
    told = [profile("Jean Dupont"), profile("Dupont"), profile("Dupont", document="b")]
    found = names_in(Decider(KNOWLEDGE, (), {}).decide(told))
    assert [(_local(document), [*map(_local, names)]) for document, names in found.items()] == [("a", ["dupont"])]


def test_a_surname_is_decided_document_by_document() -> None:
    told = [
        profile("Jean Dupont", document="a"),
        profile("Dupont", document="a"),
        profile("Paul Dupont", document="b"),
        profile("Dupont", document="b"),
    ]
    found = names_in(Decider(KNOWLEDGE, (), {}).decide(told))
    assert {_local(document): list(map(_local, names.values())) for document, names in found.items()} == {
        "a": ["jean-dupont"],
        "b": ["paul-dupont"],
    }


def test_judgements_come_first() -> None:
    one, other = profile("Sergueï Ivanov"), profile("Serguei Iwanow", document="b")
    pair = frozenset({frozenset({one.iri, other.iri})})
    assert decided(one, other) == {"serguei-iwanow": "sergueï-ivanov"}
    assert decided(one, other, different=pair) == {}
    apart = profile("Garde verte", "organization"), profile("Milice du Nord", "organization", "b")
    assert decided(*apart) == {}
    same = frozenset({frozenset({each.iri for each in apart})})
    assert decided(*apart, same=same) == {"milice-du-nord": "garde-verte"}


def test_what_a_reviewer_accepts_goes_by_the_reference() -> None:
    treaty = profile("traité sur les armes dans l'espace", "treaty", "", slug="ost")
    told = profile("traité contre les armes dans l'espace", "treaty", slug="told")
    alone = profile("Dupont", slug="dupont")
    person = profile("Jean Dupont", document="", slug="jean-dupont")
    assert decided(told, alone, known=[treaty, person]) == {}
    same = frozenset({frozenset({told.iri, treaty.iri}), frozenset({alone.iri, person.iri})})
    assert decided(told, alone, known=[treaty, person], same=same) == {"told": "ost", "dupont": "jean-dupont"}


SPELLINGS = st.sampled_from(
    [
        "Sergueï Ivanov",
        "Serguei Iwanow",
        "Sergej Ivanoff",
        "Mikhaïl Ivanov",
        "Ivanov",
        "Iwanow",
        "Jean Dupont",
        "Dupont",
    ]
)
TOLD = st.builds(
    profile,
    SPELLINGS,
    document=st.sampled_from("abcd"),
    states=st.sampled_from([(), (RUS,), (FRA,)]),
    offices=st.sampled_from([(), ("minister",), ("soldier",)]),
    day=st.sampled_from(["2024-01-01", "2020-06-01", "9999"]),
)


@given(st.lists(TOLD, max_size=8, unique_by=lambda each: (each.iri, each.document)), st.randoms(use_true_random=False))
def test_the_order_does_not_count(told: list[Profile], chance: random.Random) -> None:
    decider = Decider(KNOWLEDGE, (), {})
    before = decider.decide(told)
    mixed = list(told)
    chance.shuffle(mixed)
    assert Decider(KNOWLEDGE, (), {}).decide(mixed) == before
    assert not {merge.member for merge in before} & {merge.into for merge in before}
    by_iri: dict[str, list[Profile]] = {}
    for each in told:
        by_iri.setdefault(each.iri, []).append(each)
    entities = {iri: Entity.of(of) for iri, of in by_iri.items()}
    for merge in before:
        if len(NAMES.person(entities[merge.member].names[0]).words) > 1:
            assert decider.comparer.compare(entities[merge.member], entities[merge.into]).excluded is None


def test_profiles_tell_what_texts_say_of_a_person(extractor: Extractor) -> None:
    text = (
        "Le ministre serbe de la Défense, Bratislav Gasic, a signé mardi un contrat d'achat de missiles. "
        "Jorge Taiana, ministre argentin de la Défense, a visité une usine d'armement."
    )
    document = Document("d", text, "d.txt", issued="2023-05-02")
    quads = list(mapping.quads(extractor.extract(document)))
    told = {_local(each.iri): each for each in Profiles(KNOWLEDGE).of_document(document.iri, facts_of(quads))}
    assert told["bratislav-gasic"].states == {SRB}
    assert told["bratislav-gasic"].offices == {"minister"}
    assert told["jorge-taiana"].states == {f"{ACR}state/ARG"}
    assert told["jorge-taiana"].day == "2023-05-02"


def test_profiles_tell_what_the_reference_knows(facts: list[ox.Quad]) -> None:
    known = {each.iri: each for each in Profiles(KNOWLEDGE).of_reference(stored(facts))}
    person = known[f"{ACR}person/sergei-shoigu"]
    assert person.names[0] in ("Sergei Shoigu", "Sergueï Choïgou")
    assert (person.states, "minister" in person.offices) == ({RUS}, True)
    assert known[f"{ACR}weapon/s-400"].states == {RUS}


def test_categories_are_followed_to_the_top(facts: list[ox.Quad]) -> None:
    above = broader_of(facts)
    assert f"{ACR}weapon-category/missile" in above[f"{ACR}weapon-category/missile-balistique"]


def test_a_renamed_entity_keeps_its_name_as_another() -> None:
    graph = ox.NamedNode(f"{ACR}document/a")
    given_iri, into, known = f"{ACR}person/given", f"{ACR}person/into", f"{ACR}person/known"
    node, mention = ox.NamedNode(given_iri), ox.NamedNode(f"{ACR}document/a/mention/0-4")
    label = ox.Literal("Iwanow", language="fr")
    quads = [
        ox.Quad(node, ox.NamedNode(RDF + "type"), ox.NamedNode(AC + "Person"), graph),
        ox.Quad(node, ox.NamedNode(SKOS + "prefLabel"), label, graph),
        ox.Quad(mention, ox.NamedNode(ITSRDF + "taIdentRef"), node, graph),
    ]
    other = Decider(KNOWLEDGE, (), {}).comparer.compare(Entity.of([profile("A B")]), Entity.of([profile("A B")]))
    renaming = Renaming.of([Merge(given_iri, into, (graph.value,), into, other)], graph.value)
    named = ox.NamedNode(into)
    assert renaming.apply(quads) == [
        ox.Quad(named, ox.NamedNode(RDF + "type"), ox.NamedNode(AC + "Person"), graph),
        ox.Quad(named, ox.NamedNode(SKOS + "altLabel"), label, graph),
        ox.Quad(mention, ox.NamedNode(ITSRDF + "taIdentRef"), named, graph),
    ]
    merges = [Merge(given_iri, known, (graph.value,), known, other, known=True)]
    assert Renaming.of(merges, graph.value).apply(quads) == [
        ox.Quad(mention, ox.NamedNode(ITSRDF + "taIdentRef"), ox.NamedNode(known), graph)
    ]
    assert Renaming.of(merges, f"{ACR}document/b").apply(quads) == quads


def test_a_wrong_file_is_told_with_its_path(tmp_path) -> None:
    (tmp_path / "identity").mkdir()
    text = (ROOT / "ontology" / "identity" / "names.yaml").read_text(encoding="utf-8")
    (tmp_path / "identity" / "names.yaml").write_text(text.replace("same_words:", "same_wurds:"), encoding="utf-8")
    with pytest.raises(OntologyError, match=r"names\.yaml: same_words, same_wurds"):
        load(tmp_path)


def test_suggestions_name_what_only_texts_know_and_leave_out_what_was_judged(facts: list[ox.Quad]) -> None:
    store = stored(facts)
    graph = ox.NamedNode(f"{ACR}document/a")
    bush, fas = f"{ACR}person/george-bush", f"{ACR}organization/FAS"
    for iri, kind, label in ((bush, "Person", "George Bush"), (fas, "Organization", "FAS")):
        told = {RDF + "type": ox.NamedNode(AC + kind), SKOS + "prefLabel": ox.Literal(label, language="fr")}
        told[AC + "reconciled"] = ox.Literal(False)
        store.bulk_extend(ox.Quad(ox.NamedNode(iri), ox.NamedNode(name), value, graph) for name, value in told.items())
    found = Reconciler(store, ROOT / "ontology").suggestions()
    assert [(_local(each.iri), [_local(one.iri) for one in each.candidates]) for each in found] == [
        ("FAS", ["federation-of-american-scientists"]),
        ("george-bush", ["george-h-w-bush", "george-w-bush"]),
    ]
    assert (found[0].documents, found[0].candidates[0].reason) == (1, "The same words.")
    judged = frozenset({frozenset({bush, f"{ACR}person/george-w-bush"})})
    persons = Reconciler(store, ROOT / "ontology", different=judged).suggestions(["person"])
    assert [[_local(one.iri) for one in each.candidates] for each in persons] == [["george-h-w-bush"]]
    assert Reconciler(store, ROOT / "ontology").suggestions(least=0.95) == []


def test_each_likeness_has_its_words() -> None:
    words = told_as(ROOT / "ontology")
    assert KNOWLEDGE.weights.keys() | {"judged"} == words.keys()
    assert all(set(said) == {"en", "fr"} for said in words.values())
