"""Literals: values as they are written, read as what they are compared with."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, assert_never

from asnpolicy.language.nodes import Band, Key, Kind, Type, Value
from asnpolicy.people import ABSENT
from asnpolicy.policy.source.scalars import as_date, as_decimal, as_duration, as_text, as_truth, as_whole, compared
from asnpolicy.policy.source.tree import RawNode, Scalar, Sequence
from asnpolicy.policy.surface.names import NONE, Written, names_of
from asnpolicy.problems import Problems, suggest


def literal(written: Written, type_: Type, problems: Problems) -> Value | None:
    """Read a written value of a type; None, with a problem, when it is not one."""
    return _read(written.node, type_, problems)


def _read(node: RawNode, type_: Type, problems: Problems) -> Value | None:
    match type_.kind:
        case Kind.TRUTH:
            return as_truth(node, problems)
        case Kind.NUMBER:
            return as_decimal(node, problems, type_.places) if type_.places else as_whole(node, problems)
        case Kind.DATE:
            return as_date(node, problems)
        case Kind.DURATION | Kind.SPAN:
            return as_duration(node, problems)
        case Kind.LABEL:
            return _label(node, type_, problems)
        case Kind.TEXT | Kind.TEXTS:
            return as_text(node, problems)
        case _:
            assert_never(type_.kind)


def _label(node: RawNode, type_: Type, problems: Problems) -> Value | None:
    text = as_text(node, problems)
    if text is None or type_.labels is None:
        return None
    try:
        return type_.labels.of(text)
    except ValueError:
        known = [member.label for member in type_.labels]
        close = _numbered(text, known) or suggest(text, known)
        help_ = f"did you mean `{close}`?" if close else f"it is one of: {', '.join(known)}"
        help_ = compared(node) or _several(text, known) or help_
        problems.add("unknown-value", f"unknown value `{text}`", node.place, help_)
        return None


_BETWEEN = re.compile(r"\s*(?:[,;/&+|]|\b(?:atau|or|dan|and)\b)\s*")


def _several(text: str, known: list[str]) -> str | None:
    """Help for `PNS atau PPPK`: several values are a list."""
    parts = _BETWEEN.split(text)
    return f"write several values as a list: `[{', '.join(parts)}]`" if all(part in known for part in parts) else None


def _numbered(text: str, known: list[str]) -> str | None:
    """Return the rank or echelon that is meant by `3/a` or `3a`."""
    match = re.fullmatch(r"([1-5])[/. ]*([a-e])", text.lower())
    meant = [f"{('I', 'II', 'III', 'IV', 'V')[int(match[1]) - 1]}{mark}{match[2]}" for mark in "/."] if match else []
    return next((one for one in meant if one in known), None)


# Values by their looks

_READERS: tuple[Callable[[RawNode, Problems], object], ...] = (
    as_date, as_duration, lambda node, problems: as_decimal(node, problems, 6),
)  # fmt: skip


def is_well_written(written: Written) -> bool:
    """Tell whether a value is a date, a length of time or a number, though perhaps not the one that is needed."""
    return isinstance(written.node, Scalar) and any(read(written.node, Problems()) is not None for read in _READERS)


def decimals(written: Written) -> int:
    """Return how many decimals a number is written with."""
    return len(written.text.partition(".")[2])


def number(written: Written, problems: Problems) -> int | None:
    """Read a number, in units of the last decimal that it is written with."""
    places = decimals(written)
    return as_decimal(written.node, problems, places) if places else as_whole(written.node, problems)


def measure(written: Written, problems: Problems, like: Written | None = None) -> int | None:
    """Read a number or a length of time, to compare two of a kind: of the kind that `like` is written in."""
    text = (like or written).text
    if any(unit in text for unit in ("year", "month")):
        return as_duration(written.node, problems)
    return as_decimal(written.node, problems, 6)


def days_of_year(written: Written, problems: Problems) -> tuple[tuple[int, int], ...]:
    """Read days of the year, written like `04-01`: month and day of each, in order."""
    node, found = written.node, []
    if isinstance(node, Sequence) and not node.items:
        problems.add(
            "wrong-value", "there is no day of the year here", node.place, "write days such as `[04-01, 10-01]`"
        )
    for name in names_of(node, problems):
        month, _, day = name.text.partition("-")
        if month.isdigit() and day.isdigit() and len(name.text) == 5 and 1 <= int(month) <= 12 and 1 <= int(day) <= 28:
            found.append((int(month), int(day)))
        else:
            message = f"`{name.text}` is not a day of the year"
            problems.add("wrong-value", message, node.place, "write month and day, such as `04-01`")
    return tuple(sorted(found))


# Rows of tables


def cell(written: Written, type_: Type, problems: Problems) -> Value | None:
    """Read what a row of a table gives; `none` is to have none."""
    return ABSENT if written.text == NONE else literal(written, type_, problems)


def row_key(written: Written, type_: Type, problems: Problems) -> Key | None:
    """Read one key of a row: a value, `none`, or a band of numbers."""
    if written.is_none:
        return ABSENT
    if type_.kind is Kind.NUMBER and ".." in written.text:
        return _band(written, type_, problems)
    return literal(written, type_, problems)


def _band(written: Written, type_: Type, problems: Problems) -> Band | None:
    """Read a key such as `10..20`: from the first to below the second; a side that is left out is open."""
    ends: list[Any] = []
    for part in written.text.split("..", 1):
        end = _read(Scalar(part.strip(), written.place, True), type_, problems) if part.strip() else None
        if end is None and part.strip():
            return None
        ends.append(end)
    low, high = ends
    if low is not None and high is not None and low >= high:
        problems.add(
            "wrong-value",
            f"the band `{written.text}` holds nothing",
            written.place,
            "a band goes from the first number to below the second",
        )
        return None
    return Band(low, high)
