"""Plain text, with YAML front matter where it begins with a line of three hyphens."""

from __future__ import annotations

from collections.abc import Iterator

from kg.read.encoding import decode
from kg.read.metadata import split_front_matter
from kg.read.parts import Part


class TextFormat:
    """Files that end in .txt."""

    suffixes: tuple[str, ...] = (".txt",)

    def parts(self, data: bytes) -> Iterator[Part]:
        """The one document of the file: its text as it stands, without the front matter."""
        metadata, body = split_front_matter(decode(data))
        yield Part(body, metadata)
