"""The arms-control knowledge graph: press articles in, claims with their sources out."""

import os
import sys

if "numpy" not in sys.modules:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one thread is faster: kg/extract/lines/products.py

__version__ = "0.1.0"
