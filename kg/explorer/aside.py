"""What was set aside when the graph was made, by reason."""

from __future__ import annotations

from itertools import groupby

from kg.aside import Entry, entries
from kg.explorer.frame import say
from kg.explorer.markup import Markup, element
from kg.explorer.parts import cell, folded, table
from kg.opening import is_remote
from kg.settings import settings


def set_aside() -> Markup:
    """The section; where the graph stands at a server, that it does not tell. Raises StoreError where the list is damaged."""
    heading = element("h2", say("about aside"))
    if is_remote():
        return element("section", heading, element("p", say("about aside unknown"), cls="kg-meta"))
    found = sorted(entries(settings().home), key=lambda entry: (entry.rejected.why, str(entry.rejected.path)))
    if not found:
        return element("section", heading, element("p", say("about aside none"), cls="kg-meta"))
    note = element("p", say("about aside help"), cls="kg-small")
    parts = []
    for why, group in groupby(found, key=lambda entry: entry.rejected.why):
        listed = list(group)
        rows = [(cell(_named(entry)), cell(entry.rejected.reason)) for entry in listed]
        body = table((say("document"), say("about why")), rows)
        parts.append(folded(why, len(listed), body, opened=len(listed) <= 12))
    return element("section", heading, note, parts)


def _named(entry: Entry) -> str:
    """The file's name, and the place in it; not its folder, which is nobody's business on a page."""
    rejected = entry.rejected
    return f"{rejected.path.name} {rejected.place}".strip()
