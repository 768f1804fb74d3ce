"""What follows from claims after a change of few documents is what follows from all of them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from told import Told

from kg import ledger, links
from kg.ledger import revising
from kg.model import Modality, Polarity
from kg.namespaces import AC, ACR, DCTERMS, INFERRED_GRAPH

PUTIN, TRUMP = "person/putin", "person/trump"
EVENTS: dict[str, tuple[str, dict[str, str | tuple[str, ...]]]] = {
    "accused": ("Accusation", {"agent": "state/USA", "target": "state/RUS", "treaty": "treaty/inf"}),
    "accused-again": ("Accusation", {"agent": TRUMP, "target": PUTIN, "topic": "treaty/inf"}),
    "denied": ("Rejection", {"agent": "state/RUS", "target": "state/USA", "treaty": "treaty/inf"}),
    "denied-all": ("Rejection", {"agent": PUTIN}),
    "offered": ("TransferOffer", {"supplier": "state/RUS", "recipient": "state/TUR", "item": "weapon/s-400"}),
    "offered-else": ("TransferOffer", {"supplier": PUTIN, "recipient": "state/TUR", "item": "weapon/su-57"}),
    "refused": ("Rejection", {"agent": "state/TUR", "target": "state/RUS", "item": "weapon/s-400"}),
    "sold": ("ArmsTransfer", {"supplier": "state/RUS", "recipient": "state/TUR", "item": "weapon/s-400"}),
    "sold-else": ("ArmsTransfer", {"supplier": PUTIN, "recipient": "state/TUR", "item": "weapon/su-57"}),
    "offered-both": (
        "TransferOffer",
        {"supplier": "state/RUS", "recipient": ("state/TUR", "state/IRN"), "item": "weapon/s-400"},
    ),
    "sold-to-iran": ("ArmsTransfer", {"supplier": "state/RUS", "recipient": "state/IRN", "item": "weapon/s-400"}),
    "signed": ("Signature", {"treaty": "treaty/inf", "agent": TRUMP}),
    "ratified": ("Ratification", {"treaty": "treaty/inf", "agent": "state/USA"}),
    "recorded": ("Ratification", {"treaty": "treaty/inf", "agent": "state/RUS"}),
    "embargoed": ("TransferSuspension", {"agent": "organization/un", "recipient": "state/IRN"}),
    "embargoed-again": ("TransferSuspension", {"agent": "organization/council", "recipient": "state/IRN"}),
    "embargo-prolonged": ("TransferSuspension", {"recipient": "state/IRN"}),
    "halted": ("TransferSuspension", {"agent": "state/RUS", "recipient": "state/TUR", "item": "weapon/s-400"}),
    "sanctioned": ("Sanction", {"agent": "state/USA", "target": PUTIN}),
    "sanctioned-again": ("Sanction", {"agent": TRUMP, "target": "state/RUS"}),
}
"""Events that make matters, answers and differences: their classes and what fills their roles."""
DAYS = ("", "2019-08-01", "2019-08-02", "2019-09-01", "2019-08/2019-10")
CLAIM = st.fixed_dictionaries(
    {
        "event": st.sampled_from(sorted(EVENTS)),
        "by": st.sampled_from(["", PUTIN, "state/RUS", "organization/tass"]),
        "modality": st.sampled_from(list(Modality)),
        "polarity": st.sampled_from([Polarity.AFFIRMED, Polarity.AFFIRMED, Polarity.NEGATED]),
        "date": st.sampled_from(DAYS),
        "other": st.sampled_from(["", "", "state/IRN", "state/USA"]),
    }
)
DOCUMENT = st.fixed_dictionaries(
    {
        "day": st.sampled_from(["", "2019-08-01", "2019-08-02", "2019-10"]),
        "by": st.sampled_from(["", "organization/rt", "organization/lemonde"]),
        "credits": st.sampled_from([(), ("organization/tass",), ("organization/afp",)]),
        "copy": st.booleans(),
        "claims": st.lists(CLAIM, max_size=3),
    }
)
NAMES = ("a", "b", "c", "d", "e", "f")
DOCUMENTS = st.dictionaries(st.sampled_from(NAMES), DOCUMENT, min_size=2, max_size=6)
CHANGED = st.dictionaries(st.sampled_from(NAMES), st.none() | DOCUMENT, min_size=1, max_size=2)
Documents = dict[str, Any]


def written(documents: Documents) -> Told:
    """A graph of these documents: those that are copies are so of the first of them by name."""
    graph = Told()
    graph.office(PUTIN, "state/RUS", "2019-01-01", "2019-08-31")
    graph.office(TRUMP, "state/USA")
    for entity, kind in (("weapon/s-400", "weapon-category/missile"), ("weapon/su-57", "weapon-category/aircraft")):
        graph.add("graph/reference", entity, AC + "category", kind)
    graph.add("graph/reference", "organization/council", DCTERMS + "isPartOf", "organization/un")
    kind, roles = EVENTS["recorded"]
    graph.add("graph/reference", "event/recorded", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", AC + kind)
    for role, value in roles.items():
        assert isinstance(value, str)
        graph.add("graph/reference", "event/recorded", AC + role, value)
    for end in ("earliest", "latest"):
        graph.add("graph/reference", "event/recorded", AC + end, ox.Literal("2019-08-20"))
    alike = [name for name in sorted(documents) if documents[name]["copy"]]
    for name, document in sorted(documents.items()):
        copy_of = alike[0] if name in alike[1:] else ""
        graph.document(name, document["day"], document["by"], credits=document["credits"], copy_of=copy_of)
        for claim in document["claims"]:
            kind, roles = EVENTS[claim["event"]]
            graph.event(name, claim["event"], kind, claim["date"], **roles)
            if claim["other"]:
                graph.event(name, claim["event"], kind, participant=claim["other"])
            told = graph.claim(
                name, claim["event"], claim["by"], modality=claim["modality"], polarity=claim["polarity"]
            )
            if claim["event"].startswith("embargo"):
                word = "prolonger embargo" if claim["event"].endswith("prolonged") else "embargo"
                graph.add(f"document/{name}", told, AC + "method", ox.Literal(f"rules:{kind}/{word}"))
            if claim["event"] == "halted":
                graph.add(f"document/{name}", told, AC + "method", ox.Literal(f"rules:{kind}/geler"))
    return graph


def base(graph: Told) -> ox.Store:
    """What documents and reference say, and who is a copy of whom."""
    store = ox.Store()
    for quad in {*graph.quads, *graph.copies}:
        put(store, quad)
    return store


def put(store: ox.Store, quad: ox.Quad) -> None:
    store.add(quad)
    store.add(ox.Quad(quad.subject, quad.predicate, quad.object))


class Changed:
    """A graph while it is changed."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def change_graph(self, graph: str, removed: Collection[ox.Quad], added: Collection[ox.Quad]) -> None:
        assert graph == INFERRED_GRAPH
        for quad in removed:
            self.store.remove(quad)
            self.store.remove(ox.Quad(quad.subject, quad.predicate, quad.object))
        for quad in added:
            put(self.store, quad)


