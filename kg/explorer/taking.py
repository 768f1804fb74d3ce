"""What a reader takes away from the page of a thing: its dossier, its triples, its address."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kg.dossier import page, read
from kg.explorer.frame import language, link, say
from kg.explorer.graph import Graph
from kg.explorer.markup import element, show
from kg.explorer.pages import BY_NAME
from kg.settings import settings


def taking(graph: Graph, iri: str) -> None:
    """Buttons that write a dossier to print, Turtle and JSON-LD; the thing's IRI to copy; where it is in the picture of the graph."""
    slug = iri.rstrip("/").rsplit("/", 1)[-1]
    files = [
        ("dossier", f"dossier-{slug}.html", "text/html", partial(_dossier, graph, iri, language())),
        ("turtle", f"{slug}.ttl", "text/turtle", partial(graph.triples, iri, "turtle")),
        ("json-ld", f"{slug}.jsonld", "application/ld+json", partial(graph.triples, iri, "json-ld")),
    ]
    show(element("h2", say("take away")))
    with st.container(horizontal=True):
        for key, file, mime, write in files:
            st.download_button(say(key), write, file, mime, key=f"take-{key}", on_click="ignore")
    seen = link(say("see in graph"), "graph", root=iri) if "graph" in BY_NAME else None
    show(
        element("p", say("its iri"), " ", element("code", iri, tabindex="0"), cls="kg-small"),
        element("p", link(say("permalink"), "entity", iri=iri), [" · ", seen] if seen else None, cls="kg-small"),
    )


def _dossier(graph: Graph, iri: str, language: str) -> bytes:
    """The dossier as a file. It is written when the button is pressed, by then without a page."""
    manifest = graph.view.manifest
    found = read(
        graph.store,
        settings().ontology,
        iri,
        language,
        graph.names,
        graph=str(manifest.get("hash", "")),
        created=str(manifest.get("created", ""))[:10],
    )
    return page(found).encode()
