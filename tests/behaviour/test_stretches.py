"""Stretches of a timeline that people are told of: what is joined or told once for several years leaves nothing out."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from asnpolicy import Employee, Engine
from asnpolicy.decisions.timeline.stretches import Again, a_year_later, by_year, stretches_of
from asnpolicy.decisions.timeline.text import said_of
from asnpolicy.language.dates import plus_months
from asnpolicy.policy.library import regions

WORKFORCES = Path(__file__).parents[2] / "examples" / "workforces"
SINCE, UNTIL = date(2019, 1, 1), date(2036, 10, 1)


@cache
def lines(region):
    people = (WORKFORCES / f"{region}.jsonl").read_text(encoding="utf-8").splitlines()[5:200:60]
    known = [Employee.model_validate_json(one).model_copy(update={"known_on": date(2026, 10, 1)}) for one in people]
    engine = Engine.load(region)
    return [line for one in known for line in engine.timelines(one, since=SINCE, until=UNTIL)]


def told(line):
    """Return what is told of a timeline: its stretches with their days, as they are written, and those to come again."""
    those = stretches_of(line.segments)
    said = [said_of(one) for one in those]
    found = []
    for one in by_year(those, said, line.until):
        found.append(one if isinstance(one, Again) else (those[one].segment.since, those[one].segment.until, said[one]))
    return those, said, found


def unfolded(found, end):
    """Return every stretch, those that come again too: a year after what was told last."""
    whole = []
    for one in found:
        if not isinstance(one, Again):
            whole.append(one)
            continue
        cycle = [each for each in whole if each[0] >= plus_months(one.since, -12)]
        for years in range(1, one.times + 1):
            whole += [_later(each, years, end) for each in cycle]
        assert (whole[-len(cycle) * one.times][0], whole[-1][1]) == (one.since, one.until)
    return whole


def _later(one, years, end):
    since, until, said = one
    for _ in range(years):
        since, until, said = plus_months(since, 12), plus_months(until, 12), tuple(map(a_year_later, said))
    return since, min(until, end), said


@pytest.mark.parametrize("region", regions())
def test_what_is_told_once_for_several_years_is_so_on_the_same_days_of_each(region):
    """Written out again, it is each stretch as it was, with its days, its result and all that is said of it."""
    folded = 0
    for line in lines(region):
        those, said, found = told(line)
        wanted = [(one.segment.since, one.segment.until, words) for one, words in zip(those, said, strict=True)]
        assert unfolded(found, line.until) == wanted, line.rule
        folded += len(wanted) - len(found)
    assert folded > 20


@pytest.mark.parametrize("region", regions())
def test_joined_days_have_the_same_result_and_the_same_reasons(region):
    """No day is told of with another result than its own, nor with criteria that fail on others."""
    joined = 0
    for line in lines(region):
        those = stretches_of(line.segments)
        assert [one.segment.since for one in those[1:]] == [one.segment.until for one in those[:-1]]
        assert (those[0].segment.since, those[-1].segment.until) == (SINCE, UNTIL)
        for one in those:
            inside = [each for each in line.segments if one.segment.since <= each.since < one.segment.until]
            assert {each.result for each in inside} == {one.segment.result}
            if one.segment.result not in ("not_applicable", "not_in_force"):
                assert len({(each.decision.because, each.decision.missing, each.decision.to) for each in inside}) == 1
                begins = next((each.since for each in inside if each.not_yet), None)
                assert one.not_yet_from == (None if one.segment.not_yet else begins)
            joined += len(inside) - 1
    assert joined > 20


def test_a_yearly_duty_of_years_to_come_is_told_once():
    """Two lines for its year, and one for all the years after it."""
    line = next(one for one in lines("nasional") if one.rule == "skp-tahunan" and one.segments[-1].result == "overdue")
    text = line.explain("en")
    assert "The same each following year, from 1 January 2028 to 30 September 2036" in text
    assert "1 February 2029" not in text
    assert "Demikian pula setiap tahun berikutnya, 1 Januari 2028 sampai 30 September 2036" in line.explain("id")
    assert [str(one.since) for one in line.segments if one.since.year == 2029] == ["2029-01-01", "2029-02-01"]