def revised(first: Documents, changed: Documents) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """What is held after the change, and what follows from everything."""
    then = {name: document for name, document in {**first, **changed}.items() if document is not None}
    before, after = written(first), written(then)
    old, new = before.store(), base(after)
    linked = set(links.quads(new))
    for quad in {*ledger.held(old), *linked}:
        put(new, quad)
    pairs = {(quad.subject, quad.predicate) for quad in before.quads ^ after.quads}
    changes = {(subject, predicate) for subject, predicate in pairs if isinstance(subject, ox.NamedNode)}
    changes |= links.changes(linked.symmetric_difference(links.held(old)))
    ledger.revise(Changed(new), old, changes, before.copies, after.copies)
    return set(ledger.held(new)), set(ledger.quads(base(after), after.copies, linked))


@rounds(max_examples=150, deadline=None, derandomize=True)
@given(DOCUMENTS, CHANGED)
def test_any_change_leads_to_what_follows_from_everything(first: Documents, changed: Documents) -> None:
    held, wanted = revised(first, changed)
    assert held == wanted


@pytest.mark.proof
@rounds(max_examples=3000, deadline=None, derandomize=True)
@given(DOCUMENTS, CHANGED)
def test_very_many_changes_lead_to_what_follows_from_everything(first: Documents, changed: Documents) -> None:
    held, wanted = revised(first, changed)
    assert held == wanted


