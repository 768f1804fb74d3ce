"""Pages from the web into the home's inbox, one after the other; what cannot be fetched is set aside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.aside import INBOX
from kg.errors import DocumentError
from kg.inputs import fetched, how
from kg.read import Rejected, name_of
from kg.read.fetch import Fetcher


def fetch_all(home: Path, urls: Sequence[str], fetcher: Fetcher | None = None) -> tuple[list[Path], list[Rejected]]:
    """The files that the addresses gave, and those that gave none. Raises StoreError where they cannot be written."""
    limits = how()
    fetcher = fetcher or Fetcher(limits.file_bytes, limits.seconds)
    files, refused = [], []
    for url in dict.fromkeys(urls):
        try:
            page = fetcher.fetch(url)
            files.append(fetched(home, page.url, page.suffix, page.data))
        except DocumentError as error:
            refused.append(Rejected(home / INBOX / name_of(url), error.problem, error.remedy, "fetch", url))
    return files, refused
