"""Synth: a made-up, coherent, seeded workforce of typed people, to try a policy with.

Shares of sex, education and kinds of post are those that BKN reported of all PNS for December 2021; the share of
PPPK is that of the BKN book for the first half of 2025 (1.55 of 5.22 million). All others are assumed, and say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from asnpolicy.language import dates
from asnpolicy.people import Employee
from asnpolicy.people.posts import Jenjang
from asnpolicy.people.ranks import Rank

EMPLOYMENT = {"PNS": 67, "CPNS": 3, "PPPK": 30}
POSTS = {"pelaksana": 38, "fungsional": 51, "pengawas": 8, "administrator": 2, "jpt-pratama": 1}
EDUCATION = {"SMA": 17, "D-III": 15, "S-1": 55, "S-2": 12, "S-3": 1}
WAITING = 0.7
"""The share of those due for a step who have not made it yet (assumed)."""
STATUS = {"aktif": 955, "tugas-belajar": 20, "diperbantukan": 10, "cltn": 10, "diberhentikan-sementara": 5}
"""(assumed)"""
RATINGS = {"Sangat Baik": 28, "Baik": 64, "Butuh Perbaikan": 5, "Kurang": 2, "Sangat Kurang": 1}
"""(assumed)"""
FIELDS = {"pendidikan": 38, "kesehatan": 24, "keuangan": 9, "perencanaan": 8, "teknologi-informasi": 6, "umum": 15}
"""(assumed)"""
NAMES = {"pendidikan": "Guru", "kesehatan": "Perawat", "keuangan": "Auditor", "perencanaan": "Perencana",
         "teknologi-informasi": "Pranata Komputer", "umum": "Analis SDM Aparatur"}  # fmt: skip
"""Functional posts by field of work (assumed)."""
RATED_YEARS = 6
"""So many years back there are ratings (assumed)."""
CONTRACT = 60
"""Months of a first contract of a PPPK (PP 49/2018: one to five years)."""
COURSES = (("teknis", "teknis", 40), ("seminar", "seminar", 20), ("bimtek", "bimtek", 15),
           ("manajemen-waktu", "soft-skill", 8), ("komunikasi-efektif", "soft-skill", 8),
           ("manajemen-proyek", "teknis", 5), ("kepemimpinan-dasar", "kepemimpinan", 4))  # fmt: skip
"""Code, kind and weight of what people take part in (assumed)."""
COMPETENCIES = ("integritas", "kerja-sama", "komunikasi", "orientasi-hasil", "pelayanan-publik", "pengembangan-diri",
                "mengelola-perubahan", "pengambilan-keputusan", "perekat-bangsa")  # fmt: skip
ASSESSED = 0.6
"""The share whose potential has been assessed (assumed)."""
INTERESTS = ("teknologi-informasi", "manajemen-proyek", "kepemimpinan", "layanan-publik")
HIGHEST = {"SMA": Rank.III_B, "D-III": Rank.III_C, "S-1": Rank.III_D, "S-2": Rank.IV_A, "S-3": Rank.IV_B}
ENTRY = {"SMA": Rank.II_A, "D-III": Rank.II_C, "S-1": Rank.III_A, "S-2": Rank.III_B, "S-3": Rank.III_C}
RANKS = tuple(Rank)
AGE_AT_DIPLOMA = {"SMA": 18, "D-III": 21, "S-1": 23, "S-2": 26, "S-3": 31}
JENJANG = {9: Jenjang.AHLI_PERTAMA, 11: Jenjang.AHLI_MUDA, 13: Jenjang.AHLI_MADYA, 16: Jenjang.AHLI_UTAMA}
SKILLED = {5: Jenjang.PEMULA, 6: Jenjang.TERAMPIL, 9: Jenjang.MAHIR, 11: Jenjang.PENYELIA}
ECHELONS = {"pengawas": "IV.a", "administrator": "III.a", "jpt-pratama": "II.b"}
ABSENT = 0.04
"""The share who were away without a reason in two years (assumed)."""
RARE = ("absences", "letters")
"""Histories that came later: they are drawn apart, so that the rest of a career stays as it was."""
NOT_DELIVERED = 0.06
"""The share of histories that reach back only some years, or that nothing is promised of (assumed)."""
GIVEN = ("Adi", "Budi", "Citra", "Dewi", "Eka", "Fitri", "Gilang", "Hendra", "Indah", "Joko", "Kartika", "Lestari",
         "Made", "Nur", "Oktavia", "Putri", "Rahmat", "Sari", "Tri", "Wahyu")  # fmt: skip
FAMILY = ("Anggraini", "Basuki", "Cahyono", "Darmawan", "Firmansyah", "Gunawan", "Hidayat", "Irawan", "Kusuma",
          "Lubis", "Maharani", "Nugroho", "Pratama", "Rahayu", "Santoso", "Siregar", "Utami", "Wibowo")  # fmt: skip


def workforce(count: int, *, seed: int, as_of: date) -> Iterator[Employee]:
    """Make up so many people as they stand on a day; the same seed and day give the same people, each with a number of its own."""
    return (Employee.model_validate(data) for data in careers(count, seed=seed, as_of=as_of))


def careers(count: int, *, seed: int, as_of: date) -> Iterator[dict[str, Any]]:
    """Make up the data of so many people, as the model of an employee reads them."""
    given: set[int] = set()
    for number in range(count):
        rng, rare = Random(f"{seed} {number}"), Random(f"{seed} {number} rare")  # noqa: S311  # made-up people, the same for the same seed
        data = _Career(rng, rare, number, as_of).data()
        yield {**data, "nip": _free(data["nip"], given)}


def _free(nip: str, given: set[int]) -> str:
    """Return a number that nobody else was given: those born and appointed alike differ in the last three digits."""
    while int(nip) in given:
        nip = f"{nip[:-3]}{int(nip[-3:]) % 999 + 1:03d}"
    given.add(int(nip))
    return nip


def _drawn(rng: Random, shares: dict[str, int]) -> str:
    return rng.choices(list(shares), list(shares.values()))[0]


class _Career:
    """One made-up career: everything follows from birth, diploma and appointment."""

    def __init__(self, rng: Random, rare: Random, number: int, as_of: date) -> None:
        self.rng, self.number, self.as_of = rng, number, as_of
        self.rare = rare
        self.employment = _drawn(rng, EMPLOYMENT)
        self.level = _drawn(rng, EDUCATION)
        self.sex = "P" if rng.random() < 0.53 else "L"
        self.kind = "pelaksana" if self.employment == "CPNS" else _drawn(rng, POSTS)
        if self.employment == "PPPK":
            self.kind = "fungsional" if rng.random() < 0.8 else "pelaksana"
        if self.level in ("SMA", "D-III") and self.kind in ECHELONS:
            self.kind = "pelaksana"
        self.born, self.appointed = self._dates()
        self.rank_days = list(self._ranks())

    def _dates(self) -> tuple[date, date]:
        """Born so that appointment came after the diploma, and retirement is still ahead."""
        served = 0 if self.employment == "CPNS" else self.rng.randrange(2, 5 if self.employment == "PPPK" else 31)
        year = self.as_of.year - served
        if served == 0 and self.as_of.month == 1:
            year -= 1
        month = self.rng.choice((1, 2, 3, 4, 12)) if served else self.rng.randrange(1, max(2, self.as_of.month))
        age = AGE_AT_DIPLOMA[self.level] + self.rng.randrange(1, 9)
        age = min(max(age, 21), 57 - served, 35)
        return date(year - age, self.rng.randrange(1, 13), self.rng.randrange(1, 29)), date(year, month, 1)

    def _ranks(self) -> Iterator[tuple[Rank, date]]:
        """One step about every four years from the entry rank; managers and experts rise above their diploma's rank."""
        if self.employment == "PPPK":
            return
        rank, day = ENTRY[self.level], self.appointed
        highest = HIGHEST[self.level] if self.kind == "pelaksana" else Rank.IV_C
        while day <= self.as_of and rank <= highest:
            yield rank, day
            last = 48 <= dates.months_between(day, self.as_of) < 84 and self.rng.random() < WAITING
            if self.employment == "CPNS" or last:
                return
            slow = self.rng.choice((48, 48, 48, 49, 54, 60, 72))
            day, rank = dates.plus_months(day, slow), RANKS[rank]

    def data(self) -> dict[str, Any]:
        """Give the person as data."""
        pppk, pns = self.employment == "PPPK", self.employment == "PNS"
        pns_on = dates.plus_months(self.appointed, 12)
        rank = self.rank_days[-1][0] if self.rank_days else None
        above = min(17, (rank or Rank.III_A) + self.rng.choice((-1, 0, 1, 2, 3)))
        person: dict[str, Any] = {
            "nip": self._nip(),
            "name": f"{self.rng.choice(GIVEN)} {self.rng.choice(FAMILY)}",
            "employment": self.employment,
            "service_status": _drawn(self.rng, STATUS),
            "cpns_on": "none" if pppk else self.appointed,
            "pns_on": "none" if not pns else pns_on,
            "recruitment_year": "none" if pppk else self.appointed.year - 1,
            "last_raise_on": "none" if pppk else self._raised(),
            "agency": "pemerintah-daerah",
            "agency_since": self.appointed,
            "unit": f"unit-{self.rng.randrange(1, 21):02d}",
            "field": _drawn(self.rng, FIELDS),
            "supervisor_rank": str(RANKS[above - 1]),
            "interests": self.rng.sample(INTERESTS, self.rng.randrange(0, 3)),
            "birth_date": self.born,
            "protected": {"sex": self.sex},
        }
        for name, records in self._histories().items():
            rng = self.rare if name in RARE else self.rng
            person[name] = {"records": records, "complete_since": self._complete(rng)}
        appraised = person["appraisals"]
        if appraised["complete_since"] == "all" and self.appointed.year < self._rated_since():
            appraised["complete_since"] = date(self._rated_since(), 1, 1)
        if self.rng.random() < 0.01:
            person["service_status"] = None
        return person

    def _raised(self) -> date | str:
        """The last raise, every two years from the appointment; none before the first."""
        raises = dates.months_between(self.appointed, self.as_of) // 24
        return dates.plus_months(self.appointed, 24 * raises) if raises else "none"

    def _nip(self) -> str:
        code = 21 if self.employment == "PPPK" else self.appointed.month
        sex = 1 if self.sex == "L" else 2
        return f"{self.born:%Y%m%d}{self.appointed.year}{code:02d}{sex}{self.number % 999 + 1:03d}"

    def _complete(self, rng: Random) -> str | None:
        if rng.random() >= NOT_DELIVERED:
            return "all"
        back = rng.randrange(0, 4)
        return None if back == 0 else date(self.as_of.year - back, 1, 1).isoformat()

    def _histories(self) -> dict[str, list[dict[str, Any]]]:
        return {
            "ranks": [{"rank": str(rank), "since": day} for rank, day in self.rank_days],
            "pppk_grades": [{"grade": "IX", "since": self.appointed}] if self.employment == "PPPK" else [],
            "statuses": [],
            "posts": list(self._posts()),
            "educations": [self._education()],
            "appraisals": list(self._appraisals()),
            "credits": list(self._credits()),
            "trainings": list(self._trainings()),
            "exams": list(self._exams()),
            "competencies": list(self._competencies()),
            "sanctions": list(self._sanctions()),
            "leaves": [],
            "awards": [],
            "service_targets": [],
            "mentoring": [],
            "contracts": list(self._contracts()),
            "assessments": list(self._assessments()),
            "absences": list(self._absences()),
            "letters": list(self._letters()),
        }

    def _education(self) -> dict[str, Any]:
        graduated = min(date(self.born.year + AGE_AT_DIPLOMA[self.level], 8, 1), self.appointed - timedelta(days=60))
        return {"level": self.level, "graduated_on": graduated, "recognised_on": self.appointed}

    def _posts(self) -> Iterator[dict[str, Any]]:
        served = dates.months_between(self.appointed, self.as_of)
        moved = dates.plus_months(self.appointed, self.rng.randrange(12, 120)) if served > 24 else self.appointed
        moved = self.appointed if moved >= self.as_of or self.kind == "pelaksana" else moved
        field = _drawn(self.rng, FIELDS)
        if moved > self.appointed:
            yield {"kind": "pelaksana", "field": field, "since": self.appointed, "until": moved, "acting": False}
        last = {"field": field, "since": moved, "until": "ongoing", "acting": False}
        last["wealth_report"] = self.kind in ("administrator", "jpt-pratama")
        if self.kind == "fungsional":
            yield {"kind": self.kind, "title": NAMES[field], "jenjang": str(self._jenjang()), **last}
        else:
            echelon = {"echelon": ECHELONS[self.kind]} if self.kind in ECHELONS else {}
            yield {"kind": self.kind, **echelon, **last}

    def _jenjang(self) -> Jenjang:
        rank = int(self.rank_days[-1][0]) if self.rank_days else 9
        ladder = SKILLED if self.level in ("SMA", "D-III") else JENJANG
        reached = [level for lowest, level in ladder.items() if rank >= lowest]
        return reached[-1] if reached else next(iter(ladder.values()))

    def _appraisals(self) -> Iterator[dict[str, Any]]:
        for year in range(max(self.appointed.year + 1, self._rated_since()), self.as_of.year):
            if self.rng.random() > 0.01:
                period = {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31)}
                rating = _drawn(self.rng, RATINGS)
                yield {"year": year, **period, "rating": rating, "decided_on": date(year + 1, 1, 15)}

    def _rated_since(self) -> int:
        """The first year of which there are ratings: registers have them of the last years only."""
        return self.as_of.year - RATED_YEARS

    def _contracts(self) -> Iterator[dict[str, Any]]:
        if self.employment == "PPPK":
            until = dates.plus_months(self.appointed, CONTRACT)
            yield {"since": self.appointed, "until": until, "part_time": False, "still_needed": True}

    def _credits(self) -> Iterator[dict[str, Any]]:
        if self.kind == "fungsional" and self.appointed < date(2022, 1, 1):
            amount = Decimal(self.rng.randrange(0, 9000)).scaleb(-2)
            yield {"kind": "integrasi", "amount": str(amount), "granted_on": date(2023, 6, 30)}

    def _trainings(self) -> Iterator[dict[str, Any]]:
        for year in range(max(self.appointed.year, self.as_of.year - 4), self.as_of.year + 1):
            for _ in range(self.rng.randrange(0, 4)):
                day = date(year, self.rng.randrange(1, 13), self.rng.randrange(1, 29))
                if self.appointed <= day <= self.as_of:
                    hours = self.rng.choice((4, 6, 8, 12, 20, 30))
                    code, kind, _ = self.rng.choices(COURSES, [weight for *_, weight in COURSES])[0]
                    field = {"field": _drawn(self.rng, FIELDS)} if kind == "teknis" else {}
                    yield {"code": code, "kind": kind, **field, "hours": hours, "completed_on": day, "passed": True}

    def _exams(self) -> Iterator[dict[str, Any]]:
        taken = self.as_of - timedelta(days=self.rng.randrange(30, 900))
        if taken <= self.appointed:
            return
        if self.rank_days and self.rank_days[-1][0] in (Rank.II_D, Rank.III_D) and self.rng.random() < 0.5:
            code = "ujian-dinas-1" if self.rank_days[-1][0] is Rank.II_D else "ujian-dinas-2"
            yield {"code": code, "jenjang": "none", "passed": self.rng.random() < 0.85, "taken_on": taken}

    def _competencies(self) -> Iterator[dict[str, Any]]:
        """Nearly everybody has what the post asks, and some a level more or less."""
        assessed = max(self.as_of - timedelta(days=self.rng.randrange(30, 700)), self.appointed)
        level = {"pengawas": 2, "administrator": 3, "jpt-pratama": 4}.get(self.kind, 1)
        for code in COMPETENCIES:
            step = self.rng.choices((-1, 0, 1), (3, 75, 22))[0]
            yield {"code": code, "level": level + step, "assessed_on": assessed}

    def _assessments(self) -> Iterator[dict[str, Any]]:
        assessed = self.as_of - timedelta(days=self.rng.randrange(30, 700))
        if self.rng.random() < ASSESSED and assessed > self.appointed:
            yield {"kind": "potensi", "score": self.rng.randrange(45, 96), "assessed_on": assessed}

    def _absences(self) -> Iterator[dict[str, Any]]:
        if self.rare.random() < ABSENT:
            since = self.as_of - timedelta(days=self.rare.randrange(10, 700))
            if since > self.appointed:
                yield {"since": since, "days": self.rare.choice((1, 1, 2, 3, 5, 8))}

    def _letters(self) -> Iterator[dict[str, Any]]:
        """The targets, tax returns and wealth reports of the years, nearly all of them, and the last periodic evaluation."""
        owed = [("skp", 1, 0.93), ("spt", 3, 0.92), *([("lhkpn", 3, 0.95)] if self.kind in ECHELONS else [])]
        for year in range(max(self.appointed.year + 1, self.as_of.year - 2), self.as_of.year + 1):
            for code, last_month, share in owed:
                day = date(year, self.rare.randint(1, last_month), self.rare.randrange(1, 29))
                if day <= self.as_of and self.rare.random() < share:
                    yield {"code": code, "dated_on": day}
        evaluated = self.as_of - timedelta(days=self.rare.randrange(5, 80))
        if evaluated > self.appointed and self.rare.random() < 0.9:
            yield {"code": "evaluasi-kinerja-periodik", "dated_on": evaluated}

    def _sanctions(self) -> Iterator[dict[str, Any]]:
        if self.rng.random() < 0.03:
            since = self.as_of - timedelta(days=self.rng.randrange(10, 1500))
            if since > self.appointed:
                level = self.rng.choice(("ringan", "ringan", "sedang"))
                yield {"level": level, "since": since, "until": since + timedelta(days=182), "final": True}
