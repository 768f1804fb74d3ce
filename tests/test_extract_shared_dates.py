"""Events without a date of their own that share the one of the clause that theirs goes on with."""

from __future__ import annotations

import pytest

from kg.extract import Extractor
from kg.model import Document

ISSUED = "2024-06-10"
"""A Monday."""


def days(extractor: Extractor, text: str, issued: str = ISSUED) -> dict[str, str | None]:
    """The dates of a text's events by their classes."""
    extraction = extractor.extract(Document("a", text, "a.txt", issued=issued))
    return {e.kind: e.when.edtf if e.when else None for e in extraction.events}


@pytest.mark.parametrize(
    ("text", "kind", "edtf"),
    [
        ("Le 4 juin, la Pologne a livré des T-72 à l'Ukraine et déployé une batterie Patriot près de Lublin.", "Deployment", "2024-06-04"),
        ("Fin avril, l'Iran a dévoilé puis testé un nouveau drone kamikaze.", "WeaponTest", "2024-04"),
        ("La Chine dévoile mardi un drone naval et teste un missile DF-26.", "WeaponTest", "2024-06-04"),
        ("Le 12 mai, l'Inde a testé un missile Agni-5, tandis que la Russie livrait deux S-400 à l'Iran.", "ArmsTransfer", "2024-05-12"),
        ("En avril, le ministre turc s'est rendu à Kiev, où il a signé un accord militaire avec son homologue.", "Signature", "2024-04"),
        ("Le ministre serbe a reçu mercredi son homologue russe à Belgrade pour signer un contrat de missiles.", "Signature", "2024-06-05"),
        ("Les deux dirigeants, réunis mardi à Séoul, ont signé un accord militaire.", "Signature", "2024-06-04"),
        ("Arrivé jeudi à Pékin, Vladimir Poutine y a rencontré Xi Jinping.", "Meeting", "2024-06-06"),
        ("Quand, en 2019, Washington s'est retiré du traité FNI, Moscou a suspendu le traité à son tour.", "Suspension", "2019"),
        ("En visite mardi à Kiev, le ministre français a signé un accord de coproduction d'obus.", "Signature", "2024-06-04"),
        ("En visite mardi à Kiev, le ministre français a signé un accord de coproduction d'obus.", "CoProduction", "2024-06-04"),
        ("En mai 1986, il annonce que les États-Unis ne se considèrent plus liés par SALT II.", "Withdrawal", "1986-05"),
        ("« C'est fini », a tranché le 6 juin le ministre, en annonçant que Moscou suspendait le traité FCE.", "Suspension", "2024-06-06"),
        ("Le Conseil a prorogé jeudi l'embargo sur les armes visant la Somalie, ainsi que les sanctions contre les Chabab.", "Sanction", "2024-06-06"),
        ("Le traité de Pelindaba est entré en vigueur le 15 juillet 2009, avec la ratification du Burundi.", "Ratification", "2009-07-15"),
        ("À l'issue d'un entretien avec son homologue turc, jeudi à Ankara, le ministre polonais a signé un contrat.", "Meeting", "2024-06-06"),
        ("La Corée du Nord a tiré dimanche deux missiles ; Séoul a aussitôt dénoncé une provocation.", "Accusation", "2024-06-09"),
        ("L'Allemagne a livré en mars deux Iris-T à Kiev. Dans le même temps, elle a suspendu ses exportations d'obus vers Israël.", "TransferSuspension", "2024-03"),
        ("Le 12 mars, le juge a ordonné à Rome de suspendre sous dix jours les livraisons d'armes à Riyad.", "TransferSuspension", "2024-03-12"),
        ("L'Inde a confirmé jeudi l'essai d'un missile Agni-5 le 3 juin.", "WeaponTest", "2024-06-03"),
    ],
)  # fmt: skip
def test_a_date_is_shared(extractor: Extractor, text: str, kind: str, edtf: str) -> None:
    assert days(extractor, text).get(kind) == edtf


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Le 4 juin, Moscou a annoncé que l'Iran avait testé un missile Shahab-3.", "WeaponTest"),
        ("Le 4 juin, l'Estonie a annoncé que la Lettonie dénoncerait la convention d'Ottawa.", "Withdrawal"),
        ("La France a envoyé mardi un conseiller au Mali, où la Russie a déployé des Pantsir.", "Deployment"),
        ("Le 4 juin, la Pologne a livré des T-72 à l'Ukraine et déploiera une batterie Patriot près de Lublin.", "Deployment"),
        ("Le 4 juin, la Pologne a livré des T-72 à l'Ukraine ; elle a déployé une batterie Patriot près de Lublin.", "Deployment"),
        ("Le pays révèle le programme le 24 mars 1993, devant le Parlement ; l'AIEA visite le site de Pelindaba.", "Inspection"),
        ("L'accord paraphé en mai prévoit que Séoul livrera 48 obusiers K9 à Varsovie.", "ArmsTransfer"),
    ],
)  # fmt: skip
def test_a_date_is_not_shared(extractor: Extractor, text: str, kind: str) -> None:
    found = days(extractor, text)
    assert kind in found
    assert found[kind] is None


