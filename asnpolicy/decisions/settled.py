"""Settled facts: all that a decision read, each with its value as it was decided on, and the question made of them again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from json.encoder import encode_basestring as quoted
from typing import Any
from typing import Literal as Choice

from pydantic import TypeAdapter

from asnpolicy.decisions.sealing import Part, canonical
from asnpolicy.language.reading import Question, nobody
from asnpolicy.language.rules import Rule
from asnpolicy.people import Absent, Agency, Candidacy, Employee, Label, Pair
from asnpolicy.people.model import Model
from asnpolicy.people.periods import each_month_once

Whose = Choice["employee", "mentor", "mentee", "opening", "pair", "agency"]
PEOPLE: tuple[Whose, ...] = ("employee", "mentor", "mentee")
OF_PROTECTED = "protected."


class SettledFact(Part):
    """One field or history that a decision read: whose it is, its name, and its value in JSON; `null` is not known.

    It is the value that was decided on: what data findings leave unknown is unknown here, what stood twice stands once.
    """

    whose: Whose
    name: str
    value: str


def settled(rules: Iterable[Rule], question: Question) -> tuple[SettledFact, ...]:
    """Return all that some rules may read of a question."""
    names: dict[str, set[str]] = {}
    for scope, name in {field for rule in rules for field in rule.reads}:
        names.setdefault(scope, set()).add(name)
    for scope in PEOPLE:
        if scope in names and getattr(question, scope).known_on is not None:
            names[scope].add("known_on")
    return tuple(
        SettledFact.of_fields(whose=scope, name=name, value=_in_json(value))
        for scope in sorted(names)
        for name, value in sorted(_values(getattr(question, scope), names[scope]).items())
    )


def _in_json(value: Any) -> str:
    if value is None:
        return "null"
    return quoted(value) if type(value) is str else canonical(value)


def _values(subject: Any, names: set[str]) -> dict[str, Any]:
    if not isinstance(subject, Model):  # an opening or a pair
        return {name: _written(getattr(subject, name)) for name in names}
    protected = {name.removeprefix(OF_PROTECTED) for name in names if name.startswith(OF_PROTECTED)}
    include: dict[str, Any] = {name: True for name in names if not name.startswith(OF_PROTECTED)}
    include |= {"protected": protected} if protected else {}
    dumped = subject.model_dump(mode="json", include=include, exclude_defaults=True)
    inside = dumped.get("protected", {})
    return {
        name: inside.get(name[len(OF_PROTECTED) :]) if name.startswith(OF_PROTECTED) else dumped.get(name)
        for name in names
    }


def _written(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, (Label, Absent)) else value


def question_of(facts: Iterable[SettledFact], nip: str, as_of: date) -> Question:
    """Make the question of settled facts again; raises ValueError for facts that are none."""
    of: dict[str, dict[str, Any]] = {}
    for one in facts:
        value = json.loads(one.value)
        promised = isinstance(value, dict) and "complete_since" in value  # of no records where none are written
        of.setdefault(one.whose, {})[one.name] = {"records": [], **value} if promised else value
    people = {
        scope: _person(of[scope], nip if scope == "employee" else nobody().nip) for scope in PEOPLE if scope in of
    }
    return Question(
        as_of,
        people.get("employee") or Employee(nip=nip),
        _plain(Candidacy, of.get("opening", {})),
        people.get("mentor") or nobody(),
        people.get("mentee") or nobody(),
        _plain(Pair, of.get("pair", {})),
        Agency.model_validate(of.get("agency", {})),
    )


def _person(values: Mapping[str, Any], nip: str) -> Employee:
    protected = {name[len(OF_PROTECTED) :]: value for name, value in values.items() if name.startswith(OF_PROTECTED)}
    own = {name: value for name, value in values.items() if not name.startswith(OF_PROTECTED)}
    person = Employee.model_validate({"cpns_on": None, "pns_on": None, **own, "nip": nip, "protected": protected})
    counted = each_month_once(person.appraisals.records)
    return person.model_copy(update={"appraisals": person.appraisals.with_records(counted)})


def _plain(kind: type[Any], values: Mapping[str, Any]) -> Any:
    known = {field.name for field in fields(kind)}
    return TypeAdapter(kind).validate_python({name: value for name, value in values.items() if name in known})
