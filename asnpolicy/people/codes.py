"""Codes: small letters and digits joined by hyphens, however an office writes them; and what is a slip of one that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple
from unicodedata import combining, normalize

from pydantic import AfterValidator

from asnpolicy.people.masking import is_personal
from asnpolicy.people.placeholders import a_name
from asnpolicy.text import Message, phrase
from asnpolicy.visible import visible

CODES: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {
    ("assessments", "kind"): {"potensi": ("Uji Potensi", "Penilaian Potensi"), "tinjauan-karier": ("Career Review",)},
    ("awards", "kind"): {"pegawai-teladan": ()},
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
        "evaluasi-kinerja-periodik": (), "lapor-kembali-cltn": (), "lhkpn": (), "panggilan-pemeriksaan": (),
        "penerimaan-hasil-kinerja": (), "penghentian-gaji": (),
        "pengujian-kesehatan": (), "perampingan-organisasi": (), "permintaan-cuti-melahirkan": (),
        "perpanjangan-plt": ("Perpanjangan Pelaksana Tugas",), "skp": ("Sasaran Kinerja Pegawai",), "spt": ("SPT Tahunan",),
        "tidak-cakap": (), "tidak-cakap-karena-dinas": (),
    },
    ("mentoring", "role"): {"mentee": ("Terbimbing",), "mentor": ("Pembimbing",)},
    ("relations", "kind"): {"superior": ("Atasan", "Atasan Langsung", "Supervisor"), "family": ("Keluarga",)},
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
"""By history and field, with what each is called beside the code; a region's own codes are read like any other text of such a field."""


OF_NO_LIST = frozenset({
    ("employees", "field"), ("employees", "interests"), ("posts", "field"), ("educations", "field"), ("trainings", "field"),
    ("employees", "unit"), ("posts", "unit"), ("openings", "unit"), ("openings", "field"), ("courses", "field"), ("units", "code"), ("units", "part_of"),
})  # fmt: skip
"""Fields of work and units, by table and field: codes too, of which nobody here keeps a list."""
CODED_AS = {
    ("opening_competencies", "code"): ("competencies", "code"), ("course_competencies", "code"): ("competencies", "code"),
    ("courses", "code"): ("trainings", "code"), ("courses", "kind"): ("trainings", "kind"),
}  # fmt: skip
"""Columns of an agency's tables that hold the codes of a history."""
NAMES = frozenset({
    ("posts", "title"), ("employees", "agency"),
    *(("employees", f"protected.{name}") for name in ("religion", "ethnicity", "marital_status")),
})  # fmt: skip
"""Columns of texts that are no codes, and are compared."""
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
    """The code that is meant."""
    known: bool = False
    """Whether a shipped policy asks for it."""
    slip_of: str | None = None
    """The code that it is but for one letter, so that nobody knows which is meant."""


@lru_cache(maxsize=1 << 14)
def code_meant(history: str, name: str, text: str) -> Code:
    """Return what a text of a code means.

    >>> code_meant("leaves", "kind", "CLTN").text, code_meant("leaves", "kind", "CTLN").slip_of
    ('cltn', 'cltn')
    >>> code_meant("trainings", "code", "Kelas Inovasi")
    Code(text='kelas-inovasi', known=False, slip_of=None)
    """
    seen = visible(text, hole="")
    known, plain = codes_of(history, name), folded(seen)
    if plain in known:
        return Code(known[plain], known=True)
    found, least = hyphened(seen), shortest(history, name)
    if len(plain) < least - 1:  # a letter may be missing
        return Code(found)
    near = {known[other] for other, words in _spelt(history, name) if len(other) >= least and is_slip(plain, other, found, words)}
    return Code(found, slip_of=min(near, default=None))


@cache
def _spelt(history: str, name: str) -> tuple[tuple[str, str], ...]:
    """Return how the codes of a field may be spelt: without signs, and in words joined by hyphens."""
    known = codes_of(history, name)
    texts = (text for code, others in CODES.get((history, name), {}).items() for text in (code, *others))
    return tuple((plain, hyphened(text)) for text in texts if (plain := folded(text)) in known)


def is_compared(table: str, name: str) -> bool:
    """Return whether a column holds texts that are compared, so that what stands where nothing was delivered must not be one."""
    where = CODED_AS.get((table, name), (table, name))
    return is_code(*where) or where in NAMES


def is_code(table: str, name: str) -> bool:
    """Return whether a field holds a code."""
    return (table, name) in CODES or (table, name) in OF_NO_LIST


def hyphened(text: str) -> str:
    """Return a text as a code is written: words in small letters, joined by hyphens; signs alone stay as they are.

    >>> hyphened("Kelas Inovasi (2)"), hyphened("***")
    ('kelas-inovasi-2', '***')
    """
    plain = text if text.isascii() else "".join(one for one in normalize("NFKD", visible(text, hole="")) if not combining(one))
    return _SIGNS.sub("-", plain.casefold()).strip("-") or text


@lru_cache(maxsize=1 << 14)
def a_code(text: str) -> str:
    """Return a code of no list as it is written; raises ValueError for what stands where nothing was delivered."""
    return hyphened(a_name(text))


