"""Minimal: of all people who show something, the one who is nearest to somebody typical, and always the same one.

Field after field is pinned to what is typical where that still shows it; what can't be typical takes the nearest value
that does, the earlier or lower one of two. What the solver happens to find first has no part in it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import z3

from asnpolicy.backends.smt.people import OPEN_POSITION, YEAR, Person, Slot, Term, first_of_month
from asnpolicy.backends.smt.terms import all_of, any_of, negated
from asnpolicy.language import dates
from asnpolicy.language.nodes import Kind, Scope, Type
from asnpolicy.language.reading import fields_of, record_fields, spec
from asnpolicy.people import ABSENT, Employee
from asnpolicy.people.view import decided

USUAL_AGE = 40
SEVERAL = 4
"""From so many records on it takes the solver long to see that they are too few for their codes."""
FIELDS_FIRST = ("employment", "service_status", "birth_date", "cpns_on", "pns_on")


class Minimal:
    """Pins the people of a solver, who show something, to somebody typical."""

    def __init__(
        self, solver: Any, model: Any, like: Employee | None, read: Mapping[str, Iterable[str]], patience: float
    ) -> None:
        """`read`: the fields of each history's records that matter; `patience`: seconds that it may take."""
        self.solver, self.read = solver, read
        self.like = None if like is None else decided(like)
        self.model = model
        self._until = time.perf_counter() + patience
        self.whole: set[tuple[str, str]] = set()
        """The histories that are as those of the typical person, each with whose it is."""

    @property
    def in_time(self) -> bool:
        """Whether there is time left."""
        return time.perf_counter() < self._until

    def pin(self, *claims: Any) -> bool:
        """Let claims hold from now on, if anybody is left of whom they do."""
        if not self._holds(claims):
            if self._check(*claims) != z3.sat:
                return False
            self.model = self.solver.model()
        self.solver.add(*claims)
        return True

    def _check(self, *claims: Any) -> Any:
        """Ask the solver, in the time that is left."""
        left = int(1000 * (self._until - time.perf_counter()))
        if left <= 0:
            return z3.unknown
        self.solver.set("timeout", left)
        return self.solver.check(*claims)

    def _holds(self, claims: tuple[Any, ...]) -> bool:
        return all(z3.is_true(self.model.eval(claim, True)) for claim in claims)

    def nearest(self, value: Any, wanted: int, step: int = 1) -> None:
        """Let a number be as near to another as it can, the lower of two; counted in steps."""
        if self.pin(value == wanted):
            return
        off = z3.If(value >= wanted, value - wanted, wanted - value)
        least, most = 1, -(-self._number(off) // step)
        while least < most and self.in_time:
            middle = (least + most) // 2
            if self.pin(off <= middle * step):
                most = min(middle, -(-self._number(off) // step))
            else:
                least = middle + 1
        self.pin(off <= most * step)
        self.pin(value <= wanted)

    def settle(self, value: Any) -> None:
        """Let a number be the lowest that it still can be."""
        least, most = 0, self._number(value)
        if self.pin(value <= least):
            return
        while least < most and self.in_time:
            middle = (least + most) // 2
            if self.pin(value <= middle):
                most = min(middle, self._number(value))
            else:
                least = middle + 1
        self.pin(value == most)

    def _number(self, term: Any) -> int:
        return int(self.model.eval(term, True).as_long())

    # People

    def day(self, person: Person, first: int) -> None:
        """Ask on the first day that shows it, a first of a month if there is one."""
        self.nearest(person.day, first)

    def person(self, person: Person) -> None:
        """Make a person as typical as can be."""
        for (scope, name), term in sorted(person.fields.items(), key=_order):
            if name in fields_of(scope):  # else it stands for one that was not delivered
                self._field(person, scope, name, term)
        for history in sorted(person.histories):
            self._count_codes(person, history)
            self._history(person, history)
        for key in sorted(person.has):
            own = self.like.interests or () if self.like is not None else ()
            if not self.pin(person.has[key] == (key[1] in own)):
                self.pin(person.has[key] != (key[1] in own))

    def twin(self, one: Person, other: Person) -> None:
        """Make a twin as like the first person as can be."""
        for key, term in sorted(other.fields.items(), key=_order):
            first = one.fields[key]
            if not self.pin(term.absent == first.absent, term.value == first.value):
                self._value(other, term, fields_of(key[0])[key[1]], self._number(first.value))
        for history in sorted(other.histories):
            if (history, one.suffix) in self.whole and self.pin(*_same_records(one, other, history)):
                self.whole.add((history, other.suffix))
                continue
            slots = list(zip(one.histories[history], other.histories[history], strict=True))
            for mine, its in slots:
                if not self.pin(its.there == mine.there):
                    self.pin(its.there == z3.BoolVal(z3.is_true(self.model.eval(its.there, True))))
                if not z3.is_true(self.model.eval(its.there, True)):
                    continue
                for name, term in its.fields.items():
                    first = mine.fields[name]
                    if not self.pin(term.absent == first.absent, term.value == first.value):
                        self._value(other, term, record_fields(history)[name], self._number(first.value))

    def _field(self, person: Person, scope: Scope, name: str, term: Term) -> None:
        type_ = fields_of(scope)[name]
        if name == "birth_date" and _typical(self.like, name) is None:
            self.pin(negated(term.absent))
            self._date(term, self._number(person.day) - USUAL_AGE * YEAR)
            return
        value = _typical(self.like, name) if scope in ("employee", "mentor") else None
        self._as(person, term, type_, value)

    def _as(self, person: Person, term: Term, type_: Type, value: Any) -> None:
        """Let a field be what it is for somebody typical, or near it."""
        if value is ABSENT:
            if self.pin(term.absent):
                self.settle(term.value)
                return
            value = None
        self.pin(negated(term.absent))
        self._value(person, term, type_, _encoded(person, value, type_))

    def _value(self, person: Person, term: Term, type_: Type, wanted: int | None) -> None:
        if type_.kind is Kind.DATE:
            self._date(term, self._number(person.day) - YEAR if wanted is None else wanted)
        elif wanted is None:
            self.settle(term.value)
        else:
            self.nearest(term.value, wanted, 10**type_.places)
            self.nearest(term.value, wanted)

    def _date(self, term: Term, wanted: int) -> None:
        if self.pin(term.value == wanted) or self.pin(term.value == OPEN_POSITION, term.value == wanted):
            return
        if self._number(term.value) == OPEN_POSITION and self.pin(term.value == OPEN_POSITION):
            return
        if wanted == OPEN_POSITION:
            self.settle(term.value)
            return
        if self.pin(first_of_month(term.value)):
            self.nearest(term.value, wanted - wanted % dates.MONTH, dates.MONTH)
        self.nearest(term.value, wanted)

    def _history(self, person: Person, history: str) -> None:
        slots = person.histories[history]
        records = [] if self.like is None else list(getattr(self.like, history).records)
        wanted = [_encoded_record(person, history, record) for record in records]
        if len(wanted) <= len(slots) and self.pin(*_as_delivered(slots, wanted)):
            if all(name in given for given in wanted for name in self.read.get(history, ())):
                self.whole.add((history, person.suffix))
            for slot in slots[len(wanted) :]:
                self._slot(person, history, slot, {})
            for slot, given in zip(slots, wanted, strict=False):
                self._slot(person, history, slot, given)
            return
        number = self._few(slots)
        spare = len(wanted) - number
        for at, slot in enumerate(slots):
            near = (
                wanted[at + spare] if 0 <= at + spare < len(wanted) else (wanted[-1] if wanted and at < number else {})
            )
            self._slot(person, history, slot, near)

    def _count_codes(self, person: Person, history: str) -> None:
        """Tell the solver which codes must be there, and that so many need as many records: it follows, but the solver counts no pigeons."""
        slots = person.histories[history]
        if len(slots) < SEVERAL or "code" not in record_fields(history):
            return
        codes = [(slot.there, slot.fields["code"]) for slot in slots]
        seen = [
            any_of([all_of(there, negated(code.absent), code.value == text) for there, code in codes])
            for text in range(len(person.texts))
        ]
        for one in seen:
            if self._holds((one,)) and self._check(negated(one)) == z3.unsat:
                self.solver.add(one)
        several = [(one, 1) for one in seen]
        self.solver.add(z3.PbLe(several, len(slots)))
        for number, slot in enumerate(slots):
            self.solver.add(z3.Implies(negated(slot.there), z3.PbLe(several, number)))

    def _few(self, slots: list[Slot]) -> int:
        """Let a person have as few records as can be; return how many."""
        for number in range(len(slots)):
            if self.pin(*(negated(slot.there) for slot in slots[number:])):
                return number
        return len(slots)

    def _slot(self, person: Person, history: str, slot: Slot, near: dict[str, int | None]) -> None:
        if not z3.is_true(self.model.eval(slot.there, True)):
            self.pin(negated(slot.there))
            return
        self.pin(slot.there)
        types = record_fields(history)
        for name in sorted(slot.fields, key=lambda name: (name not in near, name != spec(history).placed_by, name)):
            term, wanted = slot.fields[name], near.get(name)
            if name in near and wanted is None and self.pin(term.absent):
                self.settle(term.value)
                continue
            if not self.pin(negated(term.absent)):
                self.pin(term.absent)
            if wanted is None and name == spec(history).ends_by and self.pin(term.value == OPEN_POSITION):
                continue
            if (
                wanted is None
                and types[name].kind is Kind.TRUTH
                and name in ("passed", "reached")
                and self.pin(term.value == 1)
            ):
                continue
            self._value(person, term, types[name], wanted)


def _same_records(one: Person, other: Person, history: str) -> Iterator[Any]:
    for mine, its in zip(one.histories[history], other.histories[history], strict=True):
        yield mine.there == its.there
        for name, term in mine.fields.items():
            yield all_of(term.absent == its.fields[name].absent, term.value == its.fields[name].value)


def _order(item: tuple[tuple[Scope, str], Term]) -> tuple[bool, int, str]:
    (scope, name), _ = item
    first = FIELDS_FIRST.index(name) if name in FIELDS_FIRST else len(FIELDS_FIRST)
    return scope != "employee", first, name


def _typical(like: Employee | None, name: str) -> Any:
    if like is None:
        return None
    owner: Any = like.protected if name.startswith("protected.") else like
    return getattr(owner, name.removeprefix("protected."))


def _encoded(person: Person, value: Any, type_: Type) -> int | None:
    """Return a known value as the solver holds it; None where there is none."""
    match value:
        case None:
            return None
        case date():
            return dates.position(value)
        case Decimal():
            return int(value.scaleb(type_.places))
        case str():
            return person.texts.index(value) if value in person.texts else None
        case int():
            return int(value)
        case _:
            return None


def _encoded_record(person: Person, history: str, record: Any) -> dict[str, int | None]:
    """Return what is known of a record; None where it says that there is none."""
    found: dict[str, int | None] = {}
    for name, type_ in record_fields(history).items():
        value = getattr(record, name)
        number = _encoded(person, value, type_)
        if value is ABSENT or number is not None:
            found[name] = number
    return found


def _as_delivered(slots: list[Slot], wanted: list[dict[str, int | None]]) -> Iterator[Any]:
    for slot, given in zip(slots, wanted, strict=False):
        yield slot.there
        for name, number in given.items():
            term = slot.fields[name]
            yield term.absent if number is None else all_of(negated(term.absent), term.value == number)
    yield from (negated(slot.there) for slot in slots[len(wanted) :])
