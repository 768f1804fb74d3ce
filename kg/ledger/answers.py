"""Accusations that were denied, and offers that were refused: two events, of which one answers the other, as two sides.

What a rejection answers is not decided here: ac:respondsTo says it. A document's or a reviewer's word for it goes before what kg.links
found. Whoever refuses denies no accusation, and whoever denies refuses no offer: ontology/links.yaml has the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import yaml

from kg.errors import OntologyError
from kg.ledger.disputes import Dispute
from kg.ledger.happenings import Happening, Kinded, happening, told_of
from kg.ledger.tellings import DEFAULT, Tellings
from kg.namespaces import AC, INFERRED_GRAPH
from kg.settings import settings

REJECTION = "Rejection"
ANSWERED = {"Accusation": "AccusedThenDenied", "TransferOffer": "OfferedThenRefused"}
"""The kind of a difference, by the class of the event that is answered."""
BARRED = {"Accusation": "refusing", "TransferOffer": "denying"}
"""The kind of words in ontology/links.yaml by which nobody answers such an event."""
INFERRED = ox.NamedNode(INFERRED_GRAPH)
RESPONDS = ox.NamedNode(AC + "respondsTo")
Linked = Callable[[str], Iterable[str]]
"""What kg.links found that an event answers."""


def answers(tellings: Tellings, rejections: Iterable[Kinded], linked: Linked) -> Iterator[Dispute]:
    """Each of these rejections with the accusation or the offer that it answers."""
    for rejection in told_of(tellings, rejections):
        answered = _answered(rejection, tellings, linked) if rejection.affirmed else None
        if answered is not None:
            yield Dispute(
                ANSWERED[answered.kind],
                (answered.event, rejection.event),
                tuple(sorted(each.claim for each in answered.affirmed)),
                tuple(sorted(each.claim for each in rejection.affirmed)),
            )


def among(links: Iterable[ox.Quad]) -> Linked:
    """What events answer by these quads of kg.links."""
    found: dict[str, list[str]] = {}
    for quad in links:
        if quad.predicate == RESPONDS and isinstance(quad.subject, ox.NamedNode):
            found.setdefault(quad.subject.value, []).extend(_things([quad]))
    return lambda event: found.get(event, ())


def held_in(store: ox.Store) -> Linked:
    """What events answer by the links that the inferred graph holds."""
    return lambda event: _things(store.quads_for_pattern(ox.NamedNode(event), RESPONDS, None, INFERRED))


def _answered(rejection: Happening, tellings: Tellings, linked: Linked) -> Happening | None:
    """The accusation or the offer that a rejection answers: as somebody says, or else as its words allow."""
    stated = _put(_stated(rejection.event, tellings.store), tellings)
    if stated is not None:
        return stated
    found = _put(linked(rejection.event), tellings)
    words = {tellings.word(each.claim) for each in rejection.affirmed}
    return found if found is not None and words.isdisjoint(_barred(settings().ontology)[found.kind]) else None


def _put(events: Iterable[str], tellings: Tellings) -> Happening | None:
    """The first of the events that is an accusation or an offer, and is affirmed."""
    for event in sorted(events):
        kinds = {kind.removeprefix(AC) for kind in tellings.facts(event).get("type", ())}
        for kind in sorted(kinds & ANSWERED.keys()):
            found = happening(tellings, event, kind)
            if found.affirmed:
                return found
    return None


def _stated(event: str, store: ox.Store) -> list[str]:
    """What a document, or a reviewer, says that an event answers; what is inferred is not asked."""
    quads = store.quads_for_pattern(ox.NamedNode(event), RESPONDS, None, None)
    return _things(quad for quad in quads if quad.graph_name not in (DEFAULT, INFERRED))


def _things(quads: Iterable[ox.Quad]) -> list[str]:
    return [quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)]


@cache
def _barred(ontology: Path) -> dict[str, frozenset[str]]:
    """The words by which nobody answers an event, by its class. Raises OntologyError where the file lacks them."""
    path = ontology / "links.yaml"
    try:
        words = yaml.safe_load(path.read_text(encoding="utf-8"))["words"]
        return {kind: frozenset(words[name]) for kind, name in BARRED.items()}
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise OntologyError(f"{path}: {error}", "It needs words: refusing, denying.") from error
