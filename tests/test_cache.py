"""The cache: nothing is read twice, what must be read anew is, and damage is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import FakeExtractor, WordyExtractor, lean_project

from kg.build import add, build, forget
from kg.cache import Counts, DamagedError, Entry, Reading, Shelf, key_of, place_at
from kg.cache.entry import unpack
from kg.errors import CallError, LexiconError
from kg.extract import Extractor
from kg.model import Document
from kg.report import Report
from kg.settings import ROOT, settings
from kg.store import Home
from kg.versions import LEXICON

TEXTS = {
    "a.txt": "La Russie quitte le traité FNI.",
    "b.txt": "La Russie veut livrer des missiles.",
    "c.txt": "La Russie se tait.",
}
ENTRY = Entry("ab" * 32, {"Meeting": "1"}, "f00", ("livrer",), Counts(3, 2, 1, 0), b'<a:s> <a:p> "\xc3\xa9" .\n')


@pytest.fixture
def lexicon(tmp_path: Path) -> Iterator[Path]:
    """A small project of one's own, whose lexicon may be changed."""
    with lean_project(tmp_path / "lean"):
        yield settings().ontology / LEXICON


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    return folder


def whole_hash(home: Path) -> str:
    value = Home(home).current().manifest["hash"]
    assert isinstance(value, str)
    return value


def figures(report: Report) -> tuple[int, int, int]:
    """Documents read, taken from the cache, and unchanged."""
    return len(report.documents) - report.cached, report.cached, report.unchanged


def test_an_entry_comes_back_as_it_went() -> None:
    back = unpack(ENTRY.pack(), ENTRY.key)
    assert back == ENTRY
    assert back.identity == ENTRY.identity
    assert [str(quad) for quad in back.quads("https://a.example/g")] == ['<a:s> <a:p> "é" <https://a.example/g>']


@pytest.mark.parametrize(
    "harm", [lambda d: d[:-1], lambda d: d[:60] + bytes([d[60] ^ 1]) + d[61:], lambda d: b"", lambda d: b"x" + d]
)
def test_damage_is_seen(harm: object) -> None:
    assert callable(harm)
    with pytest.raises(DamagedError):
        unpack(harm(ENTRY.pack()), ENTRY.key)
    with pytest.raises(DamagedError):
        unpack(ENTRY.pack(), "cd" * 32)


