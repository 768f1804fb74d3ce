"""An endpoint on rdflib, as small as can be: python -m benchmarks.rdflib_endpoint FILE.nt PORT SECONDS

For benchmarks.endpoint. It takes forms by POST, one at a time, and gives up on a query after so many seconds (503).
"""

from __future__ import annotations

import signal
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import FrameType
from urllib.parse import parse_qs

from rdflib import Graph

GRAPH = Graph()


class Handler(BaseHTTPRequestHandler):
    """Answers queries over the one graph."""

    protocol_version = "HTTP/1.1"
    seconds = 0.0

    def do_POST(self) -> None:
        """Answer the query of a form as SPARQL JSON."""
        form = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        signal.setitimer(signal.ITIMER_REAL, self.seconds)
        try:
            status, body = 200, GRAPH.query(form["query"][0]).serialize(format="json") or b""
        except TimeoutError:
            status, body = 503, b"the time is up"
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise TimeoutError


def main(arguments: list[str]) -> None:
    """Load the file and serve until the process is ended."""
    file, port, seconds = arguments
    GRAPH.parse(file, format="nt")
    Handler.seconds = float(seconds)
    signal.signal(signal.SIGALRM, _stop)
    HTTPServer(("127.0.0.1", int(port)), Handler).serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
