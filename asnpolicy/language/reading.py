"""How the language reads people: the subjects of a question, and the types of their fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from asnpolicy.language.bounds import Bounds
from asnpolicy.language.nodes import DATE, TEXT, TEXTS, TRUTH, Field, Kind, RecordField, Scope, Type, Value
from asnpolicy.language.numbers import monotone
from asnpolicy.people import (
    ABSENT,
    HISTORIES,
    Absent,
    Agency,
    Candidacy,
    Employee,
    Label,
    Pair,
    PartialDay,
    Protected,
    Record,
)
from asnpolicy.people.agency import NO_AGENCY, NO_CANDIDACY, NO_PAIR
from asnpolicy.people.records import AppraisalRecord, Places


@cache
def nobody() -> Employee:
    """Give somebody of whom nothing is known: who stands where a question names no one."""
    return Employee(nip="199001012015031001")


@dataclass(frozen=True, slots=True)
class Question:
    """Who is asked about, on which day, before which opening or partner, in which agency."""

    as_of: date
    employee: Employee
    opening: Candidacy = NO_CANDIDACY
    mentor: Employee = field(default_factory=nobody)
    mentee: Employee = field(default_factory=nobody)
    pair: Pair = NO_PAIR
    agency: Agency = NO_AGENCY

    @property
    def plain(self) -> bool:
        """Whether all that is known of the people is plain: whole days, and each thing once."""
        return self.employee.plain and self.mentor.plain and self.mentee.plain

    def subject(self, scope: Scope) -> Any:
        """Give the person or thing that a scope speaks of."""
        return getattr(self, scope)


def read(subject: Any, node: Field) -> Value | PartialDay | None:
    """Read a field; None when it was not delivered."""
    name = node.name
    if "." in name:
        subject, name = subject.protected, name.removeprefix("protected.")
    value = getattr(subject, name)
    return native(value, node.type) if isinstance(value, OTHERWISE) else value


OTHERWISE = (Decimal, tuple, PartialDay)
"""What the language keeps in another form, or knows in part."""


def native(value: Any, type_: Type) -> Value | PartialDay | None:
    """Give a value that was delivered as the language keeps it."""
    if isinstance(value, Decimal) and type_.places:
        return scaled(value, type_.places)
    return frozenset(value) if isinstance(value, tuple) else value


def months_counted(record: Any, since: Value | Bounds) -> Value | Bounds:
    """Count the months of an appraisal that count, from the first of a month on or after a day."""
    missing = since.missing if isinstance(since, Bounds) else frozenset()
    if record.months is None or record.year is None:
        return since if since is ABSENT else Bounds(0, MONTHS, missing | _undated(record))
    return monotone(lambda day: months_from(record, day), (-1,), (since,), missing)


def _undated(record: Any) -> frozenset[str]:
    """Name what is not known of its period; its first day where all is, and it is not told apart from another."""
    days = (name for name in PERIOD if not isinstance(getattr(record, name), date))
    return frozenset(f".{name}" for name in days) or frozenset({f".{PERIOD[0]}"})


PERIOD = ("period_start", "period_end")
"""What dates an appraisal."""


MONTHS = 12


def months_from(record: Any, day: date) -> int:
    """Count the months of an appraisal that count, all known, from the first of a month on or after a day."""
    counted: int = record.counted
    if day.year != record.year:
        return 0 if day.year > record.year else counted.bit_count()
    return (counted >> (day.month - (day.day == 1))).bit_count()


def scaled(value: Decimal, places: int) -> int:
    """Give an exact number as a whole number of its last places.

    >>> scaled(Decimal("12.5"), 3)
    12500
    """
    return int(value.scaleb(places))


@cache
def may_be(field: Field | RecordField, history: str = "") -> tuple[bool, bool]:
    """Tell whether a field can be unknown, and whether it can be absent."""
    model: type = (
        HISTORIES[history] if history else {"opening": Candidacy, "pair": Pair}.get(field_scope(field), Employee)
    )
    name = field.name.removeprefix("protected.")
    if name != field.name:
        model = Protected
    if name == "months":
        return True, False
    hint = get_type_hints(model).get(name, int)
    parts = get_args(hint) or (hint,)
    return type(None) in parts, Absent in parts


def field_scope(field: Field | RecordField) -> str:
    """Give the scope that a field belongs to; that of a record is its fold's."""
    return field.scope if isinstance(field, Field) else ""


@cache
def fields_of(scope: Scope) -> dict[str, Type]:
    """Give the fields that a rule may read of a person, an opening or a pair."""
    if scope == "opening":
        return _types(Candidacy)
    if scope == "pair":
        return _types(Pair)
    return _types(Employee) | {f"protected.{name}": type_ for name, type_ in _types(Protected).items()}


@cache
def record_fields(history: str) -> dict[str, Type]:
    """Give the fields of the records of a history."""
    record = HISTORIES[history]
    return _types(record) | ({"months": Type(Kind.NUMBER)} if record is AppraisalRecord else {})


def spec(history: str) -> type[Record]:
    """Give what the records of a history are: which date places them, and which ends them."""
    return HISTORIES[history]


_NOT_ASKED = ("nip", "earlier_nips", "known_on", "name", "protected", "confirmed")
"""Fields of a person that no rule reads."""


def _types(model: type) -> dict[str, Type]:
    hints = get_type_hints(model, include_extras=True)
    skipped = ("placed_by", "seen_by", "ends_by", "identity", "model_config", *_NOT_ASKED)
    found = {name: type_of(hint) for name, hint in hints.items() if name not in skipped and not name.startswith("_")}
    return {name: type_ for name, type_ in found.items() if type_ is not None}


def type_of(annotation: Any, places: int = 0) -> Type | None:
    """Give the language's type for an annotation; None when the language can't read such a field."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        return type_of(inner, next((mark.count for mark in marks if isinstance(mark, Places)), places))
    if origin in (Union, UnionType):
        return next(filter(None, (type_of(part, places) for part in get_args(annotation))), None)
    if origin is tuple:
        return TEXTS
    if isinstance(annotation, type) and issubclass(annotation, Label):
        return Type(Kind.LABEL, annotation)
    simple = {bool: TRUTH, date: DATE, str: TEXT, int: Type(Kind.NUMBER), Decimal: Type(Kind.NUMBER, None, places)}
    return simple.get(annotation)
