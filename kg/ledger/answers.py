"""Accusations that were rejected, and offers that were refused: two events, of which one answers the other.

A rejection answers the latest accusation or offer before it that was put to who rejects, by its target, on a matter that
both name. Where the rejection names no matter or no target, or the offer no weapon, both must stand in one document. Whoever
refuses answers no accusation, and whoever denies no offer: ontology/links.yaml has the words. What a document says by
ac:respondsTo goes before all that.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pyoxigraph as ox
import yaml

from kg.errors import OntologyError
from kg.ledger.disputes import Dispute
from kg.ledger.happenings import Happening, Kinded, told_of
from kg.ledger.tellings import DEFAULT, Tellings
from kg.namespaces import AC, ACR, INFERRED_GRAPH
from kg.settings import settings

REJECTION = "Rejection"
ANSWERED = {"Accusation": "AccusedThenDenied", "TransferOffer": "OfferedThenRefused"}
"""The kind of a difference, by the class of the event that is answered."""
BARRED = {"Accusation": "refusing", "TransferOffer": "denying"}
"""The kind of words in ontology/links.yaml by which nobody answers such an event."""
INFERRED = ox.NamedNode(INFERRED_GRAPH)
MATTERS = ("topic", "treaty", "item")
Key = tuple[str, str, str]
"""Who rejects, whose word he rejects ("" where nobody says), and the matter or the document."""


def answers(tellings: Tellings, rejections: Iterable[Kinded], those_put: Iterable[Kinded]) -> Iterator[Dispute]:
    """Each of these rejections with what it answers, among all accusations and offers that any of them can answer."""
    put: dict[Key, list[Happening]] = {}
    known: dict[str, Happening] = {}
    for each in told_of(tellings, those_put):
        if each.affirmed:
            known[each.event] = each
            for key in _keys(each):
                put.setdefault(key, []).append(each)
    barred = _barred(settings().ontology)
    for rejection in told_of(tellings, rejections):
        words = {tellings.word(each.claim) for each in rejection.affirmed}
        may_answer = {kind for kind, those in barred.items() if words.isdisjoint(those)}
        answered = _stated(rejection, known, tellings.store) or _latest(rejection, put, may_answer)
        if answered is not None and rejection.affirmed:
            yield Dispute(
                ANSWERED[answered.kind],
                (answered.event, rejection.event),
                tuple(sorted(each.claim for each in answered.affirmed)),
                tuple(sorted(each.claim for each in rejection.affirmed)),
            )


def _keys(put: Happening) -> Iterator[Key]:
    """By what a rejection finds an accusation or an offer; an offer may be refused from either side."""
    sides = [(put.of("target"), put.of("agent"))]
    if put.kind == "TransferOffer":
        sides = [(put.of("recipient"), put.of("supplier")), (put.of("supplier"), put.of("recipient"))]
    for rejecting, whose in sides:
        yield from product(_bodies(rejecting), {*_bodies(whose), ""}, [*_matters(put), *_documents(put)])


def _bodies(agents: Iterable[str]) -> set[str]:
    """The states and organisations among agents; the persons where there are none."""
    found = set(agents)
    return {each for each in found if not each.startswith(ACR + "person/")} or found


def _first(each: Happening) -> str:
    return each.first


def _matters(each: Happening) -> set[str]:
    return {entity for role in MATTERS for entity in each.of(role)}


def _documents(each: Happening) -> set[str]:
    return {telling.source.iri for telling in each.affirmed}


@cache
def _barred(ontology: Path) -> dict[str, frozenset[str]]:
    """The words by which nobody answers an event, by its class. Raises OntologyError where the file lacks them."""
    path = ontology / "links.yaml"
    try:
        words = yaml.safe_load(path.read_text(encoding="utf-8"))["words"]
        return {kind: frozenset(words[name]) for kind, name in BARRED.items()}
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise OntologyError(f"{path}: {error}", "It needs words: refusing, denying.") from error


def _latest(rejection: Happening, put: dict[Key, list[Happening]], may_answer: Collection[str]) -> Happening | None:
    """The latest event of these classes that the rejection can answer."""
    whose = _bodies(rejection.of("target")) or {""}
    matters, documents = _matters(rejection), _documents(rejection)
    best: Happening | None = None
    for key in product(_bodies(rejection.of("agent")), whose, [*matters, *documents]):
        if key[1] == "" and key[2] not in documents:
            continue
        bucket = put.get(key, [])
        for each in reversed(bucket[: bisect_right(bucket, rejection.last, key=_first)]):
            theirs = _matters(each)
            same = not matters or bool(matters & theirs) or (each.kind == "TransferOffer" and not theirs)
            same = same and each.kind in may_answer
            if same and (best is None or (best.first, best.event) < (each.first, each.event)):
                best = each
            if same:
                break
    return best


def _stated(rejection: Happening, known: dict[str, Happening], store: ox.Store) -> Happening | None:
    """What a document, or a reviewer, says that the rejection answers; what kg.links concludes is not asked."""
    quads = store.quads_for_pattern(ox.NamedNode(rejection.event), ox.NamedNode(AC + "respondsTo"), None, None)
    stated = (quad for quad in quads if quad.graph_name not in (DEFAULT, INFERRED))
    found = sorted(quad.object.value for quad in stated if isinstance(quad.object, ox.NamedNode))
    return next((known[each] for each in found if each in known), None)
