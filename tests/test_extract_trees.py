"""What the parse hangs wrongly, and the component that mends it: who does what in long sentences."""

from __future__ import annotations

import pytest
import yaml
from extracting import acts, read
from spacy.tokens import Token

from benchmarks.cases import CASES
from kg.extract import Extractor


@pytest.mark.parametrize(
    ("text", "kind", "fillers"),
    [
        # an aside between auxiliary and participle
        ("L'Inde a, malgré les réserves de plusieurs capitales, déployé des blindés en Mongolie.", "Deployment", {"agent:IND", "place:MNG"}),
        ("La Norvège avait – contre l'avis des juges – vendu des missiles antichars à Riga.", "ArmsTransfer", {"supplier:NOR", "recipient:LVA"}),
        # participles that share an auxiliary
        ("Ankara a rappelé son ambassadeur, fermé l'espace aérien et bombardé le Liban.", "WeaponUse", {"agent:TUR", "target:LBN"}),
        # subjects behind the verb of a relative clause
        ("L'ONG dénonce les drones que livre l'Iran à la Russie.", "ArmsTransfer", {"supplier:IRN", "recipient:RUS"}),
        ("La presse décrit le missile balistique que teste la Corée du Nord.", "WeaponTest", {"agent:PRK"}),
        ("Les obus qu'a fournis la Bulgarie au Tchad ont disparu.", "ArmsTransfer", {"supplier:BGR", "recipient:TCD"}),
        # the main clause behind the subject's relative clause
        ("Le Pakistan, dont la politique est critiquée depuis des mois, a bombardé le Liban.", "WeaponUse", {"agent:PAK", "target:LBN"}),
        # an object behind the day
        ("L'AIEA a inspecté le 21 janvier la centrale de Rivné.", "Inspection", {"agent:international-atomic-energy-agency", "place:rivne"}),
        ("Les inspecteurs de l'AIEA ont contrôlé le 21 janvier, sans préavis, l'usine souterraine de Fordo.", "Inspection", {"agent:international-atomic-energy-agency", "place:fordo"}),
        ("L'AIEA a contrôlé, sans préavis, l'usine de Fordo.", "Inspection", {"agent:international-atomic-energy-agency", "place:fordo"}),
        ("Paris a livré le 3 mars des chars à Tunis.", "ArmsTransfer", {"supplier:FRA", "item:char", "recipient:TUN"}),
        # a verb between a name and an object
        ("L'Iran bombarde la Syrie.", "WeaponUse", {"agent:IRN", "target:SYR"}),
        # a participle that only tells a kind of thing
        ("Tunis a livré des drones armés à la Roumanie.", "ArmsTransfer", {"supplier:TUN", "recipient:ROU"}),
        # verb forms that look like nouns
        ("Les critiques visent Pékin, qui livre des obus à Taïwan.", "ArmsTransfer", {"supplier:CHN", "recipient:TWN"}),
        ("En commandant un radar de défense aérienne à la France, le Chili a surpris ses voisins.", "ArmsTransfer", {"recipient:CHL", "supplier:FRA"}),
        ("Exportés à Kiev par l'armée israélienne, les douze avions de combat ont disparu.", "ArmsTransfer", {"supplier:ISR", "recipient:UKR"}),
        # the verb behind an opening clause; what a preposition adds to a thing; agreement with the object before
        ("Après avoir acquis des missiles antichars aux États-Unis, la Corée du Sud a publié un communiqué.", "ArmsTransfer", {"recipient:KOR", "supplier:USA"}),
        ("Le Chili livrait alors douze avions de combat à l'Égypte.", "ArmsTransfer", {"supplier:CHL", "recipient:EGY"}),
        ("Le rapport décrit les drones armés que le Ghana a envoyés à la Roumanie.", "ArmsTransfer", {"supplier:GHA", "recipient:ROU"}),
        ("La Turquie, ayant sanctionné la Birmanie, s'attend à des représailles.", "Sanction", {"agent:TUR", "target:MMR"}),
        ("Le rapport décrit les missiles balistiques que l'Iran a produits.", "WeaponDevelopment", {"agent:IRN"}),
        ("L'armée israélienne implante douze avions de combat au Niger.", "Deployment", {"agent:ISR", "place:NER"}),
        ("Le Chili a averti ses alliés puis cédé des missiles antichars à Taïwan.", "ArmsTransfer", {"supplier:CHL", "recipient:TWN"}),
        # a pronoun has the gender of the noun that stood for the state
        ("Le gouvernement polonais a tranché. Il a acheté douze avions de combat à la France.", "ArmsTransfer", {"recipient:POL", "supplier:FRA"}),
        ("L'armée israélienne a réagi : elle a bombardé le Liban.", "WeaponUse", {"agent:ISR", "target:LBN"}),
        # a verb that looks like an adverb, before a past infinitive
        ("Le ministère birman dément avoir acheté des obus à Taïwan.", "Rejection", {"agent:MMR"}),
        # an apposition behind a passive verb is not what it is done to
        ("La Grèce annonce que des missiles norvégiens allaient être déployés chez son voisin, la Bulgarie.", "Deployment", {"agent:NOR"}),
        # a reflexive pronoun belongs to the verb behind it
        ("L'Iran s'apprête à fournir des obus à la Roumanie.", "ArmsTransfer", {"supplier:IRN", "recipient:ROU"}),
    ],
)  # fmt: skip
def test_who_does_what_in_sentences_that_are_parsed_wrongly(
    extractor: Extractor, text: str, kind: str, fillers: set[str]
) -> None:
    events = acts(read(extractor, text))
    assert any(kind == found and fillers <= roles for found, roles in events), events


def test_mended_trees_have_no_circles(extractor: Extractor) -> None:
    sentences = [
        str(case["text"]) for path in sorted(CASES.glob("*.yaml")) for case in yaml.safe_load(path.read_text())
    ][:200]
    parsed = [extractor._nlp(text) for text in sentences]
    heads = [(token, token.head) for doc in parsed for token in doc]
    assert len(sentences) == 200
    assert all(_reaches_root(token) for token, _ in heads)
    assert all(token.sent == head.sent for token, head in heads)


def _reaches_root(token: Token) -> bool:
    steps = 0
    while token.head != token and steps < 300:
        token, steps = token.head, steps + 1
    return token.head == token
