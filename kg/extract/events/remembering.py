"""What a text has spoken of, kept for the pronouns and the definite descriptions of what follows."""

from __future__ import annotations

from kg.extract.events.filling import ACTORS
from kg.extract.lines.parse import Span as Tokens
from kg.extract.lines.parse import Token
from kg.extract.lines.text import LineKind
from kg.extract.naming.coreference import Referents
from kg.extract.naming.pronouns import gender_of
from kg.extract.reading import Line, Referent
from kg.extract.saying.attribution import Attributions
from kg.model import NameForm

_LEADING = 2.0
"""The weight of a name in a title or as a subject, beside that of any other."""


class Remembering:
    """Notes in the focus of a document what its sentences name and who does something there."""

    def __init__(self, attributions: Attributions) -> None:
        self._attributions = attributions

    def note(self, sentence: Tokens, line: Line, referents: Referents) -> None:
        """Remember what a sentence spoke of, for the pronouns of the next."""
        title = line.reading.kind is LineKind.TITLE
        weights: dict[str, float] = {}
        for named in line.names:
            if sentence.start <= named.start < sentence.end and not named.is_place:
                referent = referents.referent(named)
                referents.focus.note(referent)
                if named.form not in (NameForm.ADJECTIVE, NameForm.PREFIX):
                    referents.focus.named.append(referent)
                if named.kind == "Treaty":
                    leading = title or line.doc.span(named.start, named.end).root.dep_ in ("nsubj", "nsubj:pass")
                    weights[named.entity] = max(weights.get(named.entity, 0.0), _LEADING if leading else 1.0)
        referents.focus.weigh(weights)
        self._group(sentence, line, referents)
        self._subjects(sentence, line, referents)

    def _group(self, sentence: Tokens, line: Line, referents: Referents) -> None:
        """Remember who were named side by side."""
        for named in line.names:
            if sentence.start <= named.start < sentence.end and named.kind in ACTORS and not named.is_place:
                group = referents.grouped(line, named.start, named.end)
                if len(group) > 1 and group[0].start == named.start:
                    referents.focus.groups.append(group)

    def _subjects(self, sentence: Tokens, line: Line, referents: Referents) -> None:
        """Remember who does something, those of main clauses as the latest."""
        focus = referents.focus
        main: list[Referent] = []
        for token in sentence:
            if token.dep_ in ("nsubj", "nsubj:pass"):
                found = [r._replace(gender=gender_of(token)) for r in referents.of(token, line, ACTORS)[:1]]
                if _is_aside(token.head):
                    focus.subjects += found
                else:
                    main += found
                    focus.joined = referents.grouped(line, found[0].start, found[0].end) if found else focus.joined
                if found and self._attributions.is_saying(token.head):
                    focus.speaker = found[0]
        focus.subjects += main


def _is_aside(verb: Token) -> bool:
    """Whether a clause only says more of a noun: its subject is less what the text speaks of than that of the clause around it."""
    return any(token.dep_ == "acl:relcl" for token in (verb, *verb.ancestors))
