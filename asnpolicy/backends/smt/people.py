"""Symbolic people: everything known of a person, an opening and a pair, as unknowns of a solver, and back again.

Dates are positions on a line of equal months; people whose days all are one of the first 28 of a month are easier to find than
those who may have any day (`late`). Records of one day are in any order. What a symbolic person can't be: appraisals and
definitive posts do not overlap, and an appraisal is not decided before its last month, since else they are contradicted; a unit that a rule asks about
is one of the agency's. Each history has slots in the order of time, as many as `records` says.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import combinations, pairwise
from typing import Any, TypeAlias, get_args, get_type_hints

import z3
from annotated_types import Ge, Le

from asnpolicy.backends.smt.months import length_of
from asnpolicy.backends.smt.terms import all_of, any_of, negated
from asnpolicy.language import dates
from asnpolicy.language.nodes import Fold, Kind, RecordField, Scope, Type
from asnpolicy.language.reading import fields_of, record_fields, spec
from asnpolicy.people import HISTORIES, OPEN, Candidacy, Employee, Pair
from asnpolicy.people.posts import Jenjang, PostKind
from asnpolicy.people.status import Employment

OTHER, ANOTHER = "lain", "lain lagi"
"""Two texts that no rule names: so that two fields can be other, and yet not the same."""
MOST = 100_000
"""The largest number, where a field names no smaller one."""
YEAR = 12 * dates.MONTH
OPEN_POSITION = dates.position(OPEN)
EARLIEST, LATEST = dates.position(date(1940, 1, 1)), dates.position(date(2120, 1, 1))
FIRST_ROUND, LAST_ROUND = 1950, 2120
"""Between which years somebody was taken on."""


Cases: TypeAlias = tuple[tuple[Any, int], ...]
"""When a value is which of a few constants."""


_constants: tuple[Any, Any, Any] = (None, None, None)


def constant(value: bool) -> Any:
    """Return a truth value, the same term each time, so that it is known by its identity; each question begins anew."""
    global _constants  # noqa: PLW0603  # one for whatever the solver knows terms of
    known = _constants
    if known[0] is not z3.main_ctx():
        known = _constants = z3.main_ctx(), z3.BoolVal(False), z3.BoolVal(True)
    return known[1 + value]


def never() -> Any:
    """Return what never holds."""
    return constant(False)


@dataclass(frozen=True, slots=True)
class Term:
    """A value in the solver: a number, and whether it is absent."""

    value: Any
    absent: Any = field(default_factory=never)
    part: Callable[[], Cases] | None = None
    """Parts the value by cases, where it is one of a few constants; most are never asked."""

    @property
    def cases(self) -> Cases:
        """The cases of the value, when it is one of a few constants."""
        return () if self.part is None else self.part()


@dataclass(frozen=True, slots=True)
class Slot:
    """A record that may be there."""

    there: Any
    fields: dict[str, Term]
    placed: Any


class Person:
    """The unknowns of one question; the same names are the same unknowns."""

    def __init__(
        self,
        texts: Iterable[str],
        suffix: str = "",
        most: Mapping[str, int] | None = None,
        *,
        summed: Mapping[str, Container[str]] | None = None,
        late: bool = True,
    ) -> None:
        """`most`: how many records each history has at most, one where nothing is said. `late`: whether days 29 to 31 are days.

        `summed`: fields of records of which one stands for many, added up.
        """
        self.most, self.summed, self.late = most or {}, summed or {}, late
        self.day = z3.Int("as of")
        """The day that is asked about; it is the same for everybody in a question."""
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
        self.real: list[Any] = []
        """What a number of a record can't be above, though several added up in one may: whoever is shown obeys it."""
        self.in_order: set[str] = set()
        """The histories of which it matters which record is the later."""
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
                self.rules.append(negated(term.absent))
            self._tell(scope, name, term)
        return self.fields[scope, name]

    def contains(self, name: str, text: str) -> Any:
        """Say that a set of texts has one."""
        return self.has.setdefault((name, text), z3.Bool(f"{name} has {text}{self.suffix}"))

    def fold(self, node: Fold) -> Term:
        """Give what a fold comes to, when that may be anything."""
        if node not in self.folds:
            name = f"fold {len(self.folds)}{self.suffix}"
            counted = node.op in ("count", "sum")
            self.folds[node] = Term(z3.Int(name), never() if counted else z3.Bool(f"no {name}"))
            self.rules += _in_range(node, self.folds[node].value)
        return self.folds[node]

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
            name: self._term(f"{history}[{at}].{name}", type_, self._limits(history, name))
            for name, type_ in record_fields(history).items()
        }
        for name in (name for name in terms if name in self.summed.get(history, ())):
            most = limits_of(history, name)[1] * 10 ** record_fields(history)[name].places
            self.real.append(terms[name].value <= most)
        for name, term in terms.items():
            if not record_can_be_absent(history, name):
                self.rules.append(negated(term.absent))
        slot = Slot(there, terms, terms[spec(history).placed_by].value)
        self.rules += _sound(history, slot, self.late)
        self.usual += _usual(history, slot)
        return slot

    def _limits(self, history: str, name: str) -> tuple[int, int | None]:
        least, most = limits_of(history, name)
        return least, None if name in self.summed.get(history, ()) else most

    def _order(self, history: str, made: list[Slot]) -> None:
        for before, after in pairwise(made):
            self.rules.append(z3.Implies(after.there, before.there))
            apart = before.placed <= after.placed
            if history == "appraisals":
                apart = before.fields["period_end"].value < after.placed
            self.rules.append(z3.Implies(after.there, apart))
            self.usual.append(z3.Implies(after.there, before.placed < after.placed))
        if history == "ranks" and made:  # only a civil servant holds one
            self.rules.append(z3.Implies(self._outside(), negated(made[0].there)))
        if history == "posts":
            self.rules += [z3.Implies(b.there, _apart(a, b)) for a, b in combinations(made, 2)]
        if history in ("leaves", "contracts"):
            self.usual += [z3.Implies(b.there, a.fields["until"].value <= b.placed) for a, b in combinations(made, 2)]

    def _term(self, name: str, type_: Type, limits: tuple[int, int | None] = (0, MOST)) -> Term:
        value, absent = z3.Int(f"{name}{self.suffix}"), z3.Bool(f"no {name}{self.suffix}")
        match type_.kind:
            case Kind.DATE:
                self.rules.append(self._date(name, value))
            case Kind.LABEL:
                self.rules.append(all_of(value >= 1, value <= len(type_.labels or ())))
            case Kind.TRUTH:
                self.rules.append(any_of(value == 0, value == 1))
            case Kind.TEXT:
                self.rules.append(all_of(value >= 0, value < len(self.texts)))
            case _:
                least, most = limits
                self.rules.append(value >= least * 10**type_.places)
                self.rules += [] if most is None else [value <= most * 10**type_.places]
        return Term(value, absent)

    def _date(self, name: str, value: Any) -> Any:
        month, day = z3.Int(f"month of {name}{self.suffix}"), z3.Int(f"day of {name}{self.suffix}")
        some = dates.MONTH if name.endswith("period_end") else 28
        last = length_of(month) if self.late else some
        real = all_of(value == month * dates.MONTH + day, day >= 0, day < last, value >= EARLIEST, value <= LATEST)
        return any_of(real, value == OPEN_POSITION) if name.endswith("until") else real

    def _tell(self, scope: Scope, name: str, term: Term) -> None:
        """State what holds between fields, once both are asked for."""
        del term
        if scope != "employee" or name in self._told_of:
            return
        self._told_of.add(name)
        if name in ("cpns_on", "pns_on"):
            self.rules.append(self.fields[scope, name].absent == self._outside())
        if name == "recruitment_year":
            year = self.fields[scope, name]
            self.rules.append(any_of(year.absent, all_of(year.value >= FIRST_ROUND, year.value <= LAST_ROUND)))

    def _outside(self) -> Any:
        """Say that the person is no civil servant: under a contract, full or part time, or no longer under one."""
        employment = self.field("employee", "employment", fields_of("employee")["employment"])
        kinds = [employment.value == int(kind) for kind in Employment if kind.is_pppk]
        return any_of(employment.absent, *kinds)


