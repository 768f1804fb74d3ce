"""A dossier as one HTML file that prints well and needs nothing else: no script, no address that a browser would load."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.dossier import texts
from kg.dossier.records import Dossier, Event, Note, Statement
from kg.markup import Child, Markup, element, join, web_address

STYLE = Path(__file__).with_name("dossier.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""A browser loads nothing and runs nothing, whatever stood in a text."""
DAY = re.compile(r"\d{4}(-\d\d){0,2}")


def page(dossier: Dossier) -> str:
    """The dossier as a whole HTML page. The same dossier gives the same page."""
    return _Page(dossier).html()


class _Page:
    """The page while it is written."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._cited: set[int] = set()

    def html(self) -> str:
        """The file."""
        dossier = self._dossier
        title = f"{self._say('dossier')}: {dossier.subject.name}"
        head = element(
            "head",
            Markup('<meta charset="utf-8">'),
            Markup(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
            Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            element("title", title),
            element("style", Markup(STYLE.read_text(encoding="utf-8"))),
        )
        parts = [self._facts(), self._statuses(), self._acts(), self._offices(), self._claims(), self._links()]
        body = element("body", element("main", self._head(), parts, self._transfers(), self._notes(), self._queries()))
        return f"<!doctype html>\n{element('html', head, body, lang=dossier.language)}\n"

    def _say(self, key: str, **values: object) -> str:
        return texts.text(key, self._dossier.language, **values)

    def _head(self) -> Markup:
        dossier = self._dossier
        others = element("p", self._say("also"), ": ", ", ".join(dossier.names), cls="meta") if dossier.names else None
        preface = self._say("preface", date=dossier.created) if dossier.created else self._say("preface undated")
        made = element("p", self._say("graph hash", hash=dossier.graph), cls="meta") if dossier.graph else None
        return element(
            "header",
            element("div", ", ".join([self._say("dossier"), *dossier.kinds]), cls="kind"),
            element("h1", dossier.subject.name),
            element("p", element("code", dossier.subject.iri), cls="meta"),
            others,
            element("p", preface),
            made,
        )

    def _section(self, key: str, *body: Child) -> Markup:
        return element("section", element("h2", self._say(key)), *body)

    def _facts(self) -> Markup | None:
        rows = [(fact.property, ", ".join(fact.values), self._mark(fact.note)) for fact in self._dossier.facts]
        return self._section("facts", self._table(("property", "value"), rows)) if rows else None

    def _statuses(self) -> Markup | None:
        rows = [(s.treaty, s.status, s.since, s.until, self._mark(s.note)) for s in self._dossier.statuses]
        return self._section("status", self._table(("treaty", "state", "since", "until"), rows)) if rows else None

    def _acts(self) -> Markup | None:
        rows = [(a.date, a.what, a.who, a.treaty, self._mark(a.note)) for a in self._dossier.acts]
        return self._section("acts", self._table(("date", "act", "who", "treaty"), rows)) if rows else None

    def _offices(self) -> Markup | None:
        rows = [(o.person, o.office, o.body, o.since, o.until, self._mark(o.note)) for o in self._dossier.offices]
        heads = ("person", "office", "body", "since", "until")
        return self._section("offices", self._table(heads, rows)) if rows else None

    def _claims(self) -> Markup:
        if not self._dossier.events:
            return self._section("claims", element("p", self._say("claims none")))
        return self._section("claims", [self._event(event) for event in self._dossier.events])

    def _event(self, event: Event) -> Markup:
        roles = [f"{role}: {', '.join(fillers)}" for role, fillers in event.roles]
        return element(
            "article",
            element("h3", event.kind, " · ", event.date or self._say("undated")),
            element("p", " · ".join(roles), cls="meta"),
            element("ul", [self._statement(each) for each in event.statements]),
        )

    def _statement(self, each: Statement) -> Markup:
        who = self._say("according to", who=each.claimant) if each.claimant else self._say("own voice")
        words = [each.polarity, each.modality, who]
        if each.relays:
            words.append(self._say("relayed by", who=", ".join(each.relays)))
        words.append(self._say("confidence", value=texts.decimal(each.confidence, self._dossier.language)))
        return element("li", ", ".join(words), self._mark(each.note), cls="denied" if each.denied else None)

    def _links(self) -> Markup | None:
        items = [element("li", f"{link} ", other) for link, other in self._dossier.links]
        return self._section("links", element("ul", items)) if items else None

    def _transfers(self) -> Markup | None:
        heads = ("supplier", "recipient", "designation", "category", "ordered", "delivered", "number", "comments")
        rows = [
            (
                *(each.supplier, each.recipient, each.designation, each.category, each.ordered, each.delivered),
                *(each.number, "; ".join(each.comments)),
                [self._mark(note) for note in each.notes],
            )
            for each in self._dossier.transfers
        ]
        if not rows:
            return None
        return self._section(
            "transfers", element("p", self._say("transfers help"), cls="meta"), self._table(heads, rows)
        )

    def _table(self, heads: Sequence[str], rows: Iterable[Sequence[Child]]) -> Markup:
        """A table; the last cell of each row, its notes, has a column that its heading covers."""
        cells = [element("th", self._say(head), scope="col") for head in heads]
        head = element("thead", element("tr", cells, element("th", self._say("notes"), scope="col")))
        body = element("tbody", [element("tr", [element("td", cell, cls=_kind(cell)) for cell in row]) for row in rows])
        return element("div", element("table", head, body), cls="wide")

    def _mark(self, note: int) -> Markup:
        """The number of a note; the first to cite it is where the note leads back to."""
        first = note not in self._cited
        self._cited.add(note)
        anchor = element("a", f"[{note}]", href=f"#note-{note}", id=f"cited-{note}" if first else None)
        return element("sup", anchor)

    def _notes(self) -> Markup:
        items = [self._note(note) for note in self._dossier.notes]
        return self._section("notes", element("ol", items, cls="notes"))

    def _note(self, note: Note) -> Markup:
        back = element(
            "a", "↩", href=f"#cited-{note.number}", cls="back", aria_label=f"{self._say('back')} {note.number}"
        )
        query = element("a", self._say("query of", number=note.query), href=f"#query-{note.query}")
        said = self._quoted(note) if note.sentence else self._based(note)
        return element("li", said, " · ", query, " ", back, id=f"note-{note.number}")

    def _quoted(self, note: Note) -> Markup:
        parts = [note.title, note.outlet or self._say("unknown outlet"), note.issued or self._say("undated")]
        told = [part for part in parts if part]
        return join([element("blockquote", note.sentence, lang="fr"), " · ".join(told), " · ", _address(note.address)])

    def _based(self, note: Note) -> Markup:
        basis = [self._say("basis", basis=note.basis), " · "] if note.basis else []
        return join([basis, _address(note.source) if note.source else self._say("no source")])

    def _queries(self) -> Markup:
        items = [
            element(
                "article",
                element("h3", f"{asked.number}. {asked.title}"),
                element("p", self._say("rows", count=asked.rows), cls="meta"),
                element("pre", asked.text),
                id=f"query-{asked.number}",
            )
            for asked in self._dossier.queries
        ]
        return self._section("queries", element("p", self._say("queries help"), cls="meta"), items)


def _kind(cell: Child) -> str | None:
    """The class of a cell: that of a day, which is not broken at its hyphens."""
    return "day" if isinstance(cell, str) and DAY.fullmatch(cell) else None


def _address(text: str) -> Markup:
    """Web addresses as links, anything else as text."""
    if not web_address(text):
        return element("span", text)
    return element("a", text, href=text, rel="noopener noreferrer")
