"""The arms-control knowledge graph: press articles in, claims with their sources out."""

__version__ = "0.1.0"
