"""The address of a view: whoever opens it in a new window sees the same, and Back and Forward lead through what was seen.

What a view shows is a function of its address alone. A link to another view is a link of HTML (`kg.explorer.frame.link`). An
input changes the address in its callback, which adds an entry to the history, and takes what it shows from the address:

    year = asked("year", "2019")
    st.text_input(say("year"), **bound("year", year))

Streamlit's own binding of inputs to the address is not used: with it, Back loses the value of the page that one leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypedDict, TypeVar

import streamlit as st

from kg.explorer import texts
from kg.settings import settings

LANG = "lang"
Value = str | list[str]
T = TypeVar("T", str, list[str])


class Bound(TypedDict):
    """The arguments of an input that follows the address."""

    key: str
    on_change: Callable[..., None]
    args: tuple[str, str, tuple[str, ...]]


_SPOKEN: ContextVar[str] = ContextVar("language", default="")
"""The language while a page is drawn, so that it is not looked up for every word."""


@contextmanager
def speaking() -> Iterator[None]:
    """Look the language up once for all that is drawn within."""
    token = _SPOKEN.set(_language())
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def language() -> str:
    """The language of the page: `lang` of the address, else the browser's, else the setting."""
    return _SPOKEN.get() or _language()


def _language() -> str:
    for choice in (st.query_params.get(LANG), (st.context.locale or "")[:2], settings().language):
        if choice in texts.LANGUAGES:
            return choice
    return next(iter(texts.LANGUAGES))


def asked(name: str, default: T) -> T:
    """What the address holds under this name: one text, or where the default is a list all of them."""
    found = st.query_params.get_all(name)
    if isinstance(default, list):
        return found or default
    return found[-1] if found else default


def asked_for() -> dict[str, list[str]]:
    """All that the address holds, without the language."""
    return {name: st.query_params.get_all(name) for name in sorted(st.query_params) if name != LANG}


def go(values: Mapping[str, str | Iterable[str]]) -> None:
    """Make the address hold this and the language, nothing else; called by callbacks only."""
    st.query_params.from_dict({**values, LANG: language()})


def change(**values: Value) -> None:
    """Make the address hold these values beside what it holds; an empty one is taken out. Called by callbacks only."""
    kept = {name: value for name, value in {**asked_for(), **values}.items() if value}
    go(kept)


def bound(name: str, value: Value, without: tuple[str, ...] = (), called: Mapping[str, str] | None = None) -> Bound:
    """The arguments that let an input follow this value of the address, and the address follow the input.

    without: what goes out of the address when the input changes, such as the number of a page of rows.
    called: how the input shows what is chosen, where that may change while the choice stays, as a number beside a name does.
    Give the input neither a value nor an index of its own. Its value must be a text, or a list of texts.
    """
    turn = _turn(name, called or {})
    key = f"at-{name}-{language()}" + (f"-{turn}" if turn else "")
    if key not in st.session_state or st.session_state.get(f"at-{name}-was") != (key, value):
        st.session_state[key] = value  # the address changed otherwise: by a link, Back or Forward
    st.session_state[f"at-{name}-was"] = key, value
    return Bound(key=key, on_change=_follow, args=(key, name, without))


def _turn(name: str, called: Mapping[str, str]) -> int:
    """How often what stays chosen has been called otherwise.

    The browser holds a choice by the words that it shows, and would send those of before; so in other words it is another input.
    """
    turn, was = st.session_state.get(f"at-{name}-called", (0, called))
    turn += any(was.get(value, words) != words for value, words in called.items())
    st.session_state[f"at-{name}-called"] = turn, called
    return int(turn)


def fresh_key(name: str, chosen: str) -> str:
    """A key for a chart whose clicks choose something: another one whenever the choice has changed.

    A chart keeps what was clicked last under its key; with the same key, what was chosen before could not be clicked again.
    """
    turn, was = st.session_state.get(f"{name}-turn", (0, chosen))
    turn += was != chosen
    st.session_state[f"{name}-turn"] = turn, chosen
    return f"{name}-{turn}"


def _follow(key: str, name: str, without: tuple[str, ...]) -> None:
    value = st.session_state[key]
    change(**{**dict.fromkeys(without, ""), name: value if value is not None else ""})
    st.session_state[f"at-{name}-was"] = key, value
