"""kg explore: the explorer in the browser."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser
from typing import Annotated

import typer

from kg.cli.console import complain, say
from kg.cli.options import HomeOption, home_of, names_home
from kg.errors import CallError, DataError
from kg.opening import open_view
from kg.settings import ROOT

ADDRESS = "127.0.0.1"
START_SECONDS = 60.0
APP = ROOT / "explorer.py"


def explore(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", min=1, max=65_535, help="Port on this machine.")] = 8501,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    home: HomeOption = None,
) -> None:
    """Open the explorer in the browser, for this machine alone; Ctrl-C ends it."""
    place, here = home_of(context, home).absolute(), names_home(context, home)
    open_view(place, here=here)
    require_free(port)
    url = f"http://{ADDRESS}:{port}"
    environment = {**os.environ, "KG_HOME": str(place)} | ({"KG_STORE": "", "KG_STORE_QUERY": ""} if here else {})
    with subprocess.Popen(_command(port), env=environment, stdout=subprocess.DEVNULL) as server:
        say(f"The explorer is at {url} (Ctrl-C ends it).")
        if not no_browser:
            threading.Thread(target=_open_when_ready, args=(url, server), daemon=True).start()
        code = _wait(server)
    if code != 0:
        raise DataError(f"The explorer ended with exit code {code}.", "Read what it printed above.")


def _command(port: int) -> list[str]:
    """Streamlit's command: headless, so that it asks for no e-mail; without statistics on its use."""
    options = {
        "server.address": ADDRESS,
        "server.port": str(port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "server.enableStaticServing": "true",
        "browser.gatherUsageStats": "false",
        "browser.serverAddress": ADDRESS,
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(APP), *flags]


def require_free(port: int, host: str = ADDRESS) -> None:
    """Raise CallError where nothing can listen at the address: another program does, or it is not this machine's."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise CallError(f"Port {port} cannot be used: {error.strerror}.", "Choose another with --port.") from error


def _open_when_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    """Open the browser once the server answers."""
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
            if not webbrowser.open(url):
                complain(f"No browser could be opened. Open {url} yourself.")
            return
        time.sleep(0.2)


def _wait(server: subprocess.Popen[bytes]) -> int:
    """Wait for the server's end; to interrupt it is the usual one."""
    try:
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        return 0
