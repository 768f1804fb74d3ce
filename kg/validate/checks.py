"""Checks of a finished graph: one SPARQL query per check, whose rows are what is wrong.

Each file says in its head what its rows mean (`# title:`), what is wrong with one (`# problem:`, with the
{variables} of the query) and what to do (`# remedy:`). How grave it is stands apart, in profile.yaml there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pyoxigraph as ox
import yaml

from kg.errors import OntologyError
from kg.store.asking import ask
from kg.store.quads import Quads
from kg.validate.finding import Finding, shown, text_of

SEVERITIES = ("error", "warning")

PROFILE = "profile.yaml"


@dataclass(frozen=True, slots=True)
class Check:
    """One query of the folder with what its head says."""

    path: Path
    severity: str
    title: str
    problem: str
    remedy: str
    text: str


def run_checks(store: Quads, folder: Path) -> list[Finding]:
    """What the checks of the folder find in the store, in the order of their names, the rows of each sorted.

    The default graph of the store must hold the union of all graphs, the ontology included; what was inferred
    need not be there. Raises OntologyError for a check that is malformed or that profile.yaml does not name.
    """
    return [finding for check in checks(folder) for finding in _findings(store, check)]


def checks(folder: Path) -> list[Check]:
    """The checks of the folder by name. Raises OntologyError as run_checks does."""
    severities = _profile(folder / PROFILE)
    paths = sorted(folder.glob("*.rq"))
    for name in sorted(severities.keys() ^ {path.stem for path in paths}):
        raise OntologyError(
            f"{folder}: {name} stands either in {PROFILE} or as a query, not as both.",
            f"Give {name}.rq and its line in {PROFILE} together.",
        )
    return [_check(path, severities[path.stem]) for path in paths]


def _profile(path: Path) -> dict[str, str]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise OntologyError(f"{path} cannot be read: {error}.", "Restore the file.") from error
    if not isinstance(content, dict):
        raise OntologyError(f"{path} is no mapping of checks to severities.", "Write lines such as “name: error”.")
    for name, severity in content.items():
        if severity not in SEVERITIES:
            raise OntologyError(
                f"{path}: {name} has the severity {severity!r}.", f"Write one of {', '.join(SEVERITIES)}."
            )
    return content


def _check(path: Path, severity: str) -> Check:
    text = path.read_text(encoding="utf-8")
    head = dict(re.findall(r"^# (title|problem|remedy): (\S.*)$", text, re.MULTILINE))
    for key in ("title", "problem", "remedy"):
        if key not in head:
            raise OntologyError(f"{path}: the check has no {key}.", f"Add a line “# {key}: …” at its head.")
    return Check(path, severity, text=text, **head)


def _findings(store: Quads, check: Check) -> list[Finding]:
    rows = _rows(store, check)
    names = [variable.value for variable in rows.variables]
    unknown = {field for _, field, _, _ in Formatter().parse(check.problem) if field} - set(names)
    if unknown:
        raise OntologyError(
            f"{check.path}: the problem names {', '.join(sorted(unknown))}, which the query does not select.",
            "Name variables of the SELECT.",
        )
    found = []
    for row in rows:
        values = {name: text_of(row[name]) for name in names}
        told = {name: shown(row[name]) for name in names}
        problem = check.problem.format_map(told)
        found.append(Finding(check.path.stem, check.severity, check.title, problem, check.remedy, values))
    return sorted(found, key=lambda finding: sorted(finding.values.items()))


def _rows(store: Quads, check: Check) -> ox.QuerySolutions:
    rows = ask(store, check.text, check.path, "check")
    if not isinstance(rows, ox.QuerySolutions):
        raise OntologyError(f"{check.path}: the check is no SELECT query.", "Write SELECT … WHERE ….")
    return rows