def _in_range(node: Fold, value: Any) -> list[Any]:
    """Say what a fold can come to at all."""
    if node.op == "count":
        return [value >= 0]
    labels = node.value.type.labels if isinstance(node.value, RecordField) else None
    if labels is None or node.op not in ("latest", "least", "greatest"):  # the others come to a day, or to a sum
        return []
    instead = [value == int(node.otherwise)] if isinstance(node.otherwise, int) else []
    return [any_of(all_of(value >= 1, value <= len(labels)), *instead)]


def day_of(position: int) -> date:
    """Return the day at a position."""
    if position >= OPEN_POSITION:
        return OPEN
    month, day = divmod(position, dates.MONTH)
    return date(month // 12, month % 12 + 1, day + 1)


def _apart(before: Slot, after: Slot) -> Any:
    apart = before.fields["until"].value <= after.placed
    return any_of(apart, *(negated(definitive(slot)) for slot in (before, after)))


def definitive(slot: Slot) -> Any:
    """Say that a post is held in one's own right."""
    return all_of(slot.fields["acting"].value == 0, slot.fields["kind"].value != int(PostKind.TUGAS_TAMBAHAN))


def _sound(history: str, slot: Slot, late: bool) -> list[Any]:
    """State what the records of a history obey."""
    f = slot.fields
    rules = []
    ends = spec(history).ends_by
    if ends is not None:
        rules.append(f[ends].value >= slot.placed)
    if history == "appraisals":
        rules += _sound_appraisal(f, late)
    if history == "posts":
        kind, functional, plain = f["kind"].value, int(PostKind.FUNGSIONAL), int(PostKind.PELAKSANA)
        main = kind != int(PostKind.TUGAS_TAMBAHAN)
        rules += [z3.Implies(main, f[name].absent == (kind != functional)) for name in ("jenjang", "category")]
        rules.append(z3.Implies(main, f["echelon"].absent == any_of(kind == functional, kind == plain)))
        rules.append(f["acting_as"].absent == (f["acting"].value == 0))
        rules.append(f["category"].value == z3.If(f["jenjang"].value <= int(Jenjang.PENYELIA), 1, 2))
    if history == "educations":
        rules.append(any_of(f["recognised_on"].absent, f["recognised_on"].value >= slot.placed))
    return rules


def _sound_appraisal(f: dict[str, Term], late: bool) -> list[Any]:
    """A period lies within its year, and where no late days are days ends with the year, if on none of the others."""
    year, start, end = f["year"].value, f["period_start"].value, f["period_end"].value
    first, last = part_of(start, "month"), part_of(end, "month")
    return [
        year * 12 <= first,
        start <= end,
        end < (year + 1) * YEAR,
        *([] if late else [any_of(part_of(end, "day") <= 27, end == (year + 1) * YEAR - 1)]),
        f["months"].value == last - first + 1,
        f["decided_on"].value >= last * dates.MONTH,
    ]


def first_of_month(day: Any) -> Any:
    """Say that a date of a person is the first of a month."""
    return part_of(day, "day") == 0


def part_of(day: Any, part: str) -> Any:
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
def limits_of(history: str, name: str) -> tuple[int, int]:
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


def record_can_be_absent(history: str, name: str) -> bool:
    """Tell whether a field of a record may say that there is none."""
    return "Absent" in str(HISTORIES[history].__annotations__.get(name, ""))
