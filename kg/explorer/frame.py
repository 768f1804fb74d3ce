"""What all pages share: the language, addresses, the sidebar, and how errors are shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from kg.errors import KgError
from kg.explorer import texts
from kg.explorer.graph import Graph, current
from kg.explorer.markup import Child, Markup, element, show
from kg.settings import settings

PAGES = {"home": "", "entity": "entity", "document": "document", "sparql": "sparql"}
"""The path of each page."""

STYLE = Path(__file__).with_name("style.css")


def language() -> str:
    """The language of the page: `lang` of the address, else the setting."""
    for choice in (st.query_params.get("lang"), settings().language):
        if choice in texts.LANGUAGES:
            return choice
    return next(iter(texts.LANGUAGES))


def say(key: str, **values: object) -> str:
    """A text in the language of the page."""
    return texts.text(key, language(), **values)


def address(page: str, **parameters: str) -> str:
    """The address of a page, relative to any other; it carries the language, so that links keep it."""
    return f"./{PAGES[page]}?{urlencode({**parameters, 'lang': language()})}"


def link(label: Child, page: str, cls: str | None = None, title: str | None = None, **parameters: str) -> Markup:
    """A link to a page, in the same window: a full load, which keeps address and history right."""
    return element("a", label, href=address(page, **parameters), target="_self", cls=cls, title=title)


def page(draw: Callable[[Graph], None]) -> Callable[[], None]:
    """A page function that draws within the frame and shows errors on one line."""

    @wraps(draw)
    def run() -> None:
        st.html(STYLE)
        try:
            graph = current()
        except KgError as error:
            _sidebar(None)
            show(element("h1", say("no graph")))
            show_error(error)
            return
        _sidebar(graph)
        try:
            draw(graph)
        except KgError as error:
            show_error(error)

    return run


def show_error(error: KgError) -> None:
    """The error on one line: what is wrong, and what to do."""
    show(element("div", element("strong", error.problem), " ", error.remedy, cls="kg-error", role="alert"))


def _sidebar(graph: Graph | None) -> None:
    with st.sidebar:
        pages = [link(say(name), name, "kg-nav") for name in ("home", "sparql")]
        show(
            element("div", link(say("short title"), "home"), cls="kg-brand"),
            element("nav", pages, aria_label=say("title")),
        )
        st.segmented_control(
            say("language"),
            list(texts.LANGUAGES),
            default=language(),
            required=True,
            format_func=lambda code: texts.LANGUAGES[code],
            key=f"language-{language()}",
            on_change=_switch_language,
            args=(f"language-{language()}",),
        )
        if graph:
            created = str(graph.view.manifest.get("created", ""))[:10]
            show(element("p", say("graph of", date=created), cls="kg-small"))


def _switch_language(key: str) -> None:
    st.query_params["lang"] = st.session_state[key]
