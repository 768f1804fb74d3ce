"""Clusters after a change are those that going through all links gives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.fusion.reclustering import Reclustering
from kg.nearby import Link

THINGS = range(9)
PAIRS = [(one, other) for one in THINGS for other in THINGS if one < other]
Odds = dict[tuple[int, int], float]
LINKS = st.dictionaries(st.sampled_from(PAIRS), st.sampled_from([0.5, 1.0, 2.0]), max_size=24)
APART = st.sets(st.sampled_from(PAIRS), max_size=8)


def all_clusters(links: Odds, apart: set[tuple[int, int]]) -> tuple[set[frozenset[int]], set[tuple[int, int]]]:
    """The clusters, and the links that made them, as kg.fusion.clustering finds them."""
    cluster, joined = {thing: {thing} for thing in THINGS}, set()
    for one, other in sorted(links, key=lambda pair: (-links[pair], iri(pair[0]), iri(pair[1]))):
        ours, theirs = cluster[one], cluster[other]
        if ours is not theirs and not excluded(ours, theirs, apart):
            ours |= theirs
            cluster |= dict.fromkeys(theirs, ours)
            joined.add((one, other))
    return set(map(frozenset, cluster.values())), joined


def iri(thing: int) -> str:
    return f"iri:{thing}"


def excluded(ours: set[int], theirs: set[int], apart: set[tuple[int, int]]) -> bool:
    return any((min(one, other), max(one, other)) in apart for one in ours for other in theirs)


@settings(deadline=None, max_examples=300)
@given(before=LINKS, after=LINKS, apart_before=APART, apart_after=APART, changed=st.sets(st.sampled_from(THINGS)))
def test_a_change_reaches_all_clusters_that_become_others(
    before: Odds, after: Odds, apart_before: set[tuple[int, int]], apart_after: set[tuple[int, int]], changed: set[int]
) -> None:
    """The things that changed have other links now, and exclude others; the rest is as it was."""
    kept = {pair: odds for pair, odds in before.items() if changed.isdisjoint(pair)}
    links = kept | {pair: odds for pair, odds in after.items() if not changed.isdisjoint(pair)}
    apart = {pair for pair in apart_before if changed.isdisjoint(pair)}
    apart |= {pair for pair in apart_after if not changed.isdisjoint(pair)}
    were, joined = all_clusters(before, apart_before)

    def links_of(thing: int) -> dict[int, Link]:
        ends = {pair: odds for pair, odds in links.items() if thing in pair}
        return {sum(pair) - thing: Link(odds, pair in joined and pair in kept) for pair, odds in ends.items()}

    touched = changed | {end for pair in before.keys() ^ kept.keys() for end in pair}
    touched |= {end for pair in links.keys() - kept.keys() for end in pair}
    anew = Reclustering(links_of, iri, lambda ours, theirs: not excluded(ours, theirs, apart))
    anew.run(touched)
    are, now_joined = all_clusters(links, apart)
    same = {cluster for cluster in were if cluster.isdisjoint(anew.groups)}
    assert set(map(frozenset, anew.groups.values())) | same == are
    assert {pair for pair in links if anew.joined.get(pair, pair in joined and pair in kept)} == now_joined


def test_what_the_change_does_not_reach_is_not_decided_again() -> None:
    links = {(0, 1): Link(2.0, True), (2, 3): Link(2.0, True), (3, 4): Link(1.0)}
    asked: list[tuple[set[int], set[int]]] = []

    def links_of(thing: int) -> dict[int, Link]:
        return {sum(pair) - thing: link for pair, link in links.items() if thing in pair}

    def may_be_one(ours: set[int], theirs: set[int]) -> bool:
        asked.append((set(ours), set(theirs)))
        return True

    anew = Reclustering(links_of, iri, may_be_one)
    anew.run({4})
    assert asked == [({2, 3}, {4})]
    assert anew.groups == {2: {2, 3, 4}, 3: {2, 3, 4}, 4: {2, 3, 4}}
    assert anew.joined == {(3, 4): True}
