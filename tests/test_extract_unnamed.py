"""Events whose agents or items have no name of their own: people of a body spoken of, so many weapons, units and ships of a state."""

from __future__ import annotations

import pytest

from kg.extract import Extractor
from kg.model import Document

FIELD = "Les états-majors et les militaires suivent de près le désarmement nucléaire."
"""Says that the text is about arms, as articles on them do before long."""


def told(extractor: Extractor, text: str) -> list[tuple[str, dict[str, set[str]]]]:
    """Each event's class with its fillers by role."""
    extraction = extractor.extract(Document("a", f"{FIELD} {text}", "a.txt", issued="2024-06-12"))
    found = []
    for event in extraction.events:
        roles: dict[str, set[str]] = {}
        for filler in event.fillers:
            roles.setdefault(filler.role, set()).add(filler.entity.rsplit("/", 1)[-1])
        found.append((event.kind, roles))
    return found


@pytest.mark.parametrize(
    ("text", "kind", "role", "filler"),
    [
        ("Des patrouilleurs et des corvettes omanais ont rallié Aden.", "Deployment", "place", "aden"),
        ("Deux bombardiers B-52 ont survolé la mer Noire.", "Deployment", "place", "mer-noire"),
        ("Deux sous-marins chinois ont été aperçus au large d'Oman.", "Deployment", "agent", "CHN"),
        ("Une centaine de militaires danois sont restés en Estonie.", "Deployment", "agent", "DNK"),
        ("Le Togo quitte la convention qui bannit les mines antipersonnel.", "Withdrawal", "treaty", "aplc"),
        ("Le sommet Macron-Modi s'est tenu à Marseille.", "Meeting", "participant", "narendra-modi"),
        ("L'Autriche achète un système de défense antimissile Arrow.", "ArmsTransfer", "item", "arrow-3"),
        ("Tir d'essai réussi pour l'Agni-II.", "WeaponTest", "item", "agni-2"),
        ("L'envoi d'obus au Pérou a été mis en attente par Lisbonne.", "TransferSuspension", "agent", "PRT"),
        ("Des soldats suédois ont pris leurs quartiers en Finlande.", "Deployment", "agent", "SWE"),
        ("La frappe de samedi contre un immeuble de Kharkiv a fait dix morts.", "WeaponUse", "place", "kharkiv"),
        ("Un drone a touché le toit d'un entrepôt de la région de Kherson.", "WeaponUse", "place", "kherson"),
        ("Le Botswana est entré mardi au TNP.", "Ratification", "treaty", "npt"),
        ("L'Iran a démantelé son centre d'essais de missiles.", "Dismantlement", "agent", "IRN"),
        ("Le directeur de l'AIEA a vu Emmanuel Macron à Nice.", "Meeting", "participant", "emmanuel-macron"),
        ("Un détachement de 80 instructeurs grecs est installé à Tobrouk.", "Deployment", "agent", "GRC"),
        ("Le système S-400 de Tartous est opérationnel.", "Deployment", "item", "s-400"),
        ("Le Togo réclame le déploiement de soldats béninois à Bamako.", "Deployment", "agent", "BEN"),
        ("La marine portugaise a fouillé un cargo au large de la Tunisie.", "Inspection", "agent", "PRT"),
        ("L'AIEA se tait. Une équipe de l'agence a visité Natanz.", "Inspection", "place", "natanz"),
        ("En un an, 1 800 missiles ont été détruits.", "Dismantlement", "item", "missile"),
        ("Le Niger ne détruira plus ses mines.", "Dismantlement", "item", "mine"),
        ("Les derniers Leopard 2 danois sont partis à la casse.", "Dismantlement", "item", "leopard-2"),
        ("Madrid gèle sa coopération militaire avec le Qatar.", "Suspension", "agent", "ESP"),
        ("Le missile Avangard équipe deux régiments de l'Oural.", "Deployment", "item", "avangard"),
        ("L'armée suédoise entraîne des soldats kényans.", "SecurityCooperation", "participant", "KEN"),
        ("L'Iran a accepté le retour des inspecteurs.", "Inspection", "target", "IRN"),
        ("La Syrie n'accueille plus d'inspecteurs.", "Inspection", "target", "SYR"),
        ("Téhéran a débranché les caméras de l'AIEA.", "Inspection", "target", "IRN"),
        ("Islamabad a proclamé un moratoire sur les essais de missiles.", "Suspension", "agent", "PAK"),
    ],
)
def test_who_or_what_has_no_name_still_acts(extractor: Extractor, text: str, kind: str, role: str, filler: str) -> None:
    assert any(event == kind and filler in roles.get(role, ()) for event, roles in told(extractor, text))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Le Caire a sorti le grand jeu, des Rafale aux missiles Scalp.", "Deployment"),
        ("Le Chili est lié par la convention d'Ottawa.", "SecurityCooperation"),
        ("Riyad a coupé le robinet des armes à Beyrouth.", "Dismantlement"),
        ("La Russie respecte les termes du traité New Start.", "Expiration"),
        ("La convention d'Ottawa a sauvé des milliers d'enfants.", "Extension"),
        ("Une frégate a repéré un missile dans la mer du Japon.", "Deployment"),
    ],
)
def test_other_uses_of_these_verbs_tell_no_event(extractor: Extractor, text: str, kind: str) -> None:
    assert kind not in {event for event, _ in told(extractor, text)}


def test_what_is_no_longer_received_is_told_once(extractor: Extractor) -> None:
    inspections = [r for event, r in told(extractor, "Minsk ne recevra plus d'inspections.") if event == "Inspection"]
    assert inspections == [{"target": {"BLR"}}]
