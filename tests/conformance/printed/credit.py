"""Angka kredit as printed: conversion, part years, needs, bands, excess, entry from another post, time to a promotion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from asnpolicy.people import Employee
from tests.conformance.printed.people import (
    Records,
    credit,
    day,
    diploma,
    exam,
    functional,
    good,
    part,
    person,
    post,
    rank,
    vacancy,
)
from tests.conformance.printed.vectors import Vector, printed

RULE = "kenaikan-pangkat-fungsional"
PREDICATES = ("Sangat Baik", "Baik", "Butuh Perbaikan", "Kurang", "Sangat Kurang")
PERCENT = dict(zip(PREDICATES, (150, 100, 75, 50, 25), strict=True))
CONVERSION = {
    "Ahli Pertama": ("12.5", ("18.75", "12.5", "9.38", "6.25", "3.13")),
    "Ahli Muda": ("25", ("37.5", "25", "18.75", "12.5", "6.25")),
    "Ahli Madya": ("37.5", ("56.25", "37.5", "28.13", "18.75", "9.375")),
    "Ahli Utama": ("50", ("75", "50", "37.5", "25", "12.5")),
    "Pemula": ("3.75", ("5.63", "3.75", "2.81", "1.88", "0.94")),
    "Terampil": ("5", ("7.5", "5", "3.75", "2.5", "1.25")),
    "Mahir": ("12.5", ("18.75", "12.5", "9.38", "6.25", "3.13")),
    "Penyelia": ("25", ("37.5", "25", "18.75", "12.5", "6.25")),
}
"""Coefficient a year, then the credit of a year by predicate, best first."""
RANKS = {
    "Pemula": ("II/a",), "Terampil": ("II/b", "II/c", "II/d"), "Mahir": ("III/a", "III/b"),
    "Penyelia": ("III/c", "III/d"), "Ahli Pertama": ("III/a", "III/b"), "Ahli Muda": ("III/c", "III/d"),
    "Ahli Madya": ("IV/a", "IV/b", "IV/c"), "Ahli Utama": ("IV/d", "IV/e"),
}  # fmt: skip
NEEDS = {
    "Pemula": (15, 15), "Terampil": (20, 60), "Mahir": (50, 100), "Penyelia": (100, None),
    "Ahli Pertama": (50, 100), "Ahli Muda": (100, 200), "Ahli Madya": (150, 450), "Ahli Utama": (200, None),
}  # fmt: skip
"""Credit for one rank, and for the next level."""
NEXT = {
    "Pemula": "Terampil", "Terampil": "Mahir", "Mahir": "Penyelia",
    "Ahli Pertama": "Ahli Muda", "Ahli Muda": "Ahli Madya", "Ahli Madya": "Ahli Utama",
}  # fmt: skip
BANDS = {
    "III/a": ("Ahli Pertama", 100, 150), "III/b": ("Ahli Pertama", 100, 200), "III/c": ("Ahli Muda", 200, 300),
    "III/d": ("Ahli Muda", 200, 400), "IV/a": ("Ahli Madya", 400, 550), "IV/b": ("Ahli Madya", 400, 700),
    "IV/c": ("Ahli Madya", 400, 850), "IV/d": ("Ahli Utama", 850, 1050),
}  # fmt: skip
"""Level, base and upper end of the conventional band; IV/e, the last rank, leads nowhere."""
LEAST = Decimal("0.001")
ASKED = day("2027-04-01")
Refused = tuple[str, ...]


def written(amount: Decimal | str | int) -> str:
    """Write an amount as a decision does, rounded as the printed tables are."""
    rounded = Decimal(amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"{rounded:f}".rstrip("0").rstrip(".")
    return f"{text} AK"


def appraised(jenjang: str, appraisals: Records) -> Employee:
    """Make a holder of a level with some appraisals and nothing else."""
    held = [functional(jenjang, "2020-01-01")]
    return person(posts=held, ranks=rank(RANKS[jenjang][0], "2020-01-01"), appraisals=appraisals)


def converted(what: str, jenjang: str, appraisals: Records, amount: Decimal | str, on: str = "2025-04-01") -> Vector:
    """Ask what credit a decision sees; it is too little for a promotion, whose other conditions hold or not."""
    rated = {record["year"] for record in appraisals if record["rating"] in ("Sangat Baik", "Baik")}
    as_of = day(on)
    rated = {year for year in rated if year < as_of.year}
    long_rated = {as_of.year - 1, as_of.year - 2} <= rated
    because = ("angka-kredit",) if long_rated else ("angka-kredit", "kinerja")
    if jenjang == "Pemula":
        because = (*because, "batas-jenjang")
    return Vector(
        what, appraised(jenjang, appraisals), RULE, as_of, "ineligible", because, sees={"angka-kredit": written(amount)}
    )


@printed("AK-CONV-TABLE")
def conversion() -> Iterator[Vector]:
    """Each of the 40 cells: one appraised year converts to the printed credit.

    Two decimals; the one cell printed with three, 9.375, is 9.38. Appraisals of years before 2023 convert to
    nothing.
    """
    for jenjang, (_, cells) in CONVERSION.items():
        for predicate, cell in zip(PREDICATES, cells, strict=True):
            yield converted(f"{jenjang}, {predicate}", jenjang, good(2024, rating=predicate), cell)
    yield converted("2021 and 2022 are not converted", "Ahli Muda", good(2021, 2022, 2023), "25", "2024-04-01")


@printed("AK-CONV-04")
def one_year_of_ahli_madya() -> Iterator[Vector]:
    """Ahli Madya at IV/b since April 2022, rated Baik for 2023: 37.5 for the year."""
    held = [functional("Ahli Madya", "2022-04-01")]
    holder = person(posts=held, ranks=rank("IV/b", "2022-04-01"), appraisals=good(2023))
    refused = ("angka-kredit", "kinerja", "masa-pangkat")
    seen = {"angka-kredit": "37.5 AK"}
    yield Vector("the year 2023", holder, RULE, day("2024-03-01"), "ineligible", refused, sees=seen)


@printed("PART-YEAR")
def part_years() -> Iterator[Vector]:
    """Months / 12 x percentage x coefficient, rounded half up.

    For every number of months, predicate and level; the official sample 2/12 x 100% x 12.5 = 2.08, and 18.75 +
    2.08 = 20.83 in all.
    """
    for jenjang, (coefficient, _) in CONVERSION.items():
        for predicate, percent in PERCENT.items():
            for months in range(1, 13):
                amount = Decimal(coefficient) * percent * months / 1200
                rated = [part(2024, 13 - months, 12, predicate)]
                yield converted(f"{jenjang}, {predicate}, {months} months", jenjang, rated, amount)
    sample = [part(2024, 1, 2, "Baik")]
    yield converted("the sample", "Ahli Pertama", sample, "2.08", "2024-03-01")
    in_all = [*good(2023, rating="Sangat Baik"), *sample]
    yield converted("the sample in all", "Ahli Pertama", in_all, "20.83", "2024-03-01")
    halves = [part(2024, 1, 2, "Baik"), part(2024, 3, 12, "Baik")]
    yield converted("two parts make a year", "Ahli Pertama", halves, "12.5")


@printed("YEAR-SPLIT")
def the_year_in_which_a_level_begins() -> Iterator[Vector]:
    """A whole year's appraisal counts from the month in which the level begins, and no month twice.

    Ahli Muda from March at Baik: 10/12 x 25 = 20.83; first appointed in May at Baik, with the next year: 8.33 + 12.5.
    Who was appraised for January and February and then for the whole year has that year's credit once.
    """
    refused = ("angka-kredit",)
    risen = [functional("Ahli Pertama", "2019-01-01", "2025-03-01"), functional("Ahli Muda", "2025-03-01")]
    holder = person(posts=risen, ranks=rank("III/c", "2023-03-01"), appraisals=good(2024, 2025))
    on, seen = day("2026-04-01"), {"angka-kredit": "20.83 AK"}
    yield Vector("a new level in March", holder, RULE, on, "ineligible", refused, sees=seen)
    first = [post("pelaksana", "2022-03-01", "2023-05-01"), functional("Ahli Pertama", "2023-05-01")]
    holder = person(posts=first, ranks=rank("III/a", "2022-03-01"), appraisals=good(2023, 2024))
    yield Vector("a first post in May", holder, RULE, day("2025-04-01"), "ineligible", refused, sees=seen)
    twice = [*good(2023, rating="Sangat Baik"), part(2024, 1, 2, "Baik"), *good(2024)]
    yield converted("a part and the whole", "Ahli Pertama", twice, "31.25")
    parted = [*good(2023, rating="Sangat Baik"), part(2024, 1, 2, "Sangat Baik"), *good(2024)]
    yield converted("a part rated better than the whole", "Ahli Pertama", parted, "32.3")
    otherwise = [*good(2023, rating="Sangat Baik"), part(2024, 1, 2, "Baik"), *good(2024, rating="Kurang")]
    yield converted("before the whole is known", "Ahli Pertama", otherwise, "20.83", "2024-04-01")


def with_credit(jenjang: str, held: str, amount: Decimal | int) -> Employee:
    """Make a holder with so much credit in the level, one year's conversion being a part of it."""
    of_a_year = Decimal(CONVERSION[jenjang][0])
    following = NEXT.get(jenjang)
    return person(
        posts=[functional(jenjang, "2026-01-01")],
        ranks=rank(held, "2025-04-01"),
        educations=diploma("S-3"),
        appraisals=good(2025, 2026),
        credits=credit(amount - of_a_year, "2026-06-30"),
        exams=[exam("uji-kompetensi", "2027-03-10", following)] if following else [],
    )


