"""Which library multiplies the model's matrices: numpy's, three times as fast as the model's own, where it keeps to one thread.

With several threads it would be slower: they wait for each other, for the matrices of a text are small. So `kg/__init__.py` asks
for one thread where numpy is not loaded yet.
"""

from __future__ import annotations

import os
from typing import Any

import numpy
from thinc.api import Model, NumpyOps

THREADS = "OPENBLAS_NUM_THREADS"
_LIBRARY = "openblas"
_REF = "embed"


def hasten(model: Model[Any, Any]) -> None:
    """Let a model multiply with numpy where that is faster.

    Not so its embeddings: numpy's last digits depend on how many rows it is given at once, and what is remembered of a word must not.
    """
    if os.environ.get(THREADS) != "1" or not _is_known():
        return
    parts = list(model.walk())
    kept = {id(node) for part in parts if part.has_ref(_REF) for node in part.get_ref(_REF).walk()}
    ops = NumpyOps(use_blis=False)
    for node in parts:
        if id(node) not in kept:
            node.ops = ops


def _is_known() -> bool:
    """Whether numpy multiplies with the library that this was measured with."""
    built: Any = numpy.show_config(mode="dicts")
    return _LIBRARY in built["Build Dependencies"]["blas"]["name"]
