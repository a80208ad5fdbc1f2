"""Runs the terms of the solver on concrete people: each becomes one line of Python, and all of them one function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import z3

from asnpolicy.backends.smt.people import OTHER, Person, Term
from asnpolicy.backends.smt.rules import Translation, texts_of
from asnpolicy.backends.smt.search import Smt
from asnpolicy.backends.smt.units import Units
from asnpolicy.language import dates
from asnpolicy.language.nodes import Scope
from asnpolicy.language.reading import Question, fields_of, record_fields
from asnpolicy.people import ABSENT, COMPLETE, HISTORIES, Employee, Employment, Record
from tests.conformance.people import AGENCY, FIELDS, UNITS

Known = Mapping[str, int | bool]
FILLED: dict[str, Any] = {
    **dict.fromkeys(("field", "title", "unit", "kind", "code", "institution"), "umum"),
    "hours": 10,
    "passed": False,
    "needed_on_duty": True,
    "study_permit": True,
    "still_needed": True,
    "released": True,
    "jenjang": ABSENT,
    "echelon": ABSENT,
    "score": Decimal(50),
    "level": 1,
}
JOINED = {
    z3.Z3_OP_AND: " and ",
    z3.Z3_OP_OR: " or ",
    z3.Z3_OP_ADD: " + ",
    z3.Z3_OP_SUB: " - ",
    z3.Z3_OP_MUL: " * ",
    z3.Z3_OP_EQ: " == ",
    z3.Z3_OP_DISTINCT: " != ",  # of two
    z3.Z3_OP_LE: " <= ",
    z3.Z3_OP_LT: " < ",
    z3.Z3_OP_GE: " >= ",
    z3.Z3_OP_GT: " > ",
    z3.Z3_OP_MOD: " % ",
    z3.Z3_OP_IDIV: " // ",  # the same for what divides here: numbers above zero
}
WRITTEN = {
    z3.Z3_OP_TRUE: "True",
    z3.Z3_OP_FALSE: "False",
    z3.Z3_OP_NOT: "not {}",
    z3.Z3_OP_UMINUS: "-{}",
    z3.Z3_OP_ITE: "{1} if {0} else {2}",
    z3.Z3_OP_IMPLIES: "not {} or {}",
}


def written(terms: Mapping[str, tuple[Any, ...]]) -> Callable[[Known], dict[str, tuple[bool, ...]]]:
    """Give a function from what each unknown is, by its name, to what the terms come to."""
    lines: list[str] = []
    names: dict[int, str] = {}
    results = [f"{key!r}: ({''.join(_name(term, names, lines) + ', ' for term in terms[key])})," for key in terms]
    source = "\n    ".join(["def run(known):", *lines, f"return {{{' '.join(results)}}}"])
    space: dict[str, Any] = {}
    exec(compile(source, "<terms>", "exec"), space)  # noqa: S102
    return space["run"]


def _name(term: Any, names: dict[int, str], lines: list[str]) -> str:
    """Write a line for a term, after those for its parts; a term that was there before has one already."""
    key = term.get_id()
    if key not in names:
        parts = [_name(part, names, lines) for part in term.children()]
        text = _text(term, parts)
        if not parts and text[0] != "k":
            names[key] = text
        else:
            names[key] = f"t{len(names)}"
            lines.append(f"{names[key]} = {text}")
    return names[key]


def _text(term: Any, parts: list[str]) -> str:
    kind = term.decl().kind()
    if kind == z3.Z3_OP_ANUM:
        return f"({term.as_long()})"
    if kind == z3.Z3_OP_UNINTERPRETED and not parts:
        return f"known[{term.decl().name()!r}]"
    if kind in JOINED:
        return JOINED[kind].join(parts) if parts else str(kind == z3.Z3_OP_AND)
    return WRITTEN[kind].format(*parts)


# People


def fully_known(asked: Question, filler: Employee) -> Question:
    """Fill in what a question leaves unknown: from somebody else, or plainly."""
    person = asked.employee
    update = {n: getattr(filler, n) for n in Employee.model_fields if getattr(person, n) is None and n != "nip"}
    for name in HISTORIES:
        records = tuple(map(_filled, getattr(person, name).records))
        update[name] = getattr(person, name).model_copy(update={"records": records, "complete_since": COMPLETE})
    if update.get("unit", person.unit) not in {unit.code for unit in AGENCY.units}:
        update["unit"] = AGENCY.units[0].code
    person = person.model_copy(update=update)
    mentor = asked.mentor.model_copy(update={n: v for n, v in update.items() if getattr(asked.mentor, n) is None})
    return replace(asked, employee=person, mentee=person, mentor=mentor, agency=AGENCY)


def spoken_of(question: Question) -> bool:
    """Tell whether the solver speaks of such people: whole days, each thing once, each record on a day of its own, ranks of PNS."""
    person = question.employee
    ranked = bool(person.ranks.records) and person.employment in (Employment.PPPK, Employment.PPPK_PARUH_WAKTU)
    return question.plain and not ranked and all(getattr(person, name).strict for name in HISTORIES)


def _filled(record: Record) -> Record:
    open_ = {name: value for name, value in FILLED.items() if getattr(record, name, "") is None}
    return record.model_copy(update=open_) if open_ else record


def symbolic(smt: Smt, people: Iterable[Question]) -> Translation:
    """Give the rules over a symbolic person with room for anybody's records, in whom all texts are told apart."""
    people = list(people)
    most = {name: max([1, *(len(getattr(one.employee, name).records) for one in people)]) for name in HISTORIES}
    texts = {*texts_of(smt.conditions(*smt.rules)), *FIELDS, *UNITS, "umum"}
    person = Person(texts, most=most)
    return Translation(smt.rules, person, Units(person.texts, AGENCY))


def reader(person: Person) -> Callable[[Question], Known]:
    """Give a function that says what each unknown of a symbolic person is, by its name, for one question."""
    fields = [
        (scope, name, *_names(term), fields_of(scope)[name].places) for (scope, name), term in person.fields.items()
    ]
    slots = {
        history: [(_name_of(slot.there), [(name, *_names(slot.fields[name]), type_.places) for name, type_ in
                                          record_fields(history).items()]) for slot in made]
        for history, made in person.histories.items()
    }  # fmt: skip
    texts = [(name, text, _name_of(has)) for (name, text), has in person.has.items()]

    def known(question: Question) -> Known:
        found: dict[str, int | bool] = {}
        for scope, name, number, absent, places in fields:
            value = _read(question, scope, name)
            found[number], found[absent] = _number(person, value, places), value is ABSENT
        for history, made in slots.items():
            records = getattr(question.employee, history).records
            for at, (there, parts) in enumerate(made):
                found[there] = at < len(records)
                for name, number, absent, places in parts:
                    value = getattr(records[at], name) if at < len(records) else None
                    found[number], found[absent] = _number(person, value, places), value is ABSENT
        for name, text, has in texts:
            found[has] = text in (getattr(question.employee, name) or ())
        return found

    return known


def _name_of(term: Any) -> str:
    return term.decl().name()


def _names(term: Term) -> tuple[str, str]:
    return _name_of(term.value), _name_of(term.absent)


def _read(question: Question, scope: Scope, name: str) -> Any:
    value = question.subject(scope)
    for part in name.split("."):
        value = getattr(value, part)
    return value


def _number(person: Person, value: Any, places: int) -> int:
    match value:
        case None:
            return 0
        case date():
            return dates.position(value)
        case Decimal():
            return int(value.scaleb(places))
        case str():
            return person.texts.index(value if value in person.texts else OTHER)
        case _:
            return 0 if value is ABSENT else int(value)
