"""The laws of section 4 through the engine that users hold: all regions, whole people, openings, mentors and agencies."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings

from asnpolicy import Engine, PolicyError, Waiver
from asnpolicy.people import COMPLETE, HISTORIES, Agency, Employee, PartialDay
from asnpolicy.people.days import first_of
from asnpolicy.people.histories import in_order
from tests.behaviour.asked import (
    RULES,
    SEEDS,
    Asked,
    contradictions,
    drawn,
    engine,
    forgotten,
    rules,
    somebody,
    statuses,
    turned,
)
from tests.conformance.shipped import typical_people


@given(seed=SEEDS)
@settings(max_examples=150, deadline=None)
def test_more_knowledge_never_turns_what_was_decided(seed):
    """What was decided on less stays when more is delivered, in every region, whoever and whatever else is asked about.

    One exception, of data at odds with what was delivered before: what is found in them may make unknown what was known.
    It never makes a yes of a no. States of duties obey as verdicts do.
    """
    rng, more = drawn(seed, Random(seed).choice((0.0, 0.1)))
    fewer = forgotten(rng, more)
    new = bool(contradictions(more) - contradictions(fewer))
    for rule in rules(rng, more):
        before, after = fewer.decide(rule), more.decide(rule)
        assert not turned(before, after, new), (more.region, rule.id, more.as_of, statuses(before), statuses(after))


# What is missing

NAMED = re.compile(r"(?:(?P<who>mentor|mentee)\.)?(?P<what>[a-z_]+)(?:\[(?P<key>[^\]]*)\])?(?:\.(?P<rest>.+))?")
OF_A_PAIR = {
    "mentor_is_superior": "supervisor",
    "same_field": "field",
    "same_unit": "unit",
    "gaps_covered": "competencies",
}


def delivered(fewer: Asked, full: Asked, name: str) -> Asked:
    """Deliver what a decision names as missing, from somebody of whom all is known."""
    who, what, key, rest = NAMED.fullmatch(name).groups()
    if rest and rest.startswith("opening."):  # asked for in a filter of records
        return delivered(fewer, full, rest)
    if what == "agency":
        return replace(fewer, agency=full.agency)
    if what == "pair":
        name = OF_A_PAIR[rest]
        return delivered(delivered(fewer, full, name), full, f"mentor.{name}")
    if what == "opening":
        field = "competencies" if rest == "competency_gaps" else rest
        opening = fewer.opening.model_copy(update={field: getattr(full.opening, field)})
        return replace(delivered(fewer, full, field) if field != rest else fewer, opening=opening)
    whose = "mentor" if who == "mentor" else "person"
    return replace(fewer, **{whose: completed(getattr(fewer, whose), getattr(full, whose), what, key, rest)})


def completed(person: Employee, full: Employee, what: str, key: str | None, rest: str | None) -> Employee:
    """Deliver a field, a history, the records of a year, or a field of a record."""
    mine, theirs = getattr(person, what), getattr(full, what)
    if key is None:
        return person.model_copy(update={what: theirs})
    if rest is None:
        start, year = date(int(key), 1, 1), int(key)
        records = [r for r in mine.records if r.year != year] + [r for r in theirs.records if r.year == year]
        since = min(mine.complete_since or start, start)
        return person.model_copy(update={what: type(mine)(records=tuple(records), complete_since=since)})
    if rest not in HISTORIES[what].model_fields:
        return completed(person, full, *NAMED.fullmatch(rest).groups()[1:])
    records = [
        _known(record, theirs.records, rest) if key in (str(record.placed), f"#{at}") else record
        for at, record in enumerate(mine.records, 1)
    ]
    return person.model_copy(update={what: mine.with_records(in_order(records))})


def _known(record, others, field: str):
    """Fill in one field of a record from the one that it is."""
    names = type(record).model_fields
    fits = [one for one in others if all(_may_be(getattr(record, name), getattr(one, name)) for name in names)]
    known = getattr(record, field)
    if fits and (known is None or isinstance(known, PartialDay)):
        return record.model_copy(update={field: getattr(fits[0], field)})
    return record


def _may_be(known, value) -> bool:
    """Tell whether what is known of a value leaves it open that it is this one."""
    if isinstance(known, PartialDay):
        return known == value or (isinstance(value, date) and known.first <= value <= known.last)
    return known is None or known == value


def whole(person: Employee) -> Employee:
    """Promise that each history is all there is."""
    complete = {n: getattr(person, n).model_copy(update={"complete_since": COMPLETE}) for n in HISTORIES}
    return person.model_copy(update=complete)


@given(seed=SEEDS)
@settings(max_examples=150, deadline=None)
def test_delivering_what_is_named_decides(seed):
    """A decided decision misses nothing; once all that an undecided one names is there, it is decided.

    One name is left for a second time of asking: a history as a whole, as beside the appraisal of a year since when
    appraisals are complete, or of trainings that may be one. What is delivered in part may be at odds with the rest: then
    what was found is to be mended first.
    """
    rng, full = drawn(seed)
    full = replace(full, person=whole(full.person), mentor=whole(full.mentor))
    fewer = forgotten(rng, full)
    for rule in rules(rng, full) if not contradictions(full) and not contradictions(fewer) else ():
        asked = fewer
        first = asked.decide(rule)
        for name in sorted(
            sorted(first.missing, reverse=True), key=places
        ):  # a record is named by its day, or its number
            asked = delivered(asked, full, name)
        then = asked.decide(rule)
        if undecided(then) and undecided(full.decide(rule)):
            continue  # even whole, the person lacks it
        if contradictions(asked):
            continue
        assert bool(first.missing) == undecided(first)
        assert all(name.rpartition(".")[2] in HISTORIES for name in then.missing), (full.region, rule.id, first.missing)
        for name in then.missing:
            asked = delivered(asked, full, name)
        assert not undecided(asked.decide(rule)), (full.region, rule.id, first.missing, then.missing)


def places(name: str) -> bool:
    """Tell whether what is missing is the day that places a record."""
    _, what, key, rest = NAMED.fullmatch(name).groups()
    return key is not None and what in HISTORIES and rest == HISTORIES[what].placed_by


def undecided(decision) -> bool:
    return decision.verdict.value == "undetermined"


# As of a day


@given(seed=SEEDS)
@settings(max_examples=60, deadline=None)
def test_records_of_later_days_change_not_a_byte(seed):
    """What somebody becomes after the day asked for, however much at odds with it, is in no decision of that day."""
    rng, asked = drawn(seed, 0.1)
    later = replace(asked, person=with_later(rng, asked, asked.person), mentor=with_later(rng, asked, asked.mentor))
    for rule in rules(rng, asked)[: RULES // 2]:
        assert later.decide(rule).model_dump_json() == asked.decide(rule).model_dump_json(), (asked.region, rule.id)


def with_later(rng: Random, asked: Asked, person: Employee) -> Employee:
    """Give a person with records that somebody else has from the next day on."""
    other = somebody(rng, asked.region, asked.as_of + timedelta(days=rng.randrange(1, 3000)), 0.1)
    update = {}
    for name in HISTORIES:
        mine = getattr(person, name)
        unseen = tuple(r for r in getattr(other, name).records if first_of(r.seen) > asked.as_of)
        update[name] = type(mine)(records=(*mine.records, *unseen), complete_since=mine.complete_since)
    return person.model_copy(update=update)


# The same bytes, and what they rest on


@given(seed=SEEDS)
@settings(max_examples=60, deadline=None)
def test_a_digest_tells_whenever_a_decision_says_something_else(seed):
    """Change one thing of the person, the mentor, the opening or the agency: what is said stays, or the digest does not."""
    rng, asked = drawn(seed, 0.1)
    _, other = drawn(seed + 1, 0.1)
    whose = rng.choice(("person", "person", "mentor", "opening", "agency"))
    mine = getattr(asked, whose)
    field = rng.choice([name for name in type(mine).model_fields if name not in ("nip", "name", "id")])
    changed = replace(asked, **{whose: mine.model_copy(update={field: getattr(getattr(other, whose), field)})})
    if whose == "agency":
        changed = replace(asked, agency=Agency())
    for rule in rules(rng, asked)[: RULES // 2]:
        one, two = asked.decide(rule), changed.decide(rule)
        assert one.digest != two.digest or said(one) == said(two), (asked.region, rule.id, whose, field)


def said(decision):
    """Give all that a decision says, but for the contradictions, which are of all that was delivered."""
    data = json.loads(decision.model_dump_json())
    return {key: value for key, value in data.items() if key not in ("data_findings", "digest")}


@pytest.mark.parametrize(
    ("field", "value"), [("interests", ("x",)), ("agency", "x"), ("protected", {"religion": "x"}), ("name", "x")]
)
def test_a_digest_is_of_what_the_rule_reads_and_of_nothing_else(field, value):
    """What the rule can't see changes nothing, so that a decision is replayed when only that has changed."""
    person = typical_people("nasional")[0]
    data = {**person.model_dump(mode="json"), field: value}
    decided = [
        engine("nasional").decide(one, "kenaikan-pangkat-reguler", as_of=date(2026, 10, 1))
        for one in (person, Employee.model_validate(data))
    ]
    assert decided[0].digest == decided[1].digest


