"""Who fills a role where a phrase only names him in passing: examples, offices, enumerations, relative clauses, datelines."""

from __future__ import annotations

import pytest
from extracting import read

from kg.extract import Extractor


def fillers(extractor: Extractor, text: str, kind: str, role: str) -> set[str]:
    """The ids of those who fill a role of the events of a class."""
    events = read(extractor, text).events
    return {f.entity.rsplit("/", 1)[-1] for e in events if e.kind == kind for f in e.fillers if f.role == role}


@pytest.mark.parametrize(
    ("text", "kind", "role", "wanted"),
    [
        ("L'Iran a fourni des missiles à ses alliés comme le Hezbollah et les Houthis.", "ArmsTransfer", "recipient", {"hezbollah", "houthis"}),
        ("La France a livré à Kiev du matériel militaire, dont des canons Caesar et des missiles Mistral.", "ArmsTransfer", "item", {"materiel-militaire", "caesar", "mistral"}),
        ("Le Pérou a acheté quatre navires de guerre, dont une frégate.", "ArmsTransfer", "item", {"navire-guerre"}),
        ("Pékin a sanctionné dix sociétés américaines, dont Lockheed Martin.", "Sanction", "target", {"USA", "lockheed-martin"}),
        ("Hier, Piotr Serafin, le patron de l'OTAN, a averti la Russie.", "Warning", "agent", {"piotr-serafin"}),
        ("L'armée a lancé 30 drones Shahed, 4 missiles Kinjal, 5 missiles Iskander et 3 missiles Kalibr sur Kiev.", "WeaponUse", "item", {"shahed-136", "kinzhal", "iskander-m", "kalibr"}),
        ("Les inspecteurs visitent la Libye, que Paris et Londres menacent de bombarder.", "WeaponUse", "target", {"LBY"}),
        ("Le ministre a évoqué la réponse faite à l'Inde qui n'a pas signé le TNP.", "Signature", "agent", {"IND"}),
        ("Il aura fallu dix ans au Pérou pour ratifier la convention d'Ottawa.", "Ratification", "agent", {"PER"}),
        ("(Paris) L'Inde a testé un missile Agni-5, a annoncé New Delhi.", "WeaponTest", "agent", {"IND"}),
        ("Des manifestants défilent à New York ; le président Macron annonce que la France procédera à quatre essais nucléaires.", "WeaponTest", "place", set()),
        ("À Genève, Sergueï Lavrov et Antony Blinken doivent se rencontrer.", "Meeting", "place", {"geneve"}),
    ],
)  # fmt: skip
def test_who_is_named_in_passing_fills_his_role(
    extractor: Extractor, text: str, kind: str, role: str, wanted: set[str]
) -> None:
    assert fillers(extractor, text, kind, role) == wanted
