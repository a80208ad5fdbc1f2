"""Makes the sample offices of this folder: made-up people with superiors, competencies and trainings, to assign mentors among.

python examples/mentoring/make.py
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

AS_OF = date(2026, 10, 1)
RATED_SINCE = 2022
"""The first year of which the offices have appraisals."""
OFFICES = {
    "nasional": ("Dinas Komunikasi dan Informatika", "teknologi-informasi"),
    "jakarta": ("Dinas Pendidikan", "pendidikan"),
    "kota-semarang": ("Dinas Kesehatan", "kesehatan"),
    "jawa-tengah": ("Badan Perencanaan Pembangunan Daerah", "perencanaan"),
    "surakarta": ("Dinas Pekerjaan Umum", "umum"),
}
"""The office of each region, and its field of work."""
OTHER_FIELDS = ("keuangan", "umum", "perencanaan")
COMPETENCIES = (
    "integritas", "kerja-sama", "komunikasi", "orientasi-hasil", "pelayanan-publik", "pengembangan-diri",
    "mengelola-perubahan", "pengambilan-keputusan", "perekat-bangsa",
)  # fmt: skip
GIVEN = {
    "L": ("Adi", "Budi", "Eko", "Gilang", "Hendra", "Joko", "Rahmat", "Wahyu"),
    "P": ("Citra", "Dewi", "Fitri", "Indah", "Kartika", "Lestari", "Putri", "Sari"),
}
FAMILY = ("Anggraini", "Basuki", "Cahyono", "Darmawan", "Gunawan", "Hidayat", "Kusuma", "Lubis", "Nugroho", "Utami")
RANKS = ("III/a", "III/b", "III/c", "III/d", "IV/a", "IV/b", "IV/c")
Person = dict[str, Any]


class Office:
    """One office: a head, three divisions with two sections each, and their staff."""

    def __init__(self, region: str) -> None:
        self.region, (self.name, self.field) = region, OFFICES[region]
        self.rng = Random(f"mentors {region}")  # noqa: S311  # made-up people need no secrets
        self.code = self.name.casefold().replace(" ", "-")
        self.units = [
            {"code": "pemda", "name": "Pemerintah Daerah"},
            {"code": self.code, "name": self.name, "part_of": "pemda"},
        ]
        self.relations: list[dict[str, str]] = []
        self.count = 0
        self.people = list(self._people())

    def _people(self) -> Iterator[Person]:
        head = self._person(28, "jpt-pratama", self.code, None, trained="pkn-ii")
        yield head
        for number in (1, 2, 3):
            division = self._unit(f"{self.code}-bidang-{number}", f"Bidang {number}", self.code)
            chief = self._person(20 - number, "administrator", division, head, trained="pka" if number > 1 else None)
            yield chief
            for section in (1, 2):
                yield from self._section(f"{division}-seksi-{section}", f"Seksi {number}.{section}", division, chief)

    def _section(self, code: str, name: str, part_of: str, chief: Person) -> Iterator[Person]:
        unit = self._unit(code, name, part_of)
        chief = self._person(
            self.rng.randrange(10, 16), "pengawas", unit, chief, trained=self.rng.choice(("pkp", None))
        )
        yield chief
        for years in (0, 1, 1, self.rng.randrange(2, 5), self.rng.randrange(6, 9), self.rng.randrange(10, 24)):
            yield self._person(years, "fungsional" if years > 1 else "pelaksana", unit, chief)

    def _unit(self, code: str, name: str, part_of: str) -> str:
        self.units.append({"code": code, "name": name, "part_of": part_of})
        return code

    def _person(self, years: int, kind: str, unit: str, superior: Person | None, trained: str | None = None) -> Person:
        rng = self.rng
        sex, appointed = rng.choice("LP"), date(AS_OF.year - years, rng.choice((1, 2, 3, 4)), 1)
        born = date(appointed.year - rng.randrange(23, 31), rng.randrange(1, 13), rng.randrange(1, 29))
        candidate = years == 0
        self.count += 1
        person: Person = {
            "nip": f"{born:%Y%m%d}{appointed:%Y%m}{1 if sex == 'L' else 2}{self.count:03}",
            "name": f"{rng.choice(GIVEN[sex])} {rng.choice(FAMILY)}",
            "employment": "CPNS" if candidate else "PNS",
            "service_status": "aktif",
            "cpns_on": appointed.isoformat(),
            "pns_on": "none" if candidate else date(appointed.year + 1, appointed.month, 1).isoformat(),
            "agency": "pemerintah-daerah",
            "agency_since": appointed.isoformat(),
            "unit": unit,
            "field": self.field if rng.random() < 0.75 else rng.choice(OTHER_FIELDS),
            "birth_date": born.isoformat(),
            "protected": {"sex": sex},
            **self._histories(years, kind, appointed, trained),
        }
        self._under(person, superior)
        return person

    def _under(self, person: Person, superior: Person | None) -> None:
        """Name the superior as a relation of the agency, and for three in four with the person too."""
        if superior is None:
            person["supervisor"] = "none"
            return
        self.relations.append({"kind": "superior", "of": superior["nip"], "to": person["nip"]})
        if self.rng.random() < 0.75:
            person["supervisor"] = superior["nip"]

    def _histories(self, years: int, kind: str, appointed: date, trained: str | None) -> Person:
        rank = RANKS[min(years // 4, len(RANKS) - 1)]
        since = appointed.isoformat() if years < 4 else date(AS_OF.year - years % 4, 4, 1).isoformat()
        level = {"jpt-pratama": 4, "administrator": 3, "pengawas": 2}.get(kind, 1 + (years > 8))
        courses = [] if years == 0 else [("latsar", date(appointed.year, 9, 15))]
        courses += [(trained, date(2024, 6, 14))] if trained else []
        return {
            "ranks": _whole([{"rank": rank, "since": since}]),
            "posts": _whole([_post(kind, self.field, years, appointed)]),
            "educations": _whole([{"level": "S-1", "graduated_on": f"{appointed.year - 1}-08-01", "recognised_on": appointed.isoformat()}]),
            "appraisals": self._appraisals(appointed),
            "trainings": _whole([
                {"code": code, "kind": "pelatihan", "hours": 40, "completed_on": day.isoformat(), "passed": True} for code, day in courses
            ]),
            "competencies": self._competencies(level),
            "sanctions": _whole([]),
            "leaves": _whole([]),
        }  # fmt: skip

    def _appraisals(self, appointed: date) -> Person:
        """Make one for each year; of older years the office has none, and promises none."""
        years = range(max(appointed.year + 1, RATED_SINCE), AS_OF.year)
        records = [{"year": year, "rating": self._rating()} for year in years]
        return {"records": records, "complete_since": "all" if appointed.year >= RATED_SINCE else f"{RATED_SINCE}-01-01"}

    def _rating(self) -> str:
        return self.rng.choices(("Sangat Baik", "Baik", "Butuh Perbaikan"), (30, 67, 3))[0]

    def _competencies(self, level: int) -> Person:
        found = [
            {"code": code, "level": max(0, level + self.rng.choice((-1, 0, 0, 1))), "assessed_on": "2026-03-02"}
            for code in COMPETENCIES
        ]
        return _whole(found) if self.rng.random() < 0.95 else {"records": [], "complete_since": None}

    # Files

    def agency(self) -> Person:
        """The agency: units, relations, the courses in which superiors mentor."""
        courses = (("latsar", "Pelatihan dasar CPNS", 511), ("pkp", "Pelatihan kepemimpinan pengawas", 830),
                   ("pka", "Pelatihan kepemimpinan administrator", 900), ("coaching", "Pelatihan singkat bagi mentor", 16))  # fmt: skip
        opening = {
            "id": "kepala-bidang-1", "title": "Kepala Bidang 1", "kind": "administrator", "echelon": "III.b",
            "unit": f"{self.code}-bidang-1", "field": self.field, "vacancies": 1, "lowest_rank": "III/c",
            "lowest_education": "S-1", "competencies": [{"code": "orientasi-hasil", "level": 3}],
        }  # fmt: skip
        return {
            "units": self.units,
            "openings": [opening],
            "courses": [
                {"code": code, "title": title, "kind": "pelatihan", "hours": hours} for code, title, hours in courses
            ],
            "relations": self.relations,
        }

    def write(self, folder: Path) -> None:
        """Write the people, one a line, and the agency."""
        lines = [json.dumps(person, ensure_ascii=False) for person in self.people]
        (folder / f"{self.region}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        text = json.dumps(self.agency(), ensure_ascii=False, indent=1)
        (folder / f"{self.region}-agency.json").write_text(text + "\n", encoding="utf-8")


def _whole(records: list[Person]) -> Person:
    return {"records": records, "complete_since": "all"}


def _post(kind: str, field: str, years: int, appointed: date) -> Person:
    since = appointed.isoformat() if years < 4 else f"{AS_OF.year - 2}-02-01"
    ladder = {
        "jpt-pratama": {"echelon": "II.b"}, "administrator": {"echelon": "III.a"}, "pengawas": {"echelon": "IV.a"},
        "fungsional": {"title": "Analis Kebijakan", "jenjang": "Ahli Muda" if years > 8 else "Ahli Pertama"},
    }.get(kind, {})  # fmt: skip
    return {"kind": kind, **ladder, "field": field, "since": since, "until": "ongoing", "acting": False}


if __name__ == "__main__":
    for region in OFFICES:
        Office(region).write(Path(__file__).parent)
