"""kg cache."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from kg.cli.console import say, say_json
from kg.cli.options import HomeOption, JsonOption, home_of
from kg.settings import settings
from kg.store import Home


class What(StrEnum):
    """What to do with the cache."""

    SHOW = "show"
    PRUNE = "prune"
    CLEAR = "clear"


def cache(
    context: typer.Context,
    what: Annotated[
        What,
        typer.Argument(help="show it; prune what no snapshot that is kept holds; clear it all."),
    ] = What.SHOW,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Show what is kept of documents that were read, so that none is read twice, or clear it away.

    It lies in shards/ in the home, or where KG_SHARDS says. Without it documents are read anew; the graph does not need it.
    """
    from kg.cache import Shelf, place_at

    place = Home(home_of(context, home))
    shelf = Shelf(place_at(place.path, settings().shards))
    if what is What.SHOW:
        totals = shelf.totals()
        if json:
            say_json({"place": shelf.place.address, **asdict(totals)})
            return
        say(f"{totals.entries:,} documents, {totals.bytes / 1e6:,.1f} MB, at {shelf.place.address}.")
        say(f"{totals.found:,} were taken from it so far, {totals.read:,} were read.")
        return
    count, freed = shelf.clear() if what is What.CLEAR else shelf.prune(_kept(place))
    if json:
        say_json({"removed": count, "bytes": freed})
    else:
        say(f"{count:,} documents removed; {freed / 1e6:,.1f} MB freed.")


def _kept(home: Home) -> set[str]:
    """The keys of the documents that any snapshot holds."""
    snapshots = [home.snapshot(name) for name in home.names()]
    records = [record for snapshot in snapshots for record in snapshot.manifest["documents"]]
    return {record.get("entry", "").partition(":")[0] for record in records}
