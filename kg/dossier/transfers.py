"""Arms transfers as rows in the layout of the SIPRI Arms Transfers Database: one row a transfer and weapon.

SIPRI, "Sources and methods" of that database: supplier, recipient, designation, description, year of order, years of
delivery, numbers, comments; what is uncertain stands in brackets.

Here a value is uncertain where no document presents the transfer as having happened, where one denies it, where its filler is
known by less than `SURE`, and, of a year, where the date does not lie within one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from kg.dossier import texts
from kg.dossier.asking import Row
from kg.dossier.records import Event, Transfer
from kg.errors import OntologyError
from kg.namespaces import AC

FILE = "transfer-stages.yaml"
KIND = AC + "ArmsTransfer"
SURE = 0.5
"""Below this confidence a filler stands in brackets: it is as likely wrong as right."""
INEXACT = ("~", "?", "%", "X", "..")
"""What EDTF writes of dates that are approximate, uncertain or known in part."""


class _Words(BaseModel):
    """The file of stages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    order: frozenset[str]
    delivery: frozenset[str]


class Stages:
    """Which words tell an order and which a delivery. Raises OntologyError where the file is malformed."""

    def __init__(self, ontology: Path) -> None:
        path = ontology / FILE
        try:
            self._words = _Words.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        except (OSError, yaml.YAMLError, ValidationError) as error:
            problem = " ".join(str(error).split())
            raise OntologyError(f"{path}: {problem}", "Give the lists order and delivery.") from error

    def of(self, methods: Iterable[str]) -> str:
        """ "order" or "delivery" where all that tell one tell the same; else empty."""
        words = [method.rpartition("/")[2] for method in methods]
        told = {stage for word in words for stage in ("order", "delivery") if word in getattr(self._words, stage)}
        return told.pop() if len(told) == 1 else ""


@dataclass(frozen=True, slots=True)
class _Told:
    """A transfer with what is claimed of it."""

    event: Event
    claims: Sequence[Row]
    roles: Sequence[Row]
    amounts: Sequence[Row]
    stage: str

    @property
    def doubtful(self) -> bool:
        """Whether no document presents it as having happened, or one denies it."""
        actual = any(row["modality"] == AC + "Actual" and row["polarity"] == AC + "Affirmed" for row in self.claims)
        return not actual or any(row["polarity"] == AC + "Negated" for row in self.claims)


def transfers(
    claims: Sequence[Row],
    roles: Sequence[Row],
    amounts: Sequence[Row],
    events: Sequence[Event],
    stages: Stages,
    name: Callable[[str], str],
    language: str,
) -> tuple[Transfer, ...]:
    """The rows of all events that are arms transfers, in the order of the events, then of the weapons' names.

    Those from somebody to himself alone are left out: no register has such a row, and the sentence was misread.

    claims, roles, amounts: the rows of dossier-claims, dossier-roles and dossier-amounts. name: gives the name of an IRI.
    """
    kinds = {row["event"] for row in claims if row["kind"] == KIND}
    found: list[Transfer] = []
    for event in events:
        if event.iri in kinds:
            own = [row for row in claims if row["event"] == event.iri]
            told = _Told(
                event,
                own,
                [row for row in roles if row["event"] == event.iri],
                [row for row in amounts if row["event"] == event.iri],
                stages.of(row["method"] for row in own if row["kind"] == KIND),
            )
            found += [] if _to_himself(told) else _rows(told, name, language)
    return tuple(found)


def _to_himself(told: _Told) -> bool:
    """Whether who supplies is who receives, himself or by those who act for him, and nobody else has a part in it."""
    suppliers, recipients = (
        {row.get("behalf", row["filler"]) for row in told.roles if row["role"] == role}
        for role in ("supplier", "recipient")
    )
    return len(suppliers) == 1 and suppliers == recipients


