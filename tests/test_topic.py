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


def kinds(extractor: Extractor, text: str) -> list[str]:
    return [event.kind for event in extractor.extract(Document("d", text, "d.txt", issued="2025-03-10")).events]


@pytest.mark.parametrize("text", [MATCH, STRIKE], ids=["sport", "labour"])
def test_figures_of_speech_are_no_events(extractor: Extractor, text: str) -> None:
    assert kinds(extractor, text) == []


def test_what_names_a_treaty_is_read_in_any_text(extractor: Extractor) -> None:
    assert kinds(extractor, AWARD) == ["Withdrawal"]


def test_a_few_words_of_another_field_leave_a_text_on_arms_what_it_is(extractor: Extractor) -> None:
    text = (
        "Devant le stade, le club et le festival, la Suède a accusé mercredi la Russie d'avoir brouillé ses radars militaires. "
        "Des missiles Iskander ont été déployés par Moscou à Kaliningrad, et l'armée suédoise a mené des manœuvres navales."
    )
    assert "Accusation" in kinds(extractor, text)
