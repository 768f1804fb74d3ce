"""What the extractor reads in sentences of every kind: names, roles, modality, polarity, claimants, time, merging."""

from __future__ import annotations

import pytest

from kg.extract import Extractor
from kg.model import Document, Extraction


def tail(iri: str | None) -> str | None:
    return iri.rsplit("/", 1)[-1] if iri else None


def read(extractor: Extractor, text: str, issued: str | None = None) -> Extraction:
    return extractor.extract(Document("d", text, "d.txt", issued=issued))


def told(extraction: Extraction) -> dict[str, dict[str, set[str]]]:
    """Event classes to roles to the last parts of their fillers' IRIs."""
    events: dict[str, dict[str, set[str]]] = {}
    for event in extraction.events:
        roles = events.setdefault(event.kind, {})
        for filler in event.fillers:
            roles.setdefault(filler.role, set()).add(str(tail(filler.entity)))
    return events


def presented(extraction: Extraction, kind: str) -> set[tuple[str, str, str | None]]:
    iris = {e.iri for e in extraction.events if e.kind == kind}
    return {(c.modality.value, c.polarity.value, tail(c.claimant)) for c in extraction.claims if c.event in iris}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Moscou et le Kremlin visent la Russie.", {"RUS"}),
        ("Le traité FNI liait les deux pays.", {"inf"}),
        ("Le S-400 et le F 35 volent.", {"s-400", "f-35"}),
        ("Des missiles de croisière ont été livrés.", {"missile-croisiere"}),
        ("Le ministre Sergueï Lavrov a parlé.", {"sergey-lavrov"}),
        ("La réunion s'est tenue à Pékin.", {"pekin"}),
        ("Le général Anselme Torrebrun a salué ses hommes.", {"anselme-torrebrun"}),
        ("Le missile Valkyr-7 a été présenté.", {"missile", "Valkyr-7"}),
        ("Selon l'Observatoire des frontières maritimes, rien n'a bougé.", {"observatoire-des-frontieres-maritimes"}),
        ("La firme tchèque Dravko a vendu des obus.", {"Dravko", "CZE"}),
        ("Les ONG Terre Calme, Havre-Clair et Dunel protestent.", {"terre-calme", "Havre-Clair", "Dunel"}),
        ("Le Comité de contrôle des envois sensibles (CCES) a bloqué la vente.", {"CCES"}),
        ("Le maire de Tallinn, Rein Kallaste, proteste.", {"rein-kallaste"}),
        ("Le destroyer USS Ravensby a tiré trois missiles.", {"uss-ravensby"}),
        ("L'Inde a testé un missile Agni-I.", {"agni-1"}),
        ("L'Iran a montré un missile Sayyad-3.", {"sayyad"}),
        ("La version export, le KX-27B, est un missile de croisière.", {"KX-27B"}),
    ],
)
def test_names_are_linked(extractor: Extractor, text: str, names: set[str]) -> None:
    assert {tail(m.entity) for m in read(extractor, text).mentions} >= names


def test_a_name_that_opens_the_next_sentence_is_of_no_title_before_it(extractor: Extractor) -> None:
    text = "Narendra Modi a reçu dimanche le président brésilien. Emmanuel Macron est attendu demain."
    assert told(read(extractor, text, "2024-06-12"))["Meeting"]["participant"] == {"narendra-modi", "BRA"}


def test_an_unknown_weapon_is_an_entity_of_its_own(extractor: Extractor) -> None:
    extraction = read(extractor, "L'armée a montré le missile Valkyr-7.")
    (entity,) = [e for e in extraction.entities if e.kind == "WeaponSystem"]
    assert (entity.label, entity.reconciled) == ("Valkyr-7", False)


@pytest.mark.parametrize(
    "text", ["Les munitions de l'IRA ont été détruites.", "Airbus vendra au Chili six avions de type A320."]
)
def test_an_airliner_or_an_owner_of_arms_is_no_weapon(extractor: Extractor, text: str) -> None:
    assert not [e for e in read(extractor, text).entities if e.kind == "WeaponSystem"]


