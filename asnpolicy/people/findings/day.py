"""What single dates show: fillers, days before birth or before the service, day and month swapped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from asnpolicy.people.days import OPEN, AnyDay, PartialDay, first_of, is_day, last_of, surely_before
from asnpolicy.people.education import EducationLevel
from asnpolicy.people.findings.finding import DataFinding, FindingKind, Seen, Stand, on_field, on_record, side
from asnpolicy.people.ranks import RankChange
from asnpolicy.people.status import ServiceStatus
from asnpolicy.text import Text

FILLERS = {
    date(1900, 1, 1): "the first day of spreadsheets",
    date(1900, 1, 2): "the second day of spreadsheets, by their leap year 1900",
    date(1904, 1, 1): "the first day of older spreadsheets",
    date(1970, 1, 1): "the epoch of Unix: a zero",
    date(1970, 1, 2): "the epoch, shifted by a time zone",
    date(2038, 1, 19): "the last day that 32 bits of seconds reach",
    date(2079, 6, 6): "the last day of small dates in databases",
    **{date(1970, 1, day): "seconds of our time read as milliseconds since the epoch" for day in range(16, 23)},
}
"""Days that registers write where they have none, and why; what the NIP confirms is none of them."""
LAST_FILLER = max(day for day in FILLERS if day.year < 2000)
LATE_FILLER = min(day for day in FILLERS if day.year > 2000)
"""From this day on, a day may stand for `no date`."""
FAR_FUTURE = 2090
"""From this year on, no career date is meant: 2099, 2100 and the like stand for `no date`."""
LEAST_AGE = 15
"""Nobody is in the service at an age below this; the least age of appointment is 18 (PP 98/2000, PP 11/2017)."""
OWN_DAYS = ("birth_date", "cpns_on", "pns_on", "agency_since", "last_raise_on")
SERVED_DAYS = ("cpns_on", "pns_on", "last_raise_on")
"""Days of the person that only somebody in the service has, each on a first of a month."""
OWN_YEARS = {"appraisals": ("year", "period_start", "period_end", "decided_on"), "service_targets": ("year",)}
"""Histories that say a year, and what follows from it."""
SERVICE = ("ranks", "pppk_grades", "posts", "statuses", "appraisals", "credits", "sanctions", "leaves", "absences", "contracts",
           "trainings", "exams", "awards", "competencies", "assessments", "mentoring")  # fmt: skip
"""Histories that only somebody in the service has."""
BEFORE = ("posts", "appraisals", "credits", "sanctions", "leaves")
"""What of a career may lie before the appointment as candidate, though it is unusual."""
ANY_DAY_OF_THE_MONTH = frozenset(
    {RankChange.PENURUNAN, RankChange.PENGEMBALIAN, RankChange.ANUMERTA, RankChange.PENGABDIAN}
)
"""Letters of rank that need not begin on the first of a month."""


def is_filler(day: object) -> bool:
    """Tell whether a day is one that registers write where they have none, or the year or the month of one."""
    if isinstance(day, PartialDay):
        known = day.first.year == day.last.year and any(day.first <= one <= day.last for one in FILLERS)
        return known or day.first.year >= FAR_FUTURE
    return type(day) is date and day != OPEN and (day in FILLERS or day.year >= FAR_FUTURE)


def _fillers(seen: Seen) -> Iterator[DataFinding]:
    person = seen.person
    for name in OWN_DAYS:
        day = getattr(person, name)
        if is_filler(day) and not (name == "birth_date" and first_of(day) <= seen.number.birth_date <= last_of(day)):
            yield on_field("filler-date", name, sides=((name, str(day)),))
    for since in seen.promised.keys() & FILLERS.keys():
        for history in seen.promised[since]:
            yield on_field("filler-date", history, sides=((history, str(since)),))
    yield from _of_years(seen, "filler-date", lambda year: year >= FAR_FUTURE)
    may_fill = seen.span.first <= LAST_FILLER or seen.span.last >= LATE_FILLER
    yield from _filling((*(seen.days if may_fill else ()), *seen.parts))


def _filling(days: Iterable[tuple[AnyDay, str, int, Any, str]]) -> Iterator[DataFinding]:
    for day, history, at, record, name in days:
        if is_filler(day):
            own = history in OWN_YEARS and record.year == first_of(day).year  # what follows from the year that it gives is none either
            names = tuple(dict.fromkeys((name, *OWN_YEARS[history]))) if own else (name,)
            yield on_record("filler-date", history, record, at, *names, sides=(side(history, record, at, name),))


def _of_years(seen: Seen, code: str, odd: Callable[[int], bool], *against: Stand) -> Iterator[DataFinding]:
    """Give what the years show that stand for themselves: of the round of recruitment, of appraisals and targets."""
    recruited = seen.person.recruitment_year
    if type(recruited) is int and odd(recruited):
        yield on_field(code, "recruitment_year", sides=(("recruitment_year", str(recruited)),), stands=against)
    for history, touched in OWN_YEARS.items():
        for at, record in enumerate(seen.records(history)):
            if record.year is not None and odd(record.year):
                sides = (side(history, record, at, "year"), *against)
                yield on_record(code, history, record, at, *touched, sides=sides)


def births(seen: Seen) -> list[date]:
    """Return the days on which the person may have been born: what was delivered, and what the number says."""
    born = seen.person.birth_date
    if born == seen.number.birth_date:
        return [seen.number.birth_date]
    number = seen.number.birth_date
    return [number, first_of(born)] if born is not None and not is_filler(born) else [number]


def _born(seen: Seen) -> Stand:
    """Return the side of the birth date, which stays whatever is confirmed: nobody's career is to change it."""
    born = min(births(seen))
    return Stand(("nip" if born == seen.number.birth_date else "birth_date", str(born)))


