"""The language of arms control as data: frames and word lists under ontology/lexicon/<language>/, validated at load."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from kg.errors import LexiconError
from kg.extract.lexicon.amount_words import AmountWords
from kg.extract.lexicon.clause_words import SecurityWords, SyntaxWords
from kg.extract.lexicon.confidence import Figures
from kg.extract.lexicon.date_words import DateWords
from kg.extract.lexicon.fighting_words import FightingWords
from kg.extract.lexicon.form_words import FormWords
from kg.extract.lexicon.frames import ROLES, Frame
from kg.extract.lexicon.function_words import FunctionWords
from kg.extract.lexicon.likely import TriggerWeights, Weights
from kg.extract.lexicon.modality_words import ModalityWords
from kg.extract.lexicon.mood_words import MoodWords
from kg.extract.lexicon.name_words import AgreementWords, BodyWords, LineWords, NameWords, PeopleWords
from kg.extract.lexicon.pronoun_words import PronounWords
from kg.extract.lexicon.reporting_words import Reporting
from kg.extract.lexicon.resuming_words import ResumingWords
from kg.extract.lines.quantities import QuantityWords


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's frames and word lists."""

    frames: tuple[Frame, ...]
    lines: LineWords
    names: NameWords
    agreements: AgreementWords
    amounts: AmountWords
    bodies: BodyWords
    people: PeopleWords
    reporting: Reporting
    modality: ModalityWords
    moods: MoodWords
    dates: DateWords
    security: SecurityWords
    syntax: SyntaxWords
    forms: FormWords
    function: FunctionWords
    confidence: Figures
    pronouns: PronounWords
    quantities: QuantityWords
    likely: Weights
    acceptance: TriggerWeights
    standing: TriggerWeights
    resuming: ResumingWords
    fighting: FightingWords
    version: str
    """SHA-256 over the files."""


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C, where PyYAML has it: every reader begins with the lexicon."""
M = TypeVar("M", bound=BaseModel)


def load(folder: Path) -> Lexicon:
    """The lexicon of one language: frames in `folder`, word lists in `folder`/words.

    Raises LexiconError with the file, the place in it and what is wrong.
    """
    words = folder / "words"
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise LexiconError(f"{folder}: no frames found.", "Give the folder of a language, such as ontology/lexicon/fr.")
    frames = tuple(_read(path, Frame) for path in paths)
    for path, frame in zip(paths, frames, strict=True):
        _check(path, frame)
    content = hashlib.sha256()
    for path in [*paths, *sorted(words.glob("*.yaml"))]:
        content.update(path.name.encode() + b"\0" + path.read_bytes())
    return Lexicon(
        frames=frames,
        lines=line_words(folder),
        names=_read(words / "names.yaml", NameWords),
        agreements=_read(words / "agreements.yaml", AgreementWords),
        amounts=_read(words / "amounts.yaml", AmountWords),
        bodies=_read(words / "bodies.yaml", BodyWords),
        people=_read(words / "people.yaml", PeopleWords),
        reporting=_read(words / "reporting.yaml", Reporting),
        modality=_read(words / "modality.yaml", ModalityWords),
        moods=_read(words / "moods.yaml", MoodWords),
        dates=_read(words / "dates.yaml", DateWords),
        security=_read(words / "security.yaml", SecurityWords),
        syntax=_read(words / "syntax.yaml", SyntaxWords),
        forms=_read(words / "forms.yaml", FormWords),
        function=function_words(folder),
        confidence=_read(words / "confidence.yaml", Figures),
        pronouns=_read(words / "pronouns.yaml", PronounWords),
        quantities=_read(words / "quantities.yaml", QuantityWords),
        likely=_read(words / "likely.yaml", Weights),
        acceptance=_read(words / "acceptance.yaml", TriggerWeights),
        standing=_read(words / "standing.yaml", TriggerWeights),
        resuming=_read(words / "resuming.yaml", ResumingWords),
        fighting=_read(words / "fighting.yaml", FightingWords),
        version=content.hexdigest(),
    )


def function_words(folder: Path) -> FunctionWords:
    """The small words of one language alone, for readers that need no more; raises as `load` does."""
    return _read(folder / "words" / "function.yaml", FunctionWords)


def line_words(folder: Path) -> LineWords:
    """The words about lines of one language alone; raises as `load` does."""
    return _read(folder / "words" / "lines.yaml", LineWords)


def _read(path: Path, model: type[M]) -> M:
    try:
        return model.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER))
    except OSError as error:
        raise LexiconError(f"{path}: {error.strerror}.", "Restore the file or choose another lexicon.") from error
    except yaml.YAMLError as error:
        raise LexiconError(f"{path}: {' '.join(str(error).split())}.", "Mend the YAML at that line.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"{path}: {place}: {first['msg']}.", "Mend that entry.") from error


def _check(path: Path, frame: Frame) -> None:
    """Refuse roles that the ontology does not have and patterns that are not there."""
    if frame.event != path.stem:
        raise LexiconError(f"{path}: event is {frame.event}.", "Name the file after its event class.")
    for name, pattern in frame.patterns.items():
        if unknown := (set(pattern.verb) | set(pattern.noun)) - ROLES:
            raise LexiconError(f"{path}: patterns.{name}: no role {sorted(unknown)}.", f"Use one of {sorted(ROLES)}.")
    for number, trigger in enumerate(frame.triggers):
        if trigger.pattern not in frame.patterns:
            raise LexiconError(
                f"{path}: triggers.{number}: no pattern {trigger.pattern!r}.",
                f"Use one of {sorted(frame.patterns)}.",
            )
