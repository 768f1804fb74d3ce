"""SPARQL servers that tests start: `oxigraph` from PyPI, and Debian's Virtuoso where it is installed.

`serving` gives what a real server is to the program: the settings that lead to it.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

START_SECONDS = 60.0
VIRTUOSO = "virtuoso-t"
_INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 40
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
MaxClientConnections = 40
[SPARQL]
ResultSetMaxRows = {rows}
"""


@dataclass(frozen=True)
class Running:
    """A server that runs."""

    kind: str
    address: str
    user: str = ""
    password: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """The settings that lead to it."""
        return {
            "KG_STORE": self.address,
            "KG_STORE_KIND": self.kind,
            "KG_STORE_USER": self.user,
            "KG_STORE_PASSWORD": self.password,
        }


def free_port() -> int:
    """A port that nothing listens on, and that the system gives to no other connection until a server has begun to."""
    for port in random.Random().sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


@contextlib.contextmanager
def oxigraph(folder: Path) -> Iterator[Running]:
    """Oxigraph's own server, empty, and in memory; the folder is where it runs."""
    port = free_port()
    program = str(Path(sys.executable).parent / "oxigraph")
    command = [program, "serve", "--bind", f"127.0.0.1:{port}"]
    with _started(command, folder, f"http://127.0.0.1:{port}/query"):
        yield Running("oxigraph", f"http://127.0.0.1:{port}")


def has_virtuoso() -> bool:
    return shutil.which(VIRTUOSO) is not None


@contextlib.contextmanager
def virtuoso(folder: Path, rows: int = 10_000) -> Iterator[Running]:
    """Virtuoso, with nothing of ours in it; it gives `rows` rows of a result and cuts the rest, as it does out of the box."""
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(sql=sql, http=http, rows=rows))
    command = [VIRTUOSO, "-f", "-c", "virtuoso.ini"]
    with _started(command, folder, f"http://127.0.0.1:{http}/sparql"):
        yield Running("virtuoso", f"http://127.0.0.1:{http}", "dba", "dba")


@contextlib.contextmanager
def _started(command: list[str], folder: Path, address: str) -> Iterator[None]:
    """The program while it runs, once it answers at the address."""
    log = folder.parent / f"{folder.name}.log"
    with log.open("wb") as output, subprocess.Popen(command, cwd=folder, stdout=output, stderr=output) as process:
        try:
            deadline = time.monotonic() + START_SECONDS
            while not _answers(address):
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, f"{command[0]} did not start: {log.read_text()}"
                time.sleep(0.02)
            yield
        finally:
            process.kill()
            process.wait()


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=5).status_code < 500
    except httpx.TransportError:
        return False
