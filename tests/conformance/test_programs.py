"""Generated programs: what no author has written yet must also mean one thing to the solver; `drawn` draws them for all."""

import os
from dataclasses import replace
from random import Random

import pytest

from asnpolicy.backends.definition import Definition
from asnpolicy.backends.smt.search import Smt
from asnpolicy.fairness import hunts
from asnpolicy.language.rules import FAILED, HELD
from tests.conformance.people import AGENCY, day, employee, question
from tests.conformance.programs import program
from tests.conformance.terms import fully_known, reader, spoken_of, symbolic, written

PROGRAMS = int(os.environ.get("ASNPOLICY_PROGRAMS", "60"))
PEOPLE = 25
MOSTLY = 0.9
"""The share of generated rules that a back end with gaps must be able to run."""


def drawn(seed, number, unknown=None):
    rng = Random(f"{seed} {number}")
    as_of = day(rng)
    made = program(rng, as_of)
    unknown = rng.choice((0.0, 0.05, 0.3)) if unknown is None else unknown
    return made, as_of, [replace(question(rng, as_of, unknown), agency=AGENCY) for _ in range(PEOPLE)]


def leads_to(backend, rule, asked):
    """Give the target and the due day as they are written: a rank is not a number."""
    return repr(backend.target(rule.id, asked)), repr(backend.due(rule.id, asked))


def test_the_terms_of_the_solver_equal_the_definition_on_generated_programs():
    """The same for the solver, of fully known people; rules that it says it can't be asked about are few."""
    run = total = 0
    for number in range(PROGRAMS):
        made, as_of, asked = drawn("smt", number, 0.0)
        rng = Random(f"smt people {number}")
        people = [one for one in (fully_known(one, employee(rng, as_of, 0.0)) for one in asked) if spoken_of(one)]
        smt, definition = Smt(made, as_of, agency=AGENCY), Definition(made)
        rules = [rule for rule in smt.rules.values() if not smt.unsupported(rule.id)]
        run, total = run + len(rules), total + len(made.rules)
        said = symbolic(smt, people)
        terms = {rule.id: (said.applies(rule.id), *map(said.criterion, rule.criteria)) for rule in rules}
        known, compute = reader(said.person), written(terms)
        for one in people:
            got = compute(known(one))
            for rule in rules:
                expected = definition.decide(rule.id, one)
                wanted = (expected.applies == HELD, *(status != FAILED for status in expected.criteria))
                assert got[rule.id] == wanted, (rule, one)
    assert run >= MOSTLY * total


@pytest.mark.parametrize("number", range(PROGRAMS // 4))
def test_what_the_solver_finds_in_generated_programs_the_definition_finds_too(number):
    """Each witness is replayed; and of random people, none comes to a verdict that nobody is said to come to."""
    made, as_of, asked = drawn("smt", number, 0.0)
    rng = Random(f"smt people {number}")
    people = [one for one in (fully_known(one, employee(rng, as_of, 0.0)) for one in asked) if spoken_of(one)]
    smt, definition = Smt(made, as_of), Definition(made)
    for rule in made.rules:
        met = {worth(definition.decide(rule.id, one)) for one in people}
        for verdict in ("eligible", "ineligible", "not_applicable"):
            found = hunts.comes_to(smt, rule.id, verdict, wanted=True).run()
            assert found.somebody is not None
            assert found.somebody or not found.whatever_records or verdict not in met, (rule, verdict)


def worth(statuses):
    """Give the verdict on somebody fully known."""
    if statuses.applies != HELD:
        return "not_applicable" if statuses.applies == FAILED else "undetermined"
    return ("ineligible", "undetermined", "eligible")[statuses.holds]
