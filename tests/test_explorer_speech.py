"""What Streamlit says in English alone: the list of it fits the Streamlit that is installed."""

from __future__ import annotations

import calendar
from pathlib import Path

import pytest
import streamlit

from kg.explorer.speech import widget_words

MONTHS = tuple(calendar.month_name)[1:]
PUT_TOGETHER = {
    "Press Enter to": "Press Enter to ",
    "Press Ctrl+Enter to": "+Enter to ",
    "Press ⌘+Enter to": "+Enter to ",
    "Selected Date": "Selected Date: ",
    "This type of": "This type of",
    "1 option available": " available.",
    "{} options available": " available.",
}
"""How texts begin that Streamlit puts together, and what of them stands in its scripts."""


@pytest.fixture(scope="module")
def scripts() -> str:
    """All that runs of Streamlit in the browser."""
    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    return "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.js"))


@pytest.mark.parametrize("language", sorted(widget_words()))
def test_streamlit_says_all_that_is_replaced(scripts: str, language: str) -> None:
    unknown = []
    for text in widget_words()[language]:
        if text.endswith(MONTHS) and text.startswith("{}"):
            continue  # months come from the browser
        pieces = [part for start, part in PUT_TOGETHER.items() if text.startswith(start)]
        if (pieces or [max(text.split("{}"), key=len).strip(" —:,")])[0] not in scripts:
            unknown.append(text)
    assert unknown == []


@pytest.mark.parametrize("language", sorted(widget_words()))
def test_what_changes_stands_in_both(language: str) -> None:
    for theirs, ours in widget_words()[language].items():
        assert theirs.count("{}") == ours.count("{}"), theirs
        assert ours.strip()
        assert theirs not in widget_words()[language].values(), "what was replaced is not replaced again"
