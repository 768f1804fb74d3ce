"""Questions to an OpenAI-compatible chat endpoint, each asked once: the answers are kept on disk.

The interface is POST …/chat/completions of the OpenAI API reference, which most model servers offer.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx

from kg.errors import CallError, DataError
from kg.ids import digest

_PATH = "/chat/completions"
_LONGEST = 16_000_000
"""Bytes of an answer beyond which the endpoint is not believed."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: instructions, the text, and the JSON Schema of the answer."""

    instructions: str
    text: str
    schema: Mapping[str, Any]
    version: str
    """Of instructions and schema."""


@dataclass(frozen=True, slots=True)
class Chat:
    """One model at one endpoint."""

    url: str
    """The API's base, such as http://localhost:8000/v1."""
    model: str
    seconds: float
    """Time limit of one answer."""
    cache: Path
    """Folder of the answers."""
    key: str = field(default="", repr=False)

    def ask(self, question: Question) -> list[Any]:
        """The claims of the answer, as its JSON has them; from the folder of answers where it was asked before.

        Raises CallError where the endpoint cannot be reached or refuses the call, DataError where it fails, takes too
        long, or answers with something else than JSON with claims, and where a kept answer is damaged.
        """
        kept = self.cache / f"{digest(question.text, question.version, self.model)}.json"
        if (known := _kept(kept)) is not None:
            return known
        claims = _parsed(_content(self._post(question)), self.model)
        _keep(kept, {"model": self.model, "prompt": question.version, "claims": claims})
        return claims

    def _post(self, question: Question) -> bytes:
        """The bytes of the endpoint's response."""
        address = self.url.rstrip("/").removesuffix(_PATH) + _PATH
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        try:
            with (
                httpx.Client(timeout=self.seconds) as client,
                client.stream("POST", address, json=self._body(question), headers=headers) as response,
            ):
                body = self._read(response, time.monotonic() + self.seconds)
        except httpx.TimeoutException as error:
            raise self._too_slow() from error
        except (httpx.InvalidURL, httpx.TransportError) as error:
            reason = str(error) or type(error).__name__
            raise CallError(f"The endpoint {self.url} cannot be reached: {reason}.", "Check KG_LLM_URL.") from error
        if response.status_code != HTTPStatus.OK:
            raise self._refusal(response.status_code, body)
        return body

    def _read(self, response: httpx.Response, deadline: float) -> bytes:
        """The whole body; httpx's own limit counts from each piece of it anew."""
        pieces, size = [], 0
        for piece in response.iter_bytes():
            pieces.append(piece)
            size += len(piece)
            if time.monotonic() > deadline:
                raise self._too_slow()
            if size > _LONGEST:
                raise DataError(f"The endpoint {self.url} answers without end.", "Ask another model.")
        return b"".join(pieces)

    def _body(self, question: Question) -> dict[str, Any]:
        return {
            "model": self.model,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": question.instructions},
                {"role": "user", "content": question.text},
            ],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "claims", "strict": True, "schema": question.schema},
            },
        }

    def _too_slow(self) -> DataError:
        return DataError(
            f"The endpoint {self.url} did not answer within {self.seconds:g} s.", "Try again, or raise KG_LLM_SECONDS."
        )

    def _refusal(self, status: int, body: bytes) -> CallError | DataError:
        said = " ".join(body.decode(errors="replace").split())[:200]
        said = said.replace(self.key, "…") if self.key else said
        problem = f"The endpoint {self.url} answered {status}{f' ({said})' if said else ''}."
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            return CallError(problem, "Check KG_LLM_KEY.")
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return DataError(problem, "Try again later; answers already given are kept.")
        return CallError(problem, "Check KG_LLM_URL and KG_LLM_MODEL.")


def _content(body: bytes) -> str:
    """The text of the first choice of a response."""
    try:
        choice = json.loads(body)["choices"][0]
        content = choice["message"]["content"]
    except (ValueError, LookupError, TypeError) as error:
        raise DataError("The endpoint's response is no chat completion.", "Check KG_LLM_URL.") from error
    if choice.get("finish_reason") == "length":
        raise DataError(
            "The endpoint's answer was cut short at its length limit.", "Raise that limit, or split the text."
        )
    return content if isinstance(content, str) else ""


def _parsed(content: str, model: str) -> list[Any]:
    """The claims of an answer, whose JSON some models wrap in a fence of Markdown."""
    bare = content.strip().removeprefix("```json").removeprefix("```").removesuffix("```")
    try:
        claims = json.loads(bare)["claims"]
    except (ValueError, LookupError, TypeError) as error:
        raise _no_claims(content, model) from error
    if not isinstance(claims, list):
        raise _no_claims(content, model)
    return claims


def _no_claims(content: str, model: str) -> DataError:
    shown = " ".join(content.split())[:80]
    return DataError(f"The answer of {model} is no JSON with claims: {shown!r}.", "Ask a model that keeps to a schema.")


def _kept(path: Path) -> list[Any] | None:
    """The claims of an answer given before; None where there is none."""
    try:
        return list(json.loads(path.read_text(encoding="utf-8"))["claims"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise DataError(f"The kept answer {path} cannot be read.", "Delete it, and it is asked for again.") from error


def _keep(path: Path, record: Mapping[str, Any]) -> None:
    """Write an answer, whole or not at all."""
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise DataError(f"The answer {path} cannot be written: {error.strerror}.", "Set KG_LLM_CACHE.") from error
