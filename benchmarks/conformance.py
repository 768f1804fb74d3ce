"""How far the service keeps to SPARQL 1.1: the W3C's suites over HTTP (`make conformance`).

    python -m benchmarks.conformance FOLDER     FOLDER: the suites' folder data-sparql11

One line a suite; below them each test that failed, with its cause where it is known (benchmarks/w3c/causes.yaml). The exit code is 1
where a suite passes fewer tests than it must, or a failure has no known cause; 0 also where the folder is absent, which is said.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from benchmarks.w3c import evaluation, protocols
from benchmarks.w3c.evaluation import Failure
from benchmarks.w3c.manifests import Test, tests
from benchmarks.w3c.service import Client, empty_service

CAUSES = Path(__file__).parent / "w3c" / "causes.yaml"


@dataclass(frozen=True)
class Suite:
    """One suite: its name, its manifest, what runs its tests, and how many of them must pass."""

    name: str
    manifest: str
    run: Callable[[Client, Path, Test], None]
    least: int


SUITES = (
    Suite("protocol", "protocol/manifest.ttl", protocols.run, 34),
    Suite("graph store", "graph-store-protocol/manifest.ttl", protocols.run, 13),
    Suite("query", "manifest-sparql11-query.ttl", evaluation.run, 317),
    Suite("update", "manifest-sparql11-update.ttl", evaluation.run, 148),
)


@dataclass
class Outcome:
    """What became of a suite: how many tests there are, and what each that failed told."""

    suite: Suite
    total: int = 0
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def passed(self) -> int:
        """How many tests passed."""
        return self.total - len(self.failed)


def outcomes(folder: Path) -> Iterator[Outcome]:
    """Run the suites, one after another, each over a service of its own."""
    for suite in SUITES:
        outcome = Outcome(suite)
        with empty_service() as client:
            for test in tests(folder, suite.manifest):
                outcome.total += 1
                try:
                    suite.run(client, folder, test)
                except Failure as failure:
                    outcome.failed[test.name] = str(failure)
        yield outcome


def causes() -> dict[str, str]:
    """The known causes of failures, by test."""
    groups = yaml.safe_load(CAUSES.read_text(encoding="utf-8"))
    return {test: group["cause"] for group in groups for test in group["tests"]}


def main(folder: Path) -> int:
    """Run the suites and say what came of it; gives the exit code."""
    if not folder.is_dir():
        print(f"conformance: skipped, because there is no folder {folder} with the suites")
        return 0
    known = causes()
    found = list(outcomes(folder))
    for each in found:
        print(f"{each.suite.name:<12} {each.passed:>3} of {each.total}   (target: {each.suite.least} or more)")
    for name, told in [item for each in found for item in each.failed.items()]:
        print(f"failed: {name}: {known.get(name) or 'NO KNOWN CAUSE: ' + told}")
    unknown = [name for each in found for name in each.failed if name not in known]
    return 1 if unknown or any(each.passed < each.suite.least for each in found) else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
