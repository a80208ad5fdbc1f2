"""What registers deliver twice, or across the start of a level, is counted once and where it belongs."""

from datetime import date

import pytest

from asnpolicy.people import Employee

NIP = "198609262015051001"


def settled(**histories):
    return Employee.model_validate({"nip": NIP, **histories}).settled


def periods(employee):
    return [(r.period_start.month, r.period_end.month, str(r.rating)) for r in employee.appraisals.records]


PART = {"year": 2024, "period_start": "2024-01-01", "period_end": "2024-02-29", "rating": "Baik"}
YEAR = {"year": 2024, "rating": "Baik"}


def test_months_that_were_rated_in_part_are_not_counted_again_in_the_year():
    """Two months rated for a promotion in the middle of the year, then the whole year: twelve months, not fourteen."""
    one = settled(appraisals=[PART, YEAR])
    assert periods(one) == [(1, 2, "Baik"), (3, 12, "Baik")]
    assert one.data_findings == ()


def test_a_part_in_the_middle_leaves_two_rests():
    """Each rest keeps the predicate of the year."""
    middle = {**PART, "period_start": "2024-04-01", "period_end": "2024-06-30"}
    assert periods(settled(appraisals=[YEAR, middle])) == [(1, 3, "Baik"), (4, 6, "Baik"), (7, 12, "Baik")]


def test_an_appraisal_delivered_twice_counts_once():
    """The same record again says nothing new."""
    assert periods(settled(appraisals=[YEAR, YEAR])) == [(1, 12, "Baik")]


@pytest.mark.parametrize(
    "other",
    [{**PART, "rating": "Kurang"}, {**PART, "period_end": "2024-02-15"}, {**YEAR, "rating": "Kurang"}],
    ids=["another predicate", "half a month", "two predicates of one year"],
)
def test_appraisals_that_contradict_each_other_are_unknown(other):
    """Which of the two counts for those months can't be told: both predicates are unknown, and a finding says so."""
    one = Employee.model_validate({"nip": NIP, "appraisals": [other, YEAR]})
    assert [f.code for f in one.data_findings] == ["overlapping-appraisals"]
    assert {r.rating for r in one.settled.appraisals.records} == {None}


def functional(jenjang, since, until):
    return {"kind": "fungsional", "jenjang": jenjang, "since": since, "until": until, "acting": False}


def test_the_appraisal_of_the_year_in_which_a_level_begins_is_split_there():
    """Ten months belong to the new level, two to the old one."""
    posts = [
        functional("Ahli Pertama", "2018-03-01", "2024-03-01"),
        functional("Ahli Muda", "2024-03-01", "ongoing"),
    ]
    assert periods(settled(appraisals=[YEAR], posts=posts)) == [(1, 2, "Baik"), (3, 12, "Baik")]


def test_a_level_that_begins_in_the_middle_of_a_month_counts_from_the_next():
    """Only whole months are converted to credit."""
    posts = [functional("Ahli Pertama", "2024-05-15", "ongoing")]
    assert periods(settled(appraisals=[YEAR], posts=posts)) == [(1, 5, "Baik"), (6, 12, "Baik")]


def test_moving_within_a_level_splits_nothing():
    """Another unit, the same level."""
    posts = [
        functional("Ahli Pertama", "2018-03-01", "2024-03-01"),
        functional("Ahli Pertama", "2024-03-01", "ongoing"),
    ]
    assert periods(settled(appraisals=[YEAR], posts=posts)) == [(1, 12, "Baik")]


def test_a_second_letter_of_the_same_rank_does_not_start_it_anew():
    """The first rank is held since CPNS, though a letter repeats it on becoming PNS."""
    letters = [{"rank": "III/a", "since": "2018-03-01"}, {"rank": "III/a", "since": "2019-03-01"}]
    one = Employee.model_validate({"nip": NIP, "ranks": letters})
    assert [f.code for f in one.data_findings] == ["repeated-rank"]
    assert [(str(r.rank), r.since) for r in one.settled.ranks.records] == [("III/a", date(2018, 3, 1))]


def test_a_part_rated_higher_than_the_year_keeps_its_predicate():
    """For performance the year's predicate stays the lowest; for credit the part counts as it was rated first."""
    better = {**PART, "rating": "Sangat Baik"}
    assert periods(settled(appraisals=[better, YEAR])) == [(1, 2, "Sangat Baik"), (3, 12, "Baik")]


def test_a_later_appraisal_contradicts_nothing_before_it():
    """On a day in 2024 the appraisal of the whole of 2024 is not known yet, and so not at odds with its part."""
    one = Employee.model_validate({"nip": NIP, "appraisals": [PART, {**YEAR, "rating": "Sangat Baik"}]})
    assert periods(one.settled_at(date(2024, 6, 1))) == [(1, 2, "Baik")]
    assert [r.rating for r in one.settled_at(date(2025, 1, 1)).appraisals.records] == [None, None]


@pytest.mark.parametrize(
    ("title", "bare"),
    [("Guru", "Guru"), ("GURU AHLI MUDA", "Guru"), ("guru", "Guru"), ("GURU MUDA", "Guru"), ("Analis SDM Aparatur", "Analis SDM Aparatur")],
)  # fmt: skip
def test_the_name_of_a_functional_post_is_told_without_its_level(title, bare):
    """Registers write the level behind the name, or all in capitals."""
    post = {"kind": "fungsional", "title": title, "jenjang": "Ahli Muda", "since": "2020-01-01"}
    assert settled(posts=[post]).posts.records[0].title == bare


def test_a_changed_copy_of_a_person_is_settled_anew():
    """What was worked out of the old fields must not decide about the new ones."""
    before = Employee.model_validate({"nip": NIP, "appraisals": [PART, YEAR]})
    assert len(before.settled.appraisals.records) == 2
    after = before.model_copy(update={"appraisals": Employee(nip=NIP).appraisals})
    assert after.settled.appraisals.records == ()


def test_a_rank_regained_after_another_begins_again():
    """Lowered for a time, then restored: three ranks, one after the other."""
    ranks = [("III/b", "2018-03-01"), ("III/a", "2021-03-01"), ("III/b", "2022-03-01")]
    one = settled(ranks=[{"rank": rank, "since": since} for rank, since in ranks])
    assert len(one.ranks.records) == 3
