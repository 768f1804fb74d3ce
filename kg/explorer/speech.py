"""The language that a page tells the browser: for screen readers, hyphens and spell checking. Streamlit itself leaves it at English."""

from __future__ import annotations

import streamlit as st

_SCRIPT = """
export default function ({ data }) {
  document.documentElement.lang = data;
}
"""


def tell_language(code: str) -> None:
    """Say that the page is in this language, one of `texts.LANGUAGES`."""
    st.components.v2.component("kg-language", js=_SCRIPT)(data=code, key="language-of-page")
