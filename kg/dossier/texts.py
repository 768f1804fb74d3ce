"""The words of a dossier in both languages, from texts.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


def text(key: str, language: str, **values: object) -> str:
    """The text with this key in this language, `{name}` in it replaced by values; KeyError where there is none."""
    return _all()[key][language].format(**values)


def basis(code: str, language: str) -> str:
    """What a reference fact stands on, in words; a code that has none stays as it is."""
    return _all().get(f"basis {code}", {}).get(language, code)


def decimal(value: object, language: str) -> str:
    """A number with a fraction as the language writes it: "0.9" is "0,9" in French."""
    return str(value).replace(".", ",") if language == "fr" else str(value)


@cache
def _all() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load(
        Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8")
    )
    return loaded
