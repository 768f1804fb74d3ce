"""A line's parse in plain objects, copied once out of spaCy by kg/extract/lines/copies.py.

Reading asks the same tokens after their forms, lemmas and children again and again; spaCy makes each answer anew, at many
times the price of an attribute. `Doc`, `Span` and `Token` here answer as spaCy's of the same names do, for what reading asks.
They do not change once copied, and a token is one object, so that tokens are compared by identity.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.extract.lexicon.function_words import Kind
from kg.extract.lines.moods import Mood, Moods

_JOINED = 3
"""A name, a hyphen and another name."""


class Form(NamedTuple):
    """What a form is by itself, wherever it stands."""

    text: str
    lower: str
    folded: str
    is_capital: bool
    is_alpha: bool
    is_punct: bool
    is_space: bool
    like_num: bool
    kinds: frozenset[Kind]


class Lemma(NamedTuple):
    """A lemma, in small letters, and without accents too."""

    text: str
    lower: str
    folded: str


class Token:
    """A word or mark of a line, with its place in the parse."""

    __slots__ = (
        "_ancestors",
        "children",
        "dep_",
        "doc",
        "folded",
        "folded_lemma",
        "head",
        "i",
        "idx",
        "is_alpha",
        "is_capital",
        "is_punct",
        "is_sent_end",
        "is_sent_start",
        "is_space",
        "kinds",
        "lefts",
        "lemma_",
        "like_num",
        "lower_",
        "lower_lemma",
        "morph",
        "pos_",
        "rights",
        "sent",
        "text",
    )

    idx: int
    """The character of the line at which it begins."""
    folded: str
    """Its text without case and accents, and its lemma likewise."""
    folded_lemma: str
    lower_lemma: str
    is_capital: bool
    """Whether it begins with a capital."""
    kinds: frozenset[Kind]
    """What its form is, whatever stands around it."""
    head: Token
    """The token that governs it; itself for the root of a sentence."""
    lefts: tuple[Token, ...]
    rights: tuple[Token, ...]
    children: tuple[Token, ...]
    """What it governs: those on its left, then those on its right."""
    sent: Span

    def __init__(
        self, doc: Doc, i: int, form: Form, lemma: Lemma, pos: str, dep: str, morph: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.doc = doc
        self.i = i
        (
            self.text,
            self.lower_,
            self.folded,
            self.is_capital,
            self.is_alpha,
            self.is_punct,
            self.is_space,
            self.like_num,
            self.kinds,
        ) = form
        self.lemma_, self.lower_lemma, self.folded_lemma = lemma
        self.pos_ = pos
        self.dep_ = dep
        self.morph = morph
        self._ancestors: tuple[Token, ...] | None = None
        self.is_sent_start = self.is_sent_end = False

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.text

    @property
    def text_with_ws(self) -> str:
        """Its text, with the blank that follows it if any."""
        begins = [*self.doc.begins, len(self.doc.text)]
        return self.doc.text[self.idx : begins[self.i + 1]]

    @property
    def mood(self) -> Mood:
        """What its form says where it is a verb's."""
        return self.doc.moods.of(self.text, self.lemma_)

    @property
    def is_tale(self) -> bool:
        """Whether it is the simple past of most verbs: "livra"."""
        return self.doc.moods.is_tale(self.text, self.lemma_)

    @property
    def is_helped(self) -> bool:
        """Whether an auxiliary hangs on it: "a livré", "livrés" in "ont été livrés"."""
        return any(child.dep_.startswith("aux") for child in self.children)

    @property
    def ancestors(self) -> tuple[Token, ...]:
        """Its head, the head of that, and so on up to the root."""
        if self._ancestors is None:
            found, token = [], self
            while token.head is not token:
                token = token.head
                found.append(token)
            self._ancestors = tuple(found)
        return self._ancestors

    def forget(self) -> None:
        """Look for the ancestors anew when next asked: a head has changed."""
        self._ancestors = None

    @property
    def subtree(self) -> Iterator[Token]:
        """The token and all below it, as they stand in the line."""
        for child in self.lefts:
            yield from child.subtree
        yield self
        for child in self.rights:
            yield from child.subtree

    @property
    def left_edge(self) -> Token:
        """The first token at or below it."""
        return min(self.subtree, key=lambda token: token.i)

    @property
    def right_edge(self) -> Token:
        """The last token at or below it."""
        return max(self.subtree, key=lambda token: token.i)