def coded(history: str, name: str) -> AfterValidator:
    """Return what reads a code of a field of a record; it raises ValueError for a slip of one that is known, and for no name at all.

    INVARIANT: what it returns it returns again.
    """
    seen: dict[str, str] = {code: code for code in CODES.get((history, name), {})}

    def read(text: str) -> str:
        found = seen.get(text)
        if found is None:
            meant = code_meant(history, name, a_name(text))
            if meant.slip_of:
                raise ValueError(_almost(history, text, meant.slip_of))
            found = meant.text
            if len(seen) < MOST:
                seen[text] = found
        return found

    return AfterValidator(read)


def _almost(history: str, text: str, code: str) -> Message:
    """Say what a slip is of; where that is personal, only that it is one."""
    if is_personal((history,)):
        return phrase(
            en="the code is not known, and is almost one that is: write it as in the list of codes",
            id="kodenya tidak dikenal, dan hampir sama dengan yang dikenal: tulis seperti dalam daftar kode",
        )
    return phrase(
        en="`{text}` is not known, and is almost `{code}`: write that, or a code that differs by more",
        id="`{text}` tidak dikenal, dan hampir sama dengan `{code}`: tulis kode itu, atau kode yang lebih berbeda",
        text=text, code=code,
    )  # fmt: skip


def shortest(history: str, name: str) -> int:
    """Return how many letters and digits a text of a field has at least that may be a slip."""
    return SHORTEST_CLOSED if (history, name) in CLOSED else SHORTEST


def is_slip(text: str, code: str, words: str, others: str) -> bool:
    """Whether one letter is wrong, missing or too much, or two are swapped; another number or letter alone is another code."""
    if abs(len(text) - len(code)) > 1 or text == code or _counts_on(words, others):
        return False
    joined = words.count("-") != others.count("-")  # then nobody knows what is a number
    start = next((at for at, (a, b) in enumerate(zip(text, code, strict=False)) if a != b), min(len(text), len(code)))
    here, there = text[start:], code[start:]
    if len(here) == len(there):
        if here[2:] == there[2:] and here[:2] == there[1::-1]:
            return True
        return here[1:] == there[1:] and not (joined and {here[0], there[0]} <= _NUMBERS)
    more, less = (here, there) if len(here) > len(there) else (there, here)
    return more[1:] == less and not (joined and more[0] in _NUMBERS)


def _counts_on(words: str, others: str) -> bool:
    """Whether texts are alike but for one word, which is a number in both, or one letter: as in a row of courses."""
    pairs = [pair for pair in zip(words.split("-"), others.split("-"), strict=False) if pair[0] != pair[1]]
    if len(pairs) != 1 or words.count("-") != others.count("-"):
        return False
    one, other = pairs[0]
    return set(one + other) <= _NUMBERS or (one.isalpha() and other.isalpha() and len(one) == len(other) == 1)


class WrittenOtherwise(NamedTuple):
    """A known code that is not written as the policies have it, a slip of one, or a code in two spellings."""

    where: str
    text: str
    code: Code


_FOLDED: dict[tuple[str, str], dict[Any, str | None]] = {
    where: {None: None, **{code: folded(code) for code in known}} for where, known in CODES.items()
}
"""Texts that are written as the policies have them, or that no policy has, each without case and signs."""


def written_otherwise(histories: Mapping[str, Iterable[Mapping[str, Any]]]) -> WrittenOtherwise | None:
    """Return the first code of one person's records that is told; the records are as they were delivered, and can be read."""
    for history, names in _FIELDS.items():
        records = histories.get(history)
        for name in names if records else ():
            known = _FOLDED[history, name]
            texts: set[Any] = {record.get(name) for record in records}  # type: ignore[union-attr]  # there are some
            if not texts <= known.keys():  # of most people nothing is left
                for text in sorted(texts - known.keys()):
                    code = code_meant(history, name, text.strip())
                    if code.slip_of or (code.known and code.text != text.strip()):
                        return WrittenOtherwise(f"{history}.{name}", text, code)
                    if len(known) < MOST:
                        known[text] = folded(text) or text
            if len(texts) > 1:
                found = _in_two_spellings(history, name, texts, known)
                if found is not None:
                    return found
    return None


def _in_two_spellings(
    history: str, name: str, texts: set[Any], known: Mapping[Any, str | None]
) -> WrittenOtherwise | None:
    """Return a code that stands there in two spellings, which are not the same once they are read."""
    if len({known[text] if text in known else folded(text) or text for text in texts}) == len(texts):
        return None
    read = {code_meant(history, name, text).text for text in texts if text is not None}
    text, other = next(iter(spellings(read).items()), (None, None))
    return None if text is None or other is None else WrittenOtherwise(f"{history}.{name}", text, Code(other))


def spellings(codes: Iterable[str]) -> dict[str, str]:
    """Return the codes that are the same as another but for hyphens, each with the one that stands for it.

    >>> spellings(["kelasinovasi", "kelas-inovasi", "lain"])
    {'kelasinovasi': 'kelas-inovasi'}
    """
    alike: dict[str, list[str]] = {}
    for text in sorted(set(codes), key=lambda one: (one.count("-"), one), reverse=True):
        alike.setdefault(key_of(text), []).append(text)
    return {other: first for first, *others in alike.values() for other in others}


def key_of(text: str) -> str:
    """Return what is the same of all spellings of a code: of one that is signs alone, itself."""
    return folded(text) or text
