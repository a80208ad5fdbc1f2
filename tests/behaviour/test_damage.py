"""Damage: what slips and losses do to a record of a person never turns a decision into the opposite one."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings

from asnpolicy import Confirmation, Employee, WrongDataError
from asnpolicy.language.rules import Rule, RuleId
from asnpolicy.people import HISTORIES, History, Opening, PartialDay
from asnpolicy.people.agency import Calendar
from asnpolicy.people.histories import in_order
from asnpolicy.policy.cases import Case
from asnpolicy.policy.library import regions
from tests.behaviour.asked import SEEDS, Asked, drawn, rules
from tests.behaviour.test_confirmed import KINDS, confirmed
from tests.behaviour.test_findings import EXAMPLES as CONTRADICTIONS
from tests.conformance.knowledge import after, last_touched
from tests.conformance.shipped import authors_cases, policy

EXAMPLES = int(os.environ.get("ASNPOLICY_PEOPLE", "300"))
FILLERS = (date(1900, 1, 1), date(1970, 1, 1), date(2199, 12, 31))
SHARE = 0.25
"""So much of the cases is asked with each kind of contradiction."""
UNDECIDED = frozenset({"after-death", "lapsed-confirmation"})
KEPT = ("nip", "protected", "known_on", "earlier_nips", "confirmed")


# Each kind of damage


def blanked(rng: Random, person: Employee) -> Employee:
    """A field of the person that was not delivered."""
    name = rng.choice([name for name in Employee.model_fields if name not in (*KEPT, *HISTORIES)])
    return person.model_copy(update={name: None})


def lost(rng: Random, person: Employee) -> Employee:
    """A field of a record that was not delivered."""
    return _record(rng, person, lambda record: {rng.choice(list(type(record).model_fields)): None})


def doubled(rng: Random, person: Employee) -> Employee:
    """A record that is delivered twice."""
    name = _with_records(rng, person)
    history = getattr(person, name)
    more = (*history.records, rng.choice(history.records))
    return person.model_copy(update={name: history.with_records(in_order(more))})


def reordered(rng: Random, person: Employee) -> Employee:
    """Records in another order."""
    name = _with_records(rng, person)
    history = getattr(person, name)
    shuffled = list(history.records)
    rng.shuffle(shuffled)
    return person.model_copy(
        update={name: type(history)(records=tuple(shuffled), complete_since=history.complete_since)}
    )


def filled(rng: Random, person: Employee) -> Employee:
    """A date that a system wrote where it had none."""
    return _record(rng, person, lambda record: {name: rng.choice(FILLERS) for name in _a_day(rng, record)})


def partly(rng: Random, person: Employee) -> Employee:
    """A date of which the year, or the year and the month, was delivered."""

    def part(record):
        return {name: _part(rng, getattr(record, name)) for name in _a_day(rng, record)}

    return _record(rng, person, part)


def swapped(rng: Random, person: Employee) -> Employee:
    """Day and month of a rank exchanged: ranks begin on a first, so the slip shows."""

    def swap(record):
        since = record.since
        obliged = isinstance(since, date) and since.day == 1 < since.month
        return {"since": since.replace(month=1, day=since.month)} if obliged else {}

    return _record(rng, person, swap, "ranks")


def cut(rng: Random, person: Employee) -> Employee:
    """A history without its older records, complete since the last of them."""
    name = _with_records(rng, person)
    history: History = getattr(person, name)
    at = rng.randrange(len(history.records)) + 1
    if any(getattr(record, name) in FILLERS for record in history.records[:at] for name in record.dated):
        return person  # nobody knows that it is one of the older ones
    complete = after(max(map(last_touched, history.records[:at])), history.complete_since)
    update = {"records": history.records[at:], "complete_since": complete}
    return person.model_copy(update={name: history.model_copy(update=update)})


def unpromised(rng: Random, person: Employee) -> Employee:
    """A history of which nobody says any more that it is complete."""
    name = rng.choice(list(HISTORIES))
    return person.model_copy(update={name: getattr(person, name).model_copy(update={"complete_since": None})})


def nearly_doubled(rng: Random, person: Employee) -> Employee:
    """A record that is delivered again without one of its fields, or with one of its days known in part."""
    name = _with_records(rng, person)
    history = getattr(person, name)
    if not history.records:
        return person
    one = rng.choice(history.records)
    days = _a_day(rng, one)
    update = {day: _part(rng, getattr(one, day)) for day in days}
    if not update or rng.random() < 0.5:
        update = {rng.choice(list(type(one).model_fields)): None}
    more = (*history.records, one.model_copy(update=update))
    return person.model_copy(update={name: history.with_records(in_order(more))})


OWN_DAYS = ("birth_date", "cpns_on", "pns_on", "agency_since", "last_raise_on")


def wrong_day(rng: Random, person: Employee) -> Employee:
    """A day of the person's own that is a filler, or known in part."""
    names = [name for name in OWN_DAYS if type(getattr(person, name)) is date]
    if not names:
        return person
    name = rng.choice(names)
    return person.model_copy(update={name: rng.choice((*FILLERS, _part(rng, getattr(person, name))))})


