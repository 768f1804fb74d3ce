"""Which events of documents, and of the reference data, are one.

    fuser = Fuser(store, settings().ontology)     # a store with the reference graph
    fuser.names(quads_by_document)                # every event's IRI → the IRI by which it is known

A build does the same for a whole graph and lays the outcome into it (kg/folding.py). docs/fusion.md says how it is decided.
"""

from kg.fusion.fuser import Fuser

__all__ = ["Fuser"]
