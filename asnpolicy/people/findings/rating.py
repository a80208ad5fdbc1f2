"""What appraisals, diplomas, trainings and assessments show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, groupby
from typing import Any

from asnpolicy.people.days import first_of, last_of, surely_before
from asnpolicy.people.findings.finding import DataFinding, FindingKind, Seen, on_record, on_records, side
from asnpolicy.people.periods import at_odds
from asnpolicy.text import Text

ONE_A_DAY = {"ranks": "rank", "pppk_grades": "grade", "assessments": "score"}
"""Histories of which the latest record tells what holds, and the field that tells it: one a day, of each kind."""


def _predicate(seen: Seen) -> Iterator[DataFinding]:
    for at, record in enumerate(seen.records("appraisals")):
        if not record.consistent:
            sides = tuple(side("appraisals", record, at, part) for part in ("rating", "results", "behaviour"))
            yield on_record("appraisal-predicate", "appraisals", record, at, "rating", sides=sides)


def _rated_twice(seen: Seen) -> Iterator[DataFinding]:
    records = seen.records("appraisals")
    for one, other in at_odds(records):
        pair = ((one, records[one]), (other, records[other]))
        sides = tuple(side("appraisals", record, at, "rating") for at, record in pair)
        yield on_records("overlapping-appraisals", "appraisals", pair, "rating", sides=sides)


def _decided_too_early(seen: Seen) -> Iterator[DataFinding]:
    for at, record in enumerate(seen.records("appraisals")):
        decided, end = record.decided_on, record.period_end
        if decided is not None and end is not None and last_of(decided) < first_of(end).replace(day=1):
            sides = tuple(side("appraisals", record, at, part) for part in ("decided_on", "period_end"))
            yield on_record("decided-before-period", "appraisals", record, at, "decided_on", sides=sides)


def _two_on_one_day(seen: Seen) -> Iterator[DataFinding]:
    for history, field in ONE_A_DAY.items():
        if getattr(seen.person, history).strict:
            continue
        records = [(at, one) for at, one in enumerate(seen.records(history)) if type(one.placed) is date]
        for _, group in groupby(records, key=lambda pair: pair[1].placed):
            yield from _at_odds(history, field, list(group))


def _at_odds(history: str, field: str, group: list[tuple[int, Any]]) -> Iterator[DataFinding]:
    """Of records of one day and kind that say different things, none is known to be the later."""
    odd = {
        at: record
        for (at, record), (then, other) in combinations(group, 2)
        if getattr(record, "kind", None) == getattr(other, "kind", None) and _differ(record, other, field)
        for at, record in ((at, record), (then, other))
    }
    sides = tuple(side(history, record, at, field) for at, record in odd.items())
    if odd:
        yield on_records("two-on-one-day", history, list(odd.items()), field, sides=sides)


def _differ(one: Any, other: Any, field: str) -> bool:
    a, b = getattr(one, field), getattr(other, field)
    return a is not None and b is not None and a != b


def _recognised_too_early(seen: Seen) -> Iterator[DataFinding]:
    for at, record in enumerate(seen.records("educations")):
        done, known = record.graduated_on, record.recognised_on
        if surely_before(known, done):
            sides = tuple(side("educations", record, at, part) for part in ("recognised_on", "graduated_on"))
            yield on_record("recognised-before-diploma", "educations", record, at, "recognised_on", sides=sides)


def _not_passed(seen: Seen) -> Iterator[DataFinding]:
    for at, record in enumerate(seen.records("trainings")):
        if record.passed is False and record.hours:
            yield on_record("training-not-passed", "trainings", record, at)


KINDS = (
    FindingKind(
        "appraisal-predicate", ("appraisals",), "unknown",
        Text("Predikat kinerja tidak sesuai dengan hasil kerja dan perilaku kerja",
             "The predicate does not follow from results and behaviour"),
        Text("Predikat mengikuti matriks hasil dan perilaku (PermenPANRB 6/2022)",
             "The predicate follows from the matrix of results and behaviour (PermenPANRB 6/2022)"),
        _predicate, strict=True,
    ),
    FindingKind(
        "overlapping-appraisals", ("appraisals",), "unknown",
        Text("Dua penilaian kinerja untuk masa yang sama saling bertentangan",
             "Two appraisals of the same months contradict each other"),
        Text("Setiap bulan dinilai satu kali; predikat setahun tidak di atas predikat bagiannya",
             "Each month is appraised once, and a part is not rated below the year"), _rated_twice, strict=True,
    ),
    FindingKind(
        "decided-before-period", ("appraisals",), "unknown",
        Text("Penilaian ditetapkan sebelum bulan terakhir masa yang dinilai",
             "Decided before the last month of the period that it is about"),
        Text("Tidak ada kinerja yang dinilai sebelum dikerjakan", "Nobody's work is rated before it is done"),
        _decided_too_early, strict=True,
    ),
    FindingKind(
        "two-on-one-day", tuple(ONE_A_DAY), "unknown",
        Text("Dua catatan pada hari yang sama menyatakan hal yang berbeda",
             "Two records of one day say different things"),
        Text("Yang mana yang lebih akhir tidak dapat diketahui", "Which of them is the later can't be told"),
        _two_on_one_day, strict=True,
    ),
    FindingKind(
        "recognised-before-diploma", ("educations",), "unknown",
        Text("Ijazah diakui sebelum lulus", "The diploma was recognised before graduation"),
        Text("Pencantuman gelar menyusul ijazah", "Recognition follows the diploma"), _recognised_too_early, strict=True, starts_from=frozenset({"educations"}),
    ),
    FindingKind(
        "training-not-passed", ("trainings",), "told",
        Text("Jam pelajaran dari pelatihan yang tidak lulus ikut dihitung",
             "Hours of a training that was not passed are counted"),
        Text("Peraturan menghitung jam yang diikuti, bukan kelulusan (PP 11/2017 pasal 203)",
             "The regulation counts hours taken, not success (PP 11/2017 article 203)"), _not_passed, strict=True, starts_from=frozenset({"trainings"}),
    ),
)  # fmt: skip
