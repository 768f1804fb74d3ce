"""Short reports: what the parse of their terse sentences gets wrong, and words that stand for who acts and where."""

from __future__ import annotations

import pytest
from extracting import read, told

from benchmarks import corpus
from kg.extract import Extractor
from kg.model import Document


@pytest.mark.parametrize(
    ("text", "kind", "fillers"),
    [
        # the parse: names with a hyphen, infinitives and verbs taken for nouns, numbers, participles
        ("Kim Jong-il doit recevoir Hu Jintao lundi pour parler missiles.", "Meeting", {"participant:kim-jong-il", "participant:hu-jintao"}),
        ("L'Égypte commande trente Rafale à la France.", "ArmsTransfer", {"recipient:EGY", "item:rafale"}),
        ("La Chine peut stationner des missiles sur l'atoll.", "Deployment", {"agent:CHN", "item:missile"}),
        ("Deux mille soldats érythréens ont été envoyés en Éthiopie.", "Deployment", {"agent:ERI", "place:ETH"}),
        ("Trois cents chars syriens ont attaqué Homs.", "WeaponUse", {"item:char", "place:homs"}),
        ("L'Inde reproche au Pakistan d'avoir violé l'accord de Simla avec ses canons.", "Violation", {"agent:PAK"}),
        ("Un missile Boulava tiré mardi depuis la mer Blanche s'est écrasé.", "WeaponTest", {"item:bulava", "place:mer-blanche"}),
        ("Le Brésil et la France ont entamé jeudi 2 mai des négociations sur des sous-marins.", "Negotiation", {"participant:BRA", "participant:FRA"}),
        ("La Suède et la Finlande parleront missiles lundi.", "Negotiation", {"participant:SWE", "participant:FIN", "topic:missile"}),
        # nobody but statesmen shows that it is of the field
        ("Rafael Grossi s'est entretenu mardi à Vienne avec Abbas Araghchi.", "Meeting", {"participant:rafael-grossi", "participant:abbas-araghchi"}),
        ("Les ministres britannique et japonais se sont entretenus lundi.", "Meeting", {"participant:GBR", "participant:JPN"}),
        ("La rencontre Macron-Merz aura lieu jeudi à Toulon.", "Meeting", {"participant:emmanuel-macron", "participant:friedrich-merz", "place:toulon"}),
        # one word of two triggers, one event of two readings
        ("Une nouvelle série de sanctions britanniques frappe la Biélorussie pour ses missiles.", "Sanction", {"agent:GBR", "target:BLR"}),
        ("Un paquet de sanctions européennes frappe l'Iran.", "Sanction", {"agent:european-union", "target:IRN"}),
        ("L'embargo des Nations unies sur les armes destinées à la Somalie a été renouvelé mardi.", "TransferSuspension", {"agent:united-nations", "recipient:SOM"}),
        ("La Chine a détruit mardi l'un de ses satellites avec un missile.", "WeaponTest", {"agent:CHN", "item:missile"}),
        ("Les États-Unis reviennent sur leur ratification du traité FNI.", "Withdrawal", {"agent:USA", "treaty:inf"}),
        ("La Syrie est déclarée en infraction par l'OIAC.", "Accusation", {"target:SYR", "agent:organisation-for-the-prohibition-of-chemical-weapons"}),
        # who is meant
        ("L'entretien entre M. Poutine et Mme Merkel a porté sur les armes nucléaires.", "Meeting", {"participant:vladimir-putin", "participant:angela-merkel"}),
        ("Emmanuel Macron a reçu Olaf Scholz. Leurs discussions ont porté sur les missiles.", "Meeting", {"participant:emmanuel-macron", "participant:olaf-scholz", "topic:missile"}),
        ("Nous livrerons des chars à l'Ukraine, assure Oslo.", "ArmsTransfer", {"supplier:NOR", "recipient:UKR"}),
        ("L'ONU salue la sortie de Madrid du traité Ciel ouvert.", "Withdrawal", {"agent:ESP", "treaty:open-skies"}),
        ("Lima a accepté l'achat de six chars chinois.", "ArmsTransfer", {"supplier:CHN", "recipient:PER", "item:char"}),
        ("Moscou et Ankara se sont vus à Sotchi. Leurs pourparlers ont porté sur les missiles.", "Meeting", {"participant:TUR", "topic:missile"}),
        # what a noun is about, where it was, what was meant before
        ("L'offre de la Suède au Pérou porte sur vingt Gripen.", "TransferOffer", {"supplier:SWE", "item:gripen"}),
        ("La livraison comprend trente chars Leclerc, selon Paris.", "ArmsTransfer", {"item:leclerc"}),
        ("Vladimir Poutine et Joe Biden se sont vus à Chypre pour parler missiles.", "Meeting", {"place:CYP"}),
        ("Vladimir Poutine et Joe Biden ont parlé de missiles dans la capitale autrichienne.", "Negotiation", {"place:vienne"}),
        ("Les ministres allemand et danois se sont vus dans la capitale de la Finlande pour parler missiles.", "Meeting", {"place:helsinki"}),
        ("Le TNP vivra. Le Chili se réjouit de l'extension obtenue hier.", "Extension", {"treaty:npt"}),
        ("Les experts de l'OIAC ont contrôlé à Homs le dépôt de gaz sarin.", "Inspection", {"place:homs"}),
        ("Les inspections conduites début mars en Libye par l'OIAC n'ont rien donné.", "Inspection", {"agent:organisation-for-the-prohibition-of-chemical-weapons"}),
        ("L'Estonie a acheté des missiles Himars. Les six lanceurs livrés par Washington sont arrivés.", "ArmsTransfer", {"item:himars", "supplier:USA"}),
    ],
)  # fmt: skip
def test_a_terse_sentence_tells_its_event(extractor: Extractor, text: str, kind: str, fillers: set[str]) -> None:
    assert fillers <= told(extractor, text).get(kind, set())


