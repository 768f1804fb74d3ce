"""kg explain: a claim with its sentence, roles, rules and reasons, told from the graph alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sample import build_home

from kg import mapping
from kg.explanation import Claims
from kg.ids import entity_iri
from kg.model import (
    Amount,
    Bound,
    Claim,
    Document,
    Entity,
    Event,
    Extraction,
    Filler,
    Modality,
    Polarity,
    Span,
    When,
)
from kg.settings import ROOT
from kg.store import Home
from kg.ways import realisations, reason, rule

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]

TEXT = "Selon l'agence, le ministre affirme que la Valdurie livrera lundi des obusiers à l'Ostrelle, au moins 1 200 pièces, pour 3,5 millions d'euros."
CLAIM = "https://w3id.org/arms-control/id/claim/0123456789abcdef"
HOWITZER = entity_iri("WeaponCategory", "Obusier")
VALDURIE, OSTRELLE = entity_iri("State", "Valdurie"), entity_iri("State", "Ostrelle")
MINISTER, AGENCY = entity_iri("Person", "Ministre"), entity_iri("MediaOutlet", "Agence")


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def extraction() -> Extraction:
    """A claim with all that a claim may have."""
    event = Event(
        "https://w3id.org/arms-control/id/event/e1",
        "ArmsTransfer",
        (
            Filler("recipient", OSTRELLE, "inner/à", span("Ostrelle"), 0.9),
            Filler("supplier", VALDURIE, "inferred:origin", None, 0.5),
        ),
        When("2031-03-03", "2031-03-03", "2031-03-03", span("lundi"), "2031-03-02", True),
    )
    claim = Claim(
        iri=CLAIM,
        event=event.iri,
        sentence=Span(0, len(TEXT)),
        trigger=span("livrera"),
        modality=Modality.PLANNED,
        polarity=Polarity.AFFIRMED,
        claimant=MINISTER,
        relayed_by=(AGENCY,),
        confidence=0.7,
        method="rules:ArmsTransfer/livrer",
        evidence=("planned: future livrera", "claimant: affirme"),
        amounts=(
            Amount("3500000", span("3,5 millions d'euros"), currency="EUR"),
            Amount("1200", span("1 200 pièces"), HOWITZER, unit="pièces", bound=Bound.LEAST),
        ),
    )
    document = Document("note", TEXT, "note.txt", title="Des obusiers\u001b[31m", issued="2031-03-02")
    entities = (
        Entity(VALDURIE, "State", "Valdurie", reconciled=False),
        Entity(OSTRELLE, "State", "Ostrelle", reconciled=False),
        Entity(MINISTER, "Person", "Ministre", reconciled=False),
        Entity(HOWITZER, "WeaponCategory", "obusier", reconciled=False),
        Entity(AGENCY, "MediaOutlet", "Agence", reconciled=False),
    )
    return Extraction(document, (), (), entities, (event,), (claim,))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The sample graph with one document more."""
    home = build_home(tmp_path_factory.mktemp("explain") / "home")
    read = extraction()
    with home.write() as draft:
        draft.replace_graph(read.document.iri, mapping.quads(read))
    return home


def test_a_claim_is_explained_in_full(kg: Kg, home: Home) -> None:
    assert kg("explain", "0123456789abcdef", "--home", home.path) == (
        0,
        f"claim          {CLAIM}\n"
        f"sentence       “{TEXT}” (0–142)\n"
        "document       note: Des obusiers [31m, 2031-03-02\n"
        "source         note.txt\n"
        "trigger        “livrera” (52–59)\n"
        "event          arms transfer <https://w3id.org/arms-control/id/event/e1>\n"
        "  supplier     Valdurie: inferred from the weapon’s state of origin [inferred:origin], confidence 0.5\n"
        "  recipient    Ostrelle: from the event inside it, after “à” [inner/à], confidence 0.9, “Ostrelle” (83–91)\n"
        "amount         at least 1,200 pièces of obusier: “1 200 pièces” (102–114)\n"
        "amount         3,500,000 EUR: “3,5 millions d'euros” (121–141)\n"
        "date           2031-03-03, from “lundi”, counted from 2031-03-02, partly inferred\n"
        "modality       planned\n"
        "polarity       affirmed\n"
        "claimant       Ministre\n"
        "relayed by     Agence\n"
        "evidence       planned: future livrera\n"
        "               claimant: affirme\n"
        "method         rules:ArmsTransfer/livrer\n"
        "confidence     0.7\n",
        "",
    )


