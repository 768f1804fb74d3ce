"""The page About over the sample graph, and what an event's page says of its corroboration."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from explorer_fixtures import Visit, markup, words

from kg.aside import Aside
from kg.explorer import aside
from kg.read import Rejected
from kg.settings import settings
from kg.store import Home

pytest_plugins = ["explorer_fixtures"]


def test_versions_and_size_are_those_of_the_manifest(visit: Visit, explored: Home) -> None:
    page = words(visit("about", lang="en"))
    manifest = explored.current().manifest
    assert f"statements {manifest['quads']:,}" in page
    assert f"hash {manifest['hash']}" in page


def test_every_kind_of_event_is_counted_and_silence_is_named(visit: Visit) -> None:
    page = markup(visit("about", lang="en"))
    table = page.partition("Kind of event")[2].partition("</table>")[0]
    rows = [words_of(row) for row in re.findall(r"<tr>(.*?)</tr>", table)]
    assert len(rows) == 25
    assert "arms transfer 2" in rows
    assert "inspection silent" in rows
    assert rows[0].startswith("arms transfer")
    assert 'href="./browse?class=' in table
    french = words(visit("about", lang="fr"))
    assert "inspection silence" in french


def words_of(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_states_and_treaties_without_a_word_are_listed(visit: Visit) -> None:
    page = words(visit("about", lang="en"))
    assert "State, of 8 in all (2) France Soviet Union" in page
    assert "Treaty, of 2 in all (1) Open Skies Treaty" in page


def test_single_origins_undated_events_and_bases_are_counted(visit: Visit) -> None:
    page = words(visit("about", lang="en"))
    assert "events told by documents 9 show them of them on the word of a single origin 8" in page
    assert "of them without a date 8 show them" in page
    assert "from memory 15 not verified in any source" in page
    asked = re.findall(r"\./questions\?question=([\w-]+)", markup(visit("about", lang="en")))
    assert {"independent-tellings", "undated-events", "names-only-texts-know"} <= set(asked)


def test_what_was_set_aside_is_told_by_reason_without_folders(
    visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Nothing was set aside." in words(visit("about", lang="en"))
    with Aside(tmp_path) as listed:
        listed.add(Rejected(Path("/secret/folder/a.txt"), "It is <b>empty</b>.", "Give it a text.", "empty"))
        listed.add(Rejected(Path("/secret/b.txt"), "It is empty.", "Give it a text.", "empty", "3"))
    monkeypatch.setenv("KG_HOME", str(tmp_path))
    monkeypatch.setenv("KG_LANGUAGE", "en")
    settings.cache_clear()
    monkeypatch.setattr(aside, "say", lambda key: key)
    shown = aside.set_aside()
    assert "secret" not in shown
    assert "empty (2)" in words_of(shown)
    assert "b.txt 3 It is empty." in words_of(shown)
    assert "a.txt It is &lt;b&gt;empty&lt;/b&gt;." in re.sub(r"<[^>]+>", " ", shown).replace("   ", " ").replace(
        "  ", " "
    )
    settings.cache_clear()


def test_event_tells_on_whose_word_it_stands_and_in_what_claims_differ(visit: Visit) -> None:
    page = words(visit("event", iri="acr:event/offer-1", lang="en"))
    origins = page.partition("From whose word")[2].partition("In what the claims differ")[0]
    assert "Vladimir Putin affirmed Courrier de la défense Une offre hypersonique" in origins
    assert "United States negated Agence du Nord Washington dément <b>toute</b> offre" in origins
    differing = page.partition("In what the claims differ")[2]
    assert "denied One side La Russie a proposé aux États-Unis" in differing
    assert "offered, then refused One side" in differing
    assert "affirmed by 1, denied by 1 independent origins" in page
    french = words(visit("event", iri="acr:event/offer-1", lang="fr"))
    assert "affirmé par 1, nié par 1 origines indépendantes" in french
    assert "From whose word" not in words(visit("event", iri="acr:event/test-1", lang="en"))
