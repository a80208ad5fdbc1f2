"""Flow: what was written, on one line, to be shown in a way out."""

from __future__ import annotations

import re

from asnpolicy.policy.source.tree import Mapping, RawNode, Scalar, Sequence

MOST = 80
"""Longer than so many signs nobody types what was written once more."""


def as_written(node: RawNode) -> str | None:
    """Return what was written, on one line; None where that is too long to be typed again."""
    text = flow(node)
    return text if len(text) <= MOST else None


def flow(node: RawNode) -> str:
    """Return what was written, on one line."""
    match node:
        case Scalar(text, _, marked):
            return quoted(text) if not marked else in_quotes(text)
        case Sequence(items):
            return f"[{', '.join(map(flow, items))}]"
        case Mapping(entries):
            return f"{{{', '.join(f'{word}: {flow(entry.value)}' for word, entry in entries.items())}}}"


def quoted(text: str) -> str:
    """Return a text as it can stand on a line with others.

    >>> quoted("Masa kerja"), quoted("4, atau 5"), quoted("")
    ('Masa kerja', "'4, atau 5'", "''")
    """
    plain = re.fullmatch(r"[^\s\[\]{},:#&*!|>'\"%@`?-](?:[^\[\]{},:#]*[^\s\[\]{},:#])?", text)
    return text if plain else in_quotes(text)


def in_quotes(text: str) -> str:
    """Return a text in single quotation marks."""
    return "'" + text.replace("'", "''") + "'"
