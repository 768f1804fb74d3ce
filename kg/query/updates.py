"""What an update of SPARQL would change, read before it runs: its operations, the graphs that they write, and what is refused.

Each operation is parsed by itself, and what was parsed is what runs, so that nothing can hide between two ways to read a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.errors import LimitError, QueryError, RefusedError
from kg.namespaces import PREFIXES
from kg.query.guard import mentions, parts

MAX_CHARACTERS = 16 * 2**20
"""Longest update that is read."""

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
    | (?P<string>\"\"\"(?:[^"\\]|\\.|\"{1,2}(?!\"))*\"\"\"|'''(?:[^'\\]|\\.|'{1,2}(?!'))*'''
                |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*|_:[\w.-]+|@[A-Za-z][\w-]*)
    | (?P<word>[A-Za-z]\w*)
    | (?P<mark>\S)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"(\\\\)|\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_STRUCTURE = frozenset("\"'\\<>{}|^`#")
"""Characters that could end a name or a string; as escapes they are refused in updates."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an update: its kind (a group of the pattern above), its text and where it begins; braces open around it."""

    kind: str
    text: str
    at: int
    depth: int

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, outside of all braces."""
        return self.kind == "word" and self.depth == 0 and self.text.upper() in words


def plain(text: str) -> str:
    """The update with its escapes \\uXXXX as the characters that they mean.

    Raises QueryError where one means a character that could end a name or a string: libraries differ on those. LimitError where the
    update is too long.
    """
    if len(text) > MAX_CHARACTERS:
        raise LimitError(f"The update has {len(text):,} characters.", f"Send at most {MAX_CHARACTERS:,} at once.")
    return _ESCAPE.sub(_character, text.replace("\r\n", "\n").replace("\r", "\n"))


def _character(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    number = int(match[2] or match[3], 16)
    if number > 0x10FFFF or not chr(number).isprintable() or chr(number).isspace() or chr(number) in _STRUCTURE:
        raise QueryError(f"The text holds the escape {match[0]}.", 'Write the character itself, or \\n, \\t, \\".')
    return chr(number)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of an update, comments left out."""
    depth = 0
    for match in _TOKEN.finditer(text):
        kind, found = match.lastgroup or "", match.group()
        depth -= found == "}"
        if kind != "comment":
            yield Token(kind, found, match.start(), depth)
        depth += found == "{"


def operations(text: str) -> list[str]:
    """The operations of an update, each with the prologue that holds for it."""
    found: list[str] = []
    prologue, begin, in_prologue = "", 0, True
    listed = [*tokens(text), Token("mark", ";", len(text), 0)]
    for token, following in zip(listed, [*listed[1:], None], strict=True):
        if in_prologue and not token.is_word("PREFIX", "BASE") and token.kind in ("word", "mark") and token.text != ";":
            prologue, begin, in_prologue = prologue + text[begin : token.at], token.at, False
        if token.text == ";" and token.kind == "mark" and token.depth == 0:
            if not in_prologue:
                found.append(prologue + text[begin : token.at])
                begin, in_prologue = token.at + 1, True
            elif following is not None or text[begin : token.at].strip():
                return [text]  # malformed, or a prologue alone: the engine says what is wrong
    return found


def with_dataset(text: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The update with each WHERE reading from these graphs, as using-graph-uri of the protocol asks.

    Raises QueryError where an operation names its own (SPARQL 1.1 Protocol, 2.2.3), or a name is no IRI.
    """
    clause = "".join(f" USING {_iri(name)}" for name in default)
    clause += "".join(f" USING NAMED {_iri(name)}" for name in named)
    if not clause:
        return text
    listed = list(tokens(text))
    if any(token.is_word("USING", "WITH") for token in listed):
        raise QueryError(
            "The update names its graphs by USING or WITH, and the request names others.", "Name them in one place."
        )
    pieces, done = [], 0
    for index, token in enumerate(listed):
        if not token.is_word("WHERE"):
            continue
        pieces.append(text[done : token.at])
        if index and listed[index - 1].is_word("DELETE"):  # DELETE WHERE { … } is DELETE { … } WHERE { … }
            pieces.append(_group(text, listed[index + 1 :]))
        pieces.append(f"{clause} ")
        done = token.at
    return "".join([*pieces, text[done:]])


def _group(text: str, following: Sequence[Token]) -> str:
    """The group in braces with which these tokens begin."""
    end = next((each.at for each in following[1:] if each.text == "}" and each.depth == following[0].depth), None)
    return text[following[0].at : end + 1] if end is not None else ""


def _iri(name: str) -> str:
    try:
        return str(ox.NamedNode(name))
    except ValueError as error:
        raise QueryError(f"{name!r} is no IRI.", "Name a graph by an absolute IRI.") from error


def refuse_network(text: str) -> None:
    """Raise RefusedError where an update would reach the network, by LOAD or SERVICE; what cannot be parsed counts as such."""
    if mentions(text, "load") or mentions(text, "service"):
        _refuse(_parsed(text))


def _refuse(parsed: Any) -> None:
    for name in parts(parsed):
        if name in ("Load", "ServiceGraphPattern"):
            word = "LOAD" if name == "Load" else "SERVICE"
            raise RefusedError(
                f"The update calls another machine with {word}, which is refused.", "Send the data itself."
            )


def written(operation: str) -> set[str | None]:
    """The graphs that one operation writes, None for the default graph.

    Raises RefusedError where that cannot be told before it runs (a variable, ALL, NAMED), or where it would reach the network;
    QueryError where it cannot be parsed.
    """
    from rdflib.plugins.sparql.algebra import translateUpdate

    parsed = _parsed("".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + operation)
    _refuse(parsed)
    return {graph for step in translateUpdate(parsed).algebra for graph in _targets(step)}


def _parsed(text: str) -> Any:
    from pyparsing.exceptions import ParseBaseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        return parseUpdate(text)
    except (ParseBaseException, RecursionError) as cause:
        where = f" at {cause.lineno}:{cause.column}" if isinstance(cause, ParseBaseException) else ""
        raise QueryError(f"The update cannot be parsed{where}.", "Mend it there.") from cause


def _targets(step: Any) -> Iterable[str | None]:
    """The graphs that a step of rdflib's algebra writes."""
    if step.name in ("Add", "Copy"):
        return [_graph(step.graph[1])]
    if step.name == "Move":
        return [_graph(each) for each in step.graph]
    if step.name in ("Clear", "Drop", "Create"):
        return [_graph(step.graphiri)]
    if step.name == "Modify":
        home = _graph(step.withClause) if step.withClause else None
        return [graph for part in (step.delete, step.insert) if part for graph in _of_quads(part, home)]
    return _of_quads(step, None)


def _of_quads(part: Any, home: str | None) -> Iterator[str | None]:
    if part.triples:
        yield home
    yield from (_graph(name) for name in part.quads or {})


def _graph(name: Any) -> str | None:
    from rdflib import URIRef

    if isinstance(name, URIRef):
        return str(name)
    if name == "DEFAULT":
        return None
    raise RefusedError(f"The update writes to graphs that it does not name ({name}).", "Name each graph by its IRI.")
