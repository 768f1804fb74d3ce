"""The servers that are known, and the addresses at which one of them takes queries, updates and graphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from kg.errors import CallError
from kg.settings import Settings

FILE = Path(__file__).with_name("servers.yaml")


class Kind(BaseModel):
    """What a kind of server is like; the head of servers.yaml says what each means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    query: str
    update: str
    graphs: str
    guess: str = ""
    cuts: bool = False
    names: int = 100_000
    checks: bool = True
    published: bool = True


OTHER = Kind(title="SPARQL server", query="", update="", graphs="", cuts=True, names=1000)
"""A server whose addresses were given one by one: nothing else is taken for granted."""


@dataclass(frozen=True, slots=True)
class Server:
    """One server: what it is, and where."""

    kind: Kind
    query: str
    """Where it takes queries; each is an absolute address."""
    update: str
    graphs: str


@cache
def kinds() -> dict[str, Kind]:
    """The kinds of servers, by the names that KG_STORE_KIND takes."""
    return TypeAdapter(dict[str, Kind]).validate_python(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def server_of(settings: Settings) -> Server:
    """The server that the settings mean; raises CallError where they do not say all that is needed."""
    given = (settings.store_query, settings.store_update, settings.store_graphs)
    kind = _kind(settings, all(given))
    base = settings.store.rstrip("/")
    if kind.query and base.endswith(kind.query):
        base = base.removesuffix(kind.query)
    below = (kind.query, kind.update, kind.graphs)
    addresses = [_checked(own or base + path) for own, path in zip(given, below, strict=True)]
    return Server(kind, *addresses)


def _kind(settings: Settings, complete: bool) -> Kind:
    known = kinds()
    listed = f"Set KG_STORE_KIND to one of {', '.join(known)}"
    if settings.store_kind:
        if settings.store_kind not in known:
            raise CallError(f"KG_STORE_KIND is {settings.store_kind!r}.", f"{listed}.")
        return known[settings.store_kind]
    if complete:
        return OTHER
    for kind in known.values():
        if kind.guess and re.search(kind.guess, settings.store.rstrip("/")):
            return kind
    raise CallError(
        f"The address {settings.store!r} does not tell which server it is.",
        f"{listed}, or give KG_STORE_QUERY, KG_STORE_UPDATE and KG_STORE_GRAPHS.",
    )


def _checked(address: str) -> str:
    """The address, if it is one that may be called."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise CallError(f"{address!r} is no address: {error}.", "Correct KG_STORE.") from error
    if parts.username or parts.password:
        where = f"{parts.hostname}{f':{port}' if port else ''}"
        raise CallError(
            f"The address of {where} holds a user or a password.",
            "Leave them out of KG_STORE; set KG_STORE_USER and KG_STORE_PASSWORD.",
        )
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.fragment:
        raise CallError(f"{address!r} is no http address.", "Write it as https://host:port/path in KG_STORE.")
    return address
