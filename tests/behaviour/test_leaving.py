"""Leaving the service: the day of an event, what follows it, and what ends with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from asnpolicy import DutyState, Employee, Engine, Verdict

BIRTH = date(1968, 4, 10)
BUP, LEFT = date(2026, 4, 10), date(2026, 5, 1)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.load("nasional")


def person(**more: object) -> Employee:
    data: dict[str, object] = {
        "nip": "196804101992031001",
        "employment": "PNS",
        "birth_date": BIRTH,
        "cpns_on": "1992-03-01",
        "pns_on": "1993-03-01",
        "service_status": "aktif",
        "known_on": "2026-01-10",
        "statuses": {"records": [], "complete_since": "all"},
        "posts": {"records": [{"kind": "pelaksana", "title": "Pengadministrasi", "acting": False, "since": "2010-01-01", "until": "ongoing"}],
                  "complete_since": "all"},
        "ranks": {"records": [{"rank": "III/b", "since": "2018-04-01"}], "complete_since": "all"},
        "appraisals": {"records": [{"year": year, "rating": "Baik"} for year in range(2020, 2026)], "complete_since": "all"},
        "sanctions": {"records": [], "complete_since": "all"},
        "leaves": {"records": [], "complete_since": "all"},
        "trainings": {"records": [], "complete_since": "all"},
    }  # fmt: skip
    return Employee.model_validate(data | more)


@pytest.mark.parametrize("asked", [BUP, date(2026, 4, 30), LEFT, date(2029, 8, 17)])
def test_a_pension_takes_effect_on_one_day_whenever_one_asks(engine, asked):
    """The first of the month after the birthday: not of the month after the question."""
    decision = engine.decide(person(), "pensiun-bup", as_of=asked)
    assert (decision.verdict, decision.takes_effect) == (Verdict.ELIGIBLE, LEFT)
    assert (decision.as_of, decision.asked_on) == (BUP, asked)


def test_a_pension_is_not_there_before_its_day(engine):
    """The day before the birthday the age is not reached, and nothing is followed."""
    decision = engine.decide(person(), "pensiun-bup", as_of=BUP - DAY)
    assert (decision.verdict, decision.event) == (Verdict.INELIGIBLE, None)


def test_other_rules_end_with_the_last_day_in_service(engine):
    """Until the end of the month of the birthday a duty is owed; from the first of the next it is for nobody."""
    last, first = (engine.decide(person(), "jp-tahunan", as_of=day) for day in (LEFT - DAY, LEFT))
    assert (last.state, first.state) == (DutyState.OWED, DutyState.NOT_APPLICABLE)
    assert "Sudah meninggalkan dinas: mencapai batas usia pensiun" in first.explain("id")


def test_who_has_left_is_offered_no_medal_and_is_no_mentor(engine):
    """Permissions end as duties do, and so does what one may be to others."""
    for rule in ("satyalancana-karya-satya-xxx", "pembimbingan-latsar/mentor"):
        assert engine.decide(person(), rule, as_of=LEFT).verdict is Verdict.NOT_APPLICABLE


def test_without_a_birth_date_nobody_can_tell_whether_somebody_has_left(engine):
    """What may have ended is neither owed nor not: the birth date is asked for."""
    decision = engine.decide(person(birth_date=None), "jp-tahunan", as_of=date(2026, 3, 1))
    assert decision.state is DutyState.UNDETERMINED
    assert "birth_date" in decision.missing


def test_a_young_servant_of_an_unknown_post_has_not_left(engine):
    """No post ends before 58: below that age nothing else needs to be known."""
    decision = engine.decide(
        person(
            birth_date=date(1990, 4, 10),
            nip="199004102015031001",
            cpns_on="2015-03-01",
            pns_on="2016-03-01",
            ranks=None,
            posts=None,
        ),
        "dalam-dinas",
        as_of=date(2026, 3, 1),
    )
    assert decision.verdict is Verdict.ELIGIBLE


def dead(**more: object) -> Employee:
    records = [
        {"status": "aktif", "since": "1992-03-01", "until": "2025-06-17"},
        {"status": "tewas", "since": "2025-06-17"},
    ]
    statuses = {"records": records, "complete_since": "all"}
    return person(**{"service_status": "tewas", "statuses": statuses, **more})


@pytest.mark.parametrize("asked", [date(2025, 6, 17), date(2026, 9, 1)])
def test_a_posthumous_promotion_keeps_the_day_of_death(engine, asked):
    """It takes effect on the day of death, whenever it is asked for."""
    decision = engine.decide(dead(), "kenaikan-pangkat-anumerta", as_of=asked)
    assert (decision.verdict, decision.takes_effect) == (Verdict.ELIGIBLE, date(2025, 6, 17))


def test_a_death_without_a_day_decides_nothing_that_hangs_on_the_day(engine):
    """Only that somebody has died is known: whether and from when is asked for, and the day is named as missing."""
    decision = engine.decide(
        dead(statuses={"records": [], "complete_since": None}), "kenaikan-pangkat-anumerta", as_of=date(2026, 9, 1)
    )
    assert (decision.verdict, decision.takes_effect, decision.missing) == (Verdict.UNDETERMINED, None, ("statuses",))
    assert "belum dapat dipastikan" in decision.explain("id")


def test_an_event_before_a_rule_was_in_force_is_not_its_own(engine):
    """Who died before the rule for long service began is not promoted by it."""
    records = [
        {"status": "aktif", "since": "1992-03-01", "until": "2010-06-17"},
        {"status": "meninggal", "since": "2010-06-17"},
    ]
    old = dead(service_status="meninggal", statuses={"records": records, "complete_since": "all"})
    decision = engine.decide(old, "kenaikan-pangkat-pengabdian", as_of=date(2026, 1, 10))
    assert decision.verdict is Verdict.NOT_APPLICABLE


def test_the_earliest_of_two_events_is_followed(engine):
    """Who reached the age and died later was retired: the promotion for long service is that of the retirement."""
    records = [
        {"status": "aktif", "since": "1992-03-01", "until": "2027-02-02"},
        {"status": "meninggal", "since": "2027-02-02"},
    ]
    one = person(
        service_status="meninggal", known_on="2027-03-01", statuses={"records": records, "complete_since": "all"}
    )
    decision = engine.decide(one, "kenaikan-pangkat-pengabdian", as_of=date(2027, 3, 1))
    assert (decision.event.id, decision.as_of) == ("batas-usia", BUP)


def test_a_timeline_of_what_follows_is_the_same_from_its_event_on(engine):
    """Each day after the event gives the decision of its day."""
    timeline = engine.timeline(person(), "pensiun-bup", since=date(2026, 4, 1), until=date(2027, 1, 1))
    for ahead in range(0, 270, 7):
        day = date(2026, 4, 1) + ahead * DAY
        asked, shown = engine.decide(person(), "pensiun-bup", as_of=day), timeline.on(day)
        assert (asked.verdict, asked.takes_effect) == (shown.verdict, shown.takes_effect)


def test_a_contract_that_ended_ends_duties(engine):
    """A PPPK whose contract has run out owes no training from that day on."""
    contract = {
        "records": [{"since": "2021-02-01", "until": "2026-02-01", "part_time": False}],
        "complete_since": "all",
    }
    one = person(
        nip="199004102021211001",
        employment=None,
        birth_date="1990-04-10",
        cpns_on="none",
        pns_on="none",
        contracts=contract,
    )
    on = [engine.decide(one, "dalam-dinas", as_of=day).verdict for day in (date(2026, 1, 31), date(2026, 2, 1))]
    assert on == [Verdict.ELIGIBLE, Verdict.INELIGIBLE]


def test_a_version_that_changes_no_event_changes_nothing_of_being_in_service(engine):
    """Nobody is told that the rules changed on a day on which those of leaving did not."""
    one = person(birth_date="1990-04-10", nip="199004102015031001", cpns_on="2015-03-01", pns_on="2016-03-01")
    timeline = engine.timeline(one, "dalam-dinas", since=date(2019, 8, 13), until=date(2026, 1, 1))
    assert [(each.since, each.result) for each in timeline.segments] == [(date(2019, 8, 13), "eligible")]
