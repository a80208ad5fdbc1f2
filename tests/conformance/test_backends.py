"""Every back end says what the definition says: one suite, over all that are there, those of other packages too."""

from functools import cache

import pytest

from asnpolicy import Engine, PolicyError
from asnpolicy.backends.definition import Definition
from asnpolicy.backends.registry import backends, maker
from asnpolicy.policy.library import regions
from asnpolicy.problems import MissingExtraError
from tests.conformance.shipped import UNKNOWN, authors_cases, draws, every_version, policy
from tests.conformance.test_programs import PROGRAMS, drawn, leads_to

OTHERS = tuple(name for name in backends() if name != "definition")
MOST_CASES = 150
"""So many cases of a region are asked of a back end that prepares itself anew for each day."""


def made_by(name, program):
    """Make a program ready to decide; skipped where what the back end needs is not installed."""
    try:
        return maker(name)(program)
    except MissingExtraError as error:
        pytest.skip(str(error))


def made_for(name, region, unknown):
    """Give what is drawn for a region with the program made ready, one program after the other: each takes memory."""
    drawn = {}
    for draw in draws(region, unknown):
        drawn.setdefault(draw.program, []).append(draw)
    for program, several in drawn.items():
        backend = made_by(name, program)
        yield from ((draw, backend) for draw in several)


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("unknown", UNKNOWN)
@pytest.mark.parametrize("name", OTHERS)
def test_it_equals_the_definition_on_generated_people(name, unknown, region):
    """Every criterion of every rule has the same status for everybody, whatever is unknown."""
    for draw, backend in made_for(name, region, unknown):
        for rule, expected in draw.expected.items():
            if not backend.unsupported(rule, draw.as_of):
                assert backend.decide_each(rule, draw.asked) == expected, f"{rule} on {draw.as_of}"


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("unknown", UNKNOWN)
@pytest.mark.parametrize("name", OTHERS)
def test_it_leads_where_the_definition_does_on_generated_people(name, unknown, region):
    """The target of every rule and the day of every duty are the same, to the letter."""
    for draw, backend in made_for(name, region, unknown):
        for of in ("target", "due"):
            ask = getattr(backend, of)
            for rule, expected in draw.leads_to(of).items():
                got = [ask(rule, one) for one in draw.asked]
                assert [repr(each) for each in got] == [repr(each) for each in expected], f"{rule} on {draw.as_of}"


@cache
def said_of_cases(region):
    """Give the cases of a region, each with how it is asked and what the definition says."""
    slow = Engine(policy(region), "definition")
    return [(case, given, slow.decide(case.employee, case.rule, **given)) for case, given in _asked_of(region)]


def _asked_of(region):
    for case in authors_cases(region):
        yield case, {"as_of": case.as_of, "target": case.opening, "agency": case.agency, "mentor": case.mentor}


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("name", OTHERS)
def test_it_equals_the_definition_on_the_authors_cases(name, region):
    """The cases come out the same whichever way they run."""
    made_by(name, policy(region).programs[-1])
    fast, cases = Engine(policy(region), name), said_of_cases(region)
    for case, given, expected in cases[:: 1 if name != "columns" else -(-len(cases) // MOST_CASES)]:
        try:
            decided = fast.decide(case.employee, case.rule, **given)
        except PolicyError as error:
            assert {one.code for one in error.problems} == {"unsupported"}, case.name
        else:
            assert decided.statuses == expected.statuses, case.name
            assert (decided.verdict, decided.state, decided.due) == (expected.verdict, expected.state, expected.due)


@pytest.mark.parametrize("number", range(PROGRAMS))
@pytest.mark.parametrize("name", OTHERS)
def test_it_equals_the_definition_on_generated_programs(name, number):
    """Random rules over facts, histories, other rules, `when` and exemptions; random people."""
    program, as_of, asked = drawn("program", number)
    definition, backend = Definition(program), made_by(name, program)
    for rule in program.rules:
        assert not backend.unsupported(rule.id, as_of)
        assert backend.decide_each(rule.id, asked) == [definition.decide(rule.id, one) for one in asked], rule
        for one in asked:
            assert leads_to(backend, rule, one) == leads_to(definition, rule, one), (rule, one)


@pytest.mark.parametrize("name", OTHERS)
def test_every_shipped_rule_runs_but_those_that_are_named(name):
    """What looks into a mentor's histories is beyond columns, which say so; nothing else is beyond any."""
    made = {}
    named = set()
    for _, program, rule in every_version():
        if program not in made:
            made[program] = made_by(name, program)
        if made[program].unsupported(rule.id, program.since):
            named.add(rule.id)
    beyond = {"pembimbingan-pengembangan/pair", "pembimbingan-pegawai-muda/pair"}
    assert named == (beyond if name == "columns" else set())
