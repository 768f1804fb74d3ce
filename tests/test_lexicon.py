"""The lexicon of frames: every example is read as it says, and a wrong file is refused with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.cases import normal
from kg.errors import LexiconError
from kg.extract import Extractor
from kg.extract.lexicon import load
from kg.extract.lexicon.frames import Example
from kg.extract.lexicon.function_words import Kind
from kg.model import Document, Event, Extraction, Reference
from kg.namespaces import AC
from kg.reason import ontology_quads
from kg.settings import ROOT

FOLDER = ROOT / "ontology" / "lexicon" / "fr"
LEXICON = load(FOLDER)
POSITIVE = [(f.event, e) for f in LEXICON.frames for e in f.examples if e.text]
NEGATIVE = [(f.event, e.negative) for f in LEXICON.frames for e in f.examples if e.negative]


@pytest.fixture(scope="session")
def labels(reference_data: Reference) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {iri: {normal(e.label)} for iri, e in reference_data.entities.items()}
    for name in reference_data.names:
        names[name.entity].add(normal(name.text))
    return names


def read(extractor: Extractor, text: str) -> Extraction:
    return extractor.extract(Document("example", text, "example"))


def holds(event: Event, example: Example, names: dict[str, set[str]]) -> bool:
    """Whether an event has every filler that an example gives."""
    return all(
        any(f.role == role and normal(wanted) in names[f.entity] for f in event.fillers)
        for role, fillers in example.roles.items()
        for wanted in fillers
    )


@pytest.mark.parametrize(("event", "example"), POSITIVE, ids=[f"{e}: {x.text}" for e, x in POSITIVE])
def test_a_frame_reads_its_examples(
    extractor: Extractor, labels: dict[str, set[str]], event: str, example: Example
) -> None:
    assert example.text
    extraction = read(extractor, example.text)
    names = labels | {e.iri: {normal(e.label)} for e in extraction.entities}
    found = [e for e in extraction.events if e.kind == event and holds(e, example, names)]
    assert found, [(e.kind, [(f.role, f.entity) for f in e.fillers]) for e in extraction.events]
    claims = [c for c in extraction.claims if c.event in {e.iri for e in found}]
    assert example.modality in (None, *(c.modality.value for c in claims))
    assert example.polarity in (None, *(c.polarity.value for c in claims))


@pytest.mark.parametrize(("event", "text"), NEGATIVE, ids=[f"{e}: {t}" for e, t in NEGATIVE])
def test_a_frame_leaves_alone_what_is_not_its_own(extractor: Extractor, event: str, text: str) -> None:
    assert event not in {e.kind for e in read(extractor, text).events}


def test_every_event_class_has_a_frame_with_examples_of_both_kinds() -> None:
    event_classes = {
        q.subject.value.removeprefix(AC)
        for q in ontology_quads(ROOT / "ontology")
        if q.predicate.value.endswith("#subClassOf") and q.object.value == AC + "Event"
    }
    assert len(event_classes) == 25
    assert {f.event for f in LEXICON.frames} == event_classes
    for frame in LEXICON.frames:
        assert len([e for e in frame.examples if e.text]) >= 2, frame.event
        assert len([e for e in frame.examples if e.negative]) >= 1, frame.event


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "fr"))


def test_a_frame_under_another_name_is_refused(folder: Path) -> None:
    (folder / "Sanction.yaml").rename(folder / "Penalty.yaml")
    with pytest.raises(LexiconError, match=r"Penalty\.yaml: event is Sanction"):
        load(folder)


def test_a_role_that_there_is_not_is_refused(folder: Path) -> None:
    path = folder / "Sanction.yaml"
    path.write_text(
        "event: Sanction\npatterns: {p: {verb: {seller: [subj]}}}\ntriggers: [{pattern: p, verbs: [sanctionner]}]\n",
        encoding="utf-8",
    )
    with pytest.raises(LexiconError, match=r"Sanction\.yaml: patterns\.p: no role \['seller'\]"):
        load(folder)


def test_a_pattern_that_there_is_not_is_refused(folder: Path) -> None:
    path = folder / "Sanction.yaml"
    path.write_text("event: Sanction\npatterns: {}\ntriggers: [{pattern: q, verbs: [sanctionner]}]\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"Sanction\.yaml: triggers\.0: no pattern 'q'"):
        load(folder)


def test_an_unknown_key_is_refused_with_its_place(folder: Path) -> None:
    path = folder / "Sanction.yaml"
    path.write_text("event: Sanction\npatterns: {}\ntriggers: []\ncolour: red\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"Sanction\.yaml: colour: Extra inputs"):
        load(folder)


def test_broken_yaml_is_refused_with_its_line(folder: Path) -> None:
    (folder / "words" / "lines.yaml").write_text("related: [a\nboilerplate: b\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"lines\.yaml.*line 2"):
        load(folder)


def test_a_folder_without_frames_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no frames found"):
        load(tmp_path)


def test_a_changed_word_changes_the_version(folder: Path) -> None:
    before = load(folder).version
    path = folder / "words" / "security.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert load(folder).version != before


def test_function_words_lack_no_kind(tmp_path: Path) -> None:
    folder = tmp_path / "fr"
    shutil.copytree(FOLDER, folder)
    path = folder / "words" / "function.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("  nor: [ni]\n", ""), encoding="utf-8")
    with pytest.raises(LexiconError, match=r"function\.yaml.*no words for nor"):
        load(folder)


def test_a_form_may_be_of_several_kinds() -> None:
    words = LEXICON.function
    assert words.kinds_of("d'") == {Kind.AMID, Kind.FUSED, Kind.OF, Kind.OF_ONE, Kind.OF_SOME, Kind.OF_ANY}
    assert words.kinds_of("visant") == {Kind.ACTING}
    assert words.kinds_of("missile") == frozenset()


@pytest.mark.parametrize(
    ("verb", "plain"), [("se retirer", "retirer"), ("s'en prendre", "prendre"), ("s'armer", "armer")]
)
def test_a_reflexive_verb_is_known_by_its_pronoun(verb: str, plain: str) -> None:
    forms = LEXICON.forms
    assert (forms.is_reflexive(verb), forms.unreflexive(verb)) == (True, plain)
    assert (forms.is_reflexive(plain), forms.unreflexive(plain)) == (False, plain)
