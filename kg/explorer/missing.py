"""The page of an address at which there is none: it says so in the reader's language, where Streamlit would in English."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import streamlit as st

from kg.explorer.addressing import asked
from kg.explorer.astray import ASTRAY, AT
from kg.explorer.frame import link, page, say
from kg.explorer.graph import Graph
from kg.explorer.markup import element, show
from kg.explorer.pages import PLACES


@page
def show_missing(graph: Graph) -> None:
    """Draws the page: what was asked for, and the way on."""
    show(
        element("h1", say("missing")),
        element("p", say("missing lead", name=asked_for())),
        element("p", link(say("missing home"), "home")),
    )


def unknown(address: str) -> str:
    """The last part of the path of an address that is no page of the explorer; empty where it is one."""
    name = unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2]
    base = st.get_option("server.baseUrlPath").strip("/").rpartition("/")[2]
    return "" if name == base or name in {place.path for place in PLACES} else name


def asked_for() -> str:
    """What was asked for at the address of this page, which is none of the explorer's."""
    name = unknown(st.context.url or "")
    return asked(AT, name) if name == ASTRAY else name
