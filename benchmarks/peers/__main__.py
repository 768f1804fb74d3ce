"""Side by side on the same French articles: what each program yields per document, and how fast.

    python -m benchmarks.peers [--texts FOLDER] [--environments FOLDER] [--only NAME …] [--json]

Each peer is installed from the package index into an environment of its own, from a list with hashes beside this file;
nothing of it is kept in the project. It reads the articles as JSON lines and tells, for each, how many of the things that this
project is about it found. The loading of its model is left out of its speed, which is told by processor seconds, so that
what else the machine does counts little. All run one after another, in one process and on one core each.

UniversalPetrarch, the coder of political events over any dependency parse, is on no package index, and its dictionaries of verbs and
actors are for English, Spanish and Arabic: without French ones it would find nothing, and is told as missing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.settings import ROOT

HERE = Path(__file__).parent
TEXTS = ROOT / "tests" / "articles" / "open" / "texts"
YIELDS = ("names", "relations", "events", "arguments", "claimants", "dates")
SAID = {
    "names": "names or noun phrases",
    "relations": "relations without a type",
    "events": "typed events",
    "arguments": "arguments",
    "claimants": "claimants",
    "dates": "dated",
}
ONE_CORE = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
MISSING = {"universal-petrarch": "it is on no package index and has no French dictionaries"}


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that reads the articles."""

    name: str
    what: str
    requirements: str = ""
    """The list of what it needs; nothing for the project's own environment."""


PEERS = (
    Peer("kg", "this project"),
    Peer("spacy", "spaCy alone: its named entities", "spacy.txt"),
    Peer("textacy", "textacy: subject, verb, object; direct quotations", "textacy.txt"),
    Peer("graphrag", "GraphRAG: the noun phrases of its syntactic extractor", "graphrag.txt"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; gives 1 where a program failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, default=TEXTS, help="folder of articles as plain text")
    parser.add_argument("--environments", type=Path, default=ROOT / ".peers", help="where they are installed")
    parser.add_argument("--only", nargs="+", choices=[peer.name for peer in PEERS], help="some of them")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    given = parser.parse_args(arguments)
    articles = [
        {"id": path.stem, "text": path.read_text(encoding="utf-8")} for path in sorted(given.texts.glob("*.txt"))
    ]
    if not articles:
        parser.error(f"there is no .txt in {given.texts}")
    chosen = [peer for peer in PEERS if not given.only or peer.name in given.only]
    found = {peer.name: measured(peer, articles, given.environments) for peer in chosen}
    print(json.dumps(found, indent=1) if given.json else in_words(found, len(articles)))
    return int(any("error" in told for told in found.values()))


def measured(peer: Peer, articles: Sequence[Mapping[str, str]], environments: Path) -> dict[str, Any]:
    """What a peer yields per document, its words a second and its version; or why it failed."""
    try:
        python = installed(peer, environments)
        lines = "\n".join(json.dumps(article, ensure_ascii=False) for article in articles)
        command = [str(python), str(HERE / "programs" / f"with_{peer.name}.py")]
        run = subprocess.run(command, input=lines, capture_output=True, text=True, check=True, cwd=ROOT, env=ONE_CORE)
    except subprocess.CalledProcessError as error:
        return {"error": (error.stderr or "").strip().splitlines()[-1:] or [str(error)]}
    told = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    head, each = told[-1], told[:-1]
    words = sum(len(article["text"].split()) for article in articles)
    per_document = {name: sum(one.get(name, 0) for one in each) / len(articles) for name in YIELDS}
    return {"what": peer.what, **head, "words_per_second": words / head["seconds"], **per_document}


def installed(peer: Peer, environments: Path) -> Path:
    """The Python of the peer's environment, which is made where it is not there."""
    if not peer.requirements:
        return Path(sys.executable)
    folder = environments / peer.name
    python, done = folder / "bin" / "python", folder / "installed"
    if not done.exists():
        print(f"installing {peer.name} into {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True)
        pip = [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--require-hashes",
        ]
        subprocess.run([*pip, "-r", str(HERE / peer.requirements)], check=True, capture_output=True, text=True)
        done.touch()
    return python


def in_words(found: Mapping[str, Mapping[str, Any]], count: int) -> str:
    """The figures as a table."""
    ours = found.get("kg", {}).get("words_per_second")
    lines = [f"{count} articles; per document", f"{'':<12}" + "".join(f"{SAID[name]:>26}" for name in YIELDS)]
    for name, told in found.items():
        if "error" in told:
            lines.append(f"{name:<12} failed: {' '.join(told['error'])}")
            continue
        lines.append(f"{name:<12}" + "".join(f"{told[each]:26.1f}" for each in YIELDS))
    lines.append("")
    for name, told in found.items():
        if "error" not in told:
            speed = told["words_per_second"]
            ratio = f", {speed / ours:.2f} times ours" if ours and name != "kg" else ""
            lines.append(f"{name} {told['version']}: {speed:,.0f} words a second{ratio} ({told['what']})")
    lines += [f"{name}: not measured, {why}" for name, why in MISSING.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
