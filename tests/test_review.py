"""kg review: the queue, answers at a terminal, judgements for scripts, the log, and what is refused."""

from __future__ import annotations

import io
import json
import os
import pty
import sys
import tty
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from judging import FRANCE, OUTLET_NAME, RECORDED, SALE, TEXT, TURKEY, changed, claims, given, note, reading, rewritten

from kg.cli.keys import ask_key
from kg.decisions import difference, record
from kg.errors import CallError
from kg.ids import entity_iri
from kg.judgements import Correction, Judgements, Kind, Sheet, append, read
from kg.namespaces import AC, ACR, DECISIONS_GRAPH, PREFIXES, SKOS
from kg.review import Queue, reviewer, stale
from kg.settings import settings
from kg.store import Home

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures", "judging_fixtures"]

SALE_CLAIM, DENIAL_CLAIM, LEAVING_CLAIM = claims()
SHORT = {claim: claim.rpartition("/")[2] for claim in (SALE_CLAIM, DENIAL_CLAIM, LEAVING_CLAIM)}
OUTLET = entity_iri("MediaOutlet", OUTLET_NAME)
Answers = Callable[[str], None]
CONTRADICTIONS = ("--only", "dispute")


@pytest.fixture
def path(judged: Path, fresh: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's judgements stand."""
    monkeypatch.setenv("KG_HOME", str(judged))
    monkeypatch.setenv("KG_JUDGEMENTS", str(tmp_path / "judgements.jsonl"))
    monkeypatch.setenv("KG_REVIEWER", "Ann")
    settings.cache_clear()
    return tmp_path / "judgements.jsonl"


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """What the reviewer types, a line an answer."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def listed(kg: Kg, *options: str) -> list[dict[str, object]]:
    code, out, _ = kg("review", "--list", "--json", *options)
    assert code == 0
    found: list[dict[str, object]] = json.loads(out)
    return found


def test_the_queue_asks_of_contradictions_with_both_sides(kg: Kg, path: Path) -> None:
    items = listed(kg, *CONTRADICTIONS)
    assert {(item["why"], *item["subjects"]) for item in items} == {("dispute", SALE_CLAIM), ("dispute", DENIAL_CLAIM)}  # type: ignore[misc]
    sides = [[claim["claim"] for claim in item["claims"]] for item in items]  # type: ignore[attr-defined]
    assert sorted(sides) == sorted([[SALE_CLAIM, DENIAL_CLAIM], [DENIAL_CLAIM, SALE_CLAIM]])
    sentences = {claim["sentence"] for item in items for claim in item["claims"]}  # type: ignore[attr-defined]
    assert SALE.of(TEXT) in sentences
    assert listed(kg, "--only", "doubt") == []
    assert [item["reasons"] for item in items] == [["Denied."]] * 2
    assert [item["why"] for item in listed(kg)] == ["dispute", "dispute", "known"]
    assert listed(kg, "--limit", "1", *CONTRADICTIONS) == items[:1]
    code, out, _ = kg("review", "--list", *CONTRADICTIONS)
    assert (code, out.splitlines()[-1]) == (0, "2 to judge.")


def test_what_was_judged_is_not_asked_again_until_that_is_undone(kg: Kg, path: Path) -> None:
    assert kg("review", "judge", "accept", SHORT[SALE_CLAIM])[0] == 0
    assert [item["subjects"] for item in listed(kg, *CONTRADICTIONS)] == [[DENIAL_CLAIM]]
    assert kg("review", "undo", read(path)[0].id[:5])[0] == 0
    assert len(listed(kg, *CONTRADICTIONS)) == 2


def test_answers_at_a_terminal_are_kept_at_once(kg: Kg, path: Path, answers: Answers) -> None:
    answers("k\nc\nrecipient=Syrie date=2018\nwrong state\nz\nr\nnot a claim\n")
    code, out, err = kg("review", *CONTRADICTIONS)
    assert code == 0
    assert "1 of 2: Is this claim read rightly?" in out
    assert f"“{SALE.of(TEXT)}”" in out
    assert "kg: There is no answer 'k'" in err
    log = read(path)
    assert [each.kind.value for each in log] == ["correct", "undo", "reject"]
    assert (log[0].who, log[0].why, log[2].why) == ("Ann", "wrong state", "not a claim")
    assert log[0].value == Correction(roles={"recipient": (f"{ACR}state/SYR",)}, date="2018")
    assert log[1].subjects == (log[0].id,)
    assert log[0].judged == (reading(log[0].subjects[0]),)
    assert f"Taken back: correct ({log[0].id})." in out
    assert out.endswith(f"1 judgement in {path}. To have them take effect: kg review apply.\n")


def test_grades_leave_the_claim_to_be_judged(kg: Kg, path: Path, answers: Answers) -> None:
    answers("p\nb\n4\na\nn\n")
    code, out, _ = kg("review", *CONTRADICTIONS)
    assert code == 0
    assert [(each.kind.value, each.value) for each in read(path)] == [
        ("reliability", "B"),
        ("credibility", 4),
        ("accept", None),
    ]
    assert read(path)[0].subjects == (OUTLET,)
    assert "That was all." in out


def test_wrong_answers_are_told_and_asked_again(kg: Kg, path: Path, answers: Answers) -> None:
    answers("c\nagent=Nirgendwo\nc\nclass=Meeting\nc\n'open\np\nz\nz\nq\n")
    code, _, err = kg("review", *CONTRADICTIONS)
    assert code == 0
    assert "The graph knows nothing called 'Nirgendwo'" in err
    assert "Meeting has no role item" in err
    assert "cannot be read" in err
    assert "is no reliability" in err
    assert "Nothing was judged yet in this session." in err
    assert read(path) == ()


def test_a_key_is_taken_without_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "r") as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        tty.setcbreak(terminal)
        os.write(ours, b"s")
        assert ask_key("? ") == "s"
        os.write(ours, b"\x04")
        assert ask_key("? ") == ""
    os.close(ours)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["accept", "0000"], "The graph holds no claim '0000'"),
        (["accept", ""], "The graph holds no claim ''"),
        (["accept", SHORT[SALE_CLAIM], SHORT[DENIAL_CLAIM]], "accept is said of one thing; 2 are named"),
        (["undo", SHORT[SALE_CLAIM]], "A judgement is taken back by its id"),
        (["correct", SHORT[SALE_CLAIM]], "The correction changes nothing"),
        (["correct", SHORT[SALE_CLAIM], "--set", "weight=3"], "'weight=3' is no correction"),
        (
            ["correct", SHORT[SALE_CLAIM], "--set", "class=Transfer"],
            "There is no class 'Transfer'. Take one such as ArmsTransfer",
        ),
        (
            ["correct", SHORT[SALE_CLAIM], "--set", "modality=actual"],
            "There is no modality 'actual'. Take one such as Actual",
        ),
        (["correct", SHORT[SALE_CLAIM], "--set", "date=juin"], "'juin' is no date"),
        (["correct", SHORT[SALE_CLAIM], "--set", "item=Turquie"], "acr:state/TUR cannot be item, which takes Armament"),
        (["correct", SHORT[SALE_CLAIM], "--set", "claimant=Griffon"], "acr:weapon/griffon is no agent"),
        (["correct", SHORT[LEAVING_CLAIM], "--set", "agent=", "--set", "treaty="], "Nobody would fill a role"),
        (["accept", SHORT[SALE_CLAIM], "--set", "date=2019"], "--set goes with correct, not with accept"),
        (["accept", SHORT[SALE_CLAIM], "--grade", "B"], "--grade goes with reliability and credibility"),
        (["reliability", OUTLET_NAME], "None is no reliability. Give one of A (completely reliable)"),
        (["reliability", "France", "--grade", "B"], "acr:state/FRA published no document"),
        (["credibility", SHORT[SALE_CLAIM], "--grade", "9"], "9 is no credibility"),
        (["same", SHORT[SALE_CLAIM]], "same is said of two things; 1 are named"),
        (["same", SHORT[SALE_CLAIM], SHORT[DENIAL_CLAIM]], "Both are acr:event/"),
        (["same", SHORT[SALE_CLAIM], "France"], "An event and an entity are never one"),
        (["same", "acr:event/none", "France"], "The graph holds no event acr:event/none"),
    ],
)
def test_what_is_no_judgement_is_refused(kg: Kg, path: Path, arguments: list[str], message: str) -> None:
    code, out, err = kg("review", "judge", *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert not path.exists()


def test_pairs_are_named_by_claims_iris_or_names(kg: Kg, path: Path) -> None:
    assert kg("review", "judge", "different", SHORT[SALE_CLAIM], SHORT[LEAVING_CLAIM], "--why", "no sale")[0] == 0
    assert kg("review", "judge", "same", "Griffon", "acr:state/TUR")[0] == 0
    events, entities = read(path)
    assert len(events.judged) == 2
    assert all(subject.startswith(f"{ACR}event/") for subject in events.subjects)
    kinds = {each.kind for each in events.judged}
    assert kinds == {"ArmsTransfer", "Withdrawal"}
    assert entities.subjects == (TURKEY, f"{ACR}weapon/griffon")
    assert Judgements.load(path).different == {frozenset(events.subjects)}


def test_two_claims_on_one_event_are_judged_different_and_one_again(kg: Kg, path: Path) -> None:
    pair = (SHORT[SALE_CLAIM], SHORT[DENIAL_CLAIM])
    assert kg("review", "judge", "different", *pair, "--why", "another sale")[0] == 0
    assert kg("review", "judge", "same", *pair, "--why", "the same after all")[0] == 0
    apart, one = read(path)
    assert apart.subjects == one.subjects == tuple(sorted((SALE_CLAIM, DENIAL_CLAIM)))
    assert str(apart.value).startswith(f"{ACR}event/")
    assert [each.kind for each in Judgements.load(path).standing] == [Kind.SAME]
    assert kg("review", "undo", one.id[:6])[0] == 0
    assert Judgements.load(path).different == {frozenset(apart.divided or ())}
    assert "another sale" in kg("review", "log")[1]


def test_a_second_correction_adds_to_the_first(kg: Kg, path: Path) -> None:
    for change in ("class=TransferOffer", "date=2018", "date="):
        assert kg("review", "judge", "correct", SHORT[SALE_CLAIM], "--set", change)[0] == 0
    (standing,) = Judgements.load(path).standing
    assert standing.value == Correction("TransferOffer", date="")


@pytest.fixture
def merged(tmp_path: Path, path: Path) -> Home:
    """A graph in which the withdrawals that two documents tell were merged with little certainty."""
    other = note("other")
    one, two = (Sheet(each.iri, given(each)).value(claims(each)[2], AC + "about") for each in (note(), other))
    decided = [rewritten(quad, two, one) for quad in given(other)]
    store = ox.Store()
    store.update(
        f"""INSERT DATA {{ GRAPH <{DECISIONS_GRAPH}> {{ acr:merge-1 a ac:Merge ; ac:mergedFrom <{two}> ; ac:mergedInto <{one}> ;
            ac:comparedWith <{one}> ; ac:score 0.6 ; ac:reason "Little."@en, "Peu."@fr }} }}""",
        prefixes=PREFIXES,
    )
    home = Home(tmp_path / "merged")
    with home.write() as draft:
        draft.replace_graph(note().iri, given())
        draft.replace_graph(other.iri, decided)
        draft.replace_graph(DECISIONS_GRAPH, [*store, *record(other.iri, difference(given(other), decided))])
    return home


def test_an_uncertain_merge_is_asked_about_with_both_sides(merged: Home, path: Path, kg: Kg, answers: Answers) -> None:
    (item,) = listed(kg, "--only", "merge", "--home", str(merged.path))
    mine, theirs = LEAVING_CLAIM, claims(note("other"))[2]
    assert (item["detail"], item["reasons"]) == ("0.6", ["Little."])
    assert [each["claim"] for each in item["claims"]] == [theirs, mine]  # type: ignore[attr-defined]
    answers("d\ntwo leavings\n")
    code, out, _ = kg("review", "--only", "merge", "--home", merged.path)
    assert code == 0
    assert out.index("One:") < out.index("The other:")
    (judgement,) = read(path)
    assert (judgement.kind, judgement.why) == (Kind.DIFFERENT, "two leavings")
    assert list(judgement.subjects) == sorted(item["subjects"])  # type: ignore[call-overload]
    assert [each.kind for each in judgement.judged] == ["Withdrawal", "Withdrawal"]
    assert {each.document for each in judgement.judged} == {note().iri, note("other").iri}
    assert listed(kg, "--only", "merge", "--home", str(merged.path)) == []


def test_the_list_shows_both_events_of_a_merge(merged: Home, path: Path, kg: Kg) -> None:
    (item,) = listed(kg, "--only", "merge", "--home", str(merged.path))
    theirs, mine = item["sides"]  # type: ignore[misc]
    assert [theirs["event"], mine["event"]] == item["subjects"]
    assert {side["class"] for side in (theirs, mine)} == {AC + "Withdrawal"}
    told = [[each["document"] for each in side["claims"]] for side in (theirs, mine)]
    assert told == [[note("other").iri], [note().iri]]
    code, out, _ = kg("review", "--list", "--only", "merge", "--home", merged.path)
    lines = out.splitlines()
    assert (code, lines[0], lines[-1]) == (0, "merge    0.6  Little.", "1 to judge.")
    assert [line.partition(":")[0] for line in (lines[1], lines[3])] == ["  One", "  The other"]
    assert "Withdrawal, " in lines[1]
    quoted = [line.rpartition("; claim ") for line in (lines[2], lines[4])]
    assert [claim for _, _, claim in quoted] == [claims(note("other"))[2].rpartition("/")[2], SHORT[LEAVING_CLAIM]]
    assert all(line.startswith("    “") for line, _, _ in quoted)


def test_the_side_of_the_reference_data_is_shown_without_a_claim(recorded: Home, path: Path, kg: Kg) -> None:
    (item,) = listed(kg, "--only", "merge", "--home", str(recorded.path))
    told, known = item["sides"]  # type: ignore[misc]
    assert [each["claim"] for each in told["claims"]] == [LEAVING_CLAIM]
    roles = {"agent": [TURKEY]}
    kind = AC + "Withdrawal"
    assert known == {"event": RECORDED, "class": kind, "date": "2019-08-02", "roles": roles, "claims": []}
    out = kg("review", "--list", "--only", "merge", "--home", recorded.path)[1]
    assert "Withdrawal, 2019-08-02: " in out
    assert "    recorded by the reference data\n" in out


def test_a_merge_of_entities_is_asked_about_by_names_and_sentences(
    tmp_path: Path, path: Path, kg: Kg, answers: Answers
) -> None:
    capital = f"{ACR}place/ankara"
    place = ox.Quad(ox.NamedNode(capital), ox.NamedNode(SKOS + "prefLabel"), ox.Literal("Ankara", language="fr"))
    label = ox.Quad(*place.triple, ox.NamedNode(note().iri))
    given_now = [*(rewritten(quad, TURKEY, capital) for quad in given()), label]
    merge = f"acr:m a ac:Merge ; ac:mergedFrom <{capital}> ; ac:mergedInto <{TURKEY}> ; ac:comparedWith <{TURKEY}> ; ac:score 0.8"
    store = ox.Store()
    store.update(f"INSERT DATA {{ GRAPH <{DECISIONS_GRAPH}> {{ {merge} }} }}", prefixes=PREFIXES)
    home = Home(tmp_path / "entities")
    with home.write() as draft:
        draft.replace_graph(note().iri, given())
        draft.replace_graph(DECISIONS_GRAPH, [*store, *record(note().iri, difference(given_now, given()))])
    (item,) = listed(kg, "--only", "merge", "--home", str(home.path))
    sentence = [note().iri, SALE.of(TEXT)]
    assert item["names"] == [{"name": "Ankara", "quotes": [sentence]}, {"name": "TUR", "quotes": []}]
    assert "merge    Ankara = TUR" in kg("review", "--list", "--only", "merge", "--home", home.path)[1]
    answers("s\nthe capital stands for its state\n")
    code, out, _ = kg("review", "--only", "merge", "--home", home.path)
    assert (code, "One: Ankara" in out, f"“{sentence[1]}”" in out) == (0, True, True)
    assert Judgements.load(path).same == {frozenset((capital, TURKEY))}


def test_what_nobody_can_tell_comes_last(merged: Home, path: Path, kg: Kg) -> None:
    assert listed(kg, "--home", str(merged.path))[0]["why"] == "merge"
    kg("review", "judge", "unsure", SHORT[LEAVING_CLAIM], claims(note("other"))[2], "--home", merged.path)
    assert listed(kg, "--home", str(merged.path))[-1]["why"] == "merge"


def test_the_log_tells_what_counts(kg: Kg, path: Path) -> None:
    assert kg("review", "log") == (0, "0 lines, 0 judgements in force.\n", "")
    for grade in "BC":
        kg("review", "judge", "reliability", OUTLET_NAME, "--grade", grade)
    kg("review", "judge", "correct", SHORT[SALE_CLAIM], "--set", "recipient=France", "--why", "so")
    kg("review", "undo", read(path)[2].id)
    code, out, _ = kg("review", "log")
    lines = out.splitlines()
    assert [line[34:].split(" ")[0] for line in lines[:4]] == ["replaced", "in", "undone", "undo"]
    assert "correct (recipient: acr:state/TUR → acr:state/FRA) acr:claim/" in lines[2]
    assert lines[2].endswith("(Ann): so")
    assert lines[4] == "4 lines, 1 judgement in force."
    states = [line["state"] for line in json.loads(kg("review", "log", "--json")[1])]
    assert states == ["replaced", "in force", "undone", "undo"]
    assert kg("review", "undo", read(path)[2].id)[2].startswith("kg: The judgement")
    assert code == 0


def test_a_broken_line_stops_everything_and_is_named(kg: Kg, path: Path) -> None:
    path.write_text("{}\n")
    for arguments in (["--list"], ["log"], ["judge", "accept", SHORT[SALE_CLAIM]], ["undo", "ab"]):
        code, _, err = kg("review", *arguments)
        assert (code, f"{path}, line 1: id: Field required" in err) == (1, True)


def test_somebody_judges(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KG_REVIEWER", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.chdir(tmp_path)
    settings.cache_clear()
    with pytest.raises(CallError, match="Nobody is named"):
        reviewer()
    (tmp_path / ".gitconfig").write_text("[user]\n\tname = Bea\n")
    assert reviewer() == "Bea"
    monkeypatch.setenv("KG_REVIEWER", "Ann")
    settings.cache_clear()
    assert reviewer() == "Ann"


@pytest.fixture
def edited(tmp_path: Path, path: Path) -> Home:
    """A graph of the document after another word came into its first sentence."""
    home = Home(tmp_path / "edited")
    with home.write() as draft:
        draft.replace_graph(note().iri, given(changed(note())))
    return home


def test_a_judgement_comes_up_again_when_its_sentence_changed(
    edited: Home, path: Path, kg: Kg, answers: Answers
) -> None:
    for claim in (SALE_CLAIM, LEAVING_CLAIM):
        append(path, Kind.REJECT, [claim], who="Bob", why="so", judged=[reading(claim)])
    (found,) = stale(edited.current().store, Judgements.load(path))
    assert (found.judgement.subjects, found.now) == ((SALE_CLAIM,), ((SALE_CLAIM,),))
    answers("a\n")
    code, out, _ = kg("review", "--only", "stale", "--home", edited.path)
    assert "reject by Bob on" in out
    assert code == 0
    assert stale(edited.current().store, Judgements.load(path)) == []


def test_a_judgement_whose_reading_changed_leads_to_what_is_read_now(
    judged: Path, path: Path, kg: Kg, answers: Answers
) -> None:
    older = reading(SALE_CLAIM).__class__(
        note().iri, reading(SALE_CLAIM).sentence, "Meeting", {"participant": (FRANCE,)}, "Actual", "Affirmed"
    )
    gone = older.__class__(note().iri, "0" * 16, "Meeting", {}, "Actual", "Affirmed")
    away = older.__class__(f"{ACR}document/away", "0" * 16, "Meeting", {}, "Actual", "Affirmed")
    for number, each in enumerate((older, gone, away)):
        append(path, Kind.ACCEPT, [f"{ACR}claim/{number}"], who="Bob", judged=[each])
    found = stale(Home(judged).current().store, Judgements.load(path))
    assert [each.now for each in found] == [((SALE_CLAIM,),), ((),)]
    answers("x\nx\n")
    kg("review", "--only", "stale")
    assert [each.kind.value for each in read(path)[3:]] == ["undo", "undo"]
    assert [each.judged[0].document for each in Judgements.load(path).standing] == [f"{ACR}document/away"]


def test_a_pair_is_stale_when_an_event_is_read_no_more(judged: Path, path: Path) -> None:
    store = Home(judged).current().store
    sale, leaving = reading(SALE_CLAIM), reading(LEAVING_CLAIM)
    append(path, Kind.SAME, [f"{ACR}event/gone", f"{ACR}event/other"], who="Bob", judged=[sale, leaving])
    assert [each.now for each in stale(store, Judgements.load(path))] == [((SALE_CLAIM,), (LEAVING_CLAIM,))]
    (item,) = Queue(store, settings().ontology, Judgements.load(path)).items(only=["stale"])
    assert item.answerable == (SALE_CLAIM, LEAVING_CLAIM)