def test_who_lifts_a_moratorium_on_tests_has_not_tested(extractor: Extractor) -> None:
    extraction = read(extractor, "Islamabad a levé son moratoire sur les essais nucléaires.")
    assert [e.kind for e in extraction.events] == ["Suspension"]
    assert [c.polarity.value for c in extraction.claims] == ["Negated"]


@pytest.mark.parametrize(
    ("text", "kind", "roles"),
    [
        ("La France a livré des canons Caesar à l'Ukraine.", "ArmsTransfer", {"supplier": {"FRA"}, "recipient": {"UKR"}, "item": {"caesar"}}),
        ("Des missiles ont été livrés à l'Iran par la Chine.", "ArmsTransfer", {"supplier": {"CHN"}, "recipient": {"IRN"}, "item": {"missile"}}),
        ("La livraison de drones à l'Éthiopie par la Turquie inquiète.", "ArmsTransfer", {"supplier": {"TUR"}, "recipient": {"ETH"}, "item": {"drone"}}),
        ("L'Inde a commandé des Rafale à la France.", "ArmsTransfer", {"supplier": {"FRA"}, "recipient": {"IND"}, "item": {"rafale"}}),
        ("La Pologne et la Roumanie ont acheté des chars à la Corée du Sud.", "ArmsTransfer", {"supplier": {"KOR"}, "recipient": {"POL", "ROU"}, "item": {"char"}}),
        ("Paris a proposé à Athènes de vendre des frégates.", "TransferOffer", {"supplier": {"FRA"}, "recipient": {"GRC"}, "item": {"fregate"}}),
        ("Pyongyang a procédé à un tir de missile balistique.", "WeaponTest", {"agent": {"PRK"}, "item": {"missile-balistique"}}),
        ("La Russie s'est retirée du traité Ciel ouvert.", "Withdrawal", {"agent": {"RUS"}, "treaty": {"open-skies"}}),
        ("Le retrait américain du traité FNI a surpris.", "Withdrawal", {"agent": {"USA"}, "treaty": {"inf"}}),
        ("Washington accuse Moscou d'avoir enfreint le traité FNI.", "Violation", {"agent": {"RUS"}, "treaty": {"inf"}}),
        ("Washington accuse Moscou d'avoir enfreint le traité FNI.", "Accusation", {"agent": {"USA"}, "target": {"RUS"}}),
        ("L'OIAC a sanctionné la Syrie pour ses armes chimiques.", "Sanction", {"target": {"SYR"}}),
        ("Le traité New START est entré en vigueur en 2011.", "EntryIntoForce", {"treaty": {"new-start"}}),
        ("Le traité New START expirera en 2026.", "Expiration", {"treaty": {"new-start"}}),
        ("La Russie a déployé des missiles Iskander à Kaliningrad.", "Deployment", {"agent": {"RUS"}, "item": {"iskander-m"}, "place": {"kaliningrad"}}),
        ("Selon Axios, Paris et Rome ont négocié une trêve navale à Alger.", "Negotiation", {"participant": {"FRA", "ITA"}, "place": {"alger"}}),
        ("Téhéran et Washington ont repris vendredi à Rome leurs pourparlers sur les missiles.", "Negotiation", {"participant": {"IRN", "USA"}}),
        ("L'accord de défense avec Oslo, signé en mars par Varsovie, couvre les drones.", "Signature", {"treaty": {"accord-de-defense"}, "agent": {"POL"}}),
        ("Des inspecteurs lituaniens ont survolé la Biélorussie au titre du traité Ciel ouvert.", "Inspection", {"agent": {"LTU"}, "target": {"BLR"}, "treaty": {"open-skies"}}),
        ("En visite à Oslo, le ministre polonais de la Défense a promis des missiles.", "Meeting", {"participant": {"POL"}, "place": {"oslo"}}),
        ("Oslo débloque une enveloppe d'aide militaire pour Kiev.", "SecurityCooperation", {"participant": {"NOR", "UKR"}}),
        ("Séoul a rejeté l'offre de missiles de Washington.", "Rejection", {"agent": {"KOR"}, "target": {"USA"}}),
    ],
)  # fmt: skip
def test_roles_are_filled(extractor: Extractor, text: str, kind: str, roles: dict[str, set[str]]) -> None:
    found = told(read(extractor, text))
    assert kind in found
    assert {role: found[kind].get(role, set()) for role in roles} == roles


