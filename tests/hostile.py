"""Queries made to stall, crash or abuse a service, as many as are asked for, always the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle, islice

PATTERN = "{ ?s ?p ?o }"


def hostile(count: int, listener: int) -> list[tuple[str, str]]:
    """So many queries with the name of their kind; `listener` is a port of this machine that must never be called."""
    kinds = {name: _endless(make, listener) for name, make in KINDS.items()}
    turns = cycle(kinds)
    return [(name, next(kinds[name])) for name in islice(turns, count)]


def _endless(make: Callable[[int, str], str], listener: int) -> Iterator[str]:
    """A kind's queries, each harder than the one before."""
    level = 0
    while True:
        level += 1
        yield make(level, f"http://127.0.0.1:{listener}/{level}")


def _nested(level: int, _: str) -> str:
    depth = (10, 100, 1_000, 5_000, 20_000)[level % 5]
    opening, closing = (("{", "}"), ("OPTIONAL {", "}"), ("{ SELECT * {", "} }"), ("FILTER EXISTS {", "}"))[level % 4]
    return f"SELECT * {{ {opening * depth} ?s ?p ?o {closing * depth} }}"


def _parentheses(level: int, _: str) -> str:
    depth = (10, 200, 3_000, 50_000)[level % 4]
    inside = ("1", "?s = ?o", "!true", "-?o")[level % 3]
    return f"SELECT * {{ ?s ?p ?o FILTER({'(' * depth}{inside}{')' * depth}) }}"


def _cross_product(level: int, _: str) -> str:
    width = 2 + level % 6
    patterns = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(width))
    head = ("(COUNT(*) AS ?n)", "DISTINCT ?a0 ?a1", "*", "(SUM(STRLEN(STR(?c1))) AS ?n)")[level % 4]
    tail = ("", "ORDER BY ?c0 ?c1", "LIMIT 10 OFFSET 100000000", "ORDER BY RAND()")[level % 3]
    return f"SELECT {head} {{ {patterns} }} {tail}"


def _regex(level: int, _: str) -> str:
    bomb = ("(a+)+$", "(a|aa)+b", "((a{1,100}){1,100}){1,100}", "(?:.*){50}x", "[^\\\\p{L}]{1000}")[level % 5]
    text = "a" * (1_000 * (1 + level % 20))
    call = (f'REGEX(?t, "{bomb}")', f'BOUND(?u) && REGEX(?u, "{bomb}", "is")')[level % 2]
    return f'SELECT * {{ ?s ?p ?o BIND("{text}" AS ?t) BIND(REPLACE(?t, "{bomb}", "aa") AS ?u) FILTER({call}) }}'


def _path(level: int, _: str) -> str:
    any_way = "(!<a:a>|^!<a:a>)"
    path = (f"{any_way}*", f"({any_way}+)*", "/".join([f"{any_way}?"] * 12), f"({any_way}*/{any_way}*)+")[level % 4]
    ends = ("?x", "<https://w3id.org/arms-control/id/treaty/inf>")[level % 2]
    return f"SELECT (COUNT(*) AS ?n) {{ {ends} {path} ?y . ?y {path} ?z }}"


def _huge_literal(level: int, _: str) -> str:
    steps = 12 + level % 25
    doubled = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(steps))
    use = (f"(STRLEN(?a{steps}) AS ?n)", f"?a{steps}", f"(SHA512(?a{steps}) AS ?n)", f"(UCASE(?a{steps}) AS ?n)")[
        level % 4
    ]
    return f"SELECT {use} {{ BIND('{'x' * 50}' AS ?a0) {doubled} }}"


def _gathered(level: int, _: str) -> str:
    what = (
        "(GROUP_CONCAT(?t) AS ?all) { ?s ?p ?o . ?a ?b ?c BIND(STR(?c) AS ?t) }",
        "(GROUP_CONCAT(DISTINCT ?t; SEPARATOR='') AS ?all) { ?s ?p ?o . ?a ?b ?c BIND(CONCAT(STR(?s), STR(?c)) AS ?t) }",
        "?u { ?s ?p ?o . ?a ?b ?c BIND(STRUUID() AS ?u) } ORDER BY ?u",
        "DISTINCT ?u { ?s ?p ?o . ?a ?b ?c BIND(RAND() AS ?u) }",
    )[level % 4]
    return f"SELECT {what}"


