"""Which codes of other event schemes come nearest to each event class: ontology/alignments/plover-cameo.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from kg.errors import OntologyError

FILE = Path("alignments", "plover-cameo.yaml")
PLOVER = frozenset(
    {
        *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "DEMAND"),
        *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
    }
)
"""The event types of PLOVER, Draft 0.8 (2021)."""


class Alignment(BaseModel):
    """The nearest codes of one class; empty where there are none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    plover: tuple[str, ...]
    cameo: tuple[str, ...]
    why: str
    """One line for a reader."""


class Alignments(BaseModel):
    """The codes of all classes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cameo: Mapping[str, str]
    """What the CAMEO codes mean, by code."""
    classes: Mapping[str, Alignment]
    """By the local name of the event class."""

    @model_validator(mode="after")
    def _known(self) -> Alignments:
        for name, alignment in self.classes.items():
            if unknown := set(alignment.plover) - PLOVER:
                raise ValueError(f"{name}: PLOVER has no {min(unknown)}")
            if unknown := set(alignment.cameo) - set(self.cameo):
                raise ValueError(f"{name}: the CAMEO code {min(unknown)} has no meaning")
        return self


def load(ontology: Path) -> Alignments:
    """The alignments of the ontology in this folder; raises OntologyError where the file is missing or wrong."""
    path = ontology / FILE
    try:
        return Alignments.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise OntologyError(f"{path} cannot be read: {error.strerror}.", "Restore the file.") from error
    except yaml.YAMLError as error:
        raise OntologyError(f"{path}: {' '.join(str(error).split())}.", "Mend the YAML at that line.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise OntologyError(f"{path}: {place}: {first['msg']}.", "Mend that entry.") from error
