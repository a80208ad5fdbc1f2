"""Defects in corners: the end of a month, two records of one day, sums over many records, the unusual and lawful.

Each question must come to what is said beside it; what was once said wrongly of somebody is refuted, and shown on them.
"""

from datetime import date

import pytest

from asnpolicy import Engine
from asnpolicy.fairness import (
    Always,
    AtLeastAsStrict,
    Blind,
    ComparePolicies,
    Dead,
    Equivalent,
    MeritNeverHurts,
    Never,
    Reachable,
    Redundant,
    Status,
)
from tests.fairness.defects import FOR, SOUND, changed, policy, rule

SINCE = date(2026, 10, 1)
ON = "{than}"
FOR_A_DAY = rule({"x": "employment: PNS"}).replace("from: 2017-04-07\n", "from: 2026-12-29\n    until: 2027-01-01\n")
AT_MONTH_END = rule({"x": "employment: PNS", "y": "education_level: {at_least: S-1}"}).replace(
    "basis: uu\n        education", "basis: uu\n        from: 2026-12-30\n        until: 2027-01-01\n        education"
)


def one(*criteria, applies_to=FOR, **reads):
    """Write a rule of some criteria."""
    return (rule({f"x{at}": asks for at, asks in enumerate(criteria)}, applies_to=applies_to, **reads),)


SUMS = (
    ("levels added up, of which none may be above nine", one("competencies: {sum: {of: level, at_least: 12}}"), Never("naik")),
    ("hours added up, of which none may be above 5,000", one("trainings: {sum: {of: hours, at_least: 6000}}"), Never("naik")),
    ("scores added up over two criteria", one("assessments: {sum: {of: score, at_least: 1500}}", "assessments: {highest: {of: score, at_most: 900}}"), Never("naik")),
)  # fmt: skip
DAYS = (
    ("a rule of three days at the end of a year", (FOR_A_DAY,), Never("naik")),
    ("a criterion of two days at the end of a year", (AT_MONTH_END,), Always("naik")),
    ("a rank from a 31st", one("rank_since: 2022-10-31"), Never("naik")),
    ("a candidate since a leap day", one("cpns_on: 2020-02-29"), Never("naik")),
    ("a diploma of a leap day", one("educations: {where: {graduated_on: 2016-02-29}, count: {at_least: 1}}"), Never("naik")),
    ("born on a leap day", one("birth_date: 1988-02-29", reads="birth_date"), Never("naik")),
    ("no rank begins between two months", one("any: [{rank_since: {below: 2022-02-28}}, {rank_since: {at_least: 2022-03-01}}]"), Always("naik")),
)  # fmt: skip
RECORDS = (
    ("two trainings of one day", one("trainings: {in_last: 1 days, count: {at_least: 2}}"), Never("naik")),
    ("two diplomas of one month", one("educations: {in_last: 1 months, count: {at_least: 2}}"), Never("naik")),
    ("two leaves at once", one("leaves: {where: {running: true}, count: {at_least: 2}}"), Never("naik")),
    ("an appraisal decided in its last month", one("appraisals: {where: {year: 2025, decided_on: {below: 2025-12-31}}, count: {at_least: 1}}"), Never("naik")),
    ("appointed at eighteen", one("age: {at_most: 19 years}", applies_to="{employment: CPNS}", reads="birth_date"), Never("naik")),
    ("appointed on the 15th", one("cpns_on: {at_least: 2018-03-15, at_most: 2018-03-16}"), Never("naik")),
    ("long retired", one("age: {at_least: 75 years}", applies_to="{service_status: pensiun}", reads="birth_date"), Never("naik")),
)  # fmt: skip
PROXIES = (
    ("leave counted only outside one unit", one("any: [{unit: dinas-a}, {leaves: {where: {kind: cuti-melahirkan}, in_last: 5 years, count: 0}}]"), Blind("naik", "sex")),
    ("time added up over leave of all kinds", one("leaves: {in_last: 5 years, total_time: {at_most: 2 months}}"), Blind("naik", "sex")),
    ("time that leave of mothers does not count for", one("time_in_service: {at_least: 10 years, not_counting: {leaves: {kind: cuti-melahirkan}}}"), Blind("naik", "sex")),
    ("a share of appraisals that are Baik, and not better", one("appraisals: {since: 2020-01-01, share: {of: {rating: Baik}, at_least: 50}}"), MeritNeverHurts("naik", "lowest_rating")),
    ("not many long trainings", one("trainings: {where: {hours: {at_least: 40}}, count: {at_most: 2}}"), MeritNeverHurts("naik", "training_hours")),
)  # fmt: skip
COMPARED = (
    ("31 days for a month", changed(masa="time_in_rank: {at_least: 31 days}"), Equivalent("naik", ON), changed(masa="time_in_rank: {at_least: 1 months}")),
    ("a window of 31 days for one of a month", changed(x="trainings: {in_last: 1 months, count: {at_least: 1}}"), Equivalent("naik", ON), changed(x="trainings: {in_last: 31 days, count: {at_least: 1}}")),
    ("unpaid leave counted", changed(masa="time_in_rank: {at_least: 4 years, not_counting: {leaves: {kind: cltn}}}"), Equivalent("naik", ON), changed()),
    ("to a higher rank", (rule(SOUND, to="{rank: IV/d}"),), AtLeastAsStrict("naik", ON), changed(x="rank: {below: IV/c}")),
    ("to another rank", (rule(SOUND, to="{rank: IV/e}"),), Equivalent("naik", ON), changed()),
    ("to a lower rank", (rule(SOUND, to="{rank: I/a}"),), ComparePolicies("naik", ON), changed()),
)  # fmt: skip


