"""The command kg: arguments, printing and exit codes, and no work of its own."""

from kg.cli.command import main

__all__ = ["main"]