def _before_birth(seen: Seen) -> Iterator[DataFinding]:
    earliest = min(births(seen))
    for day, history, at, record, name in seen.days_since(earliest):
        if last_of(day) <= earliest and not is_filler(day):
            yield on_record(
                "before-birth", history, record, at, name, sides=(side(history, record, at, name), _born(seen))
            )
    for name in OWN_DAYS[1:]:
        own = getattr(seen.person, name)
        if is_day(own) and last_of(own) <= earliest and not is_filler(own):
            yield on_field("before-birth", name, sides=((name, str(own)),), stands=(_born(seen),))


def _too_young(seen: Seen) -> Iterator[DataFinding]:
    earliest = min(births(seen))
    grown = date(earliest.year + LEAST_AGE, earliest.month, 1)
    for day, history, at, record, name in seen.days_since(grown - timedelta(1)):
        if earliest < last_of(day) < grown and history in SERVICE and name == record.placed_by and not is_filler(day):
            yield on_record(
                "too-young", history, record, at, name, sides=(side(history, record, at, name), _born(seen))
            )
    for at, record in enumerate(seen.records("educations")):
        for name in _young_diploma(record, grown):
            sides = (side("educations", record, at, name), _born(seen))
            yield on_record("too-young", "educations", record, at, name, sides=sides)
    yield from _of_years(seen, "too-young", lambda year: year < grown.year, _born(seen))
    for name in SERVED_DAYS:
        own = getattr(seen.person, name)
        if is_day(own) and earliest < last_of(own) < grown and not is_filler(own):
            yield on_field("too-young", name, sides=((name, str(own)),), stands=(_born(seen),))


def _young_diploma(record: Any, grown: date) -> Iterator[str]:
    """Name the days of a diploma that are too early: recognised before anybody serves, or of a higher school by then."""
    for name in ("recognised_on", "graduated_on"):
        day = getattr(record, name)
        lawful = name == "graduated_on" and (record.level is None or record.level < EducationLevel.SMA)
        if is_day(day) and last_of(day) < grown and not is_filler(day) and not lawful:
            yield name


