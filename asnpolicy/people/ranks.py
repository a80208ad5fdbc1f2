"""Ranks (golongan ruang) of PNS and the separate grades of PPPK."""

from __future__ import annotations

from asnpolicy.people.labels import Label
from asnpolicy.text import Text


class Rank(Label):
    """The 17 ranks of civil servants, lowest first (PP 99/2000)."""

    I_A = 1, "I/a"
    I_B = 2, "I/b"
    I_C = 3, "I/c"
    I_D = 4, "I/d"
    II_A = 5, "II/a"
    II_B = 6, "II/b"
    II_C = 7, "II/c"
    II_D = 8, "II/d"
    III_A = 9, "III/a"
    III_B = 10, "III/b"
    III_C = 11, "III/c"
    III_D = 12, "III/d"
    IV_A = 13, "IV/a"
    IV_B = 14, "IV/b"
    IV_C = 15, "IV/c"
    IV_D = 16, "IV/d"
    IV_E = 17, "IV/e"

    @classmethod
    def noun(cls) -> Text:
        """Return what one of them is called in a message."""
        return Text("pangkat", "rank")

    @property
    def title(self) -> str:
        """Return the name of the rank, as letters write it out.

        >>> Rank.III_B.title, Rank.IV_E.title
        ('Penata Muda Tingkat I', 'Pembina Utama')
        """
        return _TITLES[int(self) - 1]

    @property
    def written(self) -> str:
        """Return the rank written out, as people read it.

        >>> Rank.III_B.written
        'Penata Muda Tingkat I (III/b)'
        """
        return f"{self.title} ({self})"


_TITLES = (
    "Juru Muda", "Juru Muda Tingkat I", "Juru", "Juru Tingkat I",
    "Pengatur Muda", "Pengatur Muda Tingkat I", "Pengatur", "Pengatur Tingkat I",
    "Penata Muda", "Penata Muda Tingkat I", "Penata", "Penata Tingkat I",
    "Pembina", "Pembina Tingkat I", "Pembina Utama Muda", "Pembina Utama Madya", "Pembina Utama",
)  # fmt: skip
"""From the lowest rank on (PP 99/2000, annex)."""


class PppkGrade(Label):
    """The 17 grades of PPPK (Perpres 98/2020, 11/2024): not comparable with a rank."""

    I = 1, "I"
    II = 2, "II"
    III = 3, "III"
    IV = 4, "IV"
    V = 5, "V"
    VI = 6, "VI"
    VII = 7, "VII"
    VIII = 8, "VIII"
    IX = 9, "IX"
    X = 10, "X"
    XI = 11, "XI"
    XII = 12, "XII"
    XIII = 13, "XIII"
    XIV = 14, "XIV"
    XV = 15, "XV"
    XVI = 16, "XVI"
    XVII = 17, "XVII"

    @classmethod
    def noun(cls) -> Text:
        """Return what one of them is called in a message."""
        return Text("golongan PPPK", "PPPK grade")


class RankChange(Label):
    """What a letter of rank is about (jenis kenaikan pangkat; PP 99/2000, PP 94/2021)."""

    CPNS = 1, "cpns"
    PNS = 2, "pns"
    REGULER = 3, "reguler"
    PILIHAN = 4, "pilihan"
    PENYESUAIAN_IJAZAH = 5, "penyesuaian-ijazah"
    PENGABDIAN = 6, "pengabdian"
    ANUMERTA = 7, "anumerta"
    PENINJAUAN_MASA_KERJA = 8, "peninjauan-masa-kerja"
    PENURUNAN = 9, "penurunan"
    """Lowered as a sanction."""
    PENGEMBALIAN = 10, "pengembalian"
    """Restored when the sanction is over."""

    @classmethod
    def noun(cls) -> Text:
        """Return what one of them is called in a message."""
        return Text("jenis SK pangkat", "kind of rank letter")

    @classmethod
    def ordered(cls) -> bool:
        """Return False: one kind of letter is not more than another."""
        return False