def _rows(told: _Told, name: Callable[[str], str], language: str) -> list[Transfer]:
    items: dict[str, list[Row]] = {}
    for row in told.roles:
        if row["role"] == "item":
            items.setdefault(row["filler"], []).append(row)
    ordered = sorted(items.items(), key=lambda pair: name(pair[0])) or [("", [])]
    return [_row(told, item, rows, name, language) for item, rows in ordered]


def _row(told: _Told, item: str, rows: list[Row], name: Callable[[str], str], language: str) -> Transfer:
    system = any("system" in row for row in rows)
    sure = _sure(rows) and not told.doubtful
    categories = ", ".join(dict.fromkeys(name(row["category"]) for row in rows if "category" in row))
    year = _year(told)
    return Transfer(
        supplier=_side(told, "supplier", name),
        recipient=_side(told, "recipient", name),
        designation=_bracketed(name(item), sure) if system else "",
        category=_bracketed(categories if system else name(item) if item else "", sure),
        ordered=year if told.stage == "order" else "",
        delivered=year if told.stage == "delivery" else "",
        number=_bracketed(_number(told, item, language), sure),
        comments=_comments(told, year, name, language),
        notes=tuple(statement.note for statement in told.event.statements),
    )


def _side(told: _Told, role: str, name: Callable[[str], str]) -> str:
    """Who supplies or receives: the state for which a person acted, in the person's place."""
    rows = [row for row in told.roles if row["role"] == role]
    named: dict[str, bool] = {}
    for row in rows:
        who = name(row.get("behalf", row["filler"]))
        named[who] = named.get(who, False) or _sure([row])
    return ", ".join(_bracketed(who, sure and not told.doubtful) for who, sure in named.items())


def _comments(told: _Told, year: str, name: Callable[[str], str], language: str) -> tuple[str, ...]:
    persons = dict.fromkeys(name(row["filler"]) for row in told.roles if "behalf" in row)
    modalities = dict.fromkeys(name(row["modality"]) for row in told.claims)
    parts = [texts.text("told as", language, how=", ".join(modalities))]
    if persons:
        parts.append(texts.text("through", language, who=", ".join(persons)))
    denied = {row["polarity"] == AC + "Negated" for row in told.claims}
    if True in denied:
        parts.append(texts.text("denied too" if False in denied else "denied only", language))
    sums = dict.fromkeys(_said(row, language) for row in told.amounts if "currency" in row)
    if sums:
        parts.append(texts.text("priced", language, sums=", ".join(sums)))
    if year and not told.stage:
        parts.append(texts.text("stage unknown", language, date=told.event.date))
    documents = len({row["document"] for row in told.claims})
    parts.append(texts.text("told by", language, claims=len(told.event.statements), documents=documents))
    return tuple(parts)


def _number(told: _Told, item: str, language: str) -> str:
    """How many of a weapon documents speak of: each number that one gives."""
    return " / ".join(dict.fromkeys(_said(row, language) for row in told.amounts if row.get("item") == item))


def _said(row: Row, language: str) -> str:
    """An amount as the text words it, with how exact it is and in what it is counted."""
    number = f"{Decimal(row['value']):,f}".replace(",", " " if language == "fr" else ",")
    bound = "" if row["bound"] == "exact" else texts.text(row["bound"], language)
    return " ".join(filter(None, (bound, number, row.get("unit", row.get("currency", "")))))


def _year(told: _Told) -> str:
    """The year of the event, in brackets where it is not certain; empty where it has no date."""
    date = told.event.date
    years = sorted({part[:4] for part in date.replace(" ", "").split("/") if part[:4].isdigit()})
    if not years:
        return ""
    exact = len(years) == 1 and not any(sign in date for sign in INEXACT)
    return _bracketed("–".join(dict.fromkeys((years[0], years[-1]))), exact and not told.doubtful)


def _sure(rows: Iterable[Row]) -> bool:
    """Whether fillers are known by at least `SURE`; one without a record is the reference data's own."""
    return all(float(row.get("confidence", "1")) >= SURE for row in rows)


def _bracketed(text: str, sure: bool) -> str:
    return f"({text})" if text and not sure else text
