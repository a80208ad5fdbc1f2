"""Visible: text of others as it may be shown; no control, escape, direction or zero-width character gets through."""

from __future__ import annotations

import json
import re

HOLE = "\N{REPLACEMENT CHARACTER}"
"""What stands where something was that can't be seen."""

_BLANK = re.compile(
    "[\N{COMBINING GRAPHEME JOINER}\u115f\u1160\u17b4\u17b5\u180b-\u180f\N{BRAILLE PATTERN BLANK}\N{HANGUL FILLER}"
    "\ufe00-\ufe0f\N{HALFWIDTH HANGUL FILLER}\U000e0100-\U000e01ef]"
)
"""Letters, marks and signs that leave nothing on the page, though Unicode counts them as printed."""


def visible(text: str, hole: str = HOLE) -> str:
    r"""Return a text on one line: white space of any kind is a space, and what can't be seen is `hole`.

    >>> visible("Budi\x1b[31m S.E.\n", hole="?"), visible("Nur\N{RIGHT-TO-LEFT OVERRIDE}", hole="?")
    ('Budi?[31m S.E. ', 'Nur?')
    """
    if _is_visible(text):
        return text
    return "".join(sign if _is_visible(sign) else " " if sign.isspace() else hole for sign in text)


def visible_lines(text: str) -> str:
    """Return a text of several lines, each of them visible."""
    return text if _is_visible(text) else "\n".join(visible(line) for line in text.split("\n"))


def visible_json(text: str) -> str:
    r"""Return JSON that says the same, with what can't be seen as escapes; lines stay lines.

    >>> print(visible_json('"a\N{RIGHT-TO-LEFT OVERRIDE}b"'))
    "a\u202eb"
    """
    if _is_visible(text):
        return text
    return "".join(sign if sign == "\n" or _is_visible(sign) else json.dumps(sign)[1:-1] for sign in text)


def _is_visible(text: str) -> bool:
    return text.isprintable() and (text.isascii() or _BLANK.search(text) is None)
