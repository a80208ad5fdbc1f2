"""Shipped mentoring rules on the sample offices: every rule of every region gives pairs that an officer could hand out."""

from __future__ import annotations

import runpy
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from asnpolicy import Agency, Employee, Engine, Objective, Verdict
from asnpolicy.policy.library import regions

OFFICES = Path(__file__).parents[2] / "examples" / "mentoring"
DAY = date(2026, 10, 1)


@cache
def office(region: str) -> tuple[Engine, tuple[Employee, ...], Agency]:
    """The policy of a region, and the people and the agency of its sample office."""
    lines = (OFFICES / f"{region}.jsonl").read_text(encoding="utf-8").splitlines()
    agency = Agency.model_validate_json((OFFICES / f"{region}-agency.json").read_text(encoding="utf-8"))
    return Engine.load(region), tuple(map(Employee.model_validate_json, lines)), agency


def rules():
    """Every mentoring rule of every region."""
    for region in regions():
        for rule in office(region)[0].policy.program(DAY).rules:
            if rule.kind == "mentoring":
                yield pytest.param(region, rule.id, id=f"{region} {rule.id}")


def test_the_offices_are_what_the_program_makes():
    """Made-up people, by the seed in the program."""
    made = runpy.run_path(str(OFFICES / "make.py"))
    for region in made["OFFICES"]:
        there = [
            path.read_text(encoding="utf-8")
            for path in (OFFICES / f"{region}.jsonl", OFFICES / f"{region}-agency.json")
        ]
        written = made["Office"](region)
        lines = "".join(made["json"].dumps(person, ensure_ascii=False) + "\n" for person in written.people)
        assert there == [lines, made["json"].dumps(written.agency(), ensure_ascii=False, indent=1) + "\n"]


def test_the_people_of_the_offices_contradict_nothing():
    """No data finding: whatever is decided of them is decided by the rules."""
    for region in regions():
        people = office(region)[1]
        assert [one.data_findings for one in people if one.data_findings] == []
        assert len({one.nip for one in people}) == len(people)


@pytest.mark.parametrize(("region", "rule"), list(rules()))
def test_every_rule_gives_pairs_with_reasons_in_both_languages(region, rule):
    """Pairs by each objective, each meeting the limits by the definition, and words for all of them."""
    engine, people, agency = office(region)
    by_nip = {one.nip: one for one in people}
    for objective in Objective:
        made = engine.assign_mentors(people, as_of=DAY, rule=rule, agency=agency, objective=objective)
        assert made.pairs
        assert made.optimal is not False
        for pair in made.pairs:
            mentor, mentee = by_nip[pair.mentor.nip], by_nip[pair.mentee.nip]
            decided = engine.decide(mentee, f"{rule}/pair", as_of=DAY, agency=agency, mentor=mentor)
            assert decided.verdict is Verdict.ELIGIBLE
            assert all(reason.to(lang).strip() for reason in pair.reasons for lang in ("id", "en"))
        assert all(one.reasons for one in made.unassigned)


@pytest.mark.parametrize("rule", ["pembimbingan-latsar", "pembimbingan-kepemimpinan"])
@pytest.mark.parametrize("region", regions())
def test_in_basic_and_leadership_training_the_mentor_is_the_superior(region, rule):
    """Whether the superior is named with the person or with the agency, each has that superior and nobody else."""
    engine, people, agency = office(region)
    made = engine.assign_mentors(people, as_of=DAY, rule=rule, agency=agency)
    superiors = {one.nip: one.supervisor for one in people} | {one.to: one.of for one in agency.relations}
    for pair in made.pairs:
        assert superiors[pair.mentee.nip] == pair.mentor.nip
    assert made.reached.placed == made.mentees > 0


def test_in_jakarta_seniors_mentor_juniors_of_the_education_office():
    """The seed's programme: at least ten years beside less than five, not the superior, three mentees at most."""
    engine, people, agency = office("jakarta")
    made = engine.assign_mentors(people, as_of=DAY, rule="pembimbingan-pegawai-muda", agency=agency)
    by_nip = {one.nip: one for one in people}
    for pair in made.pairs:
        mentor, mentee = by_nip[pair.mentor.nip], by_nip[pair.mentee.nip]
        assert mentor.cpns_on <= date(2016, 10, 1)
        assert mentee.cpns_on > date(2021, 10, 1)
        assert mentee.supervisor != mentor.nip
    assert max(load.taken for load in made.loads) <= 3
    assert made.standing == "illustrative"
