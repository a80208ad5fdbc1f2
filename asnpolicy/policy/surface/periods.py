"""Periods as they are written: how often a duty is owed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal as Choice
from typing import TypeAlias, get_args

from asnpolicy.policy.source.scalars import as_text
from asnpolicy.policy.source.tree import RawNode
from asnpolicy.problems import Problems, either, write
from asnpolicy.text import Message, phrase

PeriodWord: TypeAlias = Choice["calendar_year", "half_year", "rank", "post"]
PERIODS: tuple[PeriodWord, ...] = get_args(PeriodWord)
MOST_YEARS = 20
_SAID: dict[str, PeriodWord] = {
    "12 months": "calendar_year", "year": "calendar_year", "tahun": "calendar_year",
    "6 months": "half_year", "6 bulan": "half_year", "semester": "half_year", "pangkat": "rank", "jabatan": "post",
}  # fmt: skip
"""What people write for them."""
_YEARS = re.compile(r"(\d{1,4}) (years?|tahun)")
YEARS = rf"^([2-9]|1[0-9]|{MOST_YEARS}) years?$"
"""How several years are written, for an editor."""


@dataclass(frozen=True, slots=True, eq=False)
class SeveralYears:
    """So many calendar years together, the first of them the year in which the duty began."""

    count: int


Every: TypeAlias = PeriodWord | SeveralYears


def every(node: RawNode, problems: Problems) -> Every:
    """Read how often a duty is owed; a year, with a problem, when it is no period."""
    text = as_text(node, problems)
    word = next((one for one in PERIODS if one == text), None)
    years = _YEARS.fullmatch(text) if text is not None else None
    count = int(years[1]) if years is not None else 0
    if years is not None and years[2] != "tahun" and 1 < count <= MOST_YEARS:
        return SeveralYears(count)
    if text is not None and word is None:
        message = phrase(en="`{word}` is no period that is known", id="`{word}` bukan periode yang dikenal", word=text)
        problems.add("wrong-value", message, node.place, _way_out(text, count))
    return word or "calendar_year"


def _way_out(text: str, years: int) -> Message:
    """Return what was meant, where that is plain."""
    if years > MOST_YEARS:
        return phrase(en="2 to {most} years", id="2 sampai {most} tahun", most=MOST_YEARS)
    close = "calendar_year" if years == 1 else f"{years} years" if years else _SAID.get(text)
    return write(f"every: {close}") if close else either(*(f"every: {one}" for one in PERIODS), "every: 3 years")
