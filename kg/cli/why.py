"""kg why: why the graph holds a triple."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.console import say, say_json
from kg.cli.options import HomeOption, JsonOption, Language, language_of, view_of
from kg.settings import settings

if TYPE_CHECKING:
    from kg.why import Reason, Source


def why(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="A name, an IRI or a prefixed name.")],
    predicate: Annotated[
        str, typer.Argument(metavar="PREDICATE", help="A property by its name: servedFor, ac:ofKind.")
    ],
    object: Annotated[str, typer.Argument(metavar="OBJECT", help="A name, an IRI or a literal.")],
    language: Annotated[
        Language | None, typer.Option("--language", help="Of names; KG_LANGUAGE where not given.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Say why the graph holds a triple: the rule that gave it, and what that rests on, to the last.

    At the end of each line of reasons stand a sentence of a document, a row of the reference data with its basis, or the
    ontology.
    """
    from kg.why import Reasons

    reasons = Reasons(view_of(context, home), settings().ontology, settings().seeds, language_of(language))
    reason = reasons.why(reasons.triple(subject, predicate, object))
    if json:
        say_json(asdict(reason))
    else:
        say("\n".join(_lines(reason, set())))


def _lines(reason: Reason, told: set[Reason], depth: int = 0) -> Iterator[str]:
    """A reason and what it rests on, each level further in; what was told above is not told again."""
    space = "  " * depth
    if reason in told and reason.premises:
        yield f"{space}{_plain(reason.text)} (as above)"
        return
    told.add(reason)
    yield f"{space}{_plain(reason.text)}"
    if reason.because:
        rule = f"{reason.because} [{reason.rule}]" if reason.rule else reason.because
        yield f"{space}  because: {_plain(rule)}"
    for source in reason.sources:
        yield f"{space}  {_plain(_source(source))}"
    for premise in reason.premises:
        yield from _lines(premise, told, depth + 1)


def _source(source: Source) -> str:
    if source.kind == "document":
        quote = f": “{source.quote}” ({source.begin}–{source.end})" if source.quote else ""
        return f"in {source.place}{quote}"
    told = [source.place, source.basis, source.source]
    return f"from {', '.join(part for part in told if part)}"


def _plain(text: str) -> str:
    """The text on one line, without the control characters that would steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
