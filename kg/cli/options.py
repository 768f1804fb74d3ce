"""Options that several subcommands share, and the settings behind them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from kg.errors import CallError
from kg.opening import is_remote, open_view
from kg.query.view import View
from kg.settings import settings

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="Folder that holds the graph; KG_HOME where not given, else graph/."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the outcome as JSON, for programs.")]


def home_of(context: typer.Context, given: Path | None) -> Path:
    """The home that the call means: given after the subcommand, before it, by KG_HOME, or the default."""
    before: Path | None = context.obj
    return given or before or settings().home


def view_of(context: typer.Context, given: Path | None) -> View:
    """The graph that the call reads: that in the home where --home names one, else the store's or that of the default home.

    Raises StoreError where there is none.
    """
    return open_view(home_of(context, given), here=names_home(context, given))


def names_home(context: typer.Context, given: Path | None) -> bool:
    """Whether the call itself names a home, which outweighs KG_STORE."""
    return bool(given or context.obj)


def require_home(context: typer.Context, given: Path | None, remedy: str) -> None:
    """Raise CallError where the call would be about the store that KG_STORE names, and can only be about a home."""
    if is_remote() and not names_home(context, given):
        raise CallError("A store has no snapshots that could be looked at.", f"{remedy} Name a home with --home.")


class Language(StrEnum):
    """The languages of titles and names."""

    ENGLISH = "en"
    FRENCH = "fr"


LanguageOption = Annotated[Language | None, typer.Option("--language", help="Of names; KG_LANGUAGE where not given.")]


def language_of(given: Language | None) -> Language:
    """The language that the call means; raises CallError where KG_LANGUAGE is another."""
    try:
        return given or Language(settings().language)
    except ValueError as error:
        raise CallError(f"KG_LANGUAGE is {settings().language!r}.", "Set it to en or fr, or unset it.") from error


def check_settings() -> None:
    """Raise CallError where the environment sets what cannot be set so."""
    try:
        settings()
    except ValidationError as error:
        detail = error.errors()[0]
        variable = f"KG_{detail['loc'][0]}".upper()
        raise CallError(
            f"{variable} is {detail['input']!r}: {detail['msg']}.", f"Correct or unset {variable}."
        ) from error
