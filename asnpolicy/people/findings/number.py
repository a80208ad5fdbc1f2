"""What the employee number says that other data contradict (Perka BKN 22/2007)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from asnpolicy.people.days import PartialDay, first_of, last_of
from asnpolicy.people.findings.finding import DataFinding, FindingKind, Seen, Stand, Touch, on_field
from asnpolicy.people.labels import Absent
from asnpolicy.people.nip import EARLIEST_APPOINTMENT, OLDEST_PNS, YOUNGEST_PNS
from asnpolicy.people.status import Employment, Sex
from asnpolicy.text import Text


def _birth_date(seen: Seen) -> Iterator[DataFinding]:
    born, number = seen.person.birth_date, seen.number.birth_date
    if born is not None and not first_of(born) <= number <= last_of(born):
        yield _against("nip-birth-date", "birth_date", number, born)


def _against(code: str, name: str, number: Any, given: Any) -> DataFinding:
    """Return a finding about what the number and a field say; where the number is confirmed, the field is what it says."""
    by_number = Stand(("nip", str(number)), gives=Touch(name, left=number))
    return on_field(code, name, stands=(by_number, Stand((name, str(given)), Touch(name))))


def _sex(seen: Seen) -> Iterator[DataFinding]:
    sex, number = seen.person.protected.sex, Sex.L if seen.number.sex == 1 else Sex.P
    if sex is not None and sex is not number:
        yield _against("nip-sex", "protected.sex", number, sex)


def _cpns(seen: Seen) -> Iterator[DataFinding]:
    begun, parts = seen.person.cpns_on, seen.number
    if parts.month is None or begun is None or isinstance(begun, Absent):
        return
    if (first_of(begun).year, first_of(begun).month) == (parts.year, parts.month):
        return
    month = PartialDay.of(f"{parts.year}-{parts.month:02d}")
    if last_of(begun) < month.first or month.last < first_of(begun):
        yield _against("nip-cpns", "cpns_on", month, begun)


def _employment(seen: Seen) -> Iterator[DataFinding]:
    kind, parts = seen.person.employment, seen.number
    if isinstance(kind, Employment) and kind.is_pppk != parts.is_pppk:
        number = "PPPK" if parts.is_pppk else "PNS"
        person = seen.person
        none = [name for name in ("cpns_on", "pns_on") if isinstance(getattr(person, name), Absent)]
        yield on_field("nip-employment", "employment", *none, sides=(("nip", number), ("employment", str(kind))))


def _age(seen: Seen) -> Iterator[DataFinding]:
    parts = seen.number
    if not parts.is_pppk and not YOUNGEST_PNS <= parts.year - parts.birth_date.year <= OLDEST_PNS:
        yield DataFinding("nip-age", "nip")


def _year(seen: Seen) -> Iterator[DataFinding]:
    if seen.number.year < EARLIEST_APPOINTMENT:
        yield DataFinding("nip-year", "nip")


KINDS = (
    FindingKind(
        "nip-birth-date", ("nip", "birth_date"), "unknown",
        Text("Tanggal lahir berbeda dari tanggal lahir dalam NIP", "The date of birth differs from the one in the NIP"),
        Text("NIP memuat tanggal lahir; salah satu dari keduanya keliru, dan data tidak menunjukkan yang mana",
             "The number holds the date of birth; one of the two is wrong, and the data do not tell which"),
        _birth_date,
    ),
    FindingKind(
        "nip-sex", ("nip", "protected.sex"), "unknown",
        Text("Jenis kelamin berbeda dari NIP", "The sex differs from the one in the NIP"),
        Text("Digit ke-15 NIP menyatakan jenis kelamin", "The 15th digit of the number states the sex"), _sex,
    ),
    FindingKind(
        "nip-cpns", ("nip", "cpns_on"), "unknown",
        Text("TMT CPNS berbeda dari bulan pengangkatan dalam NIP",
             "The appointment as candidate differs from the month in the NIP"),
        Text("NIP memuat tahun dan bulan pengangkatan sebagai CPNS",
             "The number holds the year and month of the appointment as candidate"), _cpns,
    ),
    FindingKind(
        "nip-employment", ("nip", "employment"), "unknown",
        Text("Status kepegawaian berbeda dari jenis nomornya (NIP atau NI PPPK)",
             "The employment differs from the kind of number (NIP or NI PPPK)"),
        Text("Nomor PPPK memuat kode pengangkatan di tempat bulan; nomor PNS tidak",
             "A contract employee's number has a code where a civil servant's has a month"), _employment,
    ),
    FindingKind(
        "nip-age", ("nip",), "told",
        Text("Menurut NIP, umur saat diangkat di bawah 18 atau di atas 46 tahun",
             "By the NIP, appointed below the age of 18 or above 46"),
        Text("Jarang, tetapi pernah sah bagi pengangkatan tertentu", "Rare, but lawful for some appointments"), _age,
    ),
    FindingKind(
        "nip-year", ("nip",), "told",
        Text("Menurut NIP, diangkat sebelum tahun 1960", "By the NIP, appointed before 1960"),
        Text("Pemegangnya sudah lama melewati batas usia pensiun", "Its holder is long past any retirement age"), _year,
    ),
)  # fmt: skip
