"""Glance: a quick look by which most people show that no kind of finding has anything to tell of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from asnpolicy.people.days import COMPLETE, OPEN
from asnpolicy.people.findings.day import BEFORE, FAR_FUTURE, FILLERS, LAST_FILLER, LATE_FILLER, LEAST_AGE
from asnpolicy.people.findings.register import PAST
from asnpolicy.people.labels import ABSENT
from asnpolicy.people.nip import EARLIEST_APPOINTMENT, OLDEST_PNS, YOUNGEST_PNS, NipParts
from asnpolicy.people.status import Employment

if TYPE_CHECKING:
    from asnpolicy.people.employee import Employee

NOT_GIVEN = (None, ABSENT)
FAR = LATE_FILLER
OF_SERVICE = ("ranks", "pppk_grades", "contracts", "statuses")
PLACED = (*BEFORE, *OF_SERVICE)
NO_DAYS = frozenset({None, ABSENT, OPEN})


def shows_nothing(person: Employee) -> bool:
    """Tell whether a look suffices: then no kind of finding finds anything, in fields and in records together.

    INVARIANT: what any kind would tell of, this does not pass; what it does not pass may be in order all the same.
    """
    if not person.plain or person.confirmed:
        return False
    known, number, delivered = person.__dict__, person.number, person.delivered
    promises = person.promises
    if promises.count(COMPLETE) < len(promises) and not FILLERS.keys().isdisjoint(promises):
        return False
    days: set[Any] = set().union(*[known[name].days for name in delivered])
    days.difference_update(NO_DAYS)
    begun = number.appointed_on or known["cpns_on"]
    if type(begun) is not date or number.month is None:
        begun = max(date(number.birth_date.year + LEAST_AGE + 1, 1, 1), begun if type(begun) is date else date.min)
    return (
        _before_known_on(known, delivered)
        and _own_in_order(known, number, begun)
        and _days_in_order(delivered, days, number.birth_date, begun)
        and _ranks_in_order(delivered.get("ranks", ()))
        and _posts_in_order(delivered.get("posts", ()))
        and _posts_in_order(delivered.get("contracts", ()))
        and _rated_in_order(delivered.get("appraisals", ()))
        and _rest_in_order(known, delivered)
    )


def _before_known_on(known: dict[str, Any], delivered: Mapping[str, Sequence[Any]]) -> bool:
    """Tell whether nothing that is past is of a later day than the registers, where that day is said."""
    day, recruited = known["known_on"], known["recruitment_year"]
    if day is None:
        return True
    days = {one for history in PAST if history in delivered for one in known[history].days} - NO_DAYS
    return (
        set(map(type, days)) <= {date}
        and max(days, default=day) <= day
        and not (recruited not in NOT_GIVEN and recruited > day.year)
    )


def _own_in_order(known: dict[str, Any], number: NipParts, begun: date) -> bool:
    """Tell whether the fields of the person are what the number says, and begin where a career may."""
    employment, born, candidate, servant = known["employment"], known["birth_date"], known["cpns_on"], known["pns_on"]
    if isinstance(employment, Employment) and employment.is_pppk is not number.is_pppk:
        return False
    if born is not None and born != number.birth_date:
        return False
    if number.month is not None and candidate is not None and candidate is not ABSENT and candidate != begun:
        return False
    if not number.is_pppk and not YOUNGEST_PNS <= number.year - number.birth_date.year <= OLDEST_PNS:
        return False
    sex = known["protected"].__dict__["sex"]
    if number.year < EARLIEST_APPOINTMENT or not (sex is None or int(sex) == number.sex):
        return False
    recruited, agency = known["recruitment_year"], known["agency_since"]
    firsts = (servant, known["last_raise_on"], *((candidate,) if number.month is None else ()))
    for day in firsts:
        if day is not None and day is not ABSENT and not (type(day) is date and day.day == 1 and begun <= day < FAR):
            return False
    return (
        (agency is None or (type(agency) is date and begun <= agency < FAR))
        and (recruited is None or recruited is ABSENT or begun.year - 1 <= recruited < FAR_FUTURE)
        and (candidate in NOT_GIVEN or servant is None or servant is ABSENT or candidate <= servant)
    )


def _days_in_order(delivered: Mapping[str, Sequence[Any]], days: set[Any], born: date, begun: date) -> bool:
    """Tell whether every day, each of which is a whole one, is from the beginning of the service to the near future."""
    if not days:
        return True
    first = min(days)
    if first <= LAST_FILLER or first <= born or max(days) >= FAR:
        return False
    if first >= begun:
        return True
    if first < date(born.year + LEAST_AGE, born.month, 1):
        return False
    for name in PLACED:
        for record in delivered.get(name, ()):
            if record.placed < begun:
                return False
    return True


def _ranks_in_order(ranks: Sequence[Any]) -> bool:
    """Tell whether ranks rise step by step, each on a first of a month."""
    last = None
    for one in ranks:
        own = one.__dict__
        rank, since = own["rank"], own["since"]
        if rank is None or since.day != 1 or (last is not None and (last[1] >= since or rank != last[0] + 1)):
            return False
        last = rank, since
    return True


def _posts_in_order(posts: Sequence[Any]) -> bool:
    """Tell whether each begins where the one before it ends."""
    before = None
    for one in posts:
        if before is not None:
            until = before.__dict__["until"]
            if until is None or until != one.__dict__["since"]:
                return False
        before = one
    return True


def _rated_in_order(appraisals: Sequence[Any]) -> bool:
    """Tell whether there is one appraisal a year, with the predicate that it should have, rated when it was over."""
    years = {one.__dict__["year"] for one in appraisals}
    if len(years) < len(appraisals) or None in years or max(years, default=0) >= FAR_FUTURE:
        return False
    for one in appraisals:
        own = one.__dict__
        end, decided_on = own["period_end"], own["decided_on"]
        if not one.consistent or (decided_on is not None and end is not None and decided_on < end):
            return False
    return True


def _rest_in_order(known: dict[str, Any], delivered: Mapping[str, Sequence[Any]]) -> bool:
    """Tell whether nothing else of what is delivered says what a kind of finding looks for."""
    if not RARE.isdisjoint(delivered) and not _rare_in_order(known, delivered):
        return False
    for one in delivered.get("trainings", ()):
        if one.__dict__["passed"] is False and one.__dict__["hours"]:
            return False
    for one in delivered.get("educations", ()):
        recognised, graduated = one.recognised_on, one.graduated_on
        if recognised is not None and recognised is not ABSENT and (graduated is None or recognised < graduated):
            return False
    employment = known["employment"]
    return not ("ranks" in delivered and isinstance(employment, Employment) and employment.is_pppk)


RARE = frozenset({"statuses", "service_targets", "pppk_grades", "assessments"})


def _rare_in_order(known: dict[str, Any], delivered: Mapping[str, Sequence[Any]]) -> bool:
    """Tell the same of histories that few people have."""
    return (
        "service_targets" not in delivered
        and not any(one.status is None or one.status.is_final for one in delivered.get("statuses", ()))
        and all(known[name].strict for name in ("pppk_grades", "assessments") if name in delivered)
    )