DAMAGE = (
    blanked, lost, doubled, reordered, filled, partly, swapped, cut, unpromised, nearly_doubled, wrong_day,
)  # fmt: skip


def _with_records(rng: Random, person: Employee) -> str:
    return rng.choice([name for name in HISTORIES if getattr(person, name).records] or ["ranks"])


def _a_day(rng: Random, record) -> tuple[str, ...]:
    days = [
        name for name in record.dated if isinstance(getattr(record, name), date) and getattr(record, name).year < 2200
    ]
    return (rng.choice(days),) if days else ()


def _part(rng: Random, day: date) -> PartialDay:
    return rng.choice((PartialDay.in_year(day.year), PartialDay.of(f"{day:%Y-%m}")))


def _record(rng: Random, person: Employee, change, name: str | None = None) -> Employee:
    name = name or _with_records(rng, person)
    history = getattr(person, name)
    if not history.records:
        return person
    at = rng.randrange(len(history.records))
    update = change(history.records[at])
    if not update:
        return person
    records = list(history.records)
    records[at] = records[at].model_copy(update=update)
    return person.model_copy(update={name: history.with_records(in_order(records))})


# The law


def opposite(before, after) -> bool:
    """Tell whether a decided verdict or state came out as another decided one."""
    pairs = [(before.verdict.value, after.verdict.value)]
    if before.state is not None:
        pairs.append((before.state.value, after.state.value))
    return any(one != other and "undetermined" not in (one, other) for one, other in pairs)


def harm(rng: Random, whole: Asked, kinds) -> tuple[Asked, list[str]]:
    person = whole.person
    done = []
    for kind in kinds:
        if any(getattr(person, name).records for name in HISTORIES) or kind is blanked:
            with suppress(WrongDataError):  # a record that ends before it begins is refused where it is read
                person, done = kind(rng, person), [*done, kind.__name__]
    return replace(whole, person=person), done


