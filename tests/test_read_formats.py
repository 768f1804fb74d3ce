"""The formats: saved pages, PDF, feeds, messages, rows, archives; what each gives of text and metadata."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from kg.model import Document
from kg.read import How, Rejected, read_files
from kg.read.html import plain
from kg.read.pdf import join_pages
from kg.read.registry import sniff

PARAGRAPHS = [
    "La Russie a livré jeudi à la Turquie les premiers éléments du système S-400, a annoncé le ministère turc de la Défense.",
    "Les États-Unis avaient averti Ankara que cette acquisition entraînerait son exclusion du programme F-35.",
    "Selon un responsable turc, les livraisons se poursuivront pendant l'été sur une base aérienne proche de la capitale.",
]
TEXT = "\n".join(PARAGRAPHS)
HOW = How(20_000)


def read(path: Path, content: bytes | str, how: How = HOW) -> list[Document | Rejected]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [each for _, each in read_files([path], how)]


def documents(path: Path, content: bytes | str, how: How = HOW) -> list[Document]:
    found = read(path, content, how)
    assert all(isinstance(each, Document) for each in found), found
    return [each for each in found if isinstance(each, Document)]


def faults(found: list[Document | Rejected]) -> list[tuple[str, str, str]]:
    return [(each.place, each.why, each.reason) for each in found if isinstance(each, Rejected)]


PAGE = f"""<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8">
<title>Ankara reçoit ses S-400 | Courrier du soir</title>
<meta property="og:site_name" content="Courrier du soir"><meta name="author" content="Jeanne Martel">
<meta property="article:published_time" content="2019-07-12T09:30:00+02:00">
<link rel="canonical" href="https://courrier.example/monde/ankara-s-400.html"></head><body>
<nav><a href="/">Accueil</a><a href="/monde">Monde</a><a href="/abo">Abonnez-vous</a></nav>
<div class="cookie-banner">Nous utilisons des cookies pour mesurer l'audience.</div>
<article><h1>Ankara reçoit ses S-400</h1>{"".join(f"<p>{each}</p>" for each in PARAGRAPHS)}</article>
<aside>Lire aussi : un autre article</aside><footer>Mentions légales</footer></body></html>"""


def test_a_saved_page_gives_its_article_and_what_it_says_of_itself(tmp_path: Path) -> None:
    (found,) = documents(tmp_path / "page.html", PAGE)
    assert found == Document(
        "page",
        f"Ankara reçoit ses S-400\n{TEXT}",
        "https://courrier.example/monde/ankara-s-400.html",
        "fr",
        "Ankara reçoit ses S-400",
        "https://courrier.example/monde/ankara-s-400.html",
        "Courrier du soir",
        "2019-07-12",
        "page",
        "Jeanne Martel",
    )


def test_a_sidecar_knows_better_than_the_page(tmp_path: Path) -> None:
    (tmp_path / "page.meta.json").write_text('{"date": "2019-07-13", "publisher": "La Gazette"}')
    (found,) = documents(tmp_path / "page.htm", PAGE)
    assert (found.issued, found.dated_by, found.publisher) == ("2019-07-13", "metadata", "La Gazette")
    assert found.title == "Ankara reçoit ses S-400"


def test_a_page_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    data = PAGE.replace("utf-8", "iso-8859-15").replace("a annoncé", "a annoncé pour 3 €").encode("iso-8859-15")
    assert "annoncé pour 3 €" in documents(tmp_path / "page.html", data)[0].text


def test_a_page_without_an_article(tmp_path: Path) -> None:
    (fault,) = faults(read(tmp_path / "vide.html", "<html><head><title>x</title></head><body><p></p></body></html>"))
    assert fault == ("", "empty", "The page holds no article.")


def test_fragments_keep_their_words_and_lines() -> None:
    assert plain("<p>a<br>b <i>c</i> d</p>e<script>no</script>f<!-- g -->h") == "a\nb c d\ne f h".replace(
        "e f h", "efh"
    )
    assert plain("x &lt; y &amp; z") == "x < y & z"
    assert plain("  ") == ""


def pdf(*pages: list[str], title: str = "") -> bytes:
    """A small PDF in Latin letters: each page a list of lines."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line.replace('(', '').replace(')', '')}) Tj T*" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET"
        objects.append(f"<</Length {len(stream.encode('cp1252'))}>>stream\n{stream}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    objects.append(f"<</Title({title})>>")
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R/Info {len(objects)} 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + end.encode()


def test_a_pdf_gives_its_paragraphs_whole(tmp_path: Path) -> None:
    first = [
        "Bulletin de la défense",
        "La Russie a livré jeudi à la Turquie les pre-",
        "miers éléments du système S-400, a annoncé",
        "le ministère turc.",
        "1",
    ]
    second = ["Bulletin de la défense", "Les États-Unis avaient averti Ankara de ce", "qui suivrait.", "2"]
    third = ["Bulletin de la défense", "Les livraisons se poursuivront pendant tout", "l'été.", "3"]
    (found,) = documents(tmp_path / "bulletin.pdf", pdf(first, second, third, title="Les S-400 en Turquie"))
    assert found.text.split("\n") == [
        "La Russie a livré jeudi à la Turquie les premiers éléments du système S-400, a annoncé le ministère turc.",
        "Les États-Unis avaient averti Ankara de ce qui suivrait.",
        "Les livraisons se poursuivront pendant tout l'été.",
    ]
    assert (found.title, found.issued, found.dated_by) == ("Les S-400 en Turquie", None, None)


def test_titles_that_a_program_gave_are_none(tmp_path: Path) -> None:
    (found,) = documents(tmp_path / "a.pdf", pdf(PARAGRAPHS, title="Microsoft Word - note.docx"))
    assert found.title is None


def test_a_pdf_of_pictures_and_a_damaged_one(tmp_path: Path) -> None:
    assert faults(read(tmp_path / "a.pdf", pdf([]))) == [("", "empty", "The PDF holds pictures of pages, no text.")]
    ((place, why, reason),) = faults(read(tmp_path / "b.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20))
    assert (place, why) == ("", "damaged")
    assert reason.startswith("It is a damaged PDF (")


def test_pages_without_lines() -> None:
    assert join_pages([]) == join_pages(["", "  \n12\n"]) == ""


def lines_of(*objects: object) -> str:
    return "\n".join(json.dumps(each, ensure_ascii=False) for each in objects)


def test_json_lines_by_mapped_columns(tmp_path: Path) -> None:
    how = How(20_000, columns={"text": "body", "date": "published", "id": "key"})
    content = lines_of(
        {"body": TEXT, "published": "2019-07-12T10:00:00Z", "key": "n-1", "title": "Un", "other": 3},
        {"body": PARAGRAPHS[1], "url": "https://example.org/monde/averti.html", "author": "AFP"},
        {"body": PARAGRAPHS[2]},
    )
    one, two, three = documents(tmp_path / "export.jsonl", content, how)
    assert (one.identifier, one.title, one.issued, one.dated_by) == ("n-1", "Un", "2019-07-12", "metadata")
    assert (two.identifier[:7], two.author, two.source) == ("averti-", "AFP", "https://example.org/monde/averti.html")
    assert three.identifier.startswith("export-")
    assert (
        documents(tmp_path / "export.jsonl", lines_of({"body": PARAGRAPHS[2]}), how)[0].identifier == three.identifier
    )


def test_a_wrong_line_leaves_the_others(tmp_path: Path) -> None:
    content = lines_of(
        {"text": TEXT, "id": 1}, {"text": TEXT, "id": 2, "date": "hier"}, {"body": "x"}, [1], {"text": 5}
    )
    content += '\n{"text": \n\n' + "x" * 200_000 + "\n" + lines_of({"text": PARAGRAPHS[1], "id": 9})
    found = read(tmp_path / "a.jsonl", content)
    assert [each.identifier for each in found if isinstance(each, Document)] == ["1", "9"]
    assert faults(found) == [
        ("line 2", "metadata", "The column 'date' is 'hier': write a date as 2019-09-05, 2019-09 or 2019."),
        ("line 3", "metadata", "The column 'text' is missing."),
        ("line 4", "damaged", "This is no JSON object."),
        ("line 5", "metadata", "The column 'text' is no text."),
        ("line 6", "damaged", "This is no JSON (Expecting value, column 9)."),
        ("line 8", "limit", "It is longer than 160,000 characters."),
    ]


def table(rows: list[list[str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_in_the_ways_that_it_is_written(tmp_path: Path, delimiter: str, encoding: str) -> None:
    data = table(
        [["titre", "corps", "jour"], ["Été", TEXT, "2019-07-12"], ["Deux", PARAGRAPHS[1], ""]], delimiter, encoding
    )
    how = How(20_000, columns={"text": "corps", "date": "jour", "title": "titre"})
    one, two = documents(tmp_path / "a.csv", data, how)
    assert (one.title, one.text, one.issued, two.title, two.issued) == ("Été", TEXT, "2019-07-12", "Deux", None)


def test_columns_from_a_sidecar_with_what_holds_for_all_rows(tmp_path: Path) -> None:
    (tmp_path / "a.meta.json").write_text('{"publisher": "La Gazette", "columns": {"text": "corps"}}')
    (one,) = documents(tmp_path / "a.csv", table([["corps"], [TEXT]]))
    assert (one.publisher, one.text) == ("La Gazette", TEXT)


def test_csv_names_line_and_column(tmp_path: Path) -> None:
    rows = [["text", "date"], [TEXT, "2019-02-30"], [PARAGRAPHS[1], "2019"], [PARAGRAPHS[2]]]
    found = read(tmp_path / "a.csv", table(rows))
    assert faults(found) == [
        ("line 2", "metadata", "The column 'date' is '2019-02-30': there is no such day."),
        ("line 6", "damaged", "It has 1 cells where the heading has 2."),
    ]
    (fault,) = faults(read(tmp_path / "b.csv", table([["body", "day"], [TEXT, "2019"]])))
    assert fault == ("", "metadata", "Line 1: there is no column 'text' for the text (columns: body, day).")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"columns": {"texte": "a"}}', "a.meta.json, line 1: columns are no object of fields"),
        ('{"columns": "a"}', "a.meta.json, line 1: columns are no object of fields"),
    ],
)
def test_a_wrong_mapping_in_a_sidecar(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "a.meta.json").write_text(content)
    ((_, why, said),) = faults(read(tmp_path / "a.csv", table([["text"], [TEXT]])))
    assert why == "metadata"
    assert said.startswith(reason)


def test_json_as_one_object_or_a_list(tmp_path: Path) -> None:
    assert documents(tmp_path / "a.json", json.dumps({"text": TEXT, "id": "x"}))[0].identifier == "x"
    assert len(documents(tmp_path / "b.json", json.dumps([{"text": each} for each in PARAGRAPHS]))) == 3


RSS = f"""<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Dépêches du jour</title><item><title>Ankara &amp; les S-400</title><link>https://example.org/a</link>
<pubDate>Fri, 12 Jul 2019 09:30:00 +0200</pubDate><dc:creator>AFP</dc:creator><description>Résumé.</description>
<content:encoded><![CDATA[<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>]]></content:encoded></item>
<item><title>Vide</title><link>https://example.org/b</link></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">Défense &lt;b&gt;info&lt;/b&gt;</title>
<entry><title>Un</title><link rel="self" href="https://example.org/self"/><link href="https://example.org/c"/>
<published>2019-07-12T22:00:00Z</published><author><name>Jeanne Martel</name></author>
<content type="html">&lt;p&gt;{PARAGRAPHS[2]}&lt;/p&gt;</content></entry></feed>"""


def test_rss(tmp_path: Path) -> None:
    found = read(tmp_path / "a.rss", RSS.encode("latin-1"))
    (one,) = [each for each in found if isinstance(each, Document)]
    assert one.text == f"{PARAGRAPHS[0]}\n{PARAGRAPHS[1]}"
    assert (one.title, one.url, one.publisher) == ("Ankara & les S-400", "https://example.org/a", "Dépêches du jour")
    assert (one.issued, one.dated_by, one.author) == ("2019-07-12", "feed", "AFP")
    assert faults(found) == [("entry 2", "empty", "It holds no text.")]


def test_atom(tmp_path: Path) -> None:
    (one,) = documents(tmp_path / "a.atom", ATOM)
    assert (one.text, one.url, one.publisher) == (PARAGRAPHS[2], "https://example.org/c", "Défense info")
    assert (one.issued, one.author) == ("2019-07-12", "Jeanne Martel")


def test_xml_that_expands_or_is_no_feed(tmp_path: Path) -> None:
    bomb = (
        '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">'
        + "".join(f'<!ENTITY b{n} "{f"&b{n - 1 if n else str()};" * 10}">' for n in range(9))
        + f"]><rss><channel><item><description>&b8;{TEXT}</description></item></channel></rss>"
    )
    (found,) = read(tmp_path / "bomb.xml", bomb)
    assert isinstance(found, Rejected) or len(found.text) < 1_000
    (fault,) = faults(read(tmp_path / "b.xml", "<note>x</note>"))
    assert fault == ("", "format", "It is XML, but no RSS or Atom feed with entries.")


def message(html: bool = False) -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "Bulletin n° 4 : les S-400"
    made["From"] = "Jeanne Martel <jm@example.org>"
    made["Date"] = "Fri, 12 Jul 2019 09:30:00 +0200"
    made.set_content(
        f"<p>{PARAGRAPHS[0]}</p>" if html else TEXT, subtype="html" if html else "plain", charset="iso-8859-15"
    )
    return made


def test_a_message_with_attachments(tmp_path: Path) -> None:
    made = message()
    made.add_attachment(PAGE.encode(), maintype="text", subtype="html", filename="page jointe.html")
    made.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="logo.gif")
    found = read(tmp_path / "lettre.eml", made.as_bytes())
    body, page = [each for each in found if isinstance(each, Document)]
    assert (body.identifier, body.text.strip(), body.title) == ("lettre", TEXT, "Bulletin n° 4 : les S-400")
    assert (body.issued, body.dated_by, body.author) == ("2019-07-12", "message", "Jeanne Martel")
    assert (page.identifier, page.publisher) == ("lettre-page-jointe", "Courrier du soir")
    assert faults(found) == []


def test_a_message_in_html(tmp_path: Path) -> None:
    assert documents(tmp_path / "a.eml", message(html=True).as_bytes())[0].text == PARAGRAPHS[0]


def packed(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_an_archive_of_all_kinds(tmp_path: Path) -> None:
    content = packed(
        {
            "a/un.txt": TEXT,
            "a/un.meta.json": '{"date": "2019"}',
            "b/page.html": PAGE,
            "rows.jsonl": lines_of({"text": PARAGRAPHS[1], "id": "row-1"}),
            "mail.eml": message().as_bytes(),
            "__MACOSX/a/._un.txt": "x",
            ".cache/x.txt": "x",
        }
    )
    found = {each.identifier: each for each in documents(tmp_path / "lot.zip", content)}
    assert list(found) == ["lot-a-un", "lot-b-page", "lot-mail", "row-1"]
    assert (found["lot-a-un"].issued, found["lot-a-un"].source) == ("2019", f"{tmp_path}/lot.zip#a/un.txt")


def test_what_an_archive_may_not_hold(tmp_path: Path) -> None:
    how = How(20_000, file_bytes=4_000_000)
    content = packed(
        {
            "../../etc/passwd.txt": TEXT,
            "/tmp/abs.txt": TEXT,
            "bomb.txt": b"0" * 3_500_000,
            "huge.txt": b"0" * 4_500_000,
            "inner.zip": packed({"a.txt": TEXT}),
            "photo.jpg": b"\xff\xd8",
            "vide.txt": b"",
            "z.txt": TEXT,
        }
    )
    found = read(tmp_path / "lot.zip", content, how)
    assert [each.identifier for each in found if isinstance(each, Document)] == ["lot-z"]
    assert [(place.removeprefix("member "), why) for place, why, _ in faults(found)] == [
        ("../../etc/passwd.txt", "format"),
        ("/tmp/abs.txt", "format"),
        ("bomb.txt", "limit"),
        ("huge.txt", "limit"),
        ("inner.zip", "format"),
        ("photo.jpg", "format"),
        ("vide.txt", "empty"),
    ]


def test_an_archive_that_bursts_as_a_whole_or_is_cut(tmp_path: Path) -> None:
    content = packed({f"{n}.txt": b"0" * 900_000 for n in range(40)})
    found = read(tmp_path / "lot.zip", content, How(1_000_000, file_bytes=2_000_000))
    assert faults(found)[-1][:2] == ("", "limit")
    assert [each[:2] for each in faults(read(tmp_path / "cut.zip", content[:-500]))] == [("", "damaged")]
    bzip = read(tmp_path / "b.zip", packed({"a.txt": TEXT}, zipfile.ZIP_BZIP2))
    assert faults(bzip) == [("member a.txt", "format", "It is packed in a way that is not read.")]


def test_files_for_many_documents_in_which_there_is_none(tmp_path: Path) -> None:
    for name, content in {
        "a.jsonl": " \n",
        "b.csv": "text\n",
        "c.json": "[]",
        "d.zip": packed({".cache/x.txt": "x"}),
    }.items():
        assert faults(read(tmp_path / name, content)) == [("", "empty", "It holds no text.")], name


def test_kinds_told_by_their_first_bytes() -> None:
    assert [
        sniff(each) for each in (b"<?xml version='1.0'?><html>", b"<rss>", b"PK\x03\x04", b"\xef\xbb\xbf{", b"Bonjour")
    ] == [
        ".html",
        ".xml",
        ".zip",
        ".jsonl",
        ".txt",
    ]