def answer_to(question, rules, than, tmp_path):
    """Ask a policy of some rules, beside another one."""
    engine = Engine.load(policy(tmp_path, *rules))
    if than:
        name = "than" if isinstance(question, AtLeastAsStrict) else "to"
        question = type(question)(question.rule, **{name: str(policy(tmp_path, *than, name="dasar"))})
    return engine, engine.prove(question, since=SINCE)


@pytest.mark.parametrize(
    ("name", "rules", "question", "than"),
    [(*each, ()) for each in (*SUMS, *DAYS, *RECORDS, *PROXIES)] + list(COMPARED),
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_what_shows_only_in_a_corner_is_found_there(name, rules, question, than, tmp_path):
    """Refuted, on somebody whose records contradict nothing, by whom the engine decides the same."""
    del name
    engine, answer = answer_to(question, rules, than, tmp_path)
    assert answer.status is Status.REFUTED, answer.text()
    assert answer.witnesses
    for shown in answer.witnesses:
        assert not any(finding.unknown for finding in shown.employee.findings(shown.as_of))
        if "naik" in dict(shown.verdicts):
            assert engine.decide(shown.employee, "naik", as_of=shown.as_of).verdict == dict(shown.verdicts)["naik"]


@pytest.mark.parametrize(
    ("rules", "question", "than"),
    [
        (one("time_in_rank: {at_least: 13 months}"), Equivalent("naik", ON), one("time_in_rank: {at_least: 1 years 1 months}")),
        (one("trainings: {last: 3, mean: {of: hours, at_least: 10}}"), MeritNeverHurts("naik", "training_hours"), ()),
        (changed(masa="time_in_rank: {at_least: 5 years}"), AtLeastAsStrict("naik", ON), changed()),
        (one("time_in_rank: {at_least: 1 months}", "time_in_rank: {at_least: 27 days}"), Dead("naik", "x1"), ()),
    ],
)  # fmt: skip
def test_what_holds_at_the_end_of_each_month_too_is_proved(rules, question, than, tmp_path):
    """No proof assumes that a day is one of the first 28, or that records are of days of their own."""
    answer = answer_to(question, rules, than, tmp_path)[1]
    assert answer.status is Status.PROVED, answer.text()
    assert [one.en for one in answer.assumptions if "days" in one.en or "one day" in one.en] == []


def test_no_month_has_fewer_than_28_days(tmp_path):
    """A criterion of 28 days adds nothing to one of a month; one of 29 does, from a February on."""
    asks = "time_in_rank: {{at_least: {} days}}"
    for days, status in ((28, Status.REFUTED), (29, Status.PROVED)):
        (tmp_path / str(days)).mkdir()
        rules = one("time_in_rank: {at_least: 1 months}", asks.format(days))
        answer = answer_to(Redundant("naik", "x1"), rules, (), tmp_path / str(days))[1]
        assert answer.status is status, answer.text()
        assert answer.assumptions  # also of what is refuted by there being nobody


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        (one("trainings: {highest: {of: hours, at_most: 10}}", "trainings: {sum: {of: hours, at_least: 40}}"), "nobody with up to"),
        (one("trainings: {where: {completed_on: 2038-01-19}, count: {at_least: 1}}"), "contradict each other"),
    ],
)  # fmt: skip
def test_what_the_solver_does_not_reach_is_unknown(rules, reason, tmp_path):
    """As many records as a sum takes where another measure bounds each; a day that registers write where they have none."""
    answer = answer_to(Reachable("naik"), rules, (), tmp_path)[1]
    assert answer.status is Status.UNKNOWN
    assert reason in answer.reason.en
