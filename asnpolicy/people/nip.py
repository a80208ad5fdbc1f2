"""NIP and NI PPPK: the 18-digit employee number, what it says and where it contradicts other data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from asnpolicy.text import phrase

DIGITS = 18
PPPK_CODES = 21
"""From this code on, digits 13 and 14 count a PPPK's appointments; up to 12 they are a month."""
YOUNGEST_PNS, YOUNGEST_PPPK, OLDEST_PNS = 18, 20, 46
EARLIEST_APPOINTMENT = 1960


@dataclass(frozen=True, slots=True)
class NipParts:
    """What an employee number says about its holder."""

    birth_date: date
    year: int
    """Of appointment: as candidate (PNS), or first (PPPK)."""
    month: int | None
    """Of appointment; None for a PPPK."""
    sex: Literal[1, 2]
    """1 male, 2 female."""
    serial: str

    @property
    def is_pppk(self) -> bool:
        """Tell whether the number is a PPPK's."""
        return self.month is None

    @property
    def appointed_on(self) -> date | None:
        """Give the first day as candidate; None for a PPPK."""
        return date(self.year, self.month, 1) if self.month else None


@lru_cache(maxsize=4096)
def parse(nip: str) -> NipParts:
    """Read an employee number (Perka BKN 22/2007); raises ValueError when it can't be one.

    >>> parse("19860926 201505 1 001").birth_date
    datetime.date(1986, 9, 26)
    """
    digits = "".join(nip.split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        raise ValueError(
            phrase(
                en="`{nip}` is not an NIP: it has 18 digits",
                id="`{nip}` bukan NIP: NIP terdiri atas 18 angka",
                nip=nip[:40],
            )
        )
    born = _birth_date(digits)
    year, code, sex, serial = int(digits[8:12]), int(digits[12:14]), int(digits[14]), digits[15:]
    if not (1 <= code <= 12 or code >= PPPK_CODES):
        raise ValueError(
            phrase(
                en="`{digits}` is not an NIP: digits 13 and 14 are neither a month nor a PPPK code",
                id="`{digits}` bukan NIP: angka ke-13 dan ke-14 bukan bulan dan bukan kode PPPK",
                digits=digits,
            )
        )
    if sex not in (1, 2):
        raise ValueError(
            phrase(
                en="`{digits}` is not an NIP: digit 15 is 1 or 2",
                id="`{digits}` bukan NIP: angka ke-15 adalah 1 atau 2",
                digits=digits,
            )
        )
    if serial == "000":
        raise ValueError(
            phrase(
                en="`{digits}` is not an NIP: its last three digits are 001 to 999",
                id="`{digits}` bukan NIP: tiga angka terakhirnya 001 sampai 999",
                digits=digits,
            )
        )
    if year <= born.year or (code >= PPPK_CODES and year - born.year < YOUNGEST_PPPK):
        raise ValueError(
            phrase(
                en="`{digits}` is not an NIP: born in {year}, appointed in {year2}",
                id="`{digits}` bukan NIP: lahir tahun {year}, diangkat tahun {year2}",
                digits=digits,
                year=born.year,
                year2=year,
            )
        )
    return NipParts(born, year, code if code < PPPK_CODES else None, 1 if sex == 1 else 2, serial)


def _birth_date(digits: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise ValueError(
            phrase(
                en="`{digits}` is not an NIP: its first eight digits are not a date",
                id="`{digits}` bukan NIP: delapan angka pertamanya bukan tanggal",
                digits=digits,
            )
        ) from None


def normal(nip: str) -> str:
    """Give the number without the spaces it is printed with; raises ValueError when it can't be one."""
    parse(nip)
    return "".join(nip.split())


NipText = Annotated[str, Field(max_length=40), AfterValidator(normal)]


def findings(
    nip: str, *, birth_date: date | None, sex: int | None, employment: str | None, cpns_on: date | None
) -> tuple[str, ...]:
    """Name what contradicts the number, or is hardly possible; what is not known contradicts nothing."""
    parts = parse(nip)
    begun = (cpns_on.year, cpns_on.month) if cpns_on else None
    age = parts.year - parts.birth_date.year
    found = {
        "nip-birth-date": birth_date is not None and birth_date != parts.birth_date,
        "nip-sex": sex is not None and sex != parts.sex,
        "nip-cpns": begun is not None and parts.month is not None and begun != (parts.year, parts.month),
        "nip-employment": employment is not None and (employment == "PPPK") != parts.is_pppk,
        "nip-age": not parts.is_pppk and not YOUNGEST_PNS <= age <= OLDEST_PNS,
        "nip-year": parts.year < EARLIEST_APPOINTMENT,
    }
    return tuple(code for code, holds in found.items() if holds)


def masked(nip: str) -> str:
    """Hide what a number tells of birth and sex, for logs and reports (UU 27/2022).

    >>> masked("198609262015051001")
    '********201505*001'
    """
    return f"{'*' * 8}{nip[8:14]}*{nip[15:]}"
