"""Entities that are one have one IRI in the graphs of all documents, whatever the order of changes, and can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from fakes import lean_project
from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from walking import ROUNDS, Step, lay, state, steps, walk

from kg import decisions, mapping
from kg.build import add, build
from kg.identity import recording
from kg.ids import document_iri, entity_iri, event_iri, hashed_iri
from kg.judgements import Kind, append, judgements_file
from kg.model import Claim, Document, Entity, Event, Extraction, Filler, Mention, Modality, Polarity, Reference, Span
from kg.namespaces import AC, ACR, SKOS
from kg.settings import settings
from kg.store import Home, verify

POOL = (
    ("2024-01-05", "Le ministre serbe", "Bratislav Gasic"),
    ("2023-02-03", "Le ministre serbe", "Bratislaw Gasić"),
    ("2024-05-09", "Le général russe", "Bratislav Gassic"),
    ("2024-10-01", "Le ministre serbe", "Gasic"),
    (None, "Un expert", "Gasic"),
    ("2024-03-01", "Le ministre russe", "Sergej Schoigu"),
    ("2024-03-02", "Selon", "Anatole Perrin"),
)
"""When a report appeared, what stands before the name in it, and the name; far from each other, so that events stay apart."""
STATES = {"serbe": "SRB", "russe": "RUS"}
NAMES = [f"d{number}" for number in range(5)]


class PressExtractor:
    """Gives for the text "n …" the persons of these numbers in POOL, each of whom accuses someone."""

    version = "press-1"

    def __init__(self, reference: Reference, lexicon: Path) -> None:
        pass

    def extract(self, document: Document) -> Extraction:
        text, sentences, mentions, persons, events, claims = "", [], [], {}, {}, []
        reports = [POOL[int(number)] for number in document.text.split()]
        for _, lead, name in reports:
            begin = len(text)
            text += f"{lead} {name} accuse la France.\n"
            place = Span(begin + len(lead) + 1, begin + len(lead) + 1 + len(name))
            iri = entity_iri("Person", name)
            mentions.append(Mention(place, iri, "pattern"))
            for word, code in STATES.items():
                if word in lead:
                    at = begin + lead.index(word)
                    mentions.append(Mention(Span(at, at + len(word)), f"{ACR}state/{code}", "adjective"))
            persons[iri] = Entity(iri, "Person", name, reconciled=False)
            event = event_iri("Accusation", document.identifier, [("agent", iri)])
            events[event] = Event(event, "Accusation", (Filler("agent", iri, "subj", place),))
            sentences.append(Span(begin, len(text) - 1))
            claim = hashed_iri("claim", document.identifier, str(begin))
            trigger = Span(place.end + 1, place.end + 7)
            claims.append(Claim(claim, event, sentences[-1], trigger, Modality.ACTUAL, Polarity.AFFIRMED, iri))
        read = Document(document.identifier, text, document.source, issued=reports[0][0])
        told = (tuple(persons.values()), tuple(events.values()), tuple(claims))
        return Extraction(read, tuple(sentences), tuple(mentions), *told)

    def pipe(self, documents: object) -> Iterator[Extraction]:
        assert hasattr(documents, "__iter__")
        return map(self.extract, documents)


@pytest.fixture(scope="module", autouse=True)
def _lean(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with lean_project(tmp_path_factory.mktemp("lean")):
        yield


def renamed(home: Path) -> dict[str, dict[str, str]]:
    """By which name each merged entity is known, document by document, as local names."""
    found = recording.names(recording.recorded(Home(home).current().store))
    return {
        document.rsplit("/", 1)[-1]: {_local(member): _local(into) for member, into in names.items()}
        for document, names in found.items()
    }


def _local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


TEXTS = {"d0": "0", "d1": "1", "d2": "2", "d3": "3", "d4": "4", "d5": "5 6"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of these texts, of which that with the earliest name of a person came last."""
    folder = tmp_path_factory.mktemp("press")
    texts = lay(folder / "texts", {name: text for name, text in TEXTS.items() if name != "d1"})
    build(folder / "home", [texts], extractor=PressExtractor)
    assert renamed(folder / "home")["d3"] == {"Gasic": "bratislav-gasic"}
    add(folder / "home", [lay(texts, {"d1": "1"}) / "d1.txt"], extractor=PressExtractor)
    return folder / "home"


