"""The YAML beside a table: what it holds, where from, under which terms, and what its columns are."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from kg.errors import ReferenceDataError
from kg.ids import KIND_FOLDERS
from kg.model import NameForm
from kg.namespaces import PREFIXES

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C, where PyYAML has it: the descriptions are read at every start of kg why."""


class Column(BaseModel):
    """What a column means, what may stand in it, and what becomes of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    meaning: str
    required: bool = False
    many: bool = False
    """Whether a cell holds several values, separated by semicolons."""
    date: bool = False
    """Whether a value is a date: 2019-09-05, or its first parts where no more is known."""
    number: bool = False
    """Whether a value is a number: 1550, 0.5."""
    period: bool = False
    """Whether a value is a period, as kg/periods.py reads it: 180 days, first day of 6th month."""
    classes: bool = False
    """Whether a value is the local name of a class of the ontology."""
    one_of: tuple[str, ...] = ()
    """The values allowed; empty where any is."""
    refers_to: tuple[str, ...] = ()
    """The tables of which a value is an identifier."""
    property: str | None = None
    """The property that says it in the graph, as a prefixed name: "ac:originState"."""
    language: str | None = None
    """The language of the text; none for codes and notes."""
    form: NameForm | None = None
    """What kind of name it is; none where it is no name."""
    ambiguous: bool = False
    """Whether these names mostly mean something else, so that a text must support them."""

    @field_validator("property")
    @classmethod
    def _has_known_prefix(cls, value: str | None) -> str | None:
        if value is not None and value.partition(":")[0] not in PREFIXES:
            raise ValueError(f"{value} has none of the prefixes {', '.join(PREFIXES)}")
        return value


class Counts(BaseModel):
    """How many rows are expected: fewer are an error, more a warning."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    minimum: int
    maximum: int


class Description(BaseModel):
    """All that the YAML file says of its table."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    title: str
    origin: str
    licence: str
    class_name: str | None = Field(None, alias="class")
    """Local name of the class that the rows are of; none for rows that are facts about other tables' rows."""
    class_column: str | None = None
    """The column that holds it, where rows differ in class."""
    key: tuple[str, ...]
    """The columns that together tell one row from another."""
    rows: Counts
    columns: dict[str, Column]

    @model_validator(mode="after")
    def _names_what_there_is(self) -> Description:
        needed = {*self.key, *filter(None, (self.class_column,))}
        if missing := sorted(needed - self.columns.keys()):
            raise ValueError(f"no column is called {', '.join(missing)}")
        classes = {self.class_name} if self.class_name else set()
        if self.class_column:
            classes = set(self.columns[self.class_column].one_of) or {"any"}
        if unknown := sorted(classes - KIND_FOLDERS.keys()):
            raise ValueError(f"no class of entities is called {', '.join(unknown)}")
        return self

    @property
    def describes_entities(self) -> bool:
        """Whether the rows are entities, with an identifier each; else they are facts about some."""
        return bool(self.class_name or self.class_column)


def describe(path: Path) -> Description:
    """The description in the YAML file at `path`.

    Raises ReferenceDataError where the file is missing, is no YAML, or is no description.
    """
    try:
        return Description.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER))
    except FileNotFoundError as error:
        raise ReferenceDataError(f"{path} is missing.", "Write it: it describes the table beside it.") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        problem = " ".join(str(error).split())
        raise ReferenceDataError(f"{path} is not YAML in UTF-8: {problem}.", "Correct the file.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ReferenceDataError(
            f"{path}: {where}: {first['msg']}.", "Describe the table as kg/reference/description.py does."
        ) from error
