"""kg verify, kg rollback, kg gc, kg restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.console import Bars, say, say_json
from kg.cli.options import HomeOption, JsonOption, home_of, require_home
from kg.store import Home, Snapshot
from kg.store import verify as differences

SnapshotArgument = Annotated[
    str | None, typer.Argument(metavar="SNAPSHOT", help="A name, as kg status --snapshots lists them.")
]


def verify(
    context: typer.Context, snapshot: SnapshotArgument = None, home: HomeOption = None, json: JsonOption = False
) -> None:
    """Read a snapshot, the current one by default, to its last quad and compare it with its manifest.

    Says what differs and exits with 1; says besides what it was made with that is another now.
    """
    from kg.versions import outdated

    require_home(context, home, "kg publish --compare looks whether a store answers as the snapshot does.")
    place = Home(home_of(context, home))
    chosen = place.snapshot(snapshot) if snapshot else place.current()
    with Bars() as bars:
        bars.stage("verify")
        found = differences(chosen)
    older = [] if found else outdated(chosen.manifest["versions"])
    if json:
        say_json({"snapshot": chosen.name, "differences": found, "outdated": older})
    else:
        _tell(place, chosen, found, older)
    if found:
        raise typer.Exit(1)


def _tell(home: Home, snapshot: Snapshot, found: list[str], older: list[str]) -> None:
    for each in found:
        say(f"error: {each}")
    if found:
        say(f"The snapshot {snapshot.name} is damaged. {_advice(home)}")
        return
    manifest = snapshot.manifest
    say(f"The snapshot {snapshot.name} is whole: {manifest['quads']:,} quads, hash {manifest['hash'][:40]}.")
    for name in older:
        say(f"It was made with another {name} than the one here: kg build makes it anew.")


def _advice(home: Home) -> str:
    others = len(home.names()) > 1
    return "Point back to one that is whole with kg rollback." if others else "Build the graph again: kg build."


def rollback(
    context: typer.Context, snapshot: SnapshotArgument = None, home: HomeOption = None, json: JsonOption = False
) -> None:
    """Point back to the snapshot that counted before the current one, or to the one named.

    Nothing is removed: kg rollback SNAPSHOT takes it back.
    """
    place = Home(home_of(context, home))
    before = place.pointed()
    now = place.rollback(snapshot)
    if json:
        say_json({"before": before, "snapshot": now.name})
    else:
        say(f"The graph is the snapshot {now.name} again ({now.manifest['quads']:,} quads); it was {before}.")


def gc(
    context: typer.Context,
    keep: Annotated[
        int | None, typer.Option("--keep", min=1, help="How many snapshots to keep; KG_KEEP_SNAPSHOTS by default.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Remove what killed writers left, and the oldest snapshots. The current one always stays."""
    removed, freed = Home(home_of(context, home)).collect(keep)
    if json:
        say_json({"removed": removed, "bytes": freed})
    else:
        named = f": {', '.join(removed)}" if removed else ""
        say(f"{len(removed)} snapshot{'' if len(removed) == 1 else 's'} removed{named}; {freed / 1e6:,.1f} MB freed.")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file .nq that kg export wrote.")],
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Make the graph that kg export wrote to FILE the current one. Equal graphs have equal hashes.

    The file does not hold what the documents were read with, so kg status calls them old.
    """
    with Bars() as bars, Home(home_of(context, home)).write(fresh=True, own=False) as draft:
        bars.stage("load")
        draft.load(file)
        bars.stage("publish")
    assert draft.published is not None
    manifest = draft.published.manifest
    if json:
        say_json({key: manifest[key] for key in ("name", "quads", "triples", "hash")})
    else:
        say(f"The graph holds {manifest['quads']:,} quads (snapshot {manifest['name']}), hash {manifest['hash'][:40]}.")
