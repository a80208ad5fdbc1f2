"""Windows and durations, to the day on both sides, against a calendar written here with plain dates."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from asnpolicy import Agency, Employee, Engine, PolicyError
from asnpolicy.policy.surface.people import in_full

DAY = timedelta(days=1)
MONTHS = (1, 6, 11, 12, 13, 24, 48)
AS_OF = (date(2024, 2, 29), date(2025, 2, 28), date(2023, 3, 1), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31),
         date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1), date(2026, 8, 30))  # fmt: skip
"""Days asked for: leap days, ends of long and of short months, the turn of the year, and the day appraisals are due."""


def later(day: date, months: int) -> date:
    """Give the same day of another month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, number))
        except ValueError:
            continue
    raise AssertionError(day)


def around(as_of: date, months: int) -> list[date]:
    """Give the days at which so many months could begin: those near the same day of the month before, and month ends."""
    middle = later(as_of, -months)
    return [middle + n * DAY for n in range(-4, 5)]


RULE = "title: {id: Uji, en: Trial}, basis: s"


def named(name: str, condition: str) -> str:
    """Write an award with one criterion."""
    return f"  {name}: {{{RULE}, require: {{satu: {{{RULE}, {condition}}}}}}}"


CONDITIONS = {
    **{f"in-last-{n}": f"trainings: {{in_last: {n} months, count: {{at_least: 1}}}}" for n in MONTHS},
    **{f"hours-in-last-{n}": f"training_hours: {{in_last: {n} months, at_least: 1}}" for n in MONTHS},
    **{f"{op.replace('_', '-')}-{n}": f"time_in_service: {{{op}: {n} months}}" for n in MONTHS
       for op in ("at_least", "at_most", "below", "above")},
    "since-a-day": "trainings: {since: 2024-02-29, count: {at_least: 1}}",
    "since-cpns": "trainings: {since: {fact: cpns_on}, count: {at_least: 1}}",
    **{f"bad-in-{n}-years": f"lowest_rating: {{last_full_years: {n}, at_most: Kurang}}" for n in (1, 2, 3)},
    **{f"good-in-{n}-years": f"lowest_rating: {{last_full_years: {n}, at_least: Baik}}" for n in (1, 2, 3)},
    **{f"last-{n}-rated": f"lowest_rating: {{last_rated: {n}, at_least: Baik}}" for n in (1, 2, 3)},
    **{f"{word}-{wanted}-of-{n}": f"posts: {{in_last: {n} months, {word.replace('-', '_')}: {{at_least: {wanted} months}}}}"
       for word in ("total-time", "longest") for n in (1, 12, 24) for wanted in (n // 2 + 1, n)},
    "running": "sanctions: {where: {running: true}, count: {at_least: 1}}",
    "ended": "sanctions: {where: {running: false}, count: {at_least: 1}}",
    **{f"unbroken-{n}": f"posts: {{where: {{kind: pengawas}}, unbroken: {{at_least: {n} months}}}}" for n in MONTHS},
}  # fmt: skip
POLICY = "\n".join([
    "format: 1", "region: uji", "title: {id: Uji, en: Trial}", "sources: {s: Sumber}",
    "values: {appraisal_due: [{from: 2000-01-01, is: 1 month, basis: s}]}",
    "awards:", *(named(name, condition) for name, condition in CONDITIONS.items()),
    f"  dated: {{{RULE}, from: 2024-02-29, until: 2026-01-31, require: {{satu: {{{RULE}, employment: PNS}}}}}}",
    "duties:",
    f"  tahunan: {{{RULE}, strength: wajib, every: calendar_year, due: {{end_of: period}}, "
    "fulfilled_when: {training_hours: {during: period, at_least: 1}}}",
    f"  sekali: {{{RULE}, strength: wajib, due: {{within: 6 months, of: cpns_on}}, "
    "fulfilled_when: {training_hours: {at_least: 1}}}",
    "mentoring:",
    f"  bimbing: {{{RULE}, needs_mentor: {{mentee.employment: PNS}}, may_mentor: {{satu: {{{RULE}, mentor.employment: PNS}}}}, "
    f"pair_must: {{akhir: {{{RULE}, mentor.lowest_rating: {{last_rated: 1, at_least: Baik}}}}, "
    f"penuh: {{{RULE}, mentor.lowest_rating: {{last_full_years: 1, at_least: Baik}}}}}}, capacity: 3}}",
])  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """Load a policy that looks through every window."""
    folder = tmp_path_factory.mktemp("uji", numbered=False)
    (folder / "uji.yaml").write_text(POLICY, encoding="utf-8")
    return Engine.load(folder)


def person(born="19700101", **given) -> Employee:
    """Make somebody whose histories are complete, and whose number agrees with the day of appointment."""
    lists = {n: [in_full(n, record) for record in v] for n, v in given.items() if isinstance(v, list)}
    histories = {n: {"records": records, "complete_since": "all"} for n, records in lists.items()}
    appointed = given.get("cpns_on", date(2015, 5, 1))
    return Employee.model_validate({"nip": f"{born}{appointed:%Y%m}1001", "employment": "PNS", **given, **histories})


def holds(engine: Engine, rule: str, who: Employee, as_of: date) -> bool:
    """Tell whether a rule holds; somebody wholly known must be decided."""
    verdict = engine.decide(who, rule, as_of=as_of).verdict.value
    assert verdict in ("eligible", "ineligible")
    return verdict == "eligible"


@pytest.mark.parametrize("as_of", AS_OF, ids=str)
def test_the_last_months_end_on_the_day_and_begin_when_they_are_not_yet_over(engine, as_of):
    """A record of day d is in the last n months iff `d <= as-of < d + n months`, whether counted or added up."""
    for months, offset in product(MONTHS, range(9)):
        for day in {around(as_of, months)[offset], as_of, as_of + DAY}:
            who = person(trainings=[{"completed_on": day, "hours": 1}])
            expected = day <= as_of < later(day, months)
            assert holds(engine, f"in-last-{months}", who, as_of) == expected, (day, months)
            assert holds(engine, f"hours-in-last-{months}", who, as_of) == expected, (day, months)


@pytest.mark.parametrize("as_of", AS_OF, ids=str)
def test_a_length_of_time_is_reached_on_the_day_and_passed_on_the_next(engine, as_of):
    """At least n months from `d + n months` on, at most until that day; below and above are the other sides."""
    for months in MONTHS:
        for day in around(as_of, months):
            if day.month == 1 and 1 < day.day <= 12:
                continue  # nobody is appointed then: day and month may be swapped
            who, end = person(cpns_on=day), later(day, months)
            told = {op: holds(engine, f"{op}-{months}", who, as_of) for op in ("at-least", "at-most", "below", "above")}
            wanted = {"at-least": as_of >= end, "at-most": as_of <= end, "below": as_of < end, "above": as_of > end}
            assert told == wanted, (day, months)


@pytest.mark.parametrize("as_of", AS_OF, ids=str)
def test_a_window_since_a_day_has_that_day(engine, as_of):
    """What was finished on the first day counts, what was the day before does not, nor what is later than asked."""
    for start in (date(2024, 2, 29), date(2024, 2, 28), date(2025, 12, 31)):
        for day in (start - DAY, start, start + DAY, as_of, as_of + DAY):
            who = person(cpns_on=start, trainings=[{"completed_on": day, "hours": 1}])
            assert holds(engine, "since-cpns", who, as_of) == (start <= day <= as_of)
            assert holds(engine, "since-a-day", who, as_of) == (date(2024, 2, 29) <= day <= as_of)


@pytest.mark.parametrize("as_of", AS_OF, ids=str)
def test_full_years_end_a_year_earlier_until_the_last_one_is_due(engine, as_of):
    """The last full year is due from 1 February: before, the window is that of the year before."""
    last = as_of.year - (1 if (as_of.month, as_of.day) >= (2, 1) else 2)
    for years, bad in product((1, 2, 3), range(as_of.year - 5, as_of.year + 1)):
        rated = [{"year": y, "rating": "Kurang" if y == bad else "Baik"} for y in range(as_of.year - 6, as_of.year)]
        inside = last - years < bad <= last
        assert holds(engine, f"bad-in-{years}-years", person(appraisals=rated), as_of) == inside, (years, bad)
        without = person(appraisals=[r for r in rated if r["year"] != bad], cpns_on=date(2000, 1, 1))
        assert holds(engine, f"good-in-{years}-years", without, as_of) == (not inside), (years, bad)


def test_a_year_is_asked_of_whoever_served_on_its_first_day(engine):
    """Who began on 1 January is asked about that year, who began a month later is not."""
    rated = [{"year": 2025, "rating": "Baik"}]
    for day, expected in ((date(2024, 1, 1), False), (date(2024, 2, 1), True)):
        assert holds(engine, "good-in-2-years", person(cpns_on=day, appraisals=rated), date(2026, 10, 1)) == expected


@pytest.mark.parametrize("begins", [None, "2025-07-01", "2025-01-01", "2024-05-15"])
def test_the_last_rated_years_are_years_however_many_parts_they_were_rated_in(engine, begins):
    """A level that begins within a year splits its appraisal, and makes no two years of one."""
    posts = (
        [] if begins is None else [{"kind": "fungsional", "jenjang": "Ahli Muda", "since": begins, "until": "ongoing"}]
    )
    for bad in (2025, 2024, 2021, 2020, 2019):
        years = [2019, 2020, 2021, 2024, 2025]
        rated = [{"year": y, "rating": "Kurang" if y == bad else "Sangat Baik"} for y in years]
        for last in (1, 2, 3):
            expected = bad not in years[-last:]
            assert (
                holds(engine, f"last-{last}-rated", person(appraisals=rated, posts=posts), date(2026, 10, 1))
                == expected
            )


def test_a_year_rated_in_parts_is_as_good_as_its_lowest(engine):
    """The better part of the last year does not stand for all of it."""
    part = {"year": 2025, "period_start": "2025-07-01", "period_end": "2025-12-31", "rating": "Sangat Baik"}
    rated = [{"year": 2025, "rating": "Kurang"}, part]
    assert not holds(engine, "last-1-rated", person(appraisals=rated), date(2026, 10, 1))


@pytest.mark.parametrize("as_of", AS_OF, ids=str)
def test_an_interval_runs_from_its_first_day_to_the_day_before_its_last(engine, as_of):
    """A sanction that begins today runs, one that ends today has ended, one of no day at all never ran."""
    ends = [as_of + n * DAY for n in (-1, 0, 1)]
    for since, until in ((a, b) for a, b in product(ends, ends) if a <= b):
        who = person(sanctions=[{"level": "ringan", "since": since, "until": until}])
        assert holds(engine, "running", who, as_of) == (since <= as_of < until)
        assert holds(engine, "ended", who, as_of) == (until <= as_of)


@pytest.mark.parametrize("as_of", AS_OF, ids=str)
def test_unbroken_time_goes_on_where_posts_touch_and_begins_anew_after_a_day(engine, as_of):
    """Two posts that touch count from the first, with two days between them from the second.

    With one day between, the first may have ended on its last day, or on the day after: that is not known.
    """
    for months, gap in product((6, 12, 24), (0, 2)):
        for day in around(as_of, months):
            moved = day + 20 * DAY
            posts = [{"kind": "pengawas", "since": day, "until": moved - gap * DAY},
                     {"kind": "pengawas", "since": moved, "until": "ongoing"}]  # fmt: skip
            begun = moved if gap else day
            assert holds(engine, f"unbroken-{months}", person(posts=posts), as_of) == (as_of >= later(begun, months))


LENGTHS = [(n, wanted) for n in (1, 12, 24) for wanted in (n // 2 + 1, n)]


def place(day: date) -> int:
    """Place a day on a line of months of 31 units each."""
    return (day.year * 12 + day.month) * 31 + day.day


@pytest.mark.parametrize("as_of", AS_OF, ids=str)
def test_a_window_of_added_up_time_can_be_filled(engine, as_of):
    """Who held posts all the time has all of n months, on every day; of others what lies in the last n months counts."""
    posts = [("2010-01-01", "ongoing")], [("2010-01-01", as_of - 200 * DAY), (as_of - 200 * DAY, "ongoing")]
    for held in posts:
        who = person(posts=[{"kind": "pelaksana", "since": since, "until": until} for since, until in held])
        for n, wanted in LENGTHS:
            assert holds(engine, f"total-time-{wanted}-of-{n}", who, as_of), (n, wanted)
    for n, wanted in LENGTHS:
        for since in around(as_of, n):
            for until in (*around(as_of, wanted // 2), as_of + 5 * DAY):
                if until <= since:
                    continue
                who = person(posts=[{"kind": "pelaksana", "since": since, "until": until}])
                lasted = place(min(until, as_of)) - max(place(since), place(as_of) - 31 * n)
                for word in ("total-time", "longest"):
                    assert holds(engine, f"{word}-{wanted}-of-{n}", who, as_of) == (lasted >= 31 * wanted), (
                        since,
                        until,
                    )


@pytest.mark.parametrize("as_of", AS_OF, ids=str)
def test_a_duty_of_the_year_looks_at_the_year_and_its_previous_one_at_the_year_before(engine, as_of):
    """From 1 January to 31 December, as far as it has come; what is yet to come is not seen."""
    for day in (date(as_of.year + n, *end) for n in (-2, -1, 0) for end in ((1, 1), (12, 31))):
        who = person(trainings=[{"completed_on": day, "hours": 1}])
        now, before = (engine.decide(who, f"tahunan{suffix}", as_of=as_of).state.value for suffix in ("", "@previous"))
        assert now == ("fulfilled" if day.year == as_of.year and day <= as_of else "owed")
        assert before == ("fulfilled" if day.year == as_of.year - 1 else "overdue")


@pytest.mark.parametrize("as_of", AS_OF, ids=str)
def test_a_duty_is_overdue_from_its_due_day(engine, as_of):
    """Within six months of a day: owed on the day before the same day six months on, overdue on it."""
    for day in around(as_of, 6):
        state = engine.decide(person(cpns_on=day, trainings=[]), "sekali", as_of=as_of).state.value
        assert state == ("overdue" if as_of >= later(day, 6) else "owed"), day


def test_a_rule_is_in_force_from_its_first_day_to_the_day_before_its_last(engine):
    """Half open, like everything dated."""
    for day, there in ((date(2024, 2, 28), False), (date(2024, 2, 29), True), (date(2026, 1, 30), True), (date(2026, 1, 31), False)):  # fmt: skip
        if there:
            assert holds(engine, "dated", person(employment="PNS"), day)
        else:
            with pytest.raises(PolicyError, match="not in force"):
                engine.decide(person(employment="PNS"), "dated", as_of=day)


def test_what_is_asked_of_a_mentor_is_not_looked_up_at_the_mentee(engine):
    """The predicates of the last years, and that there is one of each year, are those of the one who is named."""
    good, bad, none = ([{"year": 2025, "rating": r}] if r else [] for r in ("Baik", "Kurang", None))
    for theirs, own, expected in ((good, bad, "eligible"), (good, none, "eligible"), (bad, good, "ineligible"), (none, good, "ineligible")):  # fmt: skip
        mentee, mentor = person(appraisals=own), person("19600101", appraisals=theirs)
        decision = engine.decide(mentee, "bimbing/pair", as_of=date(2026, 10, 1), mentor=mentor, agency=Agency())
        assert decision.verdict.value == expected
        assert {c.status for c in decision.criteria} == {"held" if expected == "eligible" else "failed"}
