"""Requests as no client should send them, made by hypothesis."""

from __future__ import annotations

import socket
from urllib.parse import quote

from hypothesis import strategies as st

QUERIES = (
    "ASK {}",
    "SELECT * { ?s ?p ?o } LIMIT 3",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3",
    "DESCRIBE <https://w3id.org/arms-control/id/treaty/inf>",
    "SELECT ?x {",
    "DROP ALL",
    "LOAD <http://127.0.0.1:1/>",
)
IRIS = (
    "https://w3id.org/arms-control/id/graph/own/f",
    "https://w3id.org/arms-control/id/graph/reference",
    "a:b",
    "a b",
    "",
)
MEDIA_TYPES = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
    "application/sparql-query; charset=utf-16",
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "text/turtle",
    "application/ld+json",
    "application/rdf+xml",
    "application/trig",
    "text/plain",
    "*/*",
)
junk = st.text(st.characters(max_codepoint=0x2FFF, exclude_categories=("Cs",)), max_size=30)
word = st.one_of(st.sampled_from([*QUERIES, *IRIS]), junk)
names = st.sampled_from(
    ["query", "update", "default-graph-uri", "named-graph-uri", "using-graph-uri", "graph", "default", "x"]
)
parameters = st.lists(st.tuples(names, word), max_size=4).map(
    lambda pairs: "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs)
)
paths = st.one_of(
    st.sampled_from(
        ["/sparql", "/sparql/", "/store", "/store/a/b", "/id/treaty/inf", "/page/treaty/inf", "/data/x", "/health"]
    ),
    st.sampled_from(
        ["/metrics", "/", "/ontology", "//", "/../../etc/passwd", "/store/..%2f..%2fetc", "/page/%00", "*", "/id/"]
    ),
    junk.map(lambda text: "/" + quote(text, safe="/%?&=")),
)
multipart = st.builds(
    lambda name, kind, text: (
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\nContent-Type: {kind}\r\n\r\n{text}\r\n--b--\r\n'
    ),
    st.sampled_from(['a"; filename="a', "a", ""]),
    st.sampled_from(MEDIA_TYPES),
    junk,
)
bodies = st.one_of(
    st.just(b""),
    parameters.map(str.encode),
    word.map(str.encode),
    multipart.map(str.encode),
    st.binary(max_size=60),
    st.just(b"<a:a> <a:b> <a:c> ."),
)
headers = st.fixed_dictionaries(
    {},
    optional={
        "Content-Type": st.one_of(st.sampled_from(MEDIA_TYPES), junk),
        "Accept": st.one_of(
            st.sampled_from(["text/csv", "text/turtle;q=0.3, */*;q=x", "image/png", "text/html", ",,;"]), junk
        ),
        "Authorization": st.sampled_from(["Bearer", "Bearer x", "Basic eDp5", "Bearer \xff"]),
        "Origin": st.just("http://x"),
        "Host": st.sampled_from(["x", "x:99999", "[::1", "a b", "", "x/../y", "é"]),
        "Content-Length": st.sampled_from(["0", "5", "-1", "x", "99999999999"]),
        "Transfer-Encoding": st.sampled_from(["chunked", "gzip"]),
        "Accept-Language": junk,
        "X-Forwarded-For": st.sampled_from(["1.2.3.4", "x", ","]),
    },
)
methods = st.one_of(
    st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD"]),
    st.sampled_from(["PATCH", "OPTIONS", "TRACE", "get", "X", ""]),
)


@st.composite
def requests(draw: st.DrawFn) -> bytes:
    """One request as it goes over the wire; most are well-formed HTTP, some are not."""
    if draw(st.integers(0, 30)) == 0:
        return draw(st.binary(min_size=1, max_size=80))
    target = draw(paths)
    if draw(st.booleans()):
        target += "?" + draw(parameters)
    body = draw(bodies)
    found = {"Host": "127.0.0.1", "Content-Length": str(len(body)), "Connection": "close", **draw(headers)}
    lines = [f"{draw(methods)} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in found.items())]
    return "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + body


def status_of(port: int, request: bytes) -> int | None:
    """The status with which a service answers a request; None where it ends the connection without one."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            return None
        answer = bytearray()
        try:
            while chunk := connection.recv(65_536):
                answer += chunk
        except ConnectionResetError:
            pass
    line = bytes(answer.partition(b"\r\n")[0]).split(b" ")
    return int(line[1]) if len(line) > 1 and line[0].startswith(b"HTTP/1") else None