def at_rank(jenjang: str, held: str, needed: int) -> Iterator[Vector]:
    """Ask with just enough credit for the next rank, and a thousandth less; the level's last rank is its ceiling."""
    ceiling = ("batas-jenjang",) if held == RANKS[jenjang][-1] else ()
    enough, short = with_credit(jenjang, held, needed), with_credit(jenjang, held, needed - LEAST)
    seen = {"angka-kredit": written(needed)}
    yield Vector(
        f"{jenjang} {held}, {needed}", enough, RULE, ASKED, "ineligible" if ceiling else "eligible", ceiling, sees=seen
    )
    yield Vector(f"{jenjang} {held}, short of {needed}", short, RULE, ASKED, "ineligible", ("angka-kredit", *ceiling))


def to_next_level(jenjang: str, needed: int) -> Iterator[Vector]:
    """Ask with just enough credit for the next level, and a thousandth less."""
    opening, held = vacancy("fungsional", jenjang=NEXT[jenjang]), RANKS[jenjang][-1]
    enough, short = with_credit(jenjang, held, needed), with_credit(jenjang, held, needed - LEAST)
    yield Vector(f"{jenjang}, {needed}", enough, "kenaikan-jenjang", ASKED, "eligible", target=opening)
    yield Vector(
        f"{jenjang}, short of {needed}", short, "kenaikan-jenjang", ASKED, "ineligible", ("angka-kredit",),
        target=opening,
    )  # fmt: skip


