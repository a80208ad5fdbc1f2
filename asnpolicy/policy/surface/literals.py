"""Literals: values as they are written, read as what they are compared with."""

from __future__ import annotations

import re
from typing import Any, assert_never

from asnpolicy.language.daycount import Days
from asnpolicy.language.nodes import SPAN, Band, Key, Kind, Type, Value
from asnpolicy.people import ABSENT
from asnpolicy.policy.source.scalars import (
    Slip,
    accept,
    both_ends,
    compared,
    date_in,
    decimal_in,
    duration_in,
    ends,
    lengths_between,
    months_in,
    text_in,
    truth_in,
    whole_in,
)
from asnpolicy.policy.source.tree import RawNode, Scalar, Sequence
from asnpolicy.policy.surface.names import NONE, RawValue, names_of
from asnpolicy.problems import Problems, meant, write
from asnpolicy.text import Message, joined, phrase

MOST_PLACES = 6
"""The most decimals of a number."""


def literal(written: RawValue, type_: Type, problems: Problems) -> Value | None:
    """Read a written value of a type; None, with a problem, when it is not one."""
    found = _value_in(written.node, type_)
    return accept(found, written.node, problems) if isinstance(found, Slip) else found


def value_of(written: RawValue, type_: Type) -> Value | None:
    """Return the value that is written, when it is one of a type."""
    found = _value_in(written.node, type_)
    return None if isinstance(found, Slip) else found


def _value_in(node: RawNode, type_: Type) -> Value | Slip:
    match type_.kind:
        case Kind.TRUTH:
            return truth_in(node)
        case Kind.NUMBER:
            return decimal_in(node, type_.places) if type_.places else whole_in(node)
        case Kind.DATE:
            return date_in(node)
        case Kind.DURATION:
            return duration_in(node)
        case Kind.SPAN:
            return months_in(node)
        case Kind.LABEL:
            return _label_in(node, type_)
        case Kind.TEXT | Kind.TEXTS:
            return text_in(node)
        case _:
            assert_never(type_.kind)


def _label_in(node: RawNode, type_: Type) -> Value | Slip:
    text = text_in(node)
    if isinstance(text, Slip) or type_.labels is None:
        return text
    try:
        return type_.labels.of(text)
    except ValueError:
        known = [member.label for member in type_.labels]
        close = _numbered(text, known)
        there = phrase(en="it is one of: {known}", id="pilihannya: {known}", known=", ".join(known))
        help = _several(text, known) or (
            phrase(en="did you mean `{close}`?", id="apakah maksud Anda `{close}`?", close=close)
            if close
            else meant(text, known, there)
        )
        return Slip(
            phrase(en="unknown value `{text}`", id="nilai `{text}` tidak dikenal", text=text), help, "unknown-value"
        )


_BETWEEN = re.compile(r"\s*(?:[,;/&+|]|\b(?:atau|or|dan|and)\b)\s*")


def _several(text: str, known: list[str]) -> Message | None:
    """Help for `PNS atau PPPK`: several values are a list."""
    parts = _BETWEEN.split(text)
    if all(part in known for part in parts):
        return phrase(
            en="write several values as a list: `[{parts}]`",
            id="tulis beberapa nilai sebagai daftar: `[{parts}]`",
            parts=", ".join(parts),
        )
    return next((both_ends(low, high) for low, high in ends(text) if low in known and high in known), None)


def _numbered(text: str, known: list[str]) -> str | None:
    """Return the rank or echelon that is meant by `3/a` or `3a`."""
    match = re.fullmatch(r"([1-5])[/. ]*([a-e])", text.lower())
    meant = [f"{('I', 'II', 'III', 'IV', 'V')[int(match[1]) - 1]}{mark}{match[2]}" for mark in "/."] if match else []
    return next((one for one in meant if one in known), None)


A_BOUND = phrase(en="use `at_least`, `at_most`, `below` or `above`", id="pakai `at_least`, `at_most`, `below`, atau `above`")


def bound_meant(written: RawValue) -> Message:
    """Return the way out of a length of time that should be met exactly: the bound that may be meant."""
    if isinstance(duration_in(written.node), Slip):
        return compared(written.node) or lengths_between(written.text) or A_BOUND
    return joined(A_BOUND, phrase(en="as in `{{at_least: {text}}}`", id="seperti `{{at_least: {text}}}`", text=written.text), by=", ")


# Values by their looks


def is_well_written(written: RawValue) -> bool:
    """Tell whether a value is a date, a length of time or a number, though perhaps not the one that is needed."""
    node = written.node
    found = (date_in(node), duration_in(node), decimal_in(node, MOST_PLACES))
    return isinstance(node, Scalar) and not all(isinstance(one, Slip) for one in found)


def decimals(written: RawValue) -> int:
    """Return how many decimals a number is written with."""
    return len(written.text.partition(".")[2])


def number(written: RawValue, problems: Problems) -> int | None:
    """Read a number, in units of the last decimal that it is written with."""
    places = decimals(written)
    found = decimal_in(written.node, places) if places else whole_in(written.node)
    return accept(found, written.node, problems)


def measure(written: RawValue, problems: Problems, like: RawValue | None = None) -> int | Days | None:
    """Read a number or a length of time, to compare two of a kind: of the kind that `like` is written in."""
    found = _measure_in(written, like or written)
    return accept(found, written.node, problems) if isinstance(found, Slip) else found


def measure_of(written: RawValue) -> int | Days | None:
    """Return the number or the length of time that is written, when it is one."""
    found = _measure_in(written, written)
    return None if isinstance(found, Slip) else found


