"""A glance passes only people of whom no kind of finding has anything to tell, and passes nearly everybody who is in order."""

import io
import json
import os
from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings

from asnpolicy import Employee, WrongDataError
from asnpolicy.exchange.intake import register
from asnpolicy.exchange.synth import workforce
from asnpolicy.people import HISTORIES, view
from asnpolicy.people.findings.catalogue import CATALOGUE, FIELDS, LASTING
from asnpolicy.people.findings.day import OWN_DAYS
from asnpolicy.people.findings.finding import Seen
from asnpolicy.people.findings.glance import shows_nothing
from asnpolicy.people.findings.standing import retired_by
from tests.behaviour.asked import SEEDS
from tests.behaviour.test_damage import DAMAGE
from tests.behaviour.test_findings import EXAMPLES, person

PEOPLE = int(os.environ.get("ASNPOLICY_PEOPLE", "300"))
DAY = date(2026, 10, 1)


def told(one: Employee) -> list[str]:
    """Name all that any kind tells, of all records, however long it takes."""
    seen = Seen(one, date.max)
    return [found.code for kind in (*FIELDS, *LASTING) for found in kind.find(seen)]


def check(one: Employee) -> bool:
    one = view.decided(one)
    if any(getattr(one, name).alike for name in HISTORIES):
        return False
    passed = shows_nothing(one)
    assert not (passed and told(one)), told(one)
    return passed


@given(seed=SEEDS)
@settings(max_examples=PEOPLE, deadline=None)
def test_whom_a_glance_passes_has_nothing_amiss(seed):
    """Through every kind of damage, one after the other."""
    rng = Random(seed)
    one = next(workforce(1, seed=rng.randrange(10**6), as_of=DAY))
    check(one)
    for kind in rng.choices(DAMAGE, k=4):
        if any(getattr(one, name).records for name in HISTORIES):
            with suppress(WrongDataError):  # a record that ends before it begins is refused where it is read
                one = kind(rng, one)
            check(one)


@given(seed=SEEDS)
@settings(max_examples=PEOPLE, deadline=None)
def test_a_day_moved_anywhere_is_seen_at_a_glance(seed):
    """Any day of any record, a little or far away, and any field of the person."""
    rng = Random(seed)
    data = json.loads(next(workforce(1, seed=rng.randrange(10**6), as_of=DAY)).model_dump_json(exclude_none=True))
    days = [
        (record, name)
        for history in HISTORIES
        for record in data.get(history, {}).get("records", ())
        for name in HISTORIES[history].dated
        if record.get(name) not in (None, "ongoing", "none")
    ]
    own = [(data, name) for name in OWN_DAYS if data.get(name) not in (None, "none")]
    where, name = rng.choice([*days, *own])
    year = int(where[name][:4]) + rng.choice((-60, -20, -5, -1, 0, 0, 1, 5, 20))
    where[name] = f"{year:04d}-{rng.randrange(1, 13):02d}-{rng.choice((1, 1, 2, 15)):02d}"
    (one,) = register(io.BytesIO(json.dumps(data).encode()))
    if isinstance(one, Employee) and not one.intake:
        check(one)


@pytest.mark.parametrize("code", sorted(code for code in EXAMPLES if not CATALOGUE[code].daily))
def test_the_example_of_each_kind_is_not_passed(code):
    """Whoever shows it is looked at by every kind; what hangs on the day alone is looked at on each day."""
    one = person(EXAMPLES[code][0])
    assert one.intake or not check(one)


def test_most_people_are_passed():
    """Or it would save nobody anything."""
    assert sum(map(check, workforce(100, seed=3, as_of=DAY))) >= 90


@given(seed=SEEDS)
@settings(max_examples=PEOPLE, deadline=None)
def test_past_every_retirement_age_a_view_says_what_is_found_by_looking_at_all(seed):
    """Of whom nothing was found before, their age alone is told: the view is the one that every kind has looked at."""
    rng = Random(seed)
    one = next(workforce(1, seed=rng.randrange(10**6), as_of=DAY))
    if rng.random() < 0.5:
        one = one.model_copy(update={"known_on": date(rng.randrange(2026, 2090), 5, 31)})
    day = retired_by(one) + timedelta(days=rng.choice((0, 1, 700)))
    whole = view.view_of(one, day)
    assert (one.view(day), one.findings(day)) == (whole.person, whole.findings)
