"""What registers deliver twice, or across the start of a level, is counted once and where it belongs."""

from datetime import date
from decimal import Decimal

import pytest

from asnpolicy import Employee, Engine

NIP = "198609262015051001"
LATER = date(2026, 10, 1)
ENGINE = Engine.load("nasional")
PART = {"year": 2024, "period_start": "2024-01-01", "period_end": "2024-02-29", "rating": "Baik"}
YEAR = {"year": 2024, "period_start": "2024-01-01", "period_end": "2024-12-31", "rating": "Baik"}
ONLY_YEAR = {"year": 2024, "rating": "Baik"}


def view(as_of=LATER, **histories):
    return Employee.model_validate({"nip": NIP, **histories}).view(as_of)


def months(employee):
    return [(record.months, str(record.rating)) for record in employee.appraisals.records]


def codes(employee, as_of=LATER):
    return [finding.code for finding in employee.findings(as_of)]


def test_months_that_were_rated_in_part_are_not_counted_again_in_the_year():
    """Two months rated for a promotion in the middle of the year, then the whole year: twelve months, not fourteen."""
    one = Employee.model_validate({"nip": NIP, "appraisals": [PART, YEAR]})
    assert months(one.view(LATER)) == [(2, "Baik"), (10, "Baik")]
    assert codes(one) == []


def test_a_part_in_the_middle_leaves_two_rests():
    """Nine months of the year stay its own, on both sides of the part."""
    middle = {**PART, "period_start": "2024-04-01", "period_end": "2024-06-30"}
    assert months(view(appraisals=[YEAR, middle])) == [(9, "Baik"), (3, "Baik")]


def test_an_appraisal_delivered_twice_counts_once_and_is_told():
    """The same record again says nothing new."""
    one = Employee.model_validate({"nip": NIP, "appraisals": [YEAR, YEAR]})
    assert months(one.view(LATER)) == [(12, "Baik")]
    assert codes(one) == ["double-record"]


@pytest.mark.parametrize(
    ("other", "code"),
    [({**PART, "rating": "Kurang"}, "overlapping-appraisals"), ({**PART, "period_end": "2024-02-15"}, "overlapping-appraisals"),
     ({**YEAR, "rating": "Kurang"}, "doubles-differ")],
    ids=["another predicate", "half a month", "two predicates of one year"],
)  # fmt: skip
def test_appraisals_that_contradict_each_other_are_unknown(other, code):
    """Which of the two counts for those months can't be told: both predicates are unknown, and a finding says so."""
    one = Employee.model_validate({"nip": NIP, "appraisals": [other, YEAR]})
    assert code in codes(one)
    assert {record.rating for record in one.view(LATER).appraisals.records} == {None}


@pytest.mark.parametrize("part", [{**PART, "rating": None}, {**PART, "period_end": None}], ids=["predicate", "end"])
def test_while_a_part_is_not_wholly_known_the_months_of_both_are_not(part):
    """Whether it goes with the year, and which months it takes, is not known; the year keeps its predicate."""
    one = view(appraisals=[part, YEAR])
    assert [record.months for record in one.appraisals.records] == [None, None]
    assert "Baik" in {str(record.rating) for record in one.appraisals.records}


def test_of_an_appraisal_with_its_year_alone_the_months_are_not_known():
    """It may be of the whole year or of a part of it: nothing that was not delivered is filled in."""
    assert months(view(appraisals=[ONLY_YEAR])) == [(None, "Baik")]


def functional(jenjang, since, until):
    return {"kind": "fungsional", "jenjang": jenjang, "since": since, "until": until, "acting": False}


def credit(as_of=LATER, complete="all", **histories):
    """Work out the credit in the present level of a holder with one appraisal, of 2024."""
    whole = {name: {"records": records, "complete_since": complete} for name, records in histories.items()}
    none = {"records": [], "complete_since": "all"}
    lowest = {"records": [{"rank": "III/a", "since": "2018-03-01"}], "complete_since": "all"}  # no basic credit
    one = Employee.model_validate(
        {
            "nip": NIP,
            "appraisals": {"records": [YEAR], "complete_since": "all"},
            "credits": none,
            "ranks": lowest,
            **whole,
        }
    )
    return ENGINE.figure(one, "ak_dalam_jenjang", as_of=as_of)


def test_of_the_year_in_which_a_level_begins_the_months_from_then_on_count():
    """Ten months belong to the new level: 10/12 of 25."""
    posts = [functional("Ahli Pertama", "2018-03-01", "2024-03-01"), functional("Ahli Muda", "2024-03-01", "ongoing")]
    assert credit(posts=posts).value == Decimal("20.83")


def test_a_level_that_begins_in_the_middle_of_a_month_counts_from_the_next():
    """Only whole months are converted to credit: 7/12 of 12.5."""
    assert credit(posts=[functional("Ahli Pertama", "2024-05-15", "ongoing")]).value == Decimal("7.29")


def test_moving_within_a_level_counts_all_months():
    """Another unit, the same level."""
    posts = [
        functional("Ahli Pertama", "2018-03-01", "2024-03-01"),
        functional("Ahli Pertama", "2024-03-01", "ongoing"),
    ]
    assert credit(posts=posts).value == Decimal("12.5")


