"""What may be sent to a server, and how it is worded: nothing that standard SPARQL does not know, and no way to the network."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyparsing.exceptions import ParseBaseException
from rdflib.plugins.sparql.parser import parseQuery
from sample import ROOT

from kg.errors import KgError, QueryError, RefusedError
from kg.namespaces import AC
from kg.query import bind, questions
from kg.query.guard import parts
from kg.remote.wording import worded

SAVED = {
    name: bind(question, {})
    for folder in ("competency", "explorer")
    for name, question in questions(ROOT / "ontology" / "queries" / folder).items()
}


@pytest.mark.parametrize("name", SAVED)
def test_our_own_questions_pass_and_mean_the_same(name: str) -> None:
    sent = worded(SAVED[name])
    ox.Store().query(sent.text)  # with all its prefixes declared
    assert sent.body.strip() in SAVED[name]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }",
        "SELECT * { SeRvIcE SILENT ?x { ?s ?p ?o } }",
        'define get:soft "replace" SELECT * { ?s ?p ?o }',
        'define input:default-graph-uri "http://x.example/" SELECT * { ?s ?p ?o }',
        "SELECT * FROM <http://x.example/> OPTION (get:soft 'soft') { ?s ?p ?o }",
        "SELECT (bif:http_get('http://x.example/') AS ?x) {}",
        "SELECT (<http://www.openlinksw.com/schemas/bif#http_get>('http://x.example/') AS ?x) {}",
        "PREFIX xsd: <http://x.example/> SELECT (xsd:date('2019') AS ?x) {}",
        "SELECT * { ?s ?p ?o FILTER(sql:anything (?o)) }",
        "SELECT * { ?s ?p ?o . CALL <http://x.example/>() }",
    ],
)
def test_ways_to_the_network_are_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        worded(text)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:b> <a:c> <a:d> }",
        "LOAD <http://x.example/>",
        "PREFIX a: <a:> CLEAR ALL",
        "",
        "{ ?s ?p ?o }",
        'SELECT * { ?s ?p "open }',
        "SELECT * { ?s ?p `bif:now()` }",
        'SELECT * { ?s ?p "\\u0022 } SERVICE <http://x.example/> { ?a ?b ?c }" }',
        "SELECT * FROM <relative> { ?s ?p ?o }",
        "SELECT * FROM",
    ],
)
def test_what_is_no_query_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        worded(text)


def test_words_in_names_strings_and_comments_pass() -> None:
    text = 'SELECT ?service { ?service ac:load "SERVICE define LOAD `x`"@en-GB ; <http://x.example/service> 1.5e-3 } # define'
    assert worded(text).text.endswith(text)


def test_prefixes_are_declared_once_and_on_no_line_of_their_own() -> None:
    sent = worded("PREFIX ac: <http://mine.example/>\nSELECT * { ?s ac:x skos:y ; a xsd:date }")
    assert sent.text.startswith("PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX xsd: ")
    assert sent.text.count("PREFIX ac:") == 1
    assert sent.text.count("\n") == 1


def test_from_is_taken_out_and_told() -> None:
    sent = worded("SELECT ?s FROM <a:b> FROM NAMED ac:x WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert (sent.default, sent.named, sent.any_graph) == (("a:b",), (f"{AC}x",), True)
    assert "FROM" not in sent.text


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("SELECT * { ?s ?p ?o }", "LIMIT 7"),
        ("CONSTRUCT WHERE { ?s ?p ?o } # all", "\nLIMIT 7"),
        ("SELECT * { ?s ?p ?o } LIMIT 3", "LIMIT 3"),
        ("SELECT * { ?s ?p ?o } ORDER BY ?s", "ORDER BY ?s"),
        ("SELECT * { ?s ?p ?o } VALUES ?s { <a:b> }", "VALUES ?s { <a:b> }"),
        ("SELECT * { { SELECT * { ?s ?p ?o } LIMIT 3 } }", "LIMIT 7"),
        ("ASK { ?s ?p ?o }", "}"),
    ],
)
def test_a_limit_is_added_where_it_fits(text: str, ending: str) -> None:
    sent = worded(text).at_most(7)
    assert sent.text.endswith(ending)
    ox.Store().query(sent.text)


PIECES = [
    "SELECT *",
    "ASK",
    "{",
    "}",
    "?s ?p ?o",
    ".",
    "SERVICE",
    "ser\\u0076ice",
    "<http://x.example/>",
    '"',
    "'",
    "\\",
    "#",
    "\n",
    "FROM",
    "LOAD",
]


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(["", " "]))
def test_whatever_passes_asks_no_other_server(pieces: list[str], between: str) -> None:
    try:
        sent = worded(f"SELECT * {{ {between.join(pieces)} }}").text
        parsed = parseQuery(sent)
    except (KgError, ParseBaseException):
        return
    assert "ServiceGraphPattern" not in set(parts(parsed))
