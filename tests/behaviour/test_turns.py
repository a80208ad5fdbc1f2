"""Turns: whatever moves with the day of asking, its answer changes on no other day than those that are told from its tree."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from asnpolicy import Employee
from asnpolicy.language.course import course_of
from asnpolicy.language.dates import Period
from asnpolicy.language.daycount import Holidays
from asnpolicy.language.facts import fold, summed
from asnpolicy.language.lower import Binder
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import (
    DATE,
    NUMBER,
    YES,
    Arithmetic,
    AsOf,
    Band,
    Compare,
    Cut,
    Divide,
    Elapsed,
    Field,
    Figure,
    If,
    LastMonthEnd,
    Literal,
    Lookup,
    Member,
    MonthsBetween,
    PlusDays,
    PlusMonths,
    RecordField,
    StartOfYear,
    Upcoming,
    YearOf,
)
from asnpolicy.language.reach import Reach, Untold
from asnpolicy.language.reading import Question
from asnpolicy.language.turns import Crossing, _turned, crossings, turning
from asnpolicy.language.windows import AS_OF, in_last
from asnpolicy.people import ABSENT, OPEN
from asnpolicy.policy.library import load

SINCE, UNTIL = date(2024, 1, 1), date(2029, 1, 1)
NOW, YEAR = AsOf(), YearOf(AsOf())
BEGAN, CONFIRMED = Field("employee", "cpns_on", DATE), Field("employee", "pns_on", DATE)
DONE, HOURS = RecordField("completed_on", DATE), RecordField("hours", NUMBER)
PERIODS = (Period(date.min, date(2026, 5, 1), ((4, 1), (10, 1))), Period(date(2026, 5, 1), OPEN, ((12, 31),)))
RECENT = fold("count", "trainings", where=(Compare("at_least", DONE, Cut(NOW, Literal(24))),))
LAST = fold("latest", "trainings", DONE, otherwise=ABSENT)
IS_LATE = Compare("above", CONFIRMED, Literal(date(2021, 6, 1)))
SINCE_THREE_YEARS = in_last(Literal(36))
PERSON = Employee.model_validate(
    {
        "nip": "199004102020031001", "employment": "PNS", "cpns_on": "2020-03-31", "pns_on": "2021-08-15",
        "ranks": {"records": [{"rank": "III/a", "since": "2020-03-31"}, {"rank": "III/b", "since": "2024-04-01"}], "complete_since": "2020-03-31"},
        "trainings": {"records": [
            {"code": "a", "hours": 3, "completed_on": "2023-02-28"}, {"code": "b", "hours": 40, "completed_on": "2024-01-31"},
            {"code": "c", "hours": 7, "completed_on": "2025-12-31"},
        ], "complete_since": "2023-01-01"},
        "exams": {"records": [{"code": "ujian-dinas-1", "taken_on": "2025-03", "passed": True}], "complete_since": "all"},
    }
)  # fmt: skip

CONDITIONS = {
    "the day itself": Compare("above", NOW, Literal(date(2026, 10, 1))),
    "a day that must be the very one": Compare("is", NOW, Literal(date(2026, 10, 1))),
    "the day on the other side": Compare("at_most", Literal(date(2026, 10, 1)), NOW),
    "one of some years": Member(YEAR, (2025, 2027)),
    "the first day of the year": Compare("at_least", StartOfYear(YEAR), Literal(date(2026, 3, 1))),
    "the year before": Compare("at_least", Arithmetic("minus", YEAR, Literal(5)), YearOf(CONFIRMED)),
    "what is left of years": Compare("above", Arithmetic("minus", Literal(2040), YEAR), Literal(13)),
    "years and years": Compare("at_least", Arithmetic("plus", Literal(4), YEAR), Literal(2031)),
    "a month's end": Compare("at_least", LastMonthEnd(NOW), Literal(date(2026, 2, 28))),
    "the period that comes": Compare("above", Upcoming(NOW, PERIODS), Literal(date(2025, 10, 1))),
    "some months ahead": Compare("above", PlusMonths(NOW, Literal(6)), PlusMonths(Upcoming(BEGAN, PERIODS), Literal(60))),
    "so long ahead that it is over": Compare("at_least", PlusMonths(NOW, Literal(18)), Literal(date(2028, 2, 29))),
    "some days ahead": Compare("above", PlusDays(NOW, 40), PlusDays(Upcoming(BEGAN, PERIODS), 1900)),
    "some days back": Compare("at_least", PlusDays(NOW, -1650), BEGAN),
    "some days back, since a record": Compare("at_most", LAST, PlusDays(NOW, -365)),
    "some months back": Compare("at_least", Cut(NOW, Literal(54)), BEGAN),
    "some months back, the whole of them over": Compare("above", Cut(NOW, Literal(54), "not_over"), BEGAN),
    "some months back, as a stretch lasts": Compare("at_least", Cut(NOW, Literal(54), "lasted"), BEGAN),
    "months back by a choice": Compare("at_least", Cut(NOW, If(IS_LATE, Literal(48), Literal(60))), BEGAN),
    "months by a figure and a table": Compare(
        "at_least", Cut(NOW, Figure("f", Lookup((Field("employee", "employment", DATE),), (), 65))), BEGAN
    ),
    "whole months since": Compare("at_least", MonthsBetween(BEGAN, NOW), Literal(59)),
    "whole months in bands": Compare(
        "is", Lookup((MonthsBetween(BEGAN, NOW),), (((Band(None, 50),), 1), ((Band(50, 70),), 2)), 3), Literal(2)
    ),
    "a year in a table": Compare("is", Lookup((YEAR,), (((2025,), 1), ((2027,), 1)), 0), Literal(1)),
    "months back, against the year that is asked in": Compare("at_least", Cut(NOW, Literal(6)), StartOfYear(YEAR)),
    "the middle of the year that is asked in": Compare("at_least", NOW, PlusMonths(StartOfYear(YEAR), Literal(6))),
    "the first day of the third of some years": Compare(
        "at_least", NOW, StartOfYear(Arithmetic("plus", Literal(2021), Arithmetic("times", Divide(Arithmetic("minus", YEAR, Literal(2021)), 3, "up"), Literal(3))))
    ),
    "the first day of the next year, far ahead": Compare(
        "above", PlusMonths(NOW, Literal(18)), StartOfYear(Arithmetic("plus", YEAR, Literal(2)))
    ),
    "the year asked in, on the other side": Compare("below", StartOfYear(Arithmetic("plus", YEAR, Literal(1))), PlusMonths(NOW, Literal(3))),
    "the longest time since a record": Compare("at_least", fold("greatest", "trainings", MonthsBetween(DONE, NOW)), Literal(30)),
    "a figure that goes on": Compare("at_least", Figure("f", MonthsBetween(BEGAN, NOW)), Literal(60)),
    "an exam day that is known in part": Compare("at_least", Cut(NOW, Literal(12)), fold("least", "exams", RecordField("taken_on", DATE), otherwise=ABSENT)),
    "records known to be all": Compare("at_least", fold("count", "trainings", window=SINCE_THREE_YEARS), Literal(3)),
    "time gone by": Compare("at_least", Elapsed(CONFIRMED, NOW), Literal(31 * 40)),
    "time gone by, to whichever is the end": Compare(
        "at_least", Elapsed(CONFIRMED, If(Compare("above", Literal(date(2027, 3, 1)), NOW), NOW, Literal(date(2027, 3, 1)))),
        Literal(31 * 60),
    ),
    "one day or the other": Compare("above", If(IS_LATE, NOW, BEGAN), Literal(date(2025, 5, 5))),
    "records of the last months": Compare("at_least", RECENT, Literal(2)),
    "the day of the last record": Compare("at_most", LAST, Cut(NOW, Literal(12))),
    "the last day plus months by months": Compare("above", NOW, PlusMonths(LAST, MonthsBetween(BEGAN, CONFIRMED))),
    "a day that records are since": Compare("at_least", NOW, PlusMonths(fold("held_since", "ranks", RecordField("rank", DATE), otherwise=ABSENT), Literal(24))),
    "time between two days and a half": Compare(
        "at_least", MonthsBetween(BEGAN, NOW), Divide(Elapsed(BEGAN, Literal(date(2029, 7, 1))), 62, "up")
    ),
    "the year of a record": Compare("at_least", YEAR, Arithmetic("plus", fold("greatest", "trainings", YearOf(DONE)), Literal(1))),
    "months before the first of a year": Compare("above", NOW, Cut(StartOfYear(YearOf(PlusMonths(LAST, Literal(18)))), Literal(2))),
    "a month's end of a record": Compare("above", NOW, LastMonthEnd(PlusMonths(LAST, Literal(3)))),
}  # fmt: skip
"""Conditions of which each can be told, and turns for the person."""

UNTOLD = {
    "time added up over records": Compare("at_least", summed("trainings", Elapsed(DONE, NOW), YES, None), Literal(31 * 30)),
    "time added up that must be so much to the day": Compare("is", summed("trainings", Elapsed(DONE, NOW), YES, None), Literal(31 * 30)),
    "time added up in a table": Compare(
        "is", Lookup((summed("trainings", Elapsed(DONE, NOW), YES, None),), (((Band(None, 500),), 1),), 2), Literal(1)
    ),
    "a day held against what moves": Compare("above", NOW, PlusMonths(LastMonthEnd(NOW), Literal(1))),
}  # fmt: skip
NEVER_TOLD = {
    "working days back": Compare("at_least", PlusDays(NOW, -1180, Holidays((date(2026, 1, 1),), (2026,))), BEGAN),
    "how many records there are": Compare("at_least", YEAR, Arithmetic("plus", Literal(2022), fold("count", "trainings"))),
    "what moves, some times over": Compare("at_least", Arithmetic("times", YEAR, Literal(2)), Literal(4052)),
    "months between two days that move": Compare("at_least", MonthsBetween(NOW, NOW), Literal(1)),
    "a rest of what moves": Compare("at_least", Divide(MonthsBetween(BEGAN, NOW), 2, "up"), Literal(30)),
    "time since a year began, which falls back with the next": Compare("at_least", Elapsed(StartOfYear(YEAR), NOW), Literal(31 * 5)),
    "time since a day that moves": Compare("at_least", Elapsed(Cut(NOW, Literal(3)), NOW), Literal(31)),
    "time until a day that stands": Compare("at_least", Elapsed(NOW, Literal(date(2027, 1, 1))), Literal(31)),
}  # fmt: skip


RECORDED = {
    *(record.completed_on for record in PERSON.trainings.records), *(record.since for record in PERSON.ranks.records),
    *(day for record in PERSON.exams.records for day in (record.taken_on.first, record.taken_on.last)),
}  # fmt: skip
"""On the days of records answers turn too, whatever is asked of them."""


def told(condition):
    """Give the days on which a condition may turn, by its tree alone."""
    reach = Reach({"employee": (PERSON,)}, SINCE, UNTIL)
    return {day for crossing in crossings(condition) for day in reach.days(crossing)}


def turned(condition):
    """Give the days on which it does: each day is asked."""
    found, before = set(), None
    for ahead in range((UNTIL - SINCE).days):
        day = SINCE + timedelta(days=ahead)
        status = Meaning(Question(day, PERSON.view(day))).truth(Binder(day).node(condition)).status
        if before not in (None, status):
            found.add(day)
        before = status
    return found


@pytest.mark.parametrize("name", CONDITIONS)
def test_an_answer_turns_on_no_other_day_than_is_told(name):
    """Each kind of moving value, on every day of five years; and it does turn."""
    condition = CONDITIONS[name]
    days = turned(condition)
    assert days, "nothing turns: the test shows nothing"
    assert days <= told(condition) | RECORDED


@pytest.mark.parametrize("op", ["at_least", "above", "at_most", "below"])
@pytest.mark.parametrize("ahead", [-1, 0, 1])
@pytest.mark.parametrize("moving", [NOW, Cut(NOW, Literal(3)), PlusMonths(NOW, Literal(5)), PlusDays(NOW, 9), PlusDays(NOW, -9), LastMonthEnd(NOW)])
def test_of_a_bar_that_is_another_one_each_year_no_day_is_told_on_which_nothing_turns(op, ahead, moving):
    """A duty of each year is due on the first day of the next: that no day of a year comes to it needs no asking."""
    bar = StartOfYear(Arithmetic("plus", YEAR, Literal(ahead)))
    for condition in (Compare(op, moving, bar), Compare(op, bar, moving)):
        assert told(condition) == turned(condition)


@pytest.mark.parametrize(
    "moving", [
        NOW, YEAR, *(Cut(NOW, Literal(n), edge) for n in (0, 1, 11, 24) for edge in ("lasted", "fresh", "not_over")),
        PlusMonths(NOW, Literal(13)), PlusDays(NOW, 31), PlusDays(NOW, -400), LastMonthEnd(NOW), StartOfYear(Arithmetic("minus", YearOf(Cut(NOW, Literal(1))), Literal(2))),
        Arithmetic("plus", Literal(3), YearOf(PlusMonths(NOW, Literal(7)))), Figure("f", YearOf(LastMonthEnd(NOW))),
    ],
)  # fmt: skip
def test_a_course_reaches_each_of_its_values_on_the_first_day_that_has_it(moving):
    """What it is on a day, and when it is so much, say the same: on every day of five years, leap days and ends of months too."""
    course = course_of(moving)
    for ahead in range((UNTIL - SINCE).days):
        day = SINCE + timedelta(days=ahead)
        first = course.first(course.on(day))
        assert first <= day
        assert course.on(first) == course.on(day) > course.on(first - timedelta(days=1))
        assert course.on(day) == Binder(day).node(moving).value


@pytest.mark.parametrize(
    "moving", [BEGAN, Cut(NOW, MonthsBetween(BEGAN, CONFIRMED)), If(IS_LATE, NOW, BEGAN), MonthsBetween(BEGAN, NOW)]
)
def test_what_hangs_on_somebody_has_no_course(moving):
    """It may move in several ways, or not at all."""
    assert course_of(moving) is None


@pytest.mark.parametrize("name", UNTOLD)
def test_what_no_single_record_tells_is_left_to_others(name):
    """Time added up, and a moving day held against another: each day is asked, or the flow is followed."""
    assert [one for one in _turned(UNTOLD[name], None) if one is None or isinstance(one, Compare)]


@pytest.mark.parametrize("name", NEVER_TOLD)
def test_what_can_not_be_told_says_so(name):
    """No day is left out silently: then all days are asked."""
    with pytest.raises(Untold):
        told(NEVER_TOLD[name])


def test_a_rule_turns_by_all_that_is_asked_of_it():
    """Its conditions, the day on which a duty is due, what it leads to; each once, and every day where one can't be told."""
    program = load("nasional").program(date(2026, 10, 1))
    duty, promotion = program.rule("latsar"), program.rule("kenaikan-pangkat-reguler")
    found = turning(duty)
    assert Crossing(AS_OF, duty.due, (0,)) in found.crossings
    assert set(found.crossings) > set(crossings(duty.applies_to))
    assert set(turning(promotion).crossings) >= set(crossings(promotion.target))
    assert not found.every_day
    untold = UNTOLD["a day held against what moves"]
    assert turning(replace(duty, applies_to=untold)).every_day
