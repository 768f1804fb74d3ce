"""The engine speaks no language: no word of one stands in kg/extract, all do in the lexicon."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kg.extract.words import fold_word
from kg.settings import ROOT

ENGINE = ROOT / "kg" / "extract"
FRENCH = ROOT / "ontology" / "lexicon" / "fr"
LISTED = ("adverbial", "clause_openers", "clitics", "comparing", "contractions", "double", "fronting", "joining", "locating",
          "possessives", "relatives", "telling_endings", "unfinite")  # fmt: skip
"""Lists of small words and endings in words/syntax.yaml."""
ENGLISH = {
    "it",  # the ending of participles, and an English pronoun
    "proposer",  # the way of a filler who proposes something
    "reporter",  # the way of a filler who reports it
    "supplier",  # a role
    "user",  # who asks a chat endpoint
}
"""English words that are spelled as a French verb or ending is."""
CODES = {"prompt.py": "en"}
"""Modules that name a language by its code, and those codes that are French words too."""
_VERB = re.compile(r"[^\W\d_]{2,}(?:er|ir|re)")
_LABEL = re.compile(r"aux(?::\w+)?|[A-Z]+")
"""A label of the treebank."""
_SYNTAX = re.compile(r"\(\?P?[<=!:][\w=!]*>?|\[[^\]]*\]|\\[A-Za-z]|\{[^}]*\}")
"""What in a regular expression is no word of the text."""
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:'|(?!\w))")
_ACCENT = re.compile(r"[àâäçéèêëîïôöùûüÿ]")


def strings(node: Any) -> Iterator[str]:
    """The texts of a part of a file, keys as well."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Iterable):
        for each in node:
            yield from strings(each)
    if isinstance(node, Mapping):
        yield from strings(node.values())


def loaded(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


@cache
def french() -> frozenset[str]:
    """Small words, stems and endings of French, and its verbs, folded; without letters and what is English too."""
    words = FRENCH / "words"
    function, syntax, modality = (loaded(words / f"{name}.yaml") for name in ("function", "syntax", "modality"))
    lines, reporting = loaded(words / "lines.yaml"), loaded(words / "reporting.yaml")
    closed = [
        each.values() for each in (*function.values(), loaded(words / "forms.yaml"), loaded(words / "moods.yaml"))
    ]
    closed += [
        syntax["prepositions"].values(),
        syntax["compound_prepositions"].values(),
        *(syntax[name] for name in LISTED),
    ]
    closed += [modality["negators"], reporting["prepositions"], lines["own"]]
    open_ = [each.values() for each in (syntax, modality, reporting)]
    open_ += [trigger.get("verbs", ()) for path in FRENCH.glob("*.yaml") for trigger in loaded(path)["triggers"]]
    found = {*strings(closed), *(text for text in strings(open_) if _VERB.fullmatch(text))}
    english = {*lines["foreign"], *ENGLISH}
    return frozenset(fold_word(text) for text in found - english if len(text) > 1)


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """The texts in a module that are no docstrings, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def spoken(text: str) -> list[str]:
    """The words of a language in a text of a program."""
    if _LABEL.fullmatch(text):
        return []
    words = _WORD.findall(_SYNTAX.sub(" ", text))
    return [word for word in words if _ACCENT.search(word) or fold_word(word) in french()]


def test_the_engine_speaks_no_language() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text!r} ({', '.join(words)})"
        for path in sorted(ENGINE.rglob("*.py"))
        for line, text in literals(path)
        if text != CODES.get(path.name) and (words := spoken(text))
    ]
    assert not found, "\n".join(found)
