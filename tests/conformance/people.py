"""Generated people: typical ones with fields redrawn, dates aimed at thresholds, parts unknown, and all that is ugly.

The public strategies draw nobody whose records contradict each other; here many do, as in registers.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from asnpolicy.language import dates
from asnpolicy.language.reading import Question
from asnpolicy.people import ABSENT, COMPLETE, HISTORIES, OPEN, Agency, Candidacy, Employee, Pair, PartialDay
from asnpolicy.people.agency import Calendar
from asnpolicy.people.appraisals import Rating
from asnpolicy.people.education import EducationLevel
from asnpolicy.people.posts import Echelon, Jenjang, PostKind
from asnpolicy.people.ranks import Rank
from asnpolicy.people.status import Employment, SanctionLevel, ServiceStatus
from asnpolicy.problems import PolicyError

MONTHS = (0, 1, 12, 23, 24, 25, 36, 48, 49, 60, 72, 120, 24 * 12, 56 * 12)
UNITS = ("dinas-pendidikan", "sdn-01", "bappeda", "elsewhere")
FIELDS = ("perencanaan", "keuangan", "pendidikan")
ROUNDS = (2013, 2018, 2019, 2021, 2023, 2024)
KINDS = (
    "teguran-lisan",
    "penundaan-kgb",
    "penundaan-kenaikan-pangkat",
    "penurunan-pangkat-3-tahun",
    "penurunan-jabatan",
)
LEAVES = ("cuti-tahunan", "cuti-tahunan", "cltn", "cuti-besar", "cuti-sakit", "cuti-alasan-penting", "cuti-melahirkan")
LETTERS = (
    "lhkpn", "skp", "panggilan-pemeriksaan", "tidak-cakap", "perampingan-organisasi", "lapor-kembali-cltn",
    "permintaan-cuti-melahirkan", "perpanjangan-plt", "penerimaan-hasil-kinerja",
)  # fmt: skip
AGENCY = Agency.model_validate(
    {
        "units": [
            {"code": "dinas-pendidikan", "part_of": "none"},
            {"code": "sdn-01", "part_of": "dinas-pendidikan"},
            {"code": "bappeda", "part_of": "none"},
        ]
    }
)


def near(rng: Random, as_of: date) -> date:
    """Draw a date aimed at a threshold: whole months back, a day to each side, or anywhere."""
    if rng.random() < 0.25:
        return as_of - timedelta(days=rng.randrange(0, 6000))
    start = dates.cut(as_of, rng.choice(MONTHS))
    return start + timedelta(days=rng.choice((-1, 0, 1)))


def maybe(rng: Random, value, chance: float):
    """Give a value, or None with a chance."""
    return None if rng.random() < chance else value


def since_when(rng: Random, as_of: date, chance: float):
    """Draw since when a history is complete: mostly from the beginning."""
    if rng.random() >= chance:
        return COMPLETE
    return rng.choice((None, near(rng, as_of), date(as_of.year - rng.randrange(0, 4), 1, 1)))


def partly(rng: Random, day: date, chance: float):
    """Blur a day with a chance: a year, a month, a stretch, or nothing is known of it."""
    if rng.random() >= chance / 3:
        return day
    kind = rng.randrange(4)
    if kind == 0:
        return None
    if kind == 1:
        return PartialDay.in_year(day.year)
    if kind == 2:
        return PartialDay.of(f"{day:%Y-%m}")
    return PartialDay(day - timedelta(days=rng.randrange(40)), day + timedelta(days=1 + rng.randrange(40)))


def again(rng: Random, records: list, chance: float) -> list:
    """Deliver some records twice: as they are, with another field, or on the day of another one."""
    if not records or rng.random() >= chance:
        return records
    one, other = rng.choice(records), rng.choice(records)
    kind = rng.randrange(3)
    if kind == 0:
        return [*records, dict(one)]
    if kind == 1:
        field = rng.choice(list(one))
        return [*records, {**one, field: other.get(field)}]
    days = {name: value for name, value in other.items() if isinstance(value, date)}
    return [*records, {**one, **{name: value for name, value in days.items() if name in one}}]


def _intervals(rng: Random, as_of: date, make, most: int):
    days = sorted({near(rng, as_of) for _ in range(rng.randrange(0, most + 1))})
    ends = [*days[1:], rng.choice((OPEN, OPEN, OPEN, as_of, as_of + timedelta(days=30)))]
    records = []
    for since, end in zip(days, ends, strict=False):
        until = max(end if rng.random() < 0.8 else near(rng, as_of), since)
        records.append(make(since, until))
    return records


def _appraisal(rng: Random, year: int, u: float):
    """Draw an appraisal: mostly of a whole year, and decided on the day after; one in seven of a part of it."""
    record = {"year": year, "rating": maybe(rng, rng.choices(tuple(Rating), (1, 1, 1, 8, 5))[0], u)}
    start, end = date(year, 1, 1), date(year, 12, 31)
    if rng.random() < 0.15:
        first = rng.randrange(1, 13)
        start, end = date(year, first, 1), date(year, rng.randrange(first, 13), 28)
    decided = rng.choice((end + timedelta(days=1), end + timedelta(days=1), end + timedelta(days=rng.randrange(90))))
    record |= {
        "period_start": maybe(rng, start, u),
        "period_end": maybe(rng, end, u),
        "decided_on": maybe(rng, decided, u),
    }
    return record


def _ranks(rng: Random, as_of: date, u: float):
    """Draw letters of rank: most rise, some repeat, fall, or name no rank."""
    days = sorted({near(rng, as_of) for _ in range(rng.choice((1, 1, 2, 3)))})
    rank = rng.choice(tuple(Rank))
    records = []
    for day in days:
        records.append({"rank": maybe(rng, rank, 2 * u), "since": partly(rng, day, u)})
        rank = Rank(min(17, max(1, rank + rng.choice((0, 1, 1, 1, -1, 3)))))
    return records


def _built(record: type, data: list[dict]) -> list:
    """Build records; one whose fields contradict each other is no record."""
    built = []
    for one in data:
        try:
            built.append(record.model_validate(one))
        except PolicyError:
            continue
    return built


def employee(rng: Random, as_of: date, unknown: float = 0.05) -> Employee:
    """Draw one person."""
    u = unknown

    def m(value):
        return maybe(rng, value, u)

    def acting():
        """As Plt or Plh, as one of the two, or as neither; one of the two fields may say it alone."""
        said = rng.choice(("plt", "plh")) if rng.random() < 0.1 else "none"
        return {"acting": m(said != "none"), "acting_as": m(said) if rng.random() < 0.5 else None}

    def post(since, until):
        kind = rng.choice((PostKind.PELAKSANA, PostKind.PELAKSANA, *PostKind))
        jenjang = rng.choice(tuple(Jenjang)) if kind is PostKind.FUNGSIONAL else None
        ladder = {"jenjang": m(jenjang)} if kind is PostKind.FUNGSIONAL else {"echelon": m(rng.choice(tuple(Echelon)))}
        if kind is PostKind.PELAKSANA:
            ladder = {}
        return {"kind": m(kind) if not ladder else kind, **ladder, "field": m(rng.choice(FIELDS)), "title": m("Guru"),
                "since": partly(rng, since, u), "until": m(partly(rng, until, u) if until != OPEN else until),
                **acting(), "wealth_report": m(rng.random() < 0.3), "retirement_age": m(rng.choice((58, 60, 65, 70)))}  # fmt: skip

    def sanction(since, until):
        return {
            "level": m(rng.choice(tuple(SanctionLevel))),
            "kind": m(rng.choice(KINDS)),
            "since": partly(rng, since, u),
            "until": m(until),
            "final": True,
        }

    def leave(since, until):
        days = m(rng.choice((0, 1, 6, 7, 11, 12, 18, 24)))
        return {"kind": m(rng.choice(LEAVES)), "since": partly(rng, since, u), "until": m(until), "days": days}

    def status(since, until):
        what = rng.choice((ServiceStatus.AKTIF, ServiceStatus.TUGAS_BELAJAR, ServiceStatus.TUGAS_BELAJAR, ServiceStatus.CLTN))
        return {"status": m(what), "since": partly(rng, since, u), "until": m(until), "released": m(rng.random() < 0.5)}

    posts = _intervals(rng, as_of, post, 3)
    if rng.random() < 0.7:
        jenjang = rng.choice((None, None, Jenjang.AHLI_PERTAMA, Jenjang.AHLI_MUDA, Jenjang.AHLI_MADYA))
        kind = (
            {"kind": "fungsional", "jenjang": jenjang}
            if jenjang
            else {"kind": rng.choice(("pelaksana", "administrator"))}
        )
        posts = [{**kind, "field": FIELDS[0], "since": near(rng, as_of), "until": OPEN, "acting": False}]
    employment = rng.choices(tuple(Employment), (8, 1, 1, 1))[0]
    cpns = m(near(rng, as_of))
    data = {
        "nip": "197001011995031002" if rng.random() < 0.1 else "198609262015051001",
        "employment": None, "service_status": m(rng.choices(tuple(ServiceStatus), (12, *(1,) * (len(ServiceStatus) - 1)))[0]),
        "unit": m(rng.choice(UNITS)), "field": m(rng.choice(FIELDS)), "interests": m(tuple(rng.sample(FIELDS, rng.randrange(3)))),
        "supervisor": m(rng.choice((ABSENT, "197001011995031002"))),
        "supervisor_rank": m(rng.choice((ABSENT, *Rank))),
        "ranks": (_ranks(rng, as_of, u), since_when(rng, as_of, u)),
        "posts": (posts, since_when(rng, as_of, u)),
        "educations": ([{"level": m(rng.choice((EducationLevel.S_1, *EducationLevel))), "graduated_on": partly(rng, d, u),
                         "recognised_on": m(rng.choice((ABSENT, d, d, d, near(rng, as_of)))),
                         "needed_on_duty": m(rng.random() < 0.8), "study_permit": m(rng.random() < 0.8)}
                        for d in sorted({near(rng, as_of) for _ in range(rng.choice((0, 1, 1, 2)))})], since_when(rng, as_of, u)),
        "appraisals": ([_appraisal(rng, y, u) for y in range(as_of.year - 5, as_of.year + 1) if rng.random() < 0.9],
                       since_when(rng, as_of, 2 * u)),
        "credits": ([{"kind": "integrasi", "amount": m(Decimal(rng.randrange(0, 20000)).scaleb(-2)),
                      "granted_on": partly(rng, near(rng, as_of), u)} for _ in range(rng.randrange(0, 3))], since_when(rng, as_of, u)),
        "trainings": ([{"code": m(rng.choice(("pkp", "pka", "teknis"))), "hours": m(rng.choice((0, 1, 5, 10, 19, 20))),
                        "completed_on": partly(rng, near(rng, as_of), u), "passed": m(rng.random() < 0.8)}
                       for _ in range(rng.randrange(0, 4))], since_when(rng, as_of, u)),
        "exams": ([{"code": m(rng.choice(("ujian-dinas-1", "ujian-dinas-2", "uji-kompetensi"))),
                    "jenjang": m(rng.choice((ABSENT, *Jenjang))), "passed": m(rng.random() < 0.8),
                    "taken_on": partly(rng, near(rng, as_of), u)} for _ in range(rng.randrange(0, 4))], since_when(rng, as_of, u)),
        "sanctions": (_intervals(rng, as_of, sanction, 2) if rng.random() < 0.3 else [], since_when(rng, as_of, u)),
        "leaves": (_intervals(rng, as_of, leave, 3) if rng.random() < 0.5 else [], since_when(rng, as_of, u)),
        "absences": ([{"since": partly(rng, near(rng, as_of), u), "days": m(rng.choice((1, 2, 3, 10, 11, 21, 28)))}
                      for _ in range(rng.choice((0, 0, 1, 2)))], since_when(rng, as_of, u)),
        "letters": ([{"code": m(rng.choice(LETTERS)), "dated_on": partly(rng, near(rng, as_of), u)}
                     for _ in range(rng.choice((0, 1, 2)))], since_when(rng, as_of, u)),
    }  # fmt: skip
    if rng.random() < 0.2:
        data["statuses"] = (_intervals(rng, as_of, status, 3), since_when(rng, as_of, u))
    for name, record in HISTORIES.items():
        if name in data:
            records, since = data[name]
            built = _built(record, again(rng, records, 0.05 + u))
            data[name] = {"records": built, "complete_since": since}
    person = Employee.model_validate(data)
    update = {
        "employment": m(employment),
        "birth_date": m(partly(rng, near(rng, as_of), u)),
        "cpns_on": cpns if cpns is None else partly(rng, cpns, u),
        "pns_on": m(partly(rng, near(rng, as_of), u)),
        "recruitment_year": m(rng.choice((ABSENT, *ROUNDS))),
        "last_raise_on": m(rng.choice((ABSENT, near(rng, as_of), near(rng, as_of)))),
    }
    if employment.is_pppk:
        update |= {"cpns_on": ABSENT, "pns_on": ABSENT}
    return person.model_copy(update=update)


def like(rng: Random, as_of: date, unknown: float, typical: tuple[Employee, ...]) -> Employee:
    """Draw somebody typical with up to three fields redrawn: so that eligible people appear often."""
    drawn = employee(rng, as_of, unknown)
    if not typical or rng.random() < 0.3:
        return drawn
    fields = [name for name in Employee.model_fields if name not in ("nip", "name", "protected")]
    redrawn = {name: getattr(drawn, name) for name in rng.sample(fields, rng.randrange(0, 4))}
    return rng.choice(typical).model_copy(update=redrawn)


def question(rng: Random, as_of: date, unknown: float = 0.05, typical: tuple[Employee, ...] = ()) -> Question:
    """Draw a question: a person, an opening, a pair, a unit tree that may not be delivered."""

    def m(value):
        return maybe(rng, value, unknown)

    kind = rng.choice((*(PostKind.FUNGSIONAL, PostKind.JPT_PRATAMA) * 5, *PostKind))
    functional = kind is PostKind.FUNGSIONAL
    opening = Candidacy(
        kind=m(kind),
        category=ABSENT,
        jenjang=m(rng.choice((*(Jenjang.AHLI_MUDA,) * 8, *Jenjang))) if functional else ABSENT,
        echelon=ABSENT if functional else m(rng.choice(tuple(Echelon))),
        unit=m(rng.choice(UNITS)),
        field=m(rng.choice(FIELDS)),
        vacancies=m(rng.choice((0, 1, 2))),
        lowest_rank=m(rng.choice((ABSENT, *Rank))),
        lowest_education=m(rng.choice((ABSENT, *EducationLevel))),
        **{name: m(rng.choice((ABSENT, as_of, near(rng, as_of)))) for name in Calendar.model_fields},
        competency_gaps=m(rng.choice((0, 0, 0, 1))),
    )
    pair = Pair(m(rng.random() < 0.3), m(rng.random() < 0.5), m(rng.random() < 0.5), m(rng.randrange(4)))
    person = like(rng, as_of, unknown, typical)
    agency = AGENCY if rng.random() < 0.9 else Agency()
    return Question(as_of, person, opening, like(rng, as_of, unknown, typical), person, pair, agency)


def day(rng: Random) -> date:
    """Draw a day: month ends and the days around the turn of the year come often."""
    year = rng.choice((2018, 2020, 2023, 2024, 2025, 2026, 2026, 2026, 2026, 2027))
    month = rng.randrange(1, 13)
    return date(year, month, min(rng.choice((1, 2, 15, 28, 29, 30, 31)), 28 if month == 2 else 30))
