"""The page Add: files and pasted text into the graph, how far that is, what was found and what was set aside."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import streamlit as st

from kg.errors import CallError, KgError
from kg.explorer.frame import link, page, say, show_error
from kg.explorer.graph import Graph
from kg.explorer.jobs import Job, jobs
from kg.explorer.markup import Child, element, show
from kg.explorer.progress import watch
from kg.explorer.uploads import KINDS, MOST_BYTES, MOST_FILES, Pasted, Upload, kinds_of, received
from kg.ids import document_iri
from kg.opening import is_remote
from kg.settings import settings

LONGEST = 200_000
"""Characters of a pasted text."""


@page
def show_add(graph: Graph) -> None:
    """Draws the page; it is the same at all its addresses."""
    show(element("h1", say("add")), element("p", say("add lead"), cls="kg-lead"))
    if is_remote():
        show(element("p", say("add remote")))
        return
    work = jobs(str(settings().home.absolute()))
    _form()
    job = watch(work)
    if job is not None and job.report is not None and job.paths:
        _found(graph, job)


def _form() -> None:
    """What to read, and the button that begins."""
    size = MOST_BYTES // 1_000_000
    each = st.get_option("server.maxUploadSize")
    hint = say("add files help", count=MOST_FILES, each=each, size=size, kinds=", ".join(kinds_of(KINDS)))
    st.file_uploader(say("add files"), type=kinds_of(), accept_multiple_files=True, key="add-files")
    show(element("p", hint, cls="kg-small"))
    st.text_area(say("add paste"), height=140, max_chars=LONGEST, key="add-text")
    for column, name in zip(st.columns(3), ("title", "publisher", "date"), strict=True):
        column.text_input(say(f"add {name}"), max_chars=200, key=f"add-{name}")
    st.button(say("add read"), type="primary", on_click=_begin, key="add-read")
    if refused := st.session_state.pop("add-refused", None):
        show_error(refused)


def _begin() -> None:
    """Take over what was handed in and begin to read it; a refusal is kept for the page to show."""
    state = st.session_state
    uploads = [Upload(each.name, each.getvalue()) for each in state.get("add-files") or ()]
    pasted = Pasted(*(str(state.get(f"add-{name}", "")).strip() for name in ("text", "title", "publisher", "date")))
    work = jobs(str(settings().home.absolute()))
    try:
        if work.last is not None and work.last.running:
            raise CallError(say("add busy"), say("add busy remedy"))
        if not work.begin(received(settings().home, uploads, pasted)):
            raise CallError(say("add busy"), say("add busy remedy"))
    except KgError as error:
        state["add-refused"] = error


def _found(graph: Graph, job: Job) -> None:
    """What the last job read into the graph, and what it set aside."""
    report: dict[str, Any] = job.report or {}
    documents = [str(each) for each in report["documents"]]
    counts = {name: report[name] for name in ("mentions", "events", "claims", "unchanged")}
    show(
        element("h2", say("add found")),
        element("p", say("add counts", documents=len(documents), **counts)),
        _list([_document(graph, each) for each in documents]),
    )
    aside = report["set_aside"]
    if aside:
        show(element("h2", say("add aside")), _list([_refused(each) for each in aside]))


def _document(graph: Graph, identifier: str) -> Child:
    """A document that was read, with how much it claims."""
    iri = document_iri(identifier)
    claims = len(graph.rows("claims-of-document", document=iri))
    count = say("add claims", count=claims) if claims else say("add no claims")
    return [link(graph.document(iri).title, "document", iri=iri), " · ", count]


def _refused(told: dict[str, str]) -> Child:
    """A file that was set aside, with the reason and what to do."""
    name = PurePath(told["path"]).name
    place = f" ({told['place']})" if told["place"] else ""
    return [element("strong", f"{name}{place}"), say("colon"), told["reason"], " ", told["remedy"]]


def _list(items: list[Child]) -> Child:
    return element("ul", [element("li", each) for each in items]) if items else None
