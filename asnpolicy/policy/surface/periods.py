"""Periods as they are written: how often a duty is owed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal as Choice
from typing import TypeAlias, get_args

from asnpolicy.policy.source.scalars import as_text
from asnpolicy.policy.source.tree import RawNode
from asnpolicy.problems import Problems, either, write
from asnpolicy.text import phrase

PeriodWord: TypeAlias = Choice["calendar_year", "half_year", "rank", "post"]
PERIODS: tuple[PeriodWord, ...] = get_args(PeriodWord)
MOST_YEARS = 20
_SAID: dict[str, PeriodWord] = {
    "1 year": "calendar_year", "12 months": "calendar_year", "year": "calendar_year", "tahun": "calendar_year",
    "6 months": "half_year", "semester": "half_year", "pangkat": "rank", "jabatan": "post",
}  # fmt: skip
"""What people write for them."""
_YEARS = re.compile(r"(\d{1,4}) years?")
YEARS = rf"^([2-9]|1[0-9]|{MOST_YEARS}) years$"
"""How several years are written, for an editor."""


@dataclass(frozen=True, slots=True, eq=False)
class SeveralYears:
    """So many calendar years together, the first of them the year in which the duty began."""

    count: int


Every: TypeAlias = PeriodWord | SeveralYears


def every(node: RawNode, problems: Problems) -> Every | None:
    """Read how often a duty is owed; None, with a problem, when it is no period."""
    text = as_text(node, problems)
    if text is None:
        return None
    word = next((one for one in PERIODS if one == text), None)
    years = _YEARS.fullmatch(text)
    if word is None and years is not None and 1 < int(years[1]) <= MOST_YEARS:
        return SeveralYears(int(years[1]))
    if word is None:
        message = phrase(en="`{word}` is no period that is known", id="`{word}` bukan periode yang dikenal", word=text)
        close = _SAID.get(text)
        known = either(*(f"every: {one}" for one in PERIODS), "every: 3 years")
        problems.add("wrong-value", message, node.place, write(f"every: {close}") if close else known)
    return word
