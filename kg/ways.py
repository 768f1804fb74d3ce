"""The ways in which a role finds its filler, and what decided a claim, in plain words: as frames and claims record them.

    rule("control/subj", "fr")             # par le verbe qui régit l’infinitif, sujet
    reason("planned: future livrera", "en")  # planned: the future “livrera”

The words stand in ways.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

Words = Mapping[str, Mapping[str, str]]


@cache
def _all() -> Mapping[str, Words]:
    """The sections of ways.yaml: texts by language, by code."""
    read: dict[str, Words] = yaml.safe_load(Path(__file__).with_name("ways.yaml").read_text(encoding="utf-8"))
    return read


def realisations(language: str = "en") -> dict[str, str]:
    """What the realisations of frames that are no prepositions mean, by their names."""
    return {code: words[language] for code, words in _all()["realisations"].items()}


def rule(code: str, language: str = "en") -> str:
    """How a filler was found: "inner/à" is "from the event inside it, after “à”"."""
    steps = _all()["steps"]
    words: list[str] = []
    prepositions: list[str] = []
    for part in code.replace("beyond/date", "beyond date").split("/"):
        known = _mark("governed", part[4:], language) if part.startswith("gov:") else None
        if known is None and part not in steps:
            prepositions.append(part.removeprefix("p:"))
            continue
        words += _after(prepositions, language)
        words.append(known or steps[part][language])
        prepositions = []
    return ", ".join([*words, *_after(prepositions, language)])


def reason(recorded: str, language: str) -> str:
    """What decided a modality, a polarity or a claimant: what was decided, and by which word or sign.

    A record that is none of the extractor's is given as it is.
    """
    decided, _, why = recorded.partition(": ")
    known = _all()["decided"].get(decided.lower())
    if known is None:
        return _why(recorded, language) if recorded in _all()["reasons"] else recorded
    is_path = decided == "claimant" and why.partition("/")[0] in _all()["steps"]
    return f"{known[language]}{_colon(language)}{rule(why, language) if is_path else _why(why, language)}"


def _why(why: str, language: str) -> str:
    """A sign by its name, else the word that decided, with what it is where the record says that."""
    reasons = _all()["reasons"]
    if why in reasons:
        return reasons[why][language].format(word="")
    heads = [code for code, words in reasons.items() if why.startswith(f"{code} ") and "{word}" in words[language]]
    if heads:
        head = max(heads, key=len)
        return reasons[head][language].format(word=why.removeprefix(head).lstrip())
    return _mark("quoted", why, language)


def _after(prepositions: list[str], language: str) -> list[str]:
    """ "à/destination" is the compound preposition “à destination”."""
    return [_mark("after", " ".join(prepositions), language)] if prepositions else []


def _mark(name: str, word: str, language: str) -> str:
    return _all()["marks"][name][language].format(word=word)


def _colon(language: str) -> str:
    return " : " if language == "fr" else ": "
