"""History labels: what people call the histories, and which one is meant by what they call it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from asnpolicy.text import Text

HISTORY_LABELS = {
    "ranks": Text("Riwayat pangkat", "Ranks held"),
    "pppk_grades": Text("Riwayat golongan PPPK", "PPPK grades held"),
    "statuses": Text("Riwayat kedudukan", "Statuses held"),
    "posts": Text("Riwayat jabatan", "Posts held"),
    "educations": Text("Riwayat pendidikan", "Education"),
    "appraisals": Text("Penilaian kinerja", "Appraisals"),
    "credits": Text("Penetapan angka kredit", "Credit letters"),
    "trainings": Text("Riwayat pelatihan", "Trainings"),
    "exams": Text("Riwayat ujian", "Examinations"),
    "competencies": Text("Hasil uji kompetensi", "Measured competencies"),
    "sanctions": Text("Hukuman disiplin", "Disciplinary sanctions"),
    "leaves": Text("Riwayat cuti", "Leaves"),
    "absences": Text("Ketidakhadiran tanpa alasan yang sah", "Absences without a valid reason"),
    "letters": Text("Surat dan laporan", "Letters and reports"),
    "awards": Text("Riwayat penghargaan", "Awards"),
    "service_targets": Text("Target layanan", "Service targets"),
    "mentoring": Text("Riwayat mentoring", "Mentoring"),
    "contracts": Text("Riwayat perjanjian kerja", "Contracts"),
    "assessments": Text("Hasil asesmen", "Assessments"),
}


def labelled(name: str, known: Mapping[str, Text]) -> str | None:
    """Return what people call so, of all that has a label: the one with the shortest label that has every word."""
    words = _words(name)
    labels = {one: _words(label.id) for one, label in known.items()}
    fit = [known for known, label in labels.items() if words and words <= label]
    return min(fit, key=lambda known: len(labels[known]), default=None)


def _words(text: str) -> set[str]:
    return set(re.findall("[a-z]+", text.lower()))
