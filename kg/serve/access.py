"""Who may write: whoever brings the token."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from starlette.requests import Request

from kg.serve.problems import FORBIDDEN, Problem


@dataclass(frozen=True, slots=True)
class Access:
    """The token that lets write; empty: nobody may. `open`: everybody may, for stores that hold nothing of worth."""

    token: str = ""
    open: bool = False

    @property
    def writable(self) -> bool:
        """Whether there is a way to write."""
        return self.open or bool(self.token)

    def require(self, request: Request) -> None:
        """Raise Problem unless the request may write: 403 where nobody may, 401 where the token is missing or wrong."""
        if self.open:
            return
        if not self.token:
            raise Problem(FORBIDDEN, "The service is read-only.", "Its owner can set KG_TOKEN to let a team write.")
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), self.token.encode()):
            raise Problem(
                401,
                "To write takes a token.",
                "Send it in the header Authorization: Bearer TOKEN.",
                {"WWW-Authenticate": 'Bearer realm="kg"'},
            )
