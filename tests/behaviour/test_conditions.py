"""What authors' words mean: each criterion on people to both sides of it, by the compiled rule and the definition alike."""

from datetime import date, timedelta
from functools import cache
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from asnpolicy import Employee, Engine, PolicyError
from asnpolicy.backends.compiled import runtime
from asnpolicy.backends.smt.records import records_for
from asnpolicy.decisions.waivers import Waiver
from asnpolicy.language import rules
from asnpolicy.language.bounds import Bounds
from asnpolicy.language.dates import OPEN, plus_months
from asnpolicy.language.facts import fold
from asnpolicy.language.meaning import Meaning
from asnpolicy.language.nodes import Compare, Field, Fold, Kind, Literal, Lookup, Type, walk
from asnpolicy.language.reading import Question, nobody
from asnpolicy.people import ABSENT
from asnpolicy.policy.surface.people import in_full

DAY = date(2026, 10, 1)
NIP = "198505052016011001"
BASE = """format: 1
region: kata
title: {id: Kata, en: Words}
sources: {uu: Undang-undang}
holidays:
  2026: {basis: uu, days: [2026-08-17, 2026-09-28]}
values:
  tenggat: [{from: 2000-01-01, is: 45 days}]
  masa: [{from: 2000-01-01, is: 4 years}]
  jp: [{from: 2000-01-01, until: 2026-01-01, is: 20}, {from: 2026-01-01, is: 30}]
  kelak: [{from: 2030-01-01, is: 1}]
  baru: [{from: 2021-01-01, is: 20}]
  sejak_dulu: [{from: 1945-08-17, is: 20}, {from: 2021-01-01, is: 30}]
  mulai: [{from: 2000-01-01, is: 2024-01-01}]
  appraisal_due: [{from: 2000-01-01, is: 1 month}]
tables:
  lama: {by: rank, versions: [{from: 2000-01-01, rows: {III/a: 2 years, III/b: none}, otherwise: 3 years}]}
  jenjang_masa: {by: time_in_rank, versions: [{from: 2000-01-01, rows: {..2 years: 1, 2 years..6 years: 2, 6 years..: 3}, otherwise: 0}]}
  menurut_tahun: {by: tahunan, versions: [{from: 2000-01-01, rows: {..4: 1, 4..: 2}, otherwise: 0}]}
  batas: {by: rank, versions: [{from: 2000-01-01, rows: {III/a: 3, none: 1}, otherwise: 2}]}
  jam:
    by: rank
    versions:
      - {from: 2000-01-01, until: 2026-01-01, rows: {III/a: 20}, otherwise: 10}
      - {from: 2026-01-01, rows: {III/a: 40}, otherwise: 10}
  pengali: {by: record.hours, versions: [{from: 2000-01-01, rows: {..10: 1, 10..20: 2, 20..: 3}, otherwise: 0}]}
figures:
  bobot: {title: {id: Bobot, en: Weight}, of: trainings, times: [{table: pengali}, {fact: record.hours}], unit: butir}
  kredit: {title: {id: Kredit, en: Credit}, sum: {of: bobot, where: {passed: true}, since: {value: mulai}}}
  setara: {title: {id: Setara, en: Worth}, of: trainings, times: [{fact: record.hours}, {value: jp, on: record}]}
  nilai: {title: {id: Nilai, en: Value}, sum: {of: setara}}
  dua: {title: {id: Dua, en: Two}, plus: [{figure: kredit}, 0.5], divide: {by: 2, round: 1, half: even}}
  nanti: {title: {id: Nanti, en: Later}, plus: [{value: kelak}, 1]}
  lalu: {title: {id: Lalu, en: Past}, latest: {of: trainings, field: hours, nth: 2, in_last: 1 year, otherwise: 0}}
  tahunan: {title: {id: Tahunan, en: Yearly}, times: [{years: time_in_rank}, 2]}
  bulanan: {title: {id: Bulanan, en: Monthly}, plus: [{months: time_in_rank}]}
  menurut_masa: {title: {id: Menurut masa, en: By time}, plus: [{table: jenjang_masa}]}
  lewat_tabel: {title: {id: Lewat tabel, en: Through a table}, plus: [{table: menurut_tahun}]}
  banyak: {title: {id: Banyak, en: Many}, count: {of: trainings, where: {passed: true}}}
  selesai: {title: {id: Selesai, en: Done}, highest: {of: posts, field: until, where: {kind: tugas-tambahan}}}
  akhir: {title: {id: Akhir, en: Last}, latest: {of: trainings, field: completed_on}}
  sebelumnya: {title: {id: Sebelumnya, en: Before}, latest: {of: trainings, field: hours, nth: 2, otherwise: 5}}
  turut: {title: {id: Turut, en: Weighed}, plus: [{figure: separuh}, {figure: sisanya}]}
  separuh: {title: {id: Separuh, en: Half}, times: [0.5, {latest: {of: trainings, field: hours, otherwise: 0}}]}
  sisanya: {title: {id: Sisanya, en: Rest}, times: [0.3, {latest: {of: trainings, field: hours, nth: 2, otherwise: 0}}]}
  setahun: {title: {id: Setahun, en: Year}, sum: {of: bobot, in_last: 1 year}}
  pilih: {title: {id: Pilih, en: Choice}, if: {rank: III/a}, then: {value: jp}, otherwise: 12}
  halus: {title: {id: Halus, en: Fine}, if: {rank: III/a}, then: {value: jp}, otherwise: 12.5}
  jalur: {title: {id: Jalur, en: Track}, if: {employment: PNS}, then: pns, otherwise: lain}
  tiap: {title: {id: Tiap, en: Each}, of: trainings, if: {passed: true}, then: {fact: record.hours}, otherwise: 0}
  lulus: {title: {id: Lulus, en: Passed}, sum: {of: tiap}}
  tiga: {title: {id: Tiga, en: Three}, minus: [{figure: kredit}, {value: jp, on: rank_since}]}
duties:
  latih:
    title: {id: Latih, en: Train}
    strength: wajib
    tags: belajar
    every: calendar_year
    fulfilled_when: {training_hours: {during: period, at_least: {table: jam, on: period_end}}}
  semester:
    title: {id: Semester, en: Half a year}
    strength: wajib
    every: half_year
    fulfilled_when: {training_hours: {during: period, at_least: 10}}
  tiga-tahun:
    title: {id: Tiga tahun, en: Three years}
    from: 2021-07-01
    strength: wajib
    every: 3 years
    fulfilled_when: {training_hours: {during: period, at_least: 10}}
  sekali-pangkat:
    title: {id: Sekali dalam pangkat, en: Once in a rank}
    strength: wajib
    every: rank
    due: {within: 2 years, of: period}
    fulfilled_when: {trainings: {during: period, count: {at_least: 1}}}
  sekali-jabatan:
    title: {id: Sekali dalam jabatan, en: Once in a post}
    strength: wajib
    every: post
    fulfilled_when: {trainings: {during: period, count: {at_least: 1}}}
  mulai-tahun:
    title: {id: Mulai, en: Start}
    strength: wajib
    every: calendar_year
    fulfilled_when: {training_hours: {during: period, at_least: {value: jp, on: period_start}}}
promotions:
  isi:
    title: {id: Mengisi jabatan, en: Fill a post}
    to: opening
    require: {pangkat: {title: {id: Pangkat, en: Rank}, rank: {at_least: {fact: opening.lowest_rank}}}}
  uji:
    title: {id: Uji, en: Test}
    protected: {birth_date: uu, disability: uu, sex: uu}
    to: {fact: next_rank}
    require:
      kata:
        title: {id: Kata, en: Word}
"""


