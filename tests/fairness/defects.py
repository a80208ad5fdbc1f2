"""Policies with one defect each: a rule as it should be, what was done to it, and the question that must find it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from asnpolicy.fairness import (
    Always,
    AtLeastAsStrict,
    Blind,
    ComparePolicies,
    Conflicts,
    Dead,
    Equivalent,
    Gaps,
    MeritNeverHurts,
    Never,
    PolicyQuestion,
    Reachable,
    Redundant,
)

HEAD = """format: 1
region: {name}
title: {{id: Uji, en: Trial}}
sources: {{uu: Undang-undang}}
values:
  appraisal_due: [{{from: 2000-01-01, is: 1 month}}]
promotions:
"""
PEOPLE = """
typical:
  pelaksana:
    employment: PNS
    service_status: aktif
    birth_date: 1990-04-10
    cpns_on: 2018-03-01
    pns_on: 2019-03-01
    posts: {pelaksana: 2018-03-01}
    ranks: {III/a: 2022-10-01}
    educations: {S-1: 2017-08-01}
    appraisals: {2024: Baik, 2025: Sangat Baik}
    unit: dinas-a
    field: umum
    complete: all
"""
RULE = """  {name}:
    title: {{id: Naik, en: Up}}
    basis: uu
    from: 2017-04-07
{protected}    applies_to: {applies_to}
    to: {to}
    require:
"""
CRITERION = "      {name}:\n        title: {{id: {name}, en: {name}}}\n        basis: uu\n        {asks}\n"
SOUND = {
    "masa": "time_in_rank: {at_least: 4 years}",
    "kinerja": "lowest_rating: {last_full_years: 2, at_least: Baik}",
    "hukuman": "sanctions: {where: {running: true}, count: 0}",
}
FOR = "{employment: PNS, service_status: aktif}"
UP = "{fact: next_rank}"


def rule(criteria: dict[str, str], *, name: str = "naik", applies_to: str = FOR, to: str = UP, reads: str = "") -> str:
    """Write a rule."""
    protected = f"    protected: {{{reads}: uu}}\n" if reads else ""
    written = "".join(CRITERION.format(name=one, asks=asks) for one, asks in criteria.items())
    return RULE.format(name=name, applies_to=applies_to, to=to, protected=protected) + written


def policy(root: Path, *rules: str, name: str = "uji") -> Path:
    """Write a policy of some rules, with somebody typical."""
    folder = root / name
    folder.mkdir()
    (folder / f"{name}.yaml").write_text(HEAD.format(name=name) + "".join(rules) + PEOPLE, encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Defect:
    """What was done to the rule, and the question that finds it; `than` is the policy it is compared with."""

    name: str
    rules: tuple[str, ...]
    question: PolicyQuestion
    than: tuple[str, ...] = ()
    nobody: bool = False
    """Whether it shows in that nobody can be found, so that there is nobody to show."""


def changed(**criteria: str) -> tuple[str, ...]:
    """Write the rule with criteria added or changed."""
    return (rule({**SOUND, **criteria}),)


THAN = "{than}"
"""Stands for the folder of the sound policy."""
LIMIT = rule({**SOUND, "usia": "age: {at_most: 56 years}"}, reads="birth_date")
DEFECTS = (
    Defect("sex in a criterion", (rule({**SOUND, "x": "protected.sex: L"}, reads="sex"),), Blind("naik", "sex")),
    Defect("a hidden proxy: leave of mothers", changed(x="leaves: {where: {kind: cuti-melahirkan}, in_last: 2 years, count: 0}"), Blind("naik", "sex")),
    Defect("all leave counted, which bites one sex", changed(x="leaves: {count: {at_most: 1}}"), Blind("naik", "sex")),
    Defect("an age limit that nobody promised", (LIMIT,), Blind("naik", "birth_date")),
    Defect("age by way of service since a birthday", (rule({**SOUND, "x": "birth_date: {below: 1990-01-01}"}, reads="birth_date"),), Blind("naik", "birth_date")),
    Defect("off by one month", changed(masa="time_in_rank: {at_least: 47 months}"), Equivalent("naik", THAN), than=changed()),
    Defect("off by one day", changed(masa="time_in_rank: {above: 4 years}"), Equivalent("naik", THAN), than=changed()),
    Defect("an age limit the wrong way round", (rule({**SOUND, "usia": "age: {at_least: 56 years}"}, reads="birth_date"),), AtLeastAsStrict("naik", THAN), than=(LIMIT,)),
    Defect("only one predicate will do", changed(kinerja="latest_rating: Baik"), MeritNeverHurts("naik", "lowest_rating")),
    Defect("too many hours", changed(x="training_hours: {at_most: 40}"), MeritNeverHurts("naik", "training_hours")),
    Defect("too high a diploma", changed(x="education_level: {below: S-2}"), MeritNeverHurts("naik", "education_level")),
    Defect("passing an examination counts against", changed(x="exams: {where: {passed: true}, count: 0}"), MeritNeverHurts("naik", "exams")),
    Defect("a redundant criterion", changed(x="time_in_rank: {at_least: 3 years}"), Redundant("naik", "x"), nobody=True),
    Defect("criteria that exclude each other", changed(x="rank: {at_least: III/c}", y="rank: {at_most: III/b}"), Reachable("naik"), nobody=True),
    Defect("a criterion that nobody fails", changed(x="employment: PNS"), Dead("naik", "x"), nobody=True),
    Defect("an alternative that another covers", changed(x="any: [{education_level: {at_least: S-1}}, {education_level: {at_least: S-2}}]"), Dead("naik", "x"), nobody=True),
    Defect("nobody can be refused", (rule({"x": "employment: PNS"}),), Reachable("naik", "ineligible"), nobody=True),
    Defect("not everybody passes", changed(), Always("naik")),
    Defect("somebody passes who never should", changed(hukuman="sanctions: {where: {level: berat, running: true}, count: 0}"), Equivalent("naik", THAN), than=changed()),
    Defect("a gap between two rules", (rule(SOUND, applies_to="{employment: PNS, rank: {at_most: II/d}}"), rule(SOUND, name="naik-atas", applies_to="{employment: PNS, rank: {at_least: III/b}}")), Gaps(("naik", "naik-atas"), (("employment", "PNS"), ("rank", "III/a")))),
    Defect("a conflict in a corner", (rule(SOUND), rule({**SOUND, "x": "education_level: S-3"}, name="naik-doktor", applies_to="{employment: PNS, rank: II/d, unit: dinas-z}", to="{rank: III/c}")), Conflicts(("naik", "naik-doktor"))),
    Defect("weaker in a corner", changed(hukuman="any: [{sanctions: {where: {running: true}, count: 0}}, {rank: II/d, education_level: S-1, unit: dinas-z}]"), AtLeastAsStrict("naik", THAN), than=changed()),
    Defect("a needle", changed(x="not: {training_hours: 1200, education_level: SD, unit: dinas-z}"), Equivalent("naik", THAN), than=changed()),
    Defect("a window of three years for two", changed(kinerja="lowest_rating: {last_full_years: 3, at_least: Baik}"), ComparePolicies("naik", THAN), than=changed()),
)  # fmt: skip
SOUND_QUESTIONS = (
    Blind("naik", "sex"), Blind("naik", "birth_date"), Blind("naik", "disability"), MeritNeverHurts("naik", "lowest_rating"),
    MeritNeverHurts("naik", "training_hours"), MeritNeverHurts("naik", "education_level"), Reachable("naik"),
    Reachable("naik", "ineligible"), Redundant("naik"), Dead("naik"), Gaps(("naik",), (("employment", "PNS"), ("service_status", "aktif"), ("rank", "III/a"))),
    Conflicts(("naik",)), Equivalent("naik", THAN), AtLeastAsStrict("naik", THAN), ComparePolicies("naik", THAN), Never("naik", "not_applicable"),
)  # fmt: skip
"""What must not be said of the rule as it should be, but of the last: to somebody it does not apply."""
