"""Reading files: what becomes of text, metadata, encodings, languages and folders."""

from __future__ import annotations

import json
import os
import string
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import CallError
from kg.model import Document
from kg.read import Rejected, count_files, read_paths
from kg.read.cleaning import clean
from kg.read.markdown import without_marks

TEXT = "La Russie a livré des missiles S-400 à la Turquie en juillet 2019."


def read(*paths: Path, limit: int = 10_000) -> list[Document | Rejected]:
    return list(read_paths(paths, limit=limit))


def read_one(path: Path, content: str | bytes, limit: int = 10_000) -> Document | Rejected:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (found,) = read(path, limit=limit)
    return found


def document(path: Path, content: str | bytes) -> Document:
    found = read_one(path, content)
    assert isinstance(found, Document), found
    return found


def rejected(path: Path, content: str | bytes, limit: int = 10_000) -> Rejected:
    found = read_one(path, content, limit)
    assert isinstance(found, Rejected), found
    assert found.path == path
    return found


def test_plain_text_knows_nothing_but_itself(tmp_path: Path) -> None:
    found = document(tmp_path / "livraison.txt", TEXT)
    assert found == Document("livraison", TEXT, (tmp_path / "livraison.txt").as_posix(), "fr")


def test_front_matter_is_taken_from_the_text(tmp_path: Path) -> None:
    head = "---\ntitle: 'Des missiles : enfin'\npublisher: Le Monde\ndate: 2019-07-12\nlanguage: fr-FR\n"
    found = document(tmp_path / "a.md", f"{head}url: https://example.org/a?b=1\n---\n{TEXT}\n")
    assert found == Document(
        "a",
        TEXT + "\n",
        "https://example.org/a?b=1",
        "fr",
        "Des missiles : enfin",
        "https://example.org/a?b=1",
        "Le Monde",
        "2019-07-12",
        "metadata",
    )


def test_front_matter_also_in_plain_text_and_with_other_line_ends(tmp_path: Path) -> None:
    found = document(tmp_path / "a.txt", f"\ufeff---\r\ntitle: 1984\r\ndate: 2019\r\n...\r\n{TEXT}")
    assert (found.title, found.issued, found.text) == ("1984", "2019", TEXT)


def test_sidecar_adds_to_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.meta.json").write_text('{"publisher": "RT", "date": 2019, "title": null}')
    found = document(tmp_path / "a.txt", f"---\ntitle: Un titre\ndate: 2019\n---\n{TEXT}")
    assert (found.title, found.publisher, found.issued, found.url) == ("Un titre", "RT", "2019", None)


def test_sidecar_that_contradicts_front_matter_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.meta.json").write_text('{"date": "2018"}')
    found = rejected(tmp_path / "a.txt", f"---\ndate: 2019\n---\n{TEXT}")
    assert found.reason == "Its front matter gives date as '2019', its sidecar as '2018'."


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("titre: x", "Line 2: the key 'titre' is unknown (known: title, url, publisher, date, language, author)."),
        ("title: x\ndate: 5 juin", "Line 3: date is '5 juin': write a date as 2019-09-05, 2019-09 or 2019."),
        ("date: 2019-02-30", "Line 2: date is '2019-02-30': there is no such day."),
        ("title: a\ntitle: b", "Line 3: the key 'title' comes twice."),
        ("title: [a, b]", "Line 2: title is []: give one line of text."),
        (
            "language: french language",
            "Line 2: language is 'french language': write a language as its code, such as fr.",
        ),
        ("title: 'open\n", "Line 4: the front matter is no YAML: found unexpected end of stream."),
        ("- a\n- b", "Line 2: the front matter is no list of keys and values."),
        (
            "url: javascript:alert(1)",
            "Line 2: url is 'javascript:alert(1)': write an address that begins with http:// or https:// and "
            "has no blanks.",
        ),
    ],
)
def test_broken_front_matter_is_named_with_its_line(tmp_path: Path, head: str, reason: str) -> None:
    assert rejected(tmp_path / "a.md", f"---\n{head}\n---\n{TEXT}").reason == reason