@pytest.mark.parametrize(
    ("text", "kind", "claim"),
    [
        ("La France a livré des chars à Kiev.", "ArmsTransfer", ("Actual", "Affirmed", None)),
        ("La France n'a pas livré de chars à Kiev.", "ArmsTransfer", ("Actual", "Negated", None)),
        ("La France livrera des chars à Kiev.", "ArmsTransfer", ("Planned", "Affirmed", None)),
        ("La France pourrait livrer des chars à Kiev.", "ArmsTransfer", ("Possible", "Affirmed", None)),
        ("La France aurait livré des chars à Kiev.", "ArmsTransfer", ("Possible", "Affirmed", None)),
        ("La France refuse de livrer des chars à Kiev.", "ArmsTransfer", ("Actual", "Negated", None)),
        ("L'embargo sur les armes visant le Liberia a expiré.", "TransferSuspension", ("Actual", "Negated", None)),
        ("L'embargo sur les armes visant le Liberia expirera.", "TransferSuspension", ("Planned", "Negated", None)),
        ("L'embargo sur les armes contre l'Iran n'a pas expiré.", "TransferSuspension", ("Actual", "Affirmed", None)),
        ("L'ONU lèvera son embargo sur les armes contre la Birmanie.", "TransferSuspension", ("Planned", "Negated", None)),
        ("La France livrera-t-elle des chars à Kiev ?", "ArmsTransfer", ("Possible", "Affirmed", None)),
        ("Selon Berlin, la France a livré des chars à Kiev.", "ArmsTransfer", ("Actual", "Affirmed", "DEU")),
        ("Moscou affirme que la France a livré des chars à Kiev.", "ArmsTransfer", ("Actual", "Affirmed", "RUS")),
        ("Moscou a annoncé qu'il livrerait des chars à Minsk.", "ArmsTransfer", ("Planned", "Affirmed", "RUS")),
        ("« Nous livrerons des chars à Kiev », a déclaré Emmanuel Macron.", "ArmsTransfer", ("Planned", "Affirmed", "emmanuel-macron")),
        ("Téhéran a démenti avoir livré des drones à Moscou.", "ArmsTransfer", ("Actual", "Negated", "IRN")),
        ("Moscou dément avoir livré des drones au Tchad.", "ArmsTransfer", ("Actual", "Negated", "RUS")),
        ("La Turquie dément avoir commandé des obus au Ghana.", "ArmsTransfer", ("Actual", "Negated", "TUR")),
        ("Téhéran dément vouloir livrer des drones au Niger.", "ArmsTransfer", ("Planned", "Negated", "IRN")),
        ("Le Japon réclame des sanctions après le tir d'un missile chinois.", "WeaponTest", ("Actual", "Affirmed", None)),
        ("L'Otan a menacé Minsk de sanctions si Minsk livrait des obus au Mali.", "ArmsTransfer", ("Possible", "Affirmed", None)),
        ("L'Otan a menacé l'Iran de sanctions.", "Sanction", ("Possible", "Affirmed", None)),
        ("Oslo livrera dix missiles à Lima, a déclaré, lundi 3 juin, à Quito, le ministre norvégien de la Défense.", "ArmsTransfer", ("Planned", "Affirmed", "NOR")),
        ("L'Algérie dément que Moscou lui ait livré des Su-57.", "ArmsTransfer", ("Actual", "Negated", "DZA")),
        ("Le Maroc dément qu'Israël lui ait vendu un satellite espion.", "ArmsTransfer", ("Actual", "Negated", "MAR")),
        ("Ankara dément que la Turquie leur ait vendu des drones.", "ArmsTransfer", ("Actual", "Negated", "TUR")),
        ("Pékin nie que Moscou lui ait livré des obus.", "ArmsTransfer", ("Actual", "Negated", "CHN")),
        ("Washington accuse Téhéran d'avoir livré des drones à Moscou.", "ArmsTransfer", ("Actual", "Affirmed", "USA")),
        ("La Corée du Nord a testé un missile, a annoncé Séoul.", "WeaponTest", ("Actual", "Affirmed", "KOR")),
    ],
)  # fmt: skip
def test_claims_say_how_and_by_whom(
    extractor: Extractor, text: str, kind: str, claim: tuple[str, str, str | None]
) -> None:
    assert claim in presented(read(extractor, text), kind)


