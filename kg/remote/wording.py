"""Queries on their way to a server: what may be sent, and how it is said so that every server takes it.

A server may offer more than SPARQL 1.1: words that make it fetch what a graph's name points to, functions that open files or
addresses. So only the words of the standard pass, no function but those of the standard, and FROM only with graphs of ours.
SERVICE is refused as it is here (kg.query.guard).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.errors import QueryError, RefusedError
from kg.namespaces import PREFIXES, XSD
from kg.query.guard import check
from kg.query.updates import Token, plain, tokens

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_WORDS = """
BASE PREFIX SELECT DISTINCT REDUCED AS CONSTRUCT WHERE DESCRIBE ASK FROM NAMED GROUP BY HAVING ORDER ASC DESC LIMIT OFFSET VALUES
OPTIONAL GRAPH UNION FILTER BIND MINUS UNDEF EXISTS NOT IN A TRUE FALSE STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL
FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS
TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC
REGEX SUBSTR REPLACE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR
"""
WORDS = frozenset(_WORDS.split())
"""The words of SPARQL 1.1 Query (W3C recommendation of 21 March 2013, section 19.8), SERVICE and SILENT left out."""
_EXPONENT = re.compile(r"[eE]\d*")
_MARKS = frozenset("{}()[]<>=!+-*/|&^.,;?0123456789")


@dataclass(frozen=True, slots=True)
class Wording:
    """A query that may be sent."""

    form: str
    """One of FORMS."""
    prologue: str
    """Its declarations, ours for the prefixes that it leaves undeclared included, on the line before it."""
    body: str
    """The rest, without FROM."""
    default: tuple[str, ...]
    """What FROM named."""
    named: tuple[str, ...]
    """What FROM NAMED named."""
    graphs: tuple[str, ...]
    """The graphs that GRAPH names by IRI."""
    any_graph: bool
    """Whether GRAPH stands before a variable."""
    limited: bool
    """Whether it says itself which part of its rows it wants, or ends with VALUES, so that no LIMIT fits behind it."""
    ordered: bool

    @property
    def text(self) -> str:
        """The whole query."""
        return self.prologue + self.body

    def at_most(self, rows: int | None) -> Wording:
        """The query that gives at most so many rows, where that can be said without another order of work.

        Not where it sorts: Virtuoso sorts at most 10,000 rows where a LIMIT says how many are wanted.
        """
        if rows is None or self.limited or self.ordered or self.form not in ("SELECT", "CONSTRUCT"):
            return self
        limits = {"body": f"{self.body}\nLIMIT {rows}", "limited": True}
        return Wording(**{**{name: getattr(self, name) for name in self.__slots__}, **limits})

    def counted(self) -> str:
        """The query for the number of its rows."""
        return f"{self.prologue}SELECT (COUNT(*) AS ?rows) WHERE {{ {{ {self.body}\n}} }}"

    def page(self, columns: Sequence[str], size: int, begin: int) -> str:
        """The query for some of its rows, in an order that is the same for all pages."""
        inner = f"{{ {self.body}\n}}"
        if not self.ordered and columns:
            order = " ".join(f"?{name}" for name in columns)
            inner = f"{{ SELECT * WHERE {{ {inner} }} ORDER BY {order} }}"
        return f"{self.prologue}SELECT * WHERE {{ {inner} }} LIMIT {size} OFFSET {begin}"

    def part(self, size: int, begin: int) -> str:
        """The CONSTRUCT for what some of its solutions give."""
        return f"{self.text}\nLIMIT {size} OFFSET {begin}"


def worded(text: str, base: str | None = None) -> Wording:
    """The query as it may be sent.

    base: what its relative IRIs stand against. Raises RefusedError for what could reach beyond the server's graphs, QueryError for what
    is no query of SPARQL 1.1.
    """
    text = plain(check(text))
    found = list(tokens(text))
    begin = _form(found)
    declared = _prefixes(found[:begin])
    for each, following in zip(found, [*found[1:], None], strict=True):
        _require_standard(each, following, declared)
    start = found[begin].at
    default, named, cuts = _dataset(found, declared)
    graphs, any_graph = _graphs(found, declared)
    return Wording(
        form=found[begin].text.upper(),
        prologue=_ours(found, declared) + (f"BASE <{base}> " if base else "") + text[:start],
        body=_without(text, cuts, start),
        default=default,
        named=named,
        graphs=graphs,
        any_graph=any_graph,
        limited=any(each.is_word("LIMIT", "OFFSET", "VALUES") for each in found),
        ordered=any(each.is_word("ORDER") for each in found),
    )


def _form(found: Sequence[Token]) -> int:
    """The place of the word with which the query proper begins."""
    for place, each in enumerate(found):
        if each.is_word(*FORMS):
            return place
    raise QueryError("The query has no SELECT, ASK, CONSTRUCT or DESCRIBE.", "Begin it with one of them.")


def _prefixes(prologue: Sequence[Token]) -> dict[str, str]:
    """The prefixes that it declares, with their colons."""
    return {
        name.text: iri.text[1:-1]
        for word, name, iri in zip(prologue, prologue[1:], prologue[2:], strict=False)
        if word.is_word("PREFIX") and name.kind == "name" and iri.kind == "iri"
    }


def _require_standard(each: Token, following: Token | None, declared: dict[str, str]) -> None:
    """Raise where a token is none of the standard."""
    if each.kind == "word" and each.text.upper() not in WORDS and not _EXPONENT.fullmatch(each.text):
        raise RefusedError(
            f"{each.text!r} is no word of SPARQL 1.1.", "Ask in standard SPARQL, which every server takes."
        )
    if each.kind == "mark" and each.text not in _MARKS:
        raise QueryError(f"The query holds a stray {each.text}.", "Mend it: a string may be left open.")
    if each.kind in ("iri", "name") and following is not None and following.text == "(":
        iri = _resolved(each, declared)
        if iri is None or not iri.startswith(XSD):
            raise RefusedError(
                f"The query calls {each.text}, which is no function of SPARQL 1.1.",
                "Use those of the standard; write a list out as rdf:first and rdf:rest.",
            )


def _resolved(each: Token, declared: dict[str, str]) -> str | None:
    """The IRI that a token stands for; None where it is relative or its prefix unknown."""
    if each.kind == "iri":
        return each.text[1:-1] if ":" in each.text else None
    prefix, _, local = each.text.partition(":")
    namespace = declared.get(f"{prefix}:", PREFIXES.get(prefix))
    return namespace + local.replace("\\", "") if namespace is not None else None


def _named_by(each: Token, declared: dict[str, str]) -> str:
    iri = _resolved(each, declared) if each.kind in ("iri", "name") else None
    if iri is None:
        raise QueryError(f"{each.text!r} names no graph.", "Name a graph by its whole IRI.")
    return iri


def _dataset(
    found: Sequence[Token], declared: dict[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...], list[tuple[int, int]]]:
    """What FROM and FROM NAMED name, and where these clauses stand in the text."""
    default: list[str] = []
    named: list[str] = []
    cuts: list[tuple[int, int]] = []
    for place, each in enumerate(found):
        if not each.is_word("FROM"):
            continue
        rest = found[place + 1 : place + 3]
        is_named = bool(rest) and rest[0].is_word("NAMED")
        if len(rest) <= is_named:
            raise QueryError("FROM names no graph.", "Name a graph by its whole IRI.")
        name = rest[is_named]
        (named if is_named else default).append(_named_by(name, declared))
        cuts.append((each.at, name.at + len(name.text)))
    return tuple(default), tuple(named), cuts


def _graphs(found: Sequence[Token], declared: dict[str, str]) -> tuple[tuple[str, ...], bool]:
    """The graphs that GRAPH names, and whether it stands before a variable."""
    after = [b for a, b in pairwise(found) if a.kind == "word" and a.text.upper() == "GRAPH"]
    names = [_named_by(each, declared) for each in after if each.kind in ("iri", "name")]
    return tuple(dict.fromkeys(names)), any(each.kind == "variable" for each in after)


def _ours(found: Sequence[Token], declared: dict[str, str]) -> str:
    """The declarations of our prefixes that it uses and does not declare, all on one line."""
    used = {each.text.partition(":")[0] for each in found if each.kind == "name" and ":" in each.text}
    return "".join(
        f"PREFIX {prefix}: <{PREFIXES[prefix]}> "
        for prefix in sorted(used & PREFIXES.keys())
        if f"{prefix}:" not in declared
    )


def _without(text: str, cuts: Sequence[tuple[int, int]], start: int) -> str:
    """The text from a place on without these parts."""
    pieces = []
    for begin, end in cuts:
        pieces.append(text[start:begin])
        start = end
    return "".join([*pieces, text[start:]])
