"""The page Review: what is worth judging, one thing at a time, with what was judged so far and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from kg.explorer.addressing import asked, bound, change
from kg.explorer.behind import behind
from kg.explorer.frame import language, page, say
from kg.explorer.graph import Graph
from kg.explorer.jobs import Jobs, jobs
from kg.explorer.judging import answered, judge, named, pending, take_back
from kg.explorer.judging_forms import correction_form, grades
from kg.explorer.markup import Child, element, show
from kg.explorer.parts import basis, event_line, quotation, source, thing
from kg.explorer.progress import watch
from kg.explorer.records import Claim
from kg.explorer.unfolding import to_judge
from kg.judgements import Judgement, Judgements, Kind, judgements_file
from kg.namespaces import AC
from kg.opening import is_remote
from kg.query.names import compact
from kg.review import REASONS, Item
from kg.review.outlines import Outline
from kg.review.wording import told
from kg.settings import settings

SHOWN = 10
"""Judgements that the log shows."""
ASKED = ("review-merges", "review-disputed", "review-doubtful")
"""The queries that the queue is made of."""
PAIR = (Kind.SAME, Kind.DIFFERENT, Kind.UNSURE)
CLAIM = (Kind.ACCEPT, Kind.REJECT)
TITLES = ("review one", "review other")


@page
def show_review(graph: Graph) -> None:
    """Draws the page; `only` of the address says what is asked, `at` which of it is shown."""
    show(element("h1", say("review")), element("p", say("review lead"), cls="kg-lead"))
    if is_remote():
        show(element("p", say("review remote")))
        return
    book = Judgements.load(judgements_file())
    _effect(graph, book)
    only = asked("only", "")
    only = only if only in REASONS else ""
    st.pills(
        say("review only"),
        ["", *REASONS],
        format_func=lambda why: say(f"review {why}") if why else say("review all"),
        required=True,
        **bound("only", only, ("at",)),
    )
    named()
    number = _number()
    items, ended = to_judge(graph, book, only, language(), number)
    answered()
    if items:
        _one(graph, items, ended, number, book)
    else:
        show(element("p", say("review nothing"), role="status"))
    _log(graph, book)
    behind(graph, "review", *(graph.ask(question) for question in ASKED))


def _effect(graph: Graph, book: Judgements) -> None:
    """Whether the graph knows of all judgements, and the button that sees to it."""
    work = jobs(str(settings().home.absolute()))
    count = pending(graph, book)
    busy = work.last is not None and work.last.running
    with st.container(horizontal=True, vertical_alignment="center"):
        show(element("p", say("review pending", count=count) if count else say("review settled"), role="status"))
        st.button(say("review apply"), disabled=not count or busy, on_click=_build, args=(work,), key="review-apply")
    watch(work)


def _build(work: Jobs) -> None:
    work.begin([])


def _number() -> int:
    """Which of the things to judge the address names."""
    text = asked("at", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 5 else 1


def _one(graph: Graph, items: list[Item], ended: bool, number: int, book: Judgements) -> None:
    """One thing with its claims, and the answers that it can have; `ended` where there are no more than these."""
    number = min(number, len(items))
    item = items[number - 1]
    _turn(number, len(items), ended)
    show(element("h2", _asked(item, book)), [element("p", each, cls="kg-meta") for each in item.reasons])
    _claims(graph, item)
    key = "-".join(each.rpartition("/")[2] for each in item.subjects)
    why = f"why-{key}"
    st.text_input(say("review why"), max_chars=1000, key=why)
    subjects = item.answerable
    if subjects:
        _answers(PAIR if item.is_pair else CLAIM, subjects, why, key)
    if item.judgement:
        st.button(say("review drop"), on_click=take_back, args=(item.judgement, why), key=f"drop-{key}")
    if not item.is_pair and item.claims:
        spoken = f"{key}-{language()}"  # in another language, another form: what is chosen is called otherwise
        correction_form(graph, item.claims[0], why, spoken)
        grades(graph, item.claims[0], why, spoken)


def _turn(number: int, count: int, ended: bool) -> None:
    """Where one is in the queue, and the way to the neighbours."""
    before, after = {"at": str(number - 1)}, {"at": str(number + 1)}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(say("review previous"), disabled=number == 1, on_click=change, kwargs=before, key="review-previous")
        st.button(
            say("review next"), disabled=ended and number == count, on_click=change, kwargs=after, key="review-next"
        )
        place = "review place" if ended else "review place so far"
        show(element("p", say(place, number=number, count=count), cls="kg-meta"))


def _asked(item: Item, book: Judgements) -> str:
    """The question that an item asks."""
    if item.why != "stale":
        return say(f"review asked {item.why}")
    old = next(each for each in book.log if each.id == item.judgement)
    return say("review asked stale", kind=say(f"review {old.kind.value}"), who=old.who, day=old.when[:10], why=old.why)


def _claims(graph: Graph, item: Item) -> None:
    """The claims to read: of a pair side by side, else the one to judge and what contradicts it."""
    if item.names:
        _entities(graph, item)
        return
    claims = graph.claims(item.claims)
    if item.is_pair:
        cut = item.first_side
        for number, (column, side) in enumerate(zip(st.columns(2), (claims[:cut], claims[cut:]), strict=True)):
            with column:
                show(element("h3", say(TITLES[number])), _side(graph, item.outlines[number : number + 1], side))
        return
    if not claims:
        show(element("p", say("review gone")))
        return
    show(event_line(graph, claims[0].event), quotation(graph, claims[0]))
    if claims[1:]:
        show(element("h3", say("review contradicts")), [quotation(graph, each) for each in claims[1:]])


def _side(graph: Graph, outlines: Sequence[Outline], claims: Sequence[Claim]) -> Child:
    """One of two events, as it was before any merge, with its claims; without claims, what the reference data has it from."""
    told = [quotation(graph, each) for each in claims]
    if not outlines:
        return [event_line(graph, claims[0].event), told] if claims else element("p", say("review gone"))
    (outline,) = outlines
    event = graph.event(outline.event)
    alone = replace(event, kind=outline.kind.removeprefix(AC), roles=tuple(outline.roles.items()), date=outline.date)
    day = element("p", outline.date or say("undated"), cls="kg-meta d")
    if not claims:
        told = [element("p", say("review recorded"), " ", basis(event.basis), " ", source(event.source), cls="kg-meta")]
    return [event_line(graph, alone), day, told]


def _entities(graph: Graph, item: Item) -> None:
    """Two entities side by side, as documents name them."""
    for column, title, side in zip(st.columns(2), TITLES, item.names, strict=True):
        quotes = [
            element("div", element("blockquote", text, lang="fr"), element("p", thing(graph, document), cls="kg-meta"))
            for document, text in side.quotes
        ]
        with column:
            show(element("h3", say(title), ": ", side.name), quotes)


def _answers(kinds: tuple[Kind, ...], subjects: tuple[str, ...], reason: str, key: str) -> None:
    with st.container(horizontal=True):
        for kind in kinds:
            answer = (kind, subjects, reason)
            st.button(say(f"review {kind.value}"), on_click=judge, args=answer, key=f"{kind.value}-{key}")


def _log(graph: Graph, book: Judgements) -> None:
    """The latest judgements, each with the way back where it still counts."""
    show(element("h2", say("review log")))
    if not book.log:
        show(element("p", say("review log none"), cls="kg-meta"))
    standing = {each.id for each in book.standing}
    for each in book.log[: -SHOWN - 1 : -1]:
        left, right = st.columns([4, 1])
        with left:
            show(element("p", _logged(graph, each, each.id in standing), cls="kg-small"))
        if each.id not in book.undone:
            right.button(say("review undo"), on_click=take_back, args=(each.id,), key=f"undo-{each.id}")


def _logged(graph: Graph, judgement: Judgement, stands: bool) -> Child:
    """A judgement in one line."""
    about = ", ".join(graph.names.label(each, language()) or compact(each) for each in judgement.subjects)
    told_by = f"{judgement.when[:16].replace('T', ' ')} · {judgement.who}"
    reason = f" · {judgement.why}" if judgement.why else ""
    return [
        element("strong", told(judgement)),
        f" · {about} · {told_by}{reason}",
        f" · {say('review standing')}" if stands else "",
    ]
