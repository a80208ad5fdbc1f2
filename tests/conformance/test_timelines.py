"""Timelines say of every day what is decided on it: every rule, generated people and those of the sample workforces."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from asnpolicy import Agency, Decision, Employee, Engine, Timeline, Waiver
from asnpolicy.decisions.timeline import Assumption
from asnpolicy.decisions.timeline.assumptions import with_assumed
from asnpolicy.decisions.timeline.days import TurningDays
from asnpolicy.language.nodes import Cut, YearOf, walk
from asnpolicy.language.reach import Reach
from asnpolicy.language.rules import Program
from asnpolicy.people.days import OPEN
from asnpolicy.policy.library import regions
from tests.conformance.people import AGENCY, like
from tests.conformance.shipped import BASE, PEOPLE, own, policy, typical_people

LONG = "ASNPOLICY_LONG" in os.environ
"""Whether each of 250 people a region (`ASNPOLICY_LONG=250`; of 10 with `=10`) is asked about each day of 40 years: two hours."""
WANTED = int(os.environ["ASNPOLICY_LONG"] or 0) if LONG else max(1, PEOPLE // 200)
TOGETHER = 10
"""So many of those people are asked about in one test: processes share the tests among them."""
YEARS = 40 if LONG else 12 if PEOPLE >= 200 else 6
"""For so many years of a person each day is asked about: for half as many by `make test` as by `make test-long`."""
DAY = timedelta(days=1)
WORKFORCES = Path(__file__).parents[2] / "examples" / "workforces"
WITH_POSTS = Agency.model_validate(
    {
        **AGENCY.model_dump(mode="json", exclude_none=True),
        "openings": [
            {"id": "kabid", "kind": "administrator", "echelon": "III.b", "vacancies": 1, "unit": "bappeda",
             "field": "perencanaan", "lowest_rank": "III/d", "lowest_education": "S-1",
             "competencies": [{"code": "manajerial", "level": 3}]},
            {"id": "muda", "kind": "fungsional", "category": "keahlian", "jenjang": "Ahli Muda", "vacancies": 2, "field": "pendidikan"},
        ],
    }
)  # fmt: skip
Asked = tuple[str, str | None]
"""A rule, and the opening that it is asked about."""


@cache
def engine(region: str) -> Engine:
    return Engine(policy(region))


@cache
def own_rules(region: str) -> frozenset[str]:
    """Name the rules that a region does not have from the base word for word."""
    return frozenset(rule.id for program in own(region).values() for rule in program.rules if rule.kind != "pair")


@cache
def following(region: str) -> frozenset[str]:
    """Name the rules that follow an event: each of their decisions looks back for its day, which is slow."""
    return frozenset(rule.id for program in own(region).values() for rule in program.rules if rule.follows)


def essence(one: Decision | None) -> Any:
    """Return all in which days of one segment are the same."""
    return None if one is None else (one.statuses, one.state, one.to, one.projected)


def days(since: date, until: date) -> Iterator[date]:
    """Return each day of `since <= day < until`."""
    return (since + timedelta(days=ahead) for ahead in range((until - since).days))


@cache
def wanted(program: Program, region: str, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the rules of the region's own that a program has, but for some."""
    return tuple(sorted((own_rules(region) - without) & program.by_id.keys()))


def by_day(
    region: str, person: Employee, day: date, agency: Agency, without: frozenset[str] = frozenset(), **given: Any
) -> dict[Asked, Any]:
    """Return what is decided on a day, for each rule of the region's own but some, and each opening."""
    rules = wanted(policy(region).program(day), region, without)
    decided = engine(region).assess(person, as_of=day, agency=agency, rules=rules, **given) if rules else ()
    return {(one.rule.id, one.opening): essence(one) for one in decided}


def timelines(region: str, person: Employee, since: date, until: date, agency: Agency, **given: Any) -> list[Timeline]:
    found = engine(region).timelines(person, since=since, until=until, agency=agency, **given)
    return [one for one in found if one.rule in own_rules(region)]


