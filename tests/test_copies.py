"""Copies among documents: signatures, clusters, origins, credits; what adding, in any order, and forgetting leave."""

from __future__ import annotations

import base64
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import yaml
from fakes import FakeExtractor
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import credits
from kg.build import add, build, forget
from kg.copies import RESEMBLANCE, UNKNOWN, Signed, clusters, signature
from kg.errors import LexiconError
from kg.ids import document_iri
from kg.model import Document, Extraction, Span
from kg.namespaces import PREFIXES
from kg.settings import ROOT
from kg.store import Home

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]

WORDS = (
    "La Russie quitte le traité FNI après des mois de pourparlers sans issue avec les États-Unis sur les missiles de moyenne portée. "
    "Le ministère russe a précisé que ses lanceurs resteraient dans leurs casernes tant que la partie américaine en ferait autant. "
    "Des experts réunis à Genève jugent que rien n'empêche plus les deux pays de produire ces engins en série dès l'an prochain. "
    "La chancelière a demandé à ses partenaires de reprendre le dialogue avant que d'autres textes ne tombent à leur tour. "
)
OTHER = (
    "La Turquie recevra en juillet les premières batteries commandées, a indiqué le porte-parole du gouvernement turc à la presse. "
    "Les équipages suivent depuis mai une formation dans une école militaire de la région de Rostov, selon la même source officielle."
)


def extraction(text: str, name: str = "a", sentences: tuple[Span, ...] | None = None) -> Extraction:
    return Extraction(Document(name, text, f"{name}.txt"), sentences or (Span(0, len(text)),))


def signed(text: str, name: str, day: str = UNKNOWN, secondary: int = 1) -> Signed:
    made = signature(extraction(text))
    assert made is not None
    return Signed(day, secondary, name, base64.b64decode(made))


