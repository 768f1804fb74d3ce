"""Verbs that the tagger takes for nouns, and what the rules for them leave alone."""

from __future__ import annotations

import pytest
from extracting import acts, read

from kg.extract import Extractor


@pytest.mark.parametrize(
    ("text", "kind", "fillers"),
    [
        ("Israël lui livre des missiles.", "ArmsTransfer", {"supplier:ISR", "item:missile"}),
        ("La France les équipe de missiles Mistral.", "Deployment", {"agent:FRA", "item:mistral"}),
        ("La Russie le menace de représailles nucléaires.", "Warning", {"agent:RUS"}),
        # a gerund
        ("La Libye s'est armée en copiant des missiles russes.", "WeaponDevelopment", {"agent:LBY", "item:missile"}),
        (
            "Tripoli a réagi en empoisonnant au sarin l'opposant Alexeï Navalny.",
            "WeaponUse",
            {"agent:LBY", "item:sarin"},
        ),
        ("Il faut dénoncer le traité FNI, que la Russie piétine.", "Violation", {"agent:RUS", "treaty:inf"}),
    ],
)
def test_a_form_behind_a_pronoun_or_a_subject_is_a_verb(
    extractor: Extractor, text: str, kind: str, fillers: set[str]
) -> None:
    events = acts(read(extractor, text))

    assert any(k == kind and fillers <= f for k, f in events), events


@pytest.mark.parametrize(
    "text", ["À Paris le commerce des armes recule.", "Pour Oslo les livres d'histoire parlent de missiles."]
)
def test_an_article_behind_a_name_makes_no_verb(extractor: Extractor, text: str) -> None:
    assert acts(read(extractor, text)) == []


@pytest.mark.parametrize(
    ("text", "kind", "fillers"),
    [
        # an approximation that may be an aside as well keeps its words apart
        ("Elle a employé au moins treize types de mines en Ukraine.", "WeaponUse", {"item:mine", "place:UKR"}),
        # the object of a phrase stands before its passive
        ("La quille de la frégate Cavour a été posée à Saint-Nazaire.", "WeaponDevelopment", {"item:cavour"}),
        # whose it is may be told behind the weapon's name; shells are not fired to try them
        (
            "Les talibans ont abattu un hélicoptère Chinook américain dans le Wardak.",
            "WeaponUse",
            {"agent:taliban", "target:USA"},
        ),
        ("En Ukraine, les forces de Moscou ont tiré des roquettes Grad.", "WeaponUse", {"agent:RUS", "item:grad"}),
        (
            "La Turquie a engagé des chars Leclerc contre les Houthis.",
            "WeaponUse",
            {"agent:TUR", "item:leclerc", "target:houthis"},
        ),
        # where it strikes is enough
        (
            "Kharkiv a de nouveau été pilonnée jeudi par des paramilitaires, au moyen de missiles.",
            "WeaponUse",
            {"place:kharkiv"},
        ),
        # a possessive may mean a weapon
        ("Le missile Sarmat a réussi son premier tir.", "WeaponTest", {"item:sarmat"}),
        ("Le Sarmat inquiète Kiev. Son premier tir a eu lieu en 2022.", "WeaponTest", {"item:sarmat"}),
    ],
)
def test_what_is_counted_undergone_or_owned(extractor: Extractor, text: str, kind: str, fillers: set[str]) -> None:
    events = acts(read(extractor, text))

    assert any(k == kind and fillers <= f for k, f in events), events


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # what a weapon is able to do happened to nobody
        ("L'Iran a tiré un missile capable d'atteindre Israël.", "WeaponUse"),
        ("Les lanceurs installés en Roumanie pourraient tirer des Tomahawk.", "WeaponTest"),
        ("L'Algérie a une frégate capable de déployer des missiles Kalibr au large du Maroc.", "Deployment"),
        # nor did what one has enough for
        ("Le Kazakhstan dispose d'assez d'uranium pour fabriquer une trentaine de bombes atomiques.", "WeaponDevelopment"),
        ("La junte birmane aurait désormais de quoi produire des missiles Scud.", "WeaponDevelopment"),
        # nothing leaves where a preposition only tells from when on
        ("Le Leopard 2 sera produit à partir de 2030 en Allemagne.", "ArmsTransfer"),
        # to dismantle a programme is not to pursue it
        ("Séoul a accepté de démanteler son programme nucléaire.", "WeaponDevelopment"),
        # what a charter is on has not been done
        ("La charte d'Istanbul comporte des mesures de limitation des armements.", "Dismantlement"),
        # a word within the name of a weapon is no event
        ("L'armée du Niger a saisi 42 fusils d'assaut AK-47 venus de Libye.", "WeaponUse"),
        # to mount a weapon on something builds none; a surprise is not built
        ("Ankara a monté des missiles antichars sur le drone.", "WeaponDevelopment"),
        ("La Serbie a créé la surprise en commandant douze Rafale.", "WeaponDevelopment"),
        # it is a measure that strikes
        ("Les sanctions de l'ONU frappent de nouveau l'Iran, privé de missiles.", "WeaponUse"),
        # who applies a treaty breaches none
        ("Le Sénégal applique ainsi la convention d'Ottawa.", "Violation"),
        # another thing takes effect
        ("Le traité FCE est mort. La loi qui en suspend l'exécution a pris effet le 28 mai.", "EntryIntoForce"),
        ("Aujourd'hui prend effet le retrait de la Lituanie de la Convention sur les armes à sous-munitions.", "EntryIntoForce"),
    ],
)  # fmt: skip
def test_what_is_no_event(extractor: Extractor, text: str, kind: str) -> None:
    assert kind not in [k for k, _ in acts(read(extractor, text))]


def test_a_nuclear_test_is_none_of_a_missile(extractor: Extractor) -> None:
    text = (
        "Le 2 mars, l'Iran a procédé à trois tirs d'essai de missiles. "
        "Téhéran annonce avoir procédé à son premier essai nucléaire."
    )
    tests = [fillers for kind, fillers in acts(read(extractor, text)) if kind == "WeaponTest"]
    assert sorted(tests, key=len) == [{"agent:IRN"}, {"agent:IRN", "item:missile"}]
