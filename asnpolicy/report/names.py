"""Names as people say them: fields of records, measures, windows, and codes written with hyphens."""

from __future__ import annotations

import re

from asnpolicy.decisions.reasons import Reason
from asnpolicy.language.rules import Text
from asnpolicy.text import ABBREVIATIONS

FIELDS = {
    "acting_as": Text("sebagai", "acting as"),
    "amount": Text("banyaknya", "amount"),
    "assessed_on": Text("tanggal penilaian", "assessed on"),
    "behaviour": Text("perilaku kerja", "behaviour"),
    "category": Text("kategori", "category"),
    "code": Text("kode", "code"),
    "completed_on": Text("tanggal selesai", "completed on"),
    "dated_on": Text("tanggal surat", "dated on"),
    "days": Text("hari kerja", "working days"),
    "decided_on": Text("tanggal ditetapkan", "decided on"),
    "echelon": Text("eselon", "echelon"),
    "field": Text("bidang", "field"),
    "grade": Text("golongan PPPK", "PPPK grade"),
    "graduated_on": Text("tanggal lulus", "graduated on"),
    "granted_on": Text("tanggal diberikan", "granted on"),
    "hours": Text("jam pelajaran", "hours"),
    "institution": Text("lembaga", "institution"),
    "jenjang": Text("jenjang", "level"),
    "kind": Text("jenis", "kind"),
    "level": Text("tingkat", "level"),
    "months": Text("jumlah bulan penilaian", "months appraised"),
    "partner": Text("pasangan", "partner"),
    "period_end": Text("akhir masa penilaian", "end of the appraised period"),
    "period_start": Text("awal masa penilaian", "start of the appraised period"),
    "rank": Text("pangkat", "rank"),
    "rating": Text("predikat", "predicate"),
    "recognised_on": Text("tanggal diakui", "recognised on"),
    "results": Text("hasil kerja", "results"),
    "retirement_age": Text("batas usia pensiun menurut norma jabatan", "retirement age by the norm of the post"),
    "role": Text("peran", "role"),
    "score": Text("nilai", "score"),
    "since": Text("TMT", "since"),
    "status": Text("kedudukan pegawai", "service status"),
    "taken_on": Text("tanggal ujian", "taken on"),
    "title": Text("nama jabatan", "title of the post"),
    "unit": Text("unit kerja", "unit"),
    "until": Text("sampai", "until"),
    "year": Text("tahun", "year"),
}
"""The fields of records, as they are said inside a sentence."""

def flag(name: str, *, yes: bool) -> Text:
    """Say what is either so or not."""
    said = Reason(f"flag.{name}.{'yes' if yes else 'no'}")
    return Text(said.to("id"), said.to("en"))


MEASURES = {
    "count": Text("Jumlah {0}", "Number of {0}"),
    "total_time": Text("Masa kumulatif dalam {0}", "Total time in {0}"),
    "unbroken": Text("Masa tanpa putus dalam {0}", "Unbroken time in {0}"),
    "longest": Text("Masa terlama dalam {0}", "Longest time in {0}"),
    "sum": Text("Total {1} dari {0}", "Sum of {1} over {0}"),
    "lowest": Text("{1} terendah dari {0}", "Lowest {1} of {0}"),
    "highest": Text("{1} tertinggi dari {0}", "Highest {1} of {0}"),
    "mean": Text("Rata-rata {1} dari {0}", "Mean {1} of {0}"),
    "share": Text("Persentase {0} yang memenuhi “{1}”", "Share of {0} with “{1}”"),
    "latest": Text("{1} terakhir dari {0}", "Latest {1} of {0}"),
}
WINDOWS = {
    "in_last": Text(" dalam {0} terakhir", " in the last {0}"),
    "last_full_years": Text(" dalam {0} tahun kalender penuh terakhir", " in the last {0} full calendar years"),
    "last_rated": Text(
        " dalam {0} penilaian terakhir, tahun berapa pun", " in the last {0} appraisals, of whatever year"
    ),
    "last": Text(" pada {0} catatan terakhir", " in the last {0} records"),
    "during": Text(" selama periode", " during the period"),
    "since": Text(" sejak {0}", " since {0}"),
}
ONE_RECORD = Text(" pada catatan terakhir", " in the last record")
ONE_YEAR = Text(" dalam 1 tahun kalender penuh terakhir", " in the last full calendar year")
EVERY_YEAR = Text(" (setiap tahun harus dinilai)", " (each year must be rated)")

_CODE = re.compile(r"(?<![\w/.`-])[a-z0-9]+(?:[-_][a-z0-9]+)*(?![\w/.`-])")


def spoken(text: str) -> str:
    """Write codes as words: no hyphens, abbreviations in capitals.

    >>> spoken("jpt-pratama"), spoken("masa_pangkat_reguler"), spoken("III/d"), spoken("S-1")
    ('JPT pratama', 'masa pangkat reguler', 'III/d', 'S-1')
    """
    return _CODE.sub(lambda found: " ".join(ABBREVIATIONS.get(p, p) for p in re.split("[-_]", found[0])), text)


VALUES = {"appraisal_due": "jatuh tempo penilaian kinerja sesudah tahunnya berakhir"}
"""The one value that the language itself reads has a name in English; others are named by their authors."""


def value_name(name: str) -> str:
    """Give the name of a dated value as people say it."""
    return VALUES.get(name, spoken(name))


def quoted(text: str) -> str:
    """Write a code as it must be written."""
    return f"`{text}`"
