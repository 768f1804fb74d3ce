"""A dossier on one thing: what the graph holds of it, every statement with its sentence, its source and its query.

dossier = read(view.store, settings().ontology, iri, "en")
html = page(dossier)
"""

from kg.dossier.page import page
from kg.dossier.reading import read
from kg.dossier.records import Dossier

__all__ = ["Dossier", "page", "read"]
