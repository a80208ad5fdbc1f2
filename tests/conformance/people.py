"""Generated people for conformance: typical ones with fields redrawn, dates aimed at thresholds, parts unknown."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from asnpolicy.language import dates
from asnpolicy.language.reading import Question
from asnpolicy.people import ABSENT, COMPLETE, OPEN, Agency, Candidacy, Employee, Pair
from asnpolicy.people.appraisals import Rating
from asnpolicy.people.education import EducationLevel
from asnpolicy.people.posts import Echelon, Jenjang, PostKind
from asnpolicy.people.ranks import Rank
from asnpolicy.people.status import Employment, SanctionLevel, ServiceStatus

MONTHS = (0, 1, 12, 23, 24, 25, 36, 48, 49, 60, 72, 120, 24 * 12, 56 * 12)
UNITS = ("dinas-pendidikan", "sdn-01", "bappeda", "elsewhere")
FIELDS = ("perencanaan", "keuangan", "pendidikan")
AGENCY = Agency.model_validate(
    {"units": [{"code": "dinas-pendidikan"}, {"code": "sdn-01", "part_of": "dinas-pendidikan"}, {"code": "bappeda"}]}
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


def _intervals(rng: Random, as_of: date, make, most: int):
    days = sorted({near(rng, as_of) for _ in range(rng.randrange(0, most + 1))})
    ends = [*days[1:], rng.choice((OPEN, OPEN, OPEN, as_of, as_of + timedelta(days=30)))]
    records = []
    for since, end in zip(days, ends, strict=False):
        until = max(end if rng.random() < 0.8 else near(rng, as_of), since)
        records.append(make(since, until))
    return records


def _part(rng: Random, year: int):
    """Draw a part of a year for some appraisals: it is decided on the day after."""
    if rng.random() > 0.15:
        return {}
    first = rng.randrange(1, 13)
    return {"period_start": date(year, first, 1), "period_end": date(year, rng.randrange(first, 13), 28)}


def employee(rng: Random, as_of: date, unknown: float = 0.05) -> Employee:
    """Draw one person."""
    u = unknown

    def m(value):
        return maybe(rng, value, u)

    def post(since, until):
        kind = rng.choice((PostKind.PELAKSANA, PostKind.PELAKSANA, *PostKind))
        jenjang = rng.choice(tuple(Jenjang)) if kind is PostKind.FUNGSIONAL else None
        ladder = {"jenjang": m(jenjang)} if kind is PostKind.FUNGSIONAL else {"echelon": m(rng.choice(tuple(Echelon)))}
        if kind is PostKind.PELAKSANA:
            ladder = {}
        return {"kind": m(kind) if not ladder else kind, **ladder, "field": m(rng.choice(FIELDS)),
                "since": since, "until": m(until), "acting": m(rng.random() < 0.1)}  # fmt: skip

    def sanction(since, until):
        return {"level": m(rng.choice(tuple(SanctionLevel))), "since": since, "until": m(until), "final": True}

    posts = _intervals(rng, as_of, post, 3)
    if rng.random() < 0.7:
        jenjang = rng.choice((None, None, Jenjang.AHLI_PERTAMA, Jenjang.AHLI_MUDA, Jenjang.AHLI_MADYA))
        kind = (
            {"kind": "fungsional", "jenjang": jenjang}
            if jenjang
            else {"kind": rng.choice(("pelaksana", "administrator"))}
        )
        posts = [{**kind, "field": FIELDS[0], "since": near(rng, as_of), "until": OPEN, "acting": False}]
    employment = rng.choices(tuple(Employment), (8, 1, 1))[0]
    cpns = m(near(rng, as_of))
    data = {
        "nip": "197001011995031002" if rng.random() < 0.1 else "198609262015051001",
        "employment": None, "service_status": m(rng.choices(tuple(ServiceStatus), (12, *(1,) * (len(ServiceStatus) - 1)))[0]),
        "unit": m(rng.choice(UNITS)), "field": m(rng.choice(FIELDS)), "interests": m(tuple(rng.sample(FIELDS, rng.randrange(3)))),
        "supervisor": m(rng.choice((ABSENT, "197001011995031002"))),
        "supervisor_rank": m(rng.choice((ABSENT, *Rank))),
        "ranks": {"records": [{"rank": m(rng.choice(tuple(Rank))), "since": d} for d in sorted({near(rng, as_of) for _ in range(rng.choice((1, 1, 2)))})],
                  "complete_since": since_when(rng, as_of, u)},
        "posts": {"records": posts, "complete_since": since_when(rng, as_of, u)},
        "educations": {"records": [{"level": m(rng.choice((EducationLevel.S_1, *EducationLevel))), "graduated_on": d,
                                    "recognised_on": m(rng.choice((ABSENT, d, d, d, near(rng, as_of))))}
                                   for d in sorted({near(rng, as_of) for _ in range(rng.choice((0, 1, 1, 2)))})],
                       "complete_since": since_when(rng, as_of, u)},
        "appraisals": {"records": [{"year": y, "rating": m(rng.choices(tuple(Rating), (1, 1, 1, 8, 5))[0]), **_part(rng, y)}
                                   for y in range(as_of.year - 5, as_of.year + 1) if rng.random() < 0.9],
                       "complete_since": since_when(rng, as_of, 2 * u)},
        "credits": {"records": [{"kind": "integrasi", "amount": m(Decimal(rng.randrange(0, 20000)).scaleb(-2)), "granted_on": near(rng, as_of)}
                                for _ in range(rng.randrange(0, 3))], "complete_since": since_when(rng, as_of, u)},
        "trainings": {"records": [{"code": m(rng.choice(("pkp", "pka", "teknis"))), "hours": m(rng.choice((1, 5, 10, 19, 20))),
                                   "completed_on": near(rng, as_of), "passed": m(rng.random() < 0.8)}
                                  for _ in range(rng.randrange(0, 4))], "complete_since": since_when(rng, as_of, u)},
        "exams": {"records": [{"code": m(rng.choice(("ujian-dinas-1", "ujian-dinas-2", "uji-kompetensi"))),
                               "jenjang": m(rng.choice((ABSENT, *Jenjang))), "passed": m(rng.random() < 0.8),
                               "taken_on": near(rng, as_of)} for _ in range(rng.randrange(0, 4))],
                  "complete_since": since_when(rng, as_of, u)},
        "sanctions": {"records": _intervals(rng, as_of, sanction, 2) if rng.random() < 0.3 else [],
                      "complete_since": since_when(rng, as_of, u)},
    }  # fmt: skip
    person = Employee.model_validate(data)
    update = {
        "employment": m(employment),
        "birth_date": m(near(rng, as_of)),
        "cpns_on": cpns,
        "pns_on": m(near(rng, as_of)),
    }
    if employment is Employment.PPPK:
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