def resemblance(one: str, other: str) -> float:
    a, b = signed(one, "a").signature, signed(other, "b").signature
    return sum(a[at : at + 4] == b[at : at + 4] for at in range(0, len(a), 4)) / (len(a) // 4)


def test_a_signature_is_the_same_everywhere() -> None:
    """To change it is to make all documents anew: the numbers are part of the graph."""
    made = signature(extraction(WORDS))
    assert made is not None
    assert len(base64.b64decode(made)) == 4 * 128
    assert made[:32] == "UhtPAnREhQVPgM8OKXPlAzZglwLyZyQB"


def test_a_signature_is_of_words_alone_and_of_what_was_read() -> None:
    assert signature(extraction(WORDS.upper().replace(", ", " — "))) == signature(extraction(WORDS))
    menu = "Accueil Monde Politique Abonnez-vous\n"
    span = Span(len(menu), len(menu) + len(WORDS))
    assert signature(extraction(menu + WORDS, "b", (span,))) == signature(extraction(WORDS))
    assert signature(extraction("La Russie quitte le traité FNI.")) is None


def test_resemblance_is_that_of_the_shingles() -> None:
    words = WORDS.split()
    assert resemblance(WORDS, WORDS) == 1
    assert resemblance(WORDS, OTHER) < 0.1
    assert 0.4 < resemblance(WORDS, " ".join(words[: len(words) // 2])) < 0.62
    changed = [f"mot{at}" if at % 14 == 5 else word for at, word in enumerate(words)]
    assert resemblance(WORDS, " ".join(changed)) >= RESEMBLANCE


def names(found: list[list[Signed]]) -> list[list[str]]:
    return sorted(sorted(each.document for each in cluster) for cluster in found)


def edited(text: str, seed: int, share: float) -> str:
    chance = random.Random(seed)
    return " ".join(f"m{chance.random()}" if chance.random() < share else word for word in text.split())


DOCUMENTS = [
    signed(WORDS, "agence"),
    *(signed(edited(WORDS, seed, 0.03), f"copie-{seed}") for seed in range(5)),
    signed(OTHER, "autre"),
    signed(edited(OTHER, 1, 0.02), "autre-copie"),
    signed(" ".join(reversed(WORDS.split())), "envers"),
]


def test_clusters_hold_copies_and_nothing_else() -> None:
    assert names(clusters(DOCUMENTS)) == [
        ["agence", *(f"copie-{seed}" for seed in range(5))],
        ["autre", "autre-copie"],
    ]
    assert clusters([]) == clusters(DOCUMENTS[-1:]) == []


@settings(max_examples=30, deadline=None)
@given(st.permutations(DOCUMENTS))
def test_clusters_are_the_same_in_any_order(documents: list[Signed]) -> None:
    assert names(clusters(documents)) == names(clusters(DOCUMENTS))


def test_the_earliest_is_the_origin_and_an_agency_comes_first_on_one_day() -> None:
    days = [("b", "2019-08-03", 1), ("a", "2019-08-02", 2), ("c", "2019-08-02", 0), ("d", UNKNOWN, 0)]
    found = [signed(WORDS, name, day, secondary) for name, day, secondary in days]
    assert [each.document for each in sorted(clusters(found)[0])] == ["c", "a", "b", "d"]


AGENCE = "https://w3id.org/arms-control/id/organization/"


@pytest.mark.parametrize(
    ("text", "author", "expected"),
    [
        (f"MOSCOU, 2 août (AFP) – {WORDS}", None, ["agence-france-presse"]),
        (f"Genève (Reuters) - {WORDS}", None, ["reuters"]),
        (f"PÉKIN, 2 août (Xinhua) -- {WORDS}", None, ["xinhua"]),
        (f"{WORDS}\n(Belga)", None, ["belga"]),
        (f"{WORDS}\nAvec AFP et Reuters", None, ["agence-france-presse", "reuters"]),
        (f"{WORDS}\nLe Courrier avec AFP", None, ["agence-france-presse"]),
        (f"{WORDS}\nSource : TASS", None, ["tass"]),
        (f"{WORDS}\nATS/AFP", None, ["agence-france-presse", "keystone-ats"]),
        (f"{WORDS} (avec EFE)", None, ["efe"]),
        (f"Titre\nAFP\n{WORDS}", None, ["agence-france-presse"]),
        (WORDS, "Jeanne Martel avec dpa", ["deutsche-presse-agentur"]),
        (WORDS, "Kyodo News, Yonhap", ["kyodo-news", "yonhap-news-agency"]),
        (WORDS, "AAron Map", []),
        (f"{WORDS}\nPhoto : AFP", None, []),
        (f"{WORDS}\n© Reuters", None, []),
        (f"L'agence TASS rapporte le retrait (AFP avait dit le contraire) et s'en étonne.\n{WORDS}", None, []),
        (f"{WORDS} Selon AFP, il n'en est rien.", None, []),
        (f"{WORDS}\nUne carte (AP) ", None, []),
    ],
)
def test_credits(text: str, author: str | None, expected: list[str]) -> None:
    document = Document("a", text, "a.txt", author=author)
    assert [each.removeprefix(AGENCE) for each in credits.agencies(document)] == expected


@pytest.mark.parametrize(
    "line", ["(AFP - a" + " - a" * 20_000, "(AFP et a et" * 9_000, "(" * 50_000, "avec " * 20_000 + "(AFP"]
)
def test_hostile_lines_take_no_time(line: str) -> None:
    begun = time.process_time()
    credits.agencies(Document("a", line, "a.txt"))
    assert time.process_time() - begun < 1


def test_every_agency_is_a_media_outlet_of_the_reference() -> None:
    words = yaml.safe_load((ROOT / "ontology" / credits.FILE).read_text(encoding="utf-8"))
    table = (ROOT / "seeds/reference/organizations/organizations.csv").read_text(encoding="utf-8").splitlines()
    kinds = {line.split(",")[0]: line.split(",")[1] for line in table}
    assert {kinds.get(name) for name in words["agencies"]} == {"MediaOutlet"}
    assert len(words["agencies"]) >= 20
    spelt = [each for spellings in words["agencies"].values() for each in spellings]
    assert len(spelt) == len(set(spelt))


def test_wrong_credits_are_the_lexicons_fault(tmp_path: Path) -> None:
    (tmp_path / "credits.yaml").write_text("agencies: [AFP]")
    with pytest.raises(LexiconError):
        credits._credits(tmp_path / "credits.yaml")


def write(folder: Path, name: str, text: str, day: str = "", publisher: str = "") -> Path:
    head = f"---\ndate: {day or 'null'}\npublisher: {publisher or 'null'}\n---\n"
    (folder / f"{name}.txt").write_text(head + text)
    return folder / f"{name}.txt"


DERIVED = "SELECT ?copy ?origin { GRAPH acr:graph\\/inferred { ?copy prov:wasDerivedFrom ?origin } }"


def derived(home: Path) -> dict[str, str]:
    rows = Home(home).current().store.query(DERIVED, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    start = len(document_iri(""))
    return {str(row["copy"].value)[start:]: str(row["origin"].value)[start:] for row in rows}


def test_the_graph_tells_copies_whatever_came_first(fresh: None, tmp_path: Path, kg: Kg) -> None:
    late = write(tmp_path, "gazette", f"{WORDS}\nAvec AFP", "2019-08-03", "La Gazette")
    early = write(tmp_path, "agence", WORDS, "2019-08-02", "AFP")
    other = write(tmp_path, "autre", OTHER + " La Russie quitte la table.", "2019-08-01")
    home = tmp_path / "home"
    add(home, [late], extractor=FakeExtractor)
    assert derived(home) == {}
    add(home, [other, early], extractor=FakeExtractor)
    assert derived(home) == {"gazette": "agence"}
    added = Home(home).current().manifest
    build(tmp_path / "afresh", [early, late, other], extractor=FakeExtractor)
    afresh = Home(tmp_path / "afresh").current().manifest
    assert added["hashes"] == afresh["hashes"]
    told = kg("why", document_iri("gazette"), "prov:wasDerivedFrom", document_iri("agence"), "--home", home)
    assert told[0] == 0
    assert "computed from the words of both texts" in told[1]
    assert AGENCE + "agence-france-presse" in kg("ask", "copies", "--home", home, "--format", "json")[1]
    forget(home, ["agence"])
    assert derived(home) == {}
