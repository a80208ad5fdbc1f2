"""Duties of half a year over time: their timeline says what is decided on each day, and asks only days that may turn it."""

from datetime import date
from random import Random

import pytest

from asnpolicy import Engine
from asnpolicy.decisions.timeline.days import TurningDays, reads_of
from asnpolicy.policy.library import load
from tests.conformance.people import AGENCY, like
from tests.conformance.shipped import BASE, PEOPLE, typical_people
from tests.conformance.test_timelines import days, essence, generated, years_around

HEAD = """format: 1
region: contoh
title: {id: Contoh, en: Example}
values:
  appraisal_due: [{from: 2000-01-01, is: 1 month}]
  jp: [{from: 2000-01-01, is: 5}, {from: 2023-04-01, is: 20}, {from: 2025-07-01, is: 8}]
duties:
"""
DUTY = "  {name}: {{title: {{id: D, en: D}}, from: 2000-01-01, strength: wajib, every: half_year, fulfilled_when: {{{asked}}}{more}}}\n"
ASKED = {
    "jam": "training_hours: {during: period, at_least: {value: jp}}",
    "jam_akhir": "training_hours: {during: period, at_least: {value: jp, on: period_end}}",
    "pelatihan": "trainings: {during: period, count: {at_least: 1}}",
    "surat": "letters: {since: {period: start}, count: {at_least: 1}}",
    "pangkat": "rank_since: {at_least: {period: start}}",
    "pangkat_sebelum": "rank_since: {below: {period: end}}",
    "pangkat_tengah": "rank_since: {at_most: {period: start, plus: 2 months}}",
    "enam_bulan": "six_months_ago: {below: {period: start}}",
    "enam_bulan_lagi": "in_six_months: {above: {period: end}}",
    "pangkat_lama": "time_in_rank: {at_least: 2 years}, service_status: aktif",
    "sebelumnya": "rule: {id: jam, in: [fulfilled], period: previous}",
    "salah_satu": "any: [{trainings: {during: period, count: {at_least: 2}}}, {rank_since: {at_least: {period: end, minus: 3 months}}}]",
}
DUE = {
    "tenggat_cpns": ("trainings: {during: period, count: {at_least: 1}}", ", due: {within: 1 year, of: cpns_on}"),
    "tanpa_tenggat": ("trainings: {during: period, count: {at_least: 1}}", ", due: none"),
}
RULES = (*ASKED, *DUE)


@pytest.fixture(scope="module")
def policy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("half") / "contoh"
    folder.mkdir()
    duties = {**{name: (asked, "") for name, asked in ASKED.items()}, **DUE}
    text = "".join(DUTY.format(name=name, asked=asked, more=more) for name, (asked, more) in duties.items())
    (folder / "contoh.yaml").write_text(HEAD + text, encoding="utf-8")
    return load(folder)


@pytest.fixture(scope="module")
def engine(policy):
    return Engine(policy)


def wrong(engine, person, since, until):
    """Return the first day of each duty on which its timeline says something else than the decision of the day."""
    made = {one.rule: one for one in engine.timelines(person, since=since, until=until, agency=AGENCY)}
    found = {}
    for day in days(since, until):
        for one in engine.assess(person, as_of=day, agency=AGENCY):
            if essence(made[one.rule.id].on(day).decision) != essence(one):
                found.setdefault(one.rule.id, day)
    return made, found


@pytest.mark.parametrize("unknown", [0.0, 0.05, 0.3])
def test_a_timeline_of_half_years_says_what_is_decided_on_every_day(engine, unknown):
    """Fulfilled in one half and owed in the next; windows that end, and bars that move with the half."""
    rng = Random(f"{unknown} half years")
    turned = set()
    for _ in range(max(2, PEOPLE // 100)):
        person, around = generated(rng, BASE, unknown)
        since, until = years_around(BASE, around, 4)
        made, found = wrong(engine, person, since, until)
        assert found == {}, person.model_dump_json()
        turned |= {one.since.month for line in made.values() for one in line.segments[1:]}
    assert {1, 7} <= turned


@pytest.mark.parametrize("rule", RULES)
def test_no_duty_of_half_a_year_asks_each_day(policy, rule):
    """What it is held against is one of two days a year, and a test of the day says which."""
    assert all(not reads_of(program, rule).every_day for program in policy.programs)


@pytest.mark.parametrize("rule", RULES)
def test_few_days_are_asked(policy, rule):
    """Of four years: the first of each half, the days of somebody's records, and those on which windows pass them."""
    person = like(Random("few"), date(2026, 1, 1), 0.0, typical_people(BASE))
    since, until = date(2024, 1, 1), date(2028, 1, 1)
    asked = TurningDays({"employee": person}, since, until, policy.programs, (), _no_question).of(rule)
    halves = {date(year, month, 1) for year in range(2024, 2028) for month in (1, 7)}
    assert halves <= set(asked)
    assert len(asked) < 150


def _no_question(day):
    raise AssertionError(day)
