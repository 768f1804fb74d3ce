"""The page About: what the graph was made with, what its documents tell of, where they are silent, on what it stands."""

from __future__ import annotations

from kg.explorer import texts
from kg.explorer.aside import set_aside
from kg.explorer.behind import Due, behind
from kg.explorer.facets import Choice, query
from kg.explorer.facts import facts_of
from kg.explorer.frame import address, asking, language, link, number_of, page, say
from kg.explorer.graph import Graph
from kg.explorer.markup import Child, Markup, element, join, show
from kg.explorer.parts import basis, cell, folded, name_of, table, term_name, thing
from kg.ids import fold
from kg.namespaces import AC
from kg.query.names import text_of

KINDS = ("State", "Treaty", "WeaponSystem")
"""Of these the page says which ones no document tells of."""
QUESTIONS = {"single": "independent-tellings", "undated": "undated-events", "names": "names-only-texts-know"}
"""The question that lists what a number counts."""


@page
def show_about(graph: Graph) -> None:
    """Draws the page."""
    show(graph.kept(_page, language()))
    show(set_aside())
    kinds = ("Event", *KINDS)
    due = [Due(graph, query(Choice(kind))) for kind in kinds]
    behind(graph, "about", graph.ask("coverage"), graph.ask("document-years"), graph.ask("bases"), *due)


def _page(graph: Graph, _language: str) -> Markup:
    head = [element("h1", say("about")), element("p", say("about lead"), cls="kg-lead")]
    return join([head, _made(graph), _told(graph), _silent(graph), _grounds(graph)])


def _made(graph: Graph) -> Markup:
    manifest = graph.view.manifest
    rows: list[tuple[str, Child]] = [
        (say("about created"), str(manifest.get("created", ""))[:10]),
        (say("about documents"), number_of(len(manifest.get("documents", ())))),
        (say("about quads"), number_of(int(manifest.get("quads", 0)))),
        (say("about hash"), element("code", str(manifest.get("hash", "")))),
    ]
    for name, version in manifest.get("versions", {}).items():
        rows.append((_version(name), element("code", str(version)) if version else say("about version none")))
    body = element(
        "tbody", [element("tr", element("th", head, scope="row"), element("td", told)) for head, told in rows]
    )
    found = graph.rows("document-years")
    years = [
        f"{text_of(row['year']) if 'year' in row else say('about no year')}{say('colon')}{text_of(row['documents'])}"
        for row in found
    ]
    listed = element("p", say("about years"), say("colon"), " · ".join(years), cls="kg-small") if years else None
    return _section("about graph", element("div", element("table", body), cls="kg-scroll"), listed)


def _version(name: str) -> str:
    """What the manifest calls a part of the program, in words."""
    key = f"about version {name}"
    return say(key) if key in texts.catalogue() else name


def _told(graph: Graph) -> Markup:
    """All kinds of events with the number of claims, those of which no document tells among them."""
    counts = facts_of(graph).counts("class", Choice())
    names = {AC + local: term_name(graph, local) for local in graph.event_kinds if local != "Event"}
    order = sorted(names, key=lambda iri: (-counts.get(iri, 0), fold(names[iri])))
    rows = [(cell(_class(graph, iri, counts.get(iri, 0))), cell(_or_silent(counts.get(iri, 0)), "n")) for iri in order]
    return _section("about classes", table((say("about class"), say("about claims")), rows, "kg-narrow"))


def _class(graph: Graph, iri: str, count: int) -> Child:
    """The class, as a link to its claims where there are any."""
    name = name_of(graph, iri)
    return link(name, "browse", **{"class": iri}) if count else name


def _or_silent(count: int) -> Child:
    return number_of(count) if count else element("em", say("about silent class"))


def _silent(graph: Graph) -> Markup:
    """Things of the reference data, and years, of which no document tells."""
    facts = facts_of(graph)
    parts: list[Child] = []
    for kind in KINDS:
        listed = facts.listed(Choice(kind))
        silent = sorted((iri for iri, count in listed if not count), key=lambda iri: fold(name_of(graph, iri)))
        if silent:
            items = element("ul", [element("li", thing(graph, iri)) for iri in silent], cls="kg-hits kg-columns")
            title = say("about silent of", kind=term_name(graph, kind).capitalize(), all=number_of(len(listed)))
            parts.append(folded(title, len(silent), items, opened=False))
    counted = facts.years(Choice())
    if counted:
        first, last = min(counted), max(counted)
        empty = [str(year) for year in range(first, last + 1) if year not in counted]
        title = say("about silent years", first=first, last=last)
        if empty:
            parts.append(folded(title, len(empty), element("p", ", ".join(empty)), opened=False))
    return _section("about silence", element("p", say("about silence help"), cls="kg-small"), parts)


def _grounds(graph: Graph) -> Markup:
    counts = {text_of(row["what"]): int(text_of(row["count"])) for row in graph.rows("coverage")}
    rows = []
    for what in ("events", "single", "undated", "names"):
        shown = (
            element("a", say("about show"), href=asking(QUESTIONS[what]), target="_self") if what in QUESTIONS else None
        )
        way = shown or element("a", say("about show"), href=address("browse", kind="Event"), target="_self")
        rows.append((cell(say(f"about {what}")), cell(number_of(counts.get(what, 0)), "n"), cell(way)))
    bases = [
        (
            cell(basis(code)),
            cell(number_of(int(text_of(row["facts"]))), "n"),
            cell(texts.term("grounds", code, language())),
        )
        for row in graph.rows("bases")
        for code in [text_of(row["basis"])]
    ]
    return _section(
        "about grounds",
        table((say("what"), say("about facts"), ""), rows, "kg-narrow"),
        element("h3", say("about bases")),
        table((say("basis"), say("about facts"), say("about meaning")), bases, "kg-narrow"),
    )


def _section(key: str, *body: Child) -> Markup:
    return element("section", element("h2", say(key)), *body)