@pytest.mark.parametrize(
    ("text", "kind", "filler"),
    [
        ("L'AIEA a constaté l'attaque de drones menée contre Boucha.", "WeaponUse", "agent:international-atomic-energy-agency"),
        ("Paris et Rome mènent les manœuvres navales Mare Aperto au large de la Sicile.", "SecurityCooperation", "participant:mare-aperto"),
        ("Xi Jinping et Joe Biden se sont vus à Malte pour parler missiles.", "Meeting", "participant:MLT"),
        ("Lima a accepté l'achat de six chars chinois.", "ArmsTransfer", "recipient:CHN"),
        ("Le général soudanais Abdel Fattah al-Burhan a tiré un missile.", "WeaponTest", "item:fattah"),
    ],
)  # fmt: skip
def test_who_only_looks_like_it_takes_no_part(extractor: Extractor, text: str, kind: str, filler: str) -> None:
    found = told(extractor, text)
    assert filler not in found.get(kind, set())


def test_an_instrument_of_ratification_is_one_ratification(extractor: Extractor) -> None:
    text = "Dans le camp du TICE, Bogota a remis lundi 29 avril à New York son instrument de ratification."
    events = [event for event in read(extractor, text).events if event.kind == "Ratification"]
    assert [(event.when.edtf if event.when else None) for event in events] == ["2024-04-29"]


def test_strategic_stability_is_a_matter_of_arms_and_strategic_partnership_is_not(extractor: Extractor) -> None:
    text = "Wang Yi s'est entretenu mardi avec Marco Rubio de {}."
    assert "Meeting" in told(extractor, text.format("stabilité stratégique"))
    assert "Meeting" not in told(extractor, text.format("partenariat stratégique"))


def test_a_role_that_is_given_up_again_is_no_longer_asked_for(extractor: Extractor) -> None:
    text = "La France envisage de déployer des Iskander-M. L'Italie a déployé des Iskander-M à sa frontière."
    assert {"agent:FRA", "agent:ITA"} <= told(extractor, text)["Deployment"]


def test_generated_articles_are_all_read(extractor: Extractor) -> None:
    assert all(extractor.extract(corpus.extraction(number).document).events for number in range(40))


def test_two_statesmen_at_a_match_are_no_meeting_of_the_field(extractor: Extractor) -> None:
    assert "Meeting" not in told(extractor, "Emmanuel Macron a retrouvé Friedrich Merz dans les tribunes du match.")


def test_an_exercise_of_years_before_is_not_the_one_that_is_known(extractor: Extractor) -> None:
    def gatherings(issued: str) -> set[str]:
        text = "Neuf mille soldats de l'OTAN participent à l'exercice Steadfast Defender."
        read = extractor.extract(Document("t", text, "t", issued=issued, dated_by="metadata"))
        return {m.entity.rsplit("/", 1)[-1] for m in read.mentions if "/gathering/" in m.entity}

    assert gatherings("2024-02-01") == {"steadfast-defender-2024"}
    assert gatherings("2021-05-20") == set()