def appointments(seen: Seen) -> list[date]:
    """Return the days on which the person may have become a candidate; empty when nothing tells."""
    begun, parts = seen.person.cpns_on, seen.number
    number = [parts.appointed_on] if parts.appointed_on is not None else []
    if is_day(begun) and not is_filler(begun):
        return [*number, first_of(begun)]
    return number


def _rank_before_cpns(seen: Seen) -> Iterator[DataFinding]:
    earliest = min(appointments(seen), default=date.min)
    for at, record in enumerate(seen.records("ranks")):
        if surely_before(record.since, earliest) and not is_filler(record.since):
            begun = Stand(("nip" if earliest == seen.number.appointed_on else "cpns_on", str(earliest)))
            sides = (side("ranks", record, at, "since"), begun)
            yield on_record("rank-before-cpns", "ranks", record, at, "since", sides=sides)


def _raise_before_cpns(seen: Seen) -> Iterator[DataFinding]:
    """Who was a PPPK before may have had a raise as one."""
    earliest, raised = min(appointments(seen), default=date.min), seen.person.last_raise_on
    if not surely_before(raised, earliest) or is_filler(raised):
        return
    if not _served_before(seen, earliest):
        begun = Stand(("nip" if earliest == seen.number.appointed_on else "cpns_on", str(earliest)))
        yield on_field("raise-before-cpns", "last_raise_on", sides=(("last_raise_on", str(raised)),), stands=(begun,))


def _served_before(seen: Seen, day: date) -> bool:
    """Whether there was a time under a contract before a day, or a number of one."""
    before = (*seen.records("pppk_grades"), *seen.records("contracts"))
    return bool(seen.person.earlier_nips) or any(first_of(record.since) < day for record in before)


def _before_cpns(seen: Seen) -> Iterator[DataFinding]:
    """A contract, or a number of one, explains it: who was a PPPK before has a career before CPNS."""
    earliest = min(appointments(seen), default=date.min)
    if seen.span.whole and all(seen.first_of(history) >= earliest for history in BEFORE):
        return
    if _served_before(seen, earliest):
        return
    for history in BEFORE:
        for at, record in enumerate(seen.records(history)):
            if surely_before(record.placed, earliest) and not is_filler(record.placed):
                yield on_record("before-cpns", history, record, at)


def _swapped(seen: Seen) -> Iterator[DataFinding]:
    """On 10 January where a first is obligatory: 1 October was meant, or another day; the year is the same."""
    for name in SERVED_DAYS:
        day = getattr(seen.person, name)
        if _looks_swapped(day):
            yield on_field("day-and-month-swapped", name, sides=((name, str(day)),), left=PartialDay.in_year(day.year))
    for at, record in enumerate(seen.records("statuses")):
        if record.status is ServiceStatus.PENSIUN and _looks_swapped(record.since):
            left, where = PartialDay.in_year(record.since.year), side("statuses", record, at, "since")
            yield on_record("day-and-month-swapped", "statuses", record, at, "since", sides=(where,), left=left)
    for at, record in enumerate(seen.records("ranks")):
        if _looks_swapped(record.since) and record.kind not in ANY_DAY_OF_THE_MONTH and not _by_sanction(seen, record):
            left, where = PartialDay.in_year(record.since.year), side("ranks", record, at, "since")
            yield on_record("day-and-month-swapped", "ranks", record, at, "since", sides=(where,), left=left)


def _looks_swapped(day: Any) -> bool:
    return type(day) is date and day.month == 1 and 1 < day.day <= 12 and not is_filler(day)


def _by_sanction(seen: Seen, record: Any) -> bool:
    """Whether a sanction begins or ends on the day of a letter of rank: such a letter may be of any day."""
    return any(record.since in (one.since, one.until) for one in seen.records("sanctions"))


def _not_first(day: Any) -> bool:
    return type(day) is date and day.day != 1 and not _looks_swapped(day) and not is_filler(day)