def test_a_level_of_which_the_first_month_is_not_known_gives_bounds():
    """Since some day of 2024: between no month and all twelve."""
    figure = credit(posts=[functional("Ahli Pertama", "2024", "ongoing")])
    assert (figure.value, figure.low, figure.high) == (None, Decimal(0), Decimal("12.5"))


def test_a_second_letter_of_the_same_rank_does_not_start_it_anew():
    """The first rank is held since CPNS, though a letter repeats it on becoming PNS."""
    letters = [{"rank": "III/a", "since": "2018-03-01"}, {"rank": "III/a", "since": "2019-03-01"}]
    assert held_since(letters) == date(2018, 3, 1)


def test_a_rank_regained_after_another_begins_again():
    """Lowered for a time, then restored: the last of three ranks."""
    ranks = [("III/b", "2018-03-01"), ("III/a", "2021-03-01"), ("III/b", "2022-03-01")]
    assert held_since([{"rank": rank, "since": since} for rank, since in ranks]) == date(2022, 3, 1)


@pytest.mark.parametrize(
    ("complete", "held"), [("all", "held"), ("2018-03-01", "held"), ("2018-03-02", "unknown"), ("2024-03-01", "unknown")]
)
def test_two_letters_of_one_rank_are_one_only_where_no_other_rank_may_lie_between(complete, held):
    """Who was promoted, lowered and restored before the letters are complete did not hold it since the first."""
    letters = [{"rank": "III/a", "since": "2018-03-01"}, {"rank": "III/a", "since": "2024-03-01"}]
    assert status_of_time(letters, complete) == held


def test_the_first_letter_since_the_letters_are_complete_is_the_latest_day_of_the_run():
    """Of three letters of a rank the last two are surely of one run: long enough, whatever was before them."""
    letters = [{"rank": "III/a", "since": since} for since in ("2015-03-01", "2018-03-01", "2024-03-01")]
    assert status_of_time(letters, "2017-01-01") == "held"


def time_in_rank(letters, complete="all"):
    """Return the criterion of a promotion that asks for the time in the present rank."""
    whole = {"records": letters, "complete_since": complete}
    one = Employee.model_validate({"nip": "198609262018031001", "employment": "PNS", "ranks": whole})
    decision = ENGINE.decide(one, "kenaikan-pangkat-reguler", as_of=LATER)
    return next(c for c in decision.criteria if c.id == "masa-pangkat")


def status_of_time(letters, complete):
    """Return whether the present rank was held long enough."""
    return str(time_in_rank(letters, complete).status)


def held_since(letters):
    """Give since when the present rank is held, as an explanation tells it."""
    seen = time_in_rank(letters).observations[0].seen
    return seen.part.part("day")


def test_a_part_rated_higher_than_the_year_keeps_its_predicate():
    """For performance the year's predicate stays the lowest; for credit the part counts as it was rated first."""
    assert months(view(appraisals=[{**PART, "rating": "Sangat Baik"}, YEAR])) == [(2, "Sangat Baik"), (10, "Baik")]


def test_a_later_appraisal_contradicts_nothing_before_it():
    """On a day in 2024 the appraisal of the whole of 2024 is not known yet, and so not at odds with its part."""
    appraisals = [{**PART, "decided_on": "2024-03-01"}, {**YEAR, "rating": "Sangat Baik", "decided_on": "2025-01-01"}]
    one = Employee.model_validate({"nip": NIP, "appraisals": appraisals})
    assert months(one.view(date(2024, 6, 1))) == [(2, "Baik")]
    assert [record.rating for record in one.view(date(2025, 1, 1)).appraisals.records] == [None, None]


@pytest.mark.parametrize(
    ("post", "bare"),
    [({"title": "Guru"}, "Guru"), ({"title": "GURU AHLI MUDA"}, "Guru"), ({"title": "guru"}, "Guru"),
     ({"title": "GURU MUDA"}, "Guru"), ({"title": "Analis SDM Aparatur"}, "Analis SDM Aparatur"),
     ({"title": "Guru Ahli Muda", "jenjang": None}, None), ({"title": "Guru Muda", "kind": None, "jenjang": None}, None),
     ({"title": "Guru Madya"}, None), ({"title": "Sekretaris Utama", "kind": "jpt-madya", "jenjang": None}, "Sekretaris Utama"),
     ({"title": "GURU", "kind": None, "jenjang": None}, "Guru")],
)  # fmt: skip
def test_the_name_of_a_functional_post_is_told_without_its_level(post, bare):
    """Registers write the level behind the name, or all in capitals; while it is not known that it is one, the name is not."""
    given = {"kind": "fungsional", "jenjang": "Ahli Muda", "since": "2020-01-01", **post}
    one = view(posts=[{name: value for name, value in given.items() if value is not None}])
    assert one.posts.records[0].title == bare


def test_a_changed_copy_of_a_person_is_looked_at_anew():
    """What was worked out of the old fields must not decide about the new ones."""
    before = Employee.model_validate({"nip": NIP, "appraisals": [PART, YEAR]})
    assert len(before.view(LATER).appraisals.records) == 2
    after = before.model_copy(update={"appraisals": Employee(nip=NIP).appraisals})
    assert after.view(LATER).appraisals.records == ()
