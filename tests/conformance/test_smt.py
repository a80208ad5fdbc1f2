"""The smt back end says what the definition says of fully known people, and its witnesses are replayed."""

import os
from datetime import date, timedelta
from functools import cache
from random import Random

import pytest
import z3

from asnpolicy.backends.definition import Definition
from asnpolicy.backends.smt import search
from asnpolicy.backends.smt.search import OpenDays, Smt
from asnpolicy.fairness import hunts
from asnpolicy.fairness.difference import differences
from asnpolicy.fairness.service import besides_service
from asnpolicy.language import dates
from asnpolicy.language.fairness import DESCENDANTS
from asnpolicy.language.rules import FAILED, HELD
from asnpolicy.policy.library import regions
from tests.conformance.people import AGENCY, day, employee, question
from tests.conformance.shipped import BASE, every_version, looks_into_the_mentor, own, policy, typical_people
from tests.conformance.terms import fully_known, reader, spoken_of, symbolic, written

PEOPLE = int(os.environ.get("ASNPOLICY_PEOPLE", "300"))
LONG = PEOPLE >= 1000
"""Whether every version of every rule is asked about (`make test-long`), or each rule as it was written last."""
A_DAY = 75
AS_OF = date(2026, 10, 1)
PROTECTED = ("sex", "religion", "ethnicity", "marital_status", "disability")


@cache
def asked(program):
    """Give the questions about a program, on the last day on which it was in force."""
    return Smt(program, min(AS_OF, program.until - timedelta(days=1)))


def today(region):
    return asked(policy(region).program(AS_OF))


def people_of(rng, region, as_of, number):
    """Draw fully known people."""
    drawn = (question(rng, as_of, 0.0, typical_people(region)) for _ in range(number))
    return [one for one in (fully_known(one, employee(rng, as_of, 0.0)) for one in drawn) if spoken_of(one)]


def terms_of(program, as_of, people):
    """Give the terms of every rule: whether it applies, and each criterion; over somebody with room for all records."""
    smt = Smt(program, as_of, agency=AGENCY)
    said = symbolic(smt, people)
    asked = [r for r in smt.rules.values() if not looks_into_the_mentor(program, program.rule(r.id))]
    return said.person, {r.id: (said.applies(r.id), *map(said.criterion, r.criteria)) for r in asked}


def whole(statuses):
    """Give what the definition said as terms do: whether the rule applies, and whether each criterion holds."""
    return statuses.applies == HELD, *(status != FAILED for status in statuses.criteria)


@pytest.mark.parametrize("region", regions())
def test_the_terms_of_the_solver_equal_the_definition_on_generated_people(region):
    """Put a concrete person for the unknowns, and each criterion of each rule comes out as the definition says."""
    rng = Random(f"smt {region}")
    for done in range(0, PEOPLE, A_DAY):
        as_of = day(rng) if done else AS_OF
        people = people_of(rng, region, as_of, min(A_DAY, PEOPLE - done))
        program = own(region)[policy(region).program(as_of)]
        person, terms = terms_of(program, as_of, people)
        known, run, definition = reader(person), written(terms), Definition(program)
        for one in people:
            assert run(known(one)) == {rule: whole(definition.decide(rule, one)) for rule in terms}, f"{as_of}: {one}"


def test_the_terms_run_here_as_they_do_in_the_solver():
    """Substituted and simplified by the solver itself, the terms come to the same."""
    people = people_of(Random("terms"), BASE, AS_OF, 3)
    person, terms = terms_of(policy(BASE).program(AS_OF), AS_OF, people)
    known, run = reader(person), written(terms)
    for one in people:
        values = known(one)
        put = [
            (z3.Bool(name), z3.BoolVal(value)) if isinstance(value, bool) else (z3.Int(name), z3.IntVal(value))
            for name, value in values.items()
        ]
        for rule in ("kenaikan-pangkat-reguler", "kenaikan-jenjang", "jp-tahunan"):
            solved = tuple(z3.is_true(z3.simplify(z3.substitute(term, put))) for term in terms[rule])
            assert solved == run(values)[rule]


def versions():
    """Give each rule of each region as it was written last, and what a duty asks of the period before in every version."""
    every = list(every_version())
    last = {(region, rule.id): rule for region, _, rule in every}
    return [
        (region, program, rule)
        for region, program, rule in every
        if LONG or rule.part == "previous" or last[region, rule.id] is rule
    ]


