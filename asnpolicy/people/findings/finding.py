"""Finding: what a look at delivered data shows, which fields it leaves unknown, and how its kind is declared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from typing import Literal as Choice

from asnpolicy.people.days import OPEN, AnyDay, PartialDay, first_of, surely_before
from asnpolicy.people.model import remembered
from asnpolicy.people.nip import NipParts
from asnpolicy.people.records import Record
from asnpolicy.text import Text

if TYPE_CHECKING:
    from asnpolicy.people.employee import Employee

Effect: TypeAlias = Choice["unknown", "told"]
Side: TypeAlias = tuple[str, str]
"""One side of a contradiction: the field, and the value delivered for it."""


@dataclass(frozen=True, slots=True)
class Touch:
    """One field that counts as not delivered; or, of a day, as known only within what is left of it."""

    field: str
    history: str = ""
    record: int = 0
    """Which record, by its place in the history as it was looked at."""
    left: Any = None


class Stand(NamedTuple):
    """One side of a contradiction, and where it stands."""

    side: Side
    place: Touch | None = None
    """What is unknown once another side is confirmed; None where nothing is, as with the number."""
    gives: Touch | None = None
    """What is known once this side is confirmed, where that is not what stands there: the birth date of the number."""


@dataclass(frozen=True, slots=True)
class DataFinding:
    """One finding: the code of its kind, the field or record it is about, what it leaves unknown, and its two sides.

    Unless a side is confirmed, each field in `unknown` counts as not delivered; a finding without any is only told.
    """

    code: str
    about: str
    unknown: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    touches: tuple[Touch, ...] = field(default=(), repr=False, compare=False)
    stands: tuple[Stand, ...] = field(default=(), repr=False, compare=False)
    """Its sides, with the places where they stand."""
    line: int | None = field(default=None, compare=False)
    """The line of the file on which it was found, where a reader found it."""

    @property
    def data(self) -> frozenset[str]:
        """The fields and histories of the person that it is about, or touches."""
        own = {name.partition("[")[0] for name in (self.about, *self.unknown)}
        return frozenset(own) | ({"birth_date", "cpns_on"} if "nip" in own else set())

    @property
    def leaves(self) -> frozenset[str]:
        """What it leaves unknown, by the names under which a decision may miss it."""
        touched = [one for one in self.touches if one.history]
        known = {f"{one.history}[{one.left}].{one.field}" for one in touched if one.left is not None}
        unplaced = {
            f"{one.history}[#{number}].{one.field}" for one in touched for number in range(1, 10) if one.left is None
        }
        return frozenset({*self.unknown, *known, *unplaced})


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A kind of finding, declared once.

    `unknown`: no lawful career looks like this, so the field counts as not delivered. `told`: unusual but lawful
    somewhere, so the data are kept, and the finding is named on each decision that rests on them.
    """

    code: str
    looks_at: tuple[str, ...]
    """The fields and histories that it looks at."""
    effect: Effect
    sentence: Text
    """What is told; `{record}` and `{day}` stand for the record that it is about."""
    why: Text
    find: Callable[[Seen], Iterator[DataFinding]]
    strict: bool = False
    """Whether it looks at records that have been freed of what single fields show."""
    daily: bool = False
    """Whether it looks at one day; what others find of all records contains what they find of those of earlier days."""
    starts_from: frozenset[str] = frozenset()
    """Histories of which one at least must have a record for anything to be found; empty where that is not said."""

    def idle(self, seen: Seen) -> bool:
        """Tell whether there is nothing that it could find."""
        return bool(self.starts_from) and self.starts_from.isdisjoint(seen.histories)


class DaySpan(NamedTuple):
    """The whole days of all records."""

    first: date
    last: date
    """Of those that are no open end."""
    whole: bool
    """Whether no day is known in part, or is none."""


