"""A small mentoring policy, and drawn people whom it sees from every side: known, unknown, absent, with superiors."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import strategies as st

from asnpolicy import Agency, Employee, Engine, Pairing

DAY = date(2026, 10, 1)
RULE, SUPERIOR, OPEN, ALIKE = "pembimbingan", "oleh-atasan", "bebas", "sepangkat"
POLICY = """
format: 1
region: kota-contoh
title: {id: Contoh, en: Example}
sources: {perwal: Perwal 1/2020}
values:
  appraisal_due: [{from: 2000-01-01, is: 1 month}]
  mentee_per_mentor: [{from: 2000-01-01, is: 2}]
mentoring:
  pembimbingan:
    title: {id: Pembimbingan, en: Mentoring}
    from: 2020-01-01
    basis: perwal
    needs_mentor: {mentee.service_status: aktif, mentee.time_in_service: {below: 5 years}}
    may_mentor:
      senior: {title: {id: Masa kerja 8 tahun, en: 8 years in service}, mentor.time_in_service: {at_least: 8 years}}
    pair_must:
      satu-unit: {title: {id: Satu unit, en: The same unit}, pair.same_unit: true}
      bukan-atasan: {title: {id: Bukan atasan, en: Not the superior}, pair.mentor_is_superior: false}
    mentee_prefers:
      - pair.gaps_covered: {weight: 3}
      - pair.same_field: {weight: 2}
      - mentor.rank: {weight: 1}
    mentor_prefers:
      - mentee.time_in_service: {weight: -1}
      - mentee.potential_score: {weight: 1}
    capacity: {value: mentee_per_mentor}
  oleh-atasan:
    title: {id: Oleh atasan, en: By the superior}
    from: 2020-01-01
    basis: perwal
    needs_mentor: {mentee.time_in_service: {below: 5 years}}
    may_mentor:
      aktif: {title: {id: Aktif, en: In active service}, mentor.service_status: aktif}
    pair_must:
      atasan: {title: {id: Atasan langsung, en: The direct superior}, pair.mentor_is_superior: true}
  bebas:
    title: {id: Bebas, en: Free}
    from: 2020-01-01
    standing: illustrative
    needs_mentor: {mentee.time_in_service: {below: 5 years}}
    may_mentor:
      senior: {title: {id: Masa kerja 3 tahun, en: 3 years in service}, mentor.time_in_service: {at_least: 3 years}}
    pair_must:
      terukur: {title: {id: Kompetensi terukur, en: Measured}, pair.gaps_covered: {at_least: 0}}
    mentee_prefers:
      - mentor.training_hours: {weight: 1}
    mentor_prefers:
      - pair.same_field: {weight: -1}
      - mentee.training_hours: {weight: -2}
    capacity: 1
  sepangkat:
    title: {id: Sepangkat, en: Of one rank}
    from: 2020-01-01
    standing: illustrative
    needs_mentor: {mentee.time_in_service: {below: 5 years}}
    may_mentor:
      aktif: {title: {id: Aktif, en: In active service}, mentor.service_status: aktif}
    pair_must:
      pangkat: {title: {id: Pangkat sama, en: The same rank}, mentor.rank: {is: {fact: mentee.rank}}}
      bidang: {title: {id: Bidang sama, en: The same field}, pair.same_field: true}
      lama: {title: {id: Lebih lama, en: Served longer}, mentor.cpns_on: {below: {fact: mentee.cpns_on}}}
    capacity: 1