class Span:
    """Tokens of a line from start to end, the end exclusive."""

    __slots__ = ("doc", "end", "label_", "start", "tokens")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label
        self.tokens = doc[start:end]

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def __reversed__(self) -> Iterator[Token]:
        return reversed(self.tokens)

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index]

    @property
    def text(self) -> str:
        """The text, without the blank after its last token."""
        return self.doc.text[self.start_char : self.end_char] if self.tokens else ""

    @property
    def start_char(self) -> int:
        """The character at which it begins."""
        return self.tokens[0].idx

    @property
    def end_char(self) -> int:
        """The character after its last."""
        last = self.tokens[-1]
        return last.idx + len(last.text)

    @property
    def sent(self) -> Span:
        """The sentence in which it begins."""
        return self.doc[self.start].sent

    @property
    def root(self) -> Token:
        """The token nearest to the root of its sentence, the first of several."""
        if len(self.tokens) == 1:
            return self.tokens[0]
        return min(self.tokens, key=lambda token: len(token.ancestors))


class Doc(list[Token]):
    """A parsed line: its tokens, sentences, and what the model's `ner` takes for names."""

    __slots__ = ("begins", "moods", "recognise", "recognised", "sents", "text")

    recognise: Callable[[Iterable[Span]], None]
    """Has `ner` read sentences of the lines of this document, those of a line together and in their order."""

    def __init__(self, text: str, moods: Moods) -> None:
        super().__init__()
        self.text = text
        self.moods = moods
        """How its language tells the moods of its verbs."""
        self.sents: tuple[Span, ...] = ()
        self.begins: list[int] = []
        """The character at which each token begins."""
        self.recognised: dict[int, list[Span]] = {}
        """What `ner` takes for names in the sentences that it has read, by the first token of the sentence."""

    def recognised_as(self, token: Token) -> str:
        """What `ner` takes a token for, or for a part of: "PER", "ORG", "LOC", "MISC", or nothing: ""."""
        sentence = token.sent
        if sentence.start not in self.recognised:
            self.recognise([sentence])
        return next((name.label_ for name in self.recognised[sentence.start] if name.start <= token.i < name.end), "")

    def attach(self) -> None:
        """Have each token know what it governs, once all have their heads, or after heads have changed."""
        lefts: list[list[Token]] = [[] for _ in self]
        rights: list[list[Token]] = [[] for _ in self]
        for token in self:
            token.forget()
            if token.head is not token:
                (lefts if token.i < token.head.i else rights)[token.head.i].append(token)
        for token, left, right in zip(self, lefts, rights, strict=True):
            token.lefts, token.rights, token.children = tuple(left), tuple(right), (*left, *right)

    def span(self, start: int, end: int) -> Span:
        """The tokens from start to end, as one; a slice gives them as a list."""
        return Span(self, start, min(max(start, end), len(self)))

    def around(self, begin: int, end: int) -> Span | None:
        """The tokens of which characters from begin to end are a part; None where they are not in the line."""
        if not 0 <= begin < len(self.text) or not 0 < end <= len(self.text):
            return None
        first, last = (bisect_right(self.begins, character) - 1 for character in (begin, end - 1))
        if begin == self[first].idx + len(self[first].text):
            first += 1
        return Span(self, first, last + 1)


def joined_names(noun: Token) -> tuple[Token, ...]:
    """The two whose names, with a hyphen between, stand behind a noun: "le sommet Lavrov-Rubio", which parses tear apart."""
    behind = noun.doc[noun.i + 1 : noun.i + 4]
    if noun.pos_ != "NOUN" or len(behind) != _JOINED or behind[1].text != "-":
        return ()
    names = (behind[0], behind[2])
    tied = behind[2].idx == behind[1].idx + 1
    return names if tied and all(name.text[0].isupper() for name in names) else ()
