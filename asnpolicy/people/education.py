"""Levels of education as the rank rules tell them apart."""

from __future__ import annotations

from asnpolicy.people.labels import Label
from asnpolicy.text import Text


class EducationLevel(Label):
    """Levels of education, lowest first; D-IV counts as S-1, and SMK and MA as SMA.

    `Profesi setara S-2` is what PP 99/2000 names beside the master's degree: dokter, dokter gigi, apoteker. Other professional
    programmes (PPG, ners, insinyur) are `Profesi`; of a dokter hewan nobody has said which, so no level stands for it.
    """

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
    PROFESI_SETARA_S_2 = 11, "Profesi setara S-2"
    S_2 = 12, "S-2"
    S_3 = 13, "S-3"

    @classmethod
    def noun(cls) -> Text:
        """Return what one of them is called in a message."""
        return Text("tingkat pendidikan", "level of education")

    @classmethod
    def aliases(cls) -> dict[str, str]:
        """Give the levels that are equal to another one in every rank rule."""
        return {
            "D-IV": "S-1", "SMK": "SMA", "MA": "SMA", "SLTA": "SMA", "SLTA Kejuruan": "SMA", "SLTP": "SMP",
            "SLTP Kejuruan": "SMP Kejuruan", "Sarjana Muda": "D-III", "Akademi": "D-III", "Bakaloreat": "D-III",
            "Dokter": "Profesi setara S-2", "Dokter Gigi": "Profesi setara S-2", "Apoteker": "Profesi setara S-2",
            "D1": "D-I", "D2": "D-II", "D3": "D-III", "D4": "S-1", "S1": "S-1", "S2": "S-2", "S3": "S-3",
        }  # fmt: skip
