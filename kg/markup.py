"""HTML that cannot be broken by what it shows: every child and attribute is escaped unless it is Markup itself.

    element("a", "<b>", href="x")    # Markup('<a href="x">&lt;b&gt;</a>')

Names, titles and sentences come from the world, so pages and dossiers build all their HTML with `element` and never paste
strings.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import TypeAlias


class Markup(str):
    """HTML that `element` made."""

    __slots__ = ()


Child: TypeAlias = "str | Markup | Iterable[Child] | None"


def element(tag: str, *children: Child, **attributes: str | None) -> Markup:
    """An element; text is escaped, None is left out.

    `cls` is the attribute class, `_` in names stands for `-`.
    """
    written = "".join(
        f' {("class" if name == "cls" else name).replace("_", "-")}="{html.escape(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{tag}{written}>{join(children)}</{tag}>")


def join(children: Child, between: str = "") -> Markup:
    """The children one after the other, `between` (plain text) between them."""
    if children is None:
        return Markup("")
    if isinstance(children, Markup):
        return children
    if isinstance(children, str):
        return Markup(html.escape(children))
    return Markup(html.escape(between).join(join(child) for child in children))


def web_address(text: str) -> bool:
    """Whether a text is an address that a link may lead to; javascript: and the like are not."""
    return text.startswith(("http://", "https://")) and not any(c.isspace() for c in text)