@printed("AK-NEED-TABLE")
def needs() -> Iterator[Vector]:
    """For each level the credit of one rank, added up within the level, and of the next level.

    A thousandth less is not enough. The last rank of a level is left only after the next level is reached.
    """
    for jenjang, (of_rank, of_level) in NEEDS.items():
        for place, held in enumerate(RANKS[jenjang], start=1):
            if of_level is not None or held != RANKS[jenjang][-1]:
                yield from at_rank(jenjang, held, of_rank * place)
        if of_level is not None:
            yield from to_next_level(jenjang, of_level)


@printed("AK-INTEG-TABLE")
def integration_bands() -> Iterator[Vector]:
    """An integration letter carries the conventional total less the base.

    The upper end of each rank's band is what leads out of the rank, and a thousandth less does not.
    """
    for held, (jenjang, base, upper) in BANDS.items():
        yield from at_rank(jenjang, held, upper - base)


@printed("AK-EXCESS-03")
def excess_is_kept_in_the_level() -> Iterator[Vector]:
    """Promoted to III/b with a conventional 187: the excess over 150 is kept, so 13 are missing for 200.

    In the scheme of 2023 the same person carries 87 within the level, and 13 are missing for 100; 12.999 are
    not enough. A new level starts from nothing.
    """
    opening, rule = vacancy("fungsional", jenjang="Ahli Muda"), "kenaikan-jenjang"
    promoted = with_credit("Ahli Pertama", "III/a", 87)
    yield Vector("87 lead from III/a to III/b", promoted, RULE, ASKED, "eligible", to="III/b")
    enough, short = (with_credit("Ahli Pertama", "III/b", 87 + more) for more in (Decimal(13), 13 - LEAST))
    yield Vector("87 and 13", enough, rule, ASKED, "eligible", target=opening)
    yield Vector("87 and 12.999", short, rule, ASKED, "ineligible", ("angka-kredit",), target=opening)
    held = [functional("Ahli Pertama", "2020-01-01", "2026-01-01"), functional("Ahli Muda", "2026-01-01")]
    fresh = person(
        posts=held, ranks=rank("III/c", "2024-04-01"), appraisals=good(2024, 2025), credits=credit(187, "2023-06-30")
    )
    nothing = {"angka-kredit": "0 AK"}
    yield Vector("a new level", fresh, RULE, day("2026-07-01"), "ineligible", ("angka-kredit",), sees=nothing)


