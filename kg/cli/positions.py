"""kg positions, kg contradictions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import say, say_json, table
from kg.cli.options import HomeOption, JsonOption, LanguageOption, language_of, view_of
from kg.settings import settings

if TYPE_CHECKING:
    from kg.cli.options import Language
    from kg.positions import Difference, Positions, Saying

WIDTH = 90
"""Characters of a sentence that the tables show."""


def positions(
    context: typer.Context,
    agent: Annotated[str, typer.Argument(metavar="AGENT", help="A person, state or organisation: a name, or its IRI.")],
    on: Annotated[
        str | None, typer.Option("--on", metavar="MATTER", help="Only of this treaty, weapon, state or event.")
    ] = None,
    language: LanguageOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """List what someone said over time, with the document and the sentence.

    What texts attribute to the agent, and the agent's own accusations, warnings and rejections. A state or an organisation
    is also heard through who held an office of it when the document appeared.
    """
    rows = _told(context, home, language).of(agent, on)
    if json:
        say_json([asdict(row) for row in rows])
        return
    table(("published", "by", "what", "how", "document", "sentence"), map(_line, rows))
    say(f"{len(rows):,} claims in {len({row.document for row in rows}):,} documents.")


def contradictions(
    context: typer.Context,
    involving: Annotated[
        str | None,
        typer.Option("--involving", metavar="NAME", help="Only on events that involve this, or on this event."),
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="Only of this kind: Denied, DisputedDate and the like.")
    ] = None,
    language: LanguageOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """List where claims on one event differ, with the claims of both sides.

    Denied, disputed date or participant, planned then done, accused then rejected: docs/corroboration.md says when. Nothing is
    voted away, and nothing is said of who is right.
    """
    found = _told(context, home, language).differences(involving, kind)
    if json:
        say_json([asdict(each) for each in found])
        return
    lines = [line for each in found for line in _lines(each)]
    table(("difference", "side", "published", "by", "what", "how", "document", "sentence"), lines)
    counts = Counter(each.kind for each in found)
    parts = ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items()))
    say(f"{len(found):,} in all{': ' if parts else ''}{parts}.")


def _told(context: typer.Context, home: HomeOption, language: Language | None) -> Positions:
    from kg.positions import Positions

    return Positions(view_of(context, home).store, settings().ontology, language_of(language))


def _line(row: Saying) -> tuple[str, ...]:
    how = f"{row.modality}, {row.polarity}"
    return row.issued, row.by, row.what, how, _cut(row.document, WIDTH // 2), _cut(row.sentence, WIDTH)


def _lines(each: Difference) -> Iterator[tuple[str, ...]]:
    """The claims of both sides; what the side says stands with its first claim."""
    kind = f"{each.kind}, {each.role}" if each.role else each.kind
    for side, says, sayings in (("1", each.first_says, each.first), ("2", each.other_says, each.other)):
        named = f"{side}: {', '.join(says)}" if says else side
        for number, saying in enumerate(sayings):
            yield kind, "" if number else named, *_line(saying)
            kind = ""


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 2].rstrip() + " …"
