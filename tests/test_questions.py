"""The saved questions: each gives these rows over the sample graph, and no others.

Cells are written as a reader would: entities by the end of their IRI, terms of the ontology by their name.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from sample import ACR, ROOT, build_home

from kg.namespaces import AC
from kg.query import Names, Table, bind, questions, run

FOLDER = ROOT / "ontology" / "queries" / "competency"
QUESTIONS = questions(FOLDER)

OFFER_SAID = "La Russie a proposé aux États-Unis de leur vendre des missiles hypersoniques, affirme Vladimir Poutine."
OFFER_DENIED = "Les États-Unis démentent que la Russie leur ait proposé des missiles hypersoniques."
REJECTED = "Washington a rejeté cette offre."
ACCUSED = "Vladimir Poutine accuse les États-Unis d'avoir violé le traité FNI."
TESTED = "Le 18 août 2019, les États-Unis ont testé un missile de croisière."
MAY_DEPLOY = "Moscou pourrait déployer des missiles hypersoniques en Biélorussie."
ORDERED = "L'Inde a commandé des S-400 à la Russie."
NOT_DELIVERED = "Sergueï Lavrov assure que la Russie ne livrera pas de S-400 à l'Iran."
PRK_TESTED = "La Corée du Nord a testé un missile."

RUS, USA, PUTIN = "state/RUS", "state/USA", "person/vladimir-putin"
LAVROV, HYPERSONIC = "person/sergei-lavrov", "weapon-category/missile-hypersonique"
OFFRE, DEMENTI, NOTE = "document/offre-hypersonique", "document/dementi", "document/note-sans-date"
COURRIER, AGENCE = "organization/courrier-de-la-defense", "organization/agence-du-nord"
INDIA_ORDERS = (
    "ArmsTransfer",
    RUS,
    "state/IND",
    "weapon/s-400",
    "",
    "Actual",
    "Affirmed",
    "",
    AGENCE,
    DEMENTI,
    ORDERED,
)

CASES: list[tuple[str, dict[str, str], list[tuple[str, ...]]]] = [
    (
        "accusations",
        {},
        [(PUTIN, USA, "treaty/inf", "Actual", "Affirmed", "", OFFRE, ACCUSED)],
    ),
    (
        "accusations",
        {"accuser": "Russie"},
        [(PUTIN, USA, "treaty/inf", "Actual", "Affirmed", "", OFFRE, ACCUSED)],
    ),
    ("accusations", {"accuser": "États-Unis"}, []),
    (
        "arms-offered-and-sold",
        {"to": "Inde"},
        [
            INDIA_ORDERS,
        ],
    ),
    (
        "arms-offered-and-sold",
        {"from": "acr:state/RUS"},
        [
            INDIA_ORDERS,
            (
                "TransferOffer",
                RUS,
                USA,
                HYPERSONIC,
                "",
                "Actual",
                "Negated",
                USA,
                AGENCE,
                DEMENTI,
                OFFER_DENIED,
            ),
            (
                "ArmsTransfer",
                RUS,
                "state/IRN",
                "weapon/s-400",
                "",
                "Planned",
                "Negated",
                LAVROV,
                AGENCE,
                DEMENTI,
                NOT_DELIVERED,
            ),
            (
                "TransferOffer",
                RUS,
                USA,
                HYPERSONIC,
                "",
                "Actual",
                "Affirmed",
                PUTIN,
                COURRIER,
                OFFRE,
                OFFER_SAID,
            ),
        ],
    ),
    (
        "around-a-treaty",
        {"treaty": "FNI"},
        [
            ("1987-12-08", "Signature", "state/SUN", "recalled", "", "", "", "", "", "", ""),
            ("1987-12-08", "Signature", USA, "recalled", "", "", "", "", "", "", ""),
            ("1988-06-01", "Ratification", "state/SUN", "recalled", "", "", "", "", "", "", ""),
            ("1988-06-01", "Ratification", USA, "recalled", "", "", "", "", "", "", ""),
            ("2019-02-02", "Suspension", USA, "recalled", "", "", "", "", "", "", ""),
            ("2019-08-02", "Withdrawal", USA, "recalled", "", "", "", "", "", "", ""),
            ("", "Accusation", PUTIN, "", "", "Actual", "Affirmed", "", "2019-09-06", OFFRE, ACCUSED),
            ("", "Violation", USA, "", "", "Actual", "Affirmed", PUTIN, "2019-09-06", OFFRE, ACCUSED),
        ],
    ),
    (
        "claims-about-an-entity",
        {"entity": "traité FNI"},
        [
            ("2019-09-06", "Accusation", "topic", "", "Actual", "Affirmed", "", COURRIER, OFFRE, ACCUSED),
            ("2019-09-06", "Violation", "treaty", "", "Actual", "Affirmed", PUTIN, COURRIER, OFFRE, ACCUSED),
        ],
    ),
    (
        "contradictions",
        {},
        [("TransferOffer", "event/offer-1", PUTIN, OFFRE, OFFER_SAID, USA, DEMENTI, OFFER_DENIED)],
    ),
    (
        "contradictions",
        {"involving": "Russie"},
        [("TransferOffer", "event/offer-1", PUTIN, OFFRE, OFFER_SAID, USA, DEMENTI, OFFER_DENIED)],
    ),
    ("contradictions", {"involving": "Inde"}, []),
    (
        "deployments",
        {"at": "Bélarus"},
        [("state/BLR", HYPERSONIC, RUS, "", "Possible", "Affirmed", "", OFFRE, MAY_DEPLOY)],
    ),
    (
        "documents-mentioning",
        {"entity": "missile hypersonique"},
        [
            (OFFRE, "Une offre hypersonique", "2019-09-06", COURRIER, "2"),
            (DEMENTI, "Washington dément <b>toute</b> offre", "2019-09-10", AGENCE, "1"),
        ],
    ),
    (
        "not-yet-real",
        {},
        [
            ("Planned", "ArmsTransfer", RUS, "weapon/s-400", "", "Negated", LAVROV, DEMENTI, NOT_DELIVERED),
            ("Possible", "Deployment", RUS, HYPERSONIC, "", "Affirmed", "", OFFRE, MAY_DEPLOY),
        ],
    ),
    (
        "not-yet-real",
        {"modality": "ac:Possible"},
        [("Possible", "Deployment", RUS, HYPERSONIC, "", "Affirmed", "", OFFRE, MAY_DEPLOY)],
    ),
    (
        "offices-on-a-day",
        {"day": "2012-05-07", "person": "Poutine"},
        [
            (
                PUTIN,
                "président du gouvernement russe",
                RUS,
                "2008-05-08",
                "2012-05-07",
                "checked",
                "https://example.org/cabinet",
            ),
            (
                PUTIN,
                "président de la Fédération de Russie",
                RUS,
                "2012-05-07",
                "",
                "checked",
                "https://example.org/cabinet",
            ),
        ],
    ),
    ("offices-on-a-day", {"day": "2004-03-08", "officeOf": "Russie"}, []),
    (
        "on-memory-only",
        {"entity": "URSS"},
        [
            ("event/inf-ratify-sun", "Ratification", "state/SUN", "treaty/inf", "1988-06-01"),
            ("event/inf-sign-sun", "Signature", "state/SUN", "treaty/inf", "1987-12-08"),
        ],
    ),
    (
        "on-memory-only",
        {"entity": "Lavrov"},
        [
            (LAVROV, "", LAVROV, "", ""),
            ("tenure/lavrov-1", "Tenure", LAVROV, RUS, "2004-03-09"),
        ],
    ),
    (
        "on-memory-only",
        {"entity": "France"},
        [("fact/fra-open-skies", "partyTo", "state/FRA", "treaty/open-skies", "")],
    ),
    (
        "parties-on-a-day",
        {"treaty": "FNI", "day": "2019-08-01"},
        [
            ("state/SUN", "1988-06-01", "", "recalled", ""),
            (USA, "1988-06-01", "2019-02-02", "recalled", ""),
        ],
    ),
    ("parties-on-a-day", {"treaty": "FNI", "day": "2019-08-02"}, []),
    ("parties-on-a-day", {"treaty": "FNI", "day": "1988-05-31"}, []),
    (
        "parties-on-a-day",
        {"treaty": "Ciel ouvert", "day": "2020-11-21"},
        [
            ("state/FRA", "", "", "recalled", ""),
            (RUS, "2001-05-26", "", "sourced", "https://example.org/depositary"),
            (USA, "1993-12-03", "", "sourced", "https://example.org/depositary"),
        ],
    ),
    (
        "parties-on-a-day",
        {"treaty": "Ciel ouvert", "day": "2020-11-22"},
        [
            ("state/FRA", "", "", "recalled", ""),
            (RUS, "2001-05-26", "", "sourced", "https://example.org/depositary"),
        ],
    ),
    (
        "quotes-of-a-person",
        {"speaker": "Poutine"},
        [
            (OFFER_SAID, "TransferOffer", "Actual", "Affirmed", OFFRE, "2019-09-06", COURRIER),
            (ACCUSED, "Violation", "Actual", "Affirmed", OFFRE, "2019-09-06", COURRIER),
        ],
    ),
    (
        "sources",
        {},
        [
            (COURRIER, "1", "6", "2019-09-06", "2019-09-06"),
            (AGENCE, "1", "3", "2019-09-10", "2019-09-10"),
            ("", "1", "1", "", ""),
        ],
    ),
    (
        "treaty-actions-in-a-year",
        {"year": "2001"},
        [
            (
                "2001-05-26",
                RUS,
                "Ratification",
                "ratification",
                "treaty/open-skies",
                "sourced",
                "https://example.org/depositary",
            )
        ],
    ),
    ("treaty-actions-in-a-year", {"year": "2019", "agent": "Russie"}, []),
    (
        "weapon-tests",
        {"by": "États-Unis"},
        [
            (
                USA,
                "weapon-category/missile-de-croisiere",
                "2019-08-18",
                "",
                "Actual",
                "Affirmed",
                "",
                OFFRE,
                TESTED,
            )
        ],
    ),
    (
        "weapon-tests",
        {"by": "Corée du Nord"},
        [
            ("state/PRK", "weapon-category/missile", "", "", "Actual", "Affirmed", "", NOTE, PRK_TESTED),
            ("state/PRK", "weapon/hostile", "", "", "Actual", "Affirmed", "", NOTE, PRK_TESTED),
        ],
    ),
    (
        "weapons-of-a-state",
        {"state": "Russie"},
        [
            ("weapon-category/missile", "weapon/s-400", "400", "checked", "https://example.org/s-400"),
            (HYPERSONIC, "weapon/avangard", "", "checked", ""),
        ],
    ),
    (
        "what-a-document-says",
        {"document": "note-sans-date"},
        [
            (NOTE, PRK_TESTED, "WeaponTest", "agent", "state/PRK", "", "Actual", "Affirmed", "", "0.9"),
            (
                NOTE,
                PRK_TESTED,
                "WeaponTest",
                "item",
                "weapon-category/missile",
                "",
                "Actual",
                "Affirmed",
                "",
                "0.9",
            ),
            (NOTE, PRK_TESTED, "WeaponTest", "item", "weapon/hostile", "", "Actual", "Affirmed", "", "0.9"),
        ],
    ),
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_home(tmp_path_factory.mktemp("home")).current().path


@pytest.fixture(scope="module")
def names(snapshot: Path) -> Names:
    return Names(ox.Store.read_only(str(snapshot / "store")))


def cell(term: object) -> str:
    text = "" if term is None else str(getattr(term, "value", term))
    return text.removeprefix(ACR).removeprefix(AC)


@pytest.mark.parametrize(
    ("name", "values", "rows"),
    CASES,
    ids=[f"{name}-{'-'.join(values.values())}" for name, values, _ in CASES],
)
def test_rows(snapshot: Path, names: Names, name: str, values: dict[str, str], rows: list[tuple[str, ...]]) -> None:
    table = run(snapshot, bind(QUESTIONS[name], values, names), seconds=10, rows=100)
    assert isinstance(table, Table)
    assert [tuple(cell(term) for term in row) for row in table.rows] == rows


def test_every_question_has_expected_rows() -> None:
    with_rows = {name for name, _, rows in CASES if rows}
    assert with_rows == set(QUESTIONS)
    assert len(QUESTIONS) >= 14


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_file_runs_as_it_stands_and_means_its_defaults(snapshot: Path, name: str) -> None:
    question = QUESTIONS[name]
    assert bind(question, {}) == question.text
    assert isinstance(run(snapshot, question.text, seconds=10, rows=100), Table)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_is_named_as_its_file_and_asked_in_both_languages(name: str) -> None:
    question = QUESTIONS[name]
    assert (FOLDER / f"{name}.rq").is_file()
    assert question.title["en"].endswith("?")
    assert question.title["fr"].endswith(" ?")
    assert question.title["en"] != question.title["fr"]