@pytest.fixture(scope="module")
def decided(tmp_path_factory):
    """Give the status of one criterion for one person, by both ways, which must agree."""
    root = tmp_path_factory.mktemp("kata")

    @cache
    def engines(criterion):
        folder = root / str(abs(hash(criterion))) / "kata"
        folder.mkdir(parents=True)
        text = BASE + "\n".join(" " * 8 + line for line in criterion.strip().splitlines()) + "\n"
        (folder / "kata.yaml").write_text(text, encoding="utf-8")
        return [Engine.load(folder, backend=name) for name in ("compiled", "definition")]

    def decide(criterion, person, day=DAY, rule="uji", **given):
        given = {engine.decide(person, rule, as_of=day, **given).criteria[0].status for engine in engines(criterion)}
        assert len(given) == 1
        return given.pop()

    decide.engines = engines
    return decide


def person(**given):
    """Make somebody in III/a since 2020 of whom all is known, but for what is given."""
    histories = {"ranks": [{"rank": "III/a", "since": "2020-10-01"}]}
    scalars = {"employment": "PNS", "cpns_on": "2016-01-01", "pns_on": "2017-01-01"}
    for name, value in given.items():
        (histories if isinstance(value, list) and name != "interests" else scalars)[name] = value
    written = {name: [in_full(name, record) for record in records] for name, records in histories.items()}
    whole = {name: {"records": records, "complete_since": "all"} for name, records in written.items()}
    others = {
        name: {"records": [], "complete_since": "all"}
        for name in ("trainings", "posts", "educations", "appraisals", "exams", "leaves")
    }
    born, sex = given.get("birth_date", "1985-05-05"), given.get("protected", {}).get("sex", "L")
    nip = f"{born.replace('-', '')}201601{1 if sex == 'L' else 2}001"  # one that contradicts nothing
    return Employee.model_validate({"nip": nip, **others, **scalars, **whole})


def hours(*days_and_hours, passed=True):
    """Make trainings of so many hours on these days."""
    return [{"code": "a", "hours": h, "completed_on": day, "passed": passed} for day, h in days_and_hours]


def posts(*spans, kind="pelaksana"):
    """Make posts that were held from one day to before another."""
    return [{"kind": kind, "since": since, "until": until} for since, until in spans]


def rated(**ratings):
    """Make appraisals, one a year."""
    return [{"year": int(year[1:]), "rating": rating} for year, rating in ratings.items()]


CLTN = "{leaves: {kind: cltn}}"

