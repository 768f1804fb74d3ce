"""The words of the pages, in English and French. Names of things and classes come from the graph.

Texts stand in `words/*.yaml`, a file for each page or area; what properties, columns and codes are called stands in
`words/terms/*.yaml`. An entry is a key with its text in each language:

    rows: {en: "rows: {count}", fr: "lignes : {count}"}
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from kg.errors import DataError

LANGUAGES = {"en": "English", "fr": "Français"}
WORDS = Path(__file__).with_name("words")
TERMS = ("bases", "columns", "grounds", "inverses", "kinds", "properties")
"""The files of `words/terms`."""

Catalogue = Mapping[str, Mapping[str, str]]
"""Texts by language, by key."""


class _Text(BaseModel):
    """A text as its file holds it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    en: str
    fr: str


_FILE = TypeAdapter(dict[str, _Text])


def text(key: str, language: str, **values: object) -> str:
    """The text with this key, `{name}` in it replaced by values."""
    return catalogue()[key][language].format(**values)


def term(kind: str, key: str, language: str) -> str | None:
    """How one of `TERMS` calls this key; None where it has no word for it."""
    found = terms(kind).get(key)
    return found[language] if found else None


def column(name: str, language: str) -> str:
    """How a column of a result is called; a variable that no text knows keeps its name."""
    if known := term("columns", name, language):
        return known
    return catalogue()[name][language].lower() if name in catalogue() else name


def number(value: int, language: str) -> str:
    """The number with its thousands apart, as the language writes it."""
    return f"{value:,}".replace(",", "\u202f") if language == "fr" else f"{value:,}"


@cache
def catalogue() -> Catalogue:
    """The texts of all files, by key; raises DataError where a file is malformed or two files share a key."""
    return merged(sorted(WORDS.glob("*.yaml")))


@cache
def terms(kind: str) -> Catalogue:
    """The words of one of `TERMS`, by key."""
    return read(WORDS / "terms" / f"{kind}.yaml")


def merged(paths: list[Path]) -> Catalogue:
    """The texts of these files; raises DataError where one is malformed, or a key stands in two."""
    found: dict[str, Mapping[str, str]] = {}
    for path in paths:
        texts = read(path)
        if twice := sorted(found.keys() & texts.keys()):
            raise DataError(f"{path}: {twice[0]!r} stands in another file too.", "Use that one, or choose another key.")
        found.update(texts)
    return found


def read(path: Path) -> Catalogue:
    """The texts of one file, by key.

    Raises DataError where it is malformed, a text is empty, or the languages of a text take different values.
    """
    try:
        loaded = _FILE.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise DataError(f"{path}: the texts are malformed.", 'Write `key: {en: "…", fr: "…"}`.') from error
    texts = {key: entry.model_dump() for key, entry in loaded.items()}
    for key, languages in texts.items():
        if not all(each.strip() for each in languages.values()):
            raise DataError(f"{path}: {key!r} is empty in a language.", "Write it in all languages.")
        if len({_fields(each) for each in languages.values()}) > 1:
            raise DataError(
                f"{path}: the languages of {key!r} take different values.", "Name the same {values} in all."
            )
    return texts


def _fields(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
