"""The compiled back end leads where the definition does, and the people that back ends are asked about are worth asking."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random

import pytest

from asnpolicy import Employee, Engine
from asnpolicy.backends.compiled import Compiled, runtime
from asnpolicy.backends.definition import Definition
from asnpolicy.language import bounds
from asnpolicy.language.bounds import Bounds
from asnpolicy.language.rules import HELD
from asnpolicy.people import ABSENT
from asnpolicy.policy.cases import cases_of
from asnpolicy.policy.library import regions
from asnpolicy.problems import Problems
from tests.conformance.people import question
from tests.conformance.shipped import PEOPLE, own, policy, typical_people


@pytest.mark.parametrize("of", ["target", "due"])
def test_the_generated_people_meet_targets_and_days_of_every_kind(of):
    """Known, known to be none, and not known: each occurs, and each is what the definition says."""
    day = date(2026, 10, 1)
    program = policy("nasional").program(day)
    compiled, definition = getattr(Compiled(program), of), getattr(Definition(program), of)
    rng = Random(of)
    met = set()
    for _ in range(60):
        asked = question(rng, day, 0.3, typical_people("nasional"))
        for rule in (one.id for one in program.rules if getattr(one, of) is not None):
            got = compiled(rule, asked)
            assert repr(got) == repr(definition(rule, asked)), (rule, asked)
            met.add("none" if got is ABSENT else "unknown" if got is None else "known")
    assert met == {"none", "known", "unknown"}


def test_rules_come_out_the_same_in_whatever_order_and_by_however_many_they_are_asked_for_first():
    """Each is compiled when it is asked for: neither what was asked before nor another thread changes what it says."""
    day = date(2026, 10, 1)
    program = policy("nasional").program(day)
    rng, definition = Random("order"), Definition(program)
    asked = [question(rng, day, 0.2, typical_people("nasional")) for _ in range(3)]
    wanted = {rule.id: [definition.decide(rule.id, one) for one in asked] for rule in program.rules}
    for _ in range(3):
        made, order = Compiled(program), rng.sample(sorted(wanted), len(wanted))
        with ThreadPoolExecutor(8) as pool:
            got = pool.map(lambda rule, made=made: (rule, [made.decide(rule, one) for one in asked]), order * 2)
            assert all(statuses == wanted[rule] for rule, statuses in got)


def test_a_rule_that_is_not_there_is_a_key_error():
    """Whatever is asked of it, as the protocol says."""
    made = Compiled(policy("nasional").program(date(2026, 10, 1)))
    asked = question(Random("none"), date(2026, 10, 1), 0.0, typical_people("nasional"))
    for ask in (made.decide, made.target, made.due):
        with pytest.raises(KeyError):
            ask("tidak-ada", asked)


def test_a_rule_that_leads_nowhere_says_so():
    """No target and no due day are no value, on whatever question."""
    day = date(2026, 10, 1)
    program = policy("jakarta").program(day)
    asked = question(Random("nowhere"), day, 0.0, typical_people("jakarta"))
    for made in (Compiled(program), Definition(program)):
        assert made.target("jp-tahunan", asked) is None
        assert made.due("kenaikan-pangkat-reguler", asked) is None
        assert made.due("jp-tahunan", asked) == date(2027, 1, 1)


@pytest.mark.parametrize("region", regions())
def test_the_generated_people_and_the_cases_meet_somebody_eligible(region):
    """A conformance that never meets somebody eligible would prove nothing."""
    program = own(region)[policy(region).program(date(2026, 10, 1))]
    definition, compiled = Definition(program), Compiled(program)
    rng = Random(region)
    met = {
        case.rule
        for case in (case for name in {region, "nasional"} for case in cases_of(policy(name), Problems()))
        if dict(case.expected).get("verdict") == "eligible" or dict(case.expected).get("state") == "fulfilled"
    }
    wanted = {rule.id for rule in program.rules if rule.part != "previous"}
    for drawn in range(600):
        if drawn >= (200 if PEOPLE >= 200 else 60) and wanted <= met:
            break
        asked = question(rng, date(2026, 10, 1), 0.05, typical_people(region))
        for rule in program.rules:
            expected = definition.decide(rule.id, asked)
            assert compiled.decide(rule.id, asked) == expected
            if expected.applies == HELD and expected.holds == HELD:
                met.add(rule.id)
    assert wanted <= met


@pytest.mark.parametrize("name", ["birth_date", "cpns_on", "pns_on", "agency_since", "last_raise_on"])
def test_a_day_of_a_person_that_is_known_in_part_is_no_plain_day(name):
    """Every day of a person may be a year alone: rules that read it are then undetermined, and never break off."""
    person = Employee.model_validate(
        {"nip": "198609262015051001", "employment": "PNS", "service_status": "aktif", name: "2016"}
    )
    assert not person.plain
    for rule in ("kenaikan-gaji-berkala", "kenaikan-pangkat-reguler"):
        fast, slow = (Engine(policy("nasional"), each) for each in ("compiled", "definition"))
        asked = {"as_of": date(2026, 10, 1)}
        assert fast.decide(person, rule, **asked).statuses == slow.decide(person, rule, **asked).statuses


ENDS = [(1, 1), (300, 300), (300, 400), (None, 5), (5, None), (None, None), (ABSENT, ABSENT)]
"""Two ends of a value: numbers above those that Python keeps once are other objects each time."""


def ends_made_anew(low, high):
    """Give ends as rules come by them: equal ones are not one object."""
    return [int(str(end)) if isinstance(end, int) else end for end in (low, high)]


@pytest.mark.parametrize(("low", "high"), ENDS)
@pytest.mark.parametrize("among", [(300, 400), (1,), (5, 6), (ABSENT,)])
def test_membership_by_two_ends_is_that_of_the_definition(low, high, among):
    """Equal ends are one value, however they came about."""
    known = Bounds() if low is None and high is None else low if low == high else Bounds(low, high)
    assert runtime.member(*ends_made_anew(low, high), among) == bounds.member(known, among)


@pytest.mark.parametrize(("low", "high"), ENDS)
@pytest.mark.parametrize("op", ["is", "at_least", "below"])
def test_comparison_by_two_ends_is_that_of_the_definition(low, high, op):
    known = Bounds() if low is None and high is None else low if low == high else Bounds(low, high)
    assert runtime.compare(op, *ends_made_anew(low, high), 300, int("300")) == bounds.compare(op, known, 300)


def test_an_end_that_is_beyond_all_numbers_is_open():
    assert runtime.as_bounds(3, runtime.INFINITE) == Bounds(3, None)
