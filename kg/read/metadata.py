"""What is known of a document: YAML front matter at its top, or a sidecar NAME.meta.json beside NAME.txt.

Both know the keys title, url, publisher, date, language, author; a sidecar also `columns`, for CSV and JSON. What neither
says stays unknown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml
from pydantic import ValidationError

from kg.errors import DocumentError
from kg.read.fields import Metadata
from kg.read.parts import How

__all__ = ["FIELDS", "SIDECAR", "Metadata", "Sidecar", "read_sidecar", "sidecar_of", "split_front_matter"]

SIDECAR = ".meta.json"
SIDECAR_BYTES = 100_000
FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n|$)")
CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
REMEDY = "Correct it and add the document again."
WHY = "metadata"
FIELDS = ("text", "id", *Metadata.model_fields)
"""What a column of CSV or JSON may hold; one that bears such a name needs no mapping."""


@dataclass(frozen=True, slots=True)
class _Value:
    """A value with the line that its key stands on, from 1."""

    value: object
    line: int


class _Loader(yaml.SafeLoader):
    """YAML whose plain values are strings as they are written, so that a date stays what the author wrote."""


_Loader.yaml_implicit_resolvers = {
    first: kept
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    if (kept := [resolver for resolver in resolvers if resolver[0] == "tag:yaml.org,2002:null"])
}


def split_front_matter(text: str) -> tuple[Metadata, str]:
    """The metadata at the top of a text and the text below it.

    Front matter stands between a first line --- and a later line --- or ... . Raises DocumentError, with the
    line, where it is not closed or wrong.
    """
    text = text.removeprefix("\ufeff")
    opening = FENCE.match(text)
    if opening is None:
        return Metadata(), text
    closing = CLOSING.search(text, opening.end())
    if closing is None:
        raise DocumentError(
            "Line 1: the front matter that --- opens is never closed.",
            "Close it with a line ---, or put an empty line before the first.",
            WHY,
        )
    return _from_yaml(text[opening.end() : closing.start()]), text[closing.end() :]


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What stands beside a document."""

    metadata: Metadata = field(default_factory=Metadata)
    columns: Mapping[str, str] = field(default_factory=dict)
    """Which column holds which field, as How.columns."""

    def applied(self, how: How) -> How:
        """How the document is read; what the user says now outweighs what the sidecar says."""
        return replace(how, columns={**self.columns, **how.columns}) if self.columns else how


def read_sidecar(document: Path) -> Sidecar:
    """What NAME.meta.json says beside the document NAME.suffix; nothing where there is none.

    Raises DocumentError, with the sidecar's name and the line, where it is wrong.
    """
    sidecar = document.with_name(document.stem + SIDECAR)
    try:
        if not sidecar.exists():
            return Sidecar()
        if sidecar.stat().st_size > SIDECAR_BYTES:
            raise DocumentError(f"{sidecar.name} is longer than {SIDECAR_BYTES:,} bytes.", REMEDY, WHY)
        return sidecar_of(sidecar.name, sidecar.read_bytes())
    except (OSError, ValueError) as error:  # the latter for names that no file can have
        raise DocumentError(f"{sidecar.name} cannot be read as UTF-8 text.", REMEDY, WHY) from error


