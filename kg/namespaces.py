"""The namespaces of the graph, as in docs/glossary.md, and the prefixes that every query may use."""

from __future__ import annotations

AC = "https://w3id.org/arms-control/ontology#"
ACR = "https://w3id.org/arms-control/id/"
DCTERMS = "http://purl.org/dc/terms/"
ITSRDF = "http://www.w3.org/2005/11/its/rdf#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TIME = "http://www.w3.org/2006/time#"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: dict[str, str] = {
    "ac": AC,
    "acr": ACR,
    "dcterms": DCTERMS,
    "itsrdf": ITSRDF,
    "nif": NIF,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "time": TIME,
    "xsd": XSD,
}

REFERENCE_GRAPH = ACR + "graph/reference"
ONTOLOGY_GRAPH = ACR + "graph/ontology"
INFERRED_GRAPH = ACR + "graph/inferred"
DECISIONS_GRAPH = ACR + "graph/decisions"
"""What was decided of what documents gave, with reasons, and how it is undone (kg/decisions.py)."""
OWN_GRAPHS = ACR + "graph/own/"
"""How the names of the graphs begin that a team keeps by itself; no build writes them."""


UNION_GRAPH = ACR + "graph/union"
"""At a SPARQL server: the union of all graphs, each triple once, as our default graph is; no server makes it alike."""
PUBLISHED_GRAPH = ACR + "graph/published"
"""At a SPARQL server: what kg publish put there, by graph and hash."""


def shorten(iri: str) -> str:
    """The IRI as a prefixed name where a prefix fits and what is left is a plain name, else unchanged."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and "/" not in local and "#" not in local:
            return f"{prefix}:{local}"
    return iri
