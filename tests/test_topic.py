"""Texts of other fields borrow the words of war; what they tell is no event of arms."""

from __future__ import annotations

import pytest

from kg.extract import Extractor
from kg.model import Document

MATCH = """Le missile de Lindqvist foudroie Malmö

L'attaquante suédoise a dégainé dès la troisième minute de ce match de handball. Le bombardement a duré toute la première mi-temps :
les joueuses danoises, prises sous le feu, ont refusé de désarmer. L'entraîneur norvégien a accusé l'arbitre d'avoir saboté
le tournoi. Devant les supporters, la Suède a rejeté les critiques. La Norvège et le Danemark se rencontreront mercredi à Oslo pour
l'autre ticket. Le championnat est une guerre, et l'arsenal offensif suédois a fait peur à Copenhague."""

STRIKE = """Les cheminots belges sortent l'artillerie lourde

Les syndicats ont lancé un ultimatum au gouvernement belge. La grève, arme atomique des salariés, frappera tous les usagers jeudi.
Le Premier ministre a dénoncé une prise d'otages et rejeté l'offensive. Bruxelles a sanctionné deux grévistes, et la CGT française
a promis des renforts à ses camarades."""

AWARD = """Le festival récompense un film sur les mines

Le festival a primé vendredi à Locarno un film cambodgien, et l'actrice a fait pleurer les spectateurs du théâtre. Dans la salle, le musée de la
paix avait prêté ses albums. Au même moment, la Lituanie s'est retirée de la Convention sur les armes à sous-munitions, a rappelé la cinéaste."""


PIPELINE = """Minsk ferme les vannes à Vilnius

La Biélorussie a menacé lundi de suspendre ses livraisons à la Lituanie. Le groupe gazier d'État accuse Vilnius de ne pas payer le méthanier
de mars. Le Premier ministre lituanien et son homologue letton se sont entretenus à Riga du gazoduc balte. Vilnius dénonce un chantage,
et refuse de céder : ses hydrocarbures viendront de Norvège. L'arrêt des livraisons à la Lituanie frappe aussi deux raffineries."""

LINERS = """Cent monocouloirs pour Icelandair

Airbus a livré vendredi à Icelandair son premier long-courrier, et l'Islande en attend trente autres. La compagnie a signé à Hambourg une
commande ferme de cent monocouloirs. Finnair Airlines avait suspendu la sienne. Boeing a remis six gros-porteurs à la Norvège."""

MIGRANTS = """Rome et Tunis se retrouvent

La présidente du Conseil italien a rencontré lundi à Tunis son homologue, et l'accord migratoire a été signé. L'Italie accuse les
passeurs d'envoyer les migrants en mer. La Tunisie a rejeté les demandes d'asile déposées au large. Rome déploiera deux navires."""

REACTORS = """Un chantier à Temelin

Prague et le coréen KHNP ont signé jeudi l'accord qui lance le chantier de la centrale nucléaire, huit mille mégawatts en tout. EDF accuse
Séoul de dumping et a saisi Bruxelles. La Tchéquie a rejeté l'offre du français. Les deux réacteurs seront construits avec Séoul."""


def kinds(extractor: Extractor, text: str) -> list[str]:
    return [event.kind for event in extractor.extract(Document("d", text, "d.txt", issued="2025-03-10")).events]


@pytest.mark.parametrize(
    "text",
    [MATCH, STRIKE, PIPELINE, LINERS, MIGRANTS, REACTORS],
    ids=["sport", "labour", "energy", "liners", "migrants", "reactors"],
)
def test_figures_of_speech_are_no_events(extractor: Extractor, text: str) -> None:
    assert kinds(extractor, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Le Portugal a ratifié le protocole de Kyoto.",
        "La Norvège s'est retirée de la convention de Ramsar.",
        "Le traité de Tartu est entré en vigueur à la satisfaction des électeurs estoniens.",
    ],
)
def test_a_treaty_of_another_field_is_none_of_ours(extractor: Extractor, text: str) -> None:
    assert kinds(extractor, text) == []


def test_a_treaty_named_after_a_place_is_read_among_arms(extractor: Extractor) -> None:
    text = (
        "Le traité de Tartu est entré en vigueur. Il interdit aux deux armées les obusiers et les mines à la frontière."
    )
    assert kinds(extractor, text)[:1] == ["EntryIntoForce"]


def test_what_names_a_treaty_is_read_in_any_text(extractor: Extractor) -> None:
    assert kinds(extractor, AWARD) == ["Withdrawal"]


def test_a_few_words_of_another_field_leave_a_text_on_arms_what_it_is(extractor: Extractor) -> None:
    text = (
        "Devant le stade, le club et le festival, la Suède a accusé mercredi la Russie d'avoir brouillé ses radars militaires. "
        "Des missiles Iskander ont été déployés par Moscou à Kaliningrad, et l'armée suédoise a mené des manœuvres navales."
    )
    assert "Accusation" in kinds(extractor, text)


def test_what_lacks_a_condition_is_told_where_its_sentence_speaks_of_conflict(extractor: Extractor) -> None:
    assert "Accusation" in kinds(extractor, "Le Botswana est accusé de préparer une invasion de la Namibie.")


def test_what_lacks_a_condition_is_not_told_in_a_text_of_another_field(extractor: Extractor) -> None:
    text = (
        "Sur le papier, le Botswana est accusé de jouer la Namibie au Leopard 2. Ses supporters rempliront le stade de Windhoek, "
        "et le sélectionneur craint les penaltys de ses attaquants, devant un arbitre de handball, lors du match du championnat."
    )
    assert kinds(extractor, text) == []


def test_those_aboard_a_station_do_not_make_a_shot_at_a_satellite_a_matter_of_science(extractor: Extractor) -> None:
    text = (
        "Tokyo accuse Pékin d'avoir détruit l'un de ses satellites d'un tir. Les débris menacent les astronautes de la station. "
        "Deux cosmonautes se sont réfugiés dans leur capsule, selon un astronome. Les astronautes sont rentrés indemnes."
    )
    assert "Accusation" in kinds(extractor, text)