def document(*events: str, day: str = "2019-08-01", **known: object) -> dict[str, Any]:
    """A document that affirms these events."""
    claims = [
        {"event": each, "by": "", "modality": Modality.ACTUAL, "polarity": Polarity.AFFIRMED, "date": "", "other": ""}
        for each in events
    ]
    return {"day": day, "by": "", "credits": (), "copy": False, "claims": claims, **known}


def test_only_what_shares_something_with_the_change_is_concluded_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    concluded: list[str] = []
    made = revising.event_quads
    monkeypatch.setattr(revising, "event_quads", lambda event, *more: (concluded.append(event), made(event, *more))[1])
    first = {"a": document("accused", "sold"), "b": document("sold-else", "signed"), "c": document("accused")}
    held, wanted = revised(first, {"c": document("accused", by="organization/rt")})
    assert held == wanted
    assert concluded == [f"{ACR}event/accused"]


def followed(held: set[ox.Quad]) -> set[tuple[str, str]]:
    """What followed what, by the ends of their IRIs."""
    pairs = ((quad.subject, quad.object) for quad in held if quad.predicate.value == AC + "followedBy")
    return {(str(one).rpartition("/")[2][:-1], str(other).rpartition("/")[2][:-1]) for one, other in pairs}


def test_what_follows_is_linked_to_what_no_change_touched() -> None:
    first = {"a": document("offered-both"), "b": document("sold-to-iran", day="2019-08-02")}
    held, wanted = revised(first, {"c": document("sold", day="2019-08-02")})
    assert held == wanted
    assert followed(held) == {("offered-both", "sold"), ("offered-both", "sold-to-iran")}


def test_a_credit_in_one_copy_tells_whose_word_the_others_carry() -> None:
    first = {
        "a": document("signed", copy=True, by="organization/rt"),
        "b": document("ratified", copy=True, by="organization/rt"),
        "c": document("signed"),
        "d": document("ratified"),
    }
    held, wanted = revised(first, {"b": {**first["b"], "credits": ("organization/tass",)}})
    assert held == wanted
    traced = {quad.object.value for quad in held if quad.predicate.value == AC + "tracedTo"}
    assert traced == {f"{ACR}organization/tass", f"{ACR}document/c", f"{ACR}document/d"}


def test_a_late_refusal_ends_what_was_awaited() -> None:
    first = {"a": document("offered"), "b": document("signed")}
    held, wanted = revised(first, {"c": document("refused", day="2019-08-02")})
    assert held == wanted
    awaits = {quad.subject.value for quad in held if quad.predicate.value == AC + "awaits"}
    assert awaits == {f"{ACR}event/signed"}


def test_an_order_that_comes_late_is_followed_by_the_halt_of_who_supplies() -> None:
    first = {"a": document("offered"), "b": document("halted", day="2019-08-03")}
    held, wanted = revised(first, {"c": document("sold", day="2019-08-02")})
    assert held == wanted
    assert followed(held) == {("offered", "sold"), ("sold", "halted")}
    assert not [quad for quad in held if quad.predicate.value == AC + "awaits"]
