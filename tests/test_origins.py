"""Independent origins: the rule of docs/corroboration.md case by case, and that copies and relays never add one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from told import Told, chains, rows

from kg import ledger
from kg.ledger import Source, Telling, origins_of
from kg.model import Modality, Polarity

AFP, TASS, REUTERS = "organization/afp", "organization/tass", "organization/reuters"
RT, GAZETTE, COURIER = "organization/rt", "organization/gazette", "organization/courier"
PUTIN, TRUMP, RUSSIA, USA = "person/putin", "person/trump", "state/RUS", "state/USA"


def told(*lines: tuple[object, ...]) -> Told:
    """A graph of documents: each line is the arguments of a document, then those of its claims on the event e."""
    graph = Told()
    for number, (document, *claims) in enumerate(lines):
        assert isinstance(document, dict)
        name = graph.document(**{"name": f"d{number}", "day": f"2019-09-{number + 1:02}"} | document)
        for claim in claims:
            assert isinstance(claim, dict)
            graph.claim(name, "e", **claim)
    return graph


OWN: dict[str, object] = {}
CASES = {
    "an outlet that says so itself": ([({"by": GAZETTE}, OWN), ({"by": COURIER}, OWN)], ["courier (1)", "gazette (1)"]),
    "two articles of one outlet": ([({"by": GAZETTE}, OWN), ({"by": GAZETTE}, OWN)], ["gazette (2)"]),
    "three articles, two origins": (
        [({"by": RT, "credits": [TASS]}, OWN), ({"by": GAZETTE, "credits": [TASS]}, OWN), ({"by": REUTERS}, OWN)],
        ["reuters (1)", "tass through gazette, rt (2)"],
    ),
    "an agency's own text and who carries it": (
        [({"by": TASS}, OWN), ({"by": RT, "credits": [TASS]}, OWN)],
        ["tass through rt (2)"],
    ),
    "an outlet's own words beside an agency's that it carries": (
        [({"by": GAZETTE, "credits": [AFP]}, OWN), ({"by": GAZETTE}, OWN)],
        ["afp through gazette (2)"],
    ),
    "an outlet that carries an agency, cited by another": (
        [({"by": GAZETTE, "credits": [AFP]}, OWN), ({"by": COURIER}, {"by": GAZETTE})],
        ["afp through courier, gazette (2)"],
    ),
    "copies without a credit": (
        [({"by": GAZETTE}, OWN), ({"by": COURIER, "copy_of": "d0"}, OWN), ({"by": RT, "copy_of": "d0"}, OWN)],
        ["gazette through courier, rt (3)"],
    ),
    "copies of which one names the agency": (
        [({"by": GAZETTE}, OWN), ({"by": COURIER, "copy_of": "d0", "credits": [AFP]}, OWN)],
        ["afp through courier, gazette (2)"],
    ),
    "copies that nobody publishes": ([({}, OWN), ({"copy_of": "d0"}, OWN)], ["d0 (2)"]),
    "texts that nobody publishes": ([({}, OWN), ({}, OWN)], ["d0 (1)", "d1 (1)"]),
    "one speaker quoted by many": (
        [({"by": GAZETTE}, {"by": PUTIN}), ({"by": REUTERS}, {"by": PUTIN}), ({"by": RT}, {"by": PUTIN})],
        ["putin through gazette, reuters, rt (3)"],
    ),
    "a speaker and the text that quotes him": (
        [({"by": GAZETTE}, {"by": PUTIN}, OWN), ({"by": GAZETTE}, OWN)],
        ["putin through gazette (3)"],
    ),
    "a speaker and the unsigned text that quotes him": ([({}, {"by": PUTIN}, OWN)], ["putin (2)"]),
    "two speakers in one text": (
        [({"by": GAZETTE}, {"by": PUTIN}, {"by": TRUMP})],
        ["putin through gazette (1)", "trump through gazette (1)"],
    ),
    "an outlet citing another": (
        [({"by": GAZETTE}, {"by": REUTERS}), ({"by": REUTERS}, OWN)],
        ["reuters through gazette (2)"],
    ),
    "an outlet citing another that quotes a speaker": (
        [({"by": GAZETTE}, {"by": REUTERS}), ({"by": REUTERS}, {"by": TRUMP})],
        ["trump through gazette, reuters (2)"],
    ),
    "two outlets citing each other": (
        [({"by": GAZETTE}, {"by": COURIER}), ({"by": COURIER}, {"by": GAZETTE})],
        ["courier, gazette (2)"],
    ),
    "a speaker through relays": (
        [({"by": RT}, {"by": USA, "relays": [REUTERS]}), ({"by": REUTERS}, OWN)],
        ["state/USA through reuters, rt (2)"],
    ),
    "a relay that names nobody": (
        [({"by": RT}, {"relays": [REUTERS]}), ({"by": REUTERS}, OWN)],
        ["reuters through rt (2)"],
    ),
    "a text of two agencies": (
        [({"by": GAZETTE, "credits": [AFP, REUTERS]}, OWN), ({"by": REUTERS}, OWN)],
        ["afp, reuters through gazette (2)"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_rule(case: str) -> None:
    lines, expected = CASES[case]
    store = told(*lines).store()
    assert [each.replace("state/", "") for each in expected] == list(chains(store, "e"))
    assert rows(store, "SELECT ?n { ?e ac:affirmingOrigins ?n }") == [(str(len(expected)),)]


def test_who_speaks_for_a_state_is_no_other_origin_than_the_state() -> None:
    graph = told(({"by": GAZETTE}, {"by": PUTIN}), ({"by": COURIER}, {"by": RUSSIA}), ({"by": RT}, {"by": TRUMP}))
    graph.office(PUTIN, RUSSIA, "2012-05-07")
    assert list(chains(graph.store(), "e")) == ["RUS, putin through courier, gazette (2)", "trump through rt (1)"]
    graph.office(TRUMP, RUSSIA, "2019-09-04")
    assert len(list(chains(graph.store(), "e"))) == 2  # an office that came after the article does not count


def test_an_office_counts_always_where_the_day_of_the_article_is_unknown() -> None:
    graph = told(({"by": GAZETTE, "day": ""}, {"by": PUTIN}), ({"by": COURIER}, {"by": RUSSIA}))
    graph.office(PUTIN, RUSSIA, "2000-05-07", "2008-05-07")
    assert list(chains(graph.store(), "e")) == ["RUS, putin through courier, gazette (2)"]


def test_sides_are_counted_apart_and_a_claim_counts_those_who_say_the_same() -> None:
    graph = told(
        ({"by": GAZETTE}, {"by": PUTIN}),
        ({"by": COURIER}, {"by": USA, "polarity": Polarity.NEGATED}),
        ({"by": RT}, {"modality": Modality.PLANNED}),
        ({"by": AFP}, OWN),
    )
    store = graph.store()
    assert list(chains(store, "e")) == ["afp (1)", "putin through gazette (1)", "rt (1)"]
    assert list(chains(store, "e", "Negated")) == ["USA through courier (1)"]
    assert rows(store, "SELECT ?n ?m { ?e ac:affirmingOrigins ?n ; ac:denyingOrigins ?m }") == [("3", "1")]
    assert rows(store, "SELECT ?c ?n { ?c ac:agreeingOrigins ?n }") == [
        ("d0-0", "2"),
        ("d1-0", "1"),
        ("d2-0", "1"),
        ("d3-0", "2"),
    ]


def test_an_event_told_once_has_a_count_and_no_node() -> None:
    store = told(({"by": GAZETTE}, {"by": PUTIN, "polarity": Polarity.NEGATED})).store()
    assert rows(store, "SELECT ?n { ?e ac:denyingOrigins ?n }") == [("1",)]
    assert rows(store, "SELECT ?n { ?c ac:agreeingOrigins ?n }") == [("1",)]
    assert rows(store, "SELECT ?n { { ?n a ac:Origin } UNION { ?e ac:affirmingOrigins ?n } }") == []


def test_a_claim_that_is_no_whole_claim_counts_for_nothing() -> None:
    graph = told(({"by": GAZETTE}, OWN), ({"by": COURIER}, OWN))
    graph.add("graph/own/notes", "claim/mine", "https://w3id.org/arms-control/ontology#about", "event/e")
    assert list(chains(graph.store(), "e")) == ["courier (1)", "gazette (1)"]


OUTLETS = (GAZETTE, COURIER, RT, AFP, TASS)
SPEAKERS = (None, PUTIN, TRUMP, RUSSIA, REUTERS, AFP, GAZETTE)
TEXTS = st.builds(
    lambda number, by, credit, claimants, relay: (number, by, credit, claimants, relay),
    st.integers(0, 99),
    st.sampled_from((None, *OUTLETS)),
    st.sampled_from(((), (AFP,), (TASS,), (AFP, TASS))),
    st.lists(st.sampled_from(SPEAKERS), min_size=1, max_size=3),
    st.sampled_from(((), (REUTERS,), (RT,))),
)
Text = tuple[int, str | None, tuple[str, ...], list[str | None], tuple[str, ...]]


def tellings(texts: list[Text]) -> list[Telling]:
    """Claims of texts, each text one document."""
    found = []
    for number, (_, by, credits, claimants, relays) in enumerate(texts):
        name = f"document/{number:03}"
        source = Source(name, f"2019-01-{number + 1:02}", f"2019-01-{number + 1:02}", name, by, credits, by)
        for at, claimant in enumerate(claimants):
            found.append(Telling(f"{name}-{at}", source, Modality.ACTUAL, Polarity.AFFIRMED, claimant, relays))
    return found


def speaks(agent: str, _: Source) -> tuple[str, ...]:
    return (RUSSIA,) if agent == PUTIN else ()


def count(found: list[Telling]) -> int:
    return len(origins_of(found, speaks))


@rounds(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(TEXTS, min_size=1, max_size=6), st.sampled_from((None, *OUTLETS)), st.data())
def test_a_later_copy_adds_no_origin(texts: list[Text], by: str | None, data: st.DataObject) -> None:
    found = tellings(texts)
    copied = data.draw(st.sampled_from(found))
    source = Source("document/z", "2020", "2020", copied.source.root, by, copied.source.agencies, copied.source.first)
    copy = Telling("claim/z", source, copied.modality, copied.polarity, copied.claimant, copied.relays)
    assert count([*found, copy]) <= count(found)


@rounds(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(TEXTS, min_size=1, max_size=6), st.sampled_from((None, *OUTLETS)), st.data())
def test_a_relay_of_a_known_word_adds_no_origin(texts: list[Text], by: str | None, data: st.DataObject) -> None:
    """Another outlet quotes one of the origins, or carries an agency that is one, under its own words."""
    found = tellings(texts)
    known = data.draw(
        st.sampled_from([each for each in origins_of(found, speaks) if "document" not in each.sources[0]] or [None])
    )
    if known is None:
        return
    whose = data.draw(st.sampled_from(known.sources))
    quoting = Source("document/z", "2020", "2020", "document/z", by, (), by)
    carrying = Source("document/z", "2020", "2020", "document/z", by, (whose,), by)
    quote = Telling("claim/z", quoting, Modality.ACTUAL, Polarity.AFFIRMED, whose)
    carried = Telling("claim/z", carrying, Modality.ACTUAL, Polarity.AFFIRMED)
    assert count([*found, quote]) <= count(found)
    assert count([*found, carried]) <= count(found)


@rounds(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(TEXTS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(texts: list[Text], chance: object) -> None:
    found = tellings(texts)
    mixed = list(found)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert origins_of(mixed, speaks) == origins_of(found, speaks)
    assert {claim for each in origins_of(found, speaks) for claim in each.claims} == {each.claim for each in found}


def test_many_claims_on_one_event_take_no_square_of_time() -> None:
    texts: list[Text] = [(0, OUTLETS[n % 5], (), [f"person/{n}"], ()) for n in range(3000)]
    assert count(tellings(texts)) == 3000


def test_what_is_held_is_what_was_written() -> None:
    store = told(({"by": GAZETTE}, OWN), ({"by": COURIER}, {"by": PUTIN})).store()
    assert set(ledger.held(store)) == set(ledger.quads(store, (), ()))
    assert len(set(ledger.held(store))) > 8
