"""The smt back end says what the definition says of fully known people, and its witnesses are replayed."""

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

import pytest
import z3

from asnpolicy.backends.definition import Definition
from asnpolicy.backends.smt import Smt
from asnpolicy.backends.smt_people import OTHER, SLOTS
from asnpolicy.language import dates
from asnpolicy.language.reading import fields_of, record_fields
from asnpolicy.language.rules import FAILED, HELD
from asnpolicy.people import ABSENT, COMPLETE, HISTORIES, Employee
from asnpolicy.policy.cases import typical
from asnpolicy.policy.library import load
from asnpolicy.problems import Problems
from tests.conformance.people import AGENCY, FIELDS, UNITS, day, employee, question

PEOPLE = int(os.environ.get("ASNPOLICY_PEOPLE", "300"))
AS_OF = date(2026, 10, 1)
RULES = load("jakarta").program(AS_OF).rules


@cache
def asked(region, as_of=AS_OF):
    return Smt(load(region).program(as_of), as_of)


def whole(record):
    """Fill in the texts that a record leaves open."""
    filled = dict.fromkeys(("field", "title", "unit", "kind", "code"), "umum")
    filled |= {"hours": 10, "passed": False, "jenjang": ABSENT, "echelon": ABSENT, "score": 50}
    open_ = {name: value for name, value in filled.items() if getattr(record, name, "") is None}
    return record.model_copy(update=open_) if open_ else record


def fitting(asked, filler):
    """Cut a question to what a symbolic person has: so many records, whole years, nothing unknown."""
    person = asked.employee
    update = {n: getattr(filler, n) for n in Employee.model_fields if getattr(person, n) is None and n != "nip"}
    for name in HISTORIES:
        history = getattr(person, name)
        update[name] = history.model_copy(
            update={
                "records": tuple(map(whole, history.records[-SLOTS.get(name, 1) :])),
                "complete_since": COMPLETE,
            }
        )
    person = person.model_copy(update=update)
    mentor = asked.mentor.model_copy(update={n: v for n, v in update.items() if getattr(asked.mentor, n) is None})
    return replace(asked, employee=person, mentee=person, mentor=mentor, agency=AGENCY)


def concrete(person, question):
    """Give what each unknown of a symbolic person is for one question."""
    pairs = []

    def put(term, value, places=0):
        absent = value is ABSENT
        pairs.append((term.absent, z3.BoolVal(absent)))
        if absent or value is None:
            number = 0
        elif isinstance(value, date):
            number = dates.position(value)
        elif isinstance(value, Decimal):
            number = int(value.scaleb(places))
        elif isinstance(value, str):
            number = person.texts.index(value if value in person.texts else OTHER)
        else:
            number = int(value)
        pairs.append((term.value, z3.IntVal(number)))

    for (scope, name), term in person.fields.items():
        subject = question.subject(scope)
        if name.startswith("protected."):
            subject = subject.protected
        put(term, getattr(subject, name.removeprefix("protected.")), fields_of(scope)[name].places)
    for history, slots in person.histories.items():
        records = getattr(question.employee, history).records
        for at, slot in enumerate(slots):
            pairs.append((slot.there, z3.BoolVal(at < len(records))))
            for name, term in slot.fields.items():
                value = getattr(records[at], name) if at < len(records) else None
                put(term, value, record_fields(history)[name].places)
    return pairs


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_the_terms_of_the_solver_equal_the_definition_on_generated_people(rule):
    """Put a concrete person for the unknowns, and each criterion comes out as the definition says."""
    policy = load("jakarta")
    people = tuple(typical(policy, Problems()).values())
    rng = Random(f"smt {rule}")
    said = {}
    for number in range(PEOPLE):
        as_of = AS_OF if number % 3 else day(rng)
        program = policy.program(as_of)
        if rule not in {one.id for one in program.rules}:
            continue
        one = fitting(question(rng, as_of, 0.0, people), employee(rng, as_of, 0.0))
        if as_of not in said:
            smt = Smt(program, as_of, agency=AGENCY)
            translation = smt.translation(texts=(*FIELDS, *UNITS))
            terms = [translation.applies(rule), *(translation.criterion(c) for c in smt.rules[rule].criteria)]
            said[as_of] = Definition(program), translation, terms
        definition, translation, terms = said[as_of]
        expected = definition.decide(rule, one)
        known = concrete(translation.person, one)
        got = [z3.is_true(z3.simplify(z3.substitute(term, known))) for term in terms]
        wanted = [expected.applies == HELD, *(status != FAILED for status in expected.criteria)]
        assert got == wanted, f"{rule} on {as_of}: {one}"


@pytest.mark.parametrize("rule", [rule.id for rule in RULES if rule.kind != "mentoring"])
@pytest.mark.parametrize("verdict", ["eligible", "ineligible"])
def test_somebody_comes_to_each_verdict(rule, verdict):
    """No rule lets everybody or nobody pass; the witness is replayed by the definition."""
    answer = asked("jakarta").reachable(rule, verdict)
    assert answer.holds
    assert answer.witness is not None


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
@pytest.mark.parametrize("attribute", ["sex", "religion", "ethnicity", "marital_status", "disability"])
def test_no_rule_sees_protected_attributes(rule, attribute):
    """Proved for every shipped rule."""
    assert asked("jakarta").blind(rule, attribute).holds is True


def test_the_age_limit_is_found_with_two_people_who_differ_in_age_alone():
    """An appointment as JPT pratama depends on the date of birth, which its law allows; the twins show it."""
    answer = asked("jakarta").blind("jpt-pratama", "birth_date")
    assert answer.holds is False
    first, second = answer.witness.employee, answer.second.employee
    assert first.birth_date != second.birth_date
    assert first.posts == second.posts


def test_a_region_is_at_least_as_strict_as_its_base():
    """Whoever Jakarta finds eligible, the base does; and not the other way round."""
    jakarta, base = asked("jakarta"), asked("nasional")
    rule = "kenaikan-pangkat-reguler"
    assert jakarta.at_least_as_strict(base, rule).holds is True
    assert jakarta.at_least_as_strict(base, "jp-tahunan").holds is True
    answer = base.at_least_as_strict(jakarta, rule)
    assert answer.holds is False
    assert Definition(jakarta.program).decide(rule, answer.witness).holds == FAILED


def test_every_shipped_rule_can_be_asked_about():
    """Nothing that is shipped is beyond this back end."""
    for region in ("nasional", "jakarta"):
        for program in load(region).programs:
            smt = Smt(program, program.since)
            assert all(smt.unsupported(rule.id) == () for rule in program.rules)
