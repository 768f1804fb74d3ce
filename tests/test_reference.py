"""The reference data as the extractor gets it: who there is, how texts name them, and a few facts."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from kg.ids import entity_iri, fold
from kg.model import Name, NameForm, Reference
from kg.namespaces import ACR
from kg.reference import load
from kg.settings import ROOT

FOLDER = ROOT / "seeds" / "reference"


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load(FOLDER)


def names_of(reference: Reference, iri: str, form: NameForm, language: str = "fr") -> set[str]:
    return {n.text for n in reference.names if (n.entity, n.form, n.language) == (iri, form, language)}


def called(reference: Reference, text: str) -> dict[str, Name]:
    """What a French text may mean by these words: entity (below acr:) to its name."""
    found = [n for n in reference.names if n.language == "fr" and fold(n.text) == fold(text)]
    return {name.entity.removeprefix(ACR): name for name in found}


def test_entities_of_each_class_are_there(reference: Reference) -> None:
    kinds = Counter(entity.kind for entity in reference.entities.values())
    assert kinds["State"] == 207
    least = {
        "Person": 750,
        "Treaty": 150,
        "WeaponSystem": 490,
        "WeaponCategory": 180,
        "Place": 500,
        "Gathering": 200,
        "Conflict": 40,
        "InternationalOrganization": 50,
        "GovernmentBody": 85,
        "Company": 70,
        "MediaOutlet": 120,
        "ArmedGroup": 12,
    }
    assert {kind for kind, count in least.items() if kinds[kind] < count} == set()


def test_a_state_has_names_adjectives_prefix_and_metonyms(reference: Reference) -> None:
    russia = entity_iri("State", "RUS")
    assert reference.entities[russia].label == "Russie"
    assert names_of(reference, russia, NameForm.ALIAS) == {"Fédération de Russie", "Fédération russe"}
    assert names_of(reference, russia, NameForm.ADJECTIVE) == {"russe", "russes"}
    assert names_of(reference, russia, NameForm.PREFIX) == {"russo-"}
    assert names_of(reference, russia, NameForm.METONYM) == {"Moscou", "Kremlin", "place Smolenskaïa"}
    assert names_of(reference, russia, NameForm.LABEL, "en") == {"Russia"}


def test_adjectives_have_their_four_forms_and_variants(reference: Reference) -> None:
    forms = names_of(reference, entity_iri("State", "AZE"), NameForm.ADJECTIVE)
    assert forms == {
        "azerbaïdjanais",
        "azerbaïdjanaise",
        "azerbaïdjanaises",
        "azéri",
        "azérie",
        "azéris",
        "azéries",
    }


def test_prefixes_end_in_a_hyphen_and_nothing_else_does(reference: Reference) -> None:
    wrong = [n for n in reference.names if n.text.endswith("-") != (n.form is NameForm.PREFIX)]
    assert wrong == []


def test_the_metonym_of_a_state_wins_over_the_organisation(reference: Reference) -> None:
    meant = called(reference, "Pentagone")
    assert meant["state/USA"].form is NameForm.METONYM
    assert not meant["state/USA"].ambiguous
    assert meant["organization/united-states-department-of-defense"].ambiguous


def test_a_capital_is_a_place_and_a_metonym(reference: Reference) -> None:
    meant = called(reference, "Moscou")
    assert meant["place/moscou"].form is NameForm.LABEL
    assert meant["state/RUS"].form is NameForm.METONYM
    assert meant["state/SUN"].ambiguous
    assert reference.capitals[ACR + "place/moscou"] == ACR + "state/RUS"
    assert reference.capitals[ACR + "place/prague"] == ACR + "state/CZE"


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("May", "person/theresa-may"),
        ("Le Monde", "organization/le-monde"),
        ("CD", "organization/conference-on-disarmament"),
        ("Patriot", "weapon/patriot"),
        ("Rafale", "weapon/rafale"),
        ("Grenade", "state/GRD"),
        ("vecteur", "weapon-category/vecteur"),
        ("START", "treaty/new-start"),
        ("Bruxelles", "state/BEL"),
    ],
)
def test_names_that_mostly_mean_something_else_are_ambiguous(reference: Reference, text: str, entity: str) -> None:
    assert called(reference, text)[entity].ambiguous


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("missiles Patriot", "weapon/patriot"),
        ("avions Rafale", "weapon/rafale"),
        ("Kalibr", "weapon/kalibr"),
        ("Sergueï Lavrov", "person/sergey-lavrov"),
        ("Lavrov", "person/sergey-lavrov"),
        ("traité sur les forces nucléaires à portée intermédiaire", "treaty/inf"),
        ("TNP", "treaty/npt"),
        ("TIAN", "treaty/tpnw"),
        ("TCA", "treaty/att"),
        ("traité Ciel ouvert", "treaty/open-skies"),
        ("convention d'Ottawa", "treaty/aplc"),
        ("accord sur le nucléaire iranien", "treaty/jcpoa"),
        ("conflit ukrainien", "conflict/ukraine-war"),
        ("Kapoustine Iar", "place/kapoustine-iar"),
        ("forum de Vladivostok", "gathering/eastern-economic-forum-2019"),
        ("sommet du G20 à Osaka", "gathering/g20-osaka"),
        ("Otan", "organization/north-atlantic-treaty-organization"),
    ],
)
def test_names_that_the_press_uses_are_known(reference: Reference, text: str, entity: str) -> None:
    assert not called(reference, text)[entity].ambiguous


@pytest.mark.parametrize(
    ("category", "forms"),
    [
        ("missile-sol-air", {"missile sol-air", "missiles sol-air", "missiles antiaériens"}),
        ("missile-hypersonique", {"armes hypersoniques", "systèmes de missiles hypersoniques"}),
        ("missile-croisiere-naval", {"missile de croisière naval", "missiles de croisière navals"}),
        ("icbm", {"missiles balistiques intercontinentaux", "missiles intercontinentaux", "ICBM"}),
        ("defense-antimissile", {"bouclier antimissile", "bouclier anti-missile", "systèmes antimissiles"}),
        ("defense-aerienne", {"systèmes de défense aérienne", "systèmes de défense antiaérienne"}),
        ("tete-nucleaire", {"tête nucléaire", "têtes nucléaires", "ogives nucléaires"}),
        ("mine-antipersonnel", {"mines antipersonnel", "mines antipersonnelles", "mines anti-personnel"}),
        ("bombe-sous-munitions", {"armes à sous-munitions", "bombes à sous-munitions"}),
        ("drone-naval", {"drones navals", "drones marins"}),
        ("machine-outil", {"machines-outils"}),
    ],
)
def test_categories_have_the_forms_that_texts_use(reference: Reference, category: str, forms: set[str]) -> None:
    iri = entity_iri("WeaponCategory", category)
    known = names_of(reference, iri, NameForm.ALIAS) | names_of(reference, iri, NameForm.LABEL)
    assert forms - known == set()


def test_the_tenure_of_a_minister_has_its_days(reference: Reference) -> None:
    lavrov = [t for t in reference.tenures if t.person == ACR + "person/sergey-lavrov"]
    assert [(t.office, t.office_type, t.body, t.earliest, t.latest) for t in lavrov] == [
        (
            "ministre des Affaires étrangères de Russie",
            "foreign minister",
            ACR + "state/RUS",
            "2004-03-09",
            None,
        )
    ]


def test_a_tenure_known_to_the_year_is_widened_to_its_days(reference: Reference) -> None:
    (starmer,) = [t for t in reference.tenures if t.person == ACR + "person/keir-starmer"]
    assert (starmer.earliest, starmer.latest) == ("2024-07-05", "2026-12-31")


def test_treaties_of_few_have_parties_of_today(reference: Reference) -> None:
    parties = {iri: set(states) for iri, states in reference.parties.items()}
    assert parties[ACR + "treaty/new-start"] == {ACR + "state/USA", ACR + "state/RUS"}
    assert parties[ACR + "treaty/inf"] == {ACR + "state/USA", ACR + "state/RUS"}
    assert parties[ACR + "treaty/salt-1"] == {ACR + "state/USA", ACR + "state/SUN"}
    assert ACR + "treaty/npt" not in parties
    assert max(map(len, parties.values())) == 4


def test_treaties_weapons_and_gatherings_have_their_facts(reference: Reference) -> None:
    assert reference.places[ACR + "place/natanz"] == ACR + "state/IRN"
    assert reference.historical == {ACR + f"state/{old}" for old in ("SUN", "YUG", "SCG", "CSK", "DDR")}
    assert reference.treaty_dates[ACR + "treaty/new-start"] == ("2010-04-08", "2026-02-05")
    assert reference.treaty_dates[ACR + "treaty/fmct"] == (None, None)
    assert reference.origins[ACR + "weapon/s-400"] == ACR + "state/RUS"
    assert reference.categories[ACR + "weapon/s-400"] == ACR + "weapon-category/defense-aerienne"
    assert reference.categories[ACR + "weapon-category/icbm"] == ACR + "weapon-category/missile-balistique"
    osaka = (ACR + "place/osaka", "2019-06-28", "2019-06-29")
    assert reference.gatherings[ACR + "gathering/g20-osaka"] == osaka


def test_every_weapon_is_of_a_category_that_leads_to_the_top(reference: Reference) -> None:
    top = ACR + "weapon-category/arme"
    for iri, entity in reference.entities.items():
        if entity.kind == "WeaponSystem":
            path = [iri]
            while path[-1] != top:
                path.append(reference.categories[path[-1]])
                assert len(path) < 12, path


def test_the_version_changes_with_the_files_alone(reference: Reference, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(FOLDER, tmp_path / "elsewhere"))
    assert load(copy).version == reference.version
    table = copy / "weapons" / "weapons.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("Kinjal", "Kindjal"), encoding="utf-8")
    assert load(copy).version != reference.version