def test_one_person_has_one_iri_in_all_graphs(home: Path) -> None:
    earliest = _local(entity_iri("Person", "Bratislaw Gasić"))
    assert renamed(home) == {
        "d0": {"bratislav-gasic": earliest},
        "d3": {"Gasic": earliest},
        "d5": {"sergej-schoigu": "sergei-shoigu"},
    }
    store = Home(home).current().store
    agents = {
        document: {
            _local(q.object.value) for q in store.quads_for_pattern(None, ox.NamedNode(AC + "agent"), None, graph)
        }
        for document in TEXTS
        for graph in [ox.NamedNode(document_iri(document))]
    }
    assert agents["d0"] == agents["d1"] == agents["d3"] == {earliest}
    assert agents["d4"] == {"Gasic"}
    assert agents["d5"] == {"sergei-shoigu", "anatole-perrin"}
    one, graph = ox.NamedNode(f"{ACR}person/{earliest}"), ox.NamedNode(document_iri("d0"))
    label = ox.Literal("Bratislav Gasic", language="fr")
    assert ox.Quad(one, ox.NamedNode(SKOS + "altLabel"), label, graph) in store
    assert verify(Home(home).current()) == []


def test_what_documents_gave_comes_back_from_the_graph(home: Path, tmp_path: Path) -> None:
    store = Home(home).current().store
    assert decisions.changed(store) == {document_iri(name) for name in ("d0", "d3", "d5")}
    for name, text in TEXTS.items():
        document = Document(name, text, (home.parent / "texts" / f"{name}.txt").as_posix())
        gave = ox.Store()  # which writes some literals otherwise
        gave.extend(mapping.quads(PressExtractor(Reference({}, (), ()), tmp_path).extract(document)))
        assert decisions.given(store, document.iri) == set(gave)


def test_an_older_document_that_comes_later_decides_what_it_does_from_the_start(home: Path, tmp_path: Path) -> None:
    build(tmp_path, [home.parent / "texts"], extractor=PressExtractor)
    assert state(tmp_path) == state(home)


@pytest.mark.proof
def test_a_judgement_parts_two_and_its_undoing_joins_them_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_JUDGEMENTS", str(tmp_path / "judgements.jsonl"))
    settings.cache_clear()
    texts = lay(tmp_path / "texts", {"d0": "0", "d1": "1"})
    build(tmp_path / "home", [texts], extractor=PressExtractor)
    joined = state(tmp_path / "home")
    pair = [entity_iri("Person", "Bratislav Gasic"), entity_iri("Person", "Bratislaw Gasić")]
    said = append(judgements_file(), Kind.DIFFERENT, pair, who="R", why="two men")
    add(tmp_path / "home", [texts], extractor=PressExtractor)
    assert renamed(tmp_path / "home") == {}
    append(judgements_file(), Kind.UNDO, [said.id], who="R", why="one man")
    add(tmp_path / "home", [texts], extractor=PressExtractor)
    assert state(tmp_path / "home") == joined
    settings.cache_clear()


TEXT = st.lists(st.integers(0, len(POOL) - 1), min_size=1, max_size=3).map(lambda numbers: " ".join(map(str, numbers)))


@pytest.mark.proof
@rounds(max_examples=8, **ROUNDS)
@given(taken=steps(NAMES, TEXT, most=5))
def test_many_steps_decide_what_a_build_from_scratch_does(
    tmp_path_factory: pytest.TempPathFactory, taken: list[Step]
) -> None:
    """A step adds a document, changes its text, or (None) forgets it."""
    walk(tmp_path_factory.mktemp("walk"), {"d0": "0 5", "d1": "1 4"}, taken, PressExtractor)