HELD_AND_FAILED = {
    "two of three": (
        "at_least: {2: [{rank: III/a}, {employment: PNS}, {unit: dinas}]}", {"unit": "lain"}, {"unit": "lain", "ranks": [{"rank": "III/b", "since": "2020-10-01"}]},
    ),
    "two of three, whatever the third is": ("at_least: {2: [{rank: III/a}, {employment: PNS}, {unit: dinas}]}", {}, {"employment": "CPNS", "pns_on": "2027-01-01", "unit": "lain"}),
    "time in rank without unpaid leave": (
        f"time_in_rank: {{at_least: 4 years, not_counting: {CLTN}}}",
        {"leaves": [{"kind": "cltn", "since": "2021-10-01", "until": "2023-10-01"}]}, {"leaves": [{"kind": "cltn", "since": "2021-10-01", "until": "2023-10-02"}]},
    ),
    "time in rank without unpaid leave, less than": (
        f"time_in_rank: {{below: 4 years, not_counting: {CLTN}}}",
        {"leaves": [{"kind": "cltn", "since": "2021-10-01", "until": "2023-10-02"}]}, {"leaves": [{"kind": "cltn", "since": "2021-10-01", "until": "2023-10-01"}]},
    ),
    "leave of another kind counts": (
        f"time_in_rank: {{at_least: 6 years, not_counting: {CLTN}}}",
        {"leaves": [{"kind": "besar", "since": "2021-10-01", "until": "2023-10-01"}]}, {"leaves": [{"kind": "cltn", "since": "2021-10-01", "until": "2021-10-02"}]},
    ),
    "while unpaid leave runs the time stands still": (
        f"time_in_rank: {{at_least: 4 years, not_counting: {CLTN}}}",
        {"leaves": [{"kind": "cltn", "since": "2024-10-01", "until": "ongoing"}]}, {"leaves": [{"kind": "cltn", "since": "2024-09-30", "until": "ongoing"}]},
    ),
    "of leave that began before the rank what reaches into it": (
        f"time_in_rank: {{at_least: 5 years, not_counting: {CLTN}}}",
        {"leaves": [{"kind": "cltn", "since": "2019-01-01", "until": "2021-10-01"}]}, {"leaves": [{"kind": "cltn", "since": "2019-01-01", "until": "2021-10-02"}]},
    ),
    "time in rank, at least, to the day": ("time_in_rank: {at_least: 6 years}", {"ranks": [{"rank": "III/a", "since": "2020-10-01"}]}, {"ranks": [{"rank": "III/a", "since": "2020-10-02"}]}),
    "time in rank, at most, to the day": ("time_in_rank: {at_most: 6 years}", {"ranks": [{"rank": "III/a", "since": "2020-10-01"}]}, {"ranks": [{"rank": "III/a", "since": "2020-09-30"}]}),
    "time in rank, below, to the day": ("time_in_rank: {below: 6 years}", {"ranks": [{"rank": "III/a", "since": "2020-10-02"}]}, {"ranks": [{"rank": "III/a", "since": "2020-10-01"}]}),
    "time in rank, above, to the day": ("time_in_rank: {above: 6 years}", {"ranks": [{"rank": "III/a", "since": "2020-09-30"}]}, {"ranks": [{"rank": "III/a", "since": "2020-10-01"}]}),
    "a length of time by a table": ("time_in_rank: {at_least: {table: lama}}", {"ranks": [{"rank": "III/a", "since": "2024-10-01"}]}, {"ranks": [{"rank": "III/c", "since": "2024-10-01"}]}),
    "no length of time in the table": ("time_in_rank: {at_least: {table: lama}}", {"ranks": [{"rank": "III/c", "since": "2023-10-01"}]}, {"ranks": [{"rank": "III/b", "since": "2016-10-01"}]}),
    "a rank among some": ("rank: [III/b, III/c]", {"ranks": [{"rank": "III/b", "since": "2020-10-01"}]}, {}),
    "a rank not among some": ("rank: {not_in: [III/b, III/c]}", {}, {"ranks": [{"rank": "III/b", "since": "2020-10-01"}]}),
    "a rank that is not another": ("rank: {not: III/b}", {}, {"ranks": [{"rank": "III/b", "since": "2020-10-01"}]}),
    "not another, for who has none": ("supervisor_rank: {not: III/b}", {"supervisor_rank": "III/a"}, {"supervisor_rank": "none"}),
    "any at all": ("supervisor_rank: {not: none}", {"supervisor_rank": "III/a"}, {"supervisor_rank": "none"}),
    "none at all": ("supervisor_rank: none", {"supervisor_rank": "none"}, {"supervisor_rank": "III/a"}),
    "between two": ("training_hours: {at_least: 10, below: 20}", {"trainings": hours(("2026-01-01", 10))}, {"trainings": hours(("2026-01-01", 20))}),
    "interests that include one": ("interests: {has: it}", {"interests": ["seni", "it"]}, {"interests": ["seni"]}),
    "interests that include one of two": ("interests: {has: [it, hukum]}", {"interests": ["hukum"]}, {"interests": ["seni"]}),
    "hours in the last two years, first day out": ("training_hours: {in_last: 2 years, at_least: 20}", {"trainings": hours(("2024-10-02", 20))}, {"trainings": hours(("2024-10-01", 20))}),
    "exams since a date": ("exams: {since: {value: mulai}, count: 1}", {"exams": [{"code": "a", "passed": True, "taken_on": "2024-01-01"}]}, {"exams": [{"code": "a", "passed": True, "taken_on": "2023-12-31"}]}),
    "exams of a code": ("exams: {where: {code: [a, b], taken_on: {at_least: {fact: rank_since}}}, count: {at_least: 1}}", {"exams": [{"code": "b", "passed": True, "taken_on": "2020-10-01"}]}, {"exams": [{"code": "b", "passed": True, "taken_on": "2020-09-30"}]}),
    "how many exams, in a list": ("exams: {count: [1, 2]}", {"exams": [{"code": "b", "passed": True, "taken_on": "2020-10-01"}]}, {}),
    "the last two appraisals, however old": ("lowest_rating: {last_rated: 2, at_least: Baik}", {"appraisals": rated(y2019="Kurang", y2020="Baik", y2024="Sangat Baik")}, {"appraisals": rated(y2020="Kurang", y2024="Sangat Baik")}),
    "an appraisal for each of two years": ("lowest_rating: {last_full_years: 2, at_least: Baik}", {"appraisals": rated(y2024="Baik", y2025="Baik")}, {"appraisals": rated(y2025="Baik")}),
    "an upper bound asks no appraisal of each year": ("lowest_rating: {last_full_years: 2, at_most: Kurang}", {"appraisals": rated(y2025="Kurang")}, {"appraisals": rated(y2025="Baik")}),
    "posts that run": ("posts: {where: {running: true}, count: {at_least: 1}}", {"posts": posts(("2020-01-01", "ongoing"))}, {"posts": posts(("2020-01-01", "2026-10-01"))}),
    "posts that ended": ("posts: {where: {running: false}, count: {at_least: 1}}", {"posts": posts(("2020-01-01", "2026-10-01"))}, {"posts": posts(("2020-01-01", "ongoing"))}),
    "time altogether": ("posts: {total_time: {at_least: 2 years}}", {"posts": posts(("2020-01-01", "2021-01-01"), ("2022-01-01", "2023-01-01"))}, {"posts": posts(("2020-01-01", "2021-01-01"), ("2022-01-01", "2022-12-31"))}),
    "two posts at the same time are time that passed once": ("posts: {total_time: {at_least: 2 years}}", {"posts": posts(("2020-01-01", "2021-07-01"), ("2021-01-01", "2022-01-01"), kind="tugas-tambahan")}, {"posts": posts(("2020-01-01", "2021-12-31"), ("2020-01-01", "2021-12-31"), kind="tugas-tambahan")}),
    "a post within another adds nothing": ("posts: {total_time: {below: 2 years}}", {"posts": posts(("2020-01-01", "2021-12-31"), ("2020-06-01", "2021-06-01"), kind="tugas-tambahan")}, {"posts": posts(("2020-01-01", "2022-01-01"), ("2020-06-01", "2021-06-01"), kind="tugas-tambahan")}),
    "in a window too": ("posts: {in_last: 3 years, total_time: {at_least: 2 years}}", {"posts": posts(("2020-01-01", "2025-10-01"), ("2024-10-01", "2025-01-01"), kind="tugas-tambahan")}, {"posts": posts(("2020-01-01", "2025-09-30"), ("2024-10-01", "2025-01-01"), kind="tugas-tambahan")}),
    "leave on record twice is left out once": (
        f"time_in_rank: {{at_least: 4 years, not_counting: {CLTN}}}",
        {"leaves": [{"kind": "cltn", "since": "2021-10-01", "until": "2023-10-01"}, {"kind": "cltn", "since": "2022-10-01", "until": "2023-10-01"}]},
        {"leaves": [{"kind": "cltn", "since": "2021-10-01", "until": "2023-10-02"}, {"kind": "cltn", "since": "2022-10-01", "until": "2023-10-01"}]},
    ),
    "time altogether by a table": ("posts: {total_time: {at_least: {table: lama}}}", {"posts": posts(("2020-01-01", "2022-01-01"))}, {"posts": posts(("2020-01-01", "2021-12-31"))}),
    "time altogether since a day": ("posts: {since: {value: mulai}, total_time: {at_least: 1 year}}", {"posts": posts(("2020-01-01", "2025-01-01"))}, {"posts": posts(("2020-01-01", "2024-12-31"))}),
    "the longest single time": ("posts: {longest: {at_least: 2 years}}", {"posts": posts(("2020-01-01", "2022-01-01"))}, {"posts": posts(("2020-01-01", "2021-01-01"), ("2022-01-01", "2023-12-31"))}),
    "unbroken time over posts that touch": ("posts: {unbroken: {at_least: 3 years}}", {"posts": posts(("2023-10-01", "2025-01-01"), ("2025-01-01", "ongoing"))}, {"posts": posts(("2023-10-01", "2024-12-30"), ("2025-01-01", "ongoing"))}),
    "hours of trainings of a code, added up": ("trainings: {where: {code: a}, in_last: 2 years, sum: {of: hours, at_least: 20}}", {"trainings": hours(("2024-10-02", 15), ("2026-01-01", 5))}, {"trainings": hours(("2024-10-01", 15), ("2026-01-01", 5))}),
    "nothing adds up to nothing": ("trainings: {sum: {of: hours, at_most: 0}}", {}, {"trainings": hours(("2026-01-01", 1))}),
    "the lowest predicate of all": ("appraisals: {lowest: {of: rating, at_least: Baik}}", {"appraisals": rated(y2024="Baik", y2025="Sangat Baik")}, {"appraisals": rated(y2024="Kurang", y2025="Sangat Baik")}),
    "nothing has no lowest": ("trainings: {lowest: {of: hours, at_least: 0}}", {"trainings": hours(("2026-01-01", 1))}, {}),
    "the most hours of one training": ("trainings: {highest: {of: hours, at_least: 15}}", {"trainings": hours(("2026-01-01", 15))}, {"trainings": hours(("2026-01-01", 14), ("2026-02-01", 14))}),
    "the hours of the latest training": ("trainings: {latest: {of: hours, at_least: 15}}", {"trainings": hours(("2026-01-01", 14), ("2026-02-01", 15))}, {"trainings": hours(("2026-01-01", 15), ("2026-02-01", 14))}),
    "the mean of a field, exactly": ("trainings: {mean: {of: hours, at_least: 6.67}}", {"trainings": hours(("2026-01-01", 7), ("2026-02-01", 7), ("2026-03-01", 7))}, {"trainings": hours(("2026-01-01", 6), ("2026-02-01", 7), ("2026-03-01", 7))}),
    "a mean below": ("trainings: {mean: {of: hours, below: 6.67}}", {"trainings": hours(("2026-01-01", 6), ("2026-02-01", 7), ("2026-03-01", 7))}, {"trainings": hours(("2026-01-01", 7), ("2026-02-01", 7), ("2026-03-01", 7))}),
    "nothing has no mean": ("trainings: {mean: {of: hours, at_most: 5}}", {"trainings": hours(("2026-01-01", 5))}, {}),
    "a mean of scores": ("assessments: {mean: {of: score, at_least: 60}}", {"assessments": [{"kind": "potensi", "score": 60, "assessed_on": "2026-01-01"}]}, {"assessments": [{"kind": "potensi", "score": 59, "assessed_on": "2026-01-01"}]}),
    "a mean by a value": ("trainings: {mean: {of: hours, at_least: {value: jp}}}", {"trainings": hours(("2026-01-01", 20), ("2026-02-01", 40))}, {"trainings": hours(("2026-01-01", 20), ("2026-02-01", 39))}),
    "a mean by a value that was not laid down yet": ("trainings: {mean: {of: hours, at_least: {value: baru, on: rank_since}}}", {"trainings": hours(("2026-01-01", 20)), "ranks": [{"rank": "III/a", "since": "2021-01-01"}]}, {"trainings": hours(("2026-01-01", 20)), "ranks": [{"rank": "III/a", "since": "2020-12-31"}]}),
    "a mean by a value that was always laid down": ("trainings: {mean: {of: hours, at_least: {value: sejak_dulu, on: rank_since}}}", {"trainings": hours(("2026-01-01", 20)), "ranks": [{"rank": "III/a", "since": "1945-08-16"}], "cpns_on": "1944-01-01", "pns_on": "1945-01-01", "birth_date": "1920-05-05"}, {"trainings": hours(("2026-01-01", 20)), "ranks": [{"rank": "III/a", "since": "2021-01-01"}]}),
    "what was always laid down is not by a day that is none": ("trainings: {mean: {of: hours, at_least: {value: sejak_dulu, on: rank_since}}}", {"trainings": hours(("2026-01-01", 20)), "ranks": [{"rank": "III/a", "since": "2020-12-31"}]}, {"trainings": hours(("2026-01-01", 20)), "ranks": []}),
    "half of the records": ("trainings: {share: {of: {passed: true}, at_least: 50}}", {"trainings": [*hours(("2026-01-01", 1)), *hours(("2026-02-01", 1), passed=False)]}, {"trainings": [*hours(("2026-01-01", 1)), *hours(("2026-02-01", 1), ("2026-03-01", 1), passed=False)]}),
    "two thirds, to two decimals": ("appraisals: {share: {of: {rating: {at_least: Baik}}, above: 66.66}}", {"appraisals": rated(y2023="Baik", y2024="Baik", y2025="Kurang")}, {"appraisals": rated(y2022="Kurang", y2023="Baik", y2024="Baik", y2025="Kurang")}),
    "no record, no share": ("trainings: {share: {of: {passed: true}, at_most: 50}}", {"trainings": hours(("2026-01-01", 1), passed=False)}, {}),
    "a share of those that are meant": ("trainings: {where: {hours: {at_least: 5}}, share: {of: {passed: true}, is: 100}}", {"trainings": [*hours(("2026-01-01", 5)), *hours(("2026-02-01", 1), passed=False)]}, {"trainings": [*hours(("2026-01-01", 5)), *hours(("2026-02-01", 5), passed=False)]}),
    "the last two records": ("trainings: {last: 2, sum: {of: hours, at_least: 20}}", {"trainings": hours(("2020-01-01", 1), ("2024-01-01", 10), ("2026-01-01", 10))}, {"trainings": hours(("2020-01-01", 10), ("2024-01-01", 9), ("2026-01-01", 10))}),
    "the last records of those that are meant": ("trainings: {where: {passed: true}, last: 1, lowest: {of: hours, at_least: 10}}", {"trainings": [*hours(("2024-01-01", 10)), *hours(("2026-01-01", 1), passed=False)]}, {"trainings": [*hours(("2024-01-01", 10)), *hours(("2026-01-01", 1))]}),
    "fewer than the last so many": ("trainings: {last: 3, mean: {of: hours, at_least: 10}}", {"trainings": hours(("2024-01-01", 10), ("2026-01-01", 10))}, {"trainings": hours(("2024-01-01", 10), ("2026-01-01", 9))}),
    "records of one day stand together": ("trainings: {last: 1, sum: {of: hours, at_least: 20}}", {"trainings": [*hours(("2026-01-01", 11)), {"code": "b", "hours": 9, "completed_on": "2026-01-01", "passed": True}]}, {"trainings": hours(("2025-12-31", 11), ("2026-01-01", 9))}),
    "time in the last two posts": ("posts: {last: 2, total_time: {at_least: 2 years}}", {"posts": posts(("2010-01-01", "2011-01-01"), ("2020-01-01", "2021-01-01"), ("2022-01-01", "2023-01-01"))}, {"posts": posts(("2010-01-01", "2015-01-01"), ("2020-01-01", "2021-01-01"), ("2022-01-01", "2022-12-31"))}),
    "one history against another": ("posts: {count: {at_most: {fact: banyak}}}", {"trainings": hours(("2026-01-01", 1)), "posts": posts(("2020-01-01", "2021-01-01"))}, {"trainings": hours(("2026-01-01", 1), passed=False), "posts": posts(("2020-01-01", "2021-01-01"))}),
    "a training after the last of some posts ended": ("trainings: {where: {completed_on: {at_least: {fact: selesai}}}, count: {at_least: 1}}", {"trainings": hours(("2021-01-01", 1)), "posts": posts(("2020-01-01", "2021-01-01"), kind="tugas-tambahan")}, {"trainings": hours(("2020-12-31", 1)), "posts": posts(("2020-01-01", "2021-01-01"), kind="tugas-tambahan")}),
    "a day that is none": ("selesai: none", {"posts": posts(("2020-01-01", "2021-01-01"))}, {"posts": posts(("2020-01-01", "2021-01-01"), kind="tugas-tambahan")}),
    "the day of the latest record": ("akhir: {at_least: {value: mulai}}", {"trainings": hours(("2024-01-01", 1))}, {"trainings": hours(("2023-12-31", 1))}),
    "the last record but one": ("sebelumnya: {is: 7}", {"trainings": hours(("2024-01-01", 7), ("2026-01-01", 9))}, {"trainings": hours(("2024-01-01", 9), ("2026-01-01", 7))}),
    "no record but one": ("sebelumnya: {is: 5}", {"trainings": hours(("2026-01-01", 9))}, {"trainings": hours(("2024-01-01", 9), ("2026-01-01", 5))}),
    "the last but one in a window": ("lalu: {is: 0}", {"trainings": hours(("2025-10-01", 7), ("2026-01-01", 9))}, {"trainings": hours(("2025-10-02", 7), ("2026-01-01", 9))}),
    "weighed by how recent it is": ("turut: {at_least: 8}", {"trainings": hours(("2023-01-01", 99), ("2024-01-01", 10), ("2026-01-01", 10))}, {"trainings": hours(("2023-01-01", 99), ("2024-01-01", 9), ("2026-01-01", 10))}),
    "a figure of records in a window": ("setahun: {at_least: 20}", {"trainings": hours(("2025-10-02", 10))}, {"trainings": hours(("2025-10-01", 10))}),
    "one number or the other": ("training_hours: {at_least: {fact: pilih}}", {"trainings": hours(("2026-01-01", 30))}, {"trainings": hours(("2026-01-01", 29))}),
    "or another, with its decimals": ("halus: {is: 12.5}", {"ranks": [{"rank": "III/b", "since": "2020-10-01"}]}, {}),
    "one text or the other": ("jalur: pns", {}, {"employment": "CPNS", "pns_on": "2027-01-01"}),
    "a choice for each record": ("lulus: {at_least: 5}", {"trainings": [*hours(("2026-01-01", 5)), *hours(("2026-02-01", 1), passed=False)]}, {"trainings": [*hours(("2026-01-01", 4)), *hours(("2026-02-01", 9), passed=False)]}),
    "a value less so much": ("training_hours: {at_least: {value: jp, minus: 4}}", {"trainings": hours(("2026-01-01", 26))}, {"trainings": hours(("2026-01-01", 25))}),
    "a figure and so much more": ("training_hours: {at_least: {fact: banyak, plus: 9}}", {"trainings": hours(("2026-01-01", 10))}, {"trainings": hours(("2026-01-01", 9))}),
    "a length of time less so much": ("time_in_rank: {at_least: {value: masa, minus: 6 months}}", {"ranks": [{"rank": "III/a", "since": "2023-04-01"}]}, {"ranks": [{"rank": "III/a", "since": "2023-04-02"}]}),
    "a length of time never below nothing": ("time_in_rank: {at_least: {value: masa, minus: 9 years}}", {"ranks": [{"rank": "III/a", "since": "2026-10-01"}]}, {"ranks": []}),
    "a length of time of a table and so much more": ("time_in_rank: {at_least: {table: lama, plus: 1 year}}", {"ranks": [{"rank": "III/a", "since": "2023-10-01"}]}, {"ranks": [{"rank": "III/a", "since": "2023-10-02"}]}),
    "added-up time and so much more": ("posts: {total_time: {at_least: {table: lama, plus: 6 months}}}", {"posts": posts(("2020-01-01", "2022-07-01"))}, {"posts": posts(("2020-01-01", "2022-06-30"))}),
    "a day and so much later": ("trainings: {where: {completed_on: {at_least: {fact: rank_since, plus: 1 year}}}, count: {at_least: 1}}", {"trainings": hours(("2021-10-01", 1))}, {"trainings": hours(("2021-09-30", 1))}),
    "a day so much earlier": ("trainings: {where: {completed_on: {at_least: {fact: rank_since, minus: 1 year}}}, count: {at_least: 1}}", {"trainings": hours(("2019-10-01", 1))}, {"trainings": hours(("2019-09-30", 1))}),
    "a window of a value and so much more": ("training_hours: {in_last: {value: masa, minus: 2 years}, at_least: 20}", {"trainings": hours(("2024-10-02", 20))}, {"trainings": hours(("2024-10-01", 20))}),
    "time in rank in days, at least": ("time_in_rank: {at_least: 45 days}", {"ranks": [{"rank": "III/a", "since": "2026-08-17"}]}, {"ranks": [{"rank": "III/a", "since": "2026-08-18"}]}),
    "time in rank in days, at most": ("time_in_rank: {at_most: 45 days}", {"ranks": [{"rank": "III/a", "since": "2026-08-17"}]}, {"ranks": [{"rank": "III/a", "since": "2026-08-16"}]}),
    "time in rank in days, below": ("time_in_rank: {below: 45 days}", {"ranks": [{"rank": "III/a", "since": "2026-08-18"}]}, {"ranks": [{"rank": "III/a", "since": "2026-08-17"}]}),
    "time in rank in days, above": ("time_in_rank: {above: 45 days}", {"ranks": [{"rank": "III/a", "since": "2026-08-16"}]}, {"ranks": [{"rank": "III/a", "since": "2026-08-17"}]}),
    "time in rank in days by a value": ("time_in_rank: {at_least: {value: tenggat}}", {"ranks": [{"rank": "III/a", "since": "2026-08-17"}]}, {"ranks": [{"rank": "III/a", "since": "2026-08-18"}]}),
    "hours in the last days, first day out": ("training_hours: {in_last: 30 days, at_least: 20}", {"trainings": hours(("2026-09-02", 20))}, {"trainings": hours(("2026-09-01", 20))}),
    "time in rank in working days, at least": ("time_in_rank: {at_least: 10 working days}", {"ranks": [{"rank": "III/a", "since": "2026-09-16"}]}, {"ranks": [{"rank": "III/a", "since": "2026-09-17"}]}),
    "time in rank in working days, at most": ("time_in_rank: {at_most: 10 working days}", {"ranks": [{"rank": "III/a", "since": "2026-09-16"}]}, {"ranks": [{"rank": "III/a", "since": "2026-09-15"}]}),
    "hours in the last working days, first day out": ("training_hours: {in_last: 5 working days, at_least: 20}", {"trainings": hours(("2026-09-24", 20))}, {"trainings": hours(("2026-09-23", 20))}),
    "a day and so many days later": ("trainings: {where: {completed_on: {at_least: {fact: rank_since, plus: 30 days}}}, count: {at_least: 1}}", {"trainings": hours(("2026-08-31", 1)), "ranks": [{"rank": "III/a", "since": "2026-08-01"}]}, {"trainings": hours(("2026-08-30", 1)), "ranks": [{"rank": "III/a", "since": "2026-08-01"}]}),
    "a day so many days earlier": ("trainings: {where: {completed_on: {at_least: {fact: rank_since, minus: 30 days}}}, count: {at_least: 1}}", {"trainings": hours(("2026-07-02", 1)), "ranks": [{"rank": "III/a", "since": "2026-08-01"}]}, {"trainings": hours(("2026-07-01", 1)), "ranks": [{"rank": "III/a", "since": "2026-08-01"}]}),
    "a day and so many working days later": ("trainings: {where: {completed_on: {at_least: {fact: rank_since, plus: 5 working days}}}, count: {at_least: 1}}", {"trainings": hours(("2026-08-20", 1)), "ranks": [{"rank": "III/a", "since": "2026-08-12"}]}, {"trainings": hours(("2026-08-19", 1)), "ranks": [{"rank": "III/a", "since": "2026-08-12"}]}),
    "in this half of the year": ("rule: {id: semester, in: [fulfilled]}", {"trainings": hours(("2026-07-01", 10))}, {"trainings": hours(("2026-06-30", 10))}),
    "in the half of the year before": ("rule: {id: semester, in: [fulfilled], period: previous}", {"trainings": hours(("2026-01-01", 5), ("2026-06-30", 5))}, {"trainings": hours(("2025-12-31", 5), ("2026-06-30", 5))}),
    "once in the rank": ("rule: {id: sekali-pangkat, in: [fulfilled]}", {"trainings": hours(("2020-10-01", 1))}, {"trainings": hours(("2020-09-30", 1))}),
    "once in the rank before": (
        "rule: {id: sekali-pangkat, in: [fulfilled], period: previous}",
        {"trainings": hours(("2016-04-01", 1)), "ranks": [{"rank": "II/d", "since": "2016-04-01"}, {"rank": "III/a", "since": "2020-10-01"}]},
        {"trainings": hours(("2020-10-01", 1)), "ranks": [{"rank": "II/d", "since": "2016-04-01"}, {"rank": "III/a", "since": "2020-10-01"}]},
    ),
    "no rank before": ("rule: {id: sekali-pangkat, in: [fulfilled, not_applicable], period: previous}", {}, {"ranks": [{"rank": "II/d", "since": "2016-04-01"}, {"rank": "III/a", "since": "2020-10-01"}]}),
    "once in the post": ("rule: {id: sekali-jabatan, in: [fulfilled]}", {"trainings": hours(("2023-01-01", 1)), "posts": posts(("2023-01-01", "ongoing"))}, {"trainings": hours(("2022-12-31", 1)), "posts": posts(("2023-01-01", "ongoing"))}),
    "once in the post before": (
        "rule: {id: sekali-jabatan, in: [fulfilled], period: previous}",
        {"trainings": hours(("2022-12-31", 1)), "posts": posts(("2020-01-01", "2023-01-01"), ("2023-01-01", "ongoing"))},
        {"trainings": hours(("2023-01-01", 1)), "posts": posts(("2020-01-01", "2023-01-01"), ("2023-01-01", "ongoing"))},
    ),
    "whole years of a length of time": ("tahunan: {is: 10}", {"ranks": [{"rank": "III/a", "since": "2020-10-02"}]}, {"ranks": [{"rank": "III/a", "since": "2020-10-01"}]}),
    "whole months of a length of time": ("bulanan: {at_least: 72}", {"ranks": [{"rank": "III/a", "since": "2020-10-01"}]}, {"ranks": [{"rank": "III/a", "since": "2020-10-02"}]}),
    "a table by a length of time": ("menurut_masa: {is: 3}", {"ranks": [{"rank": "III/a", "since": "2020-10-01"}]}, {"ranks": [{"rank": "III/a", "since": "2020-10-02"}]}),
    "a table by a length of time, of who has none": ("menurut_masa: {is: 0}", {"ranks": []}, {}),
    "a table by a figure of years": ("lewat_tabel: {is: 2}", {"ranks": [{"rank": "III/a", "since": "2024-10-01"}]}, {"ranks": [{"rank": "III/a", "since": "2024-10-02"}]}),
    "what is not known of a record is part of the mean whatever it is": ("trainings: {last: 2, mean: {of: hours, at_least: 10}}", {"trainings": [*hours(("2024-01-01", 1), ("2025-01-01", 20)), {"code": "a", "completed_on": "2026-01-01", "passed": True}]}, {"trainings": hours(("2024-01-01", 20), ("2025-01-01", 19), ("2026-01-01", 0))}),
    "once in the post before, which ended before the present one began": (
        "rule: {id: sekali-jabatan, in: [fulfilled], period: previous}",
        {"trainings": hours(("2019-12-31", 1)), "posts": posts(("2018-01-01", "2020-01-01"), ("2022-01-01", "ongoing"))},
        {"trainings": hours(("2020-01-01", 1)), "posts": posts(("2018-01-01", "2020-01-01"), ("2022-01-01", "ongoing"))},
    ),
    "once in the last post, of who has none": (
        "rule: {id: sekali-jabatan, in: [fulfilled, not_applicable], period: previous}",
        {"trainings": hours(("2019-12-31", 1)), "posts": posts(("2018-01-01", "2020-01-01"))},
        {"trainings": hours(("2020-01-01", 1)), "posts": posts(("2018-01-01", "2020-01-01"))},
    ),
    "one of two ways": ("any: [{rank: III/b}, {exams: {count: 1}}]", {"exams": [{"code": "b", "passed": True, "taken_on": "2020-10-01"}]}, {}),
    "all of two": ("all: [{rank: III/a}, {exams: {count: 1}}]", {"exams": [{"code": "b", "passed": True, "taken_on": "2020-10-01"}]}, {}),
    "not this": ("not: {exams: {count: 1}}", {}, {"exams": [{"code": "b", "passed": True, "taken_on": "2020-10-01"}]}),
    "each item of a list": ("each: {of: [a, b], exams: {where: {code: {is: {fact: each}}}, count: {at_least: 1}}}", {"exams": [{"code": c, "passed": True, "taken_on": "2020-10-01"} for c in "ab"]}, {"exams": [{"code": c, "passed": True, "taken_on": "2020-10-01"} for c in "ac"]}),
    "each item of a list, beside another rule": ("each: {of: [a], exams: {where: {code: {is: {fact: each}}}, count: {at_least: 1}}, rule: {id: latih, in: [fulfilled], period: previous}}", {"exams": [{"code": "a", "passed": True, "taken_on": "2020-10-01"}], "trainings": hours(("2025-12-31", 40))}, {"exams": [{"code": "a", "passed": True, "taken_on": "2020-10-01"}], "trainings": hours(("2026-01-01", 40))}),
    "the target of the promotion": ("target: {at_most: III/b}", {}, {"ranks": [{"rank": "III/b", "since": "2020-10-01"}]}),
    "the target compared with a fact": ("target: {at_most: {fact: supervisor_rank}}", {"supervisor_rank": "III/b"}, {"supervisor_rank": "III/a"}),
    "another rule, in the year before": ("rule: {id: latih, in: [fulfilled], period: previous}", {"trainings": hours(("2025-12-31", 40))}, {"trainings": hours(("2026-01-01", 40))}),
    "all duties with a tag": ("rules: {tag: belajar, in: [fulfilled, not_applicable]}", {"trainings": hours(("2026-01-01", 40))}, {"trainings": hours(("2026-01-01", 39))}),
    "an age, to the day": ("age: {at_most: 40 years}", {"birth_date": "1986-10-01"}, {"birth_date": "1986-09-30"}),
    "a protected truth": ("protected.disability: true", {"protected": {"disability": True}}, {"protected": {"disability": False}}),
    "a protected word": ("protected.sex: P", {"protected": {"sex": "P"}}, {"protected": {"sex": "L"}}),
    "a figure of figures, halves to even": ("dua: {at_least: 10.2}", {"trainings": hours(("2024-01-01", 10))}, {"trainings": hours(("2024-01-01", 9))}),
    "hours before the day count nothing": ("kredit: {at_least: 1}", {"trainings": hours(("2024-01-01", 1))}, {"trainings": hours(("2023-12-31", 1))}),
    "what was not passed counts nothing": ("kredit: {at_least: 1}", {"trainings": hours(("2024-01-01", 1))}, {"trainings": hours(("2024-01-01", 1), passed=False)}),
    "a value of the day that a fact names": ("tiga: {at_least: 0}", {"trainings": hours(("2026-02-01", 10))}, {"trainings": hours(("2026-02-01", 10)), "ranks": [{"rank": "III/a", "since": "2026-01-01"}]}),
    "a band ends where the next begins": ("kredit: {at_least: 60}", {"trainings": hours(("2024-01-01", 20))}, {"trainings": hours(("2024-01-01", 19))}),
    "`none` is a key like others": ("exams: {count: {below: {table: batas, by: supervisor_rank}}}", {"supervisor_rank": "none"}, {"supervisor_rank": "none", "exams": [{"code": "b", "passed": True, "taken_on": "2020-10-01"}]}),
}  # fmt: skip


