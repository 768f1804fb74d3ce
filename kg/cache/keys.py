"""What an entry is filed under: the hash of the document and of all that reads it.

The frames stand apart, for what changes in them touches few documents. A trigger of a frame says an event only where all words of one
of its phrases are among the forms and lemmas of the text (kg.extract.events.triggers): elsewhere neither its old nor its new
wording can say anything. So an entry holds these words of its document, and a hash, for each frame, of what the frame says
of the phrases that can stand there; it stands as long as those hashes are the same, whatever else changed. All else that reads
(word lists, reference data, model, program) touches every document.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, NamedTuple

import yaml

from kg.errors import LexiconError
from kg.ids import digest
from kg.model import Document

VERSION = "1"
"""Of what is kept and how; another one makes all entries unknown."""
KINDS = ("verbs", "nouns", "adjectives")
"""Where the phrases of a trigger stand."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one written in C is eight times as fast."""


class Phrase(NamedTuple):
    """A phrase of a trigger."""

    frame: str
    trigger: int
    """Its trigger's number in the frame."""
    kind: str
    text: str
    first: str
    """Its first word, folded."""
    words: frozenset[str]
    """All its words, folded."""


@dataclass(frozen=True)
class Reading:
    """What documents are read with."""

    common: str
    """One hash for all that touches every document."""
    texts: Mapping[str, bytes]
    """The frames' files by their names."""

    @cached_property
    def lexicon(self) -> str:
        """One hash for all frames."""
        return hashlib.sha256(b"".join(hashlib.sha256(each).digest() for each in self.texts.values())).hexdigest()

    @property
    def whole(self) -> str:
        """One hash for all of it."""
        return digest(self.common, self.lexicon)

    @cached_property
    def phrases(self) -> dict[str, list[Phrase]]:
        """The phrases of all triggers by their first words; raises LexiconError where a frame is no frame."""
        found: dict[str, list[Phrase]] = {}
        for name in self.texts:
            for phrase in _phrases(name, self._frames[name]):
                found.setdefault(phrase.first, []).append(phrase)
        return found

    @cached_property
    def _frames(self) -> dict[str, dict[str, Any]]:
        return {name: _frame(name, text) for name, text in self.texts.items()}

    def relevant(self, words: tuple[str, ...] | None) -> dict[str, str]:
        """A hash, by the frame's name, of what each frame says of the phrases that can stand in a document of these words.

        Of all that the frames say where the words are not known.
        """
        if words is None:
            return {"": self.lexicon}
        known = frozenset(words)
        standing = [each for word in words for each in self.phrases.get(word, ()) if each.words <= known]
        by_frame: dict[str, list[Phrase]] = {}
        for phrase in standing:
            by_frame.setdefault(phrase.frame, []).append(phrase)
        return {name: self._hash(name, by_frame[name]) for name in sorted(by_frame)}

    def _hash(self, name: str, standing: list[Phrase]) -> str:
        frame = self._frames[name]
        numbers = sorted({phrase.trigger for phrase in standing})
        rests = [{key: value for key, value in frame["triggers"][each].items() if key not in KINDS} for each in numbers]
        said = {
            "frame": {key: value for key, value in frame.items() if key not in ("triggers", "examples")},
            # The number of a trigger decides between frames of equal rank.
            "triggers": list(zip(numbers, rests, strict=True)),
            "phrases": sorted((each.trigger, each.kind, each.text) for each in standing),
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:16]


def key_of(document: Document, reading: Reading) -> str:
    """The key of a document, as 64 hexadecimal digits."""
    said = json.dumps([VERSION, reading.common, asdict(document)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _frame(name: str, text: bytes) -> dict[str, Any]:
    try:
        frame = yaml.load(text, _LOADER)
    except yaml.YAMLError as error:
        raise LexiconError(f"{name}.yaml is no YAML: {' '.join(str(error).split())}.", "Mend the file.") from error
    if not isinstance(frame, dict) or not isinstance(frame.get("triggers"), list):
        raise LexiconError(f"{name}.yaml is no frame: it has no triggers.", "Mend the file.")
    return frame


def _phrases(name: str, frame: Mapping[str, Any]) -> Iterator[Phrase]:
    """The phrases of a frame's triggers, as kg.extract.events.triggers takes them apart; a test holds the two together."""
    for number, trigger in enumerate(frame["triggers"]):
        for kind in KINDS:
            for text in trigger.get(kind, ()):
                words = text.removeprefix("se ").removeprefix("s'en ").removeprefix("s'").replace("'", "' ").split()
                folded = [_folded(word) for word in words]
                yield Phrase(name, number, kind, text, folded[0], frozenset(folded))


def _folded(word: str) -> str:
    """The word without case and accents."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))
    return plain.casefold().replace("œ", "oe").replace("æ", "ae")
