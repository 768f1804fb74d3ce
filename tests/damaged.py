"""Damaged files of every kind, as many as are asked for, always the same: a name and bytes for each."""

from __future__ import annotations

import base64
import io
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

FRENCH = "La Russie a livré jeudi à la Turquie les premiers éléments du système S-400, a annoncé le ministère turc. "
FOREIGN = "The two presidents met in Helsinki and agreed to extend the treaty by another five years, their aides said. "
PAGE = f"<html><head><title>Un titre</title></head><body><article><h1>Un titre</h1><p>{FRENCH * 3}</p></article></body></html>"
PDF = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 4 0 R>>\nendobj\n4 0 obj\n<</Length 40>>stream\nBT (Un texte) Tj ET\nendstream\nendobj\n"
    b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n9\n%%EOF"
)

Damaged = tuple[str, bytes]


def damaged(count: int, huge: int) -> Iterator[Damaged]:
    """So many damaged files, of all kinds in turn; those of the kind `huge` hold so many bytes, a few of them only."""
    for number in range(count):
        kind = list(KINDS)[number % len(KINDS)]
        level = number // len(KINDS)
        suffix, data = KINDS[kind](level, random.Random(number), huge)
        yield f"{number:04}-{kind.replace(' ', '-')}{suffix}", data