def test_what_is_unknown_is_said_to_be(kg: Kg, home: Home) -> None:
    code, out, err = kg("explain", "test-2-c", "--home", home.path, "--language", "fr")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert "document       note-sans-date: undated" in lines
    assert "claimant       none: the text says it in its own voice" in lines
    assert "date           unknown" in lines
    assert "event          essai d’arme <https://w3id.org/arms-control/id/event/test-2>" in lines
    assert "  auteur       Corée du Nord: no record in this document of how it was found" in lines
    assert not [line for line in lines if line.startswith(("relayed by", "on behalf of"))]


@pytest.mark.parametrize("text", ["0123456789abcdef", "01", "acr:claim/0123456789abcdef", CLAIM, f"<{CLAIM}>"])
def test_a_claim_is_found_by_its_iri_and_its_parts(home: Home, text: str) -> None:
    assert Claims(home.current().store, ROOT / "ontology", "en").find(text) == CLAIM


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("offer-", "offer- begins the ids of 2 claims: offer-1-a, offer-1-b. Give more of the one meant."),
        ("", "The graph holds no claim ''. kg explain without a claim lists the newest."),
        ("0123456789abcdeX", "The graph holds no claim '0123456789abcdeX'. Near it: 0123456789abcdef."),
        ("acr:claim/test-2", "acr:claim/test-2 is no claim of this graph. Near it: test-2-c, test-1-a."),
        (
            "acr:event/offer-1",
            "acr:event/offer-1 is no claim of this graph but of the class ac:TransferOffer. "
            "Claims about it: offer-1-a, offer-1-b.",
        ),
        (
            "acr:state/RUS",
            "acr:state/RUS is no claim of this graph but of the class ac:State. "
            "kg explain without a claim lists the newest.",
        ),
        ("acr:a b", "acr:a b is no claim of this graph. kg explain without a claim lists the newest."),
    ],
)
def test_ids_that_mean_no_claim_or_several(kg: Kg, home: Home, text: str, message: str) -> None:
    assert kg("explain", text, "--home", home.path) == (2, "", f"kg: {message}\n")


def test_without_a_claim_the_newest_are_listed(kg: Kg, home: Home) -> None:
    code, out, err = kg("explain", "--home", home.path)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) == 11
    assert lines[0] == (
        "0123456789abcdef  2031-03-02  arms transfer, planned, affirmed: "
        "Selon l'agence, le ministre affirme que la Valdurie livrera lundi des obusiers à l'Ostre …"
    )
    assert lines[-1] == "test-2-c  undated     weapon test, actual, affirmed: La Corée du Nord a testé un missile."


def test_json(kg: Kg, home: Home) -> None:
    code, out, _ = kg("explain", CLAIM, "--home", home.path, "--json")
    told = json.loads(out)
    assert code == 0
    assert told["document"]["issued"] == "2031-03-02"
    assert told["trigger"] == {"text": "livrera", "begin": 52, "end": 59}
    assert [(each["role"]["name"], each["rule"], each["words"]) for each in told["fillers"]] == [
        ("supplier", "inferred:origin", None),
        ("recipient", "inner/à", {"text": "Ostrelle", "begin": 83, "end": 91}),
    ]
    assert told["amounts"][1] == {
        "value": "3500000",
        "bound": "exact",
        "item": None,
        "unit": None,
        "currency": "EUR",
        "words": {"text": "3,5 millions d'euros", "begin": 121, "end": 141},
    }
    assert told["relayed_by"] == [{"iri": AGENCY, "name": "Agence"}]
    assert told["evidence"] == ["planned: future livrera", "claimant: affirme"]
    listed = json.loads(kg("explain", "--home", home.path, "--json")[1])
    assert [each["identifier"] for each in listed][:2] == ["0123456789abcdef", "offer-1-b"]


