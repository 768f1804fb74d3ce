"""Why a claim was read as it was: its words, who fills each role by which rule, what decided the rest."""

from __future__ import annotations

from kg.explanation import Claims, Explanation, Filler, Words
from kg.explorer.frame import decimal, language, say
from kg.explorer.graph import Graph
from kg.explorer.markup import Child, Markup, element
from kg.explorer.parts import thing
from kg.settings import settings
from kg.ways import reason, rule


def reasons(graph: Graph, claims: list[str], opened: str) -> dict[str, Markup]:
    """By the IRI of each claim what `kg explain` tells of it, folded; `opened` is the one that is open from the start."""
    explained = Claims(graph.store, settings().ontology, language(), graph.names)
    return {iri: _folded(graph, explained.explain(iri), iri == opened) for iri in claims}


def _folded(graph: Graph, claim: Explanation, opened: bool) -> Markup:
    body = element("table", element("tbody", [_row(head, told) for head, told in _lines(graph, claim)]))
    title = element("summary", say("why"))
    return element("details", title, element("div", body, cls="kg-scroll"), cls="kg-why", open="" if opened else None)


def _row(head: str, told: Child) -> Markup:
    return element("tr", element("th", head, scope="row"), element("td", told))


def _lines(graph: Graph, claim: Explanation) -> list[tuple[str, Child]]:
    lines: list[tuple[str, Child]] = []
    if claim.trigger:
        lines.append((say("why trigger"), _quoted(claim.trigger)))
    lines += [(each.role.name, _filler(graph, each)) for each in claim.fillers]
    lines.append((say("date"), _date(claim)))
    decided = [reason(each, language()) for each in claim.evidence]
    lines += [(say("why decided") if not number else "", words) for number, words in enumerate(decided)]
    lines.append((say("rule"), element("code", claim.method)))
    return lines


def _filler(graph: Graph, each: Filler) -> Child:
    name = thing(graph, each.entity.iri, each.entity.name)
    if each.rule is None:
        return [name, say("colon"), say("why no record")]
    code = element("code", each.rule)
    found: list[Child] = [
        say("colon"),
        rule(each.rule, language()),
        " ",
        code,
        f", {say('confidence')} {decimal(each.confidence)}",
    ]
    return [name, found, [", ", _quoted(each.words)] if each.words else None]


def _date(claim: Explanation) -> str:
    if claim.date is None:
        return say("undated")
    parts = [claim.date]
    if claim.date_words:
        parts.append(say("event dated", words=claim.date_words))
    if claim.counted_from:
        parts.append(say("event counted", day=claim.counted_from))
    return ", ".join([*parts, say("event inferred")] if claim.date_inferred else parts)


def _quoted(words: Words) -> Markup:
    return element("q", words.text, lang="fr")
