"""Posts, retirement, talent and medals as printed: conditions, ages and boxes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from asnpolicy.decisions.waivers import Waiver
from asnpolicy.people import Employee
from tests.conformance.printed.people import (
    Records,
    after,
    before,
    day,
    diploma,
    exam,
    functional,
    good,
    good_before,
    person,
    post,
    rank,
    sanction,
    vacancy,
)
from tests.conformance.printed.promotion import REGULAR
from tests.conformance.printed.vectors import Vector, printed

RETIREMENT, TALENT, TRANSFER = "pensiun-bup", "kelompok-talenta", "perpindahan-jabatan-fungsional"
BIRTH = "1970-05-10"
ORDINARY = {"title": "Perencana"}
RETIRES = {
    58: [
        post("administrator", "2016-01-01", echelon="III.a"), post("pengawas", "2016-01-01", echelon="IV.a"),
        post("pelaksana", "2016-01-01"),
        *(functional(level, "2016-01-01", **ORDINARY) for level in
          ("Ahli Pertama", "Ahli Muda", "Pemula", "Terampil", "Mahir", "Penyelia")),
    ],
    60: [
        post("jpt-pratama", "2016-01-01", echelon="II.b"), post("jpt-madya", "2016-01-01", echelon="I.b"),
        post("jpt-utama", "2016-01-01", echelon="I.a"), functional("Ahli Madya", "2016-01-01", **ORDINARY),
    ],
    65: [functional("Ahli Utama", "2016-01-01", **ORDINARY)],
}  # fmt: skip
SPECIAL = {"Peneliti": {"Ahli Madya": 65, "Ahli Utama": 70}, "Perekayasa": {"Ahli Madya": 65, "Ahli Utama": 70}}
TEACHER = {"Guru": dict.fromkeys(("Ahli Pertama", "Ahli Muda", "Ahli Madya", "Ahli Utama"), 60)}


def birthday(age: int, born: str = BIRTH) -> date:
    """Give the day on which somebody reaches an age."""
    return day(f"{int(born[:4]) + age}{born[4:]}")


def at_age(what: str, holder: Employee, age: int, born: str = BIRTH) -> Iterator[Vector]:
    """Ask on the day that the age is reached, and on the day before."""
    on = birthday(age, born)
    yield Vector(f"{what}, {age}", holder, RETIREMENT, on, "eligible")
    yield Vector(f"{what}, a day before {age}", holder, RETIREMENT, on - timedelta(days=1), "ineligible", ("usia",))


def titled(ages: dict[str, dict[str, int]]) -> Iterator[Vector]:
    """Ask of posts that have an age of their own."""
    for title, levels in ages.items():
        for level, age in levels.items():
            held = person(birth_date=BIRTH, posts=[functional(level, "2016-01-01", title=title)])
            yield from at_age(f"{title} {level}", held, age)


@printed("BUP-TABLE")
def retirement_ages() -> Iterator[Vector]:
    """58, 60 or 65 by post and level, on the birthday and not a day before.

    For research and engineering posts 65 as Ahli Madya and 70 as Ahli Utama.
    """
    for age, posts in RETIRES.items():
        for held in posts:
            what = f"{held['kind']} {held.get('jenjang', '')}".strip()
            yield from at_age(what, person(birth_date=BIRTH, posts=[held]), age)
    yield from titled(SPECIAL)
    yield from at_age("no post", person(birth_date=BIRTH), 58)


@printed("TEACHERS")
def teachers() -> Iterator[Vector]:
    """Teachers retire at 60 at every level, however the register writes the post."""
    yield from titled(TEACHER)
    for title in ("Guru Ahli Muda", "GURU", "guru ahli muda"):
        held = person(birth_date=BIRTH, posts=[functional("Ahli Muda", "2016-01-01", title=title)])
        yield from at_age(f"written `{title}`", held, 60)


@printed("BUP-TRANS-02")
def who_was_past_sixty_keeps_sixty_five() -> Iterator[Vector]:
    """Ahli Madya past 60 on 7 April 2017 retire at 65 as before.

    Who was born on 7 April 1957 or later retires at 60.
    """

    def holder(born: str) -> Employee:
        return person(birth_date=born, cpns_on="1985-03-01", posts=[functional("Ahli Madya", "2010-01-01", **ORDINARY)])

    older, younger = "1957-04-06", "1957-04-07"
    yield Vector("past 60 in 2017", holder(older), RETIREMENT, day("2017-04-07"), "ineligible", ("usia",))
    yield from at_age("past 60 in 2017", holder(older), 65, older)
    yield Vector("60 on the day", holder(younger), RETIREMENT, day("2017-04-07"), "eligible")


@printed("BUP-TRANS-58")
def who_was_past_fifty_eight_keeps_sixty() -> Iterator[Vector]:
    """Penyelia, Ahli Pertama and Ahli Muda past 58 on 7 April 2017 retire at 60 as before.

    Who was born on 7 April 1959 or later retires at 58.
    """
    older, younger = "1959-04-06", "1959-04-07"
    for level in ("Penyelia", "Ahli Pertama", "Ahli Muda"):
        posts = [functional(level, "2010-01-01", **ORDINARY)]
        past = person(birth_date=older, cpns_on="1985-03-01", posts=posts)
        yield Vector(f"{level} past 58 in 2017", past, RETIREMENT, day("2017-04-07"), "ineligible", ("usia",))
        yield from at_age(f"{level} past 58 in 2017", past, 60, older)
        turned = person(birth_date=younger, cpns_on="1985-03-01", posts=posts)
        yield Vector(f"{level} 58 on the day", turned, RETIREMENT, day("2017-04-07"), "eligible")


BELOW = {
    "jpt-pratama": ("administrator", "III.a"), "jpt-madya": ("jpt-pratama", "II.a"), "jpt-utama": ("jpt-madya", "I.b"),
}  # fmt: skip


def candidate(kind: str, **given: Any) -> Employee:
    """Make somebody who meets the printed conditions of an executive post to the day on 1 April 2026."""
    below, echelon = BELOW[kind]
    years = {"jpt-pratama": 5, "jpt-madya": 7, "jpt-utama": 10}[kind]
    first, last = f"{2026 - years}-04-01", "2024-04-01"
    told = {
        "posts": [
            post("pengawas", first, last, echelon="IV.a", field="perencanaan"),
            post(below, last, echelon=echelon, field="perencanaan"),
        ],
        "ranks": rank("IV/c", "2020-04-01"),
        "educations": diploma("S-1"),
        "appraisals": good(2024, 2025),
        **given,
    }
    return person(**told)


def executive(
    what: str, holder: Employee, kind: str, *because: str, on: str = "2026-04-01", approved: str = "", **standard: Any
) -> Vector:
    """Ask for an executive post in the field of planning; `approved` names what the President has set aside."""
    verdict = "ineligible" if because else "eligible"
    opening = vacancy(kind, field="perencanaan", **standard)
    waivers = (president(holder, kind, approved),) if approved else ()
    return Vector(f"{kind}, {what}", holder, kind, day(on), verdict, because, target=opening, waivers=waivers)


def president(holder: Employee, rule: str, criterion: str) -> Waiver:
    """Give the President's prior approval to set a condition aside."""
    about = {"nip": holder.nip, "rule": rule, "criterion": criterion, "since": "2026-01-01"}
    return Waiver.model_validate({**about, "approver": "Presiden", "letter": "R-1/2026", "basis": "PP 17/2020"})


