"""Posts: their kinds, the levels of functional posts and the echelons of managerial ones."""

from __future__ import annotations

from asnpolicy.people.labels import Label


class PostKind(Label):
    """What kind of post it is (UU 20/2023, PP 11/2017)."""

    PELAKSANA = 1, "pelaksana"
    FUNGSIONAL = 2, "fungsional"
    PENGAWAS = 3, "pengawas"
    ADMINISTRATOR = 4, "administrator"
    JPT_PRATAMA = 5, "jpt-pratama"
    JPT_MADYA = 6, "jpt-madya"
    JPT_UTAMA = 7, "jpt-utama"

    @classmethod
    def ordered(cls) -> bool:
        """Functional posts stand beside the managerial ladder, so there is no one order."""
        return False


class Category(Label):
    """The two categories of functional posts."""

    KETERAMPILAN = 1, "keterampilan"
    KEAHLIAN = 2, "keahlian"

    @classmethod
    def ordered(cls) -> bool:
        """Skilled and expert posts are two ladders."""
        return False


class Jenjang(Label):
    """The levels of functional posts (PermenPANRB 1/2023), skilled before expert."""

    PEMULA = 1, "Pemula"
    TERAMPIL = 2, "Terampil"
    MAHIR = 3, "Mahir"
    PENYELIA = 4, "Penyelia"
    AHLI_PERTAMA = 5, "Ahli Pertama"
    AHLI_MUDA = 6, "Ahli Muda"
    AHLI_MADYA = 7, "Ahli Madya"
    AHLI_UTAMA = 8, "Ahli Utama"

    @property
    def category(self) -> Category:
        """Give the category that the level belongs to."""
        return Category.KETERAMPILAN if self <= Jenjang.PENYELIA else Category.KEAHLIAN


class Echelon(Label):
    """Echelons of managerial posts, lowest first (PP 100/2000, still the measure of rank ranges)."""

    V_A = 1, "V.a"
    IV_B = 2, "IV.b"
    IV_A = 3, "IV.a"
    III_B = 4, "III.b"
    III_A = 5, "III.a"
    II_B = 6, "II.b"
    II_A = 7, "II.a"
    I_B = 8, "I.b"
    I_A = 9, "I.a"
