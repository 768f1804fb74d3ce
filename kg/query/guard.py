"""Refuses queries that would reach beyond the graph.

pyoxigraph answers SERVICE by a request over the network and has no switch for it. What can write or load
(INSERT, LOAD, CLEAR, …) is no query in SPARQL's grammar, so it fails to parse; here it only gets its own
message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kg.errors import LimitError, QueryError, RefusedError

MAX_CHARACTERS = 200_000
"""Longest query that is read: far above what people write, far below what stalls a parser."""

_UPDATE = re.compile(
    r"\A(?:\s|#[^\n]*\n|PREFIX\s+\S*:\s*<[^>]*>|BASE\s*<[^>]*>)*"
    r"(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b",
    re.IGNORECASE,
)

_ESCAPE = re.compile(r"(\\\\)|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}")


def check(text: str) -> str:
    """The query with its line ends made plain, if it may run.

    Raises QueryError where it is too long, empty, an update, or asks another server with SERVICE. That it is
    otherwise well-formed is not checked.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MAX_CHARACTERS:
        raise LimitError(f"The query has {len(text):,} characters; the limit is {MAX_CHARACTERS:,}.", "Shorten it.")
    if not text.strip():
        raise QueryError("The query is empty.", "Write a SELECT, ASK, CONSTRUCT or DESCRIBE query.")
    update = _UPDATE.match(text)
    if update:
        raise QueryError(
            f"{update[1].upper()} would change the graph; queries only read it.",
            "Ask with SELECT, ASK, CONSTRUCT or DESCRIBE.",
        )
    if mentions(text, "service"):
        _refuse_service(text)
    return text


def mentions(text: str, word: str) -> bool:
    """Whether the word may stand in the query in any spelling: worth the price of parsing it."""
    return word in text.casefold() or word in _unescaped(text).casefold()


def _refuse_service(text: str) -> None:
    """Raises QueryError unless the parsed query holds the word SERVICE only in names, strings and comments.

    Parsing takes a second library, so only queries with the word in them come here. Both libraries must read the same
    structure: rdflib replaces \\uXXXX before it parses, as SPARQL 1.1 says (19.2), so that it could end a string; pyoxigraph takes it as
    a character of the string or name in which it stands, as SPARQL 1.2 does. So it is made a plain letter here.
    """
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parsed = parseQuery(_ESCAPE.sub(lambda match: match[1] or "x", text))
    except (ParseBaseException, RecursionError) as cause:
        where = f" at {cause.lineno}:{cause.column}" if isinstance(cause, ParseBaseException) else ""
        raise RefusedError(
            f"The query holds the word SERVICE and cannot be parsed{where}.", "Mend it, or leave SERVICE out."
        ) from cause
    if any(name == "ServiceGraphPattern" for name in parts(parsed)):
        raise RefusedError(
            "The query asks another server with SERVICE, which is refused.",
            "Leave the SERVICE block out; only this graph can be asked.",
        )


def parts(node: Any) -> Iterator[str]:
    """The names of all parts of rdflib's parse tree, each part once, however often the tree leads to it."""
    stack, seen = [node], {id(None): None}
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen[id(node)] = node  # kept, so that no other part gets its id
        if name := getattr(node, "name", None):
            yield str(name)
        if hasattr(node, "values") and callable(node.values):
            stack.extend(node.values())
        if hasattr(node, "__iter__") and not isinstance(node, str):
            stack.extend(node)


def _unescaped(text: str) -> str:
    """The text with \\uXXXX and \\UXXXXXXXX replaced, as SPARQL 1.1 (section 19.2) does before it parses."""
    return re.sub(
        r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})",
        lambda match: _character(match[1] or match[2]),
        text,
    )


def _character(digits: str) -> str:
    return chr(int(digits, 16)) if int(digits, 16) <= 0x10FFFF else ""
