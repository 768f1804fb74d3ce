"""Status of treaties: dated legal facts of the seeds, known counts of parties, and the rules on small cases."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox
import pytest

from kg import reference
from kg.namespaces import ACR, INFERRED_GRAPH, REFERENCE_GRAPH
from kg.settings import ROOT
from kg.treaties import Bounds, Interval, Standing, Status, intervals, read_intervals, standings, status_quads
from kg.treaties.life import counted_entry, life
from kg.treaties.model import Act, Rule, Segment, Treaty
from kg.treaties.parties import party_intervals
from kg.treaties.records import read

DAY = date(2024, 12, 31)


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    """The reference quads of the seeds."""
    return list(reference.quads(ROOT / "seeds" / "reference"))


@pytest.fixture(scope="module")
def computed(quads: list[ox.Quad]) -> list[Interval]:
    """All intervals of the seeds."""
    return intervals(quads)


@pytest.fixture(scope="module")
def written(quads: list[ox.Quad]) -> list[ox.Quad]:
    """What is written of them."""
    return status_quads(a_store(quads))


def of(computed: list[Interval], treaty: str, state: str | None = None) -> list[Interval]:
    """The intervals of a treaty itself, or of a state towards it."""
    wanted = state and f"{ACR}state/{state}"
    return [each for each in computed if each.treaty == f"{ACR}treaty/{treaty}" and each.state == wanted]


def on(found: list[Interval], day: str) -> set[str]:
    """The statuses that the intervals surely had that day."""
    return {each.status.value for each in found if each.surely(date.fromisoformat(day))}


def parties(computed: list[Interval], treaty: str, day: date = DAY) -> list[Standing]:
    """How states stood towards a treaty, those aside that were no parties."""
    own = [each for each in computed if each.treaty == f"{ACR}treaty/{treaty}"]
    return [each for each in standings(own, day) if each.party is not False]


@pytest.mark.parametrize(
    ("treaty", "count"),
    [
        ("npt", 190),
        ("cwc", 193),
        ("bwc", 187),
        ("aplc", 164),
        ("ccm", 112),
        ("att", 116),
        ("tpnw", 73),
        ("ccw", 128),
        ("enmod", 78),
        ("antarctic", 58),
        ("open-skies", 32),
        ("mtcr", 35),
        ("wassenaar", 42),
        ("nsg", 48),
        ("ptbt", 125),
    ],
)
def test_parties_at_the_end_of_2024_are_as_many_as_the_depositaries_count(
    computed: list[Interval], treaty: str, count: int
) -> None:
    found = parties(computed, treaty)
    assert [each.state for each in found if not each.party] == []
    assert len(found) == count


@pytest.mark.parametrize(
    ("treaty", "state", "day", "status"),
    [
        ("inf", None, "1988-05-31", "NotYetInForce"),
        ("inf", None, "1988-06-01", "InForce"),
        ("inf", None, "2019-08-01", "InForce"),
        ("inf", None, "2019-08-02", "Terminated"),
        ("inf", "USA", "2019-02-01", "Bound"),
        ("inf", "USA", "2019-02-02", "Suspended"),
        ("inf", "RUS", "2019-07-03", "Suspended"),
        ("inf", "RUS", "2019-08-02", "Ended"),
        ("inf", "USA", "2019-08-18", "Ended"),
        ("inf", "SUN", "1991-12-25", "Bound"),
        ("inf", "RUS", "1991-12-26", "Bound"),
        ("abm", "USA", "2001-12-13", "WithdrawalNotified"),
        ("abm", None, "2002-06-12", "InForce"),
        ("abm", None, "2002-06-13", "Terminated"),
        ("salt-1", None, "1977-10-02", "InForce"),
        ("salt-1", None, "1977-10-03", "Expired"),
        ("salt-2", None, "1984-01-01", "NotYetInForce"),
        ("start-1", None, "1994-12-05", "InForce"),
        ("start-1", None, "2009-12-04", "InForce"),
        ("start-1", None, "2009-12-05", "Expired"),
        ("start-1", "UKR", "2000-01-01", "Bound"),
        ("start-2", None, "2002-06-13", "NotYetInForce"),
        ("start-2", None, "2002-06-14", "Terminated"),
        ("sort", None, "2011-02-05", "Terminated"),
        ("new-start", None, "2011-02-04", "NotYetInForce"),
        ("new-start", None, "2021-02-06", "InForce"),
        ("new-start", None, "2026-02-04", "InForce"),
        ("new-start", None, "2026-02-05", "Expired"),
        ("new-start", "RUS", "2023-02-20", "Bound"),
        ("new-start", "RUS", "2023-02-21", "Suspended"),
        ("new-start", "USA", "2023-02-21", "Bound"),
        ("open-skies", "USA", "2020-05-22", "WithdrawalNotified"),
        ("open-skies", "USA", "2020-11-21", "WithdrawalNotified"),
        ("open-skies", "USA", "2020-11-22", "Ended"),
        ("open-skies", "RUS", "2021-12-17", "WithdrawalNotified"),
        ("open-skies", "RUS", "2021-12-18", "Ended"),
        ("open-skies", "USA", "2001-12-31", "Consented"),
        ("open-skies", "KGZ", "2024-01-01", "SignedOnly"),
        ("cfe", "RUS", "2007-12-12", "Suspended"),
        ("cfe", "RUS", "2023-11-07", "Ended"),
        ("cfe", "USA", "2023-12-07", "Suspended"),
        ("cfe", "TUR", "2023-11-06", "Bound"),
        ("ctbt", None, "2024-01-01", "NotYetInForce"),
        ("ctbt", "RUS", "2023-11-02", "Consented"),
        ("ctbt", "RUS", "2023-11-03", "SignedOnly"),
        ("ctbt", "USA", "2024-01-01", "SignedOnly"),
        ("npt", None, "1970-03-04", "NotYetInForce"),
        ("npt", None, "2026-01-01", "InForce"),
        ("npt", "PRK", "2003-01-09", "Bound"),
        ("npt", "PRK", "2003-01-10", "WithdrawalNotified"),
        ("npt", "PRK", "2003-04-10", "Ended"),
        ("npt", "DDR", "1990-10-02", "Bound"),
        ("ccm", "LTU", "2024-09-06", "WithdrawalNotified"),
        ("ccm", "LTU", "2025-03-06", "Ended"),
        ("ccm", "VUT", "2026-02-28", "Consented"),
        ("ccm", "VUT", "2026-03-01", "Bound"),
        ("aplc", "FIN", "2026-01-09", "WithdrawalNotified"),
        ("aplc", "FIN", "2026-01-10", "Ended"),
        ("aplc", "UKR", "2006-05-31", "Consented"),
        ("aplc", "UKR", "2006-06-01", "Bound"),
        ("aplc", "UKR", "2025-08-01", "Suspended"),
        ("cwc", None, "1997-04-28", "NotYetInForce"),
        ("cwc", None, "1997-04-29", "InForce"),
        ("cwc", "SYR", "2013-10-13", "Consented"),
        ("cwc", "SYR", "2013-10-14", "Bound"),
        ("tpnw", "IDN", "2024-12-22", "Consented"),
        ("tpnw", "IDN", "2024-12-23", "Bound"),
        ("ccw", "TTO", "2025-01-28", "Consented"),
        ("ccw", "TTO", "2025-01-29", "Bound"),
        ("att", "USA", "2019-07-17", "SignedOnly"),
        ("att", "USA", "2019-07-18", "Ended"),
        ("jcpoa", "USA", "2018-05-07", "Bound"),
        ("jcpoa", "USA", "2018-05-08", "Ended"),
        ("pmda", "RUS", "2016-10-03", "Suspended"),
        ("warsaw-pact-1955", None, "1991-07-01", "Terminated"),
    ],
)
def test_dated_legal_facts(computed: list[Interval], treaty: str, state: str | None, day: str, status: str) -> None:
    assert on(of(computed, treaty, state), day) == {status}


def test_no_day_has_two_statuses_for_sure(computed: list[Interval]) -> None:
    seen: dict[tuple[str, str | None], list[Interval]] = {}
    for each in computed:
        before = seen.setdefault((each.treaty, each.state), [])
        assert all(other.end is not None and other.end.first < each.start.last for other in before), each
        before.append(each)


def test_every_interval_rests_on_something_that_the_reference_holds(
    computed: list[Interval], quads: list[ox.Quad]
) -> None:
    known = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    assert [each for each in computed if not each.evidence or not set(each.evidence) <= known] == []


def test_the_entry_into_force_by_count_agrees_with_the_recorded_one(quads: list[ox.Quad]) -> None:
    agreeing, differing = set(), set()
    for treaty in read(quads)[0]:
        counted = counted_entry(treaty)
        if counted and treaty.in_force:
            name = treaty.iri.rsplit("/", 1)[-1]
            (agreeing if counted.meets(treaty.in_force) else differing).add(name)
    assert agreeing >= {"npt", "cwc", "aplc", "ccm", "att", "tpnw", "bwc", "enmod", "ptbt", "open-skies", "antarctic"}
    # Of Amended Protocol II the list has 21 instruments by the day on which the depositary counted twenty.
    assert differing == {"ccw-ap2"}


def test_the_counted_and_the_recorded_end_of_bilateral_treaties_agree(quads: list[ox.Quad]) -> None:
    for treaty in read(quads)[0]:
        leaving = [act.when for act in treaty.acts if act.action == "withdrawal" and act.when]
        if treaty.rule.entry == "exchange" and leaving and treaty.iri.endswith(("/abm", "/inf", "/start-2")):
            assert treaty.ended == min(leaving, key=lambda when: when.last), treaty.iri


def test_a_year_alone_leaves_both_bounds(computed: list[Interval]) -> None:
    joined = of(computed, "mtcr", "RUS")[-1]
    assert joined.start == Bounds(date(1995, 1, 1), date(1995, 12, 31))
    assert on([joined], "1995-06-01") == set()
    assert joined.maybe(date(1995, 6, 1))


def test_those_who_only_signed_the_partial_test_ban_treaty_are_no_parties(computed: list[Interval]) -> None:
    signed = {
        each.state
        for each in computed
        if each.treaty == f"{ACR}treaty/ptbt" and on([each], "2024-12-31") == {"SignedOnly"}
    }
    assert {iri.rpartition("/")[2] for iri in signed if iri} >= {"DZA", "PRT", "SOM"}
    assert len(signed) == 10


def test_a_membership_without_a_date_is_sure_from_the_list_that_names_it(computed: list[Interval]) -> None:
    (bound,) = of(computed, "ost", "MYS")[-1:]
    assert bound.start == Bounds(date(1967, 10, 10), date(2025, 10, 31))
    assert bound.status == Status.BOUND


def test_a_list_that_names_a_successor_does_not_blur_the_known_day_of_its_line(computed: list[Interval]) -> None:
    """A list of 2026 names Serbia without a date; Yugoslavia, which it continues, ratified in 1973."""
    for state, day in (("YUG", "1995-01-01"), ("SRB", "2010-01-01")):
        assert on(of(computed, "seabed", state), day) == {"Bound"}


A, B = "x:a", "x:b"
EXCHANGE = Rule("x:rule", entry="exchange", duration="10 years")


def act(action: str, day: str, state: str = A, **more: object) -> Act:
    """An act of one state on one day."""
    when = date.fromisoformat(day)
    return Act(f"x:{action}-{state[2:]}-{day}", action, "x:t", (state,), Bounds(when, when), **more)  # type: ignore[arg-type]


def a_treaty(*acts: Act, rule: Rule = EXCHANGE, in_force: str | None = "2000-01-01") -> Treaty:
    entry = date.fromisoformat(in_force) if in_force else None
    signed = date(1999, 1, 1)
    return Treaty("x:t", rule, Bounds(signed, signed), entry and Bounds(entry, entry), None, acts)


def told(treaty: Treaty, lines: dict[str, tuple[Segment, ...]] | None = None) -> list[tuple[str, str, str, str]]:
    """State, status, first and last day of each interval."""
    return [
        (
            each.state or "",
            each.status.value,
            each.start.first.isoformat(),
            each.end.first.isoformat() if each.end else "",
        )
        for each in party_intervals(treaty, life(treaty), lines or {})
    ]


def test_a_term_ends_a_treaty_and_an_extension_prolongs_it() -> None:
    once = a_treaty(act("ratification", "2000-01-01"))
    assert told(once) == [(A, "Bound", "2000-01-01", "2009-12-31"), (A, "Ended", "2010-01-01", "")]
    longer = a_treaty(act("ratification", "2000-01-01"), act("extension", "2009-06-01", until=date(2015, 1, 1)))
    assert told(longer)[0][3] == "2014-12-31"
    late = a_treaty(act("ratification", "2000-01-01"), act("extension", "2011-06-01", until=date(2015, 1, 1)))
    assert told(late)[0][3] == "2009-12-31"
    without_limit = a_treaty(act("ratification", "2000-01-01"), act("extension", "2009-06-01"))
    assert told(without_limit) == [(A, "Bound", "2000-01-01", "")]


def test_one_of_two_parties_that_leaves_ends_the_treaty() -> None:
    left = a_treaty(
        act("ratification", "2000-01-01"), act("ratification", "2000-01-01", B), act("withdrawal", "2003-01-01", B)
    )
    assert life(left).end == Bounds(date(2003, 1, 1), date(2003, 1, 1))
    assert not life(left).expired
    assert (A, "Ended", "2003-01-01", "") in told(left)


def test_deposits_bring_a_treaty_into_force_after_its_delay() -> None:
    rule = Rule("x:rule", "deposits", 2, frozenset({B}), "90 days", "30 days", "entry")
    treaty = a_treaty(
        act("ratification", "2000-01-01"),
        act("ratification", "2000-03-01", B),
        act("accession", "2000-10-01", "x:c"),
        rule=rule,
        in_force=None,
    )
    assert life(treaty).entry == Bounds(date(2000, 5, 30), date(2000, 5, 30))
    assert told(treaty) == [
        (A, "Consented", "2000-01-01", "2000-05-29"),
        (A, "Bound", "2000-05-30", ""),
        (B, "Consented", "2000-03-01", "2000-05-29"),
        (B, "Bound", "2000-05-30", ""),
        ("x:c", "Consented", "2000-10-01", "2000-10-30"),
        ("x:c", "Bound", "2000-10-31", ""),
    ]
    without_b = a_treaty(act("ratification", "2000-01-01"), rule=rule, in_force=None)
    assert told(without_b) == [(A, "Consented", "2000-01-01", "")]


def test_a_state_may_leave_and_join_again() -> None:
    rule = Rule("x:rule", "deposits", 1)
    treaty = a_treaty(
        act("ratification", "2000-01-01"), act("withdrawal", "2005-01-01"), act("accession", "2010-01-01"), rule=rule
    )
    assert [(status, first) for _, status, first, _ in told(treaty)] == [
        ("Bound", "2000-01-01"),
        ("Ended", "2005-01-01"),
        ("Bound", "2010-01-01"),
    ]


def test_a_state_that_is_continued_hands_its_status_over() -> None:
    line = (Segment("x:old", last=date(2004, 12, 31)), Segment(A, date(2005, 1, 1), before="x:old"))
    treaty = a_treaty(act("ratification", "2000-01-01", "x:old"), act("suspension", "2006-01-01"))
    assert told(treaty, {"x:old": line, A: line}) == [
        (A, "Bound", "2005-01-01", "2005-12-31"),
        (A, "Suspended", "2006-01-01", "2009-12-31"),
        (A, "Ended", "2010-01-01", ""),
        ("x:old", "Bound", "2000-01-01", "2004-12-31"),
    ]


def test_a_suspension_by_all_suspends_the_treaty(computed: list[Interval]) -> None:
    assert on(of(computed, "new-start"), "2024-01-01") == {"InForce"}
    both = a_treaty(
        act("ratification", "2000-01-01"), act("ratification", "2000-01-01", B),
        act("suspension", "2003-01-01"), act("suspension", "2004-01-01", B),
    )  # fmt: skip
    from kg.treaties.life import treaty_intervals

    found = treaty_intervals(both, life(both), party_intervals(both, life(both), {}))
    assert [(each.status.value, each.start.first.year) for each in found] == [
        ("NotYetInForce", 1999),
        ("InForce", 2000),
        ("Suspended", 2004),
        ("Expired", 2010),
    ]


def a_store(quads: list[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.bulk_extend([*quads, *(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)])
    return store


def test_quads_say_the_intervals_and_are_read_back(written: list[ox.Quad], computed: list[Interval]) -> None:
    assert {quad.graph_name.value for quad in written} == {INFERRED_GRAPH}
    assert not any(isinstance(term, ox.BlankNode) for quad in written for term in (quad.subject, quad.object))
    assert len(set(written)) == len(written)
    back = read_intervals(a_store(written), treaty=ACR + "treaty/inf")
    wanted = [each for each in computed if each.treaty == ACR + "treaty/inf"]
    assert {(each.state, each.status, each.start, each.end) for each in back} == {
        (each.state, each.status, each.start, each.end) for each in wanted
    }


def test_a_corrected_date_changes_no_iri(quads: list[ox.Quad], written: list[ox.Quad]) -> None:
    day = ox.Literal("2019-08-02", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    later = ox.Literal("2019-08-03", datatype=day.datatype)
    moved = [ox.Quad(q.subject, q.predicate, later, q.graph_name) if q.object == day else q for q in quads]
    after = status_quads(a_store(moved))
    assert written != after
    assert {quad.subject for quad in written} == {quad.subject for quad in after}


def test_what_documents_claim_changes_no_status(quads: list[ox.Quad], written: list[ox.Quad]) -> None:
    event, graph = ox.NamedNode(ACR + "event/claimed"), ox.NamedNode(ACR + "document/x")
    ac, xsd = "https://w3id.org/arms-control/ontology#", "http://www.w3.org/2001/XMLSchema#"
    day = ox.Literal("2020-01-01", datatype=ox.NamedNode(xsd + "date"))
    said = {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": ox.NamedNode(ac + "Withdrawal"),
        ac + "treaty": ox.NamedNode(ACR + "treaty/npt"),
        ac + "agent": ox.NamedNode(ACR + "state/FRA"),
        ac + "earliest": day,
        ac + "latest": day,
    }
    claimed = [ox.Quad(event, ox.NamedNode(name), value, graph) for name, value in said.items()]
    assert status_quads(a_store([*quads, *claimed])) == written
    accepted = [ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(REFERENCE_GRAPH)) for q in claimed]
    assert status_quads(a_store([*quads, *accepted])) != written