@pytest.mark.parametrize(("criterion", "yes", "no"), HELD_AND_FAILED.values(), ids=HELD_AND_FAILED.keys())
def test_holds_for_one_and_not_for_the_other(decided, criterion, yes, no):
    """The two differ in as little as can be."""
    assert decided(criterion, person(**yes)) == "held"
    assert decided(criterion, person(**no)) == "failed"


UNPUBLISHED = {
    "working days of a year without published holidays": ("time_in_rank: {at_least: 200 working days}", {"ranks": [{"rank": "III/a", "since": "2025-12-01"}]}),
    "a day so many working days before such a year": (
        "trainings: {where: {completed_on: {at_least: {fact: rank_since, minus: 5 working days}}}, count: {at_least: 1}}",
        {"trainings": hours(("2025-12-24", 1)), "ranks": [{"rank": "III/a", "since": "2026-01-02"}]},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("criterion", "given"), UNPUBLISHED.values(), ids=UNPUBLISHED.keys())
def test_is_not_known_while_no_holidays_are_published(decided, criterion, given):
    """More of its days may be days off than weekends alone."""
    assert decided(criterion, person(**given)) == "unknown"


UNKNOWN = {
    "a rank that was not delivered": ("time_in_rank: {at_least: 6 years}", {"ranks": [{"rank": "III/a", "since": "2020-10-01"}]}, "ranks"),
    "trainings of which more may be there": ("training_hours: {at_most: 19}", {}, "trainings"),
    "posts of which one may run": ("posts: {where: {running: true}, count: 0}", {}, "posts"),
    "an education of which a higher may be there": ("education_level: [S-1, none]", {}, "educations"),
    "trainings of which hours may add up": ("trainings: {sum: {of: hours, below: 20}}", {}, "trainings"),
    "trainings of which a lower may be there": ("trainings: {lowest: {of: hours, at_least: 2}}", {"trainings": hours(("2026-01-01", 5))}, "trainings"),
    "trainings of which a later may be there": ("trainings: {latest: {of: hours, at_least: 2}}", {"trainings": hours(("2026-01-01", 5))}, "trainings"),
    "trainings that may change the mean": ("trainings: {mean: {of: hours, at_least: 2}}", {"trainings": hours(("2026-01-01", 5))}, "trainings"),
    "trainings that may change the share": ("trainings: {share: {of: {passed: true}, at_least: 50}}", {"trainings": hours(("2026-01-01", 5))}, "trainings"),
    "trainings of which later ones may be there": ("trainings: {last: 1, mean: {of: hours, at_least: 2}}", {"trainings": hours(("2026-01-01", 5))}, "trainings"),
    "a rank before which another may be there": ("rule: {id: sekali-pangkat, in: [fulfilled, not_applicable], period: previous}", {}, "ranks"),
    "posts in which a gap may be filled": ("posts: {unbroken: {at_least: 3 years}}", {"posts": posts(("2025-01-01", "ongoing"))}, "posts"),
}  # fmt: skip


@pytest.mark.parametrize(("criterion", "given", "history"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_is_not_known_without(decided, criterion, given, history):
    """What was not delivered is neither there nor absent."""
    whole = person(**given)
    partly = whole.model_copy(update={history: getattr(whole, history).model_copy(update={"complete_since": None})})
    assert decided(criterion, partly) == "unknown"


@pytest.mark.parametrize(("rule", "day", "expected"), [
    ("tiga-tahun", date(2023, 12, 31), (date(2021, 1, 1), date(2024, 1, 1))),
    ("tiga-tahun", date(2024, 1, 1), (date(2024, 1, 1), date(2027, 1, 1))),
    ("tiga-tahun@previous", date(2024, 1, 1), (date(2021, 1, 1), date(2024, 1, 1))),
    ("semester", date(2026, 6, 30), (date(2026, 1, 1), date(2026, 7, 1))),
    ("semester", date(2026, 7, 1), (date(2026, 7, 1), date(2027, 1, 1))),
    ("semester@previous", date(2026, 6, 30), (date(2025, 7, 1), date(2026, 1, 1))),
    ("semester@previous", date(2026, 7, 1), (date(2026, 1, 1), date(2026, 7, 1))),
    ("sekali-pangkat", DAY, (date(2020, 10, 1), OPEN)),
    ("sekali-pangkat@previous", DAY, (date(2016, 4, 1), date(2020, 10, 1))),
    ("sekali-jabatan@previous", DAY, None),
])  # fmt: skip
def test_a_period_begins_and_ends_to_the_day(decided, rule, day, expected):
    """Half open; the rank that is held has no end yet, and who had no post before had no period of one."""
    ranks = [{"rank": "II/d", "since": "2016-04-01"}, {"rank": "III/a", "since": "2020-10-01"}]
    somebody = person(ranks=ranks, posts=posts(("2023-01-01", "ongoing")))
    given = {engine.decide(somebody, rule, as_of=day).period for engine in decided.engines("rank: III/a")}
    assert given == {expected}


def test_a_period_of_years_that_ended_before_the_duty_began_is_nobodys(decided):
    """The first is the one in which it began, though that year had begun before."""
    engine = decided.engines("rank: III/a")[0]
    before = engine.decide(person(), "tiga-tahun@previous", as_of=date(2022, 1, 1))
    assert (before.state, engine.decide(person(), "tiga-tahun", as_of=date(2022, 1, 1)).state) == ("not_applicable", "owed")


def test_what_is_owed_once_in_a_rank_is_overdue_so_long_after_it_began(decided):
    """Two years are given from its first day; of the rank before, whose time is over, until its end."""
    engine = decided.engines("rank: III/a")[0]
    states = [engine.decide(person(), "sekali-pangkat", as_of=day).state for day in (date(2022, 9, 30), date(2022, 10, 1))]
    assert states == ["owed", "overdue"]
    assert "Periode: sejak 1 Oktober 2020" in engine.decide(person(), "sekali-pangkat", as_of=DAY).explain("id")


@pytest.mark.parametrize(("hours_", "day", "expected"), [
    (20, date(2025, 12, 31), "held"),
    (19, date(2025, 12, 31), "failed"),
    (40, date(2026, 12, 31), "held"),
    (39, date(2026, 12, 31), "failed"),
])  # fmt: skip
def test_a_duty_is_measured_by_the_version_of_its_period_s_end(decided, hours_, day, expected):
    """Forty hours from the year on whose last day the new version holds."""
    trained = person(trainings=hours((f"{day.year}-02-01", hours_)))
    assert decided("rank: III/a", trained, day, "latih") == expected


def test_a_waiver_lets_a_criterion_pass_that_says_who_may_waive_it(decided):
    """For this person, on these days, and only where the criterion allows it."""
    given = {"nip": NIP, "rule": "uji", "criterion": "kata", "approver": "PPK", "letter": "1/2026", "basis": "uu"}
    waivers = [Waiver.model_validate({**given, "since": "2026-10-01", "until": "2026-11-01"})]
    strict, lenient = "rank: III/b", "rank: III/b\nwaivable: {by: PPK, basis: uu}"
    with pytest.raises(PolicyError, match="`kata` of `uji` takes no waiver"):
        decided(strict, person(), waivers=waivers)
    assert decided(lenient, person()) == "failed"
    assert decided(lenient, person(), waivers=waivers) == "waived"
    assert decided(lenient, person(), date(2026, 9, 30), waivers=waivers) == "failed"
    assert decided("rank: III/a\nwaivable: {by: PPK, basis: uu}", person(), waivers=waivers) == "held"


def test_a_rule_says_what_it_leads_to_and_is_called_in_both_languages(decided):
    """A post is led into by an opening, a rank by none."""
    decided("rank: III/a", person())
    program = decided.engines("rank: III/a")[0].policy.program(DAY)
    assert program.rule("isi").into_post
    assert not program.rule("uji").into_post
    assert (program.rule("isi").title.to("id"), program.rule("isi").title.to("en")) == (
        "Mengisi jabatan",
        "Fill a post",
    )


def test_a_figure_that_is_not_there_or_not_yet_is_told(decided):
    """A figure whose value begins later has none on a day before."""
    engine = decided.engines("rank: III/a")[0]
    assert engine.figure(person(trainings=hours(("2024-01-01", 10))), "kredit", as_of=DAY).value == 20
    with pytest.raises(PolicyError, match="did you mean `kredit`"):
        engine.figure(person(), "kredid", as_of=DAY)
    with pytest.raises(PolicyError, match="nanti"):
        engine.figure(person(), "nanti", as_of=DAY)


@pytest.mark.parametrize(("hours_", "expected"), [(30, "held"), (29, "failed")])
def test_a_duty_may_be_measured_by_the_version_of_its_period_s_start(decided, hours_, expected):
    """The version that begins on 1 January is that of the year's first day."""
    trained = person(trainings=hours(("2026-02-01", hours_)))
    assert decided("rank: III/a", trained, DAY, "mulai-tahun") == expected


@pytest.mark.parametrize(("day", "expected"), [("2025-12-31", "failed"), ("2026-01-01", "held")])
def test_a_figure_of_records_reads_a_value_on_the_record_s_day(decided, day, expected):
    """Ten hours are worth 200 by the old version, and 300 by the new one."""
    assert decided("nilai: {at_least: 300}", person(trainings=hours((day, 10)))) == expected


def test_an_exemption_counts_from_its_day_on(decided):
    """The day before it begins, nobody is exempt; on it, who is has met the criterion."""
    criterion = "rank: III/b\nexempt: {lama: {from: 2026-10-01, until: 2026-11-01, time_in_rank: {at_least: 1 year}}}"
    assert decided(criterion, person(), date(2026, 9, 30)) == "failed"
    assert decided(criterion, person(), date(2026, 10, 1)) == "held"
    assert decided(criterion, person(), date(2026, 11, 1)) == "failed"


LEVELS = {"Penyelia": "held", "Ahli Utama": "held", "Mahir": "failed", "Ahli Madya": "failed"}


@pytest.mark.parametrize(("jenjang", "expected"), LEVELS.items())
def test_no_level_follows_the_last_of_a_ladder(decided, jenjang, expected):
    """After Penyelia there is none: Ahli Pertama begins the other ladder."""
    post = {"kind": "fungsional", "jenjang": jenjang, "since": "2018-01-01", "until": "ongoing", "acting": False}
    assert decided("next_jenjang: none", person(posts=[post])) == expected


def test_more_than_a_length_of_time_is_met_from_the_day_after(decided):
    """Six years since 1 October 2020 are over on 1 October 2026; it has been longer from the 2nd on."""
    for word, day in (("at_least", "2026-10-01"), ("above", "2026-10-02")):
        engine = decided.engines(f"time_in_rank: {{{word}: 6 years}}")[0]
        (met,) = engine.decide(person(), "uji", as_of=date(2026, 9, 1)).model_dump()["criteria"]
        assert met["possible_from"] == day


def test_what_a_table_requires_of_somebody_is_said(decided):
    """Forty hours of who is in III/a, ten of everybody else."""
    engine = decided.engines("training_hours: {in_last: 1 year, at_least: {table: jam}}")[0]
    for rank, hours_ in (("III/a", "40"), ("III/b", "10")):
        asked = engine.decide(person(ranks=[{"rank": rank, "since": "2020-10-01"}]), "uji", as_of=DAY)
        assert hours_ in asked.criteria[0].required.en


def test_a_value_known_by_two_equal_ends_is_that_value():
    """Whether or not they are one object in memory; and nothing known at all is anything."""
    three_hundred = (int("300"), int("300"))
    assert runtime.member(*three_hundred, (300, 400)) == rules.HELD
    assert runtime.member(None, None, (300, 400)) == rules.UNKNOWN
    assert runtime.as_bounds_or_anything(None, 5) == Bounds(None, 5)


def test_a_count_beside_a_table_that_may_give_none_needs_records():
    """The cells that are numbers say how many; none is no number."""
    table = Lookup((Literal(1),), (((1,), 3), ((2,), 5)), ABSENT, "batas")
    needed = records_for([Compare("at_least", fold("count", "trainings"), table)])
    assert set(needed) == {"trainings"}


@pytest.mark.parametrize("least", [1, 2, 3, 4])
@pytest.mark.parametrize("statuses", list(product((rules.FAILED, rules.UNKNOWN, rules.HELD), repeat=4)))
def test_so_many_of_some_is_what_counting_says(least, statuses):
    """It holds when so many hold, fails when too few may, and is not known otherwise."""
    parts = {
        rules.HELD: Literal(True),
        rules.FAILED: Literal(False),
        rules.UNKNOWN: Compare("is", Field("employee", "unit", Type(Kind.TEXT)), Literal("dinas")),
    }
    tree = rules.Branch("some", tuple(rules.SilentLeaf(parts[one]) for one in statuses), least)
    held, open_ = statuses.count(rules.HELD), statuses.count(rules.UNKNOWN)
    expected = rules.HELD if held >= least else rules.FAILED if held + open_ < least else rules.UNKNOWN
    assert Meaning(Question(DAY, nobody())).truth(tree.truth).status == expected


@given(since=st.dates(date(2005, 1, 1), date(2015, 12, 28)), months=st.lists(st.tuples(st.integers(1, 20), st.integers(1, 20)), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
@example(since=date(2005, 1, 1), months=[(8, 1), (20, 1), (20, 1)])
def test_whole_months_that_do_not_count_move_the_day_by_so_many(decided, since, months):
    """Four years and the months left out after the rank began, on the day and not before."""
    since, leaves, day, out = since.replace(day=1), [], since.replace(day=1), 0
    for between, length in months:
        begin = plus_months(day, between)
        day = plus_months(begin, length)
        leaves.append({"kind": "cltn", "since": str(begin), "until": str(day)})
        if begin < plus_months(since, 48 + out):  # what begins once the time is reached moves nothing
            out += length
    due = plus_months(since, 48 + out)
    somebody = person(ranks=[{"rank": "III/a", "since": str(since)}], leaves=leaves, cpns_on="2003-01-01", pns_on="2004-01-01", birth_date="1975-05-05")
    criterion = f"time_in_rank: {{at_least: 4 years, not_counting: {CLTN}}}"
    assert [decided(criterion, somebody, day=one) for one in (due - timedelta(days=1), due)] == ["failed", "held"]


def test_the_time_that_counts_is_not_known_without_the_leaves(decided):
    """Nor without the end of one: it may have been short enough, or too long."""
    criterion = f"time_in_rank: {{at_least: 4 years, not_counting: {CLTN}}}"
    assert decided(criterion, person().model_copy(update={"leaves": type(person().leaves)()})) == "unknown"
    assert decided(criterion, person(leaves=[{"kind": "cltn", "since": "2021-10-01"}])) == "unknown"
    short = person(ranks=[{"rank": "III/a", "since": "2023-10-01"}], leaves=[{"kind": "cltn", "since": "2024-10-01"}])
    assert decided(criterion, short) == "failed"


def test_what_does_not_count_of_a_mentor_is_the_mentors(tmp_path):
    """Nothing of the mentee is looked at."""
    (tmp_path / "kata").mkdir()
    rule = f"""mentoring:
  bimbing:
    title: {{id: Bimbing, en: Mentor}}
    standing: illustrative
    needs_mentor: {{mentee.employment: CPNS}}
    may_mentor: {{aktif: {{title: {{id: A, en: A}}, mentor.employment: PNS}}}}
    pair_must: {{lama: {{title: {{id: L, en: L}}, mentor.time_in_rank: {{at_least: 4 years, not_counting: {CLTN}}}}}}}
    capacity: 1
"""
    text = "format: 1\nregion: kata\ntitle: {id: Kata, en: Words}\n" + rule
    (tmp_path / "kata" / "kata.yaml").write_text(text, encoding="utf-8")
    (criterion,) = Engine.load(tmp_path / "kata").policy.program(DAY).rule("bimbing/pair").criteria
    folds = {(node.scope, node.history) for node in walk(criterion.holds) if isinstance(node, Fold)}
    assert folds == {("mentor", "ranks"), ("mentor", "leaves")}


@pytest.mark.parametrize(("criterion", "shown"), [
    ("trainings: {mean: {of: hours, at_least: 6.67}}", "6,67 (20 dibagi 3); disyaratkan paling sedikit 6,67"),
    ("trainings: {share: {of: {hours: 7}, at_least: 70}}", "Persentase yang memenuhi “jumlah jam pelajaran 7” di antara pelatihan yang diperhitungkan: 66,67 % (2 dari 3); disyaratkan paling sedikit 70 %"),
    ("sebelumnya: {at_least: 8}", "(bila tidak ada: 5): 7"),
    ("bulanan: {at_least: 100}", "Masa dalam pangkat terakhir (bulan penuh): 72"),
    ("jalur: lain", "Jalur: pns; disyaratkan lain"),
])  # fmt: skip
def test_a_mean_and_a_share_are_told_with_what_they_are_of(decided, criterion, shown):
    """What rounding hides is beside it."""
    trained = person(trainings=hours(("2026-01-01", 6), ("2026-02-01", 7), ("2026-03-01", 7)))
    engine = decided.engines(criterion)[0]
    assert shown in engine.decide(trained, "uji", as_of=DAY).explain("id")


def test_a_mean_known_by_its_bounds_is_told_by_them(decided):
    """What it is at least decides, and is what is told."""
    trained = person(trainings=[*hours(("2026-01-01", 7), ("2026-03-01", 9)), {"code": "a", "completed_on": "2026-02-01"}])
    engine = decided.engines("trainings: {mean: {of: hours, at_least: 5}}")[0]
    decision = engine.decide(trained, "uji", as_of=DAY)
    assert decision.verdict == "eligible"
    assert "sekurang-kurangnya 5,33" in decision.explain("id")


def test_a_figure_may_be_a_day_or_a_word(decided):
    """As people write it; a post that is still held has no end."""
    engine = decided.engines("rank: III/a")[0]
    somebody = person(trainings=hours(("2026-01-01", 7)), posts=posts(("2020-01-01", "ongoing"), kind="tugas-tambahan"))
    values = [engine.figure(somebody, name, as_of=DAY).value for name in ("akhir", "jalur", "selesai")]
    assert values == [date(2026, 1, 1), "pns", "ongoing"]
