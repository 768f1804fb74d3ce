"""What the buttons of the page Review do: write down a judgement, or take one back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from kg.errors import CallError, KgError
from kg.explorer.frame import say, show_error
from kg.explorer.graph import Graph, current
from kg.explorer.markup import element, show
from kg.judgements import Judgements, Kind, judgements_file
from kg.judgements.model import Value
from kg.review import Bench, reviewer
from kg.review.wording import told

WHO, SAID, REFUSED = "review-who", "review-said", "review-refused"


def named() -> None:
    """Ask who judges; the name that the settings give stands there at first."""
    if WHO not in st.session_state:
        try:
            st.session_state[WHO] = reviewer()
        except CallError:
            st.session_state[WHO] = ""
    st.text_input(say("review who"), max_chars=200, key=WHO)


def judge(kind: Kind, subjects: Sequence[str], reason: str, value: Value = None) -> None:
    """Write down a judgement, with what stands in the input of this key as the reason. Called by callbacks only."""
    _do(lambda bench: told(bench.judge(kind, [f"<{each}>" for each in subjects], _text(reason), value)))


def take_back(judgement: str, reason: str = "") -> None:
    """Take a judgement back, by its id; the reason as for `judge`. Called by callbacks only."""
    _do(lambda bench: told(bench.undo(judgement, _text(reason))))


def answered() -> None:
    """Say what became of the button that was pressed last."""
    if said := st.session_state.pop(SAID, None):
        show(element("p", say("review said", what=said), role="status"))
    if refused := st.session_state.pop(REFUSED, None):
        show_error(refused)


def pending(graph: Graph, book: Judgements) -> int:
    """How many judgements changed since the graph was built; at least one where it was built with others."""
    versions: dict[str, str] = graph.view.manifest.get("versions", {})
    if versions.get("judgements", "") == book.digest:
        return 0
    created = str(graph.view.manifest.get("created", ""))[:19]
    return max(1, sum(each.when[:19] > created for each in book.log))


def _text(key: str) -> str:
    """What stands in an input now; empty without one."""
    return str(st.session_state.get(key, "")).strip() if key else ""


def _do(work: Callable[[Bench], str]) -> None:
    """Do something as the reviewer; what came of it, or why it was refused, is kept for the page to show."""
    try:
        who = _text(WHO)
        if not who:
            raise CallError(say("review nobody"), say("review nobody remedy"))
        st.session_state[SAID] = work(Bench(current().store, judgements_file(), who))
    except KgError as error:
        st.session_state[REFUSED] = error
