"""What all pages share: the language, addresses, the sidebar, and how errors are shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from kg.dossier.texts import decimal as written
from kg.errors import KgError
from kg.explorer import texts
from kg.explorer.addressing import LANG, language, speaking
from kg.explorer.graph import Graph, current
from kg.explorer.markup import Child, Markup, element, show
from kg.explorer.pages import BY_NAME, GROUPS, PLACES
from kg.explorer.speech import tell_language

__all__ = ["address", "asking", "decimal", "entitle", "language", "link", "number_of", "page", "say", "show_error"]

STYLE = Path(__file__).with_name("style.css")


def say(key: str, **values: object) -> str:
    """A text in the language of the page."""
    return texts.text(key, language(), **values)


def decimal(value: object) -> str:
    """A fraction as the language of the page writes it."""
    return written(value, language())


def number_of(value: int) -> str:
    """A number as the language of the page writes it, its thousands apart."""
    return texts.number(value, language())


def address(page: str, **parameters: str | list[str]) -> str:
    """The address of a page, relative to any other; it carries the language, so that links keep it."""
    return f"./{BY_NAME[page].path}?{urlencode({**parameters, LANG: language()}, doseq=True)}"


def asking(question: str, **parameters: str) -> str:
    """The address at which a saved question is asked with these values."""
    return address("questions", question=question, **parameters)


def link(
    label: Child, page: str, cls: str | None = None, title: str | None = None, **parameters: str | list[str]
) -> Markup:
    """A link to a page, in the same window: a full load, which keeps address and history right."""
    return element("a", label, href=address(page, **parameters), target="_self", cls=cls, title=title)


def page(draw: Callable[[Graph], None]) -> Callable[[], None]:
    """A page function that draws within the frame and shows errors on one line."""

    name = draw.__name__.removeprefix("show_")

    @wraps(draw)
    def run() -> None:
        with speaking():
            within_frame()

    def within_frame() -> None:
        st.html(STYLE)
        tell_language(language())
        entitle(say("title" if name == "home" else name))
        try:
            graph = current()
        except KgError as error:
            _sidebar(None, name)
            show(element("h1", say("no graph")))
            show_error(error)
            return
        _sidebar(graph, name)
        try:
            draw(graph)
        except KgError as error:
            show_error(error)

    return run


def entitle(name: str) -> None:
    """What the window is called, and so what is remembered of it: the page, or the thing that it shows."""
    whole = say("title")
    st.set_page_config(page_title=whole if name == whole else f"{name} · {say('short title')}")


def show_error(error: KgError) -> None:
    """The error on one line: what is wrong, and what to do."""
    show(element("div", element("strong", error.problem), " ", error.remedy, cls="kg-error", role="alert"))


def _sidebar(graph: Graph | None, current_page: str) -> None:
    with st.sidebar:
        show(
            element("div", link(say("short title"), "home"), cls="kg-brand", lang=language()),
            element("nav", [_group(name, current_page) for name in GROUPS], aria_label=say("title")),
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


def _group(name: str, current_page: str) -> Markup | None:
    """The pages of one group; nothing where it has none."""
    links = [
        element(
            "li",
            element(
                "a",
                say(each.name),
                href=address(each.name),
                target="_self",
                cls="kg-nav",
                aria_current="page" if each.name == current_page else None,
            ),
        )
        for each in PLACES
        if each.group == name
    ]
    return element("div", element("p", say(f"group {name}"), cls="kg-side"), element("ul", links)) if links else None


def _switch_language(key: str) -> None:
    st.query_params[LANG] = st.session_state[key]
