"""Symbolic people: everything known of a person, an opening and a pair, as unknowns of a solver, and back again.

What a symbolic person can't be: dates are positions on a line of equal months, with days up to the 28th (boundaries at
later days of a month are left to the generated tests); no two records of a history are of one day, so that their order is
known, and none may be another one delivered twice; no number is above 100,000; appraisals, definitive posts, leaves
and contracts do not overlap, and an appraisal is decided after its period; a unit that a rule asks about is one of the agency's. Each
history has slots in the order of time, as many as `smt_records` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import combinations, pairwise
from typing import Any, get_args, get_type_hints

import z3
from annotated_types import Ge, Le

from asnpolicy.language import dates
from asnpolicy.language.nodes import Field, Fold, Kind, Scope, Type, walk
from asnpolicy.language.reading import Question, fields_of, record_fields, spec
from asnpolicy.people import ABSENT, HISTORIES, OPEN, Agency, Candidacy, Employee, Pair
from asnpolicy.people.posts import Jenjang, PostKind
from asnpolicy.people.status import Employment

APART = ("posts", "leaves", "contracts")
"""The histories whose spans do not overlap; posts that someone holds in an acting capacity may."""
OTHER, ANOTHER = "lain", "lain lagi"
"""Two texts that no rule names: so that two fields can be other, and yet not the same."""
MOST = 100_000
"""The largest number, where a field names no smaller one."""
YEAR = 12 * dates.MONTH
OPEN_POSITION = dates.position(OPEN)
EARLIEST, LATEST = dates.position(date(1940, 1, 1)), dates.position(date(2120, 1, 1))


@dataclass(frozen=True, slots=True)
class Term:
    """A value in the solver: a number, whether it is absent, and its cases when it is one of a few constants."""

    value: Any
    absent: Any = field(default_factory=lambda: z3.BoolVal(False))
    cases: tuple[tuple[Any, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """A record that may be there."""

    there: Any
    fields: dict[str, Term]
    placed: Any


class Person:
    """The unknowns of one question; the same names are the same unknowns."""

    def __init__(self, texts: Iterable[str], suffix: str = "", most: Mapping[str, int] | None = None) -> None:
        """`most`: how many records each history has at most, one where nothing is said."""
        self.most = most or {}
        self.texts = [OTHER, ANOTHER, *sorted(set(texts) - {OTHER, ANOTHER})]
        self.suffix = suffix
        self.fields: dict[tuple[Scope, str], Term] = {}
        self.histories: dict[str, list[Slot]] = {}
        self.has: dict[tuple[str, str], Any] = {}
        self.folds: dict[Fold, Term] = {}
        """What folds come to, where records are left out of sight."""
        self.rules: list[Any] = []
        """What every possible person obeys."""
        self.usual: list[Any] = []
        """What most people obey: who shows something should be one of them, where one of them does."""
        self._told_of: set[str] = set()

    # Unknowns

    def field(self, scope: Scope, name: str, type_: Type) -> Term:
        """Give a field of the person, the opening, the pair or the partner."""
        if scope == "mentee":
            scope = "employee"
        if (scope, name) not in self.fields:
            term = self._term(f"{scope}.{name}", type_)
            self.fields[scope, name] = term
            if not _can_be_absent(scope, name):
                self.rules.append(z3.Not(term.absent))
            self._tell(scope, name, term)
        return self.fields[scope, name]

    def contains(self, name: str, text: str) -> Any:
        """Say that a set of texts has one."""
        return self.has.setdefault((name, text), z3.Bool(f"{name} has {text}{self.suffix}"))

    def fold(self, node: Fold) -> Term:
        """Give what a fold comes to, when that may be anything."""
        name = f"fold {len(self.folds)}{self.suffix}"
        return self.folds.setdefault(node, Term(z3.Int(name), z3.Bool(f"no {name}")))

    def slots(self, history: str) -> list[Slot]:
        """Give the records of a history."""
        if history not in self.histories:
            made = [self._slot(history, at) for at in range(self.most.get(history, 1))]
            self.histories[history] = made
            self._order(history, made)
        return self.histories[history]

    def _slot(self, history: str, at: int) -> Slot:
        there = z3.Bool(f"{history}[{at}]{self.suffix}")
        terms = {
            name: self._term(f"{history}[{at}].{name}", type_, _limits(history, name))
            for name, type_ in record_fields(history).items()
        }
        for name, term in terms.items():
            if not _record_can_be_absent(history, name):
                self.rules.append(z3.Not(term.absent))
        slot = Slot(there, terms, terms[spec(history).placed_by].value)
        self.rules += _sound(history, slot)
        self.usual += _usual(history, slot)
        return slot

    def _order(self, history: str, made: list[Slot]) -> None:
        for before, after in pairwise(made):
            self.rules.append(z3.Implies(after.there, before.there))
            last = before.fields["period_end"].value if history == "appraisals" else before.placed
            self.rules.append(z3.Implies(after.there, last < after.placed))
        if history == "ranks" and made:  # a PPPK holds none
            self.rules.append(z3.Implies(self._pppk(), z3.Not(made[0].there)))
        if history in APART:
            self.rules += [z3.Implies(b.there, _apart(history, a, b)) for a, b in combinations(made, 2)]

    def _term(self, name: str, type_: Type, limits: tuple[int, int] = (0, MOST)) -> Term:
        value, absent = z3.Int(f"{name}{self.suffix}"), z3.Bool(f"no {name}{self.suffix}")
        match type_.kind:
            case Kind.DATE:
                self.rules.append(self._date(name, value))
            case Kind.LABEL:
                self.rules.append(z3.And(value >= 1, value <= len(type_.labels or ())))
            case Kind.TRUTH:
                self.rules.append(z3.Or(value == 0, value == 1))
            case Kind.TEXT:
                self.rules.append(z3.And(value >= 0, value < len(self.texts)))
            case _:
                self.rules.append(z3.And(value >= limits[0] * 10**type_.places, value <= limits[1] * 10**type_.places))
        return Term(value, absent)

    def _date(self, name: str, value: Any) -> Any:
        month, day = z3.Int(f"month of {name}{self.suffix}"), z3.Int(f"day of {name}{self.suffix}")
        last = dates.MONTH - 1 if name.endswith("period_end") else 27
        real = z3.And(value == month * dates.MONTH + day, day >= 0, day <= last, value >= EARLIEST, value <= LATEST)
        return z3.Or(real, value == OPEN_POSITION) if name.endswith("until") else real

    def _tell(self, scope: Scope, name: str, term: Term) -> None:
        """State what holds between fields, once both are asked for."""
        del term
        if scope != "employee" or name in self._told_of:
            return
        self._told_of.add(name)
        if name in ("cpns_on", "pns_on"):
            self.rules.append(self.fields[scope, name].absent == self._pppk())
        if name in ("cpns_on", "birth_date"):
            born = self.field("employee", "birth_date", fields_of("employee")["birth_date"]).value
            begun = self.field("employee", "cpns_on", fields_of("employee")["cpns_on"])
            self.rules.append(z3.Or(begun.absent, begun.value >= born + 20 * YEAR))

    def _pppk(self) -> Any:
        """Say that the person is under a contract, full or part time."""
        employment = self.field("employee", "employment", fields_of("employee")["employment"])
        kinds = [employment.value == int(kind) for kind in Employment if kind.is_pppk]
        return z3.And(z3.Not(employment.absent), z3.Or(kinds))

    def same_but(self, other: Person, scope: Scope, name: str) -> list[Any]:
        """Say that two people differ at most in one field."""
        parts = []
        for key, term in self.fields.items():
            if key != (scope, name):
                parts.append(_same(term, other.fields[key]))
        for history, slots in self.histories.items():
            for one, twin_slot in zip(slots, other.slots(history), strict=True):
                parts.append(one.there == twin_slot.there)
                parts += [_same(term, twin_slot.fields[field]) for field, term in one.fields.items()]
        parts += [fact == other.contains(*key) for key, fact in self.has.items()]
        alike = [node for node in self.folds if not _reads(node, scope, name)]
        parts += [_same(self.folds[node], other.folds[node]) for node in alike]
        return parts

    # Back to a question

    def question(self, model: Any, as_of: date, agency: Agency) -> Question:
        """Give the concrete question that a model describes; what was never asked for is filled in plainly."""
        person: dict[str, Any] = {"protected": {}}
        for name, type_ in fields_of("employee").items():
            value = self._concrete(model, ("employee", name), type_)
            if name.startswith("protected."):
                person["protected"][name.removeprefix("protected.")] = value
            else:
                person[name] = value
        for history in HISTORIES:
            person[history] = {"records": self._records(model, history), "complete_since": "all"}
        person["interests"] = [text for (_, text), fact in self.has.items() if z3.is_true(model.eval(fact, True))]
        person["nip"] = _nip(person)
        employee = Employee.model_validate(person)
        opening = Candidacy(**self._scope(model, "opening"))
        pair = Pair(**self._scope(model, "pair"))
        mentor_fields = {n: v for n, v in self._scope(model, "mentor").items() if "." not in n}
        mentor = employee.model_copy(update=mentor_fields)
        return Question(as_of, employee, opening, mentor, employee, pair, agency)

    def _scope(self, model: Any, scope: Scope) -> dict[str, Any]:
        known = fields_of(scope).items()
        return {name: self._concrete(model, (scope, name), type_) for name, type_ in known}

    def _concrete(self, model: Any, key: tuple[Scope, str], type_: Type) -> Any:
        term = self.fields.get(key)
        if term is None:
            return _PLAIN.get(key[1])
        return self._decoded(model, term, type_)

    def _decoded(self, model: Any, term: Term, type_: Type) -> Any:
        if z3.is_true(model.eval(term.absent, True)):
            return ABSENT
        value = model.eval(term.value, True).as_long()
        match type_.kind:
            case Kind.DATE:
                return day_of(value)
            case Kind.LABEL:
                return next(m for m in type_.labels or () if int(m) == value)
            case Kind.TRUTH:
                return bool(value)
            case Kind.TEXT:
                return self.texts[value]
            case _:
                return Decimal(value).scaleb(-type_.places) if type_.places else value

    def _records(self, model: Any, history: str) -> list[dict[str, Any]]:
        slots = [s for s in self.histories.get(history, ()) if z3.is_true(model.eval(s.there, True))]
        return [self._record(model, history, slot) for slot in slots]

    def _record(self, model: Any, history: str, slot: Slot) -> dict[str, Any]:
        types = record_fields(history)
        names = APPRAISED if history == "appraisals" else tuple(types)
        given = {name: self._decoded(model, slot.fields[name], types[name]) for name in names}
        return {k: v for k, v in given.items() if v is not ABSENT or _record_can_be_absent(history, k)}


APPRAISED = ("year", "period_start", "period_end", "rating", "decided_on")
"""What an appraisal is given by: its predicate, and not the two parts that it comes from."""
_PLAIN: dict[str, Any] = {"employment": "PNS", "service_status": "aktif"}


def day_of(position: int) -> date:
    """Give the day at a position."""
    if position >= OPEN_POSITION:
        return OPEN
    month, day = divmod(position, dates.MONTH)
    return date(month // 12, month % 12 + 1, day + 1)


def _nip(person: dict[str, Any]) -> str:
    born = person.get("birth_date") or date(1985, 1, 1)
    begun = person.get("cpns_on")
    sex = 2 if str((person["protected"] or {}).get("sex")) == "P" else 1
    if str(person.get("employment")).startswith("PPPK"):
        return f"{born:%Y%m%d}{born.year + 30}21{sex}001"
    if not isinstance(begun, date):
        begun = date(born.year + 25, 3, 1)
    return f"{born:%Y%m%d}{begun.year}{begun.month:02d}{sex}001"


def _same(one: Term, other: Term) -> Any:
    return z3.And(one.value == other.value, one.absent == other.absent)


def _reads(node: Fold, scope: Scope, name: str) -> bool:
    return any(isinstance(part, Field) and (part.scope, part.name) == (scope, name) for part in walk(node))


def _apart(history: str, before: Slot, after: Slot) -> Any:
    apart = before.fields["until"].value <= after.placed
    beside = [z3.Not(_definitive(slot)) for slot in (before, after) if history == "posts"]
    return z3.Or(apart, *beside)


def _definitive(slot: Slot) -> Any:
    return z3.And(slot.fields["acting"].value == 0, slot.fields["kind"].value != int(PostKind.TUGAS_TAMBAHAN))


def _sound(history: str, slot: Slot) -> list[Any]:
    """State what the records of a history obey."""
    f = slot.fields
    rules = []
    ends = spec(history).ends_by
    if ends is not None:
        rules.append(f[ends].value >= slot.placed)
    if history == "appraisals":
        rules += _sound_appraisal(f)
    if history == "posts":
        kind, functional, plain = f["kind"].value, int(PostKind.FUNGSIONAL), int(PostKind.PELAKSANA)
        main = kind != int(PostKind.TUGAS_TAMBAHAN)
        rules += [z3.Implies(main, f[name].absent == (kind != functional)) for name in ("jenjang", "category")]
        rules.append(z3.Implies(main, f["echelon"].absent == z3.Or(kind == functional, kind == plain)))
        rules.append(f["category"].value == z3.If(f["jenjang"].value <= int(Jenjang.PENYELIA), 1, 2))
    if history == "educations":
        rules.append(z3.Or(f["recognised_on"].absent, f["recognised_on"].value >= slot.placed))
    return rules


def _sound_appraisal(f: dict[str, Term]) -> list[Any]:
    """A period lies within its year, and ends on a day that each month has, or with the year."""
    year, start, end = f["year"].value, f["period_start"].value, f["period_end"].value
    first, last = _part(start, "month"), _part(end, "month")
    return [
        year * 12 <= first,
        start <= end,
        end < (year + 1) * YEAR,
        z3.Or(_part(end, "day") <= 27, end == (year + 1) * YEAR - 1),
        f["months"].value == last - first + 1,
        f["decided_on"].value > end,
    ]


def _part(day: Any, part: str) -> Any:
    """Give the month or the day that a date was made of."""
    return z3.Int(f"{part} of {day.decl().name()}")


def _usual(history: str, slot: Slot) -> list[Any]:
    """An appraisal is mostly of a whole year, and is known on the day after."""
    if history != "appraisals":
        return []
    f = slot.fields
    year = f["year"].value
    return [
        slot.placed == year * YEAR,
        f["period_end"].value == (year + 1) * YEAR - 1,
        f["decided_on"].value == (year + 1) * YEAR,
    ]


@cache
def _limits(history: str, name: str) -> tuple[int, int]:
    """Give the smallest and the largest number that a field of a record may have."""
    hint = get_type_hints(HISTORIES[history], include_extras=True).get(name, int)
    marks = [mark for part in (hint, *get_args(hint)) for mark in getattr(part, "__metadata__", ())]
    limits: list[Any] = [limit for mark in marks for limit in getattr(mark, "metadata", ())]
    least = [_whole(limit.ge) for limit in limits if isinstance(limit, Ge)]
    most = [_whole(limit.le) for limit in limits if isinstance(limit, Le)]
    return max(least, default=0), min(most, default=MOST)


def _whole(limit: Any) -> int:
    return int(limit)


def _can_be_absent(scope: Scope, name: str) -> bool:
    model: type = {"opening": Candidacy, "pair": Pair}.get(scope, Employee)
    annotation = model.__annotations__.get(name.removeprefix("protected."), "")
    return "Absent" in str(annotation)


def _record_can_be_absent(history: str, name: str) -> bool:
    return "Absent" in str(HISTORIES[history].__annotations__.get(name, ""))
