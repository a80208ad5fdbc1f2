"""Made people are coherent, meet what a policy compares with, and are who they are said to be."""

import subprocess
import sys
from datetime import date
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from asnpolicy import Agency, Employee, Engine
from asnpolicy.fairness.difference import differences
from asnpolicy.fairness.making import mixed
from asnpolicy.fairness.strategies import (
    agencies,
    careers,
    eligible_employees,
    employees,
    ineligible_because,
    observe,
    twins,
    workforces,
)
from asnpolicy.fairness.thresholds import thresholds_of

AS_OF = date(2026, 10, 1)
RULE = "kenaikan-pangkat-reguler"
ENGINE = Engine.load("nasional")
few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@few
@given(st.one_of(employees(ENGINE), employees()))
def test_nobodys_records_contradict_each_other(person):
    """Whatever is drawn, nothing of it counts as not delivered."""
    assert [one.code for one in person.findings(AS_OF) if one.unknown] == []


@pytest.mark.parametrize("since", ["2004-03-01", "2020-01-01"])
def test_contracts_of_somebody_else_are_taken_only_where_they_fit(since):
    """A contract from before the age of service is nobody's, and one that fits is kept."""
    one = Employee.model_validate({
        "nip": "199001012015211001", "employment": "PPPK", "service_status": "aktif", "birth_date": "1990-01-01",
        "contracts": {"records": [{"since": "2015-03-01", "until": "ongoing", "part_time": False}], "complete_since": "all"},
    })  # fmt: skip
    contracts = {"records": [{"since": since, "until": "ongoing", "part_time": False}], "complete_since": "all"}
    other = Employee.model_validate({**one.model_dump(mode="json"), "birth_date": None, "contracts": contracts})
    made = mixed(one, other, ["contracts", "unit"], AS_OF)
    assert [found.code for found in made.findings(AS_OF) if found.unknown] == []
    assert str(made.contracts.records[0].since) == ("2015-03-01" if since == "2004-03-01" else since)


@few
@given(eligible_employees(ENGINE, RULE))
def test_the_eligible_are_eligible(person):
    """With as much changed as the verdict bears."""
    assert observe(ENGINE.decide(person, RULE, as_of=AS_OF)).verdict == "eligible"


@few
@given(ineligible_because(ENGINE, RULE, "kinerja"))
def test_who_fails_one_criterion_fails_that_one(person):
    """And no other."""
    assert observe(ENGINE.decide(person, RULE, as_of=AS_OF)).because == ("kinerja",)


@few
@given(twins(ENGINE, differing_in=("sex", "religion")))
def test_twins_differ_in_what_was_asked_and_what_follows_from_it(pair):
    """In sex and religion, and in leave of mothers perhaps."""
    about = {one.about.partition("[")[0] for one in differences(*pair)}
    assert {"protected.sex", "protected.religion"} <= about <= {"protected.sex", "protected.religion", "leaves"}
    assert [one.code for one in pair[1].findings(AS_OF) if one.unknown and "nip" in one.code] == []


@few
@given(twins(differing_in=("birth_date",), descendants=False))
def test_twins_of_another_age_are_the_same_but_for_it(pair):
    """Where the career allows another age at all."""
    assert {one.about for one in differences(*pair)} <= {"birth_date"}


@few
@given(careers(ENGINE, max_years=4), agencies(ENGINE), workforces(ENGINE, max_size=3), employees(ENGINE, unknowns=True))
def test_careers_agencies_workforces_and_people_of_whom_not_all_is_known(years, agency, many, unknown):
    """A career is one person, known better each year; numbers are unique; what is unknown can be decided about."""
    assert len({person.nip for _, person in years}) == 1
    assert [day for day, _ in years] == sorted(day for day, _ in years)
    assert isinstance(agency, Agency)
    assert len({person.nip for person in many}) == len(many)
    ENGINE.decide(unknown, RULE, as_of=AS_OF)


def test_thresholds_are_what_the_rules_compare_with():
    """Four years before the day, and one day to each side; the words of examinations."""
    near = thresholds_of(ENGINE.policy.program(AS_OF), AS_OF)
    assert {date(2022, 9, 30), date(2022, 10, 1), date(2022, 10, 2)} <= set(near.days)
    assert "ujian-dinas-1" in near.words("exams", "code")


def test_both_verdicts_and_each_boundary_are_met():
    """In some hundred people near a policy, some are eligible, some are not, and somebody is in rank for four years to the day."""
    verdicts, since = set(), set()

    @settings(max_examples=400, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(employees(ENGINE))
    def meet(person):
        verdicts.add(str(ENGINE.decide(person, RULE, as_of=AS_OF).verdict))
        since.update(record.since for record in person.ranks.records[-1:])

    meet()
    assert {"eligible", "ineligible"} <= verdicts
    assert date(2022, 10, 1) in since


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: twins(differing_in=("height",)), "'height' is no protected attribute"),
        (lambda: eligible_employees(ENGINE, "turun"), "unknown rule `turun`"),
        (lambda: ineligible_because(ENGINE, RULE, "tinggi"), "has no criterion 'tinggi'"),
        (lambda: eligible_employees(ENGINE, "jpt-madya"), "leads into a vacant post"),
        (lambda: ineligible_because(ENGINE, RULE, "ujian-dinas-2").example(), "nobody fails 'ujian-dinas-2' alone"),
    ],
)
@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_what_can_not_be_drawn_is_told(make, told):
    """As Hypothesis tells it."""
    with pytest.raises(InvalidArgument, match=told):
        make()


@pytest.mark.parametrize(
    ("drawn", "lines"),
    [
        (employees(ENGINE), ["person: {like: "]),
        (employees(), ["person: {but: {employment: "]),
        (eligible_employees(ENGINE, RULE), ["person: {like: "]),
        (twins(ENGINE), ["person: {like: ", "twin: {like: the first, but: {protected: {sex: "]),
    ],
)
def test_whoever_fails_a_test_is_written_out(drawn, lines):
    """Their own text masks who somebody is; made people are nobody, and a test that fails by them is to be understood."""

    @settings(max_examples=5, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(drawn)
    def fails(_):
        raise AssertionError("seen")

    with pytest.raises(AssertionError, match="seen") as failed:
        fails()
    told = failed.value.__notes__
    assert all(any(one.startswith(line) for one in told) for line in lines)
    assert not any("told(" in one for one in told)


FIRST = "from asnpolicy import Employee; from hypothesis import find, strategies as st"
AFTER = "from hypothesis import find, strategies as st; from asnpolicy import Employee"


@pytest.mark.parametrize("loaded", [FIRST, AFTER])
def test_hypothesis_knows_employees_whichever_is_loaded_first(loaded):
    """Pytest loads Hypothesis before the tests: what was registered only the other way round was made of parts that do not fit."""
    asked = f"{loaded}; print(type(find(st.from_type(Employee), lambda one: one.nip)).__name__)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("Employee", "")


def test_people_are_drawn_soon_enough_for_the_health_checks():
    """Hypothesis gives ten draws a second; a workforce of ten people is one draw."""
    drawn = []

    @settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(employees(ENGINE))
    def draw(_):
        drawn.append(process_time())

    draw()
    assert (drawn[-1] - drawn[0]) / len(drawn) < 0.02