def _long(level: int, _: str) -> str:
    size = 100 * 4 ** (level % 5)
    return (
        f"SELECT * {{ VALUES ?x {{ {' '.join(map(str, range(size)))} }} VALUES ?y {{ {' '.join(map(str, range(size)))} }} }}",
        "SELECT * { " + " UNION ".join([PATTERN] * min(size, 9_000)) + " }",
        "SELECT " + " ".join(f"?v{n}" for n in range(size)) + " { ?s ?p ?o }",
        f"SELECT * {{ ?s ?p {'9' * size} }}",
        f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({', '.join(map(str, range(size)))})) }}",
        f"CONSTRUCT {{ {'?s ?p ?o . ?o ?p ?s . ' * min(size, 4_000)} }} WHERE {{ ?s ?p ?o . ?a ?b ?c }}",
    )[level % 6]


def _service(level: int, address: str) -> str:
    trick = '"\\u0022\\u0022"'
    return (
        f"SELECT * {{ SERVICE <{address}> {PATTERN} }}",
        f"SELECT * {{ seRVice siLENT <{address}> {PATTERN} }}",
        f"PREFIX s: <{address}> SELECT * {{ SERVICE s: {PATTERN} }}",
        f"BASE <{address}> SELECT * {{ SERVICE <x> {PATTERN} }}",
        f"SELECT * {{ BIND(<{address}> AS ?e) SERVICE ?e {PATTERN} }}",
        f"SELECT * {{ VALUES ?e {{ <{address}> }} OPTIONAL {{ {{ SELECT * {{ SERVICE?e{PATTERN} }} }} }} }}",
        f"ASK {{ FILTER NOT EXISTS {{ MINUS {{ SERVICE <{address}> {PATTERN} }} }} }}",
        f"SELECT * {{ # it's\rSERVICE <{address}> {PATTERN} }}",
        f"SELECT * {{ \\u0053ERVICE <{address}> {PATTERN} }}",
        f"SELECT * {{ SERVICE <\\u0068ttp{address[4:]}> {PATTERN} }}",
        f'SELECT * {{ BIND({trick} AS ?x) SERVICE <{address}> {{}} BIND(CONCAT("", "\\u0022\\u0022 AS ?y) }} #") AS ?z) }}',
        f"SELECT * {{ ?s ?p ?o FILTER(?s<?p)SERVICE#>\n<{address}>{PATTERN} }}",
        f"SELECT * {{ BIND('''' SERVICE ''' AS ?x) SERVICE <{address}> {PATTERN} BIND(\"\"\"\"\"\" AS ?y) }}",
        f"CONSTRUCT {PATTERN} WHERE {{ GRAPH ?g {{ SERVICE <{address}> {PATTERN} }} }}",
        f"DESCRIBE ?s {{ SERVICE <{address}> {PATTERN} }}",
    )[level % 15]


def _network(level: int, address: str) -> str:
    return (
        f"SELECT * FROM <{address}> {PATTERN}",
        f"SELECT * FROM NAMED <{address}> {{ GRAPH ?g {PATTERN} }}",
        f"DESCRIBE <{address}>",
        f"LOAD <{address}>",
        f"LOAD SILENT <{address}> INTO GRAPH <a:b>",
        f"SELECT * {PATTERN} ; LOAD <{address}>",
        f"SELECT (<{address}>(?s) AS ?x) {PATTERN}",
        f"INSERT {{ <a:a> <a:b> ?o }} WHERE {{ SERVICE <{address}> {PATTERN} }}",
    )[level % 8]


KINDS: dict[str, Callable[[int, str], str]] = {
    "nested": _nested,
    "parentheses": _parentheses,
    "cross product": _cross_product,
    "regex": _regex,
    "path": _path,
    "huge literal": _huge_literal,
    "gathered": _gathered,
    "long": _long,
    "service": _service,
    "network": _network,
}
