"""What a reader hands over on the page Add, checked and put into the home's inbox, from which it is read like any other file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from kg.aside import INBOX
from kg.errors import CallError
from kg.explorer.frame import say
from kg.inputs import keep
from kg.read.metadata import SIDECAR

KINDS = (".txt", ".md", ".html", ".htm", ".pdf", ".json", ".jsonl", ".csv", ".xml", ".eml")
"""The endings of files that are taken; archives are not."""
MOST_FILES = 50
MOST_BYTES = 20_000_000
"""Of all files together. Streamlit refuses one that is longer than server.maxUploadSize before this is reached."""
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as the browser sent it."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text with what the reader knows of it; empty where nothing."""

    text: str
    title: str = ""
    publisher: str = ""
    date: str = ""


def received(home: Path, uploads: Sequence[Upload], pasted: Pasted) -> list[Path]:
    """The files in the inbox; raises CallError where there is nothing, too much, or something of another kind."""
    _check(uploads)
    if not uploads and not pasted.text.strip():
        raise CallError(say("add nothing"), say("add nothing remedy"))
    if pasted.date and not _DATE.fullmatch(pasted.date):
        raise CallError(say("add date wrong", date=pasted.date), say("add date remedy"))
    files = [_kept(home, each) for each in uploads]
    return [*files, _kept_text(home, pasted)] if pasted.text.strip() else files


def _check(uploads: Sequence[Upload]) -> None:
    size = sum(len(each.data) for each in uploads)
    remedy = say("add too much remedy", count=MOST_FILES, size=MOST_BYTES // 1_000_000)
    if len(uploads) > MOST_FILES:
        raise CallError(say("add too much", what=say("add too many", count=len(uploads))), remedy)
    if size > MOST_BYTES:
        raise CallError(say("add too much", what=say("add too large", size=f"{size / 1e6:.1f}")), remedy)
    for each in uploads:
        if PurePath(each.name).suffix.lower() not in KINDS:
            raise CallError(say("add kind", name=each.name), say("add kind remedy", kinds=", ".join(KINDS)))


def _kept(home: Path, upload: Upload) -> Path:
    """A file under its own name; under another where the inbox holds another file of that name, so that nothing is replaced."""
    name = PurePath(upload.name.replace("\\", "/")).name
    stem = _plain(PurePath(name).stem) or "upload"
    suffix = PurePath(name).suffix.lower()
    for candidate in (stem, f"{stem}-{_hash(upload.data)}"):
        path = home / INBOX / f"{candidate}{suffix}"
        if not path.exists() or path.read_bytes() == upload.data:
            break
    return keep(home, path.name, upload.data)


def _kept_text(home: Path, pasted: Pasted) -> Path:
    """A pasted text, with a sidecar of what is known of it; equal texts give the same file."""
    data = pasted.text.encode("utf-8", "replace")
    stem = f"pasted-{_hash(data)}"
    known = {"title": pasted.title.strip(), "publisher": pasted.publisher.strip(), "date": pasted.date}
    said = {name: value for name, value in known.items() if value}
    if said:
        keep(home, stem + SIDECAR, json.dumps(said).encode())
    return keep(home, f"{stem}.txt", data)


def _plain(stem: str) -> str:
    """A name with which a file, an identifier and an address can be made: letters, digits, dots, hyphens and underscores."""
    return re.sub(r"[^\w.-]+", "-", stem).strip("-.")[:80]


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]


def kinds_of(suffixes: Iterable[str] = KINDS) -> list[str]:
    """The endings as Streamlit wants them, without the dot."""
    return [suffix.removeprefix(".") for suffix in suffixes]
