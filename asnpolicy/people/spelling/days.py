"""Days as offices write them: in numbers, with the name of the month, with a time behind; what may be two days is known in part."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from asnpolicy.people.days import EARLIEST, LATEST, AnyDay, PartialDay, between
from asnpolicy.people.spelling.variants import MONTH, NO_DAY, WEEKDAYS
from asnpolicy.visible import visible

OTHERWISE, NUMERIC, AMBIGUOUS, FILLER = "written-otherwise", "numeric-date", "ambiguous-date", "filler-date"
ZONES = (timedelta(hours=7), timedelta(hours=9))
"""From western to eastern Indonesia."""
_TRIPLE = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})", re.ASCII)
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{4})|(\d{4})\s*[/. ]\s*(\d{1,2})", re.ASCII)
_MONTH_FIRST = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_COMPACT = re.compile(r"\d{8}", re.ASCII)
_TIME = re.compile(
    r"(?P<day>.*\d{4}.*?|\d{4}-\d{2}-\d{2})[T ]\s*(?P<hour>\d{1,2})[:.](?P<minute>\d{2})([:.]\d{2}([.,]\d+)?)?"
    r"\s*(?P<zone>Z|UTC|WIB|WITA|WIT|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_HOURS = {"WIB": 7, "WITA": 8, "WIT": 9, "Z": 0, "UTC": 0}
_LETTERS = re.compile(r"[A-Za-z0-9 ',./()-]+")
_WORDS = re.compile(r"[a-z']+|[0-9]+")


class ReadDay(NamedTuple):
    """A day that was read, and the code of what is told of how it was written; no day where nothing was meant by it."""

    day: AnyDay | None
    code: str


def read_day(text: str, *, month_first: bool) -> ReadDay | None:
    """Return the day that a text can mean; None when it can't be read.

    `month_first` says that in the same file this field is also written month first: then a date in numbers that may be
    two days keeps its year only.

    >>> read_day("1 Oktober 2022", month_first=False)
    ReadDay(day=datetime.date(2022, 10, 1), code='written-otherwise')
    >>> read_day("02-10-2022", month_first=True)
    ReadDay(day=PartialDay(2022), code='ambiguous-date')
    """
    plain = _bare(text)
    if plain in NO_DAY or plain[:10] in NO_DAY:
        return ReadDay(None, FILLER)
    timed = _TIME.fullmatch(plain)
    found = _timed(timed, month_first=month_first) if timed else _plain(plain, month_first=month_first)
    if found is None or found.day is None:
        return found
    first, last = (found.day, found.day) if isinstance(found.day, date) else (found.day.first, found.day.last)
    return found if first >= EARLIEST and last <= LATEST else None


def says_month_first(text: str) -> bool:
    """Tell whether a date in numbers can only be month, day, year, whatever is written around it.

    >>> says_month_first("10/25/2022"), says_month_first("25/10/2022"), says_month_first("10/02/2022")
    (True, False, False)
    >>> says_month_first("TMT 10252022"), says_month_first("'10/25/2022 00:00:00"), says_month_first("20221025")
    (True, True, False)
    """
    plain = _bare(text)
    timed = _TIME.fullmatch(plain)
    day = timed["day"].strip(" ,") if timed else plain
    found = _TRIPLE.fullmatch(day) or _MONTH_FIRST.fullmatch(day)
    return found is not None and int(found[1]) <= 12 < int(found[2]) <= 31 and _compact_is_one(day, found)


def _compact_is_one(text: str, found: re.Match[str]) -> bool:
    """Whether eight digits without signs are month, day, year, and no day that is written year first."""
    return found.re is _TRIPLE or _whole(int(text[:4]), int(text[4:6]), int(text[6:])) is None


def _bare(text: str) -> str:
    """Return a written day without what offices and spreadsheets put around it."""
    return " ".join(visible(text, hole="").translate(_DASHES).split()).removeprefix("TMT ").removeprefix("tmt ").strip(" ,;'")


def _plain(text: str, *, month_first: bool) -> ReadDay | None:
    if found := _TRIPLE.fullmatch(text):
        return _numeric(int(found[1]), int(found[2]), int(found[3]), month_first=month_first)
    if found := _YEAR_FIRST.fullmatch(text):
        return _whole(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH_AND_YEAR.fullmatch(text):
        return _part(int(found[2] or found[3]), int(found[1] or found[4]))
    if _COMPACT.fullmatch(text):
        return _compact(text, month_first=month_first)
    return _worded(text)


def _numeric(a: int, b: int, year: int, *, month_first: bool) -> ReadDay | None:
    if a == b or b > 12:
        return _whole(year, a, b)
    found = _whole(year, b, a)
    if a > 12 or found is None:
        return found
    return ReadDay(PartialDay.in_year(year), AMBIGUOUS) if month_first and year else ReadDay(found.day, NUMERIC)


def _whole(year: int, month: int, day: int) -> ReadDay | None:
    try:
        return ReadDay(date(year, month, day), OTHERWISE)
    except ValueError:
        return None


def _part(year: int, month: int) -> ReadDay | None:
    return ReadDay(PartialDay.of(f"{year:04d}-{month:02d}"), OTHERWISE) if 1 <= month <= 12 and year else None


def _compact(text: str, *, month_first: bool) -> ReadDay | None:
    """Read eight digits without signs: year first or year last, whichever alone is a day of a career."""
    first = _whole(int(text[:4]), int(text[4:6]), int(text[6:]))
    last = _numeric(int(text[:2]), int(text[2:4]), int(text[4:]), month_first=month_first)
    able = [one for one in (first, last) if one is not None and one.day is not None and _of_a_career(one.day)]
    return able[0] if len(able) == 1 else None


def _of_a_career(day: AnyDay) -> bool:
    first = day if isinstance(day, date) else day.first
    return EARLIEST <= first <= LATEST


def _worded(text: str) -> ReadDay | None:
    """Read a date with the name of its month, in whatever order; `1st` and the name of the weekday add nothing."""
    if _LETTERS.fullmatch(text) is None:
        return None
    words = [
        word
        for word in _WORDS.findall(text.casefold())
        if word not in (*WEEKDAYS, "tanggal", "tgl", "st", "nd", "rd", "th")
    ]
    months = [MONTH[word] for word in words if word in MONTH]
    numbers = [word for word in words if word.isdigit()]
    years = [word for word in numbers if len(word) == 4]
    days = [word for word in numbers if len(word) <= 2]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or len(words) != 2 + len(days):
        return None
    return _whole(int(years[0]), months[0], int(days[0])) if days else _part(int(years[0]), months[0])


def _timed(found: re.Match[str], *, month_first: bool) -> ReadDay | None:
    """Read a day with a time behind it: a zone of Indonesia or none changes nothing, another may lead into the next day."""
    hour, minute, zone = int(found["hour"]), int(found["minute"]), found["zone"]
    read = _plain(found["day"].strip(" ,"), month_first=month_first)
    if read is None or hour > 23 or minute > 59 or not isinstance(read.day, date):
        return read if hour <= 23 and minute <= 59 else None
    if zone is None or (hours := _offset(zone)) in (7, 8, 9):
        return read
    if abs(hours) > 14 or not EARLIEST <= read.day <= LATEST:
        return None
    there = datetime(read.day.year, read.day.month, read.day.day, hour, minute, tzinfo=UTC) - timedelta(hours=hours)
    first, last = ((there + zone).date() for zone in ZONES)
    return ReadDay(between(first, last), read.code)


def _offset(zone: str) -> float:
    if zone in _HOURS:
        return _HOURS[zone]
    digits = zone[1:].replace(":", "")
    return (int(digits[:2]) + int(digits[2:]) / 60) * (-1 if zone[0] == "-" else 1)