def differences(region: str, person: Employee, since: date, until: date, agency: Agency) -> list[tuple[Asked, date]]:
    """Return the first day of each rule on which its timeline says something else than the decision of the day.

    Rules that follow an event are asked around the days on which they turn, and on some others: on every day around the
    event they are asked by another test.
    """
    made = timelines(region, person, since, until, agency)
    late = following(region)
    turns = {one.since for line in made if line.rule in late for one in line.segments}
    near = {day + ahead * DAY for day in turns for ahead in (-1, 0, 1)} | set(
        Random(str(since)).sample(list(days(since, until)), 12)
    )
    wrong: dict[Asked, date] = {}
    begun = _begun(made)
    all_said: dict[Asked, Any] = {}
    said: dict[Asked, Any] = {}  # of the rules that follow nothing
    for day in days(since, until):
        for asked, answer in begun.get(day, ()):
            for those in (all_said, *(() if asked[0] in late else (said,))):
                those.pop(asked, None) if answer is None else those.update({asked: answer})
        decided = by_day(region, person, day, agency, frozenset() if day in near else late)
        expected = all_said if day in near else said
        if decided != expected:
            for asked in decided.keys() | expected.keys():
                if decided.get(asked) != expected.get(asked):
                    wrong.setdefault(asked, day)
    return list(wrong.items())


def _begun(lines: list[Timeline]) -> dict[date, list[tuple[Asked, Any]]]:
    """Return what timelines say from a day on, for each day on which a segment begins."""
    found: dict[date, list[tuple[Asked, Any]]] = {}
    for line in lines:
        for one in line.segments:
            found.setdefault(one.since, []).append(((line.rule, line.opening), essence(one.decision)))
    return found


def generated(rng: Random, region: str, unknown: float) -> tuple[Employee, date]:
    """Draw somebody, with the day that the dates are aimed at; half of them with a day on which the registers were known."""
    around = date(rng.choice((2019, 2023, 2024, 2025, 2026, 2027)), rng.randrange(1, 13), rng.choice((1, 15, 28)))
    person = like(rng, around, unknown, typical_people(region))
    known_on = around + timedelta(days=rng.randrange(-400, 1200))
    return person.model_copy(update={"known_on": known_on if rng.random() < 0.5 else None}), around


