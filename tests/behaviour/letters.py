"""A small policy and a person, for what is written about decisions: exact texts that no change of the law touches."""

from datetime import date

from asnpolicy import Employee, Engine

DAY = date(2026, 10, 1)
NIP = "198609262015051001"
POLICY = """
format: 1
region: kota-contoh
title: {id: Contoh, en: Example}
sources: {pp-1: PP 1/2000, praktik: Praktik yang lazim}
values:
  appraisal_due: [{from: 2000-01-01, is: 1 month}]
promotions:
  kenaikan:
    title: {id: Kenaikan pangkat, en: Rank promotion}
    from: 2000-01-01
    basis: pp-1 pasal 6
    applies_to: {employment: PNS, post_kind: pelaksana}
    to: {fact: next_rank}
    require:
      masa:
        title: {id: Paling singkat 4 tahun dalam pangkat, en: At least 4 years in rank}
        basis: pp-1 pasal 7
        waivable: {by: Menteri, basis: pp-1}
        time_in_rank: {at_least: 4 years}
      kinerja:
        title: {id: Predikat paling rendah Baik, en: Rated at least Baik}
        basis: pp-1 pasal 7
        lowest_rating: {last_full_years: 2, at_least: Baik}
      ujian:
        title: {id: Lulus ujian dinas, en: Passed the service examination}
        basis: pp-1 pasal 30
        when: {rank: II/d}
        exams: {where: {code: ujian-dinas-1, passed: true}, count: {at_least: 1}}
        exempt:
          sarjana:
            title: {id: Berijazah S-1, en: Holds a first degree}
            education_level: {at_least: S-1}
          pelatihan:
            title: {id: Lulus PKP, en: Passed PKP}
            trainings: {where: {code: pkp}, count: {at_least: 1}}
      hukuman:
        title: {id: Tidak sedang menjalani hukuman, en: Not serving a sanction}
        basis: praktik
        standing: illustrative
        sanctions: {where: {running: true}, count: 0}
    warn_when:
      atasan:
        title: {id: Pangkat akan melampaui atasan langsung, en: Would outrank the direct superior}
        basis: pp-1 pasal 8
        target: {above: {fact: supervisor_rank}}
duties:
  jp:
    title: {id: Paling sedikit 20 JP setahun, en: Yearly competence development}
    from: 2000-01-01
    basis: pp-1 pasal 203
    strength: wajib
    applies_to: {employment: PNS}
    every: calendar_year
    due: {end_of: period}
    fulfilled_when:
      training_hours: {during: period, at_least: 20}
mentoring:
  bimbingan:
    title: {id: Pembimbingan, en: Mentoring}
    from: 2000-01-01
    basis: pp-1
    needs_mentor: {time_in_service: {below: 5 years}}
    may_mentor:
      senior:
        title: {id: Masa kerja paling singkat 10 tahun, en: At least 10 years in service}
        basis: pp-1
        time_in_service: {at_least: 10 years}
    pair_must:
      bukan-atasan:
        title: {id: Mentor bukan atasan langsung, en: The mentor is not the direct superior}
        basis: pp-1
        pair.mentor_is_superior: false
"""


def engine(folder, policy=POLICY) -> Engine:
    """Load the small policy, or another one, from a folder of its own."""
    here = folder / "kota-contoh"
    here.mkdir(exist_ok=True)
    (here / "kebijakan.yaml").write_text(policy, encoding="utf-8")
    return Engine.load(here)


def person(**but) -> Employee:
    """Give somebody who meets everything, with what differs."""
    known = {
        "nip": NIP,
        "name": "Budi Santoso",
        "employment": "PNS",
        "cpns_on": "2015-05-01",
        "pns_on": "2016-05-01",
        "posts": _complete({"kind": "pelaksana", "since": "2015-05-01", "until": "ongoing", "acting": False}),
        "ranks": _complete({"rank": "III/a", "since": "2022-10-01"}),
        "educations": _complete(),
        "appraisals": _complete({"year": 2024, "rating": "Baik"}, {"year": 2025, "rating": "Sangat Baik"}),
        "exams": _complete(),
        "trainings": _complete(),
        "sanctions": _complete(),
        "supervisor_rank": "IV/a",
    }
    return Employee.model_validate(known | but)


def _complete(*records):
    return {"records": list(records), "complete_since": "all"}


def only(*records):
    """Give a history that is complete with these records."""
    return _complete(*records)
