"""Cases: an author's tests, with the people they are about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from asnpolicy.people import Agency, Employee, Opening
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.people.refusals import checked, refusals
from asnpolicy.policy.policy import Policy
from asnpolicy.policy.surface.cases import (
    CaseForm,
    ExpectedWord,
    OpeningForm,
    Tests,
    UnitsForm,
    WhoForm,
    tests_in,
    tests_of,
)
from asnpolicy.policy.surface.names import Name
from asnpolicy.policy.surface.people import PersonForm
from asnpolicy.problems import Place, Problems

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Case:
    """A person, a day and a rule, with what is expected."""

    name: str
    place: Place
    employee: Employee
    as_of: date
    rule: str
    expected: tuple[tuple[ExpectedWord, Any], ...]
    opening: Opening | None = None
    mentor: Employee | None = None
    agency: Agency = NO_AGENCY


def typical(policy: Policy, problems: Problems) -> dict[str, Employee]:
    """Return the typical people of a policy, by name."""
    making = _Making.of(policy, problems)
    people = {name: making.person(name) for name in making.people}
    return {name: person for name, person in people.items() if person is not None}


def cases_of(policy: Policy, problems: Problems) -> list[Case]:
    """Return the cases of the region itself; its base's are tested with the base."""
    making = _Making.of(policy, problems)
    found = [making.case(form) for form in making.cases]
    return [case for case in found if case is not None]


def cases_in(policy: Policy, text: str, problems: Problems) -> list[Case]:
    """Return the cases that a text holds, one a line as they stand under `cases:`, about the people of a policy."""
    written = {"": f"cases:\n{text}\n".encode()}
    making = _Making.of(policy, problems)
    found = [making.case(form) for form in tests_in(policy.region, written, problems).cases.values()]
    return [case for case in found if case is not None]


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes the people and cases of a policy from what is written of them."""

    policy: Policy
    problems: Problems
    people: dict[str, PersonForm | None]
    cases: tuple[CaseForm, ...]
    whole: bool

    @classmethod
    def of(cls, policy: Policy, problems: Problems) -> _Making:
        people: dict[str, PersonForm | None] = {}
        own, whole = Tests(), True
        for documents in reversed(policy.merged.chain):
            own = tests_of(documents, problems)
            people |= {name: declared.form for name, declared in own.typical.items()}
            whole = whole and own.whole
        return cls(policy, problems, people, tuple(own.cases.values()), whole)

    def case(self, form: CaseForm) -> Case | None:
        before = len(self.problems.found)
        employee = self.who(form.who)
        rule = self.rule(form.rule) if form.rule else None
        mentor = self.who(form.mentor) if form.mentor else None
        opening = self.opening(form.opening) if form.opening else None
        agency = self.agency(form.units) if form.units else NO_AGENCY
        told = not form.whole or len(self.problems.found) > before
        if told or employee is None or form.as_of is None or rule is None:
            return None
        place = form.name.place
        return Case(
            form.name.text, place, employee, form.as_of, rule, form.expected, opening, mentor, agency or NO_AGENCY
        )

    def rule(self, name: Name) -> str:
        if name.text not in self.policy.rules:
            self.problems.unknown("unknown-rule", name.text, "rule", name.place, self.policy.rules)
        return name.text

    def who(self, form: WhoForm) -> Employee | None:
        """Make somebody typical, with what differs."""
        if form.like is None:
            return None
        name = form.like.text
        if name in self.people:
            return self.person(name, form.but)
        if self.whole:
            known = ", ".join(sorted(self.people)) or "nobody"
            message = f"unknown typical person `{name}`"
            self.problems.add("unknown-typical", message, form.like.place, f"there is: {known}")
        return None

    def person(self, name: str, but: PersonForm | None = None) -> Employee | None:
        form = self.people[name]
        if form is None:
            return None

        def place_of(steps: tuple[Any, ...]) -> Place:
            """What differs is looked at first: what is amiss with the person alone is told of the person alone."""
            return (but.place_of(steps) if but else None) or form.place_of(steps) or (but or form).place

        return self._model(Employee, form.laid_over(but).data(), place_of)

    def opening(self, form: OpeningForm) -> Opening | None:
        return self._model(Opening, {"id": "opening", **form.data}, form.place_of)

    def agency(self, form: UnitsForm) -> Agency | None:
        units = [{"code": code, "part_of": above} for code, above in form.units]
        return self._model(Agency, {"units": units}, form.place_of)

    def _model(self, model: type[M], data: Any, place_of: Callable[[tuple[Any, ...]], Place]) -> M | None:
        try:
            return checked(model, data)
        except ValidationError as error:
            for steps, sentence in refusals(error, "this").items():
                help = "correct the value, or write `unknown`"
                self.problems.add("wrong-person", sentence, place_of(steps), help)
            return None
