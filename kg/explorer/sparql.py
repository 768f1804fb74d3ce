"""The page of questions: saved questions as forms, an editor for SPARQL, results as a table to read or
download.

The address holds either `question` with its parameters, or `query` with a text of one's own; whoever opens it
gets the same question, run. The address changes in callbacks only, so that Back and Forward lead through what
was asked.
"""

from __future__ import annotations

import streamlit as st

from kg.errors import KgError, QueryError
from kg.explorer import results, running
from kg.explorer.addressing import go
from kg.explorer.frame import language, link, page, say, show_error
from kg.explorer.graph import Graph, saved_questions
from kg.explorer.markup import Markup, element, show
from kg.ids import fold
from kg.query import ANY, Group, Parameter, Question, bind, grouped

OWN = ""
"""The choice of a query of one's own among the saved questions."""
FIRST_QUERY = """SELECT ?treaty ?signed ?ended WHERE {
  ?treaty a ac:Treaty ; ac:signedOn ?signed .
  OPTIONAL { ?treaty ac:endedOn ?ended }
}
ORDER BY ?signed
LIMIT 50
"""


@page
def show_sparql(graph: Graph) -> None:
    """Draws the page."""
    show(element("h1", say("sparql")))
    questions = saved_questions()
    _follow_address(graph, questions)
    chosen = questions.get(st.query_params.get("question", ""))
    _choice(questions, chosen)
    if chosen and chosen.parameters:
        _parameters(chosen)
    if chosen and chosen.note:
        show(element("p", chosen.note[language()], cls="kg-small"))
    if chosen is None and "query" not in st.query_params:
        show(_index(questions))
    with st.expander("SPARQL", expanded=chosen is None), st.form("editor", border=False):
        st.text_area(say("query"), key="sparql-text", height=260)
        show(element("p", say("prefixes"), cls="kg-small"))
        st.form_submit_button(say("run"), type="primary", on_click=_run_own)
    if error := st.session_state.get("sparql-error"):
        show_error(error)
        return
    due = st.session_state.pop("sparql-due", False)
    outcome = running.outcome(graph, "sparql", st.session_state["sparql-text"] if due else None)
    if outcome is not None:
        results.show_outcome(graph, outcome)


def _follow_address(graph: Graph, questions: dict[str, Question]) -> None:
    """Loads what the address asks for, when it has changed since the last run of this page."""
    asked = {key: value for key, value in st.query_params.to_dict().items() if key != "lang"}
    if st.session_state.get("sparql-asked") == (asked, language()) and "sparql-text" in st.session_state:
        return
    st.session_state["sparql-asked"] = asked, language()
    st.session_state["sparql-error"] = None
    running.forget("sparql")
    st.session_state["sparql-due"] = bool(asked)
    question = questions.get(asked.get("question", ""))
    if question is None:
        st.session_state["sparql-text"] = asked.get("query", FIRST_QUERY)
        st.session_state["sparql-due"] = "query" in asked
        return
    for parameter in question.parameters:
        value = asked.get(parameter.name, parameter.default)
        st.session_state[_key(question, parameter)] = _shown(graph, parameter, value)
    known = {parameter.name for parameter in question.parameters}
    try:
        values = {name: value for name, value in asked.items() if name in known}
        st.session_state["sparql-text"] = bind(question, values, graph.names)
    except KgError as error:
        st.session_state["sparql-text"] = question.text
        st.session_state["sparql-error"] = error


def _choice(questions: dict[str, Question], chosen: Question | None) -> None:
    """The list of saved questions; choosing one changes the address."""
    options = [OWN, *(each.id for _, group in _by_subject(questions) for each in group)]
    current = chosen.id if chosen else OWN
    key = f"question-{current}-{language()}"
    st.selectbox(
        say("saved question"),
        options,
        index=options.index(current),
        format_func=lambda name: _named(questions[name]) if name else say("own query"),
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
    links = [element("li", link(each.title[language()], "sparql", question=each.id)) for each in questions]
    return element("section", element("h2", group.title[language()]), element("ul", links))


def _choose(key: str) -> None:
    name = st.session_state[key]
    go({"question": name} if name else {"query": st.session_state["sparql-text"]})


def _parameters(question: Question) -> None:
    """One input for each parameter, filled by `_follow_address`; asking changes the address."""
    with st.form("parameters", border=False):
        columns = st.columns([*[2] * len(question.parameters), 1], vertical_alignment="bottom")
        for column, parameter in zip(columns, question.parameters, strict=False):
            column.text_input(
                parameter.label[language()],
                key=_key(question, parameter),
                placeholder=say("any") if parameter.default == ANY else None,
                help=_help(parameter),
            )
        columns[-1].form_submit_button(say("ask"), on_click=_ask, args=(question,), width="stretch")


def _shown(graph: Graph, parameter: Parameter, value: str) -> str:
    """The value as its input shows it: a thing's name where the name leads back to it, nothing for any."""
    if value == ANY:
        return ""
    if parameter.kind != "entity":
        return value
    try:
        iri = graph.names.resolve(value)
        label = graph.names.label(iri, language()) or value
        return label if graph.names.resolve(label) == iri else value
    except QueryError:
        return value


def _key(question: Question, parameter: Parameter) -> str:
    return f"value-{question.id}-{parameter.name}"


def _help(parameter: Parameter) -> str | None:
    key = f"{'entity' if parameter.kind == 'class' else parameter.kind} help"
    return None if parameter.kind == "text" else say(key)


def _ask(question: Question) -> None:
    values = [(p, st.session_state[_key(question, p)].strip() or ANY) for p in question.parameters]
    kept = {parameter.name: value for parameter, value in values if value != parameter.default}
    st.session_state.pop("sparql-asked", None)  # asked again, it runs again
    go({"question": question.id, **kept})


def _run_own() -> None:
    st.session_state.pop("sparql-asked", None)
    go({"query": st.session_state["sparql-text"]})
