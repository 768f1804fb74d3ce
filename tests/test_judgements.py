"""Judgements: a file that is only added to, what holds of it, and what it does to the quads of a document."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given as each_of
from hypothesis import settings as rounds
from hypothesis import strategies as st
from judging import FRANCE, INF, RUSSIA, SALE, SYSTEM, TEXT, TURKEY, changed, claims, given, note, reading

from kg.errors import JudgementError, LockedError, StoreError
from kg.ids import event_iri, undated
from kg.judgements import Correction, Judgement, Judgements, Kind, Reading, append, read
from kg.judgements import file as file_of
from kg.namespaces import AC, ACR, DECISIONS_GRAPH, ITSRDF, NIF

SALE_CLAIM, DENIAL_CLAIM, LEAVING_CLAIM = claims()
LINE = (
    '{"id":"0123456789abcdef","when":"2026-01-31T09:30:00.000000Z","who":"Ann","why":"","kind":"same",'
    '"subjects":["https://w3id.org/arms-control/id/event/1","https://w3id.org/arms-control/id/event/2"]}'
)
ONE, TWO = ACR + "event/1", ACR + "event/2"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "judgements.jsonl"


def say(path: Path, kind: Kind, *subjects: str, value: object = None, judged: Sequence[Reading] = ()) -> Judgement:
    return append(path, kind, subjects, who="Ann", why="because", value=value, judged=judged)  # type: ignore[arg-type]


def on(path: Path, kind: Kind, claim: str, value: object = None) -> Judgement:
    """A judgement on a claim of the note as it stands."""
    return say(path, kind, claim, value=value, judged=[reading(claim)])


def decided(path: Path) -> list[ox.Quad]:
    return Judgements.load(path).apply(note().iri, given())


def objects(quads: list[ox.Quad], subject: str, name: str) -> list[str]:
    return sorted(
        q.object.value.removeprefix(AC) for q in quads if (q.subject.value, q.predicate.value) == (subject, AC + name)
    )


def subjects(quads: list[ox.Quad]) -> set[str]:
    return {quad.subject.value for quad in quads}


# The file


def test_no_file_holds_no_judgement(path: Path) -> None:
    none = Judgements.load(path)
    assert (none.log, none.same, none.different, none.digest) == ((), frozenset(), frozenset(), "")
    assert none.apply(note().iri, given()) == given()
    assert not path.exists()


def test_what_is_appended_is_read_back(path: Path) -> None:
    said = [
        say(path, Kind.SAME, TWO, ONE),
        on(
            path,
            Kind.CORRECT,
            SALE_CLAIM,
            Correction("TransferOffer", {"recipient": (RUSSIA,)}, "Planned", "Negated", "", "2019"),
        ),
        say(path, Kind.RELIABILITY, ACR + "organization/le-quotidien", value="C"),
        on(path, Kind.CREDIBILITY, DENIAL_CLAIM, 4),
    ]
    assert list(read(path)) == said
    assert said[0].subjects == (ONE, TWO)
    first = json.loads(path.read_text().splitlines()[0])
    assert list(first) == ["id", "when", "who", "why", "kind", "subjects"]
    assert (first["who"], first["why"], first["kind"]) == ("Ann", "because", "same")


def test_a_line_more_leaves_the_others_as_they_were(path: Path) -> None:
    path.write_text(LINE)  # an editor left no end of line
    path.chmod(0o640)
    say(path, Kind.DIFFERENT, ONE, TWO)
    lines = path.read_text().splitlines()
    assert lines[0] == LINE
    assert len(lines) == 2
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_clock_set_back_does_not_undo_what_came_before(path: Path) -> None:
    path.write_text(LINE.replace("2026-01", "2999-01"))
    say(path, Kind.DIFFERENT, ONE, TWO)
    assert Judgements.load(path).different == {frozenset((ONE, TWO))}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "EOF"),
        (LINE.replace('"who":"Ann",', ""), "who: Field required"),
        (LINE.replace("2026-01-31", "2026-02-31"), "day"),
        (LINE.replace('"same"', '"alike"'), "kind"),
        (LINE.replace("event/2", "event/1"), "same is said of 2 subjects"),
        (LINE.replace('"same"', '"reject"'), "reject is said of 1 subject"),
        (LINE.replace("event/2", "event/2>"), "is no subject of same"),
        (LINE[:-1] + ',"value":"A"}', "the value of same is 'A'"),
        (LINE[:-1] + ',"note":"A"}', "note: Extra inputs"),
        ("<<<<<<< ours", "Invalid JSON"),
    ],
)
def test_a_broken_line_is_named_and_nothing_is_written(path: Path, line: str, what: str) -> None:
    path.write_text(f"{LINE}\n\n{line}\n")
    with pytest.raises(JudgementError, match=rf"judgements\.jsonl, line 3: .*{what}") as caught:
        read(path)
    assert "put back" in caught.value.remedy
    with pytest.raises(JudgementError, match="line 3"):
        say(path, Kind.SAME, ONE, TWO)
    assert path.read_text() == f"{LINE}\n\n{line}\n"


def test_one_id_for_two_judgements_is_refused_and_one_line_twice_is_not(path: Path) -> None:
    path.write_text(f"{LINE}\n{LINE}\n")  # as a merge in git may leave it
    assert len(read(path)) == 1
    path.write_text(f"{LINE}\n{LINE.replace('Ann', 'Bob')}\n")
    with pytest.raises(JudgementError, match="line 2: the id 0123456789abcdef is that of another"):
        read(path)


@pytest.mark.parametrize(
    "value",
    [Correction(), Correction(date="June"), Correction(date="2019-02-30"), Correction(date="2019/2018"), "A", None],
)
def test_what_is_no_correction_is_not_written(path: Path, value: object) -> None:
    with pytest.raises(JudgementError, match="This is no judgement"):
        on(path, Kind.CORRECT, SALE_CLAIM, value)
    assert not path.exists()


def test_an_undo_of_nothing_is_refused(path: Path) -> None:
    with pytest.raises(JudgementError, match="undoes 0123456789abcdef, and no earlier line"):
        say(path, Kind.UNDO, "0123456789abcdef")


def test_writers_at_once_lose_nothing(path: Path) -> None:
    writers = [threading.Thread(target=say, args=(path, Kind.SAME, ONE, f"{TWO}{n}")) for n in range(8)]
    for each in writers:
        each.start()
    for each in writers:
        each.join()
    assert len(read(path)) == 8


def test_whoever_writes_for_long_is_not_waited_for_without_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_of, "PATIENCE", 0.05)
    with file_of._lock(path), pytest.raises(LockedError, match="being written"):
        say(path, Kind.SAME, ONE, TWO)


def test_a_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreError, match="cannot be read"):
        read(path)


# What holds


def test_of_several_judgements_on_one_thing_the_latest_holds(path: Path) -> None:
    say(path, Kind.SAME, ONE, TWO)
    say(path, Kind.DIFFERENT, TWO, ONE)
    assert Judgements.load(path).same == frozenset()
    assert Judgements.load(path).different == {frozenset((ONE, TWO))}
    say(path, Kind.UNSURE, ONE, TWO)
    assert Judgements.load(path).different == frozenset()
    assert Judgements.load(path).unsure == {frozenset((ONE, TWO))}


def test_an_undo_brings_back_what_held_before_and_can_be_undone(path: Path) -> None:
    say(path, Kind.SAME, ONE, TWO)
    before = Judgements.load(path).digest
    later = say(path, Kind.DIFFERENT, ONE, TWO)
    after = Judgements.load(path).digest
    undo = say(path, Kind.UNDO, later.id)
    assert (Judgements.load(path).digest, Judgements.load(path).same) == (before, {frozenset((ONE, TWO))})
    undo = say(path, Kind.UNDO, undo.id)
    assert (Judgements.load(path).digest, Judgements.load(path).same) == (after, frozenset())
    say(path, Kind.UNDO, undo.id)
    assert Judgements.load(path).digest == before


@each_of(order=st.permutations(range(5)))
@rounds(max_examples=15, deadline=None, derandomize=True)
def test_the_order_of_lines_does_not_matter(tmp_path_factory: pytest.TempPathFactory, order: list[int]) -> None:
    path = tmp_path_factory.mktemp("order") / "judgements.jsonl"
    first = say(path, Kind.SAME, ONE, TWO)
    say(path, Kind.DIFFERENT, ONE, TWO)
    on(path, Kind.REJECT, SALE_CLAIM)
    on(path, Kind.ACCEPT, SALE_CLAIM)
    say(path, Kind.UNDO, first.id)
    book, lines = Judgements.load(path), path.read_text().splitlines()
    path.write_text("\n".join(lines[place] for place in order))
    assert Judgements.load(path) == book


# What follows for a document


def test_a_rejected_claim_leaves_with_its_event_and_what_hangs_on_it(path: Path) -> None:
    on(path, Kind.REJECT, LEAVING_CLAIM)
    gone = subjects(given()) - subjects(decided(path))
    withdrawal = event_iri("Withdrawal", undated("note"), [("agent", FRANCE), ("treaty", INF)])
    fillers = {
        quad.object.value
        for quad in given()
        if quad.subject.value == LEAVING_CLAIM and quad.predicate.value == AC + "filler"
    }
    assert gone == {LEAVING_CLAIM, withdrawal, f"{note().iri}/trigger/96-102", *fillers}
    assert len(fillers) == 2


def test_an_event_that_another_claim_is_about_stays(path: Path) -> None:
    on(path, Kind.REJECT, SALE_CLAIM)
    gone = subjects(given()) - subjects(decided(path))
    assert gone == {SALE_CLAIM, f"{note().iri}/trigger/6-11"}
    on(path, Kind.REJECT, DENIAL_CLAIM)
    left = decided(path)
    assert not [quad for quad in left if quad.object == ox.NamedNode(AC + "ArmsTransfer")]
    # A phrase that names an entity stands for itself; one that only filled a role does not.
    phrases = {quad.subject.value for quad in left if quad.object == ox.NamedNode(NIF + "Phrase")}
    named = {quad.subject.value for quad in left if quad.predicate.value == ITSRDF + "taIdentRef"}
    assert named == {f"{note().iri}/mention/0-5", f"{note().iri}/mention/25-31"}
    assert phrases == {*named, f"{note().iri}/trigger/96-102"}
    assert objects(left, ACR + "weapon/griffon", "reconciled") == ["false"]


def test_a_corrected_claim_is_about_another_event_and_others_are_not(path: Path) -> None:
    said = on(path, Kind.CORRECT, SALE_CLAIM, Correction("TransferOffer", {"recipient": (RUSSIA,), "item": (SYSTEM,)}))
    left = decided(path)
    offer = event_iri("TransferOffer", "2019-06", [("recipient", RUSSIA), ("item", SYSTEM), ("supplier", FRANCE)])
    assert objects(left, SALE_CLAIM, "about") == [offer]
    assert objects(left, offer, "recipient") == [RUSSIA]
    assert objects(left, offer, "whenText") == ["en juin"]
    assert objects(left, SALE_CLAIM, "evidence") == ["1. present", f"2. corrected on review (judgement {said.id})"]
    fillers = objects(left, SALE_CLAIM, "filler")
    kept = {
        (*objects(left, each, "role"), *objects(left, each, "entity"), *objects(left, each, "method"))
        for each in fillers
    }
    assert kept == {("recipient", RUSSIA, "judgement"), ("item", SYSTEM, "judgement"), ("supplier", FRANCE, "subj")}
    denied = [
        quad for quad in given() if quad.subject.value in (DENIAL_CLAIM, *objects(given(), DENIAL_CLAIM, "about"))
    ]
    assert set(denied) <= set(left)
    assert objects(left, objects(left, DENIAL_CLAIM, "about")[0], "recipient") == [TURKEY]


def test_modality_polarity_and_claimant_are_corrected_in_place(path: Path) -> None:
    on(path, Kind.CORRECT, DENIAL_CLAIM, Correction(modality="Possible", polarity="Affirmed", claimant=""))
    left = decided(path)
    assert [objects(left, DENIAL_CLAIM, name) for name in ("modality", "polarity", "claimant")] == [
        ["Possible"],
        ["Affirmed"],
        [],
    ]
    assert objects(left, DENIAL_CLAIM, "about") == objects(given(), DENIAL_CLAIM, "about")
    on(path, Kind.CORRECT, DENIAL_CLAIM, Correction(claimant=TURKEY))
    assert objects(decided(path), DENIAL_CLAIM, "claimant") == [TURKEY]
    assert objects(decided(path), DENIAL_CLAIM, "polarity") == ["Negated"]  # the latest correction holds alone


@pytest.mark.parametrize(
    ("date", "days"),
    [
        ("2018", ["2018-01-01", "2018-12-31"]),
        ("2020-02", ["2020-02-01", "2020-02-29"]),
        ("2018-05/2018-06-03", ["2018-05-01", "2018-06-03"]),
        ("", []),
    ],
)
def test_a_corrected_date_brings_its_days(path: Path, date: str, days: list[str]) -> None:
    on(path, Kind.CORRECT, SALE_CLAIM, Correction(date=date))
    left = decided(path)
    (event,) = objects(left, SALE_CLAIM, "about")
    assert objects(left, event, "earliest") + objects(left, event, "latest") == days
    assert objects(left, event, "edtf") == ([date] if date else [])
    assert objects(left, event, "whenText") == []
    roles = [("supplier", FRANCE), ("recipient", TURKEY), ("item", ACR + "weapon/griffon")]
    assert event == event_iri("ArmsTransfer", date or undated("note"), roles)


def test_a_role_can_be_emptied(path: Path) -> None:
    on(path, Kind.CORRECT, SALE_CLAIM, Correction(roles={"recipient": ()}))
    on(path, Kind.REJECT, DENIAL_CLAIM)
    left = decided(path)
    assert TURKEY not in {quad.object.value for quad in left if quad.predicate.value == AC + "entity"}
    assert f"{note().iri}/mention/25-31" in subjects(left)


def test_what_is_accepted_or_given_a_credibility_stays_as_it_is(path: Path) -> None:
    on(path, Kind.ACCEPT, SALE_CLAIM)
    on(path, Kind.CREDIBILITY, SALE_CLAIM, 2)
    assert decided(path) == given()


def test_judgements_undone_leave_no_trace(path: Path) -> None:
    said = [
        on(path, Kind.REJECT, SALE_CLAIM),
        on(path, Kind.CORRECT, DENIAL_CLAIM, Correction("Meeting", date="2001")),
        on(path, Kind.REJECT, LEAVING_CLAIM),
    ]
    assert decided(path) != given()
    for each in said:
        say(path, Kind.UNDO, each.id)
    assert decided(path) == given()
    assert Judgements.load(path).told(note().iri, given()) == []


def test_of_two_claims_on_one_event_that_are_judged_different_one_gets_an_event_of_its_own(path: Path) -> None:
    event = objects(given(), SALE_CLAIM, "about")[0]
    assert objects(given(), DENIAL_CLAIM, "about") == [event]
    moved, stays = max(SALE_CLAIM, DENIAL_CLAIM), min(SALE_CLAIM, DENIAL_CLAIM)
    said = say(
        path, Kind.DIFFERENT, SALE_CLAIM, DENIAL_CLAIM, value=event, judged=[reading(SALE_CLAIM), reading(DENIAL_CLAIM)]
    )
    (own,) = objects(decided(path), moved, "about")
    assert objects(decided(path), stays, "about") == [event] != [own]
    of = [{(q.predicate, q.object) for q in decided(path) if q.subject.value == iri} for iri in (event, own)]
    assert of[0] == of[1] != set()
    book = Judgements.load(path)
    assert book.different == {frozenset((event, own))}
    assert book.told(note().iri, given()) == []
    assert ox.Literal("different") in {quad.object for quad in book.told_of_others}
    assert {quad for quad in decided(path) if quad.subject.value not in (own, moved)} <= set(given())
    say(path, Kind.UNDO, said.id)
    assert decided(path) == given()
    assert Judgements.load(path).different == set()


def test_a_later_same_of_the_two_claims_undoes_it(path: Path) -> None:
    event = objects(given(), SALE_CLAIM, "about")[0]
    for kind in (Kind.DIFFERENT, Kind.SAME):
        say(path, kind, SALE_CLAIM, DENIAL_CLAIM, value=event, judged=[reading(SALE_CLAIM), reading(DENIAL_CLAIM)])
        assert (decided(path) == given()) == (kind is Kind.SAME)
    book = Judgements.load(path)
    assert (book.same, book.different) == (set(), set())


def test_claims_that_are_judged_different_are_judged_with_their_event(path: Path) -> None:
    event = objects(given(), SALE_CLAIM, "about")[0]
    with pytest.raises(JudgementError, match="This is no judgement"):
        say(path, Kind.DIFFERENT, ONE, TWO, value=event)
    with pytest.raises(JudgementError, match="This is no judgement"):
        say(path, Kind.DIFFERENT, SALE_CLAIM, DENIAL_CLAIM, value=event)
    assert not path.exists()


def test_a_claim_whose_sentence_changed_is_left_alone(path: Path) -> None:
    on(path, Kind.REJECT, SALE_CLAIM)
    on(path, Kind.REJECT, LEAVING_CLAIM)
    edited = changed(note())
    assert SALE.of(edited.text) != SALE.of(TEXT)
    left = Judgements.load(path).apply(note().iri, given(edited))
    assert SALE_CLAIM in subjects(left)
    assert LEAVING_CLAIM not in subjects(left)


def test_other_documents_are_left_alone(path: Path) -> None:
    on(path, Kind.REJECT, SALE_CLAIM)
    other = note("other")
    assert Judgements.load(path).apply(other.iri, given(other)) == given(other)


def test_decisions_tell_who_when_why_and_what(path: Path) -> None:
    said = on(path, Kind.CORRECT, SALE_CLAIM, Correction(roles={"recipient": (RUSSIA,)}, date=""))
    book = Judgements.load(path)
    quads = book.told(note().iri, given())
    assert {quad.graph_name.value for quad in quads} == {DECISIONS_GRAPH}
    iri = f"{ACR}judgement/{said.id}"
    assert subjects(quads) == {iri}
    assert objects(quads, iri, "judges") == [SALE_CLAIM]
    assert objects(quads, iri, "judgedIn") == [note().iri]
    assert objects(quads, iri, "reason") == ["because"]
    assert objects(quads, iri, "correction") == ["date: 2019-06 → –", "recipient: acr:state/TUR → acr:state/RUS"]
    values = {quad.predicate.value.rpartition("/")[2].rpartition("#")[2]: quad.object.value for quad in quads}
    assert (values["creditText"], values["generatedAtTime"], values["verdict"]) == ("Ann", said.when, "correct")


def test_reliability_and_credibility_are_told_of_publisher_and_claim(path: Path) -> None:
    outlet = ACR + "organization/le-quotidien"
    say(path, Kind.RELIABILITY, outlet, value="B")
    say(path, Kind.RELIABILITY, outlet, value="D")
    on(path, Kind.CREDIBILITY, SALE_CLAIM, 5)
    book = Judgements.load(path)
    assert objects(list(book.told_of_others), outlet, "reliability") == ["D"]
    assert objects(book.told(note().iri, given()), SALE_CLAIM, "credibility") == ["5"]
    assert book.told(note().iri, given(changed(note()))) == []