def sidecar_of(name: str, data: bytes | None) -> Sidecar:
    """What a sidecar of this name says; nothing where there is none. Raises as `read_sidecar`."""
    if data is None:
        return Sidecar()
    try:
        return _from_json(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DocumentError(f"{name} cannot be read as UTF-8 text.", REMEDY, WHY) from error


def _from_yaml(block: str) -> Metadata:
    """The metadata of a block of YAML that begins on line 2 of its file."""
    try:
        node = yaml.compose(block, _Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 2
        problem = f"Line {line}: the front matter is no YAML: {error.problem}."
        raise DocumentError(problem, REMEDY, WHY) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise DocumentError("Line 2: the front matter is no YAML.", REMEDY, WHY) from error
    if node is None:
        return Metadata()
    if not isinstance(node, yaml.MappingNode):
        raise DocumentError(
            "Line 2: the front matter is no list of keys and values.",
            "Write lines such as title: …, or put an empty line before the first ---.",
            WHY,
        )
    values: dict[str, _Value] = {}
    for key, value in node.value:
        _add(values, str(key.value), _yaml_value(value), key.start_mark.line + 2, "")
    return _validated(values, "")


def _yaml_value(node: yaml.Node) -> object:
    """A plain value as it is written, null as None; lists and mappings as empty ones, to be refused."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == "tag:yaml.org,2002:null" else node.value
    return [] if isinstance(node, yaml.SequenceNode) else {}


def _from_json(name: str, text: str) -> Sidecar:
    """What a sidecar says."""
    try:
        pairs = json.loads(text, object_pairs_hook=tuple)
    except json.JSONDecodeError as error:
        raise DocumentError(f"{name}, line {error.lineno}: this is no JSON: {error.msg}.", REMEDY, WHY) from error
    except (RecursionError, ValueError) as error:
        raise DocumentError(f"{name}: this is no JSON that can be read.", REMEDY, WHY) from error
    if not isinstance(pairs, tuple):
        raise DocumentError(f"{name}, line 1: this is no JSON object.", REMEDY, WHY)
    values: dict[str, _Value] = {}
    for key, value in pairs:
        _add(values, key, value, _line_of(text, key), name)
    columns = _columns(values.pop("columns", None), name)
    return Sidecar(_validated(values, name), columns)


def _columns(found: _Value | None, name: str) -> dict[str, str]:
    """The mapping of columns in a sidecar."""
    if found is None:
        return {}
    pairs = found.value if isinstance(found.value, tuple) else ()
    columns = {field: column for field, column in pairs if isinstance(column, str) and field in FIELDS}
    if not pairs or len(columns) < len(pairs):
        problem = f"{_at(name, found.line)}: columns are no object of fields ({', '.join(FIELDS)}) and columns."
        raise DocumentError(problem, 'Write it as {"columns": {"text": "body", "date": "published"}}.', WHY)
    return columns


def _line_of(text: str, key: str) -> int:
    """The last line of a JSON text that a key stands on: of two, the one that is too many."""
    places = [match.start() for match in re.finditer(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:", text)]
    return text.count("\n", 0, places[-1] if places else 0) + 1


def _add(values: dict[str, _Value], key: str, value: object, line: int, where: str) -> None:
    """Note a value; raises DocumentError where its key came before."""
    if key in values:
        raise DocumentError(f"{_at(where, line)}: the key {key!r} comes twice.", REMEDY, WHY)
    values[key] = _Value(value, line)


def _validated(values: Mapping[str, _Value], where: str) -> Metadata:
    """The values checked; raises DocumentError with the line of the first wrong one."""
    try:
        return Metadata.model_validate({key: value.value for key, value in values.items()})
    except ValidationError as error:
        wrong = [(values[str(detail["loc"][0])].line, detail) for detail in error.errors()]
        line, detail = min(wrong, key=lambda pair: pair[0])
        key = str(detail["loc"][0])
        raise DocumentError(f"{_at(where, line)}: {_reason(key, detail)}", REMEDY, WHY) from error


def _at(where: str, line: int) -> str:
    """A place: the line, after the name of the sidecar where it is one."""
    return f"{where}, line {line}" if where else f"Line {line}"


def _reason(key: str, detail: Mapping[str, object]) -> str:
    """What pydantic found wrong, in a sentence."""
    if detail["type"] == "extra_forbidden":
        return f"the key {key!r} is unknown (known: {', '.join(Metadata.model_fields)})."
    message = str(detail["msg"]).removeprefix("Value error, ")
    return f"{key} is {detail['input']!r}: {message}."
