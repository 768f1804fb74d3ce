"""The model's matrices are multiplied by numpy, but for embeddings, where numpy keeps to one thread."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from thinc.api import Linear, Model, NumpyOps, chain

from kg.extract.lines.products import THREADS, hasten

ASKED = "import {}os; import kg; print(os.environ.get('OPENBLAS_NUM_THREADS'))"


@pytest.fixture
def model() -> Model[Any, Any]:
    """An embedding and a layer above it, with the ops of spaCy's models."""
    embed, above = Linear(2, 2), Linear(2, 2)
    made: Model[Any, Any] = chain(embed, above)
    made.set_ref("embed", embed)
    for part in made.walk():
        part.ops = NumpyOps(use_blis=True)
    return made


def told(model: Model[Any, Any]) -> list[bool]:
    """Whether the model's own library multiplies: in the embedding, in the layer above."""
    return [bool(layer.ops.use_blis) for layer in model.layers]  # type: ignore[union-attr]


@pytest.mark.parametrize(("threads", "own"), [("1", [True, False]), ("2", [True, True]), ("", [True, True])])
def test_numpy_multiplies_where_it_keeps_to_one_thread(
    threads: str, own: list[bool], model: Model[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(THREADS, threads)
    hasten(model)
    assert told(model) == own


@pytest.mark.parametrize(("before", "threads"), [("", "1"), ("numpy, ", "None")])
def test_one_thread_is_asked_for_unless_it_is_too_late(
    before: str, threads: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(THREADS, raising=False)
    run = subprocess.run([sys.executable, "-c", ASKED.format(before)], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == threads
