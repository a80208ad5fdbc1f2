"""Difference: in what two people differ, field by field and record by record, so that it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from asnpolicy.people import HISTORIES, OPEN, Employee, Record
from asnpolicy.text import Text

UNTOLD = frozenset({"nip", "name", "earlier_nips", "confirmed", *HISTORIES})


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field or record that is not the same: what it is for the one, and what for the other; None: not there."""

    about: str
    one: str | None
    other: str | None

    @property
    def text(self) -> Text:
        """The difference as people read it."""
        if self.one is None:
            return Text(f"{self.about}: {self.other}", f"{self.about}: {self.other}")
        if self.other is None:
            return Text(f"{self.about}: tanpa {self.one}", f"{self.about}: without {self.one}")
        return Text(f"{self.about}: {self.other} (bukan {self.one})", f"{self.about}: {self.other} (not {self.one})")

    def as_data(self) -> dict[str, str | None]:
        """Return it for machines."""
        return {"about": self.about, "one": self.one, "other": self.other}


def differences(one: Employee, other: Employee) -> tuple[FieldDifference, ...]:
    """Return in what two people differ; their numbers and names aside."""
    return (*_fields(one, other), *(found for name in HISTORIES for found in _history(name, one, other)))


def _fields(one: Employee, other: Employee) -> Iterator[FieldDifference]:
    for name in Employee.model_fields:
        if name in UNTOLD:
            continue
        before, after = getattr(one, name), getattr(other, name)
        if name == "protected":
            for part in type(before).model_fields:
                yield from _field(f"protected.{part}", getattr(before, part), getattr(after, part))
        else:
            yield from _field(name, None if before == () else before, None if after == () else after)


def _field(name: str, before: Any, after: Any) -> Iterator[FieldDifference]:
    if before != after:
        yield FieldDifference(name, _written(before), _written(after))


def _history(name: str, one: Employee, other: Employee) -> Iterator[FieldDifference]:
    """Pair the records of the same day; what is left over is there for one of them only."""
    before, after = list(getattr(one, name).records), list(getattr(other, name).records)
    for record in list(before):
        twin = next((each for each in after if each == record), None)
        if twin is not None:
            before.remove(record)
            after.remove(twin)
    for record in list(before):
        twin = next((each for each in after if _place(each) == _place(record)), None)
        if twin is not None:
            before.remove(record)
            after.remove(twin)
            yield from _record(f"{name}[{_place(record)}]", record, twin)
    yield from (FieldDifference(f"{name}[{_place(record)}]", _told(record), None) for record in before)
    yield from (FieldDifference(f"{name}[{_place(record)}]", None, _told(record)) for record in after)


def _place(record: Record) -> str:
    year = getattr(record, "year", None)
    return str(year if year is not None and record.placed_by == "period_start" else record.placed)


def _record(about: str, one: Record, other: Record) -> Iterator[FieldDifference]:
    for name in type(one).model_fields:
        if getattr(one, name) is not None or getattr(other, name) is not None:
            yield from _field(f"{about}.{name}", getattr(one, name), getattr(other, name))


def _told(record: Record) -> str:
    given = {name: getattr(record, name) for name in type(record).model_fields if name != record.placed_by}
    parts = [f"{name} {_written(value)}" for name, value in given.items() if value is not None and str(value) != "none"]
    return ", ".join(parts) or "…"


def _written(value: Any) -> str | None:
    match value:
        case None | ():
            return None
        case bool():
            return str(value).lower()
        case date():
            return "ongoing" if value == OPEN else str(value)
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)