@printed("JPT-AGE-01")
def executive_posts() -> Iterator[Vector]:
    """JPT pratama: degree, five years in the field, two years in the post before, at most 56, the standard.

    Administrator or Ahli Madya, held or once held, acting aside; each to the day.
    """
    kind = "jpt-pratama"
    yield executive("all conditions", candidate(kind), kind)
    yield executive("D-IV", candidate(kind, educations=diploma("D-IV")), kind)
    yield executive("D-III", candidate(kind, educations=diploma("D-III")), kind, "pendidikan")
    yield executive("a day less", candidate(kind), kind, "jabatan-sebelumnya", "pengalaman-bidang", on="2026-03-31")
    yield from _before_pratama(kind)
    yield executive("56 on the day", candidate(kind, birth_date="1970-04-01"), kind)
    yield executive("56 the day before", candidate(kind, birth_date="1970-03-31"), kind, "usia")
    older = candidate(kind, birth_date="1969-04-01")
    yield executive("57, approved", older, kind, approved="usia")
    yield executive("57, another condition approved", older, kind, "usia", approved="pendidikan")
    asked = {"competencies": [{"code": "manajerial", "level": 4}]}
    measured = [{"code": "manajerial", "level": 4, "assessed_on": "2025-05-05"}]
    yield executive("the standard met", candidate(kind, competencies=measured), kind, **asked)
    yield executive("the standard not met", candidate(kind), kind, "standar-kompetensi", **asked)


