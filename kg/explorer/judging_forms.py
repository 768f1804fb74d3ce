"""The forms of the page Review: what is to be otherwise in a claim, and how far to trust it and its publisher."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from kg.errors import KgError
from kg.explorer.frame import say
from kg.explorer.graph import Graph
from kg.explorer.judging import REFUSED, judge
from kg.explorer.parts import name_of, term_name
from kg.explorer.records import Claim
from kg.judgements import CREDIBILITIES, RELIABILITIES, Correction, Kind
from kg.judgements.sheet import ROLES
from kg.review.checking import MODALITIES, POLARITIES, Terms


def correction_form(graph: Graph, claim: str, why: str, key: str) -> None:
    """Fields for all that can be corrected, each as it was read until it is changed."""
    (read,) = graph.claims([claim])
    terms = Terms(graph.store)
    with st.expander(say("review corrections")), st.form(f"correct-{key}", border=False):
        _choice(graph, "class", read.event.kind, terms.kinds(), key)
        left, right = st.columns(2)
        with left:
            _choice(graph, "modality", read.modality, MODALITIES, key)
        with right:
            _choice(graph, "polarity", read.polarity, POLARITIES, key)
        st.text_input(say("review date"), value=read.event.date, max_chars=40, key=f"date-{key}")
        st.text_input(say("review claimant"), value=_name(graph, read.claimant), max_chars=200, key=f"claimant-{key}")
        roles = dict.fromkeys([*(role for role, _ in read.event.roles), *terms.roles(read.event.kind)])
        for role in roles:
            label = f"{term_name(graph, role)}: {say('review fillers')}"
            st.text_input(label, value=_fillers(graph, read, role), max_chars=500, key=f"{role}-{key}")
        st.form_submit_button(say("review correct"), on_click=_correct, args=(graph, read, why, key))


def grades(graph: Graph, claim: str, why: str, key: str) -> None:
    """Reliability of the publisher and credibility of the claim, apart from each other."""
    (read,) = graph.claims([claim])
    publisher = read.document.publisher
    with st.expander(say("review rate")):
        for kind, subject, values in (
            (Kind.RELIABILITY, publisher, list(RELIABILITIES)),
            (Kind.CREDIBILITY, claim, list(CREDIBILITIES)),
        ):
            if not subject:
                continue
            name = f"{kind.value}-{key}"
            st.selectbox(
                say(f"review {kind.value}")
                + (f": {_plain(name_of(graph, subject))}" if kind is Kind.RELIABILITY else ""),
                [None, *values],
                format_func=lambda value: say(f"review {value}") if value else "–",
                key=name,
                on_change=_rate,
                args=(kind, subject, why, name),
            )


def _choice(graph: Graph, field: str, read: str, options: object, key: str) -> None:
    assert isinstance(options, list | tuple)
    known = list(dict.fromkeys([read, *options]))
    st.selectbox(say(f"review {field}"), known, format_func=lambda each: term_name(graph, each), key=f"{field}-{key}")


def _correct(graph: Graph, read: Claim, why: str, key: str) -> None:
    """Write down what differs from what was read."""
    state = st.session_state

    def now(field: str) -> str:
        return str(state.get(f"{field}-{key}", "")).strip()

    try:
        value = Correction(
            kind=_other(now("class"), read.event.kind),
            modality=_other(now("modality"), read.modality),
            polarity=_other(now("polarity"), read.polarity),
            date=_other(now("date"), read.event.date),
        )
        if now("claimant") != _name(graph, read.claimant):
            value = replace(value, claimant=graph.names.resolve(now("claimant")) if now("claimant") else "")
        changed = {
            role: tuple(sorted({graph.names.resolve(each.strip()) for each in now(role).split(";") if each.strip()}))
            for role in ROLES
            if f"{role}-{key}" in state and now(role) != _fillers(graph, read, role)
        }
        judge(Kind.CORRECT, [read.iri], why, replace(value, roles=changed))
    except KgError as error:
        state[REFUSED] = error


def _rate(kind: Kind, subject: str, why: str, name: str) -> None:
    value = st.session_state.get(name)
    if value is not None:
        judge(kind, [subject], why, value)


def _other(now: str, read: str) -> str | None:
    return now if now != read else None


def _name(graph: Graph, iri: str) -> str:
    return name_of(graph, iri) if iri else ""


def _fillers(graph: Graph, read: Claim, role: str) -> str:
    return "; ".join(name_of(graph, each) for each in read.event.fillers(role))


def _plain(text: str) -> str:
    """A name from the graph in a label of Streamlit, which would read it as Markdown: its signs made harmless."""
    return "".join(f"\\{each}" if each in "\\`*_{}[]()<>#+-.!|:~$" else each for each in text)
