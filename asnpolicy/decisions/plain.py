"""Plain: what comes out as data for machines, in a fixed order: codes and parameters, not texts of a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from asnpolicy.decisions.reasons import LateText, Reason
from asnpolicy.language.rules import Text

LEFT_OUT = {"label"}
"""A text of the library that the name of a fact stands for."""


def as_data(found: Any) -> Mapping[str, Any]:
    """Something that is made of frozen dataclasses, such as an assignment, as plain data."""
    data: Mapping[str, Any] = _plain(found)
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, Reason):
        return value.as_data()
    if isinstance(value, LateText):
        return _plain(value.part)
    if isinstance(value, Text):
        return {"id": value.id, "en": value.en}
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value) if one.name not in LEFT_OUT}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, (Decimal, str)) else value