@dataclass(frozen=True)
class Seen:
    """A person as the registers may have known them on a day."""

    person: Employee
    as_of: date

    @property
    def number(self) -> NipParts:
        """What the employee number says."""
        return self.person.number

    @remembered
    def histories(self) -> tuple[str, ...]:
        """The names of the histories that have records."""
        return tuple(self.person.delivered)

    @remembered
    def promised(self) -> dict[date, list[str]]:
        """The histories that are promised to be complete, by the day since when."""
        found: dict[date, list[str]] = {}
        known = self.person.__dict__
        for name in self.person.histories():
            if (since := known[name].complete_since) is not None:
                found.setdefault(since, []).append(name)
        return found

    @remembered
    def days(self) -> tuple[tuple[date, str, int, Any, str], ...]:
        """Every whole day of a record: the day, the history, the record with its place, and the field."""
        return tuple(
            (value, history, at, record, field)
            for history in self.histories
            for at, record in enumerate(self.records(history))
            for field in record.dated
            if type(value := record.__dict__[field]) is date
        )

    @remembered
    def parts(self) -> tuple[tuple[PartialDay, str, int, Any, str], ...]:
        """Every day of a record that is known in part, as `days` gives the whole ones."""
        if self.span.whole:
            return ()
        return tuple(
            (value, history, at, record, field)
            for history in self.histories
            for at, record in enumerate(self.records(history))
            for field in record.dated
            if isinstance(value := record.__dict__[field], PartialDay)
        )

    def days_since(self, day: date) -> tuple[tuple[AnyDay, str, int, Any, str], ...]:
        """Return every day of a record, known in part too, but for what follows from a year; none where no whole day is that early."""
        parts = (one for one in self.parts if getattr(one[3], "year", None) is None)
        return (*(self.days if self.span.first <= day else ()), *parts)

    @remembered
    def span(self) -> DaySpan:
        """The first and the last whole day of all records; most people show by it alone that no single day is amiss."""
        dated = {name: records[0].dated for name, records in self.person.delivered.items()}
        days = [
            record.__dict__[name]
            for history, parts in dated.items()
            for record in self.person.delivered[history]
            for name in parts
        ]
        known = [day for day in days if type(day) is date]
        whole = len(known) + days.count(None) == len(days)
        ended = [day for day in known if day != OPEN]
        return DaySpan(min(known, default=date.max), max(ended, default=date.min), whole)

    def first_of(self, history: str) -> date:
        """Return the day that places the first record of a history, where it is a whole one; records are in order of time."""
        records = self.person.delivered.get(history, ())
        return first_of(records[0].placed) if records else date.max

    @remembered
    def ranks(self) -> tuple[tuple[int, Any, Any], ...]:
        """Each two neighbouring letters of rank, with the place of the first: both known, one surely the later, none between."""
        records = self.records("ranks")
        neighbours = [
            (at, before, after)
            for at, (before, after) in enumerate(pairwise(records))
            if before.rank is not None and after.rank is not None and surely_before(before.since, after.since)
        ]
        unsure = [one for one in records if type(one.since) is not date]
        return tuple(
            (at, before, after)
            for at, before, after in neighbours
            if not any(_may_lie_between(one, before, after) for one in unsure if one is not before and one is not after)
        )

    def records(self, history: str) -> tuple[Any, ...]:
        """Return the records of a history."""
        return self.person.delivered.get(history, ())

    def complete(self, history: str, since: date) -> bool:
        """Whether a history is promised to be complete from a day on."""
        promised = getattr(self.person, history).complete_since
        return promised is not None and promised <= since


def _may_lie_between(record: Any, before: Any, after: Any) -> bool:
    return bool(not surely_before(after.since, record.since) and not surely_before(record.since, before.since))


def name_of(history: str, record: Record, at: int) -> str:
    """Name a record by its history and its day, or by its place when its day is not known: `ranks[2022-10-01]`."""
    return f"{history}[{record.placed if record.placed is not None else f'#{at + 1}'}]"


def on_field(
    code: str, *touched: str, sides: tuple[Side, ...] = (), stands: tuple[Stand, ...] = (), left: AnyDay | None = None
) -> DataFinding:
    """Return a finding about fields of the person: what sides they have, and what of records stands against them."""
    own = tuple(Stand(one, Touch(one[0]) if one[0] != "nip" else None) for one in sides)
    touches = tuple(Touch(name, left=left) for name in touched)
    return _told(DataFinding(code, touched[0], touched, touches=touches), (*own, *stands))


def on_record(
    code: str, history: str, record: Record, at: int, *touched: str,
    sides: tuple[Stand, ...] = (), left: AnyDay | None = None,
) -> DataFinding:  # fmt: skip
    """Return a finding about a record, with the fields of it that it leaves unknown."""
    name = name_of(history, record, at)
    about = f"{name}.{touched[0]}" if len(touched) == 1 else name
    touches = tuple(Touch(part, history, at, left) for part in touched)
    unknown = tuple(f"{name}.{part}" for part in touched)
    return _told(DataFinding(code, about, unknown, touches=touches), sides)


def on_records(
    code: str, history: str, records: Sequence[tuple[int, Record]], *touched: str, sides: tuple[Stand, ...] = ()
) -> DataFinding:
    """Return a finding about records that contradict each other, told of the last, with what it leaves unknown of each."""
    names = [name_of(history, record, at) for at, record in records]
    touches = tuple(Touch(part, history, at) for at, _ in records for part in touched)
    about = f"{names[-1]}.{touched[0]}" if len(touched) == 1 else names[-1]
    unknown = tuple(f"{name}.{part}" for name in names for part in touched)
    return _told(DataFinding(code, about, unknown, touches=touches), sides)


def _told(found: DataFinding, stands: tuple[Stand, ...]) -> DataFinding:
    return replace(found, sides=tuple(one.side for one in stands), stands=stands)


def side(history: str, record: Record, at: int, part: str) -> Stand:
    """Return one side of a contradiction: a field of a record, with the value delivered for it."""
    return Stand((f"{name_of(history, record, at)}.{part}", str(getattr(record, part))), Touch(part, history, at))
