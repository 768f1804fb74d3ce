"""The codebook: current, complete, and true to a frame's conditions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from kg import alignments, vocabulary
from kg.codebook import Ontology, codebook, read
from kg.codebook.classes import guards, section
from kg.errors import OntologyError
from kg.extract.lexicon import Lexicon, load
from kg.extract.lexicon.frames import Frame, Inner, Trigger
from kg.settings import ROOT

if TYPE_CHECKING:
    from command_fixtures import Kg

pytest_plugins = ["command_fixtures"]

ONTOLOGY = ROOT / "ontology"

FRAME = """
event: TransferOffer
patterns:
  offer:
    verb: {supplier: [subj, agent], recipient: [à, auprès de], item: []}
    noun: {supplier: [adj]}
triggers:
  - pattern: offer
    verbs: [proposer, se dire prêt]
    nouns: [offre]
    strict: [item]
    needs: [item, supplier recipient]
    objects: [char]
    without: [treaty]
    inner: {events: ArmsTransfer, patterns: supply}
    modality: Possible
    negated: true
    anaphora: true
    security: true
  - {pattern: offer, adjectives: [prêt]}
examples:
  - {text: "La Valdurie propose des chars.", roles: {supplier: [Valdurie], item: [char]}, modality: Possible}
  - {negative: "Le marchand propose des pommes."}
