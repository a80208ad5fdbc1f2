"""Placeholders: what stands in a field where nothing was delivered."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

from asnpolicy.text import phrase
from asnpolicy.visible import visible

EMPTY = (
    "",
    "-",
    "--",
    "---",
    "null",
    "n/a",
    "#n/a",
    "na",
    "nan",
    "none",
    "tidak ada",
    "nihil",
    "tidak ada data",
    "belum ada data",
    "belum ada",
    "belum diketahui",
    "tidak diketahui",
    "unknown",
    "undefined",
    "?",
    "...",
    "\\n",
)
"""What stands where nothing was delivered: that there is none of it is said by `none`, to the letter."""
_SIGNS = re.compile(r"[\W_0]*")
"""A text that has neither a letter nor a digit but 0, which names nothing."""
_BETWEEN = re.compile(r"[\W_]+")
_EMPTY = frozenset(EMPTY)
_WORDS = frozenset(words for text in EMPTY if len(words := " ".join(_BETWEEN.split(text)).strip()) > 1)
"""Those that are words, without the signs in them: a code is read without them."""


@lru_cache(maxsize=1 << 14)
def is_placeholder(text: str) -> bool:
    """Tell whether a text names nothing.

    >>> is_placeholder("N/A"), is_placeholder("***"), is_placeholder("0000-00-00"), is_placeholder("Nihilis")
    (True, True, True, False)
    >>> is_placeholder('":null'), is_placeholder("tidak-ada")
    (True, True)
    """
    return text.casefold() in _EMPTY or _SIGNS.fullmatch(text) is not None or _words(text) in _WORDS


def _words(text: str) -> str:
    plain = text if text.isascii() else "".join(one for one in normalize("NFKD", visible(text, hole="")) if not combining(one))
    return " ".join(_BETWEEN.split(plain.casefold())).strip()


def a_name(text: str) -> str:
    """Return a text that names something; raises ValueError for one that stands where nothing was delivered.

    Else whoever has `-` for a course had taken another one, and two of the unit `NULL` worked together.
    """
    if is_placeholder(text):
        raise ValueError(
            phrase(
                en="`{text}` says nothing: leave the field out",
                id="`{text}` tidak menyatakan apa-apa: kosongkan isian itu",
                text=text,
            )
        )
    return text
