"""Which language a text is in, and whether there is a pipeline that reads it."""

from __future__ import annotations

import tempfile

from kg.errors import DocumentError, StoreError

PIPELINES = frozenset({"fr"})
"""The languages that can be read, by ISO 639-1 code."""

MARGIN = 10.0
"""How far another language must lead, in natural logarithms of likelihood (py3langid's scores), to count
against a pipeline. Measured: foreign sentences of four words and more lead by 10 to 50, French ones made of
names ("Moscou refuse.") trail by at most 6."""

SAMPLE = 20_000
"""Characters that the guess looks at."""


def check_language(declared: str | None, text: str) -> str:
    """The language of the text: the declared one, or else the detected one.

    Raises DocumentError where no pipeline reads it.
    """
    if declared is not None:
        if declared not in PIPELINES:
            raise DocumentError(f"Its metadata says that it is in the language {declared}.", _only())
        return declared
    found = detect(text)
    if found not in PIPELINES:
        raise DocumentError(
            f"It seems to be in the language {found}.",
            f"{_only()} If it is French, add language: fr to its metadata.",
        )
    return found


def detect(text: str) -> str:
    """ISO 639-1 code of the language; one with a pipeline where the text is too short to tell.

    Raises StoreError where there is no room to unpack the model.
    """
    import py3langid  # unpacks a model, which a declared language does not need

    try:
        scores = dict(py3langid.rank(text[:SAMPLE]))
    except OSError as error:
        raise StoreError(
            f"The model that tells languages cannot be unpacked in {tempfile.gettempdir()}: {error.strerror}.",
            "Free some space there, or name another folder in TMPDIR.",
        ) from error
    best = max(scores, key=lambda code: (scores[code], code))
    ours = max(PIPELINES, key=lambda code: (scores[code], code))
    return ours if scores[best] - scores[ours] < MARGIN else str(best)


def _only() -> str:
    return f"Only texts in {', '.join(sorted(PIPELINES))} are read: leave it out."
