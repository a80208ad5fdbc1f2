"""View: a person as decisions are made on, seen on a day: what is contradicted is unknown, what is double stands once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from asnpolicy.people.confirmation import Confirmation
from asnpolicy.people.days import COMPLETE, PartialDay, between, first_of, is_day, last_of
from asnpolicy.people.findings.catalogue import ANY_DAY, BROUGHT, BY_AGE, FIELDS, LAPSES, LASTING, RECORDS
from asnpolicy.people.findings.double import once
from asnpolicy.people.findings.finding import DataFinding, FindingKind, Seen, Touch
from asnpolicy.people.findings.glance import shows_nothing
from asnpolicy.people.findings.standing import retired_by
from asnpolicy.people.histories import in_order
from asnpolicy.people.model import remembered
from asnpolicy.people.periods import each_month_once
from asnpolicy.people.records import AppraisalRecord, Record
from asnpolicy.people.service import Service, service_on, turns
from asnpolicy.people.status import DEAD, Employment

if TYPE_CHECKING:
    from asnpolicy.people.employee import Employee

DAY = timedelta(days=1)
DAYS = 64
"""So many days are remembered for each person."""


@dataclass(frozen=True, slots=True)
class View:
    """A person as decisions are made on, what was found in the data, and which findings an officer has settled."""

    person: Employee
    findings: tuple[DataFinding, ...]
    confirmed: tuple[Confirmation, ...]


class Views:
    """The views of one person: the same on each day of a stretch on which no record begins, each worked out once."""

    def __init__(self, person: Employee) -> None:
        self._person = person
        self._known: dict[Any, View] = {}
        self._days: dict[date, View] = {}

    def on(self, as_of: date) -> View:
        """Return the view on a day."""
        view = self._days.get(as_of)
        if view is None:
            if len(self._days) >= DAYS:
                self._days.clear()
            view = self._days[as_of] = self._on(as_of)
        return view

    def _on(self, as_of: date) -> View:
        served = self._served(as_of)
        if served is not None:
            return served
        at = bisect_right(self._turns, as_of)
        if at not in self._known:
            self._known[at] = view_of(self._person, as_of)
        return self._known[at]

    def _served(self, as_of: date) -> View | None:
        """Return the view of somebody in whose data nothing was found; None where something else than age is found on the day."""
        retired = as_of >= self._retired_by
        if self._clean is None or (retired and self._person.confirmed):
            return None
        service = service_on(self._clean, as_of)
        if not (service.employment_fits and service.status_fits):
            return None
        key = service, retired
        if key not in self._known:
            found = _find(BY_AGE, self._clean, as_of) if retired else ()
            self._known[key] = View(_serving(self._clean, _found(service, self._clean, found)), found, ())
        return self._known[key]

    @remembered
    def _retired_by(self) -> date:
        return retired_by(self._person)

    @remembered
    def _turns(self) -> list[date]:
        return sorted({*_record_days(self._person), self._retired_by})

    def turns(self, since: date, until: date, *, standing: bool) -> tuple[date, ...]:
        """Return the days between two on which the view changes.

        `standing`: whether what hangs on employment or status is looked at too.
        """
        clean = min(until, self._retired_by)
        serving = sorted(day for day in turns(self._person) if since <= day < clean)
        if since >= clean or any(self._served(day) is None for day in (since, *serving)):
            return tuple(day for day in self._turns if since <= day < until)
        later = (day for day in self._turns if clean <= day < until)
        return (*(serving if standing else ()), *later)

    def people(self, since: date, until: date) -> tuple[Employee, ...]:
        """Return the person as delivered, and as seen on each stretch between two days: whatever a view may hold."""
        views = (self.on(day).person for day in (since, *self.turns(since, until, standing=True)))
        return tuple({id(one): one for one in (decided(self._person), *views)}.values())

    def known_alike(self, day: date) -> tuple[date, date]:
        """Return the days `since <= day < until` on any of which the registers show the same of every earlier day."""
        if self._clean is None or any(record.decided_on is None for record in self._person.appraisals.records):
            return day, day + DAY
        at = bisect_right(self._known_turns, day)
        return self._known_turns[at - 1], self._known_turns[at]

    @remembered
    def _known_turns(self) -> list[date]:
        return sorted({date.min, *turns(self._person), self._retired_by, date.max})

    @remembered
    def last(self) -> date:
        """The last day on which anything on record begins or ends."""
        return max(_record_days(self._person), default=date.min)

    @remembered
    def _clean(self) -> Employee | None:
        """The person, where nothing at all was found: then only employment and status depend on the day.

        What was found of all records contains what is found of those that were known on an earlier day.
        """
        person = decided(self._person)
        if person.intake or any(getattr(person, name).alike for name in person.delivered):
            return None
        if person.confirmed and _find(LAPSES, person, date.max):
            return None
        if shows_nothing(person):
            return _counted(person)
        seen = Seen(person, date.max)
        for kind in (*FIELDS, *LASTING):
            if not kind.idle(seen) and next(iter(kind.find(seen)), None) is not None:
                return None
        return _counted(person)


def _record_days(person: Employee) -> set[date]:
    """Return the days on which anything on record begins, or employment or status may change."""
    records = (record for delivered in person.delivered.values() for record in delivered)
    return {*(day for record in records for day in _begins(record)), *turns(person)}


def _begins(record: Record) -> Iterator[date]:
    yield first_of(record.seen)
    if isinstance(record, AppraisalRecord) and record.decided_on is None and record.period_end is not None:
        yield first_of(record.period_end) + DAY


def view_of(person: Employee, as_of: date) -> View:
    """Return the view of a person on a day; what is surely of a later day is not looked at.

    A filler of the far future is no later day: the record stays, and nobody knows of which day it is.
    """
    view = _view_of(person, as_of, ())
    lapsed = _lapsed(person, as_of, view) if person.confirmed else ()
    return _view_of(person, as_of, lapsed) if lapsed else view


def _lapsed(person: Employee, as_of: date, view: View) -> tuple[DataFinding, ...]:
    """Return what confirmations found to be wrong and is still there, where the finding that they settled is not."""
    standing = {one.code for one in view.findings}
    gone = tuple(by for by in person.confirmed if by not in view.confirmed and by.finding not in standing)
    return _find(LAPSES, decided(person).model_copy(update={"confirmed": gone}), as_of) if gone else ()


def _view_of(person: Employee, as_of: date, lapsed: tuple[DataFinding, ...]) -> View:
    brought = tuple(one for one in person.intake if one.code in BROUGHT)
    first = _settle((*lapsed, *_find(ANY_DAY, decided(person), as_of)), person.confirmed)
    known = _touched(decided(person), first.touches)
    seen = known.at(as_of)
    single = _settle((*brought, *_find(FIELDS, seen, as_of)), person.confirmed)
    seen, doubles = _once(_touched(seen, single.touches))
    joint = _settle((*doubles, *_find(RECORDS, seen, as_of)), person.confirmed)
    touched = _touched(seen, joint.touches)
    settled = tuple(dict.fromkeys(by for one in (first, single, joint) for by in one.confirmed))
    service = service_on(_with_later(touched if settled else seen, known), as_of)
    service = _found(_confirmed(service, touched, settled, as_of), person, (*first.standing, *single.standing, *joint.standing))
    findings = tuple(found for one in (first, single, joint) for found in (*one.standing, *one.rest))
    return View(_serving(_counted(touched), service), findings, settled)


def _found(service: Service, person: Employee, standing: Sequence[DataFinding]) -> Service:
    """Return employment and status, unknown where a finding says so, or speaks against a death."""
    touched = {touch.field for found in standing for touch in found.touches if not touch.history}
    if "employment" in touched:
        service = service._replace(employment=None)
    dead = person.service_status in DEAD or all(found.code != "after-death" for found in standing)
    return service if dead and "service_status" not in touched else service._replace(status=None)


def _confirmed(service: Service, person: Employee, settled: tuple[Confirmation, ...], as_of: date) -> Service:
    """Return employment and status of a day, as an officer has confirmed what the registers say of the day they were known."""
    if person.known_on not in (None, as_of):
        return service
    codes = {by.finding for by in settled}
    if "employment-against-dates" in codes and not service.employment_fits:
        service = service._replace(employment=person.employment)
    if "status-against-dates" in codes and not service.status_fits:
        service = service._replace(status=person.service_status)
    return service


SERVING = ("statuses", "leaves", "contracts")
"""What tells employment and status: what the registers say today is explained by all of it, later records too."""


def _with_later(seen: Employee, person: Employee) -> Employee:
    """Return a person of a day with all records of statuses, leaves and contracts, once each."""
    later = [name for name in SERVING if len(getattr(seen, name).records) != len(getattr(person, name).records)]
    if not later or person.known_on is None:
        return seen
    whole, _ = _once(person)
    return seen.model_copy(update={name: getattr(whole, name) for name in later})


def _find(kinds: tuple[FindingKind, ...], person: Employee, as_of: date) -> tuple[DataFinding, ...]:
    seen = Seen(person, as_of)
    return tuple(found for kind in kinds for found in kind.find(seen))


def decided(person: Employee) -> Employee:
    """Return the person with each appraisal decided: the day after its period at the earliest, and not after it was known."""
    if all(record.decided_on is not None for record in person.appraisals.records):
        return person
    records = in_order([_decided(record, person.known_on) for record in person.appraisals.records])
    return person.model_copy(update={"appraisals": person.appraisals.with_records(records)})


def _decided(record: AppraisalRecord, known_on: date | None) -> AppraisalRecord:
    if record.decided_on is not None or record.period_end is None:
        return record
    first, last = first_of(record.period_end) + DAY, last_of(record.period_end) + DAY
    last = max(known_on, first) if known_on is not None else last
    return record.model_copy(update={"decided_on": first if first == last else PartialDay(first, last)})


# Findings at work


@dataclass(frozen=True, slots=True)
class Settlement:
    """Findings parted into those that stand and those that an officer has settled."""

    standing: tuple[DataFinding, ...]
    rest: tuple[DataFinding, ...]
    """What is left unknown of those that are settled: values that were found to be wrong."""
    touches: tuple[Touch, ...]
    confirmed: tuple[Confirmation, ...]


def _settle(found: Iterable[DataFinding], confirmed: tuple[Confirmation, ...]) -> Settlement:
    """Part findings; a value that a reader could not read is gone, and nobody can settle what it was."""
    standing: list[DataFinding] = []
    rest: list[DataFinding] = []
    touches: list[Touch] = []
    settled: list[Confirmation] = []
    found = tuple(found)
    confirmed = tuple(by for by in confirmed if len({one.about for one in found if by.settles(one)}) <= 1)  # else nobody knows of which
    for one in found:
        lost = one.unknown and not one.touches
        each_by = () if lost else tuple(each for each in confirmed if each.settles(one))
        by = each_by[0] if len({each.value for each in each_by}) == 1 else None  # two that disagree settle nothing
        if by is None:
            standing.append(one)
            touches += one.touches
        else:
            settled.append(by)
            left = _the_other_side(one, by)
            rest += [left] if left is not None and left.about not in DATED else []
            touches += (*(left.touches if left is not None else ()), *_given(one, by))
    return Settlement(tuple(standing), tuple(rest), tuple(touches), tuple(settled))


DATED = ("employment", "service_status")
"""What dated records tell, once what the registers say today was found to be wrong."""


def _given(found: DataFinding, by: Confirmation) -> list[Touch]:
    return [one.gives for one in found.stands if one.side[1] == by.value and one.gives is not None]


def _the_other_side(found: DataFinding, by: Confirmation) -> DataFinding | None:
    """What a confirmed finding still leaves unknown: the fields whose delivered value was found to be wrong."""
    known = {(one.history, one.record, one.field) for one in _given(found, by)}
    wrong = [
        (one.side[0], one.place)
        for one in found.stands
        if one.side[1] != by.value and one.place is not None
        if (one.place.history, one.place.record, one.place.field) not in known
    ]
    if not wrong:
        return None
    names = tuple(dict.fromkeys(name for name, _ in wrong))
    return DataFinding(
        found.code, names[0], names, found.sides, (*(place for _, place in wrong), *_following(found, wrong))
    )


def _following(found: DataFinding, wrong: Sequence[tuple[str, Touch]]) -> Iterator[Touch]:
    """Give what else is not known beside a wrong value: what stands on no side, but follows, as a period its year.

    Of a record what stands beside it; of the person what the wrong value had brought, as that a PPPK has no TMT of a PNS.
    """
    records = {(place.history, place.record) for _, place in wrong}
    sides = {place for one in found.stands if (place := one.place) is not None}
    for touch in found.touches:
        if (touch.history, touch.record) in records and touch not in sides:
            yield touch


def _touched(person: Employee, touches: tuple[Touch, ...]) -> Employee:
    """Return the person with each field that a finding touches unknown, or known only as far as is left."""
    if not touches:
        return person
    update: dict[str, Any] = {}
    touches = _met(touches)
    for touch in touches:
        if touch.history:
            continue
        if touch.field in person.histories():
            promise = update.get(touch.field, getattr(person, touch.field))
            update[touch.field] = promise.model_copy(update={"complete_since": None})
        elif touch.field.startswith("protected."):
            name = touch.field.removeprefix("protected.")
            update["protected"] = update.get("protected", person.protected).model_copy(update={name: touch.left})
        else:
            update[touch.field] = touch.left
    for history in {touch.history for touch in touches if touch.history}:
        known = update.get(history, getattr(person, history))
        update[history] = _blurred(known, [t for t in touches if t.history == history])
    return person.model_copy(update=update)


def _met(touches: Iterable[Touch]) -> tuple[Touch, ...]:
    """Return one touch for each field: what is left of it is what all that were found leave."""
    left: dict[Touch, Any] = {}
    for touch in touches:
        place = replace(touch, left=None)
        left[place] = _both(left[place], touch.left) if place in left else touch.left
    return tuple(replace(place, left=value) for place, value in left.items())


def _both(one: Any, other: Any) -> Any:
    """Return what two findings leave of a value: the days that both do, or nothing."""
    if one == other:
        return one
    if not is_day(one) or not is_day(other):
        return None
    first, last = max(first_of(one), first_of(other)), min(last_of(one), last_of(other))
    return between(first, last) if first <= last else None


def _blurred(history: Any, touches: list[Touch]) -> Any:
    records = list(history.records)
    for touch in touches:
        records[touch.record] = records[touch.record].model_copy(update={touch.field: touch.left})
    return history.with_records(in_order(records))


def _once(person: Employee) -> tuple[Employee, tuple[DataFinding, ...]]:
    joined = {name: once(name, getattr(person, name)) for name in person.histories()}
    update = {name: one.history for name, one in joined.items() if one.history is not getattr(person, name)}
    findings = tuple(found for one in joined.values() for found in one.findings)
    return (person.model_copy(update=update) if update else person), findings


# What follows on a day


def _serving(person: Employee, service: Service) -> Employee:
    update: dict[str, Any] = {}
    if service.employment is not person.employment:
        update["employment"] = service.employment
    if service.status is not person.service_status:
        update["service_status"] = service.status
    employment = service.employment
    pppk = isinstance(employment, Employment) and employment.is_pppk
    if pppk and not person.ranks.records and person.ranks.complete_since != COMPLETE:  # it need not be said
        update["ranks"] = person.ranks.model_copy(update={"complete_since": COMPLETE})
    return person.model_copy(update=update) if update else person


def _counted(person: Employee) -> Employee:
    """Return the person with each month of appraisal counted once."""
    records = person.appraisals.records
    counted = each_month_once(records)
    if all(one is other for one, other in zip(counted, records, strict=True)):
        return person
    return person.model_copy(update={"appraisals": person.appraisals.with_records(counted)})
