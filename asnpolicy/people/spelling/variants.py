"""Variants: how offices and their spreadsheets write what the models name by one text; each can mean one thing only."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from asnpolicy.people.appraisals import Expectation, Rating
from asnpolicy.people.codes import folded
from asnpolicy.people.education import EducationLevel
from asnpolicy.people.labels import Label
from asnpolicy.people.posts import Acting, Category, Echelon, Jenjang, PostKind
from asnpolicy.people.ranks import PppkGrade, Rank, RankChange
from asnpolicy.people.status import Employment, SanctionLevel, ServiceStatus, Sex

RANK_NAMES = {
    "I/a": "Juru Muda", "I/b": "Juru Muda Tk I", "I/c": "Juru", "I/d": "Juru Tk I",
    "II/a": "Pengatur Muda", "II/b": "Pengatur Muda Tk I", "II/c": "Pengatur", "II/d": "Pengatur Tk I",
    "III/a": "Penata Muda", "III/b": "Penata Muda Tk I", "III/c": "Penata", "III/d": "Penata Tk I",
    "IV/a": "Pembina", "IV/b": "Pembina Tk I", "IV/c": "Pembina Utama Muda", "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}  # fmt: skip
"""What each rank is called (PP 99/2000, lampiran)."""
ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}

WRITTEN: dict[type[Label], dict[str, tuple[str, ...]]] = {
    EducationLevel: {
        "SD": ("Sekolah Dasar", "MI", "SD/MI", "SD Sederajat"),
        "SMP": ("MTs", "SMP/MTs", "Sekolah Menengah Pertama", "SMP Sederajat", "SLTP Sederajat"),
        "SMP Kejuruan": ("ST", "SMEP"),
        "SMA": ("SMU", "STM", "SMEA", "SMA/SMK", "SMA/SMK/MA", "SMA Sederajat", "SLTA Sederajat", "SMK Sederajat", "SLTA/SMA Sederajat",
                "Sekolah Menengah Atas", "Sekolah Menengah Kejuruan", "SLTA Keguruan", "SPG", "SPK", "SMF"),
        "D-I": ("Diploma I", "Diploma 1", "DI", "D.1"),
        "D-II": ("Diploma II", "Diploma 2", "DII", "D.2"),
        "D-III": ("Diploma III", "Diploma 3", "DIII", "D.3", "Diploma III/Sarjana Muda", "D3/Sarjana Muda", "Ahli Madya"),
        "S-1": ("S.1", "S I", "Strata 1", "Strata I", "Sarjana", "S1/Sarjana", "Strata 1/Sarjana", "D4", "DIV", "Diploma IV",
                "Diploma 4", "D4/S1", "S1/D4", "Diploma IV/Strata I", "Sarjana Terapan"),
        "Profesi": ("Ners", "Profesi Ners", "Pendidikan Profesi"),
        "Profesi setara S-2": ("Profesi Dokter", "Profesi Dokter Gigi", "Profesi Apoteker"),
        "S-2": ("S.2", "S II", "Strata 2", "Strata II", "Magister", "S2/Magister", "Strata 2/Magister", "Magister Terapan"),
        "S-3": ("S.3", "S III", "Strata 3", "Strata III", "Doktor", "S3/Doktor", "Strata 3/Doktor"),
    },
    Rating: {
        "Sangat Baik": ("Amat Baik",),
        "Butuh Perbaikan": ("Perlu Perbaikan", "Cukup/Butuh Perbaikan", "Butuh Perbaikan/Cukup"),
        "Kurang": ("Kurang/Misconduct",),
    },
    Expectation: {
        "Di bawah ekspektasi": ("Bawah ekspektasi", "Below expectation", "Below expectations"),
        "Sesuai ekspektasi": ("Sesuai", "Meets expectation", "Meets expectations"),
        "Di atas ekspektasi": ("Atas ekspektasi", "Above expectation", "Above expectations"),
    },
    Employment: {
        "PNS": ("Pegawai Negeri Sipil", "PNSD", "PNS Daerah", "PNS Pusat", "ASN PNS"),
        "CPNS": ("Calon Pegawai Negeri Sipil", "Calon PNS", "CPNSD", "CPNS Daerah"),
        "PPPK": ("P3K", "PPPK Penuh Waktu", "P3K Penuh Waktu", "ASN PPPK", "Pegawai Pemerintah dengan Perjanjian Kerja"),
        "PPPK paruh waktu": ("P3K Paruh Waktu", "PPPK PW", "Pegawai Pemerintah dengan Perjanjian Kerja Paruh Waktu"),
    },
    ServiceStatus: {
        "aktif": ("Aktif Bekerja", "Pegawai Aktif", "PNS Aktif", "Active"),
        "tugas-belajar": ("Sedang Tugas Belajar", "Tubel"),
        "cltn": ("Cuti di Luar Tanggungan Negara", "Cuti Diluar Tanggungan Negara", "Cuti Luar Tanggungan Negara"),
        "diberhentikan-sementara": ("Pemberhentian Sementara", "Berhenti Sementara"),
        "diperbantukan": ("DPB",),
        "dipekerjakan": ("DPK",),
        "uang-tunggu": ("Penerima Uang Tunggu", "Menerima Uang Tunggu"),
        "pensiun": ("Pensiunan", "Sudah Pensiun", "Pensiun BUP"),
        "meninggal": ("Meninggal Dunia", "Wafat", "Almarhum", "Almarhumah"),
        "diberhentikan": ("Pemberhentian",),
        "mpp": ("Masa Persiapan Pensiun",),
        "perpanjangan-cltn": ("Perpanjangan Cuti di Luar Tanggungan Negara",),
        "banding": ("Banding Administratif", "Proses Banding"),
    },
    Sex: {
        "L": ("Laki-laki", "Laki laki", "Lk", "Pria", "M", "Male"),
        "P": ("Perempuan", "Pr", "Wanita", "F", "Female"),
    },
    PostKind: {
        "pelaksana": ("Jabatan Pelaksana", "JFU", "Fungsional Umum", "Jabatan Fungsional Umum"),
        "fungsional": ("Jabatan Fungsional", "JFT", "Fungsional Tertentu", "Jabatan Fungsional Tertentu"),
        "pengawas": ("Jabatan Pengawas",),
        "administrator": ("Jabatan Administrator",),
        "jpt-pratama": ("Pimpinan Tinggi Pratama", "Jabatan Pimpinan Tinggi Pratama"),
        "jpt-madya": ("Pimpinan Tinggi Madya", "Jabatan Pimpinan Tinggi Madya"),
        "jpt-utama": ("Pimpinan Tinggi Utama", "Jabatan Pimpinan Tinggi Utama"),
        "tugas-tambahan": ("Jabatan Tambahan",),
    },
    Acting: {"plt": ("Pelaksana Tugas",), "plh": ("Pelaksana Harian",)},
    Category: {"keterampilan": ("Ketrampilan", "Kategori Keterampilan"), "keahlian": ("Kategori Keahlian",)},
    Jenjang: {
        "Pemula": ("Jenjang Pemula",), "Terampil": ("Jenjang Terampil",), "Mahir": ("Jenjang Mahir",),
        "Penyelia": ("Jenjang Penyelia",), "Ahli Pertama": ("Pertama", "Jenjang Ahli Pertama"),
        "Ahli Muda": ("Muda", "Jenjang Ahli Muda"), "Ahli Madya": ("Madya", "Jenjang Ahli Madya"),
        "Ahli Utama": ("Utama", "Jenjang Ahli Utama"),
    },
    SanctionLevel: {
        "ringan": ("Hukuman Ringan", "Hukuman Disiplin Ringan", "Tingkat Ringan"),
        "sedang": ("Hukuman Sedang", "Hukuman Disiplin Sedang", "Tingkat Sedang"),
        "berat": ("Hukuman Berat", "Hukuman Disiplin Berat", "Tingkat Berat"),
    },
    RankChange: {
        "cpns": ("Pengangkatan CPNS", "Calon PNS"),
        "pns": ("Pengangkatan PNS",),
        "reguler": ("KP Reguler", "Kenaikan Pangkat Reguler", "Regular"),
        "pilihan": ("KP Pilihan", "Kenaikan Pangkat Pilihan"),
        "penyesuaian-ijazah": ("KP Penyesuaian Ijazah", "Kenaikan Pangkat Penyesuaian Ijazah", "KPPI"),
        "pengabdian": ("KP Pengabdian", "Kenaikan Pangkat Pengabdian"),
        "anumerta": ("KP Anumerta", "Kenaikan Pangkat Anumerta"),
        "peninjauan-masa-kerja": ("PMK",),
        "penurunan": ("Penurunan Pangkat",),
        "pengembalian": ("Pengembalian Pangkat",),
    },
}  # fmt: skip
"""Beside the official text, which is read in any case and with any signs and spaces between its words."""

YES = ("true", "ya", "yes", "benar", "y", "1")
NO = ("false", "tidak", "no", "salah", "n", "0")
"""A `T` is `tidak` for some and `true` for others, so it is neither."""
TRUTH_OF = {
    "passed": {"lulus": True, "tidak lulus": False, "gagal": False},
    "acting": {"plt": True, "plh": True, "pelaksana tugas": True, "pelaksana harian": True, "definitif": False},
    "reached": {"tercapai": True, "tidak tercapai": False},
    "disability": {"penyandang disabilitas": True, "bukan penyandang disabilitas": False},
    "part_time": {"paruh waktu": True, "penuh waktu": False},
}
"""What answers one question only."""
NO_DAY = ("0000-00-00", "00-00-0000", "00/00/0000", "0/0/0000", "0001-01-01", "01-01-0001", "01/01/0001", "9999-12-31",
          "31-12-9999", "31/12/9999")  # fmt: skip
"""What registers write in the place of a date, out of the years of any career."""
ONGOING = (
    "sekarang",
    "s/d sekarang",
    "s.d. sekarang",
    "sampai sekarang",
    "masih",
    "masih menjabat",
    "present",
    "now",
    "current",
)
COMPLETE = ("semua", "seluruhnya", "lengkap")
MONTHS = {
    1: ("januari", "january", "jan"), 2: ("februari", "pebruari", "february", "feb", "peb"), 3: ("maret", "march", "mar", "mrt"),
    4: ("april", "apr"), 5: ("mei", "may"), 6: ("juni", "june", "jun"), 7: ("juli", "july", "jul"),
    8: ("agustus", "august", "agu", "agt", "ags", "aug"), 9: ("september", "sep", "sept"),
    10: ("oktober", "october", "okt", "oct"), 11: ("november", "nopember", "nov", "nop"),
    12: ("desember", "december", "des", "dec"),
}  # fmt: skip
MONTH = {name: number for number, names in MONTHS.items() for name in names}
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu", "ahad", "monday", "tuesday", "wednesday",
            "thursday", "friday", "saturday", "sunday")  # fmt: skip
UNITS = ("jp", "jam pelajaran", "jam", "hours", "hour", "ak", "tahun")
"""What stands behind a number, or before it, and adds nothing to it."""


@cache
def table(labels: type[Label]) -> dict[str, Label]:
    """Return what each folded text names; what would name two things names none."""
    found: dict[str, set[Label]] = {}
    for text, label in written(labels):
        found.setdefault(folded(text), set()).add(labels.of(label))
    return {text: labels.pop() for text, labels in found.items() if len(labels) == 1}


def written(labels: type[Label]) -> Iterator[tuple[str, str]]:
    """Return each text that names something, with the text of what it names."""
    for text, member in labels.texts().items():
        yield text, member.label
    for label, texts in WRITTEN.get(labels, {}).items():
        yield from ((text, label) for text in texts)
    if labels is Rank:
        yield from _ranks()
    if labels is PppkGrade:
        yield from (
            (f"{before}{text}", m.label) for m in PppkGrade for text in (m.label, str(int(m))) for before in GRADES
        )
    if labels is Echelon:
        yield from (
            (f"{before}{text}", m.label)
            for m in Echelon
            for text in _in_digits(m.label, ".")
            for before in ("", "Eselon ")
        )


GRADES = ("", "Gol ", "Golongan ")


def _ranks() -> Iterator[tuple[str, str]]:
    for label, name in RANK_NAMES.items():
        for code in _in_digits(label, "/"):
            yield from (
                (f"{before}{code}", label)
                for before in ("", "Gol ", "Golongan ", "Golongan Ruang ", "Gol Ruang ", "Ruang ")
            )
            yield from ((f"{one} {code}", label) for one in _names(name))
            yield from ((f"{code} {one}", label) for one in _names(name))
        yield from ((one, label) for one in _names(name))


def _names(name: str) -> tuple[str, ...]:
    return (name, f"{name[:-1]}1") if name.endswith(" I") else (name,)


def _in_digits(label: str, sign: str) -> tuple[str, str]:
    first, _, last = label.partition(sign)
    return label, f"{ROMAN.get(first, first)}{last}"


def meant(labels: type[Label], text: str) -> Label | None:
    """Return what a text names; None when it may name nothing, or two things.

    >>> str(meant(Rank, "IIId")), str(meant(Rank, "Penata Tk. I (III/d)")), meant(Rank, "Penata Tk. I (III/c)")
    ('III/d', 'III/d', None)
    """
    return table(labels).get(folded(text))


def way_of_acting(text: object) -> Acting | None:
    """Return as what somebody acts, where the field that asks whether they do says it.

    >>> str(way_of_acting("Plt.")), way_of_acting("ya")
    ('plt', None)
    """
    found = meant(Acting, text) if isinstance(text, str) else None
    return found if isinstance(found, Acting) else None


def truth(field: str, text: str) -> bool | None:
    """Return the yes or no that a text says in a field; None when it says neither for sure."""
    word = " ".join(text.casefold().replace("-", " ").split()).strip(" .")
    own = TRUTH_OF.get(field, {})
    if word in own:
        return own[word]
    return True if word in YES else False if word in NO else None
