"""What employment and status show beside the dates of a career."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from asnpolicy.people.days import PartialDay, first_of, is_day, last_of, surely_before
from asnpolicy.people.findings.day import births, is_filler
from asnpolicy.people.findings.finding import DataFinding, FindingKind, Seen, Stand, on_field, on_record, side
from asnpolicy.people.ranks import RankChange
from asnpolicy.people.service import runs_on, service_on
from asnpolicy.people.status import DEAD, Employment
from asnpolicy.text import Text

if TYPE_CHECKING:
    from asnpolicy.people.employee import Employee

LATEST_RETIREMENT = 70
"""The highest retirement age of any civil servant: professors and Peneliti Ahli Utama (UU 14/2005, UU 11/2019)."""
AFTER_DEATH = frozenset({RankChange.ANUMERTA, RankChange.PENGABDIAN})
SERVING = ("ranks", "pppk_grades", "posts", "appraisals", "trainings", "exams", "leaves", "sanctions")


def _employment(seen: Seen) -> Iterator[DataFinding]:
    person = seen.person
    if not service_on(person, seen.as_of).employment_fits:
        dates = tuple((name, str(getattr(person, name))) for name in _in_the_way(person, seen.as_of))
        yield on_field("employment-against-dates", "employment", sides=(("employment", str(person.employment)), *dates))


def _in_the_way(person: Employee, day: date) -> list[str]:
    """Name the dates without which the employment would fit; all of them where no single one is in the way."""
    dates = [name for name in ("cpns_on", "pns_on") if isinstance(getattr(person, name), (date, PartialDay))]
    alone = [name for name in dates if service_on(person.model_copy(update={name: None}), day).employment_fits]
    return alone or dates


def _status(seen: Seen) -> Iterator[DataFinding]:
    person = seen.person
    if not service_on(person, seen.as_of).status_fits:
        day = person.known_on or seen.as_of
        stands = tuple(
            side(history, record, at, part)
            for history, part in (("statuses", "status"), ("leaves", "kind"))
            for at, record in enumerate(seen.records(history))
            if getattr(record, part) not in (None, person.service_status) and runs_on(record.since, record.until, day)
        )
        own = (("service_status", str(person.service_status)),)
        yield on_field("status-against-dates", "service_status", sides=own, stands=stands)


def retired_by(person: Employee) -> date:
    """Return the day by which a person is past every retirement age."""
    born = max(births(Seen(person, date.max)))
    return date(born.year + LATEST_RETIREMENT + born.month // 12, born.month % 12 + 1, 1)


def _past_retirement(seen: Seen) -> Iterator[DataFinding]:
    status = seen.person.service_status
    if status is not None and not status.is_final and retired_by(seen.person) <= (seen.person.known_on or seen.as_of):
        born = (Stand(("nip", str(max(births(seen))))),)
        yield on_field(
            "past-every-retirement-age", "service_status", sides=(("service_status", str(status)),), stands=born
        )


def _pns_before_cpns(seen: Seen) -> Iterator[DataFinding]:
    candidate, servant = seen.person.cpns_on, seen.person.pns_on
    if not is_day(candidate) or not surely_before(servant, candidate):
        return
    parts = seen.number
    begun = first_of(candidate)
    confirmed = (begun.year, begun.month) == (parts.year, parts.month)
    sides = (("cpns_on", str(candidate)), ("pns_on", str(servant)))
    yield on_field("pns-before-cpns", *(("pns_on",) if confirmed else ("pns_on", "cpns_on")), sides=sides)


def _pppk_with_rank(seen: Seen) -> Iterator[DataFinding]:
    person = seen.person
    if isinstance(person.employment, Employment) and person.employment.is_pppk and person.ranks.records:
        at = len(person.ranks.records) - 1
        last = Stand(side("ranks", person.ranks.records[at], at, "rank").side)
        yield on_field("pppk-with-rank", "employment", sides=(("employment", str(person.employment)),), stands=(last,))


def _after_death(seen: Seen) -> Iterator[DataFinding]:
    """A rank may be given after death; nothing else begins then."""
    for at, status in enumerate(seen.records("statuses")):
        if status.status not in DEAD or status.since is None:
            continue
        later = list(_later(seen, last_of(status.since)))
        if len(later) > 1:
            yield on_record(
                "after-death", "statuses", status, at, "since", sides=(side("statuses", status, at, "since"),)
            )
        for history, place, record in later:
            part = record.placed_by
            where = side(history, record, place, part)
            yield on_record("after-death", history, record, place, *(() if len(later) > 1 else (part,)), sides=(where,))
        if len(later) == 1:
            yield on_record(
                "after-death", "statuses", status, at, "since", sides=(side("statuses", status, at, "since"),)
            )


def _later(seen: Seen, day: date) -> Iterator[tuple[str, int, Any]]:
    for history in SERVING:
        for at, record in enumerate(seen.records(history)):
            placed = record.placed
            begun_later = placed is not None and first_of(placed) > day and not is_filler(placed)
            if begun_later and getattr(record, "kind", None) not in AFTER_DEATH:
                yield history, at, record


def _after_exit(seen: Seen) -> Iterator[DataFinding]:
    """Who was retired or dismissed may come back under a contract, or by a ruling: unusual, and told."""
    for status in seen.records("statuses"):
        if status.status is None or not status.status.is_final or status.status in DEAD or status.since is None:
            continue
        for history, at, record in _later(seen, last_of(status.since)):
            yield on_record("after-exit", history, record, at)


KINDS = (
    FindingKind(
        "pns-before-cpns", ("cpns_on", "pns_on"), "unknown",
        Text("TMT PNS sebelum TMT CPNS", "Appointed civil servant before candidate"),
        Text("PNS diangkat setelah masa percobaan sebagai CPNS (UU 20/2023, PP 11/2017)",
             "Civil servants are appointed after a time as candidate (UU 20/2023, PP 11/2017)"),
        _pns_before_cpns, strict=True,
    ),
    FindingKind(
        "pppk-with-rank", ("employment", "ranks"), "unknown",
        Text("Status PPPK, tetapi ada riwayat pangkat PNS", "Employed as PPPK, with ranks of a civil servant"),
        Text("PPPK tidak memiliki pangkat PNS (PP 49/2018)", "A PPPK holds no civil servant's rank (PP 49/2018)"),
        _pppk_with_rank, strict=True, starts_from=frozenset({"ranks"}),
    ),
    FindingKind(
        "employment-against-dates", ("employment", "cpns_on", "pns_on", "contracts"), "unknown",
        Text("Status kepegawaian tidak sesuai dengan TMT CPNS, TMT PNS, atau perjanjian kerja pada hari itu",
             "The employment does not fit the dates of appointment or the contracts on that day"),
        Text("Statusnya mungkin lama, atau berlaku pada hari lain: tulis `known_on`, hari register diambil",
             "It may be stale, or of another day: give `known_on`, the day on which the registers were read"),
        _employment, strict=True, daily=True,
    ),
    FindingKind(
        "status-against-dates", ("service_status", "statuses", "leaves"), "unknown",
        Text("Kedudukan pegawai tidak sesuai dengan riwayat kedudukan atau cuti pada hari itu",
             "The service status does not fit the dated statuses or leaves of that day"),
        Text("Kedudukannya mungkin lama, atau berlaku pada hari lain: tulis `known_on`, hari register diambil",
             "It may be stale, or of another day: give `known_on`, the day on which the registers were read"),
        _status, strict=True, daily=True,
    ),
    FindingKind(
        "past-every-retirement-age", ("service_status", "birth_date"), "unknown",
        Text("Masih tercatat dalam dinas setelah melewati semua batas usia pensiun",
             "Still on record as serving, past every retirement age"),
        Text("Batas tertinggi adalah 70 tahun (UU 14/2005, UU 11/2019)",
             "The highest is 70 years (UU 14/2005, UU 11/2019)"), _past_retirement, strict=True, daily=True,
    ),
    FindingKind(
        "after-death", ("statuses", *SERVING), "unknown",
        Text("Catatan dari masa sesudah pegawai meninggal", "A record from after the person's death"),
        Text("Sesudah meninggal hanya kenaikan pangkat anumerta dan pengabdian yang diberikan (PP 99/2000)",
             "After death only posthumous promotions are given (PP 99/2000)"), _after_death, strict=True, starts_from=frozenset({"statuses"}),
    ),
    FindingKind(
        "after-exit", ("statuses", *SERVING), "told",
        Text("Catatan dari masa sesudah pegawai pensiun atau diberhentikan",
             "A record from after retirement or dismissal"),
        Text("Mungkin sah karena putusan banding atau perjanjian kerja baru",
             "It may be lawful by a ruling or a new contract"), _after_exit, strict=True, starts_from=frozenset({"statuses"}),
    ),
)  # fmt: skip