@printed("AK-TRANSFER-02")
def entry_below_the_own_rank() -> Iterator[Vector]:
    """An executing officer at IV/a enters as Ahli Pertama with 100 credited.

    Ahli Muda needs a year as Ahli Pertama, Baik, a vacant post and the competency test; the rank waits for the
    level.
    """
    entered, opening, rule = "2025-04-01", vacancy("fungsional", jenjang="Ahli Muda"), "kenaikan-jenjang"
    given = {
        "posts": [post("pelaksana", "2021-04-01", entered), functional("Ahli Pertama", entered)],
        "ranks": rank("IV/a", "2020-04-01"),
        "educations": diploma("S-2"),
        "appraisals": good(2023, 2024, 2025),
        "credits": credit(100, entered, kind="perpindahan"),
        "exams": [exam("uji-kompetensi", "2026-03-10", "Ahli Muda")],
    }
    on, holder, seen = day("2026-04-01"), person(**given), {"angka-kredit": "100 AK"}
    waits = ("angka-kredit", "batas-jenjang")
    yield Vector("credited on entry", holder, RULE, day(entered), "ineligible", waits, sees=seen)
    yield Vector("after a year", holder, rule, on, "eligible", target=opening)
    yield Vector(
        "a day short of a year", holder, rule, day("2026-03-31"), "ineligible", ("masa-jenjang",), target=opening
    )
    full = vacancy("fungsional", jenjang="Ahli Muda", vacancies=0)
    yield Vector("no vacancy", holder, rule, on, "ineligible", ("formasi",), target=full)
    untested = person(**{**given, "exams": []})
    yield Vector("no test", untested, rule, on, "ineligible", ("uji-kompetensi",), target=opening)
    low = person(**{**given, "appraisals": good(2024) + good(2025, rating="Butuh Perbaikan")})
    yield Vector("below Baik", low, rule, on, "ineligible", ("kinerja",), target=opening)


@printed("TIME-TO-PROMOTION")
def time_to_one_promotion() -> Iterator[Vector]:
    """One rank's credit takes 4 years at Baik, and 2 years and 8 months at Sangat Baik, at every level.

    A month less is too short.
    """
    for jenjang in (name for name in NEEDS if name != "Pemula"):
        for predicate, months in (("Baik", 48), ("Sangat Baik", 32)):
            yield _after_months(jenjang, predicate, months, "eligible", ())
            yield _after_months(jenjang, predicate, months - 1, "ineligible", ("angka-kredit",))


def _after_months(jenjang: str, predicate: str, months: int, verdict: str, because: Refused) -> Vector:
    years, rest = divmod(months, 12)
    rated = good(*range(2023, 2023 + years), rating=predicate)
    rated += [part(2023 + years, 1, rest, predicate)] if rest else []
    on = date(2023 + years, rest + 1, 1)
    return Vector(f"{jenjang}, {months} months of {predicate}", appraised(jenjang, rated), RULE, on, verdict, because)
