"""The smt back end says what the definition says of fully known people, and its witnesses are replayed."""

import os
from datetime import date, timedelta
from functools import cache
from random import Random

import pytest
import z3

from asnpolicy.backends.definition import Definition
from asnpolicy.backends.smt import Smt
from asnpolicy.language.nodes import Asks
from asnpolicy.language.reading import fields_of
from asnpolicy.language.rules import FAILED, HELD
from asnpolicy.policy.library import regions
from tests.conformance.people import AGENCY, day, employee, question
from tests.conformance.shipped import BASE, built_on, every_version, own, policy, typical_people
from tests.conformance.terms import fully_known, reader, spoken_of, symbolic, written

PEOPLE = int(os.environ.get("ASNPOLICY_PEOPLE", "300"))
A_DAY = 75
AS_OF = date(2026, 10, 1)
OTHERS = [region for region in regions() if region != BASE]
PROTECTED = [name for name in fields_of("employee") if name.startswith("protected.")]


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
    return said.person, {r.id: (said.applies(r.id), *map(said.criterion, r.criteria)) for r in smt.rules.values()}


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


def begun(rule):
    """Give the year in which a duty began, in whatever region."""
    return min(
        program.since.year for _, program, other in every_version() if other.id == rule.removesuffix("@previous")
    )


@pytest.mark.parametrize("verdict", ["eligible", "ineligible"])
def test_somebody_comes_to_each_verdict(verdict):
    """No rule that was ever in force lets everybody or nobody pass; each witness is replayed by the definition.

    Only for the year before a duty began does it say nothing of anybody.
    """
    nobody, too_early = set(), set()
    for _, program, rule in every_version():
        if verdict == "ineligible" and not rule.criteria:
            continue
        answer = asked(program).reachable(rule.id, verdict)
        assert answer.holds is not None, rule.id
        if answer.witness is None:
            nobody.add((rule.id, program.since))
        if rule.part == "previous" and program.since.year == begun(rule.id):
            too_early.add((rule.id, program.since))
    assert nobody == too_early


def test_no_rule_sees_protected_attributes():
    """Proved for every rule that was ever in force, whatever records people have."""
    for _, program, rule in every_version():
        answers = [asked(program).blind(rule.id, name.removeprefix("protected.")) for name in PROTECTED]
        assert [answer.holds and answer.whatever_records for answer in answers] == [True] * len(PROTECTED), rule.id


def test_only_rules_that_say_so_see_the_date_of_birth():
    """A rule is proved blind to age, or it or one that it builds on gives the legal basis; the twins differ in age alone."""
    for _, program, rule in every_version():
        answer = asked(program).blind(rule.id, "birth_date")
        assert answer.holds is not any(each.reads_protected for each in built_on(program, rule)), rule.id
        if not answer.holds:
            first, second = answer.witness.employee, answer.second.employee
            assert first.birth_date != second.birth_date
            assert first.posts == second.posts


@pytest.mark.parametrize("region", OTHERS)
def test_a_region_is_at_least_as_strict_as_its_base(region):
    """Whoever a region finds eligible, the base does, with however many records: rules in both, and those within one."""
    here, base = today(region), today(BASE)
    weaker = []
    for rule in own(region)[here.program].rules:
        within = [one.holds.rule for one in rule.criteria if one.id == "within" and isinstance(one.holds, Asks)]
        for base_rule in within or [rule.id]:
            if base_rule in base.rules:
                answer = here.at_least_as_strict(base, rule.id, base_rule)
                weaker += [] if answer.holds and answer.whatever_records else [(rule.id, base_rule, answer)]
    assert not weaker


def test_a_base_is_not_as_strict_as_a_region_that_asks_more():
    """Who shows it is refused by the region, and the definition says so too."""
    answer = today(BASE).at_least_as_strict(today("jakarta"), "kenaikan-pangkat-reguler")
    assert answer.holds is False
    program = policy("jakarta").program(AS_OF)
    assert Definition(program).decide("kenaikan-pangkat-reguler", answer.witness).holds == FAILED


def test_every_shipped_rule_can_be_asked_about():
    """Nothing that is shipped, in whatever version, is beyond this back end."""
    for _, program, rule in every_version():
        assert asked(program).unsupported(rule.id) == (), rule.id
