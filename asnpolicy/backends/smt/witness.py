"""Witnesses: what a model of the solver says of symbolic people, as employees like any other."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import z3

from asnpolicy.backends.smt.people import Person, day_of, record_can_be_absent
from asnpolicy.backends.smt.units import Units
from asnpolicy.language.nodes import Fold, Kind, Node, RecordField, Scope, Type, children
from asnpolicy.language.reading import Question, fields_of, record_fields, spec
from asnpolicy.people import ABSENT, HISTORIES, Agency, Employee, Opening, Pair
from asnpolicy.people.agency import NO_CANDIDACY, candidacy
from asnpolicy.people.status import Employment

APPRAISED = ("year", "period_start", "period_end", "rating", "decided_on")
"""What an appraisal is given by: its predicate, and not the two parts that it comes from."""
NEEDED = {
    "posts": ("kind", "category", "jenjang", "echelon", "acting"),
    "contracts": ("part_time",),
    "appraisals": APPRAISED,
    "statuses": ("status",),
}
"""What is given of a record whether a rule looks at it or not: without it, what the record is would not be known."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Somebody concrete who shows something, on a day, in an agency, before an opening or beside a partner."""

    employee: Employee
    as_of: date
    agency: Agency
    opening: Opening | None = None
    mentor: Employee | None = None
    pair: Pair | None = None

    @property
    def question(self) -> Question:
        """Return what the definition is asked: the person as seen on the day, with what is asked beside."""
        person = self.employee.view(self.as_of)
        before = NO_CANDIDACY if self.opening is None else candidacy(person, self.opening, self.as_of)
        plain = Question(self.as_of, person, before, agency=self.agency)
        if self.mentor is None or self.pair is None:
            return replace(plain, mentee=person)
        return replace(plain, mentor=self.mentor, mentee=person, pair=self.pair)


class Maker:
    """Makes people of what a model says."""

    def __init__(
        self,
        model: Any,
        conditions: Iterable[Node],
        like: Employee | None,
        whole: Container[tuple[str, str]] = (),
    ) -> None:
        """`like`: who stands for whatever the conditions do not look at; `whole`: the histories that are as theirs."""
        self.model, self.like, self.whole = model, like, whole
        self.read = record_fields_read(conditions)

    def witness(self, person: Person, units: Units) -> Witness:
        """Return a person; of the records that do not matter, those that the others contradict are left out."""
        as_of = day_of(self._number(person.day))
        employee = self._coherent(person, as_of)
        agency = units.agency(self.model)
        opening = self._opening(person) if any(scope == "opening" for scope, _ in person.fields) else None
        mentor, pair = None, None
        if any(scope in ("mentor", "pair") for scope, _ in person.fields):
            named = {n: v for n, v in self._scope(person, "mentor").items() if "." not in n}
            mentor = employee.model_copy(update=named)
            pair = Pair(**self._scope(person, "pair"))
        return Witness(employee, as_of, agency, opening, mentor, pair)

    def _number(self, term: Any) -> int:
        return int(self.model.eval(term, True).as_long())

    def _coherent(self, person: Person, as_of: date) -> Employee:
        """Leave out, of what is only there to fill in, whatever a finding touches; all of it where that is not enough."""
        without: set[str] = set()
        for _ in range(len(HISTORIES)):
            employee = self._employee(person, as_of, without)
            found = [one for one in employee.findings(as_of) if one.unknown]
            touched = {name for one in found for name in one.data if name in HISTORIES and name not in person.histories}
            if not found or touched <= without:
                break
            without |= touched
        return employee if not found else self._employee(person, as_of, set(HISTORIES))

    def _employee(self, person: Person, as_of: date, without: set[str]) -> Employee:
        data: dict[str, Any] = {"protected": {}}
        for name, type_ in fields_of("employee").items():
            into = data["protected"] if name.startswith("protected.") else data
            into[name.removeprefix("protected.")] = self._field(person, name, type_)
        for history in HISTORIES:
            data[history] = self._history(person, history, without)
        told = [text for (name, text), has in person.has.items() if name == "interests" and self._true(has)]
        data["interests"] = tuple(told) if person.has or self.like is None else self.like.interests
        if str(data["employment"]) in _PART_TIME and "contracts" not in person.histories:
            data["contracts"] = _complete([_contract(as_of, part_time=_PART_TIME[str(data["employment"])])])
        data["nip"] = _nip(data)
        return Employee.model_validate(data)

    def _true(self, term: Any) -> bool:
        return bool(z3.is_true(self.model.eval(term, True)))

    def _field(self, person: Person, name: str, type_: Type) -> Any:
        term = person.fields.get(("employee", name))
        if term is not None:
            return self.decoded(person, term, type_)
        if self.like is None:
            return _PLAIN.get(name)
        owner: Any = self.like.protected if name.startswith("protected.") else self.like
        return getattr(owner, name.removeprefix("protected."))

    def _history(self, person: Person, history: str, without: set[str]) -> Any:
        if history not in person.histories:
            return _complete([]) if history in without or self.like is None else getattr(self.like, history)
        if self.like is not None and (history, person.suffix) in self.whole:
            return getattr(self.like, history)
        slots = [slot for slot in person.histories[history] if self._true(slot.there)]
        types = record_fields(history)
        kept = {*self.read.get(history, ()), *spec(history).dated, *NEEDED.get(history, ())}
        if len({self._number(slot.placed) for slot in slots}) < len(slots):
            kept |= {*HISTORIES[history].identity}  # else two of one day might be one
        names = APPRAISED if history == "appraisals" else tuple(name for name in types if name in kept)
        records = []
        for slot in slots:
            given = {name: self.decoded(person, slot.fields[name], types[name]) for name in names if name in types}
            records.append({k: v for k, v in given.items() if v is not ABSENT or record_can_be_absent(history, k)})
        return _complete(records)

    def _opening(self, person: Person) -> Opening:
        named = self._scope(person, "opening")
        lacking = int(named.pop("competency_gaps", None) or 0)
        standard = tuple({"code": f"kompetensi-{at + 1}", "level": 1} for at in range(lacking))
        return Opening.model_validate({"id": "lowongan", **named, "competencies": standard})

    def _scope(self, person: Person, scope: Scope) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, type_ in fields_of(scope).items():
            term = person.fields.get((scope, name))
            found[name] = _PLAIN.get(name) if term is None else self.decoded(person, term, type_)
        return found

    def decoded(self, person: Person, term: Any, type_: Type) -> Any:
        """Return a value of the model as people hold it."""
        if self._true(term.absent):
            return ABSENT
        value = self._number(term.value)
        match type_.kind:
            case Kind.DATE:
                return day_of(value)
            case Kind.LABEL:
                return next(m for m in type_.labels or () if int(m) == value)
            case Kind.TRUTH:
                return bool(value)
            case Kind.TEXT:
                return person.texts[value]
            case _:
                return Decimal(value).scaleb(-type_.places) if type_.places else value