@pytest.mark.parametrize("kind", DAMAGE)
@given(seed=SEEDS)
@settings(max_examples=max(10, EXAMPLES // 6), deadline=None)
def test_one_damage_never_turns_a_decision(kind, seed):
    """Whatever one slip does, nobody is promoted by it, and nobody loses by it what was decided."""
    check(seed, (kind,))


@given(seed=SEEDS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_two_damages_together_never_turn_a_decision(seed):
    """Nor do two slips that might hide each other."""
    rng = Random(seed)
    check(seed, (rng.choice(DAMAGE), rng.choice(DAMAGE)))


def check(seed: int, kinds) -> None:
    rng, whole = drawn(seed, Random(seed).choice((0.0, 0.05)))
    harmed, done = harm(rng, whole, kinds)
    for rule in rules(rng, whole):
        before, then = whole.decide(rule), harmed.decide(rule)
        assert not opposite(before, then), (whole.region, rule.id, whole.as_of, done, before.verdict, then.verdict)


# Every rule of every region


DECIDED = ("eligible", "ineligible")
NOBODY = frozenset({"hukuman-tidak-masuk-berat@previous", "hukuman-tidak-masuk-sedang@previous"})
"""Duties of the year before of which no author's case is decided on its day; their own year is asked."""


def asked_by(region: str, case: Case) -> Asked:
    return Asked(region, case.as_of, case.employee, case.mentor or case.employee, case.opening, case.agency)


@cache
def decided_by_rule(region: str) -> dict[str, dict[str, tuple[Asked, Rule]]]:
    """Give for each rule of a region somebody who meets it and somebody who does not: of authors' cases, its own first."""
    cases = [case for name in dict.fromkeys((region, "nasional")) for case in authors_cases(name)]
    found: dict[str, dict[str, tuple[Asked, Rule]]] = {id: {} for id in policy(region).rules}
    for id, known in found.items():
        own = [case for case in cases if RuleId.of(case.rule).name == RuleId.of(id).name]
        for case in (*own, *cases):
            if len(known) == len(DECIDED) or (known and case not in own):
                break
            rule = policy(region).program(case.as_of).by_id.get(id)
            if rule is None or (rule.into_post and case.opening is None) or (rule.kind == "pair" and case.mentor is None):
                continue
            whole = asked_by(region, case)
            verdict = whole.decide(rule).verdict.value
            if verdict in DECIDED:
                known.setdefault(verdict, (whole, rule))
    return found


@pytest.mark.parametrize("region", regions())
def test_each_rule_is_asked_of_somebody_whom_it_decides(region):
    """The law below is about every rule, and not about those that a draw happens to meet."""
    assert {id for id, known in decided_by_rule(region).items() if not known} <= NOBODY


@pytest.mark.parametrize("region", regions())
def test_no_damage_turns_any_rule(region):
    """Each kind of damage to whom a rule decides, and two at once."""
    done = Counter()
    for id, known in decided_by_rule(region).items():
        for verdict, (whole, rule) in known.items():
            rng, before = Random(f"{region} {id} {verdict}"), whole.decide(rule)
            for kinds in (*((kind,) for kind in DAMAGE), *(tuple(rng.choices(DAMAGE, k=2)) for _ in range(4))):
                harmed, names = harm(rng, whole, kinds)
                if harmed.person != whole.person:
                    done[id] += 1
                    after = harmed.decide(rule)
                    assert not opposite(before, after), (region, id, whole.as_of, names, before.verdict, after.verdict)
    assert min(done[id] for id, known in decided_by_rule(region).items() if known) > 3


def contradicted(whole: Asked, code: str) -> Asked | None:
    """Give somebody in whose data a kind of contradiction is, and an officer who has confirmed one side of it."""
    data = CONTRADICTIONS[code][0]
    try:
        person = Employee.model_validate(whole.person.model_dump(mode="json") | data)
    except (WrongDataError, TypeError):  # of several people, or nobody could be so
        return None
    found = [one for one in person.findings(whole.as_of) if one.code == code and one.unknown and one.sides]
    if not found:
        return None
    rng = Random(f"{code} {whole.as_of}")
    one = rng.choice(found)
    settled = Confirmation.model_validate(confirmed(one, rng.choice(one.sides)[1]))
    return replace(whole, person=person.model_copy(update={"confirmed": (settled,)}))


@pytest.mark.parametrize("code", KINDS)
def test_what_an_officer_confirmed_turns_nothing_when_it_is_lost_or_a_side_is(code):
    """Left out, the contradiction is back; and what was found wrong does not become right where the right one is damaged."""
    compared = 0
    for id, known in decided_by_rule("nasional").items():
        for verdict, (whole, rule) in known.items():
            rng = Random(f"{id} {verdict} {code}")
            checked = contradicted(whole, code) if rng.random() < SHARE else None
            before = None if checked is None else checked.decide(rule)
            if checked is None or before is None or before.verdict.value == "undetermined" or not checked.person.settled_by(whole.as_of):
                continue
            lapsed = replace(checked, person=checked.person.model_copy(update={"confirmed": ()}))
            others = [(lapsed, ["confirmed"]), *(harm(rng, checked, (kind,)) for kind in (blanked, lost, filled, partly, cut, wrong_day))]
            for harmed, names in others:
                compared += 1
                after = harmed.decide(rule)
                assert not opposite(before, after), (id, whole.as_of, names, before.verdict, after.verdict)
    assert compared or code in UNDECIDED


def test_a_damage_is_no_damage_when_nothing_changes():
    """The law is about something: each kind of damage changes somebody."""
    changed = set()
    for seed in range(40):
        rng, whole = drawn(seed)
        for kind in DAMAGE:
            harmed, _ = harm(rng, whole, (kind,))
            if harmed.person != whole.person or kind is reordered:
                changed.add(kind)
    assert changed == set(DAMAGE)


# Every optional field


KEPT_OUT = ("known_on", "earlier_nips")


@pytest.mark.parametrize("name", KEPT_OUT)
def test_what_is_no_knowledge_of_a_career_turns_nothing_either(name):
    """When the register was read, and what numbers somebody had before."""
    given = {"known_on": lambda whole: whole.as_of, "earlier_nips": lambda _: ("199001012021211001",)}
    for seed in range(max(2, EXAMPLES // 40)):
        rng, whole = drawn(seed)
        known = replace(whole, person=whole.person.model_copy(update={name: given[name](whole)}))
        default = Employee.model_fields[name].get_default(call_default_factory=True)
        harmed = replace(whole, person=whole.person.model_copy(update={name: default}))
        for rule in rules(rng, whole):
            before, then = known.decide(rule), harmed.decide(rule)
            assert not opposite(before, then), (whole.region, rule.id, before.verdict, then.verdict)


@pytest.mark.parametrize("name", [name for name in Opening.model_fields if name != "id"])
def test_leaving_a_field_of_an_opening_out_never_turns_a_decision(name):
    """Before each opening that a rule may lead into, with a calendar of its own."""
    compared = 0
    for seed in range(max(4, EXAMPLES // 20)):
        _, whole = drawn(seed)
        days = dict.fromkeys(Calendar.model_fields, whole.as_of)
        whole = replace(whole, opening=whole.opening.model_copy(update=days))
        harmed = replace(whole, opening=whole.opening.model_copy(update={name: None}))
        for rule in policy(whole.region).program(whole.as_of).rules:
            if rule.into_post:
                before, then = whole.decide(rule), harmed.decide(rule)
                compared += before.verdict.value != "undetermined"
                assert not opposite(before, then), (whole.region, rule.id, before.verdict, then.verdict)
    assert compared


@pytest.mark.parametrize("name", ["units", "relations", "part_of"])
def test_leaving_something_of_an_agency_out_never_turns_a_decision(name):
    """Its units, which is above which, and who is related to whom: with every rule about a pair, a post or a unit."""
    for seed in range(max(4, EXAMPLES // 20)):
        rng, whole = drawn(seed)
        lost = {name: None}
        if name == "part_of":
            lost = {"units": tuple(unit.model_copy(update={name: None}) for unit in whole.agency.units)}
        harmed = replace(whole, agency=whole.agency.model_copy(update=lost))
        pairs = [rule for rule in policy(whole.region).program(whole.as_of).rules if rule.kind == "pair" or rule.into_post]
        for rule in (*pairs, *rules(rng, whole)):
            before, then = whole.decide(rule), harmed.decide(rule)
            assert not opposite(before, then), (whole.region, rule.id, before.verdict, then.verdict)


@pytest.mark.parametrize("name", [name for name in Employee.model_fields if name not in KEPT])
def test_leaving_a_field_out_never_turns_a_decision(name):
    """What is not delivered is not known: of every field and history of a person, with people of every region."""
    for seed in range(max(2, EXAMPLES // 40)):
        rng, whole = drawn(seed)
        empty = type(getattr(whole.person, name))() if name in HISTORIES else None
        harmed = replace(whole, person=whole.person.model_copy(update={name: empty}))
        for rule in rules(rng, whole):
            before, then = whole.decide(rule), harmed.decide(rule)
            assert not opposite(before, then), (whole.region, rule.id, before.verdict, then.verdict)


@pytest.mark.parametrize(
    ("history", "name"), [(h, name) for h, kind in HISTORIES.items() for name in kind.model_fields]
)
def test_leaving_a_field_of_records_out_never_turns_a_decision(history, name):
    """Of every field of every kind of record too: none has a silent default."""
    for seed in range(max(2, EXAMPLES // 60)):
        rng, whole = drawn(seed)
        mine = getattr(whole.person, history)
        kind = HISTORIES[history]
        records = [kind.model_validate({**dict(one), name: None}) for one in mine.records]
        harmed = replace(whole, person=whole.person.model_copy(update={history: mine.with_records(in_order(records))}))
        for rule in rules(rng, whole):
            before, then = whole.decide(rule), harmed.decide(rule)
            assert not opposite(before, then), (whole.region, rule.id, before.verdict, then.verdict)
