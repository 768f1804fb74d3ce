"""What decisions changed in a document's graph can be undone exactly, from the graph alone."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given as examples
from hypothesis import strategies as st

from kg import decisions
from kg.ids import document_iri
from kg.namespaces import AC, XSD

DOCUMENT = document_iri("d")
GRAPH = ox.NamedNode(DOCUMENT)
TERMS = [
    ox.NamedNode(AC + "Meeting"),
    ox.Literal('une « phrase »\nsur "deux" lignes\\ et l’autre', language="fr"),
    ox.Literal("2019-09-05", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal(""),
]
QUADS = st.sets(
    st.builds(
        lambda subject, predicate, value: ox.Quad(
            ox.NamedNode(f"{DOCUMENT}/{subject}"), ox.NamedNode(AC + predicate), value, GRAPH
        ),
        st.sampled_from("abc"),
        st.sampled_from(["agent", "about"]),
        st.sampled_from(TERMS),
    )
)


@examples(gave=QUADS, stands=QUADS)
def test_what_a_document_gave_comes_back_from_the_store_alone(gave: set[ox.Quad], stands: set[ox.Quad]) -> None:
    store = ox.Store()
    store.extend(stands)
    store.extend(decisions.record(DOCUMENT, decisions.difference(gave, stands)))
    assert decisions.given(store, DOCUMENT) == gave
    assert decisions.changed(store) == ({DOCUMENT} if gave != stands else set())


def test_equal_changes_have_equal_records() -> None:
    quads = [ox.Quad(ox.NamedNode(f"{DOCUMENT}/{n}"), ox.NamedNode(AC + "about"), TERMS[0], GRAPH) for n in range(9)]
    one = decisions.record(DOCUMENT, decisions.difference(quads, quads[:4]))
    other = decisions.record(DOCUMENT, decisions.difference(quads[::-1], quads[3::-1]))
    assert one == other
    assert [quad.predicate for quad in one] == [decisions.TOOK_AWAY]
    assert decisions.record(DOCUMENT, decisions.NOTHING) == []