def _complete(records: list[Any]) -> dict[str, Any]:
    return {"records": records, "complete_since": "all"}


def _contract(as_of: date, *, part_time: bool) -> dict[str, Any]:
    since = date(as_of.year - 1, 1, 1)
    return {"since": since, "until": date(as_of.year + 4, 1, 1), "part_time": part_time}


def record_fields_read(conditions: Iterable[Node]) -> Mapping[str, frozenset[str]]:
    """Name the fields of each history's records that conditions look at."""
    found: dict[str, set[str]] = {}

    def look(node: Node, history: str) -> None:
        if isinstance(node, RecordField):
            found.setdefault(history, set()).add(node.name)
        for child in children(node):
            look(child, node.history if isinstance(node, Fold) else history)

    for condition in conditions:
        look(condition, "")
    return {history: frozenset(names) for history, names in found.items()}


_PLAIN: dict[str, Any] = {"employment": "PNS", "service_status": "aktif"}
_PART_TIME = {str(Employment.PPPK): False, str(Employment.PPPK_PARUH_WAKTU): True}


def _nip(person: dict[str, Any]) -> str:
    """Return a number that says what the person's own dates and sex say."""
    born = person.get("birth_date") or date(1985, 1, 1)
    begun = person.get("cpns_on")
    sex = 2 if str((person["protected"] or {}).get("sex")) == "P" else 1
    if str(person.get("employment")) in _PART_TIME:
        return f"{born:%Y%m%d}{born.year + 30}21{sex}001"
    if not isinstance(begun, date):
        begun = date(born.year + 25, 3, 1)
    return f"{born:%Y%m%d}{begun.year}{begun.month:02d}{sex}001"


def contradicted(witness: Witness) -> bool:
    """Tell whether anything on record about a witness is contradicted on the day."""
    return any(found.unknown for found in witness.employee.findings(witness.as_of))
