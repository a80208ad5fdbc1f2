"""Special promotions and examinations as printed: diploma adjustment, service examinations, service reward, posthumous."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from asnpolicy.people import Employee
from tests.conformance.printed.people import (
    credit,
    day,
    diploma,
    exam,
    functional,
    good,
    person,
    post,
    rank,
    sanction,
    training,
)
from tests.conformance.printed.promotion import FUNCTIONAL, MANAGERIAL, RANKS, REGULAR, between, up, years_before
from tests.conformance.printed.vectors import Vector, printed

BY_DIPLOMA, REWARD, POSTHUMOUS = (
    "kenaikan-pangkat-penyesuaian-ijazah",
    "kenaikan-pangkat-pengabdian",
    "kenaikan-pangkat-anumerta",
)
SIT = {"II/d": "mengikuti-ujian-dinas-1", "III/d": "mengikuti-ujian-dinas-2"}
DIPLOMAS = {
    "SMP": ("I/b", "I/c"), "SMP Kejuruan": ("I/b", "I/c"), "SMA": ("I/d", "II/a"), "D-I": ("I/d", "II/a"),
    "SGPLB": ("II/a", "II/b"), "D-II": ("II/a", "II/b"), "D-III": ("II/b", "II/c"), "S-1": ("II/d", "III/a"),
    "D-IV": ("II/d", "III/a"),
}  # fmt: skip
"""Highest present rank, and the rank that is reached, by diploma."""
ADJUSTED = [exam("ujian-penyesuaian-ijazah", "2012-03-10")]


def graduate(level: str, held: str, on: str, **given: Any) -> Employee:
    """Make an executing officer who has been a year in a rank and passed the adjustment examination."""
    year = int(on[:4])
    told = {
        "posts": [post("pelaksana", "1998-03-01")],
        "ranks": rank(held, years_before(on, 1)),
        "educations": diploma("SD") + diploma(level, "2011-08-01"),
        "exams": ADJUSTED,
        "appraisals": good(year - 1),
        **given,
    }
    return person(**told)


@printed("KP-DIPLOMA-TABLE")
def diploma_adjustment() -> Iterator[Vector]:
    """Each diploma lifts every rank up to the printed one to its own first rank, and no higher rank.

    Ranks are skipped where they must be. A year in rank, a year of Baik, the examination and, in a functional
    post, the credit are needed.
    """
    for on in ("2013-04-01", "2026-04-01"):
        asked = day(on)
        for level, (highest, reached) in DIPLOMAS.items():
            for held in between("I/a", highest):
                lifted = graduate(level, held, on)
                yield Vector(f"{level} at {held}", lifted, BY_DIPLOMA, asked, "eligible", to=reached)
            above = graduate(level, up(highest), on)
            yield Vector(f"{level} at {up(highest)}", above, BY_DIPLOMA, asked, "not_applicable")
        holder = graduate("S-1", "II/d", on)
        less = asked - timedelta(days=1)
        yield Vector("a day less in rank", holder, BY_DIPLOMA, less, "ineligible", ("masa-pangkat",))
        failed = graduate("S-1", "II/d", on, exams=[])
        yield Vector("no examination", failed, BY_DIPLOMA, asked, "ineligible", ("ujian",))
        low = graduate("S-1", "II/d", on, appraisals=good(asked.year - 1, rating="Butuh Perbaikan"))
        yield Vector("last year below Baik", low, BY_DIPLOMA, asked, "ineligible", ("kinerja",))
    skilled = {"posts": [functional("Terampil", "2026-01-01")]}
    on, short = "2026-04-01", ("angka-kredit",)
    enough = graduate("S-1", "II/d", on, **skilled, credits=credit(60, "2026-01-01"))
    yield Vector("functional, 60 of 60", enough, BY_DIPLOMA, day(on), "eligible", to="III/a")
    little = graduate("S-1", "II/d", on, **skilled, credits=credit("59.999", "2026-01-01"))
    yield Vector("functional, 59.999 of 60", little, BY_DIPLOMA, day(on), "ineligible", short)


@printed("EXAM-DIPLOMA-TABLE")
def admission_by_diploma() -> Iterator[Vector]:
    """One year in the present rank is enough for each row, whatever the years of service.

    The national rule, not the figures of the local page, two of whose rows contradict the law: S-2 leads from
    III/a to III/b.
    """
    rows = (
        ("SMP", "I/b", "I/c"), ("SMA", "I/c", "II/a"), ("D-II", "II/a", "II/b"), ("D-III", "II/a", "II/c"),
        ("S-1", "II/a", "III/a"), ("S-2", "III/a", "III/b"),
    )  # fmt: skip
    on = "2019-10-01"
    for level, held, reached in rows:
        holder = graduate(level, held, on)
        yield Vector(f"{level} at {held}", holder, BY_DIPLOMA, day(on), "eligible", to=reached)
        yield Vector(
            f"{level} at {held}, a day less", holder, BY_DIPLOMA, day("2019-09-30"), "ineligible", ("masa-pangkat",)
        )


def examined(held: str, on: str, kind: str = "pelaksana", level: str = "SMA", **given: Any) -> Employee:
    """Make somebody who has been four years in the rank before an examination, and has passed none."""
    echelon = {"pelaksana": {}, "pengawas": {"echelon": "IV.b"}, "administrator": {"echelon": "III.b"}}[kind]
    year = int(on[:4])
    told = {
        "posts": [post(kind, "2005-01-01", **echelon)],
        "ranks": rank(held, years_before(on, 4)),
        "educations": diploma(level),
        "appraisals": good(year - 2, year - 1),
        **given,
    }
    return person(**told)


@printed("EXAM-EXEMPT-TABLE")
def service_examinations() -> Iterator[Vector]:
    """Level I leads from II/d to III/a, level II from III/d to IV/a, unless an exemption holds.

    The degree or the leadership training of the level (S-1 exempts from level I only), a functional post,
    outstanding work, an invention, service reward. Who may sit: two years in the rank, not suspended, on
    waiting pay or unpaid leave, no moderate or severe sanction running.
    """
    for on in ("2018-10-01", "2026-10-01"):
        yield from _level_one(on)
        yield from _level_two(on)
        yield from _no_examination(on)
        for held, rule in SIT.items():
            yield from _sitting(held, rule, on)


def _level_one(on: str) -> Iterator[Vector]:
    asked, refused = day(on), ("ujian-dinas-1",)
    for rule, kind in ((REGULAR, "pelaksana"), (MANAGERIAL, "pengawas")):

        def holder(kind: str = kind, **given: Any) -> Employee:
            return examined("II/d", on, kind, **given)

        yield Vector(f"{kind}, none", holder(), rule, asked, "ineligible", refused)
        passed = holder(exams=[exam("ujian-dinas-1", "2014-06-10")])
        yield Vector(f"{kind}, passed", passed, rule, asked, "eligible", to="III/a")
        other = holder(exams=[exam("ujian-dinas-2", "2014-06-10")])
        yield Vector(f"{kind}, the other level", other, rule, asked, "ineligible", refused)
        for level in ("S-1", "D-IV", "Profesi", "S-2", "S-3"):
            yield Vector(f"{kind}, {level}", holder(level=level), rule, asked, "eligible")
        yield Vector(f"{kind}, D-III", holder(level="D-III"), rule, asked, "ineligible", refused)
        for code in ("diklatpim-iv", "pkp"):
            yield Vector(f"{kind}, {code}", holder(trainings=[training(code)]), rule, asked, "eligible")


def _level_two(on: str) -> Iterator[Vector]:
    asked, rule, refused = day(on), MANAGERIAL, ("ujian-dinas-2",)

    def holder(**given: Any) -> Employee:
        return examined("III/d", on, "administrator", **{"level": "S-1", **given})

    yield Vector("level II, S-1", holder(), rule, asked, "ineligible", refused)
    passed = holder(exams=[exam("ujian-dinas-2", "2014-06-10")])
    yield Vector("level II, passed", passed, rule, asked, "eligible", to="IV/a")
    for level in ("Profesi setara S-2", "S-2", "S-3"):
        yield Vector(f"level II, {level}", holder(level=level), rule, asked, "eligible")
    for code in ("diklatpim-iii", "pka"):
        yield Vector(f"level II, {code}", holder(trainings=[training(code)]), rule, asked, "eligible")
    lower = holder(trainings=[training("diklatpim-iv")])
    yield Vector("level II, the training of level I", lower, rule, asked, "ineligible", refused)
    degree = examined("III/d", on, level="S-1")
    yield Vector("level II, regular, S-1", degree, REGULAR, asked, "ineligible", ("ijazah", *refused))
    executing = examined("III/d", on, level="S-2")
    yield Vector("level II, regular, S-2", executing, REGULAR, asked, "eligible", to="IV/a")


def _no_examination(on: str) -> Iterator[Vector]:
    asked, year = day(on), int(on[:4])
    for held in SIT:
        for rule, code in (("prestasi-luar-biasa", "prestasi-luar-biasa"), ("penemuan-baru", "penemuan-baru")):
            awarded = [{"code": code, "granted_on": f"{year}-02-02"}]
            holder = examined(held, on, awards=awarded, appraisals=good(year - 1, rating="Sangat Baik"))
            yield Vector(f"{held}, {code}", holder, f"kenaikan-pangkat-{rule}", asked, "eligible", to=up(held))
        gone = examined(held, on, service_status="meninggal")
        yield Vector(f"{held}, service reward", gone, REWARD, asked, "eligible", to=up(held))
    if on > "2023":
        posts = [functional("Mahir", "2026-01-01")]
        risen = examined("II/d", on, posts=posts)
        yield Vector("II/d, functional", risen, FUNCTIONAL, asked, "eligible", to="III/a")
        senior = examined("III/d", on, posts=[functional("Ahli Madya", "2026-01-01")])
        yield Vector("III/d, functional", senior, FUNCTIONAL, asked, "eligible", to="IV/a")


def _sitting(held: str, rule: str, on: str) -> Iterator[Vector]:
    asked, since = day(on), years_before(on, 2)
    holder = examined(held, on, ranks=rank(held, since))
    yield Vector(f"{held}, sits", holder, rule, asked, "eligible")
    yield Vector(f"{held}, a day less", holder, rule, asked - timedelta(days=1), "ineligible", ("masa-pangkat",))
    for status in ("diberhentikan-sementara", "uang-tunggu", "cltn"):
        away = examined(held, on, ranks=rank(held, since), service_status=status)
        yield Vector(f"{held}, {status}", away, rule, asked, "ineligible", ("kedudukan",))
    for level in ("sedang", "berat"):
        serving = examined(held, on, sanctions=sanction(level, since, (asked + timedelta(days=1)).isoformat()))
        yield Vector(f"{held}, {level} running", serving, rule, asked, "ineligible", ("hukuman",))
        served = examined(held, on, sanctions=sanction(level, since, on))
        yield Vector(f"{held}, {level} served", served, rule, asked, "eligible")
    other = examined(RANKS[RANKS.index(held) - 1], on)
    yield Vector(f"{held}, another rank", other, rule, asked, "not_applicable")


@printed("EXAM-UDIN-02")
def sitting_level_two() -> Iterator[Vector]:
    """Level II: III/d since 1 October 2017 or earlier, on 1 October 2019.

    That only echelon III sits is a local practice: the national rule does not ask for the post.
    """
    on, rule = day("2019-10-01"), SIT["III/d"]
    for kind in ("administrator", "pelaksana"):
        enough = examined("III/d", "2019-10-01", kind, ranks=rank("III/d", "2017-10-01"))
        yield Vector(f"{kind}, since 2017-10-01", enough, rule, on, "eligible")
        short = examined("III/d", "2019-10-01", kind, ranks=rank("III/d", "2017-10-02"))
        yield Vector(f"{kind}, since 2017-10-02", short, rule, on, "ineligible", ("masa-pangkat",))


REWARDS = {30: (2026, 3), 20: (2025, 4), 10: (2024, 4)}
"""Years of service, then year and month since which the rank must be held on 10 April 2026."""
DEATH = "2026-04-10"


def departing(years: int, since: str, **given: Any) -> Employee:
    """Make somebody who on the day of death had served so many years and held the rank since a day."""
    told = {
        "service_status": "meninggal",
        "cpns_on": years_before(DEATH, years),
        "pns_on": years_before(DEATH, years - 1),
        "posts": [post("pelaksana", years_before(DEATH, years))],
        "ranks": rank("III/b", since),
        "educations": diploma("SMA"),
        "appraisals": good(2025),
        **given,
    }
    return person(**told)


@printed("KP-PENGABDIAN-TABLE")
def service_reward() -> Iterator[Vector]:
    """30 years with a month in rank, 20 with a year, 10 with two years, at death or at the retirement age.

    Each to the day, counted from the appointment as candidate; a last year of Baik, and no moderate or severe
    sanction in it.
    """
    on = day(DEATH)
    for years, (year, month) in REWARDS.items():
        since = f"{year}-{month:02}-10"
        holder = departing(years, since)
        yield Vector(f"{years} years", holder, REWARD, on, "eligible", to="III/c", takes_effect=on)
        late = departing(years, f"{year}-{month:02}-11")
        yield Vector(f"{years} years, a day less in rank", late, REWARD, on, "ineligible", ("masa-kerja",))
        began = (day(years_before(DEATH, years)) + timedelta(days=1)).isoformat()
        newer = departing(years, since, cpns_on=began)
        yield Vector(f"a day less than {years} years", newer, REWARD, on, "ineligible", ("masa-kerja",))
        low = departing(years, since, appraisals=good(2025, rating="Butuh Perbaikan"))
        yield Vector(f"{years} years, below Baik", low, REWARD, on, "ineligible", ("kinerja",))
        for level in ("sedang", "berat"):
            lately = departing(years, since, sanctions=sanction(level, "2025-04-11", "2025-10-11"))
            yield Vector(f"{years} years, {level} within a year", lately, REWARD, on, "ineligible", ("hukuman",))
            long_ago = departing(years, since, sanctions=sanction(level, "2025-04-10", "2025-10-10"))
            yield Vector(f"{years} years, {level} a year ago", long_ago, REWARD, on, "eligible")
        light = departing(years, since, sanctions=sanction("ringan", "2026-01-01", "2026-07-01"))
        yield Vector(f"{years} years, ringan", light, REWARD, on, "eligible")
    retiring = departing(20, "2025-04-10", service_status="aktif", birth_date="1968-04-10")
    yield Vector("at the retirement age", retiring, REWARD, on, "eligible", to="III/c")
    yield Vector("a day before it", retiring, REWARD, on - timedelta(days=1), "not_applicable")


@printed("KP-ANUMERTA-02")
def posthumous() -> Iterator[Vector]:
    """Killed on duty, a candidate or a civil servant is promoted one rank on that day, outside the periods.

    Other deaths do not count.
    """
    on = day("2026-04-17")
    candidate = {"employment": "CPNS", "pns_on": "none", "cpns_on": "2025-09-01", "ranks": rank("II/c", "2025-09-01")}
    for what, given in (("candidate", candidate), ("civil servant", {"ranks": rank("II/c", "2024-10-01")})):
        killed = person(service_status="tewas", statuses=[{"status": "tewas", "since": str(on)}], **given)
        yield Vector(f"{what}, on duty", killed, POSTHUMOUS, on, "eligible", to="II/d", takes_effect=on)
        other = person(service_status="meninggal", statuses=[{"status": "meninggal", "since": str(on)}], **given)
        yield Vector(f"{what}, otherwise", other, POSTHUMOUS, on, "ineligible", ("tewas",))


@printed("DISABLED-BY-SERVICE")
def disabled_by_service() -> Iterator[Vector]:
    """Disabled by service and unfit for every post: one rank, whatever the years, the rank and the predicates."""
    given = {"service_status": "cacat-karena-dinas", "cpns_on": "2024-03-01", "pns_on": "2025-03-01"}
    on = day("2026-04-17")
    dated = [{"status": "cacat-karena-dinas", "since": str(on)}]
    hurt = person(**given, statuses=dated, ranks=rank("III/a", "2026-04-01"), appraisals=good(2025, rating="Kurang"))
    yield Vector("disabled", hurt, REWARD, on, "eligible", to="III/b", takes_effect=on)
    fit = person(**{**given, "service_status": "aktif"}, ranks=rank("III/a", "2026-04-01"))
    yield Vector("not disabled", fit, REWARD, on, "not_applicable")