def _not_on_first(seen: Seen) -> Iterator[DataFinding]:
    for name in SERVED_DAYS:
        day = getattr(seen.person, name)
        if _not_first(day):
            yield DataFinding("not-on-first", name)
    for at, record in enumerate(seen.records("ranks")):
        day = record.since
        if _not_first(day) and record.kind not in ANY_DAY_OF_THE_MONTH and not _by_sanction(seen, record):
            yield on_record("not-on-first", "ranks", record, at)


KINDS = (
    FindingKind(
        "filler-date", (*OWN_DAYS, "recruitment_year", "*"), "unknown",
        Text("Tanggal pengisi, bukan tanggal yang sebenarnya", "A filler, not a real date"),
        Text("Register menulis hari seperti 1 Januari 1970 atau 1 Januari 1900 di tempat tanggal yang tidak ada",
             "Registers write days such as 1 January 1970 or 1 January 1900 where they have no date"), _fillers,
    ),
    FindingKind(
        "before-birth", ("birth_date", "*"), "unknown",
        Text("Tanggal sebelum pegawai lahir", "A day before the person was born"),
        Text("Tidak ada karier yang dimulai sebelum lahir; tanggal lahir dikuatkan oleh NIP",
             "No career begins before birth; the date of birth is confirmed by the NIP"), _before_birth,
    ),
    FindingKind(
        "too-young", ("birth_date", *SERVED_DAYS, "recruitment_year", *SERVICE, "educations", "service_targets"), "unknown",
        Text("Tanggal saat pegawai belum berumur 15 tahun", "A day on which the person was not yet 15"),
        Text("Umur paling rendah pengangkatan adalah 18 tahun (PP 98/2000, PP 11/2017)",
             "The least age of appointment is 18 (PP 98/2000, PP 11/2017)"), _too_young,
    ),
    FindingKind(
        "rank-before-cpns", ("ranks", "cpns_on"), "unknown",
        Text("Pangkat sebelum TMT CPNS", "A rank before the appointment as candidate"),
        Text("Pangkat pertama diberikan dengan pengangkatan sebagai CPNS (PP 99/2000)",
             "The first rank comes with the appointment as candidate (PP 99/2000)"), _rank_before_cpns,
    ),
    FindingKind(
        "raise-before-cpns", ("last_raise_on", "cpns_on"), "unknown",
        Text("Kenaikan gaji berkala sebelum TMT CPNS", "A periodic raise before the appointment as candidate"),
        Text("Masa kerja untuk kenaikan gaji berkala dihitung sejak CPNS, kecuali bagi yang pernah menjadi PPPK (PP 7/1977)",
             "The time for a periodic raise runs from the appointment as candidate, unless one was a PPPK (PP 7/1977)"),
        _raise_before_cpns,
    ),
    FindingKind(
        "before-cpns", ("posts", "appraisals", "credits", "sanctions", "leaves", "cpns_on"), "told",
        Text("Catatan dari masa sebelum CPNS", "A record from before the appointment as candidate"),
        Text("Mungkin dari masa honorer atau PPPK, mungkin salah ketik",
             "It may be of a time under contract, or a slip of typing"), _before_cpns,
    ),
    FindingKind(
        "day-and-month-swapped", ("ranks", *SERVED_DAYS, "sanctions", "statuses"), "unknown",
        Text("Hari dan bulan mungkin tertukar: TMT jatuh pada tanggal 1",
             "Day and month may be swapped: it begins on a first of a month"),
        Text("TMT CPNS, PNS, pensiun, dan kenaikan pangkat reguler maupun pilihan jatuh pada tanggal 1; yang pasti hanya tahunnya",
             "Appointments, pensions and regular and chosen promotions begin on a first; only the year is certain"), _swapped,
    ),
    FindingKind(
        "not-on-first", ("ranks", *SERVED_DAYS, "sanctions"), "told",
        Text("TMT tidak jatuh pada tanggal 1", "It does not begin on a first of a month"),
        Text("Kenaikan pangkat reguler dan pilihan mulai tanggal 1; penurunan, pengembalian, dan anumerta tidak harus",
             "Regular and chosen promotions begin on a first; a penalty, its return and posthumous ones need not"),
        _not_on_first,
    ),
)  # fmt: skip
