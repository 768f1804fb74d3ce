"""Things in blocks, revised change by change, stand and are linked as if they were put in all at once."""

from __future__ import annotations

import sqlite3
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from kg.nearby import FILE, Link, Network, number, opened, usable

REACH = 2
Standing = dict[int, set[tuple[int, int]]]

THINGS = st.integers(1, 12)
PLACES = st.sets(st.tuples(st.integers(0, 2), st.integers(0, 5)), min_size=1, max_size=3)
CHANGES = st.lists(
    st.dictionaries(THINGS, st.one_of(st.none(), PLACES), min_size=1, max_size=3), min_size=1, max_size=8
)


def likely(one: int, other: int) -> float | None:
    """Two of three pairs, by their numbers."""
    return (one * 7 + other * 3) % 5 / 2 if (one + other) % 3 else None


def near(standing: Standing) -> set[tuple[int, int]]:
    """The pairs that are near in some block, found by looking at all."""
    found: set[tuple[int, int]] = set()
    for block in {block for places in standing.values() for block, _ in places}:
        row = sorted((sort, thing) for thing, places in standing.items() for at, sort in places if at == block)
        for one, other in combinations(range(len(row)), 2):
            if other - one <= REACH and row[one][1] != row[other][1]:
                found.add((min(row[one][1], row[other][1]), max(row[one][1], row[other][1])))
    return found


def links(standing: Standing) -> dict[tuple[int, int], float]:
    return {pair: odds for pair in near(standing) if (odds := likely(*pair)) is not None}


def held(network: Network, standing: Standing) -> dict[tuple[int, int], float]:
    return {(one, other): odds for one in standing for other, odds in network.links(one).items() if one < other}


def components(pairs: set[tuple[int, int]], things: set[int]) -> dict[int, frozenset[int]]:
    found = {thing: frozenset({thing}) for thing in things}
    for one, other in pairs:
        both = found[one] | found[other]
        found |= dict.fromkeys(both, both)
    return found


@rounds(max_examples=300, deadline=None, derandomize=True)
@given(changes=CHANGES)
def test_what_is_revised_is_what_is_put_in_at_once(changes: list[dict[int, set[tuple[int, int]] | None]]) -> None:
    network = Network(sqlite3.connect(":memory:"), "thing", REACH)
    standing: Standing = {}
    for change in changes:
        before = components(set(links(standing)), set(standing))
        old = links(standing)
        standing = {thing: places for thing, places in (standing | change).items() if places is not None}
        after = {thing: (f"iri:{thing}", places) for thing, places in change.items() if places is not None}
        reached = network.revise(change, after, likely, lambda _: ())
        now = links(standing)
        assert held(network, standing) == now
        ends = {end for pair in old.keys() ^ now.keys() for end in pair}
        there = components(set(now), set(standing))
        wanted = {each for end in (ends | after.keys()) & standing.keys() for each in there[end]}
        wanted |= {
            each
            for end in ends | change.keys()
            for each in before.get(end, ())
            if each in standing and there[each] != before[each]
        }
        assert wanted <= reached <= standing.keys()


@rounds(max_examples=100, deadline=None, derandomize=True)
@given(standing=st.dictionaries(THINGS, PLACES))
def test_near_is_who_stands_so_many_places_away(standing: Standing) -> None:
    network = Network(sqlite3.connect(":memory:"), "thing", REACH)
    network.fill([(thing, f"iri:{thing}", places) for thing, places in standing.items()], {})
    pairs = near(standing)
    for thing, places in standing.items():
        assert network.windows.near(thing, places) == {each for pair in pairs if thing in pair for each in pair} - {
            thing
        }
        for other, theirs in standing.items():
            close = network.windows.are_near(thing, places, other, theirs)
            assert thing == other or close == ((min(thing, other), max(thing, other)) in pairs)


def test_who_was_judged_one_is_reached_with_his_like() -> None:
    network = Network(sqlite3.connect(":memory:"), "thing", REACH)
    network.fill([(thing, f"iri:{thing}", [(thing, 0)]) for thing in (1, 2, 3)], {(2, 3): Link(1.0)})
    assert network.revise([1], {1: ("iri:1", [(9, 0)])}, likely, lambda thing: {1: [2, 7]}.get(thing, ())) == {1, 2, 3}


def test_a_file_of_another_version_is_of_no_use(tmp_path: Path) -> None:
    path = tmp_path / FILE
    assert not usable(path)
    database = opened(path)
    database.execute("COMMIT")
    database.close()
    assert usable(path)
    with sqlite3.connect(path) as changed:
        changed.execute("PRAGMA user_version = 999")
    assert not usable(path)
    path.write_bytes(b"no database at all" * 100)
    assert not usable(path)


@pytest.mark.parametrize("words", [("a", "bc"), ("ab", "c"), ("abc",)])
def test_numbers_tell_words_apart(words: tuple[str, ...]) -> None:
    assert 0 <= number(*words) < 2**63
    assert number(*words) == number(*words)
    assert [each for each in (("a", "bc"), ("ab", "c"), ("abc",)) if number(*each) == number(*words)] == [words]