@pytest.mark.parametrize("address", ["", "elsewhere", "file://{}/far", "memory://kg-tests/{}"])
def test_places_keep_list_and_forget(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shelf = Shelf(place_at(tmp_path / "home", address.format(tmp_path)))
    reading = Reading("x", {})
    assert shelf.is_empty()
    assert shelf.find(ENTRY.key, reading) is None
    shelf.keep(ENTRY)
    assert shelf.get(ENTRY.key) == ENTRY
    assert (shelf.totals().entries, shelf.totals().bytes) == (1, len(ENTRY.pack()))
    shelf.count(3, 4)
    shelf.count(1, 0)
    assert (shelf.totals().found, shelf.totals().read) == (4, 4)
    assert shelf.prune([ENTRY.key]) == (0, 0)
    assert shelf.clear() == (1, len(ENTRY.pack()))
    assert shelf.is_empty()


def test_an_address_that_nothing_knows(tmp_path: Path) -> None:
    with pytest.raises(CallError, match=r"^nosuch://x cannot be opened: Protocol not known"):
        place_at(tmp_path, "nosuch://x")


def test_an_unchanged_corpus_is_not_read_and_the_graph_stays(tmp_path: Path, texts: Path, lexicon: Path) -> None:
    home = tmp_path / "home"
    first = add(home, [texts], extractor=FakeExtractor)
    again = add(home, [texts], extractor=FakeExtractor)
    assert (figures(first), figures(again)) == ((3, 0, 0), (0, 0, 3))
    assert again.snapshot is None
    assert Home(home).current().name == first.snapshot
    assert "model" not in again.seconds


def test_building_anew_takes_all_from_the_cache_and_gives_the_same_graph(
    tmp_path: Path, texts: Path, lexicon: Path
) -> None:
    home = tmp_path / "home"
    build(home, [texts], extractor=FakeExtractor)
    before = whole_hash(home)
    again = build(home, [texts], extractor=FakeExtractor)
    assert figures(again) == (0, 3, 0)
    assert (again.mentions, again.events, again.claims) == (3, 1, 1)
    assert whole_hash(home) == before
    forget(home, ["a"])
    assert figures(add(home, [texts], extractor=FakeExtractor)) == (0, 1, 2)
    assert whole_hash(home) == before


def test_a_changed_text_and_changed_metadata_are_read(tmp_path: Path, texts: Path, lexicon: Path) -> None:
    home = tmp_path / "home"
    add(home, [texts], extractor=FakeExtractor)
    (texts / "a.txt").write_text("La Russie reste.")
    (texts / "b.meta.json").write_text('{"date": "2020-01-02"}')
    report = add(home, [texts], extractor=FakeExtractor)
    assert (report.documents, figures(report)) == (["a", "b"], (2, 0, 1))
    assert report.read_again == {"text": 1, "metadata": 1}


FRAME = """
event: ArmsTransfer
patterns: {supply: {verb: {supplier: [subj]}}}
triggers:
  - {pattern: supply, verbs: [livrer, mettre en vente], needs: [item]}
  - {pattern: supply, nouns: [troc], needs: [item]}
examples:
  - {negative: "Il livre."}
"""


@pytest.mark.parametrize(
    ("old", "new", "touched"),
    [
        ("Il livre.", "Elle livre.", []),
        ("event: A", "# a remark\nevent: A", []),
        ("[troc]", "[troc, échange]", []),
        ("nouns: [troc], needs: [item]", "nouns: [troc]", []),
        ("mettre en vente", "mettre au rebut", []),
        ("[troc]", "[troc, tait]", ["c"]),
        ("[troc]", "[troc, veut des]", ["b"]),
        ("vente], needs: [item]", "vente]", ["b"]),
        ("livrer, ", "", ["b"]),
        ("[subj]", "[subj, agent]", ["b"]),
    ],
)
def test_a_changed_frame_touches_only_documents_in_which_its_phrases_stand(
    old: str, new: str, touched: list[str]
) -> None:
    assert old in FRAME
    before, after = (Reading("x", {"ArmsTransfer": text.encode()}) for text in (FRAME, FRAME.replace(old, new)))
    assert before.lexicon != after.lexicon
    words = {name[0]: tuple(re.findall(r"\w+", text.lower())) for name, text in TEXTS.items()}
    assert [name for name in words if before.relevant(words[name]) != after.relevant(words[name])] == touched


def test_documents_that_a_changed_frame_does_not_touch_are_not_read(tmp_path: Path, texts: Path, lexicon: Path) -> None:
    home, frame = tmp_path / "home", lexicon / "ArmsTransfer.yaml"
    add(home, [texts], extractor=WordyExtractor)
    frame.write_text(frame.read_text() + "# weighed anew\n")
    report = add(home, [texts], extractor=WordyExtractor)
    assert figures(report) == (0, 0, 3)
    assert Home(home).current().name == report.snapshot  # which remembers the new lexicon
    frame.write_text(FRAME)
    report = add(home, [texts], extractor=WordyExtractor)
    assert (report.documents, report.unchanged, report.read_again) == (["b"], 2, {"lexicon": 1})
    assert figures(add(home, [texts], extractor=WordyExtractor)) == (0, 0, 3)


def test_other_words_or_an_unknown_share_of_the_lexicon_touch_all(tmp_path: Path, texts: Path, lexicon: Path) -> None:
    home = tmp_path / "home"
    add(home, [texts], extractor=WordyExtractor)
    words = lexicon / "words" / "security.yaml"
    words.write_text(words.read_text() + "# read anew\n")
    report = add(home, [texts], extractor=WordyExtractor)
    assert (figures(report), report.read_again) == ((3, 0, 0), {"lexicon": 3})
    other = tmp_path / "other"
    add(other, [texts], extractor=FakeExtractor)
    frame = lexicon / "Meeting.yaml"
    frame.write_text(frame.read_text() + "# weighed anew\n")
    assert figures(add(other, [texts], extractor=FakeExtractor)) == (3, 0, 0)


def test_another_version_of_the_extractor_reads_all(tmp_path: Path, texts: Path, lexicon: Path) -> None:
    class Later(FakeExtractor):
        version = "fake-2"

    home = tmp_path / "home"
    add(home, [texts], extractor=FakeExtractor)
    report = add(home, [texts], extractor=Later)
    assert (figures(report), report.read_again) == ((3, 0, 0), {"extractor": 3})


def test_a_damaged_entry_is_read_anew(
    tmp_path: Path, texts: Path, lexicon: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = tmp_path / "home"
    build(home, [texts], extractor=FakeExtractor)
    before = whole_hash(home)
    entries = sorted((home / "shards").glob("*/[0-9a-f]*"))
    assert len(entries) == 3
    entries[0].write_bytes(entries[0].read_bytes()[:-9])
    assert figures(build(home, [texts], extractor=FakeExtractor)) == (1, 2, 0)
    assert whole_hash(home) == before
    assert "is damaged" in caplog.text


def test_what_stopped_halfway_is_kept(tmp_path: Path, texts: Path, lexicon: Path) -> None:
    class Halting(FakeExtractor):
        version = FakeExtractor.version

        def pipe(self, documents: object) -> Iterator[object]:  # type: ignore[override]
            for number, document in enumerate(documents):  # type: ignore[call-overload]
                if number == 2:
                    raise KeyboardInterrupt
                yield self.extract(document)

    home = tmp_path / "home"
    with pytest.raises(KeyboardInterrupt):
        add(home, [texts], extractor=Halting)
    assert not Home(home).has_graph()
    assert figures(add(home, [texts], extractor=FakeExtractor)) == (1, 2, 0)


def test_the_key_depends_on_all_of_the_document() -> None:
    reading = Reading("x", {})
    one = Document("d", "Texte.", "d.txt")
    others = [
        Document("e", "Texte.", "d.txt"),
        Document("d", "Texte", "d.txt"),
        Document("d", "Texte.", "e.txt"),
        Document("d", "Texte.", "d.txt", issued="2020"),
        Document("d", "Texte.", "d.txt", title="2020"),
    ]
    keys = {key_of(each, reading) for each in [one, *others]} | {key_of(one, Reading("y", {}))}
    assert len(keys) == 7


def test_a_frame_that_is_none() -> None:
    with pytest.raises(LexiconError, match=r"^Meeting\.yaml is no frame"):
        Reading("x", {"Meeting": b"event: Meeting\n"}).relevant(("a",))
    with pytest.raises(LexiconError, match=r"^Meeting\.yaml is no YAML"):
        Reading("x", {"Meeting": b"event: [\n"}).relevant(("a",))


def frames() -> Reading:
    return Reading("x", {path.stem: path.read_bytes() for path in (ROOT / "ontology" / LEXICON).glob("*.yaml")})


def test_phrases_are_those_that_the_extractor_looks_up(extractor: Extractor) -> None:
    """Else a frame could say an event in a document that it seems not to reach."""
    known = {(each.frame, each.first, each.words) for phrases in frames().phrases.values() for each in phrases}
    looked_up = {
        (entry.frame.event, first, frozenset({first, *entry.rest}))
        for index in (extractor._triggers._verbs, extractor._triggers._nouns)
        for first, entries in index.items()
        for entry in entries
    }
    assert known == looked_up
    assert len(known) > 500


def test_each_event_of_a_text_comes_from_a_frame_that_reaches_it(extractor: Extractor) -> None:
    reading, reached, said = frames(), [], 0
    for path in sorted((ROOT / "seeds" / "documents").glob("*.md")):
        for number, line in enumerate(path.read_text().splitlines()):
            found = extractor.extract(Document(f"{path.stem}-{number}", line, str(path)))
            assert found.words is not None
            reached.append(reading.relevant(tuple(found.words)).keys())
            assert {event.kind for event in found.events} <= reached[-1]
            said += len(found.events)
    assert said > 20
    assert sum(map(len, reached)) / len(reached) < len(reading.texts) / 2
