"""The page of questions: saved questions as forms, and their rows.

The address holds `question` with its parameters; whoever opens it gets the same question, run. The address changes in callbacks
only, so that Back and Forward lead through what was asked.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from kg.errors import KgError
from kg.explorer import fields, results, running
from kg.explorer.addressing import asked_for, go
from kg.explorer.frame import entitle, language, link, page, say, show_error
from kg.explorer.graph import Graph, saved_questions
from kg.explorer.markup import Markup, element, show
from kg.ids import fold
from kg.query import Group, Parameter, Question, bind, grouped

NONE = ""
"""The choice of no question."""


@page
def show_questions(graph: Graph) -> None:
    """Draws the page; `question` of the address says which is asked, its parameters with what."""
    show(element("h1", say("questions")))
    known = saved_questions()
    chosen = known.get(st.query_params.get("question", ""))
    text = _follow_address(graph, chosen)
    _choice(known, chosen)
    if chosen is None:
        asked_id = st.query_params.get("question", "")
        unknown = element("div", say("unknown question"), " ", element("code", asked_id), cls="kg-note", role="status")
        show(unknown if asked_id else None, _index(known))
        return
    entitle(chosen.title[language()])
    if chosen.parameters:
        _parameters(graph, chosen)
    if chosen.note:
        show(element("p", chosen.note[language()], cls="kg-small"))
    if isinstance(text, KgError):
        show_error(text)
        return
    show(element("p", link(say("open as sparql"), "sparql", query=text), cls="kg-small"))
    due = st.session_state.pop("questions-due", False)
    outcome = running.outcome(graph, "questions", text if due else None)
    if isinstance(outcome, KgError):
        show_error(outcome)
    elif outcome is not None:
        results.show_outcome(graph, outcome)


def _follow_address(graph: Graph, question: Question | None) -> str | KgError:
    """The query that the address asks for; its inputs are filled anew when it has changed since the last run of this page."""
    asked = {name: values[-1] for name, values in asked_for().items()}
    fresh = st.session_state.get("questions-asked") != (asked, language())
    st.session_state["questions-asked"] = asked, language()
    if question is None:
        return ""
    for parameter in question.parameters:
        if fresh or _key(question, parameter) not in st.session_state:
            value = asked.get(parameter.name, parameter.default)
            fields.fill(graph, parameter, _key(question, parameter), value)
    if fresh:
        running.forget("questions")
        st.session_state["questions-due"] = True
    return bound_text(graph, question, asked)


def bound_text(graph: Graph, question: Question, asked: Mapping[str, str]) -> str | KgError:
    """The question's query with the values that are its parameters', or why they do not fit."""
    known = {parameter.name for parameter in question.parameters}
    try:
        return bind(question, {name: value for name, value in asked.items() if name in known}, graph.names)
    except KgError as error:
        return error


def _choice(questions: dict[str, Question], chosen: Question | None) -> None:
    """The list of saved questions; choosing one changes the address."""
    options = [NONE, *(each.id for _, group in _by_subject(questions) for each in group)]
    current = chosen.id if chosen else NONE
    key = f"question-{current}-{language()}"
    st.selectbox(
        say("saved question"),
        options,
        index=options.index(current),
        format_func=lambda name: _named(questions[name]) if name else say("no question"),
        key=key,
        on_change=_choose,
        args=(key,),
    )


def _named(question: Question) -> str:
    """A question with its subject before it, so that typing either finds it."""
    return f"{question.group.title[language()]} · {question.title[language()]}"


def _by_subject(questions: dict[str, Question]) -> list[tuple[Group, list[Question]]]:
    """The questions of each group in the order of the language's alphabet."""
    return [
        (group, sorted(found, key=lambda each: fold(each.title[language()]))) for group, found in grouped(questions)
    ]


def _index(questions: dict[str, Question]) -> Markup:
    """Links to all questions, by subject."""
    return element("div", [_subject(group, found) for group, found in _by_subject(questions)], cls="kg-index")


def _subject(group: Group, questions: list[Question]) -> Markup:
    links = [element("li", link(each.title[language()], "questions", question=each.id)) for each in questions]
    return element("section", element("h2", group.title[language()]), element("ul", links))


def _choose(key: str) -> None:
    name = st.session_state[key]
    go({"question": name} if name else {})


def _parameters(graph: Graph, question: Question) -> None:
    """One input for each parameter, filled by `_follow_address`; asking changes the address."""
    with st.form("parameters", border=False):
        columns = st.columns([*[2] * len(question.parameters), 1], vertical_alignment="bottom")
        for column, parameter in zip(columns, question.parameters, strict=False):
            fields.draw(graph, column, parameter, _key(question, parameter))
        columns[-1].form_submit_button(say("ask"), on_click=_ask, args=(question,), width="stretch")


def _key(question: Question, parameter: Parameter) -> str:
    return f"value-{question.id}-{parameter.name}-{language()}"


def _ask(question: Question) -> None:
    values = [(each, fields.given(each, _key(question, each))) for each in question.parameters]
    kept = {parameter.name: value for parameter, value in values if value != parameter.default}
    st.session_state.pop("questions-asked", None)  # asked again, it runs again
    go({"question": question.id, **kept})
