"""Who judges."""

from __future__ import annotations

import subprocess

from kg.errors import CallError
from kg.settings import settings


def reviewer() -> str:
    """The name of whoever judges: KG_REVIEWER, else the user.name of git. Raises CallError where neither is set."""
    name = settings().reviewer.strip() or _of_git()
    if not name:
        raise CallError("Nobody is named as the reviewer.", "Set KG_REVIEWER, or git config user.name.")
    return name


def _of_git() -> str:
    try:
        asked = subprocess.run(
            ["git", "config", "user.name"], capture_output=True, text=True, timeout=5, check=False, encoding="utf-8"
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
    return asked.stdout.strip()
