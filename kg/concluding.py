"""The inferred graph: the status of treaties, copies, what follows from several claims, links between events, and what rules conclude.

It depends on the other graphs alone, whatever the order of changes in which they came about. After a change of few documents only what
the change reaches is concluded anew, each part by its own look-ups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from kg import copies, ledger, links, reason, treaties, versions
from kg.namespaces import INFERRED_GRAPH
from kg.store import Draft
from kg.store.disk import store_errors


def conclude(draft: Draft, rules: Path, *, anew: bool) -> None:
    """Bring the draft's inferred graph up to date with its other graphs.

    `rules` is the folder of the rules. `anew` says that ontology or reference data are others than those that it rests on.
    Raises StoreError where the disk is full.
    """
    alike, before = list(copies.copy_quads(draft.store)), draft.before
    rests_on = versions.of_conclusions(draft.own)
    stale = anew or any(draft.versions.get(name) != value for name, value in rests_on.items())
    draft.versions.update(rests_on)
    if before is None or stale:
        _renew(draft, rules, alike)
    else:
        _revise(draft, before, rules, alike)


def _renew(draft: Draft, rules: Path, alike: list[ox.Quad]) -> None:
    """Conclude all anew."""
    answers: list[ox.Quad] = []
    computed = chain([*treaties.status_quads(draft.store), *alike], answers)
    with store_errors(draft.path.parent, "written"), draft.scratch() as folder:
        reason.renew(draft, rules, computed, _told(draft, alike, answers), folder)


def _told(draft: Draft, alike: list[ox.Quad], answers: list[ox.Quad]) -> Iterator[Iterator[ox.Quad]]:
    """What links tell, of which those that answer are noted, and then what follows from several claims."""
    yield _noting(links.quads(draft.store), answers)
    yield ledger.quads(draft.store, alike, answers)


def _noting(linked: Iterable[ox.Quad], answers: list[ox.Quad]) -> Iterator[ox.Quad]:
    """The links; those by which events answer others are noted."""
    for quad in linked:
        if quad.predicate.value == links.ANSWERS:
            answers.append(quad)
        yield quad


def _revise(draft: Draft, before: ox.Store, rules: Path, alike: list[ox.Quad]) -> None:
    """Conclude after a change of few documents what it reaches; all anew where rules ask for that."""
    old, new = links.revised(draft.store, draft.changes)
    draft.change_graph(INFERRED_GRAPH, old, new)
    answers, known = links.changes(old | new), {copies.PREDICATE: alike}
    if reason.revise(draft, rules, draft.stated | answers, known, ledger.PREDICATES | links.PREDICATES):
        ledger.revise(draft, before, draft.changes | answers, copies.held(before), alike)
    else:
        _renew(draft, rules, alike)
