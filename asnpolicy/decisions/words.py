"""Words for values: what was seen and what was required, as reasons that are written in a language later."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, assert_never

from asnpolicy.decisions import texts
from asnpolicy.decisions.memo import Memo
from asnpolicy.decisions.reasons import LateText, Part, Reason, because, either
from asnpolicy.language import dates
from asnpolicy.language.bounds import Bounds
from asnpolicy.language.daycount import Days
from asnpolicy.language.lengths import in_days
from asnpolicy.language.nodes import Kind, Literal, Type
from asnpolicy.language.rules import Observation, Text
from asnpolicy.people import HISTORIES, Absent, Label
from asnpolicy.people.posts import Acting, Category, PostKind
from asnpolicy.people.ranks import Rank
from asnpolicy.people.status import SanctionLevel, ServiceStatus, Sex
from asnpolicy.text import ABBREVIATIONS

NONE, UNKNOWN, YES, NO = (Reason(f"value.{word}") for word in ("none", "unknown", "yes", "no"))
SPOKEN: dict[type[Label], str] = {
    ServiceStatus: "service_status",
    PostKind: "post_kind",
    Category: "category",
    Acting: "acting_as",
    SanctionLevel: "sanction_level",
    Sex: "sex",
    Rank: "rank",
}
"""Vocabularies whose official texts are written out for people."""


@lru_cache(maxsize=2048)
def months(count: int) -> Reason:
    """Write a number of months as years and months."""
    years, rest = divmod(count, 12)
    if not years:
        return _months(rest)
    return because("unit.both", years=_years(years), months=_months(rest)) if rest else _years(years)


def _years(count: int) -> Reason:
    return because("unit.year" if count == 1 else "unit.years", years=count)


def _months(count: int) -> Reason:
    return because("unit.month" if count == 1 else "unit.months", months=count)


def length(one: int | Days) -> Reason:
    """Write a length of time, in years and months or in days."""
    if isinstance(one, int):
        return months(one)
    kind = "day" if one.holidays is None else "working_day"
    return because(f"unit.{kind}" if one.count == 1 else f"unit.{kind}s", days=one.count)


def number(value: int, places: int) -> int | Decimal:
    """Give a scaled number as it is written, without zeros at its end."""
    unit: int = 10**places
    if value % unit == 0:
        return value // unit
    return Decimal(value).scaleb(-places).normalize()


@lru_cache(maxsize=512, typed=True)
def label(one: Label) -> Part:
    """Write a member of a vocabulary: the official text, or its words for people."""
    family = SPOKEN.get(type(one))
    code = f"{family}.{one.label}"
    return Reason(code) if family is not None and texts.known(code) else one.label


def plain(text: str) -> str:
    """Write a code word of the data as people do: small letters and hyphens become words, abbreviations capitals.

    >>> plain("teknologi-informasi"), plain("diklatpim-iv"), plain("Dinas-A"), plain("sdn-01")
    ('teknologi informasi', 'Diklatpim IV', 'Dinas-A', 'sdn-01')
    """
    words = text.split("-")
    return (
        " ".join(ABBREVIATIONS.get(word, word) for word in words)
        if all(word.isalpha() and word.islower() for word in words)
        else text
    )


def listed(parts: Iterable[Text]) -> Text:
    """Join texts with a semicolon."""
    found = list(parts)
    return Text("; ".join(p.id for p in found), "; ".join(p.en for p in found))


def value(type_: Type, known: Any, unit: Text | None = None) -> Part:
    """Write a known value of a type."""
    if isinstance(known, Absent):
        return NONE
    if isinstance(known, Label):
        return label(known)
    if isinstance(known, bool):
        return YES if known else NO
    if isinstance(known, frozenset):
        return tuple(plain(text) for text in sorted(known)) or NONE
    if isinstance(known, str):
        return plain(known)
    if isinstance(known, int):
        return _counted(_member(type_, known), unit)
    return known if isinstance(known, date) else str(known)


def _member(type_: Type, known: int) -> Part:
    """Write a number, or the member of a vocabulary that a fold came to."""
    if type_.labels is not None:
        return next((label(member) for member in type_.labels if int(member) == known), str(known))
    return number(known, type_.places)


def _counted(written: Part, unit: Text | None) -> Part:
    """Write an amount with its unit; of one, English has no plural."""
    if unit is None:
        return written
    one = Text(unit.id, unit.en.removesuffix("s")) if written == 1 and not unit.en.endswith("ss") else unit
    return because("unit.amount", number=written, unit=one)


def seen(observation: Observation, known: Any, as_of: date) -> Text:
    """Write what was seen; a time since a date with the date, added-up time in years and months."""
    return LateText(_seen(observation, known, as_of))


def _seen(observation: Observation, known: Any, as_of: date) -> Part:
    kind = observation.type.kind
    if isinstance(known, Bounds):
        return _bounds(observation, known, as_of)
    if isinstance(known, Absent):
        return NONE
    if kind is Kind.DURATION and isinstance(known, date):
        return since(known, as_of, age=is_age(observation), days=told_in_days(observation))
    if kind is Kind.SPAN:
        return months(known // dates.MONTH)
    return NONE if known == 0 and counts(observation) else value(observation.type, known, observation.unit)


def _bounds(observation: Observation, known: Bounds, as_of: date) -> Part:
    low, high = known.low, known.high
    if low is None and high is None:
        return UNKNOWN
    match observation.type.kind:
        case Kind.DURATION:
            return _time_bounds(observation, low, high, as_of)
        case Kind.TEXT:  # texts have no order: it is one of two
            return either([plain(end) for end in (low, high) if end is not None])
        case Kind.DATE:
            return _ends(low, high, _day, ("seen.day_from", "seen.day_by", "seen.between"))
        case _:
            low, high = _told(observation.type, low, high)
            if high is None and low in (None, 0):
                return UNKNOWN
            return _ends(low, high, _end(observation), ("seen.from", "seen.up_to", "seen.between"))


def _told(type_: Type, low: Any, high: Any) -> tuple[Any, Any]:
    """Return the ends that tell something: that nothing is above the best of all predicates does not."""
    if type_.labels is None or (low is not None and high is not None):
        return low, high
    known = [int(one) for one in type_.labels]
    return None if low == min(known) else low, None if high == max(known) else high


def _ends(low: Any, high: Any, write: Callable[[Any], Part], codes: tuple[str, str, str]) -> Reason:
    """Write what lies from one end, up to the other, or between the two."""
    above, below, between = codes
    if high is None:
        return because(above, low=write(low))
    return because(below, high=write(high)) if low is None else because(between, low=write(low), high=write(high))


def since(day: date, as_of: date, *, age: bool, days: bool) -> Reason:
    """Write the time since a day, with the day."""
    return because("seen.age" if age else "seen.lasted", span=_between(day, as_of, days=days), day=day)


def _lasted(observation: Observation, day: date, as_of: date) -> Reason:
    """Write the time since a day, in days where it is held against such."""
    return _between(day, as_of, days=told_in_days(observation))


def _between(day: date, as_of: date, *, days: bool) -> Reason:
    if days:
        return length(Days(max(0, (as_of - day).days)))
    return months(max(0, dates.months_between(day, as_of)))


@Memo
def told_in_days(observation: Observation) -> bool:
    """Tell whether a time is held against one that is counted in days."""
    return any(map(in_days, observation.required))


def _time_bounds(observation: Observation, first: date | None, last: date | None, as_of: date) -> Reason:
    """Write the time since a day that lies between two: the later the day, the shorter the time."""
    what = "age" if is_age(observation) else "time"
    longest, shortest = (_lasted(observation, day, as_of) if day else None for day in (first, last))
    if first is None or longest is None:
        started = last is not None and last < as_of
        return because(f"seen.{what}.from", span=shortest or NONE, day=last or as_of) if started else UNKNOWN
    if last is None or shortest is None:
        return because(f"seen.{what}.up_to", span=longest, day=first)
    if longest == shortest:
        return because(f"seen.{what}.about", span=longest, first=first, last=last)
    return because(f"seen.{what}.between", low=shortest, high=longest, first=first, last=last)


def _day(day: date) -> Part:
    return day


def _end(observation: Observation) -> Callable[[Any], Part]:
    if observation.type.kind is Kind.SPAN:
        return lambda end: months(end // dates.MONTH)
    return lambda end: value(observation.type, end, observation.unit)


def required(observation: Observation, wanted: list[Any]) -> Text:
    """Write what was required."""
    word = observation.word
    if word == "not" and len(wanted) == 1 and isinstance(wanted[0], Absent):
        return LateText(Reason("required.present"))
    if any(isinstance(one, Absent) for one in wanted) and _never_met(observation):
        return LateText(Reason("required.not_laid_down"))
    if any(isinstance(one, Bounds) for one in wanted):
        return LateText(Reason("required.unknown"))
    if word == "at_least" and observation.required and _is_least(observation.type, wanted[0]):  # a page says what is written
        return LateText(Reason("required.any"))
    operands = [_operand(observation, one) for one in wanted]
    parts = operands[0] if len(operands) == 1 else either(operands)
    return LateText(because(f"required.{_family(observation)}", value=parts))


def _never_met(observation: Observation) -> bool:
    """Tell whether nothing meets what is not there: only a written `none` asks that there is none."""
    operand = next(iter(observation.required), None)  # a page has no operands: what stands there is written
    return observation.word in _ORDERED or (observation.word == "is" and operand is not None and not isinstance(operand, Literal))


def _is_least(type_: Type, one: Any) -> bool:
    """Tell whether a grade is the least that there is: whoever has any has that."""
    return type_.labels is not None and isinstance(one, int) and one == min(type_.labels)


_ORDERED = ("at_least", "at_most", "below", "above")


def _family(observation: Observation) -> str:
    """Name the words that fit."""
    match observation.word:
        case "is" | "not" | "in" | "not_in" | "has" | "within" as word:
            return word
        case "at_least" | "at_most" | "below" | "above" as word:
            return _ordered(observation, word)
        case _:
            assert_never(observation.word)


def _ordered(observation: Observation, word: str) -> str:
    """Name the words for more and less: no one says that a rank is at least III/a, or that a time is the lowest."""
    match observation.type.kind:
        case Kind.DATE:
            return f"date.{word}"
        case Kind.SPAN:
            return f"time.{word}"
        case Kind.DURATION:
            return f"age.{word}" if is_age(observation) and word.startswith("at") else f"time.{word}"
        case _:
            amount = observation.unit or counts(observation) or observation.over is not None or _is_amount(observation)
            return f"amount.{word}" if amount else f"grade.{word}"


def _operand(observation: Observation, one: Any) -> Part:
    type_ = observation.type
    if type_.kind in (Kind.DURATION, Kind.SPAN) and isinstance(one, (int, Days)):
        return length(one)
    return NONE if counts(observation) and one == 0 else value(type_, one, observation.unit)


def is_age(observation: Observation) -> bool:
    """Tell whether a time is the age of somebody."""
    return observation.fact.rpartition(".")[2] == "age"


def _is_amount(observation: Observation) -> bool:
    """Tell whether a field of a record is an amount: hours are few or many, not low or high."""
    return observation.fact.rpartition(".")[2] in _AMOUNTS


def counts(observation: Observation) -> bool:
    """Tell whether an observation counts things: records of a history, vacancies, gaps."""
    name = observation.fact
    counted = observation.type.kind is Kind.NUMBER and observation.over is None
    return counted and (name in HISTORIES or name in _COUNTED)


_AMOUNTS = {"hours", "days", "months"}
_COUNTED = {"opening.vacancies", "opening.competency_gaps", "pair.gaps_covered"}
