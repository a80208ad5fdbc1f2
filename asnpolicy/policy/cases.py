"""Cases: an author's tests, with the people they are about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from asnpolicy.people import Agency, Employee, Opening
from asnpolicy.people.agency import NO_AGENCY
from asnpolicy.people.refusals import THIS, checked, refusals
from asnpolicy.policy.asked import check_asked
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
from asnpolicy.policy.surface.rules import RULE_SECTIONS
from asnpolicy.problems import RULE, Place, Problems, there_is, unknown
from asnpolicy.text import Text, phrase

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
    waived: tuple[str, ...] = ()
    """The criteria that are waived for the person, by whoever may."""


def typical(policy: Policy, problems: Problems) -> dict[str, Employee]:
    """Return the typical people of a policy, by name."""
    making = _Making.of(policy, problems)
    people = {name: making.person(name) for name in making.people}
    return {name: person for name, person in people.items() if person is not None}


def names_of_cases(policy: Policy) -> tuple[Name, ...]:
    """Return the name of each case that is written, whether it can be asked or not."""
    return tuple(form.name for form in tests_of(policy.merged.chain[0], Problems()).cases.values())


def typical_places(policy: Policy) -> list[tuple[str, Place]]:
    """Return the typical people of the region itself, each with the place where it is written."""
    written = tests_of(policy.merged.chain[0], Problems()).typical
    return [(name, declared.place) for name, declared in sorted(written.items())]


def names_of_people(policy: Policy) -> tuple[str, ...]:
    """Return the names of the typical people of a policy, its bases' too."""
    return tuple(
        sorted({name for documents in policy.merged.chain for name in tests_of(documents, Problems()).typical})
    )


def without_case(policy: Policy) -> tuple[str, ...]:
    """Return the rules that the region itself writes and that no case of its own is about."""
    own = policy.merged.chain[0]
    forms = tests_of(own, Problems()).cases.values()
    asked = {form.rule.text.partition("/")[0].partition("@")[0] for form in forms if form.rule is not None}
    return tuple(
        name for section in RULE_SECTIONS if section != "leaving" for name in own.rules(section) if name not in asked
    )


def cases_of(policy: Policy, problems: Problems) -> list[Case]:
    """Return the cases of the region itself; its base's are tested with the base."""
    making = _Making.of(policy, problems)
    found = [making.case(form) for form in making.cases]
    return [case for case in found if case is not None]


def cases_about(policy: Policy, rule: str) -> list[Case]:
    """Return the cases that ask a rule, as far as they can be asked: of the region itself, then of what it extends."""
    making = _Making.of(policy, Problems())
    forms = [form for documents in policy.merged.chain for form in tests_of(documents, Problems()).cases.values()]
    found = [making.case(form) for form in forms if form.rule is not None and form.rule.text == rule]
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
        if rule is not None and len(self.problems.found) == before and form.whole:
            check_asked(self.policy, form, rule, self.problems)
        told = not form.whole or len(self.problems.found) > before
        if told or employee is None or form.as_of is None or rule is None:
            return None
        place, waived = form.name.place, tuple(name.text for name in form.waived)
        return Case(
            form.name.text, place, employee, form.as_of, rule, form.expected, opening, mentor, agency or NO_AGENCY, waived
        )

    def rule(self, name: Name) -> str:
        if name.text not in self.policy.rules:
            self.problems.unknown("unknown-rule", name.text, RULE, name.place, self.policy.rules)
        return name.text

    def who(self, form: WhoForm) -> Employee | None:
        """Make somebody typical, with what differs."""
        if form.like is None:
            return None
        name = form.like.text
        if name in self.people:
            return self.person(name, form.but)
        self._unknown(form.like)
        return None

    def _unknown(self, name: Name) -> None:
        if self.whole:
            what = Text("pegawai contoh", "typical person")
            self.problems.add("unknown-typical", unknown(what, name.text), name.place, there_is(sorted(self.people)))

    def person(self, name: str, but: PersonForm | None = None) -> Employee | None:
        forms = self._built_on(name)
        if forms is None:
            return None
        form = forms[0]
        for differs in forms[1:]:
            form = form.laid_over(differs)

        def place_of(steps: tuple[Any, ...]) -> Place:
            """What differs is looked at first: what is amiss with the person alone is told of the person alone."""
            written = [*forms, but] if but else forms
            places = (one.place_of(steps) for one in reversed(written))
            return next((place for place in places if place is not None), written[-1].place)

        return self._model(Employee, form.laid_over(but).data(), place_of)

    def _built_on(self, name: str) -> list[PersonForm] | None:
        """Return what is written of a typical person, after what is written of the one that it is like; None, with a problem."""
        found: list[PersonForm] = []
        passed = [name]
        while (form := self.people[passed[-1]]) is not None:
            found.insert(0, form)
            if form.like is None:
                return found
            if form.like.text in passed:
                circle = " → ".join([*passed, form.like.text])
                message = phrase(
                    en="{name} is like itself: {circle}", id="{name} meniru dirinya sendiri: {circle}", name=name, circle=circle
                )
                help = phrase(
                    en="let `{name}` be like somebody else, or give all of its own data",
                    id="jadikan `{name}` meniru pegawai contoh lain, atau tulis sendiri semua datanya",
                    name=name,
                )
                self.problems.add("circle", message, form.like.place, help)
                return None
            if form.like.text not in self.people:
                self._unknown(form.like)
                return None
            passed.append(form.like.text)
        return None

    def opening(self, form: OpeningForm) -> Opening | None:
        return self._model(Opening, {"id": "opening", **form.data}, form.place_of)

    def agency(self, form: UnitsForm) -> Agency | None:
        units = [{"code": code, "part_of": above} for code, above in form.units]
        return self._model(Agency, {"units": units}, form.place_of)

    def _model(self, model: type[M], data: Any, place_of: Callable[[tuple[Any, ...]], Place]) -> M | None:
        try:
            return checked(model, data)
        except ValidationError as error:
            for steps, sentence in refusals(error, THIS, numbered=False).items():
                help = phrase(en="correct the value, or write `unknown`", id="perbaiki nilainya, atau tulis `unknown`")
                self.problems.add("wrong-person", sentence, place_of(steps), help)
            return None