def _cut(level: int, chance: random.Random, _: int) -> Damaged:
    """A whole file, cut somewhere before its end."""
    whole = (
        (".pdf", PDF[: len(PDF) * 2 // 3]),
        (".zip", _zip({"a.txt": FRENCH * 30}, zipfile.ZIP_DEFLATED)),
        (".txt", FRENCH.encode("utf-16")),
        (".json", json.dumps([{"text": FRENCH}] * 5).encode()),
        (".xml", f"<rss><channel><item><description>{FRENCH}</description></item></channel></rss>".encode()),
        (".md", f"---\ntitle: x\n{FRENCH}".encode()),
    )[level % 6]
    keep = chance.randrange(len(whole[1]) // 4, len(whole[1]) * 3 // 4)
    return whole[0], whole[1][: keep | 1]


def _encoding(level: int, chance: random.Random, _: int) -> Damaged:
    """A text that begins in one encoding and is none of it."""
    head = (b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\xef\xbb\xbf")[level % 4]
    return (".txt", ".md", ".csv", ".jsonl")[level // 4 % 4], head + bytes(
        chance.choice((0x80, 0xC3, 0xD8, 0xDC, 0xFE, 0xFF)) for _ in range(501 + level)
    )


def _zip_bomb(level: int, _: random.Random, huge: int) -> Damaged:
    """A small archive that unpacks to far more: one member, many, one in another, one that lies about its size."""
    match level % 4:
        case 0:
            return ".zip", _zip({"a.txt": b"0" * min(huge, 20_000_000)}, zipfile.ZIP_DEFLATED)
        case 1:
            return ".zip", _zip({f"{n}.txt": b"0" * 990_000 for n in range(20)}, zipfile.ZIP_DEFLATED)
        case 2:
            inner = _zip({"a.txt": b"0" * 2_000_000}, zipfile.ZIP_DEFLATED)
            return ".zip", _zip({f"{n}.zip": inner for n in range(20)}, zipfile.ZIP_STORED)
    data = bytearray(_zip({"a.txt": b"0" * 3_000_000}, zipfile.ZIP_DEFLATED))
    entry = data.rfind(b"PK\x01\x02")
    for at in (22, entry + 24):
        data[at : at + 4] = struct.pack("<I", 1_000)
    return ".zip", bytes(data)


def _zip_names(level: int, _: random.Random, __: int) -> Damaged:
    """An archive whose members would be written elsewhere, are links, or cannot be unpacked."""
    name = ("../../../etc/cron.d/x.txt", "/etc/passwd.txt", "..\\..\\x.txt", "C:/x.txt", "a\n/b\x1b[2J.xyz")[level % 5]
    return ".zip", _zip({name: FRENCH}, (zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2)[level % 3])


def _deep(level: int, _: random.Random, __: int) -> Damaged:
    """Markup, JSON or YAML nested so deep that a parser runs out of stack."""
    depth = (2_000, 20_000, 100_000)[level // 5 % 3]
    return (
        (".html", b"<html><body>" + b"<div>" * depth),
        (".xml", b"<rss><channel>" + b"<item>" * depth),
        (".json", b'{"a":' * depth),
        (".jsonl", b"[" * depth),
        (".md", b"---\n" + b"a: [" + b"[" * depth + b"\n---\n" + FRENCH.encode()),
    )[level % 5]


def _entities(level: int, _: random.Random, __: int) -> Damaged:
    """A feed whose entities expand without end, or name files and addresses."""
    many = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 20}">' for n in range(12))
    body = (
        f'<!DOCTYPE r [<!ENTITY e0 "lol">{many}]><rss><channel><item><title>&e12;</title></item></channel></rss>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><description>&x;</description></item></channel></rss>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]><rss><channel><item><description>&x;</description></item></channel></rss>',
        '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><rss><channel><item></item></channel></rss>',
    )[level % 4]
    return (".xml", ".rss", ".atom")[level % 3], body.encode()


def _pdf(level: int, chance: random.Random, huge: int) -> Damaged:
    """Garbage that calls itself a PDF: noise, circles, streams that burst, counts beyond all measure."""
    match level % 5:
        case 0:
            return ".pdf", b"%PDF-1.7\n" + chance.randbytes(20_000)
        case 1:
            return ".pdf", PDF.replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]")
        case 2:
            packed = zlib.compress(b" " * min(huge, 20_000_000), 9)
            stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
            return ".pdf", PDF.replace(b"<</Length 40>>stream\nBT (Un texte) Tj ET\nendstream", stream)
        case 3:
            return ".pdf", PDF.replace(b"/Count 1", b"/Count 99999999999").replace(b"3 0 R]", b"9999999 0 R]")
    data = bytearray(PDF)
    for _ in range(60):
        data[chance.randrange(9, len(data))] = chance.randrange(256)
    return ".pdf", bytes(data).replace(b"Tj", b"Xx")


def _long_line(level: int, _: random.Random, huge: int) -> Damaged:
    """One line of many megabytes, in the first few; shorter ones after."""
    size = huge if level < 5 else 4_200_000
    return (
        (".txt", b"x" * size),
        (".jsonl", b'{"text": "' + b"x" * (2 * size)),
        (".csv", b"text\n" + b'"' + b"x" * size),
        (".html", b"<p" + b" a" * (size // 2)),
        (".eml", b"Subject: " + b"x" * size),
    )[level % 5]


def _nul(level: int, _: random.Random, __: int) -> Damaged:
    """NUL bytes: alone, or through a text."""
    body = (b"\x00" * 4_000, FRENCH.encode("utf-16-le"), b"\x00".join([b"Traite"] * 300))[level % 3]
    return (".txt", ".md", ".csv", ".jsonl", ".json", ".eml", ".pdf", ".zip")[level % 8], body


def _name(level: int, _: random.Random, __: int) -> Damaged:
    """A good text, whose name no terminal should obey."""
    return f"-a\n{level}\x1b[31m\r\x07b.txt", FRENCH.encode()


def _rows(level: int, _: random.Random, __: int) -> Damaged:
    """Tables whose rows, columns or values are wrong."""
    return (
        (".csv", b"title,date\nx,2019\n"),
        (".csv", b'text\n"never closed\n' + FRENCH.encode()),
        (".csv", f"text,date\n{FRENCH.replace(',', ' ')},31/12/2019\n".encode()),
        (".jsonl", b'{"text": 5}\n{"text"}\nnull\n"x"\n'),
        (".json", b"[1, 2, null, {}]"),
        (".tsv", b"text\ttext2\na\tb\tc\n"),
        (".jsonl", b'{"text": "\\ud800", "title": "\\udfff"}'),
        (".json", b"9" * 10_000),
    )[level % 8]


def _mail(level: int, chance: random.Random, __: int) -> Damaged:
    """Messages without a header, of no known encoding, nested without end, or with noise attached."""
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(500 + 10 * level)
    )
    noise = base64.b64encode(chance.randbytes(3_000))
    return ".eml", (
        b"no header at all",
        b"\n\n",
        nested,
        b"Subject: =?utf-8?b?" + b"A" * 5_001 + b"?=\nContent-Type: text/plain; charset=nonsense\n\n \n",
        b'Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/pdf; name="a.pdf"\n'
        b'Content-Disposition: attachment; filename="../a.pdf"\nContent-Transfer-Encoding: base64\n\n'
        + noise
        + b"\n--b--\n",
    )[level % 5]


def _empty(level: int, _: random.Random, __: int) -> Damaged:
    """Files of all kinds in which nothing stands."""
    suffix = (".txt", ".md", ".html", ".pdf", ".csv", ".json", ".jsonl", ".xml", ".eml", ".zip", ".docx", "")[
        level % 12
    ]
    return suffix, (b"", b" \n\t\n", b"\xef\xbb\xbf")[level // 12 % 3]


def _foreign(level: int, _: random.Random, __: int) -> Damaged:
    """A text in a language that is not read."""
    return (".txt", ".html")[level % 2], (FOREIGN * (1 + level % 3)).encode()


def _zip(members: dict[str, bytes | str], method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


KINDS: dict[str, Callable[[int, random.Random, int], Damaged]] = {
    "cut": _cut,
    "encoding": _encoding,
    "zip bomb": _zip_bomb,
    "zip names": _zip_names,
    "deep": _deep,
    "entities": _entities,
    "pdf": _pdf,
    "long line": _long_line,
    "nul": _nul,
    "name": _name,
    "rows": _rows,
    "mail": _mail,
    "empty": _empty,
    "foreign": _foreign,
}