def years_around(region: str, day: date, years: int) -> tuple[date, date]:
    """Return that many years, half before a day, and not before the policy begins."""
    since = max(date(day.year - years // 2, 1, 1), policy(region).programs[0].since)
    return since, date(since.year + years, 1, 1)


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("unknown", [0.0, 0.05, 0.3])
def test_a_timeline_says_what_is_decided_on_every_day_of_generated_people(region, unknown):
    """Every rule, on each day of twelve years around the days that the people were drawn to."""
    rng = Random(f"{region} {unknown} timelines")
    for _ in range(max(1, PEOPLE // (300 if region == BASE else 100))):
        person, around = generated(rng, region, unknown)
        since, until = years_around(region, around, 12)
        agency = WITH_POSTS if rng.random() < 0.3 else AGENCY
        assert differences(region, person, since, until, agency) == [], person.model_dump_json()


@pytest.mark.parametrize("region", regions())
@pytest.mark.parametrize("first", range(0, WANTED, TOGETHER))
def test_a_timeline_says_what_is_decided_on_every_day_of_sample_people(region, first):
    """The same for people of the sample workforces, ahead and back."""
    rng = Random(f"{region} workforce")
    lines = (WORKFORCES / f"{region}.jsonl").read_text(encoding="utf-8").splitlines()
    drawn = [(line, date(rng.randrange(2018, 2034), 1, 1)) for line in rng.sample(lines, WANTED)]
    for line, around in drawn[first : first + TOGETHER]:
        person = Employee.model_validate_json(line)
        since, until = years_around(region, around, YEARS)
        assert differences(region, person, since, until, AGENCY) == [], person.model_dump_json()


def _leaves_on(person: Employee, since: date, until: date, rule: str) -> date | None:
    """Return the first day on which somebody's timeline of a rule follows an event."""
    line = engine(BASE).timeline(person, rule, since=since, until=until, agency=AGENCY)
    followed = [one.since for one in line.segments if one.decision is not None and one.decision.event is not None]
    return next((day for day in followed if since < day), None)


@pytest.mark.parametrize("unknown", [0.0, 0.2])
@pytest.mark.parametrize("rule", sorted(following(BASE)))
def test_a_rule_that_follows_an_event_is_as_decided_on_every_day_around_it(rule, unknown):
    """Each day from before the event on: most of all the days on which it has been, or may have been."""
    rng = Random(f"{rule} {unknown} follows")
    wanted = max(1, PEOPLE // (20 if LONG else 300))
    for _ in range(200 * wanted):
        person, around = generated(rng, BASE, unknown)
        since, until = years_around(BASE, around, 12)
        day = _leaves_on(person, since, until, rule)
        if day is None:
            continue
        first, last = max(since, day - 40 * DAY), min(until, day + (YEARS if LONG else 1) * 200 * DAY)
        line = engine(BASE).timeline(person, rule, since=first, until=last, agency=AGENCY)
        for asked in days(first, last):
            there = rule in policy(BASE).program(asked).by_id
            decided = engine(BASE).decide(person, rule, as_of=asked, agency=AGENCY) if there else None
            assert essence(line.on(asked).decision) == essence(decided), (asked, person.model_dump_json())
        wanted -= 1
        if not wanted:
            return
    pytest.fail("nobody was found who left")


@pytest.mark.parametrize("region", regions())
def test_segments_follow_each_other_and_differ(region):
    """They cover all days, each once, and no two neighbours are the same in all that is asked."""
    rng = Random(f"{region} neighbours")
    for _ in range(max(2, PEOPLE // 50)):
        person, around = generated(rng, region, 0.05)
        since, until = years_around(region, around, 12)
        for line in timelines(region, person, since, until, AGENCY):
            ends = [one.until for one in line.segments]
            assert [since, *ends[:-1]] == [one.since for one in line.segments]
            assert ends[-1] == until
            for one, other in zip(line.segments, line.segments[1:], strict=False):
                rules = [[rule.id for read in each._reads for rule in read.rules] for each in (one, other)]
                same_rules = one.rules_since == other.rules_since or rules[0] == rules[1]
                assert (
                    essence(one.decision) != essence(other.decision)
                    or not same_rules
                    or one.rules_since != other.rules_since
                )


RATINGS = ("rating=Baik", "rating=Sangat Baik", "rating=Kurang")


@pytest.mark.parametrize("region", regions())
def test_what_is_assumed_is_decided_as_if_it_were_on_record(region):
    """Each day is decided with the assumed records; it is called assumed where that is otherwise than without."""
    rng = Random(f"{region} assumed")
    changed = 0
    for _ in range(max(2, PEOPLE // 150)):
        person, around = generated(rng, region, 0.05)
        person = person.model_copy(update={"known_on": around})
        since, until = date(around.year - 1, 1, 1), date(around.year + 5, 1, 1)
        training = f"training=pkp@{around + timedelta(days=rng.randrange(1, 900))},hours=20"
        assume = [Assumption.of(rng.choice(RATINGS)), Assumption.of(training)]
        with_them, assumed = with_assumed(person, assume, since, until)
        late = following(region)
        made = [one for one in timelines(region, person, since, until, AGENCY, assume=assume) if one.rule not in late]
        assert all(one.assumed == assumed for one in made)
        for day in rng.sample(list(days(since, until)), 150):
            decided, without = (by_day(region, one, day, AGENCY, late) for one in (with_them, person))
            for line in made:
                asked, segment = (line.rule, line.opening), line.on(day)
                assert essence(segment.decision) == decided.get(asked), (line.rule, day, person.model_dump_json())
                assert segment.assumed == (decided.get(asked) != without.get(asked)), (line.rule, day)
                changed += segment.assumed
    assert changed or region != BASE


def _waivable(region: str) -> list[tuple[str, str, date]]:
    return [
        (rule.id, one.id, max(program.since, date(2015, 1, 1)))
        for program in policy(region).programs
        for rule in program.rules
        for one in rule.criteria
        if one.waivable_by
    ]


def test_a_waiver_begins_and_ends_segments_as_the_decisions_of_its_days_do():
    """A waiver acts from its first day until before its last, also in rules that build on the one it is of."""
    rng = Random("waivers")
    rule, criterion, first = rng.choice(_waivable(BASE))
    acted = 0
    for _ in range(max(3, PEOPLE // 60)):
        person = like(rng, date(2026, 10, 1), 0.05, typical_people(BASE))
        since = max(first, date(2026, 1, 1))
        begins = since + timedelta(days=rng.randrange(200))
        waiver = Waiver(
            nip=person.nip, rule=rule, criterion=criterion, approver="PPK", letter="800/1", basis="pasal 1",
            since=begins, until=rng.choice((begins + timedelta(days=rng.randrange(1, 90)), OPEN)),
        )  # fmt: skip
        until = since + timedelta(days=400)
        one = engine(BASE).timeline(
            person, rule, since=since, until=until, agency=WITH_POSTS, target="kabid", waivers=[waiver]
        )
        near = {begins, begins - DAY, waiver.until, waiver.until - DAY, *rng.sample(list(days(since, until)), 20)}
        for day in (each for each in near if since <= each < until):
            decided = engine(BASE).decide(person, rule, as_of=day, agency=WITH_POSTS, target="kabid", waivers=[waiver])
            assert essence(one.on(day).decision) == essence(decided), (day, person.model_dump_json())
            acted += bool(decided.conditional_on)
    assert acted


def test_a_pair_over_time_is_what_is_decided_of_it_on_each_day():
    """A pair of mentor and mentee turns on the records of both."""
    rng = Random("pairs")
    for region in regions():
        rules = sorted({rule.id for rule in policy(region).programs[-1].rules if rule.kind == "pair"})
        for rule in rules if region != BASE else rules[:2]:
            mentee, around = generated(rng, region, 0.05)
            mentor = like(rng, around, 0.05, typical_people(region))
            since, until = max(policy(region).programs[-1].since, date(around.year, 1, 1)), date(2030, 1, 1)
            line = engine(region).timeline(mentee, rule, since=since, until=until, mentor=mentor, agency=AGENCY)
            for day in (*rng.sample(list(days(since, until)), 100), *(one.since for one in line.segments)):
                decided = engine(region).decide(mentee, rule, as_of=day, mentor=mentor, agency=AGENCY)
                assert essence(line.on(day).decision) == essence(decided), (rule, day, mentee.model_dump_json())


# A check that finds nothing must be able to find something.


def _without(kind: type) -> Any:
    """Return the days of crossings, but for those in which a kind of node moves."""
    of_all = Reach.days
    return lambda self, crossing: (
        {} if any(isinstance(n, kind) for n in walk(crossing.moving)) else of_all(self, crossing)
    )


@pytest.mark.parametrize("kind", [Cut, YearOf, "as-of", "data", "flows"])
def test_the_check_finds_a_kind_of_day_that_is_left_out(kind, monkeypatch):
    """With one kind of candidate days dropped, some day of somebody is found on which the timeline is wrong."""
    if kind == "data":
        monkeypatch.setattr(TurningDays, "_data", lambda *_: ())
    elif kind == "flows":
        monkeypatch.setattr("asnpolicy.decisions.timeline.flows.Flows.turns", lambda *_: ())
    elif kind == "as-of":
        monkeypatch.setattr(Reach, "days", _only_deeper())
    else:
        monkeypatch.setattr(Reach, "days", _without(kind))
    rng = Random("control")
    for _ in range(40):
        person, around = generated(rng, BASE, 0.05)
        since, until = years_around(BASE, around, 6)
        if _wrong_somewhere(person, since, until):
            return
    pytest.fail("nothing was found to be wrong")


def _only_deeper() -> Any:
    of_all = Reach.days
    return lambda self, crossing: {} if type(crossing.moving).__name__ == "AsOf" else of_all(self, crossing)


def _wrong_somewhere(person: Employee, since: date, until: date) -> bool:
    """Whether a timeline is wrong on one of the days on which a whole one turns, which the fault leaves out."""
    made = {(one.rule, one.opening): one for one in timelines(BASE, person, since, until, AGENCY)}
    for day in days(since, until):
        if day.day in (1, 2, 15, 28):
            for asked, said in by_day(BASE, person, day, AGENCY, following(BASE)).items():
                if essence(made[asked].on(day).decision) != said:
                    return True
    return False
