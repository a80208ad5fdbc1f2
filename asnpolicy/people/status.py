"""Standing of a person in the service: employment, present status, discipline, sex."""

from __future__ import annotations

from asnpolicy.people.labels import Label
from asnpolicy.text import Text


class _Unordered(Label):
    @classmethod
    def ordered(cls) -> bool:
        """Tell that one is not more than another."""
        return False


class Employment(_Unordered):
    """How a person is employed (UU 20/2023)."""

    PNS = 1, "PNS"
    CPNS = 2, "CPNS"
    PPPK = 3, "PPPK"
    PPPK_PARUH_WAKTU = 4, "PPPK paruh waktu"
    """Part-time (KepmenPANRB 16/2025)."""

    @classmethod
    def noun(cls) -> Text:
        """Return what one of them is called in a message."""
        return Text("jenis kepegawaian", "employment")

    @property
    def is_pppk(self) -> bool:
        """Whether it is under a contract, full or part time."""
        return self in (Employment.PPPK, Employment.PPPK_PARUH_WAKTU)


class ServiceStatus(_Unordered):
    """What a person is doing in the service at present."""

    AKTIF = 1, "aktif"
    TUGAS_BELAJAR = 2, "tugas-belajar"
    CLTN = 3, "cltn"
    DIBERHENTIKAN_SEMENTARA = 4, "diberhentikan-sementara"
    DIPERBANTUKAN = 5, "diperbantukan"
    UANG_TUNGGU = 6, "uang-tunggu"
    PENSIUN = 7, "pensiun"
    MENINGGAL = 8, "meninggal"
    TEWAS = 9, "tewas"
    DIBERHENTIKAN = 10, "diberhentikan"
    PEJABAT_NEGARA = 11, "pejabat-negara"
    CACAT_KARENA_DINAS = 12, "cacat-karena-dinas"
    MPP = 13, "mpp"
    """Masa persiapan pensiun: without a post, still in the service."""
    PERPANJANGAN_CLTN = 14, "perpanjangan-cltn"
    HILANG = 15, "hilang"
    BANDING = 16, "banding"
    """Waiting for the ruling on an appeal against dismissal."""
    DIPEKERJAKAN = 17, "dipekerjakan"

    @classmethod
    def noun(cls) -> Text:
        """Return what one of them is called in a message."""
        return Text("status kepegawaian", "service status")

    @property
    def is_final(self) -> bool:
        """Whether nothing follows it: the person has left the service for good."""
        return self in _FINAL


_FINAL = {ServiceStatus.PENSIUN, ServiceStatus.MENINGGAL, ServiceStatus.TEWAS, ServiceStatus.DIBERHENTIKAN}


DEAD = (ServiceStatus.MENINGGAL, ServiceStatus.TEWAS)


class SanctionLevel(Label):
    """The weight of a disciplinary sanction (PP 94/2021)."""

    RINGAN = 1, "ringan"
    SEDANG = 2, "sedang"
    BERAT = 3, "berat"

    @classmethod
    def noun(cls) -> Text:
        """Return what one of them is called in a message."""
        return Text("tingkat hukuman disiplin", "sanction level")


class Sex(_Unordered):
    """Sex, as the registers hold it."""

    L = 1, "L"
    P = 2, "P"

    @classmethod
    def noun(cls) -> Text:
        """Return what one of them is called in a message."""
        return Text("jenis kelamin", "sex")
