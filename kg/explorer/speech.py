"""The language of a page beyond its own texts: what it tells the browser, and what Streamlit says in English alone.

Screen readers, hyphens, spell checking and the calendar follow the language that the page names; Streamlit leaves it at English. Its
own words stand in widgets.yaml with what replaces them; speech.js puts it there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
import yaml

HERE = Path(__file__).parent


def tell_language(code: str) -> None:
    """Say that the page is in this language, one of `texts.LANGUAGES`."""
    data = {"language": code, "words": list(widget_words().get(code, {}).items())}
    _component()(data=data, key="language-of-page")


@cache
def widget_words() -> Mapping[str, Mapping[str, str]]:
    """By language, what Streamlit says and what stands there instead."""
    read: dict[str, dict[str, str]] = yaml.safe_load((HERE / "widgets.yaml").read_text(encoding="utf-8"))
    return read


@cache
def _component() -> Callable[..., Any]:
    script = (HERE / "speech.js").read_text(encoding="utf-8")
    mounted: Callable[..., Any] = st.components.v2.component("kg-language", js=script)
    return mounted
