"""The W3C's test suites of SPARQL 1.1, run over HTTP against the protocol layer (`make conformance`)."""
