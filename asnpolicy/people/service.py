"""In what employment and status a person is on a day, by what is dated and by what the registers say today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from asnpolicy.people.days import AnyDay, PartialDay, ends, first_of, last_of, surely_before
from asnpolicy.people.labels import ABSENT, Absent
from asnpolicy.people.records import ContractRecord, LeaveRecord, StatusRecord
from asnpolicy.people.status import DEAD, Employment, ServiceStatus

if TYPE_CHECKING:
    from asnpolicy.people.employee import Employee

LEAVE = "cltn"
"""The kind of leave that is a status: cuti di luar tanggungan negara."""
PNS, CPNS = Employment.PNS, Employment.CPNS
Possible: TypeAlias = Employment | Absent
PPPK = (Employment.PPPK, Employment.PPPK_PARUH_WAKTU)
UNDATED = ("employment", "service_status")
"""The fields that say without a date what dated records tell."""


class Service(NamedTuple):
    """Employment and status on a day, None where they are not known; and whether what the registers say fits."""

    employment: Possible | None
    status: ServiceStatus | None
    employment_fits: bool = True
    status_fits: bool = True


def service_on(person: Employee, day: date) -> Service:
    """Return the employment and status of a day.

    What the registers say without a date was so on the day on which they were known (`known_on`, else the day that is
    asked for). For other days the dated records decide; after that day things stay as they stand, unless a record says
    otherwise.
    """
    known_on = person.known_on or day
    employment, employment_fits = _employment(person, day, known_on)
    status, status_fits = _status(person, day, known_on)
    return Service(employment, status, employment_fits, status_fits)


def turns(person: Employee) -> Iterator[date]:
    """Give the days on which employment or status may change."""
    for day in (person.cpns_on, person.pns_on, person.known_on):
        yield from _edges(None if isinstance(day, Absent) else day)
    for history in (person.statuses, person.contracts):
        yield from _edges(history.complete_since)
    spans = [(record.since, record.until) for record in person.statuses.records]
    spans += [(record.since, record.until) for record in person.leaves.records]
    spans += [(record.since, record.until) for record in person.contracts.records]
    for since, until in spans:
        yield from (*_edges(since), *_edges(until))


def evidence_for(person: Employee, name: str, day: date) -> tuple[str, ...]:
    """Name what would tell a field on a day: the field, and on another day than that of the registers what is dated.

    >>> from asnpolicy import Employee
    >>> one = Employee(nip="199001012015021001", employment="PNS", cpns_on="2015-02-01", known_on="2026-10-01")
    >>> evidence_for(one, "employment", date(2026, 4, 1))
    ('pns_on',)
    """
    if name not in UNDATED or person.known_on in (None, day):
        return (name,)
    undelivered = (name,) if getattr(person, name) is None else ()
    return (*undelivered, *(("statuses",) if name == "service_status" else _undated(person)))


def _undated(person: Employee) -> tuple[str, ...]:
    days = {"cpns_on": person.cpns_on, "pns_on": person.pns_on}
    return tuple(one for one, day in days.items() if not isinstance(day, (date, Absent))) or ("contracts",)


def _edges(day: AnyDay | None) -> Iterator[date]:
    return (edge for edge in ends(day) if edge is not None)


# Employment


def _employment(person: Employee, day: date, known_on: date) -> tuple[Possible | None, bool]:
    register, of_day = person.employment, _by_dates(person, day)
    if register is None:
        return _single(of_day), True
    if register not in _by_dates(person, known_on):
        return None, False
    if day == known_on:
        return register, True
    if day > known_on:
        stays = register in of_day and not _may_turn(person.pns_on, known_on, day)
        return (register if stays else _single(of_day)), True
    if register is CPNS:  # nobody goes back from PNS to CPNS
        of_day -= {PNS}
    return _single(of_day), True


def _may_turn(since: AnyDay | Absent | None, first: date, last: date) -> bool:
    """Whether what is dated may begin after one day, and by another."""
    return isinstance(since, (date, PartialDay)) and first < last_of(since) and first_of(since) <= last


def _single(possible: set[Possible]) -> Possible | None:
    return next(iter(possible)) if len(possible) == 1 else None


def _by_dates(person: Employee, day: date) -> set[Possible]:
    """Give each employment that the dates allow on a day."""
    candidate, servant = _begun(person.cpns_on, day), _begun(person.pns_on, day)
    if servant is True:
        return set() if _contracted_since(person, day) else {PNS}
    possible: set[Possible] = {CPNS} if candidate is not False else set()
    if servant is None and candidate is not False:
        possible.add(PNS)
    return possible if candidate is True else possible | _by_contract(person, day)


def _contracted_since(person: Employee, day: date) -> bool:
    """Whether a contract runs that was surely made after the appointment as PNS: nobody is both."""
    return any(
        runs_on(one.since, one.until, day) and surely_before(person.pns_on, one.since) for one in person.contracts.records
    )


def _begun(since: AnyDay | Absent | None, day: date) -> bool | None:
    """Whether something has begun by a day; None when that is not known."""
    if isinstance(since, Absent):
        return False
    low, high = ends(since)
    if high is not None and high <= day:
        return True
    return False if low is not None and low > day else None


def _by_contract(person: Employee, day: date) -> set[Possible]:
    """Give what a person may be on a day who is not a civil servant: under a contract, full or part time, or neither."""
    running = [(one, runs_on(one.since, one.until, day)) for one in person.contracts.records]
    sure = [one for one, how in running if how]
    if sure:
        return set().union(*(_kinds(one) for one in sure))
    complete = person.contracts.complete_since
    if complete is None or complete > day:
        return {*PPPK, ABSENT}
    return {ABSENT}.union(*(_kinds(one) for one, how in running if how is None))


def _kinds(contract: ContractRecord) -> set[Possible]:
    if contract.part_time is None:
        return set(PPPK)
    return {Employment.PPPK_PARUH_WAKTU if contract.part_time else Employment.PPPK}


def runs_on(since: AnyDay | None, until: AnyDay | None, day: date) -> bool | None:
    """Whether a span runs on a day: it has begun and not ended; None when that is not known."""
    if since is not None and until is not None and last_of(since) <= day < first_of(until):
        return True
    return None if first_of(since) <= day < last_of(until) else False


# Status


def _status(person: Employee, day: date, known_on: date) -> tuple[ServiceStatus | None, bool]:
    register, dated, speaks = person.service_status, *_dated(person, day)
    then, spoke = (dated, speaks) if day == known_on else _dated(person, known_on)
    fits = register is None or (then is None and not _may_be_dead(person, register, known_on)) or then is register
    if day == known_on:
        return (register if dated is None else dated) if fits else None, fits
    if speaks or not fits:
        return dated, fits
    if day > known_on:
        return (None if spoke else register), True
    if not spoke and _unchanged(person, register, day):
        return register, True
    explained = spoke or register in (None, ServiceStatus.AKTIF)
    return (ServiceStatus.AKTIF if explained and _nothing_else(person, day) else None), True


def _may_be_dead(person: Employee, register: ServiceStatus, known_on: date) -> bool:
    """Whether a death is on record that may have been by a day, beside another status."""
    deaths = [one for one in person.statuses.records if one.status in DEAD]
    return register not in DEAD and any(first_of(one.since) <= known_on for one in deaths)


def _nothing_else(person: Employee, day: date) -> bool:
    """Whether every status that there was on a day is on record, and so none: then it was the ordinary one."""
    complete = person.statuses.complete_since
    return complete is not None and complete <= day


def _unchanged(person: Employee, register: ServiceStatus | None, day: date) -> bool:
    """Whether the status of a later day was that of this one too: every record since is there, and none says otherwise."""
    complete = person.statuses.complete_since
    return (
        complete is not None
        and complete <= day
        and register is not None
        and not register.is_final
        and register is not ServiceStatus.CACAT_KARENA_DINAS
    )


def _dated(person: Employee, day: date) -> tuple[ServiceStatus | None, bool]:
    """Return the status that dated records give for a day, None when it is not known; and whether any speaks of it."""
    running = [(one, _runs(one, day, person.known_on)) for one in person.statuses.records]
    possible = [(one, how) for one, how in running if how is not False]
    if possible:
        return _latest(possible), True
    leave = [_leave(one, day) for one in person.leaves.records]
    if True in leave:
        return ServiceStatus.CLTN, True
    return None, None in leave


def _runs(one: StatusRecord, day: date, known_on: date | None) -> bool | None:
    """Whether a status runs on a day: a death on record has been when the registers were known, whatever is known of its day."""
    if known_on is not None and one.status in DEAD and first_of(one.since) <= known_on <= day:
        return True
    return runs_on(one.since, one.until, day)


def _latest(possible: Sequence[tuple[StatusRecord, bool | None]]) -> ServiceStatus | None:
    """Return the status that began last of those that run; None when that is not known."""
    sure = [one for one, how in possible if how]
    if not sure:
        return None
    begun = max(first_of(one.since) for one in sure)
    last = {one.status for one, _ in possible if last_of(one.since) >= begun}
    return next(iter(last)) if len(last) == 1 else None


def _leave(record: LeaveRecord, day: date) -> bool | None:
    """Whether leave outside the state's charge runs on a day."""
    if record.kind is not None and record.kind != LEAVE:
        return False
    runs = runs_on(record.since, record.until, day)
    return None if record.kind is None and runs else runs
