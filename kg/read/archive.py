"""Archives: each file in a .zip is read by its own ending, within limits; nothing is unpacked to disk."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from kg.errors import DocumentError
from kg.read.metadata import SIDECAR, SIDECAR_BYTES
from kg.read.parts import Fault, How, Member

MEMBERS = 200_000
DIRECTORY_BYTES = 50_000_000
"""The largest table of contents: the library reads it at once."""
EXPANSION = 200
"""Text shrinks to a third or a tenth; what shrinks to less than a two-hundredth was made to burst."""
HARMLESS = 1_000_000
"""Bytes up to which a member may shrink to whatever it will."""
TAIL = 66_000
"""Bytes at the end of a file in which the record of its table of contents stands."""
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways of packing that need little memory to undo."""
PACKED = (".zip", ".gz", ".tar", ".tgz", ".bz2", ".xz", ".7z", ".rar")
AGAIN = "Unpack it, and add the folder."
DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, KeyError)


class ZipFormat:
    """Files that end in .zip."""

    suffixes: tuple[str, ...] = (".zip",)
    guarded = False

    def largest(self, how: How) -> None:
        """It is read member by member."""

    def parts(self, file: BinaryIO, how: How) -> Iterator[Member | Fault]:
        """The files in the archive in the order of their names; hidden ones and sidecars are no documents."""
        archive, entries = _open(file)
        sidecars = {name: info for name, info in entries.items() if name.endswith(SIDECAR)}
        total = 0
        for name in sorted(entries):
            path = PurePosixPath(name.replace("\\", "/"))
            if name in sidecars or any(part.startswith((".", "__MACOSX")) for part in path.parts if part != ".."):
                continue
            place = f"member {name}"
            if refusal := _refusal(entries[name], name, how):
                yield Fault(place, *refusal)
                continue
            total += entries[name].file_size
            if total > how.file_bytes + EXPANSION * _size(file):
                raise DocumentError(
                    "Its files together are far larger than it is: it was made to burst.", AGAIN, "limit"
                )
            sidecar = sidecars.get(str(path.with_name(path.stem + SIDECAR)))
            try:
                beside = _bytes(archive, sidecar, SIDECAR_BYTES) if sidecar else None
                yield Member(name, _bytes(archive, entries[name], how.file_bytes), beside)
            except DAMAGED as error:
                yield Fault(place, f"It cannot be unpacked ({type(error).__name__}).", "Pack it again.")


def _open(file: BinaryIO) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]:
    """The archive and its files by their names; raises DocumentError where it is damaged or has too many."""
    _check_directory(file)
    try:
        archive = zipfile.ZipFile(file)
        entries = {info.filename: info for info in archive.infolist() if not info.is_dir()}
    except DAMAGED as error:
        raise DocumentError("It is a damaged archive.", "Pack it again.") from error
    if len(entries) > MEMBERS:
        raise DocumentError(f"It holds more than {MEMBERS:,} files.", AGAIN, "limit")
    return archive, entries


def _check_directory(file: BinaryIO) -> None:
    """Raise DocumentError where the table of contents is too large to be read at once.

    Its size stands 12 bytes into the record PK\\5\\6, or 40 into PK\\6\\6 for large archives (APPNOTE.TXT 4.3.14, 4.3.16).
    """
    size = _size(file)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    file.seek(0)
    sizes = []
    for mark, at, width in ((b"PK\x05\x06", 12, 4), (b"PK\x06\x06", 40, 8)):
        found = tail.rfind(mark)
        if found >= 0:
            sizes.append(int.from_bytes(tail[found + at : found + at + width], "little"))
    if not sizes:
        raise DocumentError("It is no archive, or its end is missing.", "Get it again.")
    if any(DIRECTORY_BYTES < each < 0xFFFFFFFF for each in sizes):
        raise DocumentError(f"It holds more than {MEMBERS:,} files.", AGAIN, "limit")


def _refusal(info: zipfile.ZipInfo, name: str, how: How) -> tuple[str, str, str] | None:
    """Why a member is not unpacked, as problem, remedy and kind of fault; None where it is."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        return "Its name leads out of the archive.", "Leave it out: such an archive was made to do harm.", "format"
    if path.suffix.lower() in PACKED:
        return "It is an archive in an archive.", AGAIN, "format"
    if info.flag_bits & 1:
        return "It is locked with a password.", "Unpack the archive, and add the folder.", "format"
    if info.compress_type not in METHODS:
        return "It is packed in a way that is not read.", AGAIN, "format"
    if info.file_size > how.file_bytes:
        return f"It holds {info.file_size:,} bytes; {how.file_bytes:,} are read.", "Split it.", "limit"
    if info.file_size > HARMLESS and info.file_size > EXPANSION * max(info.compress_size, 1):
        return "It is far larger than what it is packed in: it was made to burst.", "Leave it out.", "limit"
    return None


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """The bytes of a member; raises ValueError where there are more than `most`, whatever the archive says."""
    with archive.open(info) as member:
        data = member.read(most + 1)
    if len(data) > most:
        raise ValueError(f"{info.filename} is longer than it says")
    return data


def _size(file: BinaryIO) -> int:
    """The bytes of a file."""
    here = file.tell()
    size = file.seek(0, 2)
    file.seek(here)
    return size