SAYS_ALL = """
from datetime import date
from hashlib import sha256
from asnpolicy import Engine
from asnpolicy.exchange.synth import workforce
from asnpolicy.policy.library import regions
told = sha256()
for region in sorted(regions()):
    engine = Engine.load(region)
    for person in workforce(3, seed=5, as_of=date(2026, 10, 1)):
        for decision in engine.assess(person, as_of=date(2026, 10, 1)):
            told.update((decision.model_dump_json() + decision.explain("id") + decision.explain("en")).encode())
print(told.hexdigest())
"""


def test_two_processes_say_the_same_bytes():
    """Neither the seed of hashes, nor the zone of time, nor the locale, nor the folder it runs in is in a decision."""
    told = set()
    for seed, zone, locale, folder in (("1", "Asia/Jakarta", "C", "."), ("77", "America/New_York", "tr_TR.UTF-8", "tests")):  # fmt: skip
        path = os.pathsep.join(str(Path(each).resolve()) for each in sys.path if each)
        env = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale}
        run = subprocess.run(
            [sys.executable, "-c", SAYS_ALL], env=env, cwd=folder, capture_output=True, text=True, check=True
        )
        told.add(run.stdout)
    assert len(told) == 1


# Waivers

WAIVED = """
format: 1
region: kota
title: {id: Kota, en: Town}
sources: {s: Sumber}
awards:
  dasar:
    title: {id: Dasar, en: Base}
    basis: s
    require:
      boleh: {title: {id: A, en: A}, basis: s, waivable: {by: Wali, basis: s}, time_in_service: {at_least: 4 years}}
      tidak: {title: {id: B, en: B}, basis: s, employment: PNS}
  lain:
    title: {id: Lain, en: Other}
    from: 2020-01-01
    basis: s
    require:
      status: {title: {id: A, en: A}, basis: s, service_status: aktif}
      masa:
        from: 2026-07-01
        title: {id: A, en: A}
        basis: s
        waivable: {by: Wali, basis: s}
        time_in_service: {at_least: 4 years}
  atas:
    title: {id: Atas, en: Upper}
    basis: s
    within: dasar
    require:
      lain: {title: {id: C, en: C}, basis: s, service_status: aktif}
"""
CPNS, DAY = date(2024, 5, 1), date(2026, 10, 1)


