"""Holidays: the public holidays of a year as a policy writes them, by which working days are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal as Choice
from typing import TypeAlias, get_args

from asnpolicy.policy.source.flow import as_written
from asnpolicy.policy.source.scalars import as_date
from asnpolicy.policy.source.shapes import as_mapping, as_sequence, keys
from asnpolicy.policy.source.tree import Mapping, RawEntry, RawNode, Sequence
from asnpolicy.policy.surface.about import Basis, basis_of
from asnpolicy.policy.surface.examples import cited
from asnpolicy.problems import Place, Problems, write
from asnpolicy.text import Message, Text, phrase

HolidaysWord: TypeAlias = Choice["basis", "days"]
HOLIDAYS: tuple[HolidaysWord, ...] = get_args(HolidaysWord)
_YEAR = re.compile(r"[12][0-9]{3}")


@dataclass(frozen=True, slots=True)
class HolidaysForm:
    """The days off of one year beside its weekends: all that are published."""

    year: int
    days: tuple[date, ...]
    basis: Basis | None
    place: Place


def holidays_like(law: str) -> Message:
    """Return the way out of holidays that are not there: how they are written."""
    return write(f"holidays: {{2026: {{basis: {law}, days: [2026-01-01, 2026-05-01]}}}}")


def holidays(node: RawNode, problems: Problems) -> Iterator[HolidaysForm]:
    """Read the holidays of each year that is written."""
    example = holidays_like(problems.law)
    mapping = as_mapping(node, problems, example)
    for text, entry in mapping.entries.items() if mapping else ():
        if _YEAR.fullmatch(text) is None:
            message = phrase(en="`{text}` is no year", id="`{text}` bukan tahun", text=text)
            problems.add("wrong-value", message, entry.key.place, example)
        elif (given := as_mapping(entry.value, problems, write(f"{{{cited(problems)}, days: {_days_of(text, entry)}}}"))) is not None:
            yield _of_year(int(text), entry, given, problems)


def _days_of(year: str, entry: RawEntry) -> str:
    """Return the days of a year that are written without a basis; one day where there are none."""
    written = as_written(entry.value) if isinstance(entry.value, Sequence) else None
    return written or f"[{year}-01-01]"


def _of_year(year: int, entry: RawEntry, given: Mapping, problems: Problems) -> HolidaysForm:
    keys(given, HOLIDAYS, Text(f"hari libur {year}", f"the holidays of {year}"), problems)
    for word in HOLIDAYS:
        if word not in given.entries:
            message = phrase(en="the holidays of {year} have no `{word}`", id="hari libur {year} tidak punya `{word}`", year=year, word=word)
            help_ = (
                phrase(
                    en="name the decree that sets them: `{basis}`",
                    id="sebut keputusan yang menetapkannya: `{basis}`",
                    basis=cited(problems),
                )
                if word == "basis"
                else write(f"days: [{year}-01-01, {year}-05-01]")
            )  # fmt: skip
            problems.add("missing-key", message, entry.key.place, help_)
    days = tuple(_days(year, given.entries["days"].value, problems)) if "days" in given.entries else ()
    return HolidaysForm(year, tuple(sorted(set(days))), basis_of(given, problems), entry.key.place)


def _days(year: int, node: RawNode, problems: Problems) -> Iterator[date]:
    items = as_sequence(node, problems)
    for item in items.items if items else ():
        day = as_date(item, problems)
        if day is not None and day.year != year:
            message = phrase(en="{day} is not in {year}", id="{day} bukan di tahun {year}", day=day.isoformat(), year=year)
            help_ = phrase(en="write it under {own}", id="tulis di bawah {own}", own=day.year)
            problems.add("wrong-value", message, item.place, help_)
        elif day is not None:
            yield day