def _before_pratama(kind: str) -> Iterator[Vector]:
    field, middle = {"field": "perencanaan"}, "2024-04-01"
    senior = functional("Ahli Madya", middle, **field)
    long_ago = functional("Ahli Madya", "2019-04-01", "2021-04-01", **field)
    lower = post("pengawas", "2021-04-01", middle, echelon="IV.a", **field)
    yield executive("Ahli Madya", candidate(kind, posts=[lower, senior]), kind)
    held_once = [long_ago, post("pengawas", "2021-04-01", echelon="IV.a", **field)]
    yield executive("once Ahli Madya", candidate(kind, posts=held_once), kind)
    for what, level in (("Ahli Muda", "Ahli Muda"), ("Ahli Pertama", "Ahli Pertama")):
        junior = candidate(kind, posts=[functional(level, "2019-04-01", **field)])
        yield executive(what, junior, kind, "jabatan-sebelumnya")
    elsewhere = [post("administrator", "2019-04-01", echelon="III.a", field="keuangan")]
    yield executive("another field", candidate(kind, posts=elsewhere), kind, "pengalaman-bidang")
    acting = [
        lower | {"since": "2019-04-01", "until": "ongoing"},
        post("administrator", "2020-01-01", echelon="III.a", **field) | {"acting": True},
    ]
    yield executive("acting only", candidate(kind, posts=acting), kind, "jabatan-sebelumnya")


@printed("JPT-TIERS")
def higher_executive_posts() -> Iterator[Vector]:
    """JPT madya asks seven years in the field, JPT utama ten; both at most 58 years old.

    And two years as JPT pratama or JPT madya, or as Ahli Utama.
    """
    for kind in ("jpt-madya", "jpt-utama"):
        yield executive("all conditions", candidate(kind), kind)
        yield executive("a day less", candidate(kind), kind, "jabatan-sebelumnya", "pengalaman-bidang", on="2026-03-31")
        senior = [functional("Ahli Utama", "2015-04-01", field="perencanaan")]
        yield executive("Ahli Utama", candidate(kind, posts=senior), kind)
        yield executive("58 on the day", candidate(kind, birth_date="1968-04-01"), kind)
        yield executive("58 the day before", candidate(kind, birth_date="1968-03-31"), kind, "usia")


AGES = {
    53: ("Pemula", "Terampil", "Mahir", "Penyelia", "Ahli Pertama", "Ahli Muda"), 55: ("Ahli Madya",), 60: ("Ahli Utama",),
}  # fmt: skip


def _leads_to(level: str) -> str:
    """Give the kind of post from which somebody is moved into a level."""
    return {"Ahli Muda": "pengawas", "Ahli Madya": "administrator", "Ahli Utama": "jpt-pratama"}.get(level, "pelaksana")


RETIRED_AT = {"jpt-pratama": 60}


@printed("TRANSFER-AGES")
def transfer_ages() -> Iterator[Vector]:
    """Into a functional post at most at 53, as Ahli Madya at 55, as Ahli Utama at 60.

    On the birthday still, and not a day later; each from the post that leads to the level.
    """
    on = "2026-04-01"
    for age, levels in AGES.items():
        for level in levels:
            for born, because in ((f"{2026 - age}-04-01", ()), (f"{2026 - age}-03-31", ("usia",))):
                holder = person(
                    birth_date=born, posts=[post(_leads_to(level), "2020-01-01", field="arsip")],
                    ranks=rank("IV/d", "2020-01-01"), educations=diploma("S-2"),
                    appraisals=good(2024, 2025), exams=[exam("uji-kompetensi", "2026-03-10", level)],
                )  # fmt: skip
                opening = vacancy("fungsional", jenjang=level, field="arsip")
                verdict = "ineligible" if because else "eligible"
                left = because and age == RETIRED_AT.get(_leads_to(level))  # who reached the age the day before
                given = ("not_applicable", ()) if left else (verdict, because)
                yield Vector(f"{level}, born {born}", holder, TRANSFER, day(on), *given, target=opening)


GRID = {
    "Sangat Baik": (4, 7, 9), "Baik": (2, 5, 8), "Butuh Perbaikan": (1, 3, 6), "Kurang": (1, 3, 6), "Sangat Kurang": (1, 3, 6),
}  # fmt: skip
"""Boxes by low, middle and high potential: above, at and below expectation."""
POTENTIAL = (("0", "59.99"), ("60", "79.99"), ("80", "100"))


def boxed(predicate: str, score: str, **given: Any) -> Employee:
    """Make somebody with a predicate and a score of potential."""
    assessed: Records = [{"kind": "potensi", "score": score, "assessed_on": "2026-01-15"}]
    return person(appraisals=good(2024) + good(2025, rating=predicate), assessments=assessed, **given)