def test_front_matter_that_is_never_closed(tmp_path: Path) -> None:
    found = rejected(tmp_path / "a.md", f"---\ntitle: x\n{TEXT}")
    assert found.reason == "Line 1: the front matter that --- opens is never closed."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{\n"title": "a",\n"autor": "b"}', "a.meta.json, line 3: the key 'autor' is unknown"),
        ('{\n"title": "a"\n"date": 1}', "a.meta.json, line 3: this is no JSON: Expecting ',' delimiter."),
        ('["title"]', "a.meta.json, line 1: this is no JSON object."),
        ('{"title": "\\ud800"}', "a.meta.json, line 1: title is '\\ud800': it holds half of a character."),
        ('{"title": {"fr": "a"}}', "a.meta.json, line 1: title is "),
        ('{"title": "a",\n"title": "b"}', "a.meta.json, line 2: the key 'title' comes twice."),
        ("[" * 50_000, "a.meta.json: this is no JSON that can be read."),
        ("\xff", "a.meta.json cannot be read as UTF-8 text."),
    ],
)
def test_broken_sidecar_is_named_with_its_line(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "a.meta.json").write_bytes(content.encode("latin-1"))
    assert rejected(tmp_path / "a.txt", TEXT).reason.startswith(reason)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "mac_roman"])
@pytest.mark.parametrize("text", ["L’été dernier, un traité a été signé à Genève : « bien ».", "Déjà signé à Genève."])
def test_encodings_that_french_comes_in(tmp_path: Path, encoding: str, text: str) -> None:
    assert document(tmp_path / "a.txt", text.encode(encoding)).text == text


def test_damaged_utf_16_is_named(tmp_path: Path) -> None:
    found = rejected(tmp_path / "a.txt", TEXT.encode("utf-16")[:-1])
    assert found.reason == f"It begins as UTF-16 but is damaged at byte {2 * len(TEXT):,}."


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 4, b"%PDF-1.7\n\x00\x01\x02\x03", b"\x00" * 100, b"\x89PNG\r\n\x1a\n\x00"]
)
def test_binary_is_refused(tmp_path: Path, data: bytes) -> None:
    assert rejected(tmp_path / "a.txt", data).reason == "It is a binary file, not text."


@pytest.mark.parametrize("content", ["", " \n\t\u00a0\n", "\ufeff", "---\ntitle: x\n---\n", "---\n---\n"])
def test_empty_is_refused(tmp_path: Path, content: str) -> None:
    assert rejected(tmp_path / "a.txt", content).reason == "It holds no text."


def test_too_long_is_refused_by_size_before_it_is_read(tmp_path: Path) -> None:
    found = rejected(tmp_path / "a.txt", TEXT * 700, limit=10_000)
    assert found.reason == "It holds 47,600 bytes, more than the 10,000 characters that are read."
    found = rejected(tmp_path / "a.txt", TEXT * 200, limit=10_000)
    assert found.reason == "It holds 13,200 characters, more than the 10,000 characters that are read."
    assert found.remedy == "Split it, or raise KG_DOCUMENT_CHARACTERS."


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The president of Russia met his counterpart in Helsinki to talk about arms control."),
        ("ru", "Россия подписала договор с Соединёнными Штатами о сокращении вооружений."),
        ("de", "Russland und die Vereinigten Staaten haben einen Vertrag unterzeichnet."),
    ],
)
def test_another_language_is_set_aside(tmp_path: Path, code: str, text: str) -> None:
    found = rejected(tmp_path / "a.txt", text)
    assert found.reason == f"It seems to be in the language {code}."
    assert found.remedy == (
        "Only texts in fr are read: leave it out. If it is French, add language: fr to its metadata."
    )


def test_declared_language_counts_more_than_the_guess(tmp_path: Path) -> None:
    declared = rejected(tmp_path / "a.txt", f"---\nlanguage: en\n---\n{TEXT}")
    assert declared.reason == "Its metadata says that it is in the language en."
    assert document(tmp_path / "a.txt", "---\nlanguage: fr\n---\nThe president of Russia met him.").language == "fr"


@pytest.mark.parametrize("text", ["Moscou refuse.", "S-400 Triumf, Su-35, MiG-31.", "Washington accuse Moscou."])
def test_texts_too_short_to_tell_are_read(tmp_path: Path, text: str) -> None:
    assert document(tmp_path / "a.txt", text).language == "fr"


def test_cleaning_makes_uniform_and_loses_no_word() -> None:
    raw = "\ufeffUn\r\ndeux\rtrois\u2028quatre\fcinq\x00\x07 e\u0301te\u0301\u00a0!\tfin\x85"
    assert clean(raw) == "Un\ndeux\ntrois\nquatre\ncinq été\u00a0!\tfin\n"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not [each for each in once if unicodedata.category(each) == "Cc" and each not in "\n\t"]


