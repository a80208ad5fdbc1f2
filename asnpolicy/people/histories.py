"""A history: its records in order of time, and since when they are known to be all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby, pairwise
from operator import lt
from typing import Annotated, Any, Generic, Self, TypeVar

from pydantic import Field, SerializerFunctionWrapHandler, field_validator, model_serializer, model_validator

from asnpolicy.people.days import CompleteSince, PartialDay, first_of, last_of
from asnpolicy.people.model import Model, remembered
from asnpolicy.people.records import Record
from asnpolicy.text import phrase

R = TypeVar("R", bound=Record)
MOST = 2_000
"""The most records that one history of one person may have."""


class History(Model, Generic[R]):
    """Records, oldest first, with `complete_since`: a date, `all`, or None when nothing is promised.

    For records with an end, complete since a day means: each one that touches a day from then on is delivered.
    """

    records: Annotated[tuple[R, ...], Field(max_length=MOST)] = ()
    complete_since: CompleteSince | None = None

    @model_validator(mode="before")
    @classmethod
    def _accept_a_list(cls, data: Any) -> Any:
        """A list is records of which nothing is promised; None is a history that was not delivered.

        A promise without records is refused: whoever lost them would have none.
        """
        if data is None:
            return {}
        if isinstance(data, dict) and "records" not in data and data.get("complete_since") is not None:
            raise ValueError(
                phrase(
                    en="`records` is missing beside `complete_since`: write `[]` where there are none",
                    id="`records` tidak ada di samping `complete_since`: tulis `[]` bila memang tidak ada",
                )
            )
        return {"records": data} if isinstance(data, (list, tuple)) else data

    @model_serializer(mode="wrap")
    def _whole(self, write: SerializerFunctionWrapHandler):  # type: ignore[no-untyped-def]  # noqa: ANN202  # its type would be the schema
        """A promise is written with the records that it is about, also where there are none and defaults are left out."""
        written: dict[str, Any] = write(self)
        bare = not self.records and "complete_since" in written and "records" not in written
        return {"records": [], **written} if bare else written

    @field_validator("records", mode="after")
    @classmethod
    def _in_order(cls, records: tuple[R, ...]) -> tuple[R, ...]:
        return in_order(records) if len(records) > 1 else records  # most have none

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self).of(), self.records, self.complete_since)

    @classmethod
    def of(cls) -> type[Record]:
        """Return the class of its records."""
        found: type[Record] = cls.__pydantic_generic_metadata__["args"][0]
        return found

    def at(self, as_of: date) -> Self:
        """Return the history as it may have been known on a day: what is surely of a later day is left out."""
        seen = tuple(record for record in self.records if first_of(record.seen) <= as_of)
        return self if len(seen) == len(self.records) else self.with_records(seen)

    def with_records(self, records: Sequence[Record]) -> Self:
        """Return the history with other records, which are in order of time."""
        return self.model_copy(update={"records": tuple(records)})

    @remembered
    def whole(self) -> bool:
        """Whether every day is whole, and no two records may be the same thing: the plain case, which is the fast one."""
        if not self.records:
            return True
        return not self.alike and PartialDay not in set(map(type, self.days)) and _placed(self.records)

    @remembered
    def days(self) -> frozenset[Any]:
        """Everything that stands in its records where a day may: days, parts of days, open ends, None."""
        records = [record.__dict__ for record in self.records]
        return frozenset([known[name] for name in self.records[0].dated for known in records] if records else ())

    @remembered
    def strict(self) -> bool:
        """Whether each record is placed on a later day than the one before."""
        records = self.records
        if len(records) < 2:
            return True
        name = records[0].placed_by
        days = [record.__dict__[name] for record in records]
        if all(type(day) is date for day in days):
            return all(map(lt, days, days[1:]))
        return all(last_of(before) < first_of(after) for before, after in pairwise(days))

    @remembered
    def alike(self) -> tuple[tuple[int, ...], ...]:
        """Groups of records, by their place in the history, that may be the same thing delivered twice."""
        return tuple(_groups(self.records)) if not self.strict else ()


def in_order(records: Sequence[R]) -> tuple[R, ...]:
    """Return records in order of time; those of one day in an order that does not depend on how they were delivered."""
    if len(records) < 2:
        return tuple(records)
    name = records[0].placed_by
    days = [record.__dict__[name] for record in records]
    if all(type(day) is date for day in days) and all(map(lt, days, days[1:])):
        return tuple(records)
    places = [(first_of(day), last_of(day)) for day in days]
    ordered: list[R] = []
    for _, group in groupby(sorted(range(len(records)), key=places.__getitem__), places.__getitem__):
        sharing = [records[at] for at in group]
        ordered += sharing if len(sharing) == 1 else sorted(sharing, key=_text)
    return tuple(ordered)


def _text(record: Record) -> bytes:
    return record.__pydantic_serializer__.to_json(record)


def _placed(records: Sequence[Record]) -> bool:
    """Whether each record has a day that places it, and one by which it is seen."""
    placed, seen = records[0].placed_by, records[0].seen_by
    known = [record.__dict__ for record in records]
    return None not in [one[placed] for one in known] and (seen == placed or None not in [one[seen] for one in known])


def may_be_one(one: Record, other: Record) -> bool:
    """Tell whether two records of a history may be the same thing: nothing that identifies them is known to differ."""
    for name in one.identity:
        a, b = getattr(one, name), getattr(other, name)
        if a is None or b is None or a == b:
            continue
        if not isinstance(a, (date, PartialDay)) or not isinstance(b, (date, PartialDay)):
            return False
        if last_of(a) < first_of(b) or last_of(b) < first_of(a):
            return False
    return True


def is_one(one: Record, other: Record) -> bool:
    """Tell whether two records are the same thing: all that identifies them is known, and equal."""
    pairs = [(getattr(one, name), getattr(other, name)) for name in one.identity]
    return all(a is not None and a == b and not isinstance(a, PartialDay) for a, b in pairs)


def _groups(records: Sequence[Record]) -> list[tuple[int, ...]]:
    """Group records that may be the same thing, directly or through others; each alone is no group."""
    known = {tuple(getattr(record, name) for name in record.identity) for record in records}
    if len(known) == len(records) and not any(None in one or PartialDay in map(type, one) for one in known):
        return []
    leader = list(range(len(records)))

    def find(at: int) -> int:
        while leader[at] != at:
            at = leader[at]
        return at

    for at, record in enumerate(records):
        for later in range(at + 1, len(records)):
            if first_of(records[later].placed) > last_of(record.placed):
                break
            if may_be_one(record, records[later]):
                leader[find(later)] = find(at)
    groups: dict[int, list[int]] = {}
    for at in range(len(records)):
        groups.setdefault(find(at), []).append(at)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def _restored(record: type[Record], records: tuple[Record, ...], complete_since: date | None) -> History[Any]:
    return History[record].model_construct(records=records, complete_since=complete_since)  # type: ignore[valid-type]  # the class is a value here
