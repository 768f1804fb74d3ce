"""A query at a server that can be given up."""

from __future__ import annotations

import threading

import pyoxigraph as ox

from kg.errors import QueryError
from kg.namespaces import PREFIXES
from kg.query.results import Result
from kg.query.waiting import Waiting
from kg.query.worker import syntax_error
from kg.remote.connection import Connection
from kg.remote.store import RemoteStore


class Asking(Waiting):
    """One query under way (kg.query.view.Pending), over a line of its own. Leaving the `with` block closes the line."""

    def __init__(self, store: RemoteStore, connection: Connection, text: str, *, seconds: float, rows: int) -> None:
        super().__init__(seconds)
        self._connection = connection.another()
        self._result: Result | None = None
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._ask, args=(store, text, rows), daemon=True)
        self._thread.start()

    def _ask(self, store: RemoteStore, text: str, rows: int) -> None:
        try:
            self._result = store.result(text, rows=rows, seconds=self._seconds, connection=self._connection)
        except QueryError as error:
            self._error = _misspelt(text) or error
        except Exception as error:  # raised again where the result is asked for
            self._error = error

    def poll(self, wait: float) -> bool:
        """Whether it is done, after waiting at most `wait` seconds; raises LimitError when its time is up."""
        self._thread.join(self.slice(wait))
        if not self._thread.is_alive():
            return True
        self.check_time()
        return False

    def result(self) -> Result:
        """What it gave, once it is done."""
        if self._error is not None:
            raise self._error
        assert self._result is not None
        return self._result

    def stop(self) -> None:
        """Close the line, by which a server learns that nobody waits any more."""
        self._connection.close()


def _misspelt(text: str) -> QueryError | None:
    """What is wrong with a query that a server refused, told as our own engine tells it; None where it finds nothing."""
    try:
        ox.Store().query(text, prefixes=PREFIXES)
    except SyntaxError as error:
        return syntax_error(str(error), text)
    except (ValueError, RuntimeError):
        return None
    return None
