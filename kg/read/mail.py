"""E-mail: the body of a message, and the files attached to it."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr
from typing import BinaryIO

from kg.errors import DocumentError
from kg.read.encoding import decode
from kg.read.fields import Metadata, lenient
from kg.read.html import plain
from kg.read.parts import How, Member, Part

FAULTS = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)
"""What the library raises on messages that keep to no standard."""
PICTURES = ("image", "audio", "video", "font")


class MailFormat:
    """Files that end in .eml."""

    suffixes: tuple[str, ...] = (".eml",)
    guarded = True

    def largest(self, how: How) -> int:
        """As How says."""
        return how.file_bytes

    def parts(self, file: BinaryIO, how: How) -> Iterator[Part | Member]:
        """The message, then its attachments but for pictures and sound."""
        try:
            message = BytesParser(_class=EmailMessage, policy=policy.default).parse(file)
            if not message.keys():
                raise DocumentError("It is no message: it has no header.", "Save its text to a .txt file.", "format")
            text, found = _body(message), _metadata(message)
            attached = [member for part in message.iter_attachments() if (member := _attachment(part))]
        except FAULTS as error:
            raise DocumentError(
                f"It is a damaged message ({type(error).__name__}).", "Save its text to a .txt file and add that."
            ) from error
        if text.strip() or not attached:
            yield Part(text, found=found, found_in="message")
        yield from attached


def _body(message: EmailMessage) -> str:
    """The text of the message: as plain text where it has one, else from its HTML."""
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        text = str(body.get_content())
    except (LookupError, UnicodeError):  # an encoding that does not exist
        text = decode(_bytes(body))
    return plain(text) if body.get_content_subtype() == "html" else text


def _bytes(part: MIMEPart) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _metadata(message: EmailMessage) -> Metadata:
    """What the headers say: subject, day and sender."""
    sent = getattr(message["Date"], "datetime", None)
    name, address = parseaddr(str(message["From"] or ""))
    return lenient(
        title=str(message["Subject"] or ""),
        date=sent.date().isoformat() if sent else None,
        author=name or address,
    )


def _attachment(part: MIMEPart) -> Member | None:
    """An attached file with a name; None for what is no text by its kind, such as the pictures of a signature."""
    name = part.get_filename()
    return Member(name, _bytes(part)) if name and part.get_content_maintype() not in PICTURES else None
