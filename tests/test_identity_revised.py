"""Entities that are decided by key, change by change, are one and the other as those that are decided all at once."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from test_identity import KNOWLEDGE, TOLD

from kg.identity import Profile, blocks, revising
from kg.identity.outlines import Outlines

KNOWN = TOLD.map(lambda each: replace(each, iri=f"{each.iri}-known", document=""))
CHANGES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.lists(TOLD, max_size=3, unique_by=lambda each: each.iri)), max_size=8
)
JUDGED = st.sets(st.tuples(TOLD, TOLD).map(lambda two: frozenset(each.iri for each in two)), max_size=2)


@pytest.mark.parametrize("share", [0, 1000])
@rounds(deadline=None, derandomize=True, max_examples=150, suppress_health_check=list(HealthCheck))
@given(
    st.lists(KNOWN, max_size=3, unique_by=lambda each: each.iri),
    CHANGES,
    JUDGED,
    JUDGED,
)
def test_what_is_revised_is_what_is_decided_at_once(
    monkeypatch: pytest.MonkeyPatch,
    share: int,
    known: list[Profile],
    changes: list[tuple[str, list[Profile]]],
    same: set[frozenset[str]],
    different: set[frozenset[str]],
) -> None:
    """`share` makes all changes be decided by key, or all at once."""
    monkeypatch.setattr(revising, "SHARE", share)
    monkeypatch.setattr(revising, "WINDOW", 1)
    monkeypatch.setattr(blocks, "WINDOW", 1)
    database = sqlite3.connect(":memory:")
    outlines = Outlines(database)
    judged = (frozenset(same), frozenset(different))
    reviser = revising.Reviser(database, outlines, KNOWLEDGE, {}, *judged)
    outlines.put(known)
    merges = {(merge.member, merge.into): merge for merge in reviser.all().merges}
    standing: dict[str, list[Profile]] = {}
    for document, profiles in changes:
        told = [replace(each, document=document) for each in profiles]
        before = outlines.drop(document)
        outlines.put(told)
        standing[document] = told
        before_names = outlines.names()
        settled = reviser.around(before | {each.iri for each in told})
        merges = {pair: merge for pair, merge in merges.items() if pair[0] not in settled.about}
        merges |= {(merge.member, merge.into): merge for merge in settled.merges}
        scratch = sqlite3.connect(":memory:")
        anew = Outlines(scratch)
        anew.put([*known, *(each for each_told in standing.values() for each in each_told)])
        at_once = revising.Reviser(scratch, anew, KNOWLEDGE, {}, *judged).all().merges
        assert sorted(merges.values(), key=str) == sorted(at_once, key=str)
        now = outlines.names()
        assert now == anew.names()
        assert settled.documents == {key[1] for key, _ in before_names.items() ^ now.items()}
