"""Codes: how offices write the codes that the shipped policies ask for; each is read in any case and with any signs between its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from asnpolicy.exchange.intake.variants import folded
from asnpolicy.people import Record
from asnpolicy.visible import visible

CODES: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {
    ("assessments", "kind"): {"potensi": ("Uji Potensi", "Penilaian Potensi"), "tinjauan-karier": ("Career Review",)},
    ("awards", "code"): {
        "penemuan-baru": (), "prestasi-luar-biasa": ("Prestasi Kerja Luar Biasa",),
        "satyalancana-karya-satya-x": ("Satyalancana Karya Satya 10 Tahun", "SLKS X", "SLKS 10"),
        "satyalancana-karya-satya-xx": ("Satyalancana Karya Satya 20 Tahun", "SLKS XX", "SLKS 20"),
        "satyalancana-karya-satya-xxx": ("Satyalancana Karya Satya 30 Tahun", "SLKS XXX", "SLKS 30"),
    },
    ("competencies", "code"): {
        "integritas": (), "kerja-sama": ("Kerjasama",), "komunikasi": (), "manajemen-proyek": (), "mengelola-perubahan": (),
        "orientasi-hasil": ("Orientasi pada Hasil",), "pelayanan-publik": (), "pengambilan-keputusan": (),
        "pengembangan-diri": ("Pengembangan Diri dan Orang Lain",), "perekat-bangsa": (), "teknologi-informasi": (),
    },
    ("credits", "kind"): {"dasar": ("Angka Kredit Dasar",), "ijazah": (), "integrasi": ("Angka Kredit Integrasi",), "perpindahan": ()},
    ("exams", "code"): {
        "evaluasi-jpt": ("Evaluasi Jabatan Pimpinan Tinggi",), "pemeriksaan-kesehatan": (), "uji-kompetensi": ("Ukom",),
        "uji-kompetensi-jpt": ("Ukom JPT",), "ujian-dinas-1": ("Ujian Dinas Tingkat I", "Ujian Dinas I", "Ujian Dinas Tingkat 1", "UD I", "UDIN I"),
        "ujian-dinas-2": ("Ujian Dinas Tingkat II", "Ujian Dinas II", "Ujian Dinas Tingkat 2", "UD II", "UDIN II"),
        "ujian-penyesuaian-ijazah": ("UPI", "UPKP", "Ujian Penyesuaian Kenaikan Pangkat"),
    },
    ("leaves", "kind"): {
        "cltn": ("Cuti di Luar Tanggungan Negara", "Cuti Diluar Tanggungan Negara", "Cuti Luar Tanggungan Negara"),
        "cuti-alasan-penting": ("Cuti karena Alasan Penting",), "cuti-besar": (), "cuti-sakit": ("Sakit",), "cuti-tahunan": ("Tahunan",),
        "cuti-melahirkan": ("Melahirkan", "Cuti Bersalin"),
    },
    ("letters", "code"): {
        "evaluasi-kinerja-periodik": (), "lapor-kembali-cltn": (), "lhkpn": (), "panggilan-pemeriksaan": (), "penghentian-gaji": (),
        "pengujian-kesehatan": (), "perampingan-organisasi": (), "permintaan-cuti-melahirkan": (),
        "perpanjangan-plt": ("Perpanjangan Pelaksana Tugas",), "skp": ("Sasaran Kinerja Pegawai",), "spt": ("SPT Tahunan",),
        "tidak-cakap": (), "tidak-cakap-karena-dinas": (),
    },
    ("mentoring", "role"): {"mentee": ("Terbimbing",), "mentor": ("Pembimbing",)},
    ("sanctions", "kind"): {
        "pembebasan-jabatan": ("Pembebasan dari Jabatan",), "pemberhentian": (), "penundaan-kenaikan-pangkat": ("Penundaan KP",),
        "penundaan-kgb": ("Penundaan Kenaikan Gaji Berkala",), "penurunan-jabatan": (), "pernyataan-tidak-puas": (),
        "penurunan-pangkat-1-tahun": ("Penurunan Pangkat 1 (satu) Tahun", "Penurunan Pangkat Satu Tahun"),
        "penurunan-pangkat-3-tahun": ("Penurunan Pangkat 3 (tiga) Tahun", "Penurunan Pangkat Tiga Tahun"),
        "teguran-lisan": (), "teguran-tertulis": (),
    },
    ("trainings", "code"): {
        "bimbingan-kinerja": (), "diklatpim-i": ("Diklat PIM I", "PIM I", "Diklatpim Tingkat I"),
        "diklatpim-ii": ("Diklat PIM II", "PIM II", "Diklatpim Tingkat II"),
        "diklatpim-iii": ("Diklat PIM III", "PIM III", "Diklatpim Tingkat III"),
        "diklatpim-iv": ("Diklat PIM IV", "PIM IV", "Diklatpim Tingkat IV"), "kebijakan-kesehatan": (), "kepamongprajaan": (),
        "komunikasi-efektif": (), "konseling-kinerja": (), "latsar": ("Latsar CPNS", "Pelatihan Dasar CPNS"), "manajemen-proyek": (),
        "manajemen-waktu": (), "metode-pengajaran": (), "orientasi-pppk": (), "pengembangan-kurikulum": (),
        "pka": ("Pelatihan Kepemimpinan Administrator",), "pkn-i": ("PKN Tingkat I", "Pelatihan Kepemimpinan Nasional Tingkat I"),
        "pkn-ii": ("PKN Tingkat II", "Pelatihan Kepemimpinan Nasional Tingkat II"), "pkp": ("Pelatihan Kepemimpinan Pengawas",),
        "sekolah-kader": (), "tugas-belajar": (),
    },
    ("trainings", "kind"): {
        "bimtek": ("Bimbingan Teknis",), "fungsional": ("Pelatihan Fungsional",), "kepemimpinan": ("Pelatihan Kepemimpinan",),
        "konseling": (), "soft-skill": ("Soft Skills",), "teknis": ("Pelatihan Teknis",), "seminar": (),
    },
}  # fmt: skip
"""By history and field; a code of a region's own is read as it is written."""


