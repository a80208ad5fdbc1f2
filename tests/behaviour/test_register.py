"""A register holds what is past only once it has been: with the day on which it was known, a slip into the future is seen."""

import os
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings

from asnpolicy import Assumption
from asnpolicy.people.findings.register import PAST
from asnpolicy.people.histories import in_order
from tests.behaviour.asked import SEEDS, drawn, rules
from tests.behaviour.asked import engine as shipped
from tests.behaviour.test_damage import opposite
from tests.behaviour.test_findings import DAY, NIP, of, person, posts, ranks, told

BASE = {"nip": NIP, "employment": "PNS", "service_status": "aktif", "cpns_on": "2015-03-01", "pns_on": "2016-03-01",
        "birth_date": "1990-01-01", **posts({"since": "2015-03-01", "until": "ongoing"}), **ranks(("III/a", "2022-10-01")),
        **of("educations", {"level": "S-1", "graduated_on": "2014-08-01", "recognised_on": "2015-03-01"}),
        **of("appraisals", {"year": 2024, "rating": "Baik"}, {"year": 2025, "rating": "Baik"}), **of("exams"), **of("trainings"),
        **of("sanctions"), **of("leaves"), **of("statuses")}  # fmt: skip


def decide(data):
    return shipped("nasional").decide(person({**BASE, **data}), "kenaikan-pangkat-reguler", as_of=DAY)

KNOWN = {"known_on": "2026-09-01"}
COMING = {
    "an appraisal of a year to come": ("appraisals", {"year": 2036, "rating": "Baik"}, "year"),
    "a period that has not begun": ("appraisals", {"period_start": "2026-10-01", "period_end": "2026-12-31", "rating": "Baik"}, "period_start"),
    "a decision of a later day": ("appraisals", {"year": 2025, "rating": "Baik", "decided_on": "2062-02-01"}, "decided_on"),
    "credit": ("credits", {"kind": "integrasi", "amount": "10", "granted_on": "2027-01-31"}, "granted_on"),
    "an exam": ("exams", {"code": "a", "passed": True, "taken_on": "2027-03"}, "taken_on"),
    "a competency": ("competencies", {"code": "a", "level": 3, "assessed_on": "2026-09-02"}, "assessed_on"),
    "an award": ("awards", {"code": "a", "granted_on": "2027-08-17"}, "granted_on"),
    "an assessment": ("assessments", {"kind": "potensi", "score": "80", "assessed_on": "2028-01-15"}, "assessed_on"),
    "a diploma": ("educations", {"level": "S-1", "graduated_on": "2052-08-01", "recognised_on": "2052-10-01"}, "graduated_on"),
    "a target that was reached": ("service_targets", {"year": 2030, "reached": True, "decided_on": "2026-02-01"}, "year"),
    "a death": ("statuses", {"status": "meninggal", "since": "2030-01-01"}, "since"),
}  # fmt: skip


@pytest.mark.parametrize("as_of", [date(2026, 2, 1), DAY, date(2063, 1, 1)], ids=str)
@pytest.mark.parametrize("name", sorted(COMING))
def test_what_is_past_is_on_no_register_before_it_has_been(name, as_of):
    """Whatever the day that is asked for, the record stays, and nobody knows of which day it is."""
    history, record, field = COMING[name]
    one = person({**KNOWN, **of(history, record)})
    found = [each for each in one.findings(as_of) if each.code == "after-known-on"]
    assert [each.unknown[0].rpartition(".")[2] for each in found] == [field]
    assert [getattr(each, field) for each in getattr(one.view(as_of), history).records] == [None]
    assert [each.code for each in person(of(history, record)).findings(as_of)] == []


LAWFUL = {
    "a rank by a letter that is written": ("ranks", {"rank": "III/a", "since": "2026-10-01"}),
    "a sanction that begins later": ("sanctions", {"level": "ringan", "since": "2026-09-20", "until": "2027-09-20"}),
    "a leave that is granted": ("leaves", {"kind": "cltn", "since": "2026-12-01", "until": "2027-12-01"}),
    "a pension that is granted": ("statuses", {"status": "pensiun", "since": "2026-11-01"}),
    "the appraisal of the running year": ("appraisals", {"year": 2026, "rating": "Baik"}),
    "a target that is set": ("service_targets", {"year": 2027, "decided_on": "2026-08-01"}),
    "a training of the year, without its day": ("trainings", {"code": "a", "hours": 10, "completed_on": "2026"}),
}


@pytest.mark.parametrize("name", sorted(LAWFUL))
def test_what_a_letter_says_ahead_is_kept(name):
    """A letter is written before what it grants begins; and what may have been is no finding."""
    history, record = LAWFUL[name]
    assert told(person({**KNOWN, **of(history, record)}), "after-known-on") == []


def test_an_appraisal_typed_a_decade_ahead_refuses_nobody():
    """2035 for 2025: without `known_on` it is of a later day, and not seen; with it the promotion is open, and told."""
    slip = of("appraisals", {"year": 2024, "rating": "Baik"}, {"year": 2035, "rating": "Baik"})
    assert decide(slip).verdict == "ineligible"
    asked = decide({**slip, **KNOWN})
    assert asked.verdict == "undetermined"
    assert "after-known-on" in [found.code for found in asked.data_findings]


def test_what_is_assumed_of_years_to_come_is_no_finding():
    """An assumption is named in the answer, and stands on no register; a path and a plan look ahead as before."""
    data = {**BASE, **KNOWN, "known_on": "2026-10-01"}
    line = shipped("nasional").timeline(
        person(data), "kenaikan-pangkat-reguler", since=DAY, until=date(2032, 1, 1),
        assume=[Assumption.of("rating=Baik"), Assumption.of("training=a@2028-03-01,hours=20")],
    )  # fmt: skip
    decisions = [one.decision for one in line.segments if one.decision is not None]
    assert line.assumed
    assert all("after-known-on" not in [f.code for f in one.data_findings] for one in decisions)
    assert "eligible" in {str(one.verdict) for one in decisions}


def ahead(record, years):
    """Return a record of what is past, typed so many years ahead."""

    def later(value):
        return value.replace(year=value.year + years, day=min(value.day, 28)) if isinstance(value, date) else value

    days = {name: later(getattr(record, name)) for name in record.dated}
    return record.model_copy(update={**days, **({"year": record.year + years} if getattr(record, "year", None) else {})})


@given(seed=SEEDS)
@settings(max_examples=max(10, int(os.environ.get("ASNPOLICY_PEOPLE", "300")) // 3), deadline=None)
def test_a_slip_into_the_future_never_turns_a_decision(seed):
    """Of anything that is past, on the day of the registers and on later ones: what was decided stays, or is open."""
    rng, whole = drawn(seed, Random(seed).choice((0.0, 0.05)))
    known = whole.as_of - timedelta(days=rng.choice((0, 0, 200, 900)))
    somebody = whole.person.model_copy(update={"known_on": known})
    history = rng.choice([name for name in PAST if name != "statuses" and getattr(somebody, name).records] or ["trainings"])
    records = list(getattr(somebody, history).records)
    if not records:
        return
    at = rng.randrange(len(records))
    records[at] = ahead(records[at], rng.choice((10, 20, 40)))
    slipped = somebody.model_copy(update={history: getattr(somebody, history).with_records(in_order(records))})
    before, after = replace(whole, person=somebody), replace(whole, person=slipped)
    for rule in rules(rng, whole):
        one, other = before.decide(rule), after.decide(rule)
        assert not opposite(one, other), (whole.region, rule.id, whole.as_of, history, one.verdict, other.verdict)
