"""Cells: texts as they may stand in a CSV file that a spreadsheet opens: none of them is run."""

from __future__ import annotations

import re
from functools import lru_cache

GUARD = "'"
_STARTS = "=+\\-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
_AT_RISK = re.compile(rf"(^|[;,\t\r\n])(?=[\s'\"]*[{_STARTS}])")
"""Where a cell begins for some spreadsheet: an office whose decimal sign is a comma takes `;` to part cells."""
_GUARDED = re.compile(rf"(^|[;,\t\r\n]){GUARD}(?=[\s'\"]*[{_STARTS}])")


@lru_cache(maxsize=4096)
def guard(text: str) -> str:
    """Return a text of which no part is taken for a formula: an apostrophe stands before each that would be.

    >>> guard("=1+1"), guard("kabid; -2"), guard("kabid-1")
    ("'=1+1", "kabid;' -2", 'kabid-1')
    """
    return _AT_RISK.sub(rf"\1{GUARD}", text)


def unguard(text: str) -> str:
    """Return the text that was guarded: what `guard` puts in is taken out, and nothing else.

    >>> unguard("'=1+1"), unguard("'Aisyah"), unguard(guard("'=x"))
    ('=1+1', "'Aisyah", "'=x")
    """
    return _GUARDED.sub(r"\1", text)