MOST = 2_000
"""So many texts of one field are remembered."""
_FIELDS: dict[str, tuple[str, ...]] = {
    history: tuple(name for other, name in CODES if other == history) for history, _ in CODES
}
_AS_WRITTEN: dict[tuple[str, str], set[Any]] = {where: {None, *known} for where, known in CODES.items()}
"""Texts that are written as the policies have them, or that no policy has."""


@cache
def codes_of(history: str, name: str) -> Mapping[str, str]:
    """Return the codes of a field, by what each of their variants is without case and signs; what may be two is none.

    >>> codes_of("leaves", "kind")["cutidiluartanggungannegara"]
    'cltn'
    """
    found: dict[str, set[str]] = {}
    for code, others in CODES.get((history, name), {}).items():
        for text in (code, *others):
            found.setdefault(folded(text), set()).add(code)
    return {text: next(iter(codes)) for text, codes in found.items() if len(codes) == 1}


@lru_cache(maxsize=1 << 14)
def code_meant(history: str, name: str, text: str) -> str:
    """Return the code that is meant by a text, or the text without what can't be seen, where that is none."""
    seen = visible(text, hole="")
    return codes_of(history, name).get(folded(seen), seen)


class WrittenOtherwise(NamedTuple):
    """A code that is not written as the policies have it."""

    where: str
    text: str
    code: str


def written_otherwise(histories: Mapping[str, Sequence[Record]]) -> WrittenOtherwise | None:
    """Return the first code of some records that is not written as the policies have it."""
    for history, records in histories.items():
        for name in _FIELDS.get(history, ()):
            texts = {record.__dict__[name] for record in records}
            for text in sorted(texts - _AS_WRITTEN[history, name]):  # of most people nothing is left
                code = code_meant(history, name, text)
                if code != text:
                    return WrittenOtherwise(f"{history}.{name}", text, code)
                if len(_AS_WRITTEN[history, name]) < MOST:
                    _AS_WRITTEN[history, name].add(text)
    return None