@pytest.fixture
def kota(tmp_path):
    """Make a region in which one criterion may be waived."""
    (tmp_path / "kota").mkdir()
    (tmp_path / "kota" / "kota.yaml").write_text(WAIVED, encoding="utf-8")
    return Engine.load(tmp_path / "kota")


def waiver(criterion="boleh", **given) -> Waiver:
    fixed = {"nip": NIP, "rule": "dasar", "criterion": criterion, "approver": "Wali", "letter": "1", "basis": "s"}
    return Waiver.model_validate({**fixed, "since": "2026-10-01", "until": "2026-10-02", **given})


NIP = "198609262024051001"
SERVING = {"nip": NIP, "employment": "PNS", "service_status": "aktif"}


@pytest.mark.parametrize(("known", "before"), [({"cpns_on": CPNS}, "ineligible"), ({}, "undetermined")])
def test_a_waiver_counts_as_held_what_failed_and_what_is_not_known(kota, known, before):
    """On the one day it is given for, for the one rule; a rule that builds on that one is conditional on it too."""
    person = Employee.model_validate({**SERVING, **known})
    given = waiver()
    for rule in ("dasar", "atas"):
        assert kota.decide(person, rule, as_of=DAY).verdict.value == before
        decision = kota.decide(person, rule, as_of=DAY, waivers=[given])
        assert (decision.verdict.value, decision.conditional_on) == ("eligible", (given,))
        assert decision.missing == ()


