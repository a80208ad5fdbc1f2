"""Levels of education as the rank rules tell them apart."""

from __future__ import annotations

from asnpolicy.people.labels import Label


class EducationLevel(Label):
    """Levels of education, lowest first; D-IV counts as S-1, and SMK and MA as SMA."""

    SD = 1, "SD"
    SMP = 2, "SMP"
    SMP_KEJURUAN = 3, "SMP Kejuruan"
    SMA = 4, "SMA"
    D_I = 5, "D-I"
    D_II = 6, "D-II"
    SGPLB = 7, "SGPLB"
    D_III = 8, "D-III"
    S_1 = 9, "S-1"
    PROFESI = 10, "Profesi"
    S_2 = 11, "S-2"
    S_3 = 12, "S-3"

    @classmethod
    def noun(cls) -> str:
        """Return what one of them is called in a message."""
        return "level of education"

    @classmethod
    def aliases(cls) -> dict[str, str]:
        """Give the levels that are equal to another one in every rank rule."""
        return {
            "D-IV": "S-1", "SMK": "SMA", "MA": "SMA", "SLTA": "SMA", "SLTA Kejuruan": "SMA", "SLTP": "SMP",
            "SLTP Kejuruan": "SMP Kejuruan", "Sarjana Muda": "D-III", "Akademi": "D-III", "Bakaloreat": "D-III",
            "Dokter": "Profesi", "Dokter Gigi": "Profesi", "Apoteker": "Profesi", "D1": "D-I", "D2": "D-II",
            "D3": "D-III", "D4": "S-1", "S1": "S-1", "S2": "S-2", "S3": "S-3",
        }  # fmt: skip
