"""Days: whole ones, days known in part, open ends, and since when a history is complete."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Any, TypeAlias, TypeGuard

from pydantic import GetCoreSchemaHandler, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import core_schema

from asnpolicy.text import phrase

OPEN = date.max
"""The open end of an interval, written `ongoing`."""
COMPLETE = date.min
"""A history that is complete from the beginning, written `all`."""
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
WRITTEN = phrase(
    en="it is written like 2026-10-01, or 2026-10 or 2026 when no more is known of it",
    id="ditulis seperti 2026-10-01, atau 2026-10 atau 2026 kalau selebihnya tidak diketahui",
)
SHOWN = 40
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDay:
    """A day that is known in part: it is one of those from `first` to `last`.

    >>> PartialDay.of("2022-02")
    PartialDay(2022-02)
    >>> PartialDay.of("2022").last
    datetime.date(2022, 12, 31)
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(WRITTEN)

    @classmethod
    def of(cls, text: str) -> PartialDay:
        """Read a year, a year and a month, or two days with `..` between; raises ValueError."""
        first, dots, last = text.partition("..")
        if dots:
            return cls(date.fromisoformat(first), date.fromisoformat(last))
        found = _PARTIAL.fullmatch(text)
        if found is None:
            raise ValueError(WRITTEN)
        year, month = int(found[1]), int(found[2]) if found[2] else None
        if month is None:
            return cls.in_year(year)
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def in_year(cls, year: int) -> PartialDay:
        """Return a day of which only the year is known."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    def __str__(self) -> str:
        year, month = f"{self.first.year:04d}", f"{self.first.month:02d}"
        for shown in (year, f"{year}-{month}"):
            if PartialDay.of(shown) == self:
                return shown
        return f"{self.first}..{self.last}"

    def __repr__(self) -> str:
        return f"PartialDay({self})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Read and write it as a text."""
        return core_schema.no_info_plain_validator_function(
            lambda value: value if isinstance(value, cls) else cls.of(value),
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )


AnyDay: TypeAlias = date | PartialDay


def ends(day: AnyDay | None) -> tuple[date | None, date | None]:
    """Return the first and the last day that a day may be; None is open: nothing is known on that side."""
    if isinstance(day, PartialDay):
        return day.first, day.last
    return day, day


def first_of(day: AnyDay | None) -> date:
    """Return the first day that a day may be."""
    return day.first if isinstance(day, PartialDay) else day or date.min


def last_of(day: AnyDay | None) -> date:
    """Return the last day that a day may be."""
    return day.last if isinstance(day, PartialDay) else day or date.max


def is_day(value: object) -> TypeGuard[AnyDay]:
    """Tell whether a value is a day, whole or known in part."""
    return isinstance(value, (date, PartialDay))


def surely_before(one: object, other: object) -> bool:
    """Tell whether a day is before another, whichever days they are; False where one of them is not known."""
    return is_day(one) and is_day(other) and last_of(one) < first_of(other)


def between(first: date, last: date) -> AnyDay:
    """Return the day that lies between two days, both of them included."""
    return first if first == last else PartialDay(first, last)


_WRITTEN_WHOLE = phrase(en="it is written like 2026-10-01", id="ditulis seperti 2026-10-01")
_WHOLE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@lru_cache(maxsize=1 << 15)
def _read_whole(text: str) -> date:
    """Read a whole day; remembered, since the same few days stand in the records of many people."""
    if _WHOLE.fullmatch(text) is None:
        raise ValueError(
            phrase(
                en="`{text}` is not a date: {written_whole}",
                id="`{text}` bukan tanggal: {written_whole}",
                text=text[:SHOWN],
                written_whole=_WRITTEN_WHOLE,
            )
        )
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(
            phrase(
                en="`{text}` is not a day of the calendar: {written_whole}",
                id="`{text}` tidak ada dalam kalender: {written_whole}",
                text=text,
                written_whole=_WRITTEN_WHOLE,
            )
        ) from None
    return _within(day)


def _whole(value: object) -> date:
    if type(value) is str:
        return _read_whole(value)
    if isinstance(value, datetime) or not isinstance(value, date):
        raise ValueError(
            phrase(en="a date is written like 2026-10-01", id="tanggal ditulis seperti 2026-10-01")
        )  # pydantic reports only ValueError
    return _within(value)


def _within(value: date) -> date:
    if not EARLIEST <= value <= LATEST:
        raise ValueError(
            phrase(
                en="`{value}` is no date of a career: one lies between {earliest} and {latest}",
                id="`{value}` bukan tanggal dalam karier: tanggalnya antara {earliest} dan {latest}",
                value=value,
                earliest=EARLIEST,
                latest=LATEST,
            )
        )
    return value


def _day(value: object) -> AnyDay:
    if type(value) is str and len(value) == len("2026-10-01"):
        return _read_whole(value)
    if isinstance(value, PartialDay):
        return value
    return _part(value) if isinstance(value, str) else _whole(value)


def _part(text: str) -> AnyDay:
    try:
        found = PartialDay.of(text)
    except ValueError:
        raise ValueError(
            phrase(
                en="`{text}` is not a date: {written}",
                id="`{text}` bukan tanggal: {written}",
                text=text[:SHOWN],
                written=WRITTEN,
            )
        ) from None
    return between(_within(found.first), _within(found.last))


def _or(word: str, special: date, read: Any) -> PlainValidator:
    return PlainValidator(lambda value: special if value in (word, special) else read(value))


def _writes(word: str, special: date) -> PlainSerializer:
    return PlainSerializer(lambda value: word if value == special else str(value), when_used="unless-none")


_DATE = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
_JSON = PlainSerializer(str, when_used="json-unless-none")
WholeDay = Annotated[date, PlainValidator(_whole), _JSON, WithJsonSchema({"type": "string", "format": "date"})]
Day = Annotated[date | PartialDay, PlainValidator(_day), _JSON, WithJsonSchema(_DATE)]
Until = Annotated[
    date | PartialDay, _or("ongoing", OPEN, _day), _writes("ongoing", OPEN),
    WithJsonSchema({"anyOf": [{"const": "ongoing"}, _DATE]}),
]  # fmt: skip
WholeUntil = Annotated[
    date, _or("ongoing", OPEN, _whole), _writes("ongoing", OPEN),
    WithJsonSchema({"anyOf": [{"const": "ongoing"}, {"type": "string", "format": "date"}]}),
]  # fmt: skip
CompleteSince = Annotated[
    date, _or("all", COMPLETE, _whole), _writes("all", COMPLETE),
    WithJsonSchema({"anyOf": [{"const": "all"}, {"type": "string", "format": "date"}]}),
]  # fmt: skip