@printed("TALENT-BOX-02")
def boxes() -> Iterator[Vector]:
    """The nine boxes by performance and potential, at both ends of each band of potential.

    The last predicate is above (Sangat Baik), at (Baik) or below expectation; potential is low below 60, high
    from 80 on.
    """
    for predicate, row in GRID.items():
        for box, scores in zip(row, POTENTIAL, strict=True):
            for score in scores:
                in_pool = box >= min(PROMOTABLE)
                yield Vector(
                    f"{predicate}, {score}", boxed(predicate, score), TALENT, day("2026-04-01"),
                    "eligible" if in_pool else "ineligible", () if in_pool else ("kotak",), sees={"kotak": str(box)},
                )  # fmt: skip


PROMOTABLE = (7, 8, 9)


@printed("TALENT-BOX-01")
def promotable_boxes() -> Iterator[Vector]:
    """Boxes 7, 8 and 9 enter the succession pool; boxes 1 to 6 show a gap to be closed first."""
    people = {
        box: boxed(predicate, low)
        for predicate in ("Sangat Baik", "Baik", "Kurang")
        for box, (low, _) in zip(GRID[predicate], POTENTIAL, strict=True)
    }
    for box, holder in sorted(people.items()):
        because = () if box in PROMOTABLE else ("kotak",)
        verdict = "eligible" if box in PROMOTABLE else "ineligible"
        yield Vector(f"box {box}", holder, TALENT, day("2026-04-01"), verdict, because)


@printed("SATYA-COND")
def long_service_medals() -> Iterator[Vector]:
    """10, 20 and 30 years since the appointment as candidate, to the day.

    Never a moderate or severe sanction, no unpaid leave; a light sanction does not count.
    """
    on = "2026-08-17"
    for years, numeral in ((10, "x"), (20, "xx"), (30, "xxx")):
        rule = f"satyalancana-karya-satya-{numeral}"
        began = f"{2026 - years}-08-17"

        def holder(began: str = began, **given: Any) -> Employee:
            return person(cpns_on=began, pns_on=f"{int(began[:4]) + 1}-09-01", **given)

        yield Vector(f"{years} years", holder(), rule, day(on), "eligible")
        yield Vector(f"{years} years, a day less", holder(), rule, before(on), "ineligible", ("masa-kerja",))
        for level in ("sedang", "berat"):
            punished = holder(sanctions=sanction(level, began, str(after(began))))
            yield Vector(f"{years} years, {level}", punished, rule, day(on), "ineligible", ("disiplin",))
        light = holder(sanctions=sanction("ringan", "2026-02-01", "2026-12-01"))
        yield Vector(f"{years} years, ringan", light, rule, day(on), "eligible")
        leave = [{"kind": "cltn", "since": "2020-01-01", "until": "2021-01-01"}]
        yield Vector(
            f"{years} years, unpaid leave", holder(leaves=leave), rule, day(on), "ineligible", ("tidak-terputus",)
        )


EXPECTATIONS = ("Di bawah ekspektasi", "Sesuai ekspektasi", "Di atas ekspektasi")
MATRIX = {
    "Di atas ekspektasi": ("Kurang", "Baik", "Sangat Baik"), "Sesuai ekspektasi": ("Kurang", "Baik", "Baik"),
    "Di bawah ekspektasi": ("Sangat Kurang", "Butuh Perbaikan", "Butuh Perbaikan"),
}  # fmt: skip
"""Predicate by results, then behaviour below, at and above expectation."""


@printed("PREDICATE-MATRIX")
def predicates() -> Iterator[Vector]:
    """Results and behaviour give the predicate that a promotion sees, in all nine combinations."""
    on = day("2026-04-01")
    for results, row in MATRIX.items():
        for behaviour, predicate in zip(EXPECTATIONS, row, strict=True):
            rated = [{"year": year, "results": results, "behaviour": behaviour} for year in (2024, 2025)]
            holder = person(
                posts=[post("pelaksana", "2010-01-01")], ranks=rank("III/a", "2020-01-01"), educations=diploma("S-1"),
                appraisals=rated,
            )  # fmt: skip
            enough = predicate in ("Baik", "Sangat Baik")
            yield Vector(
                f"{results}, {behaviour}", holder, REGULAR, on, "eligible" if enough else "ineligible",
                () if enough else ("kinerja",), sees={"kinerja": predicate},
            )  # fmt: skip


@printed("PENSION-DATE")
def pension_date() -> Iterator[Vector]:
    """The pension runs from the first of the month after the birthday, also for who is born on the first."""
    for born, first in (("1970-05-10", "2028-06-01"), ("1970-12-31", "2029-01-01"), ("1970-05-01", "2028-06-01")):
        holder = person(
            birth_date=born, posts=[post("pelaksana", "2010-01-01")], appraisals=good_before(day("2028-01-01"))
        )
        yield Vector(f"born {born}", holder, RETIREMENT, birthday(58, born), "eligible", takes_effect=day(first))