def test_markdown_marks_go_and_words_stay() -> None:
    marked = (
        "# Titre #\n\nSous-titre\n=====\n> Une **citation** de _Sergueï_ et `S-400`\n"
        "* un\n- ***deux***\n  + trois\n"
        '1. quatre\n![image](https://example.org/i.png) [le traité](https://example.org/t "titre") FNI\n---\n'
    )
    assert without_marks(marked) == (
        "Titre\n\nSous-titre\n\nUne citation de Sergueï et S-400\nun\ndeux\ntrois\nquatre\nimage le traité FNI\n\n"
    )


@pytest.mark.parametrize(
    "text", ["2 * 3 * 4", "un #mot", "C# et F#", "snake_case_name", "le 5 août\n2019. Fin", "- ", "a*b*c"]
)
def test_markdown_leaves_what_is_no_mark(text: str) -> None:
    assert without_marks(text) == text


@given(st.text(alphabet=string.ascii_letters + " \n*_#->`[]()!1.é"))
def test_markdown_keeps_all_lines_and_letters(text: str) -> None:
    bare = without_marks(text)
    assert bare.count("\n") == text.count("\n")
    if "](" not in text:
        assert [c for c in bare if c.isalpha()] == [c for c in text if c.isalpha()]


def test_folders_are_read_in_order_without_hidden_files_and_sidecars(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c/d.txt", ".hidden.txt", ".git/x.txt", "b.meta.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}" if name.endswith("json") else TEXT)
    found = read(tmp_path, tmp_path / "b.txt", tmp_path / "c")
    assert [each.identifier for each in found if isinstance(each, Document)] == ["a", "b", "d"]
    assert len(found) == count_files([tmp_path]) == 3


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (
            "a.docx",
            "Its name has the ending .docx, which no reader knows (known: .atom, .csv, .eml, .htm, .html, .json, .jsonl, .markdown, .md, .ndjson, .pdf, .rss, .tsv, .txt, .xhtml, .xml, .zip).",
        ),
        (
            "LISEZMOI",
            "Its name has no ending, which no reader knows (known: .atom, .csv, .eml, .htm, .html, .json, .jsonl, .markdown, .md, .ndjson, .pdf, .rss, .tsv, .txt, .xhtml, .xml, .zip).",
        ),
        ("a.meta.json", "It describes a document and is none itself."),
    ],
)
def test_files_of_no_known_kind_are_set_aside(tmp_path: Path, name: str, reason: str) -> None:
    assert rejected(tmp_path / name, TEXT).reason == reason


def test_two_files_with_one_identifier(tmp_path: Path) -> None:
    first, second = tmp_path / "1" / "é.txt", tmp_path / "2" / "e\u0301.md"
    for path in (first, second):
        path.parent.mkdir()
        path.write_text(TEXT)
    kept, set_aside = read(tmp_path)
    assert isinstance(kept, Document)
    assert isinstance(set_aside, Rejected)
    assert set_aside.path == second
    assert set_aside.reason == f"Its identifier é is already that of {first}."


def test_a_missing_path_is_the_callers_fault_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    with pytest.raises(CallError, match="nowhere does not exist"):
        read_paths([tmp_path / "a.txt", tmp_path / "nowhere"], limit=100)


def test_things_that_are_no_files_are_set_aside(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = read(tmp_path)
    assert [(each.path.name, each.reason) for each in found if isinstance(each, Rejected)] == [
        ("broken.txt", "It is no regular file."),
        ("loop", "It is no regular file."),
        ("pipe.txt", "It is no regular file."),
    ]


@pytest.mark.parametrize("name", ["a\nb.txt", "a\x1b[31m.txt", os.fsdecode(b"a\xff.txt")])
def test_names_that_cannot_be_shown_are_set_aside(tmp_path: Path, name: str) -> None:
    found = rejected(tmp_path / name, TEXT)
    assert found.reason.endswith("holds characters that cannot be shown.")
    assert found.reason.isprintable()


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.meta.json").write_text(json.dumps({"title": "Un titre", "date": "2019-07"}))
    (tmp_path / "a.txt").write_text(TEXT)
    assert read(tmp_path) == read(tmp_path)
