"""Answers of a person: one key at a terminal, the first character of a line where the input is none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


def ask_key(prompt: str) -> str:
    """Ask for one key, without Enter at a terminal; empty at the end of the input."""
    _ask(prompt)
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        return line.strip()[:1] or ("\n" if line else "")
    with _one_by_one():
        key = sys.stdin.read(1)
    _ask(f"{key if key.isprintable() else ''}\n")
    return "" if key == "\x04" else key


def ask_line(prompt: str) -> str:
    """Ask for a line; empty at the end of the input."""
    _ask(prompt)
    return sys.stdin.readline().strip()


def _ask(prompt: str) -> None:
    sys.stderr.write(prompt)
    sys.stderr.flush()


@contextmanager
def _one_by_one() -> Iterator[None]:
    """Let the terminal pass on each key as it is pressed; Ctrl-C still interrupts."""
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin, termios.TCSADRAIN)  # what was typed ahead stays
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
