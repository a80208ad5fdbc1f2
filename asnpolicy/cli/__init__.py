"""The command line: one file per command."""

from asnpolicy.cli.app import app, main

__all__ = ["app", "main"]
