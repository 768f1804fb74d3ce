"""What an update would change, read before it runs."""

from __future__ import annotations

import pytest

from kg.errors import LimitError, QueryError, RefusedError
from kg.query import updates

G, H = "http://example.org/g", "http://example.org/h"


@pytest.mark.parametrize(
    ("operation", "graphs"),
    [
        (f"INSERT DATA {{ GRAPH <{G}> {{ <a:a> <a:b> 1 }} }}", {G}),
        (f"INSERT DATA {{ GRAPH <{G}> {{ <a:a> <a:b> 1 }} <a:a> <a:b> 2 }}", {G, None}),
        (f"DELETE WHERE {{ GRAPH <{G}> {{ ?s ?p ?o }} }}", {G}),
        (f"WITH <{G}> DELETE {{ ?s ?p 1 }} INSERT {{ GRAPH <{H}> {{ ?s ?p 2 }} }} WHERE {{ ?s ?p 1 }}", {G, H}),
        (f"INSERT {{ GRAPH <{G}> {{ ?s ?p 2 }} }} WHERE {{ GRAPH <{H}> {{ ?s ?p 1 }} }}", {G}),
        (f"CLEAR SILENT GRAPH <{G}>", {G}),
        ("DROP DEFAULT", {None}),
        (f"CREATE GRAPH <{G}>", {G}),
        (f"COPY <{H}> TO <{G}>", {G}),
        (f"MOVE <{H}> TO <{G}>", {G, H}),
        ("PREFIX e: <http://example.org/> ADD DEFAULT TO e:g", {G}),
        ("BASE <http://example.org/> CLEAR GRAPH <g>", {G}),
        ("INSERT DATA { GRAPH acr:graph { <a:a> <a:b> 1 } }", {"https://w3id.org/arms-control/id/graph"}),
    ],
)
def test_graphs_that_are_written(operation: str, graphs: set[str | None]) -> None:
    assert updates.written(operation) == graphs


@pytest.mark.parametrize(
    ("operation", "error"),
    [
        ("CLEAR ALL", RefusedError),
        ("INSERT { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }", RefusedError),
        (f"LOAD SILENT <http://127.0.0.1/> INTO GRAPH <{G}>", RefusedError),
        (f"INSERT {{ GRAPH <{G}> {{ ?s ?p ?o }} }} WHERE {{ {{ SERVICE ?x {{ ?s ?p ?o }} }} }}", RefusedError),
        ("INSERT DATA {", QueryError),
    ],
)
def test_what_cannot_be_told_or_reaches_the_network_is_refused(operation: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        updates.written(operation)


def test_the_words_load_and_service_may_stand_in_strings_and_names() -> None:
    updates.refuse_network('INSERT DATA { <a:service> <a:load> "LOAD <http://x> SERVICE" } # LOAD')
    for text in ("LOAD <http://127.0.0.1/>", "lOaD <a:b> into graph <a:c>", "INSERT {} WHERE { SERVICE <a:b> {} }"):
        with pytest.raises(RefusedError):
            updates.refuse_network(text)


def test_operations_are_told_apart() -> None:
    text = """PREFIX a: <a:> # one; two
    INSERT DATA { a:a a:b "};" ; a:c 'x' . } ;
    BASE <b:> PREFIX c: <c:>
    DELETE { ?s a:b ?o ; a:c 2 } WHERE { ?s a:b ?o FILTER(?o < 3 && "}" != ?o) };"""
    first, second = updates.operations(text)
    assert "".join(first.split()) == """PREFIXa:<a:>#one;twoINSERTDATA{a:aa:b"};";a:c'x'.}"""
    assert "PREFIX a: <a:>" in second
    assert "BASE <b:> PREFIX c: <c:>" in second
    assert "INSERT" not in second
    assert updates.operations("CLEAR ALL") == ["CLEAR ALL"]
    assert updates.operations(" ") == []


def test_a_dataset_is_put_before_each_where() -> None:
    text = 'CLEAR ALL ; INSERT { ?a ?b "WHERE" } WHERE { ?a ?b ?where } ; DELETE WHERE { ?a ?b ?c }'
    assert updates.with_dataset(text, [G], [H]) == (
        f'CLEAR ALL ; INSERT {{ ?a ?b "WHERE" }}  USING <{G}> USING NAMED <{H}> WHERE {{ ?a ?b ?where }} ; '
        f"DELETE {{ ?a ?b ?c }} USING <{G}> USING NAMED <{H}> WHERE {{ ?a ?b ?c }}"
    )
    assert updates.with_dataset(text, [], []) == text
    for other in (f"WITH <{H}> DELETE {{ ?a ?b ?c }} WHERE {{}}", f"DELETE {{}} USING <{H}> WHERE {{}}"):
        with pytest.raises(QueryError, match="in one place"):
            updates.with_dataset(other, [G], [])
    with pytest.raises(QueryError, match="is no IRI"):
        updates.with_dataset(text, ["> } DROP ALL #"], [])


def test_escapes_become_characters_that_change_no_structure() -> None:
    assert updates.plain('"\\u00e9\\U0001F600 \\\\u0022"\r\n') == '"é😀 \\\\u0022"\n'
    for escape in ("\\u0022", "\\u003E", "\\u000A", "\\u0020", "\\U00110000"):
        with pytest.raises(QueryError, match="holds the escape"):
            updates.plain(f'"{escape}"')
    with pytest.raises(LimitError):
        updates.plain(" " * (updates.MAX_CHARACTERS + 1))


def test_an_operation_cannot_hide_between_two_ways_to_read_a_text() -> None:
    text = f"INSERT {{ GRAPH <{G}> {{ ?a ?b 1 }} }} WHERE {{ ?a ?b ?c FILTER(?a<?b)#> }} ; DROP ALL ; #\n}}"
    for operation in updates.operations(text):
        with pytest.raises(QueryError):
            updates.written(operation)
