"""Rank promotions as printed: regular ones and their ceilings, the superior's rank, first clock, periods, managerial posts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from asnpolicy.people import Employee
from asnpolicy.people.ranks import Rank
from tests.conformance.printed.people import (
    credit,
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
)
from tests.conformance.printed.vectors import Vector, printed

REGULAR, MANAGERIAL, FUNCTIONAL = (
    "kenaikan-pangkat-reguler",
    "kenaikan-pangkat-struktural",
    "kenaikan-pangkat-fungsional",
)
RANKS = [member.label for member in Rank]
EXAMS = [exam("ujian-dinas-1", "2000-12-01"), exam("ujian-dinas-2", "2000-12-01")]
CEILINGS = {
    "SD": ("I/a", "II/a"), "SMP": ("I/c", "II/c"), "SMP Kejuruan": ("I/c", "II/d"), "SMA": ("II/a", "III/b"),
    "SMK": ("II/a", "III/b"), "D-I": ("II/a", "III/b"), "D-II": ("II/b", "III/b"), "SGPLB": ("II/b", "III/c"),
    "D-III": ("II/c", "III/c"), "S-1": ("III/a", "III/d"), "D-IV": ("III/a", "III/d"), "Profesi": ("III/a", "III/d"),
    "Profesi setara S-2": ("III/b", "IV/a"),
    "S-2": ("III/b", "IV/a"), "S-3": ("III/c", "IV/b"), "SLTP": ("I/c", "II/c"), "SLTP Kejuruan": ("I/c", "II/d"),
    "SLTA": ("II/a", "III/b"), "SLTA Kejuruan": ("II/a", "III/b"), "Sarjana Muda": ("II/c", "III/c"),
    "Akademi": ("II/c", "III/c"), "Bakaloreat": ("II/c", "III/c"), "Dokter": ("III/b", "IV/a"),
    "Apoteker": ("III/b", "IV/a"),
}  # fmt: skip
"""First rank and highest rank of a regular promotion, by diploma."""
ECHELONS = {
    "I.a": ("jpt-utama", "IV/d", "IV/e"), "I.b": ("jpt-madya", "IV/c", "IV/e"), "II.a": ("jpt-pratama", "IV/c", "IV/d"),
    "II.b": ("jpt-pratama", "IV/b", "IV/c"), "III.a": ("administrator", "IV/a", "IV/b"),
    "III.b": ("administrator", "III/d", "IV/a"), "IV.a": ("pengawas", "III/c", "III/d"),
    "IV.b": ("pengawas", "III/b", "III/c"), "V.a": ("pengawas", "III/a", "III/b"),
}  # fmt: skip
"""Kind of post, lowest and highest rank, by echelon."""


def up(held: str) -> str:
    """Give the next rank."""
    return RANKS[RANKS.index(held) + 1]


def down(held: str) -> str:
    """Give the rank below."""
    return RANKS[RANKS.index(held) - 1]


def between(first: str, last: str) -> list[str]:
    """Give the ranks from one to another, both included."""
    return RANKS[RANKS.index(first) : RANKS.index(last) + 1]


def years_before(on: str, years: int) -> str:
    """Give the same day some years earlier."""
    return f"{int(on[:4]) - years}{on[4:]}"


def executing(on: str, held: str = "III/a", level: str = "S-1", **given: Any) -> Employee:
    """Make an executing officer who on that day has been four years in a rank."""
    told = {
        "posts": [post("pelaksana", "1998-03-01")],
        "ranks": rank(held, years_before(on, 4)),
        "educations": diploma(level),
        "exams": EXAMS,
        "appraisals": good_before(day(on)),
        **given,
    }
    return person(**told)


@printed("KP-REG-CEIL-TABLE")
def ceilings() -> Iterator[Vector]:
    """Every rank from the first one of a diploma leads on to the next until its ceiling, and not beyond.

    On a day of 2014 as on a day of 2026: the rule of 2025 names the same ceilings.
    """
    for on in ("2014-11-03", "2026-10-01"):
        for level, (first, ceiling) in CEILINGS.items():
            for held in between(first, down(ceiling)):
                holder = executing(on, held, level)
                yield Vector(f"{level} {held}", holder, REGULAR, day(on), "eligible", to=up(held))
            beyond = executing(on, ceiling, level)
            yield Vector(f"{level} {ceiling}", beyond, REGULAR, day(on), "ineligible", ("ijazah",), to=up(ceiling))


@printed("KP-REG-COND")
def regular_conditions() -> Iterator[Vector]:
    """Four years in rank to the day, Baik in both of the last two years, no managerial or functional post.

    On study leave or seconded all the same, also when no post is held.
    """
    for on in ("2013-04-01", "2026-10-01"):
        asked, holder = day(on), executing(on)
        earlier = asked - timedelta(days=1)
        yield Vector("four years", holder, REGULAR, asked, "eligible", to="III/b")
        yield Vector("a day less", holder, REGULAR, earlier, "ineligible", ("masa-pangkat",))
        for year in (asked.year - 1, asked.year - 2):
            rated = good(*({asked.year - 1, asked.year - 2} - {year})) + good(year, rating="Butuh Perbaikan")
            low = executing(on, appraisals=rated)
            yield Vector(f"{year} below Baik", low, REGULAR, asked, "ineligible", ("kinerja",))
        for held in (post("pengawas", "2001-01-01", echelon="IV.a"), functional("Ahli Pertama", "2001-01-01")):
            other = executing(on, posts=[held])
            yield Vector(f"holds a {held['kind']} post", other, REGULAR, asked, "not_applicable")
        for status in ("tugas-belajar", "diperbantukan"):
            away = executing(on, service_status=status)
            yield Vector(f"{status}, executing post", away, REGULAR, asked, "eligible")
            without = executing(on, service_status=status, posts=[])
            yield Vector(f"{status}, no post", without, REGULAR, asked, "eligible")


@printed("KP-SUPERVISOR-2025")
def the_superior() -> Iterator[Vector]:
    """Until 19 May 2025 a promotion does not lead above the direct superior's rank.

    From 20 May 2025 it does, up to the ceiling of the diploma, with a warning.
    """
    same = executing("2025-05-01", supervisor_rank="III/a")
    warned = ("melampaui-atasan",)
    yield Vector("the last day of the old rule", same, REGULAR, day("2025-05-19"), "ineligible", ("atasan",))
    yield Vector(
        "the first day of the new rule", same, REGULAR, day("2025-05-20"), "eligible", to="III/b", warns=warned
    )
    higher = executing("2025-05-01", supervisor_rank="III/b")
    yield Vector("up to the superior's rank", higher, REGULAR, day("2025-05-19"), "eligible", warns=())
    ceiling = executing("2025-05-01", held="III/d", supervisor_rank="III/d")
    yield Vector("above the diploma", ceiling, REGULAR, day("2025-05-20"), "ineligible", ("ijazah",))


@printed("KP-FIRST-CLOCK")
def the_first_clock() -> Iterator[Vector]:
    """For the first promotion the time in rank runs from the appointment as candidate.

    Also when the register repeats the rank on the day the candidate became a civil servant; in 2014 the
    promotion takes effect in April or October.
    """
    once = rank("III/a", "2010-03-01")
    twice = once + rank("III/a", "2011-03-01")
    dates = {"cpns_on": "2010-03-01", "pns_on": "2011-03-01", "posts": [post("pelaksana", "2010-03-01")]}
    for what, ranks in (("listed once", once), ("listed again", twice)):
        holder = executing("2014-03-01", ranks=ranks, **dates)
        april = day("2014-04-01")
        yield Vector(f"four years, {what}", holder, REGULAR, day("2014-03-01"), "eligible", takes_effect=april)
        yield Vector(f"a day less, {what}", holder, REGULAR, day("2014-02-28"), "ineligible", ("masa-pangkat",))


@printed("KP-EDU-02")
def a_doctor_at_iii_b() -> Iterator[Vector]:
    """A doctorate at III/b with four years in rank may be proposed (for III/c, by the regular promotion)."""
    holder = executing("2022-07-21", held="III/b", level="S-3")
    yield Vector("four years", holder, REGULAR, day("2022-07-21"), "eligible", to="III/c")
    yield Vector("a day less", holder, REGULAR, day("2022-07-20"), "ineligible", ("masa-pangkat",))


SIX = (2, 4, 6, 8, 10, 12)
REGIMES = ((day("2024-01-01"), (4, 10)), (day("2025-10-01"), SIX), (date.max, tuple(range(1, 13))))
"""Until which day promotions took effect on the first of which months."""


def period_on_or_after(on: date) -> date:
    """Give the first day, of those printed, that is not before a day."""
    while on.day != 1 or on.month not in next(months for until, months in REGIMES if on < until):
        on += timedelta(days=1)
    return on


HIGHER = {
    "S-1": ("II/a", "II/d"), "Profesi setara S-2": ("II/a", "III/a"), "S-2": ("II/a", "III/a"), "S-3": ("II/a", "III/b"),
}  # fmt: skip
"""Ranks below the first one of a diploma that was earned in service."""


@printed("HIGHER-DIPLOMA")
def below_the_own_diploma() -> Iterator[Vector]:
    """Whoever is below the first rank of a recognised diploma rises by the regular promotion after four years.

    A day less is too short; by adjustment a year and the examination lead to the diploma's first rank at once.
    """
    on, passed = "2026-04-01", [exam("ujian-penyesuaian-ijazah", "2025-12-10")]
    for level, (first, last) in HIGHER.items():
        for held in between(first, last):
            holder = executing(on, held, level)
            yield Vector(f"{level} {held}", holder, REGULAR, day(on), "eligible", to=up(held))
            early = day(on) - timedelta(days=1)
            yield Vector(f"{level} {held}, a day less", holder, REGULAR, early, "ineligible", ("masa-pangkat",))
            lifted = executing(on, held, level, ranks=rank(held, years_before(on, 1)), exams=passed)
            adjusted, reached = "kenaikan-pangkat-penyesuaian-ijazah", CEILINGS[level][0]
            yield Vector(f"{level} {held}, adjusted", lifted, adjusted, day(on), "eligible", to=reached)
        top = executing(on, CEILINGS[level][0], level, exams=passed)
        yield Vector(f"{level} there already", top, adjusted, day(on), "not_applicable")


@printed("KP-PERIODS-TABLE")
def periods() -> Iterator[Vector]:
    """Two dates a year until 2023, six from 2024, the first of every month from October 2025.

    Asked at each turn of a month and the days around it. Posthumous and service-reward promotions wait for
    none.
    """
    for year in range(2021, 2028):
        for month in range(1, 13):
            for on in (date(year, month, 1) + timedelta(days=days) for days in (-1, 0, 1)):
                holder = executing(f"{year}-01-01", ranks=rank("III/a", "2012-01-01"), appraisals=good_before(on))
                effect = period_on_or_after(on)
                yield Vector(f"{on}", holder, REGULAR, on, "eligible", takes_effect=effect)
    for status, rule in (("tewas", "kenaikan-pangkat-anumerta"), ("meninggal", "kenaikan-pangkat-pengabdian")):
        on = day("2024-01-15")
        gone = executing("2024-01-15", service_status=status)
        yield Vector(status, gone, rule, on, "eligible", takes_effect=on)


def manager(echelon: str, held: str, on: str, rank_years: int = 4, post_years: int = 4, **given: Any) -> Employee:
    """Make the holder of a managerial post on that day, for so many years in the rank and in the post."""
    kind = ECHELONS[echelon][0]
    told = {
        "posts": [post(kind, years_before(on, post_years), echelon=echelon)],
        "ranks": rank(held, years_before(on, rank_years)),
        "educations": diploma("S-1"),
        "exams": EXAMS,
        "appraisals": good_before(day(on)),
        **given,
    }
    return person(**told)


@printed("KP-ECHELON-TABLE")
def echelons() -> Iterator[Vector]:
    """Each echelon from the rank below its lowest up to its highest rank, and not beyond.

    One year in rank is enough only below the lowest rank. Echelon V is asked of 2014, when there still was one.
    """
    for on in ("2014-11-03", "2026-10-01"):
        for echelon, (_, lowest, highest) in ECHELONS.items():
            if echelon != "V.a" or on < "2017":
                yield from _echelon(on, echelon, lowest, highest)


def _echelon(on: str, echelon: str, lowest: str, highest: str) -> Iterator[Vector]:
    asked = day(on)
    for held in between(down(lowest), down(highest)):
        holder = manager(echelon, held, on)
        yield Vector(f"{echelon} {held}", holder, MANAGERIAL, asked, "eligible", to=up(held))
    early = manager(echelon, down(lowest), on, rank_years=1, post_years=1)
    yield Vector(f"{echelon} {down(lowest)}, one year", early, MANAGERIAL, asked, "eligible", to=lowest)
    if lowest != highest:
        within = manager(echelon, lowest, on, rank_years=1, post_years=1)
        yield Vector(f"{echelon} {lowest}, one year", within, MANAGERIAL, asked, "ineligible", ("masa-pangkat",))
    top = manager(echelon, highest, on)
    if highest == RANKS[-1]:
        yield Vector(f"{echelon} {highest}", top, MANAGERIAL, asked, "not_applicable")
    else:
        yield Vector(f"{echelon} {highest}", top, MANAGERIAL, asked, "ineligible", ("batas-jabatan",))


@printed("KP-STRUCT-BELOW-COND")
def one_step_below() -> Iterator[Vector]:
    """One step below the lowest rank of the post: a year in rank and a year in the definitive post.

    Each to the day, with two years of Baik. Posts of the same level add up when they touch; acting does not
    count.
    """
    for on in ("2012-10-01", "2026-10-01"):
        asked, since = day(on), years_before(on, 1)
        late = (day(since) + timedelta(days=1)).isoformat()
        middle = f"{since[:4]}-12-01"

        def holder(*posts: dict[str, Any], on: str = on, **given: Any) -> Employee:
            return manager("IV.a", "III/b", on, rank_years=1, posts=list(posts), **given)

        def head(begin: str, until: str = "ongoing", **more: Any) -> dict[str, Any]:
            return post("pengawas", begin, until, **{"echelon": "IV.a", **more})

        refused = ("masa-pangkat",)
        yield Vector("a year in both", holder(head(since)), MANAGERIAL, asked, "eligible", to="III/c")
        short = holder(head(since), ranks=rank("III/b", late))
        yield Vector("a day less in rank", short, MANAGERIAL, asked, "ineligible", refused)
        yield Vector("a day less in post", holder(head(late)), MANAGERIAL, asked, "ineligible", refused)
        moved = holder(head(since, middle), head(middle))
        yield Vector("two posts that touch", moved, MANAGERIAL, asked, "eligible")
        gap = (day(middle) + timedelta(days=2)).isoformat()
        yield Vector(
            "a gap of two days", holder(head(since, middle), head(gap)), MANAGERIAL, asked, "ineligible", refused
        )
        other = holder(head(since, middle, echelon="IV.b"), head(middle))
        yield Vector("a post of another level", other, MANAGERIAL, asked, "ineligible", refused)
        acting = holder(head(since, middle, acting=True), head(middle))
        yield Vector("acting first", acting, MANAGERIAL, asked, "ineligible", refused)
        rated = good(asked.year - 1) + good(asked.year - 2, rating="Butuh Perbaikan")
        low = holder(head(since), appraisals=rated)
        yield Vector("one year below Baik", low, MANAGERIAL, asked, "ineligible", ("kinerja",))


@printed("KP-FUNC-CEIL-02")
def the_post_is_the_ceiling() -> Iterator[Vector]:
    """At IV/d and four years in rank, a post whose ranks end at IV/d does not lead to IV/e.

    Asked of an executive post on the day of the example, whose judges are state officials now; nor does the
    last rank of a functional level lead on.
    """
    holder = manager("II.a", "IV/d", "2006-10-01")
    yield Vector("IV/d in 2006", holder, MANAGERIAL, day("2006-10-01"), "ineligible", ("batas-jabatan",), to="IV/e")
    wider = manager("I.b", "IV/d", "2006-10-01")
    yield Vector("a post that reaches IV/e", wider, MANAGERIAL, day("2006-10-01"), "eligible", to="IV/e")
    held = [functional("Ahli Madya", "2016-01-01")]
    credits = credit(450, "2023-06-30")
    senior = manager("II.a", "IV/c", "2026-10-01", posts=held, credits=credits)
    yield Vector("Ahli Madya IV/c", senior, FUNCTIONAL, day("2026-10-01"), "ineligible", ("batas-jenjang",), to="IV/d")


@printed("KP-FUNC-COND")
def functional_conditions() -> Iterator[Vector]:
    """Two years in rank to the day, enough credit, Baik in both years.

    No moderate or severe sanction is running, and none is being examined.
    """
    on, asked = "2026-10-01", day("2026-10-01")

    def holder(**given: Any) -> Employee:
        told = {
            "posts": [functional("Ahli Muda", "2026-01-01")],
            "ranks": rank("III/c", "2024-10-01"),
            "appraisals": good(2024, 2025),
            "credits": credit(100, "2026-06-30"),
            **given,
        }
        return person(**told)

    yield Vector("all conditions", holder(), FUNCTIONAL, asked, "eligible", to="III/d")
    yield Vector("a day less in rank", holder(), FUNCTIONAL, day("2026-09-30"), "ineligible", ("masa-pangkat",))
    short = holder(credits=credit("99.999", "2026-06-30"))
    yield Vector("credit short", short, FUNCTIONAL, asked, "ineligible", ("angka-kredit",))
    low = holder(appraisals=good(2024, rating="Butuh Perbaikan") + good(2025))
    yield Vector("one year below Baik", low, FUNCTIONAL, asked, "ineligible", ("kinerja",))
    for level in ("sedang", "berat"):
        serving = holder(sanctions=sanction(level, "2026-06-01", "2026-10-02"))
        yield Vector(f"{level} running", serving, FUNCTIONAL, asked, "ineligible", ("hukuman",))
        served = holder(sanctions=sanction(level, "2026-06-01", on))
        yield Vector(f"{level} served", served, FUNCTIONAL, asked, "eligible")
        examined = [{"level": level, "since": "2026-06-01", "until": "2026-09-01", "final": False}]
        pending = holder(sanctions=examined)
        yield Vector(f"{level} examined", pending, FUNCTIONAL, asked, "ineligible", ("hukuman-belum-final",))


@printed("KP-STATE-OFFICIAL")
def state_officials() -> Iterator[Vector]:
    """Released from the own post: four years in rank and one year of Baik, with no ceiling.

    Not released: the rule of the own post, with its two years and its ceiling.
    """
    rule = "kenaikan-pangkat-pejabat-negara"
    for on in ("2013-04-01", "2026-04-01"):
        asked = day(on)
        one_good = good(asked.year - 1) + good(asked.year - 2, rating="Kurang")
        released = executing(on, held="III/d", service_status="pejabat-negara", posts=[], appraisals=one_good)
        yield Vector("one good year, no ceiling", released, rule, asked, "eligible", to="IV/a")
        yield Vector("a day less", released, rule, asked - timedelta(days=1), "ineligible", ("masa-pangkat",))
        low = executing(on, service_status="pejabat-negara", appraisals=good(asked.year - 1, rating="Kurang"))
        yield Vector("the last year below Baik", low, rule, asked, "ineligible", ("kinerja",))
        own = executing(on, appraisals=one_good)
        yield Vector("not released, one good year", own, REGULAR, asked, "ineligible", ("kinerja",))
        yield Vector("not released, two good years", executing(on), REGULAR, asked, "eligible")
        yield Vector("not released is no state official's", executing(on), rule, asked, "not_applicable")
        ceiling = executing(on, held="III/d")
        yield Vector("not released, ceiling", ceiling, REGULAR, asked, "ineligible", ("ijazah",))
        head = manager("IV.a", "III/c", on)
        yield Vector("not released, managerial", head, MANAGERIAL, asked, "eligible", to="III/d")


@printed("STUDY-LEAVE")
def on_study_leave() -> Iterator[Vector]:
    """Who held a managerial or functional post rises after four years, within the ranks of the last such post.

    The service examinations are asked as of anybody else, but not of who held a functional post.
    """
    on, rule = "2026-04-01", "kenaikan-pangkat-tugas-belajar"

    def student(held: str, *posts: dict[str, Any], **given: Any) -> Employee:
        return executing(on, held, **{"service_status": "tugas-belajar", "posts": list(posts), "exams": [], **given})

    ended = ("2016-01-01", "2024-08-01")
    head, chief = post("pengawas", *ended, echelon="IV.a"), post("administrator", *ended, echelon="III.b")
    expert, released = functional("Ahli Muda", *ended), post("pelaksana", ended[1])
    asked, early = day(on), day(on) - timedelta(days=1)
    yield Vector("pengawas", student("III/c", head), rule, asked, "eligible", to="III/d")
    yield Vector("a day less", student("III/c", head), rule, early, "ineligible", ("masa-pangkat",))
    top = student("III/d", head, level="S-2")
    yield Vector("pengawas, ceiling", top, rule, asked, "ineligible", ("batas-jabatan",))
    yield Vector(
        "administrator, no examination", student("III/d", chief), rule, asked, "ineligible", ("ujian-dinas-2",)
    )
    yield Vector("administrator, passed", student("III/d", chief, exams=EXAMS), rule, asked, "eligible", to="IV/a")
    yield Vector("Ahli Muda", student("III/c", expert), rule, asked, "eligible", to="III/d")
    yield Vector("Ahli Muda, ceiling", student("III/d", expert), rule, asked, "ineligible", ("batas-jabatan",))
    senior = student("III/d", functional("Ahli Madya", *ended))
    yield Vector("Ahli Madya, no examination", senior, rule, asked, "eligible", to="IV/a")
    yield Vector("held none", student("III/a", released), rule, asked, "not_applicable")
    moved = student("III/c", expert, released)
    yield Vector("executing during the study", moved, rule, asked, "eligible", to="III/d")
    yield Vector("executing during the study, regular", moved, REGULAR, asked, "not_applicable")
    low = student("III/c", head, appraisals=good(2024, rating="Butuh Perbaikan") + good(2025))
    yield Vector("one year below Baik", low, rule, asked, "ineligible", ("kinerja",))
