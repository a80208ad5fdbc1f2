"""A history: its records in order of time, and since when they are known to be all."""

from __future__ import annotations

from datetime import date
from typing import Any, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from asnpolicy.people.labels import CompleteSince
from asnpolicy.people.records import Record

R = TypeVar("R", bound=Record)


class History(BaseModel, Generic[R]):
    """Records, oldest first, with `complete_since`: a date, `all`, or None when nothing is promised.

    For records with an end, complete since a day means: each one that touches a day from then on is delivered.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    records: tuple[R, ...] = ()
    complete_since: CompleteSince | None = None

    @model_validator(mode="before")
    @classmethod
    def _accept_a_list(cls, data: Any) -> Any:
        return {"records": data} if isinstance(data, (list, tuple)) else data

    @field_validator("records", mode="after")
    @classmethod
    def _in_order(cls, records: tuple[R, ...]) -> tuple[R, ...]:
        return tuple(sorted(records, key=lambda record: record.placed))

    def at(self, as_of: date) -> Self:
        """Give the history as it was known on a day."""
        seen = tuple(r for r in self.records if getattr(r, r.seen_by) <= as_of)
        return self if len(seen) == len(self.records) else self.model_copy(update={"records": seen})