def _measure_in(written: RawValue, like: RawValue) -> int | Days | Slip:
    if not any(unit in like.text for unit in ("year", "month", "day")):
        return decimal_in(written.node, MOST_PLACES)
    found, model = duration_in(written.node), duration_in(like.node)
    if isinstance(found, Slip) or isinstance(model, Slip) or _unit(found) == _unit(model):
        return found
    message = phrase(en="`{written}` and `{like}` are counted otherwise", id="`{written}` dan `{like}` dihitung dengan satuan lain", written=written.text, like=like.text)
    return Slip(message, phrase(en="count it as `{like}` is", id="hitung seperti `{like}`", like=like.text))


def _unit(length: int | Days) -> str:
    """Return what a length of time is counted in."""
    if isinstance(length, int):
        return "months"
    return "days" if length.holidays is None else "working days"


def days_of_year(written: RawValue, problems: Problems) -> tuple[tuple[int, int], ...]:
    """Read days of the year, written like `04-01`: month and day of each, in order."""
    node = written.node
    if isinstance(node, Sequence) and not node.items:
        help = phrase(en="write days such as `[04-01, 10-01]`", id="tulis hari seperti `[04-01, 10-01]`")
        problems.add(
            "wrong-value",
            phrase(en="there is no day of the year here", id="di sini belum ada hari dalam setahun"),
            node.place,
            help,
        )
    for name in names_of(node, problems):
        if day_of_year(name.text) is None:
            help = phrase(en="write month and day, such as `04-01`", id="tulis bulan dan hari, seperti `04-01`")
            problems.add(
                "wrong-value",
                phrase(en="`{name}` is not a day of the year", id="`{name}` bukan hari dalam setahun", name=name.text),
                node.place,
                help,
            )
    return days_in(written)


def days_in(written: RawValue) -> tuple[tuple[int, int], ...]:
    """Return the days of the year that are written."""
    node = written.node
    items = node.items if isinstance(node, Sequence) else (node,)
    days = (day_of_year(item.text) for item in items if isinstance(item, Scalar))
    return tuple(sorted(day for day in days if day is not None))


def day_of_year(text: str) -> tuple[int, int] | None:
    """Return the month and the day of a text such as `04-01`.

    >>> day_of_year("04-01"), day_of_year("02-30")
    ((4, 1), None)
    """
    month, _, day = text.partition("-")
    if not (month.isdigit() and day.isdigit() and len(text) == 5):
        return None
    return (int(month), int(day)) if 1 <= int(month) <= 12 and 1 <= int(day) <= 28 else None


# Rows of tables


def cell(written: RawValue, type_: Type, problems: Problems) -> Value | None:
    """Read what a row of a table gives; `none` is to have none."""
    return ABSENT if written.text == NONE else literal(written, _in_months(type_), problems)


def _in_months(type_: Type) -> Type:
    """Return how lengths of time are read in tables: in years and months alone, so that each is more or less than another."""
    return SPAN if type_.kind is Kind.DURATION else type_


def row_key(written: RawValue, type_: Type, problems: Problems) -> Key | None:
    """Read one key of a row: a value, `none`, or a band of numbers or of lengths of time."""
    if written.is_none:
        return ABSENT
    if type_.kind in (Kind.NUMBER, Kind.DURATION) and (band := _band_meant(written.text)) is not None:
        message = phrase(en="`{written}` is no band", id="`{written}` bukan rentang", written=written.text)
        problems.add("wrong-value", message, written.place, write(band))
        return None
    if type_.kind in (Kind.NUMBER, Kind.DURATION) and ".." in written.text:
        return _band(written, _in_months(type_), problems)
    found = literal(written, _in_months(type_), problems)
    if type_.kind is not Kind.DURATION or found is None:
        return found
    message = phrase(
        en="a length of time is never exactly `{written}`", id="lama waktu tidak pernah tepat `{written}`", written=written.text
    )
    help = phrase(
        en="write a band: `{written}..` or `..{written}`", id="tulis rentang: `{written}..` atau `..{written}`", written=written.text
    )
    problems.add("exact-duration", message, written.place, help)
    return None


def _band_meant(text: str) -> str | None:
    """Return the band that was meant by words or signs for more and less, or by Indonesian units; None where it is well written."""
    above, below = _ABOVE.fullmatch(text), _BELOW.fullmatch(text)
    meant = f"{above[1]}.." if above else f"..{below[1]}" if below else text
    meant = meant.replace("tahun", "years").replace("bulan", "months")
    return None if meant == text else meant


_ABOVE = re.compile(r"(?:>=?|above|at_least|lebih dari|di atas|mulai)\s*(.+)")
_BELOW = re.compile(r"(?:<=?|below|at_most|kurang dari|di bawah|sampai)\s*(.+)")


def _band(written: RawValue, type_: Type, problems: Problems) -> Band | None:
    """Read a key such as `10..20`: from the first to below the second; a side that is left out is open."""
    ends: list[Any] = []
    for part in written.text.split("..", 1):
        end = literal(RawValue.at(part.strip(), written.place), type_, problems) if part.strip() else None
        if end is None and part.strip():
            return None
        ends.append(end)
    low, high = ends
    if low is not None and high is not None and low >= high:
        problems.add(
            "wrong-value",
            phrase(
                en="the band `{written}` holds nothing",
                id="rentang `{written}` tidak memuat apa pun",
                written=written.text,
            ),
            written.place,
            phrase(
                en="a band goes from the first end to below the second: write `{turned}`",
                id="rentang berjalan dari ujung pertama sampai di bawah ujung kedua: tulis `{turned}`",
                turned="..".join(reversed(written.text.split(".."))) if low > high else f"{written.text.split('..')[0]}..",
            ),
        )
        return None
    return Band(low, high)