@pytest.mark.parametrize(
    "text",
    [
        "Washington accuse l'Iran d'avoir livré des missiles à la Russie. Téhéran dément.",
        "Selon Washington, l'Iran a livré des missiles à la Russie. Téhéran nie catégoriquement.",
        "Téhéran dément toute livraison de missiles à la Russie.",
    ],
)
def test_a_denial_is_a_claim_of_its_own_sentence_or_of_the_one_before(extractor: Extractor, text: str) -> None:
    assert ("Actual", "Negated", "IRN") in presented(read(extractor, text), "ArmsTransfer")


def test_one_who_has_no_part_in_it_denies_nothing_told_before(extractor: Extractor) -> None:
    text = "Séoul accuse l'Iran d'avoir livré des missiles à la Russie. Paris nie."
    assert presented(read(extractor, text), "ArmsTransfer") == {("Actual", "Affirmed", "KOR")}


def test_the_inner_speaker_is_the_claimant_and_the_outer_relays(extractor: Extractor) -> None:
    text = "Selon Reuters, Séoul affirme que Pyongyang a testé un missile."
    (claim,) = [c for c in read(extractor, text).claims if "WeaponTest" in c.method]
    assert tail(claim.claimant) == "KOR"
    assert [tail(r) for r in claim.relayed_by] == ["reuters"]


def test_a_date_goes_to_its_own_clause(extractor: Extractor) -> None:
    text = "Kiev a déclaré jeudi que Moscou avait testé le 3 mars un missile balistique."
    (event,) = [e for e in read(extractor, text, "2023-03-10").events if e.kind == "WeaponTest"]
    assert event.when is not None
    assert (event.when.edtf, event.when.inferred) == ("2023-03-03", False)


def test_the_year_of_an_undated_text_is_taken_from_its_dateline(extractor: Extractor) -> None:
    text = "Oslo, 4 juin 2018 - La Norvège a testé lundi un missile antinavire."
    (event,) = [e for e in read(extractor, text).events if e.kind == "WeaponTest"]
    assert event.when is not None
    assert event.when.edtf == "2018-06-04"


def test_an_event_told_twice_is_one_with_two_claims(extractor: Extractor) -> None:
    text = "La France a livré des canons Caesar à l'Ukraine.\nSelon Londres, Paris a livré des Caesar à Kiev."
    extraction = read(extractor, text)
    assert [e.kind for e in extraction.events] == ["ArmsTransfer"]
    assert presented(extraction, "ArmsTransfer") == {
        ("Actual", "Affirmed", None),
        ("Actual", "Affirmed", "GBR"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Le buteur a tiré deux fois et l'attaque a fait exploser la défense adverse.",
        "La ministre de la Culture a signé une convention avec les musées.",
        "L'Union européenne a adopté des sanctions contre un géant du numérique.",
        "Le président a rencontré les agriculteurs au salon.",
        "La tempête a frappé la côte et bombardé les plages de galets.",
    ],
)
def test_what_is_not_about_arms_gives_nothing(extractor: Extractor, text: str) -> None:
    assert read(extractor, text).events == ()


