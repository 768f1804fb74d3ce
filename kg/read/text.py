"""Plain text, with YAML front matter where it begins with a line of three hyphens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kg.read.encoding import decode
from kg.read.metadata import split_front_matter
from kg.read.parts import How, Part


class TextFormat:
    """Files that end in .txt."""

    suffixes: tuple[str, ...] = (".txt",)
    guarded = False

    def largest(self, how: How) -> int:
        """Four bytes a character: no encoding that is read takes more."""
        return 4 * how.limit

    def parts(self, file: BinaryIO, how: How) -> Iterator[Part]:
        """The one document of the file: its text as it stands, without the front matter."""
        metadata, body = split_front_matter(decode(file.read()))
        yield Part(body, metadata)