def test_what_is_due_lies_ahead_whatever_was_signed(extractor: Extractor) -> None:
    text = "Les délégués ont paraphé un cessez-le-feu de cent jours, qui doit s'appliquer à partir du 3 août."
    assert days(extractor, text)["EntryIntoForce"] == "2024-08-03"


def test_what_is_named_counts_from_the_day_told_behind_it(extractor: Extractor) -> None:
    text = "Trois jours après l'attaque au sarin de Khan Cheikhoun, le 7 avril 2017, les États-Unis ont livré des missiles Stinger à Oslo."
    assert days(extractor, text)["WeaponUse"] == "2017-04-04"


def test_a_day_right_behind_what_is_named_is_its_own(extractor: Extractor) -> None:
    text = "La Pologne a reçu ses chars quatre mois après avoir signé, en août 2022."
    assert days(extractor, text)["Signature"] == "2022-08"


@pytest.mark.parametrize(
    ("text", "kind", "edtf"),
    [
        ("L'utilisation de missiles Iskander par la Russie contre Kiev, le 3 juin, a été dénoncée par Oslo.", "WeaponUse", "2024-06-03"),
        ("Le Pakistan a dénoncé les tirs de missiles de l'Inde contre Lahore, le 3 juin, près de la frontière.", "WeaponUse", "2024-06-03"),
        ("Peu après la signature, le 3 juin, de l'accord militaire par Oslo et Kiev, la Russie a menacé la Norvège.", "Signature", "2024-06-03"),
        ("Ce tir intervient un an après l'échec d'un tir d'essai du missile Agni-5 au large de l'Odisha, le 3 juin 2023.", "WeaponTest", "2023-06-03"),
        ("Tokyo et Washington ont annoncé en mai le déploiement de missiles Typhon au Japon en 2026.", "Deployment", "2026"),
    ],
)  # fmt: skip
def test_a_date_within_the_phrase_of_a_noun_is_its_own(extractor: Extractor, text: str, kind: str, edtf: str) -> None:
    assert days(extractor, text).get(kind) == edtf


@pytest.mark.parametrize(
    "text",
    [
        "Dans une interview diffusée dimanche par la NRK, Dmitri Medvedev a menacé la Finlande.",
        "Dmitri Medvedev a menacé la Finlande de nouvelles frappes lors d'un discours prononcé dimanche à Pskov.",
        "Lors d'une conférence de presse tenue dimanche à Pskov, Dmitri Medvedev a menacé la Finlande.",
        "Lors d'un discours, dimanche à Pskov, Dmitri Medvedev a menacé la Finlande.",
    ],
)
def test_what_is_done_by_words_has_the_day_of_the_speech(extractor: Extractor, text: str) -> None:
    assert days(extractor, text)["Warning"] == "2024-06-09"


def test_what_is_told_by_a_report_has_not_its_day(extractor: Extractor) -> None:
    assert days(extractor, "Selon un rapport publié dimanche, Dmitri Medvedev a menacé la Finlande.")["Warning"] is None
