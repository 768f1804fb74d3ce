"""HTML on a page of the explorer; `kg.markup` says how it is made safe."""

from __future__ import annotations

import streamlit as st

from kg.markup import Child, Markup, element, join, web_address

__all__ = ["Child", "Markup", "element", "join", "show", "web_address"]


def show(*children: Child) -> None:
    """Puts the HTML on the page; nothing where it is empty."""
    if body := join(children):
        st.html(body)
