"""How the result of a query is shown and downloaded."""

from __future__ import annotations

import pyoxigraph as ox

from kg.explorer import texts
from kg.explorer.behind import downloads
from kg.explorer.frame import language, number_of, say
from kg.explorer.graph import Graph
from kg.explorer.markup import Markup, element, show
from kg.explorer.parts import basis, cell, source, table, thing
from kg.explorer.running import Outcome
from kg.namespaces import XSD
from kg.query import Answer, Table, Term
from kg.query.names import text_of
from kg.query.results import as_table

SHOWN_ROWS = 200
QUOTED = ("sentence", "affirmation", "denial", "earlier", "later")
"""Columns that hold sentences."""
MARKED = {"basis": basis, "source": source}
"""Columns of reference facts that have a look of their own."""
DATES = tuple(XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth"))
NUMBERS = tuple(XSD + name for name in ("integer", "decimal", "double", "float", "nonNegativeInteger"))


def show_outcome(graph: Graph, outcome: Outcome) -> None:
    """The result as a table, how much it is, and its downloads."""
    rows = show_head(outcome)
    if rows is None or not rows.rows:
        return
    downloads(graph, "result", outcome.result)
    show(result_table(graph, rows))
    if len(rows.rows) > SHOWN_ROWS:
        count = number_of(len(rows.rows))
        show(element("p", say("first rows", shown=SHOWN_ROWS, all=count), cls="kg-small"))


def show_head(outcome: Outcome) -> Table | None:
    """How much the result is, and whether it was cut; gives its rows, None for a yes or no, which is shown."""
    if isinstance(outcome.result, Answer):
        show(element("p", element("strong", say("yes" if outcome.result.value else "no")), role="status"))
        return None
    rows = as_table(outcome.result)
    count = number_of(len(rows.rows))
    show(element("p", say("rows", count=count, seconds=f"{outcome.seconds:.2f}"), cls="kg-small", role="status"))
    if rows.truncated:
        show(element("p", say("truncated", count=count), cls="kg-error"))
    if not rows.rows:
        show(element("p", say("no rows")))
    return rows


def result_table(graph: Graph, rows: Table) -> Markup:
    """The first rows, things as links to their pages; sentences stand below the row that they belong to."""
    heads = {name: texts.column(name, language()) for name in rows.columns}
    upper = {name: head for name, head in heads.items() if name not in QUOTED}
    body: list[list[Markup]] = []
    for row in rows.rows[:SHOWN_ROWS]:
        terms = dict(zip(rows.columns, row, strict=True))
        body.append([_cell(graph, name, head, terms[name]) for name, head in upper.items()])
        quoted = [name for name in QUOTED if terms.get(name) is not None]
        if quoted:
            quotes = [_quote(terms[name], heads[name] if len(quoted) > 1 else None) for name in quoted]
            body.append([element("td", quotes, colspan=str(max(1, len(upper))), cls="q")])
    return table(upper.values(), body, "kg-cards")


def _quote(term: Term | None, head: str | None) -> Markup:
    """A sentence; `head` tells those of one row apart."""
    label = element("div", head, cls="kg-side") if head else None
    return element("div", label, element("div", text_of(term), cls="kg-quote"))


def _cell(graph: Graph, column: str, head: str, term: Term | None) -> Markup:
    if isinstance(term, ox.NamedNode):
        return cell(thing(graph, term.value), label=head)
    if not isinstance(term, ox.Literal):
        return cell(None if term is None else str(term), label=head)
    if column in MARKED:
        return cell(MARKED[column](term.value), label=head)
    datatype = term.datatype.value
    if datatype == XSD + "boolean":
        return cell(say("yes" if term.value == "true" else "no").lower(), label=head)
    day = datatype in DATES or (column == "date" and len(term.value) <= len("2019-08-01"))
    return cell(term.value, "d" if day else "n" if datatype in NUMBERS else None, head)
