"""Dossiers: statements with their notes, arms transfers as a register has them, a page that needs nothing else."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from sample import ACR, ROOT, build_home

from kg.dossier import Dossier, page, read, texts
from kg.dossier.asking import Row
from kg.dossier.reading import Names
from kg.dossier.records import Event, Statement, Transfer
from kg.dossier.transfers import Stages, transfers
from kg.errors import OntologyError
from kg.explorer import texts as explorer
from kg.namespaces import AC
from kg.query import SnapshotView
from kg.store import Home

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]
ONTOLOGY = ROOT / "ontology"
NAMES = {"state/A": "Aland", "state/B": "Bland", "weapon/x": "X-1", "category/m": "missile", "person/p": "Paul"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return build_home(tmp_path_factory.mktemp("dossier") / "home")


@pytest.fixture(scope="module")
def view(home: Home) -> SnapshotView:
    return SnapshotView(home)


def dossier(view: SnapshotView, name: str, language: str = "en") -> Dossier:
    return read(view.store, ONTOLOGY, ACR + name, language, created="2026-01-02", graph="abc")


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<body>")[2])).split())


def test_every_statement_has_a_note_with_sentence_outlet_day_and_query(view: SnapshotView) -> None:
    found = dossier(view, "state/USA")
    notes = {note.number: note for note in found.notes}
    statements = [statement for event in found.events for statement in event.statements]
    assert len(statements) == 6
    for statement in statements:
        note = notes[statement.note]
        assert note.sentence
        assert (note.outlet, note.issued) in {
            ("Courrier de la défense", "2019-09-06"),
            ("Agence du Nord", "2019-09-10"),
        }
        assert "ac:Claim" in found.queries[note.query - 1].text or "ac:about" in found.queries[note.query - 1].text
    assert {fact.note for fact in found.facts} <= set(notes)
    assert [note.number for note in found.notes] == list(range(1, len(notes) + 1))


def test_affirmation_and_denial_of_one_event_stand_together(view: SnapshotView) -> None:
    (offer,) = [event for event in dossier(view, "state/USA").events if event.kind == "transfer offer"]
    assert offer.roles == (
        ("supplier", ("Russia",)),
        ("recipient", ("United States",)),
        ("item", ("hypersonic missile",)),
    )
    told = [(each.polarity, each.modality, each.claimant, each.denied) for each in offer.statements]
    assert told == [
        ("affirmed", "actual", "Vladimir Putin", False),
        ("negated", "actual", "United States", True),
    ]


def test_treaty_has_facts_status_and_acts_with_their_basis(view: SnapshotView) -> None:
    found = dossier(view, "treaty/inf")
    facts = {fact.property: fact.values for fact in found.facts}
    assert facts["in force on"] == ("1988-06-01",)
    (withdrawal,) = [act for act in found.acts if act.what == "withdrawal"]
    assert (withdrawal.date, withdrawal.who, withdrawal.treaty) == ("2019-08-02", "United States", "INF Treaty")
    assert found.notes[withdrawal.note - 1].basis == "from memory"
    assert [(s.status, s.since) for s in found.statuses][-1][1] == "2019-08-02"


def test_event_says_what_it_answers_and_which_obligation_it_touches(view: SnapshotView) -> None:
    links = dossier(view, "event/reject-1").links
    assert links == (("answers", "transfer offer <https://w3id.org/arms-control/id/event/offer-1>"),)
    links = dossier(view, "event/offer-1").links
    assert links == (("answered by", "rejection <https://w3id.org/arms-control/id/event/reject-1>"),)
    links = dossier(view, "event/test-1").links
    assert links == (("touches the obligation", "Ground-launched missiles (INF Treaty; United States, not bound)"),)
    assert dossier(view, "event/test-1").subject.name == "weapon test · United States · cruise missile"


def test_transfers_of_the_sample(view: SnapshotView) -> None:
    rows = dossier(view, "state/RUS").transfers
    assert [(row.supplier, row.recipient, row.designation, row.category) for row in rows] == [
        ("Russia", "India", "S-400 Triumf", "missile"),
        ("(Russia)", "(Iran)", "(S-400 Triumf)", "(missile)"),
    ]
    assert "denied only" in rows[1].comments
    assert not [row for row in rows if "hypersonic" in row.category]


def _transfer(*date: str, **told: Any) -> Transfer:
    """The one row of `_transfers`."""
    (row,) = _transfers(*date, **told)
    return row


def _transfers(
    date: str = "2019-04-02",
    methods: Sequence[str] = ("commander",),
    modality: str = "Actual",
    polarity: str = "Affirmed",
    confidence: str = "0.9",
    roles: Sequence[tuple[str, str, dict[str, str]]] = (),
    amounts: Sequence[dict[str, str]] = (),
    language: str = "en",
) -> tuple[Transfer, ...]:
    claims: list[Row] = [
        {
            "event": "e",
            "kind": AC + "ArmsTransfer",
            "method": f"rules:ArmsTransfer/{method}",
            "modality": AC + modality,
            "polarity": AC + polarity,
            "document": f"d{number}",
        }
        for number, method in enumerate(methods)
    ]
    fillers = roles or (
        ("supplier", "state/A", {}),
        ("recipient", "state/B", {}),
        ("item", "weapon/x", {"system": "true", "category": "category/m"}),
    )
    rows: list[Row] = [
        {"event": "e", "role": role, "filler": filler, "confidence": confidence, **more}
        for role, filler, more in fillers
    ]
    told = tuple(Statement("affirmed", "actual", "", (), "0.9", False, n) for n in range(1, len(methods) + 1))
    events = (Event("e", "arms transfer", (), date, told),)
    said: list[Row] = [{"event": "e", "bound": "exact", **each} for each in amounts]
    return transfers(
        claims, rows, said, events, Stages(ONTOLOGY), lambda iri: NAMES.get(iri, iri.removeprefix(AC)), language
    )


def test_numbers_are_those_that_documents_give_of_the_weapon() -> None:
    forty, more = {"item": "weapon/x", "value": "40"}, {"item": "weapon/x", "value": "1200", "bound": "at least"}
    other = {"item": "weapon/y", "value": "7"}
    assert _transfer(amounts=[forty, forty, other]).number == "40"
    assert _transfer(amounts=[forty, more]).number == "40 / at least 1,200"
    assert _transfer(amounts=[more], language="fr").number == "au moins 1 200"
    assert _transfer(amounts=[{**forty, "unit": "batterie"}], modality="Planned").number == "(40 batterie)"
    assert _transfer(amounts=[other]).number == ""
    assert "for 75000000 USD" not in _transfer().comments
    assert "for 75,000,000 USD" in _transfer(amounts=[{"value": "75000000", "currency": "USD"}]).comments


def test_year_stands_under_order_or_delivery_by_the_word_that_tells_it() -> None:
    assert (_transfer().ordered, _transfer().delivered) == ("2019", "")
    delivered = _transfer(methods=("livrer", "livraison"))
    assert (delivered.ordered, delivered.delivered) == ("", "2019")
    both = _transfer(methods=("livrer", "commander"))
    assert (both.ordered, both.delivered) == ("", "")
    assert "2019-04-02: order or delivery is not told" in both.comments


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("2019", "2019"),
        ("2019-06", "2019"),
        ("2019-01-01/2019-06-30", "2019"),
        ("2018~", "(2018)"),
        ("2018/2020", "(2018–2020)"),
        ("2019-05-01/..", "(2019)"),
        ("201X", ""),
        ("", ""),
    ],
)
def test_year_that_the_date_does_not_settle_stands_in_brackets(date: str, year: str) -> None:
    assert _transfer(date).ordered == year


def test_values_that_are_uncertain_stand_in_brackets() -> None:
    sure = _transfer()
    assert (sure.supplier, sure.designation, sure.category) == ("Aland", "X-1", "missile")
    for doubtful in (_transfer(modality="Planned"), _transfer(polarity="Negated"), _transfer(confidence="0.4")):
        assert (doubtful.supplier, doubtful.designation) == ("(Aland)", "(X-1)")
    assert _transfer(modality="Possible").ordered == "(2019)"
    assert _transfer(confidence="0.4").ordered == "2019"


def test_state_stands_for_the_person_who_acted_for_it() -> None:
    row = _transfer(roles=(("supplier", "person/p", {"behalf": "state/A"}), ("item", "category/m", {})))
    assert (row.supplier, row.designation, row.category) == ("Aland", "", "missile")
    assert "through Paul" in row.comments


def test_transfer_to_oneself_is_no_row() -> None:
    person = ("supplier", "person/p", {"behalf": "state/A"})
    assert _transfers(roles=(person, ("recipient", "state/A", {}))) == ()
    assert len(_transfers(roles=(person, ("recipient", "state/B", {})))) == 1
    assert len(_transfers(roles=(person, ("supplier", "state/B", {}), ("recipient", "state/A", {})))) == 1
    assert len(_transfers(roles=(("item", "weapon/x", {"system": "true"}),))) == 1


def test_bases_are_called_as_on_the_pages() -> None:
    for code, words in explorer.terms("bases").items():
        for language in ("en", "fr"):
            assert texts.basis(code, language) == words[language]
    assert texts.basis("other", "en") == "other"


def test_stages_name_words_of_transfers_only(tmp_path: Path) -> None:
    text = (ONTOLOGY / "lexicon" / "fr" / "ArmsTransfer.yaml").read_text(encoding="utf-8")
    triggers = yaml.safe_load(text)["triggers"]
    known = {word for trigger in triggers for word in (*trigger.get("verbs", ()), *trigger.get("nouns", ()))}
    stages = yaml.safe_load((ONTOLOGY / "transfer-stages.yaml").read_text(encoding="utf-8"))
    assert {word for words in stages.values() for word in words} - known == set()
    assert set(stages["order"]) & set(stages["delivery"]) == set()
    (tmp_path / "transfer-stages.yaml").write_text("order: [acheter]\n")
    with pytest.raises(OntologyError, match=r"delivery"):
        Stages(tmp_path)


class _Tags(HTMLParser):
    """Keeps the elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


