"""Values: what was seen and what is required as machines read it, whatever its kind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeAlias

from asnpolicy.language.bounds import Bounds
from asnpolicy.language.dates import OPEN
from asnpolicy.language.daycount import Days
from asnpolicy.language.nodes import Kind, Type, Value
from asnpolicy.people import ABSENT, COMPLETE, Absent, Label

NONE = str(ABSENT)
"""How what is not there is written."""
Seen: TypeAlias = Value | Bounds


def plain(value: Seen, type_: Type) -> str:
    """Return a value as machines read it, always as a text."""
    if isinstance(value, Bounds):
        ends = ["" if end is None else plain(end, type_) for end in (value.low, value.high)]
        return "..".join(ends) if any(ends) else "unknown"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (Label, Absent)):
        return str(value)
    if isinstance(value, date):
        return {OPEN: "ongoing", COMPLETE: "all"}.get(value) or value.isoformat()
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    if isinstance(value, Days):
        return str(value)
    return value if isinstance(value, str) else _number(value, type_)


def _number(value: int, type_: Type) -> str:
    if type_.labels is not None:
        return str(next(label for label in type_.labels if label == value))
    if type_.kind is Kind.DURATION:
        return f"{value} months"
    if type_.kind is Kind.SPAN:
        return f"{value}/31 months"
    return str(Decimal(value).scaleb(-type_.places)) if type_.places else str(value)