"""


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return read(ONTOLOGY)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load(ONTOLOGY / "lexicon" / "fr")


@pytest.fixture(scope="module")
def text(ontology: Ontology, lexicon: Lexicon) -> str:
    return codebook(ontology, lexicon)


def test_the_codebook_is_current(text: str) -> None:
    assert (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8") == text, "Run kg codebook."


def test_the_command_writes_it(kg: Kg, text: str, tmp_path: Path) -> None:
    lines = len(text.splitlines())
    assert kg("codebook", tmp_path / "c.md") == (0, f"{tmp_path / 'c.md'}: {lines:,} lines.\n", "")
    assert (tmp_path / "c.md").read_text(encoding="utf-8") == text
    assert kg("codebook", "-") == (0, text, "")
    assert kg("codebook", tmp_path / "no" / "c.md") == (
        2,
        "",
        f"kg: {tmp_path / 'no' / 'c.md'} cannot be written: No such file or directory. Name another file.\n",
    )


def test_every_class_word_and_example_is_in_it(text: str, ontology: Ontology, lexicon: Lexicon) -> None:
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert len(ontology.vocabulary.events) == 25
    for event in ontology.vocabulary.events.values():
        assert event.label["en"].capitalize() in headings
        assert f"](#{event.label['en'].replace(' ', '-')})" in text
    for frame in lexicon.frames:
        part = text.partition(f"`ac:{frame.event}`")[2].partition("\n## ")[0]
        for trigger in frame.triggers:
            for word in (*trigger.verbs, *trigger.nouns, *trigger.adjectives, *trigger.objects):
                assert word in part, (frame.event, word)
        for example in frame.examples:
            assert f"- « {example.text or example.negative} »" in part


def test_every_operator_list_is_told(text: str, lexicon: Lexicon) -> None:
    """Whoever gives modality a new list must have the codebook tell it."""
    general = text.partition("## How to read the classes")[0]
    lists = type(lexicon.modality).model_fields
    for name in set(lists) - {"recorded"}:  # how claims record what decided, which is no list
        listed = {word.strip() for word in re.split(r"[,.;:(]", general)}
        missing = set(getattr(lexicon.modality, name)) - listed
        assert not missing, name


def test_operators_stand_under_what_they_decide(text: str, lexicon: Lexicon) -> None:
    modality = text.partition("## Modality and polarity")[2].partition("\n## ")[0]
    for start, listed in (
        ("- Possible: ", lexicon.modality.possible),
        ("- Planned: ", lexicon.modality.planned),
        ("- Negated: ", (*lexicon.modality.negating, *lexicon.reporting.denying)),
        ("- One of these adverbs: possible. (", lexicon.modality.adverbs_possible),
    ):
        (line,) = [line for line in modality.splitlines() if line.startswith(start)]
        assert line.removeprefix(start).rstrip(".)").split(", ") == list(dict.fromkeys(listed))


def test_a_class_in_plain_words(ontology: Ontology) -> None:
    frame = Frame.model_validate(yaml.safe_load(FRAME))
    event = ontology.vocabulary.events["TransferOffer"]
    lines = list(section(event, frame, ontology.vocabulary, ontology.alignments))
    assert lines[1:4] == ["## Transfer offer", "", "*offre de transfert* · `ac:TransferOffer`"]
    assert "**Roles:** supplier, recipient, item." in lines
    assert (
        "**Codes elsewhere:** PLOVER AGREE; CAMEO 0312 Express intent to cooperate militarily, 0332 Express intent to "
        "provide military aid, 0212 Appeal for military cooperation. An offer to sell or to give is an intent; a request "
        "to buy an appeal, which PLOVER does not code."
    ) in lines
    assert (
        "- *offer*, with a verb: **supplier**: the subject, “par X” with a passive; **recipient**: after “à”, "
        "“auprès de”; **item**: only by inference; with a noun: **supplier**: a state’s adjective."
    ) in lines
    begin = lines.index("1. As *offer*:")
    assert lines[begin + 2 : begin + 13] == [
        "   - Verbs: proposer, se dire prêt.",
        "   - Nouns: offre.",
        "   - Only where an item stands by it, in its place or within ten words.",
        "   - Only where a supplier or a recipient is found, in whatever way.",
        "   - Only with one of these as its subject or object or shortly after it, or with a treaty in its place: char.",
        "   - Not where a treaty is found.",
        "   - Only where it governs a word that says an arms transfer (as *supply*), which is then not coded on its own; "
        "what that word fills counts for both.",
        "   - Only where the sentence or the document speaks of arms or security.",
        "   - A treaty left unsaid is the one named in the sentence, else the one last spoken of.",
        "   - Always at least possible.",
        "   - The word itself negates the event.",
    ]
    assert lines[-7:] == [
        "### Coded",
        "",
        "- « La Valdurie propose des chars. »: supplier Valdurie; item char; possible",
        "",
        "### Not coded",
        "",
        "- « Le marchand propose des pommes. »",
    ]


def test_a_class_without_words_says_so(ontology: Ontology) -> None:
    event = ontology.vocabulary.events["Meeting"]
    assert list(section(event, None, ontology.vocabulary, ontology.alignments))[-1] == (
        "No word of the lexicon says it yet."
    )


def test_every_condition_of_a_trigger_is_told(ontology: Ontology) -> None:
    """Whoever gives triggers a new field must have the codebook tell it."""
    plain = Trigger(pattern="p")
    frame = Frame(event="Meeting", patterns={}, triggers=())
    told = {
        "needs": (("agent",),),
        "strict": (("agent",),),
        "objects": ("char",),
        "without": ("treaty",),
        "having": ("contre",),
        "led": ("sous",),
        "barring": ("contre", "sur"),
        "several": ("participant",),
        "single": ("participant",),
        "kinds": {"participant": ("State",)},
        "only": {"supplier": ("Organization",)},
        "unfit": ("navire-guerre",),
        "spared": ("accord",),
        "under": ("poursuite",),
        "fighting": True,
        "verbless": True,
        "denied": True,
        "ended": True,
        "inner": Inner(events=("ArmsTransfer",), consume=False),
        "modality": "Planned",
        "said": True,
        "negated": True,
        "sort": "nuclear",
        "sure": True,
        "anaphora": True,
        "security": True,
    }
    words = {"pattern", "verbs", "nouns", "adjectives"}
    assert set(Trigger.model_fields) == words | set(told)
    assert list(guards(frame, plain, ontology.vocabulary)) == []
    for name, value in told.items():
        trigger = plain.model_copy(update={name: value})
        assert len(list(guards(frame, trigger, ontology.vocabulary))) == 1, name


def test_the_alignments_name_every_class_and_no_other(ontology: Ontology, lexicon: Lexicon) -> None:
    classes = dict(ontology.alignments.classes)
    assert classes.keys() == ontology.vocabulary.events.keys()
    del classes["Meeting"]
    short = ontology.alignments.model_copy(update={"classes": classes})
    with pytest.raises(OntologyError, match="Meeting stands either there or in the ontology, not in both"):
        codebook(Ontology(ontology.vocabulary, short), lexicon)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("cameo: {}\nclasses: {Meeting: {plover: [TALK], cameo: [], why: x}}", "Meeting: PLOVER has no TALK"),
        ("cameo: {}\nclasses: {Meeting: {plover: [], cameo: ['040'], why: x}}", "the CAMEO code 040 has no meaning"),
        ("cameo: {}\nclasses: {Meeting: {plover: []}}", "classes.Meeting.cameo: Field required"),
        ("cameo: [", "while parsing"),
    ],
)
def test_wrong_alignments_are_refused(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "alignments").mkdir()
    (tmp_path / "alignments" / "plover-cameo.yaml").write_text(content)
    with pytest.raises(OntologyError, match=re.escape(message)):
        alignments.load(tmp_path)


def test_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"plover-cameo\.yaml cannot be read: No such file"):
        alignments.load(tmp_path)
    with pytest.raises(OntologyError, match=r"arms-control\.ttl cannot be read"):
        vocabulary.load(tmp_path)


PREFIXES = """
@prefix ac: <https://w3id.org/arms-control/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ('ac:X a owl:Class ; rdfs:label "x"@en ; skos:definition "x"@en, "x"@fr .', "ac:X has no label in fr"),
        ('ac:X a owl:Class ; rdfs:label "x"@en, "x"@fr ; skos:definition "x"@fr .', "ac:X has no definition in en"),
        (
            'ac:x rdfs:subPropertyOf ac:involves ; rdfs:label "x"@en, "x"@fr ; skos:definition "x"@en, "x"@fr .',
            "ac:x has no one range",
        ),
        ("ac:X a", "arms-control.ttl cannot be read"),
    ],
)
def test_a_wrong_ontology_is_refused(tmp_path: Path, terms: str, message: str) -> None:
    (tmp_path / "arms-control.ttl").write_text(PREFIXES + terms)
    with pytest.raises(OntologyError, match=re.escape(message)):
        vocabulary.load(tmp_path)


def test_the_vocabulary_of_the_ontology(ontology: Ontology) -> None:
    words = ontology.vocabulary
    assert words.events["TransferOffer"].roles == ("supplier", "recipient", "item")
    assert words.roles["item"].kinds == ("Armament", "WeaponSystem", "WeaponCategory")
    assert list(words.modalities) == ["Actual", "Planned", "Possible"]
    assert list(words.polarities) == ["Affirmed", "Negated"]