@pytest.mark.parametrize("name", ["weapon/hostile", "state/RUS", "event/offer-1", "treaty/inf"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_page_loads_nothing_runs_nothing_and_its_notes_lead_back(view: SnapshotView, name: str, language: str) -> None:
    written = page(dossier(view, name, language))
    parser = _Tags()
    parser.feed(written)
    assert {tag for tag, _ in parser.seen} & {"img", "script", "link", "iframe", "object", "b"} == set()
    assert not [attributes for _, attributes in parser.seen if {"src", "style", "onerror"} & set(attributes)]
    assert "url(" not in written.partition("<style>")[2].partition("</style>")[0]
    links = [attributes["href"] or "" for tag, attributes in parser.seen if tag == "a"]
    assert all(link.startswith(("#", "http://", "https://")) for link in links)
    ids = [identifier for _, attributes in parser.seen if (identifier := attributes.get("id"))]
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in links if link.startswith("#")} <= set(ids)
    assert parser.seen[0] == ("html", {"lang": language})


def test_hostile_names_stay_text(view: SnapshotView) -> None:
    shown = words(page(dossier(view, "weapon/hostile")))
    assert "<img src=x onerror=alert(1)> [Hostile-1](javascript:alert(1))" in shown


def test_page_in_french_and_the_same_each_time(view: SnapshotView) -> None:
    first, second = (page(dossier(view, "state/RUS", "fr")) for _ in range(2))
    assert first == second
    shown = words(first)
    assert "Ce que le graphe du 2026-01-02 contient à ce sujet" in shown
    assert "affirmé, factuel, selon Vladimir Poutine, confiance 0,9 [" in shown
    assert "Fournisseur Destinataire Désignation Catégorie Année de commande" in shown


def test_command_writes_a_file_or_prints(kg: Kg, home: Home, tmp_path: Path) -> None:
    file = tmp_path / "inf.html"
    code, said, _ = kg("dossier", "FNI", "-o", file, "--home", home.path)
    assert (code, said) == (0, f"{file}: 4 notes on INF Treaty.\n")
    _, printed, _ = kg("dossier", "acr:treaty/inf", "--home", home.path)
    assert printed == file.read_text(encoding="utf-8")
    _, as_json, _ = kg("dossier", "acr:treaty/inf", "--json", "--lang", "fr", "--home", home.path)
    assert json.loads(as_json)["subject"]["name"] == "traité FNI"


def test_command_refuses_what_the_graph_does_not_know(kg: Kg, home: Home) -> None:
    code, said, complaint = kg("dossier", "Atlantis", "--home", home.path)
    assert (code, said) == (2, "")
    assert complaint.startswith("kg: The graph knows nothing called 'Atlantis'.")


def test_names_in_memory_are_used(view: SnapshotView) -> None:
    names = Names(view.store)
    found = read(view.store, ONTOLOGY, ACR + "treaty/inf", "en", names)
    assert found == read(view.store, ONTOLOGY, ACR + "treaty/inf", "en")