@pytest.mark.parametrize(
    "other",
    [{"nip": "197001011995031002"}, {"rule": "lain", "criterion": "masa"}, {"until": "2026-10-01", "since": "2026-01-01"},
     {"since": "2026-10-02", "until": "ongoing"}],
    ids=["somebody else", "another rule", "over since today", "from tomorrow"],
)  # fmt: skip
def test_a_waiver_for_something_else_changes_nothing_and_is_not_named(kota, other):
    """Only of that person, in that rule, on that day."""
    person = Employee.model_validate({**SERVING, "employment": "CPNS", "cpns_on": CPNS})
    alone = kota.decide(person, "dasar", as_of=DAY, waivers=[waiver(**other)])
    assert (alone.statuses, alone.conditional_on) == (kota.decide(person, "dasar", as_of=DAY).statuses, ())
    beside = kota.decide(person, "dasar", as_of=DAY, waivers=[waiver(**other), waiver()])
    assert (beside.verdict.value, beside.conditional_on) == ("ineligible", (waiver(),))


@pytest.mark.parametrize(
    ("other", "code", "sentence"),
    [
        ({"rule": "dasr"}, "unknown-rule", "names the unknown rule `dasr`"),
        ({"criterion": "bole"}, "unknown-criterion", "names the unknown criterion `bole` of `dasar`"),
        ({"rule": "atas"}, "unknown-criterion", "names the unknown criterion `boleh` of `atas`"),
        ({"criterion": "tidak"}, "not-waivable", "`tidak` of `dasar` takes no waiver"),
        (
            {"rule": "lain", "criterion": "masa", "until": "2026-07-01"},
            "unknown-criterion",
            "is not in force while the waiver is",
        ),
    ],
)
def test_a_waiver_that_fits_nothing_is_told(kota, other, code, sentence):
    """A slip in the data of a letter is no refusal of the person: whatever else is given, it is told."""
    person = Employee.model_validate({**SERVING, "cpns_on": CPNS})
    for ask in (kota.decide, kota.assess):
        rule = ("dasar",) if ask == kota.decide else ()
        with pytest.raises(PolicyError, match=sentence) as error:
            ask(person, *rule, as_of=DAY, waivers=[waiver(), waiver(**{"since": "2026-01-01", **other})])
        assert [problem.code for problem in error.value.problems] == [code]
        assert error.value.problems[0].help


def test_close_names_of_a_waiver_are_suggested(kota):
    """The way out is the name that was meant, or all there are."""
    person = Employee.model_validate(SERVING)
    for other, meant in (
        ({"rule": "dasr"}, "dasar"),
        ({"criterion": "bole"}, "boleh"),
        ({"criterion": "x"}, "boleh, tidak"),
    ):
        with pytest.raises(PolicyError) as error:
            kota.decide(person, "dasar", as_of=DAY, waivers=[waiver(**other)])
        assert meant in error.value.problems[0].help


def test_waivers_of_several_people_may_be_given_together(kota):
    """Each person is decided by the own ones, in a whole assessment too."""
    person = Employee.model_validate({**SERVING, "cpns_on": CPNS})
    given = [waiver(nip="197001011995031002"), waiver()]
    decided = {one.rule.id: one for one in kota.assess(person, as_of=DAY, waivers=given)}
    assert (decided["dasar"].verdict.value, decided["dasar"].conditional_on) == ("eligible", (waiver(),))
    alone = {one.rule.id: one for one in kota.assess(person, as_of=DAY)}
    assert alone["dasar"].verdict.value == "ineligible"


def test_a_criterion_that_holds_rests_on_no_waiver(kota):
    """A letter that was not needed is no condition."""
    person = Employee.model_validate({**SERVING, "nip": "198609262015051001", "cpns_on": "2015-05-01"})
    decision = kota.decide(person, "dasar", as_of=DAY, waivers=[waiver(nip=person.nip)])
    assert (decision.verdict.value, decision.conditional_on) == ("eligible", ())