HOSTILE = [
    "",
    "\n\n",
    "«",
    '"',
    "…" * 50,
    "Le 31 février.",
    "a" * 5000,
    "M. " * 200,
    "[[[nous]]]",
    "\u202e\u200bRussie",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_odd_texts_are_read_without_harm(extractor: Extractor, text: str) -> None:
    extraction = read(extractor, text)
    for mention in extraction.mentions:
        assert 0 <= mention.span.begin < mention.span.end <= len(text)


def test_reading_does_not_depend_on_what_was_read_before(extractor: Extractor) -> None:
    first = "La Russie a livré des S-400 à la Turquie en 2019."
    alone = read(extractor, first)
    read(extractor, "Le président Emmanuel Macron a parlé. Il a promis des Caesar à Kiev.")
    assert read(extractor, first) == alone


@pytest.mark.parametrize("phrase", ["Le chef de l'État français", "Le maître de l'Élysée", "Le locataire de l'Élysée"])
def test_an_office_stands_for_its_holder_named_before(extractor: Extractor, phrase: str) -> None:
    text = f"Emmanuel Macron s'est rendu au Caire. {phrase} a acheté des drones à la Turquie."
    assert told(read(extractor, text))["ArmsTransfer"]["recipient"] == {"emmanuel-macron"}


def test_a_treaty_meant_again_is_the_one_that_the_text_is_about(extractor: Extractor) -> None:
    text = (
        "Le traité de Tlatelolco protège l'Amérique latine. Le traité de Tlatelolco complète le TNP. "
        "Le Brésil a ratifié la convention en 1994. Le Chili l'a ratifiée aussi, et le traité est entré en vigueur."
    )
    assert told(read(extractor, text))["EntryIntoForce"]["treaty"] == {"tlatelolco"}
    text = (
        "La convention d'Ottawa ferme ses travaux. La convention d'Oslo n'a pas suivi. Le Tchad a signé la convention."
    )
    assert told(read(extractor, text))["Signature"]["treaty"] == {"ccm"}


@pytest.mark.parametrize(
    ("text", "agent", "time", "polarity"),
    [
        ("Le Brésil a ratifié le TNP en 1998, le Chili en 1995 et Cuba en 2002.", "CUB", "2002", "Affirmed"),
        ("Le Kenya a ratifié le TIAN en 2020. L'Ouganda a fait de même en mars 2021.", "UGA", "2021-03", "Affirmed"),
        ("La Lituanie a dénoncé le TNP en 2019, imitée par la Lettonie en 2020.", "LVA", "2020", "Affirmed"),
        ("Le Gabon a ratifié le TICE en 2000 ; le Tchad n'en a pas fait autant.", "TCD", None, "Negated"),
    ],
)
def test_what_another_does_too_is_told_without_its_words(
    extractor: Extractor, text: str, agent: str, time: str | None, polarity: str
) -> None:
    extraction = read(extractor, text)
    again = [e for e in extraction.events if any(f.rule == "ellipsis" for f in e.fillers)][-1]
    first = extraction.events[0]
    assert again.kind == first.kind
    assert {f.entity.rsplit("/", 1)[-1] for f in again.fillers if f.role == "agent"} == {agent}
    assert {f.entity for f in again.fillers if f.role == "treaty"} == {
        f.entity for f in first.fillers if f.role == "treaty"
    }
    assert (again.when.edtf if again.when else None) == time
    assert {c.polarity.value for c in extraction.claims if c.event == again.iri} == {polarity}


def test_a_treaty_is_left_once_whenever_it_takes_effect(extractor: Extractor) -> None:
    text = "Le 3 mars, l'Estonie s'est retirée de la convention d'Ottawa. Son retrait de la convention d'Ottawa prendra effet le 3 septembre."
    (left,) = [e for e in read(extractor, text, "2024-05-02").events if e.kind == "Withdrawal"]
    assert left.when is not None
    assert left.when.edtf == "2024-03-03"


def test_what_a_headline_only_describes_is_the_treaty_that_is_named(extractor: Extractor) -> None:
    text = "La Serbie va geler un traité militaire européen. La Serbie a suspendu l'application du traité sur les forces conventionnelles en Europe."
    (frozen,) = [e for e in read(extractor, text, "2024-05-02").events if e.kind == "Suspension"]
    assert {tail(f.entity) for f in frozen.fillers if f.role == "treaty"} == {"cfe"}


def test_two_who_act_together_are_not_told_apart(extractor: Extractor) -> None:
    extraction = read(extractor, "Le TIAN a été signé par le Kenya et le Gabon en janvier 2021.")
    (event,) = extraction.events
    assert {f.entity.rsplit("/", 1)[-1] for f in event.fillers if f.role == "agent"} == {"KEN", "GAB"}
