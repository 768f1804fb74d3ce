"""kg chains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import say, say_json, table
from kg.cli.options import HomeOption, JsonOption, LanguageOption, language_of, view_of
from kg.settings import settings

if TYPE_CHECKING:
    from kg.courses import Chain

WIDTH = 90
"""Characters of a sentence that the table shows."""


def chains(
    context: typer.Context,
    involving: Annotated[
        str | None, typer.Option("--involving", metavar="NAME", help="Only of this weapon, treaty, state or person.")
    ] = None,
    awaiting: Annotated[bool, typer.Option("--open", help="Only where no next step is reported.")] = False,
    language: LanguageOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Tell what became of what was offered, announced or signed, step by step, and what is not reported since.

    Offer, agreement, delivery; development, test, deployment; negotiation, signature, ratification, entry into force; to expire,
    expired or extended; planned and done. Told is what documents report and the reference records: that no delivery is reported does
    not say that there was none.
    """
    from kg.courses import Courses

    store = view_of(context, home).store
    found = Courses(store, settings().ontology, language_of(language)).chains(involving, open_only=awaiting)
    if json:
        say_json([asdict(chain) for chain in found])
        return
    lines = [line for number, chain in enumerate(found, start=1) for line in _lines(number, chain)]
    table(("chain", "date", "published", "step", "how", "document", "sentence"), lines)
    count = sum(chain.is_open for chain in found)
    say(f"{len(found):,} in all, {count:,} of which await a step.")


def _lines(number: int, chain: Chain) -> Iterator[tuple[str, ...]]:
    """The steps, each with what is awaited after it."""
    for place, step in enumerate(chain.steps):
        told = (step.date, step.published, step.step, step.how, _cut(step.document), _cut(step.sentence))
        yield "" if place else str(number), *told
        if step.awaited:
            yield "", "", "", step.awaited, f"not reported since {step.since}" if step.since else "not reported", "", ""


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else text[: WIDTH - 2].rstrip() + " …"
