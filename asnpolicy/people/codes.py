"""Codes: how offices write the codes that the shipped policies ask for, in any case and with any signs; and what is a slip of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from asnpolicy.people.records import Record
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


CLOSED = frozenset({("leaves", "kind"), ("sanctions", "kind")})
"""Fields whose codes the law lists, so that a short one is taken for a slip, too."""
SHORTEST, SHORTEST_CLOSED = 6, 4
"""So many letters and digits a text has at least that may be a slip: `pkb` is no slip of `pka`."""
MOST = 2_000
"""So many texts of one field are remembered."""
_SIGNS = re.compile(r"[\W_]+")
_NUMBERS = frozenset("0123456789ivx")
_FIELDS: dict[str, tuple[str, ...]] = {
    history: tuple(name for other, name in CODES if other == history) for history, _ in CODES
}


def folded(text: str) -> str:
    """Return a text without case, signs and spaces.

    >>> folded("Penata Tk. I (III/d)"), folded("Penata Tingkat I")
    ('penatatkiiiid', 'penatatki')
    """
    return _SIGNS.sub("", text.casefold().replace("tingkat", "tk"))


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


class Code(NamedTuple):
    """What a text of a code means."""

    text: str
    """The code that is meant; or the text without what can't be seen, where that is none."""
    slip_of: str | None = None
    """The code that it is but for one letter, so that nobody knows which is meant."""


@lru_cache(maxsize=1 << 14)
def code_meant(history: str, name: str, text: str) -> Code:
    """Return what a text of a code means.

    >>> code_meant("leaves", "kind", "CLTN").text, code_meant("leaves", "kind", "CTLN").slip_of
    ('cltn', 'cltn')
    >>> code_meant("trainings", "code", "kelas-inovasi")
    Code(text='kelas-inovasi', slip_of=None)
    """
    seen = visible(text, hole="")
    known, plain = codes_of(history, name), folded(seen)
    if plain in known:
        return Code(known[plain])
    least = shortest(history, name)
    near = {code for other, code in known.items() if len(other) >= least and _is_slip(plain, other)}
    return Code(seen, min(near, default=None) if len(plain) >= least else None)


def shortest(history: str, name: str) -> int:
    """Return how many letters and digits a text of a field has at least that may be a slip."""
    return SHORTEST_CLOSED if (history, name) in CLOSED else SHORTEST


def _is_slip(text: str, code: str) -> bool:
    """Whether one letter is wrong, missing or too much, or two are swapped; another number is another code."""
    if abs(len(text) - len(code)) > 1 or text == code:
        return False
    start = next((at for at, (a, b) in enumerate(zip(text, code, strict=False)) if a != b), min(len(text), len(code)))
    here, there = text[start:], code[start:]
    if len(here) == len(there):
        if here[2:] == there[2:] and here[:2] == there[1::-1]:
            return True
        return here[1:] == there[1:] and not {here[0], there[0]} <= _NUMBERS
    more, less = (here, there) if len(here) > len(there) else (there, here)
    return more[1:] == less and more[0] not in _NUMBERS


class WrittenOtherwise(NamedTuple):
    """A code that is not written as the policies have it, or stands in two spellings."""

    where: str
    text: str
    code: Code


_FOLDED: dict[tuple[str, str], dict[str | None, str | None]] = {
    where: {None: None, **{code: folded(code) for code in known}} for where, known in CODES.items()
}
"""Texts that are written as the policies have them, or that no policy has, each without case and signs."""


def written_otherwise(histories: Mapping[str, Sequence[Record]]) -> WrittenOtherwise | None:
    """Return the first code of one person's records that is not to be taken to the letter."""
    for history, records in histories.items():
        for name in _FIELDS.get(history, ()):
            known = _FOLDED[history, name]
            texts = {record.__dict__[name] for record in records}
            if not texts <= known.keys():  # of most people nothing is left
                for text in sorted(texts - known.keys()):
                    code = code_meant(history, name, text)
                    if code.text != text or code.slip_of:
                        return WrittenOtherwise(f"{history}.{name}", text, code)
                    if len(known) < MOST:
                        known[text] = key_of(text)
            if len(texts) > 1 and len({known[text] if text in known else key_of(text) for text in texts}) < len(texts):
                text, other = next(iter(spellings(text for text in texts if text is not None).items()))
                return WrittenOtherwise(f"{history}.{name}", text, Code(other))
    return None


def spellings(texts: Iterable[str]) -> dict[str, str]:
    """Return the texts that mean the same as another but for case and signs, each with the one that stands for it.

    >>> spellings(["Kelas Inovasi", "kelas-inovasi", "lain"])
    {'Kelas Inovasi': 'kelas-inovasi'}
    """
    alike: dict[str, list[str]] = {}
    for text in sorted(set(texts), key=lambda one: (_is_plain(one), one), reverse=True):
        alike.setdefault(key_of(text), []).append(text)
    return {other: first for first, *others in alike.values() for other in others}


def key_of(text: str) -> str:
    """Return what is the same of all spellings of a text: of one that is signs alone, itself."""
    return folded(text) or text


def _is_plain(text: str) -> bool:
    """Whether a text looks like a code of a policy: small letters, digits and hyphens."""
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None
