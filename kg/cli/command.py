"""The command's entry: subcommands, options that hold for all, and errors as one line each."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

from kg import __version__
from kg.cli import (
    cache,
    catalogue,
    chains,
    changes,
    codebook,
    compare,
    dossier,
    explain,
    explore,
    judge,
    keep,
    law,
    look,
    merges,
    ontology,
    positions,
    publish,
    questions,
    reconcile,
    review,
    search,
    serve,
    why,
)
from kg.cli.console import complain, pass_on_warnings, say
from kg.cli.options import HomeOption, check_settings
from kg.errors import KgError

INTERRUPTED = 130

HELP = """The arms-control knowledge graph: press articles in, claims with their sources out.

Results go to stdout, errors to stderr in one line each. Exit codes: 0 done, 1 the data is at fault (a
document was set aside, a check failed), 2 the call is, 130 interrupted.

Settings are read from the environment: KG_HOME, KG_SEEDS, KG_ONTOLOGY, KG_LANGUAGE, KG_KEEP_SNAPSHOTS,
KG_QUERY_SECONDS, KG_QUERY_ROWS, KG_QUERY_MEMORY, KG_DOCUMENT_CHARACTERS, KG_FILE_MEGABYTES, KG_READ_SECONDS,
KG_READ_MEMORY, KG_DOCUMENT_SECONDS, KG_WORKERS, KG_WORKER_MEMORY, KG_SHARDS, KG_JUDGEMENTS, KG_REVIEWER; for kg serve
KG_TOKEN, KG_SERVE_WORKERS, KG_SERVE_QUEUE, KG_SERVE_ROWS, KG_SERVE_BODY, KG_SERVE_ORIGINS; for kg compare KG_LLM_URL,
KG_LLM_MODEL, KG_LLM_KEY, KG_LLM_SECONDS, KG_LLM_CACHE; for a graph at a SPARQL server KG_STORE, KG_STORE_KIND,
KG_STORE_QUERY, KG_STORE_UPDATE, KG_STORE_GRAPHS, KG_STORE_USER, KG_STORE_PASSWORD, KG_STORE_TOKEN, KG_STORE_SECONDS.
"""

app = typer.Typer(
    name="kg",
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        say(f"kg {__version__}")
        raise typer.Exit


@app.callback()
def _before_all(
    context: typer.Context,
    home: HomeOption = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    context.obj = home


reviewing = typer.Typer(no_args_is_help=False, rich_markup_mode="markdown")
reviewing.callback(invoke_without_command=True)(review.review)
reviewing.command("judge")(judge.judge)
reviewing.command("undo")(judge.undo)
reviewing.command("log")(judge.log)
reviewing.command("apply")(judge.apply)

CHANGE, ASK, SHOW, READ = "Make and change the graph", "Ask it", "Look at it", "How texts are read"
KEEP = "Keep it"
LAW = "Ask who is bound by what"
SAID = "Ask who said what"
app.command(rich_help_panel=CHANGE)(changes.build)
app.command(rich_help_panel=CHANGE)(changes.add)
app.command(rich_help_panel=CHANGE)(changes.forget)
app.command(rich_help_panel=CHANGE)(changes.rejected)
app.add_typer(reviewing, name="review", rich_help_panel=CHANGE)
app.command(rich_help_panel=ASK)(questions.ask)
app.command(rich_help_panel=ASK)(questions.query)
app.command(rich_help_panel=ASK)(search.search)
app.command(rich_help_panel=ASK)(catalogue.questions)
app.command(rich_help_panel=LAW)(law.bound)
app.command(rich_help_panel=LAW)(law.parties)
app.command(rich_help_panel=LAW)(law.timeline)
app.command(rich_help_panel=SAID)(positions.positions)
app.command(rich_help_panel=SAID)(positions.contradictions)
app.command(rich_help_panel=SAID)(chains.chains)
app.command(rich_help_panel=SAID)(merges.merges)
app.command(rich_help_panel=ASK)(serve.serve)
app.command(rich_help_panel=SHOW)(explore.explore)
app.command(rich_help_panel=SHOW)(dossier.dossier)
app.command(rich_help_panel=SHOW)(explain.explain)
app.command(rich_help_panel=SHOW)(why.why)
app.command(rich_help_panel=SHOW)(reconcile.reconcile)
app.command(rich_help_panel=SHOW)(look.status)
app.command(rich_help_panel=SHOW)(look.check)
app.command(rich_help_panel=SHOW)(look.export)
app.command(rich_help_panel=KEEP)(keep.verify)
app.command(rich_help_panel=KEEP)(keep.rollback)
app.command(rich_help_panel=KEEP)(keep.gc)
app.command(rich_help_panel=KEEP)(keep.restore)
app.command(rich_help_panel=KEEP)(publish.publish)
app.command(rich_help_panel=KEEP)(cache.cache)
app.command(rich_help_panel=READ)(codebook.codebook)
app.command(rich_help_panel=READ)(ontology.ontology)
app.command(rich_help_panel=READ)(compare.compare)


def run(arguments: Sequence[str]) -> int:
    """Run the command with these arguments; gives its exit code."""
    pass_on_warnings()
    try:
        check_settings()
        code = app(list(arguments), prog_name="kg", standalone_mode=False)
    except KgError as error:
        complain(str(error))
        return error.exit_code
    except TyperException as error:
        return _usage(error)
    if code == INTERRUPTED:
        complain("Interrupted; the graph is as it was.")
    return code if isinstance(code, int) else 0


def _usage(error: TyperException) -> int:
    """Say how the call is wrong: one line, but the help where the call was empty."""
    message = error.format_message().replace("Value error, ", "")
    command = getattr(getattr(error, "ctx", None), "command_path", "kg")
    if not message or "\n" in message:
        say(message)
    else:
        complain(f"{message.rstrip('.')}. See {command} --help.")
    return 2


def main() -> None:
    """The entry point of the command kg."""
    sys.exit(run(sys.argv[1:]))