@pytest.mark.parametrize("verdict", ["eligible", "ineligible"])
def test_somebody_comes_to_each_verdict(verdict):
    """No rule that was ever in force lets everybody or nobody pass; each witness is replayed by the definition.

    Only for the year before a duty began does it say nothing of anybody.
    """
    nobody, too_early = set(), set()
    for _, program, rule in versions():
        if looks_into_the_mentor(program, rule) or (verdict == "ineligible" and not rule.criteria):
            continue
        found = hunts.comes_to(asked(program), rule.id, verdict, wanted=True).run()
        assert found.somebody is not None, rule.id
        if not found.people:
            nobody.add((rule.id, program.since))
        if rule.part == "previous" and program.since.year == begun(rule.id):
            too_early.add((rule.id, program.since))
    assert nobody == too_early


@pytest.mark.parametrize("time_is_up", [False, True])
def test_a_witness_made_in_haste_is_made_again_while_there_is_time(time_is_up, monkeypatch):
    """On a slow machine they may be nobody yet: whoever is shown is replayed still, and nobody is shown once time is up."""
    smt = Smt(policy(BASE).program(AS_OF), AS_OF)
    smt.haste = 0.0
    if time_is_up:
        made = search._Look._made
        monkeypatch.setattr(search._Look, "_made", lambda self, solver, model, asked, _: made(self, solver, model, asked, 0.0))
    rules = ("pengangkatan-camat", "pengangkatan-administrator", "kenaikan-pangkat-reguler")
    told = [hunts.comes_to(smt, rule, "eligible", wanted=True).run() for rule in rules]
    assert all(bool(one.people) == bool(one.somebody) for one in told)
    assert (None in [one.somebody for one in told]) == time_is_up, "in haste alone nobody went wrong: nothing was tried"


def begun(rule):
    """Give the year in which a duty began, in whatever region."""
    return min(
        program.since.year for _, program, other in every_version() if other.id == rule.removesuffix("@previous")
    )


def test_no_rule_sees_protected_attributes():
    """No rule that was ever in force so much as looks at one, nor at leave of mothers, but those by which that leave is given."""
    exempt = set()
    for region, program, rule in every_version():
        if looks_into_the_mentor(program, rule):
            continue
        for name in PROTECTED:
            if policy(region).promises.exemption(program, rule, name):
                exempt.add((rule.id, name))
                continue
            hunt = hunts.told_apart(asked(program), rule.id, name, DESCENDANTS.get(name, ()))
            assert hunt is None or (hunt.run().somebody is False), (rule.id, name)
    of_mothers = ("cuti-melahirkan", "cuti-melahirkan-pppk", "batas-cuti-melahirkan", "batas-cuti-melahirkan-pppk", "cuti-besar")
    assert exempt == {(name, "sex") for name in of_mothers}


def test_only_rules_that_say_so_see_the_date_of_birth():
    """A rule is proved blind to age, or it or one that it builds on gives the legal basis; the twins differ in age alone.

    Whether somebody is still in the service is apart from that: of everybody it is asked on the same basis.
    """
    for _, program, rule in every_version():
        if looks_into_the_mentor(program, rule):
            continue
        hunt = hunts.told_apart(asked(program), rule.id, "birth_date", ())
        found = None if hunt is None else hunt.run()
        seen = found is not None and found.somebody is not False
        allowed = any(each.reads_protected for each in besides_service(program.by_id, rule.id))
        assert allowed or not seen, rule.id
        assert seen or not allowed or rule.part == "previous", rule.id  # before a duty began nobody is seen at all
        if found is not None and found.people:
            first, second = (one.employee for one in found.people)
            assert {one.about for one in differences(first, second)} == {"birth_date"}


def test_every_shipped_rule_can_be_asked_about():
    """Nothing that is shipped, in whatever version, is beyond this back end, but for what lies in a mentor's histories."""
    for _, program, rule in every_version():
        assert bool(asked(program).unsupported(rule.id)) == looks_into_the_mentor(program, rule), rule.id


def test_the_terms_equal_the_definition_when_the_day_is_unknown_too():
    """With the day left open, each criterion comes out as the definition says on the day that is put for it."""
    rng = Random("any day")
    as_of = AS_OF
    people = people_of(rng, BASE, as_of, min(PEOPLE, A_DAY))
    program = policy(BASE).program(as_of)
    smt = Smt(program, OpenDays(as_of, program.until), agency=AGENCY)
    said = symbolic(smt, people)
    those = [r for r in smt.rules.values() if not looks_into_the_mentor(program, program.rule(r.id))]
    terms = {r.id: (said.applies(r.id), *map(said.criterion, r.criteria)) for r in those}
    known, run, definition = reader(said.person), written(terms), Definition(program)
    for one in people:
        values = {**known(one), "as of": dates.position(as_of)}
        assert run(values) == {rule: whole(definition.decide(rule, one)) for rule in terms}, one
