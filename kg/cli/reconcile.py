"""kg reconcile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import say, say_json
from kg.cli.options import HomeOption, JsonOption, Language, language_of, view_of
from kg.namespaces import ACR
from kg.settings import settings

if TYPE_CHECKING:
    from kg.identity import Suggestion


class Kind(StrEnum):
    """The kinds of entities that are compared."""

    PERSON = "person"
    WEAPON = "weapon"
    TREATY = "treaty"
    ORGANIZATION = "organization"


def reconcile(
    context: typer.Context,
    kind: Annotated[
        list[Kind] | None, typer.Option("--kind", help="Only entities of this kind; may be repeated.")
    ] = None,
    least: Annotated[
        float | None, typer.Option("--least", min=0.0, max=1.0, help="Only candidates of at least this score.")
    ] = None,
    language: Annotated[
        Language | None, typer.Option("--language", help="Of names and reasons; KG_LANGUAGE where not given.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """List what only texts name with what the reference data knows that it may be, the likeliest first.

    Nothing is changed. To accept one, judge both the same: kg review judge same ENTITY CANDIDATE; to be asked no more, different.
    """
    from kg.identity import Reconciler
    from kg.judgements import Judgements, judgements_file

    judged = Judgements.load(judgements_file())
    store = view_of(context, home).store
    said = language_of(language).value
    reconciler = Reconciler(store, settings().ontology, same=judged.same, different=judged.different, language=said)
    found = reconciler.suggestions([each.value for each in kind or ()], least)
    if json:
        say_json([asdict(each) for each in found])
    else:
        _tell(found)


def _tell(found: Sequence[Suggestion]) -> None:
    for each in found:
        say(f"{each.name} · {_short(each.iri)} · documents: {each.documents}")
        for one in each.candidates:
            say(f"  {one.score:.2f}  {one.name} · {_short(one.iri)} · {one.reason}")
    say(f"{len(found):,} that may be known." if found else "Nothing that only texts name is like anything known.")


def _short(iri: str) -> str:
    return f"acr:{iri.removeprefix(ACR)}"