def test_a_graph_without_claims(kg: Kg, tmp_path: Path) -> None:
    with Home(tmp_path).write():
        pass
    assert kg("explain", "--home", tmp_path) == (0, "The graph holds no claim. kg add reads documents.\n", "")


def test_an_incomplete_claim_is_told_as_such(kg: Kg, tmp_path: Path) -> None:
    read = extraction()
    quads = [quad for quad in mapping.quads(read) if not quad.predicate.value.endswith("wasQuotedFrom")]
    with Home(tmp_path).write() as draft:
        draft.replace_graph(read.document.iri, quads)
    assert kg("explain", "01", "--home", tmp_path) == (
        1,
        "",
        "kg: The claim acr:claim/0123456789abcdef is incomplete. Run kg check, and build the graph again.\n",
    )


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("subj", "subject"),
        ("control/subj", "through the verb that governs the infinitive, subject"),
        ("à/destination", "after “à destination”"),
        ("inner/à/group", "from the event inside it, after “à”, in the same enumeration"),
        ("gov:procéder", "subject of “procéder”"),
        ("proposed/metonym", "proposed by the endpoint, by its capital or palace"),
    ],
)
def test_rules_in_plain_words(code: str, words: str) -> None:
    assert rule(code) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("control/subj", "par le verbe qui régit l’infinitif, sujet"),
        ("inner/à", "de l’événement qu’il contient, après « à »"),
        ("gov:procéder", "sujet de « procéder »"),
        ("beyond/date", "rattaché à une date par l’analyse"),
    ],
)
def test_rules_in_french(code: str, words: str) -> None:
    assert rule(code, "fr") == words


@pytest.mark.parametrize(
    ("recorded", "english", "french"),
    [
        ("Planned: future livrera", "planned: the future “livrera”", "prévu : le futur « livrera »"),
        (
            "planned: future in the past livrerait",
            "planned: the future in the past “livrerait”",
            "prévu : le futur dans le passé « livrerait »",
        ),
        ("Possible: condition", "possible: a condition", "possible : une condition"),
        ("negated: ne … pas", "denied: “ne … pas”", "nié : « ne … pas »"),
        ("claimant: selon", "who says it: “selon”", "qui le dit : « selon »"),
        (
            "claimant: control/subj",
            "who says it: through the verb that governs the infinitive, subject",
            "qui le dit : par le verbe qui régit l’infinitif, sujet",
        ),
        ("verb left out", "the verb is left out", "le verbe est sous-entendu"),
        ("of another's making", "of another's making", "of another's making"),
    ],
)
def test_reasons_in_plain_words(recorded: str, english: str, french: str) -> None:
    assert (reason(recorded, "en"), reason(recorded, "fr")) == (english, french)


def test_every_step_that_the_extractor_records_has_words() -> None:
    """A step without words would be told as a preposition."""
    written = [path.read_text(encoding="utf-8") for path in (ROOT / "kg" / "extract").rglob("*.py")]
    steps = {step for text in written for step in re.findall(r'"([a-z]+)/["{]', text)} - {"beyond"}
    assert {"inner", "window", "control"} <= steps
    assert [step for step in sorted(steps) if rule(step) == f"after “{step}”"] == []


def test_realisations_are_told_in_both_languages() -> None:
    assert realisations("en").keys() == realisations("fr").keys()
    assert realisations("fr")["iobj"] == "l’objet indirect (« lui », « leur »)"
