"""kg review judge, undo, log, apply."""

from __future__ import annotations

import json as json_format
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.changes import tell
from kg.cli.console import Bars, say, say_json
from kg.cli.options import HomeOption, JsonOption, home_of, require_home, view_of
from kg.errors import CallError
from kg.judgements.model import Kind

if TYPE_CHECKING:
    from kg.judgements import Judgement
    from kg.judgements.model import Value
    from kg.review import Bench

WhyOption = Annotated[str, typer.Option("--why", help="The reason, for whoever reads the file later.")]


def judge(
    context: typer.Context,
    kind: Annotated[
        Kind,
        typer.Argument(
            metavar="KIND",
            help="same, different, unsure (of two); accept, correct, reject, credibility (of a claim); reliability (of a publisher).",
        ),
    ],
    subjects: Annotated[
        list[str],
        typer.Argument(
            metavar="SUBJECT",
            help="Claims: the IRI, or the beginning of its last part. Events: the IRI, or a claim about it. Others: IRI or name.",
        ),
    ],
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="What a correction changes: class, modality, polarity, claimant, date (2019, 2019-06, 2019-06-05, A/B) or a role; "
            "again for several that fill one role; with nothing after = to empty it.",
        ),
    ] = None,
    grade: Annotated[
        str | None, typer.Option("--grade", metavar="GRADE", help="Reliability A to F, or credibility 1 to 6.")
    ] = None,
    why: WhyOption = "",
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Write down one judgement without being asked, for scripts.

    It is checked against the graph, signed with KG_REVIEWER or git's user.name, and takes effect in the next build.
    """
    if kind is Kind.UNDO:
        raise CallError("A judgement is taken back by its id.", "kg review undo ID does it.")
    bench = _bench(context, home)
    said = bench.judge(kind, subjects, why, _value(kind, change or [], grade, bench))
    _tell(said, json)


def undo(
    context: typer.Context,
    judgement: Annotated[str, typer.Argument(metavar="ID", help="As kg review log tells it, or its beginning.")],
    why: WhyOption = "",
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Take a judgement back. The line stays, a line is added; an undo can be taken back as well."""
    _tell(_bench(context, home).undo(judgement, why), json)


def log(json: JsonOption = False) -> None:
    """List all judgements, the newest last: who, when, why, and which no longer count."""
    from kg.judgements import Judgements, judgements_file
    from kg.query.names import compact
    from kg.review.wording import told

    book = Judgements.load(judgements_file())
    standing = {each.id for each in book.standing}
    if json:
        say_json([_as_dict(each) | {"state": _state(each, standing, book.undone)} for each in book.log])
        return
    for each in book.log:
        about = ", ".join(compact(subject) for subject in each.subjects)
        reason = f": {each.why}" if each.why else ""
        state = _state(each, standing, book.undone)
        say(
            _plain(
                f"{each.id}  {each.when[:16].replace('T', ' ')}  {state:<9} {told(each)} {about} ({each.who}){reason}"
            )
        )
    count = len(standing)
    say(f"{len(book.log):,} lines, {count:,} judgement{'' if count == 1 else 's'} in force.")


def apply(context: typer.Context, home: HomeOption = None, json: JsonOption = False) -> None:
    """Bring the graph up to date with the file of judgements: only what they concern is changed.

    kg build and kg add do this as well.
    """
    from kg.build import add

    require_home(context, home, "Judgements are applied to a home, which kg publish then publishes.")
    with Bars() as bars:
        report = add(home_of(context, home), [], progress=bars)
    tell(report, json)


def _bench(context: typer.Context, home: HomeOption) -> Bench:
    from kg.judgements import judgements_file
    from kg.review import Bench, reviewer

    return Bench(view_of(context, home).store, judgements_file(), reviewer())


def _value(kind: Kind, change: list[str], grade: str | None, bench: Bench) -> Value:
    """The value of a judgement of this kind, from the options; raises CallError where they do not go with it."""
    from kg.review.wording import correction_of

    if change and kind is not Kind.CORRECT:
        raise CallError(f"--set goes with correct, not with {kind.value}.", "Leave it out.")
    if grade is not None and kind not in (Kind.CREDIBILITY, Kind.RELIABILITY):
        raise CallError(f"--grade goes with reliability and credibility, not with {kind.value}.", "Leave it out.")
    if kind is Kind.CORRECT:
        return correction_of(change, bench.names)
    if kind is Kind.CREDIBILITY:
        return int(grade) if grade is not None and grade.isascii() and grade.isdigit() else grade
    return grade.upper() if grade is not None else None


def _tell(said: Judgement, as_json: bool) -> None:
    from kg.review.wording import told

    if as_json:
        say_json(_as_dict(said))
    else:
        say(f"{said.id}: {_plain(told(said))}. It takes effect in the next build: kg review apply.")


def _as_dict(judgement: Judgement) -> dict[str, Any]:
    """A judgement as its line has it."""
    from kg.judgements import line_of

    found: dict[str, Any] = json_format.loads(line_of(judgement))
    return found


def _state(judgement: Judgement, standing: set[str], undone: frozenset[str]) -> str:
    if judgement.id in undone:
        return "undone"
    return "in force" if judgement.id in standing else "undo" if judgement.kind is Kind.UNDO else "replaced"


def _plain(text: str) -> str:
    """The text on one line, without the control characters that would steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
