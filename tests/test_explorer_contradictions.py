"""The page Contradictions over the sample graph: differences, positions over time, what became of plans."""

from __future__ import annotations

import re

import pytest
from explorer_fixtures import Visit, markup, words

pytest_plugins = ["explorer_fixtures"]

AC = "https://w3id.org/arms-control/ontology#"


def test_both_sides_of_each_difference_stand_beside_each_other(visit: Visit) -> None:
    page = words(visit("contradictions", lang="en"))
    assert "differences: 2" in page
    denied, refused = page.partition("denied transfer offer")[2].split("offered, then refused")
    assert "One side La Russie a proposé aux États-Unis" in denied
    assert "The other Les États-Unis démentent" in denied
    assert "rejection" in refused
    assert "The other Washington a rejeté cette offre." in refused
    assert "démenti" in words(visit("contradictions", lang="fr"))


def test_differences_are_narrowed_by_kind_and_by_what_they_involve(visit: Visit) -> None:
    def count(**choice: str) -> str:
        found = re.search(r"differences: (\d+)", words(visit("contradictions", lang="en", **choice)))
        assert found is not None
        return found[1]

    assert count(difference=f"{AC}Denied") == "1"
    assert count(difference=f"{AC}DisputedDate") == "0"
    assert count(involving="acr:state/RUS") == "2"
    assert count(involving="acr:state/IND") == "0"
    page = words(visit("contradictions", difference=f"{AC}DisputedDate", lang="en"))
    assert "No claims differ in this way." in page


def test_positions_come_in_the_order_of_time_with_who_speaks(visit: Visit) -> None:
    page = markup(visit("contradictions", view="positions", by="acr:state/RUS", lang="en"))
    days = re.findall(r'<td class="d"[^>]*>(.*?)</td>', page)
    assert days == ["2019-09-06"] * 3 + ["2019-09-10"]
    assert page.index("Vladimir Putin") < page.index("Sergei Lavrov")
    page = words(visit("contradictions", view="positions", by="acr:state/RUS", matter="acr:state/IRN", lang="en"))
    assert "claims: 1" in page
    assert "Sergueï Lavrov assure que la Russie ne livrera pas de S-400 à l'Iran." in page
    assert "planned" in page
    assert "negated" in page


def test_without_a_speaker_the_page_asks_for_one(visit: Visit) -> None:
    assert "Choose whose word is shown." in words(visit("contradictions", view="positions", lang="en"))


def test_chains_name_what_is_not_reported_since(visit: Visit) -> None:
    page = words(visit("contradictions", view="chains", lang="en"))
    assert "matters: 2" in page
    assert "delivery: not reported since 2019-09-10" in page
    assert "deployment: not reported" in page
    narrowed = words(visit("contradictions", view="chains", involving="acr:weapon/s-400", state="open", lang="en"))
    assert "matters: 1" in narrowed


@pytest.mark.parametrize("view", ["differences", "positions", "chains", "nothing"])
def test_an_address_that_means_nothing_is_no_error(visit: Visit, view: str) -> None:
    visit("contradictions", view=view, part="999", by="acr:no/body", involving="acr:no/thing", state="x")


def test_an_entitys_page_leads_to_its_positions(visit: Visit) -> None:
    page = markup(visit("entity", iri="acr:person/vladimir-putin", lang="en"))
    assert re.search(r'href="\./contradictions\?[^"]*view=positions', page)
