"""What a reader finds while it reads a file: what could not be read, was written otherwise, or stands there twice."""

from __future__ import annotations

from collections.abc import Iterator

from asnpolicy.people.findings.finding import DataFinding, FindingKind, Seen
from asnpolicy.text import Text


def _none(seen: Seen) -> Iterator[DataFinding]:
    """What the person brings along from the file."""
    del seen
    yield from ()


KINDS = (
    FindingKind(
        "unreadable-field", ("*",), "unknown",
        Text("Isian tidak dapat dibaca", "A field can't be read"),
        Text("Isian yang tidak terbaca dianggap tidak diserahkan; pegawainya tetap diputuskan",
             "What can't be read counts as not delivered, and the person is decided all the same"),
        _none,
    ),
    FindingKind(
        "wrong-encoding", ("*",), "unknown",
        Text("Bita yang bukan teks dalam pengodean berkas ini", "Bytes that are no text in the encoding of the file"),
        Text("Sebutkan pengodeannya, misalnya `--encoding cp1252`, lalu baca lagi",
             "Name the encoding, such as `--encoding cp1252`, and read it again"),
        _none,
    ),
    FindingKind(
        "unreadable-record", ("*",), "unknown",
        Text("Catatan riwayat tidak dapat dibaca", "A record of a history can't be read"),
        Text("Catatannya tetap ada, dengan isian yang tidak diketahui",
             "The record stays, and none of its fields are known"),
        _none,
    ),
    FindingKind(
        "contradicting-fields", ("*",), "unknown",
        Text("Isian dalam satu catatan saling bertentangan", "Fields of one record contradict each other"),
        Text("Mana yang benar tidak dapat diketahui dari datanya", "The data do not tell which is right"),
        _none,
    ),
    FindingKind(
        "ambiguous-date", ("*",), "unknown",
        Text("Hari dan bulan tidak dapat dibedakan; yang pasti hanya tahunnya",
             "Day and month can't be told apart; only the year is certain"),
        Text("Dalam berkas ini isian yang sama juga ditulis bulan lebih dahulu, seperti 10/25/2022",
             "In this file the same field is also written month first, such as 10/25/2022"),
        _none,
    ),
    FindingKind(
        "numeric-date", ("*",), "told",
        Text("Tanggal angka dibaca hari, bulan, tahun", "A date in numbers is read as day, month, year"),
        Text("Begitulah tanggal ditulis di Indonesia, dan isian ini tidak pernah ditulis lain dalam berkas yang sama",
             "So dates are written in Indonesia, and nothing else in the file writes this field otherwise"),
        _none,
    ),
    FindingKind(
        "written-otherwise", ("*",), "told",
        Text("Ditulis lain, tetapi hanya dapat berarti satu hal", "Written otherwise, but it can mean one thing only"),
        Text("Kantor dan lembar kerja menulis hal yang sama dengan banyak cara",
             "Offices and spreadsheets write one thing in many ways"),
        _none,
    ),
    FindingKind(
        "misspelt-code", ("*",), "unknown",
        Text("Kode atau nama jabatan tidak dikenal, dan hampir sama dengan yang dikenal", "A code or the name of a post that is not known, and is almost one that is"),
        Text("Satu huruf yang salah menyembunyikan cuti, hukuman, kelulusan, atau batas usia; yang memang lain perlu nama yang lebih berbeda",
             "One wrong letter hides a leave, a sanction, an examination or a retirement age; what is another needs a name that differs by more"),
        _none,
    ),
    FindingKind(
        "unknown-key", ("*",), "told",
        Text("Nama isian tidak dikenal; isinya tidak dibaca", "The name of a field is not known; what it holds is not read"),
        Text("Mungkin salah tulis, mungkin isian yang tidak dipakai kebijakan",
             "It may be a slip of typing, or something that no policy uses"),
        _none,
    ),
    FindingKind(
        "said-twice", ("*",), "told",
        Text("Tertulis dua kali dalam berkas dengan isi yang sama; dihitung satu kali",
             "The file says it twice, alike; it counts once"),
        Text("Lazim bila berkas digabung dari beberapa sumber", "Usual where files are put together from several sources"),
        _none,
    ),
    FindingKind(
        "said-differently", ("*",), "unknown",
        Text("Tertulis dua kali dalam berkas dengan isi yang berbeda", "The file says it twice, differently"),
        Text("Mana yang benar tidak dapat diketahui dari datanya", "The data do not tell which is right"),
        _none,
    ),
    FindingKind(
        "earlier-number", ("*",), "unknown",
        Text("Baris lain memuat nomor lama atau baru pegawai ini, sehingga riwayatnya mungkin terbagi",
             "Another line has an earlier or a later number of this person, so that the histories may be parted"),
        Text("Satu orang yang pernah menjadi PPPK punya dua nomor: satukan catatannya di bawah nomor yang sekarang",
             "Somebody who was a PPPK before has two numbers: put the records together under the present one"),
        _none,
    ),
    FindingKind(
        "unclaimed-record", ("*",), "unknown",
        Text("Ada catatan tanpa nomor yang terbaca; mungkin milik pegawai ini, sehingga riwayatnya belum tentu lengkap",
             "A record without a readable number may be this person's, so that the history may not be complete"),
        Text("Catatan yang pemiliknya tidak diketahui mungkin hukuman, cuti, atau penilaian siapa saja yang nomornya cocok",
             "A record whose owner is not known may be a sanction, a leave or an appraisal of whomever its number fits"),
        _none,
    ),
)  # fmt: skip