"""
SUPERIORS = "197001011995031001"


@cache
def folder() -> Path:
    """The policy as a folder."""
    there = Path(mkdtemp()) / "kota-contoh"
    there.mkdir()
    (there / "kebijakan.yaml").write_text(POLICY, encoding="utf-8")
    return there


@cache
def engine(backend: str = "compiled") -> Engine:
    """The policy, ready to decide."""
    return Engine.load(folder(), backend=backend)


def nip(born: date, appointed: date, sex: int, serial: int) -> str:
    """An NIP."""
    return f"{born:%Y%m%d}{appointed:%Y%m}{sex}{serial:03}"


def somebody(serial: int, years: int = 2, **given) -> Employee:
    """Somebody with so many years in service; what is given is otherwise."""
    appointed = date(DAY.year - years, 3, 1)
    born = date(appointed.year - 25, 5, 17)
    data = {
        "nip": nip(born, appointed, 1, serial), "name": f"Pegawai {serial}", "employment": "PNS", "service_status": "aktif",
        "cpns_on": appointed, "birth_date": born, "protected": {"sex": "L"}, "unit": "dinas-a", "field": "umum",
        "supervisor": SUPERIORS, "ranks": {"records": [{"rank": "III/c", "since": appointed}], "complete_since": "all"},
        "competencies": {"records": [{"code": "k1", "level": min(9, years), "assessed_on": DAY}], "complete_since": "all"},
        "trainings": {"records": [], "complete_since": "all"}, "assessments": {"records": [], "complete_since": "all"},
    }  # fmt: skip
    return Employee.model_validate(data | given)


@st.composite
def people(draw, most: int = 7) -> list[Employee]:
    """Draw people of whom not everything is known, each told apart by what this policy asks: public strategies seldom pair two."""

    def maybe(value):
        return value if draw(st.integers(0, 7)) else None

    found: list[Employee] = []
    for serial in range(1, draw(st.integers(0, most)) + 1):
        above = draw(st.sampled_from([one.nip for one in found] + [SUPERIORS, "none", None]))
        levels = [
            {"code": code, "level": maybe(draw(st.integers(0, 2))), "assessed_on": "2026-01-01"}
            for code in ("k1", "k2")
        ]
        hours = [{"hours": maybe(serial), "completed_on": "2026-02-01"}]
        scores = [{"kind": "potensi", "score": draw(st.sampled_from(("70", "70.25"))), "assessed_on": "2026-02-01"}]
        complete, ranks = st.sampled_from(("all", "all", None)), st.sampled_from((("III/a",), ("III/b",), ()))
        given = {
            "service_status": maybe(draw(st.sampled_from(("aktif", "aktif", "cltn")))), "unit": maybe(draw(st.sampled_from(("a", "b")))),
            "field": maybe(draw(st.sampled_from(("umum", "kesehatan")))), "supervisor": above,
            "ranks": {"records": [{"rank": rank, "since": "2022-04-01"} for rank in draw(ranks)], "complete_since": draw(complete)},
            "competencies": {"records": levels, "complete_since": draw(complete)},
            "trainings": {"records": hours, "complete_since": draw(complete)},
            "assessments": {"records": scores, "complete_since": draw(complete)},
        }  # fmt: skip
        one = somebody(serial, draw(st.sampled_from((1, 2, 4, 9, 15))), **given)
        found.append(one.model_copy(update={"cpns_on": None}) if not draw(st.integers(0, 9)) else one)
    return found


@st.composite
def agencies(draw, those: list[Employee]) -> Agency:
    """Draw an agency: without relations, or with some superiors, whom the public strategies do not draw."""
    if draw(st.booleans()) or not those:
        return Agency()
    numbers = st.sampled_from([one.nip for one in those])
    pairs = draw(st.lists(st.tuples(numbers, numbers), max_size=4))
    return Agency.model_validate({"relations": [{"kind": "superior", "of": of, "to": to} for of, to in pairs]})


def pairing(mentor: Employee, mentee: Employee) -> Pairing:
    """Name two people as a pair."""
    return Pairing(mentor=mentor.nip, mentee=mentee.nip)


def couples(made) -> set[tuple[str, str]]:
    """Mentor and mentee of each pair."""
    return {(one.mentor.nip, one.mentee.nip) for one in made.pairs}
