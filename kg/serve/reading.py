"""What comes with a request: parameters and bodies, within limits."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.serve.problems import MALFORMED, TOO_LARGE, UNSUPPORTED, Problem

BODY_SECONDS = 60.0
"""How long a client may take to send a body."""
MAX_PARAMETERS = 1000
Parameters = list[tuple[str, str]]


def parameters(raw: bytes, where: str) -> Parameters:
    """URL-encoded parameters; raises Problem where they are no UTF-8, or too many."""
    try:
        return parse_qsl(
            raw.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MAX_PARAMETERS,
        )
    except ValueError as error:
        raise Problem(MALFORMED, f"The parameters in the {where} cannot be read.", "Encode them as UTF-8.") from error


def one(found: Parameters, name: str) -> str | None:
    """The value of a parameter, None where it is not given; raises Problem where it is given twice."""
    values = many(found, name)
    if len(values) > 1:
        raise Problem(MALFORMED, f"The parameter {name} is given {len(values)} times.", "Give it once.")
    return values[0] if values else None


def many(found: Parameters, name: str) -> tuple[str, ...]:
    """All values of a parameter."""
    return tuple(value for key, value in found if key == name)


async def body(request: Request, limit: int) -> bytes:
    """The body of a request; raises Problem where it has more bytes than the limit, or does not come in time."""
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > limit:
        raise _too_large(limit)
    gathered = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                gathered += chunk
                if len(gathered) > limit:
                    raise _too_large(limit)
    except TimeoutError as error:
        raise Problem(408, "The body did not come in time.", "Send it again.") from error
    except ClientDisconnect as error:
        raise Problem(MALFORMED, "The client went away before its body was whole.", "Send it again.") from error
    return bytes(gathered)


def _too_large(limit: int) -> Problem:
    return Problem(TOO_LARGE, f"The body has more than {limit:,} bytes.", "Send it in parts, or raise KG_SERVE_BODY.")


def media_type(header: str | None) -> tuple[str, str]:
    """The media type of a Content-Type header in small letters, and its charset (empty where it has none)."""
    name, *rest = (part.strip() for part in (header or "").split(";"))
    charset = next((each[8:].strip('"').lower() for each in rest if each.lower().startswith("charset=")), "")
    return name.lower(), charset


def text_of(data: bytes, charset: str) -> str:
    """A body as text; raises Problem where it is no UTF-8."""
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise Problem(UNSUPPORTED, f"The body is in {charset}.", "Send it as UTF-8.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(MALFORMED, "The body is no UTF-8.", "Send it as UTF-8.") from error
